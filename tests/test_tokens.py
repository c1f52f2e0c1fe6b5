"""The table of tokens, made of a `Doc` by hand: what is no word, where paragraphs and sentences begin."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from quotes_cli.language.tokens import Tokens

VOCAB = spacy.blank("en").vocab


def table(words: str, heads: list[int], deps: str, tags: str = "") -> Tokens:
    """Words divided by `|`, white space among them; each followed by a space unless white space is beside it."""
    texts = words.split("|")
    spaces = [not (a.isspace() or b.isspace()) for a, b in zip(texts, [*texts[1:], " "], strict=True)]
    doc = Doc(VOCAB, words=texts, spaces=spaces, heads=heads, deps=deps.split(), tags=tags.split() or None)
    return Tokens.of(doc)


@pytest.fixture
def two_paragraphs() -> Tokens:
    words = "Ana|\t|Or\u00adtiz|said|\u200b|so|\n\n|She|left|.|Really|."
    heads = [3, 0, 0, 3, 3, 3, 5, 8, 8, 8, 10, 10]
    return table(words, heads, "nsubj dep flat ROOT dep obj dep nsubj ROOT punct ROOT punct")


def test_white_space_and_what_nobody_sees_are_no_words(two_paragraphs: Tokens) -> None:
    tokens = two_paragraphs
    assert tokens.words == ["Ana", "Ortiz", "said", "so", "She", "left", ".", "Really", "."]
    assert [tokens.text[a:b] for a, b in zip(tokens.start, tokens.end, strict=True)][:2] == ["Ana", "Or\u00adtiz"]
    assert tokens.head == [2, 0, 2, 2, 5, 5, 5, 7, 7]
    assert tokens.span(0, 3) == "Ana Ortiz said"


def test_a_word_that_hangs_on_white_space_hangs_on_what_that_hangs_on() -> None:
    assert table("left|\n|home", [0, 0, 1], "ROOT dep obj").head == [0, 0]


def test_paragraphs_and_sentences(two_paragraphs: Tokens) -> None:
    tokens = two_paragraphs
    assert tokens.paragraph == [0, 0, 0, 0, 1, 1, 1, 1, 1]
    assert tokens.sentence == [0, 0, 0, 0, 1, 1, 1, 2, 2]
    assert (tokens.before(4), tokens.behind(3), tokens.before(1), tokens.behind(4)) == ("", "", "ana", "left")
    assert (tokens.paragraph_end(0), tokens.paragraph_end(8)) == (4, 9)
    assert [i for i in range(9) if tokens.ends_paragraph(i)] == [3, 8]


def test_stretches(two_paragraphs: Tokens) -> None:
    tokens = two_paragraphs
    assert tokens.range_of(5, 6) == (1, 2)  # inside Ortiz
    assert tokens.range_of(0, 3) == (0, 1)
    assert tokens.range_of(len(tokens.text), len(tokens.text)) == (9, 9)
    assert tokens.leftmost_top(0, 2) == 0
    assert tokens.tops_by_size(range(4)) == [2]
    assert tokens.tops_by_size(range(2)) == [0]
    assert tokens.tops_by_size(range(4, 9)) == [5, 7]
    assert tokens.span(2, 2) == ""


def test_heads_that_run_in_a_circle_end() -> None:
    tokens = Tokens("a b c", words=["a", "b", "c"], start=[0, 2, 4], end=[1, 3, 5], paragraph=[0, 0, 0])
    tokens.tag, tokens.pos, tokens.lemma, tokens.iob = [""] * 3, ["X"] * 3, [""] * 3, ["O"] * 3
    tokens.head, tokens.dep = [1, 0, 0], ["dep"] * 3
    tokens.complete()
    assert tokens.sentence == [0, 0, 0]
    assert len(list(tokens.ancestors(0))) == 3


def test_a_spokeswoman_s_phrase_is_mended() -> None:
    words = "a|spokeswoman|for|the|bank|said"
    tokens = table(words, [1, 1, 5, 4, 5, 1], "det ROOT mark det nsubj acl", "DT NN IN DT NN VBD")
    assert (tokens.dep[1], tokens.words[tokens.head[1]]) == ("nsubj", "said")
    assert (tokens.dep[4], tokens.words[tokens.head[4]]) == ("nmod", "spokeswoman")
    assert tokens.dep[5] == "ROOT"


def test_a_participle_behind_a_comma_goes_on_with_the_clause() -> None:
    words, heads, tags = "he|said|,|stressing", [1, 1, 1, 1], "PRP VBD , VBG"
    assert table(words, heads, "nsubj ROOT punct ccomp", tags).dep[3] == "advcl"
    assert table("he|said|stressing", [1, 1, 1], "nsubj ROOT ccomp", "PRP VBD VBG").dep[2] == "ccomp"


def test_an_empty_text() -> None:
    tokens = Tokens.of(Doc(VOCAB))
    assert len(tokens) == 0
    assert tokens.range_of(0, 5) == (0, 0)
