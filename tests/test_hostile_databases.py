"""Databases that somebody made or changed: `--output` to them and `quotes search` in them end in one clear line."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from test_export import load, render

from quotes_cli.errors import OutputError

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

    def seconds(count: int) -> float:
        articles = [(replace(article, text=str(number)), [first]) for number in range(count)]
        began = time.perf_counter()
        render("sqlite", articles, target=str(tmp_path / f"{count}.db"))
        return time.perf_counter() - began

    seconds(10)
    assert seconds(4000) < 10 * seconds(1000)
    assert ask(tmp_path / "4000.db", "SELECT count(*) FROM articles") == [(4000,)]
