"""Tables of the attribute stage, a row per decision: kinds, sources and mentions on parses by hand, without a model.

The tables are tests/data/units/kinds.txt and attributions.txt; the first lines of each say what a row holds.
"""

from __future__ import annotations

from importlib import import_module

import pytest
from parses import build
from spacy.tokens import Span
from test_units_resolve import TABLES

from quotes_cli.language.attribute import attribute
from quotes_cli.language.attribute.animacy import can_speak, is_time
from quotes_cli.language.attribute.context import Context
from quotes_cli.language.attribute.cues import Cues
from quotes_cli.language.segment import segment
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.cues import load_lexicon

confidence = import_module("quotes_cli.language.attribute.confidence")  # the package has a function of that name


def parsed(row: str) -> Tokens:
    """The parse of a row: a token of two parts hangs on its sentence's root, whatever its tag."""
    sentences = []
    for sentence in row.split(" || "):
        cells = sentence.split()
        root = next(cell.split("/")[0] for cell in cells if cell.endswith("/ROOT"))
        sentences.append(" ".join(f"{cell}/dep/{root}" if cell.count("/") == 1 else cell for cell in cells))
    return Tokens.of(build(" || ".join(sentences)))


def _rows(name: str) -> list[object]:
    lines = (TABLES / name).read_text(encoding="utf-8").splitlines()
    rows = [line.rpartition(" = ") for line in lines if line and not line.startswith("#")]
    return [pytest.param(row, expected, id=row.replace(" ", "_")) for row, _, expected in rows]


@pytest.mark.parametrize(("row", "expected"), _rows("kinds.txt"))
def test_what_the_marks_hold(row: str, expected: str) -> None:
    tokens = parsed(row)
    found = attribute(tokens, segment(tokens.text))
    assert " ".join(a.rule or "" if a.kind == "other" else a.kind for a in found) == expected


@pytest.mark.parametrize(("row", "expected"), _rows("attributions.txt"))
def test_source_cue_and_rule(row: str, expected: str) -> None:
    tokens = parsed(row)
    shown = []
    for found in attribute(tokens, segment(tokens.text)):
        cells = [tokens.text[slice(*place)] if place else "-" for place in (found.mention, found.cue)]
        shown.append(" | ".join([*cells, found.rule or "-"]))
        assert found.confidence == (confidence.confidence(found.rule, found.kind) if found.rule else None)
    assert "; ".join(shown) == expected


def tree(words: str) -> Tokens:
    """Tokens `word/TAG`, all under the first, `#LABEL` behind one an entity's."""
    cells = [cell.partition("#") for cell in words.split()]
    first = cells[0][0].split("/")[0]
    doc = build(" ".join(f"{cell}/dep/{first}" if i else f"{cell}/ROOT" for i, (cell, _, _) in enumerate(cells)))
    doc.set_ents([Span(doc, i, i + 1, label) for i, (_, _, label) in enumerate(cells) if label])
    return Tokens.of(doc)


SPEAK = (
    "Zyx/NNP he/PRP they/PRP her/PRP$ who/WP some/PRON many/PRON most/PRON others/PRON one/PRON everyone/PRON "
    "someone/PRON several/PRON both/PRON few/PRON those/PRON another/PRON all/PRON mayor/NN mayors/NNS bank/NN "
    "crowd/NN report/NN kayaker/NN kayakers/NNS "
    "bridge/NN#PERSON bridge/NN#ORG bridge/NN#NORP bridge/NN#GPE May/NNP#PERSON"
)
MUTE = (
    "it/PRP its/PRP$ itself/PRP none/PRON bridge/NN bridges/NNS bridge/NN#LOC monday/NN Monday/NNP May/NNP number/NN "
    "water/NN letterhead/NN table/NN door/NN floors/NNS older/JJR"
)


@pytest.mark.parametrize(("word", "speaks"), [(w, True) for w in SPEAK.split()] + [(w, False) for w in MUTE.split()])
def test_who_can_speak(word: str, speaks: bool) -> None:
    made = tree(word.replace("/PRON", "/DT"))
    if word.endswith("/PRON"):
        made.pos[0] = "PRON"
    assert can_speak(made, 0) is speaks
    assert is_time(made, 0) is (word.lower().startswith(("monday", "may/")) and "#" not in word)


def test_precision_of_the_rules() -> None:
    assert 0.5 < confidence.confidence("quote_cue_subject", "direct") <= 1.0
    assert confidence.confidence("no_such_rule", "direct") is None
    assert all(0.0 <= precision <= 1.0 for precision in confidence._precisions().values())


