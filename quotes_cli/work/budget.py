"""Work goes in with a number of seconds, its result comes out, or `TimeIsUp` when they are over.

Where the system has an alarm clock (`setitimer`; Windows has none) that interrupts the work; elsewhere a thread does,
by what Python calls the simulated arrival of a signal. Either way Python's own code, its regular expressions and
whatever calls back into Python stop at once; a C library that never comes back is stopped by killing its process, which
is what `pool` does. Signals belong to the main thread: in another one there is no limit, and the library
(`quotes_cli.extract`) sets none.
"""

from __future__ import annotations

import _thread
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")

AGAIN = 0.5  # seconds until it is told again, because a library may swallow the first
HAS_ALARM = sys.platform != "win32"


class TimeIsUp(BaseException):
    """The work took longer than it may. No `Exception`, which the libraries that read strangers' files would catch."""


def within(seconds: float, work: Callable[[], T]) -> T:
    """What `work` returns. Raises `TimeIsUp` where that takes longer; 0 seconds are no limit."""
    if seconds <= 0 or threading.current_thread() is not threading.main_thread():
        return work()
    # SIGABRT: a number that Windows knows and nobody sends
    number = signal.SIGALRM if sys.platform != "win32" and HAS_ALARM else signal.SIGABRT
    armed = True

    def ring(number: int, frame: object) -> None:
        if armed:
            raise TimeIsUp

    before = signal.signal(number, ring)
    try:
        with _alarm(seconds) if HAS_ALARM else _watcher(seconds):
            try:
                return work()
            finally:
                armed = False
    finally:  # should it have rung in the line above, it does not ring here: not so soon again
        armed = False
        signal.signal(number, before)


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)


@contextmanager
def _watcher(seconds: float) -> Iterator[None]:
    over = threading.Event()

    def watch() -> None:
        pause = seconds
        while not over.wait(pause):
            _thread.interrupt_main(signal.SIGABRT)
            pause = AGAIN

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
