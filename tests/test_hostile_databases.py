"""Databases that somebody made or changed: `--output` to them and `quotes search` in them end in one clear line."""

from __future__ import annotations

import json
import re
import sqlite3
import threading
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from command import output
from growth import assert_linear
from test_cli import run
from test_export import load, render

from quotes_cli.commands.filters import Filters
from quotes_cli.commands.search import SearchOptions, search
from quotes_cli.errors import InputError, OutputError
from quotes_cli.export import sqlite
from quotes_cli.export.registry import BY_NAME
from quotes_cli.export.schema import TABLES

ARTICLES = "source TEXT, title, author, published, text, digest"


def made(path: Path, *statements: str) -> bytes:
    """A database of somebody's; its bytes."""
    database = sqlite3.connect(path)
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()
    return path.read_bytes()


def ask(path: Path, question: str, *values: Any) -> list[Any]:
    database = sqlite3.connect(path)
    try:
        return database.execute(question, values).fetchall()
    finally:
        database.close()


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("CREATE VIEW articles AS SELECT 1 AS id, 2 AS source", "its table articles is not ours (it is a view)"),
        ("CREATE VIEW speakers AS SELECT 1 AS id, 2 name, 3 type", "its table speakers is not ours (it is a view)"),
        ("CREATE VIEW quotations AS SELECT 1 AS id", "its table quotations is not ours (it is a view)"),
        ("CREATE TABLE records (a)", "its view records is not ours (it is a table)"),
        ("CREATE VIEW records AS SELECT 1 AS a", "its view records is not ours (it has no confidence)"),
        ("CREATE TABLE quotations (id, x)", "its table quotations is not ours (it has no article)"),
        (f"CREATE TABLE articles (id, {ARTICLES})", "its table articles is not ours (id is not its key)"),
        (f"CREATE TABLE articles (id TEXT PRIMARY KEY, {ARTICLES})", "is not ours (id is not its key)"),
        (
            "CREATE TABLE speakers (id INTEGER, name, type, PRIMARY KEY (id, name))",
            "its table speakers is not ours (id is not its key)",
        ),
        (
            "CREATE VIRTUAL TABLE articles USING fts5(id, source, title, author, published, text, digest)",
            "its table articles is not ours (id is not its key)",
        ),
        ("CREATE TABLE ARTICLES (id)", 'cannot be written (table "articles" already exists)'),
        ("CREATE TABLE quotations_fts (a)", 'cannot be written (table "quotations_fts" already exists)'),
        (f"CREATE TABLE articles (id INTEGER PRIMARY KEY, {ARTICLES}, more NOT NULL)", "cannot be written (NOT NULL"),
    ],
)
def test_another_database_stays_as_it_is(statement: str, says: str, tmp_path: Path) -> None:
    target = tmp_path / "mine.db"
    before = made(target, statement)
    with pytest.raises(OutputError) as told:
        render("sqlite", load("town"), target=str(target))
    assert str(told.value).startswith(f"{target}: ")
    assert says in str(told.value)
    assert "; choose another " in str(told.value)
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["mine.db"]


def test_articles_of_one_source_in_one_run_are_all_kept(tmp_path: Path) -> None:
    """They have the source as it is and numbered ones, the same in each run; the same article again is one."""
    article, (first, *_) = load("town")[0]
    twins = [
        (replace(article, text=f"{word} {article.text}"), [replace(first, quote=word)])
        for word in ("one", "two", "three", "two", "one")
    ]
    target = tmp_path / "out.db"
    for _ in range(2):
        render("sqlite", [*twins, load("town")[1]], target=str(target))
        assert ask(target, "SELECT source, quote FROM records WHERE source LIKE 'harbour%' ORDER BY source") == [
            ("harbour.txt", "one"),
            ("harbour.txt (2)", "two"),
            ("harbour.txt (3)", "three"),
        ]
        assert ask(target, "SELECT count(*) FROM articles") == [(4,)]
    render("sqlite", twins[1:2], target=str(target))
    assert ask(target, "SELECT quote FROM records WHERE source = 'harbour.txt'") == [("two",)]


