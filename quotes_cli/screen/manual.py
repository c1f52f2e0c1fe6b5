"""A page of the documentation in, Markdown; its text for a terminal out: headings, tables and examples."""

from __future__ import annotations

import textwrap
from typing import ClassVar, TextIO

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import CodeBlock, Heading, Markdown, MarkdownElement, TableElement
from rich.style import Style
from rich.text import Text
from rich.theme import Theme

from .table import GREY, bare_table, console

WIDEST = 110  # wider than an article, because pages have tables
# Rich's own styles put cyan on black, which a light screen shows as a bar.
_STYLES: dict[str, str | Style] = {
    "markdown.h1": "bold underline",
    "markdown.h2": "bold",
    "markdown.h3": "bold",
    "markdown.code": "bold",
    "markdown.link": "underline",
    "markdown.link_url": GREY,
    "markdown.item.bullet": GREY,
}


class _Heading(Heading):
    """All headings begin at the margin."""

    LEVEL_ALIGN = dict.fromkeys(Heading.LEVEL_ALIGN, "left")


class _Code(CodeBlock):
    """An example, set in and wrapped nowhere, so that it can be copied."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        code = textwrap.indent(str(self.text).rstrip(), "    ")
        yield Text(code, no_wrap=True, overflow="ignore")


class _Table(TableElement):
    """A table in the style of the others; a long word is broken, not cut off."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        table = bare_table(padding=(0, 2, 0, 0))
        for cell in self.header.row.cells if self.header and self.header.row else ():
            table.add_column(cell.content, overflow="fold")
        for row in self.body.rows if self.body else ():
            table.add_row(*(cell.content for cell in row.cells))
        yield table


class _Page(Markdown):
    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements,
        "heading_open": _Heading,
        "fence": _Code,
        "code_block": _Code,
        "table_open": _Table,
    }


class ManualPrinter:
    """Prints pages as wide as reads well."""

    def __init__(self, stream: TextIO) -> None:
        self.console = console(stream, terminal=True)
        self.console.width = min(self.console.width, WIDEST)
        self.console.push_theme(Theme(_STYLES))

    def write(self, page: str) -> None:
        """One page."""
        self.console.print(_Page(page, hyperlinks=False), crop=False)
