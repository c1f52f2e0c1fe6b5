"""Article text in, paragraphs out: (start, end) characters, blank lines and single newlines told from hard wrapping."""

from __future__ import annotations

import re
from itertools import pairwise

LINE_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
ZERO_WIDTH = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad"  # invisible: a leading BOM is no letter before a mark
_SPACES = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"
_EDGE = _SPACES + "".join(map(chr, range(0x2000, 0x200B))) + ZERO_WIDTH
_ENDS_SENTENCE = re.compile(r"[.!?:…。！？][\"'”’»)\]]*$")
_LIST_OR_QUOTE = re.compile(r"[>*•·‣▪–—-]|\d{1,2}[.)]\s")
MIN_WIDTH, MAX_WIDTH = 40, 120  # characters: narrower is verse or a list, wider is one paragraph a line
OWN_EVIDENCE = 3  # line breaks a block needs to be judged by itself; below it the whole text is asked


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Split into paragraphs: (start, end) characters without surrounding white space, in order; linear in the text.

    A blank line ends a paragraph. A single line break ends one too, unless the text is hard-wrapped there: lines of
    similar width broken inside sentences, the next word too long for the line, or the next line going on in lower case.
    """
    result: list[tuple[int, int]] = []
    blocks = _blocks(text)
    wrapped_text = _is_wrapped(text, [pair for block in blocks for pair in pairwise(block)])
    for block in blocks:
        breaks = list(pairwise(block))
        wrapped = _is_wrapped(text, breaks) if len(breaks) >= OWN_EVIDENCE else wrapped_text
        width = max(end - start for start, end in block)
        start, end = block[0]
        for line, following in breaks:
            if not _same_paragraph(text, line, following, width, wrapped):
                result.append((start, end))
                start = following[0]
            end = following[1]
        result.append((start, end))
    return result


def _blocks(text: str) -> list[list[tuple[int, int]]]:
    """Lines without their surrounding white space, grouped between blank lines."""
    blocks: list[list[tuple[int, int]]] = []
    fresh, at = True, 0
    ends = [(match.start(), match.end()) for match in LINE_BREAK.finditer(text)]
    for stop, following in [*ends, (len(text), len(text))]:
        start, end = _strip(text, at, stop)
        at = following
        if start == end:
            fresh = True
        elif fresh:
            blocks.append([(start, end)])
            fresh = False
        else:
            blocks[-1].append((start, end))
    return blocks


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    """The same stretch without white space and zero-width characters at either end."""
    line = text[start:end]
    kept = line.strip(_EDGE)
    if not kept:
        return end, end
    begin = start + line.index(kept)
    return begin, begin + len(kept)


def _is_wrapped(text: str, breaks: list[tuple[tuple[int, int], tuple[int, int]]]) -> bool:
    """Most lines stop inside a sentence and none is long: in one-paragraph-a-line text nearly every line ends one."""
    if not breaks:
        return False
    inside = sum(not _ENDS_SENTENCE.search(text, max(start, end - 6), end) for (start, end), _ in breaks)
    widths = sorted(end - start for (start, end), _ in breaks)
    return 2 * inside > len(breaks) and MIN_WIDTH <= widths[(9 * len(widths)) // 10] <= MAX_WIDTH


def _same_paragraph(text: str, line: tuple[int, int], following: tuple[int, int], width: int, wrapped: bool) -> bool:
    """Does the paragraph go on after this line break?"""
    if (text[line[0]] == ">") != (text[following[0]] == ">"):
        return False
    finished = _ENDS_SENTENCE.search(text, max(line[0], line[1] - 6), line[1]) is not None
    if not finished and text[following[0]].islower():
        return True  # holds outside hard-wrapped text too: a stray break inside a sentence
    if not wrapped or (finished and _LIST_OR_QUOTE.match(text, following[0])):
        return False
    before = text[max(line[1], following[0] - 8) : following[0]]
    if finished and before.endswith(("  ", "\t")):
        return False  # an indented first line
    word = text[following[0] : min(following[1], following[0] + MAX_WIDTH)].split(None, 1)[0]
    return line[1] - line[0] + 1 + len(word) > width  # greedy filling: the next word did not fit
