"""Possessives before or inside a body's name pass through here: what belongs to the name, *Nurses'* Guild."""

from __future__ import annotations

from quotes_cli.language.nouns import denotes
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.vocabulary import singular, words

from .titular import TITULAR

#: Last words of bodies that every country has.
STATE_BODIES = frozenset("ministry department court parliament army police commission council office agency".split())


def owner(tokens: Tokens, first: int, last: int) -> int:
    """Where a body's name begins that tells little without its owners: *Norway's* Fish Ministry, *Nurses'* Guild."""
    country = first - 2
    if first < 2 or tokens.tag[first - 1] != "POS":
        return first
    if tokens.folded[last - 1] in words().organisations:
        together = tokens.paragraph[country] == tokens.paragraph[first] and tokens.words[country].istitle()
        if together and not tokens.begins_sentence(country) and are_a_trade(tokens.folded[country]):
            return country
    owned = tokens.folded[last - 1] in STATE_BODIES and 1 < last - first < 4
    if not owned or tokens.begins_paragraph[first] or tokens.begins_paragraph[first - 1]:
        return first
    return country if tokens.folded[country] in words().countries else first


def are_a_trade(noun: str) -> bool:
    """Are they several by what they do, nurses or parents, and no people or party?"""
    several, lex = singular(noun), words()
    political = several in lex.peoples or several in lex.parties or several in TITULAR
    return several != noun and denotes(noun, "NNPS") == "group" and not political
