"""Any text in: what `segment` and `paragraphs` promise for all of them, marks in any order included."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from growth import assert_linear
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quotes_cli.language.segment import paragraphs, segment
from quotes_cli.records import MarkedSpan

MARKS = '"""“”“”\'’‘„«»‹›‚`´″「」『』'
# Mostly marks, so that pairs, nesting and broken pairs are frequent; letters, digits and breaks give them a context.
marked = st.text(alphabet=MARKS + "aAsn1 ..,,:—…(>\n\n\t\r\u200b\ufeffé", max_size=80)
anything = st.one_of(marked, st.text(max_size=60))


@settings(max_examples=400, deadline=None)
@given(anything, st.booleans())
@example("“a\n\n“b “c\n\nd” e”", False)
@example("“1«“1“«", False)
@example("> “a\n>\n> b”\n", True)
def test_spans_nest_and_their_offsets_are_exact(text: str, block_quotes: bool) -> None:
    spans = segment(text, block_quotes=block_quotes)
    around: list[int] = []
    for i, span in enumerate(spans):
        assert 0 <= span.outer_start <= span.start < span.end <= span.outer_end <= len(text)
        assert (span.start, span.end) == (span.pieces[0][0], span.pieces[-1][1])
        assert all(start < end for start, end in span.pieces)
        assert all(one[1] <= two[0] for one, two in pairwise(span.pieces))
        inside = text[span.start : span.end]
        assert inside == inside.strip()
        while around and spans[around[-1]].outer_end <= span.outer_start:
            around.pop()
        assert span.parent == (around[-1] if around else None)
        if around:  # what overlaps the span around it lies in it
            assert span.outer_end <= spans[around[-1]].outer_end
        around.append(i)
    assert [span.outer_start for span in spans] == sorted(span.outer_start for span in spans)


@settings(max_examples=200, deadline=None)
@given(anything)
def test_paragraphs_part_the_text(text: str) -> None:
    bounds = paragraphs(text)
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in bounds)
    assert all(one[1] < two[0] for one, two in pairwise(bounds))
    between = [0, *(at for bound in bounds for at in bound), len(text)]
    gaps = "".join(text[a:b] for a, b in zip(between[::2], between[1::2], strict=True))
    assert not gaps.strip().strip(">\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad \t\r\n")


def _moved(span: MarkedSpan, at: int) -> MarkedSpan:
    """The span as it stands after the character `at` is deleted."""

    def move(offset: int) -> int:
        return offset - (offset > at)

    pieces = tuple((move(start), move(end)) for start, end in span.pieces)
    return replace(
        span,
        start=move(span.start),
        end=move(span.end),
        outer_start=move(span.outer_start),
        outer_end=move(span.outer_end),
        pieces=pieces,
        parent=None,
    )


# One line of marks and letters: a paragraph each, whatever is deleted. The first paragraph holds more double marks than
# the others can hold single ones, so that deleting one does not turn the article into one with single outer marks.
one_line = st.text(alphabet=MARKS + "aAs1  .,", max_size=24).map(lambda text: f"a{text}a")
MOSTLY_DOUBLE = "“A” " * 60 + "a"


@settings(max_examples=300, deadline=None)
@given(st.lists(one_line, min_size=2, max_size=4), st.data())
def test_deleting_a_mark_leaves_other_paragraphs_alone(lines: list[str], data: st.DataObject) -> None:
    """What may change: quotations of the mark's own paragraph, and those that run on into it or out of it.

    Precisely: a quotation with no character in that paragraph is found again, or it has become a piece of one that runs
    on from that paragraph; and the other way round.
    """
    text = "\n\n".join([MOSTLY_DOUBLE, *lines])
    at = data.draw(st.sampled_from([i for i, char in enumerate(text) if char in MARKS] or [0]))
    start, end = next(bound for bound in paragraphs(text) if bound[0] <= at < bound[1])
    before = [_moved(span, at) for span in segment(text)]
    after = [replace(span, parent=None) for span in segment(text[:at] + text[at + 1 :])]
    for ours, theirs in ((before, after), (after, before)):
        elsewhere = [span for span in ours if span.outer_end <= start or span.outer_start >= end - 1]
        joined = [span for span in theirs if len(span.pieces) > 1 and span.outer_start < end and span.outer_end > start]
        for span in elsewhere:
            part_of = any(one.outer_start <= span.outer_start and span.outer_end <= one.outer_end for one in joined)
            assert span in theirs or part_of


@pytest.mark.parametrize(
    "unit", ['"', "\"'", "“a ", '"a"\n', "“a\n\nb\n\n", " 'a", "“‘«„", "\u200b ", '> "a\n', "a:\n\n b.\n\n"]
)
def test_time_grows_linearly_with_marks(unit: str) -> None:
    assert_linear(lambda size: lambda: segment(unit * (size // len(unit)), block_quotes=True), 5_000)


def test_time_grows_linearly_with_an_article() -> None:
    paragraph = (
        "“We will rebuild,” the mayor's aide said of the '90s bridge, 6'2\" wide. " + "It was late. " * 60 + "\n\n"
    )
    assert_linear(lambda number: lambda: segment(paragraph * number, block_quotes=True), 300)
