"""CSV or TSV in, an article a row out; also what all tables share: which column is what, and what a row is called."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count, dropwhile
from typing import Any

from quotes_cli.errors import InputError
from quotes_cli.records import Article

from .cells import text_of, unescaped
from .encoding import NO_CHARACTERS
from .lines import BROKEN, lines
from .raw import Raw

TEXT = ("text", "body", "content")  # in this order, in any case, where --text-column does not say
TITLE = ("title", "headline")
PUBLISHED = ("published", "date", "published_at", "publishedat", "publication_date", "pub_date", "pubdate", "datetime")
AUTHOR = ("author", "byline", "authors")
_BEYOND = "\0"  # a column that no header has: the cells for which it has none
_SEPARATORS = (",", ";", "\t", "|")
_SEPARATOR = re.compile('"?sep=([^"\\w])"?', re.IGNORECASE)  # the line that tells Excel which it is
_UNDOUBLED = "expected after"  # ',' expected after '"'
_LONGEST = 2**31 - 1  # characters of a cell: what csv takes wherever a C long has 32 bits
_MOST_KINDS = 1000  # of rows whose keys are remembered: an attack may have other keys in each


def read(raw: Raw) -> Iterator[Article | InputError]:
    """The rows of a CSV file (its separator found by its header) or a TSV file, as they come."""
    # The default is shorter than many an article.
    csv.field_size_limit(min(max(raw.options.max_size, 131072), _LONGEST))
    found = dropwhile(lambda line: not line.strip("\r\n"), lines(raw, ends=""))
    header = next(found, "")
    said = _SEPARATOR.fullmatch(header.strip())
    if said is not None:
        header = next(found, "")
    tabs = raw.options.format == "tsv" or raw.name.lower().removesuffix(".gz").endswith((".tsv", ".tab"))
    separator = said[1] if said else "\t" if tabs else max(_SEPARATORS, key=header.count)
    given = _Lines(chain([header], found))
    rows = csv.DictReader(given, delimiter=separator, restkey=_BEYOND, strict=True)
    try:
        rows.fieldnames = columns = [column.strip() for column in rows.fieldnames or ()]
    except csv.Error as error:
        raise _broken(raw, 0, error) from error
    yield from articles(raw, Columns.of(raw, columns), _numbered(raw, rows, given, separator))


class _Lines:
    """Lines, with those that were asked for since the last row."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.row: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.row.append(line)
        return line

    def cells(self, separator: str, columns: int) -> list[str] | None:
        """The cells of a row in which marks are not doubled as CSV has it ("We will," she said), where separators alone
        tell them; None where they do not."""
        if len(self.row) != 1:
            return None
        line = self.row[0].rstrip("\r\n")
        cells = [line] if columns == 1 else line.split(separator)
        if columns > 1 and separator != "\t":
            cells = [cell[1:-1] if cell[:1] == cell[-1:] == '"' and len(cell) > 1 else cell for cell in cells]
        return cells if len(cells) == columns else None


def _numbered(
    raw: Raw, rows: csv.DictReader[str], given: _Lines, separator: str
) -> Iterator[tuple[int, dict[str, object] | InputError]]:
    """Rows with their numbers from 1. Cells beyond the columns are a comma that was not quoted, and half an article."""
    names = list(rows.fieldnames or ())
    columns = len(names)
    for number in count(1):
        given.row.clear()
        row: dict[Any, Any] | None
        try:
            row = next(rows, None)
        except csv.Error as error:
            known = given.cells(separator, columns) if _UNDOUBLED in str(error) else None
            if known is None:
                yield number, _broken(raw, number, error)
                continue
            row = dict(zip(names, known, strict=True))
        if row is None:
            break
        beyond = row.pop(_BEYOND, ())
        if any(beyond) and columns == 1 and (whole := given.cells(separator, columns)):
            row, beyond = {names[0]: whole[0]}, ()  # of one column, whose commas nobody quotes
        if any(map(BROKEN.search, filter(None, row.values()))):
            yield number, undecoded(raw, f"row {number}")
        elif any(beyond):
            cells = f"row {number} has {columns + len(beyond)} cells and the header {columns}"
            yield number, InputError(f"{raw.name}: {cells}; quote cells with commas")
        else:
            yield number, row


def undecoded(raw: Raw, place: str) -> InputError:
    """What to say of a row with bytes that no encoding explains."""
    what = f"is not valid {raw.options.encoding or 'UTF-8'}"
    return InputError(f"{raw.name}: {place} {what}, and is left out; mend it, or pass another --encoding")


