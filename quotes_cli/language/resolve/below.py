"""A description in, who is named only below it out: *the mayor of Linden*, later Mayor Ana Ortiz."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

from quotes_cli.language.labels import NAME_PART
from quotes_cli.language.nouns import KIN
from quotes_cli.language.tokens import CLAUSE_ENDS, Tokens
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import words

from .entities import Entity, Role
from .features import bears_noun, has_another_noun, has_noun
from .fitting import describable, fit_class, lands
from .matching import MANY
from .phrases import noun_kind
from .roles import describe

if TYPE_CHECKING:
    from .discourse import Discourse

LEADING = frozenset({"chief", "boss", "head", "leader"})  # nouns for whoever leads what stands before them
ALONE = frozenset({"judge", "coroner"})  # offices of which a case has one
FEW = 3  # paragraphs at the begin, the heading among them
AHEAD = 120  # tokens to a name behind


def bearers_of(walk: Discourse, terms: Iterable[str]) -> dict[Entity, None]:
    """Who has a role by one of these words."""
    bearers = [walk.bearers[term] for term in sorted(terms)]
    return dict.fromkeys(entity for bearing in bearers for entity in walk.focus.some(bearing, bearing.__contains__))


def named_next(walk: Discourse, described: Role, i: int, kind: str) -> Entity | None:
    """Whom the next paragraph names first where nobody was named before: the paper said. The *Linden Post* ..."""
    tokens, inventory = walk.tokens, walk.inventory
    gender = words().persons.get(described.head.partition("-of-")[0], "-")
    for link in inventory.at(i + 1, min(i + 1 + AHEAD, len(tokens))):
        name, one = link.name, link.entity
        if name.first in inventory.quoted or one is None or not describable(kind, [one]):
            continue
        if {gender, one.gender} == {"f", "m"}:
            continue  # a grandmother, and below Bo Lee
        if tokens.sentence[name.first] == tokens.sentence[i]:
            continue  # the developer told Ana Ortiz
        if tokens.paragraph[name.first] > tokens.paragraph[i] + 1 or has_another_noun(described, one):
            return None
        return one if kind == "person" or bears_noun(described, one) else None
    return None


def named_below(walk: Discourse, first: int, i: int) -> Entity | None:
    """Who is introduced without a name by [first, i] at an article's begin and named below: *a judge*, later Judge Ana
    Ortiz; *the mayor of Linden*, later Mayor Ana Ortiz; *Chile's president*, later President Ana Ortiz.

    Chile's foreign minister is upset. Paragraph. *Ana Ortiz* said: one whom nothing else introduces.
    """
    tokens = walk.tokens
    described = describe(tokens, first, i + 1)
    if tokens.before(first) in ("a", "an") and (one := _introduced_below(walk, described, i)) is not None:
        return one
    if tokens.paragraph[i] <= FEW and (one := _named_by_age(walk, i)) is not None:
        return one
    leads = described.head in LEADING or KIN.fullmatch(described.head) is not None
    office = described.office or (described.head if leads else None)
    if office is None or tokens.paragraph[i] > FEW:
        return None
    same = "same office" if described.office else "same noun"
    bearers = [one for one in bearers_of(walk, {office}) if fit_class(described, one) == same]
    below = bearers[0] if len(bearers) == 1 and bearers[0].tokens[0] > i else None
    if described.office in ALONE and tokens.before(first) in ("a", "an"):
        return below
    of_land = bool(described.modifiers & lands())
    owned = "POS" in tokens.tag[first:i] or (tokens.before(first) == "the" and tokens.behind(i) in ("of", "for"))
    if below is not None and (of_land or (owned and _is_named_soon(walk, below, i))):
        return below
    return _named_alone(walk, i) if not bearers and (of_land or owned) else None


def told_soon(tokens: Tokens, role: Role, i: int) -> bool:
    """Is a role told soon behind the noun at token i, of *the officer*, PC Bo Lee, in its sentence, else where one of
    the next paragraphs begins?"""
    if tokens.begins_paragraph[role.token]:
        return 0 < tokens.paragraph[role.token] - tokens.paragraph[i] <= FEW + 1
    return role.token > i and tokens.sentence[role.token] == tokens.sentence[i] and tokens.before(i) == "the"


def _named_by_age(walk: Discourse, i: int) -> Entity | None:
    """Who is named in full and with an age where one of the next paragraphs begins, the first who is named there: a
    woman lost her case. *Ana Ortiz*, 66, asked. Who is told of somebody else, by a judge or a boy's mother, is another.
    """
    tokens, inventory = walk.tokens, walk.inventory
    start = tokens.paragraph_end(i)
    gender = words().persons.get(tokens.folded[i], "-")
    around = range(max(i - AHEAD, 0), min(i + AHEAD, start))
    sentence = [k for k in around if tokens.sentence[k] == tokens.sentence[i]]
    narrated = (k for k in sentence if k != i and k not in inventory.quoted and tokens.dep[k] not in NAME_PART)
    others = [k for k in narrated if tokens.tag[k] == "NN" and noun_kind(tokens, k) == "person"]
    if any(k < i or gender == "-" for k in others if not KIN.fullmatch(tokens.folded[k])):
        return None
    for link in inventory.at(start, min(start + AHEAD, len(tokens))):
        one, name = link.entity, link.name
        if name.first in inventory.quoted or one is None or one.kind != "person":
            continue
        age = tokens.words[name.last : name.last + 3]
        aged = len(age) == 3 and age[0] == age[2] == "," and age[1].isdigit() and len(age[1]) < 3
        told = (k for k in islice(one.tokens, MANY) if k not in inventory.quoted and not _is_caption(tokens, k))
        first = next(told, -1) == name.last - 1
        opening = name.before - (tokens.before(name.before) == "the")  # The Rev Ana Ortiz
        begins = tokens.begins_paragraph[opening] and tokens.paragraph[name.before] - tokens.paragraph[i] < FEW
        fits = gender == one.gender or (tokens.behind(i) != "of" and "-" in (gender, one.gender))  # a boy's mother
        return one if fits and begins and aged and first and len(name.key) > 1 else None
    return None


def _is_caption(tokens: Tokens, i: int) -> bool:
    """Stands token i in a headline or under a picture: in one of the first paragraphs, which ends without a mark?"""
    return tokens.paragraph[i] < FEW and tokens.words[tokens.paragraph_end(i) - 1] not in CLAUSE_ENDS


def _introduced_below(walk: Discourse, described: Role, i: int) -> Entity | None:
    """The only one who is called the same by name soon below, and speaks there: a top *general*, later General Ana
    Ortiz."""
    terms = {described.head, described.office or described.head}
    called = [one for one in bearers_of(walk, terms) if fit_class(described, one) in ("same office", "same noun")]
    near = [one for one in called if one.forms and one.tokens[0] < i + AHEAD]
    if len(near) != 1 or near[0].tokens[0] < i:
        return None
    if described.modifiers & lands() and any(described.modifiers <= role.modifiers for role in near[0].roles):
        return near[0]  # a Norland expert, who is named as one
    one_of_many = described.head in column("bystander_nouns.txt")
    return near[0] if not one_of_many and not walk.focus.speakers.keys().isdisjoint(_heads(walk, near[0])) else None


def _heads(walk: Discourse, one: Entity) -> set[int]:
    """The tokens of the names of somebody."""
    covering = walk.inventory.covering
    return {
        k for last in one.tokens if (link := covering.get(last)) is not None for k in range(link.name.first, last + 1)
    }


def body_below(walk: Discourse, first: int, i: int) -> Entity | None:
    """Which body [first, i] means by whose it is at an article's begin, that is named below: *Norland's top court*,
    later the Supreme Court of Norland. It is the only one in the next paragraphs whose name has the noun."""
    tokens, inventory = walk.tokens, walk.inventory
    if "POS" not in tokens.tag[first:i] or tokens.paragraph[i] > FEW:
        return None
    described = describe(tokens, first, i + 1)
    near = dict.fromkeys(
        link.entity
        for link in inventory.at(i + 1, min(i + 1 + AHEAD, len(tokens)))
        if link.entity is not None and link.name.first not in inventory.quoted
    )
    called = [one for one in near if one.kind == "body" and has_noun(described, one)]
    return called[0] if len(called) == 1 and _first_in_text(walk, called[0]) > i else None


def _first_in_text(walk: Discourse, one: Entity) -> int:
    """The first token of an entity behind the heading."""
    return next((k for k in islice(one.tokens, MANY) if walk.tokens.paragraph[k]), -1)


def _is_named_soon(walk: Discourse, one: Entity, i: int) -> bool:
    """Is somebody named in the next paragraphs, and as of nothing else than the noun at token i?"""
    about = _of_what(walk, i)
    others = [there for role in one.roles if (there := _of_what(walk, role.token))]
    soon = walk.tokens.paragraph[one.tokens[0]] - walk.tokens.paragraph[i] < FEW
    return soon and (not about or not others or any(about & there for there in others))


def _of_what(walk: Discourse, i: int) -> set[str]:
    """The words of the name behind the noun at token i: the mayor of *Linden*."""
    tokens = walk.tokens
    if tokens.behind(i) not in ("of", "for"):
        return set()
    name = tokens.run_from(i + 2, lambda k: tokens.tag[k] == "DT", tokens.paragraph_end(i))
    link = walk.inventory.covering.get(name)
    return {*link.name.key} if link is not None else set()


def _named_alone(walk: Discourse, i: int) -> Entity | None:
    """Whom the paragraph behind token i begins with, by full name and nothing else that introduces."""
    tokens, inventory = walk.tokens, walk.inventory
    start = tokens.paragraph_end(i)
    link = next(iter(inventory.at(start, min(start + 4, len(tokens)))), None)
    if link is None or link.entity is None:
        return None
    one, name = link.entity, link.name
    untold = all(role.text.lower() in words().titles for role in one.roles)  # but Ayatollah
    begins = name.before == start and len(name.key) > 1 and one.kind in ("person", "unknown") and untold
    behind = tokens.tag[name.last : name.last + 1]  # none where a byline ends the text
    goes_on = behind[:1] in (["VBD"], ["VBZ"], ["VBP"]) or tokens.folded[name.last : name.last + 2] == [",", "who"]
    narrated = [k for k in one.tokens if k not in inventory.quoted and tokens.paragraph[k] >= tokens.paragraph[i]]
    return one if begins and goes_on and narrated and narrated[0] == name.last - 1 else None
