"""`--engine ray` and `--dry-run` without Ray: options, places, plans, and what workers and folders do."""

from __future__ import annotations

import builtins
import importlib
import pickle
import threading
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from factory import quotation
from fake_quotes import STORY, each, fake_extract
from test_cli import run

from quotes_cli.commands.closing import Closing
from quotes_cli.commands.filters import Filters
from quotes_cli.commands.request import ExtractOptions
from quotes_cli.engine import worker
from quotes_cli.engine.parts import CLOSING, DONE, FAILED, FAILED_INPUT, Folder, Part, block_schema, write_part
from quotes_cli.engine.places import Place, find_places, is_store, read_place, without_secret
from quotes_cli.engine.plan import WORDS_PER_SECOND, estimate_words, plan_lines
from quotes_cli.engine.worker import Attempts, Extract, place_row, read, within_in_thread
from quotes_cli.errors import InputError, OutputError, UsageError
from quotes_cli.export.parquet import schema_of
from quotes_cli.export.record import FIELDS
from quotes_cli.read import ReadOptions
from quotes_cli.records import Article, Quotation
from quotes_cli.work.budget import TimeIsUp


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "in" / name).write_text(STORY, "utf-8")
    (tmp_path / "in" / "rows.jsonl").write_text('{"text": "“We will,” she said."}\n', "utf-8")
    return tmp_path / "in"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "name a new one with --output"),
        (["-o", "-"], "name a new one with --output"),
        (["-o", "out", "--format", "csv"], "writes Parquet, not csv"),
        (["-o", "out", "--resume"], "--resume does nothing with --engine ray"),
        (["-o", "out", "--save-text", "t"], "--save-text does nothing with --engine ray"),
        (["-o", "out", "--bom"], "--bom does nothing to parquet"),
        (["-o", "out", "--columns", "who"], "there is no column 'who'"),
        (["-o", "out", "--kind", "odd"], "there is no kind 'odd'"),
        (["-o", "in"], "is there already"),
        (["-o", "out", "-"], "not standard input"),
    ],
)
def test_what_ray_cannot_do(folder: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], said: str) -> None:
    monkeypatch.chdir(folder.parent)
    result = run("extract", "--engine", "ray", "in", *options, "--dry-run")
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_engines_and_addresses(folder: Path) -> None:
    assert "there is no engine 'dask'; one of local, ray" in run("extract", "--engine", "dask", folder).stderr
    assert "pass --engine ray too" in run("extract", "--address", "auto", folder).stderr
    assert "no article named" in run("extract", "--engine", "ray", "-o", "out").stderr


