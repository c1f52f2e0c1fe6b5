"""Blocks of records in, Parquet files of one folder out, of which every row is there once, or the folder is not there.

Workers write parts under names that nobody else has, and say which; a part of an attempt that did not count (its worker
died, or was thought dead and went on) is deleted in the end. A folder on disk is written beside its place and renamed.
An object store cannot rename: there the folder is whole when it has the empty object `_SUCCESS`, as Hadoop and Spark
have it, and readers of Parquet pass that over. One run at a time writes a folder: on disk it holds a lock, in a store
it has an object `_RUNNING-...` there, as whoever sees another's gives way.
"""

from __future__ import annotations

import glob
import os
import pickle
import posixpath
import secrets
import shutil
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow import fs

from quotes_cli.commands.closing import Closing
from quotes_cli.errors import OutputError, UsageError, writing
from quotes_cli.export.jsonl import json_line
from quotes_cli.export.lock import locked
from quotes_cli.export.parquet import schema_of
from quotes_cli.visible import visible_line

from .places import file_system, is_store, without_secret

DONE, RUNNING = "_SUCCESS", "_RUNNING-"
SHARED = "name a folder that all machines share, or an address such as s3://bucket/folder"
GROUP = 20_000  # rows of one row group: a few MB
# Columns of a block beside the record's: which input failed, and why; or what there is to say of a batch at the end.
FAILED_INPUT, FAILED, CLOSING = "!input", "!failed", "!closing"


@dataclass(frozen=True, slots=True)
class Part:
    """What one write came to: its file in the folder (None for no rows), which inputs failed and why, and counts."""

    name: str | None
    failures: list[tuple[str, str]] = field(default_factory=list)
    end: Closing = field(default_factory=Closing)


class Folder:
    """The output: `shown` as the user knows it, `address` where parts are written until all is done."""

    def __init__(self, target: str) -> None:
        self.shown = visible_line(without_secret(target)) if is_store(target) else visible_line(target)
        self._stored = is_store(target)
        self._target = target if self._stored else os.path.abspath(target)
        self._token = secrets.token_hex(4)
        self.address = self._target if self._stored else f"{self._target}.{self._token}.tmp"
        self._held = ExitStack()

    def check(self) -> None:
        """Raise `UsageError` where something is in the way."""
        if self._stored:
            system, path = file_system(self._target)
            with self._writing():
                found = system.get_file_info(fs.FileSelector(path, allow_not_found=True))
            taken = bool(found)
            if any(info.base_name.startswith(RUNNING) for info in found) and not any(
                info.base_name == DONE for info in found
            ):
                raise UsageError(
                    f"--output: {self.shown} is being written by another run, or was by one that was killed; "
                    "name another folder, or delete this one if it was"
                )
        else:
            taken = os.path.lexists(self._target) and not (os.path.isdir(self._target) and not os.listdir(self._target))
        if taken:
            raise UsageError(f"--output: {self.shown} is there already; name a new folder, or delete this one first")

    def begin(self) -> None:
        """Make the folder for the parts, and hold it until `finish` or `abandon`.

        Raises `OutputError` where it cannot be made, or where another run is writing it.
        """
        system, path = where(self.address)
        with self._writing():
            if self._stored:
                self._hold_store(system, path)
                return
            if self._held.enter_context(locked(Path(self._target), self.shown)):
                for left in glob.glob(f"{glob.escape(self._target)}.{'[0-9a-f]' * 8}.tmp"):  # of a run that was killed
                    shutil.rmtree(left, ignore_errors=True)
            system.create_dir(path, recursive=False)

    def _hold_store(self, system: Any, path: str) -> None:
        """Say that this run is writing the folder. Raises `OutputError` where another says so too."""
        system.create_dir(path, recursive=True)
        mine = posixpath.join(path, f"{RUNNING}{self._token}")
        with system.open_output_stream(mine):
            pass
        self._held.callback(_delete, system, mine)
        found = system.get_file_info(fs.FileSelector(path))
        if any(info.base_name.startswith(RUNNING) and info.path != mine for info in found):
            self._held.close()
            raise OutputError(f"{self.shown}: another run is writing it; wait for it or name another folder")

    def finish(self, parts: Sequence[Part], columns: Sequence[str]) -> None:
        """Keep the parts that count, and let the folder appear. Raises `OutputError`."""
        system, path = where(self.address)
        kept = {part.name for part in parts if part.name is not None}
        with self._writing():
            found = {info.base_name for info in system.get_file_info(fs.FileSelector(path))} - {
                f"{RUNNING}{self._token}"
            }
            if missing := kept - found:
                raise OutputError(
                    f"{self.shown}: {len(missing)} of {len(kept)} parts are not here but on the workers' own disks; "
                    + SHARED
                )
            for name in found - kept:
                system.delete_file(posixpath.join(path, name))
            if not kept:
                empty = schema_of(columns).empty_table()
                pq.write_table(empty, posixpath.join(path, "part-000000.parquet"), filesystem=system)
            if self._stored:
                self._held.close()
                with system.open_output_stream(posixpath.join(path, DONE)):
                    pass
                return
            if os.path.isdir(self._target):
                os.rmdir(self._target)  # empty, or this fails; Windows renames onto no folder
            os.rename(self.address, self._target)
        self._held.close()

    def abandon(self) -> None:
        """Take away what is there."""
        if not self._stored:
            shutil.rmtree(self.address, ignore_errors=True)
            self._held.close()
            return
        system, path = where(self.address)
        with suppress(OSError):  # the run has failed already, and why is reported
            system.delete_dir_contents(path, missing_dir_ok=True)
            self._held.pop_all()  # its object went with the others

    def list_failures(self, failures: Iterable[tuple[str, str]]) -> None:
        """Write `NAME.errors.jsonl` beside the folder, an input a line; none where nothing failed."""
        address, _, options = self._target.partition("?") if self._stored else (self._target, "", "")
        system, path = where(f"{address.rstrip('/')}.errors.jsonl{'?' if options else ''}{options}")
        lines = [json_line({"input": name, "error": visible_line(why)}) for name, why in failures]
        with self._writing():
            if lines:
                with system.open_output_stream(path) as stream:
                    stream.write(("\n".join(lines) + "\n").encode())
            elif system.get_file_info(path).type != fs.FileType.NotFound:
                system.delete_file(path)

    def _writing(self) -> AbstractContextManager[None]:
        return writing(self.shown, (OSError, pa.ArrowException))


