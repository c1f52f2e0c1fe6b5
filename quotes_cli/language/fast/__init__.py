"""The shipped model without spaCy: the same words, tags, heads and names from the same files, by numpy.

spaCy's own path (`parse.reference`) is the reference, to which a test holds this one equal. What is saved: vectors of
words are kept, the encoder runs once for all that is analysed together, many texts are parsed and searched for names in
step, no `Doc` is made, and neither spaCy nor thinc is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from quotes_cli.language.analysis import Annotated, Shown, Word

from .encoder import Encoder
from .files import Layers, read
from .lemmas import Lemmas
from .names import Names
from .parser import Parser
from .tokenizer import Tokenizer

__all__ = ["Fast"]


class Fast:
    """The shipped model, loaded in a tenth of a second. Threads may share it."""

    def __init__(self) -> None:
        self._tokenizer, self._encoder = Tokenizer(), Encoder()
        self._parser, self._names, self._lemmas = Parser(), Names(), Lemmas()
        outputs = [layer for name in ("tagger", "morphologizer") for layer in Layers(name).named("softmax")]
        self._weights = np.ascontiguousarray(np.concatenate([layer["W"] for layer in outputs]).T)
        self._bias = np.concatenate([layer["b"] for layer in outputs])
        self._tags: list[str] = read("tagger/cfg")["labels"]
        self._pos = [label.removeprefix("POS=") for label in read("morphologizer/cfg")["labels_morph"]]

    def words(self, line: str) -> list[Word]:
        """The words of a line: each with its place, and whether a space follows."""
        return self._tokenizer.words(line)

    def annotate(self, texts: Sequence[Shown]) -> Iterator[Annotated]:
        """The annotation of each text."""
        if not texts:
            return
        words = [text.words for text in texts]
        parsed, named = [text for text in texts if text.parsed], [text for text in texts if text.named]
        syntax, names = self._encoder.encode(words, [text.named for text in texts])
        scores = syntax @ self._weights
        scores += self._bias
        tags = scores[:, : len(self._tags)].argmax(axis=1).tolist()
        parts = scores[:, len(self._tags) :].argmax(axis=1).tolist()
        deep = np.repeat(np.array([text.parsed for text in texts], bool), list(map(len, words)))
        trees = self._parser.parse(syntax[deep], *_columns(parsed))
        labels = iter(self._names.find(names, *_columns(named)))
        first = 0
        for text in texts:
            end = first + len(text.words)
            tag, pos = [self._tags[i] for i in tags[first:end]], [self._pos[i] for i in parts[first:end]]
            first = end
            head, dep = next(trees) if text.parsed else ([], [])
            lemma = list(map(self._lemmas.lemma, text.words, pos)) if text.parsed else [""] * len(tag)
            yield Annotated(tag, pos, lemma, head, dep, next(labels) if text.named else ["O"] * len(tag))


def _columns(texts: Sequence[Shown]) -> tuple[list[Sequence[str]], list[Sequence[int]]]:
    return [text.words for text in texts], [text.starts for text in texts]
