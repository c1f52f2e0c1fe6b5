"""`--resume` beside things in its way and on damaged ledgers: no traceback, and nothing that was found is lost."""

from __future__ import annotations

import json
import random
import sqlite3
import zlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from factory import quotation
from fake_quotes import STORY
from test_cli import run
from test_jobs import write
from test_resume import FORMATS, calls, contents, resume, slow

from quotes_cli.work import ledger

__all__ = ["slow"]  # the fixture
LEDGER = Path("out.jsonl.resume")


@pytest.mark.parametrize("beside", ["out.jsonl.errors.jsonl", "out.jsonl.resume"])
@pytest.mark.parametrize("inputs", [["a.txt"], ["gone.txt"]])
def test_a_folder_in_the_way_is_named(beside: str, inputs: list[str], slow: Path) -> None:
    write(a=STORY)
    Path(beside).mkdir()
    told = resume(*inputs, status=2)
    assert told.startswith("quotes: --resume: ")
    assert told.endswith(f"/{beside}: is no file and in the way; move it, or choose another --output\n")
    assert sorted(path.name for path in Path().iterdir()) == sorted(["a.txt", beside])
    assert calls(slow) == []


def change(*statements: str, path: Path = LEDGER) -> None:
    """Let somebody write into a database."""
    database = sqlite3.connect(path)
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()


def packed(of: object) -> str:
    return f"x'{zlib.compress(json.dumps(of).encode()).hex()}'"


