"""CSV or TSV in, an article a row out; also what all tables share: which column is what, and what a row is called."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from quotes_cli.errors import InputError
from quotes_cli.records import Article

from .cells import text_of, unescaped
from .encoding import NO_CHARACTERS
from .raw import Raw

TEXT = ("text", "body", "content")  # in this order, in any case, where --text-column does not say
TITLE = ("title", "headline")
PUBLISHED = ("published", "date", "published_at", "publication_date", "pub_date", "datetime")
AUTHOR = ("author", "byline", "authors")
_BEYOND = "\0"  # a column that no header has: the cells for which it has none
_SEPARATORS = (",", ";", "\t", "|")


def read(raw: Raw) -> Iterator[Article | InputError]:
    """The rows of a CSV file (its separator found by its header) or a TSV file."""
    text = raw.decode().lstrip("\r\n")
    csv.field_size_limit(max(len(text), 131072))  # the default is shorter than many an article
    header = text.partition("\n")[0]
    tabs = raw.options.format == "tsv" or raw.name.lower().removesuffix(".gz").endswith((".tsv", ".tab"))
    separator = "\t" if tabs else max(_SEPARATORS, key=header.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, restkey=_BEYOND)
    try:
        rows.fieldnames = columns = [column.strip() for column in rows.fieldnames or ()]
    except csv.Error as error:
        raise _broken(raw, 0, error) from error
    yield from articles(raw, columns, _numbered(raw, rows))


def _numbered(raw: Raw, rows: csv.DictReader[str]) -> Iterator[tuple[int, dict[str, object] | InputError]]:
    """Rows with their numbers from 1. Cells beyond the columns are a comma that was not quoted, and half an article."""
    number = 0
    columns = len(rows.fieldnames or ())
    try:
        for number, row in enumerate(rows, 1):
            beyond = row.pop(_BEYOND, ())
            if any(beyond):
                count = f"row {number} has {columns + len(beyond)} cells and the header {columns}"
                yield number, InputError(f"{raw.name}: {count}; quote cells with commas")
            else:
                yield number, row
    except csv.Error as error:
        yield number + 1, _broken(raw, number + 1, error)


def _broken(raw: Raw, number: int, error: csv.Error) -> InputError:
    return InputError(f"{raw.name}: row {number} is broken ({error}); save the table again")


def articles(
    raw: Raw, columns: Sequence[str], rows: Iterable[tuple[int, Mapping[str, object] | InputError]]
) -> Iterator[Article | InputError]:
    """An article a row, by what its columns are called. Raises `InputError` where no column has the text.

    Its source is `FILE#ID`: the cell of the ID column where one is named, else the number of the row, from 1. Where an
    ID comes again the row's number is added, `FILE#ID#ROW`, and again where an earlier ID reads like that, so that no
    two articles have one name. A row without text has nothing to say and is passed over; HTML is read as what it shows.
    """
    text = _column(raw, columns)
    title, published, author = (_first(columns, names) for names in (TITLE, PUBLISHED, AUTHOR))
    seen: set[str] = set()
    for number, row in rows:
        if isinstance(row, InputError):
            yield row
            continue
        value = row.get(text)
        if value is None or value == "":
            continue
        if not isinstance(value, str):
            yield InputError(f"{raw.name}: row {number}: {text} is no text; name another --text-column")
            continue
        known = _cell(row, raw.options.id_column) or str(number)
        name = f"{raw.name}#{known}"
        while name in seen:
            name = f"{name}#{number}"
        seen.add(name)
        try:
            shown = text_of(value, name, raw.options.text_format)
        except InputError as error:
            yield error
            continue
        if shown:
            kept = {column: _cell(row, column) for column in raw.options.keep}
            carried = json.dumps({column: value for column, value in kept.items() if value}) if kept else None
            yield Article(name, shown, _cell(row, title), _cell(row, published), _cell(row, author), carried)


def _column(raw: Raw, columns: Sequence[str]) -> str:
    """The column of text; also checks the one of IDs."""
    listed = ", ".join(" ".join(column.split())[:40] for column in columns[:20]) or "none"
    named = [("--id-column", raw.options.id_column), ("--text-column", raw.options.text_column)]
    for option, wanted in (*named, *(("--keep", column) for column in raw.options.keep)):
        if wanted is not None and wanted not in columns:
            raise InputError(f"{raw.name}: it has no column {wanted!r}; name another {option} (there are: {listed})")
    found = raw.options.text_column or _first(columns, TEXT)
    if found is None:
        raise InputError(f"{raw.name}: no column is called {', '.join(TEXT)}; name it by --text-column ({listed})")
    return found


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
