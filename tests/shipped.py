"""Text in, its quote table by the shipped model out: every text is parsed once a process, which thousands of mutants
of the rules then share (`make mutants`)."""

from __future__ import annotations

from functools import cache

from spacy.language import Language

from quotes_cli.language.parse import parse
from quotes_cli.language.pipeline import attribute_and_resolve, load_model, records
from quotes_cli.language.segment import segment
from quotes_cli.language.tokens import Tokens
from quotes_cli.records import Article, MarkedSpan, Quotation


@cache
def model() -> Language:
    """The shipped model; a test that adds a pipe to it loads its own."""
    return load_model()


@cache
def parsed(text: str, spans: tuple[MarkedSpan, ...]) -> Tokens:
    """The parse of an article with these marked stretches."""
    return parse(model(), [text], [spans])[0]


def quotations(text: str) -> list[Quotation]:
    """What `extract_article` gives, stage by stage."""
    spans = segment(text)
    return records(Article("-", text), spans, *attribute_and_resolve(parsed(text, tuple(spans)), spans))
