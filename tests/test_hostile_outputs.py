"""Nothing escapes: what stands in articles and their names acts on no terminal and in no page; same bytes each time."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.html import document_fromstring
from spacy.language import Language
from terminals import on_a_terminal
from test_cli import run

from quotes_cli.commands.search import SearchOptions, search
from quotes_cli.language.pipeline import extract_article
from quotes_cli.records import Article
from quotes_cli.visible import ACTING

TITLE = "\x1b]0;pwned\x07"
HOSTILE = (
    f"“We \x1b[2Jwill{TITLE} \u202erebuild,” A\x9bna [bold]Ortiz[/bold] <script>alert(1)</script> said \x1bP+q\x1b\\.\n"
    "\n"
    "“=cmd|'/c calc'!A1 is [red]not[/red] <img src=x onerror=alert(1)>,” said Bo \x1b]8;;http://127.0.0.1\x07Lee.\n"
)
NAME = f"a{TITLE}\u202e[blink]\n<script>alert(2)<|script>.txt"
OURS = re.compile(r"\x1b\[(?:[0-9;]*m|\?25[lh]|1A|2K)|\r(?=\x1b)")  # colours, and the line of progress
ACTS = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f{ACTING}]|\r(?!\n)")
BETWEEN = "=====next====="
PROGRAM = [sys.executable, "-m", "quotes_cli"]


#: Command lines one after the other, as if each were a program of its own; the model is loaded once.
ONE_AFTER_THE_OTHER = f"""
import functools, json, sys
from quotes_cli.app.cli import main
from quotes_cli.language import pipeline
pipeline.load_analyser = functools.cache(pipeline.load_analyser)
for arguments in json.loads(sys.argv[1]):
    sys.argv = ["quotes", *arguments]
    try:
        main()
    except SystemExit as done:
        print(done.code, "{BETWEEN}", sep="", flush=True)
"""
ARGUMENTS = {
    "table": ("extract", NAME, "--all"),
    "csv": ("extract", ".", "-f", "csv"),
    "jsonl": ("extract", NAME, "-f", "jsonl"),
    "show": ("show", NAME),
    "explain": ("explain", NAME),
    "speakers": ("speakers", ".", "--all"),
    "missing": ("extract", f"gone{NAME}"),
    "usage": ("extract", "-f", f"x{TITLE}", NAME),
    "output": ("extract", NAME, "-o", f"nowhere{TITLE}/a.csv"),
}
FAIL = {"missing": "1", "usage": "2", "output": "1"}


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    (tmp_path / NAME).write_text(HOSTILE, "utf-8", newline="")
    return tmp_path


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Status and what each command sends to a terminal, without what is ours."""
    if sys.platform == "win32":
        pytest.skip("Windows has no such terminals")
    folder = tmp_path_factory.mktemp("hostile")
    (folder / NAME).write_text(HOSTILE, "utf-8", newline="")
    program = [sys.executable, "-c", ONE_AFTER_THE_OTHER, json.dumps([*ARGUMENTS.values()])]
    _, sent = on_a_terminal(*program, folder=folder, COLUMNS="100", PAGER="cat")
    parts = OURS.sub("", sent.decode("utf-8").replace("\r\n", "\n")).split(f"{BETWEEN}\n")
    assert not parts.pop().strip()
    return dict(zip(ARGUMENTS, parts, strict=True))


@pytest.mark.parametrize("command", ARGUMENTS)
def test_nothing_of_an_article_or_its_name_acts_on_a_terminal(command: str, shown: dict[str, str]) -> None:
    sent, status = shown[command][:-1], shown[command][-1]
    assert status == FAIL.get(command, "0")
    assert sent.strip()
    assert "Traceback" not in sent
    assert not ACTS.search(sent), sent


def test_markup_in_the_text_is_text(shown: dict[str, str]) -> None:
    assert "[bold]Ortiz[/bold]" in shown["show"]
    assert "[red]not[/red]" in shown["show"]


