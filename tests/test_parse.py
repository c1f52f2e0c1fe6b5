"""The parse stage with the shipped model: what holds of its tokens whatever the model says, and the spaCy component."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from parses import build
from spacy.language import Language
from spacy.tokens import Doc

from quotes_cli.language.component import KEY
from quotes_cli.language.parse import LONG, SHORT, parse
from quotes_cli.language.parse.line import flattened
from quotes_cli.language.pipeline import load_model
from quotes_cli.language.segment import ZERO_WIDTH, segment
from quotes_cli.language.tokens import Tokens
from quotes_cli.library import extract
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


def _parsed(nlp: Language, text: str) -> tuple[Tokens, list[MarkedSpan]]:
    spans = segment(text)
    return parse(nlp, [text], [spans], fully=True)[0], spans


@pytest.fixture(scope="module", params=TEXTS.values(), ids=TEXTS.keys())
def parsed(nlp: Language, request: pytest.FixtureRequest) -> tuple[str, Tokens, list[MarkedSpan]]:
    return (request.param, *_parsed(nlp, request.param))


def _assert_sound(text: str, tokens: Tokens) -> None:
    """Every visible character is one token's, in order; every token leads to a root in its own paragraph."""
    visible = str.maketrans("", "", ZERO_WIDTH)
    assert "".join(tokens.words) == "".join(text.translate(visible).split())
    for i, word in enumerate(tokens.words):
        assert text[tokens.start[i] : tokens.end[i]].translate(visible) == word
        assert tokens.paragraph[tokens.head[i]] == tokens.paragraph[i]
        assert i == tokens.head[i] or tokens.head[(top := list(tokens.ancestors(i))[-1])] == top
    assert tokens.start == sorted(tokens.start)


def _children(tokens: Tokens, i: int, relation: str) -> list[str]:
    return [tokens.words[child] for child in tokens.children[i] if tokens.dep[child] == relation]


def test_the_words_are_the_article_s(parsed: tuple[str, Tokens, list[MarkedSpan]]) -> None:
    text, tokens, _ = parsed
    _assert_sound(text, tokens)


def test_no_token_crosses_a_mark(parsed: tuple[str, Tokens, list[MarkedSpan]]) -> None:
    _, tokens, spans = parsed
    borders = {b for s in spans for b in (s.outer_start, s.start, s.end, s.outer_end)}
    places = zip(tokens.words, tokens.start, tokens.end, strict=True)
    assert [word for word, start, end in places if any(start < b < end for b in borders)] == []


def test_no_sentence_begins_inside_a_short_quotation(parsed: tuple[str, Tokens, list[MarkedSpan]]) -> None:
    _, tokens, spans = parsed
    for span in spans:
        first, last = tokens.range_of(span.start, span.end)
        if last - first < SHORT and len(span.pieces) == 1:
            assert len(set(tokens.sentence[first:last])) <= 1


def test_every_word_has_a_tag(parsed: tuple[str, Tokens, list[MarkedSpan]]) -> None:
    _, tokens, _ = parsed
    assert all(map(all, zip(tokens.tag, tokens.dep, tokens.lemma, strict=True)))


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
    tokens, [span] = _parsed(nlp, text)
    assert len(set(tokens.sentence[slice(*tokens.range_of(span.start, span.end))])) == 1


def test_a_long_quotation_hangs_together_by_one_token(nlp: Language) -> None:
    tokens, [span] = _parsed(nlp, LONG_QUOTATION)
    inside = range(*tokens.range_of(span.start, span.end - 1))
    assert len(inside) > LONG
    assert sum(tokens.head[i] not in inside or tokens.head[i] == i for i in inside) == 1


def test_a_long_quotation_governs_no_word_of_the_reporter_s_but_its_tag(nlp: Language) -> None:
    tokens, [span] = _parsed(nlp, LONG_QUOTATION)
    inside = range(*tokens.range_of(span.start, span.end))
    outside = [i for i in range(inside.stop + 1, len(tokens)) if tokens.pos[i] != "PUNCT"]
    told = next(i for i in outside if tokens.words[i] == "told")
    assert _children(tokens, told, "nsubj") == ["Rowland"]
    assert [tokens.words[i] for i in outside if i != told and tokens.head[i] in inside] == []


def test_each_paragraph_is_parsed_by_itself(nlp: Language) -> None:
    tokens, _ = _parsed(nlp, "The mayor\n\nspoke of\n\nthe pier.")
    assert tokens.paragraph == [0, 0, 1, 1, 2, 2, 2]
    assert all(tokens.paragraph[tokens.head[i]] == tokens.paragraph[i] for i in range(len(tokens)))


def test_hard_wrapped_lines_are_one_paragraph(nlp: Language) -> None:
    tokens, _ = _parsed(nlp, WRAPPED)
    assert set(tokens.paragraph) == {0}
    assert _children(tokens, tokens.words.index("told"), "nsubj") == ["Rowland"]


