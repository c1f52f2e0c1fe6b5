"""Records in, one JSON array out, an object a line so that it can be read and compared."""

from __future__ import annotations

from collections.abc import Sequence

from ..records import Article, Quotation
from .jsonl import to_json
from .record import FIELDS
from .registry import Settings
from .sink import Sink


class JsonWriter:
    """Elements as soon as their article is done; the bracket closes at the end."""

    def __init__(self, sink: Sink, settings: Settings) -> None:
        self._stream = sink.stream
        self._fields = settings.columns or FIELDS
        self._before = "\n"

    def begin(self) -> None:
        self._stream.write("[")

    def write(self, article: Article, quotations: Sequence[Quotation]) -> None:
        for quotation in quotations:
            self._stream.write(f"{self._before}{to_json(quotation, self._fields)}")
            self._before = ",\n"

    def end(self) -> None:
        self._stream.write("\n]\n" if self._before != "\n" else "]\n")
