"""The records that pass between the stages: `Article`, `MarkedSpan`, `Attribution`, `Resolution` and `Quotation`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

INDIRECT = "indirect"
KINDS = ("direct", "mixed", INDIRECT, "other")
OUTLET = "outlet"
OUTLETS = (OUTLET, "publisher", "publication", "newspaper", "site", "sitename")  # names of columns that tell it


@dataclass(frozen=True, slots=True)
class Article:
    """An input as read. `source` is its name as the user gave it, `-` for stdin; `kept` are other columns of its table
    that are carried along, as a JSON object of texts: of a web page the name of its site, as `outlet`.
    """

    source: str
    text: str
    title: str | None = None
    published: str | None = None
    author: str | None = None
    kept: str | None = None

    @property
    def outlet(self) -> str | None:
        """Where it appeared: the newspaper, the site."""
        kept = json.loads(self.kept) if self.kept else {}
        return next((str(kept[name]) for name in kept if name.lower() in OUTLETS and kept[name]), None)


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """A stretch between quotation marks, or in a transcript of a speaker's turn, by characters of the article's text.

    `start`, `end` lie inside the marks, `outer_start`, `outer_end` outside them (equal where a mark is missing).
    `pieces` are the paragraphs of a quotation that runs on over several, each inside its own marks; one piece
    otherwise. `parent` is the index, in the article's list, of the smallest span that contains this one, or None.
    `convention` names the pair of marks, `closed` is False where the closing mark is missing. `label` is where the
    label of a turn's speaker stands, None for a stretch in marks; a turn is no parent of those in marks within it.
    """

    start: int
    end: int
    outer_start: int
    outer_end: int
    pieces: tuple[tuple[int, int], ...]
    parent: int | None
    convention: str
    closed: bool = True
    label: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Vetoed:
    """What a rule found and a veto threw out: the names of both, and (start, end) characters of the cue or source."""

    rule: str
    veto: str
    place: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """What the rules found for one `MarkedSpan`: (start, end) characters of cue and mention, the kind, the rule's name.

    `antecedent` is what a mention that is a relative pronoun stands for: "Ortiz" in "Ortiz, who called it ...".
    `vetoed` is what rules found before, in their order.
    """

    kind: str
    cue: tuple[int, int] | None = None
    mention: tuple[int, int] | None = None
    rule: str | None = None
    confidence: float | None = None
    antecedent: tuple[int, int] | None = None
    vetoed: tuple[Vetoed, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """Whom a mention or unsourced quotation may mean, by the ranker: the name (None is nobody), its probability and the
    features that it went by.
    """

    name: str | None
    probability: float
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The candidates among which the ranker chose, the likeliest first; `choice` is its table of weights."""

    choice: str
    candidates: tuple[Ranked, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """Who a mention is: fullest name in the article, type (person, organisation, group, document, unknown), role,
    sieve; `probability` is the ranker's of its choice, `ranking` gives all of it; None where a sieve needed no ranker.

    `named`: is `speaker` a proper name, not a description? `gender` is "f", "m" or None. `known`: is the name that of
    a newsroom's file?
    """

    speaker: str | None
    speaker_type: str = "unknown"
    role: str | None = None
    sieve: str | None = None
    probability: float | None = None
    ranking: Callable[[], Ranking] | None = None
    named: bool = False
    gender: str | None = None
    known: bool = False


_PLACE = "its characters in the article's text, inside the marks, half open: `text[start:end] == quote`"
_OTHER_PLACES = "the same for cue and mention"


def _doc(meaning: str, in_tables: bool = True) -> dict[str, Any]:
    """What the README says of a field of the record, and whether CSV and workbooks have its column unasked."""
    return {"meaning": meaning, "in_tables": in_tables}


@dataclass(frozen=True, slots=True)
class Quotation:
    """One row of the quote table. Offsets are characters of the source text, half open; `line` counts from 1.

    A new field is a line at the end, with a default: what formats, databases and the README's table need follows.
    """

    source: str = field(metadata=_doc("the input's name as you gave it; `-` for stdin"))
    id: int = field(metadata=_doc("1, 2, ... within the source, in text order"))
    quote: str = field(metadata=_doc("the words inside the marks, or reported without them, as they stand"))
    speaker: str | None = field(
        metadata=_doc(
            "who said it, by the fullest name in the article (of a report whoever made it, if named; of one without a "
            "name the words that first describe them), several as `Ana Ortiz; Bo Lee`;"
            " nothing where the article does not tell"
        )
    )
    cue: str | None = field(metadata=_doc("the reporting word: *said*, *according to*, *statement*"))
    mention: str | None = field(metadata=_doc("the words that name the speaker there: *he*, *the Danish premier*"))
    kind: str = field(
        metadata=_doc(
            "`direct` (a whole utterance), `mixed` (a fragment in the reporter's own clause),"
            " `indirect` (without marks), `other` (no quotation)"
        )
    )
    rule: str | None = field(metadata=_doc("the rule that found the speaker, or that none is named"))
    confidence: float | None = field(metadata=_doc("how likely the speaker is right, 0 to 1; nothing without one"))
    line: int = field(metadata=_doc("the line of the article's text where it starts, from 1"))
    start: int = field(metadata=_doc(_PLACE))
    end: int = field(metadata=_doc(_PLACE))
    cue_start: int | None = field(metadata=_doc(_OTHER_PLACES, in_tables=False))
    cue_end: int | None = field(metadata=_doc(_OTHER_PLACES, in_tables=False))
    mention_start: int | None = field(metadata=_doc(_OTHER_PLACES, in_tables=False))
    mention_end: int | None = field(metadata=_doc(_OTHER_PLACES, in_tables=False))
    speaker_type: str = field(
        default="unknown",
        metadata=_doc(
            "`person`, `organisation` (a body or place that speaks as one), `group` (*residents*),"
            " `document` (*the report*) or `unknown`"
        ),
    )
    role: str | None = field(
        default=None, metadata=_doc("what the article says the speaker is: *mayor*, *chief executive of Acme*")
    )
    paragraph: int | None = field(
        default=None,
        metadata=_doc("the paragraph of the article's text in which it starts, from 1; nothing from an older database"),
    )
    utterance: int | None = field(
        default=None,
        metadata=_doc(
            "1, 2, ... within the source: the halves of what one *she said* reports, and what goes on in the next"
            " paragraph, share a number"
        ),
    )
    person: str | None = field(
        default=None,
        metadata=_doc(
            "who `speaker` is across articles, by one name everywhere: with `--across` or `--people`, and in a database"
        ),
    )
    named: str | None = field(
        default=None, metadata=_doc("`yes` where `speaker` is a proper name, `no` where it is a description")
    )
    gender: str | None = field(
        default=None,
        metadata=_doc("`f` or `m`, where names, titles, nouns and pronouns of the article tell it of a person"),
    )
    holds: str | None = field(
        default=None,
        metadata=_doc(
            "of an `indirect` one the ids of the same speaker's quotations in marks that are a part of it, as `2` or"
            " `2; 3`: a count that passes over either counts each statement once"
        ),
    )

    def to_dict(self) -> dict[str, str | int | float | None]:
        """The record as `--format jsonl` writes it: every field by its name, in this order."""
        return {name: getattr(self, name) for name in self.__slots__}


def numbered(quotations: Iterable[Quotation]) -> list[Quotation]:
    """The quotations with the ids 1, 2, ...; what `holds` names by its old id has its new one, or is left out."""
    found = list(quotations)
    new = {str(quotation.id): str(number) for number, quotation in enumerate(found, 1)}
    return [
        replace(
            quotation,
            id=number,
            holds="; ".join(new[old] for old in quotation.holds.split("; ") if old in new) or None
            if quotation.holds
            else None,
        )
        for number, quotation in enumerate(found, 1)
    ]


def word_count(text: str) -> int:
    """What `--min-words`, `quotes speakers` and the page count: stretches between spaces with a letter or a digit."""
    return sum(any(character.isalnum() for character in word) for word in text.split())
