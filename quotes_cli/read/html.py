"""A web page in, its main text out with title, author and date: trafilatura leaves out what surrounds an article."""

from __future__ import annotations

import json
import logging
import re
import warnings
from collections.abc import Iterator
from typing import Any

from quotes_cli.records import OUTLET, Article

from .markup import AROUND, UNSEEN, main_part, paragraphs, parse_html
from .quoted import spell_out
from .raw import Raw
from .slow_pages import too_many_parts, too_much_metadata, without_metadata

# Where trafilatura finds less it takes the page's text in one piece, without paragraphs (its MIN_EXTRACTED_SIZE).
SHORT = 250
_FACTS = {"title": "title", "published": "date", "author": "author"}  # as we call them, and as it does
# Tags above which a page is read whole, without trafilatura, whose time grows with their square: 130,000 paragraphs
# took 87 seconds. A long news page has 10,000.
MANY_TAGS = 50_000
LONGEST_SITE = 100  # characters of a site's name: it stands beside each of its records
# Only a date that the page marks as its own: searched for extensively, "© 2019" and "in May 2012" become dates too.
_DATES = {"extensive_search": False, "original_date": True}
_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset|<\?xml[^>]{0,99}?encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{2,40})""", re.I
)


def read(raw: Raw) -> Iterator[Article]:
    """One article. A page in which no text is found is reported as an `InputError`."""
    kept, facts = main_text(raw.name, raw.decode(declared_encoding(raw.data)))
    yield raw.article(kept, "page; save the article with its text", **facts)


def main_text(name: str, text: str) -> tuple[list[str], dict[str, Any]]:
    """The paragraphs of a page's article, and its title, date and author, and its site as what is kept of it."""
    root = parse_html(text, name) if text.count("<") <= MANY_TAGS else None
    if root is None or too_many_parts(root):  # a page of very many elements
        title = " ".join((parse_html(text, name).findtext(".//title") or "").split())
        return _all_of_it(name, text), {"title": title}
    found = _extracted(text, too_much_metadata(root))
    body = getattr(found, "body", None)
    kept = paragraphs(body, frozenset()) if body is not None else []
    if len(kept) < 2 or sum(map(len, kept)) < SHORT:
        kept = _all_of_it(name, text) or kept
    site = " ".join((getattr(found, "sitename", None) or "").split())
    named = 0 < len(site) <= LONGEST_SITE
    facts = {ours: getattr(found, its, None) for ours, its in _FACTS.items()}
    return kept, {**facts, "kept": json.dumps({OUTLET: site}, ensure_ascii=False) if named else None}


def declared_encoding(data: bytes) -> str | None:
    """What the page says its encoding is, in its first 4096 bytes (browsers look at 1024)."""
    match = _DECLARED.search(data, 0, 4096)
    return match[1].decode("ascii", "replace") if match else None


def _extracted(text: str, text_alone: bool) -> Any:
    """What trafilatura finds in a page, None for nothing; `text_alone`: without title, author and date."""
    from trafilatura import bare_extraction, load_html

    # What it has to say about a page that it cannot use is said here, once, in words that help.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    given = load_html(text)
    if given is None:
        return None
    spell_out(given)
    if text_alone:
        without_metadata(given)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # dateutil's, about time zones in what is no date
        return bare_extraction(
            given,
            with_metadata=True,
            include_comments=False,
            include_formatting=False,
            date_extraction_params=_DATES,
        )


def _all_of_it(name: str, text: str) -> list[str]:
    """A short page whole, or its one `article`, without what its elements call navigation and the like."""
    root = parse_html(text, name)
    spell_out(root)
    root = main_part(root)
    return paragraphs(root, UNSEEN | AROUND) or paragraphs(root)
