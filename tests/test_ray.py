"""The same records from Ray as from one process, also when workers die; the whole way, each run a command."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("ray") is None,
    reason='Ray is no part of [dev], it has 500 MB: pip install "quotes-cli[ray]"',
)
TIMEOUT = 1800  # seconds; a run takes half a minute, and many where others use the cores
PEOPLE = ("Ana Ortiz", "Ben Cole", "Mara Lind", "Tom Reyes", "Ida Frost")

#: Read by every Python that has it on its path: a worker is killed where it has just found certain words.
DEADLY = """
import os, signal
from quotes_cli.commands.filters import Filters

keep = Filters.keep

def deadly(self, quotations):
    found = list(quotations)
    for quotation in found:
        once = os.path.join(os.path.dirname(__file__), "killed")
        if "kills always" in quotation.quote or ("kills once" in quotation.quote and not os.path.exists(once)):
            open(once, "a").close()
            os.kill(os.getpid(), signal.SIGKILL)
    return keep(self, found)

Filters.keep = deadly
"""


def article(number: int, words: str = "will open before winter") -> str:
    name = PEOPLE[number % len(PEOPLE)]
    surname = name.split()[1]
    said = f"“Bridge {number} {words},” {name}, the mayor, said on Tuesday. The council met late.\n\n"
    return f"{said}“No one asked us,” {surname} added. The sign reads “Exit”.\n"


def quotes(
    *arguments: object, path: Path | None = None, quiet: bool = True, name: str = "extract"
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "quotes_cli", name, *["--quiet"] * quiet, *map(str, arguments)]
    env = {**os.environ, "RAY_ADDRESS": "127.0.0.1:1", **({"PYTHONPATH": str(path)} if path else {})}
    return subprocess.run(command, capture_output=True, encoding="utf-8", timeout=TIMEOUT, env=env)


def with_ray(*arguments: object, path: Path | None = None, quiet: bool = True) -> subprocess.CompletedProcess[str]:
    return quotes("--engine", "ray", "--jobs", 2, *arguments, path=path, quiet=quiet)


def rows(place: Path) -> list[dict[str, object]]:
    import pyarrow.parquet as pq

    return pq.read_table(place).to_pylist()  # type: ignore[no-any-return]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Articles in files and tables, of which some cannot be read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder = tmp_path / "archive"
    folder.mkdir()
    for number in range(20):
        (folder / f"{number:02}.txt").write_text(article(number), "utf-8")
    (folder / "page.html").write_text(f"<html><body><article><p>{article(50)}</p></article></body></html>", "utf-8")
    (folder / "alone.txt").write_text(
        "It was late.\n\n“Nobody will ever know what happened on this bridge.”\n", "utf-8"
    )
    (folder / "nothing.txt").write_text("The council met. It was late.\n", "utf-8")
    (folder / "latin.txt").write_bytes('Ana Ortiz said: "La señora will stay."'.encode("latin-1"))
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    lines = [json.dumps({"id": number // 2, "text": article(100 + number)}) for number in range(20)]
    (folder / "table.jsonl").write_text("\n".join([*lines[:5], "{broken", *lines[5:]]), "utf-8")
    texts = [article(200 + number) for number in range(60)]
    table = pa.table({"id": list(range(60)), "text": texts, "title": [f"Title {number}" for number in range(60)]})
    pq.write_table(table, folder / "table.parquet")
    return folder


def test_the_same_records_as_the_local_engine(archive: Path, tmp_path: Path) -> None:
    inputs = [archive, archive / "table.jsonl", tmp_path / "gone.txt", archive / "table.parquet", "--id-column", "id"]
    local = quotes(*inputs, "-o", tmp_path / "local.parquet", quiet=False)
    ray = with_ray(*inputs, "-o", tmp_path / "ray", quiet=False)
    assert (local.returncode, ray.returncode) == (1, 1), ray.stderr
    assert ray.stdout == ""
    assert rows(tmp_path / "ray") == rows(tmp_path / "local.parquet")
    assert len(rows(tmp_path / "ray")) > 200
    said = [sorted(run.stderr.splitlines()) for run in (ray, local)]
    assert said[0] == [line.replace(f"{tmp_path / 'local.parquet'}", f"{tmp_path / 'ray'}") for line in said[1]]
    assert len(said[0]) == 4
    assert re.match(r"quotes: \d+ quotations, \d+ without a speaker, in .*ray; 1 of .* articles gave none", said[0][-1])
    assert said[0][-1].endswith("; 3 inputs could not be read")
    listed = [json.loads(line) for line in (tmp_path / "ray.errors.jsonl").read_text("utf-8").splitlines()]
    assert [failure["input"] for failure in listed] == [
        str(tmp_path / "gone.txt"),
        str(archive / "broken.pdf"),
        str(archive / "table.jsonl"),
    ]
    assert sorted(f"quotes: {failure['error']}" for failure in listed) == said[0][:-1]
    assert not [path for path in tmp_path.iterdir() if path.suffix == ".tmp"]


def test_the_same_statements_as_the_local_engine(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    for number in range(60):
        words = ("will open before winter", "would open before the winter", "will never be built")[number % 3]
        (folder / f"{number:02}.txt").write_text(article(number // 2 % 10, words), "utf-8")
    assert with_ray(folder, "-o", tmp_path / "quotes", "--across").returncode == 0
    local = quotes(tmp_path / "quotes", name="same")
    ray = quotes(tmp_path / "quotes", "--engine", "ray", "--jobs", 2, name="same")
    assert (ray.returncode, ray.stderr, local.returncode) == (0, "", 0)
    assert ray.stdout == local.stdout
    assert len(ray.stdout.splitlines()) > 100


def test_a_name_finds_all_that_its_bearer_said(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02}.txt").write_text(article(number), "utf-8")
    (folder / "short.txt").write_text("Mayor Ortiz left. “It is done,” Ortiz said.\n", "utf-8")
    asked = [folder, "--across", "--speaker", "=Ana Ortiz", "--min-words", 3, "--columns", "source,id,person,quote"]
    assert quotes(*asked, "-o", tmp_path / "local.parquet", quiet=False).returncode == 0
    ray = with_ray(*asked, "-o", tmp_path / "ray", quiet=False)
    assert ray.returncode == 0
    assert ray.stderr.startswith("quotes: 7 quotations in "), ray.stderr
    assert rows(tmp_path / "ray") == rows(tmp_path / "local.parquet")
    assert len(rows(tmp_path / "ray")) == 7


def test_what_is_no_article_in_a_store_is_passed_over(tmp_path: Path) -> None:
    """`file://` goes the way of `s3://`: nobody looks into what lies there but the workers."""
    place = tmp_path / "store"
    place.mkdir()
    (place / "a.txt").write_text(article(1), "utf-8")
    assert quotes(place, "-o", place / "q.html").returncode == 0
    assert quotes(place, "-o", place / "q.db").returncode == 0
    (place / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    store = place.as_uri()
    one = with_ray(store, "--strict", "-o", tmp_path / "one", quiet=False)
    assert (one.returncode, one.stderr.splitlines()[0]) == (0, f"quotes: {store}/q.html: passed over; quotes wrote it")
    assert {row["source"] for row in rows(tmp_path / "one")} == {f"{store}/a.txt"}
    assert not Path(f"{tmp_path}/one.errors.jsonl").exists()
    every = with_ray(store, "--glob", "*", "-o", tmp_path / "every", quiet=False)
    assert every.returncode == 1
    assert sorted(every.stderr.splitlines()[:3]) == [
        f"quotes: {store}/b.png: this is a picture, not text; leave it out",
        f"quotes: {store}/q.db: passed over; a database is read when it is named alone",
        f"quotes: {store}/q.html: passed over; quotes wrote it",
    ]
    named = with_ray(f"{store}/q.html", "-o", tmp_path / "none")
    assert named.returncode == 1
    assert "q.html: quotes wrote this, and it is no article; " in named.stderr


def test_workers_that_die(tmp_path: Path) -> None:
    folder, path = tmp_path / "archive", tmp_path / "path"
    folder.mkdir()
    path.mkdir()
    (path / "sitecustomize.py").write_text(DEADLY, "utf-8")
    for number in range(60):
        words = {25: "kills always whom it meets", 50: "kills once and no more"}.get(number, "will open")
        (folder / f"{number:02}.txt").write_text(article(number, words), "utf-8")
    ray = with_ray(folder, "-o", tmp_path / "ray", "--columns", "source,id,quote,speaker", path=path)
    assert (path / "killed").exists()
    assert ray.returncode == 1, ray.stderr
    assert ray.stderr == f"quotes: {folder / '25.txt'}: 2 workers died of it, out of memory perhaps; split it\n"
    (folder / "25.txt").unlink()
    assert quotes(folder, "-o", tmp_path / "local.parquet", "--columns", "source,id,quote,speaker").returncode == 0
    assert rows(tmp_path / "ray") == rows(tmp_path / "local.parquet")


def test_mistakes_are_told_before_ray_starts(archive: Path, tmp_path: Path) -> None:
    result = with_ray(archive, "-o", tmp_path / "out", "--cues", tmp_path / "gone.txt")
    assert result.returncode == 2
    assert str(tmp_path / "gone.txt") in result.stderr
    assert result.stderr.count("\n") == 1
    assert {path.name for path in tmp_path.iterdir()} == {"archive"}


def test_filters_and_strict(archive: Path, tmp_path: Path) -> None:
    filters = ["--speaker", "ortiz", "--min-words", "4"]
    assert quotes(archive / "table.parquet", "-o", tmp_path / "local.parquet", *filters).returncode == 0
    ray = with_ray(archive / "table.parq*", "-o", tmp_path / "ray", *filters)
    assert (ray.returncode, ray.stderr) == (0, "")
    assert rows(tmp_path / "ray") == rows(tmp_path / "local.parquet")
    assert {row["speaker"] for row in rows(tmp_path / "ray")} == {"Ana Ortiz"}
    strict = with_ray(archive, "--strict", "-o", tmp_path / "strict")
    assert strict.returncode == 1
    assert strict.stderr.startswith(f"quotes: {archive / 'broken.pdf'}: broken PDF")
    assert strict.stderr.count("\n") == 1
    assert {path.name for path in tmp_path.iterdir()} == {"archive", "local.parquet", "ray"}
