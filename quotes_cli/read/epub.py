"""An e-book in, its chapters' text out in reading order."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from quotes_cli.errors import InputError
from quotes_cli.records import Article

from .encoding import decode
from .html import declared_encoding
from .markup import dublin_core, parse_xml, tag
from .quoted import shown
from .raw import Members, Raw

_CHAPTERS = ("application/xhtml+xml", "text/html")


def read(raw: Raw) -> Iterator[Article]:
    """One article: all chapters of the spine, without the table of contents."""
    members = Members(raw, "e-book")
    container = parse_xml(members.read("META-INF/container.xml"), raw.name)
    package = next((item.get("full-path") for item in container.iter() if tag(item) == "rootfile"), None)
    if not package:
        raise InputError(f"{raw.name}: broken e-book (it names no package); save or fetch it again")
    root = parse_xml(members.read(package), raw.name)
    items = {item.get("id"): item for item in root.iter() if tag(item) == "item"}
    kept: list[str] = []
    for reference in root.iter():
        item = items.get(reference.get("idref")) if tag(reference) == "itemref" else None
        if item is None or item.get("media-type") not in _CHAPTERS or "nav" in (item.get("properties") or "").split():
            continue
        # A path inside the archive: it names what to read there, never a file of this machine.
        member = posixpath.normpath(posixpath.join(posixpath.dirname(package), unquote(item.get("href") or "")))
        data = members.read(member)
        text = decode(data, f"{raw.name} ({member})", raw.options.encoding, declared_encoding(data))
        if text.strip():
            kept += shown(text, raw.name)
    yield raw.article(kept, "e-book; is it one of pictures?", **dublin_core(root))
