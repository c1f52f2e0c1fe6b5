"""Parquet in, an article a row out; only the columns that are needed leave the disk's packing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from quotes_cli.errors import InputError, reason
from quotes_cli.records import Article

from .lines import BROKEN
from .own import OWN, PassedOverError, has_own_columns
from .raw import CHUNK, Raw, too_large
from .tables import AUTHOR, PUBLISHED, TEXT, TITLE, Columns, articles, undecoded

_STRINGS, _BYTES = ("string", "string_view"), ("binary", "binary_view", "fixed_size_binary")


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
    wanted |= {*raw.options.texts, *raw.options.carried}
    named = {raw.options.text_column, raw.options.id_column, *raw.options.keep}
    needed = [column for column in columns if column in named or column.lower() in wanted]
    own = Columns.of(raw, columns)
    if not _holds_text(kind := table.schema_arrow.field(own.text).type):
        raise InputError(f"{raw.name}: {own.text} is no text but {str(kind)[:40]}; name another --text-column")
    yield from articles(raw, own, _rows(raw, table, needed))


def _holds_text(kind: Any) -> bool:
    """May the cells of such a column be text, packed or as bytes? One of nothing has none, and is no mistake."""
    kind = getattr(kind, "value_type", kind) if str(kind).startswith("dictionary") else kind
    return str(kind).removeprefix("large_").split("[")[0] in (*_STRINGS, *_BYTES, "null")


def _cells(column: Any) -> list[Any]:
    """The values of a column; bytes as the text that they are, those that are none as `\\udc80` to `\\udcff`."""
    if str(column.type).startswith("dictionary"):
        column = column.dictionary_decode()
    kind = str(column.type).removeprefix("large_").split("[")[0]
    if kind in _STRINGS:
        try:
            return list(column.to_pylist())
        except UnicodeDecodeError:
            column = column.cast("large_binary")
    elif kind not in _BYTES:
        return list(column.to_pylist())
    return [value and value.decode("utf-8", "surrogateescape") for value in column.to_pylist()]


def _rows(raw: Raw, table: object, columns: list[str]) -> Iterator[tuple[int, dict[str, object] | InputError]]:
    """Rows with their numbers from 1. What a dictionary packs small counts as often as it comes."""
    number = 0
    size = 0
    for batch in table.iter_batches(batch_size=64, columns=columns):  # type: ignore[attr-defined]  # ParquetFile
        size += batch.nbytes
        if size > raw.options.max_size:
            raise too_large(raw.name, raw.options.max_size, "unpacks to more")
        cells = [_cells(column) for column in batch.columns]
        for values in zip(*cells, strict=True):
            number += 1
            if any(isinstance(value, str) and BROKEN.search(value) for value in values):
                yield number, undecoded(raw, f"row {number}")
            else:
                yield number, dict(zip(batch.schema.names, values, strict=True))
