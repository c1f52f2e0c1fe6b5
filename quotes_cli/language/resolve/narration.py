"""The words outside quotations pass through here: those at which the walk stops, and what pronouns tell of genders."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from itertools import compress, count
from typing import TYPE_CHECKING

from quotes_cli.language.labels import APPOSITION, COPULA, OBJECT, OBLIQUE, SUBJECT
from quotes_cli.language.nouns import denotes
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import words

from .entities import GENDERED, Entity
from .inventory import Inventory
from .signed import signing

if TYPE_CHECKING:
    from .traits import Traits

DEFINITE = frozenset({"the", "this", "that", "these", "those"})
ARTICLELESS = "counsel"  # a noun for one who is meant even without an article: said counsel
PRONOUNS = frozenset({"masculine", "feminine", "plural", "neuter"})  # their classes
#: Words that count those who are meant.
COUNTED = {"two": 2, "both": 2, "pair": 2, "duo": 2, "couple": 2, "three": 3, "trio": 3, "four": 4, "quartet": 4}

#: Relations of a noun that may bring in somebody.
INTRODUCED = OBJECT | OBLIQUE
#: Relations in which a noun that denotes nobody by itself may mean somebody.
_TOLD = SUBJECT | APPOSITION
#: Words for one of several who were spoken of.
OTHERS = frozenset({"one", "another"})
INTRODUCING = frozenset({"a", "an", "another", "one"})
BEHIND = 4  # tokens from such a word to its noun

#: Sentences before and behind one that leaves open who speaks in which it is followed whom words mean. Of 13,951
#: labelled quotations 12,538 are right with 8 before, 12,534 with 5, 12,530 with 3, and as many near every quotation.
BEFORE, AFTER = 8, 1


def near_open(tokens: Tokens, open_at: Collection[int]) -> set[int]:
    """The sentences of the tokens, with those so near that whom their words mean may tell who speaks there."""
    sentences = {tokens.sentence[i] for i in open_at}
    return {near for sentence in sentences for near in range(sentence - BEFORE, sentence + AFTER + 1)}


def way(
    inventory: Inventory,
    speakers: Collection[int],
    traits: Traits,
    described: Collection[int],
    open_at: Collection[int] | None,
) -> list[int]:
    """The stops of the walk, far from the tokens `open_at` at names alone, when the pronouns of all the article have
    told what they tell of genders."""
    near = near_open(inventory.tokens, open_at) if open_at is not None else None
    places = stops(inventory, speakers, traits, described, near)
    learn_genders(inventory, places)
    if near is None:
        return places
    sentence, links = inventory.tokens.sentence, inventory.links
    return [i for i in places if sentence[i] in near or i in links]


def stops(
    inventory: Inventory,
    speakers: Collection[int],
    traits: Traits,
    described: Collection[int],
    near: Collection[int] | None = None,
) -> list[int]:
    """The tokens of narration at which somebody may be named or meant; `speakers` are heads of mentions, `described`
    those of roles. Of common nouns that tell no gender only those in the sentences `near`, if they are given."""
    tokens, nouns = inventory.tokens, _nouns()
    marked = {i for i in inventory.links if not _signs(tokens, i + 1)}
    if traits.ages or traits.lands:  # the 28-year-old, the Swiss
        marked.update(i for i, word in enumerate(tokens.folded[:-1], 1) if word in DEFINITE)
    marked.update(compress(count(), map(nouns.__contains__, tokens.folded)))
    common = compress(count(), map("NOUN".__eq__, tokens.pos))
    relation, sentence, quoted = tokens.dep, tokens.sentence, inventory.quoted
    outside = [i for i in common if i not in quoted and (near is None or sentence[i] in near)]
    marked.update([i for i in outside if relation[i] in _TOLD or i in described or _may_mean(tokens, i)])
    marked.difference_update(*signing(tokens))
    marked.update(speakers)
    return sorted(marked.difference(quoted))


def _signs(tokens: Tokens, last: int) -> bool:
    """Does a name that ends before token `last` sign a post with its date: – *Ana Lee* (@analee) March 3, 2017?"""
    post = tokens.words[last : last + 4]
    dated = len(post) == 4 and post[0] == "(" and post[1][0] == "@" and post[2] == ")"
    return dated and post[3].lower() in column("calendar.txt")


def _may_mean(tokens: Tokens, i: int) -> bool:
    """May a noun mean somebody whatever it stands for: a *nurse*; Bo Lee is *a socialist*?"""
    known = denotes(tokens.folded[i], tokens.tag[i]) != "unknown"
    return known or bool(tokens.children[i] and tokens.having(i, COPULA))


@cache
def _nouns() -> frozenset[str]:
    """Pronouns, nouns of persons and numbers, at which the walk stops whatever the tagger took them for; a ten year
    *old*."""
    pronouns = (form for form, kind in words().pronouns.items() if kind in PRONOUNS)
    return frozenset({"who", "old", *OTHERS, *words().persons, *COUNTED, *pronouns})


def is_introduced(inventory: Inventory, noun: int) -> bool:
    """Does "a" or the like stand outside quotations before the noun, with no name and no mark between: *a* tall
    striker?"""
    tokens, quoted, covering = inventory.tokens, inventory.quoted, inventory.covering
    for i in range(noun, max(noun - BEHIND, 0), -1):
        if not tokens.words[i][0].isalpha() or i in covering:
            return False
        if tokens.folded[i - 1] in INTRODUCING and i - 1 not in quoted:
            return True
    return False


def learn_genders(inventory: Inventory, stops: Iterable[int]) -> None:
    """Let the article tell genders: by a pronoun in a sentence, or in the next, with one named person before it.

    Behind each name the first pronoun tells, and nothing if one of the other gender follows (Ana asked him if *she* may
    come), nor where a title tells another (Mr. Lee left. *She* stayed.). A reflexive means the subject of its verb.
    `stops` are the tokens of narration where any of this may stand.
    """
    tokens = inventory.tokens
    last: Entity | None = None
    alone = joined = False  # `joined`: somebody unnamed has come in
    sentence = 0
    pronouns, persons = words().pronouns, words().persons
    said = ""  # behind the last name: `m`, `f`, or `-` for both
    for i in stops:
        word, link = tokens.folded[i], inventory.links.get(i)
        gender = GENDERED.get(pronouns.get(word, ""))
        if link is None and not gender and word not in persons:
            continue
        if tokens.sentence[i] != sentence:
            if not alone or inventory.silent[tokens.sentence[i]] != inventory.silent[sentence]:
                last = None
            sentence = tokens.sentence[i]
        if link is not None:
            entity = link.entities[0]
            subject = tokens.dep[tokens.leftmost_top(link.name.first, link.name.last)] in SUBJECT
            if entity.kind == "person" or (subject and entity.kind != "body"):
                alone = last is None or last is entity or _opens_relative(tokens, link.name.last)
                last = link.entity
                said = ""
                joined = False
        elif word in persons and tokens.dep[i] in SUBJECT:
            alone = False
        elif word in persons and _introduces(tokens, i):
            joined = True
        if not gender:
            continue
        meant = _reflected(inventory, i) or (last if alone and not joined else None)
        if meant is not None and meant.gender_pieces.get("title", 0) * (1 if gender == "f" else -1) >= 0:
            if meant is not last or not said:
                meant.tell_gender("pronoun", gender)
                said = gender
            elif said not in ("-", gender):
                meant.tell_gender("pronoun", gender)
                said = "-"


def _opens_relative(tokens: Tokens, i: int) -> bool:
    """Does a clause of the one named before token i begin there, whatever others the text has named: who lost *her*
    son?"""
    return tokens.folded[i : i + 2] == [",", "who"] or tokens.folded[i : i + 1] == ["who"]


def _introduces(tokens: Tokens, i: int) -> bool:
    """Does the noun bring in somebody else: Ana met *a lawyer*; but Ana, *a lawyer*, and Ana is *a lawyer*?"""
    if tokens.dep[i] not in INTRODUCED or tokens.before(i) not in ("a", "an", "her", "his"):
        return False
    return not (tokens.having(i, COPULA) or "as" in tokens.cases(i))


def _reflected(inventory: Inventory, i: int) -> Entity | None:
    """Whom a reflexive means, whoever else is named: the subject of its verb (Ana asked Bo about *herself*)."""
    tokens = inventory.tokens
    if not tokens.folded[i].endswith("self"):
        return None
    verb = tokens.head[i]
    subjects = [k for k in tokens.children[verb] if tokens.dep[k] in SUBJECT and k in inventory.covering]
    return inventory.covering[subjects[0]].entity if len(subjects) == 1 else None
