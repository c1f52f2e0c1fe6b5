"""Small parts of the resolve stage, a row per decision: who is whom, gender, focus, acronyms, misspellings."""

from __future__ import annotations

from typing import Any

import pytest
from test_resolve import build

from quotes_cli.language.personal_names import (
    agree,
    given_odds,
    is_family_first,
    key_of,
    same_first,
    suffix,
    surname,
)
from quotes_cli.language.resolve.entities import Entity, Role
from quotes_cli.language.resolve.features import may_be
from quotes_cli.language.resolve.focus import Focus
from quotes_cli.language.resolve.inventory import Inventory
from quotes_cli.language.resolve.matching import Catalogue
from quotes_cli.language.words.vocabulary import singular

# --- names

SINGULARS = (
    "people/person men/man women/woman children/child wives/wife firemen/fireman policewomen/policewoman cities/city "
    "churches/church classes/class glasses/glass boss/boss status/status basis/basis gas/gas bus/bus aides/aide "
    "yes/yes ladies/lady omen/omen lens/len"
)


@pytest.mark.parametrize("pair", SINGULARS.split())
def test_singular(pair: str) -> None:
    plural, expected = pair.split("/")
    assert singular(plural) == expected


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("ana ortiz", "ana ortiz", True),
        ("ana ortiz ii", "ana ortiz iii", False),
        ("ana ortiz iv", "ana ortiz ii", False),
        ("ana", "ana ortiz", False),
        ("gabriel garcia marquez", "gabriel garcia", True),
        ("gabriel garcia marquez", "garcia marquez", True),
        ("ana b ortiz", "ana c ortiz", False),
        ("ana beth ortiz", "ana b ortiz", True),
        ("ana beth ortiz", "ana carla ortiz", False),
        ("ana beth carla ortiz", "ana dora ortiz", True),
        ("jon ana ortiz", "ana ortiz", True),
        ("a ortiz", "jon a ortiz", False),
    ],
)
def test_full_names_that_agree(a: str, b: str, same: bool) -> None:
    assert agree(tuple(a.split()), tuple(b.split())) is same


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("ana", "ana", True),
        ("a", "ana", True),
        ("ana", "a", True),
        ("b", "ana", False),
        ("bill", "william", True),
        ("william", "bill", True),
        ("bob", "bert", False),
        ("an", "ana", False),
    ],
)
def test_first_names_that_agree(a: str, b: str, same: bool) -> None:
    assert same_first(a, b) is same


@pytest.mark.parametrize("end", ["jr", "sr", "ii", "iii", "iv"])
def test_suffixes_tell_father_from_son(end: str) -> None:
    assert suffix(("ana", "ortiz", end)) == end
    assert surname(("ana", "ortiz", end)) == ("ortiz",)
    assert suffix(("ana", "ortiz")) is None


@pytest.mark.parametrize(
    ("a", "b", "near"),
    [
        ("buchanan", "buchannan", True),
        ("buchanan", "bucanan", True),
        ("buchanan", "bukanam", False),
        ("buchanan", "duchanan", False),
        ("smythe", "smith", False),
        ("smith", "smyth", False),
        ("buchanan", "buchan", True),
        ("buchanan", "bucha", False),
        ("buchanan", "buchananabc", False),
        ("buchanan", "buhcnana", False),
        ("martin", "morten", True),
    ],
)
def test_misspelt_surnames_are_two_edits_away(a: str, b: str, near: bool) -> None:
    catalogue = Catalogue()
    entity = catalogue.place_full(("ana", a), "person")[0][0]
    assert catalogue.misspelt(b) == ({entity} if near else set())


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        # log(women / men): 2.9 is 95 in 100, 2.2 nine in ten, 1.1 three in four
        ("elizabeth", 4.6, 5.0),
        ("hillary", 2.2, 2.9),
        ("ashley", 1.1, 2.2),
        ("andrea", 1.1, 2.2),  # a woman's name in German and English, a man's in Italian
        ("kerry", 0.3, 1.1),
        ("jean", -0.5, 0.5),  # a woman in English, a man in French
        ("robin", -1.5, -0.5),
        ("jordan", -2.9, -1.5),
        ("alex", -2.9, -1.5),
        ("marty", -2.9, -2.2),
        ("barack", -5.0, -2.9),
        ("frank", -4.6, -3.9),
        ("frank-zzz", -4.6, -3.9),
        ("zzz", 0.0, 0.0),
        ("zzz-ana", 0.0, 0.0),
        ("florida", 0.0, 0.0),  # a state before it is anybody's name, and so with France, Boston
        ("virginia", 2.9, 5.0),
        ("queen", 0.0, 0.0),
    ],
)
def test_odds_of_given_names(name: str, low: float, high: float) -> None:
    assert low <= given_odds((name, "ortiz")) <= high


