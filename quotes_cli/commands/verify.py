"""`quotes verify`: quotations and transcripts in, for each quotation the passage it comes from and a verdict out."""

from __future__ import annotations

import io
import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from quotes_cli.across.passages import Transcripts
from quotes_cli.errors import InputError, UsageError
from quotes_cli.export.record import kept_of
from quotes_cli.export.sink import same_file
from quotes_cli.read import STDIN, Input, find_inputs, read_input
from quotes_cli.read.formats import AUTO, by_name
from quotes_cli.read.formats import FORMATS as READABLE
from quotes_cli.read.inputs import shown_name
from quotes_cli.read.own import HEAD, PARQUET, holds_quotations
from quotes_cli.read.stream import Behind
from quotes_cli.records import Article
from quotes_cli.status import ExitStatus, Streams
from quotes_cli.work.cores import one_thread_each

from .closing import Closing, Complaints
from .extract import extracted
from .listing import LISTS, list_format, listing, write_rows
from .request import ExtractOptions, inputs_of, without_passed_over

FORMATS = {".txt": "table", **LISTS, ".html": "html", ".htm": "html"}  # by suffix
COLUMNS = (
    "source",
    "id",
    "quote",
    "speaker",
    "verdict",
    "similarity",
    "found_in",
    "line",
    "start",
    "end",
    "passage",
    "changes",
)
_QUOTE = ("quote", "quotation", "text")  # the column of the quotations, in this order
_CARRIED = ("source", "id", "speaker")

_NOTHING_YET = re.compile(rb'(?:[\[{]|\[\s*\{|"?sep=."?)?')  # a line before that of the first columns, stripped

Row = dict[str, Any]


def verify_command(
    options: ExtractOptions, against: Sequence[str], streams: Streams, pager: bool = False
) -> ExitStatus:
    """Run `verify`. What cannot be read is reported, and makes the status `FAILED`; the others are looked up.

    `pager`: a long table on a terminal goes through it.
    """
    options.check()
    if not against:
        raise UsageError("--against: no transcript named; try: quotes verify quotes.csv --against speech.txt")
    target = options.output
    chosen = list_format(options, streams, FORMATS)
    failures: list[InputError] = []
    sources = without_passed_over(find_inputs(against), options, streams)
    for item in sources:
        if target is not None and isinstance(item, Input) and item.path is not None and same_file(item.path, target):
            raise UsageError(f"--output: {target} is a transcript and would be overwritten; choose another name")
    one_thread_each()
    complaints = Complaints(streams)
    texts = list(_texts(sources, options, failures, complaints))
    if not texts:
        raise InputError("--against: no transcript could be read; name another")
    transcripts = Transcripts(texts)
    rows = [_verified(row, transcripts) for row in _quotations(options, failures, complaints, streams)]
    complaints.end()
    with listing(options, streams, chosen, FORMATS, pager) as sink:
        if chosen == "table":
            from quotes_cli.screen.statements import write_verified  # Rich, which the others need not wait for

            write_verified(rows, sink)
        elif chosen == "html":
            from quotes_cli.export.verified import page

            sink.stream.writelines(page(rows))
        else:
            write_rows(chosen, "verified", COLUMNS, rows, sink, options)
    end = Closing()
    end.quotations = len(rows)
    end.tell(streams, options, failures, about=[f"{sum(row['verdict'] == 'altered' for row in rows)} altered"])
    return ExitStatus.FAILED if failures else ExitStatus.DONE


def _verified(row: Row, transcripts: Transcripts) -> Row:
    found = transcripts.find(row["quote"])
    return {
        **row,
        "verdict": found.verdict,
        "similarity": found.similarity,
        "found_in": found.name,
        "line": found.line,
        "start": found.start,
        "end": found.end,
        "passage": found.text,
        "changes": found.changes,
    }


