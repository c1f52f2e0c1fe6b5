"""Which trainings follow one another, and what each leaves in the work folder."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from . import silver
from .train import train

#: Updates and runs of each training; runs of the same kind are averaged.
STEPS = {"syntax": (12_000, 1), "refined": (18_000, 1), "names": (13_000, 4)}

Job = Callable[[], object]


def log(line: str) -> None:
    print(line, flush=True)


def _trainings(kind: str, data: Path, work: Path) -> dict[str, Job]:
    """Each training of a kind, by the file that says that it is done."""
    steps, runs = STEPS[kind]
    return {f"{kind}-{run}.done": partial(_train, kind, data, work, steps, run) for run in range(runs)}


def _train(kind: str, data: Path, work: Path, steps: int, run: int) -> None:
    train(kind, data, work, steps, run, log=log)
    (work / f"{kind}-{run}.done").touch()


def stages(data: Path, gold: Path, work: Path) -> list[dict[str, Job]]:
    """What is done one after another; the jobs of a stage, by the file that each writes last, are done side by side."""
    teachers: dict[str, Job] = {}
    for kind, write in (("syntax", silver.write_syntax_teacher), ("names", silver.write_names_teacher)):
        for seed in silver.SEEDS:
            teachers[silver.weights(kind, work, seed).name] = partial(write, data, work, seed, log)
    return [
        {
            **_trainings("syntax", data, work),
            "pieces.pickle": partial(silver.write_pieces, data, gold, work, log),
            **teachers,
        },
        {
            "silver.pickle": partial(silver.write_silver, data, work, log),
            "parsed.pickle": partial(silver.write_parsed, data, work, log),
        },
        {**_trainings("refined", data, work), **_trainings("names", data, work)},
    ]
