"""Possessives before or inside a body's name pass through here: what belongs to the name, *Nurses'* Guild."""

from __future__ import annotations

from quotes_cli.language.nouns import denotes
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import given_names, singular, words

from .titular import TITULAR

#: Last words of bodies that every country has.
STATE_BODIES = frozenset("ministry department court parliament army police commission council office agency".split())

OWNERS = frozenset({"people", "women", "men", "children"})  # inside a body's name: Swiss *People*'s Party
AMOUNTS = frozenset({"g", "k", "d"})  # behind a number: the 5G network


def owner(tokens: Tokens, first: int, last: int) -> int:
    """Where a body's name begins that tells little without its owners: *Norway's* Fish Ministry, *Nurses'* Guild."""
    country = first - 2
    if first < 2 or tokens.tag[first - 1] != "POS":
        return first
    if _is_one_body(tokens, country, last):
        return country
    if tokens.folded[last - 1] in words().organisations:
        together = tokens.paragraph[country] == tokens.paragraph[first] and tokens.words[country].istitle()
        if together and not tokens.begins_sentence(country) and are_a_trade(tokens.folded[country]):
            return country
    owned = tokens.folded[last - 1] in STATE_BODIES and 1 < last - first < 4
    if not owned or tokens.begins_paragraph[first] or tokens.begins_paragraph[first - 1]:
        return first
    return country if tokens.folded[country] in words().countries else first


def _is_one_body(tokens: Tokens, first: int, last: int) -> bool:
    """Is a name with a possessive a body's by its label, and never called without it: *Samson's* Bag?"""
    labels = tokens.entity[first:last]
    whole = (
        labels == ["ORG"] * len(labels)
        and tokens.begins_entity[first]
        and not any(tokens.begins_entity[first + 1 : last])
    )
    word = tokens.folded[first]
    if not whole or word in words().countries or word in words().peoples or tokens.folded[first + 2] in given_names():
        return False
    return tokens.often[word] == sum(
        1 for i in tokens.capitals if tokens.folded[i] == word and tokens.behind(i) in ("'s", "’s")
    )


def numbered(tokens: Tokens, first: int, last: int) -> int:
    """Where a name begins that has a number before it: *21st* Century Books, *3*M; not the 44th Ana Ortiz."""
    number = first - 1
    if first < 1 or tokens.begins_paragraph[first] or not tokens.words[number][0].isdigit():
        return first
    glued = tokens.end[number] == tokens.start[first] and tokens.words[number].isdigit()
    glued = glued and tokens.folded[first] not in AMOUNTS and tokens.tag[number - 1] != "$"
    ordinal = tokens.words[number][:-2].isdigit() and tokens.folded[number][-2:] in ("st", "nd", "rd", "th")
    dated = tokens.before(number) in column("calendar.txt") or tokens.entity[first] == "PERSON"
    return number if glued or (ordinal and not dated and last - first > 1) else first


def owns_body(tokens: Tokens, i: int, head: int) -> bool:
    """Does a possessive at token i say whose the body is by an office, or that it is the people's: the State
    *Attorney's* Office, the *Women's* Defence Units?"""
    owner = i - 1
    if tokens.folded[i] not in ("'s", "’s") or i + 1 > head or not tokens.words[owner][0].isupper():
        return False
    if tokens.begins_paragraph[i]:
        return False
    return tokens.folded[owner] in OWNERS or denotes(tokens.folded[owner], "NNP") == "person"


def are_a_trade(noun: str) -> bool:
    """Are they several by what they do, nurses or parents, and no people or party?"""
    several, lex = singular(noun), words()
    political = several in lex.peoples or several in lex.parties or several in TITULAR
    return several != noun and denotes(noun, "NNPS") == "group" and not political
