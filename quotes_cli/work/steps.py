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
from quotes_cli.records import Article

from .tasks import Print, Step, Terms, next_article

if TYPE_CHECKING:
    from .ledger import Ledger


def steps_of(
    inputs: Iterable[Input | InputError], terms: Terms, stdin: BinaryIO | None, ledger: Ledger | None = None
) -> Iterator[Step]:
    """What is to be done, input by input; `ledger` knows what is done."""
    for item in inputs:
        if isinstance(item, InputError):
            yield Step(None, told=deque([item, None]))
        elif ledger is not None and ledger.is_done(item):
            yield Step(item, again=ledger.replay(item))
        elif item.is_stdin or is_table(item, terms.reading):
            yield from _rows(item, terms, stdin, ledger)
        else:
            yield Step(item, task=item)


def _rows(item: Input, terms: Terms, stdin: BinaryIO | None, ledger: Ledger | None) -> Iterator[Step]:
    """A step for each article of a table, and one that ends it."""
    try:
        raw, media = fetch_input(item, terms.reading, stdin)
    except InputError as error:
        yield Step(item, told=deque([error, None]))
        return
    seen = Print.of(raw.data)
    done = ledger.numbers(item, seen) if ledger is not None else frozenset()
    yield Step(item, last=False, told=deque([seen, None]))
    articles = articles_in(raw, media)
    del raw
    for number in count():
        found, _ = next_article(item.name, articles, terms.timeout)
        if found is None:
            break
        if not isinstance(found, Article):
            yield Step(item, number=number, last=False, told=deque([found, None]))
        elif ledger is not None and number in done:
            yield Step(item, number=number, last=False, again=ledger.replay(item, number))
        else:
            yield Step(item, task=found, number=number, last=False)
    yield Step(item, told=deque([None]))
