"""Tables of any length in, their rows out as they come: flat in memory, and one broken row costs no other."""

from __future__ import annotations

import gzip
import io
import itertools
import json
import os
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from test_reading_tables import bad, good, read, table

from quotes_cli.errors import InputError
from quotes_cli.read import Input, ReadOptions, find_inputs, read_input
from quotes_cli.records import Article
from quotes_cli.work.budget import TimeIsUp, waiting, within

LINE = "“Bridge {} will open,” Ana Ortiz said. Don’t ask."
ROWS: dict[str, Callable[[int], bytes]] = {
    "csv": lambda number: f"{number},“Row {number}” says nothing more\n".encode(),
    "tsv": lambda number: f"{number}\t“Row {number}” says nothing more\n".encode(),
    "jsonl": lambda number: json.dumps({"id": number, "text": f"Row {number} says nothing"}).encode() + b"\n",
}
HEADS = {"csv": b"id,text\n", "tsv": b"id\ttext\n", "jsonl": b""}


class Endless(io.RawIOBase):
    """Rows without end, made as they are asked for."""

    def __init__(self, format: str) -> None:
        self.asked = 0
        self._rows = itertools.chain([HEADS[format]], map(ROWS[format], itertools.count()))
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any buffer, says typeshed
        data = self._left or next(self._rows)
        part, self._left = data[: len(buffer)], data[len(buffer) :]
        buffer[: len(part)] = part
        self.asked += len(part)
        return len(part)


@pytest.mark.parametrize("format", ROWS)
def test_rows_come_at_once_and_are_forgotten(format: str) -> None:
    source = Endless(format)
    found = read_input(Input(f"a.{format}"), ReadOptions(max_size=10**9), source)  # type: ignore[arg-type]
    assert isinstance(next(found), Article)
    assert source.asked < 300_000
    for _ in itertools.islice(found, 2000):
        pass
    tracemalloc.start()
    for _ in itertools.islice(found, 20_000):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000


