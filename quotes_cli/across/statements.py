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
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .alignment import LONGEST, common
from .unions import Unions
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


Name = tuple[
    int, int
]  # of a wording: the fewer words the greater, and 64 bits by which it is known; sorts the longest first


@dataclass(slots=True)
class Wording:
    """Words that one or several quotations have: the numbers of these, who says them, in which articles."""

    name: Name
    words: tuple[str, ...]
    numbers: list[int]
    persons: frozenset[str]
    articles: frozenset[str]

    def add(self, other: Wording) -> None:
        """The other has the same words, of other quotations."""
        self.numbers += other.numbers
        self.persons |= other.persons
        self.articles |= other.articles


class Link(NamedTuple):
    """Two wordings that are one statement, or the second a part of the first. Of all that it may be a part of the one
    with the least `rank` is meant: of its speaker, often quoted, short."""

    long: Name
    short: Name
    same: bool
    rank: tuple[bool, int, int]


@dataclass(slots=True)
class Group:
    """Quotations that are one statement, by their numbers; the first is its fullest common wording."""

    members: list[int] = field(default_factory=list)


def grouped(statements: Sequence[Statement]) -> list[Group]:
    """The statements that stand more than once, those with the most quotations first."""
    found: dict[Name, Wording] = {}
    for number, statement in enumerate(statements):
        one = wording(statement, number)
        if one is not None and found.setdefault(one.name, one) is not one:
            found[one.name].add(one)
    ordered = [found[name] for name in sorted(found)]
    links = (link(ordered[long], ordered[short]) for long, short in candidates(ordered))
    numbers = {one.name: one.numbers for one in ordered}
    return arranged(united(numbers, (one for one in links if one is not None)), statements)


def wording(statement: Statement, number: int) -> Wording | None:
    """The words of a quotation; None for too few. A phrase of few words is one for each who says it."""
    words = tuple(folded_words(statement.quote)[:LONGEST])
    if len(words) < SHORTEST:
        return None
    speaker = (statement.person or statement.article) if len(words) < OTHERS else ""
    persons = frozenset([statement.person] if statement.person is not None else [])
    name = (-len(words), hash_of(f"{speaker}: {' '.join(words)}"))
    return Wording(name, words, [number], persons, frozenset([statement.article]))


def candidates(wordings: Sequence[Wording]) -> list[tuple[int, int]]:
    """Pairs of wordings, by their places, that share telling words in a row; the first is no shorter."""
    hashes, owners = array("q"), array("q")
    for number, one in enumerate(wordings):
        own = shingles(one)
        hashes.extend(own)
        owners.extend([number] * len(own))
    return neighbours(hashes, owners)


def shingles(one: Wording) -> list[int]:
    """What stands for the words of a wording: each three telling ones in a row, and two with who says them, hashed."""
    telling = stems(one.words) or list(one.words)
    size = min(TELLING, len(telling))
    found = {" ".join(telling[i : i + size]) for i in range(len(telling) - size + 1)}
    pairs = {" ".join(telling[i : i + 2]) for i in range(len(telling) - 1)}
    found |= {f"{name}: {pair}" for name in (*one.persons, *one.articles) for pair in pairs}
    return list(map(hash_of, found))


def neighbours(hashes: Any, owners: Any) -> list[tuple[int, int]]:
    """Pairs of owners of one hash: the least with each, and each with the next few. Each pair once, the least first.

    Both are numbers of 64 bits, as many of one as of the other.
    """
    import numpy as np  # here: every command would wait a twentieth of a second for it

    if not len(hashes):
        return []
    keys, numbers = np.array(hashes, np.int64), np.array(owners, np.int64)
    order = np.lexsort((numbers, keys))
    keys, numbers = keys[order], numbers[order]
    begins = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
    first = np.repeat(numbers[begins], np.diff(np.r_[begins, len(keys)]))
    size = int(numbers.max()) + 1
    found = [(first * size + numbers)[first != numbers]]
    for step in range(1, NEIGHBOURS + 1):
        same = keys[step:] == keys[:-step]
        found.append((numbers[:-step] * size + numbers[step:])[same])
    pairs = np.unique(np.concatenate(found))
    return list(zip((pairs // size).tolist(), (pairs % size).tolist(), strict=True))


def link(long: Wording, short: Wording) -> Link | None:
    """How two wordings belong together, if they do."""
    way = _related(long, short)
    if way is None:
        return None
    rank = (long.persons.isdisjoint(short.persons), -len(long.numbers), len(long.words))
    return Link(long.name, short.name, way == "same", rank)


def united(numbers: Mapping[Name, list[int]], links: Iterable[Link]) -> list[list[list[int]]]:
    """The numbers of quotations by wording and statement; given by wording, all of those that the links name."""
    places = {name: place for place, name in enumerate(sorted(numbers))}
    unions = Unions(len(places))
    parts: dict[Name, list[Link]] = defaultdict(list)
    for one in links:
        if one.same:
            unions.join(places[one.long], places[one.short])
        else:
            parts[one.short].append(one)
    for short in sorted(parts):
        wholes = [one for one in parts[short] if unions.find(places[one.long]) != unions.find(places[short])]
        if wholes:
            best = min(wholes, key=lambda one: (one.rank, one.long))
            unions.join(places[best.long], places[short])
    listed = list(places)
    return [[numbers[listed[place]] for place in group] for group in unions.groups()]


def arranged(groups: Iterable[Sequence[list[int]]], statements: Sequence[Statement]) -> list[Group]:
    """The groups of several members: of each the commonest wording first, of those as common the longest."""
    found = []
    for group in groups:
        wordings = [sorted(own, key=lambda one: statements[one].order) for own in group]
        wordings.sort(key=lambda own: (-len(own), -len(statements[own[0]].quote), statements[own[0]].order))
        if sum(map(len, wordings)) > 1:
            found.append(Group([number for own in wordings for number in own]))
    return sorted(found, key=lambda group: (-len(group.members), statements[group.members[0]].order))


def hash_of(text: str) -> int:
    """64 bits that are the same in every process."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)


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
