"""`quotes articles`: inputs or a database in, a line for each article out, also where nobody is quoted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

from quotes_cli.errors import InputError
from quotes_cli.export.record import kept_of
from quotes_cli.export.tally import counted
from quotes_cli.records import Article, Quotation
from quotes_cli.status import ExitStatus, Streams
from quotes_cli.work.cores import one_thread_each
from quotes_cli.work.tasks import Extracted

from .closing import Closing
from .extract import extracted
from .listing import LISTS, list_format, listing, write_rows
from .request import ExtractOptions, inputs_of
from .stored import database_among, every_article

FORMATS = LISTS
COLUMNS = ("source", "title", "published", "author", "words", "quotations", "unattributed", "speakers", "words_quoted")


def articles_command(options: ExtractOptions, streams: Streams) -> ExitStatus:
    """Run `articles`. Inputs that cannot be read are reported, and make the status `FAILED`; the others are listed."""
    options.check()
    chosen = list_format(options, streams, FORMATS)
    inputs = inputs_of(options, streams)
    failures: list[InputError] = []
    end = Closing()
    one_thread_each()
    database = database_among(inputs)
    found = extracted(options, inputs, streams, failures, end=end)
    if database is not None:
        found = every_article(database, options.filters)
    columns = (*COLUMNS, *options.reading.keep)
    listed = 0

    def rows(articles: Iterator[Extracted]) -> Iterator[dict[str, Any]]:
        nonlocal listed
        for article, quotations in articles:
            listed += 1
            end.quotations += len(quotations) if database is not None else 0
            yield _row(article, quotations, columns)

    with closing(found) as articles, listing(options, streams, chosen, FORMATS) as sink:
        write_rows(chosen, "articles", columns, rows(articles), sink, options)
    end.tell(streams, options, failures, about=[counted(listed, "article")])
    return ExitStatus.FAILED if failures else ExitStatus.DONE


def _row(article: Article, quotations: list[Quotation], columns: tuple[str, ...]) -> dict[str, Any]:
    """An article, its words, and of its quotations how many there are, how many by nobody known, by how many people."""
    counts = {
        "source": article.source,
        "title": article.title,
        "published": article.published,
        "author": article.author,
        "words": len(article.text.split()),
        "quotations": len(quotations),
        "unattributed": sum(one.speaker is None for one in quotations),
        "speakers": len({one.person or one.speaker for one in quotations} - {None}),
        "words_quoted": sum(len(one.quote.split()) for one in quotations),
    }
    kept = kept_of(article)
    return {name: counts[name] if name in counts else kept.get(name) for name in columns}
