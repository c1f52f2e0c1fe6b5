"""A target's name in, a place to write to out: files are written beside and renamed, so a crash leaves the old one."""

from __future__ import annotations

import io
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from ..errors import OutputError, UsageError
from ..visible import visible, visible_line

STDOUT = "-"


class Sink:
    """Where one writer writes.

    `stream` takes characters (UTF-8, newlines untouched), `path` is for formats that write a file by name.
    """

    def __init__(self, stream: TextIO | None, path: Path | None = None, terminal: bool = False) -> None:
        self._stream = stream
        self.path = path
        self.terminal = terminal

    @property
    def stream(self) -> TextIO:
        """The characters' way out; formats of text have one."""
        if self._stream is None:
            raise TypeError("a format that is not text writes to the sink's path")
        return self._stream

    def flush(self) -> None:
        """Hand on what is buffered, so that a reader of a pipe gets each article when it is done."""
        if self._stream is not None:
            self._stream.flush()


class _VisibleStream(io.TextIOBase):
    """Passes text on to a terminal with every control character spelt out."""

    def __init__(self, stream: TextIO) -> None:
        self._to = stream

    def write(self, text: str) -> int:
        return self._to.write(visible(text))

    def flush(self) -> None:
        self._to.flush()


@contextmanager
def telling(name: str) -> Iterator[None]:
    """Turn a failure to write into an `OutputError` that names the target; a closed pipe stays what it is."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        shown = "standard output" if name == STDOUT else name
        raise OutputError(
            f"{shown}: cannot be written ({error.strerror}); choose another place or make room"
        ) from error


def open_stdout(stdout: TextIO, styled: bool) -> Sink:
    """Standard output as a sink: on a terminal in its own encoding, otherwise UTF-8 on every machine, as in a file.

    What UTF-8 cannot hold (undecodable bytes in a file's name) is written as `\\udcff`, which JSON reads back.
    """
    terminal = stdout.isatty()
    if isinstance(stdout, io.TextIOWrapper):
        if terminal:
            stdout.reconfigure(errors="backslashreplace")
        else:
            stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
    stream = _VisibleStream(stdout) if terminal and not styled else stdout
    return Sink(stream, terminal=terminal)  # type: ignore[arg-type]  # a TextIOBase has all that writers call


@contextmanager
def replacing(target: str, text: bool) -> Iterator[Sink]:
    """A new file beside `target` that takes its place when the block ends well, and is gone when it does not.

    A device or a FIFO cannot be replaced and is written directly.
    """
    path = Path(os.path.realpath(target))  # through a link to its file: the link stays
    if os.path.isdir(path):
        raise UsageError(f"--output: {visible_line(target)} is a folder; name a file in it")
    direct = os.path.exists(path) and not os.path.isfile(path)
    written = path if direct else path.with_name(f".quotes-{secrets.token_hex(4)}.tmp")
    stream: TextIO | None = None
    try:
        with telling(target):
            if text:
                stream = written.open("w" if direct else "x", encoding="utf-8", errors="backslashreplace", newline="")
        yield Sink(stream, written)
        with telling(target):
            if stream is not None:
                stream.flush()
                if not direct:
                    os.fsync(stream.fileno())
                stream.close()
            if not direct:
                if path.exists():
                    shutil.copymode(path, written)
                written.replace(path)
    finally:
        if stream is not None and not stream.closed:
            _abandon(stream)
        if not direct:
            written.unlink(missing_ok=True)


def _abandon(stream: TextIO) -> None:
    """Close after a failure; that closing fails too (the disk is still full) is no news."""
    with suppress(OSError):
        stream.close()


def same_file(one: Path | TextIO, other: str) -> bool:
    """Whether a path or an open file, and a name, lead to one existing file."""
    try:
        return os.path.samefile(one if isinstance(one, Path) else one.fileno(), other)
    except (OSError, ValueError):
        return False
