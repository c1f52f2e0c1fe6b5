"""Records in, a database out: read back by SQL and by Datasette, added to, and refused where it is not ours."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from test_export import load, render
from test_formats import ask, in_utf8

from quotes_cli.commands.search import SearchOptions, search
from quotes_cli.errors import OutputError
from quotes_cli.export.record import ADDED, FIELDS
from quotes_cli.export.schema import OWN


@pytest.mark.parametrize("name", ["town", "hostile", "dated"])
def test_sqlite_reads_back(name: str, tmp_path: Path) -> None:
    target = tmp_path / "out.db"
    render("sqlite", load(name), target=str(target))
    columns = ", ".join(f'"{field}"' for field in FIELDS)
    rows = ask(target, f"SELECT {columns} FROM records")
    read = [{**dict(zip(FIELDS, row, strict=True)), "person": None} for row in rows]  # who is who it finds out itself
    assert read == in_utf8(name)
    assert [row[0] for row in ask(target, "SELECT text FROM articles")] == [article.text for article, _ in load(name)]
    about = [(article.title, article.published) for article, _ in load(name)]
    assert ask(target, "SELECT title, published FROM articles") == about
    assert ask(target, "PRAGMA foreign_key_check") == []
    assert ask(target, "PRAGMA integrity_check") == [("ok",)]


def test_the_same_again_changes_nothing(tmp_path: Path) -> None:
    target = tmp_path / "out.db"
    for _ in range(2):
        render("sqlite", load("town"), target=str(target))
    assert ask(target, "SELECT count(*) FROM articles") == [(2,)]
    assert ask(target, "SELECT count(*) FROM quotations") == [(7,)]
    assert ask(target, "SELECT name, type FROM speakers") == [("Ana Ortiz", "person"), ("Ben Adeyemi", "person")]


def test_a_changed_article_has_its_rows_replaced(tmp_path: Path) -> None:
    target = tmp_path / "out.db"
    (first, quotations), second = load("town")
    render("sqlite", [(first, quotations), second], target=str(target))
    changed = replace(first, text=first.text + "\n", published="2026-11-23", author="Dee Roe")
    render("sqlite", [(changed, [replace(quotations[0], quote="We will not, café", speaker="Cy")])], target=str(target))
    assert ask(target, "SELECT id, source, published, author FROM articles") == [
        (1, "harbour.txt", "2026-11-23", "Dee Roe"),
        (2, "second day.txt", None, None),
    ]
    assert ask(target, "SELECT name FROM speakers") == [("Ana Ortiz",), ("Cy",)]
    assert ask(target, "SELECT quote FROM records WHERE source = 'harbour.txt'") == [("We will not, café",)]
    found = "SELECT rowid FROM quotations_fts WHERE quotations_fts MATCH ?"
    assert ask(target, found, "cafe")
    assert ask(target, found, "swallows") == []  # the index forgot the old rows too


@pytest.mark.parametrize("field", [name for name in OWN if name in ADDED])
def test_a_database_of_an_older_program_gets_the_column(field: str, tmp_path: Path) -> None:
    """Until then it can be searched; the view has it afterwards, and the articles that come again have its values."""
    target = tmp_path / "old.db"
    render("sqlite", load("town"), target=str(target))
    rows = ask(target, "SELECT * FROM records")
    with sqlite3.connect(target) as old:
        (view,) = old.execute("SELECT sql FROM sqlite_master WHERE name = 'records'").fetchone()
        old.execute("DROP VIEW records")
        old.execute(f"ALTER TABLE quotations DROP COLUMN {field}")
        old.execute(view.replace(f'quotations."{field}", ', ""))
        old.execute("UPDATE articles SET digest = 'older'")
    old.close()
    found = [quotation for _, quotations in search(SearchOptions(str(target))) for quotation in quotations]
    assert len(found) == 7
    assert {getattr(quotation, field) for quotation in found} == {ADDED[field]}
    render("sqlite", [], target=str(target))
    found = [quotation for _, them in search(SearchOptions(str(target))) for quotation in them]
    if field == "person":  # which it finds out at once
        assert {quotation.person for quotation in found} == {"Ana Ortiz", "Ben Adeyemi", None}
    else:
        assert {getattr(quotation, field) for quotation in found} == {ADDED[field]}
    render("sqlite", load("town"), target=str(target))
    assert ask(target, "SELECT * FROM records") == rows


def test_other_tables_stay(tmp_path: Path) -> None:
    target = tmp_path / "mine.db"
    connection = sqlite3.connect(target)
    connection.execute("CREATE TABLE recipes (name)")
    connection.commit()
    connection.close()
    render("sqlite", load("town"), target=str(target))
    assert ask(target, "SELECT count(*) FROM recipes") == [(0,)]


def test_what_is_no_database_of_ours(tmp_path: Path) -> None:
    (tmp_path / "letter.db").write_text("Dear Sir or Madam, " * 200)
    with pytest.raises(OutputError, match=r"letter\.db: cannot be written .*this is no SQLite database"):
        render("sqlite", load("town"), target=str(tmp_path / "letter.db"))
    connection = sqlite3.connect(tmp_path / "other.db")
    connection.execute("CREATE TABLE articles (id, price)")
    connection.close()
    with pytest.raises(OutputError, match=r"other\.db: its table articles is not ours"):
        render("sqlite", load("town"), target=str(tmp_path / "other.db"))


def test_datasette_opens_it(tmp_path: Path) -> None:
    pytest.importorskip("datasette")
    render("sqlite", load("town"), target=str(tmp_path / "news.db"))
    command = [sys.executable, "-m", "datasette", str(tmp_path / "news.db"), "--get"]
    page = subprocess.run([*command, "/news/quotations.json?_search=swallows"], capture_output=True, check=True)
    assert [row[4] for row in json.loads(page.stdout)["rows"]] == [load("town")[0][1][0].quote]


def test_datasette_has_facets_and_the_meaning_of_columns(tmp_path: Path) -> None:
    pytest.importorskip("datasette")
    database, metadata = tmp_path / "news.db", tmp_path / "metadata.json"
    render("sqlite", load("dated"), target=str(database))
    wanted = [sys.executable, "-m", "quotes_cli", "datasette", str(database)]
    told = subprocess.run([*wanted, "-o", str(metadata)], capture_output=True, check=True)
    assert subprocess.run(wanted, capture_output=True, check=True).stdout == metadata.read_bytes()
    assert told.stderr == b""
    command = [sys.executable, "-m", "datasette", str(database), "-m", str(metadata), "--get"]
    rows = json.loads(subprocess.run([*command, "/news/records.json"], capture_output=True, check=True).stdout)
    assert {"speaker", "kind", "published"} <= set(rows["facet_results"])
    page = subprocess.run([*command, "/news/records"], capture_output=True, check=True).stdout.decode()
    assert "the words inside the marks" in page
    for table in ("articles", "speakers", "quotations"):
        subprocess.run([*command, f"/news/{table}"], capture_output=True, check=True)


def test_what_is_no_database_has_no_metadata(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "empty.db").executescript("CREATE TABLE articles (id)").close()
    command = [sys.executable, "-m", "quotes_cli", "datasette"]
    for name, told in (("empty.db", "it has no view records"), ("none.db", "no such database")):
        done = subprocess.run([*command, name], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
        assert told in done.stderr
    done = subprocess.run([*command, "empty.db", "-o", "empty.db"], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 2
    assert b"would be overwritten" in done.stderr
