"""Articles with their quotations in, what to say at a run's end out: how many, where, and what may be wrong."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from quotes_cli.errors import InputError
from quotes_cli.export.tally import counted
from quotes_cli.language.doubts import DATA, EMPTY, ENCODING, MARKS, TRANSCRIPT, doubts_of
from quotes_cli.read.formats import FORMATS, by_name
from quotes_cli.records import Article, Quotation
from quotes_cli.status import Streams
from quotes_cli.visible import visible_line

NAMED = 3  # articles of one doubt, at most
_ROW = re.compile(r"(.{1,4096}?)(?:: (?:row|line|element) \d|#[^ ]{1,300}: )", re.DOTALL)  # what it is of
ROWS = 20  # of one table that cannot be read, at most

NAMELESS = "nameless"  # subtitles in which nothing says who speaks

# What is said of one article, of several, and what to do.
_SAID = {
    ENCODING: ("looks", "look", "wrongly encoded", "fetch the text again, or pass its --encoding"),
    TRANSCRIPT: (
        "looks",
        "look",
        "like a transcript or interview, and its turns were not found",
        "see quotes docs transcripts",
    ),
    DATA: ("looks", "look", "like data, by its many quotation marks", "of a table say --input-format csv or jsonl"),
    NAMELESS: (
        "names",
        "name",
        "nobody who speaks",
        "put NAME: before what each says, or look quotations up in it with quotes verify",
    ),
    MARKS: ("has", "have", "quotation marks and no quotation", "see what stands in marks with --all"),
}


class Asked(Protocol):
    """What a command was asked for, as far as it matters here."""

    @property
    def output(self) -> str | None: ...
    @property
    def quiet(self) -> bool: ...


class Closing:
    """Takes a run's articles one after the other, and keeps counts and a few names."""

    def __init__(self) -> None:
        self.articles = self.quotations = self.unknown = 0
        self._counts: Counter[str] = Counter()  # of articles by doubt
        self._surnames: Counter[str] = Counter()  # of speakers who may be those that the filters ask for
        self._first: dict[str, list[str]] = {}  # and the names of the first, so that a long run keeps no others

    def take(self, article: Article, found: Iterable[Quotation], kept: Sequence[Quotation]) -> None:
        """Count an article: all that was `found` in it, and what the filters left."""
        self.count(kept)
        self.doubt(article.source, doubts_of(article, found))

    def count(self, quotations: Sequence[Quotation]) -> None:
        """Count what is written of an article."""
        self.quotations += len(quotations)
        self.unknown += sum(quotation.speaker is None for quotation in quotations)

    def doubt(self, source: str, doubts: Iterable[str]) -> None:
        """Count an article, and remember what may be wrong with it."""
        self.articles += 1
        doubts = list(doubts)
        if EMPTY in doubts and by_name(source) is FORMATS["subtitles"]:
            doubts.append(NAMELESS)
        for doubt in doubts:
            self._counts[doubt] += 1
            if self._counts[doubt] <= NAMED:
                self._first.setdefault(doubt, []).append(source)

    def miss(self, surnames: Iterable[str]) -> None:
        """Count quotations of which only other articles could tell whether they are by one who is asked for."""
        self._surnames.update(surnames)

    def add(self, later: Closing) -> None:
        """Count what another counted of the articles behind these."""
        self.articles += later.articles
        self.quotations += later.quotations
        self.unknown += later.unknown
        self._counts += later._counts
        self._surnames += later._surnames
        for doubt, names in later._first.items():
            self._first[doubt] = [*self._first.get(doubt, ()), *names][:NAMED]

    def empty(self, gave: str) -> str | None:
        """`57 of 1,000 articles gave none`, with names where they are few; None where all gave some, or it is one."""
        count = self._counts[EMPTY]
        if not count or self.articles < 2:
            return None
        few = f" ({self._named(EMPTY)})" if count <= NAMED else ""
        return f"{count:,} of {self.articles:,} articles {gave}{few}"

    def tell(self, streams: Streams, asked: Asked, failures: Sequence[object] = (), about: Sequence[str] = ()) -> None:
        """Say it: where the data went into a file all, where a terminal shows it only what may be wrong.

        `about` stands before the number of quotations. A pipe, also by its name, and `--quiet` get nothing.
        """
        if asked.quiet:
            return
        if asked.output is not None and not _is_device(asked.output):
            streams.talk(self.line(asked.output, len(failures), about))
        if asked.output is not None or streams.stdout.isatty():
            for line in self.doubts():
                streams.talk(line)

    def line(self, target: str, failed: int = 0, about: Sequence[str] = ()) -> str:
        """`275 quotations, 12 without a speaker, in x.csv`; behind it what gave none or could not be read."""
        parts = [*about, counted(self.quotations, "quotation")]
        if self.unknown:
            parts.append(f"{self.unknown:,} without a speaker")
        says = f"{', '.join(parts)}{',' if parts[1:] else ''} in {target}"
        if empty := self.empty("gave none"):
            says += f"; {empty}"
        if failed:
            says += f"; {counted(failed, 'input')} could not be read"
        return says

    def doubts(self) -> Iterator[str]:
        """A line for each thing that may be wrong, with the names of the first articles."""
        for doubt, (one, several, what, remedy) in _SAID.items():
            count = self._counts[doubt]
            if count == 1:
                yield f"{self._named(doubt)}: {one} {what}; {remedy}"
            elif count:
                yield f"{count:,} articles {several} {what} ({self._named(doubt)}); {remedy}"
        if self._surnames:
            names = ", ".join(visible_line(name) for name, _ in self._surnames.most_common(NAMED))
            are = "1 quotation is" if self._surnames.total() == 1 else f"{self._surnames.total():,} quotations are"
            yield f"{are} by somebody whom the article calls only {names}; --across finds out who that is"

    def _named(self, doubt: str) -> str:
        """The first few names."""
        more = ", …" if self._counts[doubt] > NAMED else ""
        return ", ".join(map(visible_line, self._first[doubt])) + more


class Complaints:
    """Says what cannot be read: of a table of which many rows cannot be, only of the first, and at the end how many."""

    def __init__(self, streams: Streams) -> None:
        self._streams = streams
        self._counts: Counter[str] = Counter()

    def tell(self, error: InputError | str) -> None:
        """Say it, unless it is of a row, and enough was said of its table."""
        row = _ROW.match(str(error))
        if row is not None:
            self._counts[row[1]] += 1
        if row is None or self._counts[row[1]] <= ROWS:
            self._streams.talk(error)

    def end(self) -> None:
        """Say how many more there were."""
        for name, count in self._counts.items():
            if count > ROWS:
                self._streams.talk(f"{name}: {counted(count - ROWS, 'more row')} of it could not be read")


def _is_device(name: str) -> bool:
    """Is it there, and neither a file nor a folder: /dev/null, a FIFO?"""
    return os.path.exists(name) and not (os.path.isfile(name) or os.path.isdir(name))