@pytest.mark.parametrize(
    ("name", "like"),
    [
        ("j. ann lee", "ann lee"),
        ("w ann lee", "ann lee"),
        ("ann frank lee", "ann lee"),
        ("zzz ann lee", "zzz lee"),  # whether Ann is the given name or the mother's is not known
        ("maria van der berg", "maria lopez"),
        ("ana ortiz jr", "ana ortiz"),
        ("j. k. ortiz", "zzz ortiz"),
        ("ana", "zzz lee"),  # may be a surname
    ],
)
def test_which_part_of_a_name_tells_the_gender(name: str, like: str) -> None:
    assert given_odds(tuple(name.split())) == given_odds(tuple(like.split()))


@pytest.mark.parametrize(
    ("name_odds", "pieces", "gender"),
    [
        (0.0, "", "-"),
        (-1.3, "", "-"),  # Robin
        (1.6, "", "f"),
        (4.6, "pronoun m", "f"),  # one stray "he" against a name that is a woman's in 99 of 100 cases
        (4.6, "pronoun m, guess m, guess m, guess m", "f"),
        (1.3, "pronoun m", "-"),  # Ashley, he
        (-2.5, "pronoun f", "-"),  # Marty, she
        (-2.5, "pronoun f, pronoun f, pronoun f, pronoun f, pronoun f", "f"),
        (-2.5, "pronoun f, pronoun m", "m"),
        (0.0, "pronoun f", "f"),
        (0.0, "guess f, guess f, guess f", "-"),  # what the walk took pronouns for, once wrong, is not wrong for good
        (-2.5, "title f", "f"),  # Mrs. Marty Walz
        (-5.0, "title f", "-"),
        (0.0, "title f, title f, title m", "f"),
        (2.5, "noun m", "m"),  # Hillary Lane, a chairman
        (4.6, "noun m", "-"),
        (0.0, "noun f, pronoun m", "f"),
        (5.0, "title f, file m", "m"),  # what the newsroom's file says
    ],
)
def test_evidence_on_gender(name_odds: float, pieces: str, gender: str) -> None:
    made = entity(name_odds=name_odds)
    for piece in pieces.split(", ") if pieces else ():
        made.tell_gender(*piece.split())
    assert made.gender == gender


PLACED = [
    ("ana maria ortiz, ana ortiz, maria ortiz", "person", "0 exact name, 0 name parts, 1 exact name"),
    ("gabriel garcia marquez, gabriel garcia", "person", "0 exact name, 0 name parts"),
    ("ursula van der berg, van der berg", "person", "0 exact name, 0 surname"),
    ("van dam", "person", "0 exact name"),
    ("linden morning herald, morning herald", "body", "0 exact name, 0 name parts"),
    ("ford motor company, ford motor", "body", "0 exact name, 0 name parts"),
    ("ford motor company, motor pool", "body", "0 exact name, 1 exact name"),
    ("ana ortiz, bo ortiz", "person", "0 exact name, 1 exact name"),
    ("frank dalton jr, frank dalton, frank dalton sr", "person", "0 exact name, 0 name parts, 1 exact name"),
]


