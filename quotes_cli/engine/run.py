"""The options of `quotes extract` go to Ray here, or into a plan that is printed and not carried out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from quotes_cli.commands.across import known_people, tell_if_empty
from quotes_cli.commands.closing import Closing, Complaints
from quotes_cli.commands.request import (
    LOCAL,
    RAY,
    ExtractOptions,
    inputs_of,
    load_extractor,
    tell_passed_over,
    without_passed_over,
)
from quotes_cli.commands.stored import database_among
from quotes_cli.errors import InputError, UsageError
from quotes_cli.export.record import FIELDS, utf8
from quotes_cli.export.registry import AUTO, BY_NAME, Settings
from quotes_cli.export.tally import counted
from quotes_cli.libraries import remedy
from quotes_cli.read import Input
from quotes_cli.read.own import passed_over
from quotes_cli.records import OUTLET
from quotes_cli.status import ExitStatus, Streams
from quotes_cli.work.cores import cores

from .faults import check_address
from .look import look_at
from .places import Place, find_places, placed
from .plan import BATCH, PART, estimate_words, formats_of, plan_lines

if TYPE_CHECKING:
    from .parts import Folder, Part


def run_command(options: ExtractOptions, streams: Streams) -> ExitStatus:
    """Extract with Ray, or print what would be done. Inputs that cannot be read make the status `FAILED`."""
    options.check()
    if options.engine == RAY:
        return _with_ray(options, streams)
    if options.engine != LOCAL:
        raise UsageError(f"--engine: there is no engine {options.engine!r}; one of {LOCAL}, {RAY}")
    if options.address is not None:
        raise UsageError("--address is where Ray runs; pass --engine ray too, or leave it out")
    inputs = inputs_of(options, streams)
    if database_among(inputs) is None:
        tell_if_empty(options, streams)
    places, errors = _found([placed(item) if isinstance(item, Input) else item for item in inputs], options, streams)
    output = options.output or "standard output"
    _print_plan(options, streams, places, errors, engine=LOCAL, workers=options.jobs or cores(), output=output)
    return ExitStatus.FAILED if errors else ExitStatus.DONE


def _with_ray(options: ExtractOptions, streams: Streams) -> ExitStatus:
    target = _checked(options)
    try:
        from .parts import Folder
    except ImportError as error:
        raise missing(error) from error
    folder = Folder(target)
    folder.check()
    tell_if_empty(options, streams)
    places, errors = _found(
        find_places(options.inputs, options.globs, with_own=options.reading.any_table), options, streams
    )
    if options.dry_run:
        address = options.address
        _print_plan(
            options,
            streams,
            places,
            errors,
            engine=f"ray, the cluster at {address}" if address else "ray, started on this machine for the run",
            workers=options.jobs or (None if address else cores()),
            batches=f"{BATCH} articles, done again when their worker dies",
            output=f"{folder.shown}: a folder of Parquet files of {PART:,} records or more",
        )
    else:
        errors += _run(options, places, folder, errors, streams)
    return ExitStatus.FAILED if errors else ExitStatus.DONE


def _run(
    options: ExtractOptions, places: Sequence[Place], folder: Folder, errors: Sequence[InputError], streams: Streams
) -> list[InputError]:
    """Let the folder appear; report and list what could not be read on the way, behind the `errors` from before."""
    try:
        from . import ray as engine
        from .persons import fill_persons
    except ImportError as error:
        raise missing(error) from error
    cues, people, model = map(_absolute, (options.cues, options.people, options.model))
    options = replace(options, cues=cues, people=people, model=model)
    if options.address is not None:
        check_address(options.address)
    load_extractor(options)  # a mistake is reported at once, and once
    columns = options.record_columns
    if options.across:  # who is who is told by fields that the output may not have
        options = replace(options, columns=tuple(dict.fromkeys((*FIELDS, OUTLET, *columns))))
    folder.begin()
    try:
        parts = engine.run(options, places, folder, streams) if places else []
        failed = _unread(parts, places, options, streams)
        folder.list_failures([*((str(error).partition(": ")[0], str(error)) for error in errors), *failed])
        if (errors or failed) and all(part.name is None for part in parts):
            folder.abandon()  # an empty table would look like the result of a run over articles that quote nobody
            streams.talk(f"{folder.shown}: is not written, for nothing was found; see what is said of the inputs")
        else:
            if options.across:
                parts = fill_persons(folder.address, parts, columns, options.filters, known_people(people))
            folder.finish(parts, columns)
    except BaseException:
        folder.abandon()
        raise
    complaints = Complaints(streams)
    for _, why in failed:
        complaints.tell(why)
    complaints.end()
    end = Closing()
    for part in parts:
        end.add(part.end)
    end.tell(streams, replace(options, output=folder.shown), [*errors, *failed])
    return [InputError(why) for _, why in failed]


def _found(
    found: Sequence[Place | InputError], options: ExtractOptions, streams: Streams
) -> tuple[list[Place], list[InputError]]:
    """What can be read, and what cannot, which is reported; with `--strict` the first such is raised."""
    found = without_passed_over(found, options, streams)
    errors = [item for item in found if isinstance(item, InputError)]
    if errors and options.strict:
        raise errors[0]
    for error in errors:
        streams.talk(error)
    return [item for item in found if isinstance(item, Place)], errors


def _unread(
    parts: Sequence[Part], places: Sequence[Place], options: ExtractOptions, streams: Streams
) -> list[tuple[str, str]]:
    """The inputs that could not be read, and why. Of what is no article in a folder of a store a line tells instead."""
    failures = [failure for part in parts for failure in part.failures]
    found = {utf8(place.name) for place in places if place.found}
    passed = {name: error for name, said in failures if name in found and (error := passed_over(name, said))}
    if not passed or len(passed) == len(places):
        return failures
    tell_passed_over(list(passed.values()), options, streams)
    return [failure for failure in failures if failure[0] not in passed]


def _print_plan(
    options: ExtractOptions, streams: Streams, places: Sequence[Place], errors: list[InputError], **facts: Any
) -> None:
    """Print the plan, and report what cannot be read of the inputs that are looked at, behind the `errors` before."""
    words = estimate_words(places, options.reading)
    look = look_at(places, options.reading)
    unread = without_passed_over(look.errors, options, streams, len(places))
    for error in unread:
        streams.talk(error)
    errors += unread
    empty = look.end.empty("have no quotation marks and no turns of speakers")
    checked = empty or f"{counted(look.end.articles, 'article')} read"
    facts |= {"checked": checked if look.end.articles else None, "formats": formats_of(places, options.reading)}
    for line in plan_lines(places, len(errors), words, **facts):
        print(line, file=streams.stdout)
    if not options.quiet:
        for line in look.end.doubts():
            streams.talk(line)


def _checked(options: ExtractOptions) -> str:
    """The output's name. Raises `UsageError` where the options ask for what this engine cannot do."""
    if not options.inputs:
        raise UsageError("no article named; try: quotes extract --engine ray articles/ --output quotes")
    if options.output is None:
        raise UsageError("--engine ray writes a folder of Parquet files; name a new one with --output")
    if options.format not in (AUTO, "parquet"):
        raise UsageError(f"--engine ray writes Parquet, not {options.format}; leave --format out")
    for name in ("save_text", "resume"):
        if getattr(options, name):
            raise UsageError(f"--{name.replace('_', '-')} does nothing with --engine ray; leave it out")
    BY_NAME["parquet"].check(Settings(options.raw_cells, True, options.columns, options.bom, keep=options.reading.keep))
    return options.output


def _absolute(path: str | None) -> str | None:
    """A file's path from anywhere; a model may also be the name of a package."""
    return os.path.abspath(path) if path is not None and os.path.exists(path) else path


def missing(error: ImportError) -> UsageError:
    """What to say where Ray or what it needs is not installed."""
    return UsageError(f"--engine ray needs {error.name}; {remedy('ray', 'pyarrow')}")
