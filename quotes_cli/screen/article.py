"""Records in, the article itself out, for a terminal: each quotation in its speaker's colour, with a legend."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TextIO

from rich.columns import Columns
from rich.style import Style
from rich.text import Text

from quotes_cli.export.spans import CUE, NOBODY, QUOTATION, Initials, Marked, Stretch, windows
from quotes_cli.export.tally import counted
from quotes_cli.language.segment import paragraphs
from quotes_cli.records import INDIRECT, Article, Quotation
from quotes_cli.visible import visible, visible_line

from .table import GREY, PALETTE, console

WIDEST_TEXT = 96  # longer lines are hard to read
CONTEXT = 600  # characters around a quotation, its cue and its mention; of longer paragraphs the rest is left out
_SPACES = re.compile(r"\s+")
GLUE = "\ufdd0"  # no character: a space where Rich breaks no line, as it does at U+00A0


class ArticlePrinter:
    """Articles one after the other; speakers keep their colours over all of them, as in the table."""

    def __init__(self, stream: TextIO, terminal: bool) -> None:
        self.console = console(stream, terminal)
        self._initials = Initials()
        self._colours: dict[str, Style] = {}
        self._parted: tuple[str, list[tuple[int, int]]] = ("", [])

    def write(self, article: Article, quotations: Sequence[Quotation]) -> None:
        """One article: what it is called, who speaks in it, its text."""
        self.meet(quotations)
        self.console.print(Text(visible_line(article.title or article.source), style="bold underline"))
        count = counted(len(quotations), "quotation") if quotations else "no quotations"
        about = [article.published, article.source if article.title else None, count]
        self.console.print(Text(" · ".join(visible_line(part) for part in about if part), style=GREY))
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

    def show(self, text: Text, margin: str = "  ") -> None:
        """A paragraph, behind a margin."""
        for line in text.wrap(self.console, self.width - 2, overflow="fold"):
            line.rstrip()
            line.plain = line.plain.replace(GLUE, " ")
            self.console.print(Text(margin).append_text(line), soft_wrap=True)

    def meet(self, quotations: Iterable[Quotation]) -> None:
        """Give the speakers their colours and initials, in this order."""
        for quotation in quotations:
            if quotation.speaker is not None and quotation.speaker not in self._colours:
                self._colours[quotation.speaker] = Style(color=f"color({PALETTE[len(self._colours) % len(PALETTE)]})")
                self._initials.meet(quotation.speaker)

    def style(self, speaker: str | None) -> Style:
        """A speaker's colour: by first appearance, as in the table."""
        return GREY if speaker is None else self._colours.get(speaker, GREY)

    def legend(self, quotations: Sequence[Quotation]) -> list[Text]:
        """Initials, name and number of quotations of each speaker of an article, in order of appearance."""
        counts: dict[str | None, int] = {}
        for quotation in quotations:
            counts[quotation.speaker] = counts.get(quotation.speaker, 0) + 1
        entries = []
        for speaker in sorted(counts, key=lambda name: name is None):
            style = self.style(speaker) + Style(bold=True)
            chip = "?" if speaker is None else visible_line(self._initials[speaker])
            name = visible_line(speaker or NOBODY).replace(" ", "\u00a0")
            parts = ((f"{chip:^4}", style + Style(reverse=True)), (f" {name}", style), (f" {counts[speaker]}", GREY))
            entries.append(Text.assemble(*parts))
        return entries

    def paragraphs(
        self, text: str, quotations: Sequence[Quotation], near: Sequence[int] | None = None
    ) -> Iterable[Text]:
        """Each paragraph, quotations, cues and mentions in their styles; with `near`, what is around these places."""
        self.meet(quotations)
        by_id = {quotation.id: quotation for quotation in quotations}
        marked = Marked(text, quotations)
        if self._parted[0] is not text:
            self._parted = text, list(paragraphs(text))
        whole = self._parted[1]
        for start, end, part in ((*p, p) for p in whole) if near is None else windows(text, whole, near, CONTEXT):
            shown = Text()  # no style of its own: the reporter's words are the terminal's own colour
            shown.append("… " if start > part[0] else "", GREY)
            for here, there, over, noted in marked.pieces(start, end):
                shown.append(_flowing(text[here:there]), self._over(over, by_id))
                for quotation in map(by_id.__getitem__, noted):
                    shown.append(self._note(quotation), self.style(quotation.speaker) + Style(bold=True))
            yield shown.append(" …" if end < part[1] else "", GREY)

    def _note(self, quotation: Quotation) -> str:
        """Number and speaker of a quotation, on one line with its end."""
        initials = "" if quotation.speaker is None else f" {visible_line(self._initials[quotation.speaker])}"
        return f" [{quotation.id}{initials}]".replace(" ", GLUE)

    def _over(self, over: Sequence[Stretch], by_id: dict[int, Quotation]) -> Style:
        """The style under these stretches: the colour of the innermost, mentions underlined, cues in italics.

        What has no marks is underlined twice.
        """
        style = Style()
        for stretch in over:
            quotation = by_id[stretch.ids[0]]
            colour = self.style(quotation.speaker)
            if stretch.what == QUOTATION:
                style += colour + Style(underline2=True) if quotation.kind == INDIRECT else colour
            else:
                style += Style(italic=True) if stretch.what == CUE else colour + Style(underline=True)
        return style


def _flowing(text: str) -> str:
    """Text of a paragraph to be wrapped anew, controls spelt out."""
    return _SPACES.sub(" ", visible(text))
