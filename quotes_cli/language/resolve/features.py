"""A mention and a candidate pass through here and come out as features, by which the ranker weighs the pair.

Every feature is a phrase that holds or does not; numbers come in steps. They follow the literature on pronouns:
recency and grammatical role (Lappin & Leass 1994), parallel roles and the candidate's last form (Denis & Baldridge
2008), speakers (Muzny et al. 2017), gender as a probability (Bergsma & Lin 2006).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from math import log

from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.vocabulary import words

from .entities import GENDERED, Entity, Role
from .fitting import fit_class, may_be_firm
from .focus import Place, Trace
from .ranker import Features

_SENTENCES = (0, 1, 2, 4, 8)
_SENTENCES_BACK = ("same sentence", "one sentence back", "two back", "three or four back", "some back", "far back")
_PARAGRAPHS = (0, 1, 3)
_PARAGRAPHS_BACK = ("same paragraph", "one paragraph back", "two or three paragraphs back", "many paragraphs back")
_RANKS = (0, 1, 2, 5)
_RECENCY = ("latest", "second latest", "third latest", "fourth to sixth latest", "older")
_TIMES = (1, 2, 4, 8)
_COUNT = ("mentioned once", "mentioned twice", "mentioned often", "mentioned very often", "mentioned throughout")
_LED = ("led this sentence", "led the sentence before", "led two sentences back")
_UNDER = ("under the same head", "possessor under the same head")
_ODDS = (-1.5, -0.3, 0.3, 1.5, 3.0)
_GENDER = (
    "hardly this gender",
    "rather the other gender",
    "gender open",
    "rather this gender",
    "this gender",
    "surely this gender",
)
NEVER = log(95 / 5)  # odds from which a pronoun of the other gender never means a person; a title alone says more


def step(value: float, edges: tuple[float, ...], names: tuple[str, ...]) -> str:
    """The name of the step that a number is on: the first whose edge it does not pass."""
    return names[bisect_left(edges, value)]


def of_pronoun(
    place: Place, candidates: Sequence[Entity], traces: Mapping[Entity, Trace], pronoun: str
) -> list[list[Features]]:
    """The features of each candidate for a pronoun of this class (*masculine*, *plural*, ...), the latest first."""
    seen = seen_from(place, max(traces[entity].times for entity in candidates))
    found = [seen(entity, traces[entity], rank) for rank, entity in enumerate(candidates)]
    if pronoun in GENDERED:
        for entity, features in zip(candidates, found, strict=True):
            features.append((of_gender(entity, pronoun),))
    return found


def seen_from(place: Place, most: int) -> Callable[[Entity, Trace, int], list[Features]]:
    """What tells, of a candidate, its trace and how many were mentioned later, where and how it was last mentioned, how
    often, who leads, who is the paragraph's, who spoke last. `most` is the highest `times` among all."""
    clock, paragraph, role, governor = place.clock, place.paragraph, place.role, place.governor
    speaks, opens, here, speaker = place.speaks, place.opens, place.here, place.speaker
    under = _UNDER[role == "possessor"]

    def seen(entity: Entity, trace: Trace, rank: int) -> list[Features]:
        back, up, times, led = clock - trace.clock, paragraph - trace.paragraph, trace.times, clock - trace.led
        near = _SENTENCES_BACK[back] if 0 <= back <= 1 else "further back"
        found = [  # what lies behind the last edge of a scale is all alike, which keeps the tables small
            _distance(back if back < 9 else 9, up if up < 4 else 4, rank if rank < 6 else 6, speaks, opens),
            _mention(near, trace.role, trace.form, trace.role == role, trace.reports, speaks, opens),
            _standing(
                times if times < 9 else 9,
                times == most,
                led if led < 3 else 3,
                trace.early,
                trace.spoke > 0,
                entity.kind,
                bool(entity.forms),
                under if trace.governor == governor and not back else "",
            ),
        ]
        if entity in here:
            which = "alone" if len(here) == 1 else "first" if next(iter(here)) is entity else "later"
            found.append(_here(which, speaks))
        if speaker is entity:
            found.append(_last_speaker(min(paragraph - place.speaker_paragraph, 2), speaks))
        if speaks and entity in place.quoted:
            found.append(("speaks: named in the quotation",))
        return found

    return seen


