"""Persons and bodies in, a table for human eyes out: how often they are quoted, what else they are called, what for."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from quotes_cli.across.people import Entry
from quotes_cli.export.sink import Sink
from quotes_cli.export.tally import counted
from quotes_cli.visible import visible_line

from .table import GREY, bare_table, console_of


def write_people(entries: Sequence[Entry], sink: Sink) -> None:
    """A line each, then the sum."""
    console = console_of(sink)
    table = bare_table(padding=(0, 2, 0, 0), expand=True)
    table.add_column("person", ratio=3, overflow="fold")
    table.add_column("also", ratio=3, style=GREY, overflow="fold")
    table.add_column("role", ratio=3, style=GREY, overflow="fold")
    table.add_column("she/he", no_wrap=True)
    table.add_column("quotes", justify="right", no_wrap=True)
    table.add_column("articles", justify="right", no_wrap=True)
    for entry in entries:
        told = " ".join(f"{n} {what}" for n, what in ((entry.women, "she"), (entry.men, "he")) if n)
        cells = (entry.person, ", ".join(entry.aliases), entry.role or "", told, entry.quotations, entry.articles)
        table.add_row(*(Text(visible_line(str(cell))) for cell in cells))
    if entries:
        console.print(table)
        console.print()
    total = counted(sum(entry.quotations for entry in entries), "quotation")
    every = counted(len(entries), "name") if entries else "nobody by name"
    console.print(Text(f"{every} · {total}" if entries else every, style=GREY))
