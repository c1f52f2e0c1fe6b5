"""How many threads linear algebra may use passes through here: one, while anybody of this process extracts quotations.

The matrices are small: of two threads each waits for the other. Forty articles that take 2.5 s of processor time with
one took 8.5 with two, and by spaCy's path 13 for 4.6 (Intel, two cores that others used as well, numpy's OpenBLAS).
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

#: Who has set one of these has said how many threads there shall be.
VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")

_counting = threading.Lock()
_inside = 0  # calls in hand, of any thread: the libraries know one number for the whole process
_limits: Any = None


@contextmanager
def one_thread_of_blas() -> Iterator[None]:
    """Let numpy's library of linear algebra use one thread; when the last call has ended, as many as before.

    Nothing happens where the user has set one of `VARIABLES`.
    """
    global _inside, _limits
    if any(os.environ.get(name) for name in VARIABLES):
        yield
        return
    with _counting:
        if not _inside:
            _limits = _controller().limit(limits=1, user_api="blas")
        _inside += 1
    try:
        yield
    finally:
        with _counting:
            _inside -= 1
            if not _inside:
                _limits.restore_original_limits()


@cache
def _controller() -> ThreadpoolController:
    """The libraries that are loaded; to look for them takes milliseconds."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
