"""The parts of a folder in, the same with `person` filled out: the second pass of `--across`, where the run began.

Of each record only who speaks is read for it, and each part is written anew.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from quotes_cli.across.census import Census
from quotes_cli.across.people import Directory, Known
from quotes_cli.export.parquet import schema_of

from .parts import GROUP, Part, where

_ASKED = ["source", "speaker", "speaker_type", "role", "gender", "named"]


def fill_persons(address: str, parts: Sequence[Part], columns: Sequence[str], known: Iterable[Known] = ()) -> None:
    """Find out who is who over all parts, and leave these columns in each; the parts have those of `_ASKED`."""
    system, path = where(address)
    names = [posixpath.join(path, part.name) for part in parts if part.name is not None]
    census = Census()
    for name in names:
        for _, rows in _articles(pq.read_table(name, columns=_ASKED, filesystem=system)):
            census.count(
                (row["speaker"], row["speaker_type"], row["role"], row["gender"], 1) for row in rows if _is_named(row)
            )
    directory = Directory(census, known)
    article = 0
    for name in names:
        table = pq.read_table(name, filesystem=system)
        persons: list[str | None] = []
        for _, rows in _articles(table.select(_ASKED)):
            found = directory.of_article(article)
            persons += (directory.person(row["speaker"], found) if _is_named(row) else None for row in rows)
            article += 1
        at = table.schema.get_field_index("person")
        table = table.set_column(at, "person", pa.array(persons, pa.string())).select(list(columns))
        table = table.cast(schema_of(columns))
        pq.write_table(table, name, filesystem=system, compression="zstd", row_group_size=GROUP)


def _articles(table: pa.Table) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The rows of each article, which stand together."""
    rows = (row for batch in table.to_batches(max_chunksize=GROUP) for row in batch.to_pylist())
    for source, group in groupby(rows, key=lambda row: str(row["source"])):
        yield source, list(group)


def _is_named(row: dict[str, Any]) -> bool:
    return row["speaker"] is not None and row["named"] == "yes"
