"""`quotes explain`: an article and a quotation's number in, how its speaker was found on the terminal out."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from quotes_cli.errors import InputError, UsageError
from quotes_cli.export.sink import open_stdout
from quotes_cli.records import Article, Quotation
from quotes_cli.status import ExitStatus, Streams
from quotes_cli.work.steps import steps_of
from quotes_cli.work.tasks import Extractor, serially

from .filters import Filters
from .request import ExtractOptions, inputs_of, load_language
from .show import deliver

if TYPE_CHECKING:
    from quotes_cli.language.explanation import Explanation

Explainer = Callable[[Article], "list[Explanation]"]


@dataclass(frozen=True, slots=True)
class ExplainOptions:
    """What `extract` reads and looks for; the quotation's number (None for all); whether long text is paged."""

    extract: ExtractOptions
    id: int | None = None
    pager: bool = True


def load_explainer(options: ExtractOptions) -> Explainer:
    """The pipeline with its language model, loaded here because both take a second."""
    from quotes_cli.language.explanation import explain

    return partial(explain, **load_language(options))


def explain_command(options: ExplainOptions, streams: Streams) -> ExitStatus:
    """Run `explain`. A number that no quotation has is wrong usage, and the message says which there are."""
    from quotes_cli.screen.article import ArticlePrinter  # Rich is not for `--help`
    from quotes_cli.screen.explanation import ExplanationWriter

    options.extract.check()
    inputs = inputs_of(options.extract, streams)
    sink = open_stdout(streams.stdout, styled=True)
    shown = io.StringIO()
    explained: list[Explanation] = []

    def load() -> Extractor:
        explainer = load_explainer(options.extract)

        def extractor(article: Article) -> list[Quotation]:
            explained[:] = explainer(article)
            return [one.quotation for one in explained]

        return extractor

    task_options = options.extract.task_options()
    steps = steps_of(inputs, task_options, getattr(streams.stdin, "buffer", None), None)
    status = ExitStatus.DONE
    there: list[int] = []
    any_read = any_shown = False
    for _, event in serially(steps, load, task_options):
        if isinstance(event, InputError):
            if options.extract.strict:
                raise event
            streams.talk(event)
            status = ExitStatus.FAILED
        if not isinstance(event, tuple):
            continue
        any_read = True
        article = event[0]
        found = _numbered(explained, options.extract)
        there = max(there, [one.quotation.id for one in found], key=len)
        asked = [one for one in found if options.id is None or one.quotation.id == options.id]
        any_shown = any_shown or bool(asked)
        writer = ExplanationWriter(ArticlePrinter(shown, sink.terminal))
        writer.write(article, asked, [one.quotation for one in found])
    if options.id is not None and any_read and not any_shown:
        numbers = _numbers(there, options.extract.filters)
        raise UsageError(f"there is no quotation {options.id}: {numbers}; --all counts what is no quotation too")
    deliver(shown.getvalue() or ("no quotations\n" if any_read else ""), sink.terminal and options.pager, sink.stream)
    return status


def _numbers(there: list[int], filters: Filters) -> str:
    """The numbers that quotations have."""
    if not there:
        return "there is none"
    if filters == Filters(all_kinds=filters.all_kinds):
        return f"they count from 1 to {len(there)}"
    return f"the filters leave {', '.join(map(str, there[:20]))}{', …' if len(there) > 20 else ''}"


def _numbered(found: list[Explanation], options: ExtractOptions) -> list[Explanation]:
    """Those whose quotations pass the filters, with the ids that `quotes extract` gives them."""
    kept = {(q.start, q.end): q for q in options.filters.keep([one.quotation for one in found])}
    places = [(one, (one.quotation.start, one.quotation.end)) for one in found]
    return [replace(one, quotation=kept[place]) for one, place in places if place in kept]
