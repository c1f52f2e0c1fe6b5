"""What is said when a run ends, and before one: counts, what gave nothing, what may be wrong with a text."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from test_cli import run
from test_export import Terminal

from quotes_cli.commands.extract import extract_command
from quotes_cli.commands.request import ExtractOptions
from quotes_cli.language.doubts import EMPTY, ENCODING, MARKS, TRANSCRIPT, doubts_before
from quotes_cli.read.twice import mended
from quotes_cli.screen import pager
from quotes_cli.status import Streams

QUOTED = "“We will rebuild,” Ana Ortiz said. “Nobody’s leaving,” she said.\n"
TIMED = "".join(f"{who}  0:0{n}\nWe will rebuild it.\n\n" for n, who in enumerate(["Ana Ortiz", "Bo Lee"] * 3))
SIGN = 'The sign reads "never again".\n'
DIALOGUE = (
    "ORTIZ – We will rebuild.\nFOX – With what?\nORTIZ – With stones.\nFOX – Whose?\nORTIZ – Ours.\nFOX – Thanks.\n"
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake_pipeline: list[str | None]) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    Path("in").mkdir()
    return tmp_path / "in"


def say(*arguments: str, status: int = 0, **files: str) -> list[str]:
    """What a run over these files says on stderr."""
    for name, text in files.items():
        Path("in", f"{name}.txt").write_text(text, "utf-8")
    result = run(*(arguments or ("extract", "in", "-o", "x.csv")))
    assert result.exit_code == status, result.stderr
    return result.stderr.splitlines()


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({}, "0 quotations in x.csv"),
        ({"a": QUOTED}, "2 quotations in x.csv"),
        ({"a": QUOTED, "b": SIGN}, "3 quotations, 1 without a speaker, in x.csv"),
        ({"a": "“We will.”\n" * 1200}, "1,200 quotations, 1,200 without a speaker, in x.csv"),
        ({"a": QUOTED, "b": "Nothing."}, "2 quotations in x.csv; 1 of 2 articles gave none (in/b.txt)"),
        ({"a": "Nothing."}, "0 quotations in x.csv"),
        (dict.fromkeys("abcde", "No.") | {"f": QUOTED}, "2 quotations in x.csv; 5 of 6 articles gave none"),
    ],
)
def test_a_run_into_a_file_ends_with_a_line(files: dict[str, str], says: str) -> None:
    if not files:
        Path("in/a.txt").write_text("")
    assert say(**files) == [f"quotes: {says}"]


def test_every_format_and_command_ends_with_it() -> None:
    Path("in/a.txt").write_text(QUOTED + SIGN, "utf-8")
    for name in ("x.html", "x.db", "x.db", "x.jsonl", "x.xlsx", "x.parquet"):
        assert say("extract", "in", "-o", name) == [f"quotes: 3 quotations, 1 without a speaker, in {name}"]
    assert say("search", "x.db", "rebuild", "-o", "y.csv") == ["quotes: 1 quotation in y.csv"]
    assert say("speakers", "in", "-o", "y.csv") == ["quotes: 1 speaker, 3 quotations, 1 without a speaker, in y.csv"]
    assert say("extract", "in", "--speaker", "ORTIZ", "-o", "x.csv") == ["quotes: 2 quotations in x.csv"]
    assert say("extract", "in", "--resume", "-o", "x.jsonl") == say("extract", "in", "--resume", "-o", "x.jsonl")


def test_what_cannot_be_read_is_counted() -> None:
    Path("in/a.txt").write_text(QUOTED, "utf-8")
    lines = say("extract", "in", "gone.txt", "away.txt", "-o", "x.csv", status=1)
    assert lines[2:] == ["quotes: 2 quotations in x.csv; 2 inputs could not be read"]


def test_very_many_broken_rows_are_counted(fake_pipeline: list[str | None]) -> None:
    """Of each table on its own; the last line counts all."""
    Path("a.csv").write_text("text,b\n" + "x,y,z\n" * 1030, "utf-8")
    Path("b.csv").write_text("text,b\n" + "x,y,z\n" * 20, "utf-8")
    lines = say("extract", "a.csv", "b.csv", "-o", "x.csv", status=1)
    assert lines[19] == "quotes: a.csv: row 20 has 3 cells and the header 2; quote cells with commas"
    assert lines[20].startswith("quotes: b.csv: row 1 has 3 cells")
    assert lines[40:] == [
        "quotes: a.csv: 1,010 more rows of it could not be read",
        "quotes: 0 quotations in x.csv; 1,050 inputs could not be read",
    ]


def test_every_file_is_told(fake_pipeline: list[str | None]) -> None:
    names = [f"Dam: a story, row {n}.txt" for n in range(30)]
    lines = say("extract", *names, "-o", "x.csv", status=1)
    assert lines[:30] == [f"quotes: {name}: no such file or folder; check the name" for name in names]


@pytest.mark.parametrize("option", ["-q", "--quiet"])
def test_quiet_says_only_what_cannot_be_read(option: str) -> None:
    Path("in/a.txt").write_text("\ufffdWe\ufffd", "utf-8")
    assert say("extract", "in", option, "-o", "x.csv") == []
    assert say("speakers", "in", option, "-o", "x.csv") == []
    assert say("extract", "in", option, "-o", "x.db") == []
    assert say("search", "x.db", option, "-o", "x.csv") == []
    assert say("extract", "gone.txt", option, "-o", "x.csv", status=1) == [
        "quotes: gone.txt: no such file or folder; check the name"
    ]


def test_a_pipe_is_told_nothing() -> None:
    assert say("extract", "in", "-f", "csv", a="\ufffdWe will,\ufffd", b=DIALOGUE) == []


# What may be wrong


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        (QUOTED, []),
        ("Nothing.", [EMPTY]),
        ("", [EMPTY]),
        ("\ufffdWe will,\ufffd Ana Ortiz said.", [ENCODING, EMPTY]),
        ("?We will rebuild,? Ana Ortiz said. ?Nobody?s leaving.?", [ENCODING, EMPTY]),
        ("Is it? Will they? Perhaps. She asked whether they would, and why?", [EMPTY]),
        ("\\u201cWe will rebuild,\\u201d Ana Ortiz said.", [ENCODING, EMPTY]),
        (QUOTED.encode().decode("gbk", "replace"), [ENCODING, EMPTY]),
        (QUOTED.encode().decode("shift_jis", "replace"), [ENCODING, EMPTY]),
        ("One \ufffd character. " + QUOTED, []),
        (QUOTED + "FranÃÆ’§ois left.", [ENCODING]),  # what is left of what was spoilt too often
        (QUOTED + "Fran‚àö√üois left.", [ENCODING]),
        (QUOTED + "FranР“В§ois left.", [ENCODING]),
        (QUOTED.replace("Ana", "Αna").replace("said", "ѕaid"), []),  # letters of others that look like ours
        (QUOTED + "The TNFα–β ratio, a√2, the São Paulo of “Δ”.", []),
        ('The frame is 6" wide.', [EMPTY, MARKS]),
        (DIALOGUE, [TRANSCRIPT, EMPTY]),
        (DIALOGUE.replace(" –", "\n"), [TRANSCRIPT, EMPTY]),
        (TIMED, [TRANSCRIPT, EMPTY]),
        (DIALOGUE.replace("ORTIZ –", "[Ortiz]").replace("FOX –", "[Fox]"), [TRANSCRIPT, EMPTY]),
        (DIALOGUE.replace(" –", ":"), []),  # and is one
        ("".join(f"What of {n}?\n\nWe shall see about it.\n\n" for n in "abcdef"), [TRANSCRIPT, EMPTY]),
        ("Town – one.\nTown – two.\nTown – three.\nTown – four.\nTown – five.\nTown – six.\n", [EMPTY]),
        ("Ingredients\n\nFlour\nSugar\n\nMethod\n\nStir.\n", [EMPTY]),
    ],
)
def test_doubts(text: str, doubts: list[str]) -> None:
    assert list(doubts_before(text)) == doubts


@pytest.mark.parametrize("codec", ["cp1250", "cp1251", "cp437", "cp850", "koi8_r", "cp1252", "mac_roman"])
def test_text_read_in_another_code_page_is_mended(codec: str) -> None:
    text = "“We will,” said Ana Núñez — the mayor… “Nobody’s leaving.”"
    assert mended(text.encode().decode(codec, "replace")).replace("”", "“") == text.replace("”", "“")


def test_doubts_are_said_with_names_and_a_remedy() -> None:
    broken = "\ufffdWe will,\ufffd Ana Ortiz said."
    assert say(a=QUOTED, b=broken, c=DIALOGUE)[1:] == [
        "quotes: in/b.txt: looks wrongly encoded; fetch the text again, or pass its --encoding",
        "quotes: in/c.txt: looks like a transcript or interview, and its turns were not found;"
        " see quotes docs transcripts",
    ]
    lines = say(**{f"b{n}": broken for n in range(4)})
    assert lines[0].endswith("; 6 of 7 articles gave none")
    assert lines[1].startswith("quotes: 5 articles look wrongly encoded (in/b.txt, in/b0.txt, in/b1.txt, …); ")


def test_marks_without_a_quotation(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = say(a=QUOTED, b="A sign says «STOP».")
    assert lines == [
        "quotes: 2 quotations in x.csv; 1 of 2 articles gave none (in/b.txt)",
        "quotes: in/b.txt: has quotation marks and no quotation; see what stands in marks with --all",
    ]


def test_a_terminal_is_told_too() -> None:
    Path("in/b.txt").write_text("\ufffdWe will,\ufffd Ana Ortiz said.", "utf-8")
    stderr = io.StringIO()
    extract_command(ExtractOptions(inputs=("in",)), Streams(io.StringIO(), Terminal(), stderr))
    assert stderr.getvalue() == (
        "quotes: in/b.txt: looks wrongly encoded; fetch the text again, or pass its --encoding\n"
    )


def test_a_dry_run_says_it_too() -> None:
    for n in range(20):
        Path(f"in/q{n}.txt").write_text(QUOTED, "utf-8")
    for n in range(5):
        Path(f"in/n{n}.txt").write_text("No.", "utf-8")
    Path("in/t.txt").write_text(DIALOGUE, "utf-8")
    Path("in/z.pdf").write_bytes(b"%PDF-1.4 broken")
    result = run("extract", "in", "--dry-run")
    assert result.exit_code == 1
    told = dict(line.split(maxsplit=1) for line in result.stdout.splitlines())
    assert told["checked"] == "6 of 26 articles have no quotation marks and no turns of speakers"
    assert told["inputs"].endswith(", and 1 that cannot be read")
    lines = result.stderr.splitlines()
    assert lines[0].startswith("quotes: in/z.pdf: ")
    assert lines[1].startswith("quotes: in/t.txt: looks like a transcript")
    assert len(lines) == 2


# The pager


def test_a_long_table_goes_through_the_pager(monkeypatch: pytest.MonkeyPatch) -> None:
    paged: list[str] = []
    monkeypatch.setattr(pager, "page", lambda text: bool(paged.append(text)) or True)
    monkeypatch.setenv("LINES", "10")
    Path("in/a.txt").write_text(QUOTED * 10, "utf-8")
    for wanted in (True, False):
        stdout = Terminal()
        streams = Streams(io.StringIO(), stdout, io.StringIO())
        extract_command(ExtractOptions(inputs=("in",)), streams, pager=wanted)
        assert ("We will rebuild," in stdout.getvalue()) is not wanted
    assert len(paged) == 1
    assert "20 quotations" in paged[0]


def test_what_was_found_is_shown_when_a_run_is_interrupted() -> None:
    stdout = Terminal()
    page = pager.paged(stdout, True)
    page.__enter__().write("half a table\n" * 20)
    assert not page.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert stdout.getvalue() == "half a table\n" * 20
