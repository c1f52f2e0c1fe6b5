"""Rows of `same` and `verify` in, tables for human eyes out: what differs is struck through or underlined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from rich.style import Style
from rich.text import Text

from quotes_cli.across.alignment import GONE, SAME, THERE, marked
from quotes_cli.export.sink import Sink
from quotes_cli.export.tally import counted
from quotes_cli.visible import visible_line

from .table import DASH, GREY, bare_table, console_of

_STYLES = {
    GONE: ("[-{}-]", Style(color="color(162)", strike=True)),
    THERE: ("{{+{}+}}", Style(color="color(29)", bold=True, underline=True)),
    SAME: ("{}", Style()),
}
VERDICTS = {"exact": Style(color="color(29)"), "minor": Style(color="color(130)"), "altered": Style(color="color(162)")}


def coloured(changes: str) -> Text:
    """A text with its `[-left out-]` and `{+put in+}`; the marks themselves stay, for those who see no colour."""
    text = Text()
    for piece, what in marked(changes):
        shown, style = _STYLES[what]
        text.append(visible_line(shown.format(piece)), style)
    return text


def write_statements(rows: Sequence[Mapping[str, Any]], sink: Sink) -> None:
    """A table a statement, then the sum."""
    console = console_of(sink)
    statements = 0
    for _, group in groupby(rows, key=itemgetter("statement")):
        own = list(group)
        statements += 1
        heading = f"{own[0]['statement']}. in {counted(own[0]['articles'], 'article')}"
        if own[0]["speakers_differ"] == "yes":
            heading += " · speakers differ"
        console.print(Text(heading, style="bold"))
        table = bare_table(padding=(0, 2, 0, 0), show_header=False, expand=True)
        table.add_column("speaker", ratio=1, overflow="fold")
        table.add_column("quote", ratio=4, overflow="fold")
        table.add_column("where", ratio=2, style=GREY, overflow="fold")
        for row in own:
            where = f"{visible_line(row['source'])}:{row['line']}"
            date = f" {visible_line(row['published'])}" if row["published"] else ""
            first = " (first)" if row["first"] == "yes" else ""
            shown = coloured(row["changes"]) if row["changes"] else Text(visible_line(row["quote"]))
            table.add_row(
                Text(visible_line(row["person"] or row["speaker"] or DASH)), shown, Text(where + date + first)
            )
        console.print(table)
        console.print()
    counts = [counted(statements, "statement"), counted(len(rows), "quotation")]
    console.print(Text(" · ".join(counts) if rows else "no statement stands twice", style=GREY))


def write_verified(rows: Sequence[Mapping[str, Any]], sink: Sink) -> None:
    """A line a quotation: the verdict, the quotation with its differences marked, where the passage stands."""
    console = console_of(sink)
    table = bare_table(padding=(0, 2, 0, 0), leading=1, expand=True)
    table.add_column("verdict", no_wrap=True)
    table.add_column("speaker", ratio=1, overflow="fold")
    table.add_column("quote", ratio=4, overflow="fold")
    table.add_column("passage", ratio=1, style=GREY, overflow="fold")
    for row in rows:
        shown = coloured(row["changes"]) if row["changes"] else Text(visible_line(row["quote"]))
        where = f"{visible_line(row['found_in'])}:{row['line']}" if row["found_in"] else DASH
        verdict = Text(row["verdict"], VERDICTS.get(row["verdict"], GREY))
        table.add_row(verdict, Text(visible_line(row["speaker"] or DASH)), shown, Text(where))
    if rows:
        console.print(table)
        console.print()
    told = [f"{sum(row['verdict'] == verdict for row in rows)} {verdict}" for verdict in (*VERDICTS, "not found")]
    console.print(Text(" · ".join(told) if rows else "no quotations", style=GREY))
