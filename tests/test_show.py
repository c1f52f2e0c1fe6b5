"""`quotes show`: the article on the terminal, its legend, its colours, the pager, and nothing that acts."""

from __future__ import annotations

import io
import os
import re
import stat
from pathlib import Path
from typing import Any

import pytest
from page_articles import COUNCIL, FERRY, HOSTILE, NOTHING, article
from test_export import ESCAPES, Terminal, render
from typer.testing import CliRunner

from quotes_cli.app import cli
from quotes_cli.commands import show
from quotes_cli.screen import pager
from quotes_cli.screen.article import ArticlePrinter
from quotes_cli.screen.table import PALETTE
from quotes_cli.status import Streams

CODES = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("NO_COLOR", raising=False)


def read(*articles: Any, terminal: bool = False) -> str:
    stream = io.StringIO()
    reader = ArticlePrinter(stream, terminal)
    for one in articles:
        reader.write(*one)
    return stream.getvalue()


def test_the_text_stands_there_with_its_notes() -> None:
    lines = read(COUNCIL).splitlines()
    assert lines[:2] == ["council/harbour.txt", "2026-03-03 · 12 quotations"]
    assert " AO  Ana\u00a0Ortiz 2" in lines[3]
    words = " ".join(" ".join(lines).split())
    assert "stone by stone,” [1 AO] said Ana Ortiz, the mayor" in words
    assert "a danger to children” [8]." in words
    assert "for sixty years. “My father" in words
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_it_fits(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    lines = read(COUNCIL, HOSTILE).splitlines()
    assert max(map(len, lines)) <= min(width, 100)
    assert sum(len(re.findall(r"\S \[\d+(?: \w+)?\]", line)) for line in lines) == len(COUNCIL[1]) + len(HOSTILE[1])


def test_colours_are_those_of_the_table() -> None:
    shown = read(COUNCIL, FERRY, terminal=True)
    table = render("table", [COUNCIL, FERRY], Terminal())
    for name in ("Ana Ortiz", "Ben Adeyemi", "Omar Haddad"):
        colour = re.search(rf"38;5;(\d+)m{name}", table)[1]
        assert set(re.findall(rf"38;5;(\d+)m {name}", shown.replace("\u00a0", " "))) == {colour}
    assert f"38;5;{PALETTE[0]}mWe will rebuild" in shown


def test_no_colours_where_none_are_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = read(COUNCIL)
    assert "\x1b" not in plain
    assert CODES.sub("", read(COUNCIL, terminal=True)) == plain
    monkeypatch.setenv("NO_COLOR", "1")
    assert read(COUNCIL, terminal=True) == plain


def test_nothing_acts_on_the_terminal() -> None:
    assert not ESCAPES.search(read(HOSTILE))
    assert not ESCAPES.search(CODES.sub("", read(HOSTILE, terminal=True)))
    assert "␛[31m" in read(HOSTILE)
    assert "⟨U+202E⟩drawkcab" in read(HOSTILE)
    assert "[red]" in read(article("[b]a[/b]", "“⟦[red]x[/red]⟧{[i]E|||}” said"))


def test_nothing_found() -> None:
    assert read(NOTHING) == "council/empty.txt\nno quotations\n\n  Nothing was said.\n\n"


# The command


@pytest.fixture
def story(tmp_path: Path, fake_pipeline: list[str | None]) -> Path:
    path = tmp_path / "a.txt"
    path.write_text("“We will,” she said.\n\n" * 3, "utf-8")
    return path


def run(*arguments: object) -> Any:
    return CliRunner().invoke(cli.app, [str(a) for a in arguments])


def test_the_command(story: Path) -> None:
    result = run("show", story)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "[3 AO]" in result.stdout
    assert "[3 AO]" not in run("show", story, "--kind", "mixed").stdout


def test_what_cannot_be_read_is_told(story: Path) -> None:
    result = run("show", "missing.txt", story)
    assert result.exit_code == 1
    assert result.stderr == "quotes: missing.txt: no such file or folder; check the name\n"
    assert "We will," in result.stdout


@pytest.fixture
def seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pager that keeps what it is given."""
    program, given = tmp_path / "keep pages", tmp_path / "given"
    program.write_text(f"#!/bin/sh\nenv > '{tmp_path}/env'\ncat > '{given}'\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PAGER", f"'{program}' --option")
    monkeypatch.delenv("LESS", raising=False)
    return given


@pytest.mark.skipif(os.name == "nt", reason="no pager there that passes colours")
def test_long_texts_go_through_the_pager(story: Path, seen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def shown(lines: int, wanted: bool = True) -> str:
        monkeypatch.setenv("LINES", str(lines))
        stdout = Terminal()
        streams = Streams(io.StringIO(), stdout, io.StringIO())
        assert show.show_command(show.ExtractOptions(inputs=(str(story),)), streams, wanted) == 0
        return stdout.getvalue()

    assert "We will," in shown(100)
    assert not seen.exists()
    assert "We will," in shown(5, wanted=False)
    assert not seen.exists()
    assert shown(5) == ""
    assert "We will," in seen.read_text("utf-8")
    assert "LESS=FRX" in (seen.parent / "env").read_text()


def test_pagers_that_are_none() -> None:
    for wanted in ("", "cat", "no-such-program-here", "'open"):
        assert pager.command({"PAGER": wanted}) == []
        assert pager.page("text", {"PAGER": wanted}) is False


@pytest.mark.skipif(os.name == "nt", reason="no pager there that passes colours")
def test_a_pager_left_early_is_no_failure() -> None:
    assert pager.page("line\n" * 100_000, {**os.environ, "PAGER": "true"})


def test_the_article_has_the_terminals_own_colour() -> None:
    shown = read(article("a.txt", "Ana Ortiz, the mayor, spoke.\n\nNobody left."), terminal=True)
    assert "  Ana Ortiz, the mayor, spoke.\n" in shown
    assert "  Nobody left.\n" in shown
