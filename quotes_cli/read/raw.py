"""Bytes of one input with its name and options: what every reader takes, and the limits it keeps."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

from quotes_cli.errors import InputError, reason
from quotes_cli.records import Article

from .encoding import decode
from .options import ReadOptions, shown_size

MAX_RATIO = 200  # English deflates to a third, a table of one sentence again and again to a hundredth
SMALL = 1_000_000  # bytes that may come out of any ratio: a short file of one letter is no attack
CHUNK = 1 << 16
MORE = "raise --max-size to read it, or split it"
GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Raw:
    """One input as it lies there. `declared` is the encoding that its server names, `media` its name for the format.

    A table has no `data` but a `stream`, which is read once and then closed; `file` is what it reads where that is a
    file, and `size` how long that is.
    """

    name: str
    data: bytes = field(repr=False)
    options: ReadOptions = field(default_factory=ReadOptions)
    declared: str | None = None
    media: str | None = None
    stream: io.BufferedReader[Any] | None = None
    file: BinaryIO | None = None
    size: int | None = None

    def opened(self) -> io.BufferedReader[Any]:
        """Its bytes as a stream, whichever they are."""
        return self.stream or io.BufferedReader(io.BytesIO(self.data), CHUNK)

    def whole(self) -> Raw:
        """The same with all bytes in memory. Raises `InputError`."""
        if self.stream is None:
            return self
        with self.stream:
            data = read_bounded(self.stream, self.name, self.options.max_size)
        return replace(self, data=data, stream=None, file=None)

    def close(self) -> None:
        """Let go of the stream."""
        if self.stream is not None:
            self.stream.close()

    def decode(self, declared: str | None = None) -> str:
        """The text; `declared` is what the document says of itself."""
        return decode(self.data, self.name, self.options.encoding, self.declared or declared)

    def article(self, paragraphs: Sequence[str], nothing: str, **facts: str | None) -> Article:
        """The article of these paragraphs. Raises `InputError` that says `nothing` where there are none."""
        if not paragraphs:
            raise InputError(f"{self.name}: there is no text in this {nothing}")
        known = {name: fact or None for name, fact in facts.items()}
        return Article(self.name, "\n\n".join(paragraphs) + "\n", **known)


def too_large(name: str, max_size: int, what: str = "larger", remedy: str = MORE) -> InputError:
    """What to say of an input over the limit."""
    return InputError(f"{name}: {what} than {shown_size(max_size)}; {remedy}")


def read_bounded(stream: BinaryIO, name: str, max_size: int, remedy: str = MORE) -> bytes:
    """All of a stream, which may grow while it is read, or an `InputError` where it is too much."""
    parts: list[bytes] = []
    size = 0
    while chunk := stream.read(min(CHUNK * 16, max_size + 1 - size)):
        parts.append(chunk)
        size += len(chunk)
        if size > max_size:
            raise too_large(name, max_size, remedy=remedy)
    return b"".join(parts)


def check_swelling(name: str, packed: int, unpacked: int, max_size: int) -> None:
    """Raise `InputError` where so many bytes may not come out of so few."""
    if unpacked > max_size:
        raise too_large(name, max_size, "unpacks to more")
    if unpacked > max(SMALL, MAX_RATIO * packed):
        much = f"unpacks to more than {MAX_RATIO} times its size, as attacks do"
        raise InputError(f"{name}: {much}; unpack it yourself if you trust it")


class Members:
    """The files inside a ZIP (a DOCX, an EPUB), by name, within the limits. Nothing is ever written to disk."""

    def __init__(self, raw: Raw, what: str) -> None:
        self._raw = raw
        self._what = what
        self._read = 0  # bytes so far, of all members, each as often as it is read
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw.data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise self._broken(reason(error)) from error

    def _broken(self, why: str) -> InputError:
        return InputError(f"{self._raw.name}: broken {self._what} ({why}); save or fetch it again")

    @property
    def names(self) -> list[str]:
        """What is inside."""
        return list(self._zip.NameToInfo)

    def __contains__(self, member: str) -> bool:
        return member in self._zip.NameToInfo

    def read(self, member: str) -> bytes:
        """One file's bytes. Raises `InputError` where it is missing, broken, encrypted or too large."""
        name = self._raw.name
        try:
            info = self._zip.getinfo(member)
        except KeyError as error:
            raise self._broken(f"it has no {member}") from error
        if info.flag_bits & 1:
            raise InputError(f"{name}: this {self._what} is encrypted; save it without a password")
        max_size = self._raw.options.max_size
        check_swelling(name, len(self._raw.data), self._read + info.file_size, max_size)
        check_swelling(name, info.compress_size, info.file_size, max_size)
        try:
            data = self._zip.read(info)  # no more than `file_size`, which zipfile keeps and checks
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
            raise self._broken(reason(error) if str(error) else "it ends too early") from error
        self._read += len(data)
        return data
