"""What `quotes` wrote itself is no article: passed over in folders, refused by its name, and no other file is."""

from __future__ import annotations

import gzip
import io
import pickle
import sqlite3
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from fake_quotes import STORY, each, fake_extract
from test_cli import run

from quotes_cli.commands import request
from quotes_cli.commands.articles import COLUMNS as ARTICLES
from quotes_cli.commands.people import COLUMNS as PEOPLE
from quotes_cli.commands.same import COLUMNS as SAME
from quotes_cli.export.listing import write_csv, write_json
from quotes_cli.export.registry import FORMATS
from quotes_cli.export.sink import Sink
from quotes_cli.export.tally import Spoken
from quotes_cli.read.own import DATABASE, OWN, PassedOverError, is_own, passed_over, why_foreign

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
    assert nothing.stderr.count(f"{OWN}\n") == 5


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
        b'{"source": "Echo", "title": "Dam", "published": "2026-01-02", "author": null, "text": "We went."}',
        b'{"speaker": "Ana", "text": "We went."}',
        b'{"name": "a", "text": "We went."}',
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
    store = folder.as_uri()
    found = run("extract", store, "--dry-run", "--engine", "ray", "-o", "out")
    assert (found.exit_code, found.stderr) == (0, f"quotes: {store}/q.html: passed over; quotes wrote it\n")
    for named in (f"{store}/q.html", f"{store}/*.html"):
        refused = run("extract", named, "--dry-run", "--engine", "ray", "-o", "out")
        assert (refused.exit_code, refused.stderr) == (1, f"quotes: {store}/q.html: {OWN}\n")


OTHERS = {
    "q.xlsx": ("extract", "a.md"),
    "q.parquet": ("extract", "a.md"),
    "speakers.csv": ("speakers", "a.md"),
    "speakers.json": ("speakers", "a.md"),
    "people.xlsx": ("people", "a.md"),
    "articles.csv": ("articles", "a.md"),
    "articles.json": ("articles", "a.md"),
    "verified.csv": ("verify", "a.md", "--against", "a.md"),
    "verified.json": ("verify", "a.md", "--against", "a.md"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_any_command_writes_is_known(folder: Path, name: str) -> None:
    pytest.importorskip({".xlsx": "openpyxl", ".parquet": "pyarrow"}.get(Path(name).suffix, "json"))
    assert run(*OTHERS[name], "-o", name).exit_code == 0
    if name.endswith(".csv"):
        Path(f"{name}.gz").write_bytes(gzip.compress(Path(name).read_bytes()))
    found = run("extract", ".", "--glob", "*", "-f", "csv")
    assert found.exit_code == 0, found.stderr
    assert found.stderr.count("\n") == 1
    assert "passed over; quotes wrote " in found.stderr
    assert run("extract", name, "-f", "csv").stderr == f"quotes: {name}: {OWN}\n"


@pytest.mark.parametrize("columns", [PEOPLE, SAME, ARTICLES, tuple(field.name for field in fields(Spoken))])
def test_lists_of_all_commands_are_known(columns: tuple[str, ...]) -> None:
    row: dict[str, Any] = {**dict.fromkeys(columns), "name": "Ana Ortiz", "aliases": ["Ortiz"], "statement": 1}
    row |= {"articles": 2, "source": 'a "b".txt', "words": 12}
    table, objects = io.StringIO(), io.StringIO()
    write_csv(columns, [], Sink(table), raw_cells=False, bom=False)
    write_json([{name: row[name] for name in columns}], Sink(objects))
    for text in (table.getvalue(), f"\ufeff{table.getvalue()}", objects.getvalue()):
        assert is_own(text.encode())
        assert why_foreign(gzip.compress(text.encode()), io.BytesIO()) == OWN


def test_the_ledger_and_the_failures_of_a_run_are_known(folder: Path) -> None:
    assert run("extract", "a.md", "gone.md", "--resume", "-o", "q.jsonl").exit_code == 1
    assert {path.name for path in folder.iterdir()} >= {"q.jsonl.resume", "q.jsonl.errors.jsonl"}
    found = run("extract", ".", "--glob", "*", "-f", "csv")
    assert found.stderr == (
        "quotes: ./q.jsonl, ./q.jsonl.errors.jsonl, ./q.jsonl.resume: passed over; quotes wrote these 3 files\n"
    )


FOREIGN = {
    "a.zip": (
        b"PK\x03\x04...",
        "a ZIP archive or office document, not text; unpack it, or save it as plain text first",
    ),
    "b.tar": (b"x" * 257 + b"ustar\0", "an archive, not text; unpack it first"),
    "c.bz2": (b"BZh91AY&SY\0\x80", "an archive, not text; unpack it first"),
    "d.zst": (b"\x28\xb5\x2f\xfd\0", "an archive, not text; unpack it first"),
    "e.png": (b"\x89PNG\r\n\x1a\n\0", "a picture, not text; leave it out"),
    "f.webp": (b"RIFF\x10\0\0\0WEBPVP8 ", "a picture, not text; leave it out"),
    "g.mp3": (b"ID3\3\0\0", "sound, not text; leave it out"),
    "h.mp4": (b"\0\0\0\x18ftypmp42", "a film, not text; leave it out"),
    "i.exe": (b"MZ\x90\0", "a program, not text; leave it out"),
    "j.ps": (b"%!PS-Adobe-3.0 EPSF", "PostScript, not text; save it as plain text first"),
    "k.bin": (b"ab\0cd\0ef" * 9, "not text (NUL character at offset 2); leave it out"),
    "l.bin": (b"\xb0a\0b\0\0c" * 9, "not text (NUL byte at 2); leave it out"),
}


def test_a_folder_of_everything(folder: Path) -> None:
    """What is read is read, what cannot be has a line each, and databases one together."""
    for name, (data, _) in FOREIGN.items():
        (folder / name).write_bytes(data)
    for name in ("m.db", "n.sqlite"):
        with sqlite3.connect(folder / name) as database:
            database.execute("CREATE TABLE recipes (name)")
    (folder / "RIFF.txt").write_text("RIFFRAFF AT THE GATE", "utf-8")
    found = run("extract", ".", "--glob", "*", "-f", "csv")
    assert found.exit_code == 1
    assert "./a.md,1," in found.stdout
    assert found.stderr.splitlines() == [
        "quotes: ./m.db, ./n.sqlite: passed over; these 2 databases are read when named, each alone",
        *(f"quotes: ./{name}: this is {what}" for name, (_, what) in FOREIGN.items()),
    ]
    one = run("extract", ".", "--glob", "*.db", "--glob", "*.md", "-f", "csv")
    assert (one.exit_code, one.stderr) == (
        0,
        "quotes: ./m.db: passed over; a database is read when it is named alone\n",
    )
    alone = run("extract", ".", "--glob", "*.db", "-f", "csv")
    assert (alone.exit_code, alone.stderr) == (1, f"quotes: ./m.db: {DATABASE}\n")


def test_errors_survive_the_way_to_another_process() -> None:
    error = pickle.loads(pickle.dumps(PassedOverError("a.db", DATABASE)))
    assert (str(error), error.name, error.why) == (f"a.db: {DATABASE}", "a.db", DATABASE)
    assert str(passed_over("a.db", str(error))) == str(error)
    assert passed_over("b.db", str(error)) is None
