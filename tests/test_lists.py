"""Word lists: how a list is written, what the reader refuses, and what the package's own lists hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotes_cli.errors import LexiconError
from quotes_cli.language.words import lists
from quotes_cli.language.words.lists import column, package_text, parse, parts, rows
from quotes_cli.language.words.vocabulary import given_names, words


def read(text: str, columns: str = "animal [sound]", **allowed: tuple[str, ...]) -> list[tuple[str, ...]]:
    return parse(text, "zoo.txt", columns, allowed)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cow\tmoo\n", [("cow", "moo")]),
        ("cow\tmoo", [("cow", "moo")]),
        ("cow\tmoo\r\nowl\thoot\r\n", [("cow", "moo"), ("owl", "hoot")]),
        ("cow\towl", [("cow", "owl")]),
        ("\n  \n\t\ncow\tmoo\n\n", [("cow", "moo")]),
        (" cow \t moo \n", [("cow", "moo")]),
        ("polar bear\tgrowl", [("polar bear", "growl")]),
        ("cow", [("cow", "")]),
        ("cow\t", [("cow", "")]),
        ("cow\tmoo, low", [("cow", "moo, low")]),
        ("Cow\tMoo", [("Cow", "Moo")]),
        ("", []),
        # one reading of `#`: a comment begins there, wherever it stands
        ("# cow\tmoo", []),
        ("  # cow", []),
        ("cow\tmoo # at dawn", [("cow", "moo")]),
        ("cow\tmoo# at dawn", [("cow", "moo")]),
        ("cow\t# none", [("cow", "")]),
        ("cow # a\ttab in a comment\tor two", [("cow", "")]),
    ],
)
def test_how_a_list_is_written(text: str, expected: list[tuple[str, ...]]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("cow moo", None),
        ("cow\tmoo\tloud", "expected `animal TAB [sound]`, with real tab characters; found 'cow\\tmoo\\tloud'"),
        ("\tmoo", "expected `animal TAB [sound]`, with real tab characters; found '\\tmoo'"),
        ("owl\tmoo  # hm", "'owl' stands already on line 2; delete one of the lines; found 'owl\\tmoo'"),
        ("ant\tboo", "unknown sound 'boo'; use one of moo, hoot; found 'ant\\tboo'"),
        ("ant\tmoo, hoot", "unknown sound 'moo, hoot'; use one of moo, hoot; found 'ant\\tmoo, hoot'"),
        ("ant", None),
    ],
)
def test_a_line_that_is_refused(line: str, message: str | None) -> None:
    text = f"# birds\nowl\thoot\n\n{line}\n"
    if message is None:
        assert len(read(text, sound=("moo", "hoot"))) == 2
        return
    with pytest.raises(LexiconError) as caught:
        read(text, sound=("moo", "hoot"))
    assert str(caught.value) == f"zoo.txt, line 4: {message}"


def test_a_column_that_must_be_there() -> None:
    with pytest.raises(LexiconError, match="line 1: expected `animal TAB sound`"):
        read("cow", "animal sound")
    with pytest.raises(LexiconError, match=r"line 1: expected `animal TAB sound TAB \[legs\]`"):
        read("cow\t\t4", "animal sound [legs]")
    assert read("cow\t\t4", "animal [sound] [legs]") == [("cow", "", "4")]


def test_spelling_key_and_check_of_the_caller() -> None:
    found = parse("Cow\tmoo\ncow\tlow", "zoo.txt", "animal sound", {}, spell=str.lower, key=lambda row: row)
    assert found == [("cow", "moo"), ("cow", "low")]
    with pytest.raises(LexiconError, match=r"zoo\.txt, line 2: 'cow' stands already on line 1"):
        parse("Cow\tmoo\ncow\tlow", "zoo.txt", "animal sound", {}, spell=str.lower)
    with pytest.raises(LexiconError, match=r"zoo\.txt, line 2: no more cows; found 'cow'"):
        parse("owl\ncow", "zoo.txt", "animal", {}, check=lambda row: "no more cows" if row[0] == "cow" else None)


def test_parts_of_a_cell() -> None:
    assert parts("head of state, premier ,") == ["head of state", "premier"]
    assert parts("") == []


def test_a_list_of_the_package_is_folded_and_its_errors_name_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "package_text", lambda name: "Perú\tm\nCôte d’Or\tx\n")
    with pytest.raises(
        LexiconError, match=r"places\.txt, line 2: unknown gender 'x'; use one of m, f; found \"cote d'or"
    ):
        rows("places.txt", "place gender", gender=("m", "f"))
    assert rows("places.txt", "place gender") == [("peru", "m"), ("cote d'or", "x")]


def test_every_list_of_the_package_is_read() -> None:
    """All are read when the stages begin, and so refused then if wrong; the longest only here."""
    names = rows("given_names.txt", "name odds")
    assert given_names() == dict(names)
    assert len(names) == len(given_names()) > 10_000
    assert all(-5.0 <= float(odds) <= 5.0 for _, odds in names)
    assert names == sorted(names)
    code = "".join(path.read_text(encoding="utf-8") for path in lists.FOLDER.parent.parent.rglob("*.py"))
    assert [path.name for path in lists.FOLDER.glob("*.txt") if f'"{path.name}"' not in code] == []


@pytest.mark.parametrize("name", sorted(path.name for path in Path(lists.FOLDER).glob("*.txt")))
def test_every_list_says_at_its_top_what_it_is(name: str) -> None:
    text = package_text(name)
    assert text.startswith("# ")
    assert text.endswith("\n")


def test_what_the_lists_hold() -> None:
    fresh = words.__wrapped__()
    assert fresh.offices["premier"] == fresh.offices["prime minister"] == "prime minister"
    assert fresh.offices["dr."] == "doctor"
    assert fresh.wider["senator"] >= {"lawmaker", "legislator", "politician", "congressman"}
    assert fresh.wider["prime minister"] >= {"premier", "leader", "politician", "minister"}
    assert {"secretary", "minister", "premier"} <= fresh.office_heads
    assert fresh.persons["spokeswoman"] == "f"
    assert fresh.persons["senator"] == "-"
    assert fresh.titles["mrs."] == "f"
    assert {"mr.", "prime", "minister"} <= fresh.title_words
    assert not {"of", "the", "in"} & fresh.title_words
    assert fresh.countries["danish"] == fresh.countries["dane"] == "denmark"
    assert "dane" in fresh.peoples
    assert "danish" not in fresh.peoples
    assert fresh.parties["gop"] == fresh.parties["republican"] == "republican"
    assert fresh.parties["lib dem"] == "liberal democrat"
    assert "william" in fresh.nicknames["bill"]
    assert "bill" in fresh.nicknames["william"]
    assert "herald" in fresh.kinds["newspaper"]
    assert "newspaper" in fresh.organisations
    assert "the" in fresh.small["article"] & fresh.small["determiner"] & fresh.small["empty"]
    assert "mr." in fresh.small["style"]
    assert "former" in fresh.small["empty"]
    assert "former" not in fresh.small["determiner"]
    assert fresh.pronouns["herself"] == "feminine"
    works = column("work_nouns.txt")
    assert {"film", "song", "album"} <= works
    assert column("work_nouns.txt") is works
