"""Two wordings in, what they have in common and where they differ out; the alignment is rapidfuzz's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .words import Word, stem

if TYPE_CHECKING:
    from rapidfuzz.distance._initialize import Opcodes

LONGEST = 2000  # words that are compared, for the time grows with their square


@dataclass(frozen=True, slots=True)
class Common:
    """How many words two wordings have in common, in order; in how long a stretch of the longer they stand; and how
    many at one stretch."""

    words: int
    stretch: int
    run: int


def opcodes(one: Sequence[str], other: Sequence[str]) -> Opcodes:
    """How the first becomes the second, of no more than `LONGEST` words each."""
    from rapidfuzz.distance import Indel  # not for `--help`

    return Indel.opcodes(one[:LONGEST], other[:LONGEST])


def common(short: Sequence[str], long: Sequence[str]) -> Common:
    """What a wording has in common with one that is no shorter."""
    blocks = [code for code in opcodes(short, long) if code.tag == "equal"]
    if not blocks:
        return Common(0, 0, 0)
    lengths = [code.src_end - code.src_start for code in blocks]
    return Common(sum(lengths), blocks[-1].dest_end - blocks[0].dest_start, max(lengths))


def changes(before: str, mine: Sequence[Word], after: str, its: Sequence[Word]) -> str:
    """One text as it becomes the other, word by word, as wdiff writes it: we [-shall-] {+will+} rebuild.

    `mine` and `its` are the words of the texts. What is the same stands as in the second text.
    """
    pieces: list[str] = []
    for code in opcodes([word.folded for word in mine], [word.folded for word in its]):
        gone = _between(before, mine, code.src_start, code.src_end)
        there = _between(after, its, code.dest_start, code.dest_end)
        if code.tag == "equal":
            pieces.append(there)
        else:
            pieces += ([f"[-{gone}-]"] if gone else []) + ([f"{{+{there}+}}"] if there else [])
    return " ".join(pieces)


def _between(text: str, words: Sequence[Word], first: int, last: int) -> str:
    return " ".join(text[words[first].start : words[last - 1].end].split()) if first < last else ""


def same_stems(one: Sequence[str], other: Sequence[str]) -> bool:
    """Are the words that tell something the same, in any form?"""
    return [stem(word) for word in one if stem(word)] == [stem(word) for word in other if stem(word)]
