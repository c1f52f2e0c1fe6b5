"""Steps in, their events out, in the same order: the work of several processes, each with its own language model.

Each worker has a pipe of its own and no lock in common with others, so that one may be killed at any moment, by the
system for want of memory or by us because it does not come back: that costs the article it had in hand. Steps go out in
batches while there are many, one by one when few are left; where a worker dies with several in hand, each is done again
by itself. Look-ahead is bounded by number and by characters, so memory stays flat however many inputs there are and
however slow one is.
Not pebble's pool: as fast, but it breaks when a worker dies that has nothing in hand, and its `map` takes all inputs at
once. `concurrent.futures` breaks with any worker.
"""

from __future__ import annotations

import gc
import multiprocessing
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess

from quotes_cli.errors import InputError, UsageError
from quotes_cli.process import ENDING
from quotes_cli.records import Article

from .budget import HAS_ALARM
from .cores import most_workers
from .tasks import CHARACTERS, Begun, Event, Extractor, Step, StepEvent, TaskOptions, known_events, may_wait, timed_out
from .worker import Failure, Ready, serve

FORKS = sys.platform == "linux"  # macOS's own libraries do not survive it
AHEAD = 32  # steps a worker that are begun or read before the first of them is handed on
HELD = 20_000_000  # characters of articles that may wait to be handed on
SMALL = 10_000  # characters: an article that fits a pipe, and may wait there behind another one
DEPTH = 2 if sys.platform == "linux" else 1  # batches a worker has: one in hand, one in its pipe, elsewhere too small
GRACE = 5.0 if HAS_ALARM else 0.0  # seconds after an article's time until a worker that did not stop is killed


@dataclass(eq=False, slots=True)
class _Batch:
    """What goes to a worker at once and is not yet done; `together`: it was more than one step."""

    steps: deque[Step]
    together: bool


@dataclass(eq=False, slots=True)
class _Worker:
    """A process, the parent's end of its pipe, and the batches that it has: the first in hand."""

    process: BaseProcess
    connection: Connection
    batches: deque[_Batch] = field(default_factory=deque)
    ready: bool = False
    article: str = ""  # whose clock runs
    deadline: float | None = None


