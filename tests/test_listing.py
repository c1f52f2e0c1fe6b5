"""What `people`, `same`, `verify`, `speakers` and `articles` list, as a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from command import WALL, folder_of, output, rows

COMMANDS = {
    "people": ("people", "."),
    "statements": ("same", "."),
    "verified": ("verify", "a.txt", "--against", "b.txt"),
    "speakers": ("speakers", "."),
    "articles": ("articles", "."),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two articles that quote one sentence, of a body whose name looks like a formula."""
    monkeypatch.chdir(tmp_path)
    text = f"“{WALL},” said Ana Ortiz, mayor of Westmouth. “=1+1 is two,” she said.\n"
    return folder_of(tmp_path, {"a.txt": text, "b.txt": text.replace("Ana Ortiz", "Ana R. Ortiz")})


def sheet(name: str) -> Any:
    return pytest.importorskip("openpyxl").load_workbook(name).active


def _shown(cell: object) -> str:
    """As CSV has it, but for a fraction that is whole, which is 1.0 there."""
    return "" if cell is None else str(cell)


@pytest.mark.parametrize("called", COMMANDS)
def test_a_list_as_a_workbook_has_what_it_has_as_csv(folder: Path, called: str) -> None:
    output(*COMMANDS[called], "-o", "list.xlsx")
    page = sheet("list.xlsx")
    assert page.title == called
    assert (page.freeze_panes, page.auto_filter.ref) == ("A2", page.dimensions)
    table = rows(output(*COMMANDS[called], "-f", "csv", "--raw-cells"))
    header, *cells = page.values
    assert list(header) == list(table[0])
    assert [list(map(_shown, row)) for row in cells] == [
        [cell.removesuffix(".0") for cell in row.values()] for row in table
    ]


def test_numbers_are_numbers_and_nothing_runs(folder: Path) -> None:
    output("same", ".", "-o", "same.xlsx")
    assert any(cell.value == "=1+1 is two," for row in sheet("same.xlsx") for cell in row)
    assert not any(cell.data_type == "f" for row in sheet("same.xlsx") for cell in row)
    assert isinstance(sheet("same.xlsx")["B2"].value, int)


def test_a_workbook_is_no_stream(folder: Path) -> None:
    for target in ((), ("-o", "-")):
        said = output("people", ".", "-f", "xlsx", *target, code=2)
        assert said == "quotes: --format xlsx writes a file; name it with --output\n"


def test_a_list_that_cannot_be_written_is_told_and_nothing_is_left(folder: Path) -> None:
    said = output("people", ".", "-o", "gone/people.xlsx", code=1)
    assert said.startswith("quotes: gone/people.xlsx: cannot be written (")
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "b.txt"]
