"""`quotes docs`: the list of pages, a page on a terminal and in a pipe, and names that are none."""

from __future__ import annotations

import io
import re
import sys

import pytest
from documentation import PAGES
from test_export import Terminal
from typer.testing import CliRunner

from quotes_cli.app import cli
from quotes_cli.commands.docs import docs_command
from quotes_cli.docs import contents, names
from quotes_cli.screen import pager as pager_module
from quotes_cli.status import ExitStatus, Streams

CODES = re.compile(r"\x1b\[[0-9;]*m")


def on_terminal(page: str | None, pager: bool = False) -> str:
    shown = Terminal()
    assert docs_command(page, Streams(sys.stdin, shown, io.StringIO()), pager) is ExitStatus.DONE
    return shown.getvalue()


def test_the_list_has_a_line_for_each_page() -> None:
    result = CliRunner().invoke(cli.app, ["docs"])
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert [tuple(re.split(r" {2,}", line)) for line in lines] == contents()
    assert [name for name, _ in contents()] == names() == sorted(PAGES.keys() - {"README"})
    assert max(map(len, lines)) <= 80


@pytest.mark.parametrize("page", names())
def test_a_pipe_gets_the_page_as_it_is_written(page: str) -> None:
    result = CliRunner().invoke(cli.app, ["docs", page])
    assert (result.exit_code, result.stdout, result.stderr) == (0, PAGES[page], "")


def words_of(text: str) -> str:
    return "".join(re.findall(r"\w", text))


@pytest.mark.parametrize("width", [60, 80, 140])
@pytest.mark.parametrize("page", names())
def test_a_terminal_gets_every_word(page: str, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    shown = on_terminal(page)
    assert "```" not in shown
    assert "|---" not in shown
    assert not re.search(r"\x1b\[(?:\d+;)*4[0-8][;m]", shown), "a background is a bar on a light screen"
    plain = CODES.sub("", shown)
    about = dict(contents())[page]
    assert plain.startswith(about)
    prose = [line for line in PAGES[page].splitlines() if re.match(r"[A-Z][\w ,]+$", line)]
    assert all(words_of(line) in words_of(plain) for line in prose)


def test_examples_are_not_wrapped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    shown = [line.strip() for line in CODES.sub("", on_terminal("library")).splitlines()]
    assert 'text = "“We will rebuild,” Ana Ortiz said on Tuesday."' in shown


def test_a_long_page_goes_through_the_pager(monkeypatch: pytest.MonkeyPatch) -> None:
    paged: list[str] = []
    monkeypatch.setattr(pager_module, "page", lambda text: bool(paged.append(text)) or True)
    assert on_terminal("options", pager=True) == ""
    assert "--input-format" in paged[0]


@pytest.mark.parametrize("name", ["klingon", "../README", "library.md", ""])
def test_an_unknown_page(name: str) -> None:
    result = CliRunner().invoke(cli.app, ["docs", name])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"quotes: there is no page {name!r}; one of accuracy, ")
    assert result.stderr.count("\n") == 1


def test_the_shell_completes_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"_QUOTES_COMPLETE": "complete_bash", "COMP_WORDS": "quotes docs li", "COMP_CWORD": "2"}
    assert CliRunner().invoke(cli.app, [], env=asked).stdout.split() == ["library"]
