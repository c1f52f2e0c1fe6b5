"""`quotes verify`: quotations and transcripts in, for each quotation the passage it comes from and a verdict out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from quotes_cli.across.passages import Transcripts
from quotes_cli.errors import InputError, UsageError
from quotes_cli.export.record import kept_of
from quotes_cli.export.sink import same_file
from quotes_cli.read import Input, find_inputs, read_input
from quotes_cli.read.formats import AUTO, by_name
from quotes_cli.read.inputs import shown_name
from quotes_cli.records import Article
from quotes_cli.status import ExitStatus, Streams
from quotes_cli.work.cores import one_thread_each

from .closing import Closing, Complaints
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
_QUOTE = ("quote", "quotation", "text")  # the column of the quotations, in this order
_CARRIED = ("source", "id", "speaker")

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
    sources: Sequence[Input | InputError], options: ExtractOptions, failures: list[InputError], complaints: Complaints
) -> Iterator[tuple[str, str]]:
    """Name and text of each transcript."""
    for item in sources:
        found = [item] if isinstance(item, InputError) else read_input(item, options.reading, None)
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
    tables = [name for name in options.inputs if _is_table(name)]
    for name in tables:
        for found in _table(name, options):
            if isinstance(found, InputError):
                _report(found, options, failures, complaints)
            else:
                yield found
    others = tuple(name for name in options.inputs if name not in tables)
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


def _table(name: str, options: ExtractOptions) -> Iterator[Row | InputError]:
    """The quotations of a table, which is read as one of articles is; what cannot be read of it is an `InputError`."""
    reading = replace(options.reading, format=AUTO, text_format="text", texts=_QUOTE, carried=_CARRIED)
    for row in read_input(Input(shown_name(name), Path(name)), reading):
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
