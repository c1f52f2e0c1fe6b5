"""Paragraphs in, quotations without marks out: block quotations by `>` and the block after a lead-in with a colon."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from quotes_cli.records import MarkedSpan

_MARKDOWN = re.compile(r"(?:^[ \t]{0,3}>[^\n]*(?:\n|\Z))+", re.MULTILINE)
_MARKDOWN_PARAGRAPH = re.compile(r"(?:^[ \t]{0,3}>[ \t>]*[^\s>][^\n]*(?:\n|\Z))+", re.MULTILINE)
_PREFIX = re.compile(r"[ \t>]*")
#: The name under a block quotation, on a line of its own: — Ana Ortiz, mayor. Not a list's item, nor a sentence.
_BYLINE = re.compile(
    r"(?P<dash>-{1,3}|[–—―~]{1,3})[ \t]*(?=[^\r\n]{0,60}[A-Z])[^\W\d_][^\r\n:;?!\"“”]{2,120}(?<![a-z]{4}\.)"
)
_ALONE = re.compile(r"[ \t\r]*(?:\n[ \t\r]*(?:\n|\Z)|\Z)")
_BELOW = re.compile(r"[ \t\r]*\n?[ \t]*")
_HYPHEN = re.compile(r"[ \t>]*-")
_LIST_ITEM = re.compile(r"[-*•·‣▪+–—#|]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{2,4})[.)]\s")
_SENTENCE_END = (".", "!", "?", "…")
MARKDOWN, LEAD_IN = "markdown", "block"


def block_quotations(
    text: str, bounds: Sequence[tuple[int, int]], marked: list[MarkedSpan], *, unnamed: bool
) -> list[MarkedSpan]:
    """Block quotations, in order; none that starts with a quotation mark or that a marked stretch reaches into.

    Those by `>` with a name under them, and if also the `unnamed` are asked for all.
    """
    blocks = _markdown(text, unnamed)
    if unnamed:
        blocks += _after_colon(text, bounds)
    opened = {span.outer_start for span in marked}
    starts = sorted(opened)
    ends = sorted(span.outer_end for span in marked)
    kept: list[MarkedSpan] = []
    reach = -1
    for pieces, convention in sorted(blocks):
        start, end = pieces[0][0], pieces[-1][1]
        # As many marked stretches must have begun as ended before it and inside it, else one crosses its edge.
        crossed = any(bisect_left(starts, at) != bisect_left(ends, at + 1) for at in (start, end))
        if start >= reach and start not in opened and not crossed:
            kept.append(MarkedSpan(start, end, start, end, tuple(pieces), None, convention))
            reach = end
    return kept


def _markdown(text: str, unnamed: bool) -> list[tuple[list[tuple[int, int]], str]]:
    """Runs of lines that begin with `>`; a line with nothing after it parts two paragraphs of one quotation.

    The name under it, after a dash, is no part of it: its last line, or the one line of the next paragraph.
    """
    found: list[tuple[list[tuple[int, int]], str]] = []
    if ">" not in text:
        return found
    for block in _MARKDOWN.finditer(text):
        pieces: list[tuple[int, int]] = []
        for paragraph in _MARKDOWN_PARAGRAPH.finditer(text, block.start(), block.end()):
            prefix = _PREFIX.match(text, paragraph.start())
            start = prefix.end() if prefix else paragraph.start()
            pieces.append((start, start + len(text[start : paragraph.end()].rstrip())))
        kept = _without_byline(text, pieces)
        if kept and (unnamed or kept != pieces or _named_below(text, block.end())):
            found.append((kept, MARKDOWN))
    return found


def _without_byline(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The paragraphs of a block quotation without the line of its last one that names who said it."""
    if not pieces:
        return []
    start, end = pieces[-1]
    line = text.rfind("\n", start, end) + 1 or start
    prefix = _PREFIX.match(text, line)
    byline = _BYLINE.fullmatch(text, prefix.end() if prefix else line, end)
    if byline is None:
        return pieces
    if line == start:
        return pieces[:-1]
    above = text[start : line - 1].rstrip("> \t\r\n")
    if byline["dash"] == "-" and _HYPHEN.match(above, above.rfind("\n") + 1):
        return pieces  # the last item of a list
    return [*pieces[:-1], (start, start + len(above))]


def _named_below(text: str, end: int) -> bool:
    """Does the paragraph below a block quotation name who said it?"""
    below = _BELOW.match(text, end)
    byline = _BYLINE.match(text, below.end()) if below else None
    return byline is not None and _ALONE.match(text, byline.end()) is not None


def _after_colon(text: str, bounds: Sequence[tuple[int, int]]) -> list[tuple[list[tuple[int, int]], str]]:
    """The paragraph after one that ends with a colon; with it the next ones where they are indented alike.

    The block must be prose: no list, and it ends a sentence.
    """
    found: list[tuple[list[tuple[int, int]], str]] = []
    i = 1
    while i < len(bounds):
        start, end = bounds[i]
        lead_in = text[bounds[i - 1][1] - 1] == ":" and not text.startswith(">", bounds[i - 1][0])
        prose = text.endswith(_SENTENCE_END, start, end) and not _LIST_ITEM.match(text, start) and text[start] != ">"
        i += 1
        if not (lead_in and prose):
            continue
        pieces = [(start, end)]
        indent = _indent(text, start)
        while indent and i < len(bounds) and _indent(text, bounds[i][0]) == indent:
            pieces.append(bounds[i])
            i += 1
        found.append((pieces, LEAD_IN))
    return found


def _indent(text: str, start: int) -> str:
    """The spaces and tabs before a paragraph, at most sixteen."""
    before = text[max(0, start - 16) : start]
    return before[len(before.rstrip(" \t")) :]
