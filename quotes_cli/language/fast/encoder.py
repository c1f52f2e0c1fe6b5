"""Words in, a vector for each in its context out: spaCy's `MultiHashEmbed` and `MaxoutWindowEncoder`, twice.

The shipped model has two of these networks, one for tags and syntax and one for names, over the same features of a
word: its norm, first letter, last three letters and shape, and a row of the table of word classes. What a word is
alone depends on nothing else, so it is kept; only the encoder sees the words around.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, starmap
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from .files import MODEL, Floats, Layers, norms, number, read

WIDTH = 96
PIECES = 3  # of each maxout
DEPTH = 4  # layers of the encoder, and so many words on each side reach a word
ROWS = (5000, 1000, 1500, 1000)  # of the tables of norm, prefix, suffix and shape
SEEDS = (8, 9, 10, 11)  # that MultiHashEmbed gives them
KEPT = 30_000  # words whose vectors are kept: 23 MB
CHUNK = 512  # rows that go through the encoder at once, so that they stay in a core's cache
_MEAN = np.full(WIDTH, 1 / WIDTH, np.float32)  # times this is the mean, in a sixth of the time of numpy's own


class _Maxout:
    """thinc's `Maxout` with `LayerNorm`: the largest of three linear maps, by element; then mean 0 and variance 1."""

    def __init__(self, linear: dict[str, Floats], norm: dict[str, Floats]) -> None:
        # From (output, piece, input) to (input, piece and output): the pieces of a row lie side by side.
        # The bias is the weight of one input more that is always 1: to add it costs three times as much.
        weights = linear["W"].transpose(2, 1, 0).reshape(linear["W"].shape[2], -1)
        self.weights = np.vstack([weights, linear["b"].T.reshape(1, -1)])
        self.scale, self.shift = norm["G"], norm["b"]

    def __call__(self, rows: Floats, scratch: Floats | None = None) -> Floats:
        """(n, input and a 1) to (n, WIDTH); `scratch` is room for (n, PIECES * WIDTH)."""
        linear = np.matmul(rows, self.weights, out=scratch)
        most: Floats = np.maximum(linear[:, :WIDTH], linear[:, WIDTH : 2 * WIDTH])
        np.maximum(most, linear[:, 2 * WIDTH :], out=most)
        most -= (most @ _MEAN)[:, None]
        variance = np.einsum("ij,ij->i", most, most)[:, None] / np.float32(WIDTH)
        most *= 1 / np.sqrt(variance + np.float32(1e-8))
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
        mixed: Floats = self.mix(np.hstack([*parts, self.static.take(classes, axis=0), one]))
        return mixed

    def encode(self, rows: Floats) -> Floats:
        """Each row in the light of those up to `DEPTH` before and behind: four times a window of three, residual."""
        window = np.zeros((len(rows), 3 * WIDTH + 1), np.float32)
        window[:, -1] = 1
        scratch = np.empty((len(rows), PIECES * WIDTH), np.float32)
        for layer in self.encoders:
            window[1:, :WIDTH] = rows[:-1]
            window[:, WIDTH : 2 * WIDTH] = rows
            window[:-1, 2 * WIDTH : -1] = rows[1:]
            most = layer(window, scratch)
            most += rows
            rows = most
        return rows


