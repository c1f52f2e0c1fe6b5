"""A page that Safari saved (`.webarchive`, a property list) in, its main text out; what lies beside it stays there."""

from __future__ import annotations

import plistlib
from collections.abc import Iterator
from typing import Any
from xml.parsers.expat import ExpatError

from quotes_cli.errors import InputError, reason
from quotes_cli.records import Article

from .encoding import decode
from .html import declared_encoding, main_text
from .raw import Raw


def read(raw: Raw) -> Iterator[Article]:
    """One article, that of the page itself and not of its frames. Raises `InputError`."""
    try:
        saved: Any = plistlib.loads(raw.data)
    except (plistlib.InvalidFileException, ExpatError, ValueError, RecursionError) as error:
        raise InputError(f"{raw.name}: broken page of Safari ({reason(error)}); save it again, as HTML") from error
    page = saved.get("WebMainResource") if isinstance(saved, dict) else None
    data = page.get("WebResourceData") if isinstance(page, dict) else None
    if not isinstance(page, dict) or not isinstance(data, bytes):
        raise InputError(f"{raw.name}: there is no page in this page of Safari; save it again, as HTML")
    charset = page.get("WebResourceTextEncodingName")
    declared = charset if isinstance(charset, str) else declared_encoding(data)
    kept, facts = main_text(raw.name, decode(data, raw.name, raw.options.encoding, declared))
    yield raw.article(kept, "page; save the article with its text", **facts)
