"""Records in, a Parquet file out: all fields, typed, for pandas, DuckDB, Polars and R."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from quotes_cli.records import Article, Quotation

from .record import FIELDS, TYPES, as_dict, utf8
from .registry import Settings, Writer
from .sink import Sink

_GROUP = 20_000  # rows of one row group: a few MB
_ARROW = {str: pa.string(), int: pa.int64(), float: pa.float64()}


def schema_of(fields: Sequence[str]) -> pa.Schema:
    """The types of a record's fields, in order."""
    return pa.schema([pa.field(name, _ARROW[TYPES.get(name, str)]) for name in fields])


def rows_of(article: Article, quotations: Sequence[Quotation], fields: Sequence[str]) -> list[dict[str, Any]]:
    """A row for each of an article's quotations."""
    return [{name: utf8(value) for name, value in as_dict(article, found, fields).items()} for found in quotations]


class ParquetWriter(Writer):
    """Row groups as soon as they are full; the schema stands at the end of the file."""

    columns = FIELDS

    def __init__(self, sink: Sink, settings: Settings) -> None:
        super().__init__(sink, settings)
        self._schema = schema_of(self.columns)
        self._rows: list[dict[str, Any]] = []
        stream = pa.OSFile(os.fsencode(sink.file), "w")  # bytes: its path may hold some that are no characters
        sink.cleanup.callback(stream.close)
        self._stream = stream
        self._file = pq.ParquetWriter(stream, self._schema, compression="zstd")
        sink.cleanup.callback(self._file.close)

    def write(self, article: Article, quotations: Sequence[Quotation]) -> None:
        self._rows += rows_of(article, quotations, self.columns)
        if len(self._rows) >= _GROUP:
            self._flush()

    def end(self) -> None:
        if self._rows:
            self._flush()
        self._file.close()
        self._stream.close()

    def _flush(self) -> None:
        self._file.write_table(pa.Table.from_pylist(self._rows, self._schema))
        self._rows = []
