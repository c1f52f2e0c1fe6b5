"""A command in, what it sends to its terminal out: for tests of what acts there."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def on_a_terminal(*command: str, folder: Path | None = None, **environment: str) -> tuple[int, bytes]:
    """Status, and what a command sends to its terminal on both streams."""
    import pty  # Windows has none

    ours, theirs = pty.openpty()
    env = os.environ | {"TERM": "xterm-256color"} | environment
    process = subprocess.Popen(command, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, env=env)
    os.close(theirs)
    parts = []
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        parts.append(part)
    os.close(ours)
    return process.wait(timeout=60), b"".join(parts)
