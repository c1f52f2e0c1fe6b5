"""`quotes speakers`: inputs and options in, a line for each speaker out: how often, how many words, what share."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, fields

from quotes_cli.errors import InputError
from quotes_cli.export.listing import write_csv, write_json
from quotes_cli.export.registry import choose_name
from quotes_cli.export.sink import Sink, text_output
from quotes_cli.export.tally import Spoken, Tally, counted
from quotes_cli.screen.pager import paged
from quotes_cli.status import ExitStatus, Streams
from quotes_cli.work.cores import one_thread_each

from .across import known_people
from .closing import Closing
from .extract import extracted
from .request import ExtractOptions, inputs_of

FORMATS = {".txt": "bars", ".csv": "csv", ".json": "json"}  # by suffix; the writers are below


def speakers_command(options: ExtractOptions, streams: Streams, pager: bool = False) -> ExitStatus:
    """Run `speakers`. Inputs that cannot be read are reported, and make the status `FAILED`; the others are counted.

    `pager`: bars of many speakers on a terminal go through it.
    """
    options.check()
    target = options.output
    bars = target is None and streams.stdout.isatty()
    chosen = choose_name(options.format, target, FORMATS, "bars" if bars else "csv")
    inputs = inputs_of(options, streams)
    known = known_people(options.people)
    failures: list[InputError] = []
    tally = Tally()
    one_thread_each()
    end = Closing()
    across = options.filters.by_name  # else the tally finds out who is who, and no article waits
    with closing(extracted(options, inputs, streams, failures, end=end, across=across)) as found:
        for article, quotations in found:
            tally.add(article, quotations)
    speakers = tally.speakers(known)
    styled = chosen == "bars"
    with (
        paged(streams.stdout, pager and styled and target is None) as stdout,
        text_output(target, stdout, styled) as sink,
    ):
        _write(chosen, speakers, sink, options)
    end.tell(streams, options, failures, about=[counted(sum(one.speaker is not None for one in speakers), "speaker")])
    return ExitStatus.FAILED if failures else ExitStatus.DONE


def _write(name: str, speakers: Sequence[Spoken], sink: Sink, options: ExtractOptions) -> None:
    if name == "bars":
        from quotes_cli.screen.bars import write_bars  # Rich, which csv and json need not wait for

        write_bars(speakers, sink)
    elif name == "csv":
        columns = tuple(field.name for field in fields(Spoken))
        write_csv(columns, map(asdict, speakers), sink, options.raw_cells, options.bom)
    else:
        write_json(map(asdict, speakers), sink)
    sink.stream.flush()
