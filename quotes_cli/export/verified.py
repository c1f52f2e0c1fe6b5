"""Rows of `verify` in, a page to look at out: each quotation beside its passage, the differences marked."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from quotes_cli.across.alignment import GONE, THERE, marked
from quotes_cli.visible import visible_line

_VERDICTS = ("altered", "not found", "minor", "exact")
_TAGS = {GONE: "del", THERE: "ins"}
_STYLE = """
:root { color-scheme: light dark; --line: #8884; --gone: #b3261e; --there: #146c43; }
@media (prefers-color-scheme: dark) { :root { --gone: #ff8a80; --there: #7bd9a5; } }
body { font: 16px/1.5 Georgia, serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; line-height: 1.2; } .sum, .where, .who { font: 14px/1.4 system-ui, sans-serif; opacity: .8; }
article { border-top: 1px solid var(--line); padding: 1rem 0; } p { margin: .3rem 0; overflow-wrap: anywhere; }
.verdict { font: 700 13px/1 system-ui, sans-serif; text-transform: uppercase; letter-spacing: .05em; }
.exact .verdict { color: var(--there); } .altered .verdict, .not-found .verdict { color: var(--gone); }
del { color: var(--gone); } ins { color: var(--there); font-weight: 600; }
"""


def page(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The page in pieces: altered ones first, then what was not found, minor changes and exact ones."""
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    counts = Counter(row["verdict"] for row in rows)
    told = " · ".join(f"{counts[verdict]} {verdict}" for verdict in _VERDICTS) if rows else "no quotations"
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="generator" content="quotes">\n'
    yield f"<title>Quotations against their transcripts</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    yield f'<h1>Quotations against their transcripts</h1>\n<p class="sum">{told}</p>\n'
    for row in sorted(rows, key=lambda row: _VERDICTS.index(row["verdict"])):
        yield _article(row)
    yield "</body>\n</html>\n"


def _article(row: Mapping[str, Any]) -> str:
    shown = _marked(row["changes"]) if row["changes"] else _safe(row["quote"])
    where = f"{row['found_in']}, line {row['line']}" if row["found_in"] else "in none of the transcripts"
    passage = f'<p class="where">The passage: {_safe(row["passage"])}</p>\n' if row["changes"] else ""
    who = f"{row['speaker'] or 'unknown speaker'}, {row['source']}, quotation {row['id']}"
    return (
        f'<article class="{row["verdict"].replace(" ", "-")}">\n<p class="verdict">{row["verdict"]}</p>\n'
        f'<p>{shown}</p>\n<p class="who">{_safe(who)}</p>\n{passage}<p class="where">{_safe(where)}</p>\n</article>\n'
    )


def _marked(changes: str) -> str:
    return "".join(
        f"<{_TAGS[what]}>{_safe(text)}</{_TAGS[what]}>" if what in _TAGS else _safe(text)
        for text, what in marked(changes)
    )


def _safe(text: str) -> str:
    return escape(visible_line(text))
