"""The shipped model without spaCy: the same words, tags, heads and names from the same files, by numpy.

spaCy's own path (`parse.reference`) is the reference, to which a test holds this one equal. What is saved: vectors of
words are kept, the encoder runs once for all that is analysed together, many texts are parsed and searched for names in
step, no `Doc` is made, and neither spaCy nor thinc is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np

from quotes_cli.language.analysis import Annotated, Shown, Word
from quotes_cli.language.forms.lemmas import lemmas
from quotes_cli.language.forms.saved import read
from quotes_cli.language.forms.tokenizer import Tokenizer

from .encoder import Encoder
from .files import Layers
from .names import Names
from .parser import Parser

__all__ = ["Fast"]

#: About so many words are analysed together: what the encoder and the parser multiply stays near the processor.
TOGETHER = 2000


class Fast:
    """The shipped model, loaded in a tenth of a second. Threads may share it."""

    def __init__(self) -> None:
        self._tokenizer, self._lemmas = Tokenizer(), lemmas()
        self._encoder, self._parser, self._names = Encoder(), Parser(), Names()
        outputs = [layer for name in ("tagger", "morphologizer") for layer in Layers(name).named("softmax")]
        self._weights = np.ascontiguousarray(np.concatenate([layer["W"] for layer in outputs]).T)
        self._bias = np.concatenate([layer["b"] for layer in outputs])
        self._tags: list[str] = read("tagger/cfg")["labels"]
        self._pos = [label.removeprefix("POS=") for label in read("morphologizer/cfg")["labels_morph"]]

    def words(self, line: str) -> list[Word]:
        """The words of a line: each with its place, and whether a space follows."""
        return self._tokenizer.words(line)

    def annotate(self, texts: Sequence[Shown]) -> Iterator[Annotated]:
        """The annotation of each text; those of one depth are analysed together where they follow on each other."""
        first = size = 0
        for k, text in enumerate(texts, 1):
            size += len(text.words)
            if size >= TOGETHER or k == len(texts):
                yield from self._together(texts[first:k])
                first, size = k, 0

    def _together(self, texts: Sequence[Shown]) -> Iterator[Annotated]:
        syntax = self._encoder.encode(0, [text.words for text in texts])
        scores = syntax @ self._weights
        scores += self._bias
        tags = [self._tags[i] for i in scores[:, : len(self._tags)].argmax(axis=1).tolist()]
        parts = [self._pos[i] for i in scores[:, len(self._tags) :].argmax(axis=1).tolist()]
        deep = np.repeat([text.parsed for text in texts], [len(text.words) for text in texts])
        trees = self._parser.parse(syntax[deep], *_columns([text for text in texts if text.parsed]))
        named = [text for text in texts if text.named]
        labels = iter(self._names.find(self._encoder.encode(1, [text.words for text in named]), *_columns(named)))
        first = 0
        for text in texts:
            own = slice(first, first + len(text.words))
            first = own.stop
            head, dep = next(trees) if text.parsed else ([], [])
            forms = zip(text.words, parts[own], strict=True)
            lemma = [self._lemmas[form] for form in forms] if text.parsed else [""] * len(text.words)
            iob = [*islice(labels, len(text.words))] if text.named else ["O"] * len(text.words)
            yield Annotated(tags[own], parts[own], lemma, head, dep, iob)


def _columns(texts: Sequence[Shown]) -> tuple[list[Sequence[str]], list[Sequence[int]]]:
    return [text.words for text in texts], [text.starts for text in texts]
