"""What a teacher parsed, cut into sentences: `quotes_cli.training.silver`."""

from __future__ import annotations

from random import Random

import pytest

from quotes_cli.training.augment import passages
from quotes_cli.training.corpora import Sentence
from quotes_cli.training.silver import trees


def passage(words: str, heads: list[int]) -> Sentence:
    split = words.split()
    deps = ["ROOT" if head == i else "dep" for i, head in enumerate(heads)]
    return Sentence(split, [True] * len(split), ["NN"] * len(split), ["NOUN"] * len(split), heads, deps)


def test_a_root_is_a_sentence() -> None:
    first, second = trees(passage("Ana spoke . Bo left early .", [1, 1, 1, 4, 4, 4, 4]))
    assert first.words == ["Ana", "spoke", "."]
    assert first.heads == [1, 1, 1]
    assert second.words == ["Bo", "left", "early", "."]
    assert second.heads == [1, 1, 1, 1]
    assert second.deps == ["dep", "ROOT", "dep", "dep"]


@pytest.mark.parametrize("heads", [[1, 0, 2], [1, 2, 0], [0, 1, 0]], ids=["pair", "circle", "interleaved"])
def test_no_tree(heads: list[int]) -> None:
    assert trees(passage("one two three", heads)) == []


def test_an_epoch_has_every_sentence_once() -> None:
    sentences = [passage(f"word{i} goes", [1, 1]) for i in range(40)]
    found = passages([sentences[:25], sentences[25:]], Random(3), longest=7)
    assert sorted(s.words[0].lower() for p in found for s in p) == sorted(s.words[0] for s in sentences)
    assert max(sum(len(s.words) for s in p) for p in found) <= 7
