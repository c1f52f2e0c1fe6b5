"""CSV and workbooks through a real spreadsheet program and back: LibreOffice, where it is installed."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from test_export import load, render

from quotes_cli.export.record import COLUMNS
from quotes_cli.records import Article, Quotation

CELLS = [
    "Two lines\n\n“and a paragraph”,",
    "She called it \"done\", and 'over',",
    "a;b\tc,d|e",
    "=1+1",
    '=HYPERLINK("http://example.org","click")',
    "+49 30 1234",
    "-5",
    "@SUM(A1)",
    "＝1+1",
    "007",
    "0049123456789012345678",
    "1e5",
    "1/2",
    "2026-03-01",
    "TRUE",
    "#N/A",
    "12,5 %",
    " spaced ",
    "’tis 😀 été 漢字 \u200d",
    "x" * 5000,
]
# Separator, mark, UTF-8, from line 1: how its filter for text is told (its documentation, "Filter Options for CSV").
FILTER = "44,34,76,1"
AS_TEXT = f"CSV:{FILTER},{'/'.join(f'{number}/2' for number in range(1, len(COLUMNS) + 1))}"
AS_IT_GUESSES = f"CSV:{FILTER},,0,false,true"
TO_CSV = f"csv:Text - txt - csv (StarCalc):{FILTER},,0,false,false,false"


class Office:
    """LibreOffice with a profile of its own."""

    def __init__(self, program: str, profile: Path) -> None:
        self._command = [program, "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"]

    def convert(self, paths: list[Path], to: str, read_as: str | None = None) -> list[Path]:
        """The files in another format, in a folder beside them. One call: starting takes the time."""
        suffix = to.partition(":")[0]
        folder = paths[0].parent / f"{paths[0].suffix[1:]}-to-{suffix}"
        options = ["--convert-to", to, "--outdir", str(folder), *([f"--infilter={read_as}"] if read_as else [])]
        subprocess.run([*self._command, *options, *map(str, paths)], check=True, capture_output=True, timeout=180)
        return [folder / f"{path.stem}.{suffix}" for path in paths]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    return Office(program, tmp_path_factory.mktemp("profile"))


def articles() -> list[tuple[Article, list[Quotation]]]:
    """A quotation for each of the cells, which also stands as name and role."""
    article, (first, *_) = load("town")[0]
    made = [replace(first, id=number, quote=cell, speaker=cell, role=cell) for number, cell in enumerate(CELLS, 1)]
    return [(article, made)]


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.fixture
def written(tmp_path: Path) -> list[Path]:
    """The CSV, with its cells made safe and as they are."""
    made = []
    for name, raw in (("safe", False), ("raw", True)):
        made.append(tmp_path / f"{name}.csv")
        made[-1].write_bytes(render("csv", articles(), raw_cells=raw).encode())
    return made


@pytest.mark.parametrize("between", ["ods", "xlsx"])
def test_csv_through_a_spreadsheet(between: str, office: Office, written: list[Path]) -> None:
    for path, back in zip(written, office.convert(office.convert(written, between, AS_TEXT), TO_CSV), strict=True):
        was = path.read_bytes().decode()
        if between == "ods":
            was = was.replace("\t", "")  # LibreOffice 7.4 loses tabs in its own format
        assert rows(back.read_bytes().decode()) == rows(was)


def test_our_workbook_as_csv(office: Office, tmp_path: Path) -> None:
    render("xlsx", articles(), target=str(tmp_path / "quotes.xlsx"))
    (back,) = office.convert([tmp_path / "quotes.xlsx"], TO_CSV)
    assert rows(back.read_bytes().decode()) == rows(render("csv", articles(), raw_cells=True))


def test_nothing_of_our_csv_runs_whatever_it_guesses(office: Office, written: list[Path]) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    books = [openpyxl.load_workbook(path) for path in office.convert(written, "xlsx", AS_IT_GUESSES)]
    formulas = [sum(cell.data_type == "f" for row in book.active for cell in row) for book in books]
    assert formulas[0] == 0
    assert formulas[1] > 0  # so the test can fail
