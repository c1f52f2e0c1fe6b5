"""Places go in and articles come out, articles go in and records come out, both as tables: what each worker does.

Nothing here knows Ray: the tables are pyarrow's, and an `Attempts` knows who has died before.
"""

from __future__ import annotations

import ctypes
import os
import pickle
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import fields
from functools import partial
from typing import Any, TypeVar

import pyarrow as pa

from quotes_cli.commands.closing import Closing
from quotes_cli.commands.request import ExtractOptions, load_extractor
from quotes_cli.errors import InputError
from quotes_cli.export.parquet import rows_of
from quotes_cli.export.record import utf8
from quotes_cli.read import PassedOverError
from quotes_cli.records import Article, Quotation
from quotes_cli.work.budget import TimeIsUp
from quotes_cli.work.tasks import PATIENCE, batches, timed_out

from .parts import CLOSING, FAILED, FAILED_INPUT, block_schema
from .places import Place, read_place
from .plan import BLOCK

DEATHS = 2  # of workers at one article, after which it is passed over: else it would kill every worker, for ever

_ARTICLE = tuple(field.name for field in fields(Article))
_TEXTS = pa.schema([pa.field(name, pa.string()) for name in (*_ARTICLE, FAILED_INPUT, FAILED)])

T = TypeVar("T")
Row = dict[str, Any]


def place_row(place: Place) -> Row:
    """A place as it is handed to `read`: its path as bytes, which may be no UTF-8."""
    path = os.fsencode(place.path) if place.path is not None else None
    return {"name": utf8(place.name), "path": path, "store": place.store, "found": place.found}


def read(places: pa.Table, options: ExtractOptions) -> Iterator[pa.Table]:
    """The articles of some places, about `BLOCK` characters at a time; what cannot be read is a row that says so.

    With `strict` it raises the `InputError` instead.
    """
    rows: list[Row] = []
    size = 0
    for row in places.to_pylist():
        path = os.fsdecode(row["path"]) if row["path"] is not None else None
        place = Place(row["name"], path, row["store"], found=row["found"])
        found = read_place(place, options.reading)
        while True:
            try:
                article = within_in_thread(options.timeout, partial(next, found, None))
            except TimeIsUp:
                article = timed_out(place.name, options.timeout)
            if article is None:
                break
            if isinstance(article, Article):
                rows.append({name: utf8(getattr(article, name)) for name in _ARTICLE})
                size += len(article.text)
            elif options.strict and not isinstance(article, PassedOverError):
                raise article
            else:
                rows.append(_failed(place.name, str(article)))
            if size >= BLOCK:
                yield pa.Table.from_pylist(rows, _TEXTS)
                rows, size = [], 0
    yield pa.Table.from_pylist(rows, _TEXTS)


class Attempts:
    """Who has begun which batch and not finished it: so an article at which workers die is found, and passed over.

    Lives in a process of its own, which may be started again and know nothing any more: then it takes more deaths until
    an article is passed over. The first attempt at a batch is not watched article by article, for speed.
    """

    def __init__(self) -> None:
        self._begun: Counter[str] = Counter()
        self._at: dict[str, str] = {}
        self._deaths: Counter[str] = Counter()

    def begin(self, batch: str) -> tuple[bool, set[str]]:
        """Whether to say at which article one is, as a worker died in this batch, and the articles to leave out."""
        self._begun[batch] += 1
        if batch in self._at:
            self._deaths[self._at.pop(batch)] += 1
        return self._begun[batch] > 1, {name for name, count in self._deaths.items() if count >= DEATHS}

    def at(self, batch: str, source: str) -> None:
        """This article comes now."""
        self._at[batch] = source

    def end(self, batch: str) -> None:
        """All of it is done."""
        self._begun.pop(batch, None)  # an actor that was started again has forgotten it
        self._at.pop(batch, None)


class Extract:
    """One worker with its model: articles in, records out, and what failed passed on."""

    def __init__(self, options: ExtractOptions, watch: Attempts) -> None:
        self._options = options
        self._watch = watch
        self._columns = options.record_columns
        self._schema = block_schema(self._columns)
        self._end = Closing()
        self._extractor = load_extractor(options)

    def __call__(self, articles: pa.Table) -> pa.Table:
        """The rows of a batch, in order, and one behind them with what there is to say of it at the run's end."""
        self._end = Closing()
        given = articles.to_pylist()
        batch = f"{len(given)} {given[0]['source']} {given[-1]['source']}" if given else ""
        careful, deadly = self._watch.begin(batch)
        articles = {
            number: Article(**{name: row[name] for name in _ARTICLE})
            for number, row in enumerate(given)
            if row[FAILED] is None and row["source"] not in deadly
        }
        found = {} if careful else self._together(articles)
        rows: list[Row] = []
        for number, row in enumerate(given):
            source = row["source"]
            if row[FAILED] is not None:
                rows.append(row)
            elif number not in articles:
                rows.append(_failed(source, f"{source}: {DEATHS} workers died of it, out of memory perhaps; split it"))
            elif number in found:
                rows += self._rows(articles[number], found[number])
            else:
                if careful:
                    self._watch.at(batch, source)
                rows += self._done(articles[number])
        self._watch.end(batch)
        rows.append({CLOSING: pickle.dumps(self._end)})
        return pa.Table.from_pylist(rows, self._schema)

    def _together(self, articles: dict[int, Article]) -> dict[int, list[Quotation]]:
        """What is found when several articles are analysed together; without those for which that failed."""
        found: dict[int, list[Quotation]] = {}
        seconds = min(self._options.timeout, PATIENCE)
        for numbers in batches(articles, lambda number: len(articles[number].text)):
            together = [articles[number] for number in numbers]
            with suppress(TimeIsUp, Exception):
                answers = within_in_thread(seconds, partial(self._extractor, together))
                found.update(zip(numbers, answers, strict=True))
        return found

    def _done(self, article: Article) -> list[Row]:
        seconds = self._options.timeout
        try:
            found = within_in_thread(seconds, lambda: self._extractor([article]))
        except TimeIsUp:
            return [_failed(article.source, str(timed_out(article.source, seconds)))]
        except InputError as error:  # data, and no article
            return [_failed(article.source, str(error))]
        except Exception as error:  # one article in 10^8 that shows an error of ours must not stop the others
            why = f"{article.source}: cannot be analysed ({type(error).__name__}: {error}); please report it"
            return [_failed(article.source, why)]
        return self._rows(article, found[0])

    def _rows(self, article: Article, found: list[Quotation]) -> list[Row]:
        filters = self._options.filters
        filters = filters.none if self._options.across else filters  # else they are asked when persons are known
        kept = filters.keep(found)
        self._end.take(article, found, kept)
        self._end.miss(filters.by_surname(found))
        return rows_of(article, kept, self._columns)


def within_in_thread(seconds: float, work: Callable[[], T]) -> T:
    """What `work` returns. Raises `TimeIsUp` where that takes longer; 0 seconds are no limit.

    As `work.budget.within`, but in any thread: Ray calls its workers in one that gets no signals.
    """
    if seconds <= 0:
        return work()
    me, lock, armed = threading.get_ident(), threading.Lock(), True

    def ring() -> None:
        with lock:
            if armed:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(me), ctypes.py_object(TimeIsUp))

    timer = threading.Timer(seconds, ring)
    timer.daemon = True
    timer.start()
    try:
        return work()
    finally:
        with lock:
            armed = False
        timer.cancel()


def _failed(name: str, why: str) -> Row:
    return {FAILED_INPUT: utf8(name), FAILED: utf8(why)}
