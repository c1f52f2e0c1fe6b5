"""Article text in, paragraphs out: (start, end) characters, blank lines and single newlines told from hard wrapping."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

LINE_BREAK = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029](?:(?<=\r)\n)?")  # a set first: found three times as fast
ZERO_WIDTH = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad"  # invisible: a leading BOM is no letter before a mark
SPACES = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"
_EDGE = SPACES + "".join(map(chr, range(0x2000, 0x200B))) + ZERO_WIDTH
_ENDS_SENTENCE = re.compile(r"[.!?:…。！？][\"'”’»)\]]*$")
OPENING = "\"'“‘«(["
_BULLET = re.compile(r"[*•·‣▪]")
QUOTED = re.compile(r">(?:>|[^\S\n])*")  # before each line of a block quotation, in Markdown and in e-mail
_WORD = re.compile(r"[^ \t\r\n\f\v]+")  # what no program that wraps lines breaks: not at a no-break space
MIN_WIDTH, MAX_WIDTH = 40, 120  # characters: narrower is verse or a list, wider is one paragraph a line
OWN_EVIDENCE = 3  # line breaks a block needs to be judged by itself; below it the whole text is asked
INDENTED = 2  # columns at least by which a paragraph's first line stands out
INSIDE = 0.15  # of the width: what a line may leave empty that ends inside a sentence; headings leave more
ARTICLES = 16  # whose paragraphs are remembered: so many are analysed together, and each asks thrice
ROOMY = 0.4  # of the width: what only the last line of a paragraph leaves empty


class Line(NamedTuple):
    """A line without the white space around it: characters `start` to `end`; `indent` columns before it."""

    start: int
    end: int
    indent: int

    @property
    def width(self) -> int:
        return self.indent + self.end - self.start


Break = tuple[Line, Line]  # two lines with nothing but a line break between


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How a program has wrapped the lines of a text: to what width, with how much left empty, indented how far.

    Most programs fill each line, so that the next word would not have fitted (`spare` is -1); `fmt` evens lines out,
    and leaves up to `spare` columns empty where the next word might have stood, inside a sentence some more
    (`spare_inside`). `indent` is that of the lines on which a sentence goes on, None where no line shows it.
    """

    width: int
    spare: int
    spare_inside: int
    indent: int | None


@lru_cache(maxsize=ARTICLES)
def paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    """Split into paragraphs: (start, end) characters without surrounding white space, in order; linear in the text.

    A blank line ends a paragraph, in a block quotation one with nothing but its `>`. A single line break ends one too,
    unless the text is hard-wrapped there: lines of similar width broken inside sentences, the next word too long for
    what the line has left, or the next line going on in lower case.
    """
    blocks = _blocks(text)
    every = [pair for block in blocks for pair in pairwise(block)]
    of_text = _wrapping(text, every) if _is_wrapped(text, every) else None
    result: list[tuple[int, int]] = []
    for block in blocks:
        own = list(pairwise(block))
        alone = of_text is None and len(own) >= OWN_EVIDENCE and _is_wrapped(text, own)
        wrapping = _wrapping(text, own) if alone else of_text
        start, end, _ = block[0]
        for line, following in own:
            if not _same_paragraph(text, line, following, wrapping):
                result.append((start, end))
                start = following.start
            end = following.end
        result.append((start, end))
    return tuple(result)


def line_breaks(text: str, start: int, end: int) -> int:
    r"""Line ends between two offsets: `\n`, `\r\n` or `\r`."""
    lone = text.count("\r", start, end) - text.count("\r\n", start, end)
    return text.count("\n", start, end) + lone


def _blocks(text: str) -> list[list[Line]]:
    """Lines, grouped between blank lines."""
    blocks: list[list[Line]] = []
    fresh, at = True, 0
    ends = [(match.start(), match.end()) for match in LINE_BREAK.finditer(text)]
    for stop, following in [*ends, (len(text), len(text))]:
        start, end = _trimmed_line(text, at, stop)
        indent = len(text[at:start].expandtabs()) if at < start < end else 0
        at = following
        if start == end or (text[start] == ">" and not text[start:end].strip("> \t")):
            fresh = True
        elif fresh:
            blocks.append([Line(start, end, indent)])
            fresh = False
        else:
            blocks[-1].append(Line(start, end, indent))
    return blocks