class Encoder:
    """Both networks with the words they have seen."""

    def __init__(self) -> None:
        vectors = np.load(MODEL / "vocab" / "vectors")
        self._classes: dict[int, int] = read("vocab/key2row")
        self._networks = (_Network("tok2vec", vectors), _Network("ner", vectors))
        self._norms = norms()
        self._lock = Lock()
        self._row: dict[str, int] = {}
        self._kept = np.zeros((1, 2, WIDTH), np.float32)  # row 0 is the padding between texts

    def encode(self, texts: Sequence[Sequence[str]], named: Sequence[bool]) -> tuple[Floats, Floats]:
        """Vectors of the words of all texts, one text behind the other: by the first network, and by the second for the
        `named` texts alone."""
        syntax: list[Floats] = []
        names: list[Floats] = []
        kept, numbers = self._numbers(texts)
        for chunk, chosen in _chunks(numbers, named):
            rows, real = _padded(kept, chunk)
            syntax.append(self._networks[0].encode(rows[:, 0])[real])
            if any(chosen):
                if not all(chosen):
                    rows, real = _padded(kept, [text for text, yes in zip(chunk, chosen, strict=True) if yes])
                names.append(self._networks[1].encode(rows[:, 1])[real])
        none = np.zeros((0, WIDTH), np.float32)
        return np.concatenate([none, *syntax]), np.concatenate([none, *names])

    def _numbers(self, texts: Sequence[Sequence[str]]) -> tuple[Floats, list[list[int]]]:
        """The words' own vectors, and the row of each word there, which no other thread changes any more."""
        with self._lock:
            row = self._row
            every = dict.fromkeys(chain.from_iterable(texts))
            unseen = [word for word in every if word not in row]
            if len(row) + len(unseen) > KEPT:
                row.clear()
                self._kept = self._kept[:1]
                unseen = list(every)
            if unseen:
                self._learn(unseen)
            return self._kept, [[row[word] for word in text] for text in texts]

    def _learn(self, words: list[str]) -> None:
        """Embed words and keep them."""
        features = [self._features(word) for word in words]
        keys = np.array([found[1:] for found in features], np.uint64)
        classes = [self._classes.get(own, -1) for own, *_ in features]
        hashes = np.stack([_hashes(keys[:, i], seed) for i, seed in enumerate(SEEDS)], axis=1)
        first = len(self._row) + 1
        if first + len(words) > len(self._kept):
            grown = np.zeros((min(2 * (first + len(words)), KEPT + 1 + len(words)), 2, WIDTH), np.float32)
            grown[:first] = self._kept[:first]
            self._kept = grown
        for i, network in enumerate(self._networks):
            self._kept[first : first + len(words), i] = network.embed(hashes, classes)
        self._row.update(zip(words, range(first, first + len(words)), strict=True))

    def _features(self, word: str) -> tuple[int, int, int, int, int]:
        norm = self._norms.get(word) or word.lower()
        own = number(word)
        normal = own if norm == word else number(norm)
        return own, normal, _number(word[0]), _number(word[-3:]), _number(shape(word))


_number = lru_cache(maxsize=8192)(number)  # of beginnings, endings and shapes, which come again


def shape(word: str) -> str:
    """The kinds of a word's letters, no more than four of a kind in a row: Xxxxx, dd.d; a hundred letters are LONG."""
    if len(word) >= 100:
        return "LONG"
    found: list[str] = []
    for letter in word:
        kind = ("X" if letter.isupper() else "x") if letter.isalpha() else "d" if letter.isdigit() else letter
        if found[-4:] != [kind] * 4:
            found.append(kind)
    return "".join(found)


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


def _padded(kept: Floats, texts: Sequence[Sequence[int]]) -> tuple[Floats, list[int]]:
    """The rows of the words of texts with `DEPTH` rows of nothing around each text, and the places of the words."""
    padding = [0] * DEPTH
    ids, real = [*padding], list[int]()
    for text in texts:
        real.extend(range(len(ids), len(ids) + len(text)))
        ids += [*text, *padding]
    return kept.take(ids, axis=0), real


def _chunks(
    texts: Sequence[Sequence[int]], named: Sequence[bool]
) -> list[tuple[Sequence[Sequence[int]], Sequence[bool]]]:
    """The texts in groups of about `CHUNK` rows."""
    found, first, size = [], 0, 0
    for k, text in enumerate(texts, 1):
        size += len(text) + DEPTH
        if size >= CHUNK or k == len(texts):
            found.append((texts[first:k], named[first:k]))
            first, size = k, 0
    return found
