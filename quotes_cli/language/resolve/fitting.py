"""A description and an entity in, how well it fits what the article says of the entity out: by office and noun."""

from __future__ import annotations

from functools import lru_cache

from quotes_cli.language.words.vocabulary import words

from .entities import Entity, Role


def fit(described: Role, entity: Entity) -> float:
    """How well a description fits an entity's roles: 0 not, 1 a wider word, 2 the same, and more for modifiers."""
    known = frozenset[str]().union(*(role.modifiers for role in entity.roles))
    return max((_fit(described, role, entity.gender, known) for role in entity.roles), default=0.0)


def fit_class(described: Role, entity: Entity) -> str:
    """How the noun of a description fits what the article says of an entity: the best of its roles."""
    wider = words().wider
    best = "no role known" if not entity.roles else "another role"
    for role in entity.roles:
        terms = wider.get(role.office or "", frozenset())
        if any(
            (here := described.modifiers & names) and (there := role.modifiers & names) and not here & there
            for names in _places_and_parties()
        ):
            best = "of another place or party" if best in ("no role known", "another role") else best
        elif described.office and described.office == role.office:
            return "same office"
        elif described.head == role.head:
            best = "same noun"
        elif described.head in terms or described.office in terms:
            best = "wider noun" if best != "same noun" else best
        elif role.head in wider.get(described.office or "", ()) and not role.modifiers and best != "same noun":
            best = "narrower noun"
    return best


def terms_of(role: Role) -> set[str]:
    """The words and offices by which a description may mean this role."""
    narrower = _narrower(role.head) if not role.modifiers else frozenset()
    return {role.head, role.office or role.head} | words().wider.get(role.office or "", frozenset()) | narrower


@lru_cache(maxsize=4096)
def _narrower(noun: str) -> frozenset[str]:
    """The offices that the noun may mean: of *leader* the premier."""
    return frozenset(office for office, terms in words().wider.items() if noun in terms)


@lru_cache(maxsize=1)
def _places_and_parties() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(words().countries.values()), frozenset(words().parties.values())


def _fit(described: Role, role: Role, bearer: str, known: frozenset[str]) -> float:
    """The same of one role; `bearer` is the entity's gender, `known` the modifiers of all its roles."""
    wider = words().wider
    terms = wider.get(role.office or "", frozenset())
    if described.office and described.office == role.office:
        score = 2.0
    elif described.head == role.head:
        score = 1.8 if described.office is None or role.office is None else 1.2
    elif described.head in terms or described.office in terms:
        score = 1.0
    elif role.head in wider.get(described.office or "", ()) and not role.modifiers:
        score = 0.8
    else:
        return 0.0
    for names in _places_and_parties():
        here, there = described.modifiers & names, role.modifiers & names
        if here and there and not here & there:
            return 0.0
    if words().persons.get(described.head, "-") not in ("-", bearer) and bearer != "-":
        return 0.0
    return score + 0.5 * len(described.modifiers & known) - 0.2 * len(described.modifiers - known)


@lru_cache(maxsize=1)
def lands() -> frozenset[str]:
    """The countries, as modifiers have them."""
    return frozenset(words().countries.values())


def may_describe(kind: str, entity: Entity) -> bool:
    """May a noun for a person or a body mean an entity of this kind at all?"""
    if entity.plural:
        return False
    if kind == "person":
        return entity.kind == "person" or (entity.kind == "unknown" and bool(entity.forms))
    return entity.kind == "body" or (entity.kind in ("unknown", "place") and bool(entity.forms))
