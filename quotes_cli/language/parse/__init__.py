"""Texts and quotation spans pass through here and become one table of tokens an article.

Each paragraph is parsed by itself and on one line, so that no line break disturbs a parse. Of several articles the
model sees many paragraphs at a time, and of each only what it needs (`Depth`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language

from quotes_cli.language.tokens import Tokens
from quotes_cli.records import MarkedSpan

from .columns import Analysis, add_paragraph, analyses
from .paragraph import LONG, PIECE, SHORT, Depth, Paragraph, Piece, tokenise

__all__ = ["LONG", "PIECE", "SHORT", "Depth", "Draft", "Paragraph", "draft", "finish", "parse"]

#: What a piece of each depth does without, by the component's name.
LEFT_OUT = {
    Depth.FULL: frozenset({"quotations"}),
    Depth.PARSE: frozenset({"quotations", "ner", "entity_ruler"}),
    Depth.TAGS: frozenset({"quotations", "ner", "entity_ruler", "lemmatizer", "parser", "senter"}),
}
BATCH, TOKENS = 128, 16_000  # pieces that the model sees together, and their tokens: bounds its memory


@dataclass
class Draft:
    """An article as tokens, before the model has seen it; the depth of its paragraphs may still be changed."""

    text: str
    paragraphs: list[Paragraph]


def draft(nlp: Language, text: str, spans: Sequence[MarkedSpan]) -> Draft:
    """Tokenise an article. No token crosses a quotation mark of the spans."""
    return Draft(text, tokenise(nlp, text, spans))


def finish(nlp: Language, drafts: Sequence[Draft]) -> list[Tokens]:
    """Analyse drafts together, each paragraph as deep as it asks: the tokens of each.

    No sentence is broken inside a quotation of at most `SHORT` tokens. What is skipped has its words and no tags.
    """
    pieces = [[list(p.pieces()) for p in d.paragraphs] for d in drafts]
    groups: dict[Depth, list[tuple[Paragraph, Piece]]] = defaultdict(list)
    for d, planned in zip(drafts, pieces, strict=True):
        for paragraph, own in zip(d.paragraphs, planned, strict=True):
            for piece in own:
                if piece.depth is not Depth.SKIP:
                    groups[piece.depth].append((paragraph, piece))
    found: dict[int, list[Analysis]] = {}
    for depth, group in groups.items():
        with nlp.select_pipes(disable=[name for name in nlp.pipe_names if name in LEFT_OUT[depth]]):
            for together in _batches(group):
                docs = nlp.pipe((paragraph.doc(nlp, piece) for paragraph, piece in together), batch_size=BATCH)
                for (_, piece), doc in zip(together, docs, strict=True):
                    found[id(piece)] = analyses(doc, depth)
    return [_assemble(d, planned, found) for d, planned in zip(drafts, pieces, strict=True)]


def _batches(group: list[tuple[Paragraph, Piece]]) -> Iterator[list[tuple[Paragraph, Piece]]]:
    first = tokens = 0
    for k, (_, piece) in enumerate(group):
        if k - first == BATCH or (k > first and tokens + len(piece.tokens) > TOKENS):
            yield group[first:k]
            first, tokens = k, 0
        tokens += len(piece.tokens)
    if first < len(group):
        yield group[first:]


def _assemble(d: Draft, planned: list[list[Piece]], found: dict[int, list[Analysis]]) -> Tokens:
    tokens = Tokens(d.text)
    for number, (paragraph, own) in enumerate(zip(d.paragraphs, planned, strict=True)):
        add_paragraph(tokens, number, paragraph, [(piece, found[id(piece)]) for piece in own if id(piece) in found])
    tokens.finish()
    return tokens


def parse(nlp: Language, text: str, spans: Sequence[MarkedSpan]) -> Tokens:
    """Parse one article, every paragraph as deep as can be."""
    return finish(nlp, [draft(nlp, text, spans)])[0]
