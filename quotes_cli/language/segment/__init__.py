"""Article text in, `MarkedSpan`s out: which marks pair, what runs on over paragraphs, what lies in what."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from quotes_cli.records import MarkedSpan

from .blocks import block_quotations
from .entities import decoded, moved
from .lost import begin_of_sentence, end_before_tag, end_of_fragment, is_before_tag
from .marks import Mark, conventions, find_marks
from .pairing import Pair, pair
from .split import ZERO_WIDTH, after_prefix, line_breaks, paragraphs
from .turns import turns

__all__ = ["ZERO_WIDTH", "after_prefix", "line_breaks", "paragraphs", "segment"]

UNMARKED_PARAGRAPHS = 3  # a quotation may run through so many paragraphs without marks to a closing mark left over
SURELY_CLOSING = 0.5  # cost of closing at most, where a left-over mark is taken for the end of a quotation that runs on
SURELY_A_MARK = 1.5  # cost of dropping at least: less is an apostrophe
BYLINE = 60  # characters at most of a name and office under a pull quote, inside its marks
# A transcript in marks: each turn starts a new quotation although its mark looks like that of one running on.
_SPEAKER_LABEL = re.compile(r"[A-Z][A-Z .'’-]{1,40}:\s")
_LEAD = re.compile(f"[\\s>*_{ZERO_WIDTH}]*")  # what may stand before the mark that re-opens a paragraph


def segment(text: str, *, block_quotes: bool = False) -> list[MarkedSpan]:
    """Find every marked stretch of a text, in order of start, outer before inner; time is linear in the text.

    Of a transcript also the turns without marks, by paragraphs: their spans have a `label`, and are around no other.

    Titles, nicknames and scare quotes are marked stretches too, and block quotations by `>` with a name under them;
    inches, feet and apostrophes are not. With `block_quotes` also block quotations that name nobody, and the block
    after a lead-in that ends with a colon. References to characters (`&#8220;`) are read as what they stand for.
    """
    shown, places = decoded(text)
    spans = _segmented(shown, block_quotes=block_quotes)
    return spans if shown is text else [moved(span, places) for span in spans]


def _segmented(text: str, *, block_quotes: bool) -> list[MarkedSpan]:
    """The spans of a text without references to characters."""
    bounds = paragraphs(text)
    said = turns(text, bounds)
    labels = sorted({turn.label[0] for turn in said if turn.label})
    labelled = (
        {start for start, end in bounds if bisect_left(labels, end) > bisect_left(labels, start)} if labels else set()
    )
    spans = _RunOn(text, labelled).read(bounds, find_marks(text))
    spans += block_quotations(text, bounds, spans, unnamed=block_quotes)
    return _with_parents(spans, said)


class _RunOn:
    """Goes through the paragraphs and joins what runs on from one into the next.

    A quotation is open at its paragraph's end where its closing mark is missing. It goes on in the next paragraph when
    that begins with the same opening mark, or when the next mark of its family in the text is a closing one left over
    (the mark that should have re-opened the paragraph was forgotten). The same mark, not one of the family: where “
    came after an open " in the training articles, all of eight times somebody else began to speak.
    """

    def __init__(self, text: str, labelled: set[int]) -> None:
        self.text = text
        self.labelled = labelled  # begins of paragraphs that have a speaker's label: nothing runs on into them
        self.spans: list[MarkedSpan] = []
        self.running: list[Pair] = []  # pieces of the quotation that is still open, one a paragraph
        self.broken_off = 0  # where its first piece ends, should nothing go on
        self.skipped: list[tuple[int, int]] = []  # paragraphs without a mark of its family since its last piece

    def read(self, bounds: Sequence[tuple[int, int]], marks: list[Mark]) -> list[MarkedSpan]:
        """Spans without parents, in no order."""
        for start, end, own in _by_paragraph(bounds, marks):
            if not own and not self.running:
                continue
            lead = _LEAD.match(self.text, start, end)
            begin = lead.end() if lead else start
            pairs, stray = pair(own, begin, end)
            if start in self.labelled:
                self._flush()
            if self.running:
                pairs = self._go_on(start, begin, end, own, pairs, stray)
            else:
                self._open_lost(begin, pairs, stray)
            last = None if self.running else _open_at_end(pairs, end)
            if last is not None and self._is_lost(last, pairs):
                pairs = [replace(found, end=_broken_off(last, pairs)) if found is last else found for found in pairs]
            elif last is not None:
                self.running = [last]
                self.broken_off = _broken_off(last, pairs)
                pairs = [found for found in pairs if found is not last]
            for found in pairs:
                self._emit([(found.opening.end, found.end)], found.opening, found.closing)
        self._flush()
        return self.spans

    def _go_on(
        self, start: int, begin: int, end: int, own: list[Mark], pairs: list[Pair], stray: list[Mark]
    ) -> list[Pair]:
        """Take what continues the open quotation out of a paragraph's pairs; returns the others."""
        opening = self.running[0].opening
        same = [mark for mark in own if mark.family == opening.family]
        if not same and len(self.skipped) < UNMARKED_PARAGRAPHS:
            self.skipped.append((start, end))
            return pairs
        first = pairs[0] if pairs and pairs[0].opening.start == begin else None
        if first is not None and self._reopens(first.opening):
            self.running.append(first)
            if first.closing is not None or first.end != end:
                self._flush()
            return pairs[1:]
        for last in same[:1]:
            if last in stray and self._closes(last, pairs) and not self._is_byline(start, last, end):
                self._emit([*self._pieces(), *self.skipped, (start, last.start)], opening, last)
                self.running, self.skipped = [], []
        self._flush()
        return pairs

    def _open_lost(self, begin: int, pairs: list[Pair], stray: list[Mark]) -> None:
        """The dam holds,” she said: add what a mark closes that is left over, and a tag follows."""
        starts, ends = [found.opening.start for found in pairs], [*accumulate((found.end for found in pairs), max)]
        last = begin  # where the quotation added last ends
        for mark in stray:
            left_over = mark.family == "double" and mark.closing <= SURELY_CLOSING and mark.stray >= SURELY_A_MARK
            if not left_over or self.text[mark.start - 1] not in ",?!" or not is_before_tag(self.text, mark.end):
                continue
            place = bisect_left(starts, mark.start) - 1
            reach = max(last, ends[place] + 1 if place >= 0 else begin)
            start = begin_of_sentence(self.text, reach, mark.start, behind_tag=reach > begin)
            if start is not None and reach <= mark.start:
                self._emit([(start, mark.start)], None, mark)
                last = mark.end

    def _is_lost(self, last: Pair, pairs: list[Pair]) -> bool:
        """“The dam holds, she said. “It is new.” Has the first its closing mark lost? Then a tag ends before the next
        mark, or one with a name ends the paragraph."""
        if last.opening.family != "double":
            return False
        end = _broken_off(last, pairs)
        return end_before_tag(self.text, last.opening.end, end, whole=True, named=end == last.end) is not None

    def _reopens(self, mark: Mark) -> bool:
        """“One paragraph of it. / “The next."""
        same = mark.glyph == self.running[0].opening.glyph
        return same and not self.skipped and _SPEAKER_LABEL.match(self.text, mark.end) is None

    def _closes(self, mark: Mark, pairs: list[Pair]) -> bool:
        """“One paragraph of it. / The next, its mark forgotten.”"""
        sure = mark.closing <= SURELY_CLOSING and mark.stray >= SURELY_A_MARK
        return sure and not any(found.opening.start < mark.start < found.end for found in pairs)

    def _is_byline(self, start: int, mark: Mark, end: int) -> bool:
        """A pull quote: "We will rebuild. / Ana Ortiz, mayor" with the name on a line of its own, inside the marks."""
        alone = mark.end == end and end - start <= BYLINE and not self.skipped
        return alone and self.text[self.running[-1].end : start].count("\n") == 1

    def _pieces(self) -> list[tuple[int, int]]:
        return [(p.opening.end, p.end) for p in self.running]

    def _flush(self) -> None:
        """The open quotation ends with its last piece."""
        if self.running:
            first, last = self.running[0], self.running[-1]
            alone = first is last and last.closing is None
            pieces = [(first.opening.end, self.broken_off)] if alone else self._pieces()
            self._emit(pieces, first.opening, last.closing)
        self.running, self.skipped = [], []

    def _emit(self, pieces: list[tuple[int, int]], opening: Mark | None, closing: Mark | None) -> None:
        """Add a span, white space inside the marks left out; nothing where the marks hold nothing. One of the marks may
        be lost."""
        if closing is None and len(pieces) == 1:
            start, end = pieces[0]
            end = end_before_tag(self.text, start, end) or end
            pieces = [(start, end_of_fragment(self.text, start, end))]
        kept = tuple(piece for piece in (_trimmed(self.text, *p) for p in pieces) if piece[0] < piece[1])
        if kept:
            start, end = kept[0][0], kept[-1][1]
            name = conventions().name(opening.glyph if opening else "", closing.glyph if closing else None)
            outer_start, outer_end = opening.start if opening else start, closing.end if closing else end
            self.spans.append(MarkedSpan(start, end, outer_start, outer_end, kept, None, name, closing is not None))


