"""`quotes extract`: inputs and options in, each article's quotations handed to a writer as soon as they are found."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError, UsageError
from ..export.output import open_output
from ..export.registry import AUTO, Settings, choose
from ..export.sink import STDOUT, same_file
from ..progress import Progress
from ..read import STDIN, Input, ReadOptions, find_inputs, is_table
from ..status import ExitStatus, Streams
from ..work.budget import HAS_ALARM
from ..work.cores import cores, one_thread_each
from ..work.steps import steps_of
from ..work.tasks import Extractor, Found, Terms, serially
from .filters import NO_FILTERS, Filters
from .resume import beside, check_resumable, resumed
from .texts import check_folder, save_text

if TYPE_CHECKING:
    from ..work.ledger import Ledger

LOCAL, RAY = "local", "ray"  # engines
SHORTEST = 0.01  # seconds of --timeout: with less the alarm rings before there is an article to give up


@dataclass(frozen=True, slots=True)
class ExtractOptions:
    """What the user asked for, one field an option; the README says what each does. `timeout` 0 is none."""

    inputs: tuple[str, ...] = ()
    format: str = AUTO
    output: str | None = None
    reading: ReadOptions = field(default_factory=ReadOptions)
    globs: tuple[str, ...] = ()
    save_text: str | None = None
    model: str | None = None
    filters: Filters = NO_FILTERS
    nested: bool = False
    block_quotes: bool = False
    cues: str | None = None
    people: str | None = None
    columns: tuple[str, ...] = ()
    bom: bool = False
    raw_cells: bool = False
    strict: bool = False
    jobs: int = 1
    timeout: float = 0.0
    resume: bool = False
    engine: str = LOCAL
    address: str | None = None
    dry_run: bool = False

    def check(self) -> None:
        """Raise `UsageError` where the options make no sense, before any work is done."""
        self.filters.check()
        self.reading.check()
        if self.jobs < 0:
            raise UsageError(f"--jobs: {self.jobs} is less than nothing; give a number, or 0 for all cores")
        if not 0 <= self.timeout < threading.TIMEOUT_MAX:
            raise UsageError(f"--timeout: {self.timeout:g} is no time; give seconds, or 0 for no limit")

    def terms(self) -> Terms:
        """How articles are read, and in what time."""
        return Terms(self.reading, self.timeout and max(self.timeout, SHORTEST))


def load_extractor(
    model: str | None,
    *,
    nested: bool = False,
    block_quotes: bool = False,
    cues: str | None = None,
    people: str | None = None,
) -> Extractor:
    """The pipeline with its language model; here, and not at import, because both take a second to load.

    `cues` and `people` are the user's own files, of reporting words and of known speakers.
    """
    from ..lexicon import load_lexicon
    from ..pipeline import extract_article, load_model
    from ..resolve.people import load_people

    lexicon = load_lexicon(Path(cues)) if cues is not None else None  # before the model: a mistake is told at once
    known = load_people(Path(people)) if people is not None else None
    nlp = load_model(model)
    return lambda article: extract_article(
        article, nlp, lexicon=lexicon, people=known, nested=nested, block_quotes=block_quotes
    )


def extract_command(options: ExtractOptions, streams: Streams) -> ExitStatus:
    """Do it. Inputs that cannot be read are told on stderr and make the status `FAILED`; the others are done."""
    options.check()
    if options.engine != LOCAL or options.address is not None or options.dry_run:
        from ..engine.run import run_command

        return run_command(options, streams)
    to_stdout = options.output in (None, STDOUT)
    chosen = choose(options.format, None if to_stdout else options.output, to_stdout and streams.stdout.isatty())
    check_resumable(options, chosen)
    inputs = inputs_of(options, streams)
    one_thread_each()
    settings = Settings(options.raw_cells, several(inputs, options), options.columns, options.bom, options.resume)
    failures: list[InputError] = []
    with ExitStack() as stack:
        output = stack.enter_context(open_output(chosen, options.output, settings, streams.stdout))
        ledger = stack.enter_context(resumed(options, chosen, streams)) if options.resume else None
        for article, quotations in stack.enter_context(closing(extracted(options, inputs, streams, failures, ledger))):
            output.write(article, quotations)
    return ExitStatus.FAILED if failures else ExitStatus.DONE


def inputs_of(options: ExtractOptions, streams: Streams) -> list[Input | InputError]:
    """What the options name, in order. Raises `UsageError` where the output would overwrite one of them."""
    inputs = _apart(find_inputs(_named(options.inputs, streams), options.globs), options)
    if options.output not in (None, STDOUT):
        for output in (str(options.output), *(map(str, beside(options.output)) if options.resume else ())):
            _spare_inputs(inputs, output, streams)
            for option, used in (("--cues", options.cues), ("--people", options.people)):
                if used is not None and same_file(Path(used), output):
                    raise UsageError(f"--output: {output} is the file of {option}; choose another name")
    return inputs


def _apart(inputs: list[Input | InputError], options: ExtractOptions) -> list[Input | InputError]:
    """The inputs, but for files called as a row of a table among them might be: two articles would have one source."""
    tables = {item.name for item in inputs if isinstance(item, Input) and is_table(item, options.reading)}
    for number, item in enumerate(inputs):
        if tables and isinstance(item, Input) and "#" in item.name:
            parts = item.name.split("#")
            table = next((name for end in range(1, len(parts)) if (name := "#".join(parts[:end])) in tables), None)
            if table is not None:
                why = f"might be called as a row of {table} is; rename it, or read it in a run of its own"
                inputs[number] = InputError(f"{item.name}: {why}")
    return inputs


def extracted(
    options: ExtractOptions,
    inputs: Sequence[Input | InputError],
    streams: Streams,
    failures: list[InputError],
    ledger: Ledger | None = None,
) -> Generator[Found]:
    """Each article with its quotations that pass the filters, as soon as they are found; progress shows meanwhile.

    What cannot be read is told, put on `failures` and passed over; with `strict` the first one is raised. Close it
    (`contextlib.closing`): its processes end then. `ledger` knows what an earlier run found, and learns the rest.
    """
    if options.save_text is not None:
        check_folder(options.save_text, inputs)
    total = None if _tables(inputs, options) else len(inputs)
    terms = options.terms()
    load = partial(
        load_extractor,
        options.model,
        nested=options.nested,
        block_quotes=options.block_quotes,
        cues=options.cues,
        people=options.people,
    )
    steps = steps_of(inputs, terms, getattr(streams.stdin, "buffer", None), ledger)
    jobs = options.jobs or cores()
    jobs = jobs if total is None else min(jobs, total)
    with ExitStack() as stack:
        if (jobs > 1 or (options.timeout > 0 and not HAS_ALARM)) and any(isinstance(item, Input) for item in inputs):
            from ..work.pool import Pool  # the machinery of processes is not for one

            working = stack.enter_context(Pool(jobs, load, terms)).run(steps)
        else:
            working = serially(steps, load, terms)
        progress = stack.enter_context(Progress(total, streams.stderr, shared=streams.stdout.isatty()))
        for step, told in working:
            if isinstance(told, tuple) and options.save_text is not None and step.again is None:
                save_text(told[0], options.save_text)
            if ledger is not None:
                ledger.take(step, told)
            if isinstance(told, InputError):
                if options.strict:
                    raise told
                with progress.line_off():
                    streams.talk(told)
                failures.append(told)
                progress.done()
            elif isinstance(told, tuple):
                article, found = told
                progress.done(len(article.text.split()))
                with progress.room():
                    yield article, options.filters.keep(found)


def several(inputs: Sequence[Input | InputError], options: ExtractOptions) -> bool:
    """Whether more than one article may come."""
    return len(inputs) > 1 or _tables(inputs, options)


def _tables(inputs: Iterable[Input | InputError], options: ExtractOptions) -> bool:
    return any(isinstance(item, Input) and is_table(item, options.reading) for item in inputs)


def _named(names: tuple[str, ...], streams: Streams) -> tuple[str, ...]:
    """The inputs; stdin where none is named and something is piped in."""
    if names:
        return names
    if streams.stdin is None or streams.stdin.isatty():
        raise UsageError("no article named; try: quotes extract article.txt, or a folder, or pipe a text in")
    return (STDIN,)


def _spare_inputs(inputs: Iterable[Input | InputError], output: str, streams: Streams) -> None:
    """Raise `UsageError` if the output is one of the inputs, by whatever name, stdin from a file included."""
    for item in inputs:
        if not isinstance(item, Input) or item.address is not None:
            continue
        if same_file(streams.stdin if item.path is None else item.path, output):
            raise UsageError(f"--output: {output} is an input and would be overwritten; choose another name")
