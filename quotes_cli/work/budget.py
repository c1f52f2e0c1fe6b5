"""Work goes in with a number of seconds, its result comes out, or `TimeIsUp` when they are over.

The system's alarm clock (`setitimer`) interrupts the work: Python's own code, its regular expressions and whatever
calls back into Python stop at once. A library of C that never comes back does not; it is stopped by killing its
process, which `pool` does. Where there is no alarm clock, on Windows, that is the only way, and a run with a limit has
a worker process even if it has but one. Signals belong to the main thread: in another one there is no limit, and the
library (`quotes_cli.extract`) sets none.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")

AGAIN = 0.5  # seconds until it rings again, because a library may swallow the first
HAS_ALARM = sys.platform != "win32"


class TimeIsUp(BaseException):
    """The work took longer than it may. No `Exception`, which the libraries that read strangers' files would catch."""


def within(seconds: float, work: Callable[[], T]) -> T:
    """What `work` returns. Raises `TimeIsUp` where that takes longer; 0 seconds are no limit."""
    if sys.platform == "win32" or seconds <= 0 or threading.current_thread() is not threading.main_thread():
        return work()
    armed = True

    def ring(number: int, frame: object) -> None:
        if armed:
            raise TimeIsUp

    before = signal.signal(signal.SIGALRM, ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
        try:
            return work()
        finally:
            armed = False
    finally:  # should it have rung in the line above, it does not ring here: not so soon again
        armed = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def waiting() -> Iterator[None]:
    """The clock stands still: what is waited for here, a pipe that is still being written, takes the time it takes."""
    left = again = 0.0
    if sys.platform != "win32" and threading.current_thread() is threading.main_thread():
        left, again = signal.setitimer(signal.ITIMER_REAL, 0)
    try:
        yield
    finally:
        if left and sys.platform != "win32":
            signal.setitimer(signal.ITIMER_REAL, left, again)
