"""Places of articles go through Ray Data here, on one machine or a cluster, and the parts of a folder come out.

    places -> read (tasks) -> articles -> extract (one actor a core, each with its model) -> records -> write (tasks)

Ray keeps what each step handed on in its object store. A worker that dies is started again and its blocks are done
again, from the same input to the same output, and nothing that it had not finished counts: no row is lost or doubled.
Imported only for `--engine ray`, because Ray is an extra of its own.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
import ray
from ray.data import ActorPoolStrategy, DataContext, Datasink
from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

from quotes_cli.across.statements import Group
from quotes_cli.commands.request import ExtractOptions
from quotes_cli.commands.written import Quoted
from quotes_cli.errors import OutputError, UsageError
from quotes_cli.status import Streams
from quotes_cli.work.cores import cores

from .blocks import same_by_blocks
from .faults import cause_of, silences_told
from .parts import Folder, Part, write_part
from .places import Place
from .plan import BATCH, BLOCK, PART
from .worker import Attempts, Extract, place_row, read

STARTS = 3
RETRIES = 10  # of a step of `same`, whose worker or machine died
SAME_BLOCK, SAME_BLOCKS = 4_000_000, 256  # bytes of parts a block, 45,000 records; each block may meet each other
_ENVIRONMENT = {
    "RAY_USAGE_STATS_ENABLED": "0",
    # Unless it is asked so often, a machine that is cut off the network holds what waits for it for seven minutes.
    "RAY_grpc_client_keepalive_time_ms": "15000",
    "RAY_grpc_client_keepalive_timeout_ms": "15000",
}


def run(options: ExtractOptions, places: Sequence[Place], folder: Folder, streams: Streams) -> list[Part]:
    """Extract from all places into the folder's parts; on a terminal Ray draws on stderr how far it is.

    Raises `QuotesError`; Ray is stopped in any case.
    """
    with _cluster(options, streams, folder.shown) as workers:
        watch = _Watch()
        sink = _Parts(folder, options.record_columns)
        blocks = min(len(places), max(4 * workers, len(places) // BATCH))
        data = ray.data.from_items([place_row(place) for place in places], override_num_blocks=blocks)
        # Reading and writing ask for no core: extractors take them all, and would wait for texts for ever.
        data = data.map_batches(
            read,
            fn_kwargs={"options": options},
            batch_format="pyarrow",
            num_cpus=0,
            max_retries=-1,
            concurrency=min(blocks, max(2, workers // 4)),
        )
        data = data.map_batches(
            Extract,
            fn_constructor_args=(options, watch),
            batch_format="pyarrow",
            batch_size=BATCH,
            num_cpus=1,
            compute=ActorPoolStrategy(min_size=1, max_size=workers, initial_size=workers),
        )
        data.write_datasink(sink, ray_remote_args={"num_cpus": 0, "max_retries": -1})
        return sink.parts


def same(options: ExtractOptions, places: Sequence[Place], streams: Streams) -> tuple[list[Quoted], list[Group], int]:
    """The quotations of these parts that stand more than once, their groups, and how many were compared.

    Raises `QuotesError`; Ray is stopped in any case.
    """
    with _cluster(options, streams, "quotes same") as workers:
        size = sum(place.size or 0 for place in places)
        blocks = max(2, workers, min(SAME_BLOCKS, size // SAME_BLOCK))

        def call(step: Callable[..., Any], returns: int, *given: Any) -> Sequence[Any]:
            handles = ray.remote(step).options(num_returns=returns, max_retries=RETRIES).remote(*given)
            return handles if returns > 1 else [handles]

        return same_by_blocks(places, options.filters, blocks, call, ray.get)


@contextmanager
def _cluster(options: ExtractOptions, streams: Streams, shown: str) -> Iterator[int]:
    """Ray, started or joined, and how many work there; its errors come out as ours, about what is `shown`."""
    with _silent() as talk:
        try:
            workers = _start(options, streams.stderr.isatty())
            with silences_told(talk):
                yield workers
        except (ray.exceptions.RayError, RuntimeError) as error:
            raise cause_of(error, shown) from error
        finally:
            ray.shutdown()


def _start(options: ExtractOptions, bars: bool) -> int:
    """Start Ray or join it, without its dashboard and usage statistics; the number of workers."""
    for name, value in _ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    silent: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.CRITICAL}
    ending = signal.getsignal(signal.SIGTERM)
    if options.address is None:
        workers = options.jobs or cores()
        # "local": nobody else's cluster, whatever RAY_ADDRESS says; Ray guards its own with a token since 2.59
        _init("local", num_cpus=workers, include_dashboard=False, **silent)
    else:
        try:
            ray.init(options.address, **silent)
        except (ConnectionError, ValueError, RuntimeError, ray.exceptions.RayError) as error:
            if "token" in str(error).lower():
                why = "Ray wants the token of the cluster; give it in RAY_AUTH_TOKEN, with RAY_AUTH_MODE=token"
                raise UsageError(f"--address: {options.address}: {why}") from error
            raise UsageError(
                f"--address: no Ray answers at {options.address} ({_short(error)}); see: ray status"
            ) from error
        workers = options.jobs or int(ray.cluster_resources().get("CPU", 1))
    signal.signal(signal.SIGTERM, ending)  # Ray's own ends with status 15, and leaves the folder
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
def _silent() -> Iterator[Callable[[str], None]]:
    """Keep what Ray prints off stdout and stderr: its core's, which writes to descriptors, and its Python's.

    All of it is in Ray's own log, too. Yields what prints a line on stderr all the same.
    """
    python = sys.stderr
    python.flush()
    sys.stdout.flush()
    data, kept, null = os.dup(1), os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    try:
        with (
            os.fdopen(os.dup(kept), "w", encoding="utf-8", errors="backslashreplace") as stream,
            warnings.catch_warnings(),
        ):
            warnings.simplefilter("ignore")
            sys.stderr = stream  # for Ray's bars
            yield Streams(sys.stdin, sys.stdout, stream).talk
    finally:
        sys.stderr = python
        os.dup2(data, 1)
        os.dup2(kept, 2)
        for descriptor in (data, kept, null):
            os.close(descriptor)


class _Watch(Attempts):
    """The run's `Attempts`, in an actor of its own, as workers see it."""

    def __init__(self) -> None:
        # On this machine, without which the run ends anyway; should it die there, it is started again, and what was
        # asked meanwhile is asked again.
        here = NodeAffinitySchedulingStrategy(ray.get_runtime_context().get_node_id(), soft=True)
        remote = ray.remote(num_cpus=0, max_restarts=-1, max_task_retries=-1, scheduling_strategy=here)
        self._actor = remote(Attempts).remote()

    def begin(self, batch: str) -> tuple[bool, set[str]]:
        return ray.get(self._actor.begin.remote(batch))  # type: ignore[no-any-return]  # what Attempts.begin returns

    def at(self, batch: str, source: str) -> None:
        ray.get(self._actor.at.remote(batch, source))  # waits: the next step may be the last

    def end(self, batch: str) -> None:
        self._actor.end.remote(batch)


class _Parts(Datasink):  # type: ignore[misc]  # Any where Ray is not installed
    """Writes parts; what became of them is on `parts`, in the order of the inputs, when all is done."""

    def __init__(self, folder: Folder, columns: Sequence[str]) -> None:
        self._address, self._shown = folder.address, folder.shown
        self._columns = columns
        self.parts: list[Part] = []

    @property
    def min_rows_per_write(self) -> int:
        return PART

    def write(self, blocks: Iterable[pa.Table], ctx: Any) -> Part:
        return write_part(self._address, ctx.task_idx, blocks, self._columns, self._shown)

    def on_write_complete(self, write_result: Any) -> None:
        self.parts = list(write_result.write_returns)
