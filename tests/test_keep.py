"""Tables of articles in, their other columns carried to records, databases and the list of articles."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from command import output, rows

TABLE = """id,text,outlet,Desk
1,"Mayor Ana Ortiz left. “We will rebuild,” Ortiz said.",Linden Echo,city
2,Nothing was said at all.,=1+1,
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.csv"
    path.write_text(TABLE, "utf-8")
    return path


def test_records_have_the_columns_at_the_end(table: Path) -> None:
    [row] = rows(output("extract", table, "--keep", "outlet,Desk"))
    assert list(row)[-2:] == ["outlet", "Desk"]
    assert (row["outlet"], row["Desk"]) == ("Linden Echo", "city")
    line = json.loads(output("extract", table, "--keep", "outlet", "-f", "jsonl"))
    assert list(line.items())[-1] == ("outlet", "Linden Echo")
    assert rows(output("extract", table, "--keep", "outlet", "--columns", "outlet,quote")) == [
        {"outlet": "Linden Echo", "quote": "We will rebuild,"}
    ]


def test_a_database_has_them(table: Path, tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    output("extract", table, "-o", path)
    output("extract", table, "--keep", "outlet,Desk", "-o", path)
    with sqlite3.connect(path) as database:
        assert database.execute("SELECT outlet, Desk FROM articles ORDER BY id").fetchall() == [
            ("Linden Echo", "city"),
            ("=1+1", None),
        ]
        assert database.execute("SELECT quote, outlet FROM records").fetchall() == [("We will rebuild,", "Linden Echo")]
    output("extract", table, "-o", path)  # without --keep: the columns stay
    assert "Linden Echo" in output("extract", path, "--keep", "outlet")
    assert [row["outlet"] for row in rows(output("articles", path, "--keep", "outlet"))] == ["Linden Echo", "'=1+1"]


def test_articles_have_a_row_where_nobody_is_quoted(table: Path, tmp_path: Path) -> None:
    listed = output("articles", table, "--keep", "outlet")
    first, second = rows(listed)
    assert (first["source"], first["quotations"], first["speakers"], first["outlet"]) == (
        f"{table}#1",
        "1",
        "1",
        "Linden Echo",
    )
    assert (second["quotations"], second["words"], second["outlet"]) == ("0", "5", "'=1+1")
    output("extract", table, "--keep", "outlet", "-o", tmp_path / "news.db")
    assert output("articles", tmp_path / "news.db", "--keep", "outlet") == listed
    assert [row["quotations"] for row in json.loads(output("articles", table, "-f", "json"))] == [1, 0]


def test_a_web_page_has_the_name_of_its_site(table: Path, tmp_path: Path) -> None:
    page, path = tmp_path / "page.html", tmp_path / "news.db"
    meta = '<meta property="og:site_name" content="Port\n Times"><title>A wall</title>'
    words = "Mayor Ana Ortiz came. “We will rebuild the wall,” Ortiz said. Nothing else was said that day. " * 5
    page.write_text(f"<html><head>{meta}</head><body><article><p>{words}</p><p>{words}</p></article></body></html>")
    assert rows(output("extract", page, "--keep", "outlet"))[0]["outlet"] == "Port Times"
    output("extract", table, "-o", path)
    output("extract", page, "-o", path)
    with sqlite3.connect(path) as database:
        assert database.execute("SELECT outlet FROM articles WHERE title = 'A wall'").fetchall() == [("Port Times",)]
        assert ("Port Times",) in database.execute("SELECT outlet FROM records").fetchall()
    assert "Port Times" in output("extract", path, "-f", "html")
    assert [row["name"] for row in rows(output("people", path))] == ["Ana Ortiz"]
    tables = json.loads(output("datasette", path))["databases"]["news"]["tables"]
    assert all("outlet" in tables[name]["facets"] for name in ("records", "articles"))
    page.write_text(page.read_text().replace("Times", "Times" * 30))
    assert rows(output("extract", page, "--keep", "outlet"))[0]["outlet"] == ""


@pytest.mark.parametrize(
    ("keep", "code", "message"),
    [
        ("colour", 1, "it has no column 'colour'; name another --keep"),
        ("quote", 2, "'quote' is a name of the record's own"),
        ("text", 2, "'text' is a name of the record's own"),
        ('a"b', 2, "is a name of the record's own, or no name at all"),
    ],
)
def test_columns_that_cannot_be_kept(table: Path, keep: str, code: int, message: str) -> None:
    assert message in output("extract", table, "--keep", keep, code=code)
