"""News of the corpus NewsArticles (Dai 2017) pass through here and leave as texts that may be learnt from.

Left out are articles that the corpus broke, those that the program is scored on (`news_left_out.txt`, and whatever
shares text with them or with the gold), and all but the first of those that share text with each other.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

LEFT_OUT = Path(__file__).with_name("news_left_out.txt")
SHORTEST = 80  # words an article
LONG = 90  # words a paragraph: the corpus lost the breaks of most
STRETCH, STEP = 40, 7  # letters that two texts share, and how far apart those are that are kept
#: What part of an article may stand in the gold, and in those before it.
OF_GOLD, OF_OTHERS = 0.03, 0.3

_LOST_APOSTROPHE = re.compile(r"(?<=[a-z])\?(?=(?:s|t|re|ve|ll|d|m)\b)")
_LOST_CHARACTER = re.compile(r"\?[a-z]|\ufffd|[a-z],-[a-z]")
_LOST_SPACE = re.compile(r"\b(?:the|of|in|to|a)-(?=[a-z])")
_MARK_OR_STOP = re.compile(r"[“”\"]|[.!?][\"”]?(?= [A-Z\"“])")
_ABBREVIATION = re.compile(r"\W*(?:[A-Z]|[A-Z][a-z]{0,3}|(?:[A-Z]\.)+[A-Z]?)\.")


class Stretches:
    """Stretches of the letters of texts, by which others are found that share some with them."""

    def __init__(self) -> None:
        self.known: set[str] = set()

    def add(self, text: str) -> None:
        letters = _letters(text)
        self.known.update(letters[i : i + STRETCH] for i in range(0, len(letters) - STRETCH + 1, STEP))

    def share(self, text: str) -> float:
        """About which part of a text stands in the others, from 0 to 1."""
        letters = _letters(text)
        places = range(len(letters) - STRETCH + 1)
        return STEP * sum(letters[i : i + STRETCH] in self.known for i in places) / max(len(places), 1)


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


def left_out() -> frozenset[str]:
    """The ids of the articles that the program is scored on."""
    return frozenset(LEFT_OUT.read_text(encoding="utf-8").split())


def news(rows: Iterable[Mapping[str, str]], ids: frozenset[str], gold: Iterable[str]) -> Iterator[str]:
    """The articles that may be learnt from, of rows with `article_id`, `title` and `text`: none of `ids`, none that
    shares text with one of those or of the texts of the `gold`."""
    rows, scored, others = list(rows), Stretches(), Stretches()
    for text in (*gold, *(row["text"] for row in rows if row["article_id"] in ids)):
        scored.add(text)
    for row in rows:
        text = _LOST_APOSTROPHE.sub("’", re.sub(r"[ \t]+", " ", row["text"]).strip())
        if row["article_id"] in ids or not whole(text):
            continue
        if scored.share(text) > OF_GOLD or others.share(text) > OF_OTHERS:
            continue
        others.add(text)
        yield " ".join(row["title"].split()) + "\n\n" + text


def whole(text: str) -> bool:
    """Is it an article, and not what is left of one after characters or spaces were lost?"""
    long = len(text.split()) >= SHORTEST
    return long and len(_LOST_CHARACTER.findall(text)) <= 2 and len(_LOST_SPACE.findall(text)) <= 3


def paragraphs(text: str, rng: random.Random) -> Iterator[str]:
    """The lines of a text; those of more than `LONG` words in paragraphs of one to three sentences."""
    for line in text.split("\n"):
        if len(line.split()) <= LONG:
            yield line
            continue
        found, start = sentences(line), 0
        while start < len(found):
            own = found[start : start + rng.choice((1, 1, 2, 2, 3))]
            start += len(own)
            yield " ".join(own)


def sentences(line: str) -> list[str]:
    """The sentences of a line; what stands in quotation marks is not divided."""
    found, start, quoted = [], 0, False
    for match in _MARK_OR_STOP.finditer(line):
        mark = match.group()[-1]
        if mark == '"':
            quoted = not quoted
        elif mark in "“”":
            quoted = mark == "“"
        if quoted or match.group() in ("“", "”", '"'):
            continue
        last = line[: match.end()].rsplit(None, 1)[-1]
        if not _ABBREVIATION.fullmatch(last):
            found.append(line[start : match.end()])
            start = match.end() + 1
    return [s for s in (*found, line[start:]) if s.strip()]
