"""A format's name or a file's suffix in, its writer out: the one table that everything about formats derives from.

A new format is a module with a `Writer` and a line in `FORMATS`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from ..errors import UsageError
from ..records import Article, Quotation
from .sink import Sink

AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user may ask of writers. Each takes what concerns it.

    `raw_cells`: leave spreadsheet cells that look like formulas as they are. `several`: more than one article may come.
    """

    raw_cells: bool = False
    several: bool = False


class Writer(Protocol):
    """Writes articles one after the other. Made with its sink and settings; `begin` and `end` are called once each."""

    def __init__(self, sink: Sink, settings: Settings) -> None: ...

    def begin(self) -> None:
        """What stands before the first article: a header line, a bracket."""

    def write(self, article: Article, quotations: Sequence[Quotation]) -> None:
        """One article, whole, in the order of its text."""

    def end(self) -> None:
        """What stands after the last article."""


@dataclass(frozen=True, slots=True)
class Format:
    """One row of the table. `writer` is `module:class`, imported when the format is used.

    `text`: writes characters to `Sink.stream`; otherwise bytes to the file `Sink.path`, and needs `--output`.
    `styled`: speaks to the terminal itself; the others' output is made visible when it goes to one.
    """

    name: str
    suffixes: tuple[str, ...]
    writer: str
    summary: str
    text: bool = True
    styled: bool = False

    def load(self) -> type[Writer]:
        """Import the writer."""
        module, _, name = self.writer.partition(":")
        return cast(type[Writer], getattr(import_module(f".{module}", __package__), name))


FORMATS = (
    Format("table", (".txt",), "table:TableWriter", "a table to read, in colour on a terminal", styled=True),
    Format("csv", (".csv",), "csv:CsvWriter", "fields source to end, speaker_type and role, with a header (RFC 4180)"),
    Format("json", (".json",), "json:JsonWriter", "one array of records"),
    Format("jsonl", (".jsonl", ".ndjson"), "jsonl:JsonLinesWriter", "one record a line"),
)
BY_NAME = {item.name: item for item in FORMATS}
BY_SUFFIX = {suffix: item for item in FORMATS for suffix in item.suffixes}


def names() -> list[str]:
    """What `--format` takes."""
    return [AUTO, *BY_NAME]


def choose(name: str, output: str | None, terminal: bool) -> Format:
    """The format for `--format` and `--output`; `auto` goes by the suffix, else by whether a terminal reads it."""
    if name != AUTO:
        if name not in BY_NAME:
            raise UsageError(f"--format: there is no format {name!r}; one of {', '.join(names())}")
        return BY_NAME[name]
    suffix = Path(output).suffix.lower() if output is not None else ""
    if suffix in BY_SUFFIX:
        return BY_SUFFIX[suffix]
    if suffix:
        known = ", ".join(BY_SUFFIX)
        raise UsageError(f"--output: no format is called {suffix}; end the name in one of {known} or pass --format")
    return BY_NAME["table" if terminal and output is None else "csv"]
