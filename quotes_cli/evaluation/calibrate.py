"""Training articles pass through the pipeline here; each rule's precision on them is written down (`make
calibrate`), of which `confidence` makes use.

The estimate is smoothed towards all rules' precision with the weight of `PRIOR` quotations, for rules that hardly
ever fire (m-estimate, Cestnik 1990). Direct and mixed quotations count apart. A transcript's turns without marks are
no quotations to PolNeAR: none is measured, and their rule has what all rules have.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from pathlib import Path

from quotes_cli.language.words.lists import FOLDER

from .accuracy import Outcome, outcomes, predict, scorer

TARGET = FOLDER / "rule_precision.txt"
PRIOR = 10
UNMARKED = "turn"  #: the rule of what no marks are around
HEADER = """\
# Precision of each rule on PolNeAR's training articles: rule and kind, TAB precision, TAB quotations it was
# measured on. Written by `make calibrate`; do not edit.
"""


def precisions(found: list[Outcome]) -> list[tuple[str, str, float, int]]:
    """(rule, kind, smoothed precision, quotations), commonest first."""
    counts: dict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
    counts[UNMARKED, "direct"] = Counter()
    found = [o for o in found if o.rule != UNMARKED]
    for o in found:
        counts[o.rule, o.kind][o.right] += 1
    overall = sum(o.right for o in found) / max(len(found), 1)
    rows = [
        (rule, kind, (count[True] + PRIOR * overall) / (count.total() + PRIOR), count.total())
        for (rule, kind), count in counts.items()
    ]
    return sorted(rows, key=lambda row: (-row[3], row[:2]))


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure every rule's precision and write it into the package's data.")
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    parser.add_argument("--jobs", type=int, default=0, help="processes; 0 for one a core")
    options = parser.parse_args()
    score = scorer(options.gold)
    golds = score.read(options.gold / "polnear-train.jsonl")
    rows = precisions(outcomes(score, golds, predict(options.gold, "polnear-train", options.jobs)))
    lines = [f"{rule} {kind}\t{precision:.3f}\t{count}\n" for rule, kind, precision, count in rows]
    TARGET.write_text(HEADER + "".join(lines), encoding="utf-8")
    print("".join(lines), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
