"""Records in, one JSON array out, an object a line so that it can be read and compared."""

from __future__ import annotations

from collections.abc import Sequence

from quotes_cli.records import Article, Quotation

from .jsonl import to_json
from .record import known_fields
from .registry import Settings
from .sink import Sink


class JsonWriter:
    """Elements as soon as their article is done; the bracket closes at the end."""

    def __init__(self, sink: Sink, settings: Settings) -> None:
        self._stream = sink.stream
        self._columns = settings.columns
        self._before = "\n"

    def begin(self) -> None:
        self._stream.write("[")

    def write(self, article: Article, quotations: Sequence[Quotation]) -> None:
        fields = self._columns or known_fields(article)
        for quotation in quotations:
            self._stream.write(f"{self._before}{to_json(article, quotation, fields)}")
            self._before = ",\n"

    def end(self) -> None:
        self._stream.write("\n]\n" if self._before != "\n" else "]\n")
