"""CSV, TSV, JSON Lines and Parquet in, an article a row out, each under a name of its own."""

from __future__ import annotations

import csv
import datetime
import gzip
import io
import json

import pytest

from quotes_cli.errors import InputError, UsageError
from quotes_cli.read import Input, ReadOptions, read_input
from quotes_cli.read.options import parse_size
from quotes_cli.records import Article

SAID = "“We will,” Ana Ortiz said.\nShe left; nobody, “nobody,” knew."
HOME = "“It is our home,” said Tom Reed."


def read(data: bytes | str, name: str, **options: object) -> list[Article | InputError]:
    raw = data.encode() if isinstance(data, str) else data
    return list(read_input(Input(name), ReadOptions(**options), io.BytesIO(raw)))  # type: ignore[arg-type]


def good(found: list[Article | InputError]) -> list[tuple[str, str]]:
    return [(item.source, item.text) for item in found if isinstance(item, Article)]


def bad(found: list[Article | InputError]) -> list[str]:
    return [str(item) for item in found if isinstance(item, InputError)]


def table(separator: str, *rows: list[str]) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator).writerows(rows)
    return stream.getvalue()


@pytest.mark.parametrize(("separator", "name"), [(",", "a.csv"), (";", "a.csv"), ("\t", "a.csv"), ("\t", "a.tsv")])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_separated(separator: str, name: str, mark: str) -> None:
    rows = [["Id", " Text ", "Headline", "Date"], ["7", SAID, "A, b", "2025-03-04"], ["8", "", "", ""], ["9", HOME]]
    found = read(mark + table(separator, *rows), name)
    assert good(found) == [(f"{name}#1", SAID), (f"{name}#3", HOME)]
    first = found[0]
    assert isinstance(first, Article)
    assert (first.title, first.published) == ("A, b", "2025-03-04")
    assert good(read(table(separator, *rows), name, id_column="Id"))[0] == (f"{name}#7", SAID)


def test_columns() -> None:
    rows = table(",", ["content", "body", "x"], ["c", "b", "x"])
    assert good(read(rows, "a.csv")) == [("a.csv#1", "b")]
    assert good(read(rows, "a.csv", text_column="x")) == [("a.csv#1", "x")]
    assert bad(read(rows, "a.csv", text_column="y")) == [
        "a.csv: it has no column 'y'; name another --text-column (there are: content, body, x)"
    ]
    assert bad(read(rows, "a.csv", id_column="y"))[0].startswith(
        "a.csv: it has no column 'y'; name another --id-column"
    )
    assert bad(read("a,b\n1,2\n", "a.csv")) == [
        "a.csv: no column is called text, body, content; name it by --text-column (a, b)"
    ]
    assert bad(read("", "a.csv")) == ["a.csv: no column is called text, body, content; name it by --text-column (none)"]


def test_no_two_articles_have_one_name() -> None:
    rows = table(",", ["id", "text"], ["7", "a"], ["7", "b"], ["", "c"], ["x\ny", "d"])
    assert good(read(rows, "a.csv", id_column="id")) == [
        ("a.csv#7", "a"),
        ("a.csv#7#2", "b"),
        ("a.csv#3", "c"),
        ("a.csv#x y", "d"),
    ]


@pytest.mark.parametrize("name", ["-", "corpus", "corpus.txt", "corpus.gz"])
def test_a_table_without_a_name_for_it_is_known_by_the_column_that_is_named(name: str) -> None:
    """Else it would be read as text, and most of it lost without a word."""
    data = table(";", ["url", "Body"], ["u", "“We will,” she said."])
    packed = gzip.compress(data.encode()) if name.endswith(".gz") else data
    assert good(read(packed, name, text_column="Body")) == [(f"{name}#1", "“We will,” she said.")]
    assert good(read(data, "a.txt", text_column="text")) == [("a.txt", data)]


@pytest.mark.parametrize("indent", [None, 1])
def test_a_list_of_articles_inside_an_object(indent: int | None) -> None:
    """As services answer; where it is not clear which list has them, or there are other lines, as before."""
    items = [{"title": "Harbour", "content": "“We will,” she said."}, {"content": "Rain."}]
    answer = {"status": "ok", "total": 2, "tags": ["a"], "articles": items}
    found = read(json.dumps(answer, indent=indent), "a.json")
    assert good(found) == [("a.json#1", "“We will,” she said."), ("a.json#2", "Rain.")]
    article = {"text": "Snow.", "authors": [{"name": "Ana"}]}
    assert good(read(json.dumps(article, indent=indent), "a.json")) == [("a.json#1", "Snow.")]
    for other in ({**answer, "more": items}, {"articles": []}, {"articles": [1]}):
        assert "no column is called text" in bad(read(json.dumps(other, indent=indent), "a.json"))[0]
    lines = json.dumps({"a": items}) + "\n" + json.dumps(article)
    assert good(read(lines, "a.json")) == [("a.json#2", "Snow.")]