def _delete(system: Any, path: str) -> None:
    with suppress(OSError):
        system.delete_file(path)


def block_schema(columns: Sequence[str]) -> pa.Schema:
    """The columns of a block of records with these, and its own."""
    return schema_of((*columns, FAILED_INPUT, FAILED)).append(pa.field(CLOSING, pa.binary()))


def where(address: str) -> tuple[Any, str]:
    """The file system of a folder's address and the path in it."""
    return file_system(address) if is_store(address) else (fs.LocalFileSystem(), address)


def write_part(
    address: str, number: int, blocks: Iterable[pa.Table], fields: Sequence[str], shown: str | None = None
) -> Part:
    """Write the rows of some blocks into one new file of the folder, where there are any.

    Raises `OutputError` that names the folder as it is `shown`.
    """
    name = f"part-{number:06}-{secrets.token_hex(4)}.parquet"
    failures: list[tuple[str, str]] = []
    end = Closing()
    tables = []
    for block in blocks:
        failed, closes = pc.is_valid(block[FAILED]), pc.is_valid(block[CLOSING])
        failures += ((row[FAILED_INPUT], row[FAILED]) for row in block.filter(failed).to_pylist())
        for packed in block[CLOSING].drop_null().to_pylist():
            end.add(pickle.loads(packed))
        tables.append(block.filter(pc.invert(pc.or_(failed, closes))).select(list(fields)))
    if not any(table.num_rows for table in tables):
        return Part(None, failures, end)
    if not is_store(address) and not os.path.isdir(address):
        raise OutputError(
            f"{shown or address}: a machine of the cluster does not see this folder, or it is gone; {SHARED}"
        )
    system, path = where(address)
    with writing(shown or address, (OSError, pa.ArrowException)):
        pq.write_table(
            pa.concat_tables(tables),
            posixpath.join(path, name),
            filesystem=system,
            compression="zstd",
            row_group_size=GROUP,
        )
    return Part(name, failures, end)
