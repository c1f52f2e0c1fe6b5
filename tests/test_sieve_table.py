"""The table of the resolve stage: the example of each sieve through the shipped model, where that sieve answers."""

from __future__ import annotations

import pytest
from shipped import parsed

from quotes_cli.language.pipeline import attribute_and_resolve
from quotes_cli.language.resolve.sieves import SIEVES, Sieve
from quotes_cli.language.segment import segment


@pytest.mark.parametrize("sieve", SIEVES, ids=lambda sieve: sieve.name)
def test_a_sieve_answers_in_its_example(sieve: Sieve) -> None:
    spans = segment(sieve.example)
    _, resolutions = attribute_and_resolve(parsed(sieve.example, tuple(spans)), spans)
    assert resolutions[-1].sieve == sieve.name