def test_scripts_in_article_speaker_name_and_title_are_text(hostile: Path) -> None:
    (hostile / "b.jsonl").write_text(
        '{"title": "<script>alert(3)</script>", "text": "\\u201cWe will,\\u201d Zed Quill said."}\n'
    )
    (hostile / "people.csv").write_text(
        "name,aliases,pronoun,role\nZed Quill <script>alert(4)</script>,Zed Quill,he,mayor\n"
    )
    command = [*PROGRAM, "extract", NAME, "b.jsonl", "--people", "people.csv", "-o", "out.html"]
    subprocess.run(command, cwd=hostile, check=True)
    page = document_fromstring((hostile / "out.html").read_bytes())
    assert [script.get("type") for script in page.findall(".//script")] == ["application/json", None]
    assert page.findall(".//img") == []
    assert not any(name.startswith("on") for element in page.iter() for name in element.attrib)
    assert "Content-Security-Policy" in (hostile / "out.html").read_text("utf-8")
    shown = page.text_content()
    assert "<script>alert(1)</script>" in shown
    assert "<script>alert(3)</script>" in shown
    assert "<script>alert(4)</script>" in shown


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("search")
    (folder / "a.txt").write_text("“We will rebuild the harbour,” Ana Ortiz said.\n", "utf-8")
    subprocess.run([*PROGRAM, "extract", "a.txt", "-o", "a.db"], cwd=folder, check=True)
    return str(folder / "a.db")


@settings(max_examples=150, deadline=None)
@given(
    words=st.lists(
        st.text() | st.sampled_from(["NEAR(", '"', "*", "a OR", "NOT", "quote:x", "^a", "a*b", "'; DROP", "-a"])
    )
)
def test_no_query_fails(words: list[str], database: str) -> None:
    for _ in search(SearchOptions(database, tuple(words))):
        pass


MARKS = st.sampled_from(
    ["“", "”", '"', "'", "‘", "’", "«", "»", " ", "\n\n", "\n", ",", ".", " said", " Ana Ortiz", " he"]
)


@settings(max_examples=60, deadline=None)
@given(parts=st.lists(MARKS | st.text(max_size=6), max_size=40))
def test_every_stage_takes_any_text(parts: list[str], nlp: Language) -> None:
    """Segment, parse, attribute and resolve, whatever stands there; offsets are exact to the end."""
    text = "".join(parts).encode("utf-8", "replace").decode().replace("\0", "")
    for quotation in extract_article(Article("-", text), nlp, nested=True, block_quotes=True):
        assert text[quotation.start : quotation.end] == quotation.quote
        for told, start, end in (
            (quotation.cue, quotation.cue_start, quotation.cue_end),
            (quotation.mention, quotation.mention_start, quotation.mention_end),
        ):
            assert told is None or text[start:end] == told


def digest_of(path: Path) -> str:
    """Of a file's bytes; of a database what is in it, because pages may lie in any order."""
    if path.suffix == ".db":
        with sqlite3.connect(path) as database:
            return hashlib.sha256("\n".join(database.iterdump()).encode()).hexdigest()
    return hashlib.sha256(path.read_bytes()).hexdigest()


EACH_FORMAT = """
import functools, sys
from quotes_cli.app.cli import app
from quotes_cli.language import pipeline
pipeline.load_analyser = functools.cache(pipeline.load_analyser)
number, (*formats,), options = sys.argv[1], sys.argv[2 : sys.argv.index("--")], sys.argv[sys.argv.index("--") + 1 :]
for format in formats:
    try:
        app(["extract", "a.txt", "b.txt", "-o", f"{number}.{format}", *options])
    except SystemExit as done:
        assert not done.code, done.code
"""


