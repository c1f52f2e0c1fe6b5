"""A `Tokens` in, where its names stand out: runs of capitalised words, cut where a person begins behind a title.

Titles, offices, places and outlets in front of a person are no part of the name: `Ohio Gov. | Ana Lee`. `names` are
everywhere the tokens of the article that may be part of a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import lru_cache

from quotes_cli.language.designations import (
    HONOURS,
    OFFICE_PREPOSITIONS,
    SEATED,
    SMALL_INSIDE,
)
from quotes_cli.language.nouns import denotes
from quotes_cli.language.personal_names import is_family_first
from quotes_cli.language.tokens import CLAUSE_ENDS, MARKS, Tokens
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.spelling import is_word
from quotes_cli.language.words.vocabulary import given_names, words

from .cuts import after_title, before_office, before_titles, particles_lead
from .mandarin import is_surname
from .months import DAYS, MONTHS, is_dated, is_given_day, is_given_month, is_surname_month
from .name_marks import mark_end
from .office_phrases import bearer_of, body_of, may_hold_office
from .owners import numbered, owner
from .titular import DESCRIBING, is_title

REPORTED = frozenset({"said", "says", "added", "adds", "asked", "asks", "wrote", "writes", "replied", "tweeted"})
PROPER = frozenset({"NNP", "NNPS"})
NOUNS = frozenset({"NN", "NNS", "JJ"})  # what a tagger makes of a name's word that it has not seen
MISTAGGED = NOUNS | {"RB", "VB", "VBG", "VBN", "VBP", "FW"}  # and of a rare surname
MISTAKEN = NOUNS | {"VB", "VBD", "VBN", "VBP", "RB", "FW"}
#: Adjectives that tell of a body and are no part of its name.
NO_NAMES = frozenset("former late new local current old other own many several most same such last next".split())

PARENTS = frozenset({"abu", "umm", "oum"})  # before the name of one's first child: Umm Khalil

Extent = tuple[int, int, int]  # tokens [first, last) of a name, and before it those of its titles from [begin, first)


def extents(tokens: Tokens) -> Iterator[Extent]:
    """Begin of the titles, begin and end of each name of the article, in text order."""
    done, folded, organisations, particles = 0, tokens.folded, words().organisations, column("particles.txt")
    places = [i for i in tokens.capitals if is_name_word(tokens, i)]
    names = {*places}
    for i in places:
        if i < done:
            continue
        before = i - 1 - (tokens.before(i) == "the")
        office = before > 0 and folded[before] in OFFICE_PREPOSITIONS
        if office and (person := bearer_of(tokens, names, before)):
            i = person  # governor of Ohio | Ana Lee
        if i + 1 in names and _opens_with_verb(tokens, i):
            i += 1
        begin = _begin(tokens, i, done) if tokens.words[i - 1] in particles else i
        last = _run_end(tokens, names, i)
        if folded[last - 1] in organisations:  # the *Food* | Safety Agency, the *General* | Staff
            begin = tokens.run_before(begin, lambda k: _mistaken(tokens, k) and not _is_office(tokens, k), done)
            begin -= begin > done and _opens_body(tokens, begin - 1)
        pieces = _pieces(tokens, names, begin, last)
        for number, (first, end) in enumerate(pieces):
            leads = number + 1 < len(pieces)
            body = body_of(tokens, first, end) if leads else 0
            held = leads and may_hold_office(folded[first]) and folded[first + 1] in OFFICE_PREPOSITIONS  # Speaker of
            if leads and not body and (held or not any(tokens.entity[first:end])):
                continue  # a title or a word set in capitals before the person
            first = body or first
            name, end = _without_titles(tokens, names, first, end)
            if name < end:
                begins = name
                if name == first and (tokens.tag[name - 1] == "POS" or tokens.words[name - 1][0].isdigit()):
                    begins = numbered(tokens, owner(tokens, name, end), end)
                yield min(first, begins), begins, end
        done = last


def _without_titles(tokens: Tokens, names: Set[int], first: int, end: int) -> tuple[int, int]:
    """What of the tokens [first, end) is the name itself, if any: Gov. | *Ana Lee* | MP."""
    folded, spelt = tokens.folded, tokens.words
    if end - first == 1:
        return first + (folded[first] in SMALL_INSIDE or not spelt[first][0].isalnum()), end
    end = before_office(tokens, first, end)
    name = after_title(tokens, names, first, end)
    while end > name and folded[end - 1] in SMALL_INSIDE:
        end -= 1
    while name < end and (folded[name] in SMALL_INSIDE or not spelt[name][0].isalnum()):
        name += 1
    described = [k + 1 for k in range(name, min(name + 3, end - 1)) if "-" in spelt[k] and _only_describes(spelt[k])]
    name = described[0] if described else name
    one = folded[end - 1] in SEATED and tokens.before(name) in words().small["article"]  # the Glasgow | MSP
    while end - name > (1 if one else 2) and folded[end - 1].strip(".") in HONOURS:
        if folded[end - 2] in words().organisations:
            break  # one Green Party MP
        end -= 1  # Ana Lee | MP
    half = (end - name) // 2  # of a caption and its text: Ana Lee | Ana Lee
    if half > 1 and folded[name : name + half] == folded[name + half : end]:
        name += half
    return name, end


def _is_office(tokens: Tokens, i: int) -> bool:
    """Is it a title that is no adjective: the *Doctor*, but no *General* Staff?"""
    return tokens.tag[i] != "JJ" and is_title(tokens, i)


def _only_describes(word: str) -> bool:
    """Is it joined words that describe the name behind, the last in small letters: *Linden-based* Hume Mills, New
    *York-based* Hume Mills?"""
    return DESCRIBING.fullmatch(word) is not None and word.rpartition("-")[2].islower()


def is_name_word(tokens: Tokens, i: int) -> bool:
    """May the capital be a name's: a proper noun, or what the model calls one, that is no day, month or pronoun?"""
    word, low, tag = tokens.words[i], tokens.folded[i], tokens.tag[i]
    common = low in _never_names()
    if common and low in words().pronouns:
        return is_surname(tokens, i)
    if "/" in word and "." in word:
        return False  # https://news.example/x
    proper = tag in PROPER or tokens.pos[i] == "PROPN" or bool(tokens.entity[i])
    proper = proper or (not tag and _seems_name(tokens, i)) or word in tokens.acronyms or _opens(tokens, i)
    proper = proper or _behind_trade(tokens, i)
    if not proper:
        return False
    if common:
        if low in DAYS:
            return is_given_day(tokens, i)
        if low not in MONTHS or (is_dated(tokens, i) and tokens.behind(i) and tokens.words[i + 1].istitle()):
            return low[-1] == "s" and tokens.entity[i] == "ORG" and not tokens.begins_entity[i]  # Linden Fridays, a bar
        return tokens.entity[i] == "PERSON" or is_given_month(tokens, i)
    return word[0].isupper() or any(map(str.isupper, word))


