"""Records in, files of bytes out, read back by other programs: workbooks, Parquet, databases."""

from __future__ import annotations

import io
import os
import re
import sqlite3
import sys
import tempfile
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_export import FORMULAS, load, render

from quotes_cli.errors import OutputError, UsageError
from quotes_cli.export import registry
from quotes_cli.export.output import open_output
from quotes_cli.export.record import COLUMNS, FIELDS
from quotes_cli.export.registry import BY_NAME, Settings
from quotes_cli.records import Article, Quotation
from quotes_cli.visible import visible

BYTES = ["xlsx", "parquet", "sqlite"]
Loaded = list[tuple[Article, list[Quotation]]]


def in_utf8(name: str) -> list[dict[str, Any]]:
    """The records of a golden pair, in UTF-8."""
    found = [asdict(quotation) for _, quotations in load(name) for quotation in quotations]
    return [{key: utf8(value) for key, value in record.items()} for record in found]


def utf8(value: Any) -> Any:
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


def ask(path: Path, question: str, *values: Any) -> list[Any]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(question, values).fetchall()
    finally:
        connection.close()


@pytest.mark.parametrize("format", BYTES)
def test_a_file_is_needed(format: str) -> None:
    with pytest.raises(UsageError, match=f"--format {format} writes a file; name it with --output"):
        render(format, load("town"))


@pytest.mark.parametrize("format", BYTES)
def test_the_same_bytes_each_time_and_nothing_left_beside(format: str, tmp_path: Path) -> None:
    for name in ("a", "b"):
        render(format, load("hostile"), target=str(tmp_path / name))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    render(format, load("hostile"), target=str(tmp_path / "a"))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert sorted(os.listdir(tmp_path)) == ["a", "b"]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("format", BYTES)
def test_whole_or_as_it_was(format: str, tmp_path: Path) -> None:
    target = tmp_path / "out"
    render(format, load("town")[:1], target=str(target))
    before = target.read_bytes()

    def burn(place: Path) -> None:
        with open_output(BY_NAME[format], str(place), Settings(), io.StringIO()) as output:
            for article, quotations in load("hostile"):
                output.write(article, quotations)
            raise RuntimeError("the machine burns")

    for place in (target, tmp_path / "new"):
        with pytest.raises(RuntimeError):
            burn(place)
    assert target.read_bytes() == before
    assert os.listdir(tmp_path) == ["out"]


