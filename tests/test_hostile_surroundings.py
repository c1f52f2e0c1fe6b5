"""Variables that make no sense, folders that are gone, names in any locale: the same output, or one line."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from fake_quotes import STORY
from terminals import on_a_terminal
from test_hostile_process import FAKE, shell

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the shell and the terminal of POSIX")
GONE = "quotes: the current folder is gone; change to one that exists and run again\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(STORY, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "environment",
    [
        {"COLUMNS": "²", "LINES": "²"},
        {"COLUMNS": "-5", "LINES": "-5"},
        {"COLUMNS": "0", "LINES": "0"},
        {"COLUMNS": "1000000000", "LINES": "1000000000"},
        {"COLUMNS": "1", "LINES": "1", "PAGER": "cat"},
        {"LINES": "1", "PAGER": "true"},
        {"LINES": "1", "PAGER": "'"},
        {"LINES": "1", "PAGER": "/"},
        {"TERM": "", "HOME": "/nowhere", "TMPDIR": "/nowhere", "XDG_CACHE_HOME": "\n"},
        {"LC_ALL": "xx_YY.UTF-8", "PYTHONIOENCODING": "ascii"},
        {"_TYPER_COMPLETE_ARGS": "'", "COMP_WORDS": "'"},
    ],
    ids=str,
)
def test_variables_that_make_no_sense(environment: dict[str, str]) -> None:
    for command in (["extract", "a.txt"], ["show", "a.txt"]):
        status, sent = on_a_terminal(*FAKE, *command, **environment)
        assert status == 0
        assert b"Traceback" not in sent
        assert len(sent) < 20_000


@pytest.mark.parametrize(
    "environment", [{"TERM": "dumb"}, {"TERM": "unknown"}, {"TERM": ""}, {"NO_COLOR": "1"}], ids=str
)
def test_a_terminal_without_colours(environment: dict[str, str], folder: Path) -> None:
    home = {"HOME": str(folder), "FORCE_COLOR": "1"}
    shell = ("bash", "-c", '"$@"; exit $?', "bash")  # which --install-completion looks for among its ancestors
    for command in ("extract a.txt", "show a.txt", "--install-completion"):
        status, sent = on_a_terminal(*shell, *FAKE, *command.split(), **environment, **home)
        assert status == 0, sent
        assert b"\x1b" not in sent, command


def test_completion_without_words() -> None:
    for environment in (
        {"_QUOTES_COMPLETE": "complete_bash"},
        {"_QUOTES_COMPLETE": "complete_bash", "COMP_WORDS": "quotes", "COMP_CWORD": "x"},
    ):
        status, out, errors = shell("quotes extract", **environment)
        assert (status, out, errors.count("\n")) == (2, "", 1)
        assert errors.startswith("quotes: _QUOTES_COMPLETE: the shell does not say what to complete (")
    status, _, errors = shell("quotes --install-completion bash", HOME="/dev/null")
    assert (status, errors.count("\n")) == (1, 1)
    assert errors.startswith("quotes: /dev/null")


# A current folder that is gone


@pytest.mark.parametrize(
    ("command", "status", "told"),
    [
        ("extract $OLDPWD/a.txt -o o.csv", 1, GONE),
        ("extract $OLDPWD/a.txt --jobs 2 --resume -o o.jsonl", 1, GONE),
        ("search $OLDPWD/n.db -o o.csv", 1, GONE),
        ("search $OLDPWD/n.db", 0, ""),
        ("extract a.txt", 1, "quotes: a.txt: no such file or folder; check the name\n"),
        ("show $OLDPWD/a.txt", 0, ""),
        ("extract $OLDPWD/a.txt -q -o $OLDPWD/o.csv", 0, ""),
        ("--version", 0, ""),
    ],
)
def test_a_current_folder_that_is_gone(command: str, status: int, told: str) -> None:
    assert "n.db" not in command or shell("quotes extract a.txt -o n.db")[0] == 0
    done = shell(f"mkdir gone; cd gone; rmdir ../gone; quotes {command}")
    assert (done[0], done[2]) == (status, told)


def test_spacy_does_not_load_where_the_current_folder_is_gone() -> None:
    program = f'"{sys.executable}" -c "from quotes_cli.__main__ import main; main()"'
    for command in ("extract", "explain"):
        done = shell(f"mkdir gone; cd gone; rmdir ../gone; {program} {command} --no-fast $OLDPWD/a.txt")
        assert (done[0], done[2]) == (1, GONE)


# Names in any locale


def test_names_are_the_same_in_every_locale() -> None:
    names = ["é.txt", "漢字.txt", os.fsdecode(b"bad\xff.txt")]
    for name in names:
        Path(name).write_text(STORY, "utf-8")
    Path("sub").mkdir()
    Path("sub/ü.txt").write_text(STORY, "utf-8")
    Path("t.csv").write_text("id,text\né,“We will.” she said\n", "utf-8")
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for arguments in (
        ["extract", *names, "sub", "t.csv", "--id-column", "id", "-f", "jsonl"],
        ["extract", "sub/ü.txt", ".", "sub", "é.txt", "--jobs", "2", "-f", "jsonl"],
        ["extract", *names, "t.csv", "--id-column", "id", "--save-text", "texts", "-f", "csv"],
        ["show", *names],
        ["extract", *names, "sub", "-q", "-o", "n.db"],
    ):
        told = set()
        for locale in ({"LC_ALL": "C.UTF-8"}, ascii_only):
            Path("n.db").unlink(missing_ok=True)
            done = subprocess.run([*FAKE, *arguments], capture_output=True, env=os.environ | locale)
            assert (done.returncode, done.stderr) == (0, b"")
            if arguments[-1] == "n.db":
                with closing(sqlite3.connect("n.db")) as database:
                    done.stdout = repr(database.execute("SELECT source FROM articles ORDER BY 1").fetchall()).encode()
            told.add(done.stdout)
        assert len(told) == 1, arguments
        if arguments[-1] == "jsonl":
            sources = {json.loads(line)["source"] for line in told.pop().splitlines()}
            assert "sub/ü.txt" in sources
            assert {"é.txt", "漢字.txt", "bad\udcff.txt"} <= {source.removeprefix("./") for source in sources}


def test_help_keeps_its_words_where_python_runs_without_docstrings() -> None:
    asked = [sys.executable, "-m", "quotes_cli"]
    for arguments in (["--help"], ["verify", "--help"]):
        said = [
            subprocess.run(
                [*asked, *arguments], capture_output=True, text=True, check=True, env={**os.environ, **more}
            ).stdout
            for more in ({}, {"PYTHONOPTIMIZE": "2"})
        ]
        assert "Look quotations up in transcripts" in said[0]
        assert said[0] == said[1]
