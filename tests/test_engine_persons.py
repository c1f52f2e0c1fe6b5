"""Parts of a folder in, the same with persons out, and without what the filters leave out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from factory import quotation

from quotes_cli.commands.filters import NO_FILTERS, Filters
from quotes_cli.engine.parts import Folder, Part, block_schema, write_part
from quotes_cli.engine.persons import fill_persons
from quotes_cli.export.parquet import rows_of
from quotes_cli.export.record import FIELDS
from quotes_cli.records import OUTLET, Article, Quotation


def said(source: str, speaker: str, id: int = 1, **facts: Any) -> Quotation:
    told = {"speaker_type": "person", "named": "yes", **facts}
    return quotation(source=source, id=id, speaker=speaker, **told)


def filled(
    folder: Folder, said: Sequence[Sequence[Quotation]], filters: Filters = NO_FILTERS, outlet: str | None = None
) -> list[Part]:
    """The parts, one of these quotations each, and one of none."""
    folder.begin()
    columns = (*FIELDS, OUTLET)
    article = Article("-", "", kept=f'{{"outlet": "{outlet}"}}' if outlet else None)
    parts = []
    for number, found in enumerate(said):
        rows = pa.Table.from_pylist(rows_of(article, found, columns), block_schema(columns))
        parts.append(write_part(folder.address, number, [rows], columns))
    parts = fill_persons(folder.address, [*parts, Part(None)], ("source", "person"), filters)
    folder.finish(parts, ("source", "person"))
    return parts


MAYOR = [
    [said("a.txt", "Ana Ortiz", 1, role="Mayor"), said("a.txt", "Ana Ortiz", 2)],
    [said("b.txt", "Ortiz", role="Mayor")],
    [said("c.txt", "nurse", named="no")],
]


def test_persons_are_filled_over_all_parts(tmp_path: Path) -> None:
    parts = filled(Folder(str(tmp_path / "out")), MAYOR)
    assert [part.name is None for part in parts] == [False, False, False, True]
    assert pq.read_table(tmp_path / "out").to_pylist() == [
        {"source": "a.txt", "person": "Ana Ortiz"},
        {"source": "a.txt", "person": "Ana Ortiz"},
        {"source": "b.txt", "person": "Ana Ortiz"},
        {"source": "c.txt", "person": None},
    ]


def test_a_name_finds_all_that_its_bearer_said(tmp_path: Path) -> None:
    parts = filled(Folder(str(tmp_path / "out")), MAYOR, Filters(speakers=("ana ortiz",)))
    assert [(part.name is None, part.end.quotations) for part in parts] == [
        (False, 2),
        (False, 1),
        (True, 0),
        (True, 0),
    ]
    assert [row["source"] for row in pq.read_table(tmp_path / "out").to_pylist()] == ["a.txt", "a.txt", "b.txt"]


@pytest.mark.parametrize("cut", [[0, 2, 4], [0, 1, 3, 4], [0, 4]], ids=["whole", "within", "one"])
def test_articles_are_told_apart_by_source_and_number(cut: list[int], tmp_path: Path) -> None:
    """Two of one source one after the other are two, and one in two parts is one: its Ortiz is its Ana Ortiz."""
    rows = [
        said("a.txt", "Ana Ortiz", 1),
        said("a.txt", "Bo Lee", 2),
        said("a.txt", "Bo Lee", 1),
        said("a.txt", "Cy", 2),
    ]
    filled(Folder(str(tmp_path / "out")), [rows[a:b] for a, b in pairwise(cut)])
    assert [row["person"] for row in pq.read_table(tmp_path / "out").to_pylist()] == [
        "Ana Ortiz",
        "Bo Lee",
        "Bo Lee",
        "Cy",
    ]


def test_the_outlet_is_evidence(tmp_path: Path) -> None:
    known = [[said(f"{number}.txt", "Ana Ortiz")] for number in range(5)]
    filled(Folder(str(tmp_path / "out")), [*known, [said("x.txt", "Ortiz")]], outlet="Linden Echo")
    assert pq.read_table(tmp_path / "out").to_pylist()[-1]["person"] == "Ana Ortiz"
