"""The recipe of the shipped model, one command: `make model DATA=DIR GOLD=DIR`.

Stages: syntax and, beside it, a teacher of names; names; assembly, model card. Each is skipped where its result stands
in the work folder, and a training that was cut off goes on from its last state. Processor time on one core: syntax 65
minutes, teacher 50 and its labels 10, each of the four runs of the names 16; at most 3 GB of memory.
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
from .silver import write_silver
from .train import train

#: Updates and runs of each training; runs of the same kind are averaged.
STEPS = {"syntax": (12_000, 1), "names": (7_000, 4)}
VERSION = "1.1.0"


def _run(kind: str, run: int, steps: int, data: Path, work: Path) -> None:
    """One training, unless it is done."""
    done = work / f"{kind}-{run}.done"
    if not done.exists():
        train(kind, data, work, steps, run, log=lambda line: print(line, flush=True))
        done.touch()


def _teach(data: Path, gold: Path, work: Path) -> None:
    """The text that a teacher labels, unless it is there."""
    if not (work / "silver.pickle").exists():
        write_silver(data, gold, work / "silver.pickle", log=lambda line: print(line, flush=True))


def main() -> int:
    parser = argparse.ArgumentParser(description="Train the shipped pipeline from open treebanks and name corpora.")
    parser.add_argument("--data", type=Path, required=True, help="folder with ud/ and ner/")
    parser.add_argument(
        "--gold", type=Path, required=True, help="folder with PolNeAR's training articles, as text only"
    )
    parser.add_argument("--work", type=Path, default=Path("training-work"), help="states and intermediate models")
    parser.add_argument("--target", type=Path, default=Path(__file__).parent.parent / "model")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    began = time.time()
    with ProcessPoolExecutor(2) as pool:
        syntax, names = STEPS["syntax"], STEPS["names"]
        first = [pool.submit(_run, "syntax", run, syntax[0], options.data, options.work) for run in range(syntax[1])]
        first.append(pool.submit(_teach, options.data, options.gold, options.work))
        for job in first:
            job.result()
        for job in [pool.submit(_run, "names", run, names[0], options.data, options.work) for run in range(names[1])]:
            job.result()
    finders = [options.work / ("names-best" if run == 0 else f"names-{run}-best") for run in range(STEPS["names"][1])]
    nlp = assemble(options.work / "syntax-best", finders, VERSION)
    shutil.rmtree(options.target, ignore_errors=True)
    save(nlp, options.target)
    scores = evaluate(nlp, options.data)
    write_card(options.target, scores)
    print(f"{options.target} written after {(time.time() - began) / 60:.0f} minutes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
