"""The recipe of the shipped model, one command: `python -m quotes_cli.training --data DIR` (or `make model DATA=DIR`).

Stages: syntax, names, assembly, model card. Each is skipped where its result stands in the work folder, and a
training that was cut off goes on from its last state. About an hour and a half on one core; at most 2 GB of memory.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from pathlib import Path

from .card import write_card
from .evaluate import evaluate
from .pipelines import assemble, save
from .train import train

STEPS = {"syntax": 12_000, "names": 6_000}
VERSION = "1.0.0"


def main() -> int:
    parser = argparse.ArgumentParser(description="Train the shipped pipeline from open treebanks and name corpora.")
    parser.add_argument("--data", type=Path, required=True, help="folder with ud/ and ner/")
    parser.add_argument("--work", type=Path, default=Path("training-work"), help="states and intermediate models")
    parser.add_argument("--target", type=Path, default=Path(__file__).parent.parent / "model")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    began = time.time()
    for kind, steps in STEPS.items():
        done = options.work / f"{kind}.done"
        if not done.exists():
            train(kind, options.data, options.work, steps, log=lambda line: print(line, flush=True))
            done.touch()
    nlp = assemble(options.work / "syntax-best", options.work / "names-best", VERSION)
    shutil.rmtree(options.target, ignore_errors=True)
    save(nlp, options.target)
    scores = evaluate(nlp, options.data)
    write_card(options.target, scores)
    print(f"{options.target} written after {(time.time() - began) / 60:.0f} minutes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
