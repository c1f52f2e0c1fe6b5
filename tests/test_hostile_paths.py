"""Folders and files of any bytes: each format, list and text lands where it was asked for."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest
from fake_quotes import STORY
from test_cli import run

from quotes_cli.export.registry import BY_NAME

pytestmark = pytest.mark.skipif(os.name == "nt", reason="there, names are characters")
ODD = os.fsdecode(b"d\xff \xed\xa0\x80\n?#%41'\"")


@pytest.fixture
def odd(tmp_path: Path, fake_pipeline: list[str | None], monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / ODD
    folder.mkdir()
    (folder / f"a{ODD}.txt").write_text(STORY, "utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.mark.parametrize("format", BY_NAME)
def test_a_folder_of_any_bytes(format: str, odd: Path) -> None:
    out = f"{ODD}/out{ODD}"
    for _ in range(2):
        result = run("extract", ODD, "-f", format, "-o", out)
        assert result.exit_code == 0
        assert result.stderr.startswith("quotes: 3 quotations, 1 without a speaker, in d")
        assert result.stderr.count("\n") == 1
        assert result.stderr.strip().isprintable()
        assert Path(out).stat().st_size > 100
    assert len(os.listdir(odd)) == 2


@pytest.mark.parametrize("format", ["jsonl", "parquet", "sqlite"])
def test_what_stands_beside_and_saved_texts(format: str, odd: Path) -> None:
    out = f"{ODD}/out{ODD}"
    for _ in range(2):
        result = run("extract", ODD, "gone", "-q", "-f", format, "-o", out, "--resume", "--save-text", f"texts{ODD}")
        assert (result.exit_code, result.stderr) == (1, "quotes: gone: no such file or folder; check the name\n")
    assert {Path(f"{out}{end}").is_file() for end in ("", ".resume", ".errors.jsonl")} == {True}
    assert len(os.listdir(odd)) == 4
    (text,) = Path(f"texts{ODD}").iterdir()
    assert text.read_text("utf-8") == STORY


def test_a_database_is_found_again(odd: Path) -> None:
    out = f"{ODD}/out{ODD}"
    run("extract", ODD, "-f", "sqlite", "-o", out)
    result = run("search", out, "will", "-f", "jsonl")
    assert (result.exit_code, result.stdout.count("\n")) == (0, 1)
    with sqlite3.connect(out) as database:
        assert "\\udcff" in database.execute("SELECT source FROM records").fetchone()[0]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="Linux has it")
@pytest.mark.parametrize("device", ["/dev/full", "/dev/null"])
@pytest.mark.parametrize("format", BY_NAME)
def test_devices(format: str, device: str, odd: Path) -> None:
    result = run("extract", ODD, "-f", format, "-o", device)
    if device == "/dev/null" and format != "sqlite":
        assert (result.exit_code, result.stderr) == (0, "")
    else:
        assert result.exit_code == 1
        assert result.stderr.startswith(f"quotes: {device}: cannot be written (")
        assert result.stderr.count("\n") == 1
    assert not Path(device).is_file()
