"""An article's text and a quotation's place in, the paragraph around it out: the column `context`."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

LONGEST = 600  # characters: of a longer paragraph only the sentences around the quotation
_SENTENCE_END = re.compile(r"""([.!?…]["'”’»)\]]*)\s+(?=["'“‘«(\[]*[A-ZÀ-ÖØ-Þ\d])""")
_ABBREVIATED = re.compile(r"\b[A-Z][a-z]{0,2}\.$")  # Mr. Gov. J.


def context_of(text: str, start: int, end: int) -> str | None:
    """The paragraph or paragraphs that a quotation stands in, white space single; None for a text without any.

    Of more than `LONGEST` characters only whole sentences around it, as many as fit, an ellipsis for the others.
    Its own sentence stays whole, unless that is longer still on either side: then it is cut between words.
    """
    from quotes_cli.language.segment import paragraphs  # here: `--help` asks only which columns there are

    bounds = paragraphs(text)
    if not bounds:
        return None
    first = max(bisect_right(bounds, start, key=lambda paragraph: paragraph[0]) - 1, 0)
    last = min(bisect_left(bounds, end, key=lambda paragraph: paragraph[1]), len(bounds) - 1)
    begin, finish = min(bounds[first][0], start), max(bounds[last][1], end)
    left, right = begin, finish
    if finish - begin > LONGEST:
        left, right = _sentences(text, begin, finish, start, end)
    words = " ".join(text[left:right].split())
    return f"{'… ' if left > begin else ''}{words}{' …' if right < finish else ''}"


def _sentences(text: str, begin: int, finish: int, start: int, end: int) -> tuple[int, int]:
    """The quotation's own sentences, and of their neighbours in `text[begin:finish]` the nearest, as many as fit."""
    nearest, furthest = max(begin, start - LONGEST), min(finish, end + LONGEST)
    lefts = [after for _, after in _sentence_ends(text, nearest, start + 1) if after <= start]
    rights = [stop for stop, _ in _sentence_ends(text, max(end - 1, 0), furthest) if stop >= end]
    if nearest == begin or not lefts:
        lefts.insert(0, begin if nearest == begin else text.find(" ", nearest, start) + 1 or nearest)
    if furthest == finish or not rights:
        rights.append(finish if furthest == finish else max(text.rfind(" ", end, furthest), end))
    left, right = lefts.pop(), rights.pop(0)
    while True:
        wider = [*((more, right) for more in lefts[-1:]), *((left, more) for more in rights[:1])]
        fitting = [(here, there) for here, there in wider if there - here <= LONGEST]
        if not fitting:
            return left, right
        left, right = min(fitting, key=lambda stretch: max(start - stretch[0], stretch[1] - end))
        lefts = [more for more in lefts if more < left]
        rights = [more for more in rights if more > right]


def _sentence_ends(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where a sentence stops, and where the next begins."""
    for match in _SENTENCE_END.finditer(text, start, end):
        if not _ABBREVIATED.search(text[max(start, match.start() - 4) : match.start() + 1]):
            yield match.end(1), match.end()
