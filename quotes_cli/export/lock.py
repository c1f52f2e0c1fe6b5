"""A file's path in, the right to write it out: a second run at the same time on the same file is refused.

The lock is the kernel's, on an empty file beside the output: it ends with its process, however that ends.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from quotes_cli.errors import OutputError

_HELD = (BlockingIOError, PermissionError)  # EAGAIN and EACCES: POSIX lets systems choose
_descriptors: set[int] = set()  # of the locks that this process holds


def _let_go() -> None:
    """A forked process shares the locks of its parent, and must not hold them longer than that."""
    for descriptor in _descriptors:
        os.close(descriptor)
    _descriptors.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)


def beside(path: Path) -> Path:
    """The lock file of an output; a digest, because the output's name may be as long as names can be."""
    digest = hashlib.sha256(os.path.normcase(path.name).encode("utf-8", "surrogateescape")).hexdigest()
    return path.with_name(f".quotes-{digest[:16]}.lock")


def _take(descriptor: int) -> bool:
    """Whether nobody else has it. Where the file system knows no locks, nobody has."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except _HELD:
        return False
    except OSError:
        return True
    return True


@contextmanager
def locked(path: Path, shown: str) -> Iterator[None]:
    """Hold the lock of an output. Raises `OutputError` with the name as `shown` where another run holds it.

    The file is gone afterwards; one that a killed run left behind locks nothing.
    """
    lock = beside(path)
    descriptor = -1
    try:
        while True:
            descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
            if not _take(descriptor):
                raise OutputError(f"{shown}: another run is writing it; wait for it or choose another name")
            with suppress(FileNotFoundError):  # gone: the run before deleted it while this one waited to open it
                if os.path.samestat(os.fstat(descriptor), os.stat(lock)):
                    break
            os.close(descriptor)
            descriptor = -1
        _descriptors.add(descriptor)
        try:
            yield
        finally:
            _descriptors.discard(descriptor)
            if sys.platform == "win32":  # an open file cannot be deleted there
                os.close(descriptor)
                descriptor = -1
            with suppress(OSError):
                lock.unlink()
    finally:
        if descriptor >= 0:
            os.close(descriptor)
