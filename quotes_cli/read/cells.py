"""The text of a table's cell in, what its reader sees out: cells hold web pages, or parts of them, as often as text."""

from __future__ import annotations

import re
from html import unescape

from .html import main_text
from .options import CELLS
from .quoted import shown

_AUTO, _TEXT, _ = CELLS
#: An end of an element, which no text has by chance, or one of the few that need none.
_TAG = re.compile(
    r"</(?:p|div|span|a|b|i|u|em|strong|small|q|cite|blockquote|figure|figcaption|footer|h[1-6]|li|ul|ol|td|tr|table"
    r"|section|article|header|main|body|html|font|center|sup|sub|pre)>|<(?:br|p|hr) ?/?>|<p [a-z]+=",
    re.IGNORECASE,
)
_PAGE = re.compile(r"<(?:html|body)[\s>]", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_OFTEN = 3  # times that one and the same may have been escaped: &amp;amp;#8220;
_BEGINNING = 2000  # characters of a page in which its first tags stand


def text_of(value: str, name: str, text_format: str) -> str:
    """The text of a cell. It is taken for HTML where it has its tags, unless `text_format` says what it is.

    Raises `InputError` where HTML cannot be read.
    """
    if text_format == _TEXT:
        return value
    if text_format == _AUTO and not _TAG.search(value):
        value = unescaped(value)
        if not _TAG.search(value):
            return value
    if _PAGE.search(value, 0, _BEGINNING):
        kept, _ = main_text(name, value)
    else:
        kept = shown(value, name) if value.strip() else []
    return unescaped("\n\n".join(kept))


def unescaped(value: str) -> str:
    """The text with the characters for which `&#8220;`, `&ldquo;` and the like stand."""
    for _ in range(_OFTEN):
        if not _ENTITY.search(value):
            break
        value = _ENTITY.sub(lambda match: unescape(match[0]), value)
    return value
