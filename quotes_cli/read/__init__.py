"""Paths, folders, addresses and stdin in, `Article`s out: which files, which format, which encoding, or why not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from quotes_cli.errors import InputError, reason
from quotes_cli.records import Article

from .dates import iso_date, published
from .encoding import NO_CHARACTERS
from .formats import AUTO, FORMATS, by_name, choose
from .inputs import STDIN, Input, find_inputs, unreadable
from .options import ReadOptions
from .raw import Raw, read_bounded, unpack
from .tables import TEXT
from .twice import mended

_ISO = re.compile(r"\d{4}-\d\d(?:-\d\d)?")

__all__ = ["STDIN", "Input", "ReadOptions", "articles_in", "fetch_input", "find_inputs", "is_table", "read_input"]


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
    """The articles in the bytes of one input."""
    try:
        raw = replace(raw, data=unpack(raw.name, raw.data, raw.options.max_size))
        columns = (raw.options.text_column.lower(),) if raw.options.text_column else TEXT
        chosen = choose(raw.name, raw.data, raw.options.format, raw.media, columns)
        try:
            for found in chosen.load(raw.name)(raw):
                yield _dated(_clean(found), in_table=chosen.table) if isinstance(found, Article) else found
        except InputError:
            raise
        except Exception as error:  # libraries that parse what strangers wrote raise whatever they like
            raise InputError(f"{raw.name}: broken {chosen.name} ({reason(error)}); save or fetch it again") from error
    except InputError as error:
        yield error


def is_table(item: Input, options: ReadOptions) -> bool:
    """Whether an input may hold many articles, as far as its name tells."""
    known = by_name(item.name) if options.format == AUTO else FORMATS[options.format]
    return known is not None and known.table


def fetch_input(item: Input, options: ReadOptions, stdin: BinaryIO | None) -> Raw:
    """The bytes of an input. Raises `InputError`."""
    if item.address is not None:
        from .address import fetch

        return fetch(item.name, item.address, options)
    try:
        if item.path is not None:
            with item.path.open("rb") as stream:
                data = read_bounded(stream, item.name, options.max_size)
        elif stdin is not None:
            data = read_bounded(stdin, item.name, options.max_size)
        else:
            raise InputError(f"{item.name}: there is no standard input to read; name a file")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name, or a closed stdin
        raise unreadable(item.name, error) from error
    return Raw(item.name, data, options)


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
