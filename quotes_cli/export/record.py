"""A `Quotation` and its `Article` in, values under the contract's names out: what JSON writes whole, tables in part.

And the way back, from files that anybody may have changed: `unfit` says which value no record can have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from quotes_cli.records import Article, Quotation

FIELDS = tuple(field.name for field in fields(Quotation))
ABOUT = ("title", "published")  # of the article: in JSON behind the fields where it has them, elsewhere by --columns
PICKS = (*FIELDS, *ABOUT)  # what --columns takes
COLUMNS = (*FIELDS[: FIELDS.index("end") + 1], "speaker_type", "role")
NUMBERS = frozenset(field.name for field in fields(Quotation) if "int" in str(field.type) or "float" in str(field.type))


def known_fields(article: Article) -> tuple[str, ...]:
    """All fields, and of `ABOUT` those that the article has."""
    return (*FIELDS, *(name for name in ABOUT if getattr(article, name) is not None))


def as_dict(article: Article, quotation: Quotation, fields: Sequence[str] = FIELDS) -> dict[str, Any]:
    """The fields in order. Not `dataclasses.asdict`, which copies deeply and takes ten times as long."""
    return {name: getattr(article if name in ABOUT else quotation, name) for name in fields}


def as_row(article: Article, quotation: Quotation, columns: Sequence[str] = COLUMNS) -> list[Any]:
    """The columns of a flat table, in order."""
    return list(as_dict(article, quotation, columns).values())


_KINDS: dict[str, tuple[type, ...]] = {"str": (str,), "int": (int,), "float": (int, float), "None": (type(None),)}
_HOLDS = {
    field.name: tuple(kind for name, kinds in _KINDS.items() if name in str(field.type) for kind in kinds)
    for field in (*fields(Article), *fields(Quotation))
}
_MOST = 2**63  # what a column of numbers ends at


def unfit(values: Mapping[str, Any]) -> str | None:
    """The first field whose value is none that it can have: of another type, negative, not finite. None: all fit."""
    for name, value in values.items():
        if type(value) not in _HOLDS[name] or (not isinstance(value, str | None) and not 0 <= value < _MOST):
            return name
    return None
