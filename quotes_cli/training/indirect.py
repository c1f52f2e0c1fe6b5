"""Annotated articles pass through the constructions of reported speech here; the weights of their choices come out.

    python -m quotes_cli.training.indirect --gold ../shared/gold

Learns from PolNeAR's training articles (`indirect-train.jsonl`): of each reporting word whose statement is annotated,
which of the stretches is nearest to it (a conditional logit; a network beside it, `training.indirect_network`); then of
the stretches so chosen, which are annotated with the source found (a logistic regression). Both regressions have a
penalty on the squares of the weights (L2), and nothing in them is drawn at random. The weights of the second are learnt
on stretches that were chosen by the first, as they are in use. Takes a quarter of an hour of one core.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from sys import intern
from typing import Any, TypeVar

import numpy as np

from quotes_cli.evaluation.accuracy import scorer
from quotes_cli.language.attribute.indirect import (
    Shaped,
    context_of,
    find_source,
    groups,
    is_said,
    named,
    neighbours,
    proposals,
)
from quotes_cli.language.attribute.indirect.features import report_features
from quotes_cli.language.attribute.indirect.network import Network, window
from quotes_cli.language.attribute.indirect.statement import Statement
from quotes_cli.language.attribute.indirect.weights import CHOICES, Weights
from quotes_cli.language.parse import parse
from quotes_cli.language.pipeline import load_model
from quotes_cli.language.segment import segment
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.lists import FOLDER
from quotes_cli.records import MarkedSpan

from .indirect_network import Read, learn_network
from .indirect_network import write as write_network

TARGET = FOLDER / "indirect.txt"
HEADER = """\
# What speaks for a stretch being what a word reports, and for its being reported speech: choice, feature, TAB weight
# (log-odds). Learnt by `python -m quotes_cli.training.indirect`; do not edit.
"""
TOGETHER = 8  # articles that the model sees at once
#: Of the square of a weight, in examples, for each choice: half and twice as much do no better, cross-validated.
PENALTY = {"extent": 6.0, "report": 12.0}
STEPS = 300  # of the descent
RARE = 2  # a feature that fewer examples have is left out
#: A feature whose weight is below the first is left out and the others are learnt anew; then those below the second.
#: Keeping all of the first makes the table four times as large, for 0.2 more of overlap F1, cross-validated.
SMALL, TINY = 0.08, 0.02
PARTS = 3  # of the articles: stretches of each are chosen by what the others teach
NEAR = 0.03  # stretches whose overlap is within this of the best are right as well


T = TypeVar("T")
#: Candidates that exclude one another, each by its features, and which of them are right.
Example = tuple[list[list[str]], list[bool]]


@dataclass(eq=False)
class Article:
    """An article's reporting words with their stretches, and the annotated statements."""

    context: Any
    groups: list[list[Shaped]]
    golds: list[dict[str, Any]]


