"""`quotes explain`: an article and a quotation's number in, how its speaker was found on the terminal out."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from quotes_cli.errors import InputError, UsageError
from quotes_cli.export.sink import open_stdout
from quotes_cli.records import Article, Quotation
from quotes_cli.screen.pager import deliver
from quotes_cli.status import ExitStatus, Streams
from quotes_cli.work.tasks import Extractor

from .extract import extracted
from .filters import Filters
from .request import ExtractOptions, inputs_of, load_language
from .stored import database_among

if TYPE_CHECKING:
    from quotes_cli.language.explanation import Explanation

Explainer = Callable[[Article], "list[Explanation]"]


def load_explainer(options: ExtractOptions) -> Explainer:
    """The pipeline with its language model, loaded here because both take a second."""
    from quotes_cli.language.explanation import explain

    return partial(explain, **load_language(options))


def explain_command(options: ExtractOptions, streams: Streams, id: int | None = None, pager: bool = True) -> ExitStatus:
    """Run `explain` for the quotation numbered `id`, or for all; `pager`: long text goes through it.

    A number that no quotation has is wrong usage, and the message says which there are.
    """
    from quotes_cli.screen.article import ArticlePrinter  # Rich is not for `--help`
    from quotes_cli.screen.explanation import ExplanationWriter

    options.check()
    inputs = inputs_of(options, streams)
    if database_among(inputs) is not None:
        raise UsageError(f"{options.inputs[0]}: is a database, and quotes explain reads articles; name the article")
    sink = open_stdout(streams.stdout, styled=True)
    shown = io.StringIO()
    failures: list[InputError] = []
    explained: dict[tuple[int, int], Explanation] = {}

    def load() -> Extractor:
        explainer = load_explainer(options)

        def extractor(articles: Sequence[Article]) -> list[list[Quotation]]:
            (article,) = articles
            explained.clear()
            explained.update(((one.quotation.start, one.quotation.end), one) for one in explainer(article))
            return [[one.quotation for one in explained.values()]]

        return extractor

    there: list[int] = []
    any_read = any_shown = False
    for article, quotations in extracted(options, inputs, streams, failures, load=load):
        any_read = True
        there = max(there, [quotation.id for quotation in quotations], key=len)
        asked = [quotation for quotation in quotations if id in (None, quotation.id)]
        any_shown = any_shown or bool(asked)
        found = [replace(explained[asked_for.start, asked_for.end], quotation=asked_for) for asked_for in asked]
        ExplanationWriter(ArticlePrinter(shown, sink.terminal)).write(article, found, quotations)
    if id is not None and any_read and not any_shown:
        numbers = _numbers(there, options.filters)
        raise UsageError(f"there is no quotation {id}: {numbers}; --all counts what is no quotation too")
    deliver(shown.getvalue() or ("no quotations\n" if any_read else ""), sink.terminal and pager, sink.stream)
    return ExitStatus.FAILED if failures else ExitStatus.DONE


def _numbers(there: list[int], filters: Filters) -> str:
    """Which numbers quotations have."""
    if not there:
        return "there is none"
    if filters == Filters(all_kinds=filters.all_kinds):
        return f"they count from 1 to {len(there)}"
    return f"the filters leave {', '.join(map(str, there[:20]))}{', …' if len(there) > 20 else ''}"
