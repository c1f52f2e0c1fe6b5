"""`quotes show`: articles in, on the terminal with quotations in their speakers' colours, through a pager when long."""

from __future__ import annotations

import io

from quotes_cli.errors import InputError
from quotes_cli.export.sink import open_stdout
from quotes_cli.screen.pager import deliver
from quotes_cli.status import ExitStatus, Streams

from .extract import extracted
from .request import ExtractOptions, inputs_of


def show_command(options: ExtractOptions, streams: Streams, pager: bool = True) -> ExitStatus:
    """Run `show`; `pager`: long text goes through it. What cannot be read is reported on stderr before it opens."""
    from quotes_cli.screen.article import ArticlePrinter  # Rich is not for `--help`

    options.check()
    failures: list[InputError] = []
    sink = open_stdout(streams.stdout, styled=True)
    inputs = inputs_of(options, streams)
    shown = io.StringIO()
    printer = ArticlePrinter(shown, sink.terminal)
    for article, quotations in extracted(options, inputs, streams, failures):
        printer.write(article, quotations)
    deliver(shown.getvalue(), sink.terminal and pager, sink.stream)
    return ExitStatus.FAILED if failures else ExitStatus.DONE
