"""A turn of a transcript passes through here: its label is its speaker's mention, and the colon behind it the cue."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from quotes_cli.records import Attribution, MarkedSpan

from .confidence import confidence

TURN = "turn"
#: The rule of marks within a turn of which nobody is said to be the source: they are part of what the turn says.
IN_TURN = "in_turn"
EXAMPLE = "LEE: Who pays?\n\nORTIZ: We do.\n\nLEE: When?\n\nORTIZ: When it is done."
_COLON = re.compile(r"[*_ \t]{0,5}(?:\([^()\n]{1,40}\)|\[[^\[\]\n]{1,40}\])?[*_ \t]{0,5}([:：])")


def turn(text: str, span: MarkedSpan) -> Attribution:
    """In a transcript, an interview or a panel, the label at the begin of the turn."""
    if span.label is None:
        raise ValueError("a stretch in marks is no turn")
    colon = _COLON.match(text, span.label[1])
    return Attribution("direct", colon.span(1) if colon else None, span.label, TURN, confidence(TURN, "direct"))


def around(spans: Sequence[MarkedSpan]) -> list[int | None]:
    """For each span in marks the number of the turn that it stands in; None for others and for turns."""
    turns = [number for number, span in enumerate(spans) if span.label is not None]
    starts = [spans[number].start for number in turns]
    found: list[int | None] = []
    for span in spans:
        k = bisect_right(starts, span.outer_start) - 1
        inside = span.label is None and k >= 0 and span.outer_start < spans[turns[k]].end
        found.append(turns[k] if inside else None)
    return found


def marked(spans: Sequence[MarkedSpan]) -> list[MarkedSpan]:
    """The spans in marks, their parents by number among themselves: no rule sees a turn."""
    number: dict[int, int] = {}
    for i, span in enumerate(spans):
        if span.label is None:
            number[i] = len(number)
    return [
        span if span.parent is None else replace(span, parent=number[span.parent])
        for span in spans
        if span.label is None
    ]
