"""JSON Lines, one JSON array, or one object over several lines in, an article an object out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from typing import cast

from quotes_cli.errors import InputError
from quotes_cli.records import Article

from .lines import BROKEN, lines
from .raw import Raw
from .tables import EachItsOwn, articles, undecoded

Row = tuple[int, dict[str, object] | InputError]


def read(raw: Raw) -> Iterator[Article | InputError]:
    """The objects of a file in order, as they come; a line that is none is reported by its number."""
    numbered = enumerate(lines(raw, ends="\n"), 1)  # not splitlines(), which breaks at U+2028, and JSON may hold that
    begun = next((pair for pair in numbered if pair[1].strip()), (0, ""))
    if begun[1].lstrip()[:1] == "[" or begun[1].strip() == "{":
        text = begun[1] + "".join(line for _, line in numbered)
        rows = _elements(raw, text)
    else:
        lines_with_text: Iterator[tuple[int, str]] = (pair for pair in chain([begun], numbered) if pair[1].strip())
        if _holds_list(raw, begun[1]):
            first, second = next(lines_with_text), next(lines_with_text, None)
            lines_with_text = chain([first], [second] if second else [], lines_with_text)
            if second is None:
                yield from articles(raw, EachItsOwn(raw), _elements(raw, first[1]))
                return
        rows = _some(raw, ((number, _line(raw, number, line)) for number, line in lines_with_text))
    yield from articles(raw, EachItsOwn(raw), rows)


def _some(raw: Raw, rows: Iterator[Row]) -> Iterator[Row]:
    """The rows; those that are no object wait for the first that is. Raises `InputError` where there is none."""
    held: list[Row] = []
    for row in rows:
        held.append(row)
        if not isinstance(row[1], InputError):
            break
    else:
        if held:
            raise InputError(f"{raw.name}: no line of it is a JSON object; check that it is JSON Lines")
    yield from held
    yield from rows


def _elements(raw: Raw, text: str) -> Iterator[Row]:
    """The elements of an array, or the one object; one with bytes that no encoding explains is reported."""
    broken = BROKEN.search(text) is not None  # else it is half a character as JSON spells it
    for number, value in enumerate(_array(raw, text), 1):
        if broken and BROKEN.search(json.dumps(value, ensure_ascii=False)):
            yield number, undecoded(raw, f"element {number}")
        elif isinstance(value, dict):
            yield number, value
        else:
            yield number, InputError(f"{raw.name}: element {number} is no JSON object; make it one")


def _array(raw: Raw, text: str) -> list[object]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{raw.name}: not valid JSON ({_short(error)}); write one object a line") from error
    return value if isinstance(value, list) else _inside(raw, value)


def _inside(raw: Raw, value: object) -> list[object]:
    """An object's own list of objects, where it has one and is no article: `{"status": "ok", "articles": [...]}`."""
    lists = [one for one in value.values() if _is_list_of_objects(one)] if isinstance(value, dict) else []
    if len(lists) == 1 and isinstance(value, dict) and EachItsOwn(raw).of(value) is None:
        return cast("list[object]", lists[0])
    return [value]


def _holds_list(raw: Raw, line: str) -> bool:
    """Is the line an object that is no article and has a list of some?"""
    row = _line(raw, 1, line) if line.lstrip().startswith("{") else None
    return isinstance(row, dict) and _inside(raw, row) != [row]


def _is_list_of_objects(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _line(raw: Raw, number: int, line: str) -> dict[str, object] | InputError:
    if BROKEN.search(line):
        return undecoded(raw, f"line {number}")
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return InputError(f"{raw.name}: line {number} is not valid JSON ({_short(error)}); mend the line")
    if isinstance(value, dict):
        return value
    return InputError(f"{raw.name}: line {number} is no JSON object; write one object a line")


def _short(error: Exception) -> str:
    return "nested too deep" if isinstance(error, RecursionError) else str(error)
