"""Markdown in, the text that its reader sees out: no emphasis marks, no addresses; a block quotation keeps its `>`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from quotes_cli.records import Article

from .raw import Raw

if TYPE_CHECKING:
    from markdown_it.token import Token

# Characters of a paragraph above which its marks stay: 200,000 times `![` took 12 seconds, squared for the double.
LONGEST = 10_000
BRACKETS = 300  # and opening brackets in it: 9,000 characters of `![` took 0.8 seconds, again for each paragraph
_FRONT = re.compile(r"---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(title|date|author)[ \t]*:[ \t]*(.*?)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")


def read(raw: Raw) -> Iterator[Article]:
    """One article, with title, date and author of its front matter, or its first heading as the title."""
    text = raw.decode()
    fields: dict[str, str] = {}
    front = _FRONT.match(text)
    if front:
        fields = {name.lower(): value.strip("\"'") for name, value in _FIELD.findall(front[1])}
        text = text[front.end() :]
    shown, heading = _shown(text)
    yield Article(
        source=raw.name,
        text=shown,
        title=fields.get("title") or heading,
        published=fields.get("date") or None,
        author=fields.get("author") or None,
    )


def _shown(text: str) -> tuple[str, str | None]:
    """The text, and its first heading."""
    from markdown_it import MarkdownIt

    blocks: list[str] = []
    heading: str | None = None
    depth = 0  # of block quotations
    inside = ""  # the kind of block that the next line of text belongs to
    # Two parsers, because each paragraph's own marks are read only where it is not too long.
    of_blocks = MarkdownIt("commonmark", {"maxNesting": 50}).enable("table").disable("inline")
    of_marks = MarkdownIt("commonmark", {"maxNesting": 50})
    references: dict[str, Any] = {}
    for token in of_blocks.parse(text, references):
        if token.type == "blockquote_open":
            depth += 1
        elif token.type == "blockquote_close":
            depth -= 1
        elif token.type.endswith("_open"):
            inside = token.tag
        elif token.type == "inline":
            line = token.content
            if len(line) <= LONGEST and line.count("[") <= BRACKETS:
                line = _inline(of_marks.parseInline(line, references)[0].children or [])
            if heading is None and inside == "h1":
                heading = " ".join(line.split()) or None
            blocks.append(_quoted(line, depth))
        elif token.type in ("code_block", "fence"):  # indented text is often an article copied from elsewhere
            blocks.append(_quoted(token.content.strip("\r\n"), depth))
        elif token.type == "html_block":
            blocks.append(_quoted(_TAG.sub("", token.content).strip(), depth))
    return "\n\n".join(block for block in blocks if block.strip()) + "\n", heading


def _inline(tokens: Sequence[Token]) -> str:
    parts = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak") or token.content.lower().startswith("<br"):
            parts.append("\n")
    return "".join(parts)


def _quoted(text: str, depth: int) -> str:
    return "\n".join("> " * depth + line for line in text.splitlines()) if depth else text
