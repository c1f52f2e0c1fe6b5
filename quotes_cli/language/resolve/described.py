"""A definite description in, whom it means out: "the mayor", "the 23-year-old Spaniard", "the company".

The ranker chooses among those who are called so, else among those in focus and nobody known. Of some nouns the news
says *the* only if it has named whom it means; there nobody known is no choice.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from itertools import compress, count
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from quotes_cli.language import labels
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import singular, words

from .acronyms import initials
from .before import acting_before
from .below import LEADING, bearers_of, named_below, told_soon
from .doing import doer
from .entities import Entity, Role
from .features import NEVER, has_another_noun, has_noun, is_such, of_new, of_noun, reader, seen_from
from .fitting import (
    NARROWS,
    describable,
    fit,
    fit_class,
    has_children,
    has_role,
    is_bystander,
    is_narrowed,
    is_of_another,
    is_titled,
    may_be_told,
    narrowed,
    of_same_owner,
    only_one_called,
    told_before,
    words_of,
)
from .focus import Place
from .narration import is_introduced
from .presupposed import presupposed, presupposes
from .pronouns import named_beside
from .roles import describe
from .signed import PRESS
from .with_phrases import ANYBODY

if TYPE_CHECKING:
    from .discourse import Discourse

FITS = 0.6  # of `fit`: a narrower word does, with one modifier that the article does not know
NEAR = 12  # candidates of a description by recency
LEAGUES = frozenset("un u.n. eu e.u. nato".split())  # of states: the UN agency
TOLD_OF = re.compile(r"\w+-born|\d+-year-old")  # what the news tells of those whom it has named: the Welsh-born lawyer


def _has_trade(one: Entity) -> bool:
    """Does the article tell what somebody is, by more than is said of anybody: *fisherman* Bo Lee, no premier?"""
    return any(role.head not in ANYBODY for role in one.roles)


def _is_of_other_gender(new: Entity, one: Entity) -> bool:
    """Does a noun tell a gender (a dad of three) that somebody known surely is not of?"""
    return new.gender != "-" and new.gender_odds * one.gender_odds < 0 and abs(one.gender_odds) > NEVER


class Descriptions:
    """The descriptions of one walk.

    `last`: nouns to whom they last meant.
    """

    def __init__(self, walk: Discourse) -> None:
        self.walk, self.tokens, self.inventory, self.focus = walk, walk.tokens, walk.inventory, walk.focus
        self._introduced: dict[str, int] = {}
        self.last: dict[str, Entity] = {}
        self._forces: dict[str, dict[Entity, None]] = defaultdict(dict)  # who is no person by the last words of names
        for entity in self.inventory.entities:
            if entity.kind != "person":
                for key in entity.keys:
                    if len(key) > 1:
                        self._forces[key[-1]][entity] = None

    def is_introduced(self, i: int) -> bool:
        """Was somebody unnamed called by the noun at token i before: *a striker*, of *the striker*?"""
        noun, folded = self.tokens.folded[i], self.tokens.folded
        if noun not in self._introduced:
            places = (k for k in compress(count(), map(noun.__eq__, folded)) if k not in self.walk.described)
            self._introduced[noun] = next((k for k in places if is_introduced(self.inventory, k)), len(folded))
        return self._introduced[noun] < i

    def meant(self, first: int, i: int, new: Entity) -> Entity:
        """Whom the ranker takes the description [first, i] to mean: one whose role or name has the noun; where there is
        none, somebody in focus, or the `new` one, who is not known before."""
        walk = self.walk
        tokens, folded, focus = self.tokens, self.tokens.folded, self.focus
        apposed = (k for k in tokens.having(i, labels.APPOSITION) if k > i and tokens.pos[k] == "PROPN")
        if any(
            not tokens.entity[k] and not {"a", "an"} & {tokens.folded[c] for c in tokens.children[k]} for k in apposed
        ):
            return new  # the developer, Harbour Homes Ltd., which the model knows for no name; but the mayor, a Liberal
        described = describe(tokens, first, i + 1)
        near = walk.traits.believed(describable(new.kind, focus.latest(i)), first, i)
        others_named = named_beside(self.inventory, first, i, new.kind, speaks=i in focus.speakers)
        near = [one for one in near if one not in others_named and not _is_of_other_gender(new, one)]
        trade = described.head in PRESS or not is_bystander(described, self.tokens.folded[i])
        tied = walk.traits.of_body(first, i) if trade and new.kind == "person" else None
        if (tied := tied or walk.traits.of_seat(first, i, near)) is not None:
            return tied
        if tokens.tag[i - 1] == "POS" and new.kind == "body":
            near = [one for one in near if not is_of_another(one, folded[i - 2])]
        same = [one for one in near if one.number < 0 and folded[one.tokens[0]] == folded[i]]
        if new.kind == "person":
            fitting = [one for one in self._persons(described, first, i, near) if one not in others_named]
            alone = self._alone(described, first, i, fitting) or self._implied(described, first, i, near, fitting)
            if alone is not None:
                return alone
        else:
            few = len(described.modifiers) < 2
            fitting = [one for one in near if has_noun(described, one)] if few else []
            fitting = fitting or [one for one in near if is_such(described, one)]
            fitting = fitting or (of_same_owner(folded, i, near) if tokens.tag[i - 1] == "POS" else [])
        place = focus.place(i)
        if fitting and new.kind == "body":
            return walk.decide(
                i, "description", fitting, partial(self._features, fitting, near, described, place, fitting)
            )
        others = [one for one in (*near[:NEAR], *same) if not has_another_noun(described, one)]
        others = self._apart(described, first, i, new.kind, fitting, others)
        candidates = list(dict.fromkeys((*fitting, *others)))

        def spell(choice: str | None) -> list[Any]:
            known = self._features(candidates, near, described, place, fitting, choice)
            unknown = of_new(tokens, first, i, new.kind, place.speaks)
            expected = self._expected(described, first, i, bool(fitting))
            return [*known, reader(choice)((*unknown, *expected))]

        chosen = walk.decide(i, "description", [*candidates, new], spell, doubtful=None if fitting else new)
        if chosen is new:
            chosen = self._called_before(first, i, new, candidates if place.speaks and first == i else []) or new
        if chosen is new:
            chosen = self._only_such(described, first, i, fitting) or new
        if chosen.number < 0 and not chosen.members and new.kind == "body" and first == i:
            chosen = self._only_one(i) or chosen
        if chosen is new and place.speaks and (below := named_below(walk, first, i)) is not None:
            return below
        if place.speaks and new.kind == "person":
            acting = acting_before(walk, first, i, reports=chosen is not new)
            among = near if chosen is new or not fitting else fitting
            chosen = acting if acting is not None and acting in among else chosen
        known = chosen.number >= 0 or bool(chosen.members)  # or only "the singer" a sentence before
        if known or not presupposes(self, described, first, i, new.kind):
            return chosen
        return presupposed(walk, described, first, i, new.kind, candidates, place) or chosen

    def _implied(self, described: Role, first: int, i: int, near: list[Entity], fitting: list[Entity]) -> Entity | None:
        """Whom nobody calls so: the only politician, of *the Linden MP*; who owns the shop, of *the owner*."""
        seated = self.walk.traits.of_house(described, near, self.focus) if first < i else None
        if seated is not None or fitting or self.is_introduced(i):
            return seated
        acting = doer(self.walk, first, i)
        return acting if acting in near or acting not in self.focus.traces else None

    def _only_such(self, described: Role, first: int, i: int, fitting: list[Entity]) -> Entity | None:
        """The only one of the office, of a noun that nothing narrows."""
        if first < i or not described.office or self.tokens.behind(i) in NARROWS:
            return None
        same = [
            one for one in fitting if fit_class(described, one) == "same office" or is_titled(one, described.office)
        ]
        return same[0] if len(same) == 1 else None

    def _apart(
        self, described: Role, first: int, i: int, kind: str, fitting: list[Entity], others: list[Entity]
    ) -> list[Entity]:
        """Those of the others whom the description may mean, beside those whom it fits."""
        tokens, folded = self.tokens, self.tokens.folded
        if kind == "person":
            known_by = any(map(TOLD_OF.fullmatch, folded[first:i])) or has_children(tokens, i)
            stranger = (is_bystander(described, folded[i]) and not known_by) or "POS" in tokens.tag[first:i]
            stranger = stranger or is_narrowed(tokens, i)
        else:
            owned = "POS" in tokens.tag[first:i] and singular(folded[i]) not in column("venture_nouns.txt")
            stranger = owned or self.names_inside(first, i)
        if stranger:
            others = [one for one in others if not one.forms]  # a witness, the mayor's deputy, the Linden Bank website
        if described.office and first == i and not fitting:
            others = told_before(folded, i, others)
        if not (fitting or described.modifiers) and "politician" in words().wider.get(described.office or "", ()):
            others = [one for one in others if not (one.forms and _has_trade(one))]
        if fitting and described.office:  # the governor is not the mayor, but may be a former one
            roles = [role for one in fitting for role in one.roles]
            exact = any(role.office == described.office and role.modifiers & described.modifiers for role in roles)
            leads = self.focus.clock - 1 if "former" in folded[first:i] else None
            others = [
                one
                for one in others
                if self.focus.traces[one].led == leads
                or (not any(role.office for role in one.roles) and not (exact and one.forms))
            ]
        return others

    def _persons(self, described: Role, first: int, i: int, near: list[Entity]) -> list[Entity]:
        """The persons whose roles or party the description fits, or who lead what stands before *chief* or *boss*."""
        bearers = bearers_of(self.walk, {described.head, described.office or described.head})
        fitting = [one for one in bearers if fit(described, one) > FITS and has_role(one, i)]
        if "former" in self.tokens.folded[first:i]:  # who holds the office only below is another
            fitting = [one for one in fitting if any(role.token < i or "former" in role.text for role in one.roles)]
        fitting = fitting or self.walk.traits.of_party(described.head, near)
        if not fitting and described.head == "pensioner":  # Bo Lee, a retired miner
            fitting = [one for one in near if any("retired" in role.text.lower() for role in one.roles)]
        if not fitting and described.office:  # Dr. Ana Ortiz: the doctor
            fitting = [one for one in near if is_titled(one, described.office)]
        last = (
            self._last_unnamed(i, "person") if first == i and is_bystander(described, self.tokens.folded[i]) else None
        )
        if last is not None:  # an aide, the aide; but a judge, Judge Ana Lee, the judge
            kinds = ((one, fit_class(described, one)) for one in fitting)
            later = {one for one in fitting if any(role.token > last.tokens[0] for role in one.roles)}
            named = {one for one in later if any(told_soon(self.tokens, role, last.tokens[0]) for role in one.roles)}
            fitting = [
                one
                for one, kind in kinds
                if kind == "same noun"
                or (kind == "same office" and one in later)
                or (kind == "wider noun" and one in named)
            ]
        if fitting or described.head not in LEADING:
            return fitting
        countries = words().countries
        led = {word for word in self.tokens.folded[first:i] if word not in countries}  # the Dutch *finance* chief
        return [one for one in near if led and any(led <= words_of(role) for role in one.roles)]

    def _alone(self, described: Role, first: int, i: int, fitting: list[Entity]) -> Entity | None:
        """The one whom it fits of whom as much is told: the *Danish* leader, the head of the *OAS*."""
        if not fitting:
            return None
        if first < i and (called := only_one_called(self.tokens.folded[first : i + 1], fitting)) is not None:
            return called
        told = ((one, narrowed(one).union(*map(words_of, one.roles))) for one in fitting)
        whole = [one for one, known in told if described.modifiers and described.modifiers <= known]
        if len(whole) != 1 and (about := self._about(i)):
            keys = {key for body in about for key in body.keys}
            letters = {form for key in keys for form in (initials(key) if len(key) > 1 else key)}
            whole = [one for one in fitting if any(about & self._about(role.token) for role in one.roles)]
            whole = whole or [one for one in fitting if letters & narrowed(one)]
        if not whole and described.modifiers and not is_bystander(described, self.tokens.folded[i]):
            whole = [one for one in fitting if may_be_told(described, one, self.walk.traits.lands.get(one))]
        return whole[0] if len(whole) == 1 else None

    def _features(
        self,
        candidates: list[Entity],
        near: list[Entity],
        described: Role,
        place: Place,
        fitting: list[Entity],
        choice: str | None,
    ) -> list[Any]:
        """What the features of each candidate weigh in a choice; of None those."""
        traces, folded, read = self.focus.traces, self.tokens.folded, reader(choice)
        seen = seen_from(place, max((traces[one].times for one in candidates if one in traces), default=0), choice)
        order = {entity: rank for rank, entity in enumerate(near)}
        alone = sum(bool(one.forms) for one in candidates) == 1
        found = []
        for one in candidates:
            own = seen(one, traces[one], order.get(one, 0)) if one in traces else read(("not in focus",))
            own += read(tuple(of_noun(described, one, place.token, folded)))
            own += read(tuple(self._called(one, fitting, place)))
            found.append(own + read(("the only one named",)) if alone and one.forms else own)
        return found

    def _called(self, one: Entity, fitting: list[Entity], place: Place) -> Iterator[str]:
        """Features of whom the article calls so: by a role, or with the same noun before."""
        if self.last.get(self.tokens.folded[place.token]) is one:
            yield "meant by the noun before"
            if place.speaks:
                yield "speaks: meant by the noun before"
        if one.kind == "person" and one in fitting:
            yield "called so" if len(fitting) > 1 else "alone called so"
            if all(role.token > place.token for role in one.roles):
                yield "called so only later"

    def _expected(self, described: Role, first: int, i: int, fitting: bool) -> Iterator[str]:
        """Features of nobody known by what the noun leads one to expect."""
        noun = self.tokens.folded[i]
        marks = {
            "introduced before": self.is_introduced(i),
            "bystander": is_bystander(described, self.tokens.folded[i]),
            "venture": singular(noun) in column("venture_nouns.txt"),
            "somebody is called so": fitting,
            "with a name inside": self.names_inside(first, i),
        }
        for mark in (mark for mark, holds in marks.items() if holds):
            yield f"new: {mark}"
            if i in self.focus.speakers:
                yield f"speaks: new: {mark}"

    def _about(self, i: int) -> set[Entity]:
        """Of what the noun at token i names somebody to be head or part: *OAS* secretary general, head of the *OAS*."""
        tokens, covering = self.tokens, self.inventory.covering
        first = tokens.run_before(i, lambda k: tokens.tag[k].startswith(("NN", "JJ", "POS", "VBN")), max(i - NEAR, 0))
        found = set(range(first, i))
        if tokens.behind(i) in ("of", "for", "at"):
            behind = tokens.run_from(i + 2, lambda k: tokens.tag[k].startswith("DT"), tokens.paragraph_end(i))
            found.add(behind)
        links = (covering[k].entity for k in found if k in covering)
        return {one for one in links if one is not None and one.kind != "person"}

    def names_inside(self, first: int, i: int) -> bool:
        """Does the description say whose it is by a name that is no place's: the *Linden Foundation* website?"""
        covering = self.inventory.covering
        inside = [k for k in range(first, i) if k in covering and covering[k].entities[0].kind != "place"]
        return any(self.tokens.folded[k] not in LEAGUES for k in inside)

    def _last_unnamed(self, i: int, kind: str, before: int = 0) -> Entity | None:
        """The unnamed one last called so, by as many words `before` the noun and maybe more: *the port's press
        service*, of *the press service*."""
        folded, last = self.tokens.folded, self.last.get(self.tokens.folded[i])
        if last is None or last.number >= 0 or last.kind != kind or last.members:
            return None
        noun = last.tokens[0]
        return last if folded[i - before : i] == folded[noun - before : noun] else None

    def _called_before(self, first: int, i: int, new: Entity, candidates: list[Entity]) -> Entity | None:
        """The unnamed one called so before, of persons where none is likelier: *an analyst* at a bank, the analyst."""
        if new.kind == "body":
            return self._last_unnamed(i, "body", i - first)
        if not candidates:
            return None
        _, best = max(zip(self.walk.shares(i), [*candidates, new], strict=True), key=itemgetter(0))
        folded = self.tokens.folded
        return best if best.number < 0 and best.tokens and folded[best.tokens[0]] == folded[i] else None

    def _only_one(self, i: int) -> Entity | None:
        """The one whose name ends in the noun, named before in quotations alone: Linden Airport, of *the airport*."""
        noun = self.tokens.folded[i]
        named = [one for one in self._forces.get(noun, ()) if one.tokens and one.tokens[0] < i]
        return named[0] if len(named) == 1 and named[0] not in self.focus.traces else None

    def force(self, i: int) -> Entity | None:
        """The one body whose name ends in a noun for many: *police*, where only the Linden Police are named."""
        named = self._forces.get(self.tokens.folded[i], ())
        return next(iter(named)) if len(named) == 1 else None
