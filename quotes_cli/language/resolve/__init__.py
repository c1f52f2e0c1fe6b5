"""Mentions of the whole article in, the speaker of each quotation out: fullest name, type, role, sieve.

resolve(doc, spans, attributions, people=None) -> list[Resolution]
    load_people(path) -> list[Person]
"""

from __future__ import annotations

from collections.abc import Sequence

from quotes_cli.language.tokens import Tokens
from quotes_cli.records import Attribution, MarkedSpan, Resolution

from .discourse import Discourse
from .inventory import author, build
from .people import Person, load_people, recognise
from .phrases import mention_of
from .roles import learn
from .sieves import State, resolve_mention

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
        mention_of(tokens, *(found.antecedent or found.mention), number) if found.mention else None
        for number, found in enumerate(attributions)
    ]
    inventory = build(tokens, [(m.first, m.last) for m in mentions if m], quoted)
    learn(tokens, inventory)
    recognise(inventory, people or ())
    discourse = Discourse(tokens, inventory, {m.head for m in mentions if m})
    state = State(tokens, inventory, discourse, discourse.run(), off, author(tokens, inventory))
    return [resolve_mention(state, m) if m else Resolution(None) for m in mentions]
