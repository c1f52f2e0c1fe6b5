"""What may be typed behind a command's name: each option and argument once, its type, default, help and panel."""

# ruff: noqa: RUF009  # the calls make fields, which Ruff does not see
from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import partial
from inspect import Parameter
from typing import Annotated, Any, TypeVar, get_type_hints

import typer

from quotes_cli.commands.articles import FORMATS as ARTICLES_FORMATS
from quotes_cli.commands.filters import Filters
from quotes_cli.commands.people import FORMATS as PEOPLE_FORMATS
from quotes_cli.commands.request import LOCAL, RAY
from quotes_cli.commands.same import FORMATS as SAME_FORMATS
from quotes_cli.commands.search import SEARCHED
from quotes_cli.commands.speakers import FORMATS as SPEAKERS_FORMATS
from quotes_cli.commands.verify import FORMATS as VERIFY_FORMATS
from quotes_cli.docs import names as pages
from quotes_cli.export.record import PICKS
from quotes_cli.export.registry import AUTO, FORMATS, names
from quotes_cli.export.sink import STDOUT
from quotes_cli.read import ReadOptions
from quotes_cli.read.formats import AUTO as ANY_FORMAT
from quotes_cli.read.formats import GLOBS
from quotes_cli.read.formats import names as input_formats
from quotes_cli.read.options import CELLS, MAX_SIZE, parse_size
from quotes_cli.records import KINDS

T = TypeVar("T")
TIMEOUT = 60.0  # seconds; a thousand times what an article takes

_ABOUT_FORMATS = (
    f"{AUTO}: a table on a terminal, CSV in a pipe, or by --output's suffix.",
    *(f"{item.name}: {item.summary}." for item in FORMATS),
)


def _argument(metavar: str, help: str, default: Any = None, **settings: Any) -> Any:
    """A field that is typed without a name; `...` for one that must be there."""
    declared = typer.Argument(metavar=metavar, help=help, rich_help_panel="Input", **settings)
    return field(default=default, metadata={"typer": declared})


def _option(panel: str, metavar: str | None, help: str, *names: str, default: Any = None, **settings: Any) -> Any:
    """A field that is an option, called as the field where `names` are none."""
    declared = typer.Option(*names, metavar=metavar, help=help, rich_help_panel=panel, **settings)
    return field(default=default, metadata={"typer": declared})


# One for each panel of the help.
_input, _filter, _output, _language, _work = (
    partial(_option, panel) for panel in ("Input", "Filters", "Output", "Language", "Work")
)


def _format(names: list[str], help: str) -> Any:
    return _output("|".join(names), help, "--format", "-f", default=AUTO, autocompletion=lambda: names)