class Pool:
    """A context: the workers are gone when it ends, however it ends."""

    def __init__(self, jobs: int, load: Callable[[], Extractor], options: TaskOptions) -> None:
        """`load` is called once, here, where forking is safe, and otherwise in each worker: then it is pickled.

        There are at most `jobs` workers, no more than there is work for, and no more than the system allows.
        """
        self._jobs = min(jobs, most_workers())
        self._load = load
        self._options = options
        self._context: BaseContext = multiprocessing.get_context("spawn")
        self._workers: list[_Worker] = []
        self._pending: deque[Step] = deque()  # in order, not yet handed on
        self._backlog: deque[Step] = deque()  # of those, not yet given to a worker
        self._held = 0

    def __enter__(self) -> Pool:
        if FORKS:
            extractor = self._load()
            if "torch" not in sys.modules:  # nor do its threads
                self._context = multiprocessing.get_context("fork")
                self._load = lambda: extractor
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.process.kill()  # nothing in it is worth a farewell
        for worker in self._workers:
            worker.process.join()
            worker.connection.close()
        self._workers.clear()

    def _start(self) -> None:
        ours, theirs = self._context.Pipe()
        forked = self._context.get_start_method() == "fork"
        others = [ours, *(worker.connection for worker in self._workers)] if forked else []
        process = self._context.Process(  # type: ignore[attr-defined]  # each context has its own
            target=serve, args=(theirs, others, self._load, self._options), daemon=True
        )
        try:
            with _undisturbed():
                process.start()
        except OSError:
            ours.close()
            raise
        finally:
            theirs.close()
        self._workers.append(_Worker(process, ours))

    def _start_more(self) -> None:
        """Start workers for what waits, as long as none is free; those that are still loading will take a step each."""
        while len(self._workers) < self._jobs and len(self._backlog) > sum(not one.ready for one in self._workers):
            try:
                self._start()
            except OSError as error:
                if not self._workers:
                    why = f"the system allows no worker ({error.strerror})"
                    raise UsageError(f"--jobs: {why}; raise its limits, or leave --jobs out") from error
                self._jobs = len(self._workers)  # no more files, processes or memory: those that are there do it

    def run(self, steps: Iterator[Step]) -> Iterator[StepEvent]:
        """Each step with its events, in order; with None it is done."""
        more = True
        while True:
            while more and len(self._pending) < AHEAD * self._jobs and self._held < HELD:
                step = next(steps, None)
                more = step is not None
                if step is not None:
                    self._plan(step)
            if not self._pending:
                return
            head = self._pending[0]
            if head.task is None:
                yield from known_events(head)
                self._pending.popleft()
            elif not head.events:
                self._give()
                self._listen(None)
            while self._pending and (event := self._next_event()):
                yield event
                self._listen(0.0)

    def _plan(self, step: Step) -> None:
        self._pending.append(step)
        if step.task is not None:
            self._backlog.append(step)
            self._held += _size(step.task)
            self._give()

    def _next_event(self) -> StepEvent | None:
        head = self._pending[0]
        if head.task is None or not head.events:
            return None
        event = head.events.popleft()
        self._held -= _size(event)
        if event is None:
            self._held -= _size(head.task)
            self._pending.popleft()
        return head, event

    def _give(self) -> None:
        """Hand out work while there are hands."""
        while self._backlog:
            if self._held >= HELD and self._backlog[0] is not self._pending[0]:
                return
            most = DEPTH if _size(self._backlog[0].task) <= SMALL else 1
            free = [worker for worker in self._workers if worker.ready and len(worker.batches) < most]
            if all(worker.batches for worker in free):
                self._start_more()
            if not free:
                return
            worker = min(free, key=lambda worker: len(worker.batches))
            steps = self._next_batch(SMALL if worker.batches else CHARACTERS)
            worker.batches.append(_Batch(steps, len(steps) > 1))
            with suppress(OSError):  # it has just died, and will be missed in a moment
                worker.connection.send([step.task for step in steps])

    def _next_batch(self, most: int) -> deque[Step]:
        """The first steps of the backlog: a worker's share of half of it, and at most so many characters of several."""
        share = min(len(self._backlog) // (2 * self._jobs), self._options.together)
        steps = deque([self._backlog.popleft()])
        size = _size(steps[0].task)
        while len(steps) < share and _joins(steps[-1]) and _joins(self._backlog[0]):
            size += _size(self._backlog[0].task)
            if size > most:
                break
            steps.append(self._backlog.popleft())
        return steps

    def _listen(self, seconds: float | None) -> None:
        """Wait at most so long for events of workers, and see to those that are dead or overdue."""
        deadlines = [worker.deadline for worker in self._workers if worker.deadline is not None]
        if seconds is None and deadlines:
            seconds = max(min(deadlines) - time.monotonic(), 0.0)
        by_pipe = {worker.connection: worker for worker in self._workers}
        for pipe in wait(list(by_pipe), seconds):
            worker = by_pipe[pipe]  # type: ignore[index]  # wait() gives back what it got
            try:
                event = worker.connection.recv()
            except (EOFError, OSError):
                self._replace(worker)
            else:
                self._receive(worker, event)
        now = time.monotonic()
        for worker in list(self._workers):
            if worker.deadline is not None and now >= worker.deadline:
                worker.process.kill()
                self._replace(worker, timed_out(worker.article, self._options.timeout))
        self._give()

    def _receive(self, worker: _Worker, event: Event | Ready | Failure | None) -> None:
        if isinstance(event, Ready):
            worker.ready = True
        elif isinstance(event, Failure):
            event.error.__cause__ = RuntimeError(f"in a worker process:\n{event.where}")
            raise event.error
        elif isinstance(event, Begun):
            worker.article = event.name
            if self._options.timeout > 0:
                worker.deadline = time.monotonic() + self._options.timeout + GRACE
        else:
            worker.deadline = None
            self._held += _size(event)
            batch = worker.batches[0]
            batch.steps[0].events.append(event)
            batch.steps[0].answered |= isinstance(event, tuple)
            if event is None:
                batch.steps.popleft()
                worker.article = ""
                if not batch.steps:
                    worker.batches.popleft()

    def _replace(self, worker: _Worker, reason: InputError | None = None) -> None:
        """Report what became of the article in hand, give the others to others, and put a new worker in its place."""
        worker.process.join()
        worker.connection.close()
        self._workers.remove(worker)
        if not worker.ready:
            raise UsageError(f"--jobs: a worker {_end_of(worker)} while it loaded the model; run with fewer --jobs")
        first, together = None, False
        if worker.batches:
            first, together = worker.batches[0].steps[0], worker.batches[0].together
        left = [step for batch in worker.batches for step in batch.steps]
        if first is not None and together and not first.answered:
            for step in worker.batches[0].steps:
                step.alone = True
        elif first is not None and not worker.article and not first.tried:
            first.tried = True  # it may have died before it had read of this one
        elif first is not None:
            left.remove(first)
            name = worker.article or (first.item.name if first.item is not None else "")
            lost = f"{name}: the process that worked on it {_end_of(worker)}; "
            remedy = "split it, or make sure that there is memory and run again"
            first.events.extend([reason or InputError(lost + remedy), None])
        self._backlog.extendleft(reversed(left))


def _joins(step: Step) -> bool:
    """Whether a step may be done together with others."""
    return not step.alone and step.task is not None and may_wait(step.task)


def _size(what: object) -> int:
    """Characters of the article in a task or an event."""
    article = what[0] if isinstance(what, tuple) else what
    if not isinstance(article, Article):
        return 0
    return sum(len(part or "") for part in (article.text, article.title, article.published, article.author))


def _end_of(worker: _Worker) -> str:
    code = worker.process.exitcode or 0
    return f"was killed by signal {-code}" if code < 0 else f"ended with status {code}"


@contextmanager
def _undisturbed() -> Iterator[None]:
    """What a worker inherits from here: signals held back until it says what to do with them; no garbage to touch."""
    gc.freeze()
    held = None
    if hasattr(signal, "pthread_sigmask"):
        held = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        gc.unfreeze()
        if held is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, held)
