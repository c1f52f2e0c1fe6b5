"""A run of capitals passes through here: where in it a person's name begins behind titles, or ends before an office."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache

from quotes_cli.language.designations import KEPT, SMALL_INSIDE
from quotes_cli.language.nouns import KIN, denotes
from quotes_cli.language.personal_names import is_family_first
from quotes_cli.language.tokens import MARKS, Tokens
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import fold, given_names, singular, words

from .titular import TAN_SRI, describes, describes_a_person, is_tan_sri, is_title, is_titular, styled

INITIALS = re.compile(r"(?:[A-Z]\.)+")  # Justices *M.V.* Lee and Bo Ruiz
RANKS = frozenset({"marine"})  # that are given names, too: Marine John Lee, and Marine Dubois


def particles_lead(tokens: Tokens, names: Set[int], i: int) -> bool:
    """Whether particles begin at i with a name behind them: van der | Berg."""
    if tokens.folded[i] not in column("particles.txt"):
        return False
    end, stop = i, tokens.paragraph_end(i)
    while end < stop and end - i < 3 and tokens.folded[end] in column("particles.txt"):
        end += 1
    return end < stop and end in names


def before_titles(tokens: Tokens, least: int, person: int) -> int:
    """Where the titles right before a person begin: Ohio | Lt. Gov. | Ana Lee."""
    lex = words()

    def titles(i: int) -> bool:
        return is_title(tokens, i) or tokens.folded[i] in lex.office_heads or tokens.words[i] == "."

    begin = tokens.run_before(person, titles, least)
    return tokens.run_before(begin, lambda i: tokens.folded[i] in lex.title_words, least) if begin < person else begin


def after_title(tokens: Tokens, names: Set[int], first: int, last: int) -> int:
    """Where the name begins after its titles: the token behind the last title word that has something after it."""
    if last - first == 1:
        return first
    lex, given = words(), given_names()
    noun = tokens.folded[last - 1] in lex.organisations
    body = noun or tokens.entity[first:last].count("ORG") == last - first
    for i in range(last - 2, first - 1, -1):
        if not _may_lead(tokens.words[i]):
            continue
        word, title = tokens.folded[i], is_title(tokens, i)
        if tokens.words[i + 1] in MARKS or tokens.words[max(i - 1, first)] in MARKS:
            continue  # Tom "Duke" Lee
        if body and tokens.folded[i + 1] not in given and not (last - i == 2 and styled(tokens, i)):
            continue
        if noun and not title and describes(tokens, i):
            continue  # European Heron Agency
        office = title or " ".join(tokens.folded[max(first, i - 1) : i + 1]) in lex.offices
        if not (office or word.endswith("-year-old") or _tells(tokens, names, i, last, i == first)):
            continue
        inside = i > first and tokens.folded[i - 1] in given and word not in lex.office_heads and word in given
        if not inside or is_tan_sri(tokens, i):
            rest = [w for w in tokens.folded[i + 1 : last] if w.strip(".") not in column("suffixes.txt")]
            return i + 1 if rest else first
    return first


@lru_cache(maxsize=KEPT)
def _may_lead(spelt: str) -> bool:
    """Is there a name of a person or body before which the word is no part of it?"""
    lex, low = words(), fold(spelt)
    trade = low.rpartition("-")[2]
    title = low in lex.title_words or low in lex.office_heads or low in TAN_SRI or is_titular(spelt)
    title = title or spelt in (".", "Con") or _is_plural(low)  # Det Con Ana Lee, Justices Ana Lee and Bo Ruiz
    person = _is_trade(trade) or denotes(trade, "NN") == "person" or low in RANKS
    return title or person or describes_a_person(spelt) or low.endswith("-year-old")


def _is_trade(word: str) -> bool:
    """Is it a word for what a person does, by the lists?"""
    return word in column("wordnet_persons.txt") or word in words().persons


def _is_plural(word: str) -> bool:
    """Is it a plural of an office: *Justices* Ana Lee and Bo Ruiz?"""
    one, lex = singular(word), words()
    return one != word and (one in lex.office_heads or one in lex.offices)


def _tells(tokens: Tokens, names: Set[int], i: int, last: int, leads: bool) -> bool:
    """Does the word tell what a person behind it is, whose name ends before `last`: *Restaurateur* Ana Lee?

    `leads`: has it a capital, but not the word before it?
    """
    word, given, begins = tokens.folded[i], given_names(), tokens.begins_sentence(i)
    split = not tokens.entity[i] and tokens.begins_entity[i + 1]
    behind_adjective = i > 0 and tokens.tag[i - 1] == "JJ" and tokens.begins_sentence(i - 1)
    begins = begins or (leads and (split or behind_adjective))  # Public | Protector Ana Lee
    noun = word.rpartition("-")[2]  # Jazz-Legend Ana Lee
    trade = _is_trade(noun) or (begins and denotes(noun, "NN") == "person")  # *Sharemilker* Ana Lee, by its ending
    labelled = "PERSON" in (tokens.entity[i + 1], tokens.entity[last - 1] if begins and trade else "")
    if not labelled and tokens.folded[i + 1] not in given and not INITIALS.fullmatch(tokens.words[i + 1]):
        return False
    if begins and KIN.fullmatch(word):  # *Mum* Ana said; Son Heung-min scored
        return not is_family_first(tuple(tokens.folded[i:last]))
    several = last - i > 2  # words behind it
    if (
        word in words().office_heads
        or _is_plural(word)
        or (word in RANKS and several and not particles_lead(tokens, names, i + 1))
    ):
        return True
    if describes(tokens, i) and (several or tokens.begins_entity[i + 1]):  # not German Ortiz
        return True
    opens = begins or tokens.folded[i + 1] in given  # it was late, Trainer Ana Lee said
    firm = word in column("venture_nouns.txt")  # Retailer | Harbas
    return (several or firm) and word not in given and trade and opens


def before_office(tokens: Tokens, first: int, last: int) -> int:
    """End of a name before the office that somebody has there: the FBI | Director, Illinois | Attorney General."""
    if last - first == 1:
        return last
    lex, end = words(), last
    if tokens.folded[end - 1] not in lex.title_words:
        return last

    def is_person() -> bool:
        given = (word in given_names() for word in tokens.folded[first : last - 1])
        return tokens.entity[last - 1] == "PERSON" or any(given)

    while end - 1 > first and tokens.folded[end - 2] not in SMALL_INSIDE:
        if end - 2 > first and " ".join(tokens.folded[end - 2 : end]) in lex.offices:
            end -= 2
        elif tokens.folded[end - 1] in lex.offices and tokens.folded[end - 1] in lex.titles and not is_person():
            end -= 1
        else:
            break
    return end
