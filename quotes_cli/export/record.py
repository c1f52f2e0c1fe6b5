"""A `Quotation` in, its values under the contract's names out: what JSON writes whole and tables in part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from ..records import Quotation

FIELDS = tuple(field.name for field in fields(Quotation))
COLUMNS = (*FIELDS[: FIELDS.index("end") + 1], "speaker_type", "role")
NUMBERS = frozenset(field.name for field in fields(Quotation) if "int" in str(field.type) or "float" in str(field.type))


def as_dict(quotation: Quotation, fields: Sequence[str] = FIELDS) -> dict[str, Any]:
    """The fields in order. Not `dataclasses.asdict`, which copies deeply and takes ten times as long."""
    return {name: getattr(quotation, name) for name in fields}


def as_row(quotation: Quotation, columns: Sequence[str] = COLUMNS) -> list[Any]:
    """The columns of a flat table, in order."""
    return [getattr(quotation, name) for name in columns]
