"""An input or an article in, what came of it out: each article with its quotations, or the reason why there is none."""

from __future__ import annotations

import hashlib
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from quotes_cli.errors import InputError
from quotes_cli.read import Input, ReadOptions, articles_in, fetch_input
from quotes_cli.records import Article, Quotation

from .budget import TimeIsUp, within

T = TypeVar("T")
Extractor = Callable[[Article], list[Quotation]]
Extracted = tuple[Article, list[Quotation]]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What identifies an input: its size in bytes and their SHA-256, packed as they lie there."""

    size: int
    digest: str

    @classmethod
    def of(cls, data: bytes) -> Fingerprint:
        """The print of all bytes of an input."""
        return cls(len(data), hashlib.sha256(data).hexdigest())


@dataclass(frozen=True, slots=True)
class Begun:
    """The clock of an article starts now. `name` is the input's until the article's own is known."""

    name: str


Event = Begun | Fingerprint | Extracted | InputError
StepEvent = tuple["Step", Event | None]  # None: the step is done


@dataclass(frozen=True, slots=True)
class TaskOptions:
    """How articles are read, and how many seconds each may take (0: any number)."""

    reading: ReadOptions
    timeout: float = 0.0


@dataclass(eq=False)
class Step:
    """A piece of a run's work, in the order of the inputs.

    `task` is what there is to do: an input to read, or an article that is read already, the `number`-th (from 0) of its
    input. Without a task, `events` are known beforehand, or `replay` hands out what an earlier run found. `last`: its
    input is done with it. `tried`: a worker died that had it and may not have begun it.
    """

    item: Input | None
    task: Input | Article | None = None
    number: int = 0
    last: bool = True
    events: deque[Event | None] = field(default_factory=deque)
    replay: Callable[[], Iterator[Extracted]] | None = None
    tried: bool = False


def perform(task: Input | Article, load: Callable[[], Extractor], options: TaskOptions) -> Iterator[Event]:
    """Do a task. `load` is asked for the extractor when there is an article, and its time does not count.

    To fetch the bytes does not count either: what comes from a pipe or a server takes the time that it takes.
    """
    if isinstance(task, Article):
        yield Begun(task.source)
        yield _quotations(task, load, options.timeout, options.timeout)
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
        yield _quotations(article, load, left, options.timeout) if isinstance(article, Article) else article


def serially(steps: Iterator[Step], load: Callable[[], Extractor], options: TaskOptions) -> Iterator[StepEvent]:
    """All steps one after the other in this process; with None each is done. The extractor is loaded when needed."""
    extractor: Extractor | None = None

    def loaded() -> Extractor:
        nonlocal extractor
        extractor = extractor or load()
        return extractor

    for step in steps:
        if step.task is not None:
            yield from ((step, event) for event in perform(step.task, loaded, options))
            yield step, None
        else:
            yield from known_events(step)


def known_events(step: Step) -> Iterator[StepEvent]:
    """What there is of a step without a task."""
    if step.replay is not None:
        yield from ((step, found) for found in step.replay())
        yield step, None
    while step.events:
        yield step, step.events.popleft()


def timed_out(name: str, seconds: float) -> InputError:
    """What to say of an article that took too long."""
    return InputError(f"{name}: takes longer than {seconds:g} seconds; split it, or raise --timeout (0 is no limit)")


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
    found = _limited(article.source, left, seconds, lambda: extractor(article))
    return found if isinstance(found, InputError) else (article, found)


def _limited(name: str, left: float, seconds: float, work: Callable[[], T]) -> T | InputError:
    """What `work` returns, or why an article has no result."""
    try:
        return within(left, work)
    except InputError as error:  # a text that no model takes
        return error
    except TimeIsUp:
        return timed_out(name, seconds)
    except MemoryError:
        return InputError(f"{name}: there is not enough memory for it; split it, or run with fewer --jobs")
