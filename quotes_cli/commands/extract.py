"""`quotes extract`: inputs and options in, each article's quotations handed to a writer as soon as they are found."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, closing
from functools import partial
from typing import TYPE_CHECKING

from quotes_cli.errors import InputError
from quotes_cli.export.output import open_output
from quotes_cli.export.registry import BEFORE, ITSELF, Settings, choose
from quotes_cli.language.doubts import doubts_of
from quotes_cli.read import Input
from quotes_cli.screen.pager import paged
from quotes_cli.screen.progress import Progress
from quotes_cli.status import ExitStatus, Streams
from quotes_cli.work.budget import HAS_ALARM
from quotes_cli.work.cores import cores, one_thread_each
from quotes_cli.work.steps import steps_of
from quotes_cli.work.tasks import TOGETHER, Extracted, Extractor, TaskOptions, serially

from . import request
from .across import known_people, tell_if_empty, with_persons
from .closing import Closing, Complaints
from .filters import Filters
from .request import ExtractOptions, holds_table, inputs_of
from .resume import check_resumable, resumed
from .stored import database_among, stored
from .texts import check_folder, save_text

if TYPE_CHECKING:
    from quotes_cli.work.ledger import Ledger

SHORTEST = 0.01  # seconds of --timeout: with less the alarm rings before there is an article to give up


def extract_command(options: ExtractOptions, streams: Streams, pager: bool = False) -> ExitStatus:
    """Run `extract`. Inputs that cannot be read are reported, and make the status `FAILED`; the others are done.

    `pager`: a long table on a terminal goes through it.
    """
    options.check()
    chosen = choose(options.format, options.output, streams.stdout.isatty())
    check_resumable(options, chosen)
    inputs = inputs_of(options, streams)
    if database_among(inputs) is None:
        tell_if_empty(options, streams)
    one_thread_each()
    several = len(inputs) > 1 or holds_table(inputs, options)
    known = known_people(options.people) if chosen.persons == ITSELF else ()
    settings = Settings(
        raw_cells=options.raw_cells,
        several=several,
        columns=options.columns,
        bom=options.bom,
        resumed=options.resume,
        known=known,
        keep=options.reading.keep,
        talk=streams.talk,
    )
    failures: list[InputError] = []
    end = Closing()
    with ExitStack() as stack:
        stdout = stack.enter_context(paged(streams.stdout, pager and chosen.styled and options.output is None))
        output = stack.enter_context(open_output(chosen, options.output, settings, stdout))
        ledger = stack.enter_context(resumed(options, chosen, streams)) if options.resume else None
        across = options.across or chosen.persons == BEFORE
        found = stack.enter_context(
            closing(extracted(options, inputs, streams, failures, ledger, end=end, across=across))
        )
        of_one = chosen.persons == BEFORE and bool(options.filters.speakers)  # a page of somebody's words
        for article, quotations in found:
            if quotations or not of_one:
                output.write(article, quotations)
    end.tell(streams, options, failures)
    return ExitStatus.FAILED if failures else ExitStatus.DONE


def extracted(
    options: ExtractOptions,
    inputs: Sequence[Input | InputError],
    streams: Streams,
    failures: list[InputError],
    ledger: Ledger | None = None,
    load: Callable[[], Extractor] | None = None,
    end: Closing | None = None,
    across: bool = False,
) -> Generator[Extracted]:
    """Each article with its quotations that pass the filters, as soon as they are found; progress shows meanwhile.

    What cannot be read is reported, put on `failures` and passed over; with `strict` the first one is raised. Close it
    (`contextlib.closing`): its processes end then. `ledger` knows what an earlier run found, and learns the rest.
    `load`, where it is given, makes the extractor, which works in this process and gets one article at a time. `end`
    counts what was found. `across`: `person` is filled, and articles come when the last one is done; the filters are
    asked then, so that a name finds all that its bearer said.
    """
    filters = options.filters
    if (database := database_among(inputs)) is not None:
        persons = known_people(options.people)
        found: Generator[Extracted] = stored(database, filters, persons)
    else:
        found = _worked(options, inputs, streams, failures, ledger, load, end, filters.none if across else filters)
    with closing(found):
        if across and database is None:
            identified = with_persons(found, options.people)
            found = ((article, filters.select(quotations)) for article, quotations in identified)
        for article, quotations in found:
            if end is not None:
                end.count(quotations)
            yield article, quotations


def _worked(
    options: ExtractOptions,
    inputs: Sequence[Input | InputError],
    streams: Streams,
    failures: list[InputError],
    ledger: Ledger | None,
    load: Callable[[], Extractor] | None,
    end: Closing | None,
    filters: Filters,
) -> Generator[Extracted]:
    """Each article with its quotations that pass these filters, analysed now or by an earlier run."""
    if options.save_text is not None:
        check_folder(options.save_text, inputs)
    total = None if holds_table(inputs, options) else len(inputs)
    together = 1 if load is not None else TOGETHER
    task_options = TaskOptions(options.reading, options.timeout and max(options.timeout, SHORTEST), together)
    steps = steps_of(inputs, task_options, getattr(streams.stdin, "buffer", None), ledger)
    jobs = options.jobs or cores()
    jobs = jobs if total is None else min(jobs, total)
    with ExitStack() as stack:
        apart = load is None and (jobs > 1 or (options.timeout > 0 and not HAS_ALARM))
        load = load or partial(request.load_extractor, options)
        if apart and any(isinstance(item, Input) for item in inputs):
            from quotes_cli.work.pool import Pool  # the machinery of processes is not for one

            working = stack.enter_context(Pool(jobs, load, task_options)).run(steps)
        else:
            working = serially(steps, load, task_options)
        complaints = Complaints(streams)
        progress = stack.enter_context(Progress(total, streams.stderr, streams.stdout.isatty(), options.quiet))
        for step, event in working:
            if isinstance(event, tuple) and options.save_text is not None and step.replay is None:
                save_text(event[0], options.save_text)
            if ledger is not None:
                ledger.take(step, event)
            if isinstance(event, InputError):
                if options.strict:
                    raise event
                with progress.line_off():
                    complaints.tell(event)
                failures.append(event)
                progress.done()
            elif isinstance(event, tuple):
                article, found = event
                progress.done(len(article.text.split()))
                if end is not None:
                    end.doubt(article.source, doubts_of(article, found))
                    end.miss(filters.by_surname(found))
                with progress.room():
                    yield article, filters.keep(found)
    complaints.end()
