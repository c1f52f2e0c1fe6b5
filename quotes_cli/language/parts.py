"""A text with very many quotations in, the records of its parts out, each of which is read as an article.

What an article needs of memory grows with its quotations, 8 KB for each, and nobody's article has so many: a book in
volumes, a whole corpus, data. Of equal parts, which floods of quotations have, the first alone is read; of those that
differ in digits alone, as numbered data do, the first two, and where these agree the others have their answers.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from quotes_cli.records import Article, Quotation

from .segment import line_breaks, paragraphs

#: Quotations, about, of a text that is read in parts; those of a part, so that what comes again every few quotations
#: or every hundred makes equal parts; and marks behind them among which a good place for a cut is looked for.
MOST, EACH, REACH = 20_000, 600, 40
CLOSEST = 60  # characters for each quotation, of which news has 400: with less a text is rather data
KEPT = 100  # parts whose records are kept for equal ones: 40 MB

#: All digits are one.
_ONE_DIGIT = dict.fromkeys(map(ord, "123456789"), "0")
_OPENING = "“„«‘‹「"
_DOUBLE, _SINGLE = re.compile('["“”„«»「」]'), re.compile("[‘’]")
_CLOSING = frozenset("”»」’")
#: Where a part may end behind a mark, the best first: blank line, line, sentence, word.
_ENDS = tuple(map(re.compile, (r"\n\s*\n\s*", r"\n\s*", r"[.!?…]\s+", r"\s+")))


def stretches(text: str) -> int:
    """How many stretches in marks a text has, about."""
    return text.count('"') // 2 + sum(map(text.count, _OPENING))


def is_data(text: str) -> bool:
    """Are its marks so many, and so close, as strings are in a file of data?"""
    count = stretches(text)
    return count > MOST and len(text) < count * CLOSEST


def in_parts(article: Article, read: Callable[[Article], list[Quotation]]) -> list[Quotation]:
    """The records of an article, each part of which is read as if it were all."""
    text = article.text
    starts = [start for start, _ in paragraphs(text)]
    known: dict[str, list[Quotation]] = {}
    shapes: dict[str, list[Quotation]] = {}  # read once
    alike: dict[str, list[Quotation]] = {}  # twice, with the same answers
    found: list[Quotation] = []
    lines = utterances = 0
    counted = is_data(text)
    for begin, end in pairwise([0, *_cuts(text), len(text)]):
        part = text[begin:end]
        shape = part.translate(_ONE_DIGIT) if counted else part
        own = known.get(part, alike.get(shape))
        if own is None:
            own = read(replace(article, text=part))
            if len(known) < KEPT:
                known[part] = own
                if counted and _say_the_same(shapes.setdefault(shape, own), own):
                    alike[shape] = own
        first = len(found)
        for one in own:
            place = bisect_right(starts, begin + one.start)
            found.append(_moved(one, text, begin, first, lines, utterances, place))
        lines += line_breaks(part, 0, len(part))
        utterances += max((one.utterance or 0 for one in own), default=0)
    return found


def _say_the_same(some: list[Quotation], others: list[Quotation]) -> bool:
    """Are the answers of two parts the same, and none a number?"""
    bare = ([replace(one, quote="", cue=None, mention=None) for one in own] for own in (some, others))
    numbered = any(map(str.isdigit, "".join(f"{one.speaker}{one.role}" for one in some)))
    return some is not others and not numbered and next(bare) == next(bare)


def _moved(one: Quotation, text: str, by: int, ids: int, lines: int, utterances: int, paragraph: int) -> Quotation:
    """A part's record as one of the whole text: `by` characters further on, behind so many ids, lines, utterances."""
    cue, mention = (
        None if start is None or end is None else (start + by, end + by)
        for start, end in ((one.cue_start, one.cue_end), (one.mention_start, one.mention_end))
    )
    return replace(
        one,
        id=one.id + ids,
        quote=text[one.start + by : one.end + by],
        cue=text[slice(*cue)] if cue else None,
        mention=text[slice(*mention)] if mention else None,
        line=one.line + lines,
        start=one.start + by,
        end=one.end + by,
        cue_start=cue[0] if cue else None,
        cue_end=cue[1] if cue else None,
        mention_start=mention[0] if mention else None,
        mention_end=mention[1] if mention else None,
        paragraph=paragraph,
        utterance=None if one.utterance is None else one.utterance + utterances,
        holds="; ".join(str(int(number) + ids) for number in one.holds.split("; ")) if one.holds else None,
    )


def _cuts(text: str) -> Iterator[int]:
    """Where parts begin, but the first: behind about `EACH` quotations, and inside none as far as marks tell."""
    pattern = _SINGLE if text.count("‘") > stretches(text) // 2 else _DOUBLE
    marks = array("q", (mark.start() for mark in pattern.finditer(text)))
    first = 0
    while first + 2 * EACH + REACH < len(marks):
        last, place = _cut(text, marks, first)
        yield place
        first = last + 1


def _cut(text: str, marks: array[int], first: int) -> tuple[int, int]:
    """The last mark of the part that begins with the mark of number `first`, and where the next part begins."""
    least = first + 2 * EACH - 1
    best = len(_ENDS), least, marks[least + 1]
    for k in range(least, least + REACH):
        glyph = text[marks[k]]
        if glyph in _CLOSING or (glyph == '"' and (k - first) % 2):
            for rank, ending in enumerate(_ENDS[: best[0]]):
                if found := ending.search(text, marks[k] + 1, marks[k + 1]):
                    best = rank, k, found.end()
                    break
    return best[1:]
