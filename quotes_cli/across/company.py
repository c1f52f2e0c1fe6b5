"""A census in, who is quoted beside whom, and in which outlets, out."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .bearers import Bearer
from .census import NOTHING, Census

Numbers = frozenset[int]


class Company:
    """Answers from the articles of two bearers; what was found out of one is kept until it grows."""

    def __init__(self, census: Census) -> None:
        self._census = census
        self._kept: dict[tuple[str, Bearer], tuple[int, Numbers]] = {}

    def acquainted(self, one: Bearer, other: Bearer) -> bool:
        """Is somebody quoted beside both, maybe in different articles?"""
        few, many = sorted((self._companions(one), self._companions(other)), key=len)
        own = {*one.spellings, *other.spellings}
        return any(name in many and name not in own for name in few)

    def together(self, one: Bearer, other: Bearer) -> bool:
        """Are both quoted in one article, and so two for it?"""
        return not self._articles(one).isdisjoint(self._articles(other))

    def at_home(self, one: Bearer, other: Bearer) -> bool:
        """Does an outlet that quotes the one quote the other, too?"""
        return not self._outlets(one).isdisjoint(self._outlets(other))

    def elsewhere(self, one: Bearer, other: Bearer) -> bool:
        """Is the other quoted in one outlet alone, as the people of a town are, and the one in others?"""
        here, there = self._outlets(one), self._outlets(other)
        return bool(here) and len(there) == 1 and here.isdisjoint(there)

    def beside(self, mentions: Iterable[int]) -> Numbers:
        """The numbers of the names that are quoted in the same articles."""
        census = self._census
        return frozenset(
            census.name_of(other)
            for one in mentions
            for other in census.of_article(census.article_of(one))
            if other != one
        )

    def _companions(self, one: Bearer) -> Numbers:
        return self._once("beside", one, self.beside)

    def _articles(self, one: Bearer) -> Numbers:
        return self._once("articles", one, lambda mentions: frozenset(map(self._census.article_of, mentions)))

    def _outlets(self, one: Bearer) -> Numbers:
        return self._once("outlets", one, self._outlets_of)

    def _outlets_of(self, mentions: Iterable[int]) -> Numbers:
        census = self._census
        return frozenset(census.outlets[census.article_of(one)] for one in mentions) - {NOTHING}

    def _once(self, what: str, one: Bearer, find: Callable[[Iterable[int]], Numbers]) -> Numbers:
        kept = self._kept.get((what, one))
        if kept is None or kept[0] != one.articles:
            kept = self._kept[what, one] = one.articles, find(one.mentions)
        return kept[1]
