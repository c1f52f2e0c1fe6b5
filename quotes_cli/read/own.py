"""The first bytes of a file in, why it is no article out: `quotes` wrote it itself, or it is a database.

The page names its generator, records of JSON begin with their first fields, and tables have their header.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from codecs import BOM_UTF8
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import BinaryIO

from quotes_cli.errors import InputError
from quotes_cli.records import Quotation

from .formats import NEWS, ZIP, by_name, root_of
from .raw import GZIP
from .tables import TEXT

HEAD = 4096  # bytes that are looked at
OWN = "quotes wrote this, and it is no article; name the articles, or a database (-o news.db), which can be read again"
DATABASE = "this is a database, and no article; quotes reads it as a file, unpacked and named alone"
NO_NEWS = "this XML has no article (it is no RSS, Atom, NITF or NewsML); name it to read its paragraphs"
_SQLITE = b"SQLite format 3\0"
_LEDGER = ".resume"  # a database, too, but not to be read again
PARQUET = b"PAR1"
_PAGE = re.compile(
    rb'<!doctype html>\n<html lang="en">\n<head>\n.{0,3000}?<meta name="generator" content="quotes">', re.S
)
_STRING = rb'"(?:[^"\\\n]|\\.){0,3000}"'
_MAYBE = b"(?:null|" + _STRING + b")"
# How JSON begins, in this order: records, what could not be read, speakers, people, articles, statements, verdicts.
_JSON = re.compile(
    rb'(?:\[\n)?\{(?:"source": %(s)b, (?:"id": \d{1,9}, "quote": '
    rb'|"title": %(n)b, "published": %(n)b, "author": %(n)b, "words": \d{1,9}, "quotations": )'
    rb'|"input": %(n)b, "error": |"speaker": %(n)b, "speaker_type": '
    rb'|"name": %(s)b, "aliases": |"statement": \d{1,9}, "articles": )' % {b"s": _STRING, b"n": _MAYBE}
)
# And the tables of the same.
_HEADERS = (
    b"speaker,speaker_type,role,quotations,",
    b"name,aliases,pronoun,role,type,quotations,",
    b"source,title,published,author,words,quotations,",
    b"statement,articles,speakers_differ,first,quote,",
)
_CELLS = re.compile(rb"[,\t|]| {2,}")
_FIELDS = frozenset(field.name.encode() for field in fields(Quotation))
_TEXT = frozenset(map(str.encode, TEXT))
_ENOUGH = 3  # columns called as ours, one of them `quote`, where no other has a text
_QUOTES, _BESIDE_QUOTES = frozenset((b"quote", b"quotation")), frozenset((b"speaker", b"source", b"id"))
_NAME = re.compile(rb"(?:[\w #()/.-]{0,40}[\w)#])?")  # of a column, which does not end as a sentence does
_QUOTE_OF_JSON = re.compile(rb'[{,]\s*"(?:quote|quotation)"\s*:')
_SHEET = "xl/workbook.xml"
_SHEETS = re.compile(rb'<sheet [^>]{0,200}name="quotations"')
_ABOUT = "docProps/core.xml"
_CREATOR = b">quotes</dc:creator>"
_FOOTER = 1 << 20  # bytes; that of a million records has a tenth of it


class PassedOverError(InputError):
    """A file that is no article, and why. In a folder nobody has asked for it by its name."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(name, why)  # what it is pickled by
        self.name, self.why = name, why

    def __str__(self) -> str:
        return f"{self.name}: {self.why}"


def passed_over(name: str, said: str) -> PassedOverError | None:
    """The error of a file again that said this, where it was one."""
    return next((error for why in (OWN, DATABASE, NO_NEWS) if str(error := PassedOverError(name, why)) == said), None)


def is_own(head: bytes) -> bool:
    """Is it how an export of ours begins, as text?"""
    head = head.removeprefix(BOM_UTF8)
    if _PAGE.match(head) or _JSON.match(head) or head.startswith(_HEADERS):
        return True
    return has_own_columns(cell.strip() for cell in _CELLS.split(head.partition(b"\n")[0]))


def has_own_columns(columns: Iterable[bytes]) -> bool:
    """Are these the columns of a table of quotations, and not of articles?"""
    names = set(columns)
    return b"quote" in names and len(names & _FIELDS) >= _ENOUGH and not names & _TEXT


def holds_quotations(head: bytes) -> bool:
    """Do these lines, the last of which is the header if there is one, begin a table of anybody's quotations?"""
    if head.startswith(PARQUET) or is_own(head):
        return True
    lines = head.removeprefix(BOM_UTF8).strip().lower()
    if lines.startswith((b"{", b"[")):
        return _QUOTE_OF_JSON.search(lines) is not None
    cells = {cell.strip(b' "') for cell in re.split(rb"[,;\t|]", lines.rpartition(b"\n")[2])}
    called = bool(cells & _QUOTES) or (b"text" in cells and bool(cells & _BESIDE_QUOTES))
    return called and all(map(_NAME.fullmatch, cells))


def why_foreign(head: bytes, stream: BinaryIO) -> str | None:
    """Why a stream, which begins so and can be searched, is no article; None where it may be one."""
    if head.startswith(_SQLITE):
        return DATABASE
    if head.startswith(ZIP):
        return OWN if _is_own_workbook(stream) else None
    if head.startswith(PARQUET):
        return OWN if _is_own_parquet(stream) else None
    if head.startswith(GZIP):
        with suppress(zlib.error):
            head = zlib.decompressobj(wbits=31).decompress(head, HEAD)
        return DATABASE if head.startswith(_SQLITE) else OWN if is_own(head) else None
    return OWN if is_own(head) else None


def why_passed_over(path: Path, *, wanted: bool = False) -> str | None:
    """The same of a file, which is not `wanted` by a pattern for its name; None where it cannot be read, which is
    reported when it is read as a whole."""
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD)
            why = why_foreign(head, stream)
    except (OSError, ValueError):
        return None
    known = by_name(path.name)
    if why is None and not wanted and known is not None and known.name == "xml" and not _is_news(head):
        return NO_NEWS
    return OWN if why == DATABASE and path.suffix == _LEDGER else why


def _is_news(head: bytes) -> bool:
    """Does XML begin so that has articles, or a web page? What cannot be unpacked is reported when it is read."""
    if head.startswith(GZIP):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, HEAD)
        except zlib.error:
            return True
    return root_of(head) in NEWS | {"html", ""}


def _is_own_workbook(stream: BinaryIO) -> bool:
    """Does it say that it is ours, or has it, as those of older programs, our sheet?"""
    try:
        with zipfile.ZipFile(stream) as archive:
            about, known = (archive.NameToInfo.get(name) for name in (_ABOUT, _SHEET))
            parts = {
                member.filename: archive.read(member)
                for member in (about, known)
                if known is not None and member is not None and member.file_size < _FOOTER
            }
            return _CREATOR in parts.get(_ABOUT, b"") or _SHEETS.search(parts.get(_SHEET, b"")) is not None
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError):  # broken, or encrypted
        return False


def _is_own_parquet(stream: BinaryIO) -> bool:
    """Has it our columns? Their names stand in its last bytes, each behind its length."""
    stream.seek(0, 2)
    size = stream.tell()
    stream.seek(max(0, size - _FOOTER))
    data = stream.read(_FOOTER)
    footer = data[-8 - int.from_bytes(data[-8:-4], "little") :]
    return has_own_columns(name for name in _FIELDS | _TEXT if bytes([len(name)]) + name in footer)
