"""Texts and quotation spans pass through here and become one table of tokens an article.

Each paragraph is parsed by itself and on one line, so that no line break disturbs a parse. Of several articles the
model sees many paragraphs at a time, and of each only what it needs (`Depth`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

from quotes_cli.language.analysis import Analyser, Shown
from quotes_cli.language.tokens import Tokens
from quotes_cli.records import MarkedSpan

from .annotation import annotate, annotate_labels, join
from .depth import set_depths
from .paragraph import LONG, SHORT, Piece, tokenise
from .reference import Reference

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["LONG", "SHORT", "Reference", "parse"]


def parse(
    nlp: Language | Analyser, texts: Sequence[str], spans: Sequence[Sequence[MarkedSpan]], *, fully: bool = False
) -> list[Tokens]:
    """The tokens of each text, analysed together: each paragraph as deep as its spans need, or `fully`.

    No sentence is broken inside a quotation of at most `SHORT` tokens. What is skipped has its words and no tags.
    """
    analyser = nlp if isinstance(nlp, Analyser) else Reference(nlp)
    articles = [tokenise(analyser, text, own) for text, own in zip(texts, spans, strict=True)]
    if not fully:
        for paragraphs in articles:
            set_depths(paragraphs)
    every = list(chain.from_iterable(articles))
    pieces = [piece for paragraph in every for piece in paragraph.pieces()]
    pieces.sort(key=lambda piece: (piece.depth, -len(piece.tokens)))  # what is parsed in step shall end together
    alike: dict[Shown, list[Piece]] = {}
    for piece in pieces:
        alike.setdefault(piece.shown(), []).append(piece)
    for same, found in zip(alike.values(), analyser.annotate(list(alike)), strict=True):
        for piece in same:
            annotate(piece, found)
    for paragraph in every:
        join(paragraph)
    for own in articles:
        annotate_labels(own)
    tables = [own[0].tokens if own else Tokens(text) for own, text in zip(articles, texts, strict=True)]
    for tokens in tables:
        tokens.complete()
    return tables
