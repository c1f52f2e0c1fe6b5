"""Articles and records for tests: what a test is not about has a default, so that new fields change no test."""

from __future__ import annotations

from typing import Any

from quotes_cli.errors import InputError
from quotes_cli.read import Input, ReadOptions, read_input
from quotes_cli.records import Article, Quotation

_NOTHING_KNOWN = dict.fromkeys(
    ("speaker", "cue", "mention", "rule", "confidence", "cue_start", "cue_end", "mention_start", "mention_end")
)


def quotation(**facts: Any) -> Quotation:
    """A record with these facts; else that of an article which begins with “We will,” and tells no speaker."""
    told = {"source": "a.txt", "id": 1, "quote": "We will,", "kind": "direct", "line": 1, "start": 1, "end": 9}
    return Quotation(**{**_NOTHING_KNOWN, **told, **facts})


def read_article(item: Input, options: ReadOptions | None = None) -> Article:
    """The first article of an input. Raises the `InputError` that stands in its place."""
    found = next(read_input(item, options))
    if isinstance(found, InputError):
        raise found
    return found
