"""A document of LibreOffice (OpenDocument Text) in, its text out: paragraphs, headings, cells, and footnotes behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from quotes_cli.records import Article

from .markup import dublin_core, parse_xml, tag
from .raw import Members, Raw

if TYPE_CHECKING:
    from lxml.etree import _Element

# What is no text of the article: what was deleted, comments, lists of contents, what pictures are called.
_UNSEEN = frozenset(
    (
        *("tracked-changes", "annotation", "forms", "sequence-decls", "table-of-content", "illustration-index"),
        *("table-index", "alphabetical-index", "bibliography", "title", "desc", "note-citation", "ruby-text"),
    )
)
_CHARACTERS = {"tab": "\t", "line-break": "\n"}
_MOST_SPACES = 100
_SPACE = re.compile(r"[ \t\r\n]+")  # which are one


def read(raw: Raw) -> Iterator[Article]:
    """One article. Raises `InputError` where there is no text, or the document is broken or encrypted."""
    members = Members(raw, "OpenDocument file")
    root = parse_xml(members.read("content.xml"), raw.name)
    body = next((item for item in root.iter() if tag(item) == "body"), root)
    kept = _paragraphs(body)
    facts = {}
    if kept and "meta.xml" in members:
        facts = dublin_core(parse_xml(members.read("meta.xml"), raw.name))
        facts["published"] = None  # its date is when the file was saved, not when the article appeared
    yield raw.article(kept, "document; is it a picture of a text?", **facts)


def _paragraphs(body: _Element) -> list[str]:
    """The paragraphs in order, those of footnotes behind all others; goes through without recursion."""
    from lxml.etree import iterwalk

    found: list[str] = []
    notes: list[str] = []
    open_: list[list[str]] = []  # a footnote stands inside a paragraph and has its own
    depth = 0  # of notes
    walk = iterwalk(body, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        name = tag(element)
        if event == "start" and name in _UNSEEN:
            walk.skip_subtree()
            continue
        if event == "start":
            depth += name == "note"
            if name in ("p", "h"):
                open_.append([_text(element.text)])
            elif open_:
                open_[-1].append(_character(element, name) + _text(element.text))
            continue
        depth -= event == "end" and name == "note"
        if event == "end" and name in ("p", "h") and open_ and (text := "".join(open_.pop()).strip()):
            (notes if depth else found).append(text)
        if open_:
            open_[-1].append(_text(element.tail))
    return found + notes


def _text(text: str | None) -> str:
    return _SPACE.sub(" ", text or "")


def _character(element: _Element, name: str) -> str:
    """What an element without text stands for; one that stands for so many spaces says how many."""
    if name == "s":
        many = next((str(value) for key, value in element.attrib.items() if str(key).endswith("}c")), "1")
        return " " * min(int(many[:9]) if many.isdecimal() else 1, _MOST_SPACES)
    return _CHARACTERS.get(name, "")
