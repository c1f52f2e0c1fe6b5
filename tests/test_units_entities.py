"""Small parts of the resolve stage, a row per decision: who is whom, gender, salience, acronyms, misspellings."""

from __future__ import annotations

import pytest
from test_resolve import build

from quotes_cli.language.resolve.discourse import BREAK, DECAY, FOCUS, Discourse, Trace
from quotes_cli.language.resolve.entities import Entity, Role, agree, given_gender, same_first, suffix, surname
from quotes_cli.language.resolve.inventory import build as inventory_of
from quotes_cli.language.resolve.inventory import learn_genders
from quotes_cli.language.resolve.matching import Catalogue
from quotes_cli.language.resolve.roles import learn
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
    ("name", "gender", "strength"),
    [
        ("ana", "f", 2.0),
        ("frank-peter", "m", 1.0),
        ("frank-zzz", "m", 2.0),
        ("may", "f", 1.793),
        ("king", "m", 1.0),
        ("robin", "m", 0.138),
        ("jordan", "m", 1.032),
        ("zzz", "-", 0.0),
    ],
)
def test_strength_of_given_names(name: str, gender: str, strength: float) -> None:
    assert given_gender(name) == (gender, pytest.approx(strength, abs=0.001))


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


def entity(kind: str = "person", form: str = "", gender: float = 0.0, **fields: object) -> Entity:
    """A named entity; `gender` is positive for votes for a woman."""
    made = Entity(0, kind, **fields)  # type: ignore[arg-type]
    if form:
        made.add(form, tuple(form.lower().split()))
    made.gender_votes["f" if gender > 0 else "m"] += abs(gender)
    return made


def test_the_fullest_name_outside_capitals_and_quotations() -> None:
    made = entity(form="Ortiz")
    made.add("Ana Ortiz", ("ana", "ortiz"), 0)
    assert made.name == "Ortiz"
    made.add("Ana Maria Ortiz", ("ana", "maria", "ortiz"), 0)
    assert made.name == "Ana Maria Ortiz"  # more than twice as long: the quotation tells the name
    assert entity(form="NATO").name == "NATO"
    assert entity(form="UNICEF").name == "UNICEF"
    made.add("DOCTOR ANA MARIA ORTIZ", ("doctor", "ana", "maria", "ortiz"), 0)
    assert made.name == "Ana Maria Ortiz"  # what a headline shouts is no spelling
    made = entity(form="ORTIZ")
    made.add("Ortiz", ("ortiz",), 1)
    assert made.name == "ORTIZ"
    made = entity(form="DELGADO")
    made.add("Delgado", ("delgado",), 1)
    assert made.name == "Delgado"


@pytest.mark.parametrize(("votes", "gender"), [(0.79, "-"), (0.8, "f"), (-0.79, "-"), (-0.8, "m"), (0, "-")])
def test_gender_needs_evidence(votes: float, gender: str) -> None:
    assert entity(gender=votes).gender == gender


def test_the_first_office_is_the_role() -> None:
    made = entity()
    assert made.role() is None
    made.roles = [Role("friend", None, frozenset(), "old friend", 1), Role("mayor", "mayor", frozenset(), "mayor", 9)]
    assert made.role() == "mayor"
    made.known_role = "Editor"
    assert made.role() == "Editor"


@pytest.mark.parametrize(
    ("kind", "type_"), [("person", "person"), ("body", "organisation"), ("place", "organisation"), ("group", "group")]
)
def test_types_of_the_record(kind: str, type_: str) -> None:
    assert entity(kind).type == type_


FACTORS = [
    # pronoun's class, entity, does the pronoun speak -> how well they agree
    ("feminine", entity(form="Ana", gender=1), False, 1.0),
    ("feminine", entity(form="Ana", gender=1, tokens=[1]), False, 1.1),
    ("feminine", entity(form="Ana", gender=1, tokens=list(range(63))), False, 1.4),
    ("masculine", entity(form="Ana", gender=1), False, 0.0),
    ("masculine", entity(form="Bo", gender=-1), False, 1.0),
    ("masculine", entity(form="Bo"), False, 0.4),
    ("masculine", entity(phrase="nurse"), False, 0.26),
    ("masculine", entity("unknown", form="Bo"), False, 0.16),
    ("masculine", entity("unknown", phrase="thing"), False, 0.0),
    ("masculine", entity("body", form="Bank"), False, 0.0),
    ("masculine", entity(phrase="nurses", plural=True), False, 0.0),
    ("neuter", entity("body", form="Bank"), True, 1.0),
    ("neuter", entity("place", form="Linden"), True, 0.6),
    ("neuter", entity("document", phrase="report"), True, 0.9),
    ("neuter", entity("unknown", form="Zyx"), True, 0.4),
    ("neuter", entity("unknown", phrase="table"), True, 0.0),
    ("neuter", entity("unknown", phrase="table"), False, 0.4),
    ("neuter", entity(form="Ana"), True, 0.0),
    ("neuter", entity("group", phrase="crowd"), True, 0.0),
    ("neuter", entity("body", phrase="banks", plural=True), True, 0.0),
    ("plural", entity("group", phrase="crowd"), True, 1.0),
    ("plural", entity(phrase="nurses", plural=True), True, 1.0),
    ("plural", entity("body", form="Bank"), True, 0.7),
    ("plural", entity(form="Ana"), True, 0.15),
    ("plural", entity("unknown", form="Zyx"), True, 0.2),
    ("plural", entity("unknown", phrase="tables"), True, 0.0),
    ("plural", entity("unknown", phrase="tables"), False, 0.2),
    ("plural", entity("document", phrase="report"), True, 0.1),
]


