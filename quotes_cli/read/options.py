"""What the user says of the inputs, checked: format, encoding, columns and cells of a table, how much one may hold."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotes_cli.errors import UsageError

from .encoding import check_encoding
from .formats import AUTO, FORMATS, names

CELLS = (AUTO, "text", "html")  # what the text of a table's cell may be
MAX_SIZE = "50MB"
_SIZE = re.compile(r"([0-9]{1,15})\s*([kmg]?)b?", re.IGNORECASE)
_UNITS = {"": 1, "k": 1000, "m": 1000**2, "g": 1000**3}


def parse_size(text: str) -> int:
    """`50MB`, `200k` or `1000` (bytes), as a number of bytes. Raises `UsageError`."""
    match = _SIZE.fullmatch(text.strip())
    if match is None or int(match[1]) == 0:
        raise UsageError(f"--max-size: {text!r} is no size; say it like 200KB, 50MB or 2GB")
    return int(match[1]) * _UNITS[match[2].lower()]


def shown_size(size: int) -> str:
    """A number of bytes as one reads it: `50 MB`."""
    for unit, name in ((1000**3, "GB"), (1000**2, "MB"), (1000, "KB")):
        if size >= unit:
            return f"{size / unit:.3g} {name}"
    return f"{size} bytes"


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read all inputs of a run. `max_size` is in bytes, of an input as it lies there and unpacked.

    For a table whose rows are no articles: `texts` is what the column with the text may be called, the first that is
    there, and `carried` are columns that are carried along as those of `keep` are, where they are there.
    """

    format: str = AUTO
    encoding: str | None = None
    text_column: str | None = None
    id_column: str | None = None
    max_size: int = parse_size(MAX_SIZE)
    text_format: str = AUTO
    keep: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()

    @property
    def any_table(self) -> bool:
        """Does the user say how to read what comes, so that a table of quotations may be read as one of articles?"""
        return self.format != AUTO or self.text_column is not None or bool(self.texts)

    def check(self) -> None:
        """Raise `UsageError` where a value makes no sense, before anything is read."""
        if self.format not in names():
            raise UsageError(f"--input-format: there is no format {self.format!r}; one of {', '.join(names())}")
        if self.text_format not in CELLS:
            raise UsageError(f"--text-format: there is no format {self.text_format!r}; one of {', '.join(CELLS)}")
        if self.encoding is not None:
            check_encoding(self.encoding)
        of_tables = self.text_column or self.id_column or self.text_format != AUTO or self.keep
        if self.format != AUTO and not FORMATS[self.format].table and of_tables:
            options = "--text-column, --id-column, --text-format and --keep"
            raise UsageError(f"{options} are for tables, --input-format {self.format} is none")
