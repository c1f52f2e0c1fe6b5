"""The tables of the attribute stage: the example of each row through the shipped model, where that row has its say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from parses import build, rows
from shipped import parsed, quotations
from test_units_attribute import parsed as hand_parsed
from test_units_resolve import TABLES

from quotes_cli.language.attribute import attribute, sources, titles
from quotes_cli.language.attribute.kinds import OTHER, KindTest
from quotes_cli.language.attribute.rules import RULES, Rule
from quotes_cli.language.attribute.sources import ABOVE, NOBODY, OWN, Construction
from quotes_cli.language.attribute.titles import TITLES, TitleTest
from quotes_cli.language.attribute.vetoes import VETOES, Veto
from quotes_cli.language.pipeline import SHIPPED
from quotes_cli.language.segment import segment
from quotes_cli.language.tokens import Tokens
from quotes_cli.records import Attribution

pytestmark = pytest.mark.skipif(not SHIPPED.exists(), reason="the model is not in this checkout; run: make model")
Answers = list[tuple[str, str, Any]]


def attributions(text: str) -> list[Attribution]:
    spans = segment(text)
    return attribute(parsed(text, tuple(spans)), spans)


def watched(rows: tuple[Any, ...], field: str, table: str, answers: Answers) -> tuple[Any, ...]:
    """The rows of a table, which note their answers under its name."""

    def watch(row: Any) -> Any:
        function = getattr(row, field)

        def answer(*arguments: Any) -> Any:
            found = function(*arguments)
            if found is not None:
                answers.append((table, function.__name__, found))
            return found

        return replace(row, **{field: answer})

    return tuple(map(watch, rows))


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.name) for rule in RULES])
def test_a_rule_finds_the_source_in_its_example(rule: Rule) -> None:
    found = quotations(rule.example)[-1]
    assert found.rule == rule.name
    assert "ortiz" in (found.mention or "").lower()


@pytest.mark.parametrize("test", [pytest.param(test, id=test.name) for test in OTHER])
def test_a_test_holds_of_its_example(test: KindTest) -> None:
    assert ("other", test.name) in [(found.kind, found.rule) for found in quotations(test.example)]


@pytest.mark.parametrize("test", [pytest.param(test, id=test.holds.__name__) for test in TITLES])
def test_a_title_is_seen_by_its_place(test: TitleTest, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: Answers = []
    monkeypatch.setattr(titles, "TITLES", watched(TITLES, "holds", "", answers))
    assert quotations(test.example)[-1].rule == "title"
    assert answers[-1] == ("", test.holds.__name__, True)


@pytest.mark.parametrize(
    ("table", "construction"),
    [
        pytest.param(table, row, id=f"{table}-{row.find.__name__}")
        for table, rows in (("OWN", OWN), ("ABOVE", ABOVE[:-3]))  # those at the end are in both
        for row in rows
    ],
)
def test_a_construction_has_the_answer(table: str, construction: Construction, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: Answers = []
    monkeypatch.setattr(sources, "OWN", watched(OWN, "find", "OWN", answers))
    monkeypatch.setattr(sources, "ABOVE", watched(ABOVE, "find", "ABOVE", answers))
    quotations(construction.example)
    (answer,) = {found for *place, found in answers if place == [table, construction.find.__name__]}
    nobody = construction.find.__name__ in (
        "no_source_if_passive_subject",
        "no_source_if_other_subject",
        "no_source_if_passive",
        "nothing_above",
    )
    assert (answer == NOBODY) is nobody


@pytest.mark.parametrize("veto", [pytest.param(veto, id=veto.name) for veto in VETOES])
def test_a_veto_throws_out_and_is_recorded(veto: Veto) -> None:
    vetoed = attributions(veto.example)[-1].vetoed
    assert veto.name in [one.veto for one in vetoed]
    assert {one.rule for one in vetoed} <= {rule.name for rule in RULES}


def test_vetoes_stand_beside_the_rules_that_they_are_asked_of() -> None:
    """On all parses by hand."""
    lines = (TABLES / "attributions.txt").read_text(encoding="utf-8").splitlines()
    parses = [hand_parsed(line.rpartition(" = ")[0]) for line in lines if line and not line.startswith("#")]
    parses += [Tokens.of(build(row.parse)) for row in rows(TABLES.parent / "parses.txt")]
    vetoed = [one for tokens in parses for found in attribute(tokens, segment(tokens.text)) for one in found.vetoed]
    met = {(one.rule, one.veto) for one in vetoed}
    table = {(rule.name, veto.__name__) for rule in RULES for veto in rule.vetoes}
    assert met <= table
    assert {veto for _, veto in met} == {veto for _, veto in table} == {veto.name for veto in VETOES}


def test_names_of_rows_differ() -> None:
    for names in ([row.name for row in (*RULES, *OTHER)], [veto.name for veto in VETOES]):
        assert len(names) == len(set(names))
