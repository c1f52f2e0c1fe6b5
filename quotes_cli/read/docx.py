"""A Word document in, its text out as one sees it: tracked insertions kept, deletions left out, tables cell by cell.

Read with lxml and not with python-docx, whose paragraphs lack what was inserted while changes were tracked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quotes_cli.errors import InputError
from quotes_cli.records import Article

from .markup import parse_xml, tag
from .raw import Members, Raw

if TYPE_CHECKING:
    from lxml.etree import _Element

_UNSEEN = frozenset(("del", "movefrom", "instrtext", "deltext", "delinstrtext", "fallback", "ppr", "rpr", "sectpr"))
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "nobreakhyphen": "\u2011"}  # a soft hyphen is not seen


def read(raw: Raw) -> Iterator[Article]:
    """One article: the body, then footnotes and endnotes; headers and footers are left out."""
    members = Members(raw, "Word document")
    kept = _paragraphs(parse_xml(members.read("word/document.xml"), raw.name))
    for notes in ("word/footnotes.xml", "word/endnotes.xml"):
        if notes in members:
            kept += _paragraphs(parse_xml(members.read(notes), raw.name))
    if not kept:
        raise InputError(f"{raw.name}: there is no text in this Word document; is it a picture of a text?")
    title, author = _properties(members, raw.name)
    yield Article(source=raw.name, text="\n\n".join(kept) + "\n", title=title, author=author)


def _paragraphs(root: _Element) -> list[str]:
    from lxml.etree import iterwalk

    found: list[str] = []
    open_: list[list[str]] = []  # a text box stands inside a paragraph and has its own
    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        name = tag(element)
        if event == "start":
            if name in _UNSEEN:
                walk.skip_subtree()
            elif name == "p":
                open_.append([])
            elif open_:
                open_[-1].append((element.text or "") if name == "t" else _CHARACTERS.get(name, ""))
        elif name == "p" and open_:
            text = "".join(open_.pop()).strip()
            if text:
                found.append(text)
    return found


def _properties(members: Members, name: str) -> tuple[str | None, str | None]:
    """Title and author. Not the date: it is when the file was made, not when the article appeared."""
    if "docProps/core.xml" not in members:
        return None, None
    values = {tag(item): (item.text or "").strip() for item in parse_xml(members.read("docProps/core.xml"), name)}
    return values.get("title") or None, values.get("creator") or None
