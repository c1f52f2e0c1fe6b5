"""Databases that somebody made or changed: `--output` to them and `quotes search` in them end in one clear line."""

from __future__ import annotations

import sqlite3
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
