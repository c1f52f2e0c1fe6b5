"""Records in, an Excel workbook out: typed cells, wrapped lines, a frozen header with filters; nothing in it runs."""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml.etree import SerialisationError
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import DEFAULT_FONT, Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from quotes_cli.errors import OutputError
from quotes_cli.visible import visible

from .csv import safe_cell
from .registry import Settings, Writer
from .sink import Sink

# In characters of the standard font.
_WIDTHS = {
    "quote": 80,
    "context": 80,
    "passage": 80,
    "changes": 80,
    "title": 40,
    "aliases": 40,
    "source": 28,
    "found_in": 28,
    "speaker": 26,
    "person": 26,
    "name": 26,
    "author": 26,
    "mention": 26,
    "role": 26,
    "cue": 14,
    "rule": 18,
    "speaker_type": 14,
}
_NARROW = 11
CREATOR = "quotes"  # by which a workbook is known again
_LONGEST_CELL = 32_767  # units of UTF-16; Excel calls a file with a longer one damaged
_MOST_ROWS = 1_048_576
_NOT_XML = re.compile("[\ufffe\uffff]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # `_x0041_` is how a workbook writes an A
_HALF_ESCAPE = re.compile("_(?:x(?:0(?:0(?:5F?)?)?)?)?$")
_ALWAYS = datetime(2000, 1, 1)


def _text(value: str) -> str:
    """What a cell can hold: controls spelt out, line ends as Excel has them, the longest cut short."""
    text = _ESCAPE.sub("_x005F_", _NOT_XML.sub("\ufffd", visible(value.replace("\r\n", "\n"))))
    units = text.encode("utf-16-le")
    if len(units) > 2 * _LONGEST_CELL:
        text = _HALF_ESCAPE.sub("", units[: 2 * (_LONGEST_CELL - 1)].decode("utf-16-le", "ignore")) + "…"
    return text


class XlsxWriter(Writer):
    """Rows as they come, through a temporary file; the workbook is put together at the end."""

    def __init__(self, sink: Sink, settings: Settings, called: str = "quotations") -> None:
        super().__init__(sink, settings)
        self._rows = 0
        self._book = Workbook(write_only=True)
        self._book.properties.creator = CREATOR
        self._sheet = self._book.create_sheet(called)
        for number, name in enumerate(self.columns, 1):
            self._sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(name, _NARROW)
        self._sheet.freeze_panes = "A2"
        self._plain, self._wrapped = self._style(), self._style(wrap=True)
        self._bold, self._guarded = self._style(bold=True), self._style(wrap=True, guarded=True)
        sink.cleanup.callback(self._abandon)

    def _style(self, wrap: bool = False, bold: bool = False, guarded: bool = False) -> Any:
        """A style to put on cells as it is: made anew for each cell, styles take nine tenths of the time."""
        cell = WriteOnlyCell(self._sheet)
        cell.alignment = Alignment(vertical="top", wrap_text=wrap)
        if bold:
            cell.font = Font(name=DEFAULT_FONT.name, size=DEFAULT_FONT.size, bold=True)  # no name is a serif
        cell.quotePrefix = guarded  # stays text even when somebody edits it
        return cell._style

    def _cell(self, value: Any, style: Any = None) -> Any:
        if not isinstance(value, str):
            if value is None:
                return None
            cell = WriteOnlyCell(self._sheet, value)
            cell._style = self._plain
            return cell
        text = _text(value)
        cell = WriteOnlyCell(self._sheet, text)
        cell.data_type = "s"  # text, also where openpyxl took it for a formula or an error
        guarded = not self.settings.raw_cells and safe_cell(text) != text
        cell._style = style or (self._guarded if guarded else self._wrapped)
        return cell

    def row(self, values: Sequence[Any], style: Any = None) -> None:
        if self._rows == _MOST_ROWS:
            raise OutputError(f"{self.sink.name}: more rows than a sheet of Excel holds; write csv, parquet or sqlite")
        with self._writing():
            self._sheet.append([self._cell(value, style) for value in values])
        self._rows += 1

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """openpyxl writes its temporary files by lxml, whose error for a full disk is none of the system's."""
        try:
            yield
        except SerialisationError as error:
            remedy = "make room, also where temporary files go (TMPDIR)"
            raise OutputError(f"{self.sink.name}: cannot be written ({_why(error)}); {remedy}") from error

    def begin(self) -> None:
        self.row(self.columns, self._bold)

    def _abandon(self) -> None:
        """End the unfinished sheet of a run that failed: openpyxl complains on stderr about one that nobody closes."""
        if not self._sheet.closed and self._rows:
            with suppress(OSError, SerialisationError):  # the disk is still full
                self._sheet.close()

    def end(self) -> None:
        """Save. The same records give the same bytes: no time of day stays in."""
        self._sheet.auto_filter.ref = f"A1:{get_column_letter(len(self.columns))}{self._rows}"
        self._book.properties.created = self._book.properties.modified = _ALWAYS
        with self._writing(), _Timeless(self.sink.file, "w", ZIP_DEFLATED) as archive:
            ExcelWriter(self._book, archive).save()


class _Timeless(ZipFile):
    """All its members are of 1980, whatever the clock says: ZIP knows no time before that or after 2107."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any, **__: Any) -> None:
        super().writestr(_member(zinfo_or_arcname), data)

    def write(self, filename: Any, arcname: Any = None, *_: Any, **__: Any) -> None:
        with open(filename, "rb") as source, self.open(_member(arcname), "w") as target:
            shutil.copyfileobj(source, target)


def _member(name: str) -> ZipInfo:
    member = ZipInfo(name)  # of 1980
    member.compress_type = ZIP_DEFLATED
    return member


def _why(error: SerialisationError) -> str:
    """`IO_ENOSPC` in the system's words."""
    number = getattr(errno, str(error).removeprefix("IO_"), None)
    return os.strerror(number) if number is not None else str(error)
