"""Plain text in, the same text out: every character stays where it is."""

from __future__ import annotations

from collections.abc import Iterator

from quotes_cli.records import Article

from .raw import Raw


def read(raw: Raw) -> Iterator[Article]:
    """One article; offsets are those of the file's own characters."""
    yield Article(source=raw.name, text=raw.decode())