def test_a_source_that_is_called_like_a_numbered_one(tmp_path: Path) -> None:
    article, (first, *_) = load("town")[0]
    names = ("a", "a (2)", "a", "a", "a (2)")
    articles = [
        (replace(article, source=name, text=str(n)), [replace(first, quote=str(n))]) for n, name in enumerate(names)
    ]
    render("sqlite", articles, target=str(tmp_path / "out.db"))
    assert sorted(ask(tmp_path / "out.db", "SELECT quote FROM records")) == [("0",), ("1",), ("2",), ("3",), ("4",)]


def test_many_articles_of_one_source_take_time_as_their_number(tmp_path: Path) -> None:
    article, (first, *_) = load("town")[0]

    def write(count: int) -> Callable[[], object]:
        articles = [(replace(article, text=str(number)), [first]) for number in range(count)]
        return lambda: render("sqlite", articles, target=str(tmp_path / f"{count}.db"))

    write(10)()
    assert_linear(write, 500)
    assert ask(tmp_path / "2000.db", "SELECT count(*) FROM articles") == [(2000,)]


# `quotes search`

RUBBISH = ("NULL", "x'00ff'", "'abc'", "''", "-7", "7", "9e999", "-0.5", str(2**63 - 1), "CAST(x'6180ff' AS TEXT)")


@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table, columns in TABLES.items() for column in columns]
)
def test_rubbish_in_a_database_is_written_or_told(table: str, column: str, tmp_path: Path) -> None:
    """The page needs places that are some, Parquet and JSON values of their types."""
    render("sqlite", [*load("town"), *load("dated")], target=str(tmp_path / "ours.db"))
    made(tmp_path / "ours.db", "DROP TRIGGER quotations_au")  # or the index would refuse some
    for number, value in enumerate(RUBBISH):
        path = tmp_path / f"{number}.db"
        path.write_bytes((tmp_path / "ours.db").read_bytes())
        with suppress(sqlite3.IntegrityError):  # the key and what is unique
            made(path, f'UPDATE {table} SET "{column}" = {value} WHERE id = 1')
        found, told = [], ""
        try:
            found = list(search(SearchOptions(str(path), filters=Filters(speakers=("o",), min_words=1))))
        except InputError as error:
            told = str(error)
        if told:
            assert told.startswith(f"{path}: cannot be searched (")
            assert told.endswith("; make it with quotes extract --output NAME.db")
        assert all(record["start"] >= 0 for record in json.loads(render("json", found)))
        render("html", found)
        render("parquet", found, target=str(tmp_path / "out.parquet"))


@pytest.mark.parametrize("format", [name for name in BY_NAME if name != "sqlite"])
def test_rubbish_is_told_in_one_line_and_no_output_is_there(format: str, tmp_path: Path) -> None:
    render("sqlite", load("town"), target=str(tmp_path / "a.db"))
    made(tmp_path / "a.db", "UPDATE quotations SET confidence = 'abc' WHERE id = 7")
    result = run("search", tmp_path / "a.db", "-f", format, "-o", tmp_path / "out")
    told = "confidence is 'abc' in 'second day.txt'"
    assert result.stderr == (
        f"quotes: {tmp_path}/a.db: cannot be searched ({told}); make it with quotes extract --output NAME.db\n"
    )
    assert (result.exit_code, [path.name for path in tmp_path.iterdir()]) == (1, ["a.db"])


def test_tables_without_a_column_or_of_another_kind_are_told(tmp_path: Path) -> None:
    for number, (table, column) in enumerate(
        [("articles", "text"), ("speakers", "type"), ("quotations", "rule"), ("quotations", None), ("articles", None)]
    ):
        path = tmp_path / f"{number}.db"
        render("sqlite", load("town"), target=str(path))
        made(path, "DROP VIEW records", f"ALTER TABLE {table} RENAME {f'COLUMN {column}' if column else ''} TO other")
        result = run("search", path)
        assert (result.exit_code, result.stdout) == (1, "")
        assert re.fullmatch(rf"quotes: {path}: cannot be searched \(no such .*\n", result.stderr)


