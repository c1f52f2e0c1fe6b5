"""Exceptions in, a line on stderr and an exit status out: the one boundary between the library and the shell."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import TextIO

from .errors import InputError, OutputError, QuotesError, writing
from .process import unwinding
from .visible import visible_line


class ExitStatus(IntEnum):
    """What the shell gets."""

    DONE = 0
    FAILED = 1  # an input could not be read, or the output not be written
    USAGE = 2  # the options, the lexicon or the model asked for make no sense
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Streams:
    """Where a command reads, writes its data, and talks. Tests hand in their own."""

    stdin: TextIO
    stdout: TextIO
    stderr: TextIO

    @classmethod
    def standard(cls) -> Streams:
        """The process's own, looked up now and not at import."""
        return cls(sys.stdin, sys.stdout, sys.stderr)

    def talk(self, message: object) -> None:
        """One line on stderr; nothing in it can act on a terminal."""
        self.say(f"quotes: {visible_line(str(message))}")

    def say(self, text: str) -> None:
        """Print it on stderr. Where that is full or closed, nobody hears it, and the exit status still says."""
        try:
            print(text, file=self.stderr, flush=True)
        except OSError:
            _forget(self.stderr)


def guard(action: Callable[[], object], streams: Streams) -> ExitStatus:
    """Run a command: its own status, or the one that its exception stands for, reported in one line."""
    try:
        with unwinding():
            result = action()
            with writing():
                streams.stdout.flush()
        return result if isinstance(result, ExitStatus) else ExitStatus.DONE
    except BaseException as error:
        return status_of(error, streams)


def status_of(error: BaseException, streams: Streams) -> ExitStatus:
    """Report an exception in one line. Returns its status; raises it again where it has none: a bug, an exit."""
    if isinstance(error, BrokenPipeError):  # `| head`: the reader has all it wants
        _forget(streams.stdout)
        return ExitStatus.DONE
    if isinstance(error, KeyboardInterrupt):
        streams.talk(str(error) or "interrupted")
        return ExitStatus.INTERRUPTED
    if isinstance(error, QuotesError):
        streams.talk(error)
        _settle(streams.stdout)
        return ExitStatus.FAILED if isinstance(error, (InputError, OutputError)) else ExitStatus.USAGE
    if isinstance(error, MemoryError):
        streams.talk("there is not enough memory; run with fewer --jobs, or on a smaller file")
        return ExitStatus.FAILED
    if isinstance(error, OSError) and _nowhere():
        streams.talk("the current folder is gone; change to one that exists and run again")
        return ExitStatus.FAILED
    raise error


def _settle(stream: TextIO) -> None:
    """Hand on what is buffered, or let it go: the failure is reported."""
    try:
        stream.flush()
    except (OSError, ValueError):
        _forget(stream)


def _nowhere() -> bool:
    try:
        os.getcwd()
    except OSError:
        return True
    return False


def _forget(stream: TextIO) -> None:
    """Let what is still buffered go nowhere, so that Python's own flush at exit does not complain."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)
    except (OSError, ValueError):  # a stream without a descriptor, as in tests
        pass
