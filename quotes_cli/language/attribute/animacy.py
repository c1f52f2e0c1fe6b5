"""Tokens pass through here and come out as able to speak or not: persons, groups, bodies and documents are."""

from __future__ import annotations

from functools import lru_cache

from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.lists import column, rows

LISTS = ("person_nouns.txt", "group_nouns.txt", "organisation_nouns.txt", "document_nouns.txt", "offices.txt")
AGENTIVE = ("er", "or", "ist", "ian", "man", "woman", "men", "people", "ant", "ee", "ive", "ents", "crat", "can")
NOT_AGENTS = frozenset(
    [
        "number",
        "matter",
        "paper",
        "power",
        "order",
        "center",
        "centre",
        "water",
        "winter",
        "summer",
        "letter",
        "factor",
        "error",
        "behavior",
        "weather",
    ]
)


@lru_cache(maxsize=1)
def speaking_nouns() -> frozenset[str]:
    """Common nouns of the package's lists that denote persons, groups, bodies or documents."""
    return frozenset(row[0] for name in LISTS for row in rows(name, "word [gender] [wider]"))


def is_time(t: Tokens, i: int) -> bool:
    """Is the token a day, month or other noun of time, and no person's name?"""
    return t.lower[i] in column("time_nouns.txt") and t.entity[i] != "PERSON"


def can_speak(t: Tokens, i: int) -> bool:
    """Can the token's noun phrase denote a source: a name, a personal pronoun, or a noun for people, bodies or
    documents?"""
    if is_time(t, i):
        return False
    if t.pos[i] == "PROPN" or t.entity[i] in ("PERSON", "ORG", "NORP", "GPE"):
        return True
    if t.tag[i] in ("PRP", "PRP$", "WP"):
        return t.lower[i] not in ("it", "its", "itself")
    if t.pos[i] == "PRON":
        return t.lower[i] in (
            "some",
            "many",
            "most",
            "others",
            "one",
            "everyone",
            "someone",
            "several",
            "both",
            "few",
            "those",
            "another",
            "all",
        )
    nouns = speaking_nouns()
    word, lemma = t.lower[i], t.lemma[i]
    if word in nouns or lemma in nouns or word.removesuffix("s") in nouns:
        return True
    return word.removesuffix("s").endswith(AGENTIVE) and lemma not in NOT_AGENTS
