"""A mention and a candidate pass through here and come out as features, by which the ranker weighs the pair.

Every feature is a phrase that holds or does not; numbers come in steps. They follow the literature on pronouns:
recency and grammatical role (Lappin & Leass 1994), parallel roles and the candidate's last form (Denis & Baldridge
2008), speakers (Muzny et al. 2017), gender as a probability (Bergsma & Lin 2006).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from math import log
from typing import Any

from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.vocabulary import words

from .entities import GENDERED, SURE, Entity, Role
from .fitting import fit_class, may_be_firm
from .focus import Place, Trace
from .ranker import Features, together

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
    place: Place, candidates: Sequence[Entity], traces: Mapping[Entity, Trace], pronoun: str, choice: str | None
) -> list[Any]:
    """What the features of each candidate for a pronoun of this class (*masculine*, *plural*, ...) weigh in a choice,
    or of None those; the latest candidate comes first."""
    seen = seen_from(place, max([traces[entity].times for entity in candidates]), choice)
    found = [seen(entity, traces[entity], rank) for rank, entity in enumerate(candidates)]
    if pronoun in GENDERED:
        told, sign = _genders(choice), 1 if GENDERED[pronoun] == "f" else -1
        steps = [bisect_left(_ODDS, sign * one.gender_odds) for one in candidates]
        return [own + told[step] for own, step in zip(found, steps, strict=True)]
    return found


@cache
def _genders(choice: str | None) -> list[Any]:
    """What is taken of each step of how a gender agrees."""
    return [reader(choice)((name,)) for name in _GENDER]


def seen_from(place: Place, most: int, choice: str | None) -> Callable[[Entity, Trace, int], Any]:
    """What tells, of a candidate, its trace and how many were mentioned later, where and how it was last mentioned, how
    often, who leads, who is the paragraph's, who spoke last. `most` is the highest `times` among all."""
    clock, paragraph, role, governor = place.clock, place.paragraph, place.role, place.governor
    speaks, here, speaker = place.speaks, place.here, place.speaker
    distance, mention, standing, here_, last_speaker, quoted = _tables(choice, speaks, place.opens)
    under = _UNDER[role == "possessor"]

    def seen(entity: Entity, trace: Trace, rank: int) -> Any:
        back, up, times, led = clock - trace.clock, paragraph - trace.paragraph, trace.times, clock - trace.led
        found = (  # what lies behind the last edge of a scale is all alike, which keeps the tables small
            distance[back if back < 9 else 9, up if up < 4 else 4, rank if rank < 6 else 6]
            + mention[back if back < 2 else 2, trace.role, trace.form, trace.role == role, trace.reports]
            + standing[
                times if times < 9 else 9,
                times == most,
                led if led < 3 else 3,
                trace.early,
                trace.spoke > 0,
                entity.kind,
                bool(entity.forms),
                under if trace.governor == governor and not back else "",
            ]
        )
        if entity in here:
            which = "alone" if len(here) == 1 else "first" if next(iter(here)) is entity else "later"
            found += here_[which,]
        if speaker is entity:
            found += last_speaker[min(paragraph - place.speaker_paragraph, 2),]
        if speaks and entity in place.quoted:
            found += quoted[()]
        return found

    return seen


def reader(choice: str | None) -> Callable[[Features], Any]:
    """What to take of features that come together: what they weigh in a choice, or of None themselves."""
    return together(choice).__getitem__ if choice is not None else tuple


class _Table(dict[tuple[Any, ...], Any]):
    """Of features that hang on the same few things what is taken of them, by those things: each is spelled once."""

    def __init__(self, spell: Callable[..., Features], read: Callable[[Features], Any]) -> None:
        super().__init__()
        self._spell, self._read = spell, read

    def __missing__(self, things: tuple[Any, ...]) -> Any:
        found = self[things] = self._read(self._spell(*things))
        return found


