"""A Word document in, its text out as one sees it: tracked insertions kept, deletions left out, tables cell by cell.

Read with lxml and not with python-docx, whose paragraphs lack what was inserted while changes were tracked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quotes_cli.records import Article

from .markup import dublin_core, parse_xml, tag
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
    facts = {}
    if kept and "docProps/core.xml" in members:
        facts = dublin_core(parse_xml(members.read("docProps/core.xml"), raw.name))
        facts["published"] = None  # its date is when the file was made, not when the article appeared
    yield raw.article(kept, "Word document; is it a picture of a text?", **facts)


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
        elif name == "p" and open_ and (text := "".join(open_.pop()).strip()):
            found.append(text)
    return found
