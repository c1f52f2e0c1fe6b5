"""Excel workbooks in, an article a row out; all made here, on the fly."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from command import output, rows
from test_reading_files import packed
from test_reading_tables import HOME, SAID, bad, good, read

from quotes_cli.records import Article

openpyxl = pytest.importorskip("openpyxl")


def workbook(*sheets: Sequence[Sequence[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, cells in enumerate(sheets):
        sheet = book.create_sheet(f"s{number}")
        for row in cells:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def changed(data: bytes, member: str, old: str, new: str) -> bytes:
    """The workbook with other XML in one of its files."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in files[member]
    return packed({**files, member: files[member].replace(old.encode(), new.encode())})


CELLS = [
    ["Url", " Text ", "Headline", "Date", "Views"],
    [7, SAID, "A", datetime.date(2025, 3, 4), 1.5],
    [8, None, "B"],
    [9, HOME],
]


@pytest.mark.parametrize("name", ["a.xlsx", "a.XLSM", "-", "corpus"])
def test_rows(name: str) -> None:
    data = workbook(CELLS)
    found = read(data, name)
    assert good(found) == [(f"{name}#1", SAID), (f"{name}#3", HOME)]
    first = found[0]
    assert isinstance(first, Article)
    assert (first.title, first.published) == ("A", "2025-03-04")
    assert good(read(data, name, id_column="Url", keep=("Views",)))[0] == (f"{name}#7", SAID)


def test_the_first_sheet_with_a_text_is_read() -> None:
    data = workbook([["About"], ["this book"]], [], [[], ["body"], [SAID]], [["text"], [HOME]])
    assert good(read(data, "a.xlsx")) == [("a.xlsx#1", SAID)]
    assert bad(read(data, "a.xlsx", text_column="z")) == [
        "a.xlsx: it has no column 'z'; name another --text-column (there are: About)"
    ]
    assert good(read(data, "a.xlsx", text_column="About")) == [("a.xlsx#1", "this book")]


def test_cells_that_are_no_text() -> None:
    data = workbook([["text"], [5], ["=1+1"], [True], ["<p>“We will,” she said.</p>"]])
    found = read(data, "a.xlsx")
    assert good(found) == [("a.xlsx#4", "“We will,” she said.")]
    assert bad(found)[0] == "a.xlsx: row 1: text is no text; name another --text-column"
    assert len(found) == 3  # a formula whose value nobody has computed has none


def test_a_sheet_that_claims_to_be_of_any_size() -> None:
    data = changed(workbook(CELLS), "xl/worksheets/sheet1.xml", 'ref="A1:E4"', 'ref="A1:XFD99999999"')
    assert len(good(read(data, "a.xlsx"))) == 2
    far = changed(workbook([["text"], [SAID]]), "xl/worksheets/sheet1.xml", 'r="2"', 'r="999999999"')
    assert good(read(far, "a.xlsx")) == []


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (workbook([]), "no column is called text, body, content"),
        (workbook(CELLS)[:-30], "broken workbook"),
        (packed({"xl/workbook.xml": "<x/>"}), "broken xlsx"),
        (
            changed(workbook(CELLS), "xl/workbook.xml", "<workbook", '<!DOCTYPE x [<!ENTITY a "b">]><workbook'),
            "the XML inside declares entities, as attacks do; save it with another program",
        ),
        (
            changed(workbook(CELLS), "xl/worksheets/sheet1.xml", "<sheetData>", "<sheetData>" + " " * 9_000_000),
            "unpacks to more than 200 times its size",
        ),
    ],
)
def test_broken_and_hostile(data: bytes, says: str) -> None:
    [said] = bad(read(data, "a.xlsx"))
    assert said.startswith("a.xlsx: ")
    assert says in said
    assert "\n" not in said


def test_what_we_wrote_is_no_corpus_but_can_be_verified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(SAID, "utf-8")
    output("extract", "a.txt", "-o", "q.xlsx")
    assert "quotes wrote this" in output("extract", "q.xlsx", code=1)
    for row in rows(output("verify", "q.xlsx", "--against", "a.txt", "-f", "csv")):
        assert (row["source"], row["verdict"]) == ("a.txt", "exact")
    Path("corpus.xlsx").write_bytes(workbook(CELLS))
    assert {row["source"] for row in rows(output("extract", "corpus.xlsx", "-f", "csv"))} == {
        "corpus.xlsx#1",
        "corpus.xlsx#3",
    }