@lru_cache(maxsize=1)
def _never_names() -> frozenset[str]:
    """The pronouns, articles, days (on *Sundays*) and months."""
    dates = column("calendar.txt")
    days = {f"{day}s" for day in dates if day.endswith("day")}
    return frozenset({*words().pronouns, *words().small["article"], *dates, *days})


def _opens(tokens: Tokens, i: int) -> bool:
    """A given name that opens a sentence, which the tagger took for another word: *Simeon* Coxe, a singer, said.

    A surname and what may follow a subject stand behind it: Grant Aid to Lebanon is no person.
    """
    rare = tokens.tag[i] in MISTAGGED and tokens.words[i].istitle() and tokens.folded[i] in given_names()
    if not rare or not tokens.begins_sentence(i) or i + 2 >= tokens.paragraph_end(i):
        return False
    surname = tokens.words[i + 1].istitle() and tokens.tag[i + 1] in NOUNS | {"NNP"}
    return surname and (tokens.words[i + 2] == "," or tokens.tag[i + 2] in ("VBD", "VBZ"))


def _behind_trade(tokens: Tokens, i: int) -> bool:
    """A rare given name behind what its bearer is, taken for another word: goat farmer *Obaid* Al Lee."""
    if tokens.tag[i] not in MISTAKEN or not tokens.words[i].istitle() or tokens.ends_paragraph(i):
        return False
    named = tokens.tag[i + 1] == "NNP" and tokens.words[i + 1].istitle() and tokens.tag[i - 1] == "NN"
    return named and tokens.words[i - 1].islower() and denotes(tokens.folded[i - 1], "NN") == "person"


