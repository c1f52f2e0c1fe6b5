"""Parquet that `quotes extract` wrote in, the quotations in it out: what can be compared without the articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from quotes_cli.errors import InputError, UsageError, reason
from quotes_cli.export.record import FIELDS
from quotes_cli.records import Quotation

from .filters import Filters

# quote, speaker, person, source, id, line, published
Quoted = tuple[str, str | None, str | None, str, int, int, str | None]

_NEEDED = ("source", "id", "quote", "speaker", "line")
_USED = (*_NEEDED, "person", "published", "kind", "confidence")
_SUFFIX = ".parquet"


def written_among(names: Sequence[str]) -> list[Path] | None:
    """The files of records, where these are the inputs: Parquet files, and folders that hold nothing else.

    None for articles. Raises `UsageError` for both together.
    """
    found: list[Path] = []
    others = []
    for name in names:
        paths = _parts(Path(name))
        if paths and all(map(_has_records, paths)):
            found += paths
        else:
            others.append(name)
    if found and others:
        raise UsageError(f"{found[0].parent}: holds records, and {others[0]} does not; compare them one by one")
    return found or None


def _parts(path: Path) -> list[Path]:
    try:
        if not path.is_dir():
            return [path] if path.suffix == _SUFFIX and path.is_file() else []
        inside = [one for one in sorted(path.iterdir()) if one.name[0] not in "._"]
        return inside if all(one.suffix == _SUFFIX for one in inside) else []
    except (OSError, ValueError):
        return []  # to be reported as an input


def _has_records(path: Path) -> bool:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        return False
    try:
        return {"source", "quote"} <= set(pq.read_schema(path).names)
    except (OSError, pa.ArrowException):
        return False


def quoted_in(name: str, path: Any, filters: Filters, system: Any = None) -> Iterator[tuple[int, Quoted]]:
    """The quotations of a file that pass the filters, and their rows, from 0. Raises `InputError` for what is no such
    file; it is called so as it is known to the user, and lies at a path of a file system of pyarrow's."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path, filesystem=system) as file:
            there = [column for column in _USED if column in file.schema_arrow.names]
            if missing := [column for column in _NEEDED if column not in there]:
                raise InputError(f"{name}: has no column {missing[0]!r}; write the records with it: --columns")
            number = -1
            for batch in file.iter_batches(columns=there):
                for row in batch.to_pylist():
                    number += 1
                    if filters.select([_quotation(row)]):
                        yield number, _quoted(row)
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{name}: broken Parquet ({reason(error)}); write it again") from error


def _quoted(row: dict[str, Any]) -> Quoted:
    person, published = row.get("person"), row.get("published")
    return row["quote"], row["speaker"], person, row["source"], row["id"], row["line"], published


def _quotation(row: dict[str, Any]) -> Quotation:
    """The record, as far as it is there."""
    known: dict[str, Any] = {column: row.get(column) for column in FIELDS}
    return Quotation(**known)
