"""Records in, a table of GitHub's Markdown out: nothing of the text acts as Markdown, as HTML or on a terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from ..records import Article, Quotation
from ..visible import visible
from .record import NUMBERS, as_row
from .registry import Settings
from .sink import Sink

# What a reader of a page wants; --columns takes others.
_COLUMNS = ("source", "id", "speaker", "quote", "cue", "kind", "confidence", "line")
_ACTING = re.compile(r"[\\`*_\[\]|~$]")
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LINE_ENDS = re.compile(r"[\r\n]\s*")  # not with the spaces before, which a long run of would take squared time


def markdown_cell(value: Any) -> str:
    """A value on one line, `<br>` between its paragraphs, every character that Markdown or HTML acts on escaped."""
    if value is None:
        return ""
    text = _ACTING.sub(r"\\\g<0>", str(value).translate(_HTML))
    return "<br>".join(visible(line.rstrip()).replace("\t", " ") for line in _LINE_ENDS.split(text.strip()))


class MarkdownWriter:
    """Rows as soon as their article is done."""

    def __init__(self, sink: Sink, settings: Settings) -> None:
        self._stream = sink.stream
        self._columns = settings.columns or _COLUMNS

    def _row(self, cells: Sequence[str]) -> None:
        self._stream.write(f"| {' | '.join(cells)} |\n")

    def begin(self) -> None:
        self._row([markdown_cell(name) for name in self._columns])
        self._row(["---:" if name in NUMBERS else "---" for name in self._columns])

    def write(self, article: Article, quotations: Sequence[Quotation]) -> None:
        for quotation in quotations:
            self._row([markdown_cell(value) for value in as_row(article, quotation, self._columns)])

    def end(self) -> None:
        """Nothing: the last row ended itself."""