@pytest.mark.parametrize(("kind", "candidate", "speaks", "factor"), FACTORS)
def test_agreement_with_a_pronoun(kind: str, candidate: Entity, speaks: bool, factor: float) -> None:
    assert Discourse._factor(kind, candidate, speaks) == pytest.approx(factor)


# --- salience

ORTIZ_MET = (
    "Ana/NNP/nsubj/2 Ortiz/NNP/flat/0 met/VBD/ROOT/2 Bo/NNP/obj/2 Novak/NNP/flat/3 in/IN/case/6 Linden/NNP/obl/2 "
    "quite/RB/advmod/2 often/RB/advmod/2 last/JJ/amod/10 year/NN/obl/2"
)


def walked(*sentences: str, speakers: set[int] = frozenset()) -> Discourse:  # type: ignore[assignment]
    tokens = build(*sentences)
    inventory = inventory_of(tokens)
    learn(inventory)
    discourse = Discourse(inventory, speakers)
    discourse.run()
    return discourse


def test_weights_of_grammatical_roles() -> None:
    focus = {entity.name: trace for entity, trace in walked(ORTIZ_MET).focus.items()}
    assert focus["Ana Ortiz"] == Trace(80.0, 1, 0, 0, 2)
    assert focus["Bo Novak"] == Trace(50.0, 1, 0, 3, 2)
    assert focus["Linden"] == Trace(35.0, 1, 0, 6, 2)


def test_sources_weigh_more_and_mentions_add_up() -> None:
    focus = {entity.name: trace for entity, trace in walked(ORTIZ_MET, speakers={0}).focus.items()}
    assert focus["Ana Ortiz"].value == 130.0
    again = "Ortiz/NNP/nsubj/1 left/VBD/ROOT/1"
    focus = {entity.name: trace for entity, trace in walked(ORTIZ_MET, again).focus.items()}
    assert focus["Ana Ortiz"] == Trace(pytest.approx(80 + 0.35 * 80 * DECAY), 2, 0, 11, 12)


@pytest.mark.parametrize(
    ("clock", "paragraph", "value"),
    [(1, 0, 80.0), (3, 0, 80.0 * DECAY**2), (1, 2, 80.0 * BREAK**2), (2, 9, 80.0 * DECAY * BREAK**6)],
)
def test_salience_fades(clock: int, paragraph: int, value: float) -> None:
    discourse = walked(ORTIZ_MET)
    discourse.clock = clock
    discourse.tokens.paragraph[5] = paragraph
    assert discourse._salience(Trace(80.0, 1, 0, 0, 2), 5) == pytest.approx(value)


def test_focus_holds_so_many() -> None:
    sentences = [
        f"Zyx{chr(65 + i // 26)}{chr(97 + i % 26)}/NNP/nsubj/1#PERSON left/VBD/ROOT/1" for i in range(FOCUS + 3)
    ]
    focus = [entity.name for entity in walked(*sentences).focus]
    assert len(focus) == FOCUS
    assert focus[0] == "ZyxAd"


@pytest.mark.parametrize(
    ("sentences", "votes"),
    [
        (["Zyx/NNP/nsubj/1#PERSON said/VBD/ROOT/1 she/PRP/nsubj/3 left/VBD/ccomp/1"], (0.0, 0.7)),
        (["Zyx/NNP/nsubj/1#PERSON left/VBD/ROOT/1", "He/PRP/nsubj/1 ran/VBD/ROOT/1"], (0.7, 0.0)),
        (
            [
                "Zyx/NNP/nsubj/1#PERSON left/VBD/ROOT/1",
                "It/PRP/nsubj/1 ran/VBD/ROOT/1",
                "He/PRP/nsubj/1 ran/VBD/ROOT/1",
            ],
            (0.7, 0),
        ),
        (["Zyx/NNP/nsubj/1#PERSON met/VBD/ROOT/1 Qwv/NNP/obj/1#PERSON", "He/PRP/nsubj/1 ran/VBD/ROOT/1"], (0.0, 0.0)),
        (
            ["Zyx/NNP/nsubj/3#PERSON the/DT/det/2 nurse/NN/nsubj/3 said/VBD/ROOT/3 he/PRP/nsubj/5 left/VBD/ccomp/3"],
            (0, 0),
        ),
    ],
)
def test_pronouns_vote_on_gender(sentences: list[str], votes: tuple[float, float]) -> None:
    tokens = build(*sentences)
    inventory = inventory_of(tokens)
    learn_genders(inventory)
    zyx = next(e for e in inventory.entities if e.name == "Zyx")
    assert (zyx.gender_votes["m"], zyx.gender_votes["f"]) == pytest.approx(votes)
