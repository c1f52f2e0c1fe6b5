"""What is done for many words at once, or left out, gives what is done for each; and nothing of an article stays."""

from __future__ import annotations

import gc
import random
from itertools import pairwise

import pytest
from fake_quotes import each, fake_extract
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes_cli.language.analysis import Annotated
from quotes_cli.language.attribute.context import Context, Quote
from quotes_cli.language.fast import Fast
from quotes_cli.language.forms.tokenizer import Tokenizer
from quotes_cli.language.parse.annotation import annotate
from quotes_cli.language.parse.line import flattened
from quotes_cli.language.parse.paragraph import Depth, Paragraph, Piece, tokenise
from quotes_cli.language.pipeline import extract_article
from quotes_cli.language.resolve import aliases
from quotes_cli.language.resolve.discourse import Discourse
from quotes_cli.language.resolve.entities import Entity
from quotes_cli.language.resolve.ranker import CHOICES, probabilities, together, weights
from quotes_cli.language.segment import segment
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.cues import load_lexicon
from quotes_cli.read import ReadOptions
from quotes_cli.records import Article
from quotes_cli.work.cores import RARELY
from quotes_cli.work.tasks import Step, TaskOptions, serially

ARTICLE = (
    "Mayor Ana Ortiz met the Linden Harbour Trust on Monday. The mayor was late, and she knew it.\n\n"
    "“We will rebuild it stone by stone,” she said. “He told me ‘never again’ at the door.”\n\n"
    "LHTA, as the trust was called first, says “no”. Capt. Bo Lee and Cy Dee called it “a mess”.\n\n"
    "“Who pays?”"
)


@pytest.fixture(scope="module")
def fast() -> Fast:
    return Fast()


def test_an_article_is_gone_when_its_records_are_there(fast: Fast) -> None:
    """Whatever the collector of circles finds had to wait for it, and it went through all that is alive."""
    extract_article(Article("-", ARTICLE), fast)  # reads the word lists
    kinds = (Tokens, Context, Quote, Discourse, Entity, Paragraph)
    gc.collect()
    gc.disable()
    others = [one for one in gc.get_objects() if isinstance(one, kinds)]
    known = set(map(id, others))
    try:
        assert extract_article(Article("-", ARTICLE), fast)
        assert [one for one in gc.get_objects() if isinstance(one, kinds) and id(one) not in known] == []
    finally:
        gc.enable()


def test_the_command_looks_rarely_for_circles() -> None:
    before = gc.get_threshold()
    gc.set_threshold(700)
    try:
        step = Step(None, task=Article("-", "x"))
        list(serially(iter([step]), lambda: each(fake_extract), TaskOptions(ReadOptions())))
        assert gc.get_threshold()[0] == RARELY > 700
    finally:
        gc.set_threshold(*before)


@given(st.text(st.sampled_from("ab [&;1†¹\U0001f1ff \t\n\x1c\xa0\u2003\u3000\u200b\xad"), max_size=12))
def test_a_paragraph_is_left_as_it_is_only_where_nothing_is_uneven(inside: str) -> None:
    text = f"a{inside}b"
    flat, places = flattened(text, 0, len(text))
    if isinstance(places, range):
        assert flat == " ".join(text.split()) == text
        assert not set(text) & set("\u200b\xad\xa0\t\n")


def test_every_white_space_is_one_space() -> None:
    white = [chr(code) for code in range(0x110000) if chr(code).isspace()]
    assert len(white) > 20
    for char in white:
        assert flattened(f"a{char}b", 0, 3)[0] == flattened(f"a{char} b", 0, 4)[0] == "a b"


def test_words_that_have_a_rule_together_are_found_by_two_of_them(fast: Fast) -> None:
    tokenizer = Tokenizer()
    rules = [own for some in tokenizer._joined.values() for own in some]
    assert len(rules) > 100
    assert all(own in tokenizer._joined[own[0], own[1]] for own in rules)


