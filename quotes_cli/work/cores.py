"""What the machine has for several processes, and how they share it."""

from __future__ import annotations

import gc
import os
import sys

from quotes_cli.language.threads import VARIABLES

# Open files of a process without workers: 10 while it writes a database with a ledger, and some to spare.
OWN_FILES = 40
RARELY = 10_000  # things more than there were; Python's own is 700
FILES_EACH = 3  # that a worker costs the process that started it: a pipe, and two by which `multiprocessing` knows it


def cores() -> int:
    """How many this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def most_workers() -> int:
    """How many workers the limit of open files leaves room for, at least one."""
    if sys.platform == "win32":
        return sys.maxsize
    import resource

    most = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return sys.maxsize if most == resource.RLIM_INFINITY else max((most - OWN_FILES) // FILES_EACH, 1)


def collect_rarely() -> None:
    """Let Python look rarely for circles of things that hold each other: no article leaves any, and each look goes
    through all that is alive, a twentieth of the time in all."""
    gc.set_threshold(RARELY)


def one_thread_each() -> None:
    """Let libraries of linear algebra that are loaded from now on use one thread: the processes use the cores.

    Also where there is but one process: the matrices are small, and threads may round differently.
    """
    for name in VARIABLES:
        os.environ.setdefault(name, "1")
