"""Two wordings in, what they have in common and where they differ out; the alignment is rapidfuzz's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .words import Word

GONE, THERE, SAME = "gone", "there", "same"
_WRITTEN = {GONE: "[-{}-]", THERE: "{{+{}+}}", SAME: "{}"}
_MARKED = re.compile(r"\[-(.*?)-\]|\{\+(.*?)\+\}", re.DOTALL)
LONGEST = 2000  # words that are compared, for the time grows with their square


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
    """How the first becomes the second, of no more than `LONGEST` words each; what differs is one step between two that
    are the same."""
    from rapidfuzz.distance import Indel  # not for `--help`

    found: list[Step] = []
    for code in Indel.opcodes(one[:LONGEST], other[:LONGEST]):
        same = code.tag == "equal"
        step = Step(same, code.src_start, code.src_end, code.dest_start, code.dest_end)
        if found and not same and not found[-1].same:
            before = found.pop()
            step = Step(False, before.first, step.last, before.begin, step.end)
        found.append(step)
    return found


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
