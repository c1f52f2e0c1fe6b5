"""The words of a person's name in, its parts out, and whether two names may be one person's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from .words.lists import column
from .words.vocabulary import fold, given_names, words

DOUBLED = re.compile(r"(.)\1")
_SYLLABLE = (
    "(?:[zcs]h|[b-df-hj-np-tw-z])?"
    "(?:[iu]ang|iong|iao|uai|[iu]?an|[aeio]ng|[ae]i|[aio]u|ao|[eiu]n|er|i[ae]|u[aeio]|[aeiou])"
)
#: One or two syllables of Chinese as news spells them, or two of any language of East Asia with a hyphen.
SYLLABLES = re.compile(f"(?:{_SYLLABLE}){{1,2}}|[a-z]{{2,6}}-[a-z]{{2,6}}")
#: Family names of which no syllable need be told: Nguyen Xuan Phuc.
VIETNAMESE = frozenset({"nguyen", "tran", "pham", "huynh", "phan", "bui", "ngo", "duong"})
#: Family names of East Asia that are given names elsewhere: Kim Lane.
GIVEN_ELSEWHERE = frozenset({"kim", "lee", "long", "dai", "son", "an", "le", "do", "jun", "mai", "lei"})

#: Suffixes that tell father from son, to the one that means the same.
SUFFIXES = {"jr": "jr", "sr": "sr", "ii": "ii", "iii": "iii", "iv": "iv", "junior": "jr", "senior": "sr", "filho": "jr"}
GIVEN_SUFFIXES = frozenset({"junior", "senior", "filho", "neto"})  # which may be a name's only second word

KEPT = 4096  # names that are remembered with their parts
Key = tuple[str, ...]  # the folded words of a name


def key_of(tokens: Iterable[str]) -> Key:
    """Folded words of a name: no dots, no marks around nicknames, no Arabic article."""
    return tuple(filter(None, map(_part_of, tokens)))


@lru_cache(maxsize=KEPT)
def _part_of(token: str) -> str:
    part = fold(token).strip(".\"'“”‘’()[]")
    part = part.removesuffix("'s")  # Ana Lee‘s, which is one word where the mark is a wrong one
    if len(part) > 1 and len(part) % 2 and set(part[1::2]) == {"."}:  # U.S., U.N.
        part = part[::2]
    return part[3:] if part.startswith(("al-", "el-")) and len(part) > 4 else part


@lru_cache(maxsize=KEPT)
def bare(key: Key) -> Key:
    """A personal name's key without suffix."""
    name = tuple(word for i, word in enumerate(key) if not i or word not in column("suffixes.txt"))
    return name if len(name) > 1 or GIVEN_SUFFIXES.isdisjoint(key[-1:]) else key  # Neymar Junior


@lru_cache(maxsize=KEPT)
def surname(key: Key) -> Key:
    """The last word and the particles before it: ("van", "der", "leyen")."""
    key = bare(key)
    i = len(key) - 1
    while i > 1 and key[i - 1] in column("particles.txt"):
        i -= 1
    return key[i:] if len(key) > 1 else key


@lru_cache(maxsize=KEPT)
def suffix(key: Key) -> str | None:
    """The suffix of a name's key that tells father from son."""
    found = next((word for word in key[1:] if word in SUFFIXES and bare(key) != key), None)
    return SUFFIXES[found] if found else None


def is_single(key: Key) -> bool:
    """Is it a name of one word, or a surname with its suffix (Ortiz Jr.)?"""
    return len(key) == 1 or (len(bare(key)) == 1 and suffix(key) is not None)


def same_first(one: str, other: str) -> bool:
    """Two first names agree: equal but for a doubled letter (Hilary), an initial, or a nickname of the other."""
    initial = min(len(one), len(other)) == 1 and one[:1] == other[:1]
    nicknames = words().nicknames
    spelt = len(one) > 3 and DOUBLED.sub(r"\1", one) == DOUBLED.sub(r"\1", other)
    return one == other or initial or spelt or one in nicknames.get(other, ()) or other in nicknames.get(one, ())


def agree(one: Key, other: Key) -> bool:
    """Two full names may be one person's: same surname, first names that agree, no contrary suffix.

    Middle names may be missing (Hillary Rodham Clinton), and a nickname in marks or a middle name may come first.
    """
    if len({suffix(one), suffix(other)} - {None}) > 1:
        return False
    one, other = sorted((bare(one), bare(other)), key=len)
    if len(one) < 2:
        return False
    if one[-1] != other[-1]:  # García Márquez and García; Asian order with a title between
        return len(one) < len(other) and other[: len(one)] == one
    firsts, others = one[: -len(surname(one))], other[: -len(surname(other))]
    if not same_first(firsts[0], others[0]):
        shared = any(len(first) > 1 and first in others for first in firsts)
        brothers = len(firsts) == len(others) and firsts[0] not in others and others[0] not in firsts
        return shared and not brothers  # Omar Salim Karam, Tarek Salim Karam
    middle, other_middle = set(firsts[1:]), set(others[1:])
    if not middle or not other_middle or middle & other_middle or len(firsts) != len(others):
        return True
    return any(same_first(name, other_name) for name in middle for other_name in other_middle)


@lru_cache(maxsize=KEPT)
def is_family_first(key: Key) -> bool:
    """Does a family name of East Asia stand before a given name of one or two syllables: Xi Jinping, Moon Jae-in?"""
    given = key[1:]
    if not 1 < len(key) < 4 or key[0] not in column("family_names.txt"):
        return False
    sure = key[0] not in GIVEN_ELSEWHERE or len(given) > 1 or "-" in given[0]
    return key[0] in VIETNAMESE or (sure and all(map(SYLLABLES.fullmatch, given)))


@lru_cache(maxsize=KEPT)
def given_odds(key: Key) -> float:
    """log(women / men) among the bearers of a full name's given name: of its first part that is one (J. *Ann* Lee).

    Of a hyphened name that few bear the first part counts, and nothing of a name that is not in the list. A family
    name of East Asia that stands first tells nothing: Li Haidong.
    """
    table = given_names()
    if is_family_first(key):
        return float(table.get("".join(key[1:])) or table.get("-".join(key[1:])) or 0.0)
    for first in key[: -len(surname(key))]:
        odds = table.get(first) or table.get(first.split("-")[0])
        if odds is not None:
            return float(odds)
        if len(first.rstrip(".")) > 1:
            break
    return 0.0
