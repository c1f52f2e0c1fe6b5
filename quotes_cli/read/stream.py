"""A file or a pipe in, its bytes out as they are asked for, unpacked and within the limits: so are tables read.

What has been read is forgotten, so that a table of any length takes no memory, and its first row need not wait for the
last.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any, BinaryIO

from quotes_cli.errors import InputError

from .inputs import unreadable
from .raw import CHUNK, GZIP, Raw, check_swelling, too_large

Waiting = Callable[[], AbstractContextManager[None]]


class Bounded(io.RawIOBase):
    """At most `max_size` bytes of a source; `waiting` is entered while it is asked, which may take any time.

    Raises `InputError` where there are more, or where the source fails. Closing it closes the source if it is `owned`.
    """

    def __init__(self, source: BinaryIO, name: str, max_size: int, waiting: Waiting, owned: bool) -> None:
        self._source = source
        self._read = getattr(source, "read1", source.read)  # what is there, without waiting for more
        self._name = name
        self._max_size = self._left = max_size
        self._waiting = waiting
        self._owned = owned

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any buffer, says typeshed
        try:
            with self._waiting():
                data = self._read(min(len(buffer), self._left + 1)) or b""
        except (OSError, ValueError) as error:
            raise unreadable(self._name, error) from error
        self._left -= len(data)
        if self._left < 0:
            raise too_large(self._name, self._max_size)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if self._owned:
            self._source.close()
        super().close()


class Unpacked(io.RawIOBase):
    """What gzip has packed, one layer, all its members. `size` is how much there is of it, None where nobody knows."""

    def __init__(self, source: io.BufferedReader[Any], name: str, max_size: int, size: int | None) -> None:
        self._source = source
        self._name = name
        self._max_size = max_size
        self._size = size
        self._packed = self._unpacked = 0
        self._pending = b""
        self._engine = zlib.decompressobj(wbits=31)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any buffer, says typeshed
        while True:
            if self._engine.eof:
                self._pending = self._engine.unused_data
                if len(self._pending) < len(GZIP):
                    self._pending += self._source.read(len(GZIP))
                if not self._pending.startswith(GZIP):
                    return 0
                self._engine = zlib.decompressobj(wbits=31)
            if not self._pending:
                self._pending = self._source.read1(CHUNK)
                self._packed += len(self._pending)
            ended = not self._pending
            try:
                part = self._engine.decompress(self._pending, len(buffer))
            except zlib.error as error:
                raise InputError(f"{self._name}: broken gzip ({error}); fetch or copy it again") from error
            self._pending = self._engine.unconsumed_tail
            if part:
                self._unpacked += len(part)
                check_swelling(self._name, self._size or self._packed, self._unpacked, self._max_size)
                buffer[: len(part)] = part
                return len(part)
            if ended and not self._engine.eof:
                raise InputError(f"{self._name}: this gzip file ends too early; fetch or copy it again")

    def close(self) -> None:
        self._source.close()
        super().close()


class Behind(io.RawIOBase):
    """What was read of a stream already, and the rest of it behind."""

    def __init__(self, data: bytes, rest: io.BufferedReader[Any]) -> None:
        self._data = io.BytesIO(data)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any buffer, says typeshed
        data = self._data.read(len(buffer)) or self._rest.read1(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def unpack(name: str, data: bytes, max_size: int) -> bytes:
    """Take gzip off, one layer, all its members; other bytes come back as they are."""
    if not data.startswith(GZIP):
        return data
    return Unpacked(io.BufferedReader(io.BytesIO(data)), name, max_size, len(data)).readall()


def unpacked(raw: Raw) -> Raw:
    """The same for a stream, of which nothing has been read."""
    if raw.stream is None or not raw.stream.peek(len(GZIP)).startswith(GZIP):
        return raw
    inside = Unpacked(raw.stream, raw.name, raw.options.max_size, raw.size)
    return replace(raw, stream=io.BufferedReader(inside, CHUNK), file=None)
