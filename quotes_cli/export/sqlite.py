"""Records in, a SQLite database out, made for adding to: Datasette opens it, `quotes search` asks it.

An article is known by its source. The same again changes nothing; a changed one, or one with other quotations, has its
rows replaced. Of different articles with one source in one run the second is called `source (2)`, so that none is lost.
A run is one transaction: all of it is in the database afterwards, or nothing; one that may be resumed is
committed as it goes.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import sqlite_utils
from sqlite_utils.db import Table

from quotes_cli.errors import OutputError
from quotes_cli.records import Article, Quotation

from .jsonl import to_json
from .persons import fill
from .record import ADDED, FIELDS, kept_of, utf8
from .registry import Settings, Writer
from .schema import OWN, TABLES, records
from .sink import Sink


def _digest(article: Article, quotations: Sequence[Quotation]) -> str:
    """Of all that goes into the database for an article."""
    about = (article.title, article.author, article.published)
    parts = [*(part or "" for part in about), article.text, *([article.kept] if article.kept else [])]
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "backslashreplace"))
    for quotation in quotations:  # one by one: together they take a gigabyte where they are a million
        digest.update(f"\0{to_json(article, quotation)}".encode("utf-8", "backslashreplace"))
    return digest.hexdigest()


_EVERY = 1000  # articles that are committed together where a run may be resumed
PATIENCE = 10.0  # seconds to wait for a program that writes, and until one is told of a program that reads
_AGAIN = 0.5  # seconds in which SQLite does not hear Ctrl-C while it waits
_REMEDIES = {
    "locked": "end the other program that writes to it, and run again",
    "not a database": "this is no SQLite database; choose another name",
    "readonly": "change its rights, or choose another name",
    "": "choose another name or make room",
}


class SqliteWriter(Writer):
    """Articles into their tables, within the one transaction that `end` closes, or one every so many articles."""

    def __init__(self, sink: Sink, settings: Settings) -> None:
        super().__init__(sink, settings)
        with self._writing():
            self._db = sqlite_utils.Database(sqlite3.connect(sink.file, timeout=PATIENCE))
            sink.cleanup.callback(self._db.close)  # what is not committed by then is rolled back
            self._db.execute("PRAGMA cache_spill = off")  # others go on reading until the end
            self._db.conn.execute("BEGIN IMMEDIATE")
            self._carried: list[str] = []
            self._in_parts = settings.resumed
            self._written = 0
            self._replaced = settings.resumed  # the run before may have
            self._before = 0  # the last article of the runs before
            self._again: set[int] = set()  # theirs that this run has too
            self._twins: dict[str, dict[str, int]] = {}  # source to digests to numbers, where there are several

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            remedy = next(remedy for said, remedy in _REMEDIES.items() if said in str(error))
            raise OutputError(f"{self.sink.name}: cannot be written ({error}); {remedy}") from error

    def _commit(self) -> None:
        """Commit, as soon as nobody reads: who has begun to read sees the old state to the end, however long it takes.

        To give up would throw away all that was found, so this waits, and says so once.
        """
        self._db.execute(f"PRAGMA busy_timeout = {int(_AGAIN * 1000)}")
        told = time.monotonic() + PATIENCE
        while True:
            try:
                self._db.conn.commit()
                break
            except sqlite3.OperationalError as error:
                if "locked" not in str(error):
                    raise
            if time.monotonic() >= told:
                told = float("inf")
                what = "another program is reading it; all is found, and is written as soon as that one ends"
                self.settings.talk(f"{self.sink.name}: {what}")
        self._db.execute(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}")

    def _table(self, name: str) -> Table:
        return self._db.table(name)

    def begin(self) -> None:
        """Make what is missing: tables, the view, columns that a database of an older program lacks.

        Raises `OutputError` where something else has the name of a table or of the view.
        """
        with self._writing():
            views = self._db.view_names()
            there = {*views, *self._db.table_names()}
            for name, columns in TABLES.items():
                if name not in there:
                    self._create(self._table(name), columns)
                for added in self._missing(name, columns, is_view=name in views):
                    self._table(name).add_column(added, columns[added], not_null_default=ADDED[added])
            own = {column.lower() for column in TABLES["articles"]}
            self._carried = [
                column.name for column in self._table("articles").columns if column.name.lower() not in own
            ]
            lacking = self._missing("records", FIELDS, is_view="records" in views) if "records" in there else FIELDS
            self._carry(self.settings.keep, anew=bool(lacking))
            self._before = self._db.execute("SELECT ifnull(max(id), 0) FROM articles").fetchone()[0]

    def _carry(self, names: Iterable[str], *, anew: bool = False) -> None:
        """Make the columns that articles carry along, and let the view show them; `anew`: make it in any case."""
        asked = False
        for name in names:
            asked = True
            if name.lower() not in map(str.lower, self._carried):
                self._table("articles").add_column(name, str)
                self._carried.append(name)
        shown = {row[1] for row in self._db.execute("PRAGMA table_info(records)")} if asked and not anew else set()
        if anew or (asked and not set(self._carried) <= shown):
            self._db.create_view("records", records(self._carried), replace=True)

    def _missing(self, name: str, columns: Iterable[str], is_view: bool) -> list[str]:
        """The columns to add to a table or to the view. Raises `OutputError` where it was not made by this program."""
        expected = "view" if name == "records" else "table"
        there = "view" if is_view else "table"
        found, key = set(), []
        for _, column, type, _, _, place_in_key in self._db.execute(f"PRAGMA table_info({name})"):
            found.add(column)
            key += [(column, type.upper())] if place_in_key else []
        missing = [column for column in columns if column not in found]
        reasons = [
            *([f"it is a {there}"] if there != expected else []),
            *(f"it has no {column}" for column in sorted(missing) if column not in ADDED),
            *(["id is not its key"] if expected == "table" and key != [("id", "INTEGER")] else []),
        ]
        if reasons:
            why = f"its {expected} {name} is not ours ({reasons[0]})"
            raise OutputError(f"{self.sink.name}: {why}; choose another file")
        return missing

    def _create(self, table: Table, columns: dict[str, Any]) -> None:
        keys = [("article", "articles", "id"), ("speaker", "speakers", "id")] if table.name == "quotations" else []
        table.create(columns, pk="id", foreign_keys=keys)
        for index in {"articles": [["source"]], "speakers": [["name", "type"]]}.get(table.name, []):
            table.create_index(index, unique=True)
        if table.name == "quotations":
            table.create_index(["article"])
            table.create_index(["speaker"])
            table.enable_fts(["quote"], create_triggers=True, tokenize="porter unicode61 remove_diacritics 2")

    def write(self, article: Article, quotations: Sequence[Quotation]) -> None:
        with self._writing():
            self._written += 1
            if self._in_parts and self._written % _EVERY == 0:
                self._commit()
                self._db.conn.execute("BEGIN IMMEDIATE")
            digest = _digest(article, quotations)
            source, known = self._named(utf8(article.source), digest)
            if known is not None and known[1] == digest:
                return
            kept = kept_of(article)
            if not kept.keys() <= set(self._carried):
                self._carry(kept)  # the site of a web page
            facts = {name: value for name, value in asdict(article).items() if name != "kept"} | kept
            row = {name: utf8(value) for name, value in facts.items()} | {"source": source, "digest": digest}
            if known is None:
                number = self._table("articles").insert(row).last_pk
            else:
                number = known[0]
                self._table("articles").update(number, row)
                self._db.execute("DELETE FROM quotations WHERE article = ?", [number])
                self._replaced = True
            self._table("quotations").insert_all(self._row(number, quotation) for quotation in quotations)

    def _named(self, source: str, digest: str) -> tuple[str, Any]:
        """The name for an article, and the row that it has already: its source, numbered where that is another's."""
        numbers = self._twins.get(source, {})
        number = numbers.get(digest, 1)
        while True:
            name = source if number == 1 else f"{source} ({number})"
            known = self._db.execute("SELECT id, digest FROM articles WHERE source = ?", [name]).fetchone()
            if known is None or known[1] == digest or (known[0] <= self._before and known[0] not in self._again):
                break
            numbers = self._twins.setdefault(source, {})
            number = max(number, next(reversed(numbers.values()), 1)) + 1
        if number > 1:
            numbers[digest] = number
        if known is not None and known[0] <= self._before:
            self._again.add(known[0])
        return name, known

    def _row(self, article: Any, quotation: Quotation) -> dict[str, Any]:
        own = {name: utf8(getattr(quotation, name)) for name in OWN}
        return {"article": article, "number": quotation.id, "speaker": self._speaker(quotation), **own}

    def _speaker(self, quotation: Quotation) -> Any:
        if quotation.speaker is None:
            return None
        named = [utf8(quotation.speaker), utf8(quotation.speaker_type)]
        found = self._db.execute("SELECT id FROM speakers WHERE name = ? AND type = ?", named).fetchone()
        if found:
            return found[0]
        return self._table("speakers").insert(dict(zip(("name", "type"), named, strict=True))).last_pk

    def end(self) -> None:
        """Forget the speakers whom nothing quotes any longer, find out who is who over all articles, and commit."""
        with self._writing():
            if self._replaced:
                self._db.execute(
                    "DELETE FROM speakers WHERE id NOT IN (SELECT speaker FROM quotations WHERE speaker IS NOT NULL)"
                )
            fill(self._db.conn, self.settings.known)
            self._commit()
            self._db.close()
