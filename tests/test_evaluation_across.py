"""Labelled pairs and made records in, what the measures of statements and of scale say of them out."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from quotes_cli.evaluation import scale, statements

RECORDS = [
    {"source": "a", "id": 1, "quote": "We will rebuild the old harbour wall", "speaker": "Ana Ortiz"},
    {"source": "b", "id": 1, "quote": "We would rebuild the old harbour wall", "speaker": "Ana Ortiz"},
    {"source": "c", "id": 1, "quote": "Nobody has asked the children of the town", "speaker": "Bo Lee"},
    {"source": "c", "id": 2, "quote": "Nobody has asked the children of the town", "speaker": "Ana Ortiz"},
]


def pair(one: int, other: int, same: bool) -> dict[str, object]:
    return {"one": RECORDS[one], "other": RECORDS[other], "same": same}


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    told = {"speaker_type": "person", "role": None, "gender": None, "named": "yes"}
    path.write_text("".join(json.dumps({**row, **told}) + "\n" for row in RECORDS), "utf-8")
    return path


def test_pairs_are_counted() -> None:
    groups = statements.groups_of(RECORDS)
    pairs = [pair(0, 1, True), pair(2, 3, False), pair(0, 2, True), pair(1, 2, False), pair(1, 3, False)]
    assert statements.counts(pairs, groups) == (1, 1, 1, 2)


@pytest.mark.parametrize(("same", "code"), [(True, 0), (False, 1)])
def test_pairs_by_command(
    records: Path, same: bool, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = records.with_name("pairs.jsonl")
    path.write_text(json.dumps(pair(0, 1, same)) + "\n", "utf-8")
    monkeypatch.setattr(sys, "argv", ["x", "--pairs", str(path), "--records", str(records)])
    assert statements.main() == code
    assert ("precision 100.0, recall 100.0" in capsys.readouterr().out) is same


@pytest.mark.parametrize("what", ["people", "same"])
def test_scale_by_command(
    records: Path, what: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["x", what, "500", "--records", str(records)])
    assert scale.main() == 0
    assert f"{what}, 500 records: " in capsys.readouterr().out


def test_made_records_differ_and_are_the_same_each_time(records: Path) -> None:
    rows = [json.loads(line) for line in records.read_text("utf-8").splitlines()]
    made = list(scale.made(rows, 300))
    assert len(made) == 300
    assert made == list(scale.made(rows, 300))
    assert len({row.source for row in made}) > 200
    assert len({row.speaker for row in made}) > 100
    assert {row.quote for row in made} > {row["quote"] for row in rows}
