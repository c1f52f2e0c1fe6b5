"""The parse stage with the shipped model: what holds of its `Doc` whatever the model says, and the spaCy component."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from parses import build
from spacy.language import Language
from spacy.tokens import Doc

from quotes_cli.language.component import KEY
from quotes_cli.language.parse import LONG, SHORT, parse
from quotes_cli.language.pipeline import load_model
from quotes_cli.language.segment import segment
from quotes_cli.records import MarkedSpan

LONG_QUOTATION = (
    '"The pier was built for forty boats. It carries ninety, and nobody asked us. Who signed that? I would like to '
    'know," Rowland told the council, and the hall fell silent.'
)
WRAPPED = (
    '"The pier is shut for good and so is the old ferry,"\n'
    "Rowland told the Gazette on Monday as her crew took\n"
    "down the last of the lamps along the old sea wall, and\n"
    'nobody "in the whole wide town" came to look at it.\n'
)
TEXTS: dict[str, str] = {
    "empty": "",
    "white space only": " \n\t \r\n",
    "one line": '"We won," Ortiz said.',
    "line feed at the end": '"We won," Ortiz said.\n',
    "CRLF": '"We won," Ortiz said.\r\n\r\n"Twice," she added.\r\n',
    "CR": '"We won," Ortiz said.\r\r"Twice," she added.',
    "tabs": 'ORTIZ:\t"We won."\t\tLEE:\t"We lost."',
    "two spaces": '"We won,"  Ortiz  said.  "Twice."',
    "leading space": '   "We won," Ortiz said.',
    "no-break space": "Ortiz said «\xa0nous avons gagné\xa0» on\xa0Monday.",
    "thin space": "Ortiz said «\u202fnous\u202f» today.",
    "byte order mark": '\ufeff"We won," Ortiz said.',
    "zero width": 'Ortiz\u200b said "we\u200b won".',
    "soft hyphen": 'Ortiz said the "har\u00adbour" was shut.',
    "astral": '"We won 🏆🥇," Ortiz said 🎉. "𝒯wice!"',
    "joined emoji": 'She wrote "👩‍👩‍👧 forever" on it.',
    "combining accents": 'Ortiz said the cafe\u0301 was "tre\u0300s bon".',
    "glued before": 'Ortiz said,"We won."',
    "glued behind": '"We won,"said Ortiz.',
    "glued word": 'the pro"freedom"camp met',
    "dash and mark": 'He left—"for good"—on Monday.',
    "mark in a contraction": "'It's ours,' said O'Neill.",
    "nested": "\"He told me 'run' and I ran,\" Castell said.",
    "unclosed": '"We won, Ortiz said.\n\nNobody else did.',
    "marks only": '""',
    "empty marks": 'He said "" and left.',
    "spaced marks": 'He said " we won " and left.',
    "paragraph breaks": '"We won.\n\n"Twice," Ortiz said.\n\n\n\nEnd.',
    "line separator": '"We won,"\u2028Ortiz said.\u2029"Twice."',
    "hard wraps": WRAPPED,
    "hard wraps CRLF": WRAPPED.replace("\n", "\r\n"),
    "long quotation": LONG_QUOTATION,
    "two long quotations": LONG_QUOTATION + " " + LONG_QUOTATION,
    "long quotation only": '"The pier was built for forty boats, and it carries ninety of them."',
    "long over paragraphs": '"The pier was built for forty boats.\n\n"It carries ninety of them today," Rowland said.',
    "long with a line break": '"The pier was built for forty boats and\ncarries ninety of them now," Rowland said.',
    "web address": 'See https://example.org/"quoted"/x, said Ortiz.',
    "abbreviations": '"Mr. J. R. Ortiz et al. won," the U.S. said.',
}


def _parsed(nlp: Language, text: str) -> tuple[Doc, list[MarkedSpan]]:
    spans = segment(text)
    return parse(nlp, text, spans), spans


@pytest.fixture(scope="module", params=TEXTS.values(), ids=TEXTS.keys())
def parsed(nlp: Language, request: pytest.FixtureRequest) -> tuple[str, Doc, list[MarkedSpan]]:
    return (request.param, *_parsed(nlp, request.param))


def _above(doc: Doc, i: int) -> Iterator[int]:
    while doc[i].head.i != i:
        i = doc[i].head.i
        yield i


def _assert_is_a_tree(doc: Doc) -> None:
    for token in doc:
        assert 0 <= token.head.i < len(doc)
        for steps, _ in enumerate(_above(doc, token.i)):
            assert steps < len(doc), f"{token.text!r} stands in a cycle"


def test_text_is_the_article_s(parsed: tuple[str, Doc, list[MarkedSpan]]) -> None:
    text, doc, _ = parsed
    assert doc.text == text
    assert [token.text for token in doc] == [text[token.idx : token.idx + len(token)] for token in doc]


def test_every_token_leads_to_a_root(parsed: tuple[str, Doc, list[MarkedSpan]]) -> None:
    _, doc, _ = parsed
    _assert_is_a_tree(doc)


def test_white_space_governs_nothing_but_white_space(parsed: tuple[str, Doc, list[MarkedSpan]]) -> None:
    _, doc, _ = parsed
    assert [t.text for t in doc if t.head.is_space and not t.is_space] == []


def test_no_token_crosses_a_mark(parsed: tuple[str, Doc, list[MarkedSpan]]) -> None:
    _, doc, spans = parsed
    borders = {b for s in spans for b in (s.outer_start, s.start, s.end, s.outer_end)}
    crossing = [t.text for t in doc if not t.is_space and any(t.idx < b < t.idx + len(t) for b in borders)]
    assert crossing == []


def test_no_sentence_begins_inside_a_short_quotation(parsed: tuple[str, Doc, list[MarkedSpan]]) -> None:
    _, doc, spans = parsed
    for span in spans:
        inside = [t for t in doc if span.start <= t.idx < span.end and not t.is_space]
        if len(inside) < SHORT and len(span.pieces) == 1:
            assert [t.text for t in inside[1:] if t.is_sent_start] == []


def test_every_word_has_a_tag(parsed: tuple[str, Doc, list[MarkedSpan]]) -> None:
    _, doc, _ = parsed
    assert [t.text for t in doc if not t.tag_ or not t.dep_ or not t.lemma_] == []


@pytest.mark.parametrize(
    "text",
    [
        'Ortiz said "no. Never. Not me" and left.',
        '"No! Never!" Ortiz said.',
        "Ortiz said 'Stop. Think. Go' twice.",
        'The sign "Stop! Look. Listen" is gone.',
    ],
)
def test_a_short_quotation_is_one_sentence(nlp: Language, text: str) -> None:
    doc, [span] = _parsed(nlp, text)
    inside = doc.char_span(span.start, span.end)
    assert inside is not None
    assert not any(token.is_sent_start for token in inside[1:])


def test_a_long_quotation_hangs_together_by_one_token(nlp: Language) -> None:
    doc, [span] = _parsed(nlp, LONG_QUOTATION)
    inside = [t for t in doc if span.start <= t.idx < span.end - 1]
    assert len(inside) > LONG

    leaving = [t for t in inside if t.head not in inside or t.head.i == t.i]

    assert len(leaving) == 1
    assert all(t.head.i == t.i or t.head in inside or t is leaving[0] for t in inside)


def test_a_long_quotation_governs_no_word_of_the_reporter_s_but_its_tag(nlp: Language) -> None:
    doc, [span] = _parsed(nlp, LONG_QUOTATION)
    outside = [t for t in doc if t.idx > span.outer_end and t.pos_ != "PUNCT"]
    told = next(t for t in outside if t.text == "told")
    assert [c.text for c in told.lefts if c.dep_ == "nsubj"] == ["Rowland"]
    assert [t.text for t in outside if t is not told and span.start <= t.head.idx < span.end] == []


def test_each_paragraph_is_parsed_by_itself(nlp: Language) -> None:
    text = "The mayor\n\nspoke of\n\nthe pier."
    doc, _ = _parsed(nlp, text)
    assert all("\n\n" not in text[min(t.idx, t.head.idx) : max(t.idx, t.head.idx)] for t in doc if not t.is_space)


def test_hard_wrapped_lines_are_one_paragraph(nlp: Language) -> None:
    doc, _ = _parsed(nlp, WRAPPED)
    told = next(t for t in doc if t.text == "told")
    assert [c.text for c in told.lefts if c.dep_ == "nsubj"] == ["Rowland"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.sampled_from("aBé .,!\"“”‘’'«»—-\n\r\t\xa0\u200b😀1"), max_size=60))
def test_any_text_comes_back(nlp: Language, text: str) -> None:
    doc, _ = _parsed(nlp, text)
    assert doc.text == text
    _assert_is_a_tree(doc)


CLEARNLP = (
    "“ We/PRP/nsubj/rebuild will/MD rebuild/VB/ccomp/told , ” Ana/NNP/nsubj/told Ortiz/NNP/flat/Ana told/VBD/ROOT "
    "reporters/NNS/iobj/told on/IN Monday/NNP/obl/told . || It/PRP/nsubj:pass/called was/VBD/aux:pass/called "
    "called/VBN/ROOT “ a/DT lie/NN/xcomp/called ” by/IN Lee/NNP/obl:agent/called . || The/DT song/NN/nsubj/ended "
    "“ Harbour/NNP/compound/Lights Lights/NNPS/appos/song ” ended/VBD/ROOT ."
)
KINDS = [("We will rebuild,", "direct", "Ana Ortiz", "told"), ("a lie", "mixed", "Lee", "called")]


def _quotations(doc: Doc) -> list[tuple[str, str, str, str]]:
    group = doc.spans[KEY]
    rows = group.attrs["records"]
    assert [row["id"] for row in rows] == list(range(1, len(rows) + 1))
    assert all(doc.text[row["start"] : row["end"]] == row["quote"] for row in rows)
    return [(span.text, span.label_, row["mention"], row["cue"]) for span, row in zip(group, rows, strict=True)]


@pytest.mark.parametrize("scheme", ["ud", "clearnlp"])
def test_component_on_a_parsed_document_without_a_model(scheme: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("quotations")

    doc = nlp.get_pipe("quotations")(build(CLEARNLP, scheme))

    assert _quotations(doc) == KINDS


@pytest.mark.parametrize("scheme", ["ud", "clearnlp"])
def test_component_survives_bytes(scheme: str) -> None:
    nlp = spacy.blank("en")
    doc = nlp.add_pipe("quotations")(build(CLEARNLP, scheme))

    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())

    assert _quotations(again) == KINDS
    assert again.spans[KEY].attrs == doc.spans[KEY].attrs


def test_component_keeps_what_is_no_quotation_when_asked() -> None:
    component = spacy.blank("en").add_pipe("quotations", config={"other": True})
    doc = component(build(CLEARNLP, "clearnlp"))
    assert [span.label_ for span in doc.spans[KEY]] == ["direct", "mixed", "other"]


def test_component_on_an_article_without_quotations() -> None:
    doc = spacy.blank("en").add_pipe("quotations")(build("Ortiz/NNP/nsubj/left left/VBD/ROOT ."))
    assert list(doc.spans[KEY]) == []
    assert Doc(doc.vocab).from_bytes(doc.to_bytes()).spans[KEY].attrs == {"records": []}


def test_component_in_the_shipped_pipeline() -> None:
    nlp = load_model()
    nlp.add_pipe("quotations")

    doc = nlp('"We will rebuild," Ana Ortiz told reporters. The song "Harbour Lights" ended.')
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())

    assert _quotations(again) == [("We will rebuild,", "direct", "Ana Ortiz", "told")]


def test_parse_leaves_the_component_out() -> None:
    own = load_model()
    own.add_pipe("quotations")
    doc, _ = _parsed(own, '"We won," Ortiz said.')
    assert KEY not in doc.spans
