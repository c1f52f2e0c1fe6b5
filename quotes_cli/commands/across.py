"""Extracted articles in, the same out with `person` filled: one name for each person over all of them.

The articles wait in a temporary file, packed, until the last one has come: about 2.5 KB each, and the text of their
names in memory. That is the second pass of `--across`; without it records are written as they are found.
"""

from __future__ import annotations

import pickle
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from quotes_cli.across.census import Census
from quotes_cli.across.people import Directory
from quotes_cli.errors import writing
from quotes_cli.records import Quotation
from quotes_cli.status import Streams
from quotes_cli.work.tasks import Extracted

if TYPE_CHECKING:
    from quotes_cli.language.resolve.people import Person

    from .request import ExtractOptions

_EMPTY = "--columns person is empty without --across; pass it too: the records then come after the last article"
_MEMORY = 20_000_000  # bytes that wait in memory before there is a file


def tell_if_empty(options: ExtractOptions, streams: Streams) -> None:
    """Say it where the column `person` is asked for, and nothing fills it."""
    if "person" in options.columns and not (options.across or options.people or options.quiet):
        streams.talk(_EMPTY)


def known_people(path: str | None) -> Sequence[Person]:
    """The people of a file, where one is named."""
    if path is None:
        return ()
    from quotes_cli.language.resolve.people import load_people  # it takes a second, and few name one

    return load_people(Path(path))


def with_persons(found: Iterable[Extracted], people: str | None = None) -> Iterator[Extracted]:
    """All articles again, in their order, once the last one has come."""
    known = known_people(people)
    census = Census()
    with tempfile.SpooledTemporaryFile(_MEMORY) as waiting:
        with writing("the folder for temporary files"):
            for article, quotations in found:
                census.add(quotations, article.outlet)
                packed = zlib.compress(pickle.dumps((article, list(quotations)), pickle.HIGHEST_PROTOCOL), 1)
                waiting.write(len(packed).to_bytes(8, "big") + packed)
        directory = Directory(census, known)
        waiting.seek(0)
        for number in range(census.articles):
            packed = waiting.read(int.from_bytes(waiting.read(8), "big"))
            article, quotations = pickle.loads(zlib.decompress(packed))  # this process wrote it, and no other can
            yield article, named(quotations, directory, number)


def named(quotations: Sequence[Quotation], directory: Directory, article: int) -> list[Quotation]:
    """An article's quotations with their persons."""
    found = directory.of_article(article)
    return [
        replace(one, person=directory.person(one.speaker, found)) if one.speaker and one.named == "yes" else one
        for one in quotations
    ]
