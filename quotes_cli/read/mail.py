"""A saved e-mail in, its text out with subject, date and sender; attachments are left where they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage, MIMEPart
from email.policy import EmailPolicy
from email.utils import parsedate_to_datetime
from typing import Any

from quotes_cli.errors import InputError
from quotes_cli.records import Article

from .encoding import decode
from .html import declared_encoding
from .quoted import shown
from .raw import Raw

# Characters of a header that are read, the rest is left: 50,000 of some took 5 seconds, squared for the double. The
# longest of real mail that is read here are subjects, spelled in code, and names of files, which nobody needs.
LONGEST = 1000
PARTS = 300  # of one message, each of which has such headers; a digest of a mailing list has a hundred

_PART = re.compile(rb"^content-type\s?:", re.IGNORECASE | re.MULTILINE)


class _Patient(EmailPolicy):
    """Reads headers up to `LONGEST`, and as empty where email's own parser trips over them, in whatever way."""

    def header_fetch_parse(self, name: str, value: str) -> Any:
        try:
            return super().header_fetch_parse(name, value[:LONGEST])
        except Exception:  # AttributeError, IndexError, OverflowError, RecursionError and more were seen
            return super().header_fetch_parse(name, "")


def read(raw: Raw) -> Iterator[Article]:
    """One article: the plain text of the message, or that of its page where it has no plain text."""
    if len(_PART.findall(raw.data)) > PARTS:
        raise InputError(f"{raw.name}: an e-mail of more than {PARTS} parts; save the one with the text")
    message = message_from_bytes(raw.data, policy=_Patient())
    if not isinstance(message, EmailMessage) or not message.keys():
        raise InputError(f"{raw.name}: this is no e-mail (it has no header lines); read it as --input-format text")
    part = message.get_body(("plain", "html"))
    if part is None:
        raise InputError(f"{raw.name}: there is no text in this e-mail; save its attachments and read those")
    text = _text(raw, part)
    yield Article(
        source=raw.name,
        text=text,
        title=_header(message, "subject"),
        published=_date(message),
        author=_header(message, "from"),
    )


def _text(raw: Raw, part: MIMEPart) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    charset = part.get_content_charset()
    if part.get_content_subtype() == "html":
        page = decode(data, raw.name, raw.options.encoding, charset or declared_encoding(data))
        return "\n\n".join(shown(page, raw.name)) + "\n"
    text = decode(data, raw.name, raw.options.encoding, charset).replace("\r\n", "\n")
    if str(part.get_param("format", "")).lower() == "flowed":
        text = _unflowed(text, str(part.get_param("delsp", "")).lower() == "yes")
    return text


def _unflowed(text: str, delete_space: bool) -> str:
    """Lines that end in a space go on in the next (RFC 3676); the signature's `-- ` does not."""
    lines: list[str] = []
    flowing = False
    for line in text.split("\n"):
        line = line.removeprefix(" ") if not line.startswith("  ") else line  # space-stuffed
        if flowing:
            lines[-1] += line
        else:
            lines.append(line)
        flowing = line.endswith(" ") and line != "-- "
        if flowing and delete_space:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def _header(message: EmailMessage, name: str) -> str | None:
    return " ".join(str(message[name] or "").split()) or None


def _date(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(str(message["date"])).isoformat()
    except (TypeError, ValueError, IndexError, LookupError, OverflowError):
        return None
