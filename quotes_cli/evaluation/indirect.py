"""Annotated articles pass through `--indirect` here, and how much of what they report without marks is right comes out.

    python -m quotes_cli.evaluation.indirect --gold ../shared/gold

Scores are those of the gold's own `score_indirect.py`. Of `confidence` it prints what share of the statements with it
is annotated with the source that was found: the gold has no names, so a speaker is right whose mention is.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from quotes_cli.language.pipeline import extract_articles, load_analyser
from quotes_cli.records import INDIRECT, Article, Quotation

from .accuracy import Outcome, print_reliability, scorer

TOGETHER = 8  # articles that the model sees at once


def predictions(texts: dict[str, str]) -> dict[str, list[Quotation]]:
    """What each article, by its name, reports without marks."""
    nlp, names = load_analyser(), list(texts)
    found: dict[str, list[Quotation]] = {}
    for first in range(0, len(names), TOGETHER):
        part = names[first : first + TOGETHER]
        articles = [Article(name, texts[name]) for name in part]
        for name, records in zip(part, extract_articles(articles, nlp, indirect=True), strict=True):
            found[name] = [record for record in records if record.kind == INDIRECT]
    return found


def outcomes(score: Any, golds: list[dict[str, Any]], found: dict[str, list[Quotation]]) -> list[Outcome]:
    """Each statement with a speaker: is it annotated, with the source that was found?"""
    return [
        Outcome(record.rule or "", record.kind, record.confidence, _right(score, gold, record))
        for gold in golds
        for record in found[gold["doc"]]
        if record.confidence is not None
    ]


def _right(score: Any, gold: dict[str, Any], record: Quotation) -> bool:
    place = as_scored(record)
    return any(score.iou(place, one) >= 0.5 and score.source_hit(place, one) for one in gold["statements"])


def as_scored(record: Quotation) -> dict[str, Any]:
    """A record as the scorer takes it."""
    return {key: getattr(record, key) for key in ("start", "end", "mention_start", "mention_end")}


def main() -> int:
    parser = argparse.ArgumentParser(description="Score what is reported without marks on annotated articles.")
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    parser.add_argument("--name", default="indirect-dev", help="the set of the gold folder (default: indirect-dev)")
    options = parser.parse_args()
    score = scorer(options.gold, "score_indirect.py")
    lines = (options.gold / f"{options.name}.jsonl").read_text(encoding="utf-8").splitlines()
    golds = [json.loads(line) for line in lines]
    folder = options.gold / "polnear-text"
    found = predictions({gold["doc"]: (folder / f"{gold['doc']}.txt").read_text(encoding="utf-8") for gold in golds})
    count, figures, _ = score.score(golds, {doc: [as_scored(one) for one in own] for doc, own in found.items()})
    print(count)
    for name, figure in figures.items():
        print(f"{name:11} P {100 * figure['p']:5.1f}  R {100 * figure['r']:5.1f}  F1 {100 * figure['f1']:5.1f}")
    print_reliability(outcomes(score, golds, found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
