"""Pairs of quotations in, of which somebody has read whether they are one statement, how many are joined rightly out.

    python -m quotes_cli.evaluation.statements --pairs PAIRS.jsonl --records RECORDS.jsonl

PAIRS has a line for each pair: `one` and `other`, each with `quote` and `speaker`, and `same` (true or false). RECORDS
is what `quotes extract` writes for the articles that they are of: all of it is grouped, as `quotes same` does. A pair
is joined where two quotations of these words and speakers are in one group. Exit code 1 below a floor of `--floor`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from quotes_cli.across.statements import Statement, grouped

Told = tuple[str, str | None]  # quote and speaker


def groups_of(rows: Sequence[Mapping[str, Any]]) -> dict[Told, set[int]]:
    """The groups that each quotation is in, by its words and speaker; one for each that is in none."""
    statements = [
        Statement(row["quote"], row.get("person") or row["speaker"], row["source"], (row["source"], row["id"]))
        for row in rows
    ]
    number = dict.fromkeys(range(len(rows)), -1)
    for group, found in enumerate(grouped(statements)):
        number |= dict.fromkeys(found.members, group)
    told: dict[Told, set[int]] = defaultdict(set)
    for place, one in enumerate(statements):
        told[one.quote, one.person].add(number[place] if number[place] >= 0 else -2 - place)
    return told


def counts(pairs: Sequence[Mapping[str, Any]], groups: Mapping[Told, set[int]]) -> tuple[int, int, int, int]:
    """Pairs that are joined rightly, joined wrongly, left apart wrongly, left apart rightly."""
    found = [0, 0, 0, 0]
    for pair in pairs:
        one, other = (groups[pair[name]["quote"], pair[name]["speaker"]] for name in ("one", "other"))
        joined = not one.isdisjoint(other)
        found[(0 if pair["same"] else 1) if joined else (2 if pair["same"] else 3)] += 1
    return found[0], found[1], found[2], found[3]


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def main() -> int:
    parser = argparse.ArgumentParser(description="Score the grouping of quotations into statements on labelled pairs.")
    parser.add_argument("--pairs", type=Path, required=True, help="the labelled pairs, as JSON Lines")
    parser.add_argument("--records", type=Path, required=True, help="what quotes extract found, as JSON Lines")
    parser.add_argument("--floor", type=float, default=90.0, help="precision and recall, in per cent, that are wanted")
    options = parser.parse_args()
    right, wrong, missed, apart = counts(_lines(options.pairs), groups_of(_lines(options.records)))
    precision, recall = 100 * right / (right + wrong or 1), 100 * right / (right + missed or 1)
    print(f"{right} joined rightly, {wrong} wrongly; {missed} left apart wrongly, {apart} rightly")
    print(f"precision {precision:.1f}, recall {recall:.1f}")
    return 1 if min(precision, recall) < options.floor else 0


if __name__ == "__main__":
    sys.exit(main())
