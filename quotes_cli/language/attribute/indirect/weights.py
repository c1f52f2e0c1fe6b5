"""Features in, probabilities out, by the weights of `words/indirect.txt`, which `training.indirect` learns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import exp

from quotes_cli.language.words.lists import package_text

#: Which stretch a cue reports; does it report at all.
CHOICES = ("extent", "report")
Weights = Mapping[str, Mapping[str, float]]


@lru_cache(maxsize=1)
def shipped() -> Weights:
    """Choice to feature to weight, in log-odds."""
    found: dict[str, dict[str, float]] = {choice: {} for choice in CHOICES}
    for line in package_text("indirect.txt").split("\n"):
        key, _, weight = line.rpartition("\t")
        choice, _, feature = key.partition(": ")
        if choice not in found:
            continue  # the heading; not `lists.rows`, which folds words and takes # for a comment
        found[choice][feature] = float(weight)
    return found


def score(features: Iterable[str], known: Mapping[str, float]) -> float:
    """The sum of the weights."""
    return sum(known.get(feature, 0.0) for feature in features)


def chance(features: Iterable[str], known: Mapping[str, float]) -> float:
    """The probability that the weights give to the features."""
    return 1.0 / (1.0 + exp(-score(features, known)))


def shares(scores: Sequence[float]) -> list[float]:
    """The probabilities of several that exclude one another, by their scores."""
    highest = max(scores)
    odds = [exp(one - highest) for one in scores]
    return [one / sum(odds) for one in odds]
