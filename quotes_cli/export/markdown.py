"""Records in, a table of GitHub's Markdown out: nothing of the text acts as Markdown, as HTML or on a terminal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from quotes_cli.records import Article, Quotation
from quotes_cli.visible import visible

from .record import NUMBERS, as_row
from .registry import Settings
from .sink import Sink

# What a reader of a page wants; --columns takes others.
_COLUMNS = ("source", "id", "speaker", "quote", "cue", "kind", "confidence", "line")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_ACTING = re.compile(
    r"""
    (?P<mark> [\\`*_\[\]|~$] )
    | (?P<entity> [&<>] )
    | (?P<apart>
        @ (?=[\w.-])                            # @ana, ana@example.org
        | \# (?=\d)                             # #1
        | : (?=//)                              # http://example.org
        | : (?=[\w+-]+:)                        # :smile:
        | (?<=www) \.                           # www.example.org
        | (?<=\bGH) - (?=\d)                    # GH-1
        | \b (?=\d*[a-f]) (?=[a-f]*\d) [a-f\d]{7,40} \b  # 1f0c2b3, a commit
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SHORT = 6  # digits, of which no commit is known
_LINE_ENDS = re.compile(r"[\r\n]\s*")  # not with the spaces before, which a long run of would take squared time


def _as_text(match: re.Match[str]) -> str:
    if match["mark"]:
        return f"\\{match[0]}"
    if match["entity"]:
        return _ENTITIES[match[0]]
    return "".join(f"<span>{match[0][at : at + _SHORT]}</span>" for at in range(0, len(match[0]), _SHORT))


def markdown_cell(value: Any) -> str:
    """A value on one line, `<br>` between its paragraphs, every character that Markdown or HTML acts on escaped.

    Addresses, mentions, numbers of issues, commits and names of pictures are what GitHub looks for in the texts of the
    finished page, where a backslash or an entity is gone; a `<span>` cuts such a text in two, and shows nothing.
    """
    if value is None:
        return ""
    text = _ACTING.sub(_as_text, str(value))
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
