"""Very many people in an article; a list of people that is not as it should be: what is wrong is said, and where."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from shipped import quotations
from test_resolve import build

from quotes_cli.errors import LexiconError
from quotes_cli.language.resolve import load_people
from quotes_cli.language.resolve.discourse import Discourse
from quotes_cli.language.resolve.inventory import build as inventory_of
from quotes_cli.language.resolve.matching import MANY, Catalogue
from quotes_cli.language.resolve.roles import learn
from quotes_cli.language.words.cues import load_lexicon

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
    book = tmp_path / "people.xlsx"
    book.write_bytes(b"PK\3\4...")
    with pytest.raises(LexiconError, match=rf"people.xlsx: the list of {what} is a workbook; save its sheet as CSV"):
        load(book)


# Very many people


def test_a_surname_that_somebody_bears_is_no_misspelling() -> None:
    doc = build(
        "Ana/NNP/nsubj/2 Hallman/NNP/flat/0 left/VBD/ROOT/2",
        "Bo/NNP/nsubj/2 Hellmann/NNP/flat/0 left/VBD/ROOT/2",
        "Hallman/NNP/nsubj/1 said/VBD/ROOT/1",
    )
    inventory = inventory_of(doc, [(6, 7)])
    assert [entity.name for entity in inventory.links[6].entities] == ["Ana Hallman"]


def test_of_very_many_bearers_the_one_in_focus_is_meant() -> None:
    digits = str.maketrans("0123456789", "aeioubdfgk")
    names = [f"O{i * 7919 % 100_003:05}".translate(digits) for i in range(MANY + 20)]  # none a misspelling of another
    lines = [f"{name}/NNP/nsubj/2 Smith/NNP/flat/0 left/VBD/ROOT/2" for name in names]
    tokens = build(*lines, "Smith/NNP/nsubj/1 said/VBD/ROOT/1")
    inventory = inventory_of(tokens, [])
    discourse = Discourse(inventory, {})
    discourse.run(everywhere=True)
    assert len(inventory.links[len(tokens) - 2].entities) == MANY + 20
    assert discourse.at[len(tokens) - 2].name == f"{names[-1]} Smith"


def test_of_very_many_who_share_an_office_the_one_in_focus_is_meant() -> None:
    names = [f"Ort{i:b}".replace("0", "a").replace("1", "i") for i in range(MANY + 20)]
    lines = [f"Mayor/NNP/compound/1 {name}/NNP/nsubj/2 left/VBD/ROOT/2 ././punct/2" for name in names]
    tokens = build(*lines, "The/DT/det/1 mayor/NN/nsubj/2 said/VBD/ROOT/2")
    inventory = inventory_of(tokens, [])
    learn(inventory)
    discourse = Discourse(inventory, {})
    discourse.run(everywhere=True)
    assert discourse.at[len(tokens) - 2].name == names[-1]


def test_surnames_without_end_cost_no_memory() -> None:
    catalogue = Catalogue()
    for i in range(50):
        catalogue.place_full(("ana", f"b{i:02}" + "xyzwv" * 60), "person")
    tracemalloc.start()
    assert catalogue.misspelt("bauchtman") == set()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000


def test_of_many_surnames_like_a_misspelling_few_are_compared() -> None:
    catalogue = Catalogue()
    for a in "abcdefghij":
        for b in "abcdefghij":
            catalogue.place_full((f"{a}o{b}i", f"buchtm{a}{b}"), "person")
    assert len(catalogue.misspelt("buchtmann")) == 2


@pytest.mark.parametrize("age", ["²", "٣٤", "0012" + "9" * 5000, "0", "①"])
def test_odd_ages_do_no_harm(age: str) -> None:
    found = quotations(f'Ana Ortiz, {age}, came late. "We lost," the nurse said.')
    assert [quotation.quote for quotation in found] == ["We lost,"]
