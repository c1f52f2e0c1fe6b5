"""A mention and a candidate pass through here and come out as features, by which the ranker weighs the pair.

Every feature is a phrase that holds or does not; numbers come in steps. They follow the literature on pronouns:
recency and grammatical role (Lappin & Leass 1994), parallel roles and the candidate's last form (Denis & Baldridge
2008), speakers (Muzny et al. 2017), gender as a probability (Bergsma & Lin 2006).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from math import log

from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.vocabulary import given_names, words

from .entities import GENDERED, Entity, Role
from .focus import Place, Trace
from .roles import fit_class

_SENTENCES = (0, 1, 2, 4, 8)
_SENTENCES_BACK = ("same sentence", "one sentence back", "two back", "three or four back", "some back", "far back")
_PARAGRAPHS = (0, 1, 3)
_PARAGRAPHS_BACK = ("same paragraph", "one paragraph back", "two or three paragraphs back", "many paragraphs back")
_RANKS = (0, 1, 2, 5)
_RECENCY = ("latest", "second latest", "third latest", "fourth to sixth latest", "older")
_TIMES = (1, 2, 4, 8)
_COUNT = ("mentioned once", "mentioned twice", "mentioned often", "mentioned very often", "mentioned throughout")
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


def _near(place: Place, trace: Trace) -> str:
    """How near the last mention is, in the steps in which its role counts."""
    back = place.clock - trace.clock
    return _SENTENCES_BACK[back] if 0 <= back <= 1 else "further back"


def _of_focus(place: Place, entity: Entity, trace: Trace, rank: int, most: int) -> list[str]:
    """Where and how a candidate was last mentioned; `rank` counts those mentioned later."""
    near = _near(place, trace)
    found = [
        step(place.clock - trace.clock, _SENTENCES, _SENTENCES_BACK),
        step(place.paragraph - trace.paragraph, _PARAGRAPHS, _PARAGRAPHS_BACK),
        step(rank, _RANKS, _RECENCY),
        f"{trace.role}, {near}",
        f"last a {trace.form}",
        step(trace.times, _TIMES, _COUNT),
    ]
    if trace.times == most:
        found.append("mentioned most")
    if trace.role == place.role:
        found.append(f"same role, {near}")
    if trace.governor == place.governor and trace.clock == place.clock:
        found.append("possessor under the same head" if place.role == "possessor" else "under the same head")
    if trace.early:
        found.append("in the first paragraph")
    if trace.spoke:
        found.append("has spoken")
    found.append(entity.kind if entity.forms else f"unnamed {entity.kind}")
    return found


def of_pronoun(place: Place, entity: Entity, trace: Trace, rank: int, most: int, pronoun: str) -> list[str]:
    """The features of a candidate for a pronoun of this class (*masculine*, *plural*, ...).

    `rank` counts the candidates mentioned later, `most` is the highest `times` among all.
    """
    found = _of_pronoun(place, entity, trace, rank, most)
    return [*found, of_gender(entity, pronoun)] if pronoun in GENDERED else found


def _of_pronoun(place: Place, entity: Entity, trace: Trace, rank: int, most: int) -> list[str]:
    """What is known of the focus, and what a pronoun goes by: who leads, the paragraph's person, the last speaker."""
    found = _of_focus(place, entity, trace, rank, most)
    led = place.clock - trace.led
    if led < 3:
        found.append(("led this sentence", "led the sentence before", "led two sentences back")[led])
    recency = step(rank, _RANKS, _RECENCY)
    near = _near(place, trace)
    if trace.reports:
        found.append(f"reports, {near}")
    if entity in place.here:
        alone = len(place.here) == 1
        first = next(iter(place.here)) is entity
        here = f"{'alone' if alone else 'first' if first else 'later'} in this paragraph"
        found.append(here)
        if place.speaks:
            found.append(f"speaks: {here}")
    if place.speaks:
        found.append(f"speaks: {recency}")
        found.append(f"speaks: {trace.role}, {near}")
        found.append(f"speaks: last a {trace.form}")
        if entity in place.quoted:
            found.append("speaks: named in the quotation")
    if place.speaker is entity:
        gap = place.paragraph - place.speaker_paragraph
        found.append(
            f"last speaker, {'same paragraph' if not gap else 'one paragraph back' if gap == 1 else 'further back'}"
        )
        if place.speaks:
            found.append(f"speaks: last speaker, {'same paragraph' if not gap else 'further back'}")
    if place.opens:
        found.append(f"opens: {trace.role}, {near}")
        found.append(f"opens: {recency}")
    return found


