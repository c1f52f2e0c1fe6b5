"""What an extraction was asked for: its options, the inputs that they name, the extractor that they describe."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from quotes_cli.errors import InputError, UsageError
from quotes_cli.export.record import FIELDS, PICKS
from quotes_cli.export.registry import AUTO
from quotes_cli.export.schema import TABLES
from quotes_cli.export.sink import same_file
from quotes_cli.read import STDIN, Input, PassedOverError, ReadOptions, find_inputs, is_table
from quotes_cli.read.own import DATABASE, NO_NEWS, OWN
from quotes_cli.records import INDIRECT
from quotes_cli.status import Streams
from quotes_cli.visible import visible_line
from quotes_cli.work.tasks import Extractor

from .closing import NAMED
from .filters import NO_FILTERS, Filters
from .resume import beside
from .stored import database_among

Found = TypeVar("Found")
_PASSED_OVER = {  # what is said of one, and of several
    OWN: ("quotes wrote it", "quotes wrote these {:,} files"),
    NO_NEWS: ("this XML has no article that is known", "these {:,} files of XML have no article that is known"),
    DATABASE: ("a database is read when it is named alone", "these {:,} databases are read when named, each alone"),
}
_OF_ARTICLES = ("nested", "block_quotes", "indirect", "attitudes", "cues", "model", "save_text", "resume", "dry_run")
OWN_NAMES = {*PICKS, *TABLES["articles"], *TABLES["quotations"]}  # which no carried column may have
LOCAL, RAY = "local", "ray"  # engines


@dataclass(frozen=True, slots=True)
class ExtractOptions:
    """What the user asked for, one field an option; the README says what each does.

    `output` None is standard output, `timeout` 0 no limit.
    """

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
    indirect: bool = False
    attitudes: bool = False
    no_fast: bool = False
    cues: str | None = None
    people: str | None = None
    across: bool = False
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
    quiet: bool = False

    @property
    def for_engine(self) -> bool:
        """Is it the engine's to do: a run on a cluster, or a plan that is only printed?"""
        return self.engine != LOCAL or self.address is not None or self.dry_run

    @property
    def wants_indirect(self) -> bool:
        """Is what stands without marks asked for, by an option of its own or by its kind?"""
        return self.indirect or self.attitudes or INDIRECT in self.filters.kinds

    @property
    def record_columns(self) -> tuple[str, ...]:
        """The columns of a record that is kept whole."""
        return self.columns or (*FIELDS, *self.reading.keep)

    def check(self) -> None:
        """Raise `UsageError` where the options make no sense, before any work is done."""
        self.filters.check()
        self.reading.check()
        for name in self.reading.keep:
            if name.lower() in OWN_NAMES or not re.fullmatch(r"[\w .:/-]{1,60}", name):
                raise UsageError(
                    f"--keep: {name!r} is a name of the record's own, or no name at all; rename the column"
                )
        if self.jobs < 0:
            raise UsageError(f"--jobs: {self.jobs} is less than nothing; give a number, or 0 for all cores")
        if not 0 <= self.timeout < threading.TIMEOUT_MAX:
            raise UsageError(f"--timeout: {self.timeout:g} is no time; give seconds, or 0 for no limit")

    def check_for_database(self) -> None:
        """Raise `UsageError` where they ask of a database what only articles can be asked."""
        for name in _OF_ARTICLES:
            if getattr(self, name):
                option = f"--{name.replace('_', '-')}"
                raise UsageError(
                    f"{option} does nothing with a database, which holds what was found; name the articles"
                )


def load_extractor(options: ExtractOptions) -> Extractor:
    """The pipeline with its language model; here, and not at import, because both take a second to load."""
    from quotes_cli.language.pipeline import extract_articles

    return partial(extract_articles, **load_language(options))


def load_language(options: ExtractOptions) -> dict[str, Any]:
    """What `extract_articles` and `explain` take beside the article, by keyword: the model, the user's own lists."""
    from quotes_cli.language.pipeline import load_analyser
    from quotes_cli.language.resolve.people import load_people
    from quotes_cli.language.words.cues import load_lexicon

    return {  # the lists before the model: a mistake in them is reported at once
        "lexicon": load_lexicon(Path(options.cues)) if options.cues is not None else None,
        "people": load_people(Path(options.people)) if options.people is not None else None,
        "nlp": load_analyser(options.model, fast=not options.no_fast),
        "nested": options.nested,
        "block_quotes": options.block_quotes,
        "indirect": options.wants_indirect,
        "attitudes": options.attitudes,
    }


def inputs_of(options: ExtractOptions, streams: Streams) -> list[Input | InputError]:
    """What the options name, in order. Raises `UsageError` where the output would overwrite one of them."""
    found = find_inputs(_named(options.inputs, streams), options.globs, with_own=options.reading.any_table)
    inputs = _apart(without_passed_over(found, options, streams), options)
    if database_among(inputs) is not None:
        options.check_for_database()
    if options.output is not None:
        for output in (options.output, *(map(str, beside(options.output)) if options.resume else ())):
            for item in inputs:  # whatever their names are; stdin may be a file too
                if isinstance(item, Input) and item.address is None and same_file(item.path or streams.stdin, output):
                    raise UsageError(f"--output: {output} is an input and would be overwritten; choose another name")
            for option, used in (("--cues", options.cues), ("--people", options.people)):
                if used is not None and same_file(Path(used), output):
                    raise UsageError(f"--output: {output} is the file of {option}; choose another name")
    return inputs


def without_passed_over(
    found: Sequence[Found], options: ExtractOptions, streams: Streams, every: int | None = None
) -> list[Found]:
    """What was found, without the files of folders that are no articles, of which a line tells.

    They stay, as the errors that they are, where there is nothing else among `every` input.
    """
    passed = [item for item in found if isinstance(item, PassedOverError)]
    if not passed or len(passed) == (len(found) if every is None else every):
        return list(found)
    tell_passed_over(passed, options, streams)
    return [item for item in found if not isinstance(item, PassedOverError)]


def tell_passed_over(passed: Iterable[PassedOverError], options: ExtractOptions, streams: Streams) -> None:
    """Say which files were passed over, and why: a line for each reason."""
    names: dict[str, list[str]] = {}
    for item in passed:
        names.setdefault(item.why, []).append(visible_line(item.name))
    for why, those in names.items() if not options.quiet else ():
        one, several = _PASSED_OVER[why]
        first = ", ".join(those[:NAMED]) + (", …" if those[NAMED:] else "")
        streams.talk(f"{first}: passed over; {one if len(those) == 1 else several.format(len(those))}")


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


def holds_table(inputs: Iterable[Input | InputError], options: ExtractOptions) -> bool:
    """Whether nobody knows how many articles there are."""
    return any(isinstance(item, Input) and is_table(item, options.reading) for item in inputs)


def _named(names: tuple[str, ...], streams: Streams) -> tuple[str, ...]:
    """The inputs; stdin where none is named and something is piped in."""
    if names:
        return names
    if streams.stdin is None or streams.stdin.isatty():
        raise UsageError("no article named; try: quotes extract article.txt, or a folder, or pipe a text in")
    return (STDIN,)
