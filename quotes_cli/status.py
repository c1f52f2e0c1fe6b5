"""Exceptions in, a line on stderr and an exit status out: the one boundary between the library and the shell."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import TextIO

from .errors import InputError, OutputError, QuotesError
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
        print(f"quotes: {visible_line(str(message))}", file=self.stderr, flush=True)


def guard(action: Callable[[], object], streams: Streams) -> ExitStatus:
    """Run a command: its own status, or the one that its exception stands for, told in one line."""
    try:
        result = action()
        streams.stdout.flush()
        return result if isinstance(result, ExitStatus) else ExitStatus.DONE
    except (InputError, OutputError) as error:
        streams.talk(error)
        return ExitStatus.FAILED
    except QuotesError as error:
        streams.talk(error)
        return ExitStatus.USAGE
    except KeyboardInterrupt as stop:
        streams.talk(str(stop) or "interrupted")
        return ExitStatus.INTERRUPTED
    except BrokenPipeError:  # `| head`: the reader has all it wants
        _forget(streams.stdout)
        return ExitStatus.DONE
    except OSError as error:  # the flush above, into a full disk
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
            raise
        _forget(streams.stdout)
        streams.talk(f"standard output: {error.strerror}; make room and run again")
        return ExitStatus.FAILED


def _forget(stream: TextIO) -> None:
    """Let what is still buffered go nowhere, so that Python's own flush at exit does not complain."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)
    except (OSError, ValueError):  # a stream without a descriptor, as in tests
        pass
