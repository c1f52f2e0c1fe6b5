"""Quotations in, which are one statement out; transcripts in, how true a quotation is to them out."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from command import folder_of, output, rows, said
from growth import assert_linear

from quotes_cli.across.alignment import changes, steps
from quotes_cli.across.passages import Transcripts
from quotes_cli.across.statements import Statement, grouped
from quotes_cli.across.words import stems, words_of

WALL = "We will rebuild the old harbour wall, stone by stone, before the winter storms come"


def groups(*said: tuple[str, str | None, str]) -> list[set[str]]:
    """The quotes of each group; said are quote, person and article."""
    statements = [Statement(quote, person, article, (article, n)) for n, (quote, person, article) in enumerate(said)]
    return [{said[member][0] for member in group.members} for group in grouped(statements)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(WALL, f"{WALL.lower()}.", id="the same words"),
        pytest.param(WALL, WALL.replace("will", "would").replace("We", "She"), id="tense and pronoun"),
        pytest.param(WALL, WALL.replace("winter", "autumn"), id="misquoted"),
        pytest.param(WALL, "rebuild the old harbour wall, stone by stone", id="cut"),
        pytest.param(WALL, f"I promise you this. {WALL} It was high time, everybody knows it.", id="contained"),
        pytest.param(WALL, WALL.replace("harbour", "harbor"), id="spelt otherwise"),
        pytest.param("the ﬁnest wall of all the north", "The finest wall of all the north.", id="a ligature"),
        pytest.param("Fish rots from the head", "Fish rot from the head", id="a short one of one person"),
    ],
)
def test_one_statement(one: str, other: str) -> None:
    assert groups((one, "Ana Ortiz", "a"), (other, "Ana Ortiz", "b")) == [{one, other}]
    assert groups((other, "Ana Ortiz", "a"), (one, "Ana Ortiz", "b")) == [{one, other}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("We will never build the wall again", "We will always love this town", id="other words"),
        pytest.param("make the town great again", "make the town whole again", id="a phrase with another word"),
        pytest.param("the wall", "the wall", id="too few words"),
    ],
)
def test_two_statements_of_one_person(one: str, other: str) -> None:
    assert groups((one, "Ana Ortiz", "a"), (other, "Ana Ortiz", "b")) == []


def test_a_phrase_of_two_people_is_no_statement() -> None:
    phrase = "boots in the mud"
    assert groups((phrase, "Ana Ortiz", "a"), (phrase, "Bo Lee", "b")) == []
    assert groups((phrase, "Ana Ortiz", "a"), (phrase, "Ana Ortiz", "b")) == [{phrase}]


def test_a_long_statement_of_two_people_is_one() -> None:
    assert groups((WALL, "Ana Ortiz", "a"), (WALL, "Bo Lee", "b")) == [{WALL}]


def test_a_common_part_does_not_join_what_has_it() -> None:
    part = "stone by stone, before the winter storms come"
    tails = ("the mill burns down and nobody sees it at all", "our children forget what it was for once")
    longer = [f"{part} {tail}" for tail in tails]
    found = groups(*((quote, "Ana Ortiz", str(n)) for n, quote in enumerate([part, *longer])))
    assert [len(group) for group in found] == [2]


def test_the_order_of_articles_changes_nothing() -> None:
    said = [(WALL, "Ana Ortiz", "a"), (WALL[:60], None, "b"), ("boots in the mud", "Bo Lee", "c")] * 2
    said += [(f"Number {n} of the harbour walls was rebuilt by us in the year {n}", "Cy", str(n)) for n in range(30)]
    expected = groups(*said)
    for number in range(5):
        random.Random(number).shuffle(said)
        assert sorted(map(sorted, groups(*said))) == sorted(map(sorted, expected))


def test_words_that_tell_something() -> None:
    assert stems([word.folded for word in words_of("He will be Rebuilding the harbours, won't he?")]) == stems(
        ["rebuild", "harbor"]
    )


def test_differences_are_marked_word_by_word() -> None:
    one, other = "We shall rebuild it, all of us", "We will rebuild it"
    assert changes(one, words_of(one), other, words_of(other)) == "We [-shall-] {+will+} rebuild it …"


# Against a transcript

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


# The commands


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    a = f"Mayor Ana Ortiz came late. “{WALL},” Ortiz said.\n"
    b = f"Bo Lee, a singer, left. “{WALL[:60]},” Lee said. “Not so,” he said.\n"
    return folder_of(tmp_path_factory.mktemp("articles"), {"a.txt": a, "b.txt": b})


def test_same(folder: Path, tmp_path: Path) -> None:
    listed = output("same", folder)
    listed_rows = rows(listed)
    assert [(row["statement"], row["person"], row["speakers_differ"]) for row in listed_rows] == [
        ("1", "Ana Ortiz", "yes"),
        ("1", "Bo Lee", "yes"),
    ]
    assert listed_rows[1]["changes"].endswith("stone by stone, before …")
    output("extract", folder, "-o", tmp_path / "news.db")
    assert output("same", tmp_path / "news.db") == listed
    assert len(json.loads(output("same", folder, "-f", "json"))) == 2
    assert "1. in 2 articles · speakers differ" in output("same", folder, "-f", "table")
    assert "no statement stands twice" in output("same", folder / "b.txt", "-f", "table")


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


def test_own_records_are_verified_from_a_pipe(speech: Path, folder: Path) -> None:
    for kind in ("csv", "tsv", "json", "jsonl"):
        records = output("extract", folder, "-f", kind)
        found = rows(output("verify", "-", "--against", speech, input=records))
        assert [(row["source"], row["id"]) for row in found] == [
            (f"{folder}/a.txt", "1"),
            (f"{folder}/b.txt", "1"),
            (f"{folder}/b.txt", "2"),
        ], kind


@pytest.mark.parametrize(
    "begin", ["", "\n\n", "“Quote”, he wrote.\n", '"Quote", he said.\n', "[Applause]\n", "{\n", "text, and more.\n"]
)
def test_an_article_from_a_pipe_is_read_to_its_last_word(begin: str, speech: Path, folder: Path) -> None:
    text = begin + (folder / "a.txt").read_text("utf-8")
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


def test_own_records_of_any_format_are_verified(speech: Path, folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    for name in ("q.csv", "q.tsv", "q.json", "q.jsonl", "q.parquet", "q.db"):
        output("extract", folder, "-o", tmp_path / name)
        found = rows(output("verify", tmp_path / name, "--against", speech))
        assert [(row["source"], row["id"]) for row in found] == [
            (f"{folder}/a.txt", "1"),
            (f"{folder}/b.txt", "1"),
            (f"{folder}/b.txt", "2"),
        ], name


def test_verify_articles_and_json(speech: Path, folder: Path, tmp_path: Path) -> None:
    found = json.loads(output("verify", folder / "a.txt", "--against", speech, "-f", "json"))
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


def told(count: int) -> list[str]:
    """Words of which few come twice."""
    chance = random.Random(3)
    return [f"{chance.choice('bcdfglmnprst')}{chance.choice('aeiou')}{chance.randrange(500)}x" for _ in range(count)]


def test_a_long_quotation_is_compared_to_its_end() -> None:
    words = told(9000)
    text = " ".join(words)
    transcripts = Transcripts([("speech.txt", f"Welcome. {text}. Good night.")])
    assert transcripts.find(text).verdict == "exact"
    found = transcripts.find(" ".join([*words[:2500], *words[2900:7000], "seven", *words[7001:]]))
    assert found.verdict == "altered"
    assert found.changes.count("[-") == 2
    assert f"[-{words[7000]}-] {{+seven+}}" in found.changes
    assert (found.start, found.end) == (9, 9 + len(text))


def test_pieces_of_long_wordings_make_one_row_of_steps() -> None:
    one = told(6000)
    other = [*one[:100], "new", *one[150:4000], *one[4000:4100], *one[4000:]]
    found = steps(one, other)
    assert [other[step.begin : step.end] for step in found if step.same] == [
        one[step.first : step.last] for step in found if step.same
    ]
    assert (found[0].first, found[0].begin, found[-1].last, found[-1].end) == (0, 0, len(one), len(other))
    assert all(a.last == b.first and a.end == b.begin and a.same != b.same for a, b in pairwise(found))
    assert sum(step.last - step.first for step in found if step.same) == 5950


WORDINGS: dict[str, Callable[[int], list[str]]] = {
    "one phrase in all": lambda n: [f"Number {i} makes the old harbour wall great for all {i} of us" for i in range(n)],
    "all different": lambda n: [f"Wall{i} number{i} fell{i} down{i} with the harbour{i}" for i in range(n)],
    "one long": lambda n: ["rebuild the old wall again " * n, *(f"rebuild the old wall again {i}" for i in range(n))],
    "one word": lambda n: ["wall " * (4 + i % 30) for i in range(n)],
}


@pytest.mark.parametrize("kind", WORDINGS)
def test_time_grows_with_the_quotations_and_not_faster(kind: str) -> None:
    def prepare(size: int) -> Callable[[], object]:
        said = [(quote, f"Ana {i % 7}", str(i)) for i, quote in enumerate(WORDINGS[kind](size))]
        return lambda: groups(*said)

    assert_linear(prepare, 500)


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


def test_records_without_persons_are_compared_by_name_and_that_is_said(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    output("extract", folder, "-o", tmp_path / "names.parquet")
    output("extract", folder, "--across", "-o", tmp_path / "persons.parquet")
    output("extract", folder / "a.txt", folder / "a.txt", "-o", tmp_path / "one.parquet")
    line = (
        "quotes: the records have no person, so speakers are compared by name; write them with quotes extract --across"
    )
    assert said("same", tmp_path / "names.parquet") == [line]
    for silent in ((folder,), (tmp_path / "persons.parquet",), (tmp_path / "one.parquet",)):
        assert said("same", *silent) == []
    assert said("same", tmp_path / "names.parquet", "-q") == []
