"""Places of articles go through Ray Data here, on one machine or a cluster, and the parts of a folder come out.

    places -> read (tasks) -> articles -> extract (one actor a core, each with its model) -> records -> write (tasks)

Ray keeps what each step handed on in its object store. A worker that dies is started again and its blocks are done
again, from the same input to the same output, and nothing that it had not finished counts: no row is lost or doubled.
Imported only for `--engine ray`, because Ray is an extra of its own.
"""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
import ray
from ray.data import ActorPoolStrategy, DataContext, Datasink

from quotes_cli.commands.request import ExtractOptions
from quotes_cli.errors import InputError, OutputError, QuotesError, UsageError
from quotes_cli.work.cores import cores

from .parts import Folder, Part, write_part
from .places import Place
from .plan import BATCH, BLOCK, PART
from .worker import Attempts, Extract, place_row, read

STARTS = 3


def run(options: ExtractOptions, places: Sequence[Place], folder: Folder, bars: bool) -> list[Part]:
    """Extract from all places into the folder's parts; `bars`: Ray may draw on stderr how far it is.

    Raises `QuotesError`; Ray is stopped in any case.
    """
    with _silent():
        try:
            workers = _start(options, bars)
            sink = _Parts(folder.address, options.record_columns)
            blocks = min(len(places), max(4 * workers, len(places) // BATCH))
            data = ray.data.from_items([place_row(place) for place in places], override_num_blocks=blocks)
            # Reading and writing ask for no core: extractors take them all, and would wait for texts for ever.
            data = data.map_batches(
                read,
                fn_kwargs={"options": options},
                batch_format="pyarrow",
                num_cpus=0,
                concurrency=min(blocks, max(2, workers // 4)),
            )
            data = data.map_batches(
                Extract,
                fn_constructor_args=(options, _Watch()),
                batch_format="pyarrow",
                batch_size=BATCH,
                num_cpus=1,
                compute=ActorPoolStrategy(min_size=1, max_size=workers, initial_size=workers),
            )
            data.write_datasink(sink, ray_remote_args={"num_cpus": 0})
            return sink.parts
        except ray.exceptions.RayError as error:
            raise _reason(error, folder) from error
        finally:
            ray.shutdown()


def _start(options: ExtractOptions, bars: bool) -> int:
    """Start Ray or join it, without its dashboard and usage statistics; the number of workers."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    silent: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.CRITICAL}
    if options.address is None:
        workers = options.jobs or cores()
        # "local": nobody else's cluster, whatever RAY_ADDRESS says; Ray guards its own with a token since 2.59
        _init("local", num_cpus=workers, include_dashboard=False, **silent)
    else:
        try:
            ray.init(options.address, **silent)
        except (ConnectionError, ValueError, RuntimeError) as error:
            raise UsageError(
                f"--address: no Ray answers at {options.address} ({_short(error)}); see: ray status"
            ) from error
        workers = options.jobs or int(ray.cluster_resources().get("CPU", 1))
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)
    context = DataContext.get_current()
    context.enable_progress_bars = bars
    context.print_on_execution_start = False
    context.execution_options.preserve_order = True
    context.target_max_block_size = BLOCK
    context.raise_original_map_exception = True  # the InputError of --strict, and not a text with it inside
    return workers


def _init(address: str, **options: Any) -> None:
    """Start Ray; more than once, because it gives itself 30 seconds, which may be too few on a busy machine."""
    for left in reversed(range(STARTS)):
        try:
            ray.init(address, **options)
            return
        except Exception as error:  # nothing less: that is what Ray raises
            ray.shutdown()
            if not left:
                raise OutputError(
                    f"Ray does not start on this machine ({_short(error)}); run without --engine ray"
                ) from error


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[-300:]


@contextmanager
def _silent() -> Iterator[None]:
    """Keep Ray's warnings off stderr: its core's, which writes to descriptor 2, and its Python's."""
    python = sys.stderr
    python.flush()
    kept, null = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 2)
    try:
        with (
            os.fdopen(os.dup(kept), "w", encoding="utf-8", errors="backslashreplace") as stream,
            warnings.catch_warnings(),
        ):
            warnings.simplefilter("ignore")
            sys.stderr = stream  # for Ray's bars
            yield
    finally:
        sys.stderr = python
        os.dup2(kept, 2)
        os.close(kept)
        os.close(null)


class _Watch(Attempts):
    """The run's `Attempts`, in an actor of its own, as workers see it."""

    def __init__(self) -> None:
        self._actor = ray.remote(num_cpus=0)(Attempts).remote()

    def begin(self, batch: str) -> tuple[bool, set[str]]:
        return ray.get(self._actor.begin.remote(batch))  # type: ignore[no-any-return]  # what Attempts.begin returns

    def at(self, batch: str, source: str) -> None:
        ray.get(self._actor.at.remote(batch, source))  # waits: the next step may be the last

    def end(self, batch: str) -> None:
        self._actor.end.remote(batch)


class _Parts(Datasink):  # type: ignore[misc]  # Any where Ray is not installed
    """Writes parts; what became of them is on `parts`, in the order of the inputs, when all is done."""

    def __init__(self, address: str, columns: Sequence[str]) -> None:
        self._address = address
        self._columns = columns
        self.parts: list[Part] = []

    @property
    def min_rows_per_write(self) -> int:
        return PART

    def write(self, blocks: Iterable[pa.Table], ctx: Any) -> Part:
        return write_part(self._address, ctx.task_idx, blocks, self._columns)

    def on_write_complete(self, write_result: Any) -> None:
        self.parts = list(write_result.write_returns)


def _reason(error: BaseException, folder: Folder) -> QuotesError:
    """What to say: the reason that we gave ourselves, or Ray's."""
    last, cause = error, getattr(error, "cause", None)  # Ray's own error is of the cause's class too
    while cause is not None:
        if isinstance(cause, (InputError, OutputError)) and not isinstance(cause, ray.exceptions.RayError):
            return cause
        last, cause = cause, getattr(cause, "cause", None) or cause.__cause__
    why = _short(last)
    return OutputError(f"{folder.shown}: Ray gave up and nothing is written ({why}); run again, or with fewer --jobs")
