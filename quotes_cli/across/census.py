"""Articles' named speakers in, one after the other, a table of mentions out: who is quoted where, and as what.

A mention is one name in one article, however often it is quoted there. The table is kept in columns of numbers, 20
bytes a mention, beside each name and role once.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeVar

from quotes_cli.language.words.lists import fold_text
from quotes_cli.records import Quotation

JOINT = "; "  # between the names of several who speak together
NOTHING = -1
Value = TypeVar("Value")
GENDERS = (None, "f", "m")


class Mention(NamedTuple):
    """A name in an article: numbers of both, the number of its role there (`NOTHING`: none), its gender's in `GENDERS`,
    and how many quotations it has there."""

    article: int
    name: int
    role: int
    gender: int
    quotations: int


class Census:
    """Who is quoted where. Articles are numbered in the order of their coming, from 0."""

    def __init__(self) -> None:
        self.names: list[tuple[str, str]] = []  # speaker and type
        self.roles: list[str] = []
        self.begins = array("q", [0])  # the first mention of each article, and of the next
        self.outlets = array("i")  # of each article its outlet's number, or `NOTHING`
        self._columns = [array("i") for _ in Mention._fields]
        self._names: dict[tuple[str, str], int] = {}
        self._roles: dict[str, int] = {}
        self._outlets: dict[str, int] = {}

    def add(self, quotations: Iterable[Quotation], outlet: str | None = None) -> None:
        """Count the named speakers of one article."""
        named = (q for q in quotations if q.speaker and q.named == "yes")
        self.count(((q.speaker, q.speaker_type, q.role, q.gender, 1) for q in named if q.speaker), outlet)

    def count(self, spoken: Iterable[tuple[str, str, str | None, str | None, int]], outlet: str | None = None) -> None:
        """One article's rows of speaker, type, role, gender and number of quotations; a name may come again."""
        found: dict[int, list[int]] = {}
        for speaker, kind, role, gender, times in spoken:
            joint = JOINT in speaker
            for one in speaker.split(JOINT) if joint else (speaker,):
                name = _number(self._names, self.names, (one, kind))
                mention = found.setdefault(name, [NOTHING, 0, 0])
                if role is not None and not joint and mention[0] == NOTHING:
                    mention[0] = _number(self._roles, self.roles, role)
                if gender in ("f", "m") and not joint:
                    mention[1] = GENDERS.index(gender)
                mention[2] += times
        article = len(self.begins) - 1
        for name, (number, told, quotations) in found.items():
            for column, value in zip(self._columns, (article, name, number, told, quotations), strict=True):
                column.append(value)
        self.begins.append(len(self._columns[0]))
        where = " ".join(fold_text(outlet or "").split())
        self.outlets.append(self._outlets.setdefault(where, len(self._outlets)) if where else NOTHING)

    def __len__(self) -> int:
        return len(self._columns[0])

    @property
    def articles(self) -> int:
        """How many there are."""
        return len(self.begins) - 1

    def mention(self, number: int) -> Mention:
        """One row."""
        return Mention(*(column[number] for column in self._columns))

    def mentions(self) -> Iterator[Mention]:
        """All rows, in their order."""
        return map(Mention._make, zip(*self._columns, strict=True))

    def of_article(self, article: int) -> range:
        """The numbers of an article's mentions."""
        return range(self.begins[article], self.begins[article + 1])

    def name_of(self, number: int) -> int:
        """The name's number of a mention."""
        return self._columns[1][number]

    def article_of(self, number: int) -> int:
        """The article of a mention."""
        return self._columns[0][number]


def _number(known: dict[Value, int], listed: list[Value], value: Value) -> int:
    """The number of a value, a new one where it is met for the first time."""
    number = known.get(value)
    if number is None:
        number = known[value] = len(listed)
        listed.append(value)
    return number