@pytest.mark.parametrize("parsed", [True, False])
def test_columns_are_copied_as_words_are_one_by_one(parsed: bool, fast: Fast) -> None:
    columns = []
    for shape in (lambda own: own, list):
        tokens = tokenise(fast, "It rained. Ana Ortiz stayed in the harbour.", [])[0].tokens
        paragraph = Paragraph(tokens, range(len(tokens)), shown={2: "Capt."})
        names = [f"{i}" for i in range(len(tokens))]
        tree = ([max(i - 1, 0) for i in range(len(tokens))], ["", *names[1:]]) if parsed else ([], [])
        annotate(
            Piece(paragraph, shape(paragraph.own), Depth.FULL),
            Annotated(names, names[::-1], [f"l{name}" for name in names], *tree, ["O", "B-PERSON", *names[2:]]),
        )
        columns.append([tokens.tag, tokens.pos, tokens.lemma, tokens.head, tokens.dep, tokens.iob])
    assert columns[0] == columns[1]
    assert columns[0][2][:3] == ["l0", "l1", tokens.words[2]]


def test_columns_of_another_length_are_refused(fast: Fast) -> None:
    tokens = tokenise(fast, "It rained.", [])[0].tokens
    short = Annotated(["PRP"], ["PRON"], ["it"], [0], ["ROOT"], ["O"])
    for own in (range(3), [0, 1, 2]):
        with pytest.raises(ValueError, match=r"words|shorter"):
            annotate(Piece(Paragraph(tokens, range(3)), own, Depth.FULL), short)


def test_features_weigh_together_what_each_weighs() -> None:
    rng = random.Random(3)
    for choice in CHOICES:
        known = weights()[choice]
        groups = [tuple(rng.sample([*known, "unheard of"], 3)) for _ in range(20)]
        for _ in range(2):  # summed up, and remembered
            assert [together(choice)[group] for group in groups] == [
                pytest.approx(sum(known.get(feature, 0.0) for feature in group)) for group in groups
            ]
        one, nothing = (together(choice)[group] for group in (groups[0], ("unheard of",)))
        assert probabilities([one, one + nothing]) == [0.5, 0.5]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from("“ ” ‘ ’ no, no Ortiz said. We \n\n".split(" ")), max_size=30))
def test_marks_and_insides_of_quotations(parts: list[str]) -> None:
    """Each token is a mark, inside or neither by its characters."""
    text = " ".join(parts).strip()
    spans = segment(text)
    if not spans:
        return
    tokens = tokenise(FAST, text, spans)[0].tokens
    tokens.complete()
    context = Context(tokens, spans, load_lexicon())
    cover, mark = [-1] * len(tokens), [False] * len(tokens)
    for number, (span, quote) in enumerate(zip(spans, context.quotes, strict=True)):
        inside = []
        for i, (start, end) in enumerate(zip(tokens.start, tokens.end, strict=True)):
            if end > span.outer_start and start < span.outer_end:
                cover[i] = number
                if end <= span.start or start >= span.end:
                    mark[i] = True
                else:
                    inside.append(i)
        if inside:
            assert (quote.first, quote.last) == (inside[0], inside[-1])
    assert (context.cover, context.mark) == (cover, mark)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from("Old Harbour Water Board of The and OHWB HWBT ( ) said Trust \u0301".split()), max_size=14)
)
def test_names_that_an_acronym_stands_for(words: list[str]) -> None:
    """Only a word whose initial ends an acronym is looked at as the last of such a name: no other is one."""
    tokens = Tokens(" ".join(words), list(words))
    tokens.tag, tokens.iob, tokens.pos = ["NNP"] * len(words), ["O"] * len(words), ["PROPN"] * len(words)
    tokens.lemma, tokens.dep, tokens.head = list(words), ["dep"] * len(words), list(range(len(words)))
    tokens.paragraph = [0] * len(words)
    tokens.complete()
    alone = {
        word.lower()
        for before, word, behind in zip(["", *words], words, [*words[1:], ""], strict=False)
        if len(word) == 4 and word.isupper() and (before, behind) != ("(", ")")
    }
    found = set(aliases.written_out(tokens))
    for last in range(4, len(words) + 1):
        if words[last - 1].istitle():
            assert set(aliases._spelt(tokens, last, alone)) <= found if alone else True


def test_sentences_and_paragraphs_begin_where_the_number_changes(fast: Fast) -> None:
    tokens = tokenise(fast, ARTICLE, segment(ARTICLE))[0].tokens
    tokens.complete()
    assert tokens.begins_paragraph == [a != b for a, b in pairwise([-1, *tokens.paragraph])]
    assert sum(tokens.begins_paragraph) == 4
    assert [list(own) for own in tokens.children] == [
        [k for k, head in enumerate(tokens.head) if head == i != k] for i in range(len(tokens))
    ]


FAST = Fast()
