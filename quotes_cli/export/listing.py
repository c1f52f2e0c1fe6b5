"""Rows that are no records in, CSV, JSON or a workbook out: what `speakers`, `people`, `same` and others list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .csv import CsvWriter
from .jsonl import json_line
from .registry import Settings
from .sink import Sink


def write_csv(
    columns: Sequence[str], rows: Iterable[Mapping[str, Any]], sink: Sink, raw_cells: bool, bom: bool
) -> None:
    """A header and a line a row."""
    writer = CsvWriter(sink, Settings(raw_cells, columns=tuple(columns), bom=bom))
    writer.begin()
    for row in rows:
        writer.row([row[column] for column in columns])


def write_xlsx(
    called: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]], sink: Sink, raw_cells: bool
) -> None:
    """A workbook with one sheet, which is `called` so."""
    from .xlsx import XlsxWriter  # openpyxl, which CSV and JSON need not wait for

    writer = XlsxWriter(sink, Settings(raw_cells, columns=tuple(columns)), called)
    writer.begin()
    for row in rows:
        writer.row([row[column] for column in columns])
    writer.end()


def write_json(rows: Iterable[Mapping[str, Any]], sink: Sink) -> None:
    """One array of objects."""
    before = "[\n"
    for row in rows:
        sink.stream.write(f"{before}{json_line(dict(row))}")
        before = ",\n"
    sink.stream.write("[]\n" if before == "[\n" else "\n]\n")
