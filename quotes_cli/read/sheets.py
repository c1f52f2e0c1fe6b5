"""An Excel workbook in, an article a row out: of the first sheet that has a column with the text."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from datetime import datetime, time
from itertools import islice
from typing import TYPE_CHECKING, Any

from quotes_cli.errors import InputError
from quotes_cli.records import Article

from .raw import Members, Raw
from .tables import Columns, articles

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

_MOST_ROWS = 1_048_576  # that Excel has; a file may claim any number
_MOST_CELLS = 16_384  # in a row
_DECLARING = b"<!DOCTYPE"
_HEAD = 4096


def read(raw: Raw) -> Iterator[Article | InputError]:
    """The rows in order, below the first that has cells, which are the names of the columns. Raises `InputError`."""
    from openpyxl import load_workbook

    raw = raw.whole()
    _check(raw)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's, about styles and the like that nobody asks for here
        book = load_workbook(io.BytesIO(raw.data), read_only=True, data_only=True)
    columns: Columns | None = None
    first: InputError | None = None
    for sheet in book.worksheets:
        header, rows = _rows(sheet)
        try:
            columns = Columns.of(raw, header)
        except InputError as error:
            first = first or error
            continue
        yield from articles(raw, columns, rows)
        return
    raise first or InputError(f"{raw.name}: there is no sheet in this workbook; save it again")


def _check(raw: Raw) -> None:
    """Raise `InputError` where it unpacks to too much, or its XML declares what none of a workbook does."""
    members = Members(raw, "workbook")
    for name in members.names:
        if name.lower().endswith((".xml", ".rels")) and _DECLARING in members.read(name)[:_HEAD]:
            raise InputError(
                f"{raw.name}: the XML inside declares entities, as attacks do; save it with another program"
            )


def _rows(sheet: ReadOnlyWorksheet) -> tuple[list[str], Iterator[tuple[int, dict[str, object]]]]:
    """The names of the columns, and the rows below with their numbers from 1; empty rows count as in Excel."""
    sheet.reset_dimensions()  # which programs write wrongly
    values = islice(sheet.iter_rows(values_only=True), _MOST_ROWS)
    header: list[str] = []
    for row in values:
        header = [_name(cell) for cell in row[:_MOST_CELLS]]
        if any(header):
            break
    return header, _numbered(header, values)


def _numbered(header: list[str], values: Iterator[tuple[Any, ...]]) -> Iterator[tuple[int, dict[str, object]]]:
    for number, row in enumerate(values, 1):
        yield number, {name: _value(cell) for name, cell in zip(header, row, strict=False) if name}


def _value(cell: object) -> object:
    """A day, which is a time at midnight there, as a day."""
    return cell.date() if isinstance(cell, datetime) and cell.time() == time.min else cell


def _name(cell: object) -> str:
    return "" if cell is None else str(cell).strip()
