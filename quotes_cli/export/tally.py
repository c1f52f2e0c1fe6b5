"""Quotations of any number of articles in, one line a speaker out: how often, how many words, what share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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


def _key(quotation: Quotation) -> str | None:
    return None if quotation.speaker is None else fold_text(quotation.speaker)


class Tally:
    """Takes articles one after the other and keeps no text of theirs.

    One name spelt with accents and without is one speaker, shown as it came first.
    """

    def __init__(self) -> None:
        self._spoken: dict[str | None, Spoken] = {}

    def add(self, article: Article, quotations: Sequence[Quotation]) -> None:
        """Count the quotations of one article."""
        for quotation in quotations:
            spoken = self._spoken.setdefault(_key(quotation), Spoken(quotation.speaker))
            spoken.quotations += 1
            spoken.words += word_count(quotation.quote)
            if spoken.speaker_type == "unknown":
                spoken.speaker_type = quotation.speaker_type
            if spoken.role is None:
                spoken.role = quotation.role
        for key in set(map(_key, quotations)):
            self._spoken[key].articles += 1

    def speakers(self) -> list[Spoken]:
        """Those with the most words first; what has no speaker stands last."""
        total = sum(spoken.words for spoken in self._spoken.values()) or 1
        for spoken in self._spoken.values():
            spoken.share = round(spoken.words / total, 4)
        return sorted(
            self._spoken.values(),
            key=lambda spoken: (spoken.speaker is None, -spoken.words, -spoken.quotations, spoken.speaker or ""),
        )
