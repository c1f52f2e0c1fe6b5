"""A file's path in, the right to write it out: a second run at the same time on the same file is refused.

The lock is the kernel's, on an empty file beside the output: it ends with its process, however that ends.
"""

from __future__ import annotations

import errno
import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from quotes_cli.errors import OutputError

_NO_LOCKS = (errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL)


def beside(path: Path) -> Path:
    """The lock file of an output: a digest, because the output's name may be as long as names can be."""
    digest = hashlib.sha256(os.path.normcase(path.name).encode("utf-8", "surrogateescape")).hexdigest()
    return path.with_name(f".quotes-{digest[:16]}.lock")


@contextmanager
def locked(path: Path, shown: str) -> Iterator[bool]:
    """Hold the lock of an output. Raises `OutputError` with the name as `shown` where another run holds it.

    The file is gone afterwards; one that a killed run left behind locks nothing. Yields whether it is held: where the
    file system knows no locks, nobody holds one.
    """
    from filelock import FileLock, Timeout

    path.parent.stat()  # a folder that is missing is an error, and filelock would make it
    lock = FileLock(beside(path), timeout=0, mode=0o600, fallback_to_soft=False)
    ours = False
    try:  # around acquiring it too: a signal may come as soon as the file is there
        try:
            lock.acquire()
        except Timeout as error:
            raise OutputError(f"{shown}: another run is writing it; wait for it or choose another name") from error
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
        except BaseException:  # a signal between making the file and locking it: whose is it?
            with suppress(Timeout, OSError):
                lock.acquire()
            raise
        ours = True
        yield lock.is_locked
    finally:
        ours = ours or lock.is_locked
        if sys.platform == "win32":  # an open file cannot be deleted there
            lock.release()
        if ours:
            with suppress(OSError):
                beside(path).unlink()
        lock.release()
