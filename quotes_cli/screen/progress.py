"""Articles done go in, one line on the terminal comes out while the work goes on: files, words a second, time left.

It shows on stderr, only where that is a terminal, only after a second, and leaves nothing behind.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.live import Live
    from rich.table import Table

DELAY = 1.0  # seconds
_BAR = 24
_FULL, _EMPTY = "color(27)", "color(243)"  # both read on dark and on light, as the colours of the table do


def clock(seconds: float) -> str:
    """`0:07`, `12:30`, `1:02:03`."""
    whole = round(seconds)
    minutes = f"{whole // 60 % 60}:{whole % 60:02}"
    return minutes if whole < 3600 else f"{whole // 3600}:{minutes:0>5}"


class Progress:
    """What a run has done of its `total` articles (None: nobody knows how many)."""

    def __init__(self, total: int | None, stderr: TextIO, shared: bool) -> None:
        """`shared`: the data goes to a terminal too, so that the line must make room for it."""
        self._total = total
        self._stderr = stderr
        self._shared = shared
        self._done = self._words = 0
        self._began = time.monotonic()
        self._guard = threading.Lock()
        self._live: Live | None = None
        self._due = self._covered = self._over = False
        self._timer: threading.Timer | None = None

    def __enter__(self) -> Progress:
        if self._stderr.isatty() and os.environ.get("TERM") not in ("dumb", "unknown"):
            self._timer = threading.Timer(DELAY, self._now_due)
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._timer is not None:
            self._timer.cancel()
        with self._guard:
            self._over = True
            self._hide()

    def done(self, words: int = 0) -> None:
        """One article more, read or not."""
        self._done += 1
        self._words += words

    @contextmanager
    def room(self) -> Iterator[None]:
        """Room for data, where it goes to a terminal."""
        if not self._shared:
            yield
            return
        with self.line_off():
            yield

    @contextmanager
    def line_off(self) -> Iterator[None]:
        """The line is gone while others write to the same terminal."""
        with self._guard:
            self._covered = True
            self._hide()
        try:
            yield
        finally:
            with self._guard:
                self._covered = False
                self._show()

    def _now_due(self) -> None:
        with self._guard:
            self._due = True
            self._show()

    def _show(self) -> None:
        if not self._due or self._covered or self._over or self._live is not None:
            return
        from rich.console import Console
        from rich.live import Live

        console = Console(file=self._stderr, force_terminal=True, markup=False, emoji=False, highlight=False)
        self._live = Live(
            console=console,
            get_renderable=self._line,
            transient=True,
            refresh_per_second=4,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._live.start(refresh=True)

    def _hide(self) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None

    def _line(self) -> Table:
        from rich.progress_bar import ProgressBar
        from rich.table import Table
        from rich.text import Text

        total = self._total if self._total is not None and self._total >= self._done else None
        seconds = time.monotonic() - self._began
        of = "" if total is None else f" of {total:,}"
        told = [f"{self._done:,}{of} {'article' if (total or self._done) == 1 else 'articles'}"]
        if self._words:
            told.append(f"{self._words / max(seconds, 0.001):,.0f} words/s")
        if total is not None and self._done:
            told.append(f"{clock(seconds / self._done * (total - self._done))} left")
        line = Table.grid(padding=(0, 2, 0, 0))
        bar = ProgressBar(total, self._done, _BAR, total is None, _EMPTY, _FULL, _FULL, _FULL)
        line.add_row(bar, Text(" · ".join(told), no_wrap=True, overflow="ellipsis"))
        return line