@pytest.mark.parametrize("missing", ["ray", "pyarrow"])
def test_without_the_extra(folder: Path, monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    real = builtins.__import__

    def fails(name: str, *rest: object, **named: object) -> object:
        if name.split(".")[0] == missing:
            raise ModuleNotFoundError(f"No module named {missing!r}", name=missing)
        return real(name, *rest, **named)  # type: ignore[arg-type]

    for module in ("ray", "parts", "worker"):
        monkeypatch.delitem(importlib.sys.modules, f"quotes_cli.engine.{module}", raising=False)
    monkeypatch.setattr(builtins, "__import__", fails)
    result = run("extract", "--engine", "ray", folder, "-o", folder.parent / "out")
    assert result.exit_code == 2
    assert result.stderr.startswith(f'quotes: --engine ray needs {missing}; run: pip install "ray[data]')
    assert result.stderr.endswith(' (in a checkout: pip install ".[ray]")\n')
    assert not (folder.parent / "out").exists()


def test_a_dry_run_tells_and_does_nothing(folder: Path) -> None:
    out = folder.parent / "out"
    before = sorted(folder.parent.rglob("*"))
    result = run(
        "extract", "--engine", "ray", "--jobs", 2, folder, "gone.txt", folder / "*.jsonl", "-o", out, "--dry-run"
    )
    assert result.exit_code == 1
    assert result.stderr == "quotes: gone.txt: no such file or folder; check the name\n"
    told = dict(line.split(maxsplit=1) for line in result.stdout.splitlines())
    assert list(told) == ["engine", "inputs", "formats", "checked", "words", "workers", "batches", "output", "time"]
    size = sum(path.stat().st_size for path in folder.iterdir())
    assert told["inputs"] == f"3 ({size} bytes), and 1 that cannot be read"
    assert told["words"] == f"about {2 * len(STORY.split()) + 4}"
    assert told["workers"] == "2"
    assert told["output"].startswith(f"{out}: ")
    assert "about 0:00 at" in told["time"]
    assert sorted(folder.parent.rglob("*")) == before
    cluster = run("extract", "--engine", "ray", "--address", "host:1", folder, "-o", out, "--dry-run").stdout
    assert "the cluster at host:1" in cluster
    assert "0.0 core hours" in cluster


def test_a_dry_run_of_the_local_engine(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotes_cli.commands.request.load_extractor", lambda options: pytest.fail("that is work"))
    result = run("extract", folder, "--dry-run", "--jobs", 3)
    told = dict(line.split(maxsplit=1) for line in result.stdout.splitlines())
    assert (result.exit_code, result.stderr) == (0, "")
    assert list(told) == ["engine", "inputs", "formats", "checked", "words", "workers", "output", "time"]
    assert (told["engine"], told["workers"], told["output"]) == ("local", "3", "standard output")
    assert run("extract", folder, "gone.txt", "--dry-run", "--strict").stdout == ""
    assert "1 (0 bytes)" in run("extract", "-", "--dry-run", input="text").stdout


def test_estimates(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("word " * 1000)
    small = find_places([str(tmp_path / "a.txt")])
    assert estimate_words([place for place in small if isinstance(place, Place)], ReadOptions()) == 1000
    large = Place("large.txt", "/gone/large.txt", size=62_000_000)
    assert estimate_words([large, Place("https://example.org")], ReadOptions()) == 10_000_000
    packed = Place("large.parquet", "/gone/large.parquet", size=27_000_000)
    assert estimate_words([packed], ReadOptions()) == 10_000_000
    hour = plan_lines([], 0, WORDS_PER_SECOND * 3600, engine="local", workers=2, output="-")
    assert f"time     about 30:00 at {WORDS_PER_SECOND:,} words/s a core, and the start" in hour


def test_stores_are_read_as_files_are(folder: Path) -> None:
    """`file://` goes the way of `s3://`, through pyarrow's file systems."""
    store = folder.as_uri()
    listed = find_places([store])
    assert [place.name for place in listed if isinstance(place, Place)] == [f"{store}/a.txt", f"{store}/b.txt"]
    [rows] = find_places([f"{store}/*.jsonl"])
    assert isinstance(rows, Place)
    assert (rows.name, rows.size) == (f"{store}/rows.jsonl", (folder / "rows.jsonl").stat().st_size)
    [article] = read_place(rows, ReadOptions())
    assert isinstance(article, Article)
    assert article.source == f"{store}/rows.jsonl#1"
    (folder / "b.txt").unlink()
    gone = listed[1]
    assert isinstance(gone, Place)
    [error] = read_place(gone, ReadOptions())
    assert str(error).startswith(f"{store}/b.txt: ")


def test_stores_that_have_nothing(folder: Path) -> None:
    store = folder.as_uri()
    errors = find_places([f"{store}/gone/", f"{store}/*.pdf", "odd://bucket/x", "https://example.org/a"])
    assert [str(error).partition(";")[0] for error in errors[:2]] == [
        f"{store}/gone/: no such file or folder",
        f"{store}/*.pdf: no article there",
    ]
    assert str(errors[2]).startswith("odd://bucket/x: no file system for this address")
    assert errors[3] == Place("https://example.org/a")


def test_addresses_show_no_secrets() -> None:
    assert without_secret("s3://key:secret@bucket/a?region=x&secret_key=y") == "s3://bucket/a"
    assert is_store("s3://bucket/a")
    assert not any(map(is_store, ("a.txt", "C:/a.txt", "http://example.org/", "HTTPS://example.org/")))


def table(rows: list[dict[str, object]], columns: tuple[str, ...] = ("quote",)) -> pa.Table:
    return pa.Table.from_pylist(rows, block_schema(columns))


def test_a_folder_has_the_parts_that_count(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()  # an empty one is in nobody's way
    folder = Folder(str(out))
    folder.check()
    folder.begin()
    ends = [Closing(), Closing()]
    for end in ends:
        end.take(Article("a.txt", ""), [], [quotation(speaker=None)])
    closes = [{CLOSING: pickle.dumps(end)} for end in ends]
    failed = {FAILED_INPUT: "b.txt", FAILED: "b.txt: gone"}
    blocks = [table([{"quote": "One"}, failed, closes[0]]), table([{"quote": "Two"}, closes[1]])]
    part = write_part(folder.address, 0, iter(blocks), ["quote"])
    again = write_part(folder.address, 0, iter(blocks), ["quote"])
    nothing = write_part(folder.address, 1, iter([table([])]), ["quote"])
    assert (part.failures, nothing.name, nothing.failures) == ([("b.txt", "b.txt: gone")], None, [])
    assert part.end.line("out") == "2 quotations, 2 without a speaker, in out; 2 of 2 articles gave none (a.txt, a.txt)"
    assert part.name != again.name
    assert list(out.iterdir()) == []
    folder.list_failures(part.failures)
    folder.finish([again, nothing], ["quote"])
    assert [path.name for path in out.iterdir()] == [again.name]
    assert pq.read_table(out).to_pylist() == [{"quote": "One"}, {"quote": "Two"}]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "out.errors.jsonl"]
    with pytest.raises(UsageError, match="is there already"):
        folder.check()


def test_a_folder_of_nothing_has_the_columns(tmp_path: Path) -> None:
    folder = Folder(str(tmp_path / "out"))
    folder.begin()
    folder.list_failures([])
    folder.finish([], FIELDS)
    assert pq.read_table(tmp_path / "out").schema == schema_of(FIELDS)


def test_parts_on_other_machines_are_missed(tmp_path: Path) -> None:
    folder = Folder(str(tmp_path / "out"))
    folder.begin()
    with pytest.raises(OutputError, match="1 of 1 parts are not here"):
        folder.finish([Part("part-000000-0.parquet")], ["quote"])
    folder.abandon()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_a_store(tmp_path: Path) -> None:
    out = tmp_path / "out"
    folder = Folder(out.as_uri())
    folder.check()
    folder.begin()
    part = write_part(folder.address, 7, [table([{"quote": "One"}])], ["quote"])
    assert not (out / DONE).exists()
    folder.list_failures([("a", "a: gone")])
    folder.finish([part], ["quote"])
    assert {path.name for path in out.iterdir()} == {part.name, DONE}
    assert pq.read_table(out).num_rows == 1
    folder.list_failures([])
    assert not (tmp_path / "out.errors.jsonl").exists()
    with pytest.raises(UsageError, match="is there already"):
        Folder(out.as_uri()).check()
    folder.abandon()
    assert list(out.iterdir()) == []


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        Folder(str(tmp_path / "gone" / "out")).begin()


def articles(*numbers: int) -> pa.Table:
    rows = [{"source": f"{number}.txt", "text": f"“Bridge {number},” she said."} for number in numbers]
    return pa.Table.from_pylist([{**row, FAILED_INPUT: None, FAILED: None} for row in rows], worker._TEXTS)


@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch) -> None:
    def extract(article: Article) -> list[Quotation]:
        if "Bridge 3" in article.text:
            raise ValueError("odd")
        if "Bridge 4" in article.text:
            for _ in range(500):  # not in one piece, which nothing in Python could interrupt
                time.sleep(0.01)
        return fake_extract(article)

    monkeypatch.setattr(worker, "load_extractor", lambda options: each(extract))


def test_articles_are_read_for_workers(folder: Path) -> None:
    places = find_places([str(folder), str(folder / "rows.jsonl")])
    given = pa.Table.from_pylist([place_row(place) for place in (*places, Place("odd", "/gone"))])
    [found] = read(given, ExtractOptions())
    assert found["source"].to_pylist() == [*(str(folder / name) for name in ("a.txt", "b.txt", "rows.jsonl#1")), None]
    assert found[FAILED_INPUT].to_pylist()[3] == "odd"
    assert found[FAILED].to_pylist()[3].startswith("odd: no such file")
    with pytest.raises(InputError, match="no such file"):
        list(read(given, ExtractOptions(strict=True)))


@pytest.mark.usefixtures("fakes")
def test_what_fails_is_passed_on_and_the_others_done() -> None:
    given = pa.concat_tables([articles(1, 2, 3, 4), pa.Table.from_pylist([{FAILED: "b: gone"}], worker._TEXTS)])
    options = ExtractOptions(columns=("source", "speaker"), timeout=0.2, filters=Filters(speakers=("ortiz",)))
    *rows, last = Extract(options, Attempts())(given).to_pylist()
    assert [row["source"] for row in rows] == ["1.txt", "2.txt", None, None, None]
    assert (last["source"], last[FAILED], pickle.loads(last[CLOSING]).line("out")) == (
        None,
        None,
        "2 quotations in out",
    )
    assert [row[FAILED] for row in rows[2:]] == [
        "3.txt: cannot be analysed (ValueError: odd); please report it",
        "4.txt: takes longer than 0.2 seconds; split it, or raise --timeout (0 is no limit)",
        "b: gone",
    ]


def test_an_article_at_which_workers_die_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    def dies(article: Article) -> list[Quotation]:
        if article.source == "2.txt":
            raise SystemExit
        return fake_extract(article)

    monkeypatch.setattr(worker, "load_extractor", lambda options: each(dies))
    attempts = Attempts()
    dying = Extract(ExtractOptions(columns=("source",)), attempts)
    for _ in range(3):
        with pytest.raises(SystemExit):
            dying(articles(1, 2))
    rows = dying(articles(1, 2)).to_pylist()[:-1]
    assert [row["source"] for row in rows] == ["1.txt", None]
    assert rows[1][FAILED] == "2.txt: 2 workers died of it, out of memory perhaps; split it"
    assert attempts.begin("another") == (False, {"2.txt"})


def test_time_limits_hold_in_any_thread() -> None:
    outcome: list[object] = []

    def work() -> None:
        try:
            within_in_thread(0.05, lambda: [time.sleep(0.01) for _ in range(500)])
        except TimeIsUp as error:
            outcome.append(error)
        outcome.append(within_in_thread(5, lambda: "done"))
        outcome.append(within_in_thread(0, lambda: "no limit"))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(20)
    assert [str(item) for item in outcome] == ["", "done", "no limit"]
