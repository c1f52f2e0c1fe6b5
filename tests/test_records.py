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


def test_what_one_tag_reports_is_one_utterance() -> None:
    text = (
        "“We lost,” she said. “Badly.” Dee agreed. “True.”\n\n“But not all,” she said.\n\n“Up” is a film.\n\n“Not all.”"
    )
    spans = segment(text)
    tags = [text.index("said"), text.index("said"), text.index("agreed"), text.rindex("said"), None, None]
    kinds = ["direct"] * 4 + ["other", "direct"]
    told = [Attribution(kind, (at, at + 4) if at else None) for kind, at in zip(kinds, tags, strict=True)]
    numbers = [q.utterance for q in records(Article("-", text), spans, told, [Resolution(None)] * 6)]
    assert numbers == [1, 1, 2, 3, None, 4]


def test_halves_without_a_cue_share_what_names_the_speaker() -> None:
    text = "MAYOR: “We lost.” “Badly.”"
    told = [Attribution("direct", None, (0, 5))] * 2
    assert [q.utterance for q in records(Article("-", text), segment(text), told, [Resolution(None)] * 2)] == [1, 1]


def test_named_and_gender_of_a_speaker() -> None:
    text = "“One.” “Two.” “Three.”"
    told = [
        Resolution("Ana Ortiz", "person", named=True, gender="f", known=True),
        Resolution("a nurse", "person"),
        Resolution(None),
    ]
    rows = records(Article("-", text), segment(text), [Attribution("direct")] * 3, told)
    assert [(q.named, q.gender, q.person) for q in rows] == [
        ("yes", "f", "Ana Ortiz"),
        ("no", None, None),
        (None, None, None),
    ]
