"""A text and places in it in, the context of a quotation out: `--columns ...,context`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from factory import quotation
from hypothesis import given
from hypothesis import strategies as st
from test_cli import rows, run
from test_export import render

from quotes_cli.export.context import LONGEST, context_of
from quotes_cli.records import Article

BEFORE = "The town has waited for a year. " * 20
AFTER = "Nobody in it knows when the wall will stand. " * 20


def around(text: str, quote: str) -> str | None:
    start = text.index(quote)
    return context_of(text, start, start + len(quote))


def test_a_paragraph_with_single_spaces() -> None:
    text = "The wall\n\nAna Ortiz  was there.\t“We\u00a0will,” she said\nand left.\n\nThe sea was calm.\n"
    assert around(text, "We\u00a0will,") == "Ana Ortiz was there. “We will,” she said and left."


def test_a_quotation_over_paragraphs_has_them_all() -> None:
    text = "Head\n\nShe said: “We will.\n\n“And soon.” She left.\n\nTail"
    assert around(text, "We will.\n\n“And soon.") == "She said: “We will. “And soon.” She left."


@pytest.mark.parametrize(
    ("before", "after", "starts", "ends"),
    [
        (BEFORE, AFTER, "… The town has waited for a year. The", "will stand. …"),
        ("", AFTER, "“We will,” Gov. Ana Ortiz said in Mr. Lee's house. Nobody", "will stand. …"),
        (BEFORE, "", "… The town has", "Mr. Lee's house."),
        ("word " * 300, "", "… word word", "Mr. Lee's house."),
        ("", "word " * 300, "“We will,” Gov.", "word word …"),
    ],
)
def test_of_a_long_paragraph_the_sentences_around(before: str, after: str, starts: str, ends: str) -> None:
    own = "“We will,” Gov. Ana Ortiz said in Mr. Lee's house."
    shown = around(f"Head\n\n{before}{own} {after}\n\nTail.", "We will,") or ""
    assert own in shown
    assert shown.startswith(starts)
    assert shown.endswith(ends)
    assert len(shown) <= 2 * LONGEST


def test_its_own_sentence_stays_whole() -> None:
    own = f"“We will,” Ana Ortiz said, {'and again, ' * 50}and left."
    assert around(f"{BEFORE}{own} {AFTER}", "We will,") == f"… {own} …"
    long = f"“{'We will, and we will. ' * 60}” she said."
    assert around(f"{BEFORE}{long} {AFTER}", long[1:-12]) == f"… {long} …"


@given(st.text(st.sampled_from("aB .“”\n"), max_size=80), st.integers(0, 99), st.integers(0, 99))
def test_places_of_a_damaged_database(text: str, start: int, end: int) -> None:
    context_of(f"{text}{BEFORE}", start, end)
    context_of(text, start, end)


def test_an_empty_text_has_none() -> None:
    assert context_of("", 1, 9) is None
    assert render("jsonl", [(Article("a.txt", " \n"), [quotation()])], columns=("context",)) == '{"context": null}\n'


@pytest.mark.parametrize("format", ["csv", "tsv", "json", "jsonl", "markdown", "table"])
def test_every_format_of_text_has_it(format: str) -> None:
    article = Article("a.txt", "“We will,” Ana Ortiz said.\n\nThe sea was calm.")
    assert "“We will,” Ana Ortiz said." in render(
        format, [(article, [quotation()])], columns=("id", "context")
    ).replace('\\"', '"')
    assert "The sea" not in render(format, [(article, [quotation()])], columns=("context",))
    assert "context" not in render(format, [(article, [quotation()])])


def test_parquet_and_workbooks_have_it(tmp_path: Path) -> None:
    read_table = pytest.importorskip("pyarrow.parquet").read_table
    load_workbook = pytest.importorskip("openpyxl").load_workbook
    articles = [(Article("a.txt", "“We will,” Ana Ortiz said.\n\nThe sea was calm."), [quotation()])]
    for format in ("parquet", "xlsx"):
        render(format, articles, target=str(tmp_path / format), columns=("id", "context"))
    expected = "“We will,” Ana Ortiz said."
    assert read_table(tmp_path / "parquet").to_pylist() == [{"id": 1, "context": expected}]
    with (tmp_path / "xlsx").open("rb") as file:
        assert list(load_workbook(file).active.values)[1] == (1, expected)


def test_a_cell_of_it_runs_nothing() -> None:
    article = Article("a.txt", "=1+1 “We will,” Ana Ortiz said.")
    text = render("csv", [(article, [quotation(start=6, end=14)])], columns=("context",))
    assert list(csv.reader(io.StringIO(text)))[1] == ["'=1+1 “We will,” Ana Ortiz said."]


def test_a_search_has_it(story: Path, tmp_path: Path) -> None:
    assert run("extract", story, "-o", tmp_path / "a.db").exit_code == 0
    found = rows(run("search", tmp_path / "a.db", "will", "-f", "csv", "--columns", "context,id"))
    assert found == [{"context": "“We will,” Ana Ortiz said.", "id": "1"}]


def test_a_resumed_run_has_it_or_says_why_not(story: Path, tmp_path: Path) -> None:
    def resumed(name: str, columns: str) -> str:
        result = run("extract", story, "-o", tmp_path / name, "--resume", "-q", "--columns", columns)
        return result.stderr or json.dumps([json.loads(line) for line in (tmp_path / name).read_text().splitlines()])

    first = resumed("a.jsonl", "id,context")
    assert json.loads(first)[0] == {"id": 1, "context": "“We will,” Ana Ortiz said."}
    (tmp_path / "a.jsonl").unlink()
    assert resumed("a.jsonl", "id,context") == first
    assert json.loads(resumed("b.jsonl", "id"))[0] == {"id": 1}
    why = "begun with another --columns; use the same, or delete it to start anew\n"
    assert resumed("b.jsonl", "id,context") == f"quotes: {tmp_path}/b.jsonl.resume: {why}"
