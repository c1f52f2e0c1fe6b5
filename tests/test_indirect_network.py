"""The network that reads the sentence of a reporting word, and how it is learnt."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import numpy as np
import pytest
from spacy.language import Language

from quotes_cli.language.attribute.indirect import context_of, groups, network
from quotes_cli.language.attribute.indirect.network import Floats, Network, Window, shipped, window
from quotes_cli.language.parse import parse
from quotes_cli.training import indirect_network as training
from quotes_cli.training.indirect_network import Read, learn_network

TEXT = "Ines Vasquez said the dam was safe, walking to her car. The road, Bo Lee wrote, would stay open until winter."


def windows(text: str, nlp: Language) -> list[Window]:
    (tokens,) = parse(nlp, [text], [[]], fully=True)
    context = context_of(tokens, [])
    return [window(context, group) for group in groups(context)]


def example(draw: np.random.Generator) -> Read:
    """Ten words of which those from "open" to "shut" are reported, if the first of all says so."""
    first, last = sorted(draw.choice(np.arange(1, 10), 2, replace=False))
    reports = bool(draw.random() < 0.5)
    words = [["word other", f"noise {draw.integers(9)}"] for _ in range(10)]
    words[0][0], words[first][0], words[last][0] = "cue says" if reports else "cue sings", "word open", "word shut"
    edges = [(first, last + 1), (first + 1, 10), (0, last + 1), (max(first - 1, 0), min(last + 2, 10))]
    starts, stops = np.array(edges).T
    right = np.array([True, False, False, False]) if reports else np.zeros(4, bool)
    return Read(Window(0, words, starts, stops), right, (np.arange(10) >= first) & (np.arange(10) <= last))


def test_windows_read_together_are_read_as_each_alone(nlp: Language) -> None:
    every = windows(TEXT, nlp)
    assert len(every) > 1
    for one, scores in zip(every, shipped().read(every), strict=True):
        (alone,) = shipped().read([one])
        assert len(scores) == len(one.starts)
        assert scores == pytest.approx(alone, abs=1e-3)
    assert shipped().read([]) == []


def test_what_the_shipped_network_knows() -> None:
    known = shipped()
    assert {"cue say", "word that", "tag VBD", "dep ccomp", "rule complement"} <= set(known.names)
    assert known.weights["table"].shape == (len(known.names) + 1, training.WIDTH)
    assert not known.weights["table"][-1].any()
    assert all(np.isfinite(weights).all() for weights in known.weights.values())


def test_a_statement_begins_at_that_and_ends_before_what_another_says(nlp: Language) -> None:
    text = "Ines Vasquez said that the dam was safe, while Bo Lee said the dam was not."
    one = next(one for one in windows(text, nlp) if "cue say" in one.words[0])
    (scores,) = shipped().read([one])
    words = text.split()
    best = scores.argmax()
    assert words[one.starts[best]] == "that"
    assert " ".join(words[one.starts[best] : one.stops[best]]) == "that the dam was safe,"


def test_a_long_sentence_is_read_near_the_word_only(nlp: Language) -> None:
    text = "The dam held, " * 60 + "Ines Vasquez said, and the bridge held" + ", and the road held" * 60 + "."
    for one in windows(text, nlp):
        assert len(one.words) <= 2 * network.FARTHEST
        assert one.starts.min() >= 0
        assert (one.starts < one.stops).all()
        assert one.stops.max() <= len(one.words)


def _loss(out: Floats, examples: list[Read], firsts: list[int]) -> float:
    """What `training._error` is the slope of, written down once more."""
    reporting = [one.right.any() for one in examples]
    words = sum(len(one.window.words) for one in examples)
    loss = 0.0
    for one, first, reports in zip(examples, firsts, reporting, strict=True):
        own = out[first : first + len(one.window.words)].astype(float)
        said, part = own[one.window.head, training.REPORTS], own[:, training.IS_PART]
        loss += (np.log1p(np.exp(said)) - said * reports) / len(examples)
        loss += (np.log1p(np.exp(part)) - part * one.reported).sum() * training.PART / words
        if reports:
            odds = np.exp(network.of_stretches(own, one.window).astype(float))
            loss -= np.log(odds[one.right].sum() / odds.sum()) / sum(reporting)
    return loss


def test_the_slopes_are_those_of_the_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "DROPPED", 0.0)
    monkeypatch.setattr(training, "WIDTH", 6)
    draw = np.random.default_rng(3)
    examples = [example(draw) for _ in range(4)]
    names = sorted(set(chain.from_iterable(chain.from_iterable(one.window.words for one in examples))))
    weights = {name: own.astype(float) for name, own in training._first_weights(len(names), draw).items()}
    learner = training._Learner(weights, draw)
    numbers = [Network(names, {}).numbers(one.window) for one in examples]
    rows, real, firsts = network.laid_out(numbers, len(names))
    known = training._known(rows, len(names))

    out, state, layers = learner.forward(known, real)
    slopes = learner.backward(training._error(out, examples, firsts), state, layers, real)
    for name, own in learner.weights.items():
        place = tuple(int(draw.integers(size)) for size in own.shape)
        losses = []
        for change in (1e-4, -2e-4):
            own[place] += change
            losses.append(_loss(learner.forward(known, real)[0], examples, firsts))
        assert float(slopes[name][place]) == pytest.approx((losses[0] - losses[1]) / 2e-4, abs=2e-3), name
        own[place] += 1e-4


def test_it_learns_where_a_statement_begins_and_ends() -> None:
    draw = np.random.default_rng(5)
    learnt = learn_network([example(draw) for _ in range(1500)])
    tried = [example(draw) for _ in range(200)]
    readings = learnt.read([one.window for one in tried])

    right = [one.right[scores.argmax()] for one, scores in zip(tried, readings, strict=True) if one.right.any()]
    assert len(right) > 50
    assert np.mean(right) > 0.95


def test_learning_twice_gives_the_same() -> None:
    examples = [example(np.random.default_rng(7)) for _ in range(130)]
    first, second = (learn_network(examples) for _ in range(2))
    assert first.names == second.names
    assert all((first.weights[name] == second.weights[name]).all() for name in first.weights)


def test_the_file_keeps_what_was_learnt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = np.random.default_rng(9)
    learnt = learn_network([example(draw) for _ in range(600)])
    monkeypatch.setattr(training, "TARGET", tmp_path / "network.npz")
    training.write(learnt)
    one = example(draw).window

    (scores,) = network.load(tmp_path / "network.npz").read([one])
    (as_learnt,) = learnt.read([one])
    assert scores == pytest.approx(as_learnt, abs=0.05)
