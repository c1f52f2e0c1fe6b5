"""Turns of transcripts, interviews and panels without quotation marks; and texts of labels that are none."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from quotes_cli import extract
from quotes_cli.language.explanation import explain
from quotes_cli.language.segment import segment
from quotes_cli.records import Article

BLOCKS = (Path(__file__).parent / "data" / "turns.txt").read_text(encoding="utf-8").split("## ")[1:]
CASES = {block.partition("\n")[0]: block.partition("\n")[2] for block in BLOCKS}


def _parts(block: str) -> tuple[str, list[tuple[str | None, str]]]:
    """The article, and who says what in it."""
    lines = block.rstrip("\n").split("\n")
    rows = [line[2:].split(" | ") for line in lines if line.startswith("= ")]
    text = "\n".join(line for line in lines if not line.startswith("= ")).rstrip("\n") + "\n"
    return text, [(None if who == "-" else who, said.replace(r"\n", "\n")) for who, said in rows]


@pytest.mark.parametrize("name", [name for name in CASES if not name.startswith("not: ")])
def test_who_says_what(name: str, nlp: Language) -> None:
    text, expected = _parts(CASES[name])

    found = extract(text, nlp=nlp)

    said = [(q.speaker and q.speaker.lower(), q.quote) for q in found]
    assert said == [(who and who.lower(), words) for who, words in expected]
    assert all(text[q.start : q.end] == q.quote and q.kind == "direct" for q in found)
    assert all(text[q.mention_start : q.mention_end] == q.mention for q in found if q.mention_start is not None)


@pytest.mark.parametrize("name", [name for name in CASES if name.startswith("not: ")])
def test_no_transcript(name: str) -> None:
    text, _ = _parts(CASES[name])

    assert [text[span.start : span.end] for span in segment(text) if span.label is not None] == []


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_line_ends(ends: str, nlp: Language) -> None:
    text, expected = _parts(CASES["full names in bold, turn by turn"])

    found = extract(text.replace("\n", ends), nlp=nlp)

    assert [(q.speaker, q.quote) for q in found] == expected
    assert {q.rule for q in found} == {"turn"}


def test_a_turn_is_explained(nlp: Language) -> None:
    text, _ = _parts(CASES["full names in bold, turn by turn"])

    first = explain(Article("-", text), nlp)[0]

    assert first.rule is not None
    assert first.rule.name == "turn"
    assert first.tried == ()


def test_the_example_of_the_rule(nlp: Language) -> None:
    from quotes_cli.language.attribute.turns import EXAMPLE

    last = extract(EXAMPLE, nlp=nlp)[-1]

    assert (last.rule, last.mention, last.quote) == ("turn", "ORTIZ", "When it is done.")


def test_marks_in_a_turn_without_a_source_are_none_of_their_own(nlp: Language) -> None:
    text = "LENA FOX: I never saw the “wall of iron” myself.\n\nTOM RAY: We did.\n\nLENA FOX: You did not.\n"

    assert [q.quote for q in extract(text, nlp=nlp)] == [
        "I never saw the “wall of iron” myself.",
        "We did.",
        "You did not.",
    ]


def test_the_component_gives_the_same(nlp: Language) -> None:
    from quotes_cli.language.component import Quotations

    for name in (
        "a press conference: capitals, Q without a colon, several paragraphs, stage directions",
        "times of a recording",
    ):
        text, _ = _parts(CASES[name])

        records = Quotations(nlp)(nlp(text)).spans["quotations"].attrs["records"]

        assert [(row["speaker"], row["quote"]) for row in records] == [
            (q.speaker, q.quote) for q in extract(text, nlp=nlp)
        ]