# Features that hang on the same few things come together, each such group from a table of all that were met.


@cache
def _distance(sentences: int, paragraphs: int, rank: int, speaks: bool, opens: bool) -> Features:
    recency = step(rank, _RANKS, _RECENCY)
    found = [step(sentences, _SENTENCES, _SENTENCES_BACK), step(paragraphs, _PARAGRAPHS, _PARAGRAPHS_BACK), recency]
    if speaks:
        found.append(f"speaks: {recency}")
    if opens:
        found.append(f"opens: {recency}")
    return tuple(found)


@cache
def _mention(near: str, role: str, form: str, parallel: bool, reports: bool, speaks: bool, opens: bool) -> Features:
    found = [f"{role}, {near}", f"last a {form}"]
    if parallel:
        found.append(f"same role, {near}")
    if reports:
        found.append(f"reports, {near}")
    if speaks:
        found += (f"speaks: {role}, {near}", f"speaks: last a {form}")
    if opens:
        found.append(f"opens: {role}, {near}")
    return tuple(found)


@cache
def _standing(
    times: int, most: bool, led: int, early: bool, spoke: bool, kind: str, named: bool, under: str
) -> Features:
    found = [step(times, _TIMES, _COUNT), kind if named else f"unnamed {kind}", *_LED[led : led + 1]]
    marks = {"mentioned most": most, "in the first paragraph": early, "has spoken": spoke, under: bool(under)}
    return (*found, *(mark for mark, holds in marks.items() if holds))


@cache
def _here(which: str, speaks: bool) -> Features:
    here = f"{which} in this paragraph"
    return (here, f"speaks: {here}") if speaks else (here,)


@cache
def _last_speaker(gap: int, speaks: bool) -> Features:
    found = "last speaker, " + ("same paragraph", "one paragraph back", "further back")[gap]
    also = f"speaks: last speaker, {'further back' if gap else 'same paragraph'}"
    return (found, also) if speaks else (found,)


def _odds(entity: Entity, pronoun: str) -> float:
    """log-odds that the candidate is of the pronoun's gender."""
    return entity.gender_odds if GENDERED[pronoun] == "f" else -entity.gender_odds


def of_gender(entity: Entity, pronoun: str) -> str:
    """How the candidate's gender agrees with *he* or *she*."""
    return step(_odds(entity, pronoun), _ODDS, _GENDER)


def may_be(pronoun: str, entities: Iterable[Entity], place: Place) -> list[Entity]:
    """Those of the entities that the pronoun may mean at all by their kind. What cannot speak is no source."""
    if pronoun in GENDERED:
        sign = 1 if GENDERED[pronoun] == "f" else -1
        return [
            one
            for one in entities
            if (one.kind == "person" or (one.kind == "unknown" and one.forms))
            and not one.plural
            and sign * one.gender_odds >= -NEVER
        ]
    if pronoun == "neuter":
        living = ("person", "group")
        found = [one for one in entities if not (one.plural or one.kind in living) or may_be_firm(one)]
    else:
        found = [one for one in entities if one.kind != "document" or not place.speaks]
    return [one for one in found if one.kind != "unknown" or one.forms] if place.speaks else found


