"""A description and an entity in, how well it fits what the article says of the entity out: by office and noun."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from quotes_cli.language.nouns import denotes
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import given_names, singular, words

from .entities import Entity, Role

#: Of the share among the named: whom a description means that must mean one of them. Of 1,708 quotations of the name
#: gold as many are right at 0.6, 0.7 and 0.8, four fewer at 0.5, two fewer without.
LIKELY = 0.7
OFFICES = frozenset({"office", "department", "agency"})  # of a sheriff, called so or so
#: Words behind a noun that narrow whom it means.
NARROWS = frozenset({"of", "for", "who", "whose", "in", "at", "from", "that", "with", "behind", "whom", "which"})
PARENTS = frozenset("mother father parent mum mom dad grandmother grandfather grandparent".split())
#: What those are who are addressed so before their name.
CLERGY = {"father": "priest", "fr": "priest", "fr.": "priest", "rev": "priest", "rev.": "priest", "sister": "nun"}
#: Before an office, of somebody else than who has it now.
SUCCESSIONS = frozenset(
    "former ex new next previous outgoing incoming acting interim deputy vice assistant associate junior senior "
    "future late other another fellow rival local retired first second third".split()
)


def fit(described: Role, entity: Entity) -> float:
    """How well a description fits an entity's roles: 0 not, 1 a wider word, 2 the same, and more for modifiers."""
    known = frozenset[str]().union(*(role.modifiers for role in entity.roles))
    return max((_fit(described, role, entity.gender, known) for role in entity.roles), default=0.0)


def fit_class(described: Role, entity: Entity) -> str:
    """How the noun of a description fits what the article says of an entity: the best of its roles."""
    wider = words().wider
    best = "no role known" if not entity.roles else "another role"
    if not entity.roles:
        return best
    places = [(names, here) for names in _places_and_parties() if (here := described.modifiers & names)]
    for role in entity.roles:
        terms = wider.get(role.office or "", frozenset())
        if any((there := role.modifiers & names) and not here & there for names, here in places):
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


def terms_of(role: Role) -> frozenset[str]:
    """The words and offices by which a description may mean this role."""
    return _terms(role.head, role.office, bool(role.modifiers))


@lru_cache(maxsize=4096)
def _terms(head: str, office: str | None, narrowed: bool) -> frozenset[str]:
    wider = words().wider.get(office or "", frozenset())
    narrower = (office for office, terms in words().wider.items() if head in terms and not narrowed)
    return frozenset({head, office or head, *wider, *narrower})  # of *leader* the premier


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


def is_bystander(described: Role, noun: str) -> bool:
    """Is it a noun of persons whom the news lets speak without a name: a leader, but no minority leader and none of a
    land?"""
    office = described.office or ""
    if described.head == "leader" and (" " in office or (described.modifiers and described.modifiers <= lands())):
        return False
    return bool({noun, described.head} & column("bystander_nouns.txt"))


def is_narrowed(tokens: Tokens, i: int) -> bool:
    """Do the words behind a noun narrow whom it means: the head *of a bank*, but not a mother *of three*?"""
    return tokens.behind(i) in NARROWS and not has_children(tokens, i)


def has_children(tokens: Tokens, i: int) -> bool:
    """Does the news tell of how many children somebody is the parent: the mother of *three*?"""
    if tokens.folded[i] not in PARENTS or tokens.behind(i) != "of" or tokens.ends_paragraph(i + 1):
        return False
    return tokens.tag[i + 2] == "CD" and tokens.behind(i + 2) != "of"


def describable(kind: str, entities: Iterable[Entity]) -> list[Entity]:
    """Those of the entities that a noun for a person or a body may mean at all."""
    if kind == "person":
        persons = [one for one in entities if one.kind == "person" or (one.kind == "unknown" and one.forms)]
        return [one for one in persons if not one.plural]
    bodies = [one for one in entities if one.kind == "body" or (one.kind in ("unknown", "place") and one.forms)]
    return [one for one in bodies if not one.plural]


