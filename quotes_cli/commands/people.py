"""`quotes people`: inputs or a database in, a line for each person and body out, to be put right and fed back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any

from quotes_cli.across.census import Census
from quotes_cli.across.people import Directory, Entry, counted_again
from quotes_cli.errors import InputError
from quotes_cli.export.persons import directory_of, spoken
from quotes_cli.export.tally import counted
from quotes_cli.status import ExitStatus, Streams
from quotes_cli.work.cores import one_thread_each

from .across import known_people
from .closing import Closing
from .extract import extracted
from .filters import NO_FILTERS
from .listing import LISTS, list_format, listing, write_rows
from .request import ExtractOptions, inputs_of
from .stored import database_among, reading

FORMATS = {".txt": "table", **LISTS}  # by suffix
COLUMNS = ("name", "aliases", "pronoun", "role", "type", "quotations", "articles", "women", "men")
_PRONOUNS = {"f": "she", "m": "he"}


def people_command(options: ExtractOptions, streams: Streams, pager: bool = False) -> ExitStatus:
    """Run `people`. Inputs that cannot be read are reported, and make the status `FAILED`; the others are counted.

    `pager`: a long table on a terminal goes through it.
    """
    options.check()
    chosen = list_format(options, streams, FORMATS)
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
    with listing(options, streams, chosen, FORMATS, pager) as sink:
        if chosen == "table":
            from quotes_cli.screen.people import write_people  # Rich, which the others need not wait for

            write_people(entries, sink)
        else:
            write_rows(chosen, "people", COLUMNS, _rows(entries, joined=chosen != "json"), sink, options)
    end.tell(streams, options, failures, about=[counted(len(entries), "name")])
    return ExitStatus.FAILED if failures else ExitStatus.DONE


def _rows(entries: Iterable[Entry], joined: bool) -> Iterator[dict[str, Any]]:
    """Each person as a line of a file of people, the aliases in one cell or a list."""
    for entry in entries:
        body = entry.type != "person"
        yield {
            "name": entry.person,
            "aliases": "; ".join(entry.aliases) if joined else entry.aliases,
            "pronoun": "it" if body else _PRONOUNS.get(entry.gender or "", ""),
            "role": entry.role or "",
            "type": entry.type,
            "quotations": entry.quotations,
            "articles": entry.articles,
            "women": entry.women,
            "men": entry.men,
        }
