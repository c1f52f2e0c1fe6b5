"""Records in, comma-separated values out: RFC 4180, UTF-8, one header line, the columns `source` to `end`, then type and role."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import Any

from ..records import Article, Quotation
from .record import COLUMNS, as_row
from .registry import Settings
from .sink import Sink

# What makes spreadsheet programs run a cell (OWASP, "CSV injection"); the full-width forms are for Japanese editions.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(value: Any) -> Any:
    """A leading apostrophe before text that a spreadsheet would run.

    A single character runs nothing: the source `-` stays as it is.
    """
    if isinstance(value, str) and len(value) > 1 and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


class CsvWriter:
    """Rows as soon as their article is done."""

    def __init__(self, sink: Sink, settings: Settings) -> None:
        self._rows = csv.writer(sink.stream)
        self._raw = settings.raw_cells

    def begin(self) -> None:
        self._rows.writerow(COLUMNS)

    def write(self, article: Article, quotations: Sequence[Quotation]) -> None:
        for quotation in quotations:
            row = as_row(quotation)
            self._rows.writerow(row if self._raw else map(safe_cell, row))

    def end(self) -> None:
        """Nothing: the last row ended itself."""
