"""A `Quotation` and its `Article` in, values under the contract's names out: what JSON writes whole, tables in part.

And the way back, from files that anybody may have changed: `unfit` says which value no record can have.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields
from functools import lru_cache
from typing import Any

from quotes_cli.records import Article, Quotation

from .context import context_of

_COLUMNS = fields(Quotation)
FIELDS = tuple(field.name for field in _COLUMNS)
ABOUT = ("title", "published")  # of the article: in JSON behind the fields where it has them, elsewhere by --columns
CONTEXT = "context"  # the paragraph around the quotation: by --columns only
PICKS = (*FIELDS, *ABOUT, CONTEXT)  # what --columns takes
COLUMNS = tuple(field.name for field in _COLUMNS if field.metadata["in_tables"])
ADDED = {field.name: field.default for field in _COLUMNS if field.default is not MISSING}  # older databases lack them
_TYPES: dict[str, type] = {"str": str, "int": int, "float": float}
TYPES = {field.name: _TYPES[str(field.type).partition(" ")[0]] for field in (*fields(Article), *_COLUMNS)}
NUMBERS = frozenset(name for name, type in TYPES.items() if type is not str)
_NULLABLE = frozenset(field.name for field in (*fields(Article), *_COLUMNS) if "None" in str(field.type))


def known_fields(article: Article) -> tuple[str, ...]:
    """All fields, and of `ABOUT` those that the article has."""
    return (*FIELDS, *(name for name in ABOUT if getattr(article, name) is not None))


def as_dict(article: Article, quotation: Quotation, fields: Sequence[str] = FIELDS) -> dict[str, Any]:
    """The fields in order. Not `dataclasses.asdict`, which copies deeply and takes ten times as long."""
    return {name: _value(article, quotation, name) for name in fields}


def _value(article: Article, quotation: Quotation, name: str) -> Any:
    if name == CONTEXT:
        return context_of(article.text, quotation.start, quotation.end)
    if name in ABOUT:
        return getattr(article, name)
    return getattr(quotation, name) if name in TYPES else kept_of(article).get(name)


def kept_of(article: Article) -> dict[str, str]:
    """The columns of its table that an article carries along."""
    return _read(article.kept) if article.kept else {}


@lru_cache(maxsize=4)
def _read(kept: str) -> dict[str, str]:
    """Once for all quotations of an article."""
    read: dict[str, str] = json.loads(kept)
    return read


def utf8(value: Any) -> Any:
    """A value as typed formats hold it: undecodable bytes of a file's name are written `\\udcff`, as in the others."""
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


_MOST = 2**63  # what a column of numbers ends at


def unfit(values: Mapping[str, Any]) -> str | None:
    """The first field whose value is none that it can have: of another type, negative, not finite. None: all fit."""
    return next((name for name, value in values.items() if not _fits(name, value)), None)


def _fits(name: str, value: Any) -> bool:
    if value is None:
        return name in _NULLABLE
    fits = type(value) is TYPES[name] or (TYPES[name] is float and type(value) is int)
    return fits and (isinstance(value, str) or 0 <= value < _MOST)
