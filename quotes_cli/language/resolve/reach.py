"""An article's mentions in, how far the walk through it must go out: behind that nothing hangs on whom words mean."""

from __future__ import annotations

from collections.abc import Sequence

from quotes_cli.records import Attribution, MarkedSpan

from .apposed import REACH_NAME
from .inventory import Inventory
from .phrases import Mention, noun_kind


def end_of_walk(
    inventory: Inventory,
    spans: Sequence[MarkedSpan],
    attributions: Sequence[Attribution],
    mentions: Sequence[Mention | None],
) -> int | None:
    """The token before which the walk may end; None where it must see all.

    The sieves look no farther than `REACH_NAME` behind a mention, from a document to the end of its paragraph, and so
    does `unsourced` from a quotation without a source. A name that only one can bear is answered without the walk.
    """
    tokens, end = inventory.tokens, 0
    if any(span.label is not None for span in spans):
        return None  # whom a turn's letter means is counted
    for span, attribution, mention in zip(spans, attributions, mentions, strict=True):
        if mention is not None and not _is_plain(inventory, mention):
            last = tokens.paragraph_end(mention.last - 1)
            near = min(mention.last + REACH_NAME, last)
            if mention.head in inventory.quoted and _may_be_several(inventory, mention.first, near):
                return None  # the walk passes the name over, and what it finds at its end decides
            end = max(end, last if noun_kind(tokens, mention.head) == "document" else near)
        if attribution.rule is None and attribution.kind != "other" and span.parent is None:
            first = tokens.range_of(span.outer_start, span.outer_end)[0]
            end = max(end, tokens.paragraph_end(first) if first < len(tokens) else 0)
    return end


def _is_plain(inventory: Inventory, mention: Mention) -> bool:
    """Is it the name of one whom the inventory knows, whatever else is in focus?"""
    link = inventory.links.get(mention.head)
    alone = link is not None and link.entity is not None and bool(link.entity.name)
    return alone and not _may_be_several(inventory, mention.first, mention.last)


def _may_be_several(inventory: Inventory, first: int, last: int) -> bool:
    """Is a name there that several bear?"""
    return any(link.entity is None for link in inventory.at(first, last))