ABOUT = {"source": "a.txt", "text": "", "title": None, "published": None, "author": None}
ROW = list(asdict(quotation()).values())
DAMAGED = {
    "no zlib": "x'00ff'",
    "nothing": "x''",
    "text": "'We will'",
    "number": "7",
    "no JSON": f"x'{zlib.compress(b'[{').hex()}'",
    "no UTF-8": f"x'{zlib.compress(bytes([91, 255])).hex()}'",
    "nested": f"x'{zlib.compress(b'[' * 100_000).hex()}'",
    "no pair": packed([]),
    "null": packed(None),
    "no object": packed([1, []]),
    "another field": packed([{**ABOUT, "size": 1}, []]),
    "no text": packed([{**ABOUT, "text": None}, []]),
    "no rows": packed([ABOUT, None]),
    "row of none": packed([ABOUT, [None]]),
    "row too short": packed([ABOUT, [ROW[1:]]]),
    "quote of another type": packed([ABOUT, [[*ROW[:2], 5, *ROW[3:]]]]),
    "negative offset": packed([ABOUT, [[*ROW[:10], -5, *ROW[11:]]]]),
    "endless confidence": packed([ABOUT, [[*ROW[:8], float("inf"), *ROW[9:]]]]),
}


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("found", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_row_is_done_again(format: str, found: str, slow: Path) -> None:
    names = (*write(a=STORY, b=STORY, c=STORY), "t.csv")
    Path("t.csv").write_text("text\n“A.” said\n“B.” said\n“C.” said\n", "utf-8")
    out = Path(f"out.{format}")
    resume(*names, out=str(out))
    before = contents(out)
    calls(slow)
    out.unlink()
    change(
        f"UPDATE articles SET found = {found} WHERE (input, number) IN (VALUES (2, 0), (4, 1))",
        path=Path(f"{out}.resume"),
    )
    resume(*names, out=str(out))
    assert calls(slow) == ["b.txt", "t.csv#2"]
    assert contents(out) == before
    out.unlink()
    resume(*names, out=str(out))
    assert calls(slow) == []
    assert contents(out) == before


@pytest.mark.parametrize(
    ("statement", "again"),
    [
        ("DELETE FROM articles WHERE input = 2", ["b.txt"]),
        ("UPDATE OR REPLACE articles SET input = 2, number = 1 WHERE input = 3", ["b.txt", "c.txt"]),
        ("UPDATE articles SET number = 'x' WHERE input = 2", ["b.txt"]),
        ("UPDATE articles SET number = x'ff' WHERE input = 2", ["b.txt"]),
        ("UPDATE inputs SET size = 'many' WHERE id = 2", ["b.txt"]),
        ("UPDATE inputs SET sha256 = x'ff00' WHERE id = 2", ["b.txt"]),
        ("UPDATE inputs SET done = 'yes' WHERE id = 2", ["b.txt"]),
        ("UPDATE inputs SET done = x'31' WHERE id = 2", ["b.txt"]),
        ("UPDATE inputs SET done = 1e300 WHERE id = 2", ["b.txt"]),
        ("UPDATE inputs SET name = x'ff00' WHERE id = 2", ["b.txt"]),
        ("DELETE FROM inputs WHERE id = 2", ["b.txt"]),
    ],
)
def test_what_does_not_fit_is_done_again(statement: str, again: list[str], slow: Path) -> None:
    names = write(a=STORY, b=STORY, c=STORY)
    resume(*names)
    before = contents(Path("out.jsonl"))
    calls(slow)
    change(statement)
    for expected in (again, []):
        Path("out.jsonl").unlink()
        resume(*names)
        assert calls(slow) == expected
        assert contents(Path("out.jsonl")) == before


@pytest.mark.parametrize(
    ("statements", "says", "status"),
    [
        (["DROP TABLE about"], "its tables are not ours); move it, or choose another --output", 1),
        (["DROP TABLE about", "CREATE VIEW about AS SELECT 1 AS name, 2 AS value"], "its tables are not ours", 1),
        (["ALTER TABLE inputs RENAME TO other"], "its tables are not ours", 1),
        (["DROP TABLE articles", "CREATE TABLE articles (id, price)"], "its tables are not ours", 1),
        (["DROP TABLE articles", "CREATE VIEW articles AS SELECT 1 AS input"], "its tables are not ours", 1),
        (["ALTER TABLE articles ADD COLUMN more", "UPDATE about SET value = '9' WHERE name = 'program version'"],
         "begun with another program version; use the same, or delete it to start anew", 2),
        (["INSERT INTO about VALUES (x'00ff', x'0001')"], "begun with another b'\\x00\\xff'; use the same", 2),
        (["DELETE FROM about"], "cannot be used (the options in it are damaged); delete it to start anew", 1),
        (["UPDATE about SET value = CAST(zeroblob(9) AS TEXT)"], "the options in it are damaged); delete it", 1),
        (["INSERT INTO about VALUES (CAST(x'ff' AS TEXT), '')"], "cannot be used (Could not decode to UTF-8", 1),
    ],
)  # fmt: skip
def test_what_is_no_ledger_of_this_program(statements: list[str], says: str, status: int, slow: Path) -> None:
    write(a=STORY)
    resume("a.txt")
    calls(slow)
    change(*statements)
    before = [LEDGER.read_bytes(), contents(Path("out.jsonl"))]
    told = resume("a.txt", status=status)
    assert told.startswith(f"quotes: {LEDGER.absolute()}: ")
    assert says in told
    assert told.count("\n") == 1
    assert [LEDGER.read_bytes(), contents(Path("out.jsonl"))] == before


@pytest.mark.parametrize("size", [0, 1, 50, 100, 4096, 5000, 8192, 12288, -1])
def test_a_truncated_ledger(size: int, slow: Path) -> None:
    names = write(**{f"a{n}": f"“Number {n},” Ana Ortiz said. " * 50 for n in range(9)})
    resume(*names)
    calls(slow)
    before = contents(Path("out.jsonl"))
    LEDGER.write_bytes(LEDGER.read_bytes()[:size])
    result = run("extract", *names, "-o", "out.jsonl", "--resume")
    if size in (0, 1):  # SQLite takes one byte for none
        assert (result.exit_code, len(calls(slow))) == (0, 9)
    elif size > 0:
        assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
        assert "; delete it to start anew\n" in result.stderr
    assert contents(Path("out.jsonl")) == before


def test_a_byte_wrong_anywhere(slow: Path) -> None:
    """Some damage nobody can see; what is not seen is at least no traceback."""
    names = write(a=STORY, b=STORY)
    resume(*names)
    whole = LEDGER.read_bytes()
    places = random.Random(0)
    for _ in range(60):
        broken = bytearray(whole)
        broken[places.randrange(len(broken))] ^= 1 << places.randrange(8)
        LEDGER.write_bytes(broken)
        result = run("extract", *names, "-o", "out.jsonl", "--resume")
        assert result.exit_code in (0, 1, 2)
        assert result.stderr.count("\n") == 1  # the closing line, or what is wrong


def test_a_ledger_that_another_program_has_open(slow: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "PATIENCE", 0.1)
    resume(*write(a=STORY))
    write(a="“New,” she said.")
    database = sqlite3.connect(LEDGER)
    database.execute("BEGIN EXCLUSIVE")
    told = resume("a.txt", status=1)
    database.close()
    assert told.endswith("cannot be used (database is locked); end the other program that has it open\n")
    resume("a.txt")


def test_a_ledger_that_may_not_be_written(slow: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if it were another user's: root may write all."""
    resume(*write(a=STORY))
    write(a="“New,” she said.")
    opened = sqlite3.connect

    def read_only(path: Path, **options: Any) -> sqlite3.Connection:
        return opened(f"{path.as_uri()}?mode=ro", uri=True, **options)

    monkeypatch.setattr("quotes_cli.work.ledger.sqlite3.connect", read_only)
    told = resume("a.txt", status=1)
    assert told.endswith("cannot be used (attempt to write a readonly database); change its rights\n")
