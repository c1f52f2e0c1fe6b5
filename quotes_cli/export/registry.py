"""A format's name or a file's suffix in, its writer out: the one table that everything about formats derives from.

A new format is a module with a `Writer` and a line in `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from quotes_cli.errors import UsageError
from quotes_cli.libraries import remedy
from quotes_cli.records import Article, Quotation

from .record import COLUMNS, PICKS, as_dict
from .sink import Sink

if TYPE_CHECKING:
    from quotes_cli.across.people import Known

AUTO = "auto"
BEFORE, ITSELF = "before", "itself"  # where persons are found out unasked


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user may ask of writers. Each takes what concerns it.

    `raw_cells`: leave spreadsheet cells that look like formulas as they are. `several`: more than one article may come.
    `columns`: these fields in this order instead of the format's own. `bom`: a byte order mark before the text.
    `resumed`: a run that is broken off is taken up again.
    `keep`: columns of a table of articles that are carried to its records, behind their own.
    `known`: the people of a newsroom's file, for a format that finds out itself who is who.
    `talk` takes what there is to say meanwhile, a line each.
    """

    raw_cells: bool = False
    several: bool = False
    columns: tuple[str, ...] = ()
    bom: bool = False
    resumed: bool = False
    known: Sequence[Known] = ()
    keep: tuple[str, ...] = ()
    talk: Callable[[str], None] = lambda line: None


class Writer:
    """Writes articles one after the other. A format's own says how it writes a row, or a whole article.

    `begin` and `end` are called once each. `columns` are the user's, or else what the format's own class says.
    """

    columns: Sequence[str] = COLUMNS

    def __init__(self, sink: Sink, settings: Settings) -> None:
        self.sink = sink
        self.settings = settings
        self.columns = settings.columns or (*self.columns, *settings.keep)

    def begin(self) -> None:
        """What stands before the first article: a header line, a bracket."""

    def write(self, article: Article, quotations: Sequence[Quotation]) -> None:
        """One article, whole, in the order of its text."""
        for quotation in quotations:
            self.row(list(as_dict(article, quotation, self.columns).values()))

    def row(self, values: Sequence[Any]) -> None:
        """One record, its values in the order of the columns."""

    def end(self) -> None:
        """What stands after the last article."""


@dataclass(frozen=True, slots=True)
class Format:
    """One row of the table. `writer` is `module:class`, seen from this package, imported when the format is used.

    `text`: writes characters to `Sink.stream`; otherwise bytes to the file `Sink.path`, and needs `--output`.
    `styled`: speaks to the terminal itself; the others' output is made visible when it goes to one.
    `options`: which of `columns` and `bom` it heeds; to ask another for them is a `UsageError`.
    `adds`: to a file that is there already, instead of replacing it, and keeps it whole by itself.
    `needs`: the library, by its name in an index, that not every installation has.
    `persons`: who is one person across the articles is found out unasked, by the format itself or before it.
    """

    name: str
    suffixes: tuple[str, ...]
    writer: str
    summary: str
    text: bool = True
    styled: bool = False
    options: tuple[str, ...] = ()
    adds: bool = False
    needs: str | None = None
    persons: str | None = None

    def load(self) -> type[Writer]:
        """Import the writer. Raises `UsageError` with the line that installs what is missing."""
        module, _, name = self.writer.partition(":")
        try:
            return cast(type[Writer], getattr(import_module(f".{module}", __package__), name))
        except ModuleNotFoundError as error:
            if self.needs is None:
                raise
            raise UsageError(f"--format {self.name} needs {error.name}; {remedy(self.needs)}") from error

    def check(self, settings: Settings) -> None:
        """Raise `UsageError` where the settings ask for what the format cannot do, or for columns that are none."""
        for option in ("columns", "bom"):
            if getattr(settings, option) and option not in self.options:
                takers = ", ".join(item.name for item in FORMATS if option in item.options)
                raise UsageError(f"--{option} does nothing to {self.name}; choose a --format among {takers}")
        for number, column in enumerate(settings.columns):
            if column not in PICKS and column not in settings.keep:
                raise UsageError(f"--columns: there is no column {column!r}; some of {','.join(PICKS)}")
            if column in settings.columns[:number]:
                raise UsageError(f"--columns: {column} stands there twice; name each column once")


_PICKS = ("columns",)
FORMATS = (
    Format(
        "table",
        (".txt",),
        ".screen.table:TableWriter",
        "a table to read, in colour on a terminal",
        styled=True,
        options=_PICKS,
    ),
    Format("csv", (".csv",), "csv:CsvWriter", "comma-separated values (RFC 4180)", options=("columns", "bom")),
    Format("tsv", (".tsv", ".tab"), "csv:TsvWriter", "tab-separated, one line a record", options=("columns", "bom")),
    Format("json", (".json",), "jsonl:JsonWriter", "one array of records", options=_PICKS),
    Format("jsonl", (".jsonl", ".ndjson"), "jsonl:JsonLinesWriter", "one record a line", options=_PICKS),
    Format("markdown", (".md", ".markdown"), "markdown:MarkdownWriter", "a table for a page or a wiki", options=_PICKS),
    Format(
        "html", (".html", ".htm"), "html:HtmlWriter", "one page to look at, with the articles' text", persons=BEFORE
    ),
    Format("xlsx", (".xlsx",), "xlsx:XlsxWriter", "a spreadsheet", text=False, options=_PICKS, needs="openpyxl"),
    Format(
        "parquet", (".parquet",), "parquet:ParquetWriter", "typed columns", text=False, options=_PICKS, needs="pyarrow"
    ),
    Format(
        "sqlite",
        (".db", ".sqlite", ".sqlite3"),
        "sqlite:SqliteWriter",
        "a database to add to and to search",
        text=False,
        adds=True,
        needs="sqlite-utils",
        persons=ITSELF,
    ),
)
BY_NAME = {item.name: item for item in FORMATS}
SUFFIXES = {suffix: item.name for item in FORMATS for suffix in item.suffixes}


def names() -> list[str]:
    """What `--format` takes."""
    return [AUTO, *BY_NAME]


def choose(name: str, output: str | None, terminal: bool) -> Format:
    """The format for `--format` and `--output`; `auto` goes by the suffix, else by whether a terminal reads it."""
    return BY_NAME[choose_name(name, output, SUFFIXES, "table" if terminal and output is None else "csv")]


def choose_name(name: str, output: str | None, suffixes: Mapping[str, str], default: str) -> str:
    """The name of a format for `--format` and `--output`, among those that `suffixes` stand for.

    `auto` goes by the output's suffix; where it has none, it is the default. Raises `UsageError`.
    """
    if name != AUTO:
        if name not in suffixes.values():
            known = ", ".join((AUTO, *dict.fromkeys(suffixes.values())))
            raise UsageError(f"--format: there is no format {name!r}; one of {known}")
        return name
    suffix = Path(output).suffix.lower() if output is not None else ""
    if suffix and suffix not in suffixes:
        known = ", ".join(suffixes)
        raise UsageError(
            f"--output: no format here is called {suffix}; end the name in one of {known} or pass --format"
        )
    return suffixes.get(suffix, default)
