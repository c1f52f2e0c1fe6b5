"""Text for a terminal in, shown a screen at a time: through `$PAGER`, or `less` where there is one."""

from __future__ import annotations

import io
import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TextIO

from quotes_cli.errors import writing
from quotes_cli.export.sink import STDOUT, open_stdout


def command(environ: Mapping[str, str]) -> list[str]:
    """The pager's command line; empty where the user wants none (`PAGER=cat`, `PAGER=`) or there is none."""
    try:
        words = shlex.split(environ.get("PAGER", "less"))
    except ValueError:  # an open quotation mark
        return []
    if os.name == "nt" or not words or words[0] == "cat" or shutil.which(words[0]) is None:
        return []
    return words


def page(text: str, environ: Mapping[str, str] = os.environ) -> bool:
    """Show it and wait until the reader leaves; False where there is no pager, and nothing was shown.

    `less` gets what git gives it too, unless the user has settings of their own: colours pass (nothing else in the text
    acts), and a text of one screen is just printed.
    """
    words = command(environ)
    if not words:
        return False
    settings = {"LESS": "FRX", "LESSCHARSET": "utf-8", **environ}
    try:
        process = subprocess.Popen(words, stdin=subprocess.PIPE, env=settings)
    except OSError:
        return False
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C belongs to the pager, which stops a search with it
    try:
        process.communicate(text.encode("utf-8", "backslashreplace"))  # that the reader leaves early is no error here
    finally:
        signal.signal(signal.SIGINT, before)
    return True


class _Page(io.StringIO):
    """Takes what a terminal would get."""

    def isatty(self) -> bool:
        return True


@contextmanager
def paged(stdout: TextIO, pager: bool) -> Iterator[TextIO]:
    """Standard output for a text that may be long: on a terminal, with `pager`, it is shown when it is whole.

    Where the block fails, what there is of it is printed.
    """
    if not (pager and stdout.isatty()):
        yield stdout
        return
    stream, shown = open_stdout(stdout, styled=True).stream, _Page()
    try:
        yield shown
    except BaseException:
        deliver(shown.getvalue(), False, stream)
        raise
    deliver(shown.getvalue(), True, stream)


def deliver(text: str, through_pager: bool, stream: TextIO) -> None:
    """Show a text on standard output; one longer than the screen through the pager, where there is one."""
    long = text.count("\n") >= shutil.get_terminal_size().lines
    if through_pager and long and page(text):
        return
    with writing(STDOUT):
        stream.write(text)
        stream.flush()
