"""`--resume`: killed at any moment and run again, the output is that of a run that nobody broke off."""

from __future__ import annotations

import io
import json
import multiprocessing
import os
import random
import signal
import sqlite3
import time
from contextlib import suppress
from pathlib import Path

import pytest
from fake_quotes import STORY, each
from slow_quotes import slow_extract
from test_cli import run
from test_jobs import LINUX, start, write

from quotes_cli.commands import extract, request
from quotes_cli.commands.extract import extract_command
from quotes_cli.commands.request import ExtractOptions
from quotes_cli.records import Article
from quotes_cli.status import Streams
from quotes_cli.work import ledger

FORMATS = ("jsonl", "parquet", "sqlite")


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The fake pipeline, which logs the articles that it gets in `calls`."""
    log = tmp_path / "calls"
    log.touch()

    def load(options: object) -> extract.Extractor:
        def logged(article: Article):
            with log.open("a", errors="surrogateescape") as calls:
                calls.write(f"{article.source}\n")
            return slow_extract(article)

        return each(logged)

    monkeypatch.setattr(request, "load_extractor", load)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return log


def calls(log: Path) -> list[str]:
    """The articles that were worked on since the last time."""
    found = log.read_text(errors="surrogateescape").split()
    log.write_text("")
    return found


def settle(log: Path) -> None:
    """Wait until the workers of a killed run have finished what they had in hand."""
    size = -1
    while size != log.stat().st_size:
        size = log.stat().st_size
        time.sleep(0.4)


def contents(path: Path) -> object:
    """All that a reader of the output can see."""
    if path.suffix == ".jsonl":
        return path.read_bytes()
    if path.suffix == ".parquet":
        from pyarrow import parquet

        return parquet.read_table(path).to_pylist()
    database = sqlite3.connect(path)
    try:
        tables = ("records", "articles", "speakers", "quotations")
        return [database.execute(f"SELECT * FROM {table}").fetchall() for table in tables]
    finally:
        database.close()


def resume(*names: str, out: str = "out.jsonl", status: int = 0, options: tuple[str, ...] = ()) -> str:
    """Run it; what it says on stderr."""
    result = run("extract", *names, "-o", out, "--resume", *options)
    assert result.exit_code == status, result.stderr
    return result.stderr


# Killed


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks this process to be killed")
@pytest.mark.parametrize(("format", "jobs"), [("jsonl", 1), ("jsonl", 2), ("parquet", 2), ("sqlite", 2)])
def test_killed_at_any_moment(slow: Path, format: str, jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "EVERY", 0.02)
    monkeypatch.setattr("quotes_cli.export.sqlite._EVERY", 5)
    names = write(**{f"a{n:02}": f"[sleep 0.0{n % 3}]“Number {n},” Ana Ortiz said. " * (n % 4) for n in range(30)})
    rows = [{"text": f"[sleep 0.01]“Row {n},” she said.", "title": f"T{n}"} for n in range(20)]
    Path("table.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    inputs = (*names[:20], "table.jsonl", *names[20:])
    whole, broken = (Path(f"{name}.{format}") for name in ("whole", "broken"))
    assert run("extract", *inputs, "-o", whole).exit_code == 0
    all_calls = len(calls(slow))
    options = ExtractOptions(inputs=inputs, output=str(broken), resume=True, jobs=jobs)
    streams = Streams(io.StringIO(), io.StringIO(), io.StringIO())
    kills, random_moment = 0, random.Random(f"{format}{jobs}")
    while kills < 6:
        process = multiprocessing.get_context("fork").Process(target=extract_command, args=(options, streams))
        process.start()
        process.join(random_moment.uniform(0.02, 0.15))
        if process.exitcode is not None:
            break
        process.kill()
        process.join()
        kills += 1
        assert not broken.exists(), "it appears whole"
    assert kills > 1
    settle(slow)
    calls(slow)
    kept = 0
    with suppress(sqlite3.OperationalError):  # killed before there was a table
        kept = sqlite3.connect(f"{broken}.resume").execute("SELECT count(*) FROM articles").fetchone()[0]
    resume(*inputs, out=str(broken), options=("--jobs", str(jobs)))
    assert contents(broken) == contents(whole)
    again = len(calls(slow)) - (all_calls - kept)
    assert again in (0, 1), "what was kept is not done again, but for the input that had not ended"
    beside = {path.name for path in Path().iterdir()} - {*inputs, whole.name}
    assert beside == {broken.name, f"{broken.name}.resume"}, "nothing is left behind"


@LINUX
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_interrupted(slow: Path, number: signal.Signals, status: int) -> None:
    names = write(a=STORY, b=STORY, c="[sleep 60]", d=STORY)
    folder = Path.cwd()
    process = start(folder, *names, "-o", "out.jsonl", "--resume")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if any(part.read_bytes().count(b"\n") >= 6 for part in folder.glob(".quotes-*.tmp")):
            break
        time.sleep(0.02)
    os.killpg(process.pid, number)
    _, errors = process.communicate(timeout=60)
    kept = "2 articles are done and kept; run again with --resume to go on\n"
    assert (process.returncode, errors.decode()) == (
        status,
        f"quotes: {'interrupted; ' if number == signal.SIGINT else ''}{kept}",
    )
    assert not Path("out.jsonl").exists()
    write(c=STORY)
    resume(*names)
    assert calls(slow) == ["c.txt", "d.txt"]
    run("extract", *names, "-o", "whole.jsonl")
    assert contents(Path("out.jsonl")) == contents(Path("whole.jsonl"))


@LINUX
def test_busy_workers_of_a_killed_run_do_not_hold_its_lock(slow: Path) -> None:
    names = write(a=STORY, b="[sleep 5]", c="[sleep 5]")
    process = start(Path.cwd(), *names, "-o", "out.jsonl", "--resume", "--jobs", "2")
    while not Path("out.jsonl.resume").exists():
        time.sleep(0.02)
    time.sleep(0.5)
    process.kill()
    process.wait()
    write(b=STORY, c=STORY)
    resume(*names)
    assert len(Path("out.jsonl").read_text("utf-8").splitlines()) == 9
    process.communicate()


# What is done, and what is not


@pytest.mark.parametrize("format", FORMATS)
def test_new_changed_and_failed_inputs(slow: Path, format: str) -> None:
    out = f"out.{format}"
    names = write(a=STORY, b=STORY, d=STORY)
    told = resume(*names, "c.txt", "0.txt", out=out, status=1)
    assert told.splitlines() == [
        *(f"quotes: {name}.txt: no such file or folder; check the name" for name in "c0"),
        f"quotes: 9 quotations, 3 without a speaker, in {out}; 2 inputs could not be read",
    ]
    assert [json.loads(line) for line in Path(f"{out}.errors.jsonl").read_text().splitlines()] == [
        {"input": f"{name}.txt", "error": f"{name}.txt: no such file or folder; check the name"} for name in "c0"
    ]
    assert sorted(calls(slow)) == ["a.txt", "b.txt", "d.txt"]
    write(b="“Changed,” Bo Berg said.", c="“New,” she said.", e=STORY)
    os.utime("a.txt")
    resume("e.txt", "a.txt", "b.txt", "c.txt", "d.txt", out=out)
    assert calls(slow) == ["e.txt", "b.txt", "c.txt"]
    assert not Path(f"{out}.errors.jsonl").exists()
    resume("e.txt", "a.txt", "b.txt", "c.txt", "d.txt", out=out)
    assert calls(slow) == []
    run("extract", "e.txt", "a.txt", "b.txt", "c.txt", "d.txt", "-o", f"whole.{format}")
    if format == "sqlite":  # which is added to: rows stand in the order in which they came
        database = sqlite3.connect(out)
        found = database.execute("SELECT source, quote, speaker FROM records ORDER BY source, id").fetchall()
        assert [row[1] for row in found if row[0] == "b.txt"] == ["Changed,"]
        assert database.execute("SELECT count(*) FROM articles").fetchone() == (5,)
        assert database.execute("SELECT count(*) FROM speakers").fetchone() == (1,)
        database.close()
    else:
        assert contents(Path(out)) == contents(Path(f"whole.{format}"))


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_failed_rows_are_tried_again(slow: Path, jobs: str) -> None:
    Path("t.csv").write_text("text\n“A.” said\n[sleep 9]“B.” said\n“C.” said\n", "utf-8")
    told = resume("t.csv", status=1, options=("--timeout", "1", "--jobs", jobs))
    assert told.startswith("quotes: t.csv#2: takes longer than 1 seconds")
    assert sorted(set(calls(slow))) == ["t.csv#1", "t.csv#2", "t.csv#3"]
    resume("t.csv", status=1, options=("--timeout", "1", "--jobs", jobs))
    assert calls(slow) == ["t.csv#2"]
    assert [json.loads(line)["quote"] for line in Path("out.jsonl").read_text("utf-8").splitlines()] == ["A.", "C."]
    Path("t.csv").write_text("text\n“A.” said\n“B.” said\n“C.” said\n", "utf-8")
    resume("t.csv", options=("--jobs", jobs))
    assert sorted(calls(slow)) == ["t.csv#1", "t.csv#2", "t.csv#3"]
    resume("t.csv", options=("--jobs", jobs))
    assert calls(slow) == []


def test_a_database_that_is_there_is_added_to(slow: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes_cli.export.sqlite._EVERY", 1)
    names = write(a=STORY, b="“Mine,” Ana Ortiz said.", c=STORY)
    for out in ("broken.db", "whole.db"):
        run("extract", "a.txt", "-o", out)
    resume("c.txt", "gone.txt", *names, out="broken.db", status=1, options=("--strict",))
    calls(slow)
    resume("c.txt", *names, out="broken.db")
    assert calls(slow) == ["a.txt", "b.txt"]
    run("extract", "c.txt", *names, "-o", "whole.db")
    assert contents(Path("broken.db")) == contents(Path("whole.db"))


def test_filters_and_columns_may_change(slow: Path) -> None:
    names = write(a=STORY)
    resume(*names)
    calls(slow)
    for options in (("--all",), ("--kind", "direct", "--columns", "quote"), ("--speaker", "nobody")):
        resume(*names, options=options)
        run("extract", *names, "-o", "whole.jsonl", *options)
        assert calls(slow) == ["a.txt"], "the second run's"
        assert contents(Path("out.jsonl")) == contents(Path("whole.jsonl"))


def test_stdin_is_known_again(slow: Path) -> None:
    for _ in range(2):
        assert run("extract", "-", "-o", "out.jsonl", "--resume", input=STORY).exit_code == 0
        assert len(Path("out.jsonl").read_text("utf-8").splitlines()) == 3
    assert calls(slow) == ["-"]
    run("extract", "-", "-o", "out.jsonl", "--resume", input=STORY * 2)
    assert calls(slow) == ["-"]
    assert len(Path("out.jsonl").read_text("utf-8").splitlines()) == 6


@pytest.mark.skipif(os.name == "nt", reason="there, names are characters")
def test_names_that_are_no_characters(slow: Path) -> None:
    name = os.fsdecode(b"b\xff.txt")
    Path(name).write_text(STORY, "utf-8")
    for _ in range(2):
        resume(".")
    assert len(calls(slow)) == 1
    assert "b\\udcff.txt" in Path("out.jsonl").read_text("utf-8")


def test_a_link_to_the_output(slow: Path, tmp_path: Path) -> None:
    Path("link.jsonl").symlink_to(tmp_path / "real.jsonl")
    resume(*write(a=STORY), out="link.jsonl")
    assert (tmp_path / "real.jsonl.resume").exists()
    assert Path("link.jsonl").is_symlink()


# What is refused


def test_another_run(slow: Path) -> None:
    names = write(a=STORY, cues="remarked\tspeech\n")
    resume("a.txt")
    before = contents(Path("out.jsonl"))
    for options, named in (
        (("--nested", "--encoding", "latin-1"), "--nested, --encoding"),
        (("--cues", "cues.txt"), "--cues"),
        (("--model", "en_core_web_sm"), "--model"),
    ):
        told = resume("a.txt", status=2, options=options)
        assert told.endswith(
            f"out.jsonl.resume: begun with another {named}; use the same, or delete it to start anew\n"
        )
    assert contents(Path("out.jsonl")) == before
    Path("out.jsonl.resume").unlink()
    resume(*names, options=("--nested",))


def test_another_version(slow: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resume(*write(a=STORY))
    monkeypatch.setattr("quotes_cli.commands.resume.__version__", "99")
    assert "begun with another program version; use the same" in resume("a.txt", status=2)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["-f", "csv", "-o", "x.csv"], "--resume does nothing to csv; choose a --format among jsonl, parquet, sqlite"),
        (["-f", "jsonl"], "--resume needs a file to go on with; name it with --output"),
        (["-f", "jsonl", "-o", os.devnull], "--resume needs a file to go on with; name it with --output"),
        (
            ["-o", f"{'n' * 236}.jsonl"],
            "--resume: the name of --output is too long for the files beside it; choose a shorter one",
        ),
    ],
)
def test_wrong_usage(slow: Path, arguments: list[str], says: str) -> None:
    result = run("extract", *write(a=STORY), "--resume", *arguments)
    assert (result.exit_code, result.stderr) == (2, f"quotes: {says}\n")


def test_what_is_beside_is_no_input(slow: Path) -> None:
    Path("out.jsonl.errors.jsonl").write_text('{"text": "mine"}')
    told = resume("out.jsonl.errors.jsonl", status=2)
    assert "is an input and would be overwritten" in told


def test_a_ledger_that_is_none(slow: Path) -> None:
    Path("out.jsonl.resume").write_text("my notes, which are no database at all" * 100)
    told = resume(*write(a=STORY), status=1)
    assert "out.jsonl.resume: cannot be used (file is not a database)" in told
    assert Path("out.jsonl.resume").read_text().startswith("my notes")


def test_nothing_done_leaves_nothing(slow: Path) -> None:
    write(a=STORY)
    assert resume("a.txt", status=2, options=("--kind", "loud"))
    assert resume("gone.txt", status=1)
    assert {path.name for path in Path().iterdir()} == {"a.txt", "out.jsonl", "out.jsonl.errors.jsonl"}


def test_strict_keeps_what_is_done(slow: Path) -> None:
    names = write(a=STORY)
    resume(*names, "gone.txt", status=1, options=("--strict",))
    assert not Path("out.jsonl").exists()
    assert Path("out.jsonl.errors.jsonl").exists()
    calls(slow)
    resume(*names)
    assert calls(slow) == []
