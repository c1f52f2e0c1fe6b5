"""The bytes of a table in, its lines out as they come: each is decoded by itself.

Tables are put together from many sources, and a row in another encoding, or a broken one, must not cost the others.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import chain, islice

from quotes_cli.errors import InputError, reason

from .encoding import (
    LIKELY,
    check_signature,
    decode_declared,
    guess_encoding,
    is_text_but_for_nuls,
    is_utf8_but_for_some,
    marked_encoding,
    no_text,
)
from .raw import CHUNK, Raw

#: A byte that the encoding does not know (PEP 383).
BROKEN = re.compile("[\udc80-\udcff]")
_SAMPLE = 1000  # lines in which others are looked for that are no UTF-8, for the guess which encoding it is


def lines(raw: Raw, ends: str) -> Iterator[str]:
    r"""Each line with its end, the first without a byte order mark. `ends` is `newline` of `io.TextIOWrapper`.

    A line with bytes that no encoding explains has them as `\udc80` to `\udcff`. Raises `InputError` where it is no
    text at all, and where a text of two bytes a character breaks off.
    """
    stream = raw.opened()
    head = stream.peek(CHUNK)
    check_signature(head, raw.name)
    known = raw.options.encoding or marked_encoding(head)
    if known is None and b"\0" in head and not is_text_but_for_nuls(head):
        raise no_text(raw.name, head, f"byte at {head.index(0)}")
    # UTF-16 cannot tell one broken line from the others.
    errors = "surrogateescape" if "a\n".encode(known or "utf-8") == b"a\n" else "strict"
    text = io.TextIOWrapper(stream, known or "utf-8", errors, newline=ends)
    found = chain([next(text, "").removeprefix("\ufeff")], text)
    return _strict(raw, found, known) if known else _mended(raw, found)


def _strict(raw: Raw, found: Iterator[str], encoding: str) -> Iterator[str]:
    """The lines of a text whose encoding is known."""
    try:
        yield from found
    except UnicodeError as error:
        own = f"is it another encoding than --encoding {encoding}?"
        remedy = own if raw.options.encoding else "its byte order mark says so; force another with --encoding"
        raise InputError(f"{raw.name}: not valid {encoding} ({reason(error)}); {remedy}") from error


def _mended(raw: Raw, found: Iterator[str]) -> Iterator[str]:
    """The lines of a text that should be UTF-8, those that are not in the encoding that they seem to have."""
    encoding: str | None = None
    for line in found:
        if not BROKEN.search(line):
            yield line.replace("\0", "\ufffd")
            continue
        near = [line]
        if encoding is None:
            near += islice(found, _SAMPLE)
            encoding = _encoding_of(raw, [_bytes(one) for one in near if BROKEN.search(one)])
        for one in near:
            yield (_line(one, encoding) if BROKEN.search(one) else one).replace("\0", "\ufffd")


def _encoding_of(raw: Raw, broken: list[bytes]) -> str:
    """The encoding of lines that are no UTF-8: as the server says, or statistics; UTF-8 where nothing is found."""
    others = b"".join(line for line in broken if not is_utf8_but_for_some(line.decode("utf-8", "replace")))
    if raw.declared is not None and decode_declared(others, raw.declared) is not None:
        return raw.declared
    return (guess_encoding(others) if others else None) or "utf-8"


def _line(line: str, encoding: str) -> str:
    """A line that is no UTF-8: as most such lines here, unless in another it alone has a pair of quotation marks."""
    data = _bytes(line)
    if is_utf8_but_for_some(data.decode("utf-8", "replace")):
        return line
    read = [decode_declared(data, name) for name in (encoding, *LIKELY)]
    return next((text for text in read if text and "“" in text and "”" in text), read[0] or line)


def _bytes(line: str) -> bytes:
    return line.encode("utf-8", "surrogateescape")
