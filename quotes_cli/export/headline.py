"""An article in, what a page calls it out: its headline, and where the text behind it begins."""

from __future__ import annotations

import re
from datetime import date

from quotes_cli.language.segment import paragraphs
from quotes_cli.records import Article

_LONGEST = 140  # characters of a first paragraph that may be a headline: two lines of a newspaper's large type
_SENTENCES = re.compile(r"[.!?…][\"'”’)\]]*\s+[\"'“‘(\[]*[A-ZÀ-ÖØ-Þ]")


def headline(article: Article, quoted_from: int | None = None) -> tuple[str, int]:
    """What the article is called, and the character at which the rest of its text begins.

    Without a title of its own it is called by its first paragraph, where that is short and the text goes on behind it;
    else by the name of its source. What is quoted from character `quoted_from` on stays in the text.
    """
    if article.title:
        return article.title, 0
    bounds = paragraphs(article.text)[:2]
    if len(bounds) == 2:
        (start, end), (rest, _) = bounds
        first = " ".join(article.text[start:end].split())
        if len(first) <= _LONGEST and not _SENTENCES.search(first):
            return first, rest if quoted_from is None or quoted_from >= rest else 0
    return "Standard input" if article.source == "-" else article.source, 0


def readable_date(published: str) -> str:
    """`2026-03-03` as `3 March 2026`; what is no whole date as it stands."""
    try:
        day = date.fromisoformat(published[:10])
    except ValueError:
        return published
    return f"{day.day} {day:%B} {day.year}"