def _texts(
    sources: Sequence[Input | InputError], options: ExtractOptions, failures: list[InputError], complaints: Complaints
) -> Iterator[tuple[str, str]]:
    """Name and text of each transcript. A format of tables is said of the quotations."""
    known = options.reading.format
    reading = replace(options.reading, format=AUTO) if known != AUTO and READABLE[known].table else options.reading
    for item in sources:
        found = [item] if isinstance(item, InputError) else read_input(item, reading, None)
        for article in found:
            if isinstance(article, Article):
                yield article.source, article.text
            else:
                _report(article, options, failures, complaints)


def _report(error: InputError, options: ExtractOptions, failures: list[InputError], complaints: Complaints) -> None:
    if options.strict:
        raise error
    complaints.tell(error)
    failures.append(error)


def _quotations(
    options: ExtractOptions, failures: list[InputError], complaints: Complaints, streams: Streams
) -> Iterator[Row]:
    """The quotations of tables, and those of articles and databases."""
    piped = STDIN in options.inputs or not (options.inputs or streams.stdin is None or streams.stdin.isatty())
    head, streams = _begun(streams) if piped else (b"", streams)
    names = options.inputs or ((STDIN,) if piped else ())
    tables = [name for name in names if (_is_piped_table(head, options) if name == STDIN else _is_table(name))]
    for name in tables:
        for found in _piped_table(head, options, streams) if name == STDIN else _table(name, options):
            if isinstance(found, InputError):
                _report(found, options, failures, complaints)
            else:
                yield found
    others = tuple(name for name in names if name not in tables)
    if others or not tables:
        options = replace(options, inputs=others)
        inputs = inputs_of(options, streams)
        with closing(extracted(options, inputs, streams, failures)) as found_in:
            for article, quotations in found_in:
                for one in quotations:
                    yield {"source": article.source, "id": one.id, "quote": one.quote, "speaker": one.speaker}


def _is_table(name: str) -> bool:
    """Is it a file of quotations, as far as its name tells?"""
    known = by_name(name)
    return known is not None and known.table and not name.startswith(("http://", "https://"))


def _begun(streams: Streams) -> tuple[bytes, Streams]:
    """How what is piped in begins, and the streams as if nothing had been read."""
    stdin = getattr(streams.stdin, "buffer", None)
    if stdin is None:
        return b"", streams
    rest: io.BufferedReader[Any] = io.BufferedReader(stdin) if not hasattr(stdin, "read1") else stdin
    head = b""
    while (line := rest.readline(HEAD)) and len(head) < HEAD:
        head += line
        if not _NOTHING_YET.fullmatch(line.removeprefix(BOM_UTF8).strip()):
            break
    again = io.TextIOWrapper(io.BufferedReader(Behind(head, rest)), "utf-8")
    return head, replace(streams, stdin=again)


def _is_piped_table(head: bytes, options: ExtractOptions) -> bool:
    known = options.reading.format
    return holds_quotations(head) if known == AUTO else READABLE[known].table


def _piped_table(head: bytes, options: ExtractOptions, streams: Streams) -> Iterator[Row | InputError]:
    known = options.reading.format
    if known == AUTO and not head.startswith(PARQUET):
        known = "jsonl" if head.removeprefix(BOM_UTF8).lstrip().startswith((b"{", b"[")) else "csv"
    yield from _rows(Input(STDIN), options, known, streams.stdin.buffer)


def _table(name: str, options: ExtractOptions) -> Iterator[Row | InputError]:
    yield from _rows(Input(shown_name(name), Path(name)), options, AUTO)


def _rows(
    table: Input, options: ExtractOptions, format: str, stdin: BinaryIO | None = None
) -> Iterator[Row | InputError]:
    """The quotations of a table, which is read as one of articles is; what cannot be read of it is an `InputError`."""
    reading = replace(options.reading, format=format, text_format="text", texts=_QUOTE, carried=_CARRIED)
    for row in read_input(table, reading, stdin):
        if isinstance(row, InputError):
            yield row
            continue
        kept = kept_of(row)
        source, _, number = row.source.rpartition("#")
        id = kept.get("id") or number
        yield {
            "source": kept.get("source") or source,
            "id": int(id) if re.fullmatch("[0-9]{1,15}", id) else id,
            "quote": row.text,
            "speaker": kept.get("speaker"),
        }
