"""How much longer four times as much takes: ratios of one run, the same on a slow and on a busy machine."""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Sequence

TIMES = 4
STEEPEST = 2 * TIMES  # of linear growth; squares would be twice as steep
SWIFT = 0.02  # seconds of the processor: in less no growth can be measured, nor does it matter
TRIES = 5  # a busy machine spoils one measurement, hardly five of them


def seconds(work: Callable[[], object]) -> float:
    """The processor's time for it: that of other processes does not count, nor of collecting what other tests left."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        began = time.process_time()
        work()
        return time.process_time() - began
    finally:
        if collecting:
            gc.enable()


def steepest(measure: Callable[[int], Sequence[float]], few: int) -> float:
    """How many times as long `TIMES` as many take as `few`, of the part of the work that grows most.

    `measure` gives the seconds of each part for a size. Of several tries each is of another size, because some steps
    remember what they saw, and the least counts; none follows one that shows growth well below squares.
    """
    least = float("inf")
    for size in range(few, few + TRIES):
        long, short = measure(size * TIMES), measure(size)
        found = max(b / max(a, SWIFT / TIMES) for a, b in zip(short, long, strict=True))
        least = min(least, found)
        if least < STEEPEST:
            break
    return least


def assert_linear(prepare: Callable[[int], Callable[[], object]], few: int) -> None:
    """Time grows with the size and not faster; `prepare` makes the work of a size."""
    found = steepest(lambda size: [seconds(prepare(size))], few)
    assert found < STEEPEST, f"{TIMES} times as much takes {found:.1f} times as long"


def told(count: int) -> list[str]:
    """Words of which few come twice."""
    chance = random.Random(3)
    return [f"{chance.choice('bcdfglmnprst')}{chance.choice('aeiou')}{chance.randrange(500)}x" for _ in range(count)]
