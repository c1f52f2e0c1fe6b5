"""A noun for several in, the named ones whom it means together out: *the two*, *the couple*, *the chairmen*."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from quotes_cli.language.words.vocabulary import singular, words

from .below import bearers_of
from .entities import Entity
from .fitting import NARROWS, all_may_be
from .inventory import Inventory
from .narration import COUNTED
from .phrases import called, noun_kind

if TYPE_CHECKING:
    from .discourse import Discourse

REACH = 30  # tokens from *one* back to those of which it is one


def one_of_several(inventory: Inventory, i: int) -> Entity:
    """Somebody of whom no more is told than *one* at token i; a document: signs hung there, *one* read so."""
    tokens = inventory.tokens
    reads = range(i - 1, max(i - REACH, -1), -1) if tokens.lemma[tokens.head[i]] == "read" else ()
    near = (k for k in reads if tokens.tag[k] == "NNS" and k not in inventory.quoted)
    sign = next((k for k in near if noun_kind(tokens, k) == "document"), None)
    if sign is not None and tokens.paragraph[i] - tokens.paragraph[sign] < 2:
        return Entity(-1, "document", phrase=partial(singular, tokens.folded[sign]), tokens=[i])
    return Entity(-1, "person", phrase=partial(called, tokens, i, i), tokens=[i])


def several(walk: Discourse, i: int, first: int) -> Entity | None:
    """The named ones whom *the two*, *the couple*, *both men* or *the chairmen* mean: those last named together,
    or the two who are called so."""
    tokens = walk.tokens
    counted = {tokens.folded[k] for k in range(max(first - 1, 0), i + 1)}
    number = next((count for word, count in COUNTED.items() if word in counted), 0)
    joint = next((one for one in walk.focus.latest(i) if one.members), None)
    if number:
        fits = joint is not None and len(joint.members) == number and all_may_be(tokens, i, joint.members)
        return joint if fits else None
    noun = singular(tokens.folded[i])
    if noun == tokens.folded[i] or tokens.behind(i) in NARROWS:
        return None
    bearers = [one for one in bearers_of(walk, {noun, words().offices.get(noun, noun)}) if one.kind == "person"]
    called = [one for one in bearers if one in walk.focus.traces]
    if len(called) == 2 == len(bearers):
        return walk.joint(tuple(sorted(called, key=lambda one: one.tokens[0] if one.tokens else 0)))
    return joint if joint is not None and len(bearers) > 1 and set(joint.members) <= {*bearers} else None
