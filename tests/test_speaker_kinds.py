"""Who is it, kind by kind: small articles of our own, written as news is, through the whole pipeline.

The tables are tests/data/speakers.txt, by kinds, tests/data/articles.txt, a rule of the resolver each,
tests/data/bodies.txt, names whole, and tests/data/described.txt, whom a description means; a row with a reason behind
`!` is a known failure, a strict xfail.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from shipped import quotations

NAMES = ("speakers.txt", "articles.txt", "bodies.txt", "described.txt")
TABLES = [Path(__file__).parent / "data" / name for name in NAMES]


class Case(NamedTuple):
    """A block of the table. `expected` has the names that are right of each quotation, `-` for nobody."""

    title: str
    text: str
    expected: list[list[str]]
    reason: str | None


def cases() -> list[Case]:
    """The tables' blocks."""
    return [_case(block) for table in TABLES for block in f"\n{table.read_text('utf-8')}".split("\n## ")[1:]]


def _case(block: str) -> Case:
    title, _, rest = block.partition("\n")
    text, _, answer = rest.rpartition("\n= ")
    speakers, _, reason = answer.strip().partition("\n! ")
    return Case(title, text.strip(), [names.split(" / ") for names in speakers.split(" | ")], reason or None)


CASES = cases()


def _rows() -> list[object]:
    return [
        pytest.param(
            case,
            id=case.title.replace(" ", "-"),
            marks=[pytest.mark.xfail(reason=case.reason, strict=True)] if case.reason else [],
        )
        for case in CASES
    ]


@pytest.mark.parametrize("case", _rows())
def test_speakers_of_a_small_article(case: Case) -> None:
    found = [quotation.speaker or "-" for quotation in quotations(case.text) if quotation.kind != "other"]
    assert len(found) == len(case.expected), found
    assert all(speaker in names for speaker, names in zip(found, case.expected, strict=True)), found


def test_the_table_has_what_it_says() -> None:
    titles = [case.title for case in CASES]
    assert len(titles) == len(set(titles))
    assert all(": " in case.title and case.text and case.expected for case in CASES)
