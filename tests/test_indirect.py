"""What is reported without marks, on short texts of our own through the whole pipeline with the shipped model.

The table is tests/data/indirect.tsv: construction, text, and of each record of kind `indirect`, divided by ` | `, its
words, its speaker and its rule (empty where any will do). Rows without statements are near misses. The last column is
the reason of a known failure, which makes the row a strict xfail.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from parses import tsv
from spacy.language import Language

from quotes_cli.language.attribute.indirect.rules import TABLE as CONSTRUCTIONS
from quotes_cli.language.attribute.indirect.weights import CHOICES, shipped
from quotes_cli.language.explanation import explain
from quotes_cli.language.pipeline import SHIPPED, extract_article
from quotes_cli.library import extract
from quotes_cli.records import INDIRECT, Article, Quotation, numbered

pytestmark = pytest.mark.skipif(not SHIPPED.exists(), reason="the model is not in this checkout; run: make model")
TABLE = Path(__file__).parent / "data" / "indirect.tsv"
ARTICLE = (
    'Ana Ortiz said the plan was "a disgrace" that must end.\n\n'
    "The council was told of it. She promised to fight it in court, and Bo Lee asked whether she would win.\n\n"
    '"We will see," Lee said.'
)


ROWS = tsv(TABLE)


def _params() -> list[object]:
    return [
        pytest.param(
            text,
            *([part for part in cell.split(" | ") if part] for cell in cells),
            id=construction.replace(" ", "-"),
            marks=[pytest.mark.xfail(reason=reason, strict=True)] if reason else [],
        )
        for construction, text, *cells, reason in ROWS
    ]


def without_marks(found: list[Quotation]) -> list[Quotation]:
    return [quotation for quotation in found if quotation.kind == INDIRECT]


@pytest.mark.parametrize(("text", "contents", "speakers", "rules"), _params())
def test_what_a_sentence_reports(
    text: str, contents: list[str], speakers: list[str], rules: list[str], nlp: Language
) -> None:
    found = without_marks(extract(text, nlp=nlp, indirect=True))

    assert [(q.quote, q.speaker) for q in found] == list(zip(contents, speakers, strict=True))
    if rules:
        assert [q.rule for q in found] == rules
    for q in found:
        assert text[q.start : q.end] == q.quote
        assert q.mention == text[slice(q.mention_start, q.mention_end)]
        assert q.cue == text[slice(q.cue_start, q.cue_end)]
        assert 0 < (q.confidence or 0) < 1


def test_the_table_is_whole() -> None:
    assert all(len(row) == 6 for row in ROWS)
    assert len(ROWS) >= 120
    assert len({row[0] for row in ROWS}) == len({row[1] for row in ROWS}) == len(ROWS)


def test_nothing_is_added_unless_it_is_asked_for(nlp: Language) -> None:
    assert without_marks(extract(ARTICLE, nlp=nlp)) == []
    assert without_marks(extract_article(Article("-", ARTICLE), nlp)) == []


def test_the_records_stand_in_the_order_of_the_text(nlp: Language) -> None:
    found = extract(ARTICLE, nlp=nlp, indirect=True)
    assert [q.id for q in found] == list(range(1, len(found) + 1))
    assert [q.start for q in found] == sorted(q.start for q in found)
    assert [(q.kind, q.speaker) for q in found] == [
        ("indirect", "Ana Ortiz"),
        ("mixed", "Ana Ortiz"),
        ("indirect", "Ana Ortiz"),
        ("indirect", "Bo Lee"),
        ("direct", "Bo Lee"),
    ]


def test_a_fragment_in_marks_lies_within_the_clause_that_reports_it(nlp: Language) -> None:
    clause, fragment, *_ = extract(ARTICLE, nlp=nlp, indirect=True)
    assert clause.start < fragment.start < fragment.end < clause.end
    assert clause.cue == fragment.cue


def test_a_statement_names_what_it_holds_in_marks(nlp: Language) -> None:
    clause, fragment, *others = extract(ARTICLE, nlp=nlp, indirect=True)
    assert (clause.kind, clause.holds) == (INDIRECT, str(fragment.id))
    assert [q.holds for q in (fragment, *others)] == [None] * (1 + len(others))


def test_what_it_holds_keeps_its_number_where_others_are_left_out(nlp: Language) -> None:
    text = (
        'The town read "The Long Winter" in May. Ana Ortiz said the plan was "a disgrace" and "a shame" that must end.'
    )
    found = extract_article(Article("-", text), nlp, indirect=True)
    clause = next(q for q in found if q.kind == INDIRECT)
    kept = extract(text, nlp=nlp, indirect=True)
    renumbered = next(q for q in kept if q.kind == INDIRECT)

    assert {q.kind for q in found} == {"other", "mixed", INDIRECT}
    for statement, records in ((clause, found), (renumbered, kept)):
        held = [q for q in records if str(q.id) in (statement.holds or "").split("; ")]
        assert [q.quote for q in held] == ["a disgrace", "a shame"]


def test_numbers_of_what_is_left_out_are_left_out() -> None:
    def record(number: int, holds: str | None = None) -> Quotation:
        return Quotation("-", number, "it", *[None] * 3, INDIRECT, None, None, 1, 0, 2, *[None] * 4, holds=holds)

    assert [(q.id, q.holds) for q in numbered([record(2, "3; 5"), record(5), record(7, "3")])] == [
        (1, "2"),
        (2, None),
        (3, None),
    ]


def test_a_heading(nlp: Language) -> None:
    text = "Ines Vasquez: The old bridge must go before winter\n\nThe council met in Linz on Monday."
    (found,) = without_marks(extract(text, nlp=nlp, indirect=True))
    assert (found.quote, found.speaker, found.cue) == ("The old bridge must go before winter", "Ines Vasquez", ":")
    assert without_marks(extract(text.partition("\n")[2] + "\n\n" + text, nlp=nlp, indirect=True)) == []


def test_quotations_in_marks_stay_as_they_are(nlp: Language) -> None:
    def marked(indirect: bool) -> list[tuple[str, str | None, str | None]]:
        found = extract(ARTICLE, nlp=nlp, indirect=indirect)
        return [(q.quote, q.speaker, q.rule) for q in found if q.kind != INDIRECT]

    assert marked(True) == marked(False)


def test_attitudes_are_thoughts_and_wishes_too(nlp: Language) -> None:
    text = "Ines Vasquez believes that the bridge will hold."
    assert without_marks(extract(text, nlp=nlp, indirect=True)) == []
    (found,) = without_marks(extract(text, nlp=nlp, indirect=True, attitudes=True))
    assert (found.quote, found.speaker) == ("that the bridge will hold", "Ines Vasquez")


@pytest.mark.parametrize("text", ["", " \n\n ", ".", "—", '"', "said", "according to", "She said", "said that."])
def test_texts_with_hardly_anything(text: str, nlp: Language) -> None:
    for found in extract(text, nlp=nlp, indirect=True, attitudes=True):
        assert text[found.start : found.end] == found.quote


def test_the_seed(nlp: Language) -> None:
    text = next((Path(__file__).parent.parent / "seeds").glob("*.txt")).read_text(encoding="utf-8")
    speakers = [q.speaker for q in without_marks(extract(text, nlp=nlp, indirect=True))]
    assert speakers.count("Volodymyr Zelenskyy") >= 4
    assert speakers.count("Mette Frederiksen") >= 1


def test_it_is_explained(nlp: Language) -> None:
    explained = explain(Article("-", ARTICLE), nlp, indirect=True)
    first = explained[0]
    assert first.quotation.kind == INDIRECT
    assert first.rule is not None
    assert (first.rule.name, first.tried) == ("complement", ())
    assert all((first.rule.says, first.rule.example, first.path))


@pytest.mark.parametrize("other", [True, False])
def test_the_component_takes_it(other: bool, nlp: Language) -> None:
    with nlp.select_pipes(disable=[]):
        nlp.add_pipe("quotations", config={"indirect": True, "other": other})
        try:
            doc = nlp(ARTICLE)
            assert [span.label_ for span in doc.spans["quotations"]].count(INDIRECT) == 3
        finally:
            nlp.remove_pipe("quotations")


def test_every_construction_has_an_example_and_a_name_of_its_own() -> None:
    names = [name for row in CONSTRUCTIONS for name in row.names]
    assert len(set(names)) == len(names)
    assert all(len(row.names) == len(row.examples) and row.find.__doc__ for row in CONSTRUCTIONS)
    assert all("Ortiz" in example for row in CONSTRUCTIONS for example in row.examples)


def test_the_weights_are_read() -> None:
    weights = shipped()
    assert all(len(weights[choice]) > 1000 for choice in CHOICES)
