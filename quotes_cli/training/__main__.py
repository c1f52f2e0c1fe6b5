"""The recipe of the shipped model, one command: `make model DATA=DIR GOLD=DIR`.

Stages: syntax, the pieces of text to learn from, and three teachers of names and three of syntax; what those label and
parse; the syntax's student, and the names; the syntax refined, and the names' student; assembly, model card. Each is
skipped where its result stands in the work folder, and a teacher that was cut off goes on from its last state.

Time of one core: syntax 65 minutes, refined 16, names 10. On a graphics card of 2023 a teacher takes some minutes and a
student five, where a dozen cores make its lessons (one needs 20 minutes for those of syntax); without a card, a teacher
of syntax nine hours of one core, one of names five, what they label and parse seven and six, and a student two. At most
5 GB of memory a job.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from .card import write_card
from .evaluate import evaluate
from .pipelines import assemble, save
from .stages import stages
from .wheels import transformer_folder

VERSION = "1.3.0"


def main() -> int:
    parser = argparse.ArgumentParser(description="Train the shipped pipeline from open treebanks and name corpora.")
    parser.add_argument("--data", type=Path, required=True, help="folder with ud/, ner/ and coref/")
    parser.add_argument("--gold", type=Path, required=True, help="folder with annotated articles, read as text only")
    parser.add_argument("--work", type=Path, default=Path("training-work"), help="wheels/, states, intermediate models")
    parser.add_argument("--target", type=Path, default=Path(__file__).parent.parent / "model")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    began = time.time()
    transformer_folder(options.work)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:  # a forked process cannot use the card
        for jobs in stages(options.data, options.gold, options.work):
            begun = [pool.submit(job) for name, job in jobs.items() if not (options.work / name).exists()]
            for job in begun:
                job.result()
    nlp = assemble(options.work / "refined-best", options.work / "names-student", VERSION)
    shutil.rmtree(options.target, ignore_errors=True)
    save(nlp, options.target)
    scores = evaluate(nlp, options.data)
    write_card(options.target, scores)
    print(f"{options.target} written after {(time.time() - began) / 60:.0f} minutes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
