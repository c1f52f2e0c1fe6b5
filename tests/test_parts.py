"""Texts with very many quotations: read in parts, whose records are those of the whole."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_cli import run

from quotes_cli.errors import InputError
from quotes_cli.language import parts
from quotes_cli.language.analysis import Analyser
from quotes_cli.language.doubts import DATA, doubts_before
from quotes_cli.language.explanation import explain
from quotes_cli.language.parse import parse
from quotes_cli.language.pipeline import extract_article, extract_articles, load_analyser
from quotes_cli.language.segment import segment
from quotes_cli.records import Article, Quotation

TOWN = (
    "“We will rebuild,” Ana Ortiz, the mayor, said.\n\n",
    "Nobody was hurt.\n\n",
    "Bo Lee called the plan “a gift to nobody”. “It is late,” Lee added.\n\n",
    "“They came.\n\n“And they left,” Eve Moss told the council.\n\n",
    "The council said that it would vote. “No,” said Finn Kerr.\r\n\r\n",
)
ODD = (
    "“Why?” ",
    '"Yes," he said. ',
    '"Yes," he said.\n',
    "“A”“B”",
    "‘Don’t,’ she said.\n",
    '{"a": "b"}\n',
    "“““",
    "”",
    '"',
)


@pytest.fixture(scope="module")
def fast() -> Analyser:
    return load_analyser()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many are few."""
    for name, value in (("MOST", 12), ("EACH", 5), ("REACH", 8)):
        monkeypatch.setattr(parts, name, value)
    monkeypatch.setattr("quotes_cli.language.pipeline.MOST", 12)


@pytest.mark.parametrize("indirect", [False, True])
def test_parts_say_what_the_whole_says(
    indirect: bool, fast: Analyser, small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ids, lines, paragraphs and what an indirect statement holds count through the whole text."""
    article = Article("a.txt", "".join(TOWN) * 8)
    found = extract_article(article, fast, indirect=indirect)
    monkeypatch.setattr("quotes_cli.language.pipeline.MOST", 1000)
    whole = extract_article(article, fast, indirect=indirect)
    assert len(whole) >= 40
    assert any(one.holds for one in whole) == indirect
    assert found == whole


def test_equal_parts_are_read_once(small: None) -> None:
    read: list[str] = []

    def count(article: Article) -> list[Quotation]:
        read.append(article.text)
        return []

    parts.in_parts(Article("a", '"Yes," he said. ' * 1000), count)
    assert len(read) == 1
    parts.in_parts(Article("a", "".join(TOWN) * 200), count)
    assert len(read) <= 5


@pytest.mark.parametrize(
    ("unit", "parts_read"),
    [
        ('"Go {}," he said.\n', 2),
        ("“Go {}.”\n\n", 2),
        ('"Go {}," A{} said.\n\n', None),  # speakers of other numbers
        ("“No {},” said Bo {}. ", None),
    ],
)
def test_parts_that_differ_in_digits_alone_are_read_twice(
    unit: str, parts_read: int | None, fast: Analyser, small: None
) -> None:
    article = Article("a", "".join(unit.format(n, n) for n in range(100, 190)))
    read: list[str] = []

    def one_by_one(part: Article) -> list[Quotation]:
        read.append(part.text)
        return extract_articles([part], fast)[0]

    found = parts.in_parts(article, one_by_one)
    if parts_read:
        assert len(read) <= parts_read + 2  # the first and the last may be of another length
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "CLOSEST", 0)  # nothing is data
        assert found == parts.in_parts(article, one_by_one)
    assert len(found) > 60
    assert all(article.text[one.start : one.end] == one.quote for one in found)


def test_a_text_without_an_end_to_any_part_is_read(fast: Analyser, small: None) -> None:
    for unit in ODD:
        text = unit * 60
        found = extract_article(Article("a", text), fast, nested=True)
        assert all(text[one.start : one.end] == one.quote for one in found)
        assert [one.id for one in found] == list(range(1, len(found) + 1))


@given(st.lists(st.sampled_from(TOWN[:3] + ODD[:3]), max_size=60))
def test_no_part_begins_inside_a_quotation(units: list[str]) -> None:
    text = "".join(units)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "EACH", 4)
        patch.setattr(parts, "REACH", 8)
        cuts = list(parts._cuts(text))
    assert all(before < after for before, after in pairwise([0, *cuts, len(text) + 1]))
    inside = [(one.start, one.end) for one in segment(text)]
    assert not any(start < cut < end for cut in cuts for start, end in inside)


@given(st.text(alphabet="“”‘’«»\"' \n.a", max_size=300))
def test_any_text_is_cut(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "EACH", 3)
        patch.setattr(parts, "REACH", 4)
        cuts = list(parts._cuts(text))
    assert all(before < after for before, after in pairwise([0, *cuts, len(text) + 1]))


def test_the_model_sees_equal_pieces_once(fast: Analyser, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "“Yes,” he said.\n\n" * 30 + "“No,” she said.\n\n"
    asked: list[int] = []
    annotate = type(fast).annotate
    monkeypatch.setattr(type(fast), "annotate", lambda self, texts: asked.append(len(texts)) or annotate(self, texts))
    (tokens,) = parse(fast, [text], [segment(text)])
    assert sum(asked) == 2
    assert tokens.tag == tokens.tag[:7] * 30 + tokens.tag[-7:]


def test_a_text_that_is_read_in_parts_is_not_explained(fast: Analyser, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its numbers would be others, and what it needs of memory has no bound."""
    monkeypatch.setattr("quotes_cli.language.explanation.MOST", 12)
    assert len(explain(Article("a.txt", "“Yes,” he said. " * 12), fast)) == 12
    with pytest.raises(
        InputError, match=r"a\.txt: of more than 12 quotations none is explained; make a file of a part"
    ):
        explain(Article("a.txt", "“Yes,” he said. " * 13), fast)


def test_what_looks_like_data_is_told(
    small: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake_pipeline: list[str | None]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert doubts_before('{"a": "b"}\n' * 20) == (DATA,)
    assert doubts_before("“We will rebuild the harbour,” Ana Ortiz said on the morning behind the vote.\n" * 20) == ()
    Path("a.txt").write_text('{"a": "b"}\n' * 20, "utf-8")
    said = run("extract", "a.txt", "-o", "x.csv").stderr
    assert "a.txt: looks like data, by its many quotation marks; of a table say --input-format csv or jsonl" in said


@pytest.mark.parametrize(
    ("unit", "hint"), [('{"a": "b"}\n', True), ("“We will rebuild,” said Ana Ortiz. " + "And so. " * 8, False)]
)
def test_data_that_takes_too_long_is_told_with_both_remedies(unit: str, hint: bool, small: None) -> None:
    from quotes_cli.work.tasks import timed_out

    assert ("if it is a table, pass --input-format csv or jsonl" in str(timed_out("a", 1, unit * 20))) == hint
    assert "split it, or raise --timeout" in str(timed_out("a", 1, unit * 20))
