"""Mentions of the whole article in, the speaker of each quotation out: fullest name, type, role, sieve.

resolve(doc, spans, attributions, people=None) -> list[Resolution]
    load_people(path) -> list[Person]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from quotes_cli.language.attribute.turns import around
from quotes_cli.language.tokens import Tokens
from quotes_cli.records import INDIRECT, Attribution, MarkedSpan, Resolution

from .discourse import Discourse
from .entities import Entity
from .interview import in_turns, is_letter
from .inventory import Inventory, build
from .people import Person, load_people, recognise
from .phrases import Mention, mention_of, noun_kind
from .roles import learn
from .sieves import resolve_mention
from .unsourced import CONTEXT, suggest

__all__ = ["Person", "load_people", "prepare", "resolutions", "resolve"]


def resolve(
    tokens: Tokens,
    spans: Sequence[MarkedSpan],
    attributions: Sequence[Attribution],
    people: Sequence[Person] | None = None,
    off: frozenset[str] = frozenset(),
) -> list[Resolution]:
    """One `Resolution` for each span, in order; `tokens` are those of the whole article.

    `people` are those of a newsroom's file (`load_people`); `off` names sieves to leave out, for ablations.
    """
    discourse, mentions = prepare(tokens, spans, attributions, people)
    discourse.run(everywhere=any(span.label for span in spans))  # whom a turn's letter means is counted
    found = in_turns(discourse, spans, attributions, around(spans), resolutions(discourse, mentions, off))
    return suggest(discourse, spans, attributions, found) if CONTEXT not in off else found


def resolutions(
    discourse: Discourse, mentions: Sequence[Mention | None], off: frozenset[str] = frozenset()
) -> list[Resolution]:
    """Who each mention is, behind the walk."""
    return [resolve_mention(discourse, mention, off) if mention else Resolution(None) for mention in mentions]


def _is_document_of(tokens: Tokens, mention: Mention) -> bool:
    """Is the mention a document with its owner before it?"""
    owned = mention.head - 2 >= mention.first and tokens.tag[mention.head - 1] == "POS"
    return owned and noun_kind(tokens, mention.head) == "document"


def _is_name(inventory: Inventory, mention: Mention) -> bool:
    """Is the mention a name that can only be one's?"""
    link = inventory.covering.get(mention.head)
    return link is not None and link.entity is not None


def prepare(
    tokens: Tokens,
    spans: Sequence[MarkedSpan],
    attributions: Sequence[Attribution],
    people: Sequence[Person] | None = None,
    walk: type[Discourse] = Discourse,
) -> tuple[Discourse, list[Mention | None]]:
    """The walk through an article before its first step, and the mention of each span."""
    quoted = {
        i
        for span, found in zip(spans, attributions, strict=True)
        if found.kind not in ("other", INDIRECT) and span.label is None
        for i in range(*tokens.range_of(span.outer_start, span.outer_end))
    }
    mentions = [
        mention_of(tokens, *(found.antecedent or found.mention))
        if found.mention and not (span.label and is_letter(tokens.text[slice(*span.label)]))
        else None
        for span, found in zip(spans, attributions, strict=True)
    ]
    inventory = build(tokens, [(mention.first, mention.last) for mention in mentions if mention], quoted)
    learn(inventory)
    recognise(inventory, people or ())
    named: dict[int, set[Entity]] = defaultdict(set)
    for span, mention in zip(spans, mentions, strict=True):
        if mention and span.label is None:
            inside = inventory.at(*tokens.range_of(span.start, span.end))
            own = range(mention.first, mention.last)  # within what it is the source of: the plan, Ortiz said, failed
            others = (link for link in inside if link.name.first not in own)
            named[mention.head].update(entity for link in others for entity in link.entities)
            if _is_document_of(tokens, mention):  # the company's statement says
                named[mention.head - 2].update(named[mention.head])
    open_at = {mention.head for mention in mentions if mention and not _is_name(inventory, mention)}
    for span, found in zip(spans, attributions, strict=True):
        if found.kind not in ("other", INDIRECT) and found.mention is None and span.label is None:
            open_at.update(i for i in tokens.range_of(span.outer_start, span.outer_end) if i < len(tokens))
    return walk(inventory, {head: frozenset(entities) for head, entities in named.items()}, open_at), mentions
