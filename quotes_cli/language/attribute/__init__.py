"""Tokens and quotation spans of an article in, cue, mention, kind and rule of each quotation out."""

from __future__ import annotations

from collections.abc import Sequence

from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.cues import Lexicon, load_lexicon
from quotes_cli.records import Attribution, MarkedSpan, Vetoed

from . import kinds
from .again import names_again
from .confidence import confidence
from .context import Context, Finding, Quote
from .mentions import mention, relative_pronoun
from .rules import RULES
from .tags import TAG_RULES
from .turns import IN_TURN, around, marked, turn
from .vetoes import mute

__all__ = ["attribute"]

#: Rules for what goes on behind a lost paragraph break: those that look behind it, and who spoke before.
RESUMING = TAG_RULES | {"continuation"}


def attribute(tokens: Tokens, spans: Sequence[MarkedSpan], lexicon: Lexicon | None = None) -> list[Attribution]:
    """Attribute each quotation span of a parsed article: one `Attribution` per span, in the spans' order."""
    context = Context(tokens, marked(spans), lexicon or load_lexicon())
    for quote in context.quotes:  # first which are any, for the rules look past the others
        quote.test = kinds.other(quote)
        quote.forget()
    names_again(context)
    for quote in context.quotes:
        if quote.test is None:
            quote.finding = _found(quote)
            if quote.finding is not None:
                if not quote.finding.passing:
                    context.attributed[quote.parent] = quote
                _name(quote, quote.finding)
            quote.forget()
    kinds.silence_echoes(context)
    found = iter([_attributed(quote) for quote in context.quotes])
    context.dissolve()
    said = around(spans)
    return [
        turn(tokens.text, span)
        if span.label is not None
        else _in_turn(next(found))
        if inside is not None
        else next(found)
        for span, inside in zip(spans, said, strict=True)
    ]


def _in_turn(found: Attribution) -> Attribution:
    """Marks within a turn are a quotation of their own only where somebody is said to be the source."""
    return found if found.mention is not None or found.kind == "other" else Attribution("other", rule=IN_TURN)


def _attributed(quote: Quote) -> Attribution:
    if quote.test is not None:
        return Attribution("other", rule=quote.test)
    found = quote.finding
    kind, start, end = kinds.kind(quote), quote.tokens.start, quote.tokens.end
    vetoed = tuple(Vetoed(rule, veto, (start[i], end[i])) for rule, veto, i in quote.vetoes)
    if found is None:
        return Attribution(kind, vetoed=vetoed)
    cue = (start[found.cue[0]], end[found.cue[-1]]) if found.cue else None
    return Attribution(kind, cue, found.mention, found.rule, confidence(found.rule, kind), found.antecedent, vetoed)


def _found(quote: Quote) -> Finding | None:
    """What the first rule finds whose finding no veto throws out."""
    if kinds.is_inline_heading(quote):
        return None
    resumes = quote.resumes
    for rule in RULES:
        if resumes and rule.name not in RESUMING:
            continue
        quote.rule = rule.name
        found = rule.find(quote)
        if found is None:
            continue
        source = found.source if found.mention is None else None
        if source is not None and quote.tokens.tag[source] == "SYM":  # a picture
            continue
        if source is not None and mute in rule.vetoes and quote.vetoed(mute, source):
            continue
        found.rule = rule.name
        return found
    return None


def _name(quote: Quote, found: Finding) -> None:
    """The mention of what was found: a relative pronoun's own, with what it stands for as antecedent."""
    if found.mention is None and found.source is not None:
        found.mention = mention(quote, found.source, found.cue[0] if found.cue else None)
        pronoun = relative_pronoun(quote, found)
        if pronoun is not None:
            found.antecedent = found.mention
            found.mention = (quote.tokens.start[pronoun], quote.tokens.end[pronoun])
