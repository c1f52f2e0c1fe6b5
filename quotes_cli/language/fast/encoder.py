"""Words in, a vector for each in its context out: spaCy's `MultiHashEmbed` and `MaxoutWindowEncoder`, twice.

The shipped model has two of these networks, one for tags and syntax and one for names, over the same features of a
word: its norm, first letter, last three letters and shape, and a row of the table of word classes. What a word is
alone depends on nothing else, so it is kept; only the encoder sees the words around.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import chain, starmap
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from quotes_cli.language.forms.saved import MODEL, number, pairs, read

from .files import Floats, Layers

WIDTH = 96
PIECES = 3  # of each maxout
DEPTH = 4  # layers of the encoder, and so many words on each side reach a word
ROWS = (5000, 1000, 1500, 1000)  # of the tables of norm, prefix, suffix and shape
SEEDS = (8, 9, 10, 11)  # that MultiHashEmbed gives them
KEPT = 30_000  # words whose vectors are kept: 23 MB
_MEAN = np.full(WIDTH, 1 / WIDTH, np.float32)  # times this is the mean, in a sixth of the time of numpy's own
_FIVE_ALIKE = re.compile(r"((.)\2{3})\2+", re.DOTALL)


class _Maxout:
    """thinc's `Maxout` with `LayerNorm`: the largest of three linear maps, by element; then mean 0 and variance 1.

    A word is a column: what is done to each element then goes along a row, the longer the faster.
    """

    def __init__(self, linear: dict[str, Floats], norm: dict[str, Floats]) -> None:
        # From (output, piece, input) to (piece and output, input), with the bias as the weight of one input more that
        # is always 1: to add it costs three times as much.
        weights = linear["W"].swapaxes(0, 1).reshape(PIECES * WIDTH, -1)
        self.weights = np.hstack([weights, linear["b"].T.reshape(-1, 1)])
        self.scale, self.shift = norm["G"][:, None], norm["b"][:, None]

    def __call__(self, columns: Floats, scratch: Floats | None = None) -> Floats:
        """(input and a 1, n) to (WIDTH, n); `scratch` is room for (PIECES * WIDTH, n)."""
        linear = np.matmul(self.weights, columns, out=scratch)
        most: Floats = np.maximum(linear[:WIDTH], linear[WIDTH : 2 * WIDTH])
        np.maximum(most, linear[2 * WIDTH :], out=most)
        most -= _MEAN @ most
        most /= np.sqrt(np.einsum("ij,ij->j", most, most) / np.float32(WIDTH) + np.float32(1e-8))
        most *= self.scale
        most += self.shift
        return most


class _Network:
    """The parameters of one network."""

    def __init__(self, component: str, vectors: Floats) -> None:
        layers = Layers(component)
        self.tables = [layer["E"] for layer in layers.named("hashembed")]
        (static,) = layers.named("static_vectors")
        self.static = np.vstack([vectors @ static["W"].T, np.zeros((1, WIDTH), np.float32)])  # the last: no vector
        self.mix, *self.encoders = starmap(_Maxout, zip(layers.named("maxout"), layers.named("layernorm"), strict=True))

    def embed(self, hashes: NDArray[np.uint64], classes: list[int]) -> Floats:
        """Vectors of words by the four hashes of each feature, (n, 4, 4), and the rows of their classes."""
        parts = [
            table.take((hashes[:, i] % len(table)).astype(np.intp), axis=0).sum(axis=1)
            for i, table in enumerate(self.tables)
        ]
        one = np.ones((len(classes), 1), np.float32)
        return self.mix(np.hstack([*parts, self.static.take(classes, axis=0), one]).T).T

    def encode(self, rows: Floats) -> Floats:
        """Each row in the light of those up to `DEPTH` before and behind: four times a window of three, residual."""
        window = np.zeros((3 * WIDTH + 1, len(rows)), np.float32)
        before, here, behind = window[:WIDTH], window[WIDTH : 2 * WIDTH], window[2 * WIDTH : -1]
        window[-1], here[:] = 1, rows.T
        scratch = np.empty((PIECES * WIDTH, len(rows)), np.float32)
        for layer in self.encoders:
            before[:, 1:], behind[:, :-1] = here[:, :-1], here[:, 1:]
            here += layer(window, scratch)
        return here.T


class Encoder:
    """Both networks, 0 for tags and syntax and 1 for names, with the words they have seen. Threads may share it."""

    def __init__(self) -> None:
        vectors = np.load(MODEL / "vocab" / "vectors")
        self._classes: dict[int, int] = read("vocab/key2row")
        self._networks = (_Network("tok2vec", vectors), _Network("ner", vectors))
        self._lock = Lock()
        self._forget(KEPT)

    def encode(self, network: int, texts: Sequence[Sequence[str]]) -> Floats:
        """Vectors of the words of all texts, one text behind the other, (words, WIDTH)."""
        padding = [0] * DEPTH  # around each text
        with self._lock:
            self._learn(set(chain.from_iterable(texts)))
            ids = list(padding)
            for text in texts:
                ids += [*map(self._row.__getitem__, text), *padding]
            kept = self._kept[network]  # in which no other thread changes these rows any more
        rows = np.array(ids)
        return self._networks[network].encode(kept.take(rows, axis=0))[rows > 0]

    def _forget(self, room: int) -> None:
        self._row: dict[str, int] = {}
        self._kept = np.zeros((len(self._networks), room + 1, WIDTH), np.float32)  # row 0 is the padding

    def _learn(self, words: set[str]) -> None:
        """Embed those of the words that are new, and keep them."""
        new = sorted(words.difference(self._row))
        if len(self._row) + len(new) > KEPT:
            self._forget(max(KEPT, len(words)))
            new = sorted(words)
        if not new:
            return
        keys = np.array([_features(word) for word in new], np.uint64)
        hashes = np.stack([_hashes(keys[:, i], seed) for i, seed in enumerate(SEEDS)], axis=1)
        classes = [self._classes.get(number(word), -1) for word in new]
        first = len(self._row) + 1
        for network, kept in zip(self._networks, self._kept, strict=True):
            kept[first : first + len(new)] = network.embed(hashes, classes)
        self._row.update(zip(new, range(first, first + len(new)), strict=True))


@cache
def norms() -> dict[str, str]:
    """The spellings that spaCy takes for another: its `BASE_NORMS`."""
    return pairs(Path(__file__).with_name("norms.txt"))


def _features(word: str) -> tuple[int, ...]:
    """The numbers of what the networks see of a word."""
    return tuple(map(number, (norms().get(word) or word.lower(), word[0], word[-3:], shape(word))))


def shape(word: str) -> str:
    """The kinds of a word's letters, no more than four of a kind in a row: Xxxxx, dd.d; a hundred letters are LONG."""
    if len(word) >= 100:
        return "LONG"
    kinds = [("X" if c.isupper() else "x") if c.isalpha() else "d" if c.isdigit() else c for c in word]
    return _FIVE_ALIKE.sub(r"\1", "".join(kinds))


def _hashes(keys: NDArray[np.uint64], seed: int) -> NDArray[np.uint64]:
    """Four numbers of 32 bits for each key, (n, 4): MurmurHash3 for x86, 128 bits, as `HashEmbed` computes it."""
    one = keys * np.uint64(0x87C37B91114253D5)
    one = (one << np.uint64(31) | one >> np.uint64(33)) * np.uint64(0x4CF5AD432745937F) ^ np.uint64(seed ^ 8)
    two = np.full_like(keys, seed ^ 8)
    one += two
    two += one
    for half in (one, two):
        for mix in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
            half ^= half >> np.uint64(33)
            half *= np.uint64(mix)
        half ^= half >> np.uint64(33)
    one += two
    two += one
    low, high = np.uint64(0xFFFFFFFF), np.uint64(32)
    return np.stack([one & low, one >> high, two & low, two >> high], axis=1)
