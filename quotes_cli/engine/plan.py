"""What a run would do comes out, its inputs counted and its time estimated, and nothing is done: `--dry-run`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from quotes_cli.read import ReadOptions
from quotes_cli.read.formats import by_name
from quotes_cli.read.options import shown_size
from quotes_cli.records import Article
from quotes_cli.screen.progress import clock

from .places import Place, read_place

BATCH = 32  # articles that a worker does before it hands on their records
BLOCK = 1 << 20  # bytes of text that one worker gets at a time, and does again after a crash: half a minute to a minute
PART = 100_000  # records that one file of the output has at least, but the last: 10 MB or so

WORDS_PER_SECOND = 10_000  # of one core: `make bench` on PolNeAR, AMD EPYC
_BYTES_PER_WORD = 6.2  # of text in UTF-8, and of Parquet or gzip a third of it; measured on PolNeAR's articles
_PACKED = 2.7
_SAMPLE = 3  # inputs of each format that are read to see how many words they have, the larger ones left out
_SMALL = 5_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Plan:
    """One line a field. `workers` None: one a core of a cluster that is not asked. `words` are estimated."""

    engine: str
    inputs: int
    failed: int
    size: int
    words: int
    workers: int | None
    output: str
    batches: str | None = None

    def lines(self) -> list[str]:
        """What to print."""
        seconds = self.words / WORDS_PER_SECOND
        rate = f"{WORDS_PER_SECOND:,} words/s a core"
        rows = {
            "engine": self.engine,
            "inputs": f"{self.inputs:,} ({shown_size(self.size)})"
            + (f", and {self.failed:,} that cannot be read" if self.failed else ""),
            "words": f"about {self.words:,}",
            "workers": f"{self.workers:,}" if self.workers else "one a core",
            "batches": self.batches,
            "output": self.output,
            "time": f"about {clock(seconds / self.workers)} at {rate}, and the start"
            if self.workers
            else f"about {seconds / 3600:,.1f} core hours at {rate}",
        }
        return [f"{name:8} {text}" for name, text in rows.items() if text is not None]


def estimate_words(places: Sequence[Place], reading: ReadOptions) -> int:
    """About how many words there are, by size and by a few inputs of each format; of web addresses nobody knows."""
    kinds: dict[tuple[str, bool], list[Place]] = {}
    for place in places:
        if place.size:
            kinds.setdefault(_format_of(place), []).append(place)
    words = 0.0
    for (name, packed), alike in kinds.items():
        small = [place for place in alike if (place.size or 0) <= _SMALL]
        few = small[:: max(1, len(small) // _SAMPLE)][:_SAMPLE]
        found = chain.from_iterable(read_place(place, reading) for place in few)
        counted = sum(len(article.text.split()) for article in found if isinstance(article, Article))
        ratio = _PACKED if packed or name == "parquet" else _BYTES_PER_WORD
        bytes_per_word = sum(place.size or 0 for place in few) / counted if counted else ratio
        words += sum(place.size or 0 for place in alike) / bytes_per_word
    return round(words)


def _format_of(place: Place) -> tuple[str, bool]:
    """The format of an input by its name, and whether it is packed."""
    known = by_name(place.name)
    return known.name if known else "", place.name.lower().endswith(".gz")
