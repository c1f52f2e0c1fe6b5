"""Records in, a table of GitHub's Markdown out: nothing of the text acts as Markdown, as HTML or on a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from quotes_cli.visible import visible

from .record import NUMBERS
from .registry import Writer

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


class MarkdownWriter(Writer):
    """Rows as soon as their article is done."""

    columns = ("source", "id", "speaker", "quote", "cue", "kind", "confidence", "line")  # what a reader of a page wants

    def begin(self) -> None:
        self.row(self.columns)
        self._line("---:" if name in NUMBERS else "---" for name in self.columns)

    def row(self, values: Sequence[Any]) -> None:
        self._line(map(markdown_cell, values))

    def _line(self, cells: Iterable[str]) -> None:
        self.sink.stream.write(f"| {' | '.join(cells)} |\n")
