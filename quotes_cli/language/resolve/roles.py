"""Descriptions of people pass through here: learnt from titles, appositions and copulas, matched to "the premier".

"Danish Prime Minister Mette Frederiksen", "Frederiksen, the prime minister", "the country's leader, X".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from quotes_cli.language.labels import AUXILIARY, SUBJECT
from quotes_cli.language.tokens import MARKS, Tokens
from quotes_cli.language.words.cues import load_lexicon
from quotes_cli.language.words.vocabulary import singular, words

from .entities import Entity, Role
from .inventory import Inventory, Link

REACH = 9  # tokens that a description before a name, or its head after a comma, may span
MODIFIER_TAGS = ("NN", "JJ", "VBN", "VBG", "CD", "HYPH", "ADD", "FW")

MOST_ROLES = 40  # of one entity: what keeps the time linear; nobody in the news has so many


@dataclass(frozen=True, slots=True)
class Description:
    """A noun phrase that describes somebody: its head noun, the office, the words that narrow it."""

    head: str
    office: str | None
    modifiers: frozenset[str]


def learn(tokens: Tokens, inventory: Inventory) -> None:
    """Give the persons of the inventory their roles; roles with a gender ("spokeswoman") vote for it."""
    for link in inventory.links.values():
        if len(link.entities) != 1 or link.entities[0].kind not in ("person", "unknown"):
            continue
        for first, head, last in _descriptions(tokens, link):
            described = describe(tokens, first, head + 1)
            entity = link.entities[0]
            text = tokens.span(_without_article(tokens, first, last), last)
            role = Role(described.head, described.office, described.modifiers, text, head)
            told = any(known == replace(role, token=known.token) for known in entity.roles)  # said before: nothing new
            if not told and len(entity.roles) < MOST_ROLES:
                entity.roles.append(role)
            gender = words().persons.get(described.head, "-")
            if gender != "-":
                entity.gender_votes[gender] += 3.0
            if entity.kind == "unknown":
                entity.kind = "person"


def describe(tokens: Tokens, first: int, last: int) -> Description:
    """Head, office and modifiers of the tokens [first, last), whose last token is the head noun."""
    lex = words()
    head = tokens.folded[last - 1]
    noun = head if head in lex.persons or head in lex.titles else singular(head)
    office, used = None, 1
    for width in (3, 2):  # secretary of state, speaker of the house
        term = " ".join([noun, *tokens.folded[last : last + width]])
        if last + width <= len(tokens) and term in lex.offices:
            office = lex.offices[term]
    for width in (4, 3, 2, 1) if office is None else ():
        if last - width >= first:
            term = " ".join([*tokens.folded[last - width : last - 1], noun])
            if term in lex.offices:
                office, used = lex.offices[term], width
                break
    if office is None and noun.rpartition("-")[2] in lex.offices:
        office = lex.offices[noun.rpartition("-")[2]]
    modifiers = {
        lex.countries.get(w) or lex.parties.get(w, w)
        for w in tokens.folded[first : last - used]
        if w not in words().small["empty"] and (w[0].isalpha()) and w not in ("'s", "’s")
    }
    return Description(noun, office, frozenset(modifiers))


def _descriptions(tokens: Tokens, link: Link) -> Iterable[tuple[int, int, int]]:
    """Descriptions of one name: token ranges as (first, head, last), the head noun inside."""
    name = link.name
    before = _before(tokens, name.first)
    if before < name.first and tokens.folded[name.first - 1] not in words().small["style"]:
        yield before, office_before(tokens, name.first), name.first
    i, stop = name.last, tokens.paragraph_end(name.last - 1)
    if i < stop and tokens.folded[i] == "(":  # Scott (D-Va.)
        while i < stop and tokens.words[i] != ")" and i < name.last + REACH:
            i += 1
        i += 1
    if i + 2 < stop and tokens.folded[i] == "," and tokens.words[i + 1].isdigit():  # Ana Lee, 34, a nurse
        i += 2
    if i < stop and tokens.folded[i] == "," and not name.headline:
        found = _after(tokens, i + 1)
        if found:
            yield found
    if name.first > 1 and tokens.before(name.first) == ",":
        start = name.first - 1
        first = _before(tokens, start)
        if first < start:
            yield first, office_before(tokens, start), start
    yield from _copula(tokens, name.first, name.last)


def _is_person(tokens: Tokens, i: int) -> bool:
    lex = words()
    word = tokens.folded[i]
    return (
        word in lex.persons
        or (word in lex.titles and word not in words().small["empty"])
        or word.rpartition("-")[2] in lex.office_heads
    )


def _before(tokens: Tokens, end: int) -> int:
    """Begin of the description that ends at token `end`; `end` itself where none does."""
    head = office_before(tokens, end)
    if head < 0 or tokens.begins_paragraph[end] or not _is_person(tokens, head) or tokens.words[head] in MARKS:
        return end
    first = head
    while end - first < REACH and not tokens.begins_paragraph[first]:
        tag, word = tokens.tag[first - 1], tokens.folded[first - 1]
        if not (tag.startswith(MODIFIER_TAGS) or tag == "POS" or word in ("&",)) or word in MARKS:
            break
        if tag in ("VBN", "VBG") and load_lexicon().verbs.get(load_lexicon().by_form.get(word, ("",))[0]) == "say":
            break  # tweeted | Clinton spokesman Bo Lee
        first -= 1
    while first < head and tokens.tag[first] == "POS":
        first += 1
    return first


def office_before(tokens: Tokens, end: int) -> int:
    """Head of the office that ends at token `end`: "secretary" of "secretary of state", else the last token."""
    for width in (3, 4):
        if end >= width and " ".join(tokens.folded[end - width : end]) in words().offices:
            return end - width
    return end - 1


def _after(tokens: Tokens, start: int) -> tuple[int, int, int] | None:
    """The apposition that begins at `start`: `the premier of Denmark`, `a former spokeswoman`."""
    i, stop = start, tokens.paragraph_end(start - 1)
    while i < stop and tokens.tag[i] in ("DT", "PRP$", "PDT", "RB"):
        i += 1
    head = None
    while i < stop and i - start < REACH:
        tag = tokens.tag[i]
        if _is_person(tokens, i) and tag.startswith("NN"):
            head = i
        elif (tag == "CC" and head is not None) or not (
            tag.startswith(MODIFIER_TAGS) or tag in ("POS", "CC") or tokens.folded[i] == "-"
        ):
            break
        i += 1
    if head is None or (head + 1 < stop and tokens.tag[head + 1].startswith(("NN", "POS"))):
        return None
    last = head + 1
    if last < stop and tokens.folded[last] in ("of", "for", "at", "in", "to", "from", "with"):
        while last < stop and last - head < 2 * REACH:
            if (
                tokens.words[last] in (",", ".", ";", ":", "(", "—", "–", "--")
                or tokens.words[last] in MARKS
                or tokens.tag[last][:1] in "WVM"
            ):
                break
            last += 1
    return start, head, last


def _copula(tokens: Tokens, first: int, last: int) -> Iterable[tuple[int, int, int]]:
    """`X is the mayor of Y`: the name is the subject of a noun with a copula."""
    subject = next((i for i in range(first, last) if tokens.dep[i] in SUBJECT), None)
    if subject is None:
        return
    head = tokens.head[subject]
    if head <= last or head - last > REACH or not _is_person(tokens, head) or not tokens.tag[head].startswith("NN"):
        return
    if not any(tokens.dep[i] in AUXILIARY and tokens.folded[i] in ("is", "was", "'s") for i in range(last, head)):
        return
    if any(tokens.folded[i] in ("not", "n't", "never", "no") for i in range(last, head)):
        return
    start = head
    while start > last and (tokens.tag[start - 1].startswith(MODIFIER_TAGS) or tokens.tag[start - 1] in ("DT", "POS")):
        start -= 1
    if describe(tokens, start, head + 1).office:
        yield start, head, head + 1


def _without_article(tokens: Tokens, first: int, last: int) -> int:
    while first < last - 1 and tokens.folded[first] in ("the", "a", "an"):
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
