"""The recipe of the shipped model, one command: `make model DATA=DIR GOLD=DIR`.

Stages: syntax and, beside it, a teacher of names and one of syntax; names, and the syntax refined by what the teacher
parsed; assembly, model card. Each is skipped where its result stands in the work folder, and a training that was cut
off goes on from its last state. Processor time on one core: syntax 65 minutes, refined 30, each teacher 40 to 50 and
its labels 10, each of the four runs of the names 16; at most 5 GB of memory a stage.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from .card import write_card
from .evaluate import evaluate
from .pipelines import assemble, save
from .silver import write_parsed, write_silver
from .train import train

#: Updates and runs of each training; runs of the same kind are averaged.
STEPS = {"syntax": (12_000, 1), "refined": (7_000, 1), "names": (7_000, 4)}
VERSION = "1.2.0"


def _run(kind: str, run: int, steps: int, data: Path, work: Path) -> None:
    """One training, unless it is done."""
    done = work / f"{kind}-{run}.done"
    if not done.exists():
        train(kind, data, work, steps, run, log=lambda line: print(line, flush=True))
        done.touch()


def _teach(data: Path, gold: Path, work: Path) -> None:
    """The text that the teachers label and parse, unless it is there."""
    for name, write in (("silver.pickle", write_silver), ("parsed.pickle", write_parsed)):
        if not (work / name).exists():
            write(data, gold, work / name, lambda line: print(line, flush=True))


def main() -> int:
    parser = argparse.ArgumentParser(description="Train the shipped pipeline from open treebanks and name corpora.")
    parser.add_argument("--data", type=Path, required=True, help="folder with ud/, ner/ and coref/")
    parser.add_argument("--gold", type=Path, required=True, help="folder with the training articles, as text only")
    parser.add_argument("--work", type=Path, default=Path("training-work"), help="states and intermediate models")
    parser.add_argument("--target", type=Path, default=Path(__file__).parent.parent / "model")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    began = time.time()
    with ProcessPoolExecutor(2) as pool:
        for kinds in (("syntax",), ("refined", "names")):
            jobs = [
                pool.submit(_run, kind, run, STEPS[kind][0], options.data, options.work)
                for kind in kinds
                for run in range(STEPS[kind][1])
            ]
            if kinds == ("syntax",):
                jobs.append(pool.submit(_teach, options.data, options.gold, options.work))
            for job in jobs:
                job.result()
    finders = [options.work / ("names-best" if run == 0 else f"names-{run}-best") for run in range(STEPS["names"][1])]
    nlp = assemble(options.work / "refined-best", finders, VERSION)
    shutil.rmtree(options.target, ignore_errors=True)
    save(nlp, options.target)
    scores = evaluate(nlp, options.data)
    write_card(options.target, scores)
    print(f"{options.target} written after {(time.time() - began) / 60:.0f} minutes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
