"""A token in, whether it may stand before a person's name without being part of it: titles, what joined words tell."""

from __future__ import annotations

import re
from functools import lru_cache

from quotes_cli.language.designations import KEPT, OFFICE_PREPOSITIONS, TITLE_PREFIXES, is_abbreviation
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.spelling import HIS_EXCELLENCY
from quotes_cli.language.words.vocabulary import fold, given_names, singular, words

TITULAR = frozenset(["republican", "democrat", "libertarian", "independent"])
WITHIN = ("NN", "JJ", "DT", "POS", "CD", "VBG", "HYPH")  # tags of what an office is of
JOINTS = frozenset({"of", "and", "&"})  # inside its name
TAN_SRI = frozenset({"tan", "sri"})
PEERAGE = frozenset({"baroness", "baron", "viscount", "viscountess"})
#: `Korean-born`, `Ohio-based`, `76-year-old`: joined words that describe, while `Jong-un` and `Jean-Luc` name.
DESCRIBING = re.compile(r"(?i).+-(?:\w+ed|born|led|run|old|era|wide|speaking|style|turned|elect|of-[a-z]+|to-be)")


def is_title(tokens: Tokens, i: int) -> bool:
    """Is it a title, with or without its full stop (`Sen`), maybe of two parts (`Major-Gen`), or the party's word?"""
    if tokens.words[i] == ".":
        return not tokens.begins_paragraph[i] and tokens.folded[i - 1] + "." in words().titles
    if tokens.folded[i] == "con" and tokens.before(i) == "det":
        return True  # detective constable
    return is_titular(tokens.words[i]) or is_tan_sri(tokens, i)


@lru_cache(maxsize=KEPT)
def is_titular(spelt: str) -> bool:
    """Is it a title, whatever stands around it?"""
    titles, word = words().titles, fold(spelt)
    if (word in column("particles.txt") and not spelt.isupper()) or spelt == "MS":
        return False  # Ana Di Marco, and DI Ana Marco; MS Dhoni
    if (
        spelt == HIS_EXCELLENCY
        or word in titles
        or word in TITULAR
        or singular(word) in TITULAR
        or is_abbreviation(spelt)
    ):
        return True
    first, hyphen, rest = word.partition("-")
    if hyphen and first in TITLE_PREFIXES:
        return rest in titles or rest in words().persons
    if rest == "general" and first in words().persons:
        return True  # Auditor-General
    return bool(hyphen) and all(part in titles or f"{part}." in titles for part in word.split("-"))


def is_tan_sri(tokens: Tokens, i: int) -> bool:
    """Is it of the Malay honour of two words that alone are a surname and a given name: *Tan Sri* Ana Lee?"""
    if tokens.folded[i] not in TAN_SRI:
        return False
    first = i if tokens.behind(i) == "sri" else i - 1
    return tokens.folded[first : first + 2] == ["tan", "sri"] and first <= i <= first + 1


def describes(tokens: Tokens, i: int) -> bool:
    """Is it a people's word or a joined one that tells of the person behind it: American, Korean-born?"""
    return describes_a_person(tokens.words[i])


@lru_cache(maxsize=KEPT)
def describes_a_person(spelt: str) -> bool:
    """Is it a word that describes, whatever stands around it?"""
    word = fold(spelt)
    people = word in words().peoples or singular(word) in words().peoples
    return (people and word not in given_names()) or DESCRIBING.fullmatch(spelt) is not None


def styled(tokens: Tokens, i: int) -> bool:
    word = tokens.folded[i]
    return word in words().titles and (tokens.words[i][-1] == "." or word in words().small["style"] | PEERAGE)


def is_headed(tokens: Tokens, i: int) -> bool:
    """Does what one person is, and of what, end at token i: the *head* of the union, Olu Marsh; *Chair* of the Board
    Olu Marsh; the *head* of the Chamber of Trade and Crafts Olu Marsh?"""
    comma = tokens.words[i] == ","
    end = i if comma else i + 1
    if tokens.begins_paragraph[i]:
        return False

    def inside(k: int) -> bool:
        small = tokens.folded[k] in JOINTS and tokens.words[k - 1].istitle() and not _holds(tokens.words[k - 1])
        return tokens.tag[k].startswith(WITHIN) or (small and tokens.words[k + 1].istitle())

    first = tokens.run_before(end, inside, max(end - 9, 0))
    if first == end or tokens.begins_paragraph[first] or tokens.before(first) not in OFFICE_PREPOSITIONS:
        return False
    office = first - 2
    if (comma or tokens.words[i].istitle()) and is_named_trade(tokens, office):
        return True
    return office >= 0 and tokens.words[office].istitle() and _holds(tokens.words[office])


def _holds(spelt: str) -> bool:
    """Is it a word for who holds an office?"""
    return spelt.lower() in words().office_heads or is_titular(spelt)


def is_named_trade(tokens: Tokens, i: int) -> bool:
    """Is it a noun in small letters for what one person is, whose name may follow: *leader* Ana Ortiz, and joined words
    whatever their tag: *secretary-general* Bo Lee?"""
    if i < 0 or tokens.ends_paragraph(i) or not tokens.words[i].islower():
        return False
    if "-" in tokens.words[i]:
        return is_titular(tokens.words[i])
    return tokens.tag[i] == "NN" and (tokens.folded[i] in words().office_heads or tokens.folded[i] in words().titles)
