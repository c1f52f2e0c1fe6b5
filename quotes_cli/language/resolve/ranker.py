"""A choice among candidates passes through here: each one's features in, probabilities out.

A linear ranker (conditional logit, McFadden 1974; as a mention ranker Denis & Baldridge 2008): a candidate's score is
the sum of its features' weights, and the probabilities are the softmax of the scores. The weights stand in
`words/ranker.txt`, where one can read them; `python -m quotes_cli.training.ranker` learns them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import exp

from quotes_cli.language.words.lists import rows

Features = tuple[str, ...]  # of a candidate, that come together

CHOICES = ("gendered", "plural", "neuter", "description", "context")


@lru_cache(maxsize=1)
def weights() -> dict[str, dict[str, float]]:
    """Feature to weight for each choice."""
    found: dict[str, dict[str, float]] = {choice: {} for choice in CHOICES}
    for name, weight in rows("ranker.txt", "feature weight"):
        choice, _, feature = name.partition(": ")
        found[choice][feature] = float(weight)
    return found


@lru_cache(maxsize=10_000)
def weight(choice: str, features: Features) -> float:
    """What features that come together weigh."""
    known = weights()[choice]
    return sum(known.get(feature, 0.0) for feature in features)


def probabilities(choice: str, candidates: Sequence[Sequence[Features]]) -> list[float]:
    """The probability of each candidate, given its features; they sum to 1."""
    scores = [sum([weight(choice, some) for some in features]) for features in candidates]
    highest = max(scores, default=0.0)
    shares = [exp(score - highest) for score in scores]
    total = sum(shares)
    return [share / total for share in shares]
