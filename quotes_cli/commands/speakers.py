"""`quotes speakers`: inputs and options in, a line for each speaker out: how often, how many words, what share."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, fields
from pathlib import Path

from quotes_cli.errors import InputError, UsageError, writing
from quotes_cli.export.csv import safe_cell
from quotes_cli.export.jsonl import json_line
from quotes_cli.export.registry import AUTO
from quotes_cli.export.sink import STDOUT, Sink, open_stdout, replacing
from quotes_cli.export.tally import Spoken, Tally
from quotes_cli.status import ExitStatus, Streams
from quotes_cli.work.cores import one_thread_each

from .extract import extracted
from .request import ExtractOptions, inputs_of

# Name to suffix; the writers are below.
FORMATS = {"bars": ".txt", "csv": ".csv", "json": ".json"}


def speaker_formats() -> list[str]:
    """What `--format` takes."""
    return [AUTO, *FORMATS]


def speakers_command(options: ExtractOptions, streams: Streams) -> ExitStatus:
    """Run `speakers`. Inputs that cannot be read are reported, and make the status `FAILED`; the others are counted."""
    options.check()
    target = None if options.output == STDOUT else options.output
    chosen = _choose(options.format, target, target is None and streams.stdout.isatty())
    inputs = inputs_of(options, streams)
    failures: list[InputError] = []
    tally = Tally()
    one_thread_each()
    with closing(extracted(options, inputs, streams, failures)) as found:
        for article, quotations in found:
            tally.add(article, quotations)
    if target is None:
        sink = open_stdout(streams.stdout, styled=chosen == "bars")
        with writing(STDOUT):
            _write(chosen, tally.speakers(), sink, options)
    else:
        with replacing(target, text=True) as sink, writing(target):
            _write(chosen, tally.speakers(), sink, options)
    return ExitStatus.FAILED if failures else ExitStatus.DONE


def _choose(name: str, output: str | None, terminal: bool) -> str:
    if name != AUTO:
        if name not in FORMATS:
            raise UsageError(f"--format: there is no format {name!r} here; one of {', '.join(speaker_formats())}")
        return name
    suffix = Path(output).suffix.lower() if output is not None else ""
    by_suffix = {suffix: name for name, suffix in FORMATS.items()}
    if suffix and suffix not in by_suffix:
        known = ", ".join(by_suffix)
        raise UsageError(
            f"--output: no format here is called {suffix}; end the name in one of {known} or pass --format"
        )
    return by_suffix.get(suffix, "bars" if terminal else "csv")


def _write(name: str, speakers: Sequence[Spoken], sink: Sink, options: ExtractOptions) -> None:
    if name == "bars":
        from quotes_cli.screen.bars import write_bars  # Rich, which csv and json need not wait for

        write_bars(speakers, sink)
    elif name == "csv":
        rows = csv.writer(sink.stream)
        if options.bom:
            sink.stream.write("\ufeff")
        rows.writerow(field.name for field in fields(Spoken))
        for spoken in speakers:
            cells = asdict(spoken).values()
            rows.writerow(cells if options.raw_cells else map(safe_cell, cells))
    else:
        lines = ",\n".join(json_line(asdict(spoken)) for spoken in speakers)
        sink.stream.write(f"[\n{lines}\n]\n" if speakers else "[]\n")
    sink.stream.flush()
