"""Transcripts and quotations in, how true the quotations are to them out: `quotes verify`."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from command import output, rows
from growth import assert_linear, told

from quotes_cli.across.passages import Transcripts

SPEECH = """Thank you all for coming here tonight.

We will rebuild the old harbour, stone by stone, and we will not wait for the council to find the money.
I've never said that the mayor was wrong. The wall cost 20 million pounds last year.
"""


@pytest.mark.parametrize(
    ("quote", "verdict", "marked"),
    [
        ("We will rebuild the old harbour, stone by stone,", "exact", ""),
        ("we will rebuild the old harbour; stone by stone", "exact", ""),
        ("We will rebuild the old harbour … and we will not wait", "exact", ""),
        ("We will rebuild the old harbour [...] and we will not wait", "exact", ""),
        ("we would rebuild the old harbour", "minor", "we [-will-] {+would+} rebuild the old harbour"),
        (
            "I have never said that the mayor was wrong",
            "minor",
            "[-I've-] {+I have+} never said that the mayor was wrong",
        ),
        ("rebuilding the old harbor", "minor", "[-rebuild-] {+rebuilding+} the old [-harbour-] {+harbor+}"),
        ("[The town] will rebuild the old harbour", "minor", "[-We-] {+The town+} will rebuild the old harbour"),
        (
            "we will wait for the council to find the money",
            "altered",
            "we will [-not-] wait for the council to find the money",
        ),
        ("The wall cost 30 million pounds", "altered", "The wall cost [-20-] {+30+} million pounds"),
        ("and we will not wait … We will rebuild the old harbour", "altered", None),
        ("The moon is made of cheese and we know it", "not found", ""),
        ("…", "not found", ""),
    ],
)
def test_verdicts(quote: str, verdict: str, marked: str | None) -> None:
    found = Transcripts([("other.txt", "Nothing to see."), ("speech.txt", SPEECH)]).find(quote)
    assert found.verdict == verdict
    assert marked is None or found.changes == marked
    if found.verdict != "not found":
        assert found.name == "speech.txt"
        assert (found.start, found.end) != (None, None)


def test_where_a_passage_stands() -> None:
    found = Transcripts([("speech.txt", SPEECH)]).find("wait for the council")
    assert (found.line, SPEECH[found.start : found.end]) == (3, "wait for the council")


@pytest.fixture(scope="module")
def speech(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("speeches") / "speech.txt"
    path.write_text(SPEECH, "utf-8")
    return path


def test_verify_a_table(speech: Path, tmp_path: Path) -> None:
    table = tmp_path / "quotes.csv"
    table.write_text('quote,speaker\n"We will rebuild the old harbour",Ana\n<b>The moon</b> is cheese,Bo\n', "utf-8")
    found = rows(output("verify", table, "--against", speech))
    assert [(row["verdict"], row["speaker"], row["id"]) for row in found] == [
        ("exact", "Ana", "1"),
        ("not found", "Bo", "2"),
    ]
    assert "1 exact · 0 minor · 0 altered · 1 not found" in output("verify", table, "--against", speech, "-f", "table")
    page = tmp_path / "verified.html"
    output("verify", table, "--against", speech, "-o", page)
    assert "default-src 'none'" in page.read_text("utf-8")
    assert "<b>" not in page.read_text("utf-8")


KINDS_OF_TABLES = {
    "a.csv": "sep=;\nspeaker;quote\nAna;We will rebuild the old harbour\n",
    "b.csv": "\n\nquote|speaker\nWe will rebuild the old harbour|Ana\n",
    "c.json": '{\n "quote": "We will rebuild the old harbour",\n "speaker": "Ana"\n}\n',
    "d.jsonl": '{"a": 1}\n{"Speaker": "Ana", "quotation": "We will rebuild the old harbour", "id": 7}\n',
    "e.csv": "text,speaker,source\n<b>We</b> will rebuild the old harbour,Ana,\n",
}


@pytest.mark.parametrize("name", KINDS_OF_TABLES)
@pytest.mark.parametrize("packed", [False, True])
def test_tables_of_quotations_are_read_as_those_of_articles(
    name: str, packed: bool, speech: Path, tmp_path: Path
) -> None:
    path = tmp_path / (f"{name}.gz" if packed else name)
    data = KINDS_OF_TABLES[name].encode()
    path.write_bytes(gzip.compress(data) if packed else data)
    [row] = json.loads(output("verify", path, "--against", speech, "-f", "json"))
    assert (row["speaker"], row["source"]) == ("Ana", str(path))
    assert (row["id"], row["verdict"]) == ((7 if name == "d.jsonl" else 1), "altered" if name == "e.csv" else "exact")


@pytest.mark.parametrize("name", KINDS_OF_TABLES)
def test_what_is_piped_in_may_be_a_table_too(name: str, speech: Path) -> None:
    data = KINDS_OF_TABLES[name].removeprefix('{"a": 1}\n')
    for asked in (["-"], []):
        [row] = json.loads(output("verify", *asked, "--against", speech, "-f", "json", input=data))
        assert (row["speaker"], row["source"]) == ("Ana", "-")
        assert row["verdict"] == ("altered" if name == "e.csv" else "exact")
    table = "q\nWe will rebuild the old harbour\n"
    assert "no column is called quote" in output(
        "verify", "-", "--input-format", "csv", "--against", speech, input=table, code=1
    )


def test_own_records_are_verified_from_a_pipe(speech: Path, wall_folder: Path) -> None:
    for kind in ("csv", "tsv", "json", "jsonl"):
        records = output("extract", wall_folder, "-f", kind)
        found = rows(output("verify", "-", "--against", speech, input=records))
        assert [(row["source"], row["id"]) for row in found] == [
            (f"{wall_folder}/a.txt", "1"),
            (f"{wall_folder}/b.txt", "1"),
            (f"{wall_folder}/b.txt", "2"),
        ], kind


@pytest.mark.parametrize(
    "begin", ["", "\n\n", "“Quote”, he wrote.\n", '"Quote", he said.\n', "[Applause]\n", "{\n", "text, and more.\n"]
)
def test_an_article_from_a_pipe_is_read_to_its_last_word(begin: str, speech: Path, wall_folder: Path) -> None:
    text = begin + (wall_folder / "a.txt").read_text("utf-8")
    found = json.loads(output("verify", "-", "--against", speech, "-f", "json", input=text))
    assert (found[-1]["speaker"], found[-1]["source"]) == ("Ana Ortiz", "-")


def test_what_cannot_be_read_of_a_table_of_quotations_costs_no_other(speech: Path, tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    broken = '{"quote": 5}\n' * 30
    path.write_text(f'{broken}{{"quote": "the old harbour", "speaker": [1]}}\n', "utf-8")
    told = output("verify", path, "--against", speech, "-f", "json", code=1).splitlines()
    assert told[0] == f"quotes: {path}: row 1: quote is no text; make it text"
    assert told[20:] == [f"quotes: {path}: 10 more rows of it could not be read"]
    assert "gone.csv: no such file" in output("verify", tmp_path / "gone.csv", "--against", speech, code=1)


def test_own_records_of_any_format_are_verified(speech: Path, wall_folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    for name in ("q.csv", "q.tsv", "q.json", "q.jsonl", "q.parquet", "q.db"):
        output("extract", wall_folder, "-o", tmp_path / name)
        found = rows(output("verify", tmp_path / name, "--against", speech))
        assert [(row["source"], row["id"]) for row in found] == [
            (f"{wall_folder}/a.txt", "1"),
            (f"{wall_folder}/b.txt", "1"),
            (f"{wall_folder}/b.txt", "2"),
        ], name


def test_verify_articles_and_json(speech: Path, wall_folder: Path, tmp_path: Path) -> None:
    found = json.loads(output("verify", wall_folder / "a.txt", "--against", speech, "-f", "json"))
    assert [(row["speaker"], row["verdict"]) for row in found] == [("Ana Ortiz", "altered")]
    lines = tmp_path / "quotes.jsonl"
    lines.write_text('{"quote": "the old harbour"}\n', "utf-8")
    assert json.loads(output("verify", lines, "--against", speech, "-f", "json"))[0]["verdict"] == "exact"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("q.csv", "who,what\nAna,nothing\n", "no column is called quote"),
        ("q.jsonl", "{]\n", "no line of it is a JSON object"),
        ("q.json", "[1]", "element 1 is no JSON object"),
    ],
)
def test_tables_that_cannot_be_verified(name: str, text: str, message: str, speech: Path, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    assert message in output("verify", tmp_path / name, "--against", speech, code=1)


def test_verify_needs_a_transcript(speech: Path, tmp_path: Path) -> None:
    assert "--against: no transcript named" in output("verify", speech, code=2)
    assert "no such file" in output("verify", speech, "--against", tmp_path / "none.txt", code=1)
    assert "is a transcript and would be overwritten" in output(
        "verify", speech, "--against", speech, "-o", speech, code=2
    )


def test_time_of_looking_up_grows_with_the_transcript() -> None:
    def prepare(size: int) -> Callable[[], object]:
        text = f"{SPEECH} and then the old harbour again " * size
        return lambda: Transcripts([("speech.txt", text)]).find("we will rebuild the old harbour " * 20)

    assert_linear(prepare, 500)


@pytest.mark.parametrize("kind", ["told", "repeated", "reversed"])
def test_time_of_looking_up_grows_with_the_quotation(kind: str) -> None:
    def prepare(size: int) -> Callable[[], object]:
        words = told(size) if kind != "repeated" else "we rebuild the old wall".split() * (size // 5)
        transcripts = Transcripts([("speech.txt", " ".join(words))])
        quote = " ".join(words[::-1] if kind == "reversed" else words[: size // 2] + words[size // 2 + 50 :])
        return lambda: transcripts.find(quote)

    assert_linear(prepare, 5000)
