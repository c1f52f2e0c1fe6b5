"""A list of people that is not as it should be: what is wrong is said, with the line where it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from quotes_cli.errors import LexiconError
from quotes_cli.lexicon import load_lexicon
from quotes_cli.resolve import load_people

COLUMNS = "use name, aliases, pronoun, role"
CELLS = "more cells than the header has columns; quote cells with commas"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,role\nAna,mayor\nAna Ortiz,mayor, of Hull\n", f"line 3: {CELLS}"),
        ('name,role\n"Ana\nOrtiz",mayor\nBo,a,b\n', f"line 4: {CELLS}"),
        ("name;role\nAna;mayor\n", "line 1: columns divided by ';'; save it as CSV, divided by commas"),
        ("name\trole\nAna\tmayor\n", "line 1: columns divided by '\\t'; save it as CSV, divided by commas"),
        ("name,colour\n", f"line 1: unknown column 'colour'; {COLUMNS}"),
        ("aliases,role\n", f"line 1: no column 'name'; {COLUMNS}"),
        ("name,role,name\nAna,mayor,Bo\n", "line 1: column 'name' twice; keep one of them"),
        (",\n", f"line 1: unknown column ''; {COLUMNS}"),
    ],
)
def test_what_is_wrong_and_where(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "people.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(LexiconError) as caught:
        load_people(path)
    assert str(caught.value) == f"{path}, {says}"


def test_a_cell_without_end(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text('name,role\nAna,mayor\nBo,"clerk\n' + "Cy,cook\n" * 20_000, "utf-8")
    with pytest.raises(LexiconError, match=r"people\.csv, line \d+: .*; look for a quotation mark that nothing closes"):
        load_people(path)


def test_people_are_put_in_order_once(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("name,aliases\nAna Ortiz,Nan Ortiz\n", "utf-8")
    people = load_people(path)
    assert people.by_key is people.by_key
    assert people.by_key == {("ana", "ortiz"): [people[0]], ("nan", "ortiz"): [people[0]]}


@pytest.mark.parametrize("text", ["", "name,role\n", "name,role\nAna,mayor,,\n"])
def test_what_is_not_wrong(tmp_path: Path, text: str) -> None:
    path = tmp_path / "people.csv"
    path.write_text(text, "utf-8")
    assert [person.name for person in load_people(path)] == (["Ana"] if "Ana" in text else [])


@pytest.mark.parametrize("load", [load_people, load_lexicon])
def test_a_list_that_is_none(tmp_path: Path, load: Callable[[Path], object]) -> None:
    long = tmp_path / "long.csv"
    with long.open("wb") as stream:
        stream.truncate(10_000_001)
    what = {load_people: "people", load_lexicon: "cues"}[load]
    for path, says in [
        (tmp_path, f"cannot read the list of {what} (Is a directory); name a "),
        (tmp_path / "none", f"cannot read the list of {what} (No such file or directory); name a "),
        (long, f"the list of {what} is larger than 10 MB; name a "),
    ]:
        with pytest.raises(LexiconError) as caught:
            load(path)
        assert str(caught.value).startswith(f"{path}: {says}")
    latin = tmp_path / "latin.csv"
    latin.write_bytes("name\nAndré\n".encode("latin-1"))
    with pytest.raises(LexiconError, match=f"latin.csv: the list of {what} is not UTF-8; save it as UTF-8 text"):
        load(latin)
