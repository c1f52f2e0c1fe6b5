"""What the shell started in, a process that the program can rely on out: signals, three open streams, a sane terminal.

Loads nothing but what Python itself has loaded, because a signal may come in the first moment.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType

ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
PATIENCE = 2.0  # seconds from a signal on in which others do not disturb its clean-up
WIDEST = 4  # digits of COLUMNS and LINES; with more, a table would be padded until memory ends


class _Stop:
    """What the signals in `ENDING` do. The first ends the run; those after it wait until what it began is cleaned up.

    While `raising`, it unwinds the run, so that no half-written file stays behind. Before and afterwards, while modules
    load and arguments are parsed, there is nothing to unwind: then the process ends where it stands, because an
    exception could come up in the middle of anything.
    """

    def __init__(self) -> None:
        self.raising = False
        self.since: float | None = None

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if self.since is not None:
            if time.monotonic() - self.since >= PATIENCE:
                os._exit(128 + number)
            return
        if not self.raising:
            if number == signal.SIGINT:
                with suppress(OSError):
                    os.write(2, b"quotes: interrupted\n")
            os._exit(128 + number)
        self.since = time.monotonic()
        if number == signal.SIGINT:
            raise KeyboardInterrupt
        raise SystemExit(128 + number)


_stop = _Stop()


def prepare() -> None:
    """Prepare the process, first of all; once more does no harm."""
    for number in ENDING:
        if signal.getsignal(number) is not signal.SIG_IGN:  # `nohup`, a job in the background: it stays ignored
            signal.signal(number, _stop)
    _open_streams()
    for name in ("COLUMNS", "LINES"):
        given = os.environ.get(name)
        if given is not None and not (given.isascii() and given.isdecimal() and len(given) <= WIDEST and int(given)):
            del os.environ[name]  # then the terminal itself is asked
    if os.name != "nt" and not os.environ.get("TERM"):
        os.environ["TERM"] = "dumb"  # nobody knows what acts on it, so nothing is sent that acts


@contextmanager
def unwinding() -> Iterator[None]:
    """Signals raise `KeyboardInterrupt` and `SystemExit` in here; outside they end the process at once."""
    _stop.raising = True
    try:
        yield
    finally:
        _stop.raising = False


def ended() -> None:
    """All is done and said: no signal changes the exit status any more, while Python takes itself down."""
    for number in ENDING:
        signal.signal(number, signal.SIG_IGN)


def _open_streams() -> None:
    """Put something in the place of a stream that was closed (`2>&-`), where the next file would come to lie.

    To read or to write there fails, and is reported as of a disk that fails; but what is said to nobody is just lost.
    """
    for number, flags in enumerate((os.O_WRONLY, os.O_RDONLY, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            with suppress(OSError):
                os.set_inheritable(os.open(os.devnull, flags), True)
    if sys.stdout is None:
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", closefd=False)
    if isinstance(sys.stdout, io.TextIOWrapper) and sys.stdout.errors == "strict":
        sys.stdout.reconfigure(errors="backslashreplace")  # the help in PYTHONIOENCODING=ascii