@pytest.mark.parametrize("format", ["xlsx", "parquet", "sqlite"])
def test_a_missing_extra_gets_the_line_that_installs_it(format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("openpyxl", "pyarrow", "sqlite_utils"):
        monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.delitem(sys.modules, f"quotes_cli.export.{format}", raising=False)
    with pytest.raises(UsageError, match=r'run: pip install "?(openpyxl|pyarrow|sqlite-utils)'):
        BY_NAME[format].load()


# Workbooks


def sheet(path: Path) -> Any:
    return pytest.importorskip("openpyxl").load_workbook(path).active


@pytest.mark.parametrize("name", ["town", "hostile"])
def test_xlsx_reads_back(name: str, tmp_path: Path) -> None:
    render("xlsx", load(name), target=str(tmp_path / "out.xlsx"))
    rows = list(sheet(tmp_path / "out.xlsx").values)
    assert rows[0] == COLUMNS

    def shown(value: Any) -> Any:
        return visible(value.replace("\r\n", "\n")) if isinstance(value, str) else value

    found = [asdict(quotation) for _, quotations in load(name) for quotation in quotations]
    assert rows[1:] == [tuple(shown(record[column]) for column in COLUMNS) for record in found]


@pytest.mark.parametrize("year", [1970, 2200])
def test_xlsx_whatever_the_clock_says(year: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """ZIP knows no time before 1980 or after 2107."""
    render("xlsx", load("town"), target=str(tmp_path / "now.xlsx"))
    monkeypatch.setattr("time.time", lambda: (year - 1970) * 31_556_952.0)
    render("xlsx", load("town"), target=str(tmp_path / "then.xlsx"))
    assert (tmp_path / "then.xlsx").read_bytes() == (tmp_path / "now.xlsx").read_bytes()
    with ZipFile(tmp_path / "then.xlsx") as archive:
        assert {member.date_time[0] for member in archive.infolist()} == {1980}


def test_xlsx_is_comfortable(tmp_path: Path) -> None:
    render("xlsx", load("town"), target=str(tmp_path / "out.xlsx"))
    page = sheet(tmp_path / "out.xlsx")
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == f"A1:{page.cell(1, len(COLUMNS)).column_letter}8"
    assert page.column_dimensions["C"].width > 2 * page.column_dimensions["D"].width
    assert page["A1"].font.bold
    assert page["A1"].font.name == page["A2"].font.name
    assert page["C2"].alignment.wrap_text
    assert page["B2"].data_type == page["I2"].data_type == "n"
    assert (page["I2"].value, page["C2"].data_type) == (0.97, "s")


@pytest.mark.parametrize("start", FORMULAS)
def test_xlsx_runs_no_formula(start: str, tmp_path: Path) -> None:
    article, (first, *_) = load("town")[0]
    hostile = replace(first, quote=f"{start}1+1", speaker="#REF!", cue="=1", mention="TRUE", role="2026-01-01")
    for raw in (False, True):
        render("xlsx", [(article, [hostile])], target=str(tmp_path / "out.xlsx"), raw_cells=raw)
        page = sheet(tmp_path / "out.xlsx")
        assert {page[f"{column}2"].data_type for column in "CDEFN"} == {"s"}
        assert page["C2"].value == visible(f"{start}1+1")
        assert page["E2"].quotePrefix is not raw
    with ZipFile(tmp_path / "out.xlsx") as workbook:
        assert b"<f>" not in workbook.read("xl/worksheets/sheet1.xml")


def test_xlsx_cells_have_an_end(tmp_path: Path) -> None:
    article, (first, *_) = load("town")[0]
    long = replace(first, quote="😀" * 20_000, speaker="a\ufffe\udcffb")
    render("xlsx", [(article, [long])], target=str(tmp_path / "out.xlsx"))
    page = sheet(tmp_path / "out.xlsx")
    assert len(page["C2"].value.encode("utf-16-le")) <= 2 * 32_767
    assert page["C2"].value.endswith("😀…")
    assert page["D2"].value == "a\ufffd⟨0xFF⟩b"


def test_xlsx_rows_have_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes_cli.export.xlsx._MOST_ROWS", 3)
    with pytest.raises(OutputError, match=r"out\.xlsx: more rows than a sheet of Excel holds; write csv"):
        render("xlsx", load("town"), target=str(tmp_path / "out.xlsx"))
    assert os.listdir(tmp_path) == []


# Parquet


@pytest.mark.parametrize("name", ["town", "hostile"])
def test_parquet_reads_back(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    for group in (20_000, 2):
        monkeypatch.setattr("quotes_cli.export.parquet._GROUP", group)
        render("parquet", load(name), target=str(tmp_path / "out.parquet"))
        table = parquet.read_table(tmp_path / "out.parquet")
        assert table.to_pylist() == in_utf8(name)
    types = {field.name: str(field.type) for field in table.schema}
    assert tuple(types) == FIELDS
    assert (types["quote"], types["id"], types["confidence"], types["cue_end"]) == (
        "string",
        "int64",
        "double",
        "int64",
    )


@pytest.mark.parametrize("format", ["xlsx", "parquet"])
def test_columns_and_nothing_found(format: str, tmp_path: Path) -> None:
    picked = ("speaker", "line", "published")
    published = ["2026-03-01", "2026-03-02T09:00:00+01:00", None]
    for articles in (load("dated"), []):
        target = tmp_path / f"out.{format}"
        render(format, articles, target=str(target), columns=picked)
        if format == "xlsx":
            assert next(sheet(target).values) == picked
            assert [row[2] for row in sheet(target).values][1:] == published[: len(articles)]
        else:
            table = pytest.importorskip("pyarrow.parquet").read_table(target)
            assert tuple(table.column_names) == picked
            assert table["published"].to_pylist() == published[: len(articles)]


texts = st.text(st.characters())


@given(texts, texts, texts)
@settings(max_examples=30, deadline=None)
def test_whatever_stands_in_the_text(source: str, quote: str, speaker: str) -> None:
    article, (first, *_) = load("town")[0]
    hostile = replace(first, source=source, quote=quote, speaker=speaker, role=quote)
    articles = [(replace(article, source=source, title=quote, text=speaker), [hostile])]
    with tempfile.TemporaryDirectory() as folder:
        for format in BYTES:
            render(format, articles, target=str(Path(folder, f"out.{format}")))
        page = sheet(Path(folder, "out.xlsx"))
        assert page.max_row == 2
        assert "f" not in {cell.data_type for cell in page[2]}
        assert pytest.importorskip("pyarrow.parquet").read_table(Path(folder, "out.parquet")).num_rows == 1
        assert ask(Path(folder, "out.sqlite"), "SELECT quote, speaker FROM records") == [(utf8(quote), utf8(speaker))]
    for format, lines in (("markdown", 3), ("tsv", 2), ("jsonl", 1)):
        assert render(format, articles).count("\n") == lines


def test_all_is_every_extra_but_those_for_work_on_the_program() -> None:
    project = (Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8")
    extras = project.partition("[project.optional-dependencies]\n")[2].partition("\n[")[0]
    named = set(re.findall(r"^(\w+) = \[", extras, re.MULTILINE))
    everything = re.search(r'^all = \[[^\n]*\s*"quotes-cli\[([\w,]+)\]",?\s*\]', extras, re.MULTILINE)
    assert everything is not None
    apart = {"all", "dev", "ray", "test", "train", "bench", "mutants", "cluster"}
    assert set(everything[1].split(",")) == named - apart


def test_registry_knows_who_needs_what() -> None:
    assert {item.name for item in registry.FORMATS if not item.text} == set(BYTES)
    assert all(item.needs for item in registry.FORMATS if not item.text)