@pytest.mark.parametrize(("names", "kind", "expected"), PLACED)
def test_full_names_find_their_entity(names: str, kind: str, expected: str) -> None:
    catalogue = Catalogue()
    owners = [catalogue.place_full(tuple(name.split()), kind) for name in names.split(", ")]
    assert ", ".join(f"{entities[0].number} {way}" for entities, way in owners) == expected
    assert {entity.kind for entity in catalogue.entities} == {kind}


@pytest.mark.parametrize(
    ("word", "kind", "expected"),
    [
        ("ortiz", "person", "ana maria ortiz, surname"),
        ("ana", "person", "ana maria ortiz, name parts"),
        ("maria", "unknown", "ana maria ortiz, name parts"),
        ("ana", "place", "ana, exact name"),
        ("nwa", "body", "national water agency of linden, exact name"),
        ("nwal", "body", "national water agency of linden, acronym"),
        ("nwaol", "body", "national water agency of linden, acronym"),
        ("national", "body", "national water agency of linden, name parts"),
        ("linden", "body", "linden, exact name"),
        ("zyx", "person", "zyx, exact name"),
    ],
)
def test_single_words_find_their_entity(word: str, kind: str, expected: str) -> None:
    catalogue = Catalogue()
    catalogue.place_full(("ana", "maria", "ortiz"), "person")
    catalogue.place_full(("national", "water", "agency", "of", "linden"), "body")
    entities, way = catalogue.place_single((word,), [], kind)
    if expected.endswith("exact name"):
        expected = f"{word}, exact name"
    assert ", ".join([*(" ".join(next(iter(e.keys))) for e in entities), way]) == expected


# --- entities


def entity(kind: str = "person", form: str = "", phrase: str | None = None, **fields: Any) -> Entity:
    """A named entity, or what is only called by a phrase."""
    made = Entity(0, kind, phrase=(lambda: phrase) if phrase else None, **fields)
    if form:
        made.add(form, tuple(form.lower().split()))
    return made


def test_the_fullest_name_outside_capitals_and_quotations() -> None:
    made = entity(form="Ortiz")
    made.add("Ana Ortiz", ("ana", "ortiz"), 0)
    assert made.name == "Ana Ortiz"  # narration gives no more than the surname
    made.add("Ana Ortiz", ("ana", "ortiz"), 1)
    made.add("Poor Ana Ortiz", ("poor", "ana", "ortiz"), 0)
    assert made.name == "Ana Ortiz"
    made.add("Ana Maria Rosa Luz Ortiz", ("ana", "maria", "rosa", "luz", "ortiz"), 0)
    assert made.name == "Ana Maria Rosa Luz Ortiz"  # more than twice as long: the quotation tells the name
    board = entity("body", form="Linden")
    board.add("Linden Board", ("linden", "board"), 0)
    assert board.name == "Linden Board"
    board = entity("body", form="Linden")
    board.add("Linden Sale", ("linden", "sale"), 0)
    assert board.name == "Linden"
    assert entity(form="NATO").name == "NATO"
    assert entity(form="UNICEF").name == "UNICEF"
    made.add("DOCTOR ANA MARIA ORTIZ", ("doctor", "ana", "maria", "ortiz"), 0)
    assert made.name == "Ana Maria Rosa Luz Ortiz"  # what a headline shouts is no spelling
    made = entity(form="ORTIZ")
    made.add("Ortiz", ("ortiz",), 1)
    assert made.name == "Ortiz"  # nor what a transcript's label does
    made = entity(form="DELGADO")
    made.add("Delgado", ("delgado",), 1)
    assert made.name == "Delgado"


