"""Parts of records in, the groups of those that are one statement out, as steps that each see a block of them.

    parts -> wordings, by name -> their shingles, by hash -> pairs, by the longer one -> and by the shorter one -> links

A wording's block is known by its name, a shingle's by its hash, so that whatever has to meet comes into one block; the
pairs of a block are found, and compared, as the local engine does (`across.statements`), with the same answers. Links
and the numbers of the quotations that they join come back to where the run began. Nothing here knows Ray.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from quotes_cli.across.statements import (
    Group,
    Link,
    Name,
    Wording,
    arranged,
    link,
    neighbours,
    shingles,
    united,
    wording,
)
from quotes_cli.commands.filters import Filters
from quotes_cli.commands.same import statement_of
from quotes_cli.commands.written import Quoted, quoted_in

from .places import Place, file_system

# Does a step elsewhere: the function, how many things it returns, what it takes; a handle of each thing.
Call = Callable[..., Sequence[Any]]
ROWS = 1 << 32  # more than one part has

Pairs = Any  # a table of numbers: name of the longer wording, of the shorter one
Numbers = dict[Name, list[int]]


def same_by_blocks(
    places: Sequence[Place], filters: Filters, blocks: int, call: Call, get: Callable[[Any], Any]
) -> tuple[list[Quoted], list[Group], int]:
    """The quotations that stand more than once, their groups, and how many were compared; in so many blocks (two at
    least), each step done by `call`, of which `get` fetches what a list of handles stands for."""
    spread = [call(_wordings, blocks + 1, number, place, filters, blocks) for number, place in enumerate(places)]
    wordings, shingled = [], []
    for block in range(blocks):
        whole, *parts = call(_shingles, blocks + 1, blocks, *(one[1 + block] for one in spread))
        wordings.append(whole)
        shingled.append(parts)
    paired = [call(_pairs, blocks, blocks, *(one[block] for one in shingled)) for block in range(blocks)]
    longer = [
        call(_longer, blocks, blocks, wordings[block], *(one[block] for one in paired)) for block in range(blocks)
    ]
    linked = [call(_links, 2, wordings[block], *(one[block] for one in longer)) for block in range(blocks)]
    links: list[Link] = []
    numbers: Numbers = {}
    for handles in linked:
        found, own = get(list(handles))
        links += found
        numbers |= own
    count = sum(get([one[0] for one in spread]))
    groups = [group for group in united(numbers, links) if sum(map(len, group)) > 1]
    wanted: dict[int, list[int]] = defaultdict(list)
    for number in sorted(number for group in groups for own in group for number in own):
        wanted[number // ROWS].append(number % ROWS)
    rows = get([call(_fetched, 1, places[part], wanted[part])[0] for part in wanted])
    quoted = [one for part in rows for one in part]
    places_of = {part * ROWS + row: i for i, (part, row) in enumerate((p, r) for p in wanted for r in wanted[p])}
    placed = [[[places_of[number] for number in own] for own in group] for group in groups]
    return quoted, arranged(placed, list(map(statement_of, quoted))), count


def _wordings(number: int, place: Place, filters: Filters, blocks: int) -> list[Any]:
    """How many quotations a part has, and its wordings by block."""
    found: list[dict[Name, Wording]] = [{} for _ in range(blocks)]
    count = 0
    for row, quoted in _read(place, filters):
        count += 1
        one = wording(statement_of(quoted), number * ROWS + row)
        if one is not None:
            _keep(found[one.name[1] % blocks], one)
    return [count, *(list(own.values()) for own in found)]


def _keep(found: dict[Name, Wording], one: Wording) -> None:
    if found.setdefault(one.name, one) is not one:
        found[one.name].add(one)


def _shingles(blocks: int, *parts: list[Wording]) -> list[Any]:
    """The wordings of a block, each once, and what stands for their words, with their names, by block."""
    found: dict[Name, Wording] = {}
    for one in (one for part in parts for one in part):
        _keep(found, one)
    rows: list[list[tuple[int, int, int]]] = [[] for _ in range(blocks)]
    for one in found.values():
        for shingle in shingles(one):
            rows[shingle % blocks].append((shingle, *one.name))
    return [found, *(np.array(own, np.int64).reshape(-1, 3) for own in rows)]


def _pairs(blocks: int, *parts: Any) -> list[Pairs]:
    """The pairs of a block of shingles, by the block of the longer one."""
    rows = np.concatenate(parts)
    names, owners = np.unique(rows[:, 1:], axis=0, return_inverse=True)  # sorted: the longest first
    pairs = np.array(neighbours(rows[:, 0], owners.reshape(-1)), np.int64).reshape(-1, 2)
    table = np.hstack([names[pairs[:, 0]], names[pairs[:, 1]]])
    return [table[table[:, 1] % blocks == block] for block in range(blocks)]


def _longer(blocks: int, wordings: dict[Name, Wording], *parts: Pairs) -> list[list[tuple[Name, Wording]]]:
    """Each pair once: the name of the shorter one with the longer wording, by the block of the shorter one."""
    found: list[list[tuple[Name, Wording]]] = [[] for _ in range(blocks)]
    for size, id, short_size, short_id in np.unique(np.concatenate(parts), axis=0).tolist():
        found[short_id % blocks].append(((short_size, short_id), wordings[size, id]))
    return found


def _links(wordings: dict[Name, Wording], *parts: list[tuple[Name, Wording]]) -> tuple[list[Link], Numbers]:
    """The pairs that belong together, and the quotations of what they join and of what stands more than once."""
    links = []
    numbers = {name: one.numbers for name, one in wordings.items() if len(one.numbers) > 1}
    for short, long in (pair for part in parts for pair in part):
        found = link(long, wordings[short])
        if found is not None:
            links.append(found)
            numbers[short], numbers[long.name] = wordings[short].numbers, long.numbers
    return links, numbers


def _fetched(place: Place, rows: Sequence[int]) -> list[Quoted]:
    """These rows of a part."""
    wanted = set(rows)
    return [quoted for row, quoted in _read(place, Filters()) if row in wanted]


def _read(place: Place, filters: Filters) -> Any:
    return quoted_in(place.name, place.path, filters, file_system(place.store)[0] if place.store else None)
