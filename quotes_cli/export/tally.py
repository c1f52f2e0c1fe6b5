"""Quotations of any number of articles in, one line a speaker out: how often, how many words, what share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quotes_cli.across.census import Census
from quotes_cli.across.people import Directory, Known
from quotes_cli.language.words.lists import fold_text
from quotes_cli.records import Article, Quotation, word_count


def counted(number: int, what: str) -> str:
    """`1 speaker`, `2,000 speakers`."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


@dataclass(slots=True)
class Spoken:
    """One speaker over all articles; `speaker` is None for what nobody is known to have said.

    `share` is that of the words in all quotations, 0 to 1. `role` is the first that an article tells.
    """

    speaker: str | None
    speaker_type: str = "unknown"
    role: str | None = None
    quotations: int = 0
    words: int = 0
    share: float = 0.0
    articles: int = 0


class Tally:
    """Takes articles one after the other and keeps no text of theirs.

    Who is one person over all of them is one speaker, under one name; another source of quotations is known by its
    words, whatever their case and accents, and shown as it came first. Where `person` is known it is taken; who is who
    among the others is found out, unless `across` is False.
    """

    def __init__(self, *, across: bool = True) -> None:
        self._across = across
        self._census = Census()
        self._rows: list[tuple[int, str | None, bool, str, str | None, int, int]] = []

    def add(self, article: Article, quotations: Sequence[Quotation]) -> None:
        """Count the quotations of one article."""
        number = self._census.articles
        self._census.add((one for one in quotations if self._is_open(one)), article.outlet)
        counted: dict[tuple[str | None, bool, str, str | None], list[int]] = {}
        for one in quotations:
            key = (one.person or one.speaker, self._is_open(one), one.speaker_type, one.role)
            sums = counted.setdefault(key, [0, 0])
            sums[0] += 1
            sums[1] += word_count(one.quote)
        self._rows += ((number, *key, times, words) for key, (times, words) in counted.items())

    def _is_open(self, one: Quotation) -> bool:
        """Is it still to be found out who is meant?"""
        return self._across and one.person is None and one.named == "yes"

    def speakers(self, known: Iterable[Known] = ()) -> list[Spoken]:
        """Those with the most words first; what has no speaker stands last."""
        directory = Directory(self._census, known)
        spoken: dict[str | None, Spoken] = {}
        seen: set[tuple[int, str | None]] = set()
        article, persons = -1, dict[str, str]()
        for number, speaker, unknown, kind, role, times, words in self._rows:
            if unknown and speaker is not None:
                if number != article:  # once an article, whose speakers may be many
                    article, persons = number, directory.of_article(number)
                speaker = directory.person(speaker, persons)
            key = None if speaker is None else fold_text(speaker)
            one = spoken.setdefault(key, Spoken(speaker))
            one.quotations += times
            one.words += words
            one.articles += (number, key) not in seen
            seen.add((number, key))
            if one.speaker_type == "unknown":
                one.speaker_type = kind
            if one.role is None:
                one.role = role
        total = sum(one.words for one in spoken.values()) or 1
        for one in spoken.values():
            one.share = round(one.words / total, 4)
        return sorted(
            spoken.values(),
            key=lambda one: (one.speaker is None, -one.words, -one.quotations, one.speaker or ""),
        )
