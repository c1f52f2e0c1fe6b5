"""`quotes docs`: the name of a page in, the page on the terminal out; without a name, which pages there are."""

from __future__ import annotations

import io

from quotes_cli.docs import contents, text_of
from quotes_cli.export.sink import open_stdout
from quotes_cli.screen.pager import deliver
from quotes_cli.status import ExitStatus, Streams


def docs_command(page: str | None, streams: Streams, pager: bool = True) -> ExitStatus:
    """Run `docs`. A pipe gets a page as it was written, in Markdown; `pager`: long text goes through it."""
    sink = open_stdout(streams.stdout, styled=True)
    if page is None:
        pages = contents()
        width = max(len(name) for name, _ in pages)
        text = "".join(f"{name:<{width}}  {about}\n" for name, about in pages)
    elif sink.terminal:
        from quotes_cli.screen.manual import ManualPrinter  # Rich is not for `--help`

        shown = io.StringIO()
        ManualPrinter(shown).write(text_of(page))
        text = shown.getvalue()
    else:
        text = text_of(page)
    deliver(text, sink.terminal and pager, sink.stream)
    return ExitStatus.DONE
