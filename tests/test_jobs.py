"""`--jobs`: the same bytes in the same order from any number of processes, whatever becomes of one of them."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from fake_quotes import STORY, fake_extract
from slow_quotes import load_slow
from test_cli import TESTS, rows, run
from test_export import Terminal
from test_progress import run as show_progress
from typer.testing import CliRunner

from quotes_cli.app import cli
from quotes_cli.commands import extract, request
from quotes_cli.errors import ModelError
from quotes_cli.language.pipeline import extract_articles
from quotes_cli.read import ReadOptions
from quotes_cli.records import Article
from quotes_cli.work import pool
from quotes_cli.work.pool import Pool
from quotes_cli.work.tasks import Step, TaskOptions

LINUX = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks children up in /proc")


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.setattr(request, "load_extractor", load_slow)
    monkeypatch.chdir(folder)
    return folder


def write(**texts: str) -> list[str]:
    """Files of those names in the current folder."""
    for name, text in texts.items():
        Path(f"{name}.txt").write_text(text, "utf-8")
    return [f"{name}.txt" for name in texts]


@pytest.fixture
def archive(slow: Path) -> list[str]:
    """Inputs of every sort, unequal in length and in the time they take."""
    for number in range(30):
        pause = f"[sleep 0.{number * 7 % 5}]" if number % 6 == 0 else ""
        (slow / f"{number:02}.txt").write_text(f"{pause}“Number {number},” she said. " * (number % 4), "utf-8")
    (slow / "packed.txt.gz").write_bytes(gzip.compress(STORY.encode()))
    (slow / "page.html").write_text(f"<html><body><article><p>{STORY}</p></article></body></html>", "utf-8")
    articles = [{"id": f"n{n}", "text": f"“Row {n},” Ana Ortiz said.", "title": "T"} for n in range(20)]
    (slow / "table.jsonl").write_text("\n".join(map(json.dumps, articles)) + "\nnot json\n", "utf-8")
    (slow / "broken.pdf").write_bytes(b"%PDF-1.7 nothing more")
    return ["missing.txt", "-", ".", "table.jsonl", "broken.pdf", "00.txt", "gone.txt"]


@pytest.mark.parametrize(
    "options",
    [
        ("-f", "csv"),
        ("-f", "json", "--kind", "direct", "--id-column", "id"),
        ("-f", "html"),
        ("-f", "jsonl", "--strict"),
    ],
    ids=" ".join,
)
def test_the_same_bytes_from_any_number(archive: list[str], options: tuple[str, ...]) -> None:
    told = {}
    for jobs in ("1", "2", "3"):
        folder = f"../texts{jobs}"
        result = run("extract", *archive, *options, "--jobs", jobs, "--save-text", folder, input=STORY)
        saved = {path.name: path.read_bytes() for path in Path(folder).iterdir()}
        told[jobs] = (result.exit_code, result.stdout_bytes, result.stderr, saved)
    assert told["1"] == told["2"] == told["3"]
    assert told["1"][0] == 1
    if "--strict" not in options:
        assert len(told["1"][2].splitlines()) == 5
        assert len(told["1"][3]) == 54


def test_the_same_from_the_shipped_model(nlp, slow: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request, "load_extractor", lambda options: partial(extract_articles, nlp=nlp))
    words = "The harbour will open in May, ", "“We will rebuild,” Ana Ortiz said. “All of it.”", "Nobody said “no”."
    names = write(**{f"a{n}": " ".join(words[: n % 4]) + "\n\nLater she called it “a start”.\n" for n in range(8)})
    outputs = {run("extract", *names, "-f", "jsonl", "--jobs", jobs).stdout_bytes for jobs in ("1", "2")}
    assert len(outputs) == 1
    assert len(outputs.pop().splitlines()) > 8


def test_speakers(slow: Path) -> None:
    names = write(a=STORY, b=STORY * 2, c="nothing")
    one, two = (run("speakers", *names, "-f", "csv", "--jobs", jobs) for jobs in ("1", "2"))
    assert one.stdout_bytes == two.stdout_bytes
    assert b"Ana Ortiz" in one.stdout_bytes


def test_a_slow_article_holds_up_nothing_but_the_output(slow: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are done before it, all but one or two that its worker took along."""
    monkeypatch.setenv("QUOTES_TEST_LOG", str(slow / "log"))
    names = write(a="[sleep 2][log]", **{f"b{n}": "[log]" for n in range(8)})
    run("extract", *names, "--jobs", "2")
    done = Path("log").read_text().split()
    assert sorted(done) == names
    assert done.index("a.txt") >= 6