def _seems_name(tokens: Tokens, i: int) -> bool:
    """In a paragraph that the model has not seen: a capital that no begin of a sentence asks for."""
    lex, word = words(), tokens.folded[i]
    if word.startswith(("al-", "el-")) and tokens.words[i][3:].istitle():
        return True  # Bashar al-Assad
    if not tokens.words[i][0].isupper() or any(word in small for small in lex.small.values()):
        return word in lex.small["style"]
    opens = tokens.begins_paragraph[i] or tokens.words[i - 1] in CLAUSE_ENDS | MARKS
    return not opens or word in given_names() or word in lex.titles


def _begin(tokens: Tokens, i: int, least: int) -> int:
    """Where the run at a name word behind particles begins: with them, and the names before those."""
    particles = column("particles.txt")
    begin = tokens.run_before(i, lambda k: tokens.words[k] in particles, max(i - 3, least))
    if begin < i and begin > least and not tokens.begins_paragraph[begin] and _mistaken(tokens, begin - 1):
        begin -= 1  # Mirela | el Amin, while nobody has seen a Mirela
    return begin


def _run_end(tokens: Tokens, names: Set[int], first: int) -> int:
    """End of the run of name tokens from `first`; particles, nicknames in marks, suffixes and a body's `of` join it."""
    joining = _joining()
    last = first + 1
    stop = tokens.paragraph_end(first)
    while last < stop:
        if last in names:
            last += 1
            continue
        word = tokens.words[last]
        if word.islower() and not tokens.entity[last] and tokens.folded[last] not in joining:
            break
        step = _word_end if word[0].isalnum() else mark_end
        end = step(tokens, names, first, last, stop)
        if not end:
            break
        last = end
    return last


def _word_end(tokens: Tokens, names: Set[int], first: int, i: int, stop: int) -> int:
    """Where a name goes on behind a word at token i that is no name by itself; 0 where it has ended."""
    lex, word = words(), tokens.folded[i]
    following = i + 1 < stop and i + 1 in names
    inside = following and _same_entity(tokens, i) and (word != "and" or tokens.entity[i] == "ORG")
    if (
        particles_lead(tokens, names, i)
        or _surname(tokens, i)
        or (following and _is_rare(tokens, i))
        or (_mistaken(tokens, i) and (following or word in lex.organisations))
        or is_surname_month(tokens, i)
        or (word in column("suffixes.txt") and tokens.words[i][0].isupper())
        or (inside and not (word == "of" and _named_in_full(tokens, first, i)))
    ):
        return i + 1
    if word in ("of", "for") and tokens.folded[i - 1] in lex.organisations and _after_the(tokens, names, i):
        return i + 1 if following else i + 2
    return bearer_of(tokens, names, i)


@lru_cache(maxsize=1)
def _joining() -> frozenset[str]:
    """The small words with which a name may go on where the model sees none."""
    return frozenset({"of", "for", "'s"}) | OFFICE_PREPOSITIONS | MONTHS | column("particles.txt")


def _mistaken(tokens: Tokens, i: int) -> bool:
    """Is it a noun or adjective by its tag, and yet set with a capital inside a sentence?"""
    plain = tokens.tag[i] in NOUNS and tokens.words[i][0].isupper() and not tokens.words[i].isupper()
    return plain and not tokens.begins_sentence(i) and tokens.words[i - 1] not in CLAUSE_ENDS | MARKS


def _is_rare(tokens: Tokens, i: int) -> bool:
    """Is it no word of English between two of a name, whatever its tag: Lemalu *Faasavalu* Ioane?"""
    between = tokens.tag[i - 1] == "NNP" == tokens.tag[i + 1] and tokens.tag[i] in MISTAGGED
    return between and tokens.words[i].istitle() and not is_word(tokens.folded[i])


def _opens_body(tokens: Tokens, i: int) -> bool:
    """Does an adjective open a sentence with the name of a body, which has no article: *Public* Prosecution said?"""
    plain = tokens.tag[i] == "JJ" and tokens.begins_sentence(i) and tokens.words[i].istitle()
    return plain and tokens.folded[i] not in NO_NAMES and tokens.tag[i + 1] == "NNP"


