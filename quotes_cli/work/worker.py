"""Tasks come through a pipe, their events go back: all that one worker process does."""

from __future__ import annotations

import os
import pickle
import signal
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import NoReturn

from quotes_cli.process import ENDING

from .cores import collect_rarely
from .tasks import Extractor, TaskOptions, perform


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker has its model and waits for work."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An exception that is no article's fault: the run ends with it. `where` is the worker's traceback."""

    error: BaseException
    where: str

    @classmethod
    def of(cls, error: BaseException) -> Failure:
        """The exception as it stands, or its text where it cannot be sent."""
        where = "".join(traceback.format_exception(type(error), error, error.__traceback__))
        try:
            pickle.loads(pickle.dumps(error))
        except Exception:
            return cls(RuntimeError(str(error)), where)
        return cls(error, where)


def serve(
    connection: Connection, others: Iterable[Connection], load: Callable[[], Extractor], options: TaskOptions
) -> NoReturn:
    """Work until the other end of the pipe is closed or gone.

    `others` are the parent's ends of all pipes, which a forked process has too, and must not keep open. Ctrl-C and a
    terminal that closes are the parent's to hear, and SIGTERM ends this process and nothing more.
    """
    for number in ENDING:
        signal.signal(number, signal.SIG_DFL if number == signal.SIGTERM else signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):  # the parent held them back until here
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    for other in others:
        other.close()
    status = 0
    try:
        _work(connection, load, options)
    except (EOFError, OSError):  # the parent has no more work, or is gone
        pass
    except BaseException:
        status = 1
    os._exit(status)  # what the parent had not yet written when it forked is not for us to write


def _work(connection: Connection, load: Callable[[], Extractor], options: TaskOptions) -> None:
    collect_rarely()
    try:
        extractor = load()
    except Exception as error:
        connection.send(Failure.of(error))
        return
    connection.send(Ready())
    done = object()
    while True:
        events = perform(connection.recv(), lambda: extractor, options)
        while True:
            try:
                event = next(events, done)
            except Exception as error:
                connection.send(Failure.of(error))
                return
            if event is done:
                break
            connection.send(event)