def test_look_ahead_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "AHEAD", 3)
    begun = 0

    def steps() -> Iterator[Step]:
        nonlocal begun
        for number in range(40):
            begun += 1
            yield Step(None, task=Article(str(number), "[sleep 0.5]" if number == 0 else "“Yes,” she said."))

    finished: list[str] = []
    with Pool(2, load_slow, TaskOptions(ReadOptions())) as workers:
        for step, event in workers.run(steps()):
            if event is None:
                finished.append(step.task.source)
            assert begun - len(finished) <= 6
    assert finished == [str(number) for number in range(40)]


def test_large_articles_wait_for_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "HELD", 100)
    articles = [Article(str(number), "“Yes,” she said. " * 20) for number in range(12)]
    most = 0
    with Pool(2, load_slow, TaskOptions(ReadOptions())) as workers:
        done = []
        for step, event in workers.run(Step(None, task=article) for article in articles):
            most = max(most, len(workers._pending))
            if event is None:
                done.append(step.task)
    assert done == articles
    assert most <= 2
    assert workers._held == 0


# A worker that dies


def test_a_worker_that_dies_costs_one_article(slow: Path) -> None:
    names = write(a=STORY, b="[die]", c=STORY, d=STORY, e="[die]", f=STORY)
    result = run("extract", *names, "--jobs", "2")
    assert result.exit_code == 1
    assert [row["source"] for row in rows(result)][::3] == ["a.txt", "c.txt", "d.txt", "f.txt"]
    assert result.stderr.splitlines() == [
        f"quotes: {name}.txt: the process that worked on it was killed by signal 9; "
        "split it, or make sure that there is memory and run again"
        for name in "be"
    ]


def test_a_row_of_a_table_that_kills_its_worker(slow: Path) -> None:
    Path("t.csv").write_text("text\n“We will.” she said\n[die]\n“We will.” she said\n", "utf-8")
    result = run("extract", "t.csv", "--jobs", "2", "-f", "jsonl")
    assert [json.loads(line)["source"] for line in result.stdout.splitlines()] == ["t.csv#1", "t.csv#3"]
    assert result.stderr.startswith("quotes: t.csv#2: the process that worked on it was killed")


def test_a_worker_that_dies_before_it_begins(slow: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "serve", lambda *_: os._exit(3))
    result = run("extract", *write(a=STORY, b=STORY), "--jobs", "2")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "quotes: --jobs: a worker ended with status 3 while it loaded the model; run with fewer --jobs\n"
    )


@LINUX
def test_a_worker_that_dies_with_nothing_in_hand(slow: Path) -> None:
    """The system kills it while the others work: its place is taken, and no article pays for it."""
    articles = [Article(str(number), STORY) for number in range(60)]
    finished = []
    with Pool(2, load_slow, TaskOptions(ReadOptions())) as workers:
        for step, event in workers.run(Step(None, task=article) for article in articles):
            if isinstance(event, tuple):
                finished.append(step.task)
            if len(finished) == 20 and event is None:
                for worker in workers._workers:
                    while worker.batches or not worker.ready:
                        workers._listen(None)
                    worker.process.kill()
                    worker.process.join()
    assert finished == articles


# What goes wrong for all


