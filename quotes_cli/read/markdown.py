"""Markdown in, the text that its reader sees out: no emphasis marks, no addresses; a block quotation keeps its `>`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from quotes_cli.errors import InputError
from quotes_cli.records import Article

from .quoted import shown
from .raw import Raw

if TYPE_CHECKING:
    from markdown_it.token import Token

# Characters of a paragraph above which its marks stay: 200,000 times `![` took 12 seconds, squared for the double.
LONGEST = 10_000
BRACKETS = 300  # and opening brackets in it: 9,000 characters of `![` took 0.8 seconds, again for each paragraph
_FRONT = re.compile(r"---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(title|date|author)[ \t]*:[ \t]*(.*?)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_QUOTES = re.compile(r"<(?:blockquote|q)[\s>]", re.IGNORECASE)
#: A paragraph all in italics or bold, with a capital and no full stop: whose words the block quotation holds.
_BYLINE = re.compile(r"([*_]{1,2})(?=[A-Z])[^*_\n\"“.!?]{2,80}\1")
_MARKS = {"<q>": "“", "</q>": "”"}


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
    begun = 0  # how many blocks there were when the outermost began
    inside = ""  # the kind of block that the next line of text belongs to
    # Two parsers, because each paragraph's own marks are read only where it is not too long.
    of_blocks = MarkdownIt("commonmark", {"maxNesting": 50}).enable("table").disable("inline")
    of_marks = MarkdownIt("commonmark", {"maxNesting": 50})
    references: dict[str, Any] = {}
    for token in of_blocks.parse(text, references):
        line = ""
        if token.type == "blockquote_open":
            begun = begun if depth else len(blocks)
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
        elif token.type in ("code_block", "fence"):  # indented text is often an article copied from elsewhere
            line = token.content.strip("\r\n")
        elif token.type == "html_block":
            line = _page(token.content)
        if line.strip():
            goes_on = depth and len(blocks) > begun  # one block quotation of several paragraphs
            if goes_on and _BYLINE.fullmatch(token.content):
                line = f"— {line}"  # as a web page's <cite> is shown
            blocks.append(("\n>\n" if goes_on else "\n\n" if blocks else "") + _quoted(line, depth))
    return "".join(blocks) + "\n", heading


def _page(part: str) -> str:
    """A piece of HTML: its text, and where it quotes what that shows of it."""
    if not _QUOTES.search(part):
        return _TAG.sub("", part).strip()
    with suppress(InputError):  # nothing but tags
        return "\n\n".join(shown(part, ""))
    return ""


def _inline(tokens: Sequence[Token]) -> str:
    parts = []
    for token in tokens:
        tag = token.content.lower()
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type == "html_inline" and tag in _MARKS:
            parts.append(_MARKS[tag])
        elif token.type in ("softbreak", "hardbreak") or tag.startswith("<br"):
            parts.append("\n")
    return "".join(parts)


def _quoted(text: str, depth: int) -> str:
    return "\n".join("> " * depth + line for line in text.splitlines()) if depth else text
