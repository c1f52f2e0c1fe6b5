"""Records in, comma- or tab-separated values out: UTF-8, one header line, a line a record."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from typing import Any

from .registry import Settings, Writer
from .sink import Sink

# What makes spreadsheet programs run a cell (OWASP, "CSV injection"); the full-width forms are for Japanese editions.
# Controls may be passed over, and what stands behind them be run.
_FORMULA = re.compile(r"[\t\r\n]|[\0-\x1f]*[-=+@＝＋－＠]")
_ROW_OF_STDIN = re.compile("-#[0-9]+")
BOM = "\ufeff"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def safe_cell(value: Any) -> Any:
    """A leading apostrophe before text that a spreadsheet would run.

    A single character runs nothing, and `-#1` is no formula: the sources of stdin and its rows stay as they are.
    """
    if isinstance(value, str) and len(value) > 1 and _FORMULA.match(value) and not _ROW_OF_STDIN.fullmatch(value):
        return f"'{value}"
    return value


class CsvWriter(Writer):
    """Rows as soon as their article is done, as RFC 4180 has them."""

    def __init__(self, sink: Sink, settings: Settings) -> None:
        super().__init__(sink, settings)
        self._rows = csv.writer(sink.stream)

    def begin(self) -> None:
        if self.settings.bom:
            self.sink.stream.write(BOM)
        self._rows.writerow(self.columns)

    def row(self, values: Sequence[Any]) -> None:
        self._rows.writerow(map(self.cell, values))

    def cell(self, value: Any) -> Any:
        """A value as it stands between the delimiters."""
        return value if self.settings.raw_cells else safe_cell(value)


class TsvWriter(CsvWriter):
    """A line each, whatever stands in the text, so that `cut` and `awk` can work.

    What would end a cell or line is escaped as Miller and PostgreSQL read it: tab, line ends and backslash as a
    backslash with t, n, r or another. Nothing else is: a quotation mark `"` is a character like any other.
    """

    def begin(self) -> None:
        if self.settings.bom:
            self.sink.stream.write(BOM)
        self.row(self.columns)

    def row(self, values: Sequence[Any]) -> None:
        self.sink.stream.write("\t".join(map(self.cell, values)) + "\n")

    def cell(self, value: Any) -> str:
        safe = super().cell(value)
        if isinstance(value, str) and value.startswith('"') and not self.settings.raw_cells:
            inside = value.lstrip('"')  # which spreadsheets take off, and run what is left
            safe = f"'{value}" if safe_cell(inside) != inside else value
        value = safe
        return value.translate(_ESCAPES) if isinstance(value, str) else "" if value is None else str(value)