@dataclass(frozen=True)
class Options:
    """All that the commands take, in the order of the help. What a command has not keeps its default."""

    inputs: list[str] | None = _argument("INPUTS", "Files, folders, http addresses, or - for stdin.")
    file: str = _argument("FILE", "A file, an http address, or - for stdin.", ...)
    id: int | None = _argument(
        "ID", "The quotation's number, as `quotes show` and `quotes extract` give it. [default: all of them]"
    )
    database: str = _argument("DB", "A database that `quotes extract -o NAME.db` wrote.", ...)
    words: list[str] | None = _argument(
        "WORDS", 'Words that must all be there; "two words" stand together, a star at the end is any ending.'
    )
    page: str | None = _argument("NAME", "A page. [default: the list of them]", autocompletion=pages)
    against: list[str] | None = _input("FILE", "A transcript or speech to look quotations up in; may be repeated.")
    glob: list[str] | None = _input(
        "PATTERN", f"Which files of folders to read; may be repeated. [default: {' '.join(GLOBS)}, each also .gz]"
    )
    input_format: str = _input(
        "|".join(input_formats()),
        "What all inputs are, instead of finding out by content and suffix.",
        default=ANY_FORMAT,
        autocompletion=input_formats,
    )
    encoding: str | None = _input("NAME", "Encoding of all inputs, instead of finding out.")
    text_column: str | None = _input(
        "NAME", "The column of a table that holds the article. [default: text, body or content]"
    )
    id_column: str | None = _input(
        "NAME", "The column that names a table's articles, FILE#ID. [default: the number of the row]"
    )
    text_format: str = _input(
        "|".join(CELLS),
        "What the cells with the articles hold, instead of finding out by their tags.",
        default=ANY_FORMAT,
        autocompletion=lambda: list(CELLS),
    )
    keep: str | None = _input("NAME,NAME,...", "Columns of a table of articles to carry to its records: outlet,url.")
    max_size: str = _input("SIZE", "Refuse inputs larger than this, packed or unpacked.", default=MAX_SIZE)
    save_text: str | None = _input("FOLDER", "Write each article's text there: what line, start and end count in.")
    strict: bool = _input(None, "Stop at the first input that cannot be read.", "--strict", default=False)

    since: str | None = _filter("DATE", "Only articles published then or later: 2026, 2026-11 or 2026-11-23.")
    until: str | None = _filter("DATE", "Only articles published then or earlier, that year, month or day with it.")
    searched: str = _filter(
        "FIELD,FIELD,...",
        f"Where WORDS are looked for, all of them in any: {','.join(SEARCHED)}.",
        "--in",
        default="quote",
        autocompletion=lambda: list(SEARCHED),
    )
    speaker: list[str] | None = _filter(
        "NAME", "Only speakers with this in their name, in any case, with accents or without; may be repeated."
    )
    not_speaker: list[str] | None = _filter("NAME", "Leave speakers out with this in their name; may be repeated.")
    kind: list[str] | None = _filter(
        "|".join(KINDS), "Only quotations of this kind; may be repeated.", autocompletion=lambda: list(KINDS)
    )
    all_kinds: bool = _filter(
        None, "Also what stands in marks but is no quotation: titles, nicknames, scare quotes.", "--all", default=False
    )
    attributed: bool | None = _filter(
        None, "Only quotations with a speaker, or only those without.", "--attributed/--unattributed"
    )
    min_words: int = _filter("NUMBER", "Only quotations of at least so many words.", default=0, show_default=False)
    min_confidence: float = _filter(
        "0..1", "Only quotations whose speaker is at least this sure.", default=0.0, show_default=False
    )

    format: str = _format(names(), " ".join(_ABOUT_FORMATS))
    speakers_format: str = _format(
        [AUTO, *SPEAKERS_FORMATS.values()], f"{AUTO}: bars on a terminal, CSV in a pipe, or by --output's suffix."
    )
    people_format: str = _format(
        [AUTO, *PEOPLE_FORMATS.values()], f"{AUTO}: a table on a terminal, CSV in a pipe, or by --output's suffix."
    )
    articles_format: str = _format([AUTO, *ARTICLES_FORMATS.values()], f"{AUTO}: CSV, or by --output's suffix.")
    same_format: str = _format(
        [AUTO, *SAME_FORMATS.values()], f"{AUTO}: a table on a terminal, CSV in a pipe, or by --output's suffix."
    )
    verify_format: str = _format(
        [AUTO, *dict.fromkeys(VERIFY_FORMATS.values())],
        f"{AUTO}: a table on a terminal, CSV in a pipe, or by --output's suffix.",
    )
    output: str | None = _output("FILE", "Write to FILE, whole or not at all.", "--output", "-o")
    across: bool = _output(
        None,
        "Find out who is one person across all articles, for the field person; records come after the last article.",
        "--across",
        default=False,
    )
    context: bool = _output(None, "Also the paragraph around each quotation.", "--context", "-C", default=False)
    columns: str | None = _output(
        "NAME,NAME,...",
        "These fields, in this order, in tables of any format and in JSON.",
        autocompletion=lambda: list(PICKS),
    )
    bom: bool = _output(
        None, "Begin CSV and TSV with a byte order mark, so that Excel reads UTF-8.", "--bom", default=False
    )
    raw_cells: bool = _output(
        None, "Leave cells that a spreadsheet would run as formulas as they are.", "--raw-cells", default=False
    )
    no_pager: bool = _output(None, "Print a long text at once, not a screen at a time.", "--no-pager", default=False)

    quiet: bool = _output(
        None, "Say nothing but what cannot be read: no progress, no line at the end.", "--quiet", "-q", default=False
    )

    nested: bool = _language(None, "Also quotations inside quotations.", "--nested", default=False)
    block_quotes: bool = _language(
        None, "Also block quotations without marks: after >, after a colon.", "--block-quotes", default=False
    )
    indirect: bool = _language(
        None, "Also what is reported without marks: that, whether, to, according to.", "--indirect", default=False
    )
    attitudes: bool = _language(
        None,
        "With --indirect, which it implies, also thoughts and wishes: believes, hopes.",
        "--attitudes",
        default=False,
    )
    cues: str | None = _language("FILE", "Reporting words of your own, one `word TAB class` a line.")
    people: str | None = _language("FILE", "CSV of people you know: name, aliases, pronoun, role.")
    model: str | None = _language("NAME|FOLDER", "Another spaCy pipeline than the built-in one.")
    no_fast: bool = _language(
        None, "Run the built-in model through spaCy itself: the same answers, slower.", "--no-fast", default=False
    )

    jobs: int | None = _work(
        "NUMBER", "Processes to work in; 0 is one for each core. [default: 1, and with --engine ray all cores]"
    )
    timeout: float = _work("SECONDS", "Give an article up that takes longer; 0 is no limit.", default=TIMEOUT)
    resume: bool = _work(None, "Go on where the last run to this --output was broken off.", "--resume", default=False)
    engine: str = _work(
        f"{LOCAL}|{RAY}",
        "Where the work is done: in this process, or by Ray on all cores or a cluster; extract writes a folder then.",
        default=LOCAL,
        autocompletion=lambda: [LOCAL, RAY],
    )
    address: str | None = _work(
        "ADDRESS", "The Ray cluster to join, HOST:PORT or auto. [default: one started on this machine for the run]"
    )
    dry_run: bool = _work(
        None, "Print what would be done and how long it takes, and do nothing.", "--dry-run", default=False
    )

    def asked(self, taken: type[T], **changes: Any) -> T:
        """What a command takes. Its fields are those of the same name here, but for these and the `changes`."""
        reading = (self.input_format, self.encoding, self.text_column, self.id_column)
        kinds, speakers = tuple(self.kind or ()), tuple(self.speaker or ())
        filters = (kinds, self.all_kinds, speakers, self.attributed, self.min_words, self.min_confidence)
        left_out = tuple(self.not_speaker or ())
        keep = tuple(map(str.strip, self.keep.split(","))) if self.keep is not None else ()
        changed = {
            "inputs": tuple(self.inputs or ()),
            "reading": ReadOptions(*reading, parse_size(self.max_size), self.text_format, keep),
            "globs": tuple(self.glob or ()),
            "words": tuple(self.words or ()),
            "searched": tuple(map(str.strip, self.searched.split(","))),
            "filters": Filters(*filters, left_out),
            "output": None if self.output == STDOUT else self.output,
            "columns": tuple(map(str.strip, self.columns.split(","))) if self.columns is not None else (),
            "jobs": (1 if self.engine == LOCAL else 0) if self.jobs is None else self.jobs,
            **changes,
        }
        names = [one.name for one in fields(taken)]  # type: ignore[arg-type]  # a dataclass
        return taken(**{name: changed[name] if name in changed else getattr(self, name) for name in names})


_TYPES = get_type_hints(Options)

# What Typer reads of a command's function, by the name of the option.
PARAMETERS = {
    one.name: Parameter(
        one.name,
        Parameter.KEYWORD_ONLY,
        default=one.default,
        annotation=Annotated[_TYPES[one.name], one.metadata["typer"]],
    )
    for one in fields(Options)
}