def read(gold: Path, name: str, limit: int | None = None) -> Iterable[Article]:
    """The articles of a set, analysed in full."""
    rows = [json.loads(line) for line in (gold / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()][:limit]
    nlp = load_model()
    for first in range(0, len(rows), TOGETHER):
        part = rows[first : first + TOGETHER]
        texts = [(gold / "polnear-text" / f"{row['doc']}.txt").read_text(encoding="utf-8") for row in part]
        spans = [segment(text, block_quotes=False) for text in texts]
        for row, tokens, own in zip(part, parse(nlp, texts, spans, fully=True), spans, strict=True):
            yield article(tokens, own, row["statements"])


def article(tokens: Tokens, spans: Sequence[MarkedSpan], golds: list[dict[str, Any]]) -> Article:
    """What is learnt from of a parsed article."""
    context = context_of(tokens, spans)
    return Article(context, list(groups(context)), golds)


def place(tokens: Tokens, one: Statement) -> dict[str, int]:
    """The characters of a statement, as the scorer has them."""
    return {"start": tokens.start[one.content.start], "end": tokens.end[one.content.stop - 1]}


def learn(articles: Sequence[Article], scorer: Any) -> tuple[Weights, Network]:
    """The weights of both choices and the network; those of the second on stretches of articles that neither the
    first nor the network learnt from."""
    extents = [_extents(own, scorer) for own in articles]
    reads = [list(readings(own, scorer)) for own in articles]
    reports = []
    for part in range(PARTS):
        weights = {"extent": _fit(_without(extents, part), "extent"), "report": {}}
        network = learn_network(_without(reads, part))
        for own in articles[part::PARTS]:
            reports += [([features], [right]) for features, right in judged(own, weights, network, scorer)]
    weights = {"extent": _fit(_without(extents), "extent"), "report": _fit(reports, "report")}
    return weights, learn_network(_without(reads))


def _without(articles: Sequence[Sequence[T]], part: int | None = None) -> list[T]:
    """What is learnt from of all articles, but for those of a part."""
    return [one for k, own in enumerate(articles) if k % PARTS != part for one in own]


def _extents(own: Article, scorer: Any) -> list[Example]:
    """Of each reporting word whose statement is annotated the features of its stretches, and which are nearest."""
    found = []
    for group in own.groups:
        near = _near(own, group, scorer)
        if len(group) > 1 and max(near) >= 0.5:
            found.append(([shape for _, shape in group], [share >= max(near) - NEAR for share in near]))
    return found


def judged(own: Article, weights: Weights, network: Network, scorer: Any) -> Iterable[tuple[list[str], bool]]:
    """The features of each statement that may be kept, and whether it is annotated with its source."""
    candidates = proposals(own.context, own.groups, weights, network)
    for (one, shape, sureness), beside in zip(candidates, neighbours(own.context, candidates), strict=True):
        if not is_said(own.context, one, attitudes=True):
            continue
        find_source(own.context, one)
        found = named(own.context, one).mention
        if found is not None:
            given = {**place(own.context.tokens, one), "mention_start": found[0], "mention_end": found[1]}
            right = any(scorer.iou(given, gold) >= 0.5 and scorer.source_hit(given, gold) for gold in own.golds)
            yield report_features(own.context, one, shape, sureness, beside), right


def readings(own: Article, scorer: Any) -> Iterable[Read]:
    """What the network learns from of an article."""
    tokens = own.context.tokens
    for group in own.groups:
        near, what, head = _near(own, group, scorer), window(own.context, group), group[0][0].head
        right = [share >= max(near) - NEAR for share in near] if max(near) >= 0.5 else [False] * len(near)
        gold = next((one for one in own.golds if _has_cue(one, tokens.start[head], tokens.end[head])), None)
        first = head - what.head
        inside = range(first, first + len(what.words))
        told = [gold is not None and tokens.start[i] < gold["end"] and gold["start"] < tokens.end[i] for i in inside]
        what = replace(what, words=[list(map(intern, names)) for names in what.words])  # few names, many words
        yield Read(what, np.array(right), np.array(told))


def _near(own: Article, group: Sequence[Shaped], scorer: Any) -> list[float]:
    """How much each stretch of a reporting word has in common with what is annotated as reported by that very word."""
    tokens, head = own.context.tokens, group[0][0].head
    golds = [gold for gold in own.golds if _has_cue(gold, tokens.start[head], tokens.end[head])]
    places = [place(tokens, one) for one, _ in group]
    return [max((scorer.iou(here, gold) for gold in golds), default=0.0) for here in places]


def _has_cue(gold: dict[str, Any], start: int, end: int) -> bool:
    return any(cue["start"] < end and start < cue["end"] for cue in gold["cues"])


def _fit(examples: Sequence[Example], choice: str) -> dict[str, float]:
    """Weights of a conditional logit over candidates that exclude one another; of a report, of each by itself."""
    counts = Counter(name for candidates, _ in examples for features in candidates for name in features)
    first = _weights(examples, choice, [name for name, count in counts.items() if count >= RARE])
    again = _weights(examples, choice, [name for name, weight in first.items() if abs(weight) >= SMALL])
    return {name: weight for name, weight in again.items() if abs(weight) >= TINY}


def _weights(examples: Sequence[Example], choice: str, names: Sequence[str]) -> dict[str, float]:
    """The weights of the features of these names."""
    alone = choice == "report"
    column = {name: k for k, name in enumerate(sorted(names))}
    rows: list[int] = []
    cols: list[int] = []
    group: list[int] = []
    right: list[bool] = []
    for number, (candidates, good) in enumerate(examples):
        for features, answer in zip(candidates, good, strict=True):
            known = [column[name] for name in features if name in column]
            rows.extend([len(group)] * len(known))
            cols.extend(known)
            group.append(number)
            right.append(answer)
    row, col, groups_of = np.array(rows), np.array(cols), np.array(group)
    rights = np.array(right, dtype=float)
    weights = np.zeros(len(column))
    slope, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        scores = np.bincount(row, weights[col], minlength=len(rights))
        error = 1 / (1 + np.exp(-scores)) - rights if alone else _error(scores, groups_of, rights)
        gradient = np.bincount(col, error[row], minlength=len(weights)) + PENALTY[choice] * weights
        slope = 0.9 * slope + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        weights -= 0.05 * (slope / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return {name: float(weights[k]) for name, k in column.items()}


def _error(scores: Any, group: Any, rights: Any) -> Any:
    """How far the shares of the candidates are from those of the right ones."""
    highest = np.full(group[-1] + 1, -np.inf)
    np.maximum.at(highest, group, scores)
    odds = np.exp(scores - highest[group])
    share = odds / np.bincount(group, odds)[group]
    good = odds * rights
    return share - good / np.bincount(group, good)[group]


def write(weights: Weights) -> None:
    """Write the table."""
    lines = [
        f"{choice}: {feature}\t{weight:.2f}\n"
        for choice in CHOICES
        for feature, weight in sorted(weights[choice].items())
    ]
    TARGET.write_text(HEADER + "".join(lines), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description="Learn the weights by which reported speech is told.")
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    options = parser.parse_args()
    script = scorer(options.gold, "score_indirect.py")
    weights, network = learn(list(read(options.gold, "indirect-train")), script)
    write(weights)
    write_network(network)
    return 0


if __name__ == "__main__":
    sys.exit(main())
