"""The one table of input formats: a name or the first bytes in, the module that reads it out."""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
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
    table: bool = False  # rows with columns, an article each
    many: bool = False  # other articles, several of them in one input

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
_XML = (
    *("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml"),
    *("application/vnd.iptc.g2.newsitem+xml", "application/vnd.iptc.g2.newsmessage+xml"),
)
FORMATS = {
    item.name: item
    for item in (
        InputFormat("text", (".txt", ".text"), ("text/plain",), "text"),
        InputFormat("markdown", (".md", ".markdown"), ("text/markdown",), "markdown"),
        InputFormat("html", (".html", ".htm", ".xhtml"), ("text/html", "application/xhtml+xml"), "html"),
        InputFormat("mhtml", (".mhtml", ".mht"), ("multipart/related", "application/x-mimearchive"), "mhtml"),
        InputFormat("webarchive", (".webarchive",), ("application/x-webarchive",), "webarchive"),
        InputFormat("pdf", (".pdf",), ("application/pdf",), "pdf", "pypdfium2"),
        InputFormat(
            "docx", (".docx",), ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",), "docx"
        ),
        InputFormat("odt", (".odt",), ("application/vnd.oasis.opendocument.text",), "odt"),
        InputFormat("rtf", (".rtf",), ("application/rtf", "text/rtf"), "rtf"),
        InputFormat("epub", (".epub",), ("application/epub+zip",), "epub"),
        InputFormat("eml", (".eml",), ("message/rfc822",), "mail"),
        InputFormat("mbox", (".mbox",), ("application/mbox",), "mbox", many=True),
        InputFormat("subtitles", (".srt", ".vtt"), ("application/x-subrip", "text/vtt"), "subtitles"),
        InputFormat("xml", (".xml", ".rss", ".atom", ".rdf", ".nitf", ".newsml"), _XML, "xml", many=True),
        InputFormat("csv", (".csv",), ("text/csv",), "tables", table=True),
        InputFormat("tsv", (".tsv", ".tab"), ("text/tab-separated-values",), "tables", table=True),
        InputFormat("jsonl", (".jsonl", ".ndjson", ".json"), _JSON, "jsonl", table=True),
        InputFormat(
            "xlsx",
            (".xlsx", ".xlsm"),
            ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",),
            "sheets",
            "openpyxl",
            table=True,
        ),
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
#: The first elements of XML of news: of feeds, of what agencies send.
NEWS = frozenset(("rss", "rdf", "channel", "feed", "entry", "nitf", "newsml", "newsitem", "newsmessage"))
_BEGINNING = 4096  # bytes in which a document's first element stands
_PROLOG = re.compile(
    r"\s{0,99}(?:<(?:\?[^>]{0,999}\?|!--.{0,2999}?--|!DOCTYPE[^>\[]{0,999}(?:\[[^\]]{0,2999}\]\s{0,99})?)>\s{0,99}){0,99}",
    re.DOTALL | re.IGNORECASE,
)
_ROOT = re.compile(r"<(?:[\w.-]{1,99}:)?([A-Za-z][\w.-]{0,99})[\s/>]")
#: An array of objects, or an object over several lines.
_OBJECTS = re.compile(rb'(?:\xef\xbb\xbf)?\s{0,99}(?:\[\s{0,99}\{|\{\s{0,99}\n)\s{0,99}"[^"\n]{1,99}"\s{0,9}:')
_KEY = re.compile(rb'"([^"\n]{1,99})"\s{0,9}:')
_MEMBERS = {"word/document.xml": "docx", "META-INF/container.xml": "epub", "xl/workbook.xml": "xlsx"}
_TYPE = "mimetype"  # the member that says what an OpenDocument file is
_MAILBOX = re.compile(rb"From [^\r\n]{1,999}\r?\n>?[A-Za-z][A-Za-z0-9-]{0,60}:")
_SUBTITLES = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:WEBVTT(?:[ \t].{0,300})?\r?\n"
    rb"|\s{0,99}(?:\d{1,6}[ \t]{0,9}\r?\n)?\d{1,4}:\d\d:\d\d[.,]\d{3} --> )"
)


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
    if data.startswith(b"bplist00") and b"WebMainResource" in data:
        return FORMATS["webarchive"]
    if data.startswith(b"{\\rtf"):
        return FORMATS["rtf"]
    if data.startswith(ZIP):
        # Broken or encrypted; its suffix says what it was to be.
        with suppress(zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError):
            archive = zipfile.ZipFile(io.BytesIO(data))
            members = archive.NameToInfo
            if _TYPE in members and members[_TYPE].file_size < _BEGINNING:
                media = archive.read(_TYPE).decode("latin-1").strip().removesuffix("-template")
                if (known := by_media(media)) is not None:
                    return known
            return next((FORMATS[name] for member, name in _MEMBERS.items() if member in members), None)
    return None


def by_beginning(data: bytes, columns: Iterable[str]) -> InputFormat:
    """The format of what neither name nor server tells: a web page, XML, JSON, plain text.

    An object alone on its line is JSON if it has a text: else it may be how a text begins.
    """
    if _PAGE.match(data):
        return FORMATS["html"]
    if root_of(data) in NEWS or data[:_BEGINNING].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<?xml "):
        return FORMATS["xml"]
    if _OBJECTS.match(data):
        return FORMATS["jsonl"]
    if _MAILBOX.match(data):
        return FORMATS["mbox"]
    if _SUBTITLES.match(data):
        return FORMATS["subtitles"]
    line = data.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n").partition(b"\n")[0]
    if line.startswith(b"{"):
        with suppress(ValueError, RecursionError):
            if any(isinstance(value, str) and key.lower() in columns for key, value in json.loads(line).items()):
                return FORMATS["jsonl"]
    return FORMATS["text"]


def root_of(data: bytes) -> str:
    """The name of the first element of what may be XML, without its namespace and in lower case; empty where none is
    seen."""
    head = data[:_BEGINNING]
    utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.decode("utf-16" if utf16 else "utf-8-sig", "ignore")
    prolog = _PROLOG.match(text)
    root = _ROOT.match(text, prolog.end() if prolog else 0)
    return root[1].lower() if root else ""


def choose(
    name: str,
    data: bytes,
    wanted: str = AUTO,
    media: str | None = None,
    columns: Iterable[str] = (),
    *,
    named: bool = False,
) -> InputFormat:
    """The format to read an input as: what the user says, what it must be, its suffix, its server, its beginning.

    `columns` are the names, in lower case, that say of a table's column that it has the text; has the user `named` it,
    what begins with a header that has it is CSV.
    """
    if wanted != AUTO:
        return FORMATS[wanted]
    known = by_content(data) or (by_media(media) if media else None) or by_name(name)
    if named and (known is None or known.name == "text") and _has_column(data, columns):
        return FORMATS["csv"]
    if known is None:
        return by_beginning(data, columns)
    return _called_text(data, columns) if known.name == "text" else known


def _has_column(data: bytes, columns: Iterable[str]) -> bool:
    """Is one of the cells of the first line called so?"""
    line = data[:_BEGINNING].removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")[0].lower()
    cells = {cell.strip(b' "\r') for cell in re.split(rb"[,;\t|]", line)}
    return not cells.isdisjoint(column.encode() for column in columns)


def _called_text(data: bytes, columns: Iterable[str]) -> InputFormat:
    """The format of what is called text: pages, feeds and JSON of articles often are."""
    if _PAGE.match(data):
        return FORMATS["html"]
    if root_of(data) in NEWS:
        return FORMATS["xml"]
    if _SUBTITLES.match(data):
        return FORMATS["subtitles"]
    wanted = {column.encode().lower() for column in columns}
    if _OBJECTS.match(data) and any(key.lower() in wanted for key in _KEY.findall(data[:_BEGINNING])):
        return FORMATS["jsonl"]
    return FORMATS["text"]
