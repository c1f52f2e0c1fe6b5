"""The few exceptions of the library, and how a failure becomes one; every message names the input and the remedy."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

#: What to do where nothing can be written, by the system's number of the reason.
_REMEDIES = {
    errno.ENOENT: "make its folder first, or choose another place",
    errno.EACCES: "change the rights there, or choose another place",
    errno.EROFS: "choose another place",
}


class QuotesError(Exception):
    """Base of all errors that the command line turns into a message and an exit code."""


class InputError(QuotesError):
    """One input cannot be read; the others can."""


class OutputError(QuotesError):
    """The result cannot be written."""


class UsageError(QuotesError):
    """The options contradict one another or name what does not exist."""


class ModelError(QuotesError):
    """The language model is missing or does not fit."""


class LexiconError(QuotesError):
    """A lexicon file has a line that cannot be understood."""


def reason(error: object) -> str:
    """What a library says went wrong, on one line and not too long."""
    return (" ".join(str(error).split()) or type(error).__name__)[:200]


@contextmanager
def writing(target: str = "-", failures: tuple[type[Exception], ...] = (OSError,)) -> Iterator[None]:
    """Turn a failure to write into an `OutputError` that names the target; a closed pipe stays what it is."""
    try:
        yield
    except BrokenPipeError:
        raise
    except failures as error:
        number, name = getattr(error, "errno", None), getattr(error, "filename", None)
        why = reason(error) if number is None else os.strerror(number)  # Arrow's own words are many
        if target == "-":
            target = name if isinstance(name, str) else "standard output"
        remedy = _REMEDIES.get(number or 0, "choose another place or make room")
        raise OutputError(f"{target}: cannot be written ({why}); {remedy}") from error
