"""Mentions of one name in, a `Bearer` out: whom articles describe under it, and what would tell two of them apart."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from quotes_cli.language.personal_names import Key, suffix
from quotes_cli.language.words.lists import fold_text, parts, rows
from quotes_cli.language.words.vocabulary import words

SURE = 0.75  # the share of the articles that tell a gender from which on it is taken for the bearer's
COMMON = frozenset(
    "former new senior deputy chief top vice acting first head leading longtime veteran then late ex co interim".split()
)


@lru_cache(maxsize=1)
def _fields() -> dict[str, str]:
    return {word: field for field, listed in rows("professions.txt", "field words") for word in parts(listed)}


@lru_cache(maxsize=65536)
def role_words(role: str) -> frozenset[str]:
    """The words of a role that tell something, folded: not *former*, not *of*."""
    small = {word for listed in words().small.values() for word in listed}
    found = (word.strip(".,'’\"()") for word in fold_text(role).replace("-", " ").replace("'s", " ").split())
    return frozenset(word for word in found if len(word) > 1 and word not in small and word not in COMMON)


@dataclass(slots=True, eq=False)
class Bearer:
    """One person or body as far as it is known: its names' keys, spellings with their articles, and what is told of it.

    `spellings`: name's number to articles. `women`, `men`: articles that tell so. `known`: stands in a file of people.
    """

    keys: list[Key]
    mentions: list[int] = field(default_factory=list)
    spellings: Counter[int] = field(default_factory=Counter)
    roles: Counter[int] = field(default_factory=Counter)
    women: int = 0
    men: int = 0
    quotations: int = 0
    words: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    known: str | None = None
    role: str | None = None
    body: bool = False

    @property
    def articles(self) -> int:
        """In how many it is quoted."""
        return len(self.mentions)

    @property
    def gender(self) -> str:
        """`f`, `m` or `-`."""
        told = self.women + self.men
        if not told or max(self.women, self.men) < SURE * told:
            return "-"
        return "f" if self.women > self.men else "m"

    @property
    def suffix(self) -> str | None:
        """What tells father from son, where a name has it."""
        return next((found for key in self.keys if (found := suffix(key))), None)

    def absorb(self, other: Bearer) -> None:
        """The other is this one."""
        self.keys += (key for key in other.keys if key not in self.keys)
        self.mentions += other.mentions
        self.spellings.update(other.spellings)
        self.roles.update(other.roles)
        self.women += other.women
        self.men += other.men
        self.quotations += other.quotations
        self.words |= other.words
        self.fields |= other.fields
        self.known = self.known or other.known
        self.role = self.role or other.role

    def describe(self, roles: list[str]) -> None:
        """Take from the roles what they tell."""
        every = _fields()
        self.words = frozenset(word for role in self.roles for word in role_words(roles[role]))
        self.fields = frozenset(every[word] for word in self.words if word in every)


def contrary_genders(one: Bearer, other: Bearer) -> bool:
    """Is one a woman and the other a man?"""
    return {one.gender, other.gender} == {"f", "m"}


def contrary_work(one: Bearer, other: Bearer) -> bool:
    """Do they work in different fields, with no word of their roles in common?"""
    return (
        bool(one.fields and other.fields) and one.fields.isdisjoint(other.fields) and one.words.isdisjoint(other.words)
    )
