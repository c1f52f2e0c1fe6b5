"""The names' figures of the accuracy gate, on rows written by hand; and the resolver's look-up of misspelt surnames."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from quotes_cli.evaluation.accuracy import by_mention, given
from quotes_cli.evaluation.indirect import outcomes
from quotes_cli.language.resolve.matching import Catalogue
from quotes_cli.records import INDIRECT, Quotation

SCORE = SimpleNamespace(source_class=lambda gold: "pronoun" if gold["sources"][0]["text"] == "she" else "name")


def _row(mention: str | None, speaker: str | None, right: bool) -> dict[str, Any]:
    return {"gold": {"mention": mention}, "pred": {"speaker": speaker}, "strict": right, "loose": right}


def test_names_by_kind_of_mention() -> None:
    rows = [_row("she", "Ana Ortiz", True), _row("she", None, False), _row(None, "Bo Lee", False)]
    missed = {"gold": {"mention": "she"}, "pred": None, "strict": False, "loose": False}

    table = by_mention(SCORE, [*rows, missed])

    assert {kind: dict(counts) for kind, counts in table.items()} == {
        "pronoun": {"found": 2, "blank": 1, "exact": 1, "loose": 1},
        "none": {"found": 1, "blank": 0, "exact": 0, "loose": 0},
    }


def test_names_given_count_those_on_no_speech_too() -> None:
    rows = [_row("she", "Ana Ortiz", True), _row("she", None, False), _row(None, "Bo Lee", False)]
    predictions = {"a": [row["pred"] for row in rows] + [{"speaker": "Cy Dee"}]}
    assert given(rows, predictions) == {"p": 1 / 3, "found": 1 / 2, "n": 3}


def test_a_statement_is_right_where_it_is_annotated_with_its_source() -> None:
    score = SimpleNamespace(
        iou=lambda found, gold: 1.0 if found["start"] == gold["start"] else 0.2,
        source_hit=lambda found, gold: found["mention_start"] == gold["source"],
    )

    def statement(start: int, mention: int, confidence: float | None = 0.7) -> Quotation:
        return Quotation(
            *("a", 1, "it holds", "Ana Ortiz", "said", "she", INDIRECT, "complement", confidence, 1),
            *(start, start + 8, None, None, mention, mention + 3),
        )

    golds = [{"doc": "a", "statements": [{"start": 10, "source": 0}, {"start": 40, "source": 30}]}]
    found = {"a": [statement(10, 0), statement(40, 0), statement(70, 0), statement(10, 0, None)]}

    judged = outcomes(score, golds, found)

    assert [one.right for one in judged] == [True, False, False]
    assert {(one.rule, one.kind, one.confidence) for one in judged} == {("complement", INDIRECT, 0.7)}


def test_misspelt_surnames_are_two_edits_away_at_most() -> None:
    catalogue = Catalogue()
    for name in ("lydia buchanan", "peter marshall", "ana buchner"):
        catalogue.place_full(tuple(name.split()), "person")

    def near(word: str) -> set[str | None]:
        return {entity.name for entity in catalogue.misspelt(word)}

    assert near("buchannan") == {"lydia buchanan"}
    assert near("marschal") == {"peter marshall"}
    assert near("buchanans") == {"lydia buchanan"}
    assert near("barshall") == near("buchanannan") == near("lee") == set()
