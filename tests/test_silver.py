"""What teachers labelled and parsed, and the epochs that they learn from: `quotes_cli.training.silver`, `augment` and
`batches`."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from quotes_cli.training.augment import joined, passages
from quotes_cli.training.batches import batches_of, shape
from quotes_cli.training.corpora import Sentence
from quotes_cli.training.silver import pieces, sure, trees
from quotes_cli.training.stages import stages


def passage(words: str, heads: list[int]) -> Sentence:
    split = words.split()
    deps = ["ROOT" if head == i else "dep" for i, head in enumerate(heads)]
    return Sentence(split, [True] * len(split), ["NN"] * len(split), ["NOUN"] * len(split), heads, deps)


def named(words: str, labels: str) -> Sentence:
    split = words.split()
    return Sentence(split, [True] * len(split), entities=labels.split())


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


def test_sentences_with_names_are_joined_to_passages() -> None:
    sentences = [named(f"Ana{i} left .", "B-PERSON O O") for i in range(40)]
    found = joined(sentences, Random(3), longest=9)
    assert [w for s in found for w in s.words] == [w for s in sentences for w in s.words]
    assert {len(s.words) for s in found} == {3, 6, 9}
    assert all(s.entities == ["B-PERSON", "O", "O"] * (len(s.words) // 3) for s in found)


def test_what_is_too_long_is_not_joined_and_left_out_alone() -> None:
    long = named("so " * 8, "O " * 8)
    found = joined([long, named("Ana left", "B-PERSON O"), named("", "")] * 20, Random(3), longest=7)
    assert {tuple(s.words) for s in found} == {("Ana", "left")}
    assert len(found) == 20


@pytest.mark.parametrize(
    ("labels", "chances", "wanted"),
    [
        ("O B-PERSON I-PERSON O", [0.9, 0.9, 0.4, 0.9], "O - - O"),
        ("B-ORG B-ORG I-ORG", [0.4, 0.6, 0.6], "- B-ORG I-ORG"),
        ("O B-LOC O", [0.3, 0.5, 0.9], "- B-LOC O"),
    ],
    ids=["a name's second word", "side by side", "no name"],
)
def test_what_a_teacher_is_not_sure_of_is_unknown(labels: str, chances: list[float], wanted: str) -> None:
    assert sure(labels.split(), chances) == wanted.split()


def test_pieces_are_what_the_model_is_shown() -> None:
    told = "The dam was built in 1968."
    quoted = '"The water never rose so fast in a March before," Ana Ortiz said.'
    found = [" ".join(s.words) for s in pieces(iter([f"{told}\n\n{quoted}\n\nRain fell.\n\nRain fell."]))]
    assert found.count("The dam was built in 1968 .") == 1  # nobody speaks there
    assert found.count("Rain fell .") == 1
    assert any(s.endswith("Ana Ortiz said .") and "March" not in s for s in found)  # with a stand-in for the utterance


@pytest.mark.parametrize(
    ("word", "number"), [("dam", 0), ("Ana", 1), ("A", 2), ("NATO", 3), ("McRae", 4), ("iPhone", 4), ("1,200", 5)]
)
def test_the_shape_of_a_word(word: str, number: int) -> None:
    assert shape(word) == number


def test_batches_are_of_one_length_and_not_too_large() -> None:
    items = ["x" * n for n in (1, 9, 3, 3, 2, 9, 1, 3)] * 3
    found = batches_of(items, len, Random(1), size=18, together=4)
    assert sorted(x for batch in found for x in batch) == sorted(items)
    assert all(len(batch) * max(map(len, batch)) <= 18 and len(batch) <= 4 for batch in found)
    assert found != sorted(found, key=lambda batch: len(batch[0]))


def test_the_recipe_trains_teachers_before_they_are_asked_and_students_after(tmp_path: Path) -> None:
    first, second, third, fourth = (sorted(stage) for stage in stages(tmp_path, tmp_path, tmp_path))
    assert first == [
        *(f"names-teacher-{seed}.pt" for seed in (1, 2, 3)),
        "pieces.pickle",
        *(f"syntax-teacher-{seed}.pt" for seed in (1, 2, 3)),
        "syntax.done",
    ]
    assert second == ["parsed.pickle", "silver.pickle"]
    assert third == ["names.done", "syntax-student"]
    assert fourth == ["names-student", "refined.done"]
