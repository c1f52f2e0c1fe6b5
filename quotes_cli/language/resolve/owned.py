"""A description by whose it is in, whom it means out: *Norland's president*, *her lawyer*, *its* chief executive."""

from __future__ import annotations

from collections.abc import Set
from itertools import islice
from typing import TYPE_CHECKING

from quotes_cli.language.words.vocabulary import words

from .below import bearers_of
from .entities import Entity, Role
from .fitting import SUCCESSIONS, fit, fit_class
from .matching import MANY
from .roles import describe

if TYPE_CHECKING:
    from .discourse import Discourse

FARTHEST = 12  # tokens of what stands behind a noun
REACH = 8  # tokens from a noun to whose it is
INNER = ("NN", "JJ", "VBN", "HYPH", "CD")  # tags between them
REPORTERS = frozenset({"correspondent", "reporter"})
FITS = 0.6  # of `fit`: a wider word does, with one modifier that the article does not know


def of_owner(walk: Discourse, first: int, i: int) -> Entity | None:
    """The one whom the article calls the same of the same owner as [first, i] does; of an office also the only one who
    holds it."""
    tokens = walk.tokens
    possessive = "POS" in tokens.tag[first:i] or (first > 0 and tokens.tag[first - 1] == "PRP$")
    if not possessive or _is_named_behind(walk, i):
        return None
    described = describe(tokens, first, i + 1)
    bearers = bearers_of(walk, {described.head, described.office or described.head})
    named = [one for one in bearers if one.kind == "person" and one.forms and fit(described, one) > FITS]
    when = SUCCESSIONS.intersection(tokens.folded[first:i])
    fitting = {one: [role for role in one.roles if _is_called(described, role, when)] for one in named}
    owners = owners_of(walk, i)
    same = [one for one, roles in fitting.items() if any(owners & owners_of(walk, role.token) for role in roles)]
    if same or described.office is None:
        return same[0] if len(same) == 1 else None
    alone = [one for one, roles in fitting.items() if roles and fit_class(described, one) == "same office"]
    if len(alone) != 1:
        return None
    others = set[Entity]().union(*(owners_of(walk, role.token) for role in fitting[alone[0]]))
    shared = any(described.modifiers & role.modifiers for role in alone[0].roles)
    unsure = not owners or tokens.tag[first - 1] == "PRP$"  # whom "its" means is a guess
    return alone[0] if shared or bool(others) == unsure else None


def own_reporter(walk: Discourse, first: int, i: int) -> Entity | None:
    """Whom a newsroom calls *our correspondent*: the last one named as the newsroom's, Kemi News's Ana Ortiz."""
    tokens, inventory = walk.tokens, walk.inventory
    if tokens.folded[i] not in REPORTERS or tokens.before(first) != "our":
        return None
    for one in walk.focus.latest(i):
        named = (
            link for last in islice(one.tokens, MANY) if (link := inventory.links.get(last)) is not None and last < i
        )
        owners = (link.name.before - 2 for link in named if tokens.tag[link.name.before - 1] == "POS")
        ours = any((link := inventory.covering.get(k)) and link.entities[0].kind == "body" for k in owners)
        if one.kind == "person" and (ours or any(role.head in REPORTERS for role in one.roles)):
            return one
    return None


def _is_called(described: Role, role: Role, when: Set[str]) -> bool:
    """Is the role what the description calls somebody, or a narrower office, as of *leader* the chancellor, and at the
    same time?"""
    if SUCCESSIONS.intersection(role.text.lower().split()) != when:
        return False
    if described.head == role.head or (described.office is not None and described.office == role.office):
        return True
    return not {described.head, described.office}.isdisjoint(words().wider.get(role.office or "", ()))


def _is_named_behind(walk: Discourse, i: int) -> bool:
    """Does the name of whom it describes follow, behind a comma maybe: Chile's minister of trade, *Ana Ortiz*?"""
    tokens, stop = walk.tokens, walk.tokens.paragraph_end(i)
    farthest = min(i + FARTHEST, stop)
    end = tokens.run_from(i + 1, lambda k: tokens.tag[k].startswith(("IN", "DT", "NN", "JJ", "CC")), farthest)
    last = min(end + 5, stop)
    begins = (link.name.before for link in walk.inventory.at(i + 1, last))
    return any(first in (i + 1, end, end + 1) for first in begins)


def owners_of(walk: Discourse, noun: int) -> set[Entity]:
    """Whose somebody is by the noun at a token: *Norland's* president, the president of *Norland*, *her* lawyer."""
    tokens = walk.tokens
    found = set[Entity | None]()
    if noun < 0:
        return set()
    begin = noun
    for k in range(noun - 1, max(noun - REACH, -1), -1):
        if tokens.tag[k] in ("POS", "PRP$"):
            found.add(_denoted(walk, k if tokens.tag[k] == "PRP$" else k - 1))
            break
        if not tokens.tag[k].startswith(INNER):
            break
        begin = k
    links = walk.inventory.at(begin, noun)
    if tokens.behind(noun) in ("of", "for", "at", "to"):
        behind = tokens.run_from(noun + 2, lambda k: tokens.tag[k].startswith("DT"), tokens.paragraph_end(noun))
        found.add(_denoted(walk, behind) if behind < len(tokens) else None)
    found.update(link.entity for link in links)
    return {one for one in found if one is not None}


def _denoted(walk: Discourse, i: int) -> Entity | None:
    """Whom the word at a token names or means."""
    link = walk.inventory.covering.get(i)
    return link.entity if link is not None and link.entity is not None else walk.at.get(i)
