"""An article's quotations in, those that the user wants out: the filters of every command."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from quotes_cli.errors import UsageError
from quotes_cli.language.words.lists import fold_text
from quotes_cli.records import KINDS, Quotation, numbered, word_count

_WHOSE = ("'s ", "' ")  # apostrophes are folded


@dataclass(frozen=True, slots=True)
class Filters:
    """What a quotation must be to be shown; the empty ones let everything through.

    `speakers` are parts of names in any case, with accents or without: `nunez` finds Ana Núñez; one of several is
    enough. `=Ana Núñez` is the whole name. A name across articles counts as that in the article does. What
    `not_speakers` find is left out.
    """

    kinds: tuple[str, ...] = ()
    all_kinds: bool = False
    speakers: tuple[str, ...] = ()
    attributed: bool | None = None
    min_words: int = 0
    min_confidence: float = 0.0
    not_speakers: tuple[str, ...] = ()

    def check(self) -> None:
        """Raise `UsageError` where they make no sense."""
        for kind in self.kinds:
            if kind not in KINDS:
                raise UsageError(f"--kind: there is no kind {kind!r}; one of {', '.join(KINDS)}")
        if self.kinds and self.all_kinds:
            raise UsageError("--all and --kind contradict one another; leave one out")
        if self.speakers and self.attributed is False:
            raise UsageError("--speaker and --unattributed contradict one another; leave one out")
        for option, names in (("speaker", self.speakers), ("not-speaker", self.not_speakers)):
            if any(not name.removeprefix("=").strip() for name in names):
                raise UsageError(f"--{option}: the name is empty; give one, or leave it out")
        if self.min_words < 0:
            raise UsageError(f"--min-words: {self.min_words} is less than nothing; give a number from 0")
        if not 0 <= self.min_confidence <= 1:
            raise UsageError(f"--min-confidence: {self.min_confidence} is not between 0 and 1")

    def keep(self, quotations: Iterable[Quotation]) -> list[Quotation]:
        """The quotations that pass.

        What is no quotation (`other`) is not counted unless asked for; otherwise an id stays the same whatever the
        filters.
        """
        found = list(quotations)
        if not self.all_kinds and "other" not in self.kinds:
            found = numbered(quotation for quotation in found if quotation.kind != "other")
        return self.select(found)

    def select(self, quotations: Iterable[Quotation]) -> list[Quotation]:
        """The quotations that pass, numbered as they are; without `kinds` also those that are no quotations."""
        return [one for one in quotations if self._passes(one) and (not self.by_name or self._named(one))]

    @property
    def by_name(self) -> bool:
        """Do they ask who is quoted?"""
        return bool(self.speakers or self.not_speakers)

    def by_surname(self, quotations: Iterable[Quotation]) -> list[str]:
        """The surname of each that may be by one whom these ask for by a longer name, in an article that has no more
        of it: only with the others one can tell."""
        asked = {_folded(name).removeprefix("=") for name in (*self.speakers, *self.not_speakers)}
        surnames = {name.rpartition(" ")[2] for name in asked if " " in name}
        alone = (one for one in quotations if one.speaker and surnames and fold_text(one.speaker) in surnames)
        return [one.speaker or "" for one in alone if self._passes(one) and one.named == "yes"]

    @property
    def none(self) -> Filters:
        """Those that let through all that these count as quotations, to find out who is who among them."""
        return Filters(all_kinds=self.all_kinds or "other" in self.kinds)

    def _named(self, quotation: Quotation) -> bool:
        names = [fold_text(name) for name in (quotation.speaker, quotation.person) if name]
        return (not self.speakers or _is_one_of(names, self.speakers)) and not _is_one_of(names, self.not_speakers)

    def _passes(self, quotation: Quotation) -> bool:
        return (
            (not self.kinds or quotation.kind in self.kinds)
            and (self.attributed is None or self.attributed == (quotation.speaker is not None))
            and (self.min_words <= 0 or word_count(quotation.quote) >= self.min_words)
            and (self.min_confidence <= 0 or (quotation.confidence or 0.0) >= self.min_confidence)
        )


def _is_one_of(names: list[str], asked: tuple[str, ...]) -> bool:
    """Has one of the folded names, or one of several who speak together, what is asked for?"""
    for part in map(_folded, asked):
        for name in names:
            if part[1:] in (name, *name.split("; ")) if part.startswith("=") else _has(name, part):
                return True
    return False


def _has(name: str, part: str) -> bool:
    """Is it part of the name, or of what somebody is called, but not as whose that somebody is (Ortiz's aide)?"""
    at = name.find(part)
    while at >= 0 and name.startswith(_WHOSE, at + len(part)):
        at = name.find(part, at + 1)
    return at >= 0


@lru_cache(maxsize=256)
def _folded(asked: str) -> str:
    """A name as it is compared; of `= Ana` the space counts no more than the marks around it."""
    folded = fold_text(asked)
    return f"={folded[1:].strip()}" if folded.startswith("=") else folded


NO_FILTERS = Filters()
