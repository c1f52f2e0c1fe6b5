"""`--jobs`: no more workers than there is work for, and than the system allows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from fake_quotes import STORY
from slow_quotes import load_slow
from test_cli import TESTS, rows, run

from quotes_cli.commands import request
from quotes_cli.work.pool import Pool


@pytest.fixture(autouse=True)
def slow(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(request, "load_extractor", load_slow)
    monkeypatch.chdir(tmp_path)


def test_no_more_workers_than_work(monkeypatch: pytest.MonkeyPatch) -> None:
    start, started = Pool._start, []
    monkeypatch.setattr(Pool, "_start", lambda self: started.append(1) or start(self))
    Path("t.csv").write_text("text\n“We will.” she said\n", "utf-8")
    result = run("extract", "t.csv", "--jobs", "100")
    assert (result.exit_code, len(rows(result)), len(started)) == (0, 1, 1)


@pytest.mark.parametrize("allowed", [0, 2])
def test_a_system_that_allows_few_workers(allowed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    start = Pool._start

    def limited(self: Pool) -> None:
        if len(self._workers) == allowed:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        start(self)

    monkeypatch.setattr(Pool, "_start", limited)
    names = ["a.txt", "b.txt", "c.txt", "d.txt"]
    for name in names:
        Path(name).write_text(STORY, "utf-8")
    result = run("extract", *names, "--jobs", "4")
    assert (result.exit_code, len(rows(result))) == ((0, 12) if allowed else (2, 0))
    if not allowed:
        assert result.stderr.startswith(
            "quotes: --jobs: the system allows no worker (Resource temporarily unavailable)"
        )
        assert result.stderr.count("\n") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="the number of open files is known for Linux")
def test_few_open_files(tmp_path: Path) -> None:
    import resource

    (tmp_path / "t.csv").write_text("text\n" + "“We will.” she said\n" * 200, "utf-8")
    few = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))  # noqa: E731  # runs in the child
    command = [sys.executable, str(TESTS / "fake_quotes.py"), "extract", str(tmp_path / "t.csv"), "--jobs", "100"]
    done = subprocess.run(command, capture_output=True, preexec_fn=few)
    assert (done.returncode, done.stderr, done.stdout.count(b"\n")) == (0, b"", 201)