def _trimmed_line(text: str, start: int, end: int) -> tuple[int, int]:
    """The same stretch without white space and zero-width characters at either end."""
    line = text[start:end]
    kept = line.strip(_EDGE)
    if not kept:
        return end, end
    begin = start + line.index(kept)
    return begin, begin + len(kept)


def _finished(text: str, line: Line) -> bool:
    """Does the line end as a sentence does?"""
    return _ENDS_SENTENCE.search(text, max(line.start, line.end - 6), line.end) is not None


def _is_wrapped(text: str, breaks: list[Break]) -> bool:
    """Nine lines in ten are neither long nor very short, and most stop inside a sentence, or all are full.

    In one-paragraph-a-line text nearly every line ends a sentence, and some would have had room for the next word.
    """
    level = min((following.indent for _, following in breaks), default=0)
    breaks = [pair for pair in breaks if pair[1].indent < level + INDENTED]  # the others may be paragraphs' first lines
    if not breaks:
        return False
    widths = sorted(line.end - line.start for line, _ in breaks)
    if not MIN_WIDTH <= widths[(9 * len(widths)) // 10] <= MAX_WIDTH:
        return False
    inside = sum(not _finished(text, line) for line, _ in breaks)
    widest = max(line.width for pair in breaks for line in pair)
    full = len(breaks) >= OWN_EVIDENCE and all(_spare(text, *pair, widest) < 0 for pair in breaks)
    return 2 * inside > len(breaks) or (inside > 0 and full)


def _wrapping(text: str, breaks: list[Break]) -> Wrapping:
    """What wrapped lines have in common, learnt from those on which a sentence surely goes on.

    Where lines are evened out and none that ends a sentence is short, only blank lines and indents part paragraphs, and
    any line may leave up to `ROOMY` of the width empty.
    """
    width = max((line.width for pair in breaks for line in pair if line.width <= MAX_WIDTH), default=0)
    sure = [pair for pair in breaks if _goes_on(text, *pair)]
    spare = max((_spare(text, *pair, width) for pair in sure), default=-1)
    indents = Counter(following.indent for _, following in sure)
    ended = [pair for pair in breaks if _finished(text, pair[0])]
    only_blank_lines_part = spare >= 0 and not any(_spare(text, *pair, width) > ROOMY * width for pair in ended)
    base = indents.most_common(1)[0][0] if indents else None
    spare = int(ROOMY * width) if only_blank_lines_part else max(spare, -1)
    sure_enough = len(sure) > OWN_EVIDENCE  # a headline above another is no wrapped text
    return Wrapping(width, spare, max(spare, int(INSIDE * width)) if sure_enough else spare, base)


def _goes_on(text: str, line: Line, following: Line) -> bool:
    """Does the sentence surely go on behind the line break?"""
    first = after_prefix(text, following.start)
    first += text[first : first + 1] in OPENING
    return text[first : first + 1].islower() and not _finished(text, line)


def after_prefix(text: str, start: int) -> int:
    """Where the words of a line begin that may stand in a block quotation: behind its `>`."""
    prefix = QUOTED.match(text, start)
    return prefix.end() if prefix else start


def _spare(text: str, line: Line, following: Line, width: int) -> int:
    """How many columns the line would leave empty with the next word on it; negative where that does not fit."""
    first = after_prefix(text, following.start)
    word = _WORD.match(text, first, min(following.end, first + MAX_WIDTH))
    return width - line.width - 1 - (len(word.group()) if word else 0)


def _same_paragraph(text: str, line: Line, following: Line, wrapping: Wrapping | None) -> bool:
    """Does the paragraph go on after this line break? `wrapping` is that of the lines, where they are wrapped."""
    if (text[line.start] == ">") != (text[following.start] == ">"):
        return False
    if _goes_on(text, line, following):
        return True  # holds outside hard-wrapped text too: a stray break inside a sentence
    if wrapping is None:
        return False
    base = line.indent if wrapping.indent is None else wrapping.indent
    listed = _BULLET.match(text, after_prefix(text, following.start)) is not None and _finished(text, line)
    if listed or abs(following.indent - base) >= INDENTED or max(line.width, following.width) > wrapping.width:
        return False
    spare = wrapping.spare if _finished(text, line) else wrapping.spare_inside
    return _spare(text, line, following, wrapping.width) <= spare
