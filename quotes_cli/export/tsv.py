"""Records in, tab-separated values out: a line each, whatever stands in the text, so that `cut` and `awk` can work.

What would end a cell or line is escaped as Miller and PostgreSQL read it: tab, line ends and backslash as a backslash
with t, n, r or another. A cell with a quotation mark `"` stands in such marks, as spreadsheets expect.
"""

from __future__ import annotations

import csv
from typing import Any

from .csv import CsvWriter
from .registry import Settings
from .sink import Sink

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class TsvWriter(CsvWriter):
    """Rows as soon as their article is done."""

    def __init__(self, sink: Sink, settings: Settings) -> None:
        super().__init__(sink, settings)
        self._rows = csv.writer(sink.stream, delimiter="\t", lineterminator="\n")

    def cell(self, value: Any) -> Any:
        """A value without what would end its cell or line."""
        value = super().cell(value)
        return value.translate(_ESCAPES) if isinstance(value, str) else value
