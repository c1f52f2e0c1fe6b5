"""Names as given on a command line in, what workers anywhere can read out: files, addresses, objects of a store."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from quotes_cli.errors import InputError, UsageError, reason
from quotes_cli.libraries import remedy
from quotes_cli.read import STDIN, Input, PassedOverError, ReadOptions, find_inputs, read_input
from quotes_cli.read.inputs import is_wanted, unreadable
from quotes_cli.records import Article

_STORE = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_SECRET = re.compile(r"(?<=://)[^/@]*:[^/@]*@")
EXTRA = 'pip install "PATH[ray]", with the checkout or the wheel as PATH'


@dataclass(frozen=True, slots=True)
class Place:
    """One input. `name` is what the user calls it, `path` where it lies, None for a web address.

    `store` is the address whose file system the path is in; None for a file, whose path is absolute. `size` is in
    bytes, None where nobody knows. `found`: in a folder of a store, and nobody has asked for it by its name.
    """

    name: str
    path: str | None = None
    store: str | None = None
    size: int | None = None
    found: bool = False


def is_store(name: str) -> bool:
    """Whether a name is an address of an object store: `s3://bucket/folder`, but neither a file nor a web page."""
    return _STORE.match(name) is not None


def without_secret(name: str) -> str:
    """An address of a store as it may be shown: no key, no options."""
    return _SECRET.sub("", name.partition("?")[0])


@lru_cache(maxsize=16)
def file_system(address: str) -> tuple[Any, str]:
    """The `pyarrow.fs.FileSystem` of an address and the path in it. Raises `InputError` where there is none."""
    shown = without_secret(address)
    try:
        import pyarrow as pa
        from pyarrow import fs
    except ImportError as error:
        raise UsageError(f"{shown}: to read object stores needs pyarrow; {remedy('pyarrow')}") from error
    try:
        system, path = fs.FileSystem.from_uri(address)
    except (pa.ArrowException, OSError, ValueError, ImportError) as error:
        raise InputError(
            f"{shown}: no file system for this address ({reason(error)}); check how it is spelt"
        ) from error
    return system, path


def find_places(names: Iterable[str], globs: Sequence[str] = (), *, with_own: bool = False) -> list[Place | InputError]:
    """Expand names in order, each once: files, folders, patterns such as `news/*.txt`, addresses, `s3://bucket/2024/`.

    A folder, also of a store, yields what `find_inputs` would. Raises `UsageError` for stdin, which only one process
    can read.
    """
    found: dict[str, Place | InputError] = {}
    for name in names:
        if name == STDIN:
            raise UsageError("--engine ray reads files, folders and addresses, not standard input; name them")
        for place in _stored(name, globs) if is_store(name) else _local(name, globs, with_own):
            found.setdefault(place.name if isinstance(place, Place) else str(place), place)
    return list(found.values())


def _local(name: str, globs: Sequence[str], with_own: bool) -> Iterator[Place | InputError]:
    matches = sorted(glob.glob(name, recursive=True)) if not os.path.lexists(name) else []
    for item in find_inputs(matches or (name,), globs, with_own=with_own):
        yield item if isinstance(item, InputError) else placed(item)


def placed(item: Input) -> Place | InputError:
    """Where an input lies and how large it is, or why it cannot be read."""
    if item.path is None:
        return Place(item.name)
    try:
        return Place(item.name, os.path.abspath(item.path), size=os.stat(item.path).st_size)
    except (OSError, ValueError) as error:
        return unreadable(item.name, error)


def _stored(name: str, globs: Sequence[str]) -> Iterator[Place | InputError]:
    """What lies at an address of a store: an object, all below a folder, or what a `*` in its last parts matches."""
    address, _, options = name.partition("?")
    base = address.partition("*")[0].rpartition("/")[0] if "*" in address else address.rstrip("/")
    store = f"{base}?{options}" if options else base
    shown = without_secret(base)
    try:
        from pyarrow.fs import FileSelector, FileType

        system, root = file_system(store)
        if "*" not in address:
            [info] = system.get_file_info([root])
            if info.type == FileType.File:
                yield Place(shown, root, store, info.size)
                return
            if info.type == FileType.NotFound:
                raise FileNotFoundError(address)
        below = sorted(system.get_file_info(FileSelector(root, recursive=True)), key=lambda info: info.path)
    except InputError as error:
        yield error
        return
    except OSError as error:
        yield unreadable(without_secret(name), error)
        return
    pattern = address.removeprefix(base).lstrip("/")
    count = 0
    for info in below:
        inside = PurePosixPath(info.path.removeprefix(root).lstrip("/"))
        if pattern:  # part by part
            wanted = len(inside.parts) == pattern.count("/") + 1 and inside.match(pattern)
        else:
            wanted = is_wanted(inside, globs)
        if info.type == FileType.File and wanted:
            count += 1
            yield Place(f"{shown}/{inside}", info.path, store, info.size, found=not pattern)
    if not count:
        yield InputError(f"{without_secret(name)}: no article there; choose others with --glob")


def read_place(place: Place, options: ReadOptions) -> Iterator[Article | InputError]:
    """The articles of one place, just as `quotes_cli.read` reads a file of that name.

    What is no article is a `PassedOverError` where it was `found`: to look into each before would take hours.
    """
    for article in _read(place, options):
        known = isinstance(article, PassedOverError) and not place.found
        yield InputError(str(article)) if known else article


def _read(place: Place, options: ReadOptions) -> Iterator[Article | InputError]:
    if place.path is None or place.store is None:
        item = Input(place.name, address=place.name) if place.path is None else Input(place.name, Path(place.path))
        yield from read_input(item, options)
        return
    try:
        # Not unpacked by pyarrow, which would go by the name and know no limits.
        stream = file_system(place.store)[0].open_input_stream(place.path, compression=None)
    except InputError as error:
        yield error
        return
    except OSError as error:
        yield unreadable(place.name, error)
        return
    with stream:
        yield from read_input(Input(place.name), options, stream)
