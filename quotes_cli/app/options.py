"""Options that several commands share come from here, as annotated types: the help, place and metavar of each, once."""

from __future__ import annotations

from typing import Annotated

import typer

from quotes_cli.commands.speakers import speaker_formats
from quotes_cli.export.record import PICKS
from quotes_cli.export.registry import AUTO, FORMATS, names
from quotes_cli.read import GLOBS
from quotes_cli.read import names as input_formats
from quotes_cli.records import KINDS

INPUT, FILTERS, OUTPUT, LANGUAGE, WORK = "Input", "Filters", "Output", "Language", "Work"


def _format_help() -> str:
    return f"{AUTO}: a table on a terminal, CSV in a pipe, or by --output's suffix. " + " ".join(
        f"{item.name}: {item.summary}." for item in FORMATS
    )


Inputs = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="INPUTS",
        help="Files, folders, http addresses, or - for stdin.",
        show_default=False,
        rich_help_panel=INPUT,
    ),
]
File = Annotated[
    str, typer.Argument(metavar="FILE", help="A file, an http address, or - for stdin.", rich_help_panel=INPUT)
]
Id = Annotated[
    int | None,
    typer.Argument(
        metavar="ID",
        help="The quotation's number, as `quotes show` and `quotes extract` give it. [default: all of them]",
        show_default=False,
        rich_help_panel=INPUT,
    ),
]
Glob = Annotated[
    list[str] | None,
    typer.Option(
        metavar="PATTERN",
        help=f"Which files of folders to read; may be repeated. [default: {' '.join(GLOBS)}, each also .gz]",
        show_default=False,
        rich_help_panel=INPUT,
    ),
]
InputFormat = Annotated[
    str,
    typer.Option(
        metavar="|".join(input_formats()),
        help="What all inputs are, instead of finding out by content and suffix.",
        autocompletion=input_formats,
        rich_help_panel=INPUT,
    ),
]
TextColumn = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="The column of a table that holds the article. [default: text, body or content]",
        show_default=False,
        rich_help_panel=INPUT,
    ),
]
IdColumn = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="The column that names a table's articles, FILE#ID. [default: the number of the row]",
        show_default=False,
        rich_help_panel=INPUT,
    ),
]
MaxSize = Annotated[
    str, typer.Option(metavar="SIZE", help="Refuse inputs larger than this, packed or unpacked.", rich_help_panel=INPUT)
]
SaveText = Annotated[
    str | None,
    typer.Option(
        metavar="FOLDER",
        help="Write each article's text there: what line, start and end count in.",
        show_default=False,
        rich_help_panel=INPUT,
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Encoding of all inputs, instead of finding out.",
        show_default=False,
        rich_help_panel=INPUT,
    ),
]
Strict = Annotated[
    bool,
    typer.Option("--strict", help="Stop at the first input that cannot be read.", rich_help_panel=INPUT),
]
Database = Annotated[
    str,
    typer.Argument(metavar="DB", help="A database that `quotes extract -o NAME.db` wrote.", rich_help_panel=INPUT),
]
Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="WORDS",
        help='Words that must all be there; "two words" stand together, a star at the end is any ending.',
        show_default=False,
        rich_help_panel=INPUT,
    ),
]
Since = Annotated[
    str | None,
    typer.Option(
        metavar="DATE",
        help="Only articles published then or later: 2026, 2026-11 or 2026-11-23.",
        show_default=False,
        rich_help_panel=FILTERS,
    ),
]
Speaker = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        help="Only speakers with this in their name, in any case; may be repeated.",
        show_default=False,
        rich_help_panel=FILTERS,
    ),
]
Kind = Annotated[
    list[str] | None,
    typer.Option(
        metavar="|".join(KINDS),
        help="Only quotations of this kind; may be repeated.",
        autocompletion=lambda: list(KINDS),
        show_default=False,
        rich_help_panel=FILTERS,
    ),
]
AllKinds = Annotated[
    bool,
    typer.Option(
        "--all",
        help="Also what stands in marks but is no quotation: titles, nicknames, scare quotes.",
        rich_help_panel=FILTERS,
    ),
]
Attributed = Annotated[
    bool | None,
    typer.Option(
        "--attributed/--unattributed",
        help="Only quotations with a speaker, or only those without.",
        show_default=False,
        rich_help_panel=FILTERS,
    ),
]
MinWords = Annotated[
    int,
    typer.Option(
        metavar="NUMBER", help="Only quotations of at least so many words.", show_default=False, rich_help_panel=FILTERS
    ),
]
MinConfidence = Annotated[
    float,
    typer.Option(
        metavar="0..1",
        help="Only quotations whose speaker is at least this sure.",
        show_default=False,
        rich_help_panel=FILTERS,
    ),
]
Nested = Annotated[bool, typer.Option("--nested", help="Also quotations inside quotations.", rich_help_panel=LANGUAGE)]
BlockQuotes = Annotated[
    bool,
    typer.Option(
        "--block-quotes", help="Also block quotations without marks: after >, after a colon.", rich_help_panel=LANGUAGE
    ),
]
Cues = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help="Reporting words of your own, one `word TAB class` a line.",
        show_default=False,
        rich_help_panel=LANGUAGE,
    ),
]
People = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help="CSV of people you know: name, aliases, pronoun, role.",
        show_default=False,
        rich_help_panel=LANGUAGE,
    ),
]
Model = Annotated[
    str | None,
    typer.Option(
        metavar="NAME|FOLDER",
        help="Another spaCy pipeline than the built-in one.",
        show_default=False,
        rich_help_panel=LANGUAGE,
    ),
]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar="|".join(names()),
        help=_format_help(),
        autocompletion=names,
        rich_help_panel=OUTPUT,
    ),
]
SpeakersFormat = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        metavar="|".join(speaker_formats()),
        help=f"{AUTO}: bars on a terminal, CSV in a pipe, or by --output's suffix.",
        autocompletion=speaker_formats,
        rich_help_panel=OUTPUT,
    ),
]
Output = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to FILE, whole or not at all.", rich_help_panel=OUTPUT),
]
Columns = Annotated[
    str | None,
    typer.Option(
        metavar="NAME,NAME,...",
        help="These fields, in this order, in tables of any format and in JSON.",
        autocompletion=lambda: list(PICKS),
        show_default=False,
        rich_help_panel=OUTPUT,
    ),
]
Bom = Annotated[
    bool,
    typer.Option(
        "--bom", help="Begin CSV and TSV with a byte order mark, so that Excel reads UTF-8.", rich_help_panel=OUTPUT
    ),
]
RawCells = Annotated[
    bool,
    typer.Option(
        "--raw-cells", help="Leave cells that a spreadsheet would run as formulas as they are.", rich_help_panel=OUTPUT
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        metavar="NUMBER",
        help="Processes to work in; 0 is one for each core. [default: 1, and with --engine ray all cores]",
        show_default=False,
        rich_help_panel=WORK,
    ),
]
Timeout = Annotated[
    float,
    typer.Option(metavar="SECONDS", help="Give an article up that takes longer; 0 is no limit.", rich_help_panel=WORK),
]
Resume = Annotated[
    bool,
    typer.Option("--resume", help="Go on where the last run to this --output was broken off.", rich_help_panel=WORK),
]

NoPager = Annotated[
    bool,
    typer.Option("--no-pager", help="Print a long text at once, not a screen at a time.", rich_help_panel=OUTPUT),
]
Engine = Annotated[
    str,
    typer.Option(
        metavar="local|ray",
        help="Where the work is done: in this process, or by Ray on all cores or a cluster, into a folder of Parquet.",
        autocompletion=lambda: ["local", "ray"],
        rich_help_panel=WORK,
    ),
]
Address = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help="The Ray cluster to join, HOST:PORT or auto. [default: one started on this machine for the run]",
        show_default=False,
        rich_help_panel=WORK,
    ),
]
DryRun = Annotated[
    bool,
    typer.Option(
        "--dry-run", help="Print what would be done and how long it takes, and do nothing.", rich_help_panel=WORK
    ),
]


def picked(columns: str | None) -> tuple[str, ...]:
    """`speaker, quote` as typed to the names."""
    return tuple(name.strip() for name in columns.split(",")) if columns is not None else ()
