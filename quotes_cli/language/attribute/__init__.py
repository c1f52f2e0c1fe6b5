"""A parsed `Doc` and its quotation spans pass through here; out come cue, mention, kind and rule of each quotation."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from quotes_cli.language.words.cues import Lexicon, load_lexicon
from quotes_cli.records import Attribution, MarkedSpan

from . import kinds
from .confidence import confidence
from .context import Context, Found, Quote
from .mentions import mention, mute, relative_pronoun
from .rules import RULES, TAGS
from .tree import Tree

__all__ = ["attribute"]


def attribute(doc: Doc, spans: Sequence[MarkedSpan], lexicon: Lexicon | None = None) -> list[Attribution]:
    """Attribute each quotation span of a parsed article: one `Attribution` per span, in the spans' order."""
    context = Context(Tree(doc), spans, lexicon or load_lexicon())
    results = []
    for q in context.quotes:
        context.tests.append(kinds.other(q, context))
    for q, test in zip(context.quotes, context.tests, strict=True):
        found = None
        if test is not None:
            context.add(q, None)
            results.append(Attribution("other", rule=test))
            continue
        for rule in RULES:
            found = rule(q, context)
            if found is not None and rule not in TAGS and mute(context, found):
                found = None
            if found is not None:
                found.rule = rule.__name__
                break
        if found is not None and found.mention is None and found.source is not None:
            found.mention = mention(context, found.source, q)
            pronoun = relative_pronoun(context, found)
            if pronoun is not None:
                found.antecedent = found.mention
                found.mention = (context.tree.start[pronoun], context.tree.end[pronoun])
        context.add(q, found)
        results.append(_attribution(q, found, context))
    return results


def _attribution(q: Quote, found: Found | None, c: Context) -> Attribution:
    kind = kinds.kind(q, c)
    if found is None:
        return Attribution(kind)
    t = c.tree
    cue = (t.start[found.cue[0]], t.end[found.cue[-1]]) if found.cue else None
    return Attribution(kind, cue, found.mention, found.rule, confidence(found.rule, kind), found.antecedent)
