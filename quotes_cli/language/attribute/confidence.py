"""A rule's name and a quotation's kind pass through here and come out as the rule's measured precision."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from quotes_cli.errors import LexiconError

FILE = "rule_precision.txt"


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, str], float]:
    table: dict[tuple[str, str], float] = {}
    text = files("quotes_cli").joinpath("data", FILE).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        try:
            rule, kind, precision, _ = line.split("\t")
            table[rule, kind] = float(precision)
        except ValueError as error:
            raise LexiconError(f"{FILE}, line {number}: not four columns with tabs; run `make calibrate`") from error
    return table


def confidence(rule: str, kind: str) -> float | None:
    """Precision of the rule on annotated news (PolNeAR's training articles), 0 to 1; None for one never measured."""
    return _table().get((rule, kind))