def test_parquet_is_read_in_pieces(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    texts = [f"{number} " + "word " * 1000 for number in range(8000)]
    pq.write_table(
        pa.table({"text": texts}), tmp_path / "a.parquet", compression="none", use_dictionary=False, row_group_size=8000
    )
    [item] = find_inputs([str(tmp_path / "a.parquet")])
    assert isinstance(item, Input)
    before = pa.total_allocated_bytes()
    held = [pa.total_allocated_bytes() - before for _ in read_input(item, ReadOptions())]
    assert len(held) == 8000
    assert max(held) < 8_000_000  # of 40 MB, and of one row group


@pytest.mark.parametrize("name", ["-", "a.jsonl"])
def test_the_first_record_of_a_pipe_waits_for_no_other(name: str) -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb", buffering=0) as pipe, os.fdopen(reading, "rb") as stdin:
        pipe.write(ROWS["jsonl"](1))
        first = next(read_input(Input(name), ReadOptions(), stdin))
        assert isinstance(first, Article)
        assert first.text == "Row 1 says nothing"


@pytest.mark.parametrize("options", [["--input-format", "csv"], ["--input-format", "csv", "--timeout", "1"]])
def test_records_come_while_the_table_is_still_written(options: list[str]) -> None:
    """And the time in which nothing comes is nobody's."""
    command = [sys.executable, str(Path(__file__).with_name("fake_quotes.py")), "extract", "-f", "jsonl", *options]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        running.stdin.write(HEADS["csv"])
        for number in range(2):
            running.stdin.write(f"{number},“Row {number}.”\n".encode())
            assert json.loads(running.stdout.readline())["source"] == f"-#{number + 1}"
            time.sleep(1.5 if "--timeout" in options else 0)
        running.stdin.close()
        assert running.wait(timeout=30) == 0


def test_a_clock_that_stands_still() -> None:
    def work(still: bool) -> str:
        if still:
            with waiting():
                time.sleep(0.3)
        for _ in range(30):
            time.sleep(0.001 if still else 0.01)
        return "done"

    assert within(0.2, lambda: work(True)) == "done"
    with pytest.raises(TimeIsUp):
        within(0.2, lambda: work(False))
    with waiting():
        pass


def rows(*lines: bytes) -> bytes:
    return b"text\n" + b"".join(b'"' + line + b'"\n' for line in lines)


def said(count: int, encoding: str, first: int = 0) -> list[bytes]:
    return [LINE.format(number).encode(encoding) for number in range(first, first + count)]


@pytest.mark.parametrize(
    "lines",
    [
        [*said(100, "utf-8"), *said(100, "cp1252", 100)],
        [*said(3, "cp1252"), *said(197, "utf-8", 3)],
        [*said(150, "utf-8"), *said(1, "mac_roman", 150), *said(49, "utf-8", 151)],
        [line for n in range(0, 198, 3) for line in (*said(1, "utf-8", n), *said(1, "cp1252", n + 1),
                                                     *said(1, "mac_roman", n + 2))],
        [*[b"Nothing."] * 2000, *said(1, "cp1252", 2000)],
        said(5, "cp1252"),
        said(5, "mac_roman"),
    ],
)  # fmt: skip
def test_rows_of_several_encodings(lines: list[bytes]) -> None:
    found = read(rows(*lines), "a.csv")
    expected = [b"Nothing.".decode() if line == b"Nothing." else LINE.format(k) for k, line in enumerate(lines)]
    assert [text for _, text in good(found)] == expected
    assert bad(found) == []


def test_a_row_in_two_bytes_a_character() -> None:
    texts = ["“你好，世界。我们会重建这座城市，”市长说。"] * 30
    assert [text for _, text in good(read(rows(*(text.encode("gb18030") for text in texts)), "a.csv"))] == texts


@pytest.mark.parametrize(("name", "place"), [("a.csv", "row 2"), ("a.jsonl", "line 2"), ("a.csv.gz", "row 2")])
def test_a_broken_row_costs_no_other(name: str, place: str) -> None:
    lines = [json.dumps({"text": LINE.format(n)}, ensure_ascii=False) for n in range(4)] if "jsonl" in name else []
    data = "\n".join(lines).encode() if lines else rows(*said(4, "utf-8"))
    data = data.replace(b"1 will", b"1 \xe2\x80 will")
    found = read(gzip.compress(data) if name.endswith(".gz") else data, name)
    assert [text for _, text in good(found)] == [LINE.format(n) for n in (0, 2, 3)]
    why = f"{name}: {place} is not valid UTF-8, and is left out; mend it, or pass another --encoding"
    assert bad(found) == [why]
    assert isinstance(found[1], InputError)


def test_an_encoding_that_does_not_fit_some_rows() -> None:
    found = read(rows(*said(1, "utf-8"), b"Nothing."), "a.csv", encoding="ascii")
    assert [text for _, text in good(found)] == ["Nothing."]
    assert bad(found) == ["a.csv: row 1 is not valid ascii, and is left out; mend it, or pass another --encoding"]
    broken = "text\na\nb\n".encode("utf-16") + b"\0"
    assert bad(read(broken, "a.csv"))[0].startswith("a.csv: not valid utf-16-le (")
    assert good(read("text\na\nb\n".encode("utf-16"), "a.csv")) == [("a.csv#1", "a"), ("a.csv#2", "b")]


def test_a_row_that_csv_does_not_take_costs_no_other() -> None:
    data = table(",", ["text"], ["one"], ["x" * 200_000], ["three"])
    found = read(data, "a.csv", max_size=130_000)
    assert bad(found)[0].startswith("a.csv: larger than 130 KB")
    found = list(_of_the_limit(data))
    assert [item.text for item in found if isinstance(item, Article)] == ["one", "three"]
    assert bad(found) == ["a.csv: row 2 is broken (field larger than field limit (131072)); save the table again"]


def test_any_max_size() -> None:
    assert good(read("text\none\n", "a.csv", max_size=10**24)) == [("a.csv#1", "one")]


def test_a_broken_element_of_an_array_costs_no_other() -> None:
    data = '[{"text": "ééé"},\n{"text": "é é @"}, {"text": "half \\ud800"}, 5]'.encode().replace(b"@", b"\xff")
    found = read(data, "a.jsonl")
    assert good(found) == [("a.jsonl#1", "ééé"), ("a.jsonl#3", "half \ufffd")]
    assert bad(found) == [
        "a.jsonl: element 2 is not valid UTF-8, and is left out; mend it, or pass another --encoding",
        "a.jsonl: element 4 is no JSON object; make it one",
    ]


def _of_the_limit(data: str) -> Iterator[Article | InputError]:
    import csv

    found = read_input(Input("a.csv"), ReadOptions(), io.BytesIO(data.encode()))
    yield next(found)
    csv.field_size_limit(131_072)
    yield from found


def test_objects_with_other_keys_each() -> None:
    lines = ['{"body": "one", "headline": "A"}', '{"text": "two", "title": "B"}', '{"x": 1}', '{"text": "three"}']
    found = read("\n".join(lines), "a.jsonl")
    assert good(found) == [("a.jsonl#1", "one"), ("a.jsonl#2", "two"), ("a.jsonl#4", "three")]
    assert [item.title for item in found if isinstance(item, Article)] == ["A", "B", None]
    assert bad(read('{"x": 1}\n{"y": 2}', "a.jsonl")) == [
        "a.jsonl: no column is called text, body, content; name it by --text-column (x, y)"
    ]
    many = "\n".join(f'{{"k{n}": 1, "text": "{n}"}}' for n in range(3000))
    assert len(good(read(many, "a.jsonl"))) == 3000


def test_a_table_in_name_only(tmp_path: Path) -> None:
    """What the first bytes leave no doubt about is read as what it is."""
    for name, data in {"a.csv": b"%PDF-1.4 nothing", "b.csv": b"PK\x03\x04 nothing", "c.csv": b"\0text\n"}.items():
        (tmp_path / name).write_bytes(data)
    found = [
        error
        for item in find_inputs([str(tmp_path / name) for name in ("a.csv", "b.csv", "c.csv")])
        for error in read_input(item, ReadOptions())  # type: ignore[arg-type]
    ]
    told = [str(error).partition(": ")[2].partition(" (")[0].partition(";")[0] for error in found]
    assert told == [
        "broken PDF",
        "this is a ZIP archive or office document, not text",
        "this is not text",
    ]
