"""Reporting words with the words around them pass through here; the network that reads them comes out.

Called by `training.indirect`. The network learns which stretch of a reporting word is nearest to what is annotated (a
conditional logit over the stretches' scores), and beside it, which helps, whether anything is annotated (a logistic
regression at the reporting word; without it 0.5 fewer stretches in a hundred are right) and of each word whether it is
a part of it. Adam with decoupled decay (Loshchilov and Hutter 2019),
the rate rising and falling along a cosine; some of the values are dropped in each layer. The order of examples and what
is dropped are drawn from a fixed seed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import cos, pi
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotes_cli.language.attribute.indirect import network as reader
from quotes_cli.language.attribute.indirect.network import (
    BEGINS,
    DISTANCES,
    ENDS,
    INSIDE,
    Floats,
    Network,
    Numbers,
    Window,
    beside,
    laid_out,
    of_stretches,
)

TARGET = reader.FILE
WIDTH = 64  # with 96 it learns no more
RARE = 40  # a name that fewer words have is left out
ROUNDS, TOGETHER = 8, 64  # times that each example is seen, and examples a step
RATE, RISING = 3e-3, 0.15  # of learning, and the share of the steps in which it rises
DECAY, DROPPED = 0.1, 0.3
PART = 0.9  # the weight of the third task
LONGEST_STEP = 1.0  # of the gradients, together
SEED = 17
REPORTS, IS_PART, TASKS = 3, 4, 5  # more columns of what comes out, in training only; the number of all


@dataclass(frozen=True, eq=False)
class Read:
    """A reporting word: what is read for it, which of its stretches are right (none: it reports nothing that is
    annotated), and which words are reported."""

    window: Window
    right: NDArray[np.bool_]
    reported: NDArray[np.bool_]


@dataclass(eq=False)
class _Layer:
    """What a layer has seen, for the way back."""

    seen: Floats
    positive: NDArray[np.bool_]
    normal: Floats
    spread: Floats
    kept: Floats


@dataclass(eq=False)
class _Learner:
    """The weights while they are learnt, with the means of their slopes and of the squares of these."""

    weights: dict[str, Floats]
    draw: np.random.Generator
    slope: dict[str, Floats] = field(default_factory=dict)
    square: dict[str, Floats] = field(default_factory=dict)
    steps: int = 0

    def forward(self, known: Floats, real: Floats) -> tuple[Floats, Floats, list[_Layer]]:
        """What comes out, the last layer, and the layers; `known` is 1 where a name (column) is one of a word (row)."""
        weights, layers = self.weights, []
        mixed = known @ weights["table"]
        normal, spread = _normal(mixed)
        scaled = normal * weights["scale 0"] + weights["shift 0"]
        kept = self._kept(scaled) * real
        layers.append(_Layer(known, scaled > 0, normal, spread, kept))
        state = np.maximum(scaled, 0) * kept
        for layer, distance in enumerate(DISTANCES, 1):
            seen = beside(state, distance)
            linear = seen @ weights[f"map {layer}"] + weights[f"bias {layer}"]
            normal, spread = _normal(np.maximum(linear, 0))
            kept = self._kept(linear)
            layers.append(_Layer(seen, linear > 0, normal, spread, kept))
            state = (state + (normal * weights[f"scale {layer}"] + weights[f"shift {layer}"]) * kept) * real
        return state @ weights["out"] + weights["out bias"], state, layers

    def backward(self, error: Floats, state: Floats, layers: Sequence[_Layer], real: Floats) -> dict[str, Floats]:
        """The slope of each weight, given that of what came out."""
        weights = self.weights
        found = {"out": state.T @ error, "out bias": error.sum(axis=0)}
        back = error @ weights["out"].T
        for layer, distance in reversed(list(enumerate(DISTANCES, 1))):
            own = layers[layer]
            back *= real
            out = back * own.kept
            found[f"scale {layer}"], found[f"shift {layer}"] = (out * own.normal).sum(axis=0), out.sum(axis=0)
            linear = _back_through_normal(out * weights[f"scale {layer}"], own) * own.positive
            found[f"map {layer}"], found[f"bias {layer}"] = own.seen.T @ linear, linear.sum(axis=0)
            seen = linear @ weights[f"map {layer}"].T
            back += seen[:, WIDTH : 2 * WIDTH]
            back[:-distance] += seen[distance:, :WIDTH]
            back[distance:] += seen[:-distance, 2 * WIDTH :]
        own = layers[0]
        out = back * own.kept * own.positive
        found["scale 0"], found["shift 0"] = (out * own.normal).sum(axis=0), out.sum(axis=0)
        found["table"] = own.seen.T @ _back_through_normal(out * weights["scale 0"], own)
        return found

    def step(self, slopes: dict[str, Floats], rate: float) -> None:
        """Move the weights."""
        self.steps += 1
        length = float(np.sqrt(sum(float(np.square(slope).sum()) for slope in slopes.values())))
        for name, slope in slopes.items():
            slope = slope * min(1.0, LONGEST_STEP / (length + 1e-6))
            mean = self.slope[name] = 0.9 * self.slope.get(name, np.float32(0)) + 0.1 * slope
            square = self.square[name] = 0.999 * self.square.get(name, np.float32(0)) + 0.001 * slope**2
            size = np.sqrt(square / (1 - 0.999**self.steps)) + 1e-8
            weights = self.weights[name]
            weights *= 1 - rate * DECAY
            weights -= (rate / (1 - 0.9**self.steps)) * mean / size

    def _kept(self, like: Floats) -> Floats:
        kept = self.draw.random(like.shape, dtype=np.float32) >= DROPPED
        return kept.astype(np.float32) / np.float32(1 - DROPPED)


def learn_network(examples: Sequence[Read]) -> Network:
    """The network that the examples teach."""
    draw = np.random.default_rng(SEED)
    counts = Counter(name for one in examples for names in one.window.words for name in names)
    names = sorted(name for name, count in counts.items() if count >= RARE)
    learner = _Learner(_first_weights(len(names), draw), draw)
    network = Network(names, learner.weights)
    numbers = [network.numbers(one.window) for one in examples]
    count = max(len(examples) // TOGETHER, 1)
    steps = count * ROUNDS
    for _ in range(ROUNDS):
        lengths = [len(own) + draw.normal(0, 4) for own in numbers]  # windows of about one length, in a drawn order
        parts = np.array_split(np.argsort(lengths), count)
        for part in draw.permutation(count):
            chosen = parts[part]
            rows, real, firsts = laid_out([numbers[i] for i in chosen], len(names))
            out, state, layers = learner.forward(_known(rows, len(names)), real)
            error = _error(out, [examples[i] for i in chosen], firsts)
            learner.step(learner.backward(error, state, layers, real), _rate(learner.steps / steps))
    return network


def write(network: Network) -> None:
    """Write the network's file: half precision, which changes no score that matters, and without the other tasks."""
    weights = {name: own.astype(np.float16) for name, own in network.weights.items()}
    weights["out"], weights["out bias"] = weights["out"][:, :REPORTS], weights["out bias"][:REPORTS]
    arrays: dict[str, Any] = {"names": np.array(network.names), **weights}
    np.savez_compressed(TARGET, **arrays)


