"""A newsroom's CSV of people it knows comes in; their names, pronouns and roles go into an inventory."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from quotes_cli.errors import LexiconError
from quotes_cli.language.personal_names import Key, bare, key_of, surname
from quotes_cli.language.words.lists import user_text
from quotes_cli.language.words.vocabulary import words

from .entities import GENDERED, Entity
from .inventory import Inventory

COLUMNS = ("name", "aliases", "pronoun", "role")
COUNTED = ("type", "quotations", "articles", "women", "men")  # what `quotes people` writes beside them; nothing here


@dataclass(frozen=True, slots=True)
class Person:
    """A line of the file. `gender` is "m", "f" or "-"; `keys` are the folded names that stand for the person.

    `body`: it is no person but a body, whose pronoun is *it*.
    """

    name: str
    keys: frozenset[Key]
    gender: str = "-"
    role: str | None = None
    body: bool = False


class People(tuple[Person, ...]):
    """Those of a file, who are looked up in every article of a run."""

    @cached_property
    def by_key(self) -> dict[Key, list[Person]]:
        """Who bears which name."""
        found: dict[Key, list[Person]] = {}
        for person in self:
            for key in person.keys:
                found.setdefault(bare(key), []).append(person)
        return found


def load_people(path: Path) -> People:
    """Read the CSV: a header with `name` and maybe `aliases` (divided by `;`), `pronoun` (he, she, they), `role`.

    Raises LexiconError where a column or pronoun is unknown, a name is missing, a row has more cells than the header
    or the file is unreadable.
    """
    text = user_text(path, "people", "name a CSV with a line for each")
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), restkey="", strict=True)
        _check_header(path, reader.fieldnames or [])
        return People(_person(path, reader.line_num, row) for row in reader)
    except csv.Error as error:  # a cell without end
        where = f"{path}, line {reader.line_num + 1}"
        raise LexiconError(f"{where}: {error}; look for a quotation mark that nothing closes") from error


def _check_header(path: Path, columns: Sequence[str]) -> None:
    for separator in (";", "\t", "|"):
        if len(columns) == 1 and separator in columns[0]:
            raise LexiconError(f"{path}, line 1: columns divided by {separator!r}; save it as CSV, divided by commas")
    if unknown := [column for column in columns if column not in (*COLUMNS, *COUNTED)]:
        raise LexiconError(f"{path}, line 1: unknown column {unknown[0][:80]!r}; use {', '.join(COLUMNS)}")
    if doubled := [column for column, times in Counter(columns).items() if times > 1]:
        raise LexiconError(f"{path}, line 1: column {doubled[0]!r} twice; keep one of them")
    if columns and "name" not in columns:
        raise LexiconError(f"{path}, line 1: no column 'name'; use {', '.join(COLUMNS)}")


def _person(path: Path, number: int, row: dict[str, str | None]) -> Person:
    if any(row.get("") or ()):  # the list of cells that are too many
        raise LexiconError(f"{path}, line {number}: more cells than the header has columns; quote cells with commas")
    cells = {column: (row.get(column) or "").strip() for column in COLUMNS}
    if not key_of(cells["name"].split()):
        raise LexiconError(f"{path}, line {number}: no name; write one in the first column or delete the line")
    pronoun = cells["pronoun"].lower().split("/")[0]
    kind = words().pronouns.get(pronoun) if pronoun else "other"
    if kind not in (*GENDERED, "plural", "neuter", "other") or (pronoun and kind == "other"):
        raise LexiconError(f"{path}, line {number}: unknown pronoun {cells['pronoun']!r}; use he, she, they or it")
    names = [cells["name"], *(alias.strip() for alias in cells["aliases"].split(";") if alias.strip())]
    keys = frozenset(filter(None, (key_of(name.split()) for name in names)))  # an alias of dots alone says nothing
    return Person(cells["name"], keys, GENDERED.get(str(kind), "-"), cells["role"] or None, kind == "neuter")


def recognise(inventory: Inventory, people: Sequence[Person]) -> None:
    """Give the entities that bear a known name the file's spelling, gender and role."""
    if not people:
        return
    by_key = (people if isinstance(people, People) else People(people)).by_key
    for entity in inventory.entities:
        known = _known(entity, by_key)
        if known is None:
            continue
        entity.known_as, entity.known_role = known.name, known.role
        if known.gender != "-":
            entity.tell_gender("file", known.gender)
        if entity.kind in ("unknown", "place"):
            entity.kind = "body" if known.body else "person"


def _known(entity: Entity, by_key: dict[Key, list[Person]]) -> Person | None:
    """The one person of the file whose name or alias the entity bears; its longest name decides.

    A surname alone is no sign where the article has a full name besides: Lee is no alias of Bo Lee, if Ana Lee's.
    """
    surnames = {surname(key) for key in entity.keys if len(bare(key)) > 1}
    for key in sorted(entity.keys, key=lambda key: (-len(key), key)):
        found = by_key.get(bare(key), [])
        if len(found) == 1 and bare(key) not in surnames:
            return found[0]
    return None
