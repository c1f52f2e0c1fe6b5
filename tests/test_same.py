"""Quotations in, which are one statement out; transcripts in, how true a quotation is to them out."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from command import WALL, output, rows, said
from growth import assert_linear, told

from quotes_cli.across.alignment import changes, steps
from quotes_cli.across.passages import Transcripts
from quotes_cli.across.statements import Statement, grouped
from quotes_cli.across.words import stems, words_of


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


# The commands


def test_same(wall_folder: Path, tmp_path: Path) -> None:
    listed = output("same", wall_folder)
    listed_rows = rows(listed)
    assert [(row["statement"], row["person"], row["speakers_differ"]) for row in listed_rows] == [
        ("1", "Ana Ortiz", "yes"),
        ("1", "Bo Lee", "yes"),
    ]
    assert listed_rows[1]["changes"].endswith("stone by stone, before …")
    output("extract", wall_folder, "-o", tmp_path / "news.db")
    assert output("same", tmp_path / "news.db") == listed
    assert len(json.loads(output("same", wall_folder, "-f", "json"))) == 2
    assert "1. in 2 articles · speakers differ" in output("same", wall_folder, "-f", "table")
    assert "no statement stands twice" in output("same", wall_folder / "b.txt", "-f", "table")


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


def test_records_without_persons_are_compared_by_name_and_that_is_said(wall_folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    output("extract", wall_folder, "-o", tmp_path / "names.parquet")
    output("extract", wall_folder, "--across", "-o", tmp_path / "persons.parquet")
    output("extract", wall_folder / "a.txt", wall_folder / "a.txt", "-o", tmp_path / "one.parquet")
    line = (
        "quotes: the records have no person, so speakers are compared by name; write them with quotes extract --across"
    )
    assert said("same", tmp_path / "names.parquet") == [line]
    for silent in ((wall_folder,), (tmp_path / "persons.parquet",), (tmp_path / "one.parquet",)):
        assert said("same", *silent) == []
    assert said("same", tmp_path / "names.parquet", "-q") == []
