"""A definite description of nobody known in, who is named that it must mean out: *the company*, *the striker*."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import singular

from .below import named_next
from .entities import Entity, Role
from .fitting import has_children, is_bystander, is_narrowed, likeliest, may_be_firm
from .focus import Place

if TYPE_CHECKING:
    from .described import Descriptions
    from .discourse import Discourse


def presupposes(descriptions: Descriptions, described: Role, first: int, i: int, kind: str) -> bool:
    """Would the news say *the* of this noun only where it has named whom it means?

    The striker, the 23-year-old Spaniard, the company; not the judge, nor the striker who was *a striker* first.
    """
    tokens = descriptions.tokens
    if (
        descriptions.names_inside(first, i)
        or is_narrowed(tokens, i)
        or descriptions.is_introduced(i)
        or (described.office is not None and "former" not in tokens.folded[first:i])  # who has another office now
    ):
        return False
    noun = tokens.folded[i]
    if kind == "body":
        return singular(noun) in column("venture_nouns.txt")
    return has_children(tokens, i) or not is_bystander(described, noun)


def presupposed(
    walk: Discourse, described: Role, first: int, i: int, kind: str, candidates: Sequence[Entity], place: Place
) -> Entity | None:
    """Whom the noun at token i means of the candidates, or of who is named next; where it does not speak, only a body
    beside which none is named."""
    if not place.speaks and kind == "person":
        return _leading(walk, first, candidates, place)
    if not place.speaks:
        bodies = [one for one in candidates if one.forms and one.kind == kind == "body"]
        return bodies[0] if len(bodies) == 1 else None
    firm = _firm(walk, place) if kind == "body" else None
    if firm is not None and firm is place.speaker:
        return firm
    named = likeliest(candidates, walk.shares(i), (kind, "unknown")) or named_next(walk, described, i, kind)
    return named if named is not None and named.kind != "unknown" else firm or named


def _leading(walk: Discourse, first: int, candidates: Sequence[Entity], place: Place) -> Entity | None:
    """Who leads the sentence before, else the only one named there, where the description leads its own: Ana Ortiz
    fell. *The retired cook* called for help."""
    tokens, traces, last = walk.tokens, walk.focus.traces, place.clock - 1
    if not tokens.begins_sentence(first - 1):
        return None
    in_focus = [one for one in candidates if one in traces]
    here = [one for one in in_focus if one.forms and one.kind == "person" and traces[one].clock == last]
    led = [one for one in here if traces[one].led == last] or here
    return led[0] if len(led) == 1 else None


def _firm(walk: Discourse, place: Place) -> Entity | None:
    """The only one in focus whom the model took for a person, and who may be a firm: Openmap, of *the company*; or who
    spoke last, of no known given name: Kemi Sana, of *the paper*."""
    firms = [one for one in walk.focus.traces if may_be_firm(one)]
    if len(firms) != 1:
        last = place.speaker if place.paragraph - place.speaker_paragraph < 2 else None
        firms = [last] if last is not None and may_be_firm(last, 2) else []
    if len(firms) != 1:
        return None
    firms[0].kind = "body"
    return firms[0]
