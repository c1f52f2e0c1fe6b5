"""Text for a terminal in, shown a screen at a time: through `$PAGER`, or `less` where there is one."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Mapping


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
