"""A text and marked stretches of it in, pieces in text order out: each with the stretches over it, overlaps and all."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from quotes_cli.records import Quotation

QUOTATION, CUE, MENTION = "quotation", "cue", "mention"
NOBODY = "unknown speaker"
_CLOSING = "”’\"'»›“‘“「」』"  # the closing mark may be another language's opening one


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters `start` to `end` of a text; `what` they are, and the ids of the quotations that they belong to."""

    start: int
    end: int
    what: str
    ids: tuple[int, ...]


def stretches(quotations: Sequence[Quotation]) -> list[Stretch]:
    """The quotations, cues and mentions of an article; a cue or mention of several quotations is one stretch."""
    shared: dict[tuple[int, int, str], list[int]] = {}
    for quotation in quotations:
        shared.setdefault((quotation.start, quotation.end, QUOTATION), []).append(quotation.id)
        if quotation.cue_start is not None and quotation.cue_end is not None:
            shared.setdefault((quotation.cue_start, quotation.cue_end, CUE), []).append(quotation.id)
        if quotation.mention_start is not None and quotation.mention_end is not None:
            shared.setdefault((quotation.mention_start, quotation.mention_end, MENTION), []).append(quotation.id)
    found = [Stretch(start, end, what, tuple(ids)) for (start, end, what), ids in shared.items() if start < end]
    return sorted(found, key=lambda stretch: (stretch.start, -stretch.end))


class Marked:
    """The stretches of one text, asked for by paragraph: each question costs what lies there, not the whole article.

    A note on each quotation stands behind its closing mark; the paragraphs are asked for in their order.
    """

    def __init__(self, text: str, quotations: Sequence[Quotation]) -> None:
        self._notes = sorted((behind_mark(text, quotation.end), quotation.id) for quotation in quotations)
        self._noted = 0
        self._all = stretches(quotations)
        self._starts = [stretch.start for stretch in self._all]
        self._reach = list(accumulate((stretch.end for stretch in self._all), max))  # where to begin to look

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int, tuple[Stretch, ...], list[int]]]:
        """What lies between two places: start, end, stretches over it (outermost first), ids of the notes behind it."""
        near = self._all[bisect_left(self._reach, start + 1) : bisect_left(self._starts, end)]
        waiting = deque(stretch for stretch in near if stretch.end > start)
        notes = deque(self._notes[self._noted : bisect_left(self._notes, (end + 1,))])
        self._noted += len(notes)
        places = {place for stretch in waiting for place in (stretch.start, stretch.end)} | {
            place for place, _ in notes
        }
        over: list[Stretch] = []
        for here, there in pairwise(sorted({start, end, *(place for place in places if start < place < end)})):
            over = [stretch for stretch in over if stretch.end > here]
            while waiting and waiting[0].start <= here:
                over.append(waiting.popleft())
            behind = [id for place, id in notes if place <= there]
            for _ in behind:
                notes.popleft()
            yield here, there, tuple(over), behind


def behind_mark(text: str, end: int) -> int:
    """Where a note on the quotation that ends at `end` would stand: behind its closing mark if there is one."""
    return end + 1 if text[end : end + 1] and text[end] in _CLOSING else end


def initials(name: str) -> str:
    """Two letters that show a speaker without colour: `AO` is Ana de la Ortiz, `LU` Lula, `PO` the port office."""
    words: list[str] = [word for word in re.findall(r"[^\W_]+", name) if word.lower() != "the"] or ["?"]
    marking = [word for word in words if not word[0].islower()] or words
    return (marking[0][:2] if len(marking) == 1 else marking[0][0] + marking[-1][0]).upper()


class Initials(dict[str, str]):
    """Initials by speaker, in the order of their meeting; those that several would share get a number: `AO`, `AO2`."""

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()

    def meet(self, name: str) -> str:
        """A speaker's initials, new ones where there are none yet."""
        if name not in self:
            short = initials(name)
            self._taken[short] += 1
            self[name] = short if self._taken[short] == 1 else f"{short}{self._taken[short]}"
        return self[name]


def windows(
    text: str, parts: Sequence[tuple[int, int]], places: Sequence[int], reach: int
) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """(start, end, part) of what lies within `reach` characters of the places, in those parts from the first place to
    the last. `parts` of the text are in order and do not overlap; words are kept whole, but for endless ones."""
    first, last = min(places), max(places)
    joined: list[list[int]] = []
    for place in sorted(places):
        if joined and place - reach <= joined[-1][1]:
            joined[-1][1] = place + reach
        else:
            joined.append([place - reach, place + reach])
    for start, end in joined:
        at = bisect_left(parts, max(start, first), key=lambda part: part[1])
        while at < len(parts) and parts[at][0] <= min(end, last):
            part = parts[at]
            left = part[0] if start <= part[0] else text.find(" ", start, start + reach // 2) + 1 or start
            right = part[1] if end >= part[1] else max(text.rfind(" ", end - reach // 2, end), end - reach // 2)
            yield left, right, part
            at += 1