@pytest.mark.parametrize(
    ("text", "flat"),
    [
        ("one  two\tthree\n four", "one two three four"),
        ("a\xa0b\u2009c\r\nd", "a b c d"),
        ("har\u00adbour \u200b wall\u200b", "harbour wall"),
        ("a well-\nknown singer - \nand dancer", "a well-known singer - and dancer"),
        ("> We will\n> > rebuild\n>it, 5 > 4", "We will rebuild it, 5 > 4"),
        ("4 >\n> 3", "4 > > 3"),
        ("plain words only", "plain words only"),
    ],
)
def test_a_paragraph_on_one_line(text: str, flat: str) -> None:
    found, places = flattened(f"x{text}y", 1, len(text) + 1)
    assert found == flat
    assert len(places) == len(flat) + 1
    assert all(text[place - 1] == char for char, place in zip(found, places, strict=False) if char != " ")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(">\xa01")
@example(">\u200b\t1")
@given(st.text(alphabet=st.sampled_from("aBé .,!\"“”‘’'«»—->\n\r\t\xa0\u200b😀1"), max_size=60))
def test_any_text_comes_back(nlp: Language, text: str) -> None:
    tokens, _ = _parsed(nlp, text)
    kept = str.maketrans("", "", ZERO_WIDTH)
    words = "".join(tokens.words)
    assert words.replace(">", "") == "".join(text.translate(kept).split()).replace(">", "")
    for i in range(len(tokens)):
        top = [i, *tokens.ancestors(i)][-1]
        assert tokens.head[top] == top


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


NGC = (
    "The National Grain Council met in Linden.\n\nPrices rose in May, farmers said.\n\n"
    '"We had a dry spring," the NGC said.\n\nHelen Marsh left early.\n\n"It rained," Marsh said, "and we left."'
)


@pytest.mark.parametrize("name", ["quotations", "other name"])
def test_component_gives_what_extract_gives(nlp: Language, name: str) -> None:
    own = load_model()
    own.add_pipe("quotations", name=name)
    for text in (
        NGC,
        LONG_QUOTATION,
        WRAPPED,
        *(TEXTS[key] for key in ("nested", "glued before", "long over paragraphs")),
    ):
        rows = own(text).spans[KEY].attrs["records"]
        assert rows == [asdict(quotation) for quotation in extract(text, nlp=nlp)]


NESTED = "“He told me ‘never again’ at the door,” Ana Ortiz flubbed.\n\nBo Lee hopes that it will rain."


def test_component_takes_the_options_of_extract(nlp: Language, tmp_path: Path) -> None:
    people, cues = tmp_path / "people.csv", tmp_path / "cues.txt"
    people.write_text("name,aliases\nAna Maria Ortiz,Ana Ortiz\n", "utf-8")
    cues.write_text("flubbed\tsay\n", "utf-8")
    options = {"nested": True, "attitudes": True, "block_quotes": True, "cues": str(cues), "people": str(people)}
    own = load_model()
    own.add_pipe("quotations", config=options)
    rows = own(NESTED).spans[KEY].attrs["records"]
    assert rows == [quotation.to_dict() for quotation in extract(NESTED, nlp=nlp, **options)]
    assert [(row["kind"], row["speaker"]) for row in rows] == [
        ("direct", "Ana Maria Ortiz"),
        ("mixed", None),
        ("indirect", "Bo Lee"),
    ]


def test_component_matches_apart_from_annotating() -> None:
    component = spacy.blank("en").add_pipe("quotations")
    doc = build(CLEARNLP, "clearnlp")
    found = component.match(doc)
    assert [one.quote for one in found] == ["We will rebuild,", "a lie"]
    assert KEY not in doc.spans
    component.set_annotations(doc, found[1:])
    assert [span.text for span in doc.spans[KEY]] == ["a lie"]
    assert doc.spans[KEY].attrs["records"] == [found[1].to_dict()]


def test_component_asks_no_other_component_again() -> None:
    nlp = load_model()
    asked = []

    @Language.component("counter")
    def counter(doc: Doc) -> Doc:
        asked.append(doc.text)
        return doc

    nlp.add_pipe("counter")
    nlp.add_pipe("quotations")
    list(nlp.pipe([NGC, NGC]))
    assert asked == [NGC, NGC]


def test_component_may_read_the_document_as_it_is() -> None:
    nlp = load_model()
    component = nlp.add_pipe("quotations", config={"anew": False})
    doc = nlp.make_doc('"We won," Ortiz said.')
    component(doc)
    assert [row["speaker"] for row in doc.spans[KEY].attrs["records"]] == [None]


def test_parse_leaves_the_component_out() -> None:
    own = load_model()
    component = own.add_pipe("quotations")
    component.__class__ = type("Never", (type(component),), {"__call__": lambda *_: pytest.fail("it ran")})
    assert len(_parsed(own, '"We won," Ortiz said.')[0]) == 8
