"""What the rules and the resolver found comes in, the probability that the speaker is right out.

A logistic regression over what is known of the answer: the precision of its rule, the sieve, the ranker's probability,
how full the name is. Its weights stand in `words/confidence.txt`; `python -m quotes_cli.training.ranker` learns them on
articles that the ranker did not learn from, so that they know how the ranker does on others.

Of what is reported without marks the probability is that of `attribute.indirect`, or the ranker's where that is less:
0.017 off on PolNeAR's development articles (`evaluation.indirect`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from math import exp, log

from quotes_cli.records import INDIRECT, Attribution, Resolution

from .resolve.unsourced import REPEATED
from .words.lists import rows

#: Below this an answer is left blank: of 1,697 cross-validated ones 6 were, 1 of them right. Of those up to 0.4 half
#: are right, so that leaving them out would lose as many right ones as wrong ones.
LEAST = 0.2
#: The same where only the surroundings suggest a speaker: on PolNeAR's development articles, where fragments are often
#: nobody's, 6 of 9 suggestions were wrong. It costs names-polnear five right ones of 956, names-press-dev one of 372.
LEAST_IN_CONTEXT = 0.5
FURTHEST = 5.0  # log-odds beyond which a probability says no more


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """Feature to weight, in log-odds."""
    return {feature: float(weight) for feature, weight in rows("confidence.txt", "feature weight")}


def features(attribution: Attribution, resolution: Resolution) -> dict[str, float]:
    """What is known of an answer: features to values."""
    found = {"always": 1.0, f"sieve: {resolution.sieve}": 1.0, f"type: {resolution.speaker_type}": 1.0}
    if attribution.confidence is not None:
        found["precision of the rule"] = odds(attribution.confidence)
    if resolution.probability is not None:
        found[f"ranker: {resolution.sieve}"] = odds(resolution.probability)
    if attribution.kind == "mixed":
        found["mixed"] = 1.0
    if resolution.speaker_type == "person" and " " not in (resolution.speaker or ""):
        found["person of one word"] = 1.0
    return found


def confidence(attribution: Attribution, resolution: Resolution) -> float | None:
    """The probability, 0 to 1, that the speaker is right; None where none is given."""
    if resolution.speaker is None:
        return None
    if attribution.kind == INDIRECT:
        return round(min(attribution.confidence or 0.0, resolution.probability or 1.0), 3)
    return round(probability(features(attribution, resolution), weights()), 3)


def doubted(attribution: Attribution, resolution: Resolution) -> Resolution:
    """The resolution without its speaker where that is too unlikely."""
    share = confidence(attribution, resolution)
    grounded = attribution.rule is not None or resolution.probability == REPEATED
    least = LEAST if grounded else LEAST_IN_CONTEXT
    return resolution if share is None or share >= least else replace(resolution, speaker=None, role=None, gender=None)


def probability(found: Mapping[str, float], known: Mapping[str, float]) -> float:
    """The probability that the weights give to the features."""
    score = sum(known.get(feature, 0.0) * value for feature, value in found.items())
    return 1.0 / (1.0 + exp(-score))


def odds(share: float) -> float:
    """The log-odds of a probability, no further than `FURTHEST` from even."""
    share = min(max(share, 1e-9), 1.0 - 1e-9)
    return min(max(log(share / (1.0 - share)), -FURTHEST), FURTHEST)
