"""The words of a text in, what stands in or before a person's name out: titles, offices of several words, nicknames.

All is told by the words alone, before the model has seen them. So what disturbs a parse can be kept from it
(`parse.simpler`), and the resolver finds the same names.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from .tokens import MARKS
from .words.lists import column
from .words.vocabulary import fold, given_names, words

KEPT = 4096  # words of which it is remembered what they are
LONGEST_NICKNAME = 4  # words of it
LONGEST_OFFICE = 12  # words behind its preposition: Secretary of State for Health and Social Care
OFFICE_PREPOSITIONS = frozenset({"of", "for", "to", "without", "in", "at"})
TITLE_PREFIXES = frozenset({"co", "vice", "ex", "then", "deputy", "under", "pro"})  # before a title's hyphen: ex-mayor
#: Words without a capital inside an office's name.
SMALL_INSIDE = frozenset({"the", "of", "for", "and", "&", "in", "on", "to", "at"})
#: First words of places of which the second is a given name, too: Mayor of New *York* Ana Ortiz.
PLACES = frozenset(
    "new south north east west san santa saint st st. sao los las port fort lake mount el sri saudi puerto".split()
)
SAYING = frozenset({"said", "says", "added", "asked", "told", "wrote", "and", "by", "with", "to"})
#: Letters behind a name that are no part of it: Ana Ortiz MP.
SEATED = frozenset("mp mep msp mla mpp td".split())  # of a house
HONOURS = SEATED | frozenset("qc kc sc bl obe mbe cbe dbe kbe frs md phd esq".split())
BRACKETS = {"(": ")", "[": "]"}
#: What stands in brackets between a rank and its bearer: Capt. (Ret.) Ana Ortiz.
SERVICE = frozenset({"ret", "retd", "rtd", "res", "retired", "reserve", "reserves"})


@lru_cache(maxsize=KEPT)
def is_abbreviation(word: str) -> bool:
    """Is it a title's abbreviation, with its full stop or without, maybe of two parts: Sgt., Lt, Det.-Sgt., Maj-Gen?

    What is a given name as well is none without its stop.
    """
    if not word[:1].isupper():
        return False
    low = fold(word)
    return all(_abbreviates(part) for part in low.split("-")) and (low[-1] == "." or low not in given_names())


def _abbreviates(part: str) -> bool:
    titles = words().titles
    return (part[-1:] == "." and part in titles) or f"{part}." in titles


def nickname_end(text: Sequence[str], i: int, stop: int) -> int:
    """The token behind the closing mark or bracket of a nickname that opens at i (Ana "Red" Ortiz, Ana (Nita) Poe, Ana
    ("Nita") Poe), or 0; the words before `stop` are one paragraph's."""
    opening = text[i]
    if not i or (opening not in MARKS and opening not in BRACKETS) or not _is_given(text, i - 1):
        return 0
    closing = {BRACKETS[opening]} if opening in BRACKETS else MARKS
    close = next((k for k in range(i + 2, min(i + LONGEST_NICKNAME + 2, stop - 1)) if text[k] in closing), 0)
    inside = [word for word in text[i + 1 : close] if opening not in BRACKETS or word not in MARKS]
    if (
        not close
        or not inside
        or not all(word[0].isupper() or word[0].isdigit() or word in SMALL_INSIDE for word in inside)
    ):
        return 0
    if opening in BRACKETS and (all(map(str.isupper, inside)) or fold("".join(inside)).strip(".'") in SERVICE):
        return 0  # Linden (AP) Ana Ortiz, Lt Col (Retd) Ana Ortiz
    end = close + 1
    surname = end
    while surname < min(stop - 1, end + 3) and text[surname] in column("particles.txt"):
        surname += 1
    return end if _may_be_surname(text[surname]) else 0


def service_end(text: Sequence[str], i: int, stop: int) -> int:
    """The token behind the closing bracket of what opens at i and says that a rank is a former one, or 0."""
    if not i or text[i] not in BRACKETS or not (is_abbreviation(text[i - 1]) or fold(text[i - 1]) in words().titles):
        return 0
    close = next((k for k in range(i + 2, min(i + 4, stop - 1)) if text[k] == BRACKETS[text[i]]), 0)
    served = bool(close) and fold("".join(text[i + 1 : close])).strip(".'") in SERVICE
    return close + 1 if served and text[close + 1][0].isupper() else 0


def _is_given(text: Sequence[str], i: int) -> bool:
    """Is it a given name, or the initial behind one, or any capital behind a title or a verb of speaking?"""
    word, low = text[i], fold(text[i])
    if not word[0].isupper() or word.isupper() != (len(word.rstrip(".")) == 1):
        return False
    if low in given_names():
        return True
    before = text[i - 1] if i else ""
    if len(word.rstrip(".")) == 1:
        return fold(before) in given_names()
    plain = any(low in listed for listed in words().small.values()) or low in words().pronouns
    return not plain and (before in SAYING or is_abbreviation(before))


def _may_be_surname(word: str) -> bool:
    low, lex = fold(word), words()
    if not word[0].isupper() or low in column("calendar.txt") or low in lex.pronouns or low in lex.organisations:
        return False
    return not any(low in listed for listed in lex.small.values())


def person_behind_office(text: Sequence[str], i: int, stop: int) -> int:
    """Where the person begins whose office's preposition stands at i: Minister for Women and Equalities | Ana Ortiz.

    0 where nobody does. The person is told by a given name or by a title.
    """
    if not i or text[i] not in OFFICE_PREPOSITIONS or not _heads_office(text[i - 1]):
        return 0
    comma = False
    for k in range(i + 1, min(i + LONGEST_OFFICE, stop - 1)):
        word, before = text[k], text[k - 1]
        comma = (comma or before == ",") and before != "and"
        behind_word = k > i + 1 and before[0].isupper() and not comma
        if behind_word and _begins_person(text, k, stop):
            return k - 1 if k > i + 2 and is_family_name(text, k - 1) else k
        listed = word == "," and not comma and "and" in text[k : k + 4]
        if not (word[0].isupper() or word in SMALL_INSIDE or listed) or (comma and _heads_office(word)):
            return 0
    return 0


def is_family_name(text: Sequence[str], i: int) -> bool:
    """Is it a family name of East Asia before the given one: Minister of State *Lim* Hui Ting; but not Hong *Kong*?"""
    families = column("family_names.txt")
    return fold(text[i]) in families and fold(text[i - 1]) not in families


@lru_cache(maxsize=KEPT)
def _heads_office(word: str) -> bool:
    low, lex = fold(word), words()
    tail = low.rpartition("-")[2]
    return word[0].isupper() and any(w in lex.titles or w in lex.persons for w in (low, tail))


def _begins_person(text: Sequence[str], k: int, stop: int) -> bool:
    """Does a name of two words or more begin at k, a given name or a title first, and no body's?"""
    low, lex = fold(text[k]), words()
    titled = is_abbreviation(text[k])
    if text[k] in column("particles.txt"):
        return False  # Tarek Salim | al Ortiz
    if not titled and (low not in given_names() or fold(text[k - 1]) in PLACES or low in lex.countries):
        return False
    end = k
    while end < stop and (text[end][0].isupper() or text[end] in column("particles.txt")):
        end += 1
    surname = next((word for word in text[k + 1 : end] if word not in column("particles.txt")), "")
    return bool(surname) and fold(text[end - 1]) not in lex.organisations and _may_be_surname(surname)
