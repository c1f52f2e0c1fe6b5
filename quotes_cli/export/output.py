"""A format and a target in, one `Output` to hand finished articles to: the door between commands and writers."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

from quotes_cli.errors import InputError, UsageError, writing
from quotes_cli.records import Article, Quotation

from .registry import Format, Settings, Writer
from .sink import STDOUT, Sink, adding, open_stdout, replacing


class Output:
    """Takes articles in order; failures to write come out as `OutputError`."""

    def __init__(self, writer: Writer, sink: Sink, target: str) -> None:
        self._writer = writer
        self._sink = sink
        self._target = target
        self.begun = False

    def _begin(self) -> None:
        if not self.begun:
            self.begun = True
            self._writer.begin()

    def write(self, article: Article, quotations: Sequence[Quotation]) -> None:
        """One article, handed on at once: readers of a pipe need not wait for the last."""
        with writing(self._target):
            self._begin()
            self._writer.write(article, quotations)
            self._sink.stream.flush()

    def end(self) -> None:
        """What the format puts last, also after no article."""
        with writing(self._target):
            self._begin()
            self._writer.end()
            self._sink.stream.flush()


@contextmanager
def open_output(chosen: Format, target: str | None, settings: Settings, stdout: TextIO) -> Iterator[Output]:
    """Open standard output (None or `-`) or a file, which appears whole or, if the block fails, not at all."""
    chosen.check(settings)
    if target is None or target == STDOUT:
        if not chosen.text:
            raise UsageError(f"--format {chosen.name} writes a file; name it with --output")
        yield from _run(chosen, open_stdout(stdout, chosen.styled), STDOUT, settings)
    else:
        extant = chosen.adds and os.path.isfile(target) and os.path.getsize(target) > 0
        with adding(target) if extant else replacing(target, chosen.text, settings.resumed) as sink:
            yield from _run(chosen, sink, target, settings)


def _run(chosen: Format, sink: Sink, target: str, settings: Settings) -> Iterator[Output]:
    with writing(target):
        output = Output(chosen.load()(sink, settings), sink, target)
    try:
        yield output
    except (InputError, KeyboardInterrupt, SystemExit):
        if target == STDOUT and output.begun:
            output.end()  # what is finished stays usable: the array of JSON closes
        raise
    output.end()
