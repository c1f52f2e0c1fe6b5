"""`quotes speakers` and `quotes search`: counts and bars; words to a database, and no query that fails."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from factory import quotation
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st
from test_cli import run
from test_export import ESCAPES, Terminal, load, render

from quotes_cli.commands.filters import Filters
from quotes_cli.commands.request import ExtractOptions
from quotes_cli.commands.search import SearchOptions, match_of, search
from quotes_cli.commands.speakers import speakers_command
from quotes_cli.export.sink import open_stdout
from quotes_cli.export.tally import Tally
from quotes_cli.records import Article, word_count
from quotes_cli.screen.bars import bar, write_bars
from quotes_cli.status import Streams

ONE = "“We will rebuild,” Ana Ortiz said.\n“Stay,” she said.\n"
TWO = '“Nobody is leaving,” Ana Ortiz said.\nThe sign reads "never".\n'


@pytest.fixture
def folder(tmp_path: Path, fake_pipeline: list[str | None]) -> Path:
    for name, text in (("one.txt", ONE), ("two.txt", TWO)):
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def test_who_is_quoted(folder: Path) -> None:
    result = run("speakers", folder)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout_bytes.decode().split("\r\n") == [
        "speaker,speaker_type,role,quotations,words,share,articles",
        "Ana Ortiz,unknown,,3,7,0.875,2",
        ",unknown,,1,1,0.125,1",
        "",
    ]
    assert [row["words"] for row in json.loads(run("speakers", folder, "-f", "json").stdout)] == [7, 1]
    assert run("speakers", folder, "--speaker", "nobody", "-f", "json").stdout == "[]\n"
    assert len(run("speakers", folder, "--attributed", "--min-words", "2").stdout.splitlines()) == 2


def test_bars(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    text = run("speakers", folder, "-f", "bars").stdout
    assert "\x1b" not in text
    ortiz = next(line for line in text.splitlines() if line.startswith("Ana Ortiz"))
    nobody = next(line for line in text.splitlines() if line.startswith("—"))
    assert ortiz.count("█") > 5 * nobody.count("█") > 0
    assert "88%" in ortiz
    assert text.splitlines()[-1] == "1 speaker · 4 quotations"
    assert run("speakers", folder, "-f", "bars", "--kind", "indirect").stdout == "no quotations\n"


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_bars_fit_and_nothing_acts(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("NO_COLOR", "1")
    tally = Tally()
    for name in ("town", "hostile"):
        for article, quotations in load(name):
            tally.add(article, quotations)
    shown = Terminal()
    write_bars(tally.speakers(), open_stdout(shown, styled=True))
    assert not ESCAPES.search(shown.getvalue())
    assert max(map(len, shown.getvalue().splitlines())) <= width
    if width >= 120:
        assert "mayor" in shown.getvalue()


def test_a_bar() -> None:
    assert bar(1, 10) == "█" * 10
    assert bar(0.5, 3) == "█▌"
    assert bar(0, 10) == "▏"
    assert bar(0.5, 10, plain=True) == "#####"
    assert bar(0, 10, plain=True) == "#"


def test_bars_are_for_terminals(folder: Path) -> None:
    shown = Terminal()
    speakers_command(ExtractOptions(inputs=(str(folder),)), Streams(io.StringIO(), shown, io.StringIO()))
    assert "█" in shown.getvalue()


def test_speakers_into_files(folder: Path) -> None:
    for suffix, start in ((".csv", "speaker,"), (".json", "[\n{"), (".txt", "speaker  ")):
        result = run("speakers", folder / "one.txt", "-o", folder / f"out{suffix}")
        assert (result.exit_code, result.stdout) == (0, "")
        assert (folder / f"out{suffix}").read_text("utf-8").startswith(start)
    for arguments, says in (
        (["-o", "a.html"], "no format here is called .html; end the name in one of .txt, .csv, .json, .xlsx"),
        (["-f", "html"], "there is no format 'html'; one of auto, bars, csv, json, xlsx"),
    ):
        result = run("speakers", folder, *arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert says in result.stderr


def test_counted_over_articles_and_safe_in_spreadsheets() -> None:
    tally = Tally()
    for article, quotations in load("town"):
        tally.add(article, quotations)
    first, second, last = tally.speakers()
    assert (first.speaker, first.role, first.quotations, first.articles) == ("Ana Ortiz", "mayor", 4, 2)
    assert (second.speaker, second.role, second.articles) == ("Ben Adeyemi", None, 1)
    assert (last.speaker, last.quotations, last.speaker_type) == (None, 2, "unknown")
    assert sum(spoken.share for spoken in tally.speakers()) == pytest.approx(1, abs=0.001)


def test_words_are_counted_alike_everywhere() -> None:
    quote = "We will — and soon … 2 of 3"
    assert word_count(quote) == 7
    found = [quotation(quote=quote, speaker="Ana Ortiz")]
    tally = Tally()
    tally.add(Article("a.txt", f"“{quote}”"), found)
    assert [spoken.words for spoken in tally.speakers()] == [7]
    assert [len(Filters(min_words=least).select(found)) for least in (7, 8)] == [1, 0]
    assert '<span class="role">7 words</span>' in render("html", [(Article("a.txt", f"“{quote}”"), found)])


# Searching


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("database") / "news #1?.db"  # a name that a URI must escape
    render("sqlite", load("town"), target=str(path))
    connection = sqlite3.connect(path)
    connection.execute("UPDATE articles SET published = '2026-11-02', title = 'Later' WHERE source = 'second day.txt'")
    connection.commit()
    connection.close()
    return path


def quotes(result: object) -> list[str]:
    text = result.stdout_bytes.decode()  # type: ignore[attr-defined]
    return [row["quote"] for row in csv.DictReader(io.StringIO(text, newline=""))]


@pytest.mark.parametrize(
    ("arguments", "number"),
    [
        (["swallows"], 1),
        (["SWALLOW"], 1),  # stems
        (["swallows", "harbour"], 1),
        (["swallows leaving"], 0),
        (['"old harbour"'], 1),
        (["old harbour"], 1),
        (["old harb*"], 1),
        (["?!"], 0),
        (['"harbour old"'], 0),
        (["swal*"], 1),
        (["--speaker", "ortiz"], 4),
        (["in", "--speaker", "ORTIZ"], 1),
        (["--since", "2026"], 2),
        (["--since", "2026-11-02", "--attributed"], 1),
        (["--since", "2026-12"], 0),
        (["--kind", "other"], 1),
        (["--min-words", "4"], 3),
        (["--min-confidence", "0.98"], 1),
        ([], 7),
    ],
)
def test_search(database: Path, arguments: list[str], number: int) -> None:
    result = run("search", database, *arguments)
    undated = "quotes: 1 of 2 articles has no date, left out\n" if "--since" in arguments else ""
    assert (result.exit_code, result.stderr) == (0, undated)
    assert len(quotes(result)) == number


def test_newest_first_and_as_recorded(database: Path) -> None:
    found = list(search(SearchOptions(str(database))))
    assert [article.source for article, _ in found] == ["second day.txt", "harbour.txt"]
    read = [replace(quotation, person=None) for _, some in reversed(found) for quotation in some]
    assert read == [q for _, some in load("town") for q in some]
    assert found[0][0].title == "Later"


def test_any_format(database: Path, tmp_path: Path) -> None:
    record = json.loads(run("search", database, "leaving", "-f", "json").stdout)[0]
    assert record["speaker"] == "Ana Ortiz"
    assert run("search", database, "leaving", "--columns", "quote", "-f", "tsv").stdout == "quote\nNobody is leaving.\n"
    run("search", database, "leaving", "-o", tmp_path / "found.md")
    assert "Nobody is leaving." in (tmp_path / "found.md").read_text("utf-8")


@given(
    st.lists(st.text(st.characters()) | st.sampled_from(['"', "*", "a*", "NEAR(a b)", "quote:x", "a OR", "^a", "-"]))
)
@settings(max_examples=150, deadline=None)
def test_no_query_fails(database: Path, words: list[str]) -> None:
    list(search(SearchOptions(str(database), tuple(words))))


@pytest.mark.parametrize(
    ("quote", "typed"),
    [
        ("the café is open", ["cafe", "CAFÉ", "cafe\u0301", "caf*"]),
        ("the cafe\u0301 is open", ["cafe", "café"]),
        ("Ask O’Brien", ["O'Brien", "O’Brien", "o'brien", "Oʼbrien"]),
        ("Ask Oʼbrien", ["O'Brien", "o’brien"]),
        ("Løkke and Đoković of Łódź", ["lokke", "Løkke", "dokovic", "Đoković", "LODZ", "lokke dokovic"]),
        ("Lokke of Lodz", ["Løkke", "łódź"]),
        ("Ｆｕｌｌ width and ﬁsh re\xadbuilt", ["full", "Ｆｕｌｌ", "fish", "rebuilt"]),
        ("Işık in der Straße", ["isik", "strasse", "Straße"]),
    ],
)
def test_search_folds_letters(quote: str, typed: list[str], tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    render("sqlite", [(Article("a.txt", quote), [quotation(quote=quote)])], target=str(path))
    for words in typed:
        found = [one.quote for _, kept in search(SearchOptions(str(path), tuple(words.split(" ")))) for one in kept]
        assert found == [quote], words


@pytest.mark.parametrize(
    ("typed", "speaker"),
    [
        ("nunez", "Ana Núñez"),
        ("Nun\u0303ez", "Ana Núñez"),
        ("núñez", "Ana Nunez"),
        ("o'brien", "Pat O’Brien"),
        ("O’Brien", "Pat O'Brien"),
        ("lokke", "Lars Løkke Rasmussen"),
        ("ana nunez", "Ana\xa0Núñez"),
        ("Ｎｕｎｅｚ", "Ana Núñez"),
        ("jean-luc", "Jean‑Luc Ortiz"),
        ("IŞIK", "Deniz Işık"),
    ],
)
def test_speakers_are_found_in_any_spelling(typed: str, speaker: str) -> None:
    assert len(Filters(speakers=(typed,)).select([quotation(speaker=speaker)])) == 1
    assert Filters(speakers=("ortega",)).select([quotation(speaker=speaker)]) == []


def test_speakers_are_counted_in_any_spelling() -> None:
    tally = Tally()
    for name in ("Pat O’Brien", "Pat O'Brien", "PAT O'BRIEN", "Pat O’Bríen", "Pat Obrien"):
        tally.add(Article("a.txt", ""), [quotation(speaker=name, quote="We go")])
    assert [(one.speaker, one.quotations, one.articles) for one in tally.speakers()] == [
        ("Pat O’Brien", 4, 4),
        ("Pat Obrien", 1, 1),
    ]


def test_queries_are_words() -> None:
    assert match_of(("a OR b", "OR", 'NEAR("x y" z)')) == '"a OR b" "OR" "NEAR(" "x y" "z)"'
    assert match_of(("!!!", '"', "it's", 'open "end of')) == '"it\'s" "open" "end of"'
    assert match_of(("sto*", "old harb*")) == '"sto*"* "old harb*"*'


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["gone.db", "x"], 1, "gone.db: no such database; make it with quotes extract --output gone.db"),
        (["{letter}", "x"], 1, "cannot be searched (file is not a database)"),
        (["{db}", "--since", "yesterday"], 2, "--since: 'yesterday' is no date; write 2026, 2026-11 or 2026-11-23"),
        (["{db}", "--since", "2026-13"], 2, "is no date"),
        (["{db}", "-o", "{db}"], 2, "is the database and would be overwritten"),
        (["{db}", "--kind", "loud"], 2, "there is no kind 'loud'"),
        ([], 2, "DB"),
    ],
)
def test_wrong_searches(database: Path, tmp_path: Path, arguments: list[str], status: int, says: str) -> None:
    (tmp_path / "letter.db").write_text("Dear Sir or Madam, " * 200)
    before = database.read_bytes()
    named = [argument.format(db=database, letter=tmp_path / "letter.db") for argument in arguments]
    result = run("search", *named)
    assert (result.exit_code, result.stdout) == (status, "")
    assert says in result.stderr
    assert database.read_bytes() == before


def test_an_old_result_stays_when_the_database_is_gone(tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("old")
    assert run("search", tmp_path / "gone.db", "-o", tmp_path / "out.csv").exit_code == 1
    assert (tmp_path / "out.csv").read_text() == "old"


def test_time_grows_with_the_speakers_of_one_article() -> None:
    def prepare(number: int) -> Callable[[], object]:
        names = (f"Ana {''.join(chr(97 + int(digit)) for digit in str(i)).title()}sen" for i in range(number))
        tally = Tally()
        tally.add(Article("a.txt", ""), [quotation(id=i, speaker=name, named="yes") for i, name in enumerate(names, 1)])
        return tally.speakers

    assert_linear(prepare, 1000)
