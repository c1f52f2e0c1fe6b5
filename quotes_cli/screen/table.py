"""Records in, a table for human eyes out: one a source, fitted to the terminal, a steady colour for each speaker."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import Any, TextIO

from rich import box
from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from quotes_cli.export.record import CONTEXT, NUMBERS, as_dict
from quotes_cli.export.registry import Settings, Writer
from quotes_cli.export.sink import Sink
from quotes_cli.export.tally import counted
from quotes_cli.records import Article, Quotation
from quotes_cli.visible import visible, visible_line

# Hues of the 256-colour palette in the middle of the scale of brightness: each at least 4 : 1 against black and
# against white, so that they read on dark and on light; neighbours in the row lie far apart.
PALETTE = (27, 130, 29, 162, 98, 64, 31, 161)
GREY = Style(color="color(243)")
NARROWEST, WIDEST, IN_A_FILE = 40, 200, 100
_BETWEEN = ("", ",", "-", "–", "—")  # what may stay between mention and cue, with white space around it
WIDE = 130  # from here on the table has room for two columns more
DASH = "—"

_BLANKS = re.compile(r"[^\S\n]+")
_PARAGRAPHS = re.compile(r" ?\n ?\n\s*| ?\n ?(?=[“\"‘'«„])")  # when blanks are one space each
_SPACES = re.compile(r"\s+")


def flowing(quote: str) -> str:
    """A quotation ready to be wrapped anew: a line each paragraph, line ends inside them gone, controls spelt out."""
    paragraphs = _PARAGRAPHS.split(_BLANKS.sub(" ", visible(quote.replace("\r\n", "\n"))))
    return "\n".join(_SPACES.sub(" ", paragraph).strip() for paragraph in paragraphs)


def attribution(text: str, quotation: Quotation) -> str:
    """Mention and cue as they stand in the text, `she said`, `he … stressing` with words between them left out.

    No mention where it is the speaker's name.
    """
    words = [(quotation.cue_start or 0, quotation.cue_end or 0, quotation.cue or "")]
    if quotation.mention and quotation.mention != quotation.speaker:
        words.append((quotation.mention_start or 0, quotation.mention_end or 0, quotation.mention))
    shown, end = "", 0
    for start, stop, word in sorted((word for word in words if word[2]), key=lambda word: (word[0], -word[1])):
        between = text[end:start]
        if not shown:
            shown = word
        elif start < end:  # her statement, of which her is the mention
            shown += word[end - start :]
        elif any(map(str.isalnum, between)):
            shown += f" … {word}"
        else:
            shown += (between if between.strip() in _BETWEEN and between[-1:].isspace() else " ") + word
        end = max(end, stop)
    return _SPACES.sub(" ", visible(shown)).strip()


def console(stream: TextIO, terminal: bool, width: int | None = None) -> Console:
    """Rich without its markup, with colours on terminals only, and none where `NO_COLOR` is set."""
    made = Console(
        file=stream,
        force_terminal=terminal,  # not Rich's own judgement, which FORCE_COLOR sways
        color_system="auto" if terminal and not os.environ.get("NO_COLOR") else None,  # None: no bold either
        width=width,
        markup=False,
        emoji=False,
        highlight=False,
    )
    made.width = max(made.width, NARROWEST)
    return made


def console_of(sink: Sink) -> Console:
    """The console on a sink, no wider than reads well."""
    made = console(sink.stream, sink.terminal, IN_A_FILE if sink.path is not None else None)
    made.width = min(made.width, WIDEST)
    return made


def bare_table(**settings: Any) -> Table:
    """A table with no lines but the one below its header."""
    settings |= {"header_style": GREY, "border_style": GREY}
    return Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, **settings)


class TableWriter(Writer):
    """Tables as soon as their article is done; several articles get a title each and share the speakers' colours."""

    def __init__(self, sink: Sink, settings: Settings) -> None:
        super().__init__(sink, settings)
        self._colours: dict[str, Style] = {}
        self._articles = self._quotations = 0
        self._console = console_of(sink)

    def write(self, article: Article, quotations: Sequence[Quotation]) -> None:
        if not quotations:
            return
        if self.settings.several:
            self._console.print(Text(visible_line(article.source), style="bold underline"), overflow="fold")
        self._console.print(self.table(article, quotations))
        self._console.print()
        self._articles += 1
        self._quotations += len(quotations)

    def end(self) -> None:
        """The sum, in a line of its own."""
        counts = [counted(self._quotations, "quotation"), counted(len(self._colours), "speaker")]
        if self.settings.several:
            counts.append(counted(self._articles, "article"))
        self._console.print(Text(" · ".join(counts) if self._quotations else "no quotations", style=GREY))

    def table(self, article: Article, quotations: Sequence[Quotation]) -> Table:
        """The table of one article; on a wide screen also roles and how sure the speakers are."""
        width = self._console.width
        # One width for all, whatever their longest quotation.
        expand = self.settings.several and not self.settings.columns
        table = bare_table(padding=(0, 2 if width >= 80 else 1, 0, 0), leading=1, expand=expand)
        if self.settings.columns:
            return self._picked(table, article, quotations)
        table.add_column("id", justify="right", style=GREY, no_wrap=True)
        table.add_column("speaker", max_width=min(max(width // 4, 14), 32), overflow="fold")
        wide = width >= WIDE
        if wide:
            table.add_column("role", style=GREY, max_width=width // 6, overflow="fold")
        table.add_column("quote", ratio=1, overflow="fold")
        table.add_column("kind", style=GREY, no_wrap=True)
        if wide:
            table.add_column("confidence", justify="right", style=GREY, no_wrap=True)
        table.add_column("line", justify="right", style=GREY, no_wrap=True)
        for quotation in quotations:
            sure = "" if quotation.confidence is None else f"{quotation.confidence:.2f}"
            table.add_row(
                str(quotation.id),
                self._who(article, quotation),
                *([flowing(quotation.role or "")] if wide else []),
                Text(flowing(quotation.quote)),
                quotation.kind,
                *([sure] if wide else []),
                str(quotation.line),
            )
        return table

    def _picked(self, table: Table, article: Article, quotations: Sequence[Quotation]) -> Table:
        """The table of the columns that the user chose: numbers to the right, long texts in what room is left."""
        for name in self.settings.columns:
            if name in NUMBERS:
                table.add_column(name, justify="right", style=GREY)
            else:
                table.add_column(name, ratio=1 if name in ("quote", CONTEXT) else None, overflow="fold")
        for quotation in quotations:
            if quotation.speaker is not None:
                self._colour(quotation.speaker)
            values = as_dict(article, quotation, self.settings.columns)
            table.add_row(*(self._cell(name, value) for name, value in values.items()))
        return table

    def _cell(self, name: str, value: object) -> Text:
        if value is None:
            return Text(DASH, GREY)
        style = self._colour(str(value)) if name == "speaker" else ""
        return Text(flowing(str(value)), style)

    def _who(self, article: Article, quotation: Quotation) -> Text:
        """The speaker in their colour, below it the words of the attribution."""
        who = Text()
        if quotation.speaker is None:
            who.append(DASH, GREY)
        else:
            who.append(visible_line(quotation.speaker), self._colour(quotation.speaker))
        if words := attribution(article.text, quotation):
            who.append(f"\n{words}", GREY)
        return who

    def _colour(self, speaker: str) -> Style:
        """Steady over the run: by order of first appearance."""
        number = PALETTE[len(self._colours) % len(PALETTE)]
        return self._colours.setdefault(speaker, Style(color=f"color({number})", bold=True))