def _broken(raw: Raw, number: int, error: csv.Error) -> InputError:
    why = "a quotation mark in a cell is not doubled" if _UNDOUBLED in str(error) else error
    return InputError(f"{raw.name}: row {number} is broken ({why}); save the table again")


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table are called that become an article."""

    text: str
    title: str | None
    published: str | None
    author: str | None

    @classmethod
    def of(cls, raw: Raw, columns: Sequence[str]) -> Columns:
        """Raises `InputError` where no column has the text, or one that the user names is missing."""
        listed = ", ".join(" ".join(column.split())[:40] for column in columns[:20]) or "none"
        named = [("--id-column", raw.options.id_column), ("--text-column", raw.options.text_column)]
        for option, wanted in (*named, *(("--keep", column) for column in raw.options.keep)):
            if wanted is not None and wanted not in columns:
                raise InputError(
                    f"{raw.name}: it has no column {wanted!r}; name another {option} (there are: {listed})"
                )
        text = raw.options.text_column or _first(columns, raw.options.texts or TEXT)
        if text is None:
            names = ", ".join(raw.options.texts or TEXT)
            remedy = "call the one so that has it" if raw.options.texts else "name it by --text-column"
            raise InputError(f"{raw.name}: no column is called {names}; {remedy} ({listed})")
        if columns.count(text) > 1:
            raise InputError(f"{raw.name}: it has several columns {text!r}; rename all but one")
        return cls(text, *(_first(columns, names) for names in (TITLE, PUBLISHED, AUTHOR)))


class EachItsOwn:
    """The columns of a table whose rows each name their own, as objects of JSON do."""

    def __init__(self, raw: Raw) -> None:
        self._raw = raw
        self._known: dict[tuple[str, ...], Columns | None] = {}
        self._named: dict[str, None] = {}

    def of(self, row: Mapping[str, object]) -> Columns | None:
        """The columns of a row; None where none has a text."""
        keys = tuple(row)
        if keys not in self._known:
            if len(self._known) == _MOST_KINDS:
                self._known.clear()
            self._named.update(dict.fromkeys(keys[:_MOST_KINDS]) if len(self._named) < _MOST_KINDS else {})
            text = self._raw.options.text_column or _first(keys, self._raw.options.texts or TEXT)
            rest = (_first(keys, names) for names in (TITLE, PUBLISHED, AUTHOR))
            self._known[keys] = Columns(text, *rest) if text in keys else None
        return self._known[keys]

    def check(self) -> None:
        """Raise `InputError` where no row had a text, or the column that the user names; call it behind the last."""
        if self._named:
            Columns.of(self._raw, list(self._named))


def articles(
    raw: Raw, columns: Columns | EachItsOwn, rows: Iterable[tuple[int, Mapping[str, object] | InputError]]
) -> Iterator[Article | InputError]:
    """An article a row, by what its columns are called.

    Its source is `FILE#ID`: the cell of the ID column where one is named, else the number of the row, from 1. Where an
    ID comes again the row's number is added, `FILE#ID#ROW`, and again where an earlier ID reads like that, so that no
    two articles have one name. A row without text has nothing to say and is passed over; HTML is read as what it shows.
    """
    seen: set[str] = set()  # of IDs: numbers do not come again
    for number, row in rows:
        if isinstance(row, InputError):
            yield row
            continue
        own = columns.of(row) if isinstance(columns, EachItsOwn) else columns
        value = row.get(own.text) if own is not None else None
        if own is None or value is None or value == "":
            continue
        if not isinstance(value, str):
            remedy = "make it text" if raw.options.texts else "name another --text-column"
            yield InputError(f"{raw.name}: row {number}: {own.text} is no text; {remedy}")
            continue
        known = _cell(row, raw.options.id_column) or str(number)
        if raw.options.id_column is not None:
            while known in seen:
                known = f"{known}#{number}"
            seen.add(known)
        name = f"{raw.name}#{known}"
        try:
            shown = text_of(value, name, raw.options.text_format)
        except InputError as error:
            yield error
            continue
        if shown:
            kept = {column: _cell(row, column) for column in raw.options.keep}
            kept |= {name: _cell(row, _first(list(row), [name])) for name in raw.options.carried}
            carried = json.dumps({column: value for column, value in kept.items() if value}) if kept else None
            title, published, author = (_cell(row, column) for column in (own.title, own.published, own.author))
            yield Article(name, shown, title, published, author, carried)
    if isinstance(columns, EachItsOwn):
        columns.check()


def _first(columns: Sequence[str], names: Sequence[str]) -> str | None:
    lower = {column.lower(): column for column in reversed(columns)}
    return next((lower[name] for name in names if name in lower), None)


def _cell(row: Mapping[str, object], column: str | None) -> str | None:
    """A cell as text on one line, or nothing."""
    value = row.get(column) if column is not None else None
    if value is None or isinstance(value, (dict, bytes)):
        return None
    if isinstance(value, list):
        return ", ".join(item for item in value if isinstance(item, str)) or None
    isoformat = getattr(value, "isoformat", None)  # dates of Parquet
    text = unescaped(isoformat() if isoformat else str(value))
    return NO_CHARACTERS.sub("\ufffd", " ".join(text.split())) or None
