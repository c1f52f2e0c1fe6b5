"""A census in, who is quoted beside whom out."""

from __future__ import annotations

from collections.abc import Iterable

from .bearers import Bearer
from .census import Census


class Company:
    """Answers from the articles of two bearers; what was found out of one is kept until it grows."""

    def __init__(self, census: Census) -> None:
        self._census = census
        self._beside: dict[int, tuple[int, frozenset[int]]] = {}
        self._in: dict[int, tuple[int, frozenset[int]]] = {}

    def acquainted(self, one: Bearer, other: Bearer) -> bool:
        """Is somebody quoted beside both, maybe in different articles?"""
        few, many = sorted((one, other), key=lambda bearer: bearer.articles)
        own = {*few.spellings, *many.spellings}
        return not (self.beside(few.mentions) - own).isdisjoint(self._companions(many))

    def together(self, one: Bearer, other: Bearer) -> bool:
        """Are both quoted in one article, and so two for it?"""
        return not self._articles(one).isdisjoint(self._articles(other))

    def beside(self, mentions: Iterable[int]) -> frozenset[int]:
        """The numbers of the names that are quoted in the same articles."""
        census = self._census
        return frozenset(
            census.name_of(other)
            for one in mentions
            for other in census.of_article(census.article_of(one))
            if other != one
        )

    def _companions(self, one: Bearer) -> frozenset[int]:
        kept = self._beside.get(id(one))
        if kept is None or kept[0] != one.articles:
            kept = self._beside[id(one)] = one.articles, self.beside(one.mentions)
        return kept[1]

    def _articles(self, one: Bearer) -> frozenset[int]:
        kept = self._in.get(id(one))
        if kept is None or kept[0] != one.articles:
            kept = self._in[id(one)] = one.articles, frozenset(map(self._census.article_of, one.mentions))
        return kept[1]