@pytest.mark.parametrize(
    ("data", "name", "text"),
    [
        ('text\n"We will," Ana Ortiz said.\n', "a.csv", '"We will," Ana Ortiz said.'),
        ('n,text\n1,"Ana Ortiz said "we will" today"\n', "a.csv", 'Ana Ortiz said "we will" today'),
        ('text;n\r\n"Ana Ortiz said "we will" today";1\r\n', "a.csv", 'Ana Ortiz said "we will" today'),
        ('n\ttext\n1\t"We will," she said. "No."\n', "a.tsv", '"We will," she said. "No."'),
        ('n,text\n1,"We will", he said\n', "a.csv", None),
        ('n,text\n1,"Ana\nOrtiz said "we will" today"\n', "a.csv", None),
        ('n,text\n1,"Ana\nOrtiz\n2,b\n', "a.csv", None),
    ],
)
def test_marks_in_cells_that_are_not_doubled(data: str, name: str, text: str | None) -> None:
    """Read as they stand where separators tell the cells, told where not: never lost without a word."""
    found = read(data + data.partition("\n")[2].replace('"', "") * (text is not None), name)
    if text is None:
        (told, *_) = bad(found)
        assert told.startswith(f"{name}: row 1 is broken (") or "quote cells with commas" in told
    else:
        assert [one for _, one in good(found)] == [text, text.replace('"', "")]


def test_rows_of_too_many_cells_are_told() -> None:
    found = read("id,text\n1,“Yes,” she said\n2,fine,,\n3\n", "a.csv")
    assert bad(found) == ["a.csv: row 1 has 3 cells and the header 2; quote cells with commas"]
    assert good(found) == [("a.csv#2", "fine")]


def test_refusals_are_one_line() -> None:
    for data, name in ((b'a,"b\n\nc"\n', "a.csv"), (b"PAR1 nothing", "a.parquet")):
        [error] = bad(read(data, name))
        assert "\n" not in error


def test_long_cells() -> None:
    assert good(read(table(",", ["text"], [SAID * 10_000]), "a.csv")) == [("a.csv#1", SAID * 10_000)]


def test_json_lines() -> None:
    lines = [
        json.dumps({"id": 7, "text": SAID, "title": "A", "date": "2025-03-04", "authors": ["Lena Park", "Ed Fox"]}),
        "",
        "{broken",
        "[1]",
        json.dumps({"id": 8, "text": 3}),
        json.dumps({"id": 8, "text": None}),
        json.dumps({"other": 1}),
        '{"id": 9, "text": "a\u2028b"}',
    ]
    found = read("\r\n".join(lines), "a.jsonl", id_column="id")
    assert good(found) == [("a.jsonl#7", SAID), ("a.jsonl#9", "a\u2028b")]
    first = found[0]
    assert isinstance(first, Article)
    assert (first.title, first.published, first.author) == ("A", "2025-03-04", "Lena Park, Ed Fox")
    errors = bad(found)
    assert errors[0].startswith("a.jsonl: line 3 is not valid JSON")
    assert errors[1] == "a.jsonl: line 4 is no JSON object; write one object a line"
    assert errors[2] == "a.jsonl: row 5: text is no text; name another --text-column"
    assert len(errors) == 3


def test_one_array_of_json() -> None:
    data = json.dumps([{"text": SAID}, {"text": HOME}])
    assert good(read(data, "-", format="jsonl")) == [("-#1", SAID), ("-#2", HOME)]


def test_what_is_no_json() -> None:
    assert "no line of it is a JSON object" in bad(read("hello\nthere", "a.jsonl"))[0]
    assert "not valid JSON" in bad(read("[1, 2", "a.jsonl"))[0]
    assert (
        "nested too deep" in bad(read("[" * 100_000, "a.jsonl"))[0]
        or "not valid JSON" in bad(read("[" * 100_000, "a.jsonl"))[0]
    )


def parquet(columns: dict[str, list[object]], **options: object) -> bytes:
    pyarrow = pytest.importorskip("pyarrow")
    stream = io.BytesIO()
    pytest.importorskip("pyarrow.parquet").write_table(pyarrow.table(columns), stream, **options)
    return stream.getvalue()


def test_parquet() -> None:
    columns: dict[str, list[object]] = {
        "key": ["a", None, "b"],
        "body": [SAID, HOME, None],
        "published": [datetime.date(2025, 3, 4), None, None],
    }
    found = read(parquet(columns), "a.parquet", id_column="key")
    assert good(found) == [("a.parquet#a", SAID), ("a.parquet#2", HOME)]
    first = found[0]
    assert isinstance(first, Article)
    assert first.published == "2025-03-04"
    assert good(read(parquet(columns), "-")) == [("-#1", SAID), ("-#2", HOME)]
    assert "body is no text" not in str(found)
    assert "body" in bad(read(parquet(columns), "a.parquet", text_column="nope"))[0]


