"""Descriptions of people pass through here: learnt from titles, appositions and copulas, matched to "the premier".

"Danish Prime Minister Mette Frederiksen", "Frederiksen, the prime minister", "the country's leader, X".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from quotes_cli.language.labels import APPOSITION, AUXILIARY, SUBJECT
from quotes_cli.language.nouns import KIN
from quotes_cli.language.tokens import MARKS, Tokens
from quotes_cli.language.words.cues import load_lexicon
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import singular, words

from .body_nouns import body_nouns
from .entities import Entity, Role
from .introduced import NAMING, VERBS, appointed, by_letters, is_source, is_told_by, named_so, office_end, seat_end
from .inventory import Inventory
from .names import Name
from .phrases import ends_phrase, noun_goes_on
from .role_nouns import KEPT, is_person
from .with_phrases import ANYBODY, MODIFIER_TAGS, REACH, Place, before_letters, of_something, with_phrase

OWNING = frozenset({"PRP$", "POS"})
PLACED = frozenset({"in", "on", "for", "at", "from"})  # before when or for how long: coach *for* the season
OFFICE_OF = frozenset({"of", "in", "to", "for"})  # the second word of an office of several: secretary *of* state

#: Tags of words that neither begin nor end a description that stands by itself.
LOOSE = frozenset({"DT", "PDT", "RB", "PRP$", "HYPH", ":", "IN", "TO", "CC", "POS", "WDT", "WP$"})
ATTRIBUTES = frozenset({"amod", "compound", "flat", "nmod", "nmod:desc", "dep"})  # retired teacher; `dep`: not parsed
AGE = re.compile(r"\d+(?:-year|:\d)")  # or the time of day of a dateline
YEAR = re.compile(r"[12]\d{3}")
DASHES = frozenset("–—―") | {"--"}
COPULAS = frozenset({"is", "was", "'s", "been"})
NEGATIONS = frozenset({"not", "n't", "never", "no"})
MOST_ROLES = 40  # of one entity: what keeps the time linear; nobody in the news has so many


def learn(inventory: Inventory) -> None:
    """Give the persons of the inventory their roles, and the bodies what they are said to be.

    Roles with a gender ("spokeswoman") vote for it.
    """
    tokens = inventory.tokens
    for link in inventory.links.values():
        entity = link.entity
        if entity is None or entity.kind == "place":
            continue
        places = list(_descriptions(tokens, link.name)) if entity.kind != "body" else []
        if entity.kind != "body" and (own := by_letters(tokens, link.name)) is not None:
            _add(entity, own)
            entity.kind = "person"
        for first, head, last in places:
            text = tokens.span(*_clean(tokens, first, head, last)).lstrip("-–—")
            role = replace(_with_places(tokens, describe(tokens, first, head + 1), head, last), text=text, token=head)
            entity.described[text] = entity.described.get(text, 0) + 1
            _add(entity, role)
            gender = words().persons.get(role.head, "-")
            if gender != "-":
                entity.tell_gender("noun", gender)
            entity.kind = "person"
        if entity.kind == "person" or link.name.first in inventory.quoted:
            continue
        for noun in body_nouns(tokens, link.name.first, link.name.last):
            first = tokens.run_before(noun, lambda i: tokens.tag[i].startswith(MODIFIER_TAGS), noun - REACH)
            _add(entity, replace(describe(tokens, first, noun + 1), text=tokens.span(first, noun + 1), token=noun))
            entity.kind = "body"
    _learn_counterparts(inventory)


def _learn_counterparts(inventory: Inventory) -> None:
    """Give a counterpart of another land the office of the one last named before: the Danish premier met *his Swedish
    counterpart*, who is the Swedish premier."""
    roles = [(role, entity) for entity in inventory.entities if entity.kind == "person" for role in entity.roles]
    others = [(role, entity) for role, entity in roles if role.head == "counterpart" and role.modifiers]
    for role, entity in others:
        held = [one for one, _ in roles if one.office and one.modifiers and 0 < role.token - one.token < 4 * REACH]
        if held:
            last = max(held, key=lambda one: one.token)
            _add(entity, replace(role, head=last.head, office=last.office))


def _add(entity: Entity, role: Role) -> None:
    if role not in entity.roles and len(entity.roles) < MOST_ROLES:
        entity.roles.append(role)


def _clean(tokens: Tokens, first: int, head: int, last: int) -> tuple[int, int]:
    """The part of the description [first, last) that says what somebody is, without what tells only when or whose.

    `now a | partner at a bank`, `its | president`, `55-year-old | salesman`, `Tuesday accused | Republican`, `STORM
    NEARS | Mayor`, `including | Senator`, `host | of the`, `mayor of Linden | and an author`, `candidate | Sen.`.
    """
    begin = first
    for i in range(first, head):
        word, tag = tokens.words[i], tokens.tag[i]
        neighbours = tokens.words[max(first, i - 1) : i + 2]
        shouted = len(word) > 3 and word.isupper() and sum(map(str.isupper, neighbours)) > 1
        date = tokens.folded[i] in column("calendar.txt") or word.isdigit() or AGE.match(word)
        office = f"{tokens.folded[i]} {tokens.folded[i + 1]}" in words().offices  # managing director
        verb = tag.startswith("VB") and not office and (tokens.dep[i] not in ATTRIBUTES or first < begin == i)
        verb = verb or (not tag and word.endswith("ing") and not office)
        if (
            shouted
            or date
            or verb
            or word in DASHES
            or (begin == i and (tag in LOOSE or word in ("only", "including")))
        ):
            begin = i + 1
    abbreviated = tokens.words[head][-1] == "." and last == head + 1
    if head > begin and abbreviated and tokens.words[head - 1][-1] != "." and is_person(tokens, head - 1):
        return begin, head  # but Lt. Col. Ana Ortiz
    following = (i for i in range(head + 1, last - 1) if tokens.tag[i] == "CC")
    last = next((i for i in following if _another(tokens, i + 1, last)), last)
    while last - 1 > head and (
        tokens.tag[last - 1] in LOOSE or tokens.words[last - 1] in MARKS or YEAR.fullmatch(tokens.words[last - 1])
    ):
        last -= 1
    return begin, last


def _another(tokens: Tokens, i: int, last: int) -> bool:
    """Whether a second description begins at token `i`, behind `and`: governor of Ohio and *a former mayor*."""
    trades = (k for k in range(i, min(i + 4, last)) if is_person(tokens, k))
    return tokens.tag[i] in LOOSE or any(
        tokens.words[k].islower() or tokens.folded[k] in words().office_heads for k in trades
    )  # but Minister of Health and Child Care


def describe(tokens: Tokens, first: int, last: int) -> Role:
    """Head, office and modifiers of the tokens [first, last), whose last token is the head noun."""
    return _describe(tuple(tokens.folded[first:last]), tuple(tokens.folded[last : last + 3]))


@lru_cache(maxsize=KEPT)
def _describe(phrase: tuple[str, ...], behind: tuple[str, ...]) -> Role:
    lex = words()
    *before, head = phrase
    noun = head if head in lex.persons or head in lex.titles else singular(head)
    terms = [(" ".join([noun, *behind[:width]]), 1) for width in (2, 3)]  # secretary of state
    for width in range(min(4, len(phrase)), 0, -1):
        terms.append((" ".join([*before[len(phrase) - width :], noun]), width))
    terms.append((noun.rpartition("-")[2], 1))
    office, used = next(((lex.offices[term], used) for term, used in terms if term in lex.offices), (None, 1))
    modifiers = {
        lex.countries.get(word) or lex.parties.get(word, word)
        for word in phrase[: len(phrase) - used]
        if word not in lex.small["empty"] and word[0].isalpha()
    }
    return Role(noun, office, frozenset(modifiers))


def _with_places(tokens: Tokens, role: Role, head: int, last: int) -> Role:
    """The role with the country or state behind its noun among its modifiers: president of *Niger*, but not chairman of
    a *Niger* bank."""
    if tokens.behind(head) not in ("of", "in", "for", "from"):
        return role
    countries = words().countries
    wide = [(i, i + width) for width in (1, 2) for i in range(head + 2, last + 1 - width)]
    named = ((" ".join(tokens.folded[first:end]), end) for first, end in wide)
    places = {countries[words_of] for words_of, end in named if words_of in countries and not noun_goes_on(tokens, end)}
    return replace(role, modifiers=role.modifiers | places) if len(places) == 1 else role


def _descriptions(tokens: Tokens, name: Name) -> Iterator[Place]:
    """Where a name is described: before it, before a comma before it, behind a comma behind it, by a copula."""
    if tokens.before(name.first) not in words().small["style"]:
        for place in _before(tokens, name.first):
            yield place
            if tokens.before(place[0]) == "," == tokens.behind(name.last - 1):  # her rival, the lawyer Bo Lee,
                owned = (outer for outer in _before(tokens, place[0] - 1) if tokens.tag[outer[0] - 1] in OWNING)
                yield from owned
        if name.before == name.first and len(name.key) > 1:
            yield from with_phrase(tokens, name)
    if office := office_end(tokens, name):
        yield from _before(tokens, office)
    begin, previous = name.before, tokens.before(name.before)
    if previous[-4:] == "-old":  # her son, 19-year-old Bo
        begin, previous = begin - 1, tokens.before(begin - 1)
    if previous == ",":  # the judge, Dame Ana Lee
        end = before_letters(tokens, begin - 1)
        for place in _before_comma(tokens, end, begin - 1):
            if not is_source(tokens, place[0]) and not is_told_by(tokens, place[0], name):
                yield place
    if previous in NAMING and (named := named_so(tokens, name)):
        yield from _before(tokens, named)
        yield from of_something(tokens, named)
    if tokens.behind(name.last - 1) in (",", "("):
        yield from _behind(tokens, name)
    yield from _copula(tokens, name.first, name.last)
    if start := appointed(tokens, name):
        for first, head, last in _apposition(tokens, start):
            yield first, head, tokens.run_from(head + 1, lambda i: tokens.folded[i] not in PLACED, last)


def _behind(tokens: Tokens, name: Name) -> Iterator[Place]:
    """The apposition behind a name, and behind what stands in brackets or an age there."""
    i, stop = name.last, tokens.paragraph_end(name.last - 1)
    if tokens.folded[i] == "(":  # Scott (D-Va.)
        i = tokens.run_from(i, lambda k: tokens.words[k] != ")", min(stop, i + REACH)) + 1
    if i + 2 < stop and tokens.folded[i] == "," and tokens.words[i + 1].isdigit():  # Ana Lee, 34, a nurse
        i += 2
    if i < stop and tokens.folded[i] == "," and not name.headline:
        yield from _apposition(tokens, i + 1)


def _before(tokens: Tokens, end: int) -> Iterator[Place]:
    """The description that ends at token `end`: `tweeted | Clinton spokesman | Bo Lee`."""
    if end < 1 or tokens.begins_paragraph[end]:
        return
    head = end - 1
    for width in (3, 4):  # secretary of state, of which the first word is the noun
        of = end >= width and tokens.folded[end - width + 1] in OFFICE_OF
        if of and " ".join(tokens.folded[end - width : end]) in words().offices:
            head = end - width
            break
    if not is_person(tokens, head) or tokens.words[head] in MARKS:
        return
    if tokens.tag[head].startswith("VB"):  # Lee *accused* Ortiz
        return
    lexicon = load_lexicon()

    def describes(i: int) -> bool:
        tag, word = tokens.tag[i], tokens.folded[i]
        verb = lexicon.verbs.get(lexicon.by_form.get(word, ("",))[-1])
        said = tag in ("VBN", "VBG") and verb in ("say", "write")  # tweeted Clinton spokesman Bo Lee
        return (tag.startswith(MODIFIER_TAGS) or tag == "POS" or word == "&") and word not in MARKS and not said

    first = tokens.run_before(head, describes, end - REACH)
    yield tokens.run_from(first, lambda i: tokens.tag[i] == "POS", head), head, end
    if tokens.before(first) == "and" and tokens.tag[first - 2] in ("NN", "NNP") and tokens.words[first - 2].islower():
        yield from _before(tokens, first - 1)  # lawmaker | and committee member Ana Lee


def _before_comma(tokens: Tokens, end: int, comma: int) -> Iterator[Place]:
    """The descriptions before a comma and a name: `a judge |, Bo Lee`; of the `father of the abducted bride |, Bo Lee`
    no bride is."""
    inner, outer = list(_before(tokens, end)), list(of_something(tokens, comma))
    for first, head, last in inner:
        kin = any(head > wide[1] and KIN.fullmatch(tokens.folded[wide[1]]) for wide in outer)
        if not kin or describe(tokens, first, head + 1).office:
            yield first, head, last
    yield from outer


def _apposition(tokens: Tokens, start: int) -> Iterator[Place]:
    """The apposition that begins at `start`: `the premier of Denmark`, `a former spokeswoman`."""
    stop = tokens.paragraph_end(start - 1)
    i = tokens.run_from(start, lambda k: tokens.tag[k] in ("DT", "PRP$", "PDT", "RB"), stop)
    head = None
    while i < min(stop, start + REACH):
        tag = tokens.tag[i]
        if is_person(tokens, i) and tag.startswith("NN"):
            head = i
        elif (tag == "CC" and head is not None) or not (
            tag.startswith(MODIFIER_TAGS) or tag in ("POS", "CC") or tokens.folded[i] == "-"
        ):
            break
        i += 1
    if head is None or (head + 1 < stop and tokens.tag[head + 1].startswith(("NN", "POS"))):
        return
    last = head + 1
    if tokens.behind(head) in ("of", "for", "at", "in", "to", "from", "with"):
        last = tokens.run_from(last, lambda k: not ends_phrase(tokens, k), min(stop, head + 2 * REACH))
    definite = tokens.folded[start] == "the" or tokens.tag[start] == "PRP$"
    if definite and last < stop and tokens.dep[head] in SUBJECT:
        named = tokens.words[last] == "," and tokens.tag[last + 1 : last + 2] == ["NNP"]
        if tokens.tag[last] in VERBS or named:
            return  # pressed by Bo Lee, the minister | said, his lawyer |, Ana Ortiz, said
    yield start, head, last
    if last == head + 1 < stop and tokens.folded[last] == "and" and not ends_phrase(tokens, last + 1):
        yield from _apposition(tokens, last + 1)  # founder | and head of Linden Mills


def _copula(tokens: Tokens, first: int, last: int) -> Iterator[Place]:
    """`X is the mayor of Y`, `X, who has been a nurse`: the name is the subject of a noun with a copula."""
    relations = tokens.dep[first:last]
    heads = [tokens.head[i] for i, relation in enumerate(relations, first) if relation in SUBJECT]
    if tokens.folded[last : last + 2] == [",", "who"] and last + 1 < tokens.paragraph_end(last - 1):
        heads = [tokens.head[last + 1]]
    if not APPOSITION.isdisjoint(relations):
        top = tokens.leftmost_top(first, last)
        if tokens.dep[top] in APPOSITION and tokens.dep[tokens.head[top]] in SUBJECT:  # her husband, Bo Lee, is a nurse
            heads.append(tokens.head[tokens.head[top]])
    head = next(iter(heads), last)
    if head <= last or head - last > 2 * REACH or not is_person(tokens, head) or tokens.tag[head] != "NN":
        return
    between = tokens.folded[last:head]
    if COPULAS.isdisjoint(between) or not NEGATIONS.isdisjoint(between):
        return
    if not any(tokens.dep[i] in AUXILIARY and tokens.folded[i] in COPULAS for i in tokens.children[head]):
        return
    start = tokens.run_before(head, lambda i: tokens.tag[i].startswith((*MODIFIER_TAGS, "DT", "POS")), last)
    determined = tokens.folded[start] in ("a", "an", "the") and tokens.folded[head] not in ANYBODY
    if describe(tokens, start, head + 1).office or determined:
        yield start, head, seat_end(tokens, head)
