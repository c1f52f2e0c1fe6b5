"""Records in, JSON out, one object a line with keys in the contract's order: JSON Lines, or one array."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from quotes_cli.records import Article, Quotation
from quotes_cli.visible import ACTING

from .record import FIELDS, as_dict, known_fields
from .registry import Settings, Writer
from .sink import Sink

_ACTING = re.compile(f"[{ACTING}]")


def to_json(article: Article, quotation: Quotation, fields: Sequence[str] = FIELDS) -> str:
    """One record as one line of JSON."""
    return json_line(as_dict(article, quotation, fields))


def json_line(values: dict[str, Any]) -> str:
    """An object on one line: letters as they are, what could act on a terminal as `\\u` escapes of the same value."""
    line = json.dumps(values, ensure_ascii=False)
    return _ACTING.sub(lambda match: f"\\u{ord(match[0]):04x}", line)


class JsonLinesWriter(Writer):
    """Lines as soon as their article is done."""

    def write(self, article: Article, quotations: Sequence[Quotation]) -> None:
        fields = self.settings.columns or (*known_fields(article), *self.settings.keep)
        for quotation in quotations:
            self.line(to_json(article, quotation, fields))

    def line(self, record: str) -> None:
        """One record."""
        self.sink.stream.write(f"{record}\n")


class JsonWriter(JsonLinesWriter):
    """Elements as soon as their article is done; the bracket closes at the end."""

    def __init__(self, sink: Sink, settings: Settings) -> None:
        super().__init__(sink, settings)
        self._before = "\n"

    def begin(self) -> None:
        self.sink.stream.write("[")

    def line(self, record: str) -> None:
        self.sink.stream.write(f"{self._before}{record}")
        self._before = ",\n"

    def end(self) -> None:
        self.sink.stream.write("\n]\n" if self._before != "\n" else "]\n")
