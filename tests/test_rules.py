"""Every rule and every test of kind on parses written by hand (tests/data/parses.txt), exact, without a model.

Each row runs in both label schemes: Universal Dependencies as written, and the ClearNLP labels of spaCy's own models.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from parses import Row, build, rows

from quotes_cli.language.attribute import attribute
from quotes_cli.language.attribute.kinds import OTHER
from quotes_cli.language.attribute.rules import RULES
from quotes_cli.language.segment import segment
from quotes_cli.language.tokens import Tokens

ROWS = list(rows(Path(__file__).parent / "data" / "parses.txt"))
NAMES = [row.name for row in (*RULES, *OTHER)]


def _params() -> list[object]:
    return [
        pytest.param(
            row,
            scheme,
            id=f"{row.title}-{scheme}",
            marks=[
                pytest.mark.xfail(reason=reason, strict=True) for s, reason in row.failures if s in (scheme, "both")
            ],
        )
        for row in ROWS
        for scheme in ("ud", "clearnlp")
    ]


@pytest.mark.parametrize(("row", "scheme"), _params())
def test_attribution_of_a_parse(row: Row, scheme: str) -> None:
    tokens = Tokens.of(build(row.parse, scheme))

    found = attribute(tokens, segment(tokens.text))

    cells = [[tokens.text[slice(*place)] if place else None for place in (a.mention, a.cue)] + [a.rule] for a in found]
    assert [tuple(row) for row in cells] == list(row.expected)


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_has_a_row_and_a_near_miss(name: str) -> None:
    shown = [row for row in ROWS if row.title.startswith(f"{name}:")]
    missed = [row for row in ROWS if row.title.startswith(f"not {name}:")]

    assert any(name in [rule for *_, rule in row.expected] for row in shown), f"no row of parses.txt shows {name}"
    assert missed, f"no near miss of {name} in parses.txt"
    assert not any(name in [rule for *_, rule in row.expected] for row in missed)
