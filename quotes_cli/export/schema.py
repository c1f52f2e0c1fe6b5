"""The record in, the tables of the database out, and the question that puts records together from them again."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any

from .record import ABOUT, FIELDS, TYPES

# Where a field of the record stands, if not in the column of its name in the table `quotations`.
_ELSEWHERE = {
    "source": "articles.source",
    "id": "quotations.number AS id",
    "speaker": "speakers.name AS speaker",
    "speaker_type": "coalesce(speakers.type, 'unknown') AS speaker_type",
}
OWN = tuple(name for name in FIELDS if name not in _ELSEWHERE)
TABLES: dict[str, dict[str, Any]] = {
    "articles": {"id": int, "source": str, "title": str, "author": str, "published": str}
    | {"text": str, "digest": str},
    "speakers": {"id": int, "name": str, "type": str},
    "quotations": {"id": int, "article": int, "number": int, "speaker": int} | {name: TYPES[name] for name in OWN},
}


def select(*more: str, without: Container[str] = ()) -> str:
    """The `SELECT` of all records, with more columns, and without those that an older database has not."""
    columns = [_ELSEWHERE.get(name, f'quotations."{name}"') for name in FIELDS if name not in without]
    return f"""SELECT {", ".join((*columns, *more))}
        FROM quotations JOIN articles ON articles.id = quotations.article
        LEFT JOIN speakers ON speakers.id = quotations.speaker"""


def records(carried: Iterable[str] = ()) -> str:
    """The view of all records, with the columns that articles carry along."""
    more = (*(f"articles.{name}" for name in ABOUT), *(f"articles.{quoted(name)}" for name in carried))
    return f"{select(*more)} ORDER BY articles.id, quotations.number"


def quoted(name: str) -> str:
    """A column's name as SQL has it, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'
