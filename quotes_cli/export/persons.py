"""A database in, who its speakers are over all its articles out, and into it: the column `person`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from quotes_cli.across.census import Census
from quotes_cli.across.people import Directory, Known
from quotes_cli.records import OUTLETS

from .schema import quoted

_SPOKEN = """SELECT quotations.article, speakers.id, speakers.name, speakers.type, {role}, {gender}, {person}, count(*),
    {outlet} FROM quotations JOIN speakers ON speakers.id = quotations.speaker
    JOIN articles ON articles.id = quotations.article WHERE {named}
    GROUP BY 1, 2, 5, 6, 7 ORDER BY 1, 2, 5, 6, 7"""
_NAME = "speakers.name GLOB '[A-Z]*' AND speakers.type IN ('person', 'organisation')"  # in rows of an older program
_TRIGGER = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = 'quotations_au'"  # as sqlite-utils calls it
_NOBODY = "person IS NOT NULL AND (named = 'no' OR speaker IS NULL)"

# who is meant, by an article's number and a speaker's name there
Persons = dict[tuple[int, str], str | None]
# article, speaker, name, type, role, gender, person so far, quotations, outlet
Row = tuple[int, int, str, str, str | None, str | None, str | None, int, str | None]


def spoken(database: sqlite3.Connection) -> list[Row]:
    """Which named speakers each article quotes, in the order of articles."""
    there = {row[1] for row in database.execute("PRAGMA table_info(quotations)")}
    columns = {name: f"quotations.{name}" if name in there else "NULL" for name in ("role", "gender", "person")}
    named = f"CASE quotations.named WHEN 'yes' THEN 1 WHEN 'no' THEN 0 ELSE {_NAME} END" if "named" in there else _NAME
    kept = [row[1] for row in database.execute("PRAGMA table_info(articles)") if row[1].lower() in OUTLETS]
    outlet = f"coalesce({', '.join((*(f'articles.{quoted(name)}' for name in kept), 'NULL', 'NULL'))})"
    return [tuple(row) for row in database.execute(_SPOKEN.format(named=named, outlet=outlet, **columns))]


def has_persons(database: sqlite3.Connection) -> bool:
    """Has a run found out who is who?"""
    there = {row[1] for row in database.execute("PRAGMA table_info(quotations)")}
    asked = "SELECT 1 FROM quotations WHERE person IS NOT NULL LIMIT 1"
    return "person" in there and database.execute(asked).fetchone() is not None


def persons_in(database: sqlite3.Connection, known: Iterable[Known] = ()) -> Persons:
    """Who the named speakers are where nobody wrote it down yet: in a database of an older program, or because people
    are `known` now. Empty where the column says it."""
    known = list(known)
    if not known and has_persons(database):
        return {}
    rows = spoken(database)
    directory = directory_of(rows, known)
    persons: Persons = {}
    for number, (article, own) in enumerate(by_article(rows)):
        found = directory.of_article(number)
        persons |= {(article, row[2]): directory.person(row[2], found) for row in own}
    return persons


def by_article(rows: Iterable[Row]) -> Iterator[tuple[int, list[Row]]]:
    """The rows of each article."""
    for article, group in groupby(rows, key=itemgetter(0)):
        yield article, list(group)


def directory_of(rows: Iterable[Row], known: Iterable[Known] = ()) -> Directory:
    """Who is who in a database; its articles with a named speaker are numbered from 0 there."""
    census = Census()
    for _, own in by_article(rows):
        census.count(
            ((name, kind, role, gender, times) for _, _, name, kind, role, gender, _, times, _ in own), own[0][8]
        )
    return Directory(census, known)


def fill(database: sqlite3.Connection, known: Iterable[Known] = ()) -> None:
    """Write down who every named speaker is, where it is not there yet. The caller commits.

    The index of words knows nothing of persons: what would renew it at each change is off meanwhile.
    """
    rows = spoken(database)
    changes = list(_changes(rows, directory_of(rows, known)))
    if not changes and not database.execute(f"SELECT 1 FROM quotations WHERE {_NOBODY} LIMIT 1").fetchone():
        return
    trigger = database.execute(_TRIGGER).fetchone()
    if trigger:
        database.execute("DROP TRIGGER quotations_au")
    database.execute(f"UPDATE quotations SET person = NULL WHERE {_NOBODY}")
    database.executemany("UPDATE quotations SET person = ? WHERE article = ? AND speaker = ?", changes)
    if trigger:
        database.execute(trigger[0])


def _changes(rows: Iterable[Row], directory: Directory) -> Iterator[tuple[str | None, int, int]]:
    """Person, article and speaker, where another person stands."""
    for number, (article, own) in enumerate(by_article(rows)):
        found = directory.of_article(number)
        for (speaker, name), same in groupby(own, key=itemgetter(1, 2)):
            person = directory.person(name, found)
            if any(row[6] != person for row in same):
                yield person, article, speaker
