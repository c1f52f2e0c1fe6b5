"""Names asked for in, all that their bearers said out, by whatever name an article calls them."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from command import folder_of, output, rows, said
from factory import quotation

from quotes_cli.commands.filters import Filters

ARTICLES = {
    "a.txt": "Mayor Ana Ortiz came late. “We will rebuild the old wall,” Ortiz said.\n",
    "b.txt": "Mayor Ortiz left. “It is done,” Ortiz said. “Good,” said a nurse.\n",
    "c.txt": "Bo Lee, a singer, left. “We will rebuild the old wall,” Lee said.\n",
}
HERS = ["We will rebuild the old wall,", "It is done,"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder_of(tmp_path_factory.mktemp("articles"), ARTICLES)


@pytest.fixture(scope="module")
def database(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stored") / "news.db"
    output("extract", folder, "-o", path)
    return path


def test_a_name_finds_what_articles_say_of_its_bearer(folder: Path, database: Path) -> None:
    asked = ("--speaker", "ana ortiz")
    assert [row["quote"] for row in rows(output("extract", folder, *asked))] == HERS[:1]
    assert [row["quote"] for row in rows(output("extract", folder, *asked, "--across"))] == HERS
    assert [row["quote"] for row in rows(output("extract", database, *asked))] == HERS
    others = rows(output("extract", folder, "--not-speaker", "=Ana Ortiz", "--across"))
    assert [row["id"] for row in others] == ["2", "1"]
    page = output("extract", folder, *asked, "-f", "html")
    assert "2 quotations" in page
    assert "2 articles" in page


def test_the_filters_change_nothing_about_who_is_who(folder: Path, database: Path) -> None:
    """The article that tells the mayor's given name is left out by its words, and she keeps it."""
    for inputs in (folder, database):
        [row] = rows(output("people", inputs, "--speaker", "ortiz", "--kind", "direct", "--min-words", 1))
        assert list(row.values())[:2] == ["Ana Ortiz", "Ortiz"]
        assert (row["quotations"], row["articles"]) == ("2", "2")
        [few] = rows(output("speakers", inputs, "--speaker", "ana ortiz"))
        assert (few["speaker"], few["quotations"], few["share"]) == ("Ana Ortiz", "2", "1.0")
        short = rows(output("extract", inputs, "--across", "--speaker", "ana ortiz", "--columns", "person,quote"))
        assert [row["person"] for row in short] == ["Ana Ortiz"] * 2
    [one] = rows(
        output("people", folder, "--speaker", "ortiz", "--min-confidence", 0, "--kind", "direct", "--min-words", 4)
    )
    assert (one["name"], one["quotations"]) == ("Ana Ortiz", "1")


def test_who_speaks_together_is_counted_with_what_each_said_alone(tmp_path: Path) -> None:
    together = (
        "Mayor Ana Ortiz and Bo Lee, a singer, came. “We agree on this,” Ortiz and Lee said. “I do,” Ortiz added.\n"
    )
    (tmp_path / "a.txt").write_text(together, "utf-8")
    (tmp_path / "b.txt").write_text(ARTICLES["a.txt"], "utf-8")
    listed = {row["name"]: row["quotations"] for row in rows(output("people", tmp_path, "--kind", "direct"))}
    assert listed == {row["name"]: row["quotations"] for row in rows(output("people", tmp_path))}
    assert listed == {"Ana Ortiz": "3", "Bo Lee": "1"}


def test_a_file_of_people_counts_where_the_input_is_a_database(folder: Path, database: Path, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("name,aliases,pronoun,role\nAnita Ruiz,Ana Ortiz;Ortiz,she,\n", "utf-8")
    both = tmp_path / "both.db"
    again = {name: text.replace("Bo Lee", "Ana Ortiz").replace("Lee", "Ortiz") for name, text in ARTICLES.items()}
    for name, text in again.items():
        (tmp_path / name).write_text(text, "utf-8")
    output("extract", *(tmp_path / name for name in again), "-o", both)
    for command in (("same",), ("extract", "--across"), ("speakers",), ("people",), ("extract",)):
        told = output(*command[:1], both, *command[1:], "--people", path, "-f", "json")
        assert "Anita Ruiz" in told, command
        assert "Ana Ortiz" in output(*command[:1], both, *command[1:], "-f", "json")
    assert {row["person"] for row in json.loads(output("same", both, "--people", path, "-f", "json"))} == {"Anita Ruiz"}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("= Ana", True),
        ("=ana ", True),
        ("=  ANA  ", True),
        ("=An", False),
        (" an", False),
        ("an", True),
        ("=Bo Lee", True),
    ],
)
def test_what_names_match(asked: str, found: bool) -> None:
    said = [quotation(speaker="Ana"), quotation(speaker="Ana; Bo Lee")] if "Bo" in asked else [quotation(speaker="Ana")]
    assert bool(Filters(speakers=(asked,)).select(said)) is found
    assert (Filters(not_speakers=(asked,)).select(said) == []) is (found and "Bo" not in asked)