@pytest.mark.parametrize(
    ("words", "lemma", "cls"),
    [
        ("said/VBD so/RB", "say", "say"),
        ("pointed/VBD out/RP", "point out", "say"),
        ("pointed/VBD it/PRP out/RP", "point out", "say"),
        ("pointed/VBD it/PRP all/DT out/RP", "point out", "say"),
        ("pointed/VBD it/PRP all/DT so/RB out/RP", "point", "gesture"),  # at most three words behind
        ("pointed/VBD at/IN", "point", "gesture"),
        ("asked/VBD", "ask", "ask"),
        ("wrote/VBD", "write", "write"),
        ("walked/VBD", None, None),
    ],
)
def test_reporting_verbs(words: str, lemma: str | None, cls: str | None) -> None:
    cues = Cues(tree(words), load_lexicon())
    assert (cues.verb_lemma(0), cues.verb_class(0)) == (lemma, cls)


@pytest.mark.parametrize(
    ("word", "cls"),
    [
        ("claim/NN", "utterance"),
        ("claims/NNS", "utterance"),
        ("Statement/NNP", "utterance"),
        ("report/NN", "document"),
        ("bridge/NN", None),
        ("claim/VB", None),
    ],
)
def test_reporting_nouns(word: str, cls: str | None) -> None:
    assert Cues(tree(word), load_lexicon()).noun_class(0) == cls


def test_a_cue_takes_its_particle() -> None:
    doc = build("pointed/VBD/ROOT it/PRP/obj/pointed out/RP/compound:prt/pointed")
    assert Cues(Tokens.of(doc), load_lexicon()).with_particle(0) == (0, 2)
    doc = build("pointed/VBD/ROOT it/PRP/obj/pointed all/DT/det/it out/RP/compound:prt/pointed")
    assert Cues(Tokens.of(doc), load_lexicon()).with_particle(0) == (0,)


# --- the article as the rules see it

NESTED = (
    "“ He/PRP/nsubj/said said/VBD/ROOT ‘ go/VB/ccomp/said ’ to/IN/case/me me/PRP/obl/said , ” "
    "Lee/NNP/nsubj/told told/VBD/dep/said us/PRP/obj/told ."
)


def context(row: str) -> Context:
    tokens = parsed(row)
    return Context(tokens, segment(tokens.text), load_lexicon())


def words_of(c: Context, tokens: list[int]) -> str:
    return " ".join(c.tokens.words[i] for i in tokens)


def test_what_stands_around_a_quotation() -> None:
    c = context(
        "Lee/NNP spoke/VBD/ROOT . || Ortiz/NNP/nsubj/said said/VBD/ROOT , “ We/PRP go/VBP , ” and/CC left/VBD . "
        "|| It/PRP rained/VBD/ROOT ."
    )
    [q] = c.quotes
    assert words_of(c, q.before) == ", said Ortiz . spoke Lee"
    assert words_of(c, q.sentence_before) == ", said Ortiz"
    assert words_of(c, q.after) == "and left . It rained ."
    assert words_of(c, q.sentence_after) == "and left"
    assert (q.text, q.ending, q.words, q.capital) == ("We go,", ",", 2, True)
    assert [c.tokens.words[i] for i in (q.first, q.last, q.left, q.right)] == ["We", ",", ",", "and"]


def test_inner_quotations_lie_in_the_outer_one() -> None:
    c = context(NESTED)
    outer, inner = c.quotes
    go = c.tokens.words.index("go")
    he = c.tokens.words.index("He")
    lee = c.tokens.words.index("Lee")
    assert outer.holds(go)
    assert inner.holds(go)
    assert outer.holds(he)
    assert not inner.holds(he)
    assert not outer.holds(lee)
    assert [inner.barred(i) for i in (he, go, lee)] == [False, True, True]
    assert [outer.barred(i) for i in (he, go, lee)] == [True, True, False]


def test_lines_around_a_quotation_alone_in_its_paragraph() -> None:
    c = context("ORTIZ/NNP/ROOT : ¶ “ Go/VB/ROOT . ” ¶ Lee/NNP/ROOT left/VBD .")
    [q] = c.quotes
    assert (q.left, q.right, q.paragraph, q.last_paragraph) == (-1, -1, 1, 1)
    assert words_of(c, q.line_before) == ": ORTIZ"
    assert words_of(c, q.line_after) == "Lee left ."
    assert list(q.before) == list(q.after) == []