def test_articles_whose_source_is_the_same_stay_apart(tmp_path: Path) -> None:
    render("sqlite", load("town"), target=str(tmp_path / "a.db"))
    made(tmp_path / "a.db", "DROP INDEX idx_articles_source", "UPDATE articles SET source = 'one'")
    found = list(search(SearchOptions(str(tmp_path / "a.db"))))
    assert [article.text for article, _ in found] == [article.text for article, _ in load("town")]


def test_the_text_of_an_article_is_held_once(tmp_path: Path, fake_pipeline: list[str | None], monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("“We will,” Ana said. " * 1000 + "a " * 100_000, "utf-8")
    assert run("extract", "a.txt", "-o", "a.db").exit_code == 0
    tracemalloc.start()
    ((article, quotations),) = search(SearchOptions("a.db"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (len(article.text), len(quotations)) == (221_000, 1000)
    assert peak < 20_000_000


@pytest.mark.parametrize("more", [[], ["--resume"]])
def test_who_reads_is_waited_for(
    more: list[str], tmp_path: Path, fake_pipeline: list[str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long query must not cost the work of a night."""
    monkeypatch.setattr(sqlite, "PATIENCE", 0.2)
    monkeypatch.setattr(sqlite, "_AGAIN", 0.1)
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b"):
        Path(f"{name}.txt").write_text(f"“We will {name},” Ana Ortiz said.", "utf-8")
    run("extract", "a.txt", "-o", "news.db")
    reader = sqlite3.connect("news.db", check_same_thread=False)
    reader.execute("BEGIN")
    count = "SELECT count(*) FROM quotations"
    assert reader.execute(count).fetchone() == (1,)
    ending = threading.Timer(1.5, reader.close)
    ending.start()
    result = run("extract", "a.txt", "b.txt", "-o", "news.db", *more)
    ending.join()
    assert result.stderr.startswith(
        "quotes: news.db: another program is reading it; all is found, and is written as soon as that one ends\n"
    )
    assert result.exit_code == 0
    assert sqlite3.connect("news.db").execute(count).fetchone() == (2,)


def test_who_writes_is_named(tmp_path: Path, fake_pipeline: list[str | None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "PATIENCE", 0.1)
    (tmp_path / "a.txt").write_text("“We will,” Ana Ortiz said.", "utf-8")
    writer = sqlite3.connect(tmp_path / "news.db")
    writer.executescript("CREATE TABLE other (id); BEGIN IMMEDIATE")
    result = run("extract", tmp_path / "a.txt", "-o", tmp_path / "news.db")
    writer.close()
    assert (result.exit_code, fake_pipeline) == (1, [])
    assert result.stderr.endswith("(database is locked); end the other program that writes to it, and run again\n")


@pytest.mark.parametrize("command", ["extract", "speakers", "people", "articles", "show"])
@pytest.mark.parametrize("option", ["--indirect", "--attitudes", "--nested", "--block-quotes", "--model=x", "--cues=x"])
def test_what_only_articles_can_be_asked(command: str, option: str, tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    render("sqlite", load("town"), target=str(path))
    said = output(command, path, option, code=2)
    name = option.partition("=")[0]
    assert said == f"quotes: {name} does nothing with a database, which holds what was found; name the articles\n"


def test_a_database_where_another_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    render("sqlite", load("town"), target=str(path))
    for options in (["--save-text", tmp_path / "s"], ["--dry-run"], ["--resume", "-o", tmp_path / "x.jsonl"]):
        assert f"{options[0]} does nothing with a database" in output("extract", path, *options, code=2)
    assert sorted(tmp_path.iterdir()) == [path]
    said = output("explain", path, 1, code=2)
    assert said == f"quotes: {path}: is a database, and quotes explain reads articles; name the article\n"
    said = output("search", tmp_path, "x", code=1)
    assert said == f"quotes: {tmp_path}: is a folder, and no database; name the database\n"
