"""Inputs in, the steps of the run out, in order: who reads what, and what an earlier run has done already.

Stdin and tables are read here, an article a step, so that several processes share them; all other inputs are read where
their quotations are found.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import count
from typing import TYPE_CHECKING, BinaryIO

from quotes_cli.errors import InputError
from quotes_cli.read import Input, articles_in, fetch_input, is_table
from quotes_cli.read.raw import Raw
from quotes_cli.records import Article

from .budget import waiting
from .tasks import Fingerprint, Step, TaskOptions, next_article

if TYPE_CHECKING:
    from .ledger import Ledger


def steps_of(
    inputs: Iterable[Input | InputError], options: TaskOptions, stdin: BinaryIO | None, ledger: Ledger | None = None
) -> Iterator[Step]:
    """What is to be done, input by input; `ledger` knows what is done."""
    for item in inputs:
        if isinstance(item, InputError):
            yield Step(None, events=deque([item, None]))
        elif ledger is not None and ledger.is_done(item):
            yield Step(item, replay=ledger.replay(item))
        elif item.is_stdin or is_table(item, options.reading):
            yield from _rows(item, options, stdin, ledger)
        else:
            yield Step(item, task=item)


def _rows(item: Input, options: TaskOptions, stdin: BinaryIO | None, ledger: Ledger | None) -> Iterator[Step]:
    """A step for each article of a table, and one that ends it."""
    try:
        raw = fetch_input(item, options.reading, stdin, waiting)
        if ledger is not None:
            raw, seen = _seen(raw)
    except InputError as error:
        yield Step(item, events=deque([error, None]))
        return
    done: frozenset[int] = frozenset()
    if ledger is not None:
        done = ledger.numbers(item, seen)
        yield Step(item, last=False, events=deque([seen, None]))
    articles = articles_in(raw)
    del raw
    for number in count():
        found, _ = next_article(item.name, articles, options.timeout)
        if found is None:
            break
        if not isinstance(found, Article):
            yield Step(item, number=number, last=False, events=deque([found, None]))
        elif ledger is not None and number in done:
            yield Step(item, number=number, last=False, replay=ledger.replay(item, number))
        else:
            yield Step(item, task=found, number=number, last=False)
    yield Step(item, events=deque([None]))


def _seen(raw: Raw) -> tuple[Raw, Fingerprint]:
    """A table and its fingerprint; what is no file is in memory then."""
    if raw.file is not None:
        return raw, Fingerprint.of_file(raw.file)
    raw = raw.whole()
    return raw, Fingerprint.of(raw.data)
