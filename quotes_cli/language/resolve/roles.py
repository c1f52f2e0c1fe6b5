"""Descriptions of people pass through here: learnt from titles, appositions and copulas, matched to "the premier".

"Danish Prime Minister Mette Frederiksen", "Frederiksen, the prime minister", "the country's leader, X".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from quotes_cli.language.labels import AUXILIARY, SUBJECT
from quotes_cli.language.words.cues import load_lexicon
from quotes_cli.language.words.nouns import singular, words

from .entities import Entity, Role
from .inventory import Inventory, Link
from .view import MARKS, View

REACH = 9  # tokens that a description before a name, or its head after a comma, may span
MODIFIER_TAGS = ("NN", "JJ", "VBN", "VBG", "CD", "HYPH", "ADD", "FW")

MOST_ROLES = 40  # of one entity: what keeps the time linear; nobody in the news has so many


@dataclass(frozen=True, slots=True)
class Description:
    """A noun phrase that describes somebody: its head noun, the office, the words that narrow it."""

    head: str
    office: str | None
    modifiers: frozenset[str]


def learn(view: View, inventory: Inventory) -> None:
    """Give the persons of the inventory their roles; roles with a gender ("spokeswoman") vote for it."""
    for link in inventory.links.values():
        if len(link.entities) != 1 or link.entities[0].kind not in ("person", "unknown"):
            continue
        for first, head, last in _descriptions(view, link):
            described = describe(view, first, head + 1)
            entity = link.entities[0]
            text = view.span(_without_article(view, first, last), last)
            role = Role(described.head, described.office, described.modifiers, text, head)
            told = any(known == replace(role, token=known.token) for known in entity.roles)  # said before: nothing new
            if not told and len(entity.roles) < MOST_ROLES:
                entity.roles.append(role)
            gender = words().persons.get(described.head, "-")
            if gender != "-":
                entity.gender_votes[gender] += 3.0
            if entity.kind == "unknown":
                entity.kind = "person"


def describe(view: View, first: int, last: int) -> Description:
    """Head, office and modifiers of the tokens [first, last), whose last token is the head noun."""
    lex = words()
    head = view.folded[last - 1]
    noun = head if head in lex.persons or head in lex.titles else singular(head)
    office, used = None, 1
    for width in (3, 2):  # secretary of state, speaker of the house
        term = " ".join([noun, *view.folded[last : last + width]])
        if last + width <= view.size and term in lex.offices:
            office = lex.offices[term]
    for width in (4, 3, 2, 1) if office is None else ():
        if last - width >= first:
            term = " ".join([*view.folded[last - width : last - 1], noun])
            if term in lex.offices:
                office, used = lex.offices[term], width
                break
    if office is None and noun.rpartition("-")[2] in lex.offices:
        office = lex.offices[noun.rpartition("-")[2]]
    modifiers = {
        lex.countries.get(w) or lex.parties.get(w, w)
        for w in view.folded[first : last - used]
        if w not in words().small["empty"] and (w[0].isalpha()) and w not in ("'s", "’s")
    }
    return Description(noun, office, frozenset(modifiers))


def _descriptions(view: View, link: Link) -> Iterable[tuple[int, int, int]]:
    """Descriptions of one name: token ranges as (first, head, last), the head noun inside."""
    name = link.name
    before = _before(view, name.first)
    if before < name.first and view.folded[name.first - 1] not in words().small["style"]:
        yield before, office_before(view, name.first), name.first
    i = name.last
    if i < view.size and view.folded[i] == "(":  # Scott (D-Va.)
        while i < view.size and view.words[i] != ")" and i < name.last + REACH:
            i += 1
        i += 1
    if i + 2 < view.size and view.folded[i] == "," and view.words[i + 1].isdigit():  # Ana Lee, 34, a nurse
        i += 2
    if i < view.size and view.folded[i] == "," and not name.headline:
        found = _after(view, i + 1)
        if found:
            yield found
    if name.first > 1 and view.folded[name.first - 1] == ",":
        start = name.first - 1
        first = _before(view, start)
        if first < start:
            yield first, office_before(view, start), start
    yield from _copula(view, name.first, name.last)


def _is_person(view: View, i: int) -> bool:
    lex = words()
    word = view.folded[i]
    return (
        word in lex.persons
        or (word in lex.titles and word not in words().small["empty"])
        or word.rpartition("-")[2] in lex.office_heads
    )


def _before(view: View, end: int) -> int:
    """Begin of the description that ends at token `end`; `end` itself where none does."""
    head = office_before(view, end)
    if head < 0 or view.space[head] or not _is_person(view, head) or view.words[head] in MARKS:
        return end
    first = head
    while first and end - first < REACH and not view.space[first - 1]:
        tag, word = view.tags[first - 1], view.folded[first - 1]
        if not (tag.startswith(MODIFIER_TAGS) or tag == "POS" or word in ("&",)) or word in MARKS:
            break
        if tag in ("VBN", "VBG") and load_lexicon().verbs.get(load_lexicon().by_form.get(word, ("",))[0]) == "say":
            break  # tweeted | Clinton spokesman Bo Lee
        first -= 1
    while first < head and view.tags[first] == "POS":
        first += 1
    return first


def office_before(view: View, end: int) -> int:
    """Head of the office that ends at token `end`: "secretary" of "secretary of state", else the last token."""
    for width in (3, 4):
        if end >= width and " ".join(view.folded[end - width : end]) in words().offices:
            return end - width
    return end - 1


def _after(view: View, start: int) -> tuple[int, int, int] | None:
    """The apposition that begins at `start`: `the premier of Denmark`, `a former spokeswoman`."""
    i = start
    while i < view.size and view.tags[i] in ("DT", "PRP$", "PDT", "RB"):
        i += 1
    head = None
    while i < view.size and i - start < REACH and not view.space[i]:
        if _is_person(view, i) and view.tags[i].startswith("NN"):
            head = i
        elif not (view.tags[i].startswith(MODIFIER_TAGS) or view.tags[i] in ("POS", "CC") or view.folded[i] == "-") or (
            view.tags[i] == "CC" and head is not None
        ):
            break
        i += 1
    if head is None or (head + 1 < view.size and view.tags[head + 1].startswith(("NN", "POS"))):
        return None
    last = head + 1
    if last < view.size and view.folded[last] in ("of", "for", "at", "in", "to", "from", "with"):
        while last < view.size and last - head < 2 * REACH and not view.space[last]:
            if (
                view.words[last] in (",", ".", ";", ":", "(", "—", "–", "--")
                or view.words[last] in MARKS
                or view.tags[last][:1] in "WVM"
            ):
                break
            last += 1
    return start, head, last


def _copula(view: View, first: int, last: int) -> Iterable[tuple[int, int, int]]:
    """`X is the mayor of Y`: the name is the subject of a noun with a copula."""
    subject = next((i for i in range(first, last) if view.deps[i] in SUBJECT), None)
    if subject is None:
        return
    head = view.heads[subject]
    if head <= last or head - last > REACH or not _is_person(view, head) or not view.tags[head].startswith("NN"):
        return
    if not any(view.deps[i] in AUXILIARY and view.folded[i] in ("is", "was", "'s") for i in range(last, head)):
        return
    if any(view.folded[i] in ("not", "n't", "never", "no") or view.space[i] for i in range(last, head)):
        return
    start = head
    while start > last and (view.tags[start - 1].startswith(MODIFIER_TAGS) or view.tags[start - 1] in ("DT", "POS")):
        start -= 1
    if describe(view, start, head + 1).office:
        yield start, head, head + 1


def _without_article(view: View, first: int, last: int) -> int:
    while first < last - 1 and view.folded[first] in ("the", "a", "an"):
        first += 1
    return first


def fit(described: Description, entity: Entity) -> float:
    """How well a description fits an entity's roles: 0 not, 1 a wider word, 2 the same, and more for modifiers."""
    known = frozenset[str]().union(*(role.modifiers for role in entity.roles))
    return max((_fit(described, role, entity.gender, known) for role in entity.roles), default=0.0)


