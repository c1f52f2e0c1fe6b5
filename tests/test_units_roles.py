"""Descriptions of the resolve stage: offices, how well a description fits, bylines, a newsroom's people."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from shipped import quotations
from test_units_resolve import tagged

from quotes_cli.errors import LexiconError
from quotes_cli.language.resolve.entities import Entity, Role
from quotes_cli.language.resolve.fitting import fit, terms_of
from quotes_cli.language.resolve.inventory import author
from quotes_cli.language.resolve.inventory import build as inventory_of
from quotes_cli.language.resolve.people import load_people
from quotes_cli.language.resolve.roles import describe


def described(text: str, last: int | None = None) -> Role:
    """The description that the first `last` words make, or all of them."""
    tokens = text.split()
    view = tagged(" ".join(f"{word}/NN" for word in [*tokens, "so", "it", "went"]))
    return describe(view, 0, last or len(tokens))


@pytest.mark.parametrize(
    ("text", "last", "head", "office", "modifiers"),
    [
        ("Danish prime minister", 3, "minister", "prime minister", "denmark"),
        ("secretary of state", 1, "secretary", "secretary of state", ""),
        ("the former mayor", 3, "mayor", "mayor", ""),
        ("speaker of the house", 1, "speaker", "speaker", ""),
        ("Linden 's vice president", 4, "president", "vice president", "linden"),
        ("Linden ’s mayor", 3, "mayor", "mayor", "linden"),
        ("GOP nominee", 2, "nominee", "nominee", "republican"),
        ("ministers", 1, "minister", "minister", ""),
        ("vice-chairman", 1, "vice-chairman", "chairman", ""),
        ("34 year nurse", 3, "nurse", "nurse", "year"),
        ("own chief executive officer", 4, "officer", "chief executive", ""),
        ("friend", 1, "friend", None, ""),
        ("mr.", 1, "mr.", None, ""),
        ("deputy prime minister of Denmark", 3, "minister", "deputy prime minister", ""),
        ("member of congress", 1, "member", "representative", ""),
    ],
)
def test_head_office_and_modifiers(text: str, last: int, head: str, office: str | None, modifiers: str) -> None:
    assert described(text, last) == Role(head, office, frozenset(modifiers.split()))


def role(text: str) -> Role:
    found = described(text)
    return Role(found.head, found.office, found.modifiers, text, 1)


@pytest.mark.parametrize(
    ("description", "known", "never"),
    [
        # what it fits, the best first; what it cannot mean
        ("mayor", ["mayor"], ["nurse", "friend"]),
        ("friend", ["friend"], ["mayor"]),
        ("premier", ["prime minister"], ["mayor"]),
        ("lawmaker", ["lawmaker", "senator"], ["mayor"]),
        ("senator", ["senator", "lawmaker"], ["danish lawmaker"]),
        ("leader", ["leader", "president"], ["nurse"]),
        ("minister", ["minister", "finance minister"], ["secretary"]),
        ("executive", ["executive", "chief executive"], ["nurse"]),
        ("spokesman", ["spokesman", "press secretary"], ["secretary"]),
        ("defense chief", ["defense chief"], ["defense secretary"]),
        ("danish premier", ["danish prime minister", "prime minister"], ["swedish prime minister"]),
        ("republican nominee", ["republican nominee", "nominee"], ["democratic nominee"]),
    ],
)
def test_how_well_a_description_fits(description: str, known: list[str], never: list[str]) -> None:
    fits = {one: fit(described(description), Entity(0, "person", roles=[role(one)])) for one in [*known, *never]}
    assert all(fits[better] > fits[worse] for better, worse in pairwise(known))
    assert [one for one in fits if fits[one] > 0] == known


def test_a_country_that_is_not_repeated_costs_nothing() -> None:
    fits = [
        fit(described("premier"), Entity(0, "person", roles=[role(one)]))
        for one in ("prime minister", "danish prime minister")
    ]
    assert fits[0] == fits[1]


@pytest.mark.parametrize(("gender", "fits"), [("m", False), ("f", True), ("-", True)])
def test_a_chairwoman_is_no_man(gender: str, fits: bool) -> None:
    entity = Entity(0, "person", roles=[role("chairman")])
    if gender != "-":
        entity.tell_gender("title", gender)
    assert (fit(described("chairwoman"), entity) > 0) is fits


def test_nobody_without_a_role_fits() -> None:
    assert fit(described("mayor"), Entity(0, "person")) == 0.0


def test_words_that_may_mean_a_role() -> None:
    assert terms_of(role("friend")) == {"friend"}
    senator = terms_of(role("senator"))
    assert {"senator", "lawmaker", "legislator", "politician", "congressman"} <= senator
    assert "mayor" not in senator
    assert "senator" in terms_of(role("lawmaker"))
    assert "senator" not in terms_of(role("danish lawmaker"))


WRITER = "is/VBZ a/DT writer/NN in/IN the/DT north/NN ./."
RAIN = "it/PRP rained/VBD ./."


@pytest.mark.parametrize(
    ("tokens", "name"),
    [
        (f"By/IN Ana/NNP Ortiz/NNP || {RAIN}", "Ana Ortiz"),
        (f"BY/IN Ana/NNP Ortiz/NNP || {RAIN}", "Ana Ortiz"),
        (f"By/IN Mayor/NNP Ana/NNP Ortiz/NNP || {RAIN}", "Ana Ortiz"),
        (f"{RAIN} |/_SP By/IN Ana/NNP Ortiz/NNP |/_SP {RAIN}", "Ana Ortiz"),
        (f"{RAIN} || By/IN Ana/NNP Ortiz/NNP || {RAIN}", None),
        (f"by/IN Ana/NNP Ortiz/NNP || {RAIN}", None),
        (f"By/IN then/RB Ana/NNP Ortiz/NNP had/VBD gone/VBN || {RAIN}", None),
        (f"By/IN Linden/NNP Bank/NNP || {RAIN}", None),
        (f"{RAIN} |/_SP Ana/NNP Ortiz/NNP {WRITER}", "Ana Ortiz"),
        (f"{RAIN} |/_SP Ana/NNP Ortiz/NNP {WRITER.replace('is/VBZ', 'was/VBD')}", "Ana Ortiz"),
        (f"{RAIN} |/_SP Ana/NNP Ortiz/NNP {WRITER.replace('is/VBZ a/DT', 'writes/VBZ for/IN a/DT')}", "Ana Ortiz"),
        (f"{RAIN} |/_SP Ana/NNP Ortiz/NNP {WRITER.replace('is/VBZ', ',/,')}", "Ana Ortiz"),
        (f"{RAIN} |/_SP Ana/NNP Ortiz/NNP {WRITER.replace('is/VBZ', 'left/VBD')}", None),
        (f"{RAIN} |/_SP so/RB Ana/NNP Ortiz/NNP {WRITER}", None),
        (f"Ana/NNP Ortiz/NNP left/VBD when/WRB {RAIN} |/_SP Ana/NNP Ortiz/NNP {WRITER}", None),
        (f"{RAIN} |/_SP Linden/NNP Bank/NNP {WRITER}", None),
    ],
)
def test_author_of_an_article(tokens: str, name: str | None) -> None:
    view = tagged(tokens)
    found = author(inventory_of(view))
    assert (found.name if found else None) == name


def test_nobody_wrote_nothing() -> None:
    view = tagged("it/PRP")
    assert author(inventory_of(view)) is None


# --- people


def test_people_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        "\ufeffname,aliases,pronoun,role\nAna Ortiz, A. Ortiz ;Annie ,She/her, Mayor \n"
        "Bo Novak,,he,\nCy Dee,,they,\nDan,,it,\n",
        encoding="utf-8",
    )
    found = [(p.name, sorted(" ".join(key) for key in p.keys), p.gender, p.role) for p in load_people(path)]
    assert found == [
        ("Ana Ortiz", ["a ortiz", "ana ortiz", "annie"], "f", "Mayor"),
        ("Bo Novak", ["bo novak"], "m", None),
        ("Cy Dee", ["cy dee"], "-", None),
        ("Dan", ["dan"], "-", None),
    ]


def test_an_alias_of_dots_alone_is_none(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("name,aliases\nAna Ortiz,..;Annie\n", encoding="utf-8")
    people = load_people(path)
    assert [sorted(person.keys) for person in people] == [[("ana", "ortiz"), ("annie",)]]
    assert set(people.by_key) == {("ana", "ortiz"), ("annie",)}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,colour\nAna,red\n", "line 1: unknown column 'colour'; use name, aliases, pronoun, role"),
        ("name,pronoun\nBo,he\nAna,xe\n", "line 3: unknown pronoun 'xe'; use he, she, they or it"),
        ("name,pronoun\nAna,i\n", "line 2: unknown pronoun 'i'; use he, she, they or it"),
        ("name,pronoun\nAna,who\n", "line 2: unknown pronoun 'who'; use he, she, they or it"),
        ("name,pronoun\n ,she\n", "line 2: no name; write one in the first column or delete the line"),
        ("name,pronoun\n..,she\n", "line 2: no name; write one in the first column or delete the line"),
    ],
)
def test_the_wrong_line_of_a_file_of_people(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "people.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LexiconError) as caught:
        load_people(path)
    assert str(caught.value) == f"{path}, {message}"


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("Lt. Col. Robert Tully", "Lt. Col."),
        ('Maj. Gen. Robert "Bob" Tully', "Maj. Gen."),
        ("Sgt. Robert Tully", "Sgt."),
        ("candidate Sen. Robert Tully", "candidate"),
    ],
)
def test_ranks_in_a_chain_are_one_role(named: str, expected: str) -> None:
    found = [q for q in quotations(f'"We lost," said {named}.') if q.kind != "other"]
    assert [(q.mention, q.role) for q in found] == [(named, expected)]
