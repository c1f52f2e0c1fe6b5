"""Quotations in, groups of those that are one statement out: the same words, or nearly, or one a part of the other.

Candidates are quotations that share three telling words in a row (stems; the small words between do not count), or two
where one person says both, found by sorting the hashes of these: MinHash would miss a part of a long statement, whose
words are few among the other's.
Each candidate is then aligned with the longest quotation that shares the words, and with its neighbours, so that the
work grows with the number of quotations and not with its square. What is nearly the same is joined freely; what is a
part of something longer belongs to one longer statement only, so that a phrase that many use joins nothing.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from .alignment import LONGEST, common
from .words import folded_words, stems

SHORTEST = 4  # words: less is a phrase, not a statement
TELLING = 3  # words in a row that tell something; a quotation that has fewer is compared as a whole
SAME = 0.7  # the share of the longer one's words from which on two wordings are one
PART = 0.8  # of the shorter one's words where it is a part
ROOM = 1.3  # as many times its own length a part may take in the longer one
RUN = 10  # words at one stretch by which two cuts of one speech are joined
OTHERS = 6  # words from which on the same words of two speakers are one statement, and not what anybody says
NEIGHBOURS = 3


@dataclass(slots=True)
class Statement:
    """One quotation to be compared: its words, who says it in which article, and a key by which order is made."""

    quote: str
    person: str | None
    article: str
    order: tuple[Any, ...]


@dataclass(slots=True)
class Wording:
    """Words that one or several quotations have: the numbers of these, who says them, in which articles."""

    words: tuple[str, ...]
    numbers: list[int]
    persons: frozenset[str]
    articles: frozenset[str]


@dataclass(slots=True)
class Group:
    """Quotations that are one statement, by their numbers; the first is its fullest common wording."""

    members: list[int] = field(default_factory=list)


def grouped(statements: Sequence[Statement]) -> list[Group]:
    """The statements that stand more than once, those with the most quotations first."""
    wordings = _wordings(statements)
    leader = list(range(len(wordings)))

    def find(number: int) -> int:
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    parts: dict[int, list[int]] = defaultdict(list)  # wordings to those that they are a part of
    for long, short in _candidates(wordings):
        way = _related(wordings[long], wordings[short])
        if way == "same":
            one, other = sorted((find(long), find(short)))
            leader[other] = one
        elif way == "part":
            parts[short].append(long)
    for short in sorted(parts):  # the one longer statement that is likeliest meant: of its speaker, often quoted, short
        wholes = [long for long in parts[short] if find(long) != find(short)]
        own = wordings[short].persons
        ranks = [
            (wordings[long].persons.isdisjoint(own), -len(wordings[long].numbers), len(wordings[long].words), long)
            for long in wholes
        ]
        if ranks:
            leader[find(short)] = find(min(ranks)[-1])
    groups: dict[int, list[int]] = defaultdict(list)
    for number in range(len(wordings)):
        groups[find(number)].append(number)
    found = [_group([wordings[one].numbers for one in own], statements) for own in groups.values()]
    several = [group for group in found if len(group.members) > 1]
    return sorted(several, key=lambda group: (-len(group.members), statements[group.members[0]].order))


def _wordings(statements: Sequence[Statement]) -> list[Wording]:
    """Each wording once, the longest first; a phrase of few words once for each who says it."""
    found: dict[tuple[int, tuple[str, ...], str], list[int]] = defaultdict(list)
    for number, statement in enumerate(statements):
        words = tuple(folded_words(statement.quote)[:LONGEST])
        if len(words) >= SHORTEST:
            speaker = (statement.person or statement.article) if len(words) < OTHERS else ""
            found[-len(words), words, speaker].append(number)
    return [
        Wording(
            words,
            numbers := found[key],
            frozenset(one for number in numbers if (one := statements[number].person) is not None),
            frozenset(statements[number].article for number in numbers),
        )
        for key in sorted(found)
        for words in (key[1],)
    ]


def _candidates(wordings: Sequence[Wording]) -> Iterator[tuple[int, int]]:
    """Pairs of wordings that share telling words in a row; the first is no shorter. Each pair once.

    Wordings are sorted by length: of those that share words the first is the longest.
    """
    import numpy as np  # here: every command would wait a twentieth of a second for it

    hashes: list[int] = []
    owners: list[int] = []
    for number, wording in enumerate(wordings):
        telling = stems(wording.words) or list(wording.words)
        size = min(TELLING, len(telling))
        shingles = {" ".join(telling[i : i + size]) for i in range(len(telling) - size + 1)}
        pairs = {" ".join(telling[i : i + 2]) for i in range(len(telling) - 1)}
        shingles |= {f"{name}: {pair}" for name in (*wording.persons, *wording.articles) for pair in pairs}
        hashes += map(_hash, sorted(shingles))
        owners += [number] * len(shingles)
    if not hashes:
        return
    keys, numbers = np.array(hashes, np.uint64), np.array(owners, np.int64)
    del hashes, owners
    order = np.lexsort((numbers, keys))
    keys, numbers = keys[order], numbers[order]
    begins = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
    first = np.repeat(numbers[begins], np.diff(np.r_[begins, len(keys)]))
    found = [(first * len(wordings) + numbers)[first != numbers]]
    for step in range(1, NEIGHBOURS + 1):
        same = keys[step:] == keys[:-step]
        found.append((numbers[:-step] * len(wordings) + numbers[step:])[same])
    for pair in np.unique(np.concatenate(found)).tolist():
        yield divmod(pair, len(wordings))


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def _related(long: Wording, short: Wording) -> str | None:
    """`same`, `part`, or None."""
    telling = stems(short.words)
    phrase = len(short.words) < OTHERS  # which anybody may use
    stranger = bool(short.persons and long.persons) and short.persons.isdisjoint(long.persons)
    alone = short.articles.isdisjoint(long.articles) or (stranger and len(telling) < TELLING)
    if phrase and alone and short.persons.isdisjoint(long.persons):
        return None
    inside = _holds(long.words, short.words) or (phrase and len(telling) > 1 and _holds(stems(long.words), telling))
    if inside:
        return "same" if len(short.words) >= SAME * len(long.words) else "part"
    both = common(short.words, long.words)
    if phrase or (stranger and both.run < OTHERS):
        return None
    if len(telling) > 1 and both.words >= SAME * len(long.words):
        return "same"
    if both.run >= RUN and 2 * both.run >= len(short.words):
        return "same" if both.words < PART * len(short.words) else "part"
    nearly = both.words >= PART * len(short.words) and both.stretch <= ROOM * len(short.words) + 1
    return "part" if nearly else None


def _holds(long: Sequence[str], short: Sequence[str]) -> bool:
    """Do the words stand there at one stretch?"""
    return f" {' '.join(short)} " in f" {' '.join(long)} "


def _group(wordings: Iterable[list[int]], statements: Sequence[Statement]) -> Group:
    """The members of a group: the commonest wording first, of those as common the longest."""
    order = sorted(wordings, key=lambda own: (-len(own), -len(statements[own[0]].quote), statements[own[0]].order))
    return Group([number for own in order for number in sorted(own, key=lambda one: statements[one].order)])
