"""Two wordings in, what they have in common and where they differ out; the alignment is rapidfuzz's."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .words import Word

GONE, THERE, SAME = "gone", "there", "same"
_WRITTEN = {GONE: "[-{}-]", THERE: "{{+{}+}}", SAME: "{}"}
_MARKED = re.compile(r"\[-(.*?)-\]|\{\+(.*?)\+\}", re.DOTALL)
LONGEST = 2000  # words that are aligned at once, for the time grows with their square
PIECE = 500  # words of longer ones that are aligned together, at least
ROW = 4  # words in a row by which the pieces of both are found
Area = tuple[int, int, int, int]  # words [first, last) of one and [begin, end) of the other


class Step(NamedTuple):
    """Words [first, last) of one wording that are, or become, [begin, end) of the other."""

    same: bool
    first: int
    last: int
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Common:
    """How many words two wordings have in common, in order; in how long a stretch of the longer they stand; and how
    many at one stretch."""

    words: int
    stretch: int
    run: int


def steps(one: Sequence[str], other: Sequence[str]) -> list[Step]:
    """How the first becomes the second; what differs is one step between two that are the same.

    Long ones are aligned piece by piece, between words in a row that stand once in both, so that the time grows with
    their length. Of a piece that has no such words, and is longer than `LONGEST`, the rest differs.
    """
    found: list[Step] = []
    for area in _areas(one, other):
        for step in _aligned(one, other, area):
            if found and found[-1].same == step.same:
                before = found.pop()
                step = Step(step.same, before.first, step.last, before.begin, step.end)
            found.append(step)
    return found


def _aligned(one: Sequence[str], other: Sequence[str], area: Area) -> Iterator[Step]:
    """The steps of one piece."""
    from rapidfuzz.distance import Indel  # not for `--help`

    first, last, begin, end = area
    for code in Indel.opcodes(one[first : min(last, first + LONGEST)], other[begin : min(end, begin + LONGEST)]):
        place = first + code.src_start, first + code.src_end, begin + code.dest_start, begin + code.dest_end
        yield Step(code.tag == "equal", *place)
    if last > first + LONGEST or end > begin + LONGEST:
        yield Step(False, min(last, first + LONGEST), last, min(end, begin + LONGEST), end)


def _areas(one: Sequence[str], other: Sequence[str]) -> Iterator[Area]:
    """The pieces that are aligned each by itself: all of two short wordings."""
    first = begin = 0
    if max(len(one), len(other)) > LONGEST:
        for place, its in _anchors(one, other):
            if place - first >= PIECE or its - begin >= PIECE:
                yield first, place, begin, its
                first, begin = place, its
    yield first, len(one), begin, len(other)


def _anchors(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """Where words in a row begin that stand once in both: as many as are in the same order (patience sorting)."""
    mine, its = _once(one), _once(other)
    pairs = sorted((place, its[words]) for words, place in mine.items() if words in its)
    ends: list[int] = []  # of the best rows so far, by their length, the number of the last pair
    lasts: list[int] = []  # and where that stands in the other
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        length = bisect_left(lasts, place)
        before.append(ends[length - 1] if length else -1)
        ends[length : length + 1] = [number]
        lasts[length : length + 1] = [place]
    row = []
    number = ends[-1] if ends else -1
    while number >= 0:
        row.append(pairs[number])
        number = before[number]
    return row[::-1]


def _once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    """The rows of `ROW` words that come once, and where."""
    rows = list(zip(*(words[i:] for i in range(ROW)), strict=False))
    count = Counter(rows)
    return {row: place for place, row in enumerate(rows) if count[row] == 1}


def common(short: Sequence[str], long: Sequence[str]) -> Common:
    """What a wording has in common with one that is no shorter."""
    same = [step for step in steps(short, long) if step.same]
    if not same:
        return Common(0, 0, 0)
    lengths = [step.last - step.first for step in same]
    return Common(sum(lengths), same[-1].end - same[0].begin, max(lengths))


def pieces(before: str, mine: Sequence[Word], after: str, its: Sequence[Word]) -> list[tuple[str, str]]:
    """One text as it becomes the other, in pieces: a text, and whether it is `GONE`, `THERE` now or the `SAME`.

    `mine` and `its` are the words of the texts. What is the same stands as in the second text; what this leaves out at
    either end is an ellipsis.
    """
    found: list[tuple[str, str]] = []
    every = steps([word.folded for word in mine], [word.folded for word in its])
    for number, step in enumerate(every):
        gone = _between(before, mine, step.first, step.last)
        there = _between(after, its, step.begin, step.end)
        if number in (0, len(every) - 1) and gone and not there:
            found.append(("…", SAME))
        elif step.same:
            found.append((there, SAME))
        else:
            found += [(text, what) for text, what in ((gone, GONE), (there, THERE)) if text]
    return found


def changes(before: str, mine: Sequence[Word], after: str, its: Sequence[Word]) -> str:
    """The same as wdiff writes it: we [-shall-] {+will+} rebuild."""
    return " ".join(_WRITTEN[what].format(text) for text, what in pieces(before, mine, after, its))


def marked(changes: str) -> Iterator[tuple[str, str]]:
    """What `changes` wrote, in pieces: a text, and `GONE`, `THERE` or `SAME`."""
    last = 0
    for match in _MARKED.finditer(changes):
        yield changes[last : match.start()], SAME
        yield (match[1], GONE) if match[1] is not None else (match[2], THERE)
        last = match.end()
    yield changes[last:], SAME


def _between(text: str, words: Sequence[Word], first: int, last: int) -> str:
    return " ".join(text[words[first].start : words[last - 1].end].split()) if first < last else ""
