"""Records in, the article itself out, for a terminal: each quotation in its speaker's colour, with a legend."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from typing import TextIO

from rich.columns import Columns
from rich.console import Console
from rich.style import Style
from rich.text import Text

from ..records import Article, Quotation
from ..segment import paragraphs
from ..visible import visible, visible_line
from .spans import CUE, QUOTATION, Marked, Stretch, behind_mark, tell_apart
from .table import GREY, NARROWEST, PALETTE

WIDEST_TEXT = 96  # longer lines are hard to read
NOBODY = "speaker not told"
_SPACES = re.compile(r"\s+")
_GLUE = "\ufdd0"  # no character: a space where Rich breaks no line, as it does at U+00A0


def console(stream: TextIO, terminal: bool) -> Console:
    """A console that reads no markup and sends colours to terminals only, none where `NO_COLOR` is set."""
    coloured = terminal and not os.environ.get("NO_COLOR")
    made = Console(
        file=stream,
        force_terminal=terminal,
        color_system="auto" if coloured else None,
        markup=False,
        emoji=False,
        highlight=False,
    )
    made.width = max(made.width, NARROWEST)
    return made


class Reader:
    """Articles one after the other; speakers keep their colours over all of them, as in the table."""

    def __init__(self, stream: TextIO, terminal: bool) -> None:
        self.console = console(stream, terminal)
        self._speakers: list[str] = []

    def write(self, article: Article, quotations: Sequence[Quotation]) -> None:
        """One article: what it is called, who speaks in it, its text."""
        self.meet(quotations)
        self.console.print(Text(visible_line(article.title or article.source), style="bold underline"))
        told = [article.published, article.source if article.title else None, _counted(quotations)]
        self.console.print(Text(" · ".join(visible_line(part) for part in told if part), style=GREY))
        if quotations:
            self.console.print()
            self.console.print(Columns(self.legend(quotations), padding=(0, 3)), width=self.width + 2)
        self.console.print()
        for text in self.paragraphs(article.text, quotations):
            self.show(text)
            self.console.print()

    @property
    def width(self) -> int:
        """Of the text with its margin."""
        return min(self.console.width, WIDEST_TEXT) - 2

    def show(self, text: Text) -> None:
        """A paragraph, behind the margin of the text."""
        for line in text.wrap(self.console, self.width - 2, overflow="fold"):
            line.rstrip()
            line.plain = line.plain.replace(_GLUE, " ")
            self.console.print(Text("  ").append_text(line), soft_wrap=True)

    def meet(self, quotations: Iterable[Quotation]) -> None:
        """Give the speakers their colours, in this order."""
        known = set(self._speakers)
        for q in quotations:
            if q.speaker is not None and q.speaker not in known:
                known.add(q.speaker)
                self._speakers.append(q.speaker)

    def style(self, speaker: str | None) -> Style:
        """A speaker's colour: by first appearance, as in the table."""
        if speaker is None or speaker not in self._speakers:
            return GREY
        return Style(color=f"color({PALETTE[self._speakers.index(speaker) % len(PALETTE)]})")

    def legend(self, quotations: Sequence[Quotation]) -> list[Text]:
        """Initials, name and number of quotations of each speaker of an article, in order of appearance."""
        counts: dict[str | None, int] = {}
        for q in quotations:
            counts[q.speaker] = counts.get(q.speaker, 0) + 1
        short = tell_apart(self._speakers)
        entries = []
        for speaker in sorted(counts, key=lambda name: name is None):
            style = self.style(speaker) + Style(bold=True)
            chip = "?" if speaker is None else visible_line(short[speaker])
            name = visible_line(speaker or NOBODY).replace(" ", "\u00a0")
            parts = ((f"{chip:^4}", style + Style(reverse=True)), (f" {name}", style), (f" {counts[speaker]}", GREY))
            entries.append(Text.assemble(*parts))
        return entries

    def paragraphs(
        self, text: str, quotations: Sequence[Quotation], within: tuple[int, int] | None = None
    ) -> Iterable[Text]:
        """Each paragraph (of those that touch `within`), quotations, cues and mentions in their styles."""
        self.meet(quotations)
        by_id = {q.id: q for q in quotations}
        short = tell_apart(self._speakers)
        notes = sorted((behind_mark(text, q.end), q.id) for q in quotations)
        marked = Marked(text, quotations)
        at = 0
        for start, end in paragraphs(text):
            own = []
            while at < len(notes) and notes[at][0] <= end:
                own.append(notes[at])
                at += 1
            if within is not None and (end < within[0] or start > within[1]):
                continue
            told = Text()
            for a, b, over in marked.pieces(start, end):
                style = self._over(over, by_id)
                for place in [p for p, _ in own if a < p <= b]:
                    told.append(_flowing(text[a:place]), style)
                    a = place
                    while own and own[0][0] == place:
                        q = by_id[own.pop(0)[1]]
                        initials = "" if q.speaker is None else f" {visible_line(short[q.speaker])}"
                        note = f" [{q.id}{initials}]".replace(" ", _GLUE)
                        told.append(note, self.style(q.speaker) + Style(bold=True))
                told.append(_flowing(text[a:b]), style)
            yield told

    def _over(self, over: Sequence[Stretch], by_id: dict[int, Quotation]) -> Style:
        """The style under these stretches: the colour of the innermost, mentions underlined, cues in italics."""
        style = Style()
        for stretch in over:
            colour = self.style(by_id[stretch.ids[0]].speaker)
            if stretch.what == QUOTATION:
                style += colour
            else:
                style += Style(italic=True) if stretch.what == CUE else colour + Style(underline=True)
        return style


def _counted(quotations: Sequence[Quotation]) -> str:
    count = len(quotations)
    return "no quotations" if not count else "1 quotation" if count == 1 else f"{count} quotations"


def _flowing(text: str) -> str:
    """Text of a paragraph to be wrapped anew, controls spelt out."""
    return _SPACES.sub(" ", visible(text))
