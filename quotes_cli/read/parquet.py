"""Parquet in, an article a row out; only the columns that are needed leave the disk's packing."""

from __future__ import annotations

from collections.abc import Iterator

from quotes_cli.errors import InputError, reason
from quotes_cli.records import Article

from .own import OWN, PassedOverError, has_own_columns
from .raw import CHUNK, Raw, too_large
from .tables import AUTHOR, PUBLISHED, TEXT, TITLE, Columns, articles


def read(raw: Raw) -> Iterator[Article | InputError]:
    """The rows in order, read in batches."""
    import pyarrow as pa
    from pyarrow import parquet

    try:
        source = raw.file or pa.BufferReader(raw.whole().data)
        table = parquet.ParquetFile(source, buffer_size=CHUNK, pre_buffer=False)  # else all of a row group is read
        columns = list(table.schema_arrow.names)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise InputError(f"{raw.name}: broken Parquet ({reason(error)}); write or fetch it again") from error
    if not raw.options.any_table and has_own_columns(map(str.encode, columns)):
        raise PassedOverError(raw.name, OWN)
    wanted = {name.lower() for name in (*TEXT, *TITLE, *PUBLISHED, *AUTHOR)}
    named = {raw.options.text_column, raw.options.id_column, *raw.options.keep}
    needed = [column for column in columns if column in named or column.lower() in wanted]
    yield from articles(raw, Columns.of(raw, columns), _rows(raw, table, needed))


def _rows(raw: Raw, table: object, columns: list[str]) -> Iterator[tuple[int, dict[str, object]]]:
    """Rows with their numbers from 1. What a dictionary packs small counts as often as it comes."""
    number = 0
    size = 0
    for batch in table.iter_batches(batch_size=64, columns=columns):  # type: ignore[attr-defined]  # ParquetFile
        size += batch.nbytes
        if size > raw.options.max_size:
            raise too_large(raw.name, raw.options.max_size, "unpacks to more")
        for row in batch.to_pylist():
            number += 1
            yield number, row
