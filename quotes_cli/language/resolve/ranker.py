"""A choice among candidates passes through here: each one's features in, probabilities out.

A linear ranker (conditional logit, McFadden 1974; as a mention ranker Denis & Baldridge 2008): a candidate's score is
the sum of its features' weights, and the probabilities are the softmax of the scores. The weights stand in
`words/ranker.txt`, where one can read them; `python -m quotes_cli.training.ranker` learns them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from math import exp
from typing import Any

from quotes_cli.language.words.lists import rows

Features = tuple[str, ...]  # of a candidate, that come together
Spell = Callable[["str | None"], "list[Any]"]  # what each candidate's features weigh in a choice; of None `Features`

CHOICES = ("gendered", "plural", "neuter", "description", "context")


@lru_cache(maxsize=1)
def weights() -> dict[str, dict[str, float]]:
    """Feature to weight for each choice."""
    found: dict[str, dict[str, float]] = {choice: {} for choice in CHOICES}
    for name, weight in rows("ranker.txt", "feature weight"):
        choice, _, feature = name.partition(": ")
        found[choice][feature] = float(weight)
    return found


class _Together(dict[Features, float]):
    """What features weigh that come together in one choice; they are few, and each is summed up once."""

    def __init__(self, choice: str) -> None:
        super().__init__()
        self._weights = weights()[choice]

    def __missing__(self, features: Features) -> float:
        found = self[features] = sum(self._weights.get(feature, 0.0) for feature in features)
        return found


together = cache(_Together)


def probabilities(scores: Sequence[float]) -> list[float]:
    """The probability of each candidate, given what its features weigh; they sum to 1."""
    highest = max(scores, default=0.0)
    shares = [exp(score - highest) for score in scores]
    total = sum(shares)
    return [share / total for share in shares]