def test_the_first_office_is_the_role() -> None:
    made = entity()
    assert made.role() is None
    made.roles = [Role("friend", None, frozenset(), "old friend", 1), Role("mayor", "mayor", frozenset(), "mayor", 9)]
    assert made.role() == "mayor"
    made.known_role = "Editor"
    assert made.role() == "Editor"


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ("Mayor", "Mayor"),
        ("Mayor Mayor Linden_mayor", "Linden_mayor"),  # more than the bare office
        ("Linden_mayor former_mayor former_mayor", "former_mayor"),
        ("Senator Mayor Mayor", "Mayor"),
        ("Senator Mayor", "Senator"),  # the first of those as common
        ("old_friend old_friend Mayor", "Mayor"),
        ("old_friend good_friend", "old_friend"),
    ],
)
def test_the_commonest_office_is_the_role(texts: str, said: str) -> None:
    made = entity()
    for i, text in enumerate(texts.split()):
        words = text.replace("_", " ")
        head = words.split()[-1].lower()
        made.described[words] = made.described.get(words, 0) + 1
        role = Role(head, None if head == "friend" else head, frozenset(), words, i)
        made.roles += [role] if role not in made.roles else []
    assert made.role() == said.replace("_", " ")


@pytest.mark.parametrize(
    ("kind", "type_"), [("person", "person"), ("body", "organisation"), ("place", "organisation"), ("group", "group")]
)
def test_types_of_the_record(kind: str, type_: str) -> None:
    assert entity(kind).type == type_


WOMAN, MAN = entity(form="Ana", name_odds=3.0), entity(form="Bo", name_odds=-3.0)
NAMED, UNNAMED, MAYBE = entity(form="Bo"), entity(phrase="nurse"), entity("unknown", form="Zyx")
THING, THINGS = entity("unknown", phrase="table"), entity("unknown", phrase="tables")
BODY, PLACE, DOCUMENT = entity("body", form="Bank"), entity("place", form="Linden"), entity("document", phrase="report")
GROUP, NURSES = entity("group", phrase="crowd"), entity(phrase="nurses", plural=True)
BANKS = entity("body", phrase="banks", plural=True)
ONCE, OFTEN = (entity(form="Ana", name_odds=2.0, tokens=list(range(often))) for often in (1, 63))

PRONOUNS = [
    # its class, does it speak -> whom it may mean; whom it cannot mean
    ("feminine", False, [OFTEN, ONCE, WOMAN, NAMED, UNNAMED, MAYBE], [MAN, THING, BODY, NURSES]),
    ("masculine", False, [MAN, NAMED, UNNAMED, MAYBE], [WOMAN, THING, BODY, NURSES]),
    ("neuter", True, [BODY, DOCUMENT, PLACE, MAYBE], [THING, WOMAN, GROUP, BANKS]),
    ("neuter", False, [BODY, DOCUMENT, PLACE, THING], [WOMAN, GROUP, BANKS]),
    ("plural", True, [GROUP, BODY, MAYBE, WOMAN], [THINGS, DOCUMENT]),
    ("plural", True, [NURSES, BODY], [THINGS]),
    ("plural", False, [GROUP, BODY, THINGS, WOMAN], []),
]


@pytest.mark.parametrize(("kind", "speaks", "means", "never"), PRONOUNS)
def test_whom_a_pronoun_may_mean(kind: str, speaks: bool, means: list[Entity], never: list[Entity]) -> None:
    rain = Inventory(build("it/PRP/nsubj/1 rained/VBD/ROOT/1"))
    place = Focus(rain, {0: frozenset()} if speaks else {}).place(0)
    assert may_be(kind, [*means, *never], place) == means


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Xi Jinping", True),
        ("Moon Jae-in", True),
        ("Kim Jong Un", True),
        ("Nguyen Xuan Phuc", True),
        ("Kim Lane", False),
        ("Lin Manuel", False),
        ("Mei Smith", False),
        ("Ana Li", False),
    ],
)
def test_a_family_name_of_east_asia_stands_first(name: str, first: bool) -> None:
    assert is_family_first(key_of(name.split())) is first