def of_noun(described: Role, entity: Entity, i: int, folded: Sequence[str]) -> Iterator[str]:
    """How the noun at token i and its modifiers agree with what the article says of the candidate."""
    lex = words()
    yield f"noun: {fit_class(described, entity)}"
    gender = lex.persons.get(described.head.partition("-of-")[0], "-")  # the mother-of-two
    if gender != "-":
        yield f"noun of {of_gender(entity, 'feminine' if gender == 'f' else 'masculine')}"
    if described.modifiers:
        known = frozenset[str]().union(*[role.modifiers for role in entity.roles])
        shared = len(described.modifiers & known)
        yield "modifier known" if shared else "no modifier known"
        if shared > 1:
            yield "modifiers known"
    if entity.number < 0:
        yield "the same noun" if folded[entity.tokens[0]] == folded[i] else "another noun"
    elif entity.kind != "person":
        if has_noun(described, entity):
            yield "noun in the name"
        elif bears_noun(described, entity):
            yield "a kind of the noun in the name"
        else:
            yield "noun not in the name, though typed" if described.head in lex.kinds else "noun not in the name"


def has_noun(described: Role, entity: Entity) -> bool:
    """Has a body's name the very noun of the description, or is the body said to be one?"""
    head = described.head
    if not entity.forms:
        return False
    return any(head in key for key in entity.keys) or any(role.head == head for role in entity.roles)


def bears_noun(described: Role, entity: Entity) -> bool:
    """Has a body's name the noun of the description, or a word for which that may stand?"""
    if not entity.forms:
        return False
    meant = _meant(described.head)
    return not all(map(meant.isdisjoint, entity.keys)) or is_such(described, entity)


@lru_cache(maxsize=4096)
def _meant(noun: str) -> frozenset[str]:
    """The noun and the words of names that it may stand for."""
    return words().kinds.get(noun, frozenset()) | {noun}


def is_such(described: Role, entity: Entity) -> bool:
    """Is a body said to be what the noun of the description may mean as well: the organization, of *a group*?"""
    alike = words().alike.get(described.head) if entity.roles else None
    return alike is not None and any(role.head in alike for role in entity.roles)


def has_another_noun(described: Role, entity: Entity) -> bool:
    """Does a body's name end in a noun for bodies that is none of the description's (the government, Linden Court), or
    is the body said to be another?"""
    if entity.kind == "person":
        return False
    nouns = _telling_nouns()
    ended = any(key[-1] in nouns for key in entity.keys if len(key) > 1)
    return (ended or _is_another(described, entity)) and not bears_noun(described, entity)


@cache
def _telling_nouns() -> frozenset[str]:
    """The nouns for bodies but those that most bodies are: an organization may be an agency."""
    return words().organisations - words().alike["group"]


def _is_another(described: Role, entity: Entity) -> bool:
    """Is a body said to be something else than the noun tells: Ofgrid, *a regulator*, which is no company?"""
    kinds, alike = words().kinds, words().alike
    if not entity.roles:
        return False
    if described.head not in alike or described.head in alike["group"]:
        return False
    said = [role.head for role in entity.roles if role.head in alike and role.head not in alike["group"]]
    return bool(said) and not any(one in kinds[described.head] or described.head in kinds[one] for one in said)


def of_new(tokens: Tokens, first: int, kind: str, place: Place, expected: Iterable[str]) -> list[Features]:
    """The features of somebody whom the article has not named or described before the description [first, token];
    `expected`: those of the noun.
    """
    return [(*_of_new(tokens, first, place.token, kind, place.speaks), *expected)]


def _of_new(tokens: Tokens, first: int, i: int, kind: str, speaks: bool) -> Iterator[str]:
    yield f"new {kind}"
    yield f"new: {tokens.before(first) if tokens.before(first) in ('the', 'this', 'that') else 'without determiner'}"
    if first < i:
        yield "new: with modifiers"
    following = tokens.behind(i)
    if following in ("of", "for", "who", "in", "at", "from", "that", "with"):
        yield f"new: before {'who' if following == 'that' else following}"
    if tokens.tag[i].startswith("NNP"):
        yield "new: with a capital"
    if speaks:
        yield "speaks: new"
    if words().persons.get(tokens.folded[i], "-") != "-":
        yield "new: noun of a gender"
    if tokens.folded[i] in words().offices:
        yield "new: an office"
