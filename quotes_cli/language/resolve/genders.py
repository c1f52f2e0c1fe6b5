"""Pronouns near names in, votes on the gender of who bears the names out."""

from __future__ import annotations

from quotes_cli.language.labels import SUBJECT
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.vocabulary import words

from .entities import Entity
from .inventory import Inventory

GENDERED = {"masculine": "m", "feminine": "f"}


def learn_genders(tokens: Tokens, inventory: Inventory) -> None:
    """Let the article vote on gender: a pronoun in a sentence, or opening the next, with one named person before it."""
    last: Entity | None = None
    alone = False
    sentence = -1
    for i in range(len(tokens)):
        if i in inventory.quoted:
            continue
        if tokens.sentence[i] != sentence:
            if tokens.sentence[i] != sentence + 1 or not alone:
                last = None
            sentence = tokens.sentence[i]
        link = inventory.links.get(i)
        if link is not None:
            entity = link.entities[0]
            subject = tokens.dep[tokens.top(link.name.first, link.name.last)] in SUBJECT
            if entity.kind == "person" or (subject and entity.kind != "body"):
                alone = last is None or last is entity
                last = entity if len(link.entities) == 1 else None
        elif tokens.folded[i] in words().persons and tokens.dep[i] in SUBJECT:
            alone = False
        kind = words().pronouns.get(tokens.folded[i], "")
        if kind in GENDERED and last is not None and alone:
            last.gender_votes[GENDERED[kind]] += 0.7
