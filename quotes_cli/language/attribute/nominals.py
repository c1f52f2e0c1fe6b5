"""Nouns of a region in, the head of their phrase out, or the last of them that can speak."""

from __future__ import annotations

from quotes_cli.language import labels

from .animacy import RELATED, is_speaker
from .context import Quote
from .cues import FINITE


def head_among(quote: Quote, nominals: list[int]) -> int:
    """The head of a phrase of which these are the nominals: the first, or what it hangs on."""
    heads = quote.tokens.head
    head = nominals[0]
    while heads[head] in nominals and heads[head] != head:
        head = heads[head]
    return head


def nominal_before(quote: Quote, region: list[int]) -> int | None:
    """The last noun phrase of the region that can speak, for parses that lost the subject ("who Lee on Monday
    called")."""
    tokens = quote.tokens
    for i in reversed(region[-14:]):
        if tokens.words[i] in (";", ":") or tokens.tag[i] in FINITE:
            return None
        inner = tokens.dep[i] in ("nmod:poss", "det", "nmod", "obl") or (
            tokens.dep[i] in labels.NAME_PART and tokens.head[i] in region
        )
        if inner or not (tokens.is_nominal(i) or tokens.is_name_like(i)):
            continue
        head = _before_appositions(quote, i, region)
        if is_speaker(quote, head) and tokens.lower[head] not in RELATED:
            return head
    return None


def _before_appositions(quote: Quote, i: int, region: list[int]) -> int:
    """The first of the nouns that the one at `i` is an apposition to, or joined with."""
    tokens = quote.tokens
    while tokens.dep[i] in labels.APPOSITION | {"conj"} and tokens.head[i] in region and tokens.head[i] < i:
        if tokens.dep[tokens.head[i]] in labels.OBLIQUE:
            break  # "In a statement, the mayor said": no second name of the statement
        i = tokens.head[i]
    return i