def _known(rows: Numbers, names: int) -> Floats:
    """1 for each name of each word; what has no name (the last column) stays 0, and so does its row of the table."""
    known = np.zeros((len(rows), names + 1), np.float32)
    np.put_along_axis(known, rows, 1, axis=1)
    known[:, names] = 0
    return known


def _first_weights(names: int, draw: np.random.Generator) -> dict[str, Floats]:
    def normal(size: tuple[int, int], deviation: float) -> Floats:
        return draw.normal(0, deviation, size).astype(np.float32)

    weights = {"table": normal((names + 1, WIDTH), 0.1)}
    weights["table"][-1] = 0
    for layer in range(len(DISTANCES) + 1):
        weights[f"scale {layer}"], weights[f"shift {layer}"] = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)
    for layer in range(1, len(DISTANCES) + 1):
        weights[f"map {layer}"] = normal((3 * WIDTH, WIDTH), (9 * WIDTH) ** -0.5)
        weights[f"bias {layer}"] = np.zeros(WIDTH, np.float32)
    weights["out"], weights["out bias"] = normal((WIDTH, TASKS), (3 * WIDTH) ** -0.5), np.zeros(TASKS, np.float32)
    return weights


def _rate(done: float) -> float:
    """The rate of learning when a share of the steps is done."""
    if done < RISING:
        return RATE * (0.04 + 0.48 * (1 - cos(pi * done / RISING)))
    return RATE * 0.5 * (1 + cos(pi * (done - RISING) / (1 - RISING)))


def _error(out: Floats, examples: Sequence[Read], firsts: Sequence[int]) -> Floats:
    """The slope of the loss for what came out."""
    error = np.zeros_like(out)
    words = sum(len(one.window.words) for one in examples)
    annotated = max(sum(bool(one.right.any()) for one in examples), 1)
    for one, first in zip(examples, firsts, strict=True):
        inside = slice(first, first + len(one.window.words))
        own, found = out[inside], error[inside]
        reports = bool(one.right.any())
        found[one.window.head, REPORTS] = (1 / (1 + np.exp(-own[one.window.head, REPORTS])) - reports) / len(examples)
        found[:, IS_PART] = (1 / (1 + np.exp(-own[:, IS_PART])) - one.reported) * (PART / words)
        if not reports:
            continue
        scores = of_stretches(own, one.window)
        odds = np.exp(scores - scores.max())
        good = odds * one.right
        wrong = (odds / odds.sum() - good / max(good.sum(), 1e-9)) / annotated
        np.add.at(found[:, BEGINS], one.window.starts, wrong)
        np.add.at(found[:, ENDS], one.window.stops - 1, wrong)
        edges = np.zeros(len(own) + 1, np.float32)
        np.add.at(edges, one.window.starts, wrong)
        np.add.at(edges, one.window.stops, -wrong)
        found[:, INSIDE] = np.cumsum(edges)[:-1]
    return error


def _normal(rows: Floats) -> tuple[Floats, Floats]:
    rows = rows - rows.mean(axis=1, keepdims=True)
    spread = 1 / np.sqrt(np.square(rows).mean(axis=1, keepdims=True) + np.float32(1e-5))
    return rows * spread, spread


def _back_through_normal(error: Floats, layer: _Layer) -> Floats:
    along = (error * layer.normal).mean(axis=1, keepdims=True)
    found: Floats = layer.spread * (error - error.mean(axis=1, keepdims=True) - layer.normal * along)
    return found
