"""Runs and commands pass through here and come out as seconds, megabytes and a fitted exponent.

Knows nothing about quotations; `bench` does.
"""

from __future__ import annotations

import json
import math
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timezone
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

BATCH = 25  # articles after which it is the next one's turn: short enough that a slow minute of the machine hits all

#: Runs a command and prints its peak.
PEAK = """
import json, resource, subprocess, sys
subprocess.run(json.loads(sys.argv[1]), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
unit = 2**20 if sys.platform == "darwin" else 2**10
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / unit)
"""


class Lap(NamedTuple):
    """Seconds of the processor that a contestant took over all texts, and what it found in them."""

    seconds: float
    found: int


def race(runs: Mapping[str, Callable[[Sequence[str]], int]], texts: Sequence[str]) -> dict[str, Lap]:
    """Let each run take all texts, a batch at a time, in turns and with another one first each time.

    The seconds are of the processor, so that other programs take none. A run takes texts and returns how much it found.
    Each gets three texts beforehand, not counted, to warm up.
    """
    names = list(runs)
    for name in names:
        runs[name](texts[:3])
    laps = {name: Lap(0.0, 0) for name in names}
    for number, first in enumerate(range(0, len(texts), BATCH)):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            begin = time.process_time()
            found = runs[name](texts[first : first + BATCH])
            laps[name] = Lap(laps[name].seconds + time.process_time() - begin, laps[name].found + found)
    return laps


def cost(run: Callable[[str], object], texts: Sequence[str], lengths: Sequence[int]) -> list[tuple[int, float]]:
    """(characters, seconds of the processor) of a text of each length, made of the texts; of short ones a median."""
    whole = "\n\n".join(texts)
    whole *= -(-max(lengths) // len(whole))
    points = []
    for length in lengths:
        times = []
        for k in range(max(1, min(15, 100_000 // length))):
            first = k * length % (len(whole) - length + 1)
            begin = time.process_time()
            run(whole[first : first + length])
            times.append(time.process_time() - begin)
        points.append((length, statistics.median(times)))
    return points


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """The b of y = a * x ** b, by least squares of the logarithms."""
    return statistics.linear_regression([math.log(x) for x, _ in points], [math.log(y) for _, y in points]).slope


def plot(points: Sequence[tuple[int, float]], width: int = 60, height: int = 12) -> str:
    """Seconds against characters, both axes logarithmic; the dots are a line of exponent 1 through the middle point."""
    xs, ys = [math.log10(x) for x, _ in points], [math.log10(y) for _, y in points]
    low, high, left, right = min(ys), max(ys), min(xs), max(xs)
    rows = [[" "] * width for _ in range(height)]

    def put(x: float, y: float, sign: str) -> None:
        column = round((x - left) / ((right - left) or 1) * (width - 1))
        row = round((high - y) / ((high - low) or 1) * (height - 1))
        if 0 <= row < height:
            rows[row][column] = sign

    middle = len(points) // 2
    for k in range(width):
        x = left + (right - left) * k / (width - 1)
        put(x, ys[middle] + x - xs[middle], "·")
    for x, y in zip(xs, ys, strict=True):
        put(x, y, "●")
    labels = {0: f"{10**high:.3g} s", height - 1: f"{10**low:.3g} s"}
    lines = [f"{labels.get(i, ''):>9} │{''.join(row).rstrip()}" for i, row in enumerate(rows)]
    first, last = f"{points[0][0]:,}", f"{points[-1][0]:,} characters"
    return "\n".join([*lines, f"{'':9} └{'─' * width}", f"{'':11}{first}{last:>{width - len(first)}}"])


def wall(commands: Mapping[str, Sequence[str]], times: int) -> dict[str, float]:
    """Median seconds of each command, run in turns after one run each that warms disk and byte code."""
    found: dict[str, list[float]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as cache:
        # Byte code is kept, as in any installation, also where the environment forbids it.
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        environment["PYTHONPYCACHEPREFIX"] = cache
        for number in range(times + 1):
            for name, command in commands.items():
                begin = time.perf_counter()
                subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
                if number:
                    found[name].append(time.perf_counter() - begin)
    return {name: statistics.median(seconds) for name, seconds in found.items()}


def peak(commands: Sequence[Sequence[str]]) -> list[float]:
    """Peak megabytes of each command, all run at the same time; each is the only child of a process of its own."""
    processes = [
        subprocess.Popen([sys.executable, "-c", PEAK, json.dumps(command)], stdout=subprocess.PIPE, text=True)
        for command in commands
    ]
    outputs = [process.communicate()[0] for process in processes]
    for process, command in zip(processes, commands, strict=True):
        if process.returncode:
            raise RuntimeError(f"{' '.join(command)} failed; run it by itself to see why")
    return [float(output) for output in outputs]


@contextmanager
def one_core() -> Iterator[None]:
    """Nothing of this process runs beside itself, where the system can be told so."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


def processor() -> str:
    """The processor's name, with what it can do that makes one Xeon another."""
    info = Path("/proc/cpuinfo")
    if not info.exists():
        return platform.processor() or platform.machine()
    pairs = (line.partition(":") for line in info.read_text().splitlines())
    facts = {name.strip(): value.strip() for name, _, value in pairs}
    family = "/".join(facts.get(name, "?") for name in ("cpu family", "model"))
    vectors = next((name for name in ("avx512f", "avx2", "avx") if name in facts.get("flags", "").split()), "")
    return " ".join(filter(None, [facts.get("model name", platform.machine()), f"({family})", vectors]))


def machine() -> str:
    """Processor, cores and versions, in a line each."""
    packages = []
    for package in ("quotes-cli", "spacy", "textacy", "typer", "rich"):
        try:
            packages.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            packages.append(f"{package} -")
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    now = datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    versions = f"Python {platform.python_version()}, {', '.join(packages)}"
    return f"{now}: {processor()}, {os.cpu_count()} cores{load}\n{versions}"