def _odds(entity: Entity, pronoun: str) -> float:
    """log-odds that the candidate is of the pronoun's gender."""
    return entity.gender_odds if GENDERED[pronoun] == "f" else -entity.gender_odds


def of_gender(entity: Entity, pronoun: str) -> str:
    """How the candidate's gender agrees with *he* or *she*."""
    return step(_odds(entity, pronoun), _ODDS, _GENDER)


def surely_other_gender(entity: Entity, pronoun: str) -> bool:
    """Is the candidate so surely of the other gender that *he* or *she* never means it?"""
    return _odds(entity, pronoun) < -NEVER


def may_be(pronoun: str, entity: Entity, place: Place) -> bool:
    """May the pronoun mean an entity of this kind at all? Things that cannot speak are no sources."""
    thing = entity.kind == "unknown" and not entity.forms
    if pronoun in GENDERED:
        one = entity.kind in ("person", "unknown") and not entity.plural
        return one and not thing and not surely_other_gender(entity, pronoun)
    if pronoun == "neuter" and (entity.plural or entity.kind in ("person", "group")) and not may_be_firm(entity):
        return False
    mute = thing or (pronoun == "plural" and entity.kind == "document")
    return not (mute and place.speaks)


def may_be_firm(entity: Entity) -> bool:
    """Is a supposed person no more than one word that nobody bears as a given name, without title, role and gender? So
    the model sees the firm of "Openmap says ... It adds ..." """
    bare = entity.kind == "person" and bool(entity.forms) and not entity.roles and not entity.gender_pieces
    return bare and all(len(key) == 1 and key[0] not in given_names() for key, _ in entity.forms.values())


def of_description(
    place: Place,
    entity: Entity,
    trace: Trace | None,
    rank: int,
    most: int,
    alone: bool,
    described: Role,
    folded: Sequence[str],
) -> list[str]:
    """The features of a candidate for a description; `trace` is None where it is out of focus, `alone`: is nobody else
    named?
    """
    focus = _of_pronoun(place, entity, trace, rank, most) if trace is not None else ("not in focus",)
    named = ("the only one named",) if alone and entity.forms else ()
    return [*focus, *named, *_of_noun(described, entity, place.token, folded)]


def _of_noun(described: Role, entity: Entity, i: int, folded: Sequence[str]) -> Iterator[str]:
    """How a description's noun and modifiers agree with what the article says of the candidate."""
    lex = words()
    yield f"noun: {fit_class(described, entity)}"
    gender = lex.persons.get(described.head, "-")
    if gender != "-":
        yield f"noun of {of_gender(entity, 'feminine' if gender == 'f' else 'masculine')}"
    known = frozenset[str]().union(*(role.modifiers for role in entity.roles))
    if described.modifiers:
        shared = len(described.modifiers & known)
        yield "modifier known" if shared else "no modifier known"
        if shared > 1:
            yield "modifiers known"
    if entity.number < 0:
        yield "the same noun" if folded[entity.tokens[0]] == folded[i] else "another noun"
    elif entity.kind != "person":
        typed = described.head in lex.kinds
        if has_noun(described, entity):
            yield "noun in the name"
        elif bears_noun(described, entity):
            yield "a kind of the noun in the name"
        else:
            yield "noun not in the name, though typed" if typed else "noun not in the name"


def has_noun(described: Role, entity: Entity) -> bool:
    """Has a body's name the very noun of the description?"""
    return bool(entity.forms) and any(described.head in key for key in entity.keys)


def bears_noun(described: Role, entity: Entity) -> bool:
    """Has a body's name the noun of the description, or a word for which that may stand?"""
    meant = words().kinds.get(described.head, frozenset()) | {described.head}
    return bool(entity.forms) and any(meant & {*key} for key in entity.keys)


def has_another_noun(described: Role, entity: Entity) -> bool:
    """Does a body's name end in a noun for bodies that is none of the description's: the government, Linden Court?"""
    ends = {key[-1] for key in entity.keys if len(key) > 1}
    return entity.kind != "person" and not ends.isdisjoint(words().organisations) and not bears_noun(described, entity)


def of_new(tokens: Tokens, first: int, kind: str, place: Place, expected: Iterable[str]) -> list[str]:
    """The features of somebody whom the article has not named or described before the description [first, token];
    `expected`: those of the noun.
    """
    return [*_of_new(tokens, first, place.token, kind, place.speaks), *expected]


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
