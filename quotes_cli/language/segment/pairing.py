"""Marks of one paragraph in, pairs out: the cheapest reading of all of them together (Viterbi over the open marks)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from .marks import APOSTROPHE, Mark, conventions

DEPTH = 4  # open marks at once; a quotation in a quotation in a quotation is three
BEAM = 8  # readings kept after each mark
WINDOW = 400  # marks after which the best reading so far is kept for good: bounds memory where a paragraph is all marks
SAME_INSIDE = 2.0  # “a “b” c”: a mark directly inside another of its family
IN_SINGLE = 1.0  # 'a "b" c' where double marks are the outer ones: a few of those lie between two apostrophes
MIXED = 0.2  # “a": opening and closing mark of two conventions
BROKEN_OFF = 2.8  # “a “b”: the first never closes and ends where the next opens; just cheaper than dropping it
AT_START = 0.5  # leaving open the mark a paragraph starts with: quotations that run on are re-opened there

STRAY, OPEN, CLOSE, BREAK = range(4)
Stack = tuple[int, ...]  # open marks, outermost first, as numbers of their glyphs (see `_Glyphs`)
Path = tuple["Path | None", int]  # actions, last first; readings share their common beginning
States = dict[Stack, tuple[float, "Path | None"]]


@dataclass(frozen=True, slots=True)
class Pair:
    """Opening mark, closing mark (None where it is missing) and the character where the content ends."""

    opening: Mark
    closing: Mark | None
    end: int


class _Glyphs:
    """The glyphs of a paragraph as small numbers; a mark that the paragraph starts with has a number of its own."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        families = {mark.glyph: mark.family for mark in marks}
        unclosed = {mark.glyph: mark.unclosed for mark in marks}
        names = conventions().names
        self.count = len(families)
        self.number = {glyph: i for i, glyph in enumerate(families)}
        self.family = [*families.values()] * 2
        at_start = [AT_START if cost < APOSTROPHE else cost for cost in unclosed.values()]
        self.unclosed = [*unclosed.values(), *at_start]
        self.inside = [
            IN_SINGLE if family == "single" and unclosed[glyph] >= APOSTROPHE else 0.0
            for glyph, family in families.items()
        ] * 2
        self.join = [[0.0 if (a, b) in names else MIXED for b in families] for a in families] * 2


def pair(marks: Sequence[Mark], start: int, end: int) -> tuple[list[Pair], list[Mark]]:
    """Pairs of the paragraph `start` to `end`, in order of their opening marks, and the marks that belong to none."""
    if not marks:
        return [], []
    glyphs = _Glyphs(marks)
    actions: list[int] = []
    states: States = {(): (0.0, None)}
    for i, mark in enumerate(marks):
        number = glyphs.number[mark.glyph]
        states = _step(states, mark, number + glyphs.count if mark.start == start else number, number, glyphs)
        if i % WINDOW == WINDOW - 1:
            stack, (_, path) = min(states.items(), key=lambda item: item[1][0])
            actions += _unwind(path)
            states = {stack: (0.0, None)}
    ends = ((cost + sum(glyphs.unclosed[g] for g in stack), path) for stack, (cost, path) in states.items())
    _, path = min(ends, key=itemgetter(0))
    return _replay(marks, actions + _unwind(path), end)


def _step(states: States, mark: Mark, opened: int, number: int, glyphs: _Glyphs) -> States:
    """Extend every reading by every meaning of one mark and keep the best; of equals the first found stays."""
    after: States = {}

    def offer(stack: Stack, cost: float, path: Path) -> None:
        if stack not in after or cost < after[stack][0]:
            after[stack] = (cost, path)

    for stack, (cost, path) in states.items():
        top = stack[-1] if stack else None
        same = top is not None and glyphs.family[top] == mark.family
        if top is not None and same:
            offer(stack[:-1], cost + mark.closing + glyphs.join[top][number], (path, CLOSE))
            offer((*stack[:-1], opened), cost + mark.opening + BROKEN_OFF, (path, BREAK))
        if len(stack) < DEPTH:
            inside = SAME_INSIDE if same else glyphs.inside[top] if top is not None else 0.0
            offer((*stack, opened), cost + mark.opening + inside, (path, OPEN))
        offer(stack, cost + mark.stray, (path, STRAY))
    if len(after) > BEAM:
        return dict(sorted(after.items(), key=lambda item: item[1][0])[:BEAM])
    return after


def _unwind(path: Path | None) -> list[int]:
    """The actions of a path, first one first."""
    actions: list[int] = []
    while path is not None:
        path, action = path
        actions.append(action)
    return actions[::-1]


def _replay(marks: Sequence[Mark], actions: Sequence[int], end: int) -> tuple[list[Pair], list[Mark]]:
    """Turn one action a mark into pairs and left-over marks."""
    open_marks: list[Mark] = []
    pairs: list[Pair] = []
    stray: list[Mark] = []
    for mark, action in zip(marks, actions, strict=True):
        if action == STRAY:
            stray.append(mark)
            continue
        if action != OPEN:
            pairs.append(Pair(open_marks.pop(), mark if action == CLOSE else None, mark.start))
        if action != CLOSE:
            open_marks.append(mark)
    pairs.extend(Pair(mark, None, end) for mark in open_marks)
    return sorted(pairs, key=lambda p: p.opening.start), stray
