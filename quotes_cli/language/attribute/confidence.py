"""A rule's name and a quotation's kind pass through here and come out as the rule's measured precision."""

from __future__ import annotations

from functools import lru_cache

from quotes_cli.language.words.lists import rows


@lru_cache(maxsize=1)
def _precisions() -> dict[str, float]:
    return {rule: float(precision) for rule, precision, _ in rows("rule_precision.txt", "rule precision quotations")}


def confidence(rule: str, kind: str) -> float | None:
    """Precision of the rule on annotated news (PolNeAR's training articles), 0 to 1; None for one never measured."""
    return _precisions().get(f"{rule} {kind}")
