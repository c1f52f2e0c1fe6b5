"""Paths, folders, addresses and stdin in, `Article`s out: which files, which format, which encoding, or why not."""

from __future__ import annotations

import io
import os
import re
import stat
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from typing import Any, BinaryIO

from quotes_cli.errors import InputError, reason
from quotes_cli.records import Article

from .dates import iso_date, published
from .encoding import NO_CHARACTERS
from .formats import AUTO, FORMATS, ZIP, InputFormat, by_content, by_name, choose
from .inputs import STDIN, Input, find_inputs, unreadable
from .options import ReadOptions
from .own import HEAD, OWN, PassedOverError, is_own, why_foreign
from .raw import CHUNK, Raw, read_bounded, too_large
from .stream import Behind, Bounded, Waiting, unpack, unpacked
from .tables import TEXT
from .twice import mended

#: Lines that do not tell what begins there.
_NOTHING_YET = (b"", b"[", b"{", b"[{")
_ISO = re.compile(r"\d{4}-\d\d(?:-\d\d)?")

__all__ = [
    "STDIN",
    "Input",
    "PassedOverError",
    "ReadOptions",
    "articles_in",
    "fetch_input",
    "find_inputs",
    "is_table",
    "read_input",
]


def read_input(
    item: Input, options: ReadOptions | None = None, stdin: BinaryIO | None = None
) -> Iterator[Article | InputError]:
    """The articles of one input: one, or for a table one a row. What cannot be read is yielded as an `InputError`."""
    try:
        raw = fetch_input(item, options or ReadOptions(), stdin)
    except InputError as error:
        yield error
    else:
        yield from articles_in(raw)


def articles_in(raw: Raw) -> Iterator[Article | InputError]:
    """The articles in the bytes of one input; its stream, where it has one, is closed behind them."""
    try:
        raw, chosen = _known(raw)
        _check_foreign(raw)
        try:
            for found in chosen.load(raw.name)(raw):
                yield (
                    _dated(_clean(found), in_table=chosen.table or chosen.many) if isinstance(found, Article) else found
                )
        except InputError:
            raise
        except Exception as error:  # libraries that parse what strangers wrote raise whatever they like
            raise InputError(f"{raw.name}: broken {chosen.name} ({reason(error)}); save or fetch it again") from error
    except InputError as error:
        yield error
    finally:
        raw.close()


def _known(raw: Raw) -> tuple[Raw, InputFormat]:
    """An input unpacked, and its format. Only a table stays a stream: others are read as a whole."""
    if raw.stream is not None:
        raw = unpacked(raw)
        head = raw.opened().peek(CHUNK)
        if not head.startswith(ZIP) and _format_of(raw, head).table:
            return raw, _format_of(raw, head)
        raw = raw.whole()
    else:
        raw = replace(raw, data=unpack(raw.name, raw.data, raw.options.max_size))
    return raw, _format_of(raw, raw.data)


def _check_foreign(raw: Raw) -> None:
    """Raise `PassedOverError` for what is no article, unless the user says how to read it."""
    if not raw.options.any_table:
        if raw.stream is not None:
            why = OWN if is_own(raw.stream.peek(HEAD)[:HEAD]) else None
        else:
            why = why_foreign(raw.data[:HEAD], io.BytesIO(raw.data))
        if why is not None:
            raise PassedOverError(raw.name, why)


def _format_of(raw: Raw, data: bytes) -> InputFormat:
    columns = (raw.options.text_column.lower(),) if raw.options.text_column else TEXT
    named = raw.options.text_column is not None
    return choose(raw.name, data, raw.options.format, raw.media, columns, named=named)


def is_table(item: Input, options: ReadOptions) -> bool:
    """Whether an input may hold many articles, as far as its name tells."""
    known = by_name(item.name) if options.format == AUTO else FORMATS[options.format]
    return known is not None and (known.table or known.many)


def fetch_input(item: Input, options: ReadOptions, stdin: BinaryIO | None, waiting: Waiting = nullcontext) -> Raw:
    """The bytes of an input, of a table the stream of them, which is read while `waiting`. Raises `InputError`."""
    if item.address is not None:
        from .address import fetch

        return fetch(item.name, item.address, options)
    try:
        if item.path is None:
            return _piped(item, options, stdin, waiting)
        if not is_table(item, options):
            with item.path.open("rb") as stream:
                return Raw(item.name, read_bounded(stream, item.name, options.max_size), options)
        file = item.path.open("rb", buffering=0)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name, or a closed stdin
        raise unreadable(item.name, error) from error
    about = os.fstat(file.fileno())
    regular = stat.S_ISREG(about.st_mode)
    if regular and about.st_size > options.max_size:
        file.close()
        raise too_large(item.name, options.max_size)
    stream = io.BufferedReader(Bounded(file, item.name, options.max_size, waiting, owned=True), CHUNK)
    raw = Raw(item.name, b"", options, stream=stream)
    return replace(raw, file=file, size=about.st_size) if regular else raw


def _piped(item: Input, options: ReadOptions, stdin: BinaryIO | None, waiting: Waiting) -> Raw:
    """A stream that somebody else has opened. Of one that no name tells about the first lines say if it is a table."""
    if stdin is None:
        raise InputError(f"{item.name}: there is no standard input to read; name a file")
    stream: io.BufferedReader[Any] = io.BufferedReader(
        Bounded(stdin, item.name, options.max_size, waiting, owned=False), CHUNK
    )
    if is_table(item, options):
        return Raw(item.name, b"", options, stream=stream)
    begun: list[bytes] = []
    for line in stream if options.format == AUTO else ():
        begun.append(line)
        if line.removeprefix(BOM_UTF8).strip() not in _NOTHING_YET:
            break
    first = Raw(item.name, b"".join(begun), options)
    if begun and by_content(first.data) is None and _format_of(first, first.data).table:
        return replace(first, data=b"", stream=io.BufferedReader(Behind(first.data, stream), CHUNK))
    return replace(first, data=first.data + read_bounded(stream, item.name, options.max_size))


def _clean(article: Article) -> Article:
    """Mend text that was encoded twice; half a character, as JSON and web pages can spell it (`\\ud800`) and no
    output could hold, becomes U+FFFD."""
    fields = {name: getattr(article, name) for name in ("text", "title", "published", "author")}
    clean = {name: value and NO_CHARACTERS.sub("\ufffd", mended(value)) for name, value in fields.items()}
    return article if clean == fields else replace(article, **clean)


def _dated(article: Article, in_table: bool) -> Article:
    """With its day in ISO 8601, where it says one, or its first lines or the name of its file do."""
    if article.published is None:
        day = published(article.text, None if in_table else article.source)
    elif _ISO.match(article.published):
        return article
    else:
        day = iso_date(article.published)
    return article if day is None else replace(article, published=day)
