"""Speakers of several articles in, who is one person out: names that are one's, and those that must stay apart."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from command import folder_of, output, rows
from factory import quotation
from growth import assert_linear

from quotes_cli.across.bodies import body_key
from quotes_cli.across.census import Census
from quotes_cli.across.people import Directory
from quotes_cli.language.resolve.people import load_people
from quotes_cli.records import Quotation


def said(speaker: str, role: str = "", gender: str = "", kind: str = "person") -> Quotation:
    return quotation(speaker=speaker, role=role or None, gender=gender or None, speaker_type=kind, named="yes")


def directory(*articles: list[Quotation], known: tuple = ()) -> tuple[Directory, list[dict[str, str]]]:
    census = Census()
    for quotations in articles:
        census.add(quotations)
    found = Directory(census, known)
    return found, [found.of_article(number) for number in range(census.articles)]


def persons(*articles: list[Quotation]) -> list[str]:
    """The names of all persons, in alphabetical order."""
    return sorted(entry.person for entry in directory(*articles)[0].entries)


MAYOR = [said("Ana Ortiz", "Mayor", "f")]


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        pytest.param([MAYOR * 2, MAYOR, [said("Ana R. Ortiz")]], ["Ana Ortiz"], id="a middle initial"),
        pytest.param([MAYOR, MAYOR, [said("Ana Ruiz Ortiz")]], ["Ana Ortiz"], id="a middle name"),
        pytest.param([[said("Bob Dee", "mayor")], [said("Robert Dee", "mayor")]], ["Robert Dee"], id="short"),
        pytest.param([[said("Bob Dee")], [said("Robert Dee")]], ["Bob Dee", "Robert Dee"], id="a short form alone"),
        pytest.param([[said("Bo Núñez")], [said("Bo Nunez")]], ["Bo Núñez"], id="accents"),
        pytest.param([[said("Bo O’Hara")], [said("Bo O'Hara")]], ["Bo O’Hara"], id="apostrophes"),
        pytest.param(
            [[said("Bo Nu\u0301n\u0303ez")], [said("Bo Núñez")]], ["Bo Nu\u0301n\u0303ez"], id="Unicode forms"
        ),
        pytest.param([*[MAYOR] * 5, [said("Ana Orttiz")]], ["Ana Ortiz"], id="a misspelt surname"),
        pytest.param([*[MAYOR] * 5, [said("Anna Ortiz", "Mayor")]], ["Ana Ortiz"], id="a doubled letter"),
        pytest.param([*[MAYOR] * 5, [said("Ortiz")]], ["Ana Ortiz"], id="the surname of somebody well known"),
        pytest.param([MAYOR, [said("Ortiz", "Mayor")]], ["Ana Ortiz"], id="a surname with the office"),
        pytest.param([MAYOR, [said("Ortiz", "singer")]], ["Ana Ortiz", "Ortiz"], id="a surname with other work"),
        pytest.param([MAYOR, [said("Ortiz")]], ["Ana Ortiz", "Ortiz"], id="a surname of which nothing else is known"),
        pytest.param([*[MAYOR] * 5, [said("Ortiz", gender="m")]], ["Ana Ortiz", "Ortiz"], id="a surname of a man"),
        pytest.param([[said("Jon Dee")], [said("Joan Dee")]], ["Joan Dee", "Jon Dee"], id="two given names"),
        pytest.param([[said("Al A. Dee")], [said("Al B. Dee")]], ["Al A. Dee", "Al B. Dee"], id="two middle initials"),
        pytest.param([[said("Al Dee")], [said("Bo Dee")]], ["Al Dee", "Bo Dee"], id="two of one surname"),
        pytest.param(
            [[said("Al Dee Sr.", "owner of the mill")], [said("Al Dee Jr.", "owner of the mill")]],
            ["Al Dee Jr.", "Al Dee Sr."],
            id="father and son",
        ),
        pytest.param(
            [[said("Al Dee", "mayor"), said("Al Dee Jr.", "mayor")]],
            ["Al Dee", "Al Dee Jr."],
            id="father and son in one",
        ),
        pytest.param([[said("Al Dee", "Sen.")], [said("Al Dee Jr.", "Sen.")]], ["Al Dee Jr."], id="a suffix left out"),
        pytest.param(
            [[said("Al Dee", "Bishop")], [said("Al Dee", "striker")]],
            ["Al Dee (Bishop)", "Al Dee (striker)"],
            id="two of one name, by their work",
        ),
        pytest.param(
            [[said("Al Dee", "Bishop"), said("Cy Poe")], [said("Al Dee", "striker"), said("Cy Poe")]],
            ["Al Dee", "Cy Poe"],
            id="one with two kinds of work, by his company",
        ),
        pytest.param(
            [[said("Sasha Dee", gender="f")], [said("Sasha Dee", gender="m")]],
            ["Sasha Dee (person, 1)", "Sasha Dee (person, 2)"],
            id="two of one name, a woman and a man",
        ),
        pytest.param([[said("Ana Ortiz; Bo Lee")], MAYOR], ["Ana Ortiz", "Bo Lee"], id="several who speak together"),
        pytest.param([[said("Chief Whip Ana Ortiz")], MAYOR], ["Ana Ortiz"], id="an office before the name"),
    ],
)
def test_persons(articles: list[list[Quotation]], expected: list[str]) -> None:
    for number in range(4):
        random.Random(number).shuffle(articles)
        assert persons(*articles) == expected


def test_a_made_up_name_is_nobody_elses(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("name,aliases\nAl Dee (Bishop),Albert Dee\n", "utf-8")
    articles = [[said("Al Dee", "Bishop")], [said("Al Dee", "striker")], [said("Albert Dee")]]
    _, found = directory(*articles, known=load_people(tmp_path / "people.csv"))
    assert [list(names.values()) for names in found] == [
        ["Al Dee (Bishop, 1)"],
        ["Al Dee (striker)"],
        ["Al Dee (Bishop)"],
    ]


BODY = "organisation"


@pytest.mark.parametrize(
    ("names", "count"),
    [
        (("Justice Department", "Department of Justice", "U.S. Department of Justice"), 1),
        (("Acme", "Acme Corp.", "Acme Inc"), 1),
        (("National Water Agency", "NWA"), 1),
        (("National Water Agency", "Northern Wool Association", "NWA"), 3),
        (("Ortiz campaign", "Ana Ortiz’s campaign", "Ortiz's presidential campaign"), 2),
        (("Linden Bank", "Port Bank"), 2),
    ],
)
def test_bodies(names: tuple[str, ...], count: int) -> None:
    assert len(persons(*([said(name, kind=BODY)] for name in names))) == count


def test_key_of_a_body_is_never_empty() -> None:
    assert body_key(("the",)) == ("the",)


def test_a_surname_means_in_each_article_whom_it_says() -> None:
    her, him = [said("Ana Ortiz", "Mayor", "f")], [said("Bo Ortiz", "singer", "m")]
    articles = [her, her, him, him, [said("Ortiz", "singer")], [said("Ortiz", "Mayor")], [said("Ortiz", gender="m")]]
    _, found = directory(*articles)
    assert [names.get("Ortiz") for names in found[4:6]] == ["Bo Ortiz", "Ana Ortiz"]


def in_outlets(*articles: tuple[str | None, Quotation]) -> list[list[str]]:
    """Whom each article means; articles are an outlet and what is said there."""
    census = Census()
    for outlet, one in articles:
        census.add([one], outlet)
    return [list(Directory(census).of_article(number).values()) for number in range(census.articles)]


def test_a_surname_means_whom_its_outlet_quotes() -> None:
    her, him, alone = said("Ana Ortiz", gender="f"), said("Bo Ortiz"), said("Ortiz")
    known = [("Linden Echo", her)] * 5 + [("Port Times", him)] * 5
    assert in_outlets(*known, ("LINDEN ECHO", alone), ("Port  Times", alone), (None, alone))[-3:] == [
        ["Ana Ortiz"],
        ["Bo Ortiz"],
        ["Ortiz"],
    ]


@pytest.mark.parametrize(("outlet", "one"), [("Linden Echo", True), ("Port Times", False), (None, True)])
def test_who_is_known_in_one_town_is_not_meant_in_another_by_a_similar_name(outlet: str | None, one: bool) -> None:
    for similar in ("A. Ortiz", "Ana Orttiz", "Ortiz"):
        found = in_outlets(*[("Linden Echo", MAYOR[0])] * 6, (outlet, said(similar)))
        assert (found[-1] == ["Ana Ortiz"]) is one
        found = in_outlets(*[("Linden Echo", MAYOR[0])] * 5, ("Port Times", MAYOR[0]), (outlet, said(similar)))
        assert found[-1] == ["Ana Ortiz"]


def test_the_lists_of_a_person() -> None:
    found, _ = directory(MAYOR * 3, MAYOR, [said("Ortiz", "Mayor")], [said("Ana R. Ortiz", gender="f")])
    [entry] = found.entries
    assert (entry.quotations, entry.articles, entry.women, entry.men) == (6, 4, 3, 0)
    assert (entry.gender, entry.role, entry.aliases) == ("f", "Mayor", ["Ana R. Ortiz", "Ortiz"])


def test_a_file_of_people_has_the_last_word(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    header = "name,aliases,pronoun,role,type,quotations\n"
    path.write_text(f"{header}Anita Ruiz,Ana Ortiz;Ana R. Ortiz,she,Mayor,person,3\nAna Ruiz Ortiz,,,,,\n")
    articles = [MAYOR, [said("Ana R. Ortiz")], [said("Ana Ruiz Ortiz")]]
    _, found = directory(*articles, known=load_people(path))
    assert [list(names.values()) for names in found] == [["Anita Ruiz"], ["Anita Ruiz"], ["Ana Ruiz Ortiz"]]


def test_several_who_speak_together_are_called_as_they_are_elsewhere() -> None:
    found, articles = directory([said("Ana Ortiz; Bo Lee")], MAYOR * 2, [said("Ana R. Ortiz")])
    assert found.person("Ana Ortiz; Bo Lee", articles[0]) == "Ana Ortiz; Bo Lee"
    assert found.person("Ana R. Ortiz; Bo Lee", articles[3 - 1]) == "Ana Ortiz; Bo Lee"


def test_the_order_of_articles_changes_nothing() -> None:
    """Three hundred small worlds: whom each article means, and what all are called, is the same in any order."""
    names = [
        "Ana Ortiz",
        "A. Ortiz",
        "Ortiz",
        "Ana R. Ortiz",
        "Al Ortiz Jr.",
        "Al Ortiz",
        "Anna Ortiz",
        "Bo Lee; Ortiz",
    ]
    for seed in range(300):
        chance = random.Random(seed)
        world = [
            [
                said(name, chance.choice(["", "Mayor", "singer", "mayor of Linden"]), chance.choice(["", "f", "m"]))
                for name in chance.sample(names, chance.randint(1, 3))
            ]
            for _ in range(chance.randint(2, 9))
        ]
        found, meant = directory(*world)
        order = chance.sample(range(len(world)), len(world))
        again, meant_again = directory(*(world[number] for number in order))
        assert [meant[number] for number in order] == meant_again, seed
        assert found.entries == again.entries


# The commands

ARTICLES = {
    "a.txt": "Mayor Ana Ortiz came late. “We will rebuild,” Ortiz said.\n",
    "b.txt": "The mayor, Ana R. Ortiz, left. “It is done,” Ortiz said. “Good,” said a nurse.\n",
    "c.txt": "Bo Lee, a singer, left. “I am off,” Lee said.\n",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder_of(tmp_path_factory.mktemp("articles"), ARTICLES)


PEOPLE = ["Ana R. Ortiz", "Ana R. Ortiz", None, "Bo Lee"]


def test_extract_across(folder: Path) -> None:
    lines = [json.loads(line) for line in output("extract", folder, "--across", "-f", "jsonl").splitlines()]
    assert [line["person"] for line in lines] == PEOPLE
    assert [line["speaker"] for line in lines] == ["Ana Ortiz", "Ana R. Ortiz", "nurse", "Bo Lee"]
    streamed = [json.loads(line) for line in output("extract", folder, "-f", "jsonl").splitlines()]
    assert [line["person"] for line in streamed] == [None] * 4
    assert [{**line, "person": None} for line in lines] == streamed


def test_a_database_knows_its_persons(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    output("extract", folder / "c.txt", "-o", path)
    output("extract", folder, "-o", path)
    with sqlite3.connect(path) as database:
        rows = database.execute("SELECT person FROM records JOIN articles USING (source) ORDER BY source, records.id")
        assert [person for (person,) in rows] == PEOPLE
        database.execute("UPDATE quotations SET quote = 'We will vanish' WHERE number = 1")  # the index still follows
    assert "vanish" in output("search", path, "vanish", "-f", "csv")
    again = output("extract", path, "-f", "jsonl")
    assert [json.loads(line)["person"] for line in again.splitlines()] == ["Bo Lee", *PEOPLE[:3]]


def test_people_of_a_database_and_of_articles_are_the_same(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    output("extract", folder, "-o", path)
    listed = output("people", folder)
    assert listed == output("people", path) == output("people", path, "--min-words", 1)
    first, second = rows(listed)
    assert list(first.values())[:3] == ["Ana R. Ortiz", "Ana Ortiz", "she"]
    assert first["quotations"] == "2"
    assert second["name"] == "Bo Lee"
    assert json.loads(output("people", path, "-f", "json"))[0]["aliases"] == ["Ana Ortiz"]


def test_a_file_of_people_is_put_right_and_fed_back(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    output("people", folder, "-o", path)
    path.write_text(path.read_text("utf-8").replace("Ana R. Ortiz", "Anita Ortiz"), "utf-8")
    lines = output("extract", folder, "--people", path, "-f", "jsonl").splitlines()
    assert json.loads(lines[0])["person"] == "Anita Ortiz"
    assert "Anita Ortiz" in output("people", folder, "--people", path)


def test_speakers_are_counted_by_person(folder: Path) -> None:
    counted = rows(output("speakers", folder))
    assert [(row["speaker"], row["quotations"], row["articles"]) for row in counted] == [
        ("Ana R. Ortiz", "2", "2"),
        ("Bo Lee", "1", "1"),
        ("nurse", "1", "1"),
    ]


def test_a_table_of_people(folder: Path) -> None:
    shown = output("people", folder, "-f", "table")
    assert "Ana R. Ortiz" in shown
    assert "2 names · 3 quotations" in shown


def test_a_database_is_read_alone(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    output("extract", folder, "-o", path)
    assert "is a database, and is read alone" in output("people", path, folder, code=2)


def spell(number: int) -> str:
    """A name of its own for each number."""
    return f"Ort{number:b}".replace("0", "a").replace("1", "i")


HOSTILE: dict[str, Callable[[int], list[Quotation]]] = {
    "one surname": lambda n: [said(f"{spell(i)} Smith") for i in range(n)],
    "one initial": lambda n: [said(f"J. {spell(i)} Smith") for i in range(n)],
    "one given name": lambda n: [said(f"Ana {spell(i)}") for i in range(n)],
    "surnames alone": lambda n: [said("Smith")] + [said(f"{spell(i)} Smith") for i in range(n)],
    "suffixes": lambda n: [said(f"Ana {spell(i)} Jr.") for i in range(n)] + [said(f"Ana {spell(i)}") for i in range(n)],
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_time_grows_with_the_names_and_not_faster(kind: str) -> None:
    def prepare(size: int) -> Callable[[], object]:
        articles = [[one] for one in HOSTILE[kind](size)]
        return lambda: directory(*articles)

    assert_linear(prepare, 300)
