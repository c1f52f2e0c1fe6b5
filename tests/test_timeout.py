"""An article that takes too long is told in one line, and the run goes on."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_quotes import STORY
from slow_quotes import load_slow
from test_cli import TESTS, rows, run

from quotes_cli.commands import explain, extract, request
from quotes_cli.errors import InputError
from quotes_cli.records import Article
from quotes_cli.work import budget, tasks
from quotes_cli.work.budget import TimeIsUp, within


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(request, "load_extractor", load_slow)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def spin() -> None:
    while True:
        pass


def test_work_within_its_time_is_not_disturbed() -> None:
    before = signal.getsignal(signal.SIGALRM)
    assert within(1, lambda: 7) == 7
    assert within(0, lambda: 8) == 8
    time.sleep(1.1)
    assert signal.getsignal(signal.SIGALRM) == before
    with pytest.raises(ZeroDivisionError):
        within(5, lambda: 1 // 0)
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


@pytest.mark.parametrize("work", [spin, lambda: re.match(r"(a+)+$", "a" * 60 + "b")], ids=["loop", "regex"])
def test_work_beyond_its_time_is_stopped(work) -> None:
    with pytest.raises(TimeIsUp):
        within(0.1, work)
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_it_is_told_again_to_who_swallows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "AGAIN", 0.1)
    swallowed = []

    def stubborn() -> None:
        try:
            spin()
        except BaseException as error:
            swallowed.append(error)
        spin()

    with pytest.raises(TimeIsUp):
        within(0.1, stubborn)
    assert len(swallowed) == 1


def test_other_threads_have_no_limit() -> None:
    results = []
    thread = threading.Thread(target=lambda: results.append(within(0.01, lambda: time.sleep(0.1) or 7)))
    thread.start()
    thread.join()
    assert results == [7]


def test_the_library_leaves_signals_alone(nlp, monkeypatch: pytest.MonkeyPatch) -> None:
    from quotes_cli import extract as extract_text

    for name in ("signal", "setitimer"):
        monkeypatch.setattr(signal, name, lambda *_: 1 / 0)
    assert extract_text("“We will rebuild,” Ana Ortiz said on Tuesday.", nlp=nlp)[0].speaker == "Ana Ortiz"


@pytest.mark.parametrize(("jobs", "order"), [(1, "[sleep 60]"), (1, "[regex]"), (2, "[loop]")])
def test_a_slow_article_is_told_and_the_others_done(slow: Path, order: str, jobs: int) -> None:
    for name, text in (("a.txt", STORY), ("b.txt", order), ("c.txt", STORY)):
        Path(name).write_text(text, "utf-8")
    result = run("extract", "a.txt", "b.txt", "c.txt", "--timeout", "0.7", "--jobs", jobs)
    assert result.exit_code == 1
    assert [row["source"] for row in rows(result)] == ["a.txt"] * 3 + ["c.txt"] * 3
    assert result.stderr == (
        "quotes: b.txt: takes longer than 0.7 seconds; split it, or raise --timeout (0 is no limit)\n"
    )


def test_a_process_that_does_not_come_back_is_killed(slow: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes_cli.work.pool.GRACE", 0.2)
    for name, text in (("a.txt", STORY), ("b.txt", "[stuck]"), ("c.txt", STORY), ("d.txt", STORY)):
        Path(name).write_text(text, "utf-8")
    result = run("extract", "a.txt", "b.txt", "c.txt", "d.txt", "--timeout", "0.7", "--jobs", "2")
    assert [row["source"] for row in rows(result)] == ["a.txt"] * 3 + ["c.txt"] * 3 + ["d.txt"] * 3
    assert result.stderr.count("\n") == 1
    assert result.stderr.startswith("quotes: b.txt: takes longer than 0.7 seconds")


def test_where_there_is_no_alarm_clock_one_job_is_a_process_too(slow: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes_cli.work.pool.GRACE", 0.0)
    monkeypatch.setattr(extract, "HAS_ALARM", False)
    monkeypatch.setattr(tasks, "within", lambda seconds, work: work())  # as on Windows
    Path("a.txt").write_text("[regex]")
    Path("b.txt").write_text(STORY, "utf-8")
    result = run("extract", "a.txt", "b.txt", "--timeout", "0.7")
    assert len(rows(result)) == 3
    assert result.stderr.startswith("quotes: a.txt: takes longer than 0.7 seconds")


def test_one_row_of_a_table(slow: Path) -> None:
    Path("t.csv").write_text(f'text\n"{STORY.replace(chr(34), chr(39))}"\n[loop]\n“We will.” she said\n', "utf-8")
    result = run("extract", "t.csv", "--timeout", "0.7", "--jobs", "2")
    assert [row["source"] for row in rows(result)] == ["t.csv#1", "t.csv#1", "t.csv#3"]
    assert result.stderr.startswith("quotes: t.csv#2: takes longer than 0.7 seconds")


@pytest.mark.parametrize("command", ["show", "explain"])
def test_commands_that_show_have_a_limit_too(slow: Path, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explain, "load_explainer", lambda options: lambda article: spin())
    Path("a.txt").write_text(f"{STORY} [loop]")
    result = run(command, "a.txt", "--timeout", 0.2)
    assert (result.exit_code, result.stdout) == (1, "")
    assert (
        result.stderr == "quotes: a.txt: takes longer than 0.2 seconds; split it, or raise --timeout (0 is no limit)\n"
    )


@pytest.mark.parametrize("jobs", [1, 2])
def test_reading_counts(slow: Path, jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(raw) -> Iterator[Article | InputError]:
        yield Article(raw.name, spin() if b"slow" in raw.data else raw.data.decode())

    monkeypatch.setattr(tasks, "articles_in", hang)
    Path("a.txt").write_text("slow")
    Path("b.txt").write_text(STORY, "utf-8")
    result = run("extract", "a.txt", "b.txt", "--timeout", "0.7", "--jobs", jobs)
    assert len(rows(result)) == 3
    assert result.stderr.startswith("quotes: a.txt: takes longer than 0.7 seconds")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only POSIX has named pipes")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_waiting_for_a_pipe_does_not_count(tmp_path: Path, jobs: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "b.txt").write_text(STORY, "utf-8")
    command = [sys.executable, str(TESTS / "slow_quotes.py"), "extract", "pipe", "b.txt"]
    command += ["-f", "jsonl", "--timeout", "0.7", "--jobs", jobs]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, encoding="utf-8")
    with (tmp_path / "pipe").open("w", encoding="utf-8") as pipe:  # opens when the reader does
        time.sleep(1)
        pipe.write(STORY)
    assert len(process.communicate(timeout=60)[0].splitlines()) == 6
    assert process.returncode == 0


@pytest.mark.parametrize("value", ["-1", "nan", "inf", "soon"])
def test_no_time(value: str) -> None:
    result = run("extract", "a.txt", f"--timeout={value}")
    assert result.exit_code == 2
    assert "--timeout" in result.stderr