def test_a_model_that_is_missing(slow: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def load(options: request.ExtractOptions) -> extract.Extractor:
        raise ModelError(f"{options.model}: no such pipeline; install it or name its folder")

    monkeypatch.setattr(request, "load_extractor", load)
    result = run("extract", *write(a=STORY, b=STORY), "--jobs", "2", "--model", "nope")
    assert (result.exit_code, result.stderr) == (2, "quotes: nope: no such pipeline; install it or name its folder\n")


def test_bugs_are_not_hidden(slow: Path) -> None:
    error = CliRunner().invoke(cli.app, ["extract", *write(a=STORY, b="[bug]"), "--jobs", "2"]).exception
    assert isinstance(error, ZeroDivisionError)
    assert "slow_quotes.py" in str(error.__cause__)


def test_wrong_usage() -> None:
    result = run("extract", "a.txt", "--jobs", "-1")
    assert (result.exit_code, result.stderr) == (
        2,
        "quotes: --jobs: -1 is less than nothing; give a number, or 0 for all cores\n",
    )


def test_all_cores(slow: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(extract, "cores", lambda: asked.append(1) or 2)
    assert len(rows(run("extract", *write(a=STORY, b=STORY), "--jobs", "0"))) == 6
    assert asked


# Where forking is not safe


def test_spawned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "FORKS", False)
    articles = [Article(str(number), "[die]" if number == 2 else STORY) for number in range(5)]
    with Pool(2, load_slow, TaskOptions(ReadOptions())) as workers:
        told = [told for _, told in workers.run(Step(None, task=article) for article in articles) if told is not None]
    assert [found for found in told if isinstance(found, tuple)] == [
        (article, fake_extract(article)) for article in articles if article.source != "2"
    ]
    assert "2: the process that worked on it was killed" in str(told[2])


def test_progress(slow: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes_cli.screen.progress.DELAY", 0.05)
    stderr = Terminal()
    names = write(**{f"a{number}": "[sleep 0.4]" for number in range(4)})
    show_progress(tuple(names), Terminal(), stderr, jobs=2)
    assert "2 of 4 articles" in stderr.getvalue()


# In a process of its own


def start(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(TESTS / "slow_quotes.py"), "extract", *arguments]
    return subprocess.Popen(
        command, cwd=folder, bufsize=0, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )


def children(process: subprocess.Popen[bytes]) -> list[int]:
    return [int(number) for number in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def gone(numbers: list[int]) -> bool:
    deadline = time.monotonic() + 30
    while any(Path(f"/proc/{number}").exists() for number in numbers) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not any(Path(f"/proc/{number}").exists() for number in numbers)


@LINUX
@pytest.mark.parametrize(
    ("number", "status", "told"), [(signal.SIGINT, 130, b"quotes: interrupted\n"), (signal.SIGTERM, 143, b"")]
)
def test_signals(slow: Path, number: signal.Signals, status: int, told: bytes) -> None:
    names = write(a=STORY, aa=STORY, **{f"b{n}": "[sleep 60]" for n in range(4)})
    process = start(slow, *names, "--jobs", "2", "-f", "json")
    assert process.stdout is not None
    first = b"".join(process.stdout.readline() for _ in range(4))  # the bracket and the first article
    workers = children(process)
    assert len(workers) == 2
    os.killpg(process.pid, number)  # as a terminal does it
    out, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (status, told)
    assert len(json.loads(first + out)) >= 3, "what is finished stays usable"
    assert gone(workers)


@LINUX
def test_workers_do_not_outlive_their_parent(slow: Path) -> None:
    names = write(a=STORY, **{f"b{n}": "[sleep 1]" for n in range(4)})
    process = start(slow, *names, "--jobs", "2", "-f", "jsonl", "-o", "out.jsonl")
    while len(workers := children(process)) < 2:
        time.sleep(0.02)
    process.kill()
    process.communicate(timeout=60)  # they have its stdout and stderr too, and this waits for them
    assert gone(workers)


@LINUX
def test_a_reader_that_has_enough(slow: Path) -> None:
    process = start(
        slow, *write(a=STORY * 1000, **{f"b{n}": "[sleep 0.1]" + STORY * 100 for n in range(20)}), "--jobs=2"
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    workers = children(process)
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 0
    assert gone(workers)
