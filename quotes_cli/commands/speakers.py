"""`quotes speakers`: inputs and options in, a line for each speaker out: how often, how many words, what share."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict, fields

from quotes_cli.errors import InputError
from quotes_cli.export.tally import Spoken, Tally, counted
from quotes_cli.status import ExitStatus, Streams
from quotes_cli.work.cores import one_thread_each

from .across import known_people
from .closing import Closing
from .extract import extracted
from .listing import LISTS, list_format, listing, write_rows
from .request import ExtractOptions, inputs_of

FORMATS = {".txt": "bars", **LISTS}  # by suffix
COLUMNS = tuple(field.name for field in fields(Spoken))


def speakers_command(options: ExtractOptions, streams: Streams, pager: bool = False) -> ExitStatus:
    """Run `speakers`. Inputs that cannot be read are reported, and make the status `FAILED`; the others are counted.

    `pager`: bars of many speakers on a terminal go through it.
    """
    options.check()
    chosen = list_format(options, streams, FORMATS)
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
    with listing(options, streams, chosen, FORMATS, pager) as sink:
        if chosen == "bars":
            from quotes_cli.screen.bars import write_bars  # Rich, which the others need not wait for

            write_bars(speakers, sink)
        else:
            write_rows(chosen, "speakers", COLUMNS, map(asdict, speakers), sink, options)
    end.tell(streams, options, failures, about=[counted(sum(one.speaker is not None for one in speakers), "speaker")])
    return ExitStatus.FAILED if failures else ExitStatus.DONE
