"""`quotes verify`: quotations and transcripts in, for each quotation the passage it comes from and a verdict out."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from quotes_cli.across.passages import Transcripts
from quotes_cli.errors import InputError, UsageError
from quotes_cli.export.sink import same_file
from quotes_cli.read import Input, find_inputs, read_input
from quotes_cli.read.encoding import decode
from quotes_cli.read.raw import read_bounded
from quotes_cli.records import Article
from quotes_cli.status import ExitStatus, Streams
from quotes_cli.work.cores import one_thread_each

from .closing import Closing
from .extract import extracted
from .listing import list_format, listing, write_rows
from .request import ExtractOptions, inputs_of, without_passed_over

FORMATS = {".txt": "table", ".csv": "csv", ".json": "json", ".html": "html", ".htm": "html"}  # by suffix
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
_TABLES = (".csv", ".tsv", ".tab", ".jsonl", ".ndjson", ".json")
_QUOTE = ("quote", "quotation", "text")  # the column of the quotations, in this order

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
    texts = list(_texts(sources, options, failures, streams))
    if not texts:
        raise InputError("--against: no transcript could be read; name another")
    transcripts = Transcripts(texts)
    rows = [_verified(row, transcripts) for row in _quotations(options, failures, streams)]
    with listing(options, streams, chosen == "table", pager) as sink:
        if chosen == "table":
            from quotes_cli.screen.statements import write_verified  # Rich, which the others need not wait for

            write_verified(rows, sink)
        elif chosen == "html":
            from quotes_cli.export.verified import page

            sink.stream.writelines(page(rows))
        else:
            write_rows(chosen, COLUMNS, rows, sink, options)
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
    sources: Sequence[Input | InputError], options: ExtractOptions, failures: list[InputError], streams: Streams
) -> Iterator[tuple[str, str]]:
    """Name and text of each transcript."""
    for item in sources:
        found = [item] if isinstance(item, InputError) else read_input(item, options.reading, None)
        for article in found:
            if isinstance(article, Article):
                yield article.source, article.text
            else:
                _report(article, options, failures, streams)


def _report(error: InputError, options: ExtractOptions, failures: list[InputError], streams: Streams) -> None:
    if options.strict:
        raise error
    streams.talk(error)
    failures.append(error)


def _quotations(options: ExtractOptions, failures: list[InputError], streams: Streams) -> Iterator[Row]:
    """The quotations of tables, and those of articles and databases."""
    tables = [name for name in options.inputs if name.lower().endswith(_TABLES)]
    for name in tables:
        try:
            yield from _table(name, options)
        except InputError as error:
            _report(error, options, failures, streams)
    others = tuple(name for name in options.inputs if name not in tables)
    if others or not tables:
        options = replace(options, inputs=others)
        inputs = inputs_of(options, streams)
        with closing(extracted(options, inputs, streams, failures)) as found:
            for article, quotations in found:
                for one in quotations:
                    yield {"source": article.source, "id": one.id, "quote": one.quote, "speaker": one.speaker}


def _table(name: str, options: ExtractOptions) -> list[Row]:
    """The quotations of a table. Raises `InputError` where there is no column of them."""
    try:
        with Path(name).open("rb") as stream:
            text = decode(read_bounded(stream, name, options.reading.max_size), name, options.reading.encoding)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{name}: cannot be read ({reason}); check the name") from error
    rows = _json_rows(name, text) if name.lower().endswith(("json", "jsonl", "ndjson")) else _csv_rows(name, text)
    columns = {str(column).lower(): column for row in rows[:1] for column in row}
    column = next((columns[wanted] for wanted in _QUOTE if wanted in columns), None)
    if rows and column is None:
        raise InputError(f"{name}: no column is called {', '.join(_QUOTE)}; name the one with the quotations so")
    found = []
    for number, row in enumerate(rows, 1):
        quote = str(row.get(column) or "")
        if quote:
            speaker = row.get(columns.get("speaker", "speaker")) or None
            source = row.get(columns.get("source", "source")) or name
            id = row.get(columns.get("id", "id")) or number
            found.append({"source": str(source), "id": id, "quote": quote, "speaker": speaker and str(speaker)})
    return found


def _csv_rows(name: str, text: str) -> list[dict[Any, Any]]:
    csv.field_size_limit(max(len(text), 131072))
    tabs = name.lower().endswith((".tsv", ".tab"))
    header = text.partition("\n")[0]
    separator = "\t" if tabs else max((",", ";", "\t"), key=header.count)
    try:
        return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=separator))
    except csv.Error as error:
        raise InputError(f"{name}: broken table ({error}); save it again") from error


def _json_rows(name: str, text: str) -> list[dict[Any, Any]]:
    try:
        if text.lstrip()[:1] == "[":
            rows = json.loads(text)
        else:
            rows = [json.loads(line) for line in text.split("\n") if line.strip()]
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name}: not valid JSON ({error}); write one object a line") from error
    if not all(isinstance(row, dict) for row in rows):
        raise InputError(f"{name}: not all of it are JSON objects; write one object a line")
    return list(rows)
