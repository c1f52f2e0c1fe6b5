"""`--save-text`: a file for each source, whoever chose the names, and no input is written over."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from fake_quotes import STORY
from test_cli import run

from quotes_cli.commands.texts import check_folder, text_name
from quotes_cli.errors import UsageError
from quotes_cli.read import find_inputs


def test_names_whose_short_hashes_are_the_same(tmp_path: Path, fake_pipeline: list[str | None], monkeypatch) -> None:
    """The SHA-256 of both begin with b8c4d588."""
    monkeypatch.chdir(tmp_path)
    names = ("19524/a", "26295/a")
    for name in names:
        Path(name).parent.mkdir()
        Path(name).write_text(f"“{name},” Ana Ortiz said.", "utf-8")
    assert run("extract", *names, "--save-text", "texts").exit_code == 0
    assert {path.read_text("utf-8") for path in Path("texts").iterdir()} == {f"“{n},” Ana Ortiz said." for n in names}


def test_a_folder_in_the_way_is_named(tmp_path: Path, fake_pipeline: list[str | None]) -> None:
    (tmp_path / text_name("-")).mkdir()
    result = run("extract", "--save-text", tmp_path, input=STORY)
    told = f"quotes: {tmp_path}/{text_name('-')}: is a folder, where a text should be saved; move it\n"
    assert (result.exit_code, result.stderr) == (1, told)


def test_names_differ_also_where_case_does_not_count() -> None:
    assert len({text_name(name).lower() for name in ("a.txt", "A.txt", "A.TXT", "é", "É", "e\u0301", "ß", "ss")}) == 8


@pytest.mark.parametrize("source", ["𝕏" * 500, "é" * 500, "a" * 500])
def test_names_fit_a_file_system(source: str, tmp_path: Path) -> None:
    (tmp_path / text_name(source)).write_text("")


def test_texts_that_are_inputs_are_not_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("in/a.txt").write_text(STORY, "utf-8")
    check_folder("in", find_inputs(["in"]))
    name = text_name("in/a.txt")
    Path("in", name).write_text("mine")
    os.symlink("in", "link")
    for folder, inputs in (("in", ["in"]), ("link", ["in"]), ("in/../in", [f"link/{name}"])):
        with pytest.raises(UsageError, match=rf"^--save-text: \w+/{name} is an input and might be .*; name another"):
            check_folder(folder, find_inputs(inputs))
    check_folder("in", find_inputs(["in/a.txt"]))
    check_folder("texts", find_inputs(["in"]))
    check_folder("in", find_inputs(["-", "gone", "http://127.0.0.1/a"]))


def test_the_second_run_over_a_folder_of_saved_texts_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake_pipeline: list[str | None]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("in/a.txt").write_text(STORY, "utf-8")
    assert run("extract", "in", "--save-text", "in").exit_code == 0
    again = run("extract", "in", "--save-text", "in")
    assert again.exit_code == 2
    assert again.stderr.endswith("is an input and might be written over; name another folder\n")


def test_an_input_that_links_to_a_saved_text_is_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake_pipeline: list[str | None]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(STORY, "utf-8")
    assert run("extract", "a.txt", "--save-text", "texts").exit_code == 0
    (saved,) = Path("texts").iterdir()
    os.symlink(saved, "link.txt")
    saved.write_text("edited")
    again = run("extract", "a.txt", "link.txt", "--save-text", "texts")
    assert (again.exit_code, again.stdout) == (2, "")
    assert again.stderr.startswith("quotes: --save-text: link.txt is an input")
    assert saved.read_text() == "edited"


def test_a_file_that_is_called_as_a_row_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake_pipeline: list[str | None]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("t.csv").write_text("text\n“We will.”\n", "utf-8")
    for name in ("t.csv#1", "a.txt#1", "a.txt"):
        Path(name).write_text(STORY, "utf-8")
    result = run("extract", "t.csv", "t.csv#1", "a.txt", "a.txt#1", "-f", "jsonl")
    assert result.exit_code == 1
    why = "might be called as a row of t.csv is; rename it, or read it in a run of its own"
    assert result.stderr == f"quotes: t.csv#1: {why}\n"
    sources = dict.fromkeys(json.loads(line)["source"] for line in result.stdout.splitlines())
    assert list(sources) == ["t.csv#1", "a.txt", "a.txt#1"]
