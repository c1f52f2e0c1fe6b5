"""A format and a target in, one `Output` to hand finished articles to: the door between commands and writers."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
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
    target = target or STDOUT
    if target == STDOUT and not chosen.text:
        raise UsageError(f"--format {chosen.name} writes a file; name it with --output")
    with _sink_of(chosen, target, settings, stdout) as sink:
        with writing(target):
            output = Output(chosen.load()(sink, settings), sink, target)
        try:
            yield output
        except (InputError, KeyboardInterrupt, SystemExit):
            if target == STDOUT and output.begun:
                output.end()  # what is finished stays usable: the array of JSON closes
            raise
        output.end()


def _sink_of(chosen: Format, target: str, settings: Settings, stdout: TextIO) -> AbstractContextManager[Sink]:
    if target == STDOUT:
        return nullcontext(open_stdout(stdout, chosen.styled))
    if chosen.adds and os.path.isfile(target) and os.path.getsize(target) > 0:
        return adding(target)
    return replacing(target, chosen.text)
