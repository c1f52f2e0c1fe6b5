"""Packed files, bombs, sizes and names that mislead: what reading refuses, and what it sees through."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

import pytest
from factory import read_article
from test_reading_files import BOOK, HOME, PAGE, SAID, article, packed, refusal, word

from quotes_cli.read import Input, ReadOptions, find_inputs, is_table


def test_gzip_of_anything(tmp_path: Path) -> None:
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(PAGE.format(more="").encode()))
    (tmp_path / "b.TXT.GZ").write_bytes(gzip.compress(SAID.encode()) + gzip.compress(HOME.encode()))
    (tmp_path / "c.csv.gz").write_bytes(b"")
    inputs = find_inputs([str(tmp_path)])
    texts = [read_article(item).text for item in inputs if isinstance(item, Input)]
    assert SAID in texts[0]
    assert texts[1:] == [SAID + HOME]
    assert article(gzip.compress(SAID.encode()), "-").text == SAID


def test_broken_gzip() -> None:
    whole = gzip.compress((SAID * 50).encode())
    assert "ends too early" in refusal(whole[:-12], "a.txt.gz")
    assert "broken gzip" in refusal(whole[:10] + b"\xff" * 40, "a.txt.gz")
    assert "a gzip archive" in refusal(gzip.compress(whole), "a.txt.gz")


def test_bombs() -> None:
    assert "200 times its size" in refusal(gzip.compress(b"a" * 5_000_000), "a.gz")
    body = f"<w:p><w:r><w:t>{'a' * 5_000_000}</w:t></w:r></w:p>"
    assert "200 times its size" in refusal(word(body), "a.docx")
    assert "unpacks to more than 1 MB; raise --max-size" in refusal(word(body), "a.docx", max_size=1_000_000)
    assert "unpacks to more than 1 KB" in refusal(gzip.compress(SAID.encode() * 100), "a.gz", max_size=1000)


def test_size() -> None:
    assert refusal(b"a" * 1001, "a.txt", max_size=1000) == (
        "a.txt: larger than 1 KB; raise --max-size to read it, or split it"
    )
    assert len(article(b"a" * 1000, "a.txt", max_size=1000).text) == 1000


def test_content_beats_the_name() -> None:
    assert article(packed(BOOK), "a.txt").text == f"{SAID}\n\n{HOME}\n"
    assert "a ZIP archive or office document" in refusal(packed({"x": "y"}), "a.txt")
    assert "an old Office document" in refusal(b"\xd0\xcf\x11\xe0 old", "a.doc")


def test_folders_hold_documents_not_tables(tmp_path: Path) -> None:
    for name in ("a.HTML", "b.csv", "c.pdf.gz", "d.jsonl", "e.md.gz", "f.exe", "g.gz"):
        (tmp_path / name).write_text("x")
    found = [item.name for item in find_inputs([str(tmp_path)]) if isinstance(item, Input)]
    assert [Path(name).name for name in found] == ["a.HTML", "c.pdf.gz", "e.md.gz"]
    [table] = find_inputs([str(tmp_path)], ["*.csv"])
    assert isinstance(table, Input)
    assert is_table(table, ReadOptions())
    assert not is_table(table, ReadOptions(format="text"))


@pytest.mark.parametrize(("name", "needs"), [("a.pdf", "pypdfium2"), ("a.parquet", "pyarrow")])
def test_missing_libraries_are_named(name: str, needs: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, needs, None)
    assert f' files need {needs} to be read; run: pip install "{needs}' in refusal(b"", name)
