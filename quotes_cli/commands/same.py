"""`quotes same`: inputs or a database in, the statements that stand more than once out, each with its wordings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from typing import Any

from quotes_cli.across.alignment import changes
from quotes_cli.across.statements import Group, Statement, grouped
from quotes_cli.across.words import words_of
from quotes_cli.errors import InputError, UsageError
from quotes_cli.export.tally import counted
from quotes_cli.status import ExitStatus, Streams
from quotes_cli.work.cores import one_thread_each
from quotes_cli.work.tasks import Extracted

from .closing import Closing
from .extract import extracted
from .listing import LISTS, list_format, listing, write_rows
from .request import ExtractOptions, inputs_of
from .written import Quoted, quoted_in, written_among

FORMATS = {".txt": "table", **LISTS}  # by suffix
COLUMNS = (
    "statement",
    "articles",
    "speakers_differ",
    "first",
    "quote",
    "changes",
    "speaker",
    "person",
    "source",
    "id",
    "line",
    "published",
)

_NO_PERSONS = "the records have no person, so speakers are compared by name; write them with quotes extract --across"


def same_command(options: ExtractOptions, streams: Streams, pager: bool = False) -> ExitStatus:
    """Run `same`. Inputs that cannot be read are reported, and make the status `FAILED`; the others are compared.

    `pager`: a long table on a terminal goes through it.
    """
    options.check()
    list_format(options, streams, FORMATS)
    failures: list[InputError] = []
    end = Closing()
    one_thread_each()
    written = written_among(options.inputs)
    if written is not None:
        check_written(options)
        quoted = [one for path in written for _, one in quoted_in(str(path), path, options.filters)]
        end.quotations = len(quoted)
    else:
        inputs = inputs_of(options, streams)
        with closing(extracted(options, inputs, streams, failures, end=end, across=True)) as found:
            quoted = list(_quoted(found))
    groups = grouped(list(map(statement_of, quoted)))
    write_same(quoted, groups, options, streams, end, failures, pager, written=written is not None)
    return ExitStatus.FAILED if failures else ExitStatus.DONE


def check_written(options: ExtractOptions) -> None:
    """Raise `UsageError` where the options ask of records what only articles can be asked."""
    if options.people is not None:
        raise UsageError("--people does nothing with records; pass it to quotes extract, which writes them")


def write_same(
    quoted: Sequence[Quoted],
    groups: Sequence[Group],
    options: ExtractOptions,
    streams: Streams,
    end: Closing,
    failures: Sequence[InputError] = (),
    pager: bool = False,
    *,
    written: bool,
) -> None:
    """Write the groups to where the options say, and say how many there are.

    `written`: they come from records, which may not have `person`; where that matters, it is said.
    """
    chosen = list_format(options, streams, FORMATS)
    rows = list(same_rows(quoted, groups))
    with listing(options, streams, chosen, FORMATS, pager) as sink:
        if chosen == "table":
            from quotes_cli.screen.statements import write_statements  # Rich, which the others need not wait for

            write_statements(rows, sink)
        else:
            write_rows(chosen, "statements", COLUMNS, rows, sink, options)
    end.tell(streams, options, failures, about=[counted(len(groups), "statement")])
    if written and not options.quiet and _compares_names(rows):
        streams.talk(_NO_PERSONS)


def _compares_names(rows: Sequence[dict[str, Any]]) -> bool:
    """Do speakers differ, and nothing says who is one person?"""
    return any(row["speakers_differ"] == "yes" for row in rows) and all(row["person"] is None for row in rows)


def _quoted(articles: Iterator[Extracted]) -> Iterator[Quoted]:
    """Quote, speaker, person, source, id, line and date of each quotation; the articles' texts are let go of."""
    for article, quotations in articles:
        for one in quotations:
            yield one.quote, one.speaker, one.person, article.source, one.id, one.line, article.published


def statement_of(quoted: Quoted) -> Statement:
    """What is compared of a quotation."""
    quote, speaker, person, source, id, _, published = quoted
    return Statement(quote, person or speaker, source, (published is None, published or "", source, id))


def same_rows(quoted: Sequence[Quoted], groups: Iterable[Group]) -> Iterator[dict[str, Any]]:
    """A row for each quotation of a statement that stands more than once; those of a statement follow one another.

    The first is its commonest wording, the longest of those as common; `changes` is how each other differs from it.
    """
    for number, group in enumerate(groups, 1):
        rows = [quoted[member] for member in group.members]
        persons = {person or speaker for _, speaker, person, *_ in rows} - {None}
        dates = sorted(published for *_, published in rows if published is not None)
        main = rows[0][0]
        words = words_of(main)
        for quote, speaker, person, source, id, line, published in rows:
            its = words_of(quote)
            same = [word.folded for word in its] == [word.folded for word in words]
            yield {
                "statement": number,
                "articles": len({row[3] for row in rows}),
                "speakers_differ": "yes" if len(persons) > 1 else "no",
                "first": "yes" if dates and published == dates[0] else "no",
                "quote": quote,
                "changes": "" if same else changes(main, words, quote, its),
                "speaker": speaker,
                "person": person,
                "source": source,
                "id": id,
                "line": line,
                "published": published,
            }