def test_the_same_bytes_whatever_the_surroundings(tmp_path: Path) -> None:
    """Hash seeds, locales (Turkish, whose i has no dot in capitals, where it is installed), time zones, jobs."""
    (tmp_path / "a.txt").write_text(
        "“We will rebuild the İstanbul ISTANBUL harbour,” Ana Ortiz, the mayor, said.\n\n“It is time,” she added."
        ' Bo Lee, an engineer, called it "unwise". The minister’s spokesman, Ivan Ilić, said: “No.”\n',
        "utf-8",
    )
    (tmp_path / "b.txt").write_text("“Stay,” Ivan Ilić told Bo Lee. “I will,” he replied.\n", "utf-8")
    surroundings: list[tuple[dict[str, str], list[str]]] = [
        ({"PYTHONHASHSEED": "0"}, []),
        ({"PYTHONHASHSEED": "1", "LC_ALL": "C", "PYTHONUTF8": "0", "TZ": "Asia/Kathmandu"}, []),
        ({"PYTHONHASHSEED": "random", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "UTC+12"}, ["--jobs", "2"]),
    ]
    formats = ("csv", "jsonl", "html", "xlsx", "parquet", "db")
    digests: dict[str, set[str]] = {format: set() for format in formats}
    for number, (env, options) in enumerate(surroundings):
        command = [sys.executable, "-c", EACH_FORMAT, str(number), *formats, "--", *options]
        subprocess.run(command, cwd=tmp_path, check=True, env=os.environ | env)
        for format in formats:
            digests[format].add(digest_of(tmp_path / f"{number}.{format}"))
    assert {format for format in formats if len(digests[format]) > 1} == set()


def test_no_code_asks_for_the_locale() -> None:
    """The stand-in where no Turkish locale is installed: nothing sets one, so that nothing can depend on it."""
    import quotes_cli

    for path in Path(quotes_cli.__file__).parent.rglob("*.py"):
        if {"training", "evaluation"} & set(path.parts):
            continue
        assert not re.search(r"\blocale\.|strftime\(|strcoll|getpreferredencoding", path.read_text("utf-8")), path


FULL = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
sys.path.insert(0, sys.argv[1])
from fake_quotes import each, fake_extract
from quotes_cli.app.cli import app
from quotes_cli.commands import request
request.load_extractor = lambda options: each(fake_extract)
app(sys.argv[2:])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
@pytest.mark.parametrize("format", ["csv", "html", "xlsx", "parquet", "db"])
def test_a_disk_that_fills_up_leaves_the_old_file(format: str, tmp_path: Path) -> None:
    """A file may not grow beyond 60 KB, as on a disk that has no more."""
    words = (hashlib.sha256(str(number).encode()).hexdigest() for number in range(3000))
    (tmp_path / "a.txt").write_text("\n".join(f"“We will {word},” Ana Ortiz said." for word in words), "utf-8")
    out = tmp_path / f"out.{format}"
    if format != "db":
        out.write_text("as it was", "utf-8")
    command = [sys.executable, "-c", FULL, str(Path(__file__).parent), "extract", "a.txt", "-o", out.name]
    env = {
        name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")
    }  # its file is too large
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", env=env)
    assert (result.returncode, result.stdout) == (1, ""), result.stderr
    assert result.stderr.startswith(f"quotes: {out.name}: cannot be written (")
    assert result.stderr.count("\n") == 1
    assert sorted(os.listdir(tmp_path)) == (["a.txt"] if format == "db" else ["a.txt", out.name])
    assert format == "db" or out.read_text("utf-8") == "as it was"


def test_a_full_disk_is_told_in_the_systems_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """openpyxl writes by lxml, which calls it IO_ENOSPC."""
    from lxml.etree import SerialisationError
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    def fail(*row: object) -> None:
        raise SerialisationError("IO_ENOSPC")

    monkeypatch.setattr(WriteOnlyWorksheet, "append", fail)
    result = run("extract", "-", "-o", tmp_path / "a.xlsx", input="“We will,” Ana Ortiz said.")
    assert result.exit_code == 1
    assert "cannot be written (No space left on device); make room, also where temporary" in result.stderr