def _by_paragraph(bounds: Sequence[tuple[int, int]], marks: list[Mark]) -> Iterator[tuple[int, int, list[Mark]]]:
    """(start, end, its marks) of each paragraph."""
    i = 0
    for start, end in bounds:
        first = i
        while i < len(marks) and marks[i].start < end:
            i += 1
        yield start, end, marks[first:i]


def _open_at_end(pairs: list[Pair], end: int) -> Pair | None:
    """The outermost pair that is still open where the paragraph ends."""
    return next((p for p in pairs if p.closing is None and p.end == end), None)


def _broken_off(unclosed: Pair, pairs: list[Pair]) -> int:
    """Where an unclosed quotation ends in its paragraph: before the next mark of its family opens.

    Only where it does not run on: “Her “own” words. / “And more,” has a pair of marks inside.
    """
    reach = unclosed.opening.end
    for found in pairs:
        if found.opening.start >= reach:
            if found.opening.family == unclosed.opening.family:
                return found.opening.start
            reach = found.end
    return unclosed.end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without white space at its ends."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _with_parents(spans: list[MarkedSpan], said: list[MarkedSpan]) -> list[MarkedSpan]:
    """Sort by start, outer before inner, and point each span to the smallest one around it.

    Turns join them that no marked stretch fills, and that are not cut by an edge of one.
    """
    result: list[MarkedSpan] = []
    around: list[int] = []
    outer = [span for span in spans if span.parent is None]
    turned = list(_unmarked(said, outer))
    for i, span in enumerate(sorted([*turned, *spans], key=lambda s: (s.outer_start, -s.outer_end))):
        while around and result[around[-1]].outer_end <= span.outer_start:
            around.pop()
        if span.label is not None:
            result.append(span)
            continue
        result.append(replace(span, parent=around[-1]) if around else span)
        around.append(i)
    return result


def _unmarked(said: list[MarkedSpan], marked: list[MarkedSpan]) -> Iterator[MarkedSpan]:
    """The turns that are not wholly in marks (ORTIZ: "We will."), whose quotation a rule finds."""
    marked = sorted(marked, key=lambda s: s.outer_start)
    starts = [span.outer_start for span in marked]
    reach = [*accumulate((span.outer_end for span in marked), max)]
    for turn in said:
        k = bisect_right(starts, turn.start) - 1
        if k < 0 or reach[k] < turn.end:
            yield turn
