"""Which trainings follow one another, and what each leaves in the work folder."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from . import silver
from .train import train

#: Updates of each training: by spaCy's own loop, of 1,000 words each, and of the students in torch, of 6,000.
STEPS = {"syntax": 12_000, "names": 4_000, "refined": 3_500}
UPDATES = {"syntax": 9_400, "names": 14_000}

Job = Callable[[], object]


def log(line: str) -> None:
    print(line, flush=True)


def _train(kind: str, data: Path, work: Path) -> None:
    train(kind, data, work, STEPS[kind], log)
    (work / f"{kind}.done").touch()


def _learn(kind: str, data: Path, work: Path) -> None:
    from .lessons import learn

    learn(kind, data, work, UPDATES[kind], log)


def stages(data: Path, gold: Path, work: Path) -> list[dict[str, Job]]:
    """What is done one after another; the jobs of a stage, by the file that each writes last, are done side by side."""
    teachers: dict[str, Job] = {}
    for kind, write in (("syntax", silver.write_syntax_teacher), ("names", silver.write_names_teacher)):
        for seed in silver.SEEDS:
            teachers[silver.weights(kind, work, seed).name] = partial(write, data, work, seed, log)
    return [
        {
            "syntax.done": partial(_train, "syntax", data, work),
            "pieces.pickle": partial(silver.write_pieces, data, gold, work, log),
            **teachers,
        },
        {
            "silver.pickle": partial(silver.write_silver, data, work, log),
            "parsed.pickle": partial(silver.write_parsed, data, work, log),
        },
        {"syntax-student": partial(_learn, "syntax", data, work), "names.done": partial(_train, "names", data, work)},
        {"refined.done": partial(_train, "refined", data, work), "names-student": partial(_learn, "names", data, work)},
    ]
