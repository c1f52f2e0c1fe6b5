"""Vectors of words in, names out: spaCy's `BiluoPushDown` (`ner.pyx`), all words of all texts at once.

A word is outside (O), a name of its own (U), or begins one (B), which then goes on (I) to its last word (L). Where no
name is open a state is the next word alone, so the scores of all such states are one product. Where a name could begin
it is followed to its end, all those names in step; inside, a state is the next word and the first five of the name.
Then each text is read once from left to right: names that begin inside another were never there.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .affine import Affine
from .files import Floats, moves

BEGIN, IN, LAST, UNIT, OUT = range(1, 6)


class Names:
    """The name finder's weights."""

    def __init__(self) -> None:
        self._affine = affine = Affine("ner")
        self._moves = moves("ner")
        number = {move: k for k, move in enumerate(self._moves)}
        self._goes_on = np.array([number.get((IN, label), 0) for _, label in self._moves])
        self._ends = np.array([number.get((LAST, label), 0) for _, label in self._moves])
        self._begin = np.array([action == BEGIN for action, _ in self._moves])
        named = np.array([action in (BEGIN, UNIT) and label != "" for action, label in self._moves])
        out = np.array([action == OUT for action, _ in self._moves])
        self._masks = np.where([out, out | named & ~self._begin, out | named], affine.output_bias, -np.inf)
        self._alone = affine.missing[1:].sum(axis=0) + affine.bias

    def find(self, vectors: Floats, texts: Sequence[Sequence[str]], starts: Sequence[Sequence[int]]) -> list[str]:
        """A label for each word of all texts: O, or B- or I- and the kind of name."""
        if not texts:
            return []
        words = [word for text in texts for word in text]
        stops = [start == 1 for own in starts for start in (*own[1:], 1)]  # a name cannot go on behind the word
        freedom = [0 if word.isspace() else 1 if stop else 2 for word, stop in zip(words, stops, strict=True)]
        first = vectors @ self._affine.parts[0]
        scores = self._affine.scores(first + self._alone) + self._masks.take(freedom, axis=0)
        best = scores.argmax(axis=1)
        lengths = self._lengths(vectors, first, best, np.array(stops))
        labels = ["O"] * len(words)
        at = 0
        for word, choice in enumerate(best.tolist()):
            action, kind = self._moves[choice]
            if word < at or action == OUT:
                continue
            at = word + lengths.get(word, 1)
            labels[word:at] = [f"B-{kind}", *[f"I-{kind}"] * (at - word - 1)]
        return labels

    def _lengths(
        self, vectors: Floats, first: Floats, best: NDArray[np.intp], stops: NDArray[np.bool_]
    ) -> dict[int, int]:
        """How many words each name has that could begin."""
        affine, found = self._affine, {}
        begun = np.flatnonzero(self._begin[best])
        inside = np.repeat(self._alone[None], len(begun), axis=0)
        length = 0
        while len(begun):
            length += 1
            if length < len(affine.parts):
                inside += vectors[begun + length - 1] @ affine.parts[length] - affine.missing[length]
            next = begun + length
            scores = affine.scores(first[next] + inside) + affine.output_bias
            every, move = np.arange(len(begun)), best[begun]
            on = scores[every, self._goes_on[move]] >= scores[every, self._ends[move]]
            on &= ~stops[next]
            found.update(dict.fromkeys(begun[~on].tolist(), length + 1))
            begun, inside = begun[on], inside[on]
        return found
