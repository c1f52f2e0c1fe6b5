"""The one table of input formats: a name or the first bytes in, the module that reads it out."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, cast

from quotes_cli.errors import InputError
from quotes_cli.libraries import remedy
from quotes_cli.records import Article

if TYPE_CHECKING:
    from .raw import Raw

AUTO = "auto"
PACKED = ".gz"
ZIP = b"PK\x03\x04"
Reader = Callable[["Raw"], Iterable[Article | InputError]]


@dataclass(frozen=True, slots=True)
class InputFormat:
    """How one format is known and read. `module` is in this package and loaded on first use; it has a `read`."""

    name: str
    suffixes: tuple[str, ...]
    media: tuple[str, ...]  # what a web server calls it
    module: str
    needs: str | None = None  # a library that not every installation has
    table: bool = False  # many articles in one input

    def load(self, source: str) -> Reader:
        """Import its reader; where a library is missing, an `InputError` with the line that installs it."""
        if self.needs is not None:
            try:
                import_module(self.needs)
            except ImportError as error:
                what = f"{self.name} files need {self.needs} to be read"
                raise InputError(f"{source}: {what}; {remedy(self.needs)}") from error
        return cast("Reader", import_module(f"{__package__}.{self.module}").read)


_JSON = ("application/x-ndjson", "application/jsonl", "application/json")
FORMATS = {
    item.name: item
    for item in (
        InputFormat("text", (".txt", ".text"), ("text/plain",), "text"),
        InputFormat("markdown", (".md", ".markdown"), ("text/markdown",), "markdown"),
        InputFormat("html", (".html", ".htm", ".xhtml"), ("text/html", "application/xhtml+xml"), "html"),
        InputFormat("mhtml", (".mhtml", ".mht"), ("multipart/related", "application/x-mimearchive"), "mhtml"),
        InputFormat("pdf", (".pdf",), ("application/pdf",), "pdf", "pypdfium2"),
        InputFormat(
            "docx", (".docx",), ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",), "docx"
        ),
        InputFormat("epub", (".epub",), ("application/epub+zip",), "epub"),
        InputFormat("eml", (".eml",), ("message/rfc822",), "mail"),
        InputFormat("csv", (".csv",), ("text/csv",), "tables", table=True),
        InputFormat("tsv", (".tsv", ".tab"), ("text/tab-separated-values",), "tables", table=True),
        InputFormat("jsonl", (".jsonl", ".ndjson", ".json"), _JSON, "jsonl", table=True),
        InputFormat("parquet", (".parquet",), ("application/vnd.apache.parquet",), "parquet", "pyarrow", table=True),
    )
}
# What folders are searched for. Not tables: a folder's CSV is as often the result of the last run.
GLOBS = tuple(f"*{suffix}" for item in FORMATS.values() if not item.table for suffix in item.suffixes)
_BY_SUFFIX = {suffix: item for item in FORMATS.values() for suffix in item.suffixes}
_BY_MEDIA = {media: item for item in FORMATS.values() for media in item.media}
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s{0,99}(?:<\?xml[^>]{0,99}>\s{0,99})?(?:<!--.{0,999}?-->\s{0,99})?<(?:!doctype\s+)?html[\s>]",
    re.I | re.S,
)
#: An array of objects, or an object over several lines.
_OBJECTS = re.compile(rb'(?:\xef\xbb\xbf)?\s{0,99}(?:\[\s{0,99}\{|\{\s{0,99}\n)\s{0,99}"[^"\n]{1,99}"\s{0,9}:')
_MEMBERS = {"word/document.xml": "docx", "META-INF/container.xml": "epub"}


def names() -> list[str]:
    """The formats' names as `--input-format` takes them."""
    return [AUTO, *FORMATS]


def by_name(name: str) -> InputFormat | None:
    """The format of a file by its suffix, `.gz` left aside."""
    path = PurePath(name.lower().removesuffix(PACKED))
    return _BY_SUFFIX.get(path.suffix)


def by_media(media: str) -> InputFormat | None:
    """The format of what a web server sent by its media type."""
    return _BY_MEDIA.get(media.partition(";")[0].strip().lower())


def by_content(data: bytes) -> InputFormat | None:
    """The format that the first bytes leave no doubt about, whatever the name says."""
    if data.startswith(b"%PDF-"):
        return FORMATS["pdf"]
    if data.startswith(b"PAR1"):
        return FORMATS["parquet"]
    if data.startswith(ZIP):
        with suppress(zipfile.BadZipFile, ValueError, NotImplementedError):  # broken; its suffix says what it was to be
            members = zipfile.ZipFile(io.BytesIO(data)).NameToInfo
            return next((FORMATS[name] for member, name in _MEMBERS.items() if member in members), None)
    return None


def by_beginning(data: bytes, columns: Iterable[str]) -> InputFormat:
    """The format of what neither name nor server tells: a web page, JSON, plain text.

    An object alone on its line is JSON if it has a text: else it may be how a text begins.
    """
    if _PAGE.match(data):
        return FORMATS["html"]
    if _OBJECTS.match(data):
        return FORMATS["jsonl"]
    line = data.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n").partition(b"\n")[0]
    if line.startswith(b"{"):
        with suppress(ValueError, RecursionError):
            if any(isinstance(value, str) and key.lower() in columns for key, value in json.loads(line).items()):
                return FORMATS["jsonl"]
    return FORMATS["text"]


def choose(
    name: str, data: bytes, wanted: str = AUTO, media: str | None = None, columns: Iterable[str] = ()
) -> InputFormat:
    """The format to read an input as: what the user says, what it must be, its suffix, its server, its beginning.

    `columns` are the names, in lower case, that say of a table's column that it has the text.
    """
    if wanted != AUTO:
        return FORMATS[wanted]
    known = by_content(data) or (by_media(media) if media else None) or by_name(name)
    return known or by_beginning(data, columns)
