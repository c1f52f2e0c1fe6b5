"""A target's name in, a place to write to out: files are written beside and renamed, so a crash leaves the old one."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TextIO

from quotes_cli.errors import UsageError, writing
from quotes_cli.visible import visible, visible_line

from .lock import beside, locked

STDOUT = "-"


@dataclass(slots=True)
class Sink:
    """Where one writer writes.

    `stream` takes characters (UTF-8, newlines untouched); formats of bytes write the file at `path`. `name` is the
    target as the user knows it. What a writer must let go of, however the run ends, it puts on `cleanup`.
    """

    stream: TextIO
    path: Path | None = None
    terminal: bool = False
    name: str = STDOUT
    cleanup: ExitStack = field(default_factory=ExitStack)

    @property
    def file(self) -> Path:
        """The path, for formats of bytes, which always have one."""
        if self.path is None:
            raise TypeError("a format of bytes needs a file")
        return self.path


class _VisibleStream(io.TextIOBase):
    """Passes text on to a terminal with every control character spelt out."""

    def __init__(self, stream: TextIO) -> None:
        self._to = stream

    def write(self, text: str) -> int:
        return self._to.write(visible(text))

    def flush(self) -> None:
        self._to.flush()


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
def text_output(target: str | None, stdout: TextIO, styled: bool = False) -> Iterator[Sink]:
    """Where a command writes characters: standard output (None or `-`), or a file that `replacing` makes.

    Raises `OutputError` for what cannot be written.
    """
    if target is None or target == STDOUT:
        with writing():
            yield open_stdout(stdout, styled)
    else:
        with replacing(target, True) as sink, writing(target):
            yield sink


@contextmanager
def file_output(target: str) -> Iterator[Sink]:
    """A file of bytes that `replacing` makes. Raises `OutputError` for what cannot be written."""
    with replacing(target, False) as sink, writing(target):
        yield sink


@contextmanager
def replacing(target: str, text: bool) -> Iterator[Sink]:
    """A new file beside `target` that takes its place when the block ends well, and is gone when it does not.

    A device or a FIFO cannot be replaced and is written directly. Two runs cannot write one file at the same time.
    What a killed run left behind goes with the next.
    """
    path = _real(target)
    if os.path.exists(path) and not os.path.isfile(path):
        with _opened(path, target, text, "w") as sink:
            yield sink
        return
    written = beside(path).with_suffix(".tmp")
    with ExitStack() as stack:
        with writing(target):
            if stack.enter_context(locked(path, visible_line(target))):
                for left in (written, written.with_name(f"{written.name}-journal")):  # the second is SQLite's
                    left.unlink(missing_ok=True)
            else:  # another run may be at work on it
                written = written.with_suffix(f".{os.urandom(4).hex()}.tmp")
        stack.callback(written.unlink, missing_ok=True)
        with _opened(written, target, text, "x") as sink:
            yield sink
        with writing(target):
            if path.exists():
                shutil.copymode(path, written)
            written.replace(path)


@contextmanager
def adding(target: str) -> Iterator[Sink]:
    """An existing file for formats that add to what is there and see to it themselves that it stays whole."""
    path = _real(target)
    with ExitStack() as stack:
        with writing(target):
            stack.enter_context(locked(path, visible_line(target)))
        sink = Sink(io.StringIO(), path, name=visible_line(target))
        with sink.cleanup:
            yield sink


def _real(target: str) -> Path:
    """Through a link to its file: the link stays. `/dev/stdout` may lead to a pipe, which has no other name."""
    path = Path(os.path.realpath(target))
    if not os.path.exists(path) and os.path.exists(target):
        return Path(target)
    if os.path.isdir(path) or target.endswith(("/", os.sep)):
        raise UsageError(f"--output: {visible_line(target)} is a folder; name a file in it")
    return path


@contextmanager
def _opened(path: Path, target: str, text: bool, mode: Literal["w", "x"]) -> Iterator[Sink]:
    """A sink whose file is on the disk when the block ends well, and closed in any case."""
    with writing(target):
        stream = path.open(mode, encoding="utf-8", errors="backslashreplace", newline="") if text else io.StringIO()
    sink = Sink(stream, path, name=visible_line(target))
    try:
        yield sink
        with writing(target):
            sink.cleanup.close()
            stream.flush()
            if mode == "x":  # a rename may otherwise arrive on the disk before the contents do
                with path.open("r+b") as file:
                    os.fsync(file.fileno())
            stream.close()
    except BaseException:
        for close in (sink.cleanup.close, stream.close):
            with suppress(OSError):  # the failure that is reported came first; the disk is still full
                close()
        raise


def same_file(one: Path | TextIO, other: str) -> bool:
    """Whether a path or an open file, and a name, lead to one existing file."""
    try:
        return os.path.samefile(one if isinstance(one, Path) else one.fileno(), other)
    except (OSError, ValueError):
        return False
