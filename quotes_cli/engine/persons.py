"""The parts of a folder in, the same with `person` filled out: the second pass of `--across`, where the run began.

Of each record only who speaks is read for it, and each part is written anew. What the filters leave out is left out
then, so that a name finds all that its bearer said.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from quotes_cli.across.census import Census
from quotes_cli.across.people import Directory, Known
from quotes_cli.commands.filters import Filters
from quotes_cli.export.parquet import schema_of
from quotes_cli.export.record import FIELDS
from quotes_cli.records import OUTLET, OUTLETS, Quotation

from .parts import GROUP, Part, where

_ASKED = ("source", "id", "speaker", "speaker_type", "role", "gender", "named")
Row = dict[str, Any]


class _Numbering:
    """Numbers of articles by their rows, which come in order: another source, or an id that does not grow."""

    def __init__(self) -> None:
        self._number, self._source, self._id = -1, "", 0

    def of(self, row: Row) -> int:
        """The article of the next row."""
        if row["source"] != self._source or row["id"] <= self._id or self._number < 0:
            self._number += 1
        self._source, self._id = row["source"], row["id"]
        return self._number


def fill_persons(
    address: str, parts: Sequence[Part], columns: Sequence[str], filters: Filters, known: Iterable[Known] = ()
) -> list[Part]:
    """Find out who is who over all parts, and leave in each these columns of the records that pass.

    The parts have all fields, `OUTLET` and these columns; what they are then is returned.
    """
    system, path = where(address)
    outlets = dict.fromkeys((OUTLET, *(name for name in columns if name.lower() in OUTLETS)))
    directory = Directory(_census(address, parts, tuple(outlets)), known)
    numbering, article = _Numbering(), -1
    persons: dict[str, str] = {}
    filled = []
    for part in parts:
        if part.name is None:
            filled.append(part)
            continue
        name = posixpath.join(path, part.name)
        table = pq.read_table(name, filesystem=system)
        meant: list[str | None] = []
        passing: list[bool] = []
        for row in _rows(table if filters != filters.none else table.select(_ASKED)):
            number = numbering.of(row)
            if number != article:
                article, persons = number, directory.of_article(number)
            meant.append(directory.person(row["speaker"], persons) if _is_named(row) else None)
            if filters != filters.none:
                one = Quotation(**{name: row[name] for name in FIELDS if name != "person"}, person=meant[-1])
                passing.append(bool(filters.select([one])))
        at = table.schema.get_field_index("person")
        table = table.set_column(at, "person", pa.array(meant, pa.string()))
        if passing:
            table = table.filter(pa.array(passing))
            part.end.quotations, part.end.unknown = table.num_rows, table["speaker"].null_count
        filled.append(replace(part, name=part.name if table.num_rows else None))
        table = table.select(list(columns)).cast(schema_of(columns))
        pq.write_table(table, name, filesystem=system, compression="zstd", row_group_size=GROUP)
    return filled


def _census(address: str, parts: Sequence[Part], outlets: Sequence[str]) -> Census:
    """Who is quoted in the articles of all parts; one may go on in the next part."""
    system, path = where(address)
    census, numbering = Census(), _Numbering()
    asked = [*_ASKED, *outlets]
    names = [posixpath.join(path, part.name) for part in parts if part.name is not None]
    rows = (row for name in names for row in _rows(pq.read_table(name, columns=asked, filesystem=system)))
    for _, group in groupby(rows, key=numbering.of):
        own = list(group)
        named = filter(_is_named, own)
        spoken = ((row["speaker"], row["speaker_type"], row["role"], row["gender"], 1) for row in named)
        census.count(spoken, next((own[0][name] for name in outlets if own[0][name]), None))
    return census


def _rows(table: pa.Table) -> Iterator[Row]:
    return (row for batch in table.to_batches(max_chunksize=GROUP) for row in batch.to_pylist())


def _is_named(row: Row) -> bool:
    return row["speaker"] is not None and row["named"] == "yes"
