"""Records in, comma-separated values out: RFC 4180, UTF-8, one header line, a line a record."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from typing import Any

from quotes_cli.records import Article, Quotation

from .record import COLUMNS, as_row
from .registry import Settings
from .sink import Sink

# What makes spreadsheet programs run a cell (OWASP, "CSV injection"); the full-width forms are for Japanese editions.
# Controls may be passed over, and what stands behind them be run.
_FORMULA = re.compile(r"[\t\r\n]|[\0-\x1f]*[-=+@＝＋－＠]")
_ROW_OF_STDIN = re.compile("-#[0-9]+")
BOM = "\ufeff"


def safe_cell(value: Any) -> Any:
    """A leading apostrophe before text that a spreadsheet would run.

    A single character runs nothing, and `-#1` is no formula: the sources of stdin and its rows stay as they are.
    """
    if isinstance(value, str) and len(value) > 1 and _FORMULA.match(value) and not _ROW_OF_STDIN.fullmatch(value):
        return f"'{value}"
    return value


class CsvWriter:
    """Rows as soon as their article is done."""

    def __init__(self, sink: Sink, settings: Settings) -> None:
        self._stream = sink.stream
        self._rows = csv.writer(sink.stream)
        self._settings = settings
        self._columns = settings.columns or COLUMNS

    def begin(self) -> None:
        if self._settings.bom:
            self._stream.write(BOM)
        self._rows.writerow(self._columns)

    def cell(self, value: Any) -> Any:
        """A value as it stands between the commas."""
        return value if self._settings.raw_cells else safe_cell(value)

    def write(self, article: Article, quotations: Sequence[Quotation]) -> None:
        for quotation in quotations:
            self._rows.writerow(map(self.cell, as_row(article, quotation, self._columns)))

    def end(self) -> None:
        """Nothing: the last row ended itself."""
