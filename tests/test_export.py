"""Records in, files out: golden pairs, and what must never reach a terminal, a spreadsheet or a half-written file."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes_cli.errors import UsageError
from quotes_cli.export.csv import safe_cell
from quotes_cli.export.markdown import markdown_cell
from quotes_cli.export.output import open_output
from quotes_cli.export.record import COLUMNS, FIELDS
from quotes_cli.export.registry import BY_NAME, Settings
from quotes_cli.language.segment import paragraphs
from quotes_cli.records import Article, Quotation
from quotes_cli.visible import visible, visible_line

GOLDEN = Path(__file__).parent / "golden"
FORMULAS = ["=", "+", "-", "@", "\t", "\r"]
PAIRS = sorted(path for path in GOLDEN.glob("*.expected.*"))
ESCAPES = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def load(name: str) -> list[tuple[Article, list[Quotation]]]:
    """The articles of a golden pair: `name.articles.json` holds what is known of them and their records."""
    articles = json.loads((GOLDEN / f"{name}.articles.json").read_text("utf-8"))
    records = [[Quotation(**record) for record in item.pop("quotations")] for item in articles]
    return [(Article(**item), quotations) for item, quotations in zip(articles, records, strict=True)]


def render(
    format: str,
    articles: list[tuple[Article, list[Quotation]]],
    stream: Any = None,
    target: str | None = None,
    **settings: Any,
) -> str:
    """What a format writes, on a stream or into a file."""
    stream = io.StringIO(newline="") if stream is None else stream
    with open_output(BY_NAME[format], target, Settings(several=len(articles) > 1, **settings), stream) as output:
        for article, quotations in articles:
            output.write(article, quotations)
    return str(stream.getvalue())


@pytest.mark.parametrize("expected", PAIRS, ids=lambda path: path.name)
def test_golden(expected: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name, _, format = expected.name.split(".")
    monkeypatch.setenv("COLUMNS", "80")
    result = render(format, load(name))
    if os.environ.get("UPDATE_GOLDEN"):
        expected.write_bytes(result.encode("utf-8", "backslashreplace"))
    assert result.encode("utf-8", "backslashreplace") == expected.read_bytes()


def test_golden_covers_every_format() -> None:
    of_bytes = {name for name in BY_NAME if not BY_NAME[name].text}  # test_formats.py reads those back
    assert {path.name.split(".")[2] for path in PAIRS} == set(BY_NAME) - of_bytes


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.articles.json")), ids=lambda path: path.name)
def test_golden_records_are_what_their_offsets_say(path: Path) -> None:
    for article, quotations in load(path.name.split(".")[0]):
        starts = [start for start, _ in paragraphs(article.text)]
        for quotation in quotations:
            assert article.text[quotation.start : quotation.end] == quotation.quote
            assert sum(start <= quotation.start for start in starts) == quotation.paragraph
            assert article.text.count("\n", 0, quotation.start) + 1 == quotation.line
            if quotation.cue_start is not None:
                assert article.text[quotation.cue_start : quotation.cue_end] == quotation.cue
            if quotation.mention_start is not None:
                assert article.text[quotation.mention_start : quotation.mention_end] == quotation.mention


def test_the_contract() -> None:
    """Scripts rely on the names and their order: what is new comes at the end."""
    first = "source,id,quote,speaker,cue,mention,kind,rule,confidence,line,start,end"
    places = "cue_start,cue_end,mention_start,mention_end"
    assert ",".join(COLUMNS).startswith(f"{first},speaker_type,role")
    assert ",".join(FIELDS).startswith(f"{first},{places},speaker_type,role")


def test_csv_reads_back() -> None:
    articles = load("hostile")
    rows = list(csv.reader(io.StringIO(render("csv", articles, raw_cells=True), newline="")))
    values = [quotation for _, quotations in articles for quotation in quotations]
    assert rows[0] == list(COLUMNS)
    assert rows[1:] == [["" if v is None else str(v) for v in (asdict(q)[name] for name in COLUMNS)] for q in values]
    assert render("csv", articles).endswith("\r\n")


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_json_reads_back(format: str) -> None:
    articles = load("hostile")
    text = render(format, articles)
    read = json.loads(text) if format == "json" else [json.loads(line) for line in text.splitlines()]
    assert [Quotation(**record) for record in read] == [q for _, quotations in articles for q in quotations]
    assert all(list(record) == list(FIELDS) for record in read)
    assert not ESCAPES.search(text)


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_title_and_date_where_an_article_has_them(format: str) -> None:
    def records(**settings: Any) -> list[dict[str, Any]]:
        text = render(format, load("dated"), **settings)
        return json.loads(text) if format == "json" else [json.loads(line) for line in text.splitlines()]

    both, dated, neither = records()
    assert tuple(both) == (*FIELDS, "title", "published")
    assert (both["title"], both["published"]) == ("=Swallows | “back”", "2026-03-01")
    assert tuple(dated) == (*FIELDS, "published")
    assert tuple(neither) == FIELDS
    assert [list(record.values()) for record in records(columns=("published", "id"))] == [
        ["2026-03-01", 1],
        ["2026-03-02T09:00:00+01:00", 1],
        [None, 1],
    ]


def test_title_and_date_in_tables_when_asked_for() -> None:
    assert ",".join(COLUMNS) == render("csv", load("dated")).splitlines()[0]
    picked = ("title", "published", "speaker")
    rows = list(csv.reader(io.StringIO(render("csv", load("dated"), columns=picked), newline="")))
    assert rows == [
        list(picked),
        ["'=Swallows | “back”", "2026-03-01", "Ana Ortiz"],
        ["", "2026-03-02T09:00:00+01:00", ""],
        ["", "", ""],
    ]
    assert "=Swallows \\| “back”" in render("markdown", load("dated"), columns=picked)
    assert "2026-03-01" in render("table", load("dated"), columns=picked)


def test_nothing_found() -> None:
    nothing: list[tuple[Article, list[Quotation]]] = [(Article("a.txt", ""), [])]
    assert render("csv", nothing) == ",".join(COLUMNS) + "\r\n"
    assert render("csv", []) == ",".join(COLUMNS) + "\r\n"
    assert render("json", nothing) == "[]\n"
    assert render("jsonl", nothing) == ""
    assert render("table", nothing) == "no quotations\n"


@pytest.mark.parametrize("cell", ["=1+1", "+49", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1"])
def test_cells_that_look_like_formulas(cell: str) -> None:
    assert safe_cell(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-", "a=1", "", "'=1", None, 7, -7, 0.5, "…", "“="])
def test_cells_that_do_not(cell: Any) -> None:
    assert safe_cell(cell) == cell


def test_tsv_has_a_line_a_record_and_reads_back() -> None:
    articles = load("hostile")
    text = render("tsv", articles, raw_cells=True)
    assert text.count("\n") == 1 + sum(len(quotations) for _, quotations in articles)
    assert "\r" not in text
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t"))
    quotes = [re.sub(r"\\(.)", lambda m: {"t": "\t", "n": "\n", "r": "\r"}.get(m[1], m[1]), row[2]) for row in rows[1:]]
    assert quotes == [quotation.quote for _, quotations in articles for quotation in quotations]
    assert rows[0] == list(COLUMNS)


@pytest.mark.parametrize("format", ["csv", "tsv"])
@pytest.mark.parametrize("start", FORMULAS)
def test_no_format_of_text_runs_formulas(format: str, start: str) -> None:
    article, (first, *_) = load("town")[0]
    quotation = replace(first, quote=f"{start}1+1", speaker=f"{start}A", role=f"{start}B")
    delimiter = "," if format == "csv" else "\t"

    def cells(**settings: bool) -> list[str]:
        text = render(format, [(article, [quotation])], **settings)
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))[1]

    assert all(not cell.startswith(tuple(FORMULAS)) for cell in cells())
    assert cells()[2].startswith("'")
    assert not cells(raw_cells=True)[2].startswith("'")


def test_a_byte_order_mark_for_spreadsheets() -> None:
    for format in ("csv", "tsv"):
        assert render(format, load("town"), bom=True) == "\ufeff" + render(format, load("town"))
    with pytest.raises(UsageError, match="--bom does nothing to json; choose a --format among csv, tsv"):
        render("json", load("town"), bom=True)


def test_columns_are_picked_and_ordered() -> None:
    picked = ("speaker", "quote", "mention_end")
    assert render("csv", load("town")[1:], columns=picked).splitlines()[0] == "speaker,quote,mention_end"
    assert render("tsv", load("town")[1:], columns=picked).splitlines()[2] == "\tSoon,\t"
    for record in json.loads(render("json", load("town"), columns=picked)):
        assert tuple(record) == picked
    assert tuple(json.loads(render("jsonl", load("town"), columns=picked).splitlines()[0])) == picked
    assert render("markdown", load("town")[1:], columns=picked).splitlines()[1] == "| --- | --- | ---: |"
    assert render("table", load("town")[1:], columns=picked).splitlines()[0].split() == list(picked)
    with pytest.raises(UsageError, match="there is no column 'speakers'; some of source,id,quote,speaker,"):
        render("csv", [], columns=("speakers",))
    with pytest.raises(UsageError, match="id stands there twice"):
        render("csv", [], columns=("id", "line", "id"))


def test_markdown_cells_are_text() -> None:
    assert markdown_cell("a|b*c*_d_ `e` [f](g) <b>&amp; \\ ~~h~~\n\ni\x1b[0m") == (
        "a\\|b\\*c\\*\\_d\\_ \\`e\\` \\[f\\](g) &lt;b&gt;&amp;amp; \\\\ \\~\\~h\\~\\~<br>i␛\\[0m"
    )
    table = render("markdown", load("hostile")).splitlines()
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in table} == {9}


@pytest.mark.parametrize("format", [name for name in BY_NAME if BY_NAME[name].text])
def test_nothing_acts_on_a_terminal(format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    shown = render(format, load("hostile"), Terminal()).replace("\r\n", "\n")
    assert not ESCAPES.search(shown)
    monkeypatch.delenv("NO_COLOR")
    coloured = render(format, load("hostile"), Terminal()).replace("\r\n", "\n")
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == shown


@given(st.text(st.characters()))
def test_visible_text_is_harmless(text: str) -> None:
    assert not ESCAPES.search(visible(text).replace("\r\n", "\n"))
    assert not ESCAPES.search(visible_line(text))
    assert "\n" not in visible_line(text)
    visible(text).encode()


def test_visible_says_what_it_was() -> None:
    assert visible("a\x1b[31m\x9b\u202e\x7f\tb\r\nc\rd") == "a␛[31m⟨U+009B⟩⟨U+202E⟩␡\tb\r\nc␍d"
    assert visible_line("a\nb\tc\udcff") == "a␊b␉c⟨0xFF⟩"


def test_tsv_cells_are_the_text() -> None:
    quotes = {
        'never "again"': 'never "again"',
        '"': '"',
        '"We will': '"We will',
        "a\tb\nc\\d": "a\\tb\\nc\\\\d",
        "=1+1": "'=1+1",
        '"=1+1"': '\'"=1+1"',
        '""\t=1+1': '\'""\\t=1+1',
    }
    article, (first, *_) = load("town")[0]
    text = render("tsv", [(article, [replace(first, quote=quote) for quote in quotes])])
    assert [line.split("\t")[2] for line in text.splitlines()[1:]] == list(quotes.values())
    raw = render("tsv", [(article, [replace(first, quote='"=1+1"')])], raw_cells=True)
    assert raw.splitlines()[1].split("\t")[2] == '"=1+1"'
