"""Records in, JSON Lines out: one object a line, keys in the contract's order."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from quotes_cli.records import Article, Quotation
from quotes_cli.visible import ACTING

from .record import FIELDS, as_dict, known_fields
from .registry import Settings
from .sink import Sink

_ACTING = re.compile(f"[{ACTING}]")


def to_json(article: Article, quotation: Quotation, fields: Sequence[str] = FIELDS) -> str:
    """One record as one line of JSON."""
    return json_line(as_dict(article, quotation, fields))


def json_line(values: dict[str, Any]) -> str:
    """An object on one line: letters as they are, what could act on a terminal as `\\u` escapes of the same value."""
    line = json.dumps(values, ensure_ascii=False)
    return _ACTING.sub(lambda match: f"\\u{ord(match[0]):04x}", line)


class JsonLinesWriter:
    """Lines as soon as their article is done."""

    def __init__(self, sink: Sink, settings: Settings) -> None:
        self._stream = sink.stream
        self._columns = settings.columns

    def begin(self) -> None:
        """Nothing: there is no header."""

    def write(self, article: Article, quotations: Sequence[Quotation]) -> None:
        fields = self._columns or known_fields(article)
        self._stream.writelines(f"{to_json(article, quotation, fields)}\n" for quotation in quotations)

    def end(self) -> None:
        """Nothing: the last line ended itself."""
