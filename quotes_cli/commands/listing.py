"""A list in, where the options say out: for the eye, CSV, JSON, a workbook. All commands of lists share it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from quotes_cli.errors import UsageError
from quotes_cli.export.listing import write_csv, write_json, write_xlsx
from quotes_cli.export.registry import BY_NAME, choose_name
from quotes_cli.export.sink import STDOUT, Sink, file_output, text_output
from quotes_cli.screen.pager import paged
from quotes_cli.status import Streams

from .request import ExtractOptions

_EYE = ".txt"  # the suffix of what is for the eye
#: What every list may be written as, by suffix.
LISTS = {".csv": "csv", ".json": "json", ".xlsx": "xlsx"}
_XLSX = LISTS[".xlsx"]


def list_format(options: ExtractOptions, streams: Streams, formats: Mapping[str, str]) -> str:
    """In which of the formats, by suffix, to write: what is for the eye on a terminal. Raises `UsageError`."""
    terminal = options.output is None and streams.stdout.isatty()
    chosen = choose_name(options.format, options.output, formats, formats.get(_EYE, "csv") if terminal else "csv")
    if chosen == _XLSX:
        if options.output in (None, STDOUT):
            raise UsageError(f"--format {_XLSX} writes a file; name it with --output")
        BY_NAME[_XLSX].load()  # which may not be installed
    return chosen


@contextmanager
def listing(
    options: ExtractOptions, streams: Streams, chosen: str, formats: Mapping[str, str], pager: bool = False
) -> Iterator[Sink]:
    """Where to write the list in the `chosen` format. `pager`: a long one for the eye on a terminal goes through it."""
    if chosen == _XLSX and options.output is not None:
        with file_output(options.output) as sink:
            yield sink
        return
    for_eye = chosen == formats.get(_EYE)
    through = pager and for_eye and options.output is None
    with paged(streams.stdout, through) as stdout, text_output(options.output, stdout, for_eye) as sink:
        yield sink
        sink.stream.flush()


def write_rows(
    chosen: str,
    called: str,
    columns: Sequence[str],
    rows: Iterable[Mapping[str, Any]],
    sink: Sink,
    options: ExtractOptions,
) -> None:
    """The rows as CSV, as a workbook with a sheet that is `called` so, or as JSON with all that they have."""
    if chosen == "csv":
        write_csv(columns, rows, sink, options.raw_cells, options.bom)
    elif chosen == _XLSX:
        write_xlsx(called, columns, rows, sink, options.raw_cells)
    else:
        write_json(rows, sink)
