"""Articles done go in, one line on the terminal comes out while the work goes on: files, words a second, time left.

It shows on stderr, only where that is a terminal, only after a second, and leaves nothing behind.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    import rich.progress

DELAY = 1.0  # seconds
_BAR = 24
_FULL, _EMPTY = "color(27)", "color(243)"  # both read on dark and on light, as the colours of the table do


def clock(seconds: float) -> str:
    """`0:07`, `12:30`, `1:02:03`."""
    whole = round(seconds)
    minutes = f"{whole // 60 % 60}:{whole % 60:02}"
    return minutes if whole < 3600 else f"{whole // 3600}:{minutes:0>5}"


class Progress:
    """What a run has done of its `total` articles (None: nobody knows how many), whose figures are its `str`."""

    def __init__(self, total: int | None, stderr: TextIO, shared: bool, quiet: bool = False) -> None:
        """`shared`: the data goes to a terminal too, so that the line must make room for it; `quiet`: no line."""
        self._total = total
        self._stderr = stderr
        self._shared = shared
        self._quiet = quiet
        self._done = self._words = 0
        self._began = time.monotonic()
        self._guard = threading.Lock()  # held by whoever writes to the terminal
        self._line: rich.progress.Progress | None = None  # until it is due
        self._timer = threading.Timer(DELAY, self._appear)
        self._timer.daemon = True

    def __enter__(self) -> Progress:
        if not self._quiet and self._stderr.isatty() and os.environ.get("TERM") not in ("dumb", "unknown"):
            self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        if self._timer.is_alive():
            self._timer.join()
        if self._line is not None:
            self._line.stop()

    def done(self, words: int = 0) -> None:
        """One article more, read or not."""
        self._done += 1
        self._words += words
        if self._line is not None:
            self._line.update(self._line.task_ids[0], completed=self._done)

    def room(self) -> AbstractContextManager[None]:
        """Room for data, where it goes to a terminal."""
        return self.line_off() if self._shared else nullcontext()

    @contextmanager
    def line_off(self) -> Iterator[None]:
        """The line is gone while others write to the same terminal."""
        with self._guard:
            if self._line is not None:
                self._line.stop()
            try:
                yield
            finally:
                if self._line is not None:
                    self._line.start()

    def _appear(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        line = Progress(
            BarColumn(_BAR, _EMPTY, _FULL, _FULL, _FULL),
            TextColumn("{task.fields[figures]}", markup=False),
            console=Console(file=self._stderr, force_terminal=True, markup=False, emoji=False, highlight=False),
            transient=True,
            refresh_per_second=4,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        with self._guard:
            line.add_task("", total=self._total, completed=self._done, figures=self)
            line.start()
            self._line = line

    def __str__(self) -> str:
        total = self._total if self._total is not None and self._total >= self._done else None
        seconds = time.monotonic() - self._began
        of = "" if total is None else f" of {total:,}"
        figures = [f"{self._done:,}{of} {'article' if (total or self._done) == 1 else 'articles'}"]
        if self._words:
            figures.append(f"{self._words / max(seconds, 0.001):,.0f} words/s")
        if total is not None and self._done:
            figures.append(f"{clock(seconds / self._done * (total - self._done))} left")
        return " · ".join(figures)