@cache
def _tables(choice: str | None, speaks: bool, opens: bool) -> list[_Table]:
    """A table for each such group of features, where the mention speaks or opens a paragraph, or not."""
    read = reader(choice)
    groups: list[Callable[..., Features]] = [
        partial(_distance, speaks=speaks, opens=opens),
        partial(_mention, speaks=speaks, opens=opens),
        _standing,
        partial(_here, speaks=speaks),
        partial(_last_speaker, speaks=speaks),
        lambda: ("speaks: named in the quotation",),
    ]
    return [_Table(spell, read) for spell in groups]


def forget_weights() -> None:
    """Take the weights anew, which training has changed."""
    together.cache_clear()
    _tables.cache_clear()
    _genders.cache_clear()


def _distance(sentences: int, paragraphs: int, rank: int, speaks: bool, opens: bool) -> Features:
    recency = step(rank, _RANKS, _RECENCY)
    found = [step(sentences, _SENTENCES, _SENTENCES_BACK), step(paragraphs, _PARAGRAPHS, _PARAGRAPHS_BACK), recency]
    if speaks:
        found.append(f"speaks: {recency}")
    if opens:
        found.append(f"opens: {recency}")
    return tuple(found)


def _mention(back: int, role: str, form: str, parallel: bool, reports: bool, speaks: bool, opens: bool) -> Features:
    near = _SENTENCES_BACK[back] if back < 2 else "further back"
    found = [f"{role}, {near}", f"last a {form}"]
    if parallel:
        found.append(f"same role, {near}")
    if reports:
        found.append(f"reports, {near}")
    if speaks:
        found += (f"speaks: {role}, {near}", f"speaks: last a {form}")
        found += (f"speaks: reports, {near}",) if reports else ()
    if opens:
        found.append(f"opens: {role}, {near}")
    return tuple(found)


def _standing(
    times: int, most: bool, led: int, early: bool, spoke: bool, kind: str, named: bool, under: str
) -> Features:
    found = [step(times, _TIMES, _COUNT), kind if named else f"unnamed {kind}", *_LED[led : led + 1]]
    marks = {"mentioned most": most, "in the first paragraph": early, "has spoken": spoke, under: bool(under)}
    return (*found, *(mark for mark, holds in marks.items() if holds))


def _here(which: str, speaks: bool) -> Features:
    here = f"{which} in this paragraph"
    return (here, f"speaks: {here}") if speaks else (here,)


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
        found = [
            one
            for one in entities
            if (one.kind == "person" or (one.kind == "unknown" and one.forms))
            and not one.plural
            and sign * one.gender_odds >= -NEVER
        ]
        if any(sign * one.gender_odds >= SURE for one in found):
            found = [one for one in found if not _is_otherwise_named(one, sign)]
        return found
    if pronoun == "neuter":
        living = ("person", "group")
        found = [one for one in entities if not (one.plural or one.kind in living) or may_be_firm(one)]
    else:
        found = [one for one in entities if one.kind != "document" or not place.speaks]
    return [one for one in found if one.kind != "unknown" or one.forms] if place.speaks else found


def _is_otherwise_named(entity: Entity, sign: int) -> bool:
    """Has somebody a given name of the other gender, against which no more than pronouns speaks?"""
    if sign * entity.name_odds > -NEVER:
        return False
    return not any(sign * entity.gender_pieces.get(kind, 0) > 0 for kind in ("title", "noun", "file"))


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
    return head in entity.name_words or any(role.head == head for role in entity.roles)


def bears_noun(described: Role, entity: Entity) -> bool:
    """Has a body's name the noun of the description, or a word for which that may stand?"""
    if not entity.forms:
        return False
    return not _meant(described.head).isdisjoint(entity.name_words) or is_such(described, entity)


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
    if bears_noun(described, entity):
        return False
    nouns = _telling_nouns()
    ended = not nouns.isdisjoint(entity.name_words) and any(key[-1] in nouns for key in entity.keys if len(key) > 1)
    return ended or _is_another(described, entity)


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


def of_new(tokens: Tokens, first: int, i: int, kind: str, speaks: bool) -> Iterator[str]:
    """The features of somebody whom the article has not named or described before the description [first, i]."""
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
