"""Mentions of the whole article in, the speaker of each quotation out: fullest name, type, role, sieve.

resolve(doc, spans, attributions, people=None) -> list[Resolution]
    load_people(path) -> list[Person]
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes_cli.language.tokens import Tokens
from quotes_cli.records import Attribution, MarkedSpan, Resolution

from .discourse import Discourse
from .inventory import build
from .people import Person, load_people, recognise
from .phrases import mention_of
from .roles import learn
from .sieves import resolve_mention

__all__ = ["Person", "load_people", "resolve"]


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

    quoted = {
        i
        for span, found in zip(spans, attributions, strict=True)
        if found.kind != "other"
        for i in range(*tokens.range_of(span.outer_start, span.outer_end))
    }
    mentions = [
        mention_of(tokens, *(found.antecedent or found.mention)) if found.mention else None for found in attributions
    ]
    inventory = build(tokens, [(mention.first, mention.last) for mention in mentions if mention], quoted)
    learn(inventory)
    recognise(inventory, people or ())
    discourse = Discourse(inventory, {mention.head for mention in mentions if mention})
    discourse.run()
    return [resolve_mention(discourse, mention, off) if mention else Resolution(None) for mention in mentions]