@pytest.mark.parametrize("kind", ["string", "large_string", "string_view", "binary", "large_binary", "dictionary"])
def test_parquet_spells_text_in_many_ways(kind: str) -> None:
    """And a cell that is none costs no other."""
    pa = pytest.importorskip("pyarrow")
    texts = pa.array([HOME, None, SAID]).cast(pa.binary())
    dictionary = kind == "dictionary"
    column = texts.cast(pa.string()).dictionary_encode() if dictionary else texts.cast(getattr(pa, kind)())
    assert good(read(parquet({"text": column}), "a.parquet")) == [("a.parquet#1", HOME), ("a.parquet#3", SAID)]
    if kind in ("string", "large_string", "binary"):
        wide = "large_string" if kind == "large_string" else kind
        offsets = pa.array([0, 3, 4, 6], pa.int64() if wide == "large_string" else pa.int32()).buffers()[1]
        bad_column = pa.Array.from_buffers(getattr(pa, wide)(), 3, [None, offsets, pa.py_buffer(b"One\xffTo")])
        found = read(parquet({"text": bad_column}), "a.parquet")
        assert good(found) == [("a.parquet#1", "One"), ("a.parquet#3", "To")]
        assert bad(found)[0].startswith("a.parquet: row 2 is not valid UTF-8, and is left out; ")


@pytest.mark.parametrize("value", [[SAID], {"body": SAID}, 5, datetime.date(2026, 1, 1)])
def test_a_column_of_parquet_that_is_no_text_is_told_once(value: object) -> None:
    [error] = bad(read(parquet({"text": [value] * 9}), "a.parquet"))
    assert error.startswith("a.parquet: text is no text but ")
    assert error.endswith("; name another --text-column")


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "SEP=;"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_line_that_tells_excel_the_separator(line: str, end: str) -> None:
    assert good(read(f'{line}{end}id;a, b;text{end}1;2;"{SAID}"{end}', "a.csv")) == [("a.csv#1", SAID)]
    assert "no column is called" in bad(read(line, "a.csv"))[0]


def test_a_text_of_two_columns_is_told() -> None:
    told = "a.{}: it has several columns 'text'; rename all but one"
    assert bad(read("text,text\na,b\n", "a.csv")) == [told.format("csv")]
    pa = pytest.importorskip("pyarrow")
    twice = pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], ["text", "text"])
    stream = io.BytesIO()
    pytest.importorskip("pyarrow.parquet").write_table(twice, stream)
    assert bad(read(stream.getvalue(), "a.parquet")) == [told.format("parquet")]
    assert good(read("text,x,x\na,b,c\n", "a.csv")) == [("a.csv#1", "a")]


def test_a_nul_in_a_cell_costs_nothing() -> None:
    rows = "".join(f'"{SAID}",{n}\n' for n in range(9))
    found = read(f'text,url\n"{HOME}",\0\n{rows}', "a.csv", keep=("url",))
    assert (len(found), bad(found)) == (10, [])
    assert isinstance(found[0], Article)
    assert found[0].kept == '{"url": "\\ufffd"}'
    assert good(read(f'{{"text": "{HOME}\0"}}\n{{"text": "b"}}\n', "a.jsonl"))[0] == ("a.jsonl#1", f"{HOME}\ufffd")
    assert bad(read("text,b\na,b\n".encode("utf-16-le"), "a.csv"))[0].endswith("pass --encoding utf-16-le")


def test_broken_and_swollen_parquet() -> None:
    data = parquet({"text": [SAID] * 1000})
    assert "broken Parquet" in bad(read(data[:-20], "a.parquet"))[0]
    swollen = parquet({"text": ["a" * 10_000] * 1000}, compression="zstd")
    assert len(swollen) < 100_000
    found = read(swollen, "a.parquet", max_size=1_000_000)
    assert bad(found) == ["a.parquet: unpacks to more than 1 MB; raise --max-size to read it, or split it"]


@pytest.mark.parametrize(
    ("text", "size"), [("50MB", 50_000_000), ("200k", 200_000), ("2 gb", 2_000_000_000), ("17", 17), ("3b", 3)]
)
def test_sizes(text: str, size: int) -> None:
    assert parse_size(text) == size


@pytest.mark.parametrize("text", ["", "0", "-1", "many", "1.5MB", "5 TB", "9" * 30])
def test_no_sizes(text: str) -> None:
    with pytest.raises(UsageError, match="say it like 200KB, 50MB or 2GB"):
        parse_size(text)


def test_json_that_is_no_json_lines() -> None:
    one = '{\n "title": "A",\n "text": "We went."\n}\n'
    array = f'[\n{one},\n4, {{"text": "No."}}]'
    for name in ("a.json", "a.jsonl", "-", "a"):
        assert good(read(one, name)) == [(f"{name}#1", "We went.")]
        found = read(array, name)
        assert good(found) == [(f"{name}#1", "We went."), (f"{name}#3", "No.")]
        assert bad(found) == [f"{name}: element 2 is no JSON object; make it one"]
    assert good(read("[sic]\nHe went.", "-")) == [("-", "[sic]\nHe went.")]
    assert good(read('{\n "not": a JSON file\n', "a.txt")) == [("a.txt", '{\n "not": a JSON file\n')]


def test_a_workbook_says_what_to_do() -> None:
    for name in ("a.xls", "a.ods"):
        assert bad(read(b"PK\x03\x04 and so on", name)) == [
            f"{name}: this is a workbook; save it as .xlsx or CSV, which are read"
        ]
