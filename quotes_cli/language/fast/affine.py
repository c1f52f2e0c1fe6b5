"""A component's scoring network, readied for states that come by the thousand: spaCy's `PrecomputableAffine`.

A state is described by a few words: the next of the text, the last on the stack. spaCy maps each word's vector through
`Linear`, then for each place it may have through a map of its own; a state's hidden layer is the sum of these over its
places, the larger of two pieces by element, and `Linear` makes scores of it. The sum of two linear maps is one:
W2 (W1 x + b1) = (W2 W1) x + W2 b1. So a word's part in each place is one product, for all words of all texts at once.
"""

from __future__ import annotations

import numpy as np

from .files import Floats, Layers


class Affine:
    """`parts[f]` (width, 2 hidden) and `shifts[f]` map a word in place `f`, `missing[f]` stands for none; one bias is
    in those of place 0. `output` (hidden, moves) and `bias` make scores of a hidden layer."""

    def __init__(self, component: str) -> None:
        layers = Layers(component)
        (lower,) = layers.named("precomputable_affine")
        upper, first = layers.named("linear")
        places, hidden, pieces, _ = lower["W"].shape
        weights = lower["W"].swapaxes(1, 2).reshape(places, pieces * hidden, -1)  # the pieces side by side
        self.parts = np.ascontiguousarray((weights @ first["W"]).swapaxes(1, 2))
        self.shifts = weights @ first["b"]
        self.missing = np.ascontiguousarray(lower["pad"][0].swapaxes(1, 2).reshape(places, -1))
        bias = lower["b"].T.reshape(-1)
        self.shifts[0] += bias
        self.missing[0] += bias
        self.hidden = hidden
        self.output, self.bias = np.ascontiguousarray(upper["W"].T), upper["b"]

    def parts_of(self, vectors: Floats) -> Floats:
        """The parts (places of word 0, of word 1, ...; 2 hidden) of words, and behind them those of none."""
        places, _, size = self.parts.shape
        parts = np.empty((len(vectors) + 1, places, size), np.float32)
        for place in range(places):
            np.matmul(vectors, self.parts[place], out=parts[:-1, place])
        parts[:-1] += self.shifts
        parts[-1] = self.missing
        return parts.reshape(-1, size)

    def scores(self, sums: Floats) -> Floats:
        """The scores (n, moves) of states by the sums of their words' parts (n, 2 hidden)."""
        scores: Floats = np.maximum(sums[:, : self.hidden], sums[:, self.hidden :]) @ self.output
        scores += self.bias
        return scores
