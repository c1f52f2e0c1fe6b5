"""`quotes search`: words in, the quotations of a database that have them out, in any format that `extract` writes."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from itertools import chain, groupby
from pathlib import Path
from typing import Any

from quotes_cli.errors import UsageError
from quotes_cli.export.context import context_of
from quotes_cli.export.output import open_output
from quotes_cli.export.persons import Persons, persons_in
from quotes_cli.export.record import COLUMNS, CONTEXT, FIELDS
from quotes_cli.export.registry import AUTO, Settings, choose
from quotes_cli.export.sink import same_file
from quotes_cli.export.tally import counted
from quotes_cli.language.words.lists import fold_text
from quotes_cli.read.dates import iso_date
from quotes_cli.records import Article, Quotation
from quotes_cli.screen.pager import paged
from quotes_cli.status import ExitStatus, Streams

from .closing import Closing
from .filters import NO_FILTERS, Filters
from .stored import articles_of, reading

_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')
_WITH_WORDS = """quotations.id IN (SELECT rowid FROM quotations_fts WHERE quotations_fts MATCH ?
    UNION SELECT rowid FROM temp.folded WHERE folded MATCH ?)"""
# What the database's own index takes for another letter than `fold_text`: Ø is O, ﬁ is fi.
_FOLDED = "øØłŁđĐðÐħĦıßẞæÆœŒþÞʼʻʹˈꞌ\xad\u200b-\u200d\u2060\ufeffﬀ-ﬆ！-ￜ"
SEARCHED = ("quote", "context", "title", "speaker", "role")  # where words may be looked for
_WANTED = "quotations.id IN (SELECT rowid FROM temp.wanted WHERE wanted MATCH ?)"
_EVERY = """SELECT quotations.id, quotations.quote, {role}, quotations.start, quotations."end",
    speakers.name AS speaker, {person} AS person, articles.id AS article, articles.title AS title
    FROM quotations JOIN articles ON articles.id = quotations.article
    LEFT JOIN speakers ON speakers.id = quotations.speaker ORDER BY articles.id"""
_DATED = "day(articles.published)"
_SHOWN = {"table": ("id", "speaker", "line"), "json": FIELDS, "jsonl": FIELDS}  # with -C, before the context
_NEWEST_FIRST = "ORDER BY articles.published IS NULL, articles.published DESC, articles.id, quotations.number"


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """What the user asked for, one field an option; the README says what each does."""

    database: str
    words: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    searched: tuple[str, ...] = ("quote",)
    context: bool = False
    filters: Filters = NO_FILTERS
    format: str = AUTO
    output: str | None = None
    columns: tuple[str, ...] = ()
    bom: bool = False
    raw_cells: bool = False
    quiet: bool = False

    @property
    def asks_persons(self) -> bool:
        """Does it matter who is one person? An older database does not have it, and to find out takes a while."""
        return "person" in self.columns or "speaker" in self.searched or self.filters.by_name

    def check(self) -> None:
        """Raise `UsageError` where the options make no sense."""
        self.filters.check()
        for option, day in (("--since", self.since), ("--until", self.until)):
            if day is not None:
                _check_date(day, option)
        for name in self.searched:
            if name not in SEARCHED:
                raise UsageError(f"--in: there is no {name!r} to search in; some of {','.join(SEARCHED)}")
        if self.output is not None and same_file(Path(self.database), self.output):
            raise UsageError(f"--output: {self.output} is the database and would be overwritten; choose another name")


def _check_date(text: str, option: str) -> None:
    """Raise `UsageError` unless it is a year, a month or a day as ISO 8601 writes them."""
    try:
        if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
            raise ValueError
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError as error:
        raise UsageError(f"{option}: {text!r} is no date; write 2026, 2026-11 or 2026-11-23") from error


def match_of(words: tuple[str, ...]) -> str:
    """What the user typed as a query of FTS5 that cannot fail: each word in marks, so that nothing is an operator.

    All must be there. An argument of several words, or words in quotation marks, stand together; a star at the end is
    any ending. Empty where no word has a letter or a digit.
    """
    terms = []
    for argument in words:
        spoken = [phrase or word for phrase, word in _TERM.findall(argument)] if '"' in argument else [argument]
        for term in spoken:
            if any(character.isalnum() for character in term):
                inside = term.replace("\0", " ").replace('"', " ").encode("utf-8", "replace").decode()
                terms.append(f'"{inside}"' + ("*" if term.endswith("*") else ""))
    return " ".join(terms)


def search_command(options: SearchOptions, streams: Streams, pager: bool = False) -> ExitStatus:
    """Run `search`. To find nothing is no failure. `pager`: a long table on a terminal goes through it."""
    options.check()
    chosen = choose(options.format, options.output, streams.stdout.isatty())
    columns = options.columns
    if options.context and CONTEXT not in columns:
        columns = (*(columns or _SHOWN.get(chosen.name, COLUMNS)), CONTEXT)
    settings = Settings(options.raw_cells, True, columns, options.bom)
    found = search(options)
    first = next(found, None)  # before the output is touched: a database that cannot be read leaves it alone
    end = Closing()
    with (
        closing(found),
        paged(streams.stdout, pager and chosen.styled and options.output is None) as stdout,
        open_output(chosen, options.output, settings, stdout) as output,
    ):
        for article, quotations in chain([] if first is None else [first], found):
            end.count(quotations)
            output.write(article, quotations)
    end.tell(streams, options)
    if (options.since or options.until) and not options.quiet:
        without, every = undated(options.database)
        if without:
            streams.talk(
                f"{without:,} of {counted(every, 'article')} {'has' if without == 1 else 'have'} no date, left out"
            )
    return ExitStatus.DONE


def search(options: SearchOptions) -> Generator[tuple[Article, list[Quotation]]]:
    """Articles, newest first, with their quotations that have all the words and pass the filters."""
    conditions: list[str] = []
    values: list[Any] = []
    plain = set(options.searched) == {"quote"}
    if options.words:
        match = match_of(tuple(map(fold_text, options.words)))
        if not match:
            return
        conditions.append(_WITH_WORDS if plain else _WANTED)
        values += [match, match] if plain else [match]
    if options.since is not None:
        conditions.append(f"{_DATED} >= ?")
        values.append(options.since)
    if options.until is not None:  # that whole year, month or day
        conditions.append(f"substr({_DATED}, 1, ?) <= ?")
        values += [len(options.until), options.until]
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    with reading(options.database) as database:
        database.create_function("day", 1, day_of, deterministic=True)
        persons = persons_in(database) if options.asks_persons else {}
        if options.words and plain:
            _index_folded(database)
        elif options.words:
            _index_fields(database, options, persons)
        yield from articles_of(database, options.filters, where, values, _NEWEST_FIRST, persons)


def day_of(published: Any) -> str | None:
    """When an article was published, as one can compare it; None where that is no date."""
    text = str(published) if published is not None else ""
    return text if re.match(r"\d{4}-\d\d", text) else iso_date(text)


def undated(name: str) -> tuple[int, int]:
    """How many articles of a database have no date, and how many there are."""
    with reading(name) as database:
        database.create_function("day", 1, day_of, deterministic=True)
        row = database.execute(f"SELECT count(*) - count({_DATED}), count(*) FROM articles").fetchone()
        return int(row[0]), int(row[1])


def _index_fields(database: sqlite3.Connection, options: SearchOptions, persons: Persons) -> None:
    """Index, for this search, the fields that it is to look in. Contexts only of articles that begin all the words."""
    there = {row["name"] for row in database.execute("PRAGMA table_info(quotations)")}
    columns = {name: f"quotations.{name}" if name in there else "NULL" for name in ("role", "person")}
    fields = [name for name in SEARCHED if name in options.searched]
    database.execute(
        f"CREATE VIRTUAL TABLE temp.wanted USING fts5({', '.join(fields)}, content='', tokenize='porter unicode61')"
    )
    begin = [word[:3] for word in re.findall(r"\w+", fold_text(" ".join(options.words)))]
    rows = database.execute(_EVERY.format(**columns))
    insert = f"INSERT INTO temp.wanted (rowid, {', '.join(fields)}) VALUES (?{', ?' * len(fields)})"
    for article, group in groupby(rows, key=lambda row: row["article"]):
        text = ""
        if "context" in fields:
            text = database.execute("SELECT text FROM articles WHERE id = ?", [article]).fetchone()[0] or ""
            folded = fold_text(text)
            if len(fields) == 1 and not all(word in folded for word in begin):
                continue
        for id, quote, role, start, end, speaker, person, _, title in group:
            person = person or persons.get((article, speaker))
            values = {"quote": quote, "title": title, "role": role, "speaker": f"{speaker or ''} {person or ''}"}
            if "context" in fields:
                values["context"] = context_of(text, start, end)
            database.execute(insert, [id, *(fold_text(values[name] or "") for name in fields)])


def _index_folded(database: sqlite3.Connection) -> None:
    """Index, for this search, the quotations with letters that the database's own index does not fold."""
    database.create_function("folded", 1, fold_text)
    database.execute("CREATE VIRTUAL TABLE temp.folded USING fts5(quote, content='', tokenize='porter unicode61')")
    odd = "SELECT id, folded(quote) FROM quotations WHERE quote GLOB ?"
    database.execute(f"INSERT INTO temp.folded (rowid, quote) {odd}", [f"*[{_FOLDED}]*"])
