"""Records in, and the time and memory out that `people` and `same` take with any number that is made of them.

    python -m quotes_cli.evaluation.scale people|same NUMBER --records RECORDS.jsonl

RECORDS is what `quotes extract` writes. Its records are repeated until there are enough: 7 of 10 speakers get another
name each time, and of 4 of 5 quotations 3 of 10 words are others, so that names and statements grow with the number.
Seconds are the processor's own, in one process; what is made is in memory before, and told beside the peak.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from quotes_cli.across.census import Census
from quotes_cli.across.people import Directory
from quotes_cli.across.statements import Statement, grouped
from quotes_cli.language.words.vocabulary import given_names


class Row(NamedTuple):
    """What is looked at of a record."""

    source: str
    id: int
    quote: str
    speaker: str | None
    speaker_type: str
    role: str | None
    gender: str | None
    named: bool


def made(rows: Sequence[dict[str, Any]], count: int, seed: int = 1) -> Iterator[Row]:
    """So many rows; the articles of each round have names of their own."""
    chance = random.Random(seed)
    words = sorted({word for row in rows for word in row["quote"].split()})
    surnames = sorted({row["speaker"].split()[-1] for row in rows if row["named"] == "yes"})
    given = sorted(name.title() for name in given_names())
    done = 0
    while True:
        for source, article in groupby(rows, key=lambda row: row["source"]):
            others: dict[str, str] = {}
            name = f"{source}#{done}"
            for row in article:
                if done == count:
                    return
                done += 1
                speaker, quote = row["speaker"], row["quote"]
                if row["named"] == "yes" and chance.random() < 0.7:
                    other = f"{chance.choice(given)} {chance.choice(surnames)}{chance.choice(['', 'son', 'er', 'ton'])}"
                    speaker = others.setdefault(speaker, other)
                if chance.random() < 0.8:
                    quote = " ".join(word if chance.random() < 0.7 else chance.choice(words) for word in quote.split())
                kind, named = row["speaker_type"], row["named"] == "yes"
                yield Row(name, done, quote, speaker, kind, row["role"], row["gender"], named)


def people(rows: Sequence[Row]) -> str:
    """Find out who is who."""
    census = Census()
    for _, article in groupby(rows, key=lambda row: row.source):
        named = (row for row in article if row.named and row.speaker)
        census.count((row.speaker or "", row.speaker_type, row.role, row.gender, 1) for row in named)
    found = len(Directory(census).entries)
    return f"{len(census):,} names in {census.articles:,} articles, {found:,} persons and bodies"


def same(rows: Sequence[Row]) -> str:
    """Find the statements that stand more than once."""
    groups = grouped([Statement(row.quote, row.speaker, row.source, (row.source, row.id)) for row in rows])
    return f"{len(groups):,} statements of {sum(len(group.members) for group in groups):,} quotations"


def _megabytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> int:
    parser = argparse.ArgumentParser(description="Time people and same on records made of real ones.")
    parser.add_argument("what", choices=["people", "same"])
    parser.add_argument("number", type=int, help="how many records to make")
    parser.add_argument("--records", type=Path, required=True, help="what quotes extract found, as JSON Lines")
    options = parser.parse_args()
    given = [json.loads(line) for line in options.records.read_text("utf-8").splitlines()]
    if not given:
        parser.error(f"{options.records} has no record; name what quotes extract -f jsonl wrote")
    rows = list(made(given, options.number))
    before, began = _megabytes(), time.process_time()
    found = {"people": people, "same": same}[options.what](rows)
    seconds = time.process_time() - began
    print(f"{options.what}, {options.number:,} records: {found}")
    print(
        f"{seconds:.1f} seconds of one core; at most {_megabytes():,} MB, of them {before:,} MB the records themselves"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
