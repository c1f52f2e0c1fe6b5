"""Inputs or articles in, what came of each out: each article with its quotations, or the reason why there is none.

Articles of several inputs are analysed together, which is faster: the model sees more at a time. Nobody notices: what
comes out, and its order, are those of one after the other, and so is what goes wrong. Where it does, or where it takes
long, each article of the batch is done by itself, with the time that it has left.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, TypeVar

from quotes_cli.errors import InputError
from quotes_cli.language.parts import is_data
from quotes_cli.read import Input, ReadOptions, articles_in, fetch_input
from quotes_cli.records import Article, Quotation

from .budget import TimeIsUp, within
from .cores import collect_rarely

T = TypeVar("T")
Task = Input | Article
Extractor = Callable[[Sequence[Article]], list[list[Quotation]]]
Extracted = tuple[Article, list[Quotation]]

TOGETHER = 16  # articles at most that are analysed together
CHARACTERS = 60_000  # of them, behind which a batch ends: a tenth faster than one by one, 20,000 a twenty-fifth
SMOOTH = 1.0  # seconds that a batch may take, or the next is smaller: who looks on sees that something happens
PATIENCE = 20.0  # seconds for a batch, behind which its articles are done one by one


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What identifies an input: its size in bytes and their SHA-256, packed as they lie there."""

    size: int
    digest: str

    @classmethod
    def of(cls, data: bytes) -> Fingerprint:
        """The print of all bytes of an input."""
        return cls(len(data), hashlib.sha256(data).hexdigest())

    @classmethod
    def of_file(cls, file: BinaryIO) -> Fingerprint:
        """The same of an open file, which is at its beginning again then. Raises `OSError`."""
        size, digest = 0, hashlib.sha256()
        while chunk := file.read(1 << 20):
            size += len(chunk)
            digest.update(chunk)
        file.seek(0)
        return cls(size, digest.hexdigest())


@dataclass(frozen=True, slots=True)
class Begun:
    """The clock of an article starts now. `name` is the input's until the article's own is known."""

    name: str


Event = Begun | Fingerprint | Extracted | InputError
StepEvent = tuple["Step", Event | None]  # None: the step is done


@dataclass(frozen=True, slots=True)
class TaskOptions:
    """How articles are read, how many seconds each may take (0: any number), how many at most are done together."""

    reading: ReadOptions
    timeout: float = 0.0
    together: int = TOGETHER


@dataclass(eq=False)
class Step:
    """A piece of a run's work, in the order of the inputs.

    `task` is what there is to do: an input to read, or an article that is read already, the `number`-th (from 0) of its
    input. Without a task, `events` are known beforehand, or `replay` hands out what an earlier run found. `last`: its
    input is done with it. `tried`: a worker died that had it and may not have begun it. `alone`: it is not done
    together with others, because a worker died of a batch that it was in. `answered`: an article of it has come back.
    """

    item: Input | None
    task: Task | None = None
    number: int = 0
    last: bool = True
    events: deque[Event | None] = field(default_factory=deque)
    replay: Callable[[], Iterator[Extracted]] | None = None
    tried: bool = False
    alone: bool = False
    answered: bool = False


def batches(
    things: Iterable[T], size: Callable[[T], int], most: int = TOGETHER, characters: int = CHARACTERS
) -> Iterator[list[T]]:
    """The things in order, so many together at most, and a batch ends with the one that fills up its characters."""
    batch: list[T] = []
    filled = 0
    for thing in things:
        batch.append(thing)
        filled += size(thing)
        if len(batch) >= most or filled >= characters:
            yield batch
            batch, filled = [], 0
    if batch:
        yield batch


@dataclass(frozen=True, slots=True)
class _Unanswered:
    """An article that is read, and the seconds that are left for it."""

    article: Article
    left: float


def may_wait(task: Task) -> bool:
    """Whether others may wait for its bytes: those of a file, but not what comes from a pipe or a server."""
    return isinstance(task, Article) or (task.path is not None and os.path.isfile(task.path))


def perform(tasks: Iterable[Task], load: Callable[[], Extractor], options: TaskOptions) -> Iterator[Event | None]:
    """Do tasks, and hand out the events of each in order, then None; `Begun` may come before its turn.

    `load` is asked for the extractor when there is an article, and its time does not count. To fetch the bytes does not
    count either: what comes from a pipe or a server takes the time that it takes.
    """
    held: list[Event | _Unanswered | None] = []
    count = size = 0
    for task in tasks:
        for found in _read(task, options):
            if isinstance(found, Begun):
                yield found
                continue
            held.append(found)
            if isinstance(found, _Unanswered):
                count, size = count + 1, size + len(found.article.text)
                if count >= options.together or size >= CHARACTERS:
                    yield from _answered(held, load, options.timeout)
                    held, count, size = [], 0, 0
        held.append(None)
        if not count:  # nothing that has to wait for anything
            yield from _answered(held, load, options.timeout)
            held = []
    yield from _answered(held, load, options.timeout)


