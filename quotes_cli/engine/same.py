"""`quotes same` on a cluster: the parts of a folder that `extract` wrote there in, statements that stand twice out."""

from __future__ import annotations

from quotes_cli.commands.closing import Closing
from quotes_cli.commands.listing import list_format
from quotes_cli.commands.request import LOCAL, RAY, ExtractOptions
from quotes_cli.commands.same import FORMATS, check_written, write_same
from quotes_cli.errors import InputError, UsageError
from quotes_cli.status import ExitStatus, Streams

from .faults import check_address
from .places import Place, find_places
from .run import missing

_PARTS = ("*.parquet",)


def same_on_cluster(options: ExtractOptions, streams: Streams, pager: bool = False) -> ExitStatus:
    """Compare with Ray, and write what is found as `same` does. Raises `InputError` where a part cannot be read: what
    it has would be missing in every statement."""
    options.check()
    if options.engine not in (LOCAL, RAY):
        raise UsageError(f"--engine: there is no engine {options.engine!r}; one of {LOCAL}, {RAY}")
    if options.engine == LOCAL:
        raise UsageError("--address is where Ray runs; pass --engine ray too, or leave it out")
    if not options.inputs:
        raise UsageError("no records named; try: quotes same --engine ray FOLDER, which extract wrote")
    list_format(options, streams, FORMATS)
    check_written(options)
    try:
        from . import ray as engine
    except ImportError as error:
        raise missing(error) from error
    if options.address is not None:
        check_address(options.address)
    places = find_places(options.inputs, options.globs or _PARTS, with_own=True)
    for place in places:
        if isinstance(place, InputError):
            raise place
    end = Closing()
    quoted, groups, end.quotations = engine.same(options, [one for one in places if isinstance(one, Place)], streams)
    write_same(quoted, groups, options, streams, end, pager=pager, written=True)
    return ExitStatus.DONE
