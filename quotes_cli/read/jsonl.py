"""JSON Lines (or one JSON array) in, an article an object out."""

from __future__ import annotations

import json
from collections.abc import Iterator

from quotes_cli.errors import InputError
from quotes_cli.records import Article

from .raw import Raw
from .tables import articles


def read(raw: Raw) -> Iterator[Article | InputError]:
    """The objects of a file in order; a line that is none is reported by its number, and the others are read."""
    text = raw.decode()
    if text.lstrip()[:1] == "[":
        rows = [(number, _row(raw, number, value)) for number, value in enumerate(_array(raw, text), 1)]
    else:  # not splitlines(), which breaks at U+2028, and JSON may hold that as it is
        rows = [(number, _line(raw, number, line)) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    columns = {key: None for _, row in rows if isinstance(row, dict) for key in row}
    if rows and not columns and all(isinstance(row, InputError) for _, row in rows):
        raise InputError(f"{raw.name}: no line of it is a JSON object; check that it is JSON Lines")
    yield from articles(raw, list(columns), rows)


def _array(raw: Raw, text: str) -> list[object]:
    try:
        return list(json.loads(text))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{raw.name}: not valid JSON ({_short(error)}); write one object a line") from error


def _line(raw: Raw, number: int, line: str) -> dict[str, object] | InputError:
    try:
        return _row(raw, number, json.loads(line))
    except (ValueError, RecursionError) as error:
        return InputError(f"{raw.name}: line {number} is not valid JSON ({_short(error)}); mend the line")


def _row(raw: Raw, number: int, value: object) -> dict[str, object] | InputError:
    if isinstance(value, dict):
        return value
    return InputError(f"{raw.name}: line {number} is no JSON object; write one object a line")


def _short(error: Exception) -> str:
    return "nested too deep" if isinstance(error, RecursionError) else str(error)