def terms_of(role: Role) -> set[str]:
    """The words and offices by which a description may mean this role."""
    wider = words().wider.get(role.office, frozenset()) if role.office else frozenset()
    narrower = (
        {office for office, terms in words().wider.items() if role.head in terms} if not role.modifiers else set()
    )
    return {role.head, role.office or role.head} | wider | narrower


@lru_cache(maxsize=1)
def _places_and_parties() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(words().countries.values()), frozenset(words().parties.values())


def _fit(described: Description, role: Role, bearer: str, known: frozenset[str]) -> float:
    """The same of one role; `bearer` is the entity's gender, `known` the modifiers of all its roles."""
    lex = words()
    if described.office and described.office == role.office:
        score = 2.0
    elif described.head == role.head:
        score = 1.8 if described.office is None or role.office is None else 1.2
    elif (role.office and described.head in lex.wider.get(role.office, ())) or (
        role.office and described.office and described.office in lex.wider.get(role.office, ())
    ):
        score = 1.0
    elif described.office and role.head in lex.wider.get(described.office, ()) and not role.modifiers:
        score = 0.8
    else:
        return 0.0
    countries, parties = _places_and_parties()
    here, there = described.modifiers & countries, role.modifiers & countries
    if here and there and not here & there:
        return 0.0
    gender = lex.persons.get(described.head, "-")
    if gender != "-" and bearer not in ("-", gender):
        return 0.0
    if (
        described.modifiers & parties
        and role.modifiers & parties
        and not described.modifiers & role.modifiers & parties
    ):
        return 0.0
    return score + 0.5 * len(described.modifiers & known) - 0.2 * len(described.modifiers - known)
