"""A component's scoring network, readied for states that come by the thousand: spaCy's `PrecomputableAffine`.

A state is described by a few words: the next of the text, the last on the stack. spaCy maps each word's vector through
`Linear`, then for each place it may have through a map of its own; a state's hidden layer is the sum of these over its
places, the larger of two pieces by element, and `Linear` makes scores of it. The sum of two linear maps is one:
W2 (W1 x + b1) = (W2 W1) x + W2 b1. So a word's part in each place is one product, for all words of all texts at once.
"""

from __future__ import annotations

from threading import local

import numpy as np

from .files import Floats, Layers


class Affine:
    """`parts[p]` (width, 2 hidden) maps a word in place `p`, `missing[p]` stands for none, and `bias` is added once.
    `output` (hidden, moves) and `output_bias` make scores of a hidden layer."""

    def __init__(self, component: str) -> None:
        layers = Layers(component)
        (lower,) = layers.named("precomputable_affine")
        upper, first = layers.named("linear")
        places, hidden, pieces, _ = lower["W"].shape
        weights = lower["W"].swapaxes(1, 2).reshape(places, pieces * hidden, -1)  # the pieces side by side
        shifts = weights @ first["b"]
        self.parts = np.ascontiguousarray((weights @ first["W"]).swapaxes(1, 2))
        self.missing = lower["pad"][0].swapaxes(1, 2).reshape(places, -1) - shifts
        self.bias: Floats = lower["b"].T.reshape(-1) + shifts.sum(axis=0)
        self._room = local()  # a thread's own: fresh memory costs more than the product
        self.output, self.output_bias = np.ascontiguousarray(upper["W"].T), upper["b"]

    def parts_of(self, vectors: Floats) -> Floats:
        """The parts (places, words and behind them none, 2 hidden) of words, those of place 0 with the bias."""
        places, _, size = self.parts.shape
        count = len(vectors) + 1
        room: Floats | None = getattr(self._room, "parts", None)
        if room is None or room.shape[1] < count:
            room = self._room.parts = np.empty((places, count, size), np.float32)
        parts = room.reshape(-1)[: places * count * size].reshape(places, count, size)
        for place in range(places):
            np.matmul(vectors, self.parts[place], out=parts[place, :-1])
        parts[:, -1] = self.missing
        parts[0] += self.bias
        return parts

    def scores(self, sums: Floats) -> Floats:
        """The scores (n, moves), without their bias, of states by the sums of their words' parts (n, 2 hidden)."""
        hidden = len(self.output)
        scores: Floats = np.maximum(sums[:, :hidden], sums[:, hidden:]) @ self.output
        return scores
