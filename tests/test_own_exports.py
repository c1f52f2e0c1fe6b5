"""What `quotes` wrote itself is no article: passed over in folders, refused by its name, and no other file is."""

from __future__ import annotations

from pathlib import Path

import pytest
from fake_quotes import each, fake_extract
from test_cli import STORY, run

from quotes_cli.commands import request
from quotes_cli.export.registry import FORMATS
from quotes_cli.read.own import is_own

PICKED = ("--columns", "speaker,quote,line")  # records of JSON are known by all their fields
SUFFIXES = [item.suffixes[0] for item in FORMATS if item.text]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(request, "load_extractor", lambda options: each(fake_extract))
    (tmp_path / "a.md").write_text(STORY, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("suffix", "columns"),
    [*((suffix, ()) for suffix in SUFFIXES), *((suffix, PICKED) for suffix in (".txt", ".csv", ".tsv", ".md"))],
)
def test_an_export_is_passed_over_in_a_folder_and_refused_by_its_name(
    folder: Path, suffix: str, columns: tuple[str, ...]
) -> None:
    assert run("extract", "a.md", "-o", f"q{suffix}", *columns).exit_code == 0
    found = run("extract", ".", "--glob", "*", "-f", "csv")
    assert (found.exit_code, found.stderr) == (0, f"quotes: ./q{suffix}: passed over; quotes wrote it\n")
    assert "./a.md,1," in found.stdout
    assert "q." not in found.stdout
    assert run("extract", ".", "--glob", "*", "-f", "csv", "-q").stderr == ""
    named = run("extract", f"q{suffix}", "-f", "csv")
    assert named.exit_code == 1
    assert named.stderr.startswith(f"quotes: q{suffix}: quotes wrote this, and it is no article; name the articles, or")
    assert named.stderr.count("\n") == 1


def test_the_same_command_again_replaces_its_page(folder: Path) -> None:
    first = run("extract", ".", "-o", "q.html")
    page = (folder / "q.html").read_bytes()
    second = run("extract", ".", "-o", "q.html")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert second.stderr == f"quotes: ./q.html: passed over; quotes wrote it\n{first.stderr}"
    assert (folder / "q.html").read_bytes() == page


def test_several_are_counted_and_a_folder_of_nothing_else_is_an_error(folder: Path) -> None:
    for number in range(5):
        assert run("extract", "a.md", "-o", f"{number}.html").exit_code == 0
    said = run("extract", ".", "-f", "csv").stderr
    assert said == "quotes: ./0.html, ./1.html, ./2.html, …: passed over; quotes wrote these 5 files\n"
    (folder / "a.md").unlink()
    nothing = run("extract", ".", "-f", "csv")
    assert nothing.exit_code == 1
    assert nothing.stderr.count("quotes wrote this, and it is no article; name the articles\n") == 5


def test_the_page_of_verify_is_no_transcript(folder: Path) -> None:
    (folder / "speech.txt").write_text("We will rebuild. No one asked us.", "utf-8")
    assert run("verify", "a.md", "--against", "speech.txt", "-o", "v.html").exit_code == 0
    again = run("verify", "a.md", "--against", ".", "-f", "csv")
    assert "./v.html: passed over; quotes wrote it\n" in again.stderr
    assert again.exit_code == 0


def test_who_says_how_to_read_it_is_obeyed(folder: Path) -> None:
    assert run("extract", "a.md", "-o", "q.csv").exit_code == 0
    read = run("extract", "q.csv", "--text-column", "quote", "-f", "csv")
    assert (read.exit_code, read.stderr) == (0, "")
    inside = run("extract", ".", "--glob", "*.csv", "--text-column", "quote", "-f", "csv")
    assert (inside.exit_code, inside.stderr) == (0, "")


@pytest.mark.parametrize(
    "head",
    [
        b'<!doctype html>\n<html lang="en">\n<head>\n<title>quotes</title>',
        b'<!doctype html>\n<html lang="en">\n<head>\n<meta name="generator" content="WordPress 6.5">',
        b"source,id,quote,text\n",
        b"id,quote,author\n",
        b'{"source": "a", "id": 1, "text": "We went."}',
        b"Quote of the day\n\nid, speaker, quote and kind are words.\n",
        b"",
    ],
)
def test_what_others_wrote_is_read(head: bytes) -> None:
    assert not is_own(head)


@pytest.mark.parametrize("engine", [(), ("--engine", "ray", "-o", "out")])
def test_a_plan_passes_them_over_too(folder: Path, engine: tuple[str, ...]) -> None:
    assert run("extract", "a.md", "-o", "q.html").exit_code == 0
    plan = run("extract", ".", "--dry-run", *engine)
    assert (plan.exit_code, plan.stderr) == (0, "quotes: ./q.html: passed over; quotes wrote it\n")
    assert "inputs   1 (" in plan.stdout
