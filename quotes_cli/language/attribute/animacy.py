"""Tokens pass through here and come out as able to speak or not: persons, groups, bodies and documents are."""

from __future__ import annotations

from quotes_cli.language.nouns import denotes
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.lists import column

NAMES = frozenset({"PERSON", "ORG", "NORP", "GPE"})
#: Pronouns that, besides the personal ones, may stand for a source.
PRONOUNS = frozenset("some many most others one everyone someone several both few those another all".split())


def is_time(t: Tokens, i: int) -> bool:
    """Is the token a day, month or other noun of time, and no person's name?"""
    return t.lower[i] in column("time_nouns.txt") and t.entity[i] != "PERSON"


def can_speak(t: Tokens, i: int) -> bool:
    """Can the token's noun phrase denote a source: a name, a pronoun, or a noun for people, bodies or documents?"""
    if is_time(t, i):
        return False
    if t.pos[i] == "PROPN" or t.entity[i] in NAMES:
        return True
    if t.tag[i] in ("PRP", "PRP$", "WP"):
        return t.lower[i] not in ("it", "its", "itself")
    if t.pos[i] in ("PRON", "DET"):
        return t.lower[i] in PRONOUNS
    return denotes(t.folded[i], t.tag[i]) != "unknown"
