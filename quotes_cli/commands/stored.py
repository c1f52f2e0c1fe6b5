"""A database that `quotes extract` wrote in, its articles with their quotations out, as they were extracted."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import fields, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from quotes_cli.across.people import Known
from quotes_cli.errors import InputError, UsageError
from quotes_cli.export.persons import Persons, persons_in
from quotes_cli.export.record import ADDED, FIELDS, unfit
from quotes_cli.export.schema import OWN, TABLES, select
from quotes_cli.read import Input
from quotes_cli.records import Article, Quotation
from quotes_cli.visible import visible_line
from quotes_cli.work.tasks import Extracted

from .filters import Filters

_ABOUT = tuple(field.name for field in fields(Article) if field.name != "kept")
_HEADER = b"SQLite format 3\0"
_AS_WRITTEN: Persons = {}
IN_ORDER = "ORDER BY articles.id, quotations.number"


def database_among(inputs: Sequence[Input | InputError]) -> str | None:
    """The database that is the input, if one is. Raises `UsageError` where there are other inputs beside it."""
    found = [item for item in inputs if isinstance(item, Input) and item.path is not None and _is_database(item.path)]
    if found and len(inputs) > 1:
        raise UsageError(f"{found[0].name}: is a database, and is read alone; add the articles to it with --output")
    return str(found[0].path) if found else None


def _is_database(path: Path) -> bool:
    try:
        if not path.is_file():  # a FIFO gives what it has once
            return False
        with path.open("rb") as stream:
            return stream.read(len(_HEADER)) == _HEADER
    except (OSError, ValueError):
        return False


@contextmanager
def reading(name: str) -> Iterator[sqlite3.Connection]:
    """The database, to read only; what is wrong with it comes out as an `InputError`."""
    path = Path(name)
    if path.is_dir():
        raise InputError(f"{name}: is a folder, and no database; name the database")
    if not path.is_file():  # SQLite itself would make an empty one
        raise InputError(f"{name}: no such database; make it with quotes extract --output {name}")
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10)) as database:
            database.row_factory = sqlite3.Row
            yield database
    except (sqlite3.Error, UnicodeDecodeError) as error:  # the second: a message that quotes what is damaged
        raise InputError(
            f"{name}: cannot be searched ({error}); make it with quotes extract --output NAME.db"
        ) from error


def articles_of(
    database: sqlite3.Connection,
    filters: Filters,
    where: str = "",
    values: Sequence[Any] = (),
    order: str = IN_ORDER,
    persons: Persons = _AS_WRITTEN,
) -> Generator[Extracted]:
    """The articles in which quotations pass a condition and the filters, with these quotations.

    `person` is what stands there, or what these `persons` say.
    """
    for number, quotations in _quoting(database, where, values, order):
        if kept := filters.select(_named(quotations, number, persons)):
            yield article_of(database, number), kept


def _named(quotations: list[Quotation], article: int, persons: Persons) -> list[Quotation]:
    if not persons:
        return quotations
    who = [None if one.speaker is None or one.named == "no" else (article, one.speaker) for one in quotations]
    return [replace(one, person=persons.get(key)) if key else one for one, key in zip(quotations, who, strict=True)]


def _quoting(
    database: sqlite3.Connection, where: str = "", values: Sequence[Any] = (), order: str = IN_ORDER
) -> Iterator[tuple[int, list[Quotation]]]:
    """The numbers of the articles in which quotations pass a condition, with these quotations."""
    there = {row["name"] for row in database.execute("PRAGMA table_info(quotations)")}
    older = {name for name in OWN if name in ADDED and name not in there}
    known = [name for name in FIELDS if name not in older]
    records = select("articles.id AS article", without=older)
    rows = database.execute(f"{records} {where} {order}", values)
    for number, group in groupby(rows, key=lambda row: row["article"]):
        yield number, [Quotation(**_fit(row, known)) for row in group]


def article_of(database: sqlite3.Connection, number: int) -> Article:
    """One article: asked for once, and not beside each of its quotations."""
    row = database.execute(f"SELECT {', '.join(_ABOUT)}, * FROM articles WHERE id = ?", [number]).fetchone()
    names = [name for name in dict(row) if name not in TABLES["articles"]]
    carried = {name: str(row[name]) for name in names if row[name] is not None}
    return Article(**_fit(row, _ABOUT), kept=json.dumps(carried) if carried else None)


def every_article(name: str, filters: Filters) -> Generator[Extracted]:
    """All of a database, those articles with it in which nothing passes the filters."""
    with reading(name) as database:
        persons = persons_in(database) if filters.by_name else _AS_WRITTEN
        quoting = _quoting(database)
        ahead = next(quoting, None)
        for (number,) in database.execute("SELECT id FROM articles ORDER BY id"):
            quotations: list[Quotation] = []
            if ahead is not None and ahead[0] == number:
                quotations, ahead = ahead[1], next(quoting, None)
            yield article_of(database, number), filters.select(_named(quotations, number, persons))


def stored(name: str, filters: Filters, known: Sequence[Known] = ()) -> Generator[Extracted]:
    """The articles of a database in which quotations pass the filters, in its order, with these quotations."""
    with reading(name) as database:
        yield from articles_of(database, filters, persons=persons_in(database, known))


def _fit(row: sqlite3.Row, names: Iterable[str]) -> dict[str, Any]:
    """The values of a row by name. Raises `sqlite3.DataError` for what `quotes extract` does not write."""
    values = {name: row[name] for name in names}
    if name := unfit(values):
        raise sqlite3.DataError(f"{name} is {visible_line(repr(values[name]))[:40]} in {row['source']!r}")
    return values