@pytest.mark.parametrize(
    ("row", "token", "ends"),
    [
        ("Lee/NNP left/VBD/ROOT . || He/PRP ran/VBD/ROOT .", ".", True),
        ("Lee/NNP left/VBD/ROOT ! || He/PRP ran/VBD/ROOT .", "!", True),
        ("Lee/NNP left/VBD/ROOT ? || He/PRP ran/VBD/ROOT .", "?", True),
        ("Lee/NNP left/VBD/ROOT … || He/PRP ran/VBD/ROOT .", "…", True),
        ("Lee/NNP left/VBD/ROOT ... || He/PRP ran/VBD/ROOT .", "...", True),
        ("Lee/NNP left/VBD/ROOT ... and/CC ran/VBD .", "...", False),
        ("Lee/NNP left/VBD/ROOT . , he/PRP ran/VBD .", ".", False),
        ("Lee/NNP left/VBD/ROOT at/IN 9/CD a.m./NN || He/PRP ran/VBD/ROOT .", "a.m.", True),
        ("Lee/NNP left/VBD/ROOT at/IN 9/CD a.m./NN Friday/NNP .", "a.m.", False),
        ("Mr./NNP Lee/NNP left/VBD/ROOT .", "Mr.", False),
        ("Lee/NNP left/VBD/ROOT .", "left", False),
        ("He/PRP left/VBD/ROOT at/IN 9/CD a.m./NN", "a.m.", True),
    ],
)
def test_full_stops(row: str, token: str, ends: bool) -> None:
    c = context(row)
    assert c.ends_sentence(c.tokens.words.index(token)) is ends


@pytest.mark.parametrize(
    ("row", "before", "after"),
    [
        ("“ Go/VB/ROOT . ”", "", ""),
        ("Ortiz/NNP/ROOT ¶ Lee/NNP ¶ “ Go/VB . ” ¶ Ana/NNP ¶ Dee/NNP", "Lee", "Ana"),
        ("Ortiz/NNP/ROOT ¶ Lee/NNP ran/VBD ↵ “ Go/VB . ” ↵ Ana/NNP left/VBD", "ran Lee", "Ana left"),
        ("Lee/NNP/ROOT ¶ So/RB “ Go/VB . ” now/RB ¶ Ana/NNP", "", ""),
        ("“ Go/VB/ROOT . ” ¶ “ So/RB , ” Lee/NNP said/VBD", "", ""),
        ("Lee/NNP/ROOT said/VBD , “ So/RB . ” ¶ “ Go/VB . ”", "", ""),
    ],
)
def test_the_lines_beside(row: str, before: str, after: str) -> None:
    c = context(row)
    q = next(q for q in c.quotes if "Go" in q.text)
    assert (words_of(c, q.line_before), words_of(c, q.line_after)) == (before, after)


def test_titles_are_looked_past() -> None:
    c = context(
        "Lee/NNP/nsubj/left saw/VBD the/DT film/NN “ Red/NNP Sun/NNP ” twice/RB , “ We/PRP go/VBP , ” and/CC the/DT "
        "film/NN “ Old/NNP Port/NNP ” too/RB left/VBD/ROOT , “ they/PRP go/VBP , ” all/DT ."
    )
    one, first, other, second = c.quotes
    one.test = other.test = "title"
    assert words_of(c, first.after) == "and the film too left ,"
    assert words_of(c, first.sentence_before) == ", twice film the saw Lee"
    assert words_of(c, second.sentence_before) == ", left too film the and , twice film the saw Lee"
    assert words_of(c, second.after) == "all ."


def test_a_sentence_begins_behind_a_finished_quotation() -> None:
    row = "“ Rain/NN fell/VBD {} ” {} left/VBD/ROOT , “ We/PRP go/VBP , ” so/RB ."
    for stop, name, before in (
        (".", "Lee/NNP", ", left Lee"),
        ("!", "Lee/NNP", ", left Lee"),
        (",", "Lee/NNP", ", left Lee"),
    ):
        c = context("It/PRP was/VBD late/RB " + row.format(stop, name))
        early = [] if stop in ".!" else ["late", "was", "It"]
        assert words_of(c, c.quotes[1].sentence_before) == " ".join([before, *early])
    c = context("It/PRP was/VBD late/RB " + row.format(".", "she/PRP"))
    assert words_of(c, c.quotes[1].sentence_before) == ", left she late was It"
