"""Spans and what was found for them in, records out: the fields that say where a quotation stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quotes_cli.language.pipeline import records
from quotes_cli.language.segment import paragraphs, segment
from quotes_cli.records import Article, Attribution, Quotation, Resolution


def found(text: str, nested: bool = False) -> list[Quotation]:
    """The records of a text of which nothing is known but its marks."""
    spans = segment(text)
    nothing = [Attribution("direct")] * len(spans), [Resolution(None)] * len(spans)
    return records(Article("-", text), spans, *nothing, nested=nested)


def test_lines_and_paragraphs() -> None:
    text = "The harbour\n\n“We will,” she said. “Soon.”\n\n\nThen:\n“All of it.\r\n\r\n“And the wall.” “Yes.”"
    assert [(q.quote[:9], q.line, q.paragraph) for q in found(text)] == [
        ("We will,", 3, 2),
        ("Soon.", 3, 2),
        ("All of it", 7, 4),
        ("Yes.", 9, 5),
    ]


def test_a_paragraph_is_the_same_however_its_lines_are_wrapped() -> None:
    words = "The mayor of the small town by the sea said on Tuesday that the harbour wall would be built again, and"
    lines = [
        "The town had waited for a year to hear from her about it",
        "",
        *(words[:52], words[52:]),
        "“All of it,” she said.",
    ]
    assert [q.paragraph for q in found("\n".join(lines))] == [2]


@given(st.text(st.sampled_from("ab “”\n\r."), max_size=60))
def test_a_quotation_starts_in_its_paragraph(text: str) -> None:
    bounds = paragraphs(text)
    for quotation in found(text, nested=True):
        start, end = bounds[(quotation.paragraph or 0) - 1]
        assert start <= quotation.start <= end