@pytest.mark.parametrize(
    ("asked", "speaker", "found"),
    [
        ("ana ortiz", "Ana Ortíz’s right-hand man", False),  # who is somebody else
        ("ortiz", "Ana Ortiz’s aide", False),
        ("ross", "Ross’ aide, Bo Ross", True),
        ("ortiz", "Ana Ortiz campaign", True),
        ("ortiz’s aide", "Ana Ortiz’s aide", True),
        ("aide", "Ana Ortiz’s aide", True),
    ],
)
def test_somebody_is_not_those_whose_he_is(asked: str, speaker: str, found: bool) -> None:
    assert bool(Filters(speakers=(asked,)).select([quotation(speaker=speaker)])) is found


def test_names_are_compared_only_where_one_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes_cli.commands.filters.fold_text", lambda text: 1 / 0)
    assert Filters(min_words=1).select([quotation(speaker="Ana")])


EMPTY = "quotes: --columns person is empty without --across; pass it too: the records then come after the last article"
ONLY = "quotes: 1 quotation is by somebody whom the article calls only Ortiz; --across finds out who that is"


def test_who_asks_for_persons_is_told_what_fills_them(folder: Path, database: Path, tmp_path: Path) -> None:
    asked = ("extract", folder, "--columns", "quote,person")
    people = tmp_path / "people.csv"
    people.write_text("name,aliases,pronoun,role\nAnita Ruiz,Ana Ortiz,she,\n", "utf-8")
    assert said(*asked) == [EMPTY]
    assert said(*asked, "-f", "jsonl", "-o", tmp_path / "x")[0] == EMPTY
    assert said(*asked, "--dry-run") == [EMPTY]
    for silent in (["--across"], ["--people", people], ["-q"]):
        assert said(*asked, *silent) == []
    assert said("extract", folder) == []
    for filled in (("extract", database), ("search", database, "it")):
        assert said(*filled, "--columns", "person") == []
        assert {"person": "Ana Ortiz"} in rows(output(*filled, "--columns", "person"))


def test_who_filters_by_a_name_is_told_of_those_with_less_of_it(folder: Path, tmp_path: Path) -> None:
    asked = ("extract", folder, "-o", tmp_path / "x.csv")
    for names in (["--speaker", "ana ortiz"], ["--not-speaker", "=Ana Ortiz"]):
        assert said(*asked, *names)[1:] == [ONLY]
        assert said(*asked, *names, "--across")[1:] == []
    for names in (["--speaker", "ortiz"], ["--speaker", "Bo Lee"], ["--speaker", "Ana Ruiz"], []):
        assert said(*asked, *names)[1:] == []


def test_an_older_database_is_asked_for_persons(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "older.db"
    path.write_bytes(database.read_bytes())
    with sqlite3.connect(path) as older:
        older.execute("UPDATE quotations SET person = NULL")
    for command in (("extract", path), ("search", path)):
        assert [row["quote"] for row in rows(output(*command, "--speaker", "ana ortiz"))] == HERS
        assert {row["person"] for row in rows(output(*command, "--columns", "person"))} == {"Ana Ortiz", "Bo Lee", ""}
    found = rows(output("search", path, "ana", "--in", "speaker", "--columns", "quote"))
    assert [row["quote"] for row in found] == HERS
    listed = rows(output("articles", path, "--speaker", "ana ortiz"))
    assert [row["quotations"] for row in listed] == ["1", "1", "0"]
