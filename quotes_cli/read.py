"""Paths, folders and stdin in, `Article`s out: which files, which encoding, and a clear line for what cannot be read.

Offsets of everything later count characters of the text as decoded here: newlines stay as they are, a byte order mark
is dropped.
"""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import BinaryIO

from .errors import InputError, UsageError
from .records import Article

STDIN = "-"
TEXT_GLOBS = ("*.txt", "*.text", "*.md", "*.markdown")

# UTF-32 first: its little-endian mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What people most often hand over by mistake, by first bytes, so that the message can say what it is.
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a Word document, e-book or ZIP archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"SQLite format 3", "a database"),
)
# Statistics cannot tell these from their neighbours on English with a few curly quotes (“ and ” are the same bytes in
# cp1252, cp1250 and cp1257, gb18030 reads as cp949); where they tie, what English articles come in wins, in this order.
_LIKELY = ("cp1252", "mac_roman", "gb18030", "cp932")
# Never guessed: without a byte order mark they turn English into Chinese (`Don’t.` in cp1252 is 䑯溒琮 in UTF-16), and
# UTF-7 is ASCII that would have passed as UTF-8.
_NEVER_GUESSED = ["utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le", "utf_7"]


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to read. `name` is what the user calls it and what `Article.source` will say; no `path` means stdin."""

    name: str
    path: Path | None


def check_encoding(name: str) -> None:
    """Raise `UsageError` if Python knows no text encoding of that name."""
    try:
        b"x".decode(name)  # not b"", which passes for codecs that are no text encodings
    except UnicodeError:
        return  # half a character of UTF-16
    except (LookupError, ValueError) as error:  # ValueError: a NUL in the name
        raise UsageError(
            f"--encoding: no text encoding is called {name!r}; try utf-8, cp1252, latin-1 or utf-16"
        ) from error


def find_inputs(names: Iterable[str], globs: Sequence[str] = ()) -> list[Input | InputError]:
    """Expand names as given on a command line, in order, each once; what cannot be read is an `InputError` there.

    A folder yields the files below it whose name (for a pattern with `/`: path below it) matches one of `globs`.
    Hidden files and folders are left out, links to folders are not followed.
    """
    found: dict[str, Input | InputError] = {}
    for name in names:
        if name in found:
            continue
        if name == STDIN:
            found[name] = Input(name, None)
        elif not os.path.isdir(name):  # Path.is_dir raises where a parent is closed
            found[name] = Input(name, Path(name))
        else:
            below = list(_walk(name, globs or TEXT_GLOBS))
            for item in below:
                found.setdefault(item.name if isinstance(item, Input) else str(item), item)
            if not below:
                wanted = ", ".join(globs or TEXT_GLOBS)
                found[name] = InputError(f"{name}: no article in this folder ({wanted}); choose others with --glob")
    return list(found.values())


def _walk(folder: str, globs: Sequence[str]) -> Iterator[Input | InputError]:
    """The matching files below a folder in the order of their names; folders that cannot be listed as `InputError`s."""
    closed: list[InputError] = []
    for here, folders, files in os.walk(
        folder, onerror=lambda error: closed.append(_unreadable(error.filename, error))
    ):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(here, name)
            below = path.relative_to(folder).as_posix()
            wanted = any(fnmatchcase(below if "/" in glob else name, glob) for glob in globs)
            # is_file: a FIFO or a device in a folder would hang the run; named on the command line it is read.
            if wanted and not name.startswith(".") and os.path.isfile(path):
                yield Input(os.path.join(here, name), path)  # not Path(): it would turn "./a.txt" into "a.txt"
    yield from closed


def read_articles(
    inputs: Iterable[Input | InputError], encoding: str | None = None, stdin: BinaryIO | None = None
) -> Iterator[Article | InputError]:
    """Read one input after the other; one that fails is yielded as its error, and the next follows."""
    for item in inputs:
        if isinstance(item, InputError):
            yield item
            continue
        try:
            yield read_article(item, encoding, stdin)
        except InputError as error:
            yield error


def read_article(item: Input, encoding: str | None = None, stdin: BinaryIO | None = None) -> Article:
    """Read and decode one input. Raises `InputError` naming the input and the remedy."""
    try:
        if item.path is not None:
            data = item.path.read_bytes()
        elif stdin is not None:
            data = stdin.read()
        else:
            raise InputError(f"{item.name}: there is no standard input to read; name a file")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name, or a closed stdin
        raise _unreadable(item.name, error) from error
    return Article(source=item.name, text=decode(data, item.name, encoding))


def _unreadable(name: str, error: Exception) -> InputError:
    if isinstance(error, FileNotFoundError):
        return InputError(f"{name}: no such file or folder; check the name")
    if isinstance(error, PermissionError):
        return InputError(f"{name}: no permission to read it; change its rights or run as its owner")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return InputError(f"{name}: cannot be read ({reason}); check the name and the disk")


def decode(data: bytes, name: str, encoding: str | None = None) -> str:
    """Bytes to text: by `encoding` if given, else by byte order mark, else as UTF-8, else by charset-normalizer."""
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise InputError(f"{name}: this is {what}, not text; save it as plain text first")
    if encoding is not None:
        text = _decode_as(data, encoding, name, f"is it another encoding than --encoding {encoding}?")
    else:
        marked = _decode_by_mark(data, name)
        text = _decode_unmarked(data, name) if marked is None else marked
    if "\0" in text:
        raise InputError(
            f"{name}: this is not text (NUL character at offset {text.index(chr(0))}); "
            "if it is UTF-16 without a byte order mark, pass --encoding utf-16-le"
        )
    return text.removeprefix("\ufeff")


def _decode_by_mark(data: bytes, name: str) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_as(data, encoding, name, "its byte order mark says so; force another with --encoding")
    return None


def _decode_as(data: bytes, encoding: str, name: str, remedy: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not valid {encoding} at byte {error.start}; {remedy}") from error
    except UnicodeError as error:  # codecs such as punycode and utf-16 give no position
        raise InputError(f"{name}: not valid {encoding} ({error}); {remedy}") from error


def _decode_unmarked(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = error.start
    if b"\0" in data:
        raise InputError(
            f"{name}: this is not text (NUL byte at {data.index(0)}); "
            "if it is UTF-16 without a byte order mark, pass --encoding utf-16-le"
        )
    encoding = guess_encoding(data)
    if encoding is None:
        raise InputError(f"{name}: not UTF-8 (byte {place}), and no other encoding fits; pass it with --encoding")
    return data.decode(encoding)


def guess_encoding(data: bytes) -> str | None:
    """The encoding of bytes that are not UTF-8, by charset-normalizer; its ties go to what English articles come in."""
    from charset_normalizer import from_bytes  # only when needed: it takes a tenth of the start-up of `--help`

    matches = from_bytes(data, cp_exclusion=_NEVER_GUESSED)
    best = matches.best()
    if best is None:
        return None
    tied = {name for match in matches if match.chaos <= best.chaos for name in match.could_be_from_charset}
    return next((name for name in _LIKELY if name in tied), best.encoding)
