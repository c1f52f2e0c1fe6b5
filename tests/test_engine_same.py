"""Parts of records in, the groups of those that are one statement out: by blocks as without them."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from factory import quotation
from test_cli import run

from quotes_cli.commands.filters import NO_FILTERS, Filters
from quotes_cli.commands.same import same_rows
from quotes_cli.engine.blocks import same_by_blocks
from quotes_cli.engine.places import Place, find_places
from quotes_cli.export.parquet import rows_of, schema_of
from quotes_cli.export.record import FIELDS
from quotes_cli.records import Article

WORDS = """harbour wall rebuild winter council mayor stone money bridge school river storm ferry market tower garden
    children letter window engine""".split()
SMALL = "the of and we will not is it that in for to".split()


def records(count: int, seed: int = 1) -> list[dict[str, Any]]:
    """Quotations of which some repeat others: the same, cut, with another word, by somebody else."""
    chance = random.Random(seed)
    said: list[tuple[str, str | None]] = []
    found = []
    for number in range(count):
        speaker = chance.choice(["Ana Ortiz", "Bo Lee", "Cy Poe", None])
        words = [chance.choice(WORDS if i % 3 else SMALL) for i in range(chance.randint(3, 25))]
        if said and chance.random() < 0.5:
            quote, speaker = chance.choice(said)
            words = quote.split()
            if chance.random() < 0.5:
                words = words[: max(4, len(words) * 2 // 3)]
            if chance.random() < 0.3:
                words[chance.randrange(len(words))] = chance.choice(WORDS)
            if chance.random() < 0.2:
                speaker = "Di Roe"
        said.append((" ".join(words), speaker))
        one = quotation(source=f"{number // 4}.txt", id=number % 4 + 1, quote=said[-1][0], speaker=speaker)
        article = Article("-", "", published=f"2026-01-{number % 28 + 1:02}")
        found += rows_of(article, [one], (*FIELDS, "published"))
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of five parts, one of them empty."""
    place = tmp_path / "quotes"
    place.mkdir()
    rows = records(400)
    for number, part in enumerate([rows[:1], rows[1:150], rows[150:151], [], rows[151:]]):
        table = pa.Table.from_pylist(part, schema_of((*FIELDS, "published")))
        pq.write_table(table, place / f"part-{number:06}.parquet")
    (place / "_SUCCESS").touch()
    return place


def by_blocks(folder: Path, blocks: int, filters: Filters = NO_FILTERS) -> tuple[list[dict[str, Any]], int]:
    """What is found in so many blocks, each step done here."""

    def call(step: Any, returns: int, *given: Any) -> Sequence[Any]:
        found = step(*given)
        return found if returns > 1 else [found]

    found = find_places([str(folder)], ("*.parquet",), with_own=True)
    places = [place for place in found if isinstance(place, Place)]
    quoted, groups, count = same_by_blocks(places, filters, blocks, call, lambda handles: handles)
    return list(same_rows(quoted, groups)), count


@pytest.mark.parametrize("blocks", [2, 3, 7])
def test_the_same_groups_by_blocks_as_without(folder: Path, blocks: int) -> None:
    found, count = by_blocks(folder, blocks)
    result = run("same", str(folder))
    assert result.exit_code == 0, result.stderr
    listed = list(csv.DictReader(io.StringIO(result.stdout)))
    assert count == 400
    assert [{name: str(value or "") for name, value in row.items()} for row in found] == listed
    assert len(listed) > 150
    assert len({row["changes"] for row in listed}) > 20


def test_filters(folder: Path) -> None:
    found, count = by_blocks(folder, 2, Filters(speakers=("ortiz",), min_words=6))
    result = run("same", str(folder), "--speaker", "ortiz", "--min-words", "6")
    assert len(list(csv.DictReader(io.StringIO(result.stdout)))) == len(found) > 4
    assert {row["speaker"] for row in found} == {"Ana Ortiz"}
    assert 0 < count < 200


def test_nothing_to_compare(tmp_path: Path) -> None:
    pq.write_table(pa.Table.from_pylist([], schema_of(FIELDS)), tmp_path / "part-0.parquet")
    assert by_blocks(tmp_path, 2) == ([], 0)
    assert run("same", str(tmp_path), "-f", "json").stdout == "[]\n"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["quotes", "a.txt"], 2, "holds records, and a.txt does not"),
        (["quotes", "--people", "people.csv"], 2, "--people does nothing with records"),
        (["quotes", "--engine", "spark"], 2, "there is no engine 'spark'"),
        (["quotes", "--address", "auto"], 2, "pass --engine ray too"),
        (["short.parquet"], 1, "short.parquet: has no column 'line'"),
    ],
)
def test_what_cannot_be_compared(
    folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, said: str
) -> None:
    monkeypatch.chdir(folder.parent)
    (folder.parent / "a.txt").write_text("Nothing.\n")
    pq.write_table(pq.read_table(folder).select(["source", "id", "quote", "speaker"]), "short.parquet")
    result = run("same", *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
