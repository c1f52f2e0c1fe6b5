"""An office by its letters in, who holds it out: *the DPP*, of Deputy Public Prosecutor Ana Lee."""

from __future__ import annotations

from itertools import compress, count
from typing import TYPE_CHECKING

from quotes_cli.language.words.vocabulary import words

from .entities import Entity, Role
from .longer_names import SMALL

if TYPE_CHECKING:
    from .discourse import Discourse

LETTERS = range(2, 6)


def by_letters(discourse: Discourse, i: int) -> Entity | None:
    """The person last named before token i with an office of these letters, or of those of *superintendent of police*
    where he is a police superintendent."""
    tokens, letters = discourse.tokens, discourse.tokens.words[i]
    if len(letters) not in LETTERS or not letters.isupper() or tokens.before(i) != "the":
        return None
    if letters.lower() in words().countries:
        return None
    first = next(k for k in compress(count(), map(letters.__eq__, tokens.words)) if tokens.paragraph[k] or k == i)
    bearers = [
        (role.token, one.number, one)
        for one in discourse.inventory.entities
        if one.kind == "person" and one.forms
        for role in one.roles
        if -1 < role.token < first and _spells(role, letters.lower())
    ]
    return max(bearers)[2] if bearers else None


def _spells(role: Role, letters: str) -> bool:
    """Are these the letters of an office: SP, Police Superintendent?"""
    large = [word.lower() for word in role.text.split() if word.lower() not in SMALL]
    if not large or role.office is None or not all(word[0].isupper() for word in role.text.split()[-len(letters) :]):
        return False
    rank = len(large) > 1 and letters == large[-1][0] + large[-2][0] and letters in words().titles
    return rank or "".join(word[0] for word in large)[-len(letters) :] == letters
