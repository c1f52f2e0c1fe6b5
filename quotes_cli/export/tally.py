"""Quotations of any number of articles in, one line a speaker out: how often, how many words, what share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from quotes_cli.records import Article, Quotation


def word_count(text: str) -> int:
    """What `--min-words`, `quotes speakers` and the page count: stretches between spaces with a letter or a digit."""
    return sum(any(character.isalnum() for character in word) for word in text.split())


def counted(number: int, what: str) -> str:
    """`1 speaker`, `2,000 speakers`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Spoken:
    """One speaker over all articles; `speaker` is None for what nobody is known to have said.

    `share` is that of the words in all quotations, 0 to 1. `role` is the first that an article tells.
    """

    speaker: str | None
    speaker_type: str
    role: str | None
    quotations: int
    words: int
    share: float
    articles: int


class Tally:
    """Takes articles one after the other and keeps no text of theirs."""

    def __init__(self) -> None:
        self._sums: dict[str | None, list[int]] = {}
        self._types: dict[str | None, str] = {}
        self._roles: dict[str | None, str] = {}

    def add(self, article: Article, quotations: Iterable[Quotation]) -> None:
        """Count the quotations of one article."""
        here: set[str | None] = set()
        for quotation in quotations:
            name = quotation.speaker
            sums = self._sums.setdefault(name, [0, 0, 0])
            sums[0] += 1
            sums[1] += word_count(quotation.quote)
            if name not in here:
                here.add(name)
                sums[2] += 1
            if quotation.speaker_type != "unknown":
                self._types.setdefault(name, quotation.speaker_type)
            if quotation.role is not None:
                self._roles.setdefault(name, quotation.role)

    def speakers(self) -> list[Spoken]:
        """Those with the most words first; what has no speaker stands last."""
        total = sum(words for _, words, _ in self._sums.values()) or 1
        order = sorted(self._sums.items(), key=lambda item: (item[0] is None, -item[1][1], -item[1][0], item[0] or ""))
        return [
            Spoken(
                name,
                self._types.get(name, "unknown"),
                self._roles.get(name),
                quotations,
                words,
                round(words / total, 4),
                articles,
            )
            for name, (quotations, words, articles) in order
        ]
