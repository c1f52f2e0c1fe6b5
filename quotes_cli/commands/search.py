"""`quotes search`: words in, the quotations of a database that have them out, in any format that `extract` writes."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

from quotes_cli.errors import UsageError
from quotes_cli.export.output import open_output
from quotes_cli.export.registry import AUTO, Settings, choose
from quotes_cli.export.sink import same_file
from quotes_cli.language.words.lists import fold_text
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
_NEWEST_FIRST = "ORDER BY articles.published IS NULL, articles.published DESC, articles.id, quotations.number"


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """What the user asked for, one field an option; the README says what each does."""

    database: str
    words: tuple[str, ...] = ()
    since: str | None = None
    filters: Filters = NO_FILTERS
    format: str = AUTO
    output: str | None = None
    columns: tuple[str, ...] = ()
    bom: bool = False
    raw_cells: bool = False
    quiet: bool = False

    def check(self) -> None:
        """Raise `UsageError` where the options make no sense."""
        self.filters.check()
        if self.since is not None:
            _check_date(self.since)
        if self.output is not None and same_file(Path(self.database), self.output):
            raise UsageError(f"--output: {self.output} is the database and would be overwritten; choose another name")


def _check_date(text: str) -> None:
    """Raise `UsageError` unless it is a year, a month or a day as ISO 8601 writes them."""
    try:
        if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
            raise ValueError
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError as error:
        raise UsageError(f"--since: {text!r} is no date; write 2026, 2026-11 or 2026-11-23") from error


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
    settings = Settings(options.raw_cells, True, options.columns, options.bom)
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
    return ExitStatus.DONE


def search(options: SearchOptions) -> Generator[tuple[Article, list[Quotation]]]:
    """Articles, newest first, with their quotations that have all the words and pass the filters."""
    conditions, values = [], []
    if options.words:
        match = match_of(tuple(map(fold_text, options.words)))
        if not match:
            return
        conditions.append(_WITH_WORDS)
        values += [match, match]
    if options.since is not None:
        conditions.append("articles.published >= ?")
        values.append(options.since)
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    with reading(options.database) as database:
        if options.words:
            _index_folded(database)
        yield from articles_of(database, options.filters, where, values, _NEWEST_FIRST)


def _index_folded(database: sqlite3.Connection) -> None:
    """Index, for this search, the quotations with letters that the database's own index does not fold."""
    database.create_function("folded", 1, fold_text)
    database.execute("CREATE VIRTUAL TABLE temp.folded USING fts5(quote, content='', tokenize='porter unicode61')")
    odd = "SELECT id, folded(quote) FROM quotations WHERE quote GLOB ?"
    database.execute(f"INSERT INTO temp.folded (rowid, quote) {odd}", [f"*[{_FOLDED}]*"])
