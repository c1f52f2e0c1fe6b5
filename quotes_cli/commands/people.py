"""`quotes people`: inputs or a database in, a line for each person and body out, to be put right and fed back."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from typing import Any

from quotes_cli.across.census import Census
from quotes_cli.across.people import Directory, Entry, counted_again
from quotes_cli.errors import InputError
from quotes_cli.export.listing import write_csv, write_json
from quotes_cli.export.persons import directory_of, spoken
from quotes_cli.export.registry import choose_name
from quotes_cli.export.sink import Sink, text_output
from quotes_cli.export.tally import counted
from quotes_cli.screen.pager import paged
from quotes_cli.status import ExitStatus, Streams
from quotes_cli.work.cores import one_thread_each

from .across import known_people
from .closing import Closing
from .extract import extracted
from .filters import NO_FILTERS
from .request import ExtractOptions, inputs_of
from .stored import database_among, reading

FORMATS = {".txt": "table", ".csv": "csv", ".json": "json"}  # by suffix; the writers are below
COLUMNS = ("name", "aliases", "pronoun", "role", "type", "quotations", "articles", "women", "men")
_PRONOUNS = {"f": "she", "m": "he"}


def people_command(options: ExtractOptions, streams: Streams, pager: bool = False) -> ExitStatus:
    """Run `people`. Inputs that cannot be read are reported, and make the status `FAILED`; the others are counted.

    `pager`: a long table on a terminal goes through it.
    """
    options.check()
    target = options.output
    table = target is None and streams.stdout.isatty()
    chosen = choose_name(options.format, target, FORMATS, "table" if table else "csv")
    inputs = inputs_of(options, streams)
    known = known_people(options.people)
    failures: list[InputError] = []
    end = Closing()
    one_thread_each()
    database = database_among(inputs)
    if database is not None and options.filters == NO_FILTERS:
        with reading(database) as connection:  # counted there, and no text is read
            entries = directory_of(spoken(connection), known).entries
        end.quotations = sum(entry.quotations for entry in entries)
    else:
        census, persons = Census(), list[dict[str, str]]()
        across = options.filters != NO_FILTERS
        with closing(extracted(options, inputs, streams, failures, end=end, across=across)) as found:
            for article, quotations in found:
                census.add(quotations, article.outlet)
                if across:
                    persons.append({one.speaker: one.person for one in quotations if one.speaker and one.person})
        entries = counted_again(census, persons) if across else Directory(census, known).entries
    styled = chosen == "table"
    with (
        paged(streams.stdout, pager and styled and target is None) as stdout,
        text_output(target, stdout, styled) as sink,
    ):
        _write(chosen, entries, sink, options)
    end.tell(streams, options, failures, about=[counted(len(entries), "name")])
    return ExitStatus.FAILED if failures else ExitStatus.DONE


def row_of(entry: Entry) -> dict[str, Any]:
    """A person as a line of a file of people."""
    body = entry.type != "person"
    return {
        "name": entry.person,
        "aliases": "; ".join(entry.aliases),
        "pronoun": "it" if body else _PRONOUNS.get(entry.gender or "", ""),
        "role": entry.role or "",
        "type": entry.type,
        "quotations": entry.quotations,
        "articles": entry.articles,
        "women": entry.women,
        "men": entry.men,
    }


def _write(name: str, entries: Sequence[Entry], sink: Sink, options: ExtractOptions) -> None:
    if name == "table":
        from quotes_cli.screen.people import write_people  # Rich, which csv and json need not wait for

        write_people(entries, sink)
    elif name == "csv":
        write_csv(COLUMNS, map(row_of, entries), sink, options.raw_cells, options.bom)
    else:
        write_json(({**row_of(entry), "aliases": entry.aliases} for entry in entries), sink)
    sink.stream.flush()
