"""Text with HTML's character references left in it passes through here: `&#8220;`, `&quot;`, `isn&#8217;t`.

Nothing is changed in the text, so that offsets stay: what a reference stands for is only shown to those who read it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from html.entities import html5

from quotes_cli.records import MarkedSpan

#: A reference by number or name; also one that was encoded twice: &amp;quot;
REFERENCE = re.compile(r"&(?:amp;)?(?:#\d{2,6}|#[xX][\da-fA-F]{2,5}|[a-zA-Z]{2,8});")
NO_BREAK_SPACE = "\xa0"


def character(reference: str) -> str:
    """What a reference stands for, if that is one character that can be seen, or the no-break space; else ""."""
    plain = reference.replace("&amp;", "&") if reference != "&amp;" else reference
    if plain[1] != "#" and plain[1:] not in html5:
        return ""
    char = unescape(plain)
    return char if len(char) == 1 and (char.isprintable() or char == NO_BREAK_SPACE) else ""


def decoded(text: str) -> tuple[str, Sequence[int]]:
    """The text with characters for references, and the place in `text` of each of its characters and of its end."""
    kept: list[str] = []
    places: list[int] = []
    at = 0
    for found in REFERENCE.finditer(text) if "&" in text else ():
        char = character(found.group())
        if char:
            kept += text[at : found.start()], char
            places += range(at, found.start() + 1)
            at = found.end()
    if not at:
        return text, range(len(text) + 1)
    kept.append(text[at:])
    places += range(at, len(text) + 1)
    return "".join(kept), places


def end_of_character(text: str, place: int) -> int:
    """Where the character that stands at a place ends: one further, or behind its reference."""
    found = REFERENCE.match(text, place) if text[place] == "&" else None
    return found.end() if found and character(found.group()) else place + 1


def moved(span: MarkedSpan, places: Sequence[int]) -> MarkedSpan:
    """The span of a decoded text, by places of the text itself."""
    return replace(
        span,
        start=places[span.start],
        end=places[span.end],
        outer_start=places[span.outer_start],
        outer_end=places[span.outer_end],
        pieces=tuple((places[start], places[end]) for start, end in span.pieces),
        label=(places[span.label[0]], places[span.label[1]]) if span.label else None,
    )
