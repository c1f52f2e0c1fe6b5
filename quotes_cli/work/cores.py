"""What the machine has for several processes, and how they share it."""

from __future__ import annotations

import os
import sys


def cores() -> int:
    """How many this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def one_thread_each() -> None:
    """Let libraries of linear algebra that are loaded from now on use one thread: the processes use the cores.

    Also where there is but one process: the matrices are small, and threads may round differently.
    """
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
        os.environ.setdefault(name, "1")
