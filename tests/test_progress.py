"""The line that shows on a terminal while the work goes on, and everything that it must not do."""

from __future__ import annotations

import io
import re
import time
from pathlib import Path

import pytest
from fake_quotes import each
from test_export import Terminal

from quotes_cli.commands import request
from quotes_cli.commands.extract import extract_command
from quotes_cli.commands.request import ExtractOptions
from quotes_cli.records import Article
from quotes_cli.screen import progress
from quotes_cli.screen.progress import Progress, clock
from quotes_cli.status import Streams


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, ...]:
    """Three inputs, one of them missing, and a pipeline that takes its time."""
    monkeypatch.setattr(progress, "DELAY", 0.05)

    def crawl(article: Article) -> list[object]:
        time.sleep(0.4)
        return []

    monkeypatch.setattr(request, "load_extractor", lambda options: each(crawl))
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Some words stand here.")
    return (str(tmp_path / "a.txt"), str(tmp_path / "gone.txt"), str(tmp_path / "b.txt"))


def run(inputs: tuple[str, ...], stdout: io.StringIO, stderr: io.StringIO, jobs: int = 1) -> None:
    extract_command(ExtractOptions(inputs=inputs, jobs=jobs), Streams(io.StringIO(), stdout, stderr))


def test_it_tells_and_goes(slow: tuple[str, ...]) -> None:
    stdout, stderr = io.StringIO(), Terminal()
    run(slow, stdout, stderr)
    told = stderr.getvalue()
    assert "0 of 3 articles" in told
    assert re.search(r"2 of 3 articles · [\d,]+ words/s · 0:0\d left", told)
    assert "gone.txt: no such file" in told
    assert told.endswith(("\x1b[2K", "\x1b[?25h", "\n\x1b[1A\x1b[2K"))
    assert stdout.getvalue().startswith("source,id,")
    assert "\x1b" not in stdout.getvalue()
    assert "articles" not in stdout.getvalue()


def test_data_on_the_same_terminal_has_room(slow: tuple[str, ...]) -> None:
    stream = Terminal()
    run(slow, stream, stream)
    for line in re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", stream.getvalue()).split("\n"):
        assert not ("no quotations" in line and "articles" in line.rpartition("\r")[2])
    assert "no quotations" in stream.getvalue()


def test_no_terminal_no_progress(slow: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = io.StringIO()
    run(slow, io.StringIO(), stderr)
    assert stderr.getvalue().count("\n") == 1
    monkeypatch.setenv("TERM", "dumb")
    terminal = Terminal()
    run(slow, io.StringIO(), terminal)
    assert "\x1b" not in terminal.getvalue()


def test_no_color_moves_the_cursor_and_nothing_more(slow: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    for value, colours in (("1", False), ("", True)):  # https://no-color.org: empty is as if it were not there
        monkeypatch.setenv("NO_COLOR", value)
        terminal = Terminal()
        run(slow, io.StringIO(), terminal)
        assert "2 of 3 articles" in terminal.getvalue()
        assert bool(re.search(r"\x1b\[[0-9;]*m", terminal.getvalue())) == colours


def test_short_work_shows_none(slow: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "DELAY", 30)
    stderr = Terminal()
    run(slow, io.StringIO(), stderr)
    assert "\x1b" not in stderr.getvalue()


def test_nobody_knows_how_many(monkeypatch: pytest.MonkeyPatch) -> None:
    for total in (None, 1):
        work = Progress(total, Terminal(), shared=False)
        for _ in range(2):
            work.done(10)
        assert re.fullmatch(r"2 articles · [\d,]+ words/s", str(work))


def test_one_article() -> None:
    def told(total: int | None, done: int) -> str:
        work = Progress(total, Terminal(), shared=False)
        for _ in range(done):
            work.done()
        return str(work)

    assert told(1, 0) == "0 of 1 article"
    assert told(2, 0) == "0 of 2 articles"
    assert told(None, 0) == "0 articles"
    assert told(None, 1) == "1 article"


def test_clock() -> None:
    assert [clock(seconds) for seconds in (0, 7.4, 750, 3723)] == ["0:00", "0:07", "12:30", "1:02:03"]