def _read(task: Task, options: TaskOptions) -> Iterator[Event | _Unanswered]:
    """The articles of a task, or why they cannot be read."""
    if isinstance(task, Article):
        yield Begun(task.source)
        yield _Unanswered(task, options.timeout)
        return
    try:
        raw = fetch_input(task, options.reading, None)
    except InputError as error:
        yield error
        return
    yield Fingerprint.of(raw.data)
    articles = articles_in(raw)
    del raw
    while True:
        yield Begun(task.name)
        article, left = next_article(task.name, articles, options.timeout)
        if article is None:
            return
        yield _Unanswered(article, left) if isinstance(article, Article) else article


def _answered(
    held: Sequence[Event | _Unanswered | None], load: Callable[[], Extractor], seconds: float
) -> Iterator[Event | None]:
    """The events with each article's quotations in its place; each may take so many seconds, reading included."""
    waiting = [one for one in held if isinstance(one, _Unanswered)]
    answers = iter(_together(waiting, load, seconds) if len(waiting) > 1 else ())
    for one in held:
        if not isinstance(one, _Unanswered):
            yield one
        elif answer := next(answers, None):
            yield answer
        else:
            yield Begun(one.article.source)  # what came before it has stopped the clock
            yield _quotations(one.article, load, one.left, seconds)


def _together(waiting: Sequence[_Unanswered], load: Callable[[], Extractor], seconds: float) -> list[Extracted]:
    """Each article with its quotations; nothing where that fails or takes long, and each has to be done by itself."""
    extractor, articles = load(), [one.article for one in waiting]
    least = min(PATIENCE, *(one.left for one in waiting)) if seconds > 0 else 0.0
    try:
        return list(zip(articles, within(least, lambda: extractor(articles)), strict=True))
    except (TimeIsUp, Exception):  # which of them it was is seen, and told, when each is done by itself
        return []


def serially(steps: Iterator[Step], load: Callable[[], Extractor], options: TaskOptions) -> Iterator[StepEvent]:
    """All steps one after the other in this process; with None each is done. The extractor is loaded when needed."""
    extractor: Extractor | None = None

    def loaded() -> Extractor:
        nonlocal extractor
        if extractor is None:
            collect_rarely()
            extractor = load()
        return extractor

    def done(batch: Sequence[tuple[Step, Task]]) -> Iterator[StepEvent]:
        number = 0
        for event in perform((task for _, task in batch), loaded, options):
            yield batch[number][0], event
            number += event is None

    batch: list[tuple[Step, Task]] = []
    most = 1  # so that the first is there at once
    for step in steps:
        if step.task is not None and may_wait(step.task):
            batch.append((step, step.task))
            piped = step.item is not None and step.item.is_stdin  # the next may take its time
            if len(batch) < most and not piped:
                continue
            begun = time.monotonic()
            yield from done(batch)
            most = min(2 * most, options.together) if time.monotonic() - begun < SMOOTH else max(most // 2, 1)
            batch = []
            continue
        yield from done(batch)
        batch = []
        yield from known_events(step) if step.task is None else done([(step, step.task)])
    yield from done(batch)


def known_events(step: Step) -> Iterator[StepEvent]:
    """What there is of a step without a task."""
    if step.replay is not None:
        yield from ((step, found) for found in step.replay())
        yield step, None
    while step.events:
        yield step, step.events.popleft()


def timed_out(name: str, seconds: float, text: str = "") -> InputError:
    """What to say of an article that took too long, with this text as far as it is known."""
    table = "if it is a table, pass --input-format csv or jsonl; else " if is_data(text) else ""
    return InputError(
        f"{name}: takes longer than {seconds:g} seconds; {table}split it, or raise --timeout (0 is no limit)"
    )


def next_article(
    name: str, articles: Iterator[Article | InputError], seconds: float
) -> tuple[Article | InputError | None, float]:
    """The next article of an input and the seconds that are left for it; None where there is no other."""
    began = time.monotonic()
    found = _limited(name, seconds, seconds, lambda: next(articles, None))
    return found, max(seconds - (time.monotonic() - began), 0.01) if seconds > 0 else 0.0


def _quotations(article: Article, load: Callable[[], Extractor], left: float, seconds: float) -> Extracted | InputError:
    """An article with its quotations, in the seconds that are `left` of all it has."""
    extractor = load()
    found = _limited(article.source, left, seconds, lambda: extractor([article]), article.text)
    return found if isinstance(found, InputError) else (article, found[0])


def _limited(name: str, left: float, seconds: float, work: Callable[[], T], text: str = "") -> T | InputError:
    """What `work` returns, or why an article has no result."""
    try:
        return within(left, work)
    except InputError as error:  # a text that no model takes
        return error
    except TimeIsUp:
        return timed_out(name, seconds, text)
    except MemoryError:
        return InputError(f"{name}: there is not enough memory for it; split it, or run with fewer --jobs")
