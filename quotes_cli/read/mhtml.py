"""A page that a browser saved in one file (MHTML) in, its main text out; pictures beside it are left where they are."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.policy import compat32

from quotes_cli.errors import InputError
from quotes_cli.records import Article

from .encoding import decode
from .html import declared_encoding, main_text
from .raw import Raw


def read(raw: Raw) -> Iterator[Article]:
    """One article, that of the first page in the file; the others are its frames."""
    message = message_from_bytes(raw.data, policy=compat32)  # which parses no header before it is asked for
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    data = page.get_payload(decode=True) if page is not None else None
    if page is None or not isinstance(data, bytes):
        raise InputError(f"{raw.name}: there is no page in this saved page; save it again, as HTML")
    charset = page.get_content_charset()
    text = decode(data, raw.name, raw.options.encoding, charset or declared_encoding(data))
    kept, facts = main_text(raw.name, text)
    yield raw.article(kept, "page; save the article with its text", **facts)
