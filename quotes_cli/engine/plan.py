"""What a run would do comes out, its inputs counted and its time estimated, and nothing is done: `--dry-run`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from itertools import chain

from quotes_cli.read import STDIN, ReadOptions
from quotes_cli.read.formats import AUTO, by_name, choose, root_of
from quotes_cli.read.options import shown_size
from quotes_cli.read.own import HEAD
from quotes_cli.read.xml import KINDS
from quotes_cli.records import Article
from quotes_cli.screen.progress import clock

from .places import Place, read_place

BATCH = 32  # articles that a worker does before it hands on their records
BLOCK = 1 << 20  # bytes of text that one worker gets at a time, and does again after a crash: half a minute to a minute
PART = 100_000  # records that one file of the output has at least, but the last: 10 MB or so

WORDS_PER_SECOND = 18_000  # of one core: `make bench` on PolNeAR, Intel Xeon (Emerald Rapids)
_BYTES_PER_WORD = 6.2  # of text in UTF-8, and of Parquet or gzip a third of it; measured on PolNeAR's articles
_PACKED = 2.7
_SAMPLE = 3  # inputs of each format that are read to see how many words they have, the larger ones left out
_SMALL = 5_000_000  # bytes
_LOOKED_AT = 10_000  # files at most whose first bytes are looked at, and not their names alone


def plan_lines(
    places: Sequence[Place],
    failed: int,
    words: int,
    *,
    engine: str,
    workers: int | None,
    output: str,
    batches: str | None = None,
    checked: str | None = None,
    formats: str | None = None,
) -> list[str]:
    """What to print of a run; `words` are estimated, `workers` None is one a core of a cluster that is not asked."""
    size = sum(place.size or 0 for place in places)
    more = f", and {failed:,} that cannot be read" if failed else ""
    rate = f"{WORDS_PER_SECOND:,} words/s a core"
    seconds = words / WORDS_PER_SECOND
    hours = f"about {seconds / 3600:,.1f} core hours at {rate}"
    rows = {
        "engine": engine,
        "inputs": f"{len(places):,} ({shown_size(size)}){more}",
        "formats": formats or None,
        "checked": checked,
        "words": f"about {words:,}",
        "workers": f"{workers:,}" if workers else "one a core",
        "batches": batches,
        "output": output,
        "time": f"about {clock(seconds / workers)} at {rate}, and the start" if workers else hours,
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


def formats_of(places: Sequence[Place], reading: ReadOptions) -> str:
    """What the inputs are taken for, by name, those on this machine by their first bytes, too: `2 text, 1 pdf`."""
    looked_at = len(places) <= _LOOKED_AT
    return ", ".join(
        f"{count:,} {name}"
        for name, count in Counter(_taken_for(place, reading, looked_at) for place in places).most_common()
    )


def _taken_for(place: Place, reading: ReadOptions, looked_at: bool) -> str:
    if place.name == STDIN:
        return "standard input"
    head = b""
    if place.path is None and reading.format == AUTO and by_name(place.name) is None:
        return "web address"
    if looked_at and place.path is not None and place.store is None:
        with suppress(OSError, ValueError), open(place.path, "rb") as stream:
            head = stream.read(HEAD)
    chosen = choose(place.name, head, reading.format)
    kind = KINDS.get(root_of(head)) if chosen.name == "xml" else None
    return f"{chosen.name} ({kind.name})" if kind is not None else chosen.name


def _format_of(place: Place) -> tuple[str, bool]:
    """The format of an input by its name, and whether it is packed."""
    known = by_name(place.name)
    return known.name if known else "", place.name.lower().endswith(".gz")
