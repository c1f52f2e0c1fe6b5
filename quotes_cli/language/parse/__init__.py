"""Texts and quotation spans pass through here and become one table of tokens an article.

Each paragraph is parsed by itself and on one line, so that no line break disturbs a parse. Of several articles the
model sees many paragraphs at a time, and of each only what it needs (`Depth`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, groupby

from spacy.language import Language

from quotes_cli.language.tokens import Tokens
from quotes_cli.records import MarkedSpan

from .annotation import annotate, annotate_labels, join
from .depth import set_depths
from .paragraph import LONG, SHORT, Depth, Piece, tokenise

__all__ = ["LONG", "SHORT", "parse"]

#: What a piece of each depth does without, by the component's name.
LEFT_OUT = {
    Depth.FULL: frozenset({"quotations"}),
    Depth.PARSE: frozenset({"quotations", "ner", "entity_ruler"}),
    Depth.TAGS: frozenset({"quotations", "ner", "entity_ruler", "lemmatizer", "parser", "senter"}),
}
BATCH, TOKENS = 128, 16_000  # pieces that the model sees together, and their tokens: bounds its memory


def parse(
    nlp: Language, texts: Sequence[str], spans: Sequence[Sequence[MarkedSpan]], *, fully: bool = False
) -> list[Tokens]:
    """The tokens of each text, analysed together: each paragraph as deep as its spans need, or `fully`.

    No sentence is broken inside a quotation of at most `SHORT` tokens. What is skipped has its words and no tags.
    """
    articles = [tokenise(nlp, text, own) for text, own in zip(texts, spans, strict=True)]
    if not fully:
        for paragraphs in articles:
            set_depths(paragraphs)
    every = list(chain.from_iterable(articles))
    pieces = sorted((piece for paragraph in every for piece in paragraph.pieces()), key=lambda piece: piece.depth)
    for depth, group in groupby(pieces, key=lambda piece: piece.depth):
        with nlp.select_pipes(disable=[name for name in nlp.pipe_names if name in LEFT_OUT[depth]]):
            for together in _batches(list(group)):
                docs = nlp.pipe((piece.doc(nlp) for piece in together), batch_size=BATCH)
                for piece, doc in zip(together, docs, strict=True):
                    annotate(piece, doc)
    for paragraph in every:
        join(paragraph)
    for own in articles:
        annotate_labels(own)
    tables = [own[0].tokens if own else Tokens(text) for own, text in zip(articles, texts, strict=True)]
    for tokens in tables:
        tokens.complete()
    return tables


def _batches(group: list[Piece]) -> Iterator[list[Piece]]:
    first = tokens = 0
    for k, piece in enumerate(group):
        if k - first == BATCH or (k > first and tokens + len(piece.tokens) > TOKENS):
            yield group[first:k]
            first, tokens = k, 0
        tokens += len(piece.tokens)
    yield group[first:]
