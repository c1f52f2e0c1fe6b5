"""Records for tests: what a test is not about has a default, so that a new field of the record changes no test."""

from __future__ import annotations

from typing import Any

from quotes_cli.records import Quotation

_NOTHING_KNOWN = dict.fromkeys(
    ("speaker", "cue", "mention", "rule", "confidence", "cue_start", "cue_end", "mention_start", "mention_end")
)


def quotation(**facts: Any) -> Quotation:
    """A record with these facts; else that of an article which begins with “We will,” and tells no speaker."""
    told = {"source": "a.txt", "id": 1, "quote": "We will,", "kind": "direct", "line": 1, "start": 1, "end": 9}
    return Quotation(**{**_NOTHING_KNOWN, **told, **facts})
