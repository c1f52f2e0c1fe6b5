"""Arguments in, what the command says out; and the small folders of articles that it is run over."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from typer.testing import CliRunner

from quotes_cli.app.cli import app

#: What two people are said to have said.
WALL = "We will rebuild the old harbour wall, stone by stone, before the winter storms come"


def output(*arguments: object, code: int = 0, input: str | None = None) -> str:
    """What it prints on stdout, or on stderr where it is to end with another `code`; `input` is piped in."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments], input=input)
    assert result.exit_code == code, result.output
    return result.stdout if code == 0 else result.stderr


def said(*arguments: object) -> list[str]:
    """The lines on stderr of a run that ends well."""
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result.stderr.splitlines()


def rows(text: str) -> list[dict[str, str]]:
    """The rows of a CSV that it printed."""
    return list(csv.DictReader(io.StringIO(text)))


def folder_of(place: Path, articles: Mapping[str, str]) -> Path:
    """The folder, with these texts by their names in it."""
    for name, text in articles.items():
        (place / name).write_text(text, "utf-8")
    return place
