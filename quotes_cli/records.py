"""The records that pass between the stages: `Article`, `MarkedSpan`, `Attribution`, `Resolution` and `Quotation`."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("direct", "mixed", "indirect", "other")


@dataclass(frozen=True, slots=True)
class Article:
    """An input as read. `source` is its name as the user gave it, `-` for stdin."""

    source: str
    text: str
    title: str | None = None
    published: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """A stretch between quotation marks, by characters of the article's text.

    `start`, `end` lie inside the marks, `outer_start`, `outer_end` outside them (equal where a mark is missing).
    `pieces` are the paragraphs of a quotation that runs on over several, each inside its own marks; one piece
    otherwise. `parent` is the index, in the article's list, of the smallest span that contains this one, or None.
    `convention` names the pair of marks, `closed` is False where the closing mark is missing.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    pieces: tuple[tuple[int, int], ...]
    parent: int | None
    convention: str
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Attribution:
    """What the rules found for one `MarkedSpan`: (start, end) characters of cue and mention, the kind, the rule's name.

    `antecedent` is what a mention that is a relative pronoun stands for: "Ortiz" in "Ortiz, who called it ...".
    """

    kind: str
    cue: tuple[int, int] | None = None
    mention: tuple[int, int] | None = None
    rule: str | None = None
    confidence: float | None = None
    antecedent: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who a mention is: fullest name in the article, type (person, organisation, group, document, unknown), role,
    sieve."""

    speaker: str | None
    speaker_type: str = "unknown"
    role: str | None = None
    sieve: str | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """One row of the quote table. Offsets are characters of the source text, half open; `line` counts from 1."""

    source: str
    id: int
    quote: str
    speaker: str | None
    cue: str | None
    mention: str | None
    kind: str
    rule: str | None
    confidence: float | None
    line: int
    start: int
    end: int
    cue_start: int | None
    cue_end: int | None
    mention_start: int | None
    mention_end: int | None
    speaker_type: str = "unknown"  # person, organisation, group, document, unknown
    role: str | None = None