def may_be_firm(entity: Entity, most: int = 1) -> bool:
    """Is a supposed person no more than a word (`most`) that nobody bears as a given name, without title, role and
    gender? So the model sees the firm of "Openmap says ... It adds ..." """
    bare = entity.kind == "person" and bool(entity.forms) and not entity.roles and not entity.gender_pieces
    return bare and all(len(key) <= most and key[0] not in given_names() for key, _ in entity.forms.values())


def all_may_be(tokens: Tokens, i: int, members: Collection[Entity]) -> bool:
    """May the noun at token i be said of all: the two *men* of no woman, the two *ministers* of no land?"""
    noun = singular(tokens.folded[i])
    gender = words().persons.get(noun, "-")
    if denotes(noun, "NN") == "person" and any(one.kind in ("place", "body") for one in members):
        return False
    return gender == "-" or all(one.gender in (gender, "-") for one in members)


def is_of_another(entity: Entity, owner: str) -> bool:
    """Does a body's name say whose it is, and not the `owner`'s: the Sheriff's Office, of *the attorney's* office?"""
    owners = {key[-3] for key in entity.keys if len(key) > 2 and key[-2] == "s"}
    return bool(owners) and owner not in owners


def narrowed(entity: Entity) -> frozenset[str]:
    """The words that narrow the roles of an entity."""
    return frozenset[str]().union(*(role.modifiers for role in entity.roles))


def words_of(role: Role) -> set[str]:
    """The words of a role as the article and as the list of offices spells it: defence and *defense*."""
    return {*role.text.lower().split(), *(role.office or "").split()}


def may_be_told(described: Role, one: Entity, land: str | None) -> bool:
    """Has somebody of this land the same office, of whom the modifiers may tell more: the *Republican* president, the
    *German* coach? Of presidents a land tells them apart; a *former* one may be another."""
    if fit_class(described, one) not in ("same office", "same noun") or not SUCCESSIONS.isdisjoint(described.modifiers):
        return False
    own = described.modifiers & lands()
    political = not {"politician", "official"}.isdisjoint(words().wider.get(described.office or "", ()))
    return not own or (not political and land in (None, *own))


def only_one_called(phrase: Sequence[str], entities: Iterable[Entity]) -> Entity | None:
    """The one of the entities of whom alone the article has told the whole phrase: the *interim coach*."""
    told = " ".join(phrase)
    called = [one for one in entities if any(told in role.text.lower() for role in one.roles)]
    return called[0] if len(called) == 1 else None


def is_titled(one: Entity, office: str) -> bool:
    """Does a title before the name tell the office: Dr. Ana Ortiz, the doctor?"""
    return any(office in (words().offices.get(title), CLERGY.get(title)) for title in one.titles)


def has_role(entity: Entity, i: int) -> bool:
    """Did the article give the entity a role before token i, or an office anywhere?"""
    return any(role.token <= i or role.office for role in entity.roles)


def told_before(folded: Sequence[str], i: int, others: Sequence[Entity]) -> list[Entity]:
    """Those of whom an office without a name, the noun at token i, may mean one: no clerk Bo Lee who was named only
    after *the premier* was told of."""
    begun = min((one.tokens[0] for one in others if folded[one.tokens[0]] == folded[i]), default=len(folded))
    return [one for one in others if not (one.roles and one.tokens and one.tokens[0] > begun)]


def of_same_owner(folded: Sequence[str], i: int, near: Iterable[Entity]) -> list[Entity]:
    """The bodies of whoever owns the noun at token i: the Linden County Sheriff's Department, of *the sheriff's
    office*."""
    owner, noun = folded[i - 2], folded[i]
    alike = OFFICES if noun in OFFICES else frozenset[str]()
    return [one for one in near if any(owner in key[:-1] and key[-1] in alike for key in one.keys)]


def likeliest(candidates: Iterable[Entity], shares: Iterable[float], kinds: Collection[str]) -> Entity | None:
    """The likeliest of the candidates of these kinds that are named, if it is likely enough among them."""
    pairs = zip(shares, candidates, strict=False)  # behind them nobody known has a share
    named = [(share, one) for share, one in pairs if one.forms and one.name and one.kind in kinds]
    total = sum(share for share, _ in named)
    best = max(named, key=lambda pair: pair[0], default=None)
    return best[1] if best is not None and best[0] >= LIKELY * total else None
