"""The networks in torch say what `language.fast` says with the shipped weights, learn, and are written back:
`quotes_cli.training.student` and `lessons`. Needs the extra `train`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np
import pytest
import spacy
from spacy.language import Language

torch = pytest.importorskip("torch")

from quotes_cli.language.fast import encoder, parser  # noqa: E402 # the module needs torch
from quotes_cli.language.fast.affine import Affine  # noqa: E402 # as above
from quotes_cli.language.fast.files import Layers  # noqa: E402 # as above
from quotes_cli.language.fast.names import BEGIN, IN, LAST, OUT, UNIT  # noqa: E402 # as above
from quotes_cli.language.forms.saved import MODEL  # noqa: E402 # as above
from quotes_cli.training import lessons  # noqa: E402 # as above
from quotes_cli.training.corpora import Sentence  # noqa: E402 # as above
from quotes_cli.training.oracle import Oracle  # noqa: E402 # as above
from quotes_cli.training.student import Names, Student, Syntax  # noqa: E402 # as above
from quotes_cli.training.train import Corpus  # noqa: E402 # as above

TEXTS = [
    text.split()
    for text in (
        "“ The dam will not hold , ” Ana Ortiz said on Monday . Nobody at Riverton Water answered .",
        "Rain .",
        "Mayor Bo Lindqvist of Eastport , who ’d seen the 1,200-page report , told the council it was wrong .",
    )
]


def annotated(words: str) -> Sentence:
    """A sentence of an article, a person and a verb, in which the verb governs the others."""
    split = words.split()
    tags = ["DT", "NNP", "VBD", "."]
    return Sentence(
        split,
        [True] * 4,
        tags,
        ["DET", "PROPN", "VERB", "PUNCT"],
        [1, 2, 2, 2],
        ["det", "nsubj", "ROOT", "punct"],
        ["O", "B-PERSON", "O", "O"],
    )


PASSAGES = [[annotated("The Ortiz left .")], [annotated("A Okafor spoke ."), annotated("The Lind slept .")]]


@pytest.fixture(scope="module")
def fresh() -> Language:
    """The shipped pipeline, to be changed."""
    return spacy.load(MODEL)


def vectors(student: Student, texts: Sequence[Sequence[str]]) -> torch.Tensor:
    rows = torch.tensor(student.rows([word for text in texts for word in text]))
    return student.vectors(rows, torch.tensor([len(text) for text in texts]))


def test_vectors_and_scores_are_those_of_the_fast_path(nlp: Language) -> None:
    wanted = [encoder.Encoder().encode(network, TEXTS) for network in range(2)]
    for kind, component, own in ((Syntax, "parser", wanted[0]), (Names, "ner", wanted[1])):
        student = kind(nlp).eval()
        with torch.inference_mode():
            found = vectors(student, TEXTS)
            assert np.allclose(found.numpy(), own, atol=1e-4)
            affine = Affine(component)
            parts = affine.parts_of(own)
            places = np.random.default_rng(1).integers(0, parts.shape[1], (200, len(parts)))
            sums = np.stack([parts[place, places[:, place]] for place in range(len(parts))]).sum(axis=0)
            scores = student.scores(student.parts(found), torch.tensor(places)).numpy()
        assert np.allclose(scores, affine.scores(sums) + affine.output_bias, atol=1e-4)


def test_the_trees_on_the_way_are_those_of_the_fast_path(nlp: Language) -> None:
    student = Syntax(nlp).eval()
    given = [Sentence(text, [True] * len(text), heads=[0] * len(text), deps=["dep"] * len(text)) for text in TEXTS]
    oracle, lengths = Oracle(given, student.moves), [len(text) for text in TEXTS]
    with torch.inference_mode():
        found = vectors(student, TEXTS)
        states = student.parse(found, oracle, lengths)
    trees = parser.Parser().parse(found.numpy(), TEXTS, [[0] * size for size in lengths])
    ends = np.cumsum(lengths).tolist()
    for text, size, end, tree in zip(TEXTS, lengths, ends, trees, strict=True):
        assert parser.deprojectivised(*oracle.tree(end - size, end), text) == tree
    assert states.shape[1] == parser.PLACES + 4
    assert set(states[:, 0]) == set(range(sum(lengths)))  # each word was once the next
    allowed, wanted = states[:, parser.PLACES], states[:, parser.PLACES + 1]
    assert np.all(wanted & allowed)
    assert not np.any(wanted & ~allowed)


def test_labels_are_those_of_the_fast_path(nlp: Language) -> None:
    student = Syntax(nlp).eval()
    assert list(student.pos)[:3] == [label.removeprefix("POS=") for label in nlp.get_pipe("morphologizer").labels[:3]]
    for softmax, component, labels in zip(
        student.softmaxes, ("tagger", "morphologizer"), (student.tags, student.pos), strict=True
    ):
        (layer,) = Layers(component).named("softmax")
        assert np.array_equal(softmax["W"].detach().numpy(), layer["W"])
        assert sorted(labels.values()) == list(range(len(layer["b"])))


def test_states_of_names(nlp: Language) -> None:
    student = Names(nlp)
    labels = "O B-PERSON I-PERSON I-PERSON - B-LOC".split()
    text = Sentence(["word"] * 6, [True] * 6, entities=labels)
    (states,) = student.answers([[text], [text]], torch.zeros(12, 17), torch.tensor([6, 6]))
    none, free, person = 12, len(student.kinds), student.kinds.index("PERSON")
    moves = [student.moves[move] for move in states[:5, 6]]
    assert moves == [(OUT, ""), (BEGIN, "PERSON"), (IN, "PERSON"), (LAST, "PERSON"), (UNIT, "LOC")]
    assert states[:5, 7].tolist() == [free, free, person, person, free]
    assert states[2:4, :6].tolist() == [[2, 1, none, none, none, none], [3, 1, 2, none, none, none]]
    assert states[4, 0] == 5
    assert states[8, :3].tolist() == [9, 7, 8]  # the second text's words stand behind the first's
    assert all(student.allowed[allowed, move] for move, allowed in states[:, 6:].tolist())


@pytest.mark.parametrize("kind", [Syntax, Names])
def test_a_student_learns_and_is_written_back(kind: type[Student], fresh: Language) -> None:
    torch.manual_seed(1)
    student = kind(fresh)
    batch = student.batch(PASSAGES).to(torch.device("cpu"))
    optimizer = torch.optim.Adam(student.parameters(), lr=1e-3)
    losses = []
    for _ in range(12):
        loss = student.loss(batch)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < losses[0] / 2
    before = student.eval().loss(batch)
    assert not torch.equal(kind(fresh).eval().loss(batch), before)
    student.write_back()
    assert torch.equal(kind(fresh).eval().loss(batch), before)


@pytest.mark.parametrize("kind", ["syntax", "names"])
def test_a_student_goes_on_from_a_pipeline(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def epoch(
        annotated: Sequence[list[Sentence]], taught: Sequence[list[Sentence]], rng: Random
    ) -> list[list[Sentence]]:
        return [*annotated, *taught]

    corpus = Corpus(PASSAGES * 4, PASSAGES, epoch, PASSAGES)
    monkeypatch.setattr(lessons, f"{kind}_corpus", lambda *_: corpus)
    monkeypatch.setattr(lessons, "PROCESSES", 1)
    monkeypatch.setattr(lessons, "SHARES", 2)
    monkeypatch.setattr(lessons, "WORDS", 12)
    monkeypatch.setattr(lessons, "device", lambda: torch.device("cpu"))
    other = {"syntax": ["ner"], "names": ["tok2vec", "tagger", "morphologizer", "parser"]}[kind]
    nlp = spacy.load(MODEL, exclude=[*other, "lemmatizer"])
    nlp.to_disk(tmp_path / f"{kind}-best")
    lines: list[str] = []
    lessons.learn(kind, tmp_path, tmp_path, 20, lines.append)
    assert f"student of {kind}: step 20 of 20" in lines[-2]
    learnt = spacy.load(tmp_path / f"{kind}-student")
    assert learnt.pipe_names == nlp.pipe_names
    name = nlp.pipe_names[-1]
    assert learnt.get_pipe(name).model.to_bytes() != nlp.get_pipe(name).model.to_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{kind}-best", f"{kind}-student"]