def _surname(tokens: Tokens, i: int) -> bool:
    """A surname that the tagger took for another word: a capital right behind a given name or a style, as in Marty
    *Small* and Sir Cai *Starling*."""
    plain = tokens.tag[i] in MISTAGGED and tokens.words[i][0].isupper() and not tokens.words[i].isupper()
    person = tokens.entity[i - 1] == "PERSON" and tokens.begins_entity[i - 1]
    styled = i > 1 and tokens.tag[i] in NOUNS and tokens.before(i - 1) in words().small["style"]
    return plain and (person or styled or tokens.folded[i - 1] in given_names())


def _same_entity(tokens: Tokens, i: int) -> bool:
    """Whether the model's label runs on from the token before; a pronoun ends it (Ana and I)."""
    if not tokens.entity[i] or tokens.entity[i] != tokens.entity[i - 1] or tokens.begins_entity[i]:
        return False
    return tokens.folded[i] not in words().pronouns


def _named_in_full(tokens: Tokens, first: int, last: int) -> bool:
    """Has a person a given name and a surname, or a suffix, before token `last`: Ana Ortiz Jr. | of Linden?"""
    if tokens.entity[last] != "PERSON" or last - first < 2:
        return False
    plain = last - first == 2 or tokens.folded[last - 2] in given_names()  # Wiremu Tane, while nobody lists a Wiremu
    titled = is_title(tokens, last - 1) or is_title(tokens, last - 2)
    return tokens.folded[last - 1] in column("suffixes.txt") or (plain and not titled)


def _after_the(tokens: Tokens, names: Set[int], i: int) -> bool:
    """Whether a name stands behind i, maybe after "the": University of the Arts."""
    stop = tokens.paragraph_end(i)
    i += 2 if tokens.behind(i) == "the" else 1
    return i < stop and i in names


def _opens_with_verb(tokens: Tokens, i: int) -> bool:
    """A verb at the begin of a sentence, for its capital taken as a name: Said Ellis, Using Ana Ortiz."""
    if tokens.ends_paragraph(i):
        return False
    if not (tokens.begins_sentence(i) or tokens.words[i - 1] in MARKS):
        return False
    word, given = tokens.folded[i], given_names()
    participle = len(word) > 4 and word.endswith("ing") and word not in given and tokens.folded[i + 1] in given
    return word in REPORTED or (participle and not is_title(tokens, i))


def _pieces(tokens: Tokens, names: Set[int], first: int, last: int) -> list[tuple[int, int]]:
    """Split a run where a person begins after something else: `Times Mary Lee`, `Secretary of State | Ana Lee`.

    Titles belong to the person behind them: `Ohio | Gov. Ana Lee`.
    """
    if last - first == 1:
        return [(first, last)]
    if True not in tokens.begins_entity[first + 1 : last] and OFFICE_PREPOSITIONS.isdisjoint(tokens.folded[first:last]):
        return [(first, last)]
    cuts = [first]
    for i in range(first + 1, last):
        if i < cuts[-1]:
            continue
        if tokens.begins_entity[i] and tokens.entity[i] == "PERSON":
            particles = column("particles.txt")
            if (
                tokens.words[i - 1] in particles
                or tokens.folded[i - 1] in PARENTS
                or (tokens.folded[i] in particles and tokens.folded[i - 1] in given_names())
            ):
                continue  # Noura bint Salim Al Ortiz is one
            if last - i == 1 and tokens.words[i].isupper() and len(tokens.words[i]) > 2:
                continue  # the Nova Scotia RCMP
            known = tokens.folded[i] in given_names() and last - i > 1 and tokens.folded[i - 1] not in given_names()
            known = known and tokens.words[i - 1][1:] not in ("", ".")  # Ana P Luis Ortiz is one
            known = known and tokens.words[i] not in column("particles.txt")  # Tarek Salim al Ortiz is one
            known = known and not _behind_trade(tokens, i - 1)
            known = known and not is_family_first(tuple(tokens.folded[i - 1 : last]))  # Chua Li Lian is one
            if tokens.entity[i - 1] not in ("", "PERSON") or (not tokens.entity[i - 1] and known):
                cuts.append(before_titles(tokens, cuts[-1], i))
        elif tokens.folded[i] in OFFICE_PREPOSITIONS and (person := bearer_of(tokens, names, i)):
            cuts.append(person)
    return [(begin, end) for begin, end in zip(cuts, [*cuts[1:], last], strict=True) if begin < end]
