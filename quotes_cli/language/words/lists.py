"""Word lists in, their rows out: the package's own, which lie beside this module, and a user's.

An entry stands on a line of its own, its columns divided by a tab, the parts of a cell by commas. A `#` begins a
comment wherever it stands; empty lines are passed over. What is not so is refused with file, line and remedy.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from pathlib import Path

from quotes_cli.errors import LexiconError

FOLDER = Path(__file__).parent
LARGEST = 10_000_000  # bytes of a list of the user's own
_WORKBOOK = b"PK\x03\x04"  # ZIP, which Excel and LibreOffice save as

Row = tuple[str, ...]


# What is one letter, apostrophe or hyphen to a reader and is not taken apart by Unicode.
_ALIKE = str.maketrans(
    dict.fromkeys("’‘‛ʼʻʹ′`´ˈꞌ", "'")
    | dict.fromkeys("‐‑‒–−", "-")
    | dict.fromkeys("\xad\u200b\u200c\u200d\u2060\ufeff")
    | {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)


def fold_text(text: str) -> str:
    """Lower case, straight apostrophes and hyphens, no accents, one form of Unicode: `Šefčovič` and `Sefcovic` are
    one name, and so are `O’Brien` and `O'Brien`. What compares names or words typed by a user compares them folded.
    """
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text.lower().translate(_ALIKE))
    return "".join(c for c in text if not unicodedata.combining(c)).lower()


def parse(
    text: str,
    name: str,
    columns: str,
    allowed: Mapping[str, Sequence[str]],
    *,
    spell: Callable[[str], str] = str,
    key: Callable[[Row], Hashable] = itemgetter(0),
    check: Callable[[Row], str | None] = lambda row: None,
) -> list[Row]:
    """The rows of a list that messages call `name`; raises LexiconError at the first line that is wrong.

    `columns` names the columns: `noun [gender]` where the second may be missing, and is then an empty cell; `allowed`
    are the words that a column may hold. `spell` is done to the whole text first; no two rows have the same `key`;
    `check` says what else is wrong with a row.
    """
    titles = columns.replace("[", "").replace("]", "").split()
    least, most = len(titles) - columns.count("["), len(titles)
    checked = [(titles.index(title), title, words) for title, words in allowed.items()]
    found: list[Row] = []
    lines: dict[Hashable, int] = {}

    def problem(row: Row, number: int) -> str | None:
        if not least <= len(row) <= most or not all(row[:least]):
            return f"expected `{' TAB '.join(columns.split())}`, with real tab characters"
        for column, title, words in checked:
            if column < len(row) and row[column] not in words:
                return f"unknown {title} {row[column]!r}; use one of {', '.join(words)}"
        if (before := lines.setdefault(key(row), number)) != number:
            return f"{row[0]!r} stands already on line {before}; delete one of the lines"
        return check(row)

    for number, line in enumerate(spell(text).splitlines(), start=1):
        if entry := line.partition("#")[0].rstrip():
            row = tuple([cell.strip() for cell in entry.split("\t")])
            if wrong := problem(row, number):
                raise LexiconError(f"{name}, line {number}: {wrong}; found {entry!r}")
            found.append(row + ("",) * (most - len(row)))
    return found


def parts(cell: str) -> list[str]:
    """What a cell holds, without the commas between."""
    return [part for piece in cell.split(",") if (part := piece.strip())]


def rows(name: str, columns: str, **allowed: Sequence[str]) -> list[Row]:
    """The rows of one of the package's lists, folded; see `parse`."""
    return parse(package_text(name), name, columns, allowed, spell=fold_text)


def table(name: str, columns: str, **allowed: Sequence[str]) -> dict[str, str]:
    """The first column of one of the package's lists to the second."""
    return {row[0]: row[1] for row in rows(name, columns, **allowed)}


@lru_cache(maxsize=32)
def column(name: str) -> frozenset[str]:
    """The words of one of the package's lists that has one column."""
    return frozenset(word for (word,) in rows(name, "word"))


def package_text(name: str) -> str:
    """The text of one of the package's lists."""
    return (FOLDER / name).read_text(encoding="utf-8")


def user_text(path: Path, what: str, remedy: str) -> str:
    """Return the text of a list of the user's own. Raises LexiconError where it cannot be read or is no such thing."""
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)  # no more: it may be a device without end
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise LexiconError(f"{path}: cannot read the list of {what} ({reason}); {remedy}") from error
    if len(data) > LARGEST:
        raise LexiconError(f"{path}: the list of {what} is larger than {LARGEST // 1_000_000} MB; {remedy}")
    if data.startswith(_WORKBOOK):
        raise LexiconError(f"{path}: the list of {what} is a workbook; save its sheet as CSV (UTF-8)")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LexiconError(f"{path}: the list of {what} is not UTF-8; save it as UTF-8 text") from error
