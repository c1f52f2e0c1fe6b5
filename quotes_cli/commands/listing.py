"""A list in, where the options say out: for the eye on a terminal, else CSV or JSON. All commands of lists share it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from quotes_cli.export.listing import write_csv, write_json
from quotes_cli.export.registry import choose_name
from quotes_cli.export.sink import Sink, text_output
from quotes_cli.screen.pager import paged
from quotes_cli.status import Streams

from .request import ExtractOptions

_EYE = ".txt"  # the suffix of what is for the eye


def list_format(options: ExtractOptions, streams: Streams, formats: Mapping[str, str]) -> str:
    """In which of the formats, by suffix, to write: what is for the eye on a terminal. Raises `UsageError`."""
    terminal = options.output is None and streams.stdout.isatty()
    return choose_name(options.format, options.output, formats, formats.get(_EYE, "csv") if terminal else "csv")


@contextmanager
def listing(options: ExtractOptions, streams: Streams, for_eye: bool, pager: bool = False) -> Iterator[Sink]:
    """Where to write the list. `pager`: a long one `for_eye` on a terminal goes through it."""
    through = pager and for_eye and options.output is None
    with paged(streams.stdout, through) as stdout, text_output(options.output, stdout, for_eye) as sink:
        yield sink
        sink.stream.flush()


def write_rows(
    chosen: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]], sink: Sink, options: ExtractOptions
) -> None:
    """The rows as CSV, or as JSON with all that they have."""
    if chosen == "csv":
        write_csv(columns, rows, sink, options.raw_cells, options.bom)
    else:
        write_json(rows, sink)
