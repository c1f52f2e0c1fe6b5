"""What a search of a database is asked besides its words: where to look, when, who; and what it shows of it."""

from __future__ import annotations

import csv
import io
import sqlite3
from pathlib import Path

import pytest
from command import folder_of, output
from typer.testing import CliRunner

from quotes_cli.app.cli import app

ARTICLES = {
    "2025-03-12.txt": "Mayor Ana Ortiz spoke of the harbour. “We will rebuild,” Ortiz said.\n",
    "2025-04-01.txt": "The singer Bo Núñez left. “I am off,” Núñez said. “It rains.” The ﬁsh were gone.\n",
    "undated.txt": "Cy Dee came. “I am here,” Dee told the mayor.\n",
}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = folder_of(tmp_path_factory.mktemp("articles"), ARTICLES)
    output("extract", folder, "-o", folder / "news.db")
    with sqlite3.connect(folder / "news.db") as connection:
        connection.execute("UPDATE articles SET title = 'A wall falls' WHERE source LIKE '%03-12.txt'")
    return folder / "news.db"


def search(database: Path, *options: str) -> tuple[list[str], str]:
    result = CliRunner().invoke(app, ["search", str(database), *options, "-f", "csv"])
    assert result.exit_code == 0, result.output
    return [row["quote"] for row in csv.DictReader(io.StringIO(result.stdout))], result.stderr


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["harbour"], []),
        (["harbour", "--in", "context"], ["We will rebuild,"]),
        (["fish", "--in", "context"], ["I am off,", "It rains."]),
        (["harbour rebuilding", "--in", "context"], []),
        (["harbour", "rebuilding", "--in", "context"], ["We will rebuild,"]),
        (["wall", "--in", "title"], ["We will rebuild,"]),
        (["nunez", "--in", "speaker"], ["I am off,", "It rains."]),
        (["singer", "--in", "role"], ["I am off,", "It rains."]),
        (["mayor", "rebuild", "--in", "quote,role"], ["We will rebuild,"]),
        (["--speaker", "=Bo Nunez"], ["I am off,", "It rains."]),
        (["--speaker", "=Nunez"], []),
        (["--speaker", "nunez"], ["I am off,", "It rains."]),
        (["--not-speaker", "nunez", "--not-speaker", "=Cy Dee"], ["We will rebuild,"]),
        (["--until", "2025-03"], ["We will rebuild,"]),
        (["--since", "2025-03-13", "--until", "2025"], ["I am off,", "It rains."]),
    ],
)
def test_where_when_and_who(database: Path, options: list[str], found: list[str]) -> None:
    assert search(database, *options)[0] == found


def test_articles_without_a_date_are_counted(database: Path) -> None:
    assert "1 of 3 articles has no date, left out" in search(database, "--since", "2025")[1]
    assert search(database, "--since", "2025", "--quiet")[1] == ""
    assert search(database)[1] == ""


def test_dates_of_other_forms_are_understood(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "news.db"
    copy.write_bytes(database.read_bytes())
    with sqlite3.connect(copy) as connection:
        connection.execute("UPDATE articles SET published = '5 May 2025' WHERE source LIKE '%undated.txt'")
    assert search(copy, "--since", "2025-05-05") == (["I am here,"], "")


def test_context(database: Path) -> None:
    result = CliRunner().invoke(app, ["search", str(database), "rebuild", "-C", "-f", "csv"])
    assert "Mayor Ana Ortiz spoke of the harbour. “We will rebuild,” Ortiz said." in result.stdout
    result = CliRunner().invoke(app, ["search", str(database), "rebuild", "-C", "-f", "table"])
    assert "Mayor Ana Ortiz spoke" in result.stdout


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--until", "soon"], "--until: 'soon' is no date"),
        (["--in", "where"], "--in: there is no 'where' to search in"),
        (["--speaker", "="], "--speaker: the name is empty"),
        (["--not-speaker", ""], "--not-speaker: the name is empty"),
    ],
)
def test_what_makes_no_sense(database: Path, options: list[str], message: str) -> None:
    result = CliRunner().invoke(app, ["search", str(database), *options])
    assert result.exit_code == 2
    assert message in result.stderr
