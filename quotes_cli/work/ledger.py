"""What a run finds goes in as it is found; what an earlier run found of the same inputs comes out again.

The ledger is a SQLite database beside the output, `NAME.resume`: a manifest of the inputs by size and SHA-256, and what
came of each. It is committed, and on the disk, at least once a second; SQLite keeps it whole whenever its process dies.
A row that is damaged all the same is forgotten, and its article done again; a file that is no ledger is left alone.
What it holds is the same whatever the filters, the columns and the order of the inputs, which may change between runs.
"""

from __future__ import annotations

import json
import sqlite3
import stat
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from pathlib import Path

from quotes_cli.errors import InputError, OutputError, UsageError
from quotes_cli.export.record import FIELDS, unfit
from quotes_cli.read import Input
from quotes_cli.records import Article, Quotation
from quotes_cli.visible import visible_line

from .tasks import Begun, Event, Extracted, Fingerprint, Step

EVERY = 1.0  # seconds between commits, each of which waits for the disk
_TABLES = {  # as SQLite keeps them, too, and hands them out again
    "about": "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "inputs": """CREATE TABLE inputs (
    id INTEGER PRIMARY KEY, name UNIQUE NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL,
    done INTEGER NOT NULL -- 0: not all of it, otherwise one more than its articles
)""",
    "articles": "CREATE TABLE articles "
    "(input INTEGER, number INTEGER, found BLOB NOT NULL, PRIMARY KEY (input, number)) WITHOUT ROWID",
}
_REMEDIES = {
    "locked": "end the other program that has it open",
    "readonly": "change its rights",
    "not ours": "move it, or choose another --output",
    "not a database": "delete it to start anew",
    "malformed": "delete it to start anew",
    "damaged": "delete it to start anew",
    "": "make room, or delete it to start anew",
}
_ALWAYS = {"program version", "spaCy", "--format"}  # what every version has written about its run
PATIENCE = 10.0  # seconds to wait for another program that has it open


class Ledger:
    """Open it by `open_ledger`; only the process that writes the output may, for its lock guards both.

    `failures` are this run's, in order, each with the name of its input where one is known; `kept` is the number of
    articles that it came to and that are written down.
    """

    def __init__(self, path: Path, about: Mapping[str, str], texts: bool) -> None:
        """`about`: what the results depend on beside the inputs; `texts`: the articles' texts are wanted again."""
        self.path = path
        self.failures: list[tuple[str | None, InputError]] = []
        self.kept = 0
        self._texts = texts
        self._input = 0  # the row of the input whose articles come now; 0: its bytes are not known
        self._failed = False
        self._next = 0
        self._shown = visible_line(str(path))
        with self._reporting():
            self._db = sqlite3.connect(path, timeout=PATIENCE)
            try:
                self._db.execute("PRAGMA synchronous = FULL")
                self._check({name: value.encode("utf-8", "backslashreplace").decode() for name, value in about.items()})
            except BaseException:
                self._db.close()
                raise
        self._committed = time.monotonic()

    def _check(self, about: Mapping[str, str]) -> None:
        """Make the tables of a new ledger; refuse one that is of another run or program, or none."""
        tables = dict(self._db.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"))
        if not tables:
            with self._db:
                self._db.executescript(f"BEGIN; {'; '.join(_TABLES.values())}")
                self._db.executemany("INSERT INTO about VALUES (?, ?)", about.items())
            return
        if tables.get("about") == _TABLES["about"]:
            known = dict(self._db.execute("SELECT name, value FROM about"))
            if not known.keys() >= _ALWAYS or any("\0" in str(part) for pair in known.items() for part in pair):
                raise sqlite3.DatabaseError("the options in it are damaged")
            other = ", ".join(str(name) for name in {**about, **known} if known.get(name) != about.get(name))
            if other:
                raise UsageError(f"{self._shown}: begun with another {other}; use the same, or delete it to start anew")
        if tables != _TABLES:
            raise sqlite3.DatabaseError("its tables are not ours")

    @contextmanager
    def _reporting(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:  # the second: its message quotes what is damaged
            remedy = next(remedy for said, remedy in _REMEDIES.items() if said in str(error))
            raise OutputError(f"{self._shown}: cannot be used ({error}); {remedy}") from error

    # What is done

    def is_done(self, item: Input) -> bool:
        """Whether all of an input was found before and it has not changed since; an address is not asked again."""
        with self._reporting():
            row = self._db.execute(
                "SELECT id, done, size, sha256 FROM inputs WHERE name = ? AND typeof(done) = 'integer' AND done > 0",
                [_key(item.name)],
            ).fetchone()
            if row is None or item.is_stdin:
                return False
            number, done, *seen = row
            if item.path is not None and _fingerprint(item.path, seen[0]) != Fingerprint(*seen):
                return False
            there = 1 + len(self._sound(number))
            if there > done:  # some are not its own
                self._db.execute("DELETE FROM articles WHERE input = ?", [number])
            return bool(there == done)

    def numbers(self, item: Input, seen: Fingerprint) -> frozenset[int]:
        """The articles of an input that were found before, if its bytes are still those."""
        with self._reporting():
            row = self._db.execute(
                "SELECT id FROM inputs WHERE name = ? AND size = ? AND sha256 = ?",
                [_key(item.name), seen.size, seen.digest],
            ).fetchone()
            return self._sound(row[0]) if row is not None else frozenset()

    def _sound(self, number: int) -> frozenset[int]:
        """The articles of an input that can be handed out again. A damaged one is forgotten, and so found anew."""
        rows = self._db.execute("SELECT number, found FROM articles WHERE input = ?", [number])
        fit = {key: type(key) is int and _unpacked(found) is not None for key, found in rows}
        damaged = [(number, key) for key in fit if not fit[key]]
        self._db.executemany("DELETE FROM articles WHERE input = ? AND number = ?", damaged)
        return frozenset(key for key in fit if fit[key])

    def replay(self, item: Input, number: int | None = None) -> Callable[[], Iterator[Extracted]]:
        """Hands out what was found before: all of an input, or one article of it."""

        def found() -> Iterator[Extracted]:
            query = "SELECT found FROM articles JOIN inputs ON id = input WHERE name = ? AND number = ifnull(?, number)"
            with self._reporting():
                for row in self._db.execute(f"{query} ORDER BY number", [_key(item.name), number]):
                    unpacked = _unpacked(row[0])
                    if unpacked is None:  # since `_sound` saw it
                        raise sqlite3.DatabaseError("an article in it is damaged")
                    yield unpacked

        return found

    # What is found

    def take(self, step: Step, event: Event | None) -> None:
        """Write down an event of a step, in the order of the inputs."""
        name = step.item.name if step.item is not None else None
        with self._reporting():
            if isinstance(event, InputError):
                self.failures.append((name, event))
                self._failed = True
                self._next += 1
            elif isinstance(event, Fingerprint):
                self._begin(_key(name or ""), event)
            elif event is None:
                self._next = 0
                if step.last:
                    self._end()
            elif not isinstance(event, Begun):
                self.kept += 1
                if step.replay is None:
                    self._add(step.number + self._next, *event)
                    self._next += 1
        if time.monotonic() - self._committed >= EVERY:
            self.commit()

    def _begin(self, key: str | bytes, seen: Fingerprint) -> None:
        now = [seen.size, seen.digest, key]
        self._db.execute("INSERT OR IGNORE INTO inputs (size, sha256, name, done) VALUES (?, ?, ?, 0)", now)
        query = "SELECT id, size, sha256 FROM inputs WHERE name = ?"
        self._input, *before = self._db.execute(query, [key]).fetchone()
        if Fingerprint(*before) != seen:
            self._db.execute("DELETE FROM articles WHERE input = ?", [self._input])
        self._db.execute("UPDATE inputs SET size = ?, sha256 = ?, done = 0 WHERE name = ?", now)

    def _add(self, number: int, article: Article, quotations: list[Quotation]) -> None:
        about = asdict(article if self._texts else replace(article, text=""))
        rows = [[getattr(quotation, name) for name in FIELDS] for quotation in quotations]
        packed = zlib.compress(json.dumps([about, rows]).encode(), 1)
        self._db.execute("INSERT OR REPLACE INTO articles VALUES (?, ?, ?)", [self._input, number, packed])

    def _end(self) -> None:
        """An input has ended; it is done where its bytes are known and nothing of it failed."""
        if self._input and not self._failed:
            count = "SELECT count(*) FROM articles WHERE input = inputs.id"
            self._db.execute(f"UPDATE inputs SET done = 1 + ({count}) WHERE id = ?", [self._input])
        self._input, self._failed = 0, False

    def commit(self) -> None:
        """See to it that all that is written down is on the disk."""
        with self._reporting():
            self._db.commit()
        self._committed = time.monotonic()

    def close(self) -> None:
        """Let go of the file; what is not committed is forgotten. A ledger without an article goes, too."""
        empty = False
        with suppress(sqlite3.DatabaseError):
            empty = self._db.execute("SELECT 1 FROM articles LIMIT 1").fetchone() is None
        self._db.close()
        if empty:
            self.path.unlink(missing_ok=True)


def _key(name: str) -> str | bytes:
    """A name as the database can hold it: bytes where it has characters that are none."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return name.encode("utf-8", "surrogatepass")
    return name


def _fingerprint(path: Path, size: int) -> Fingerprint | None:
    """A file's fingerprint, unless its size says already that it is another one."""
    try:
        there = path.stat()
        same = there.st_size == size and stat.S_ISREG(there.st_mode)
        return Fingerprint.of(path.read_bytes()) if same else None
    except (OSError, ValueError):
        return None


def _unpacked(packed: bytes) -> Extracted | None:
    """An article as it was found; None where something else stands there."""
    try:
        about, rows = json.loads(zlib.decompress(packed))
        found = [dict(zip(FIELDS, row, strict=True)) for row in rows]
        if unfit(about) or any(map(unfit, found)):
            return None
        return Article(**about), [Quotation(**values) for values in found]
    except (zlib.error, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return None
