"""The walk through an article, a row per decision: traces, focus, and how pronouns vote on gender."""

from __future__ import annotations

import pytest
from test_resolve import build

from quotes_cli.language.resolve.discourse import Discourse
from quotes_cli.language.resolve.focus import MOST, Focus
from quotes_cli.language.resolve.inventory import Inventory
from quotes_cli.language.resolve.inventory import build as inventory_of
from quotes_cli.language.resolve.narration import learn_genders, stops
from quotes_cli.language.resolve.roles import learn
from quotes_cli.language.resolve.traits import Traits

ORTIZ_MET = (
    "Ana/NNP/nsubj/2 Ortiz/NNP/flat/0 met/VBD/ROOT/2 Bo/NNP/obj/2 Novak/NNP/flat/3 in/IN/case/6 Linden/NNP/obl/2 "
    "quite/RB/advmod/2 often/RB/advmod/2 last/JJ/amod/10 year/NN/obl/2"
)


def walked(*sentences: str, speakers: frozenset[int] = frozenset()) -> Discourse:
    tokens = build(*sentences)
    inventory = inventory_of(tokens)
    learn(inventory)
    discourse = Discourse(inventory, dict.fromkeys(speakers, frozenset()))
    discourse.run(everywhere=True)
    return discourse


def test_traces_of_a_sentence() -> None:
    traces = {entity.name: trace for entity, trace in walked(ORTIZ_MET).focus.traces.items()}
    found = {name: (trace.role, trace.clock, trace.paragraph, trace.token) for name, trace in traces.items()}
    wanted = {"Ana Ortiz": ("main subject", 1, 0, 0), "Bo Novak": ("object", 1, 0, 3), "Linden": ("other", 1, 0, 6)}
    assert found == found | wanted
    assert {traces[name].governor for name in wanted} == {2}


def test_traces_add_up() -> None:
    again = "Ortiz/NNP/nsubj/1 left/VBD/ROOT/1"
    focus = walked(ORTIZ_MET, again, speakers=frozenset({0})).focus
    trace = next(trace for entity, trace in focus.traces.items() if entity.name == "Ana Ortiz")
    assert (trace.times, trace.spoke, trace.clock, trace.led, trace.early) == (2, 1, 2, 2, True)
    assert focus.place(0).speaks
    assert not focus.place(1).speaks
    assert focus.place(0).speaker is focus.latest(0)[0]


def test_the_clock_passes_over_sentences_wholly_in_quotations() -> None:
    left = "Zyx/NNP/nsubj/1#PERSON left/VBD/ROOT/1"
    inventory = Inventory(build(left, left, left, left), quoted={1, 2, 3, 4, 5})
    assert inventory.silent == [0, 0, 1, 2, 2]
    focus = Focus(inventory, {})
    clocks = []
    for i in (0, 6, 7):
        focus.step_to(i)
        clocks.append(focus.clock)
    assert clocks == [1, 2, 2]


def test_a_long_paragraph_counts_as_several() -> None:
    left = "Zyx/NNP/nsubj/1#PERSON left/VBD/ROOT/1"
    assert Focus(Inventory(build(*[left] * 7)), {}).paragraph[::2] == [0, 0, 1, 1, 2, 2, 3]
    assert Focus(Inventory(build(*[left] * 6)), {}).paragraph[::2] == [0] * 6


def test_where_the_walk_stops() -> None:
    tokens = build(
        "The/DT/det/1 nurse/NN/nsubj/2 told/VBD/ROOT/2 her/PRP/obj/2 twice/RB/advmod/2 that/IN/mark/6 Qwv/XX/nsubj/6"
    )
    inventory = Inventory(tokens, quoted={3})
    assert stops(inventory, {4}, Traits(inventory), ()) == [1, 4]


def test_focus_holds_so_many() -> None:
    sentences = [
        f"Zyx{chr(65 + i // 26)}{chr(97 + i % 26)}/NNP/nsubj/1#PERSON left/VBD/ROOT/1" for i in range(MOST + 3)
    ]
    focus = [entity.name for entity in walked(*sentences).focus.traces]
    assert len(focus) == MOST
    assert focus[0] == "ZyxAd"


@pytest.mark.parametrize(
    ("sentences", "vote"),
    [
        (["Zyx/NNP/nsubj/1#PERSON said/VBD/ROOT/1 she/PRP/nsubj/3 left/VBD/ccomp/1"], "f"),
        (["Zyx/NNP/nsubj/1#PERSON left/VBD/ROOT/1", "He/PRP/nsubj/1 ran/VBD/ROOT/1"], "m"),
        (
            [
                "Zyx/NNP/nsubj/1#PERSON left/VBD/ROOT/1",
                "It/PRP/nsubj/1 ran/VBD/ROOT/1",
                "He/PRP/nsubj/1 ran/VBD/ROOT/1",
            ],
            "m",
        ),
        (["Zyx/NNP/nsubj/1#PERSON met/VBD/ROOT/1 Qwv/NNP/obj/1#PERSON", "He/PRP/nsubj/1 ran/VBD/ROOT/1"], "-"),
        (
            [
                "Zyx/NNP/nsubj/1#PERSON asked/VBD/ROOT/1 Qwv/NNP/obj/1#PERSON about/IN/case/4 herself/PRP/obl/1 "
                "and/CC/cc/7 his/PRP$/nmod:poss/7 dog/NN/conj/4"
            ],
            "f",
        ),
        (["Zyx/NNP/nsubj/1#PERSON asked/VBD/ROOT/1 Qwv/NNP/obj/1#PERSON about/IN/case/4 her/PRP/obl/1"], "-"),
        (["Zyx/NNP/nsubj/1#PERSON asked/VBD/ROOT/1 him/PRP/obj/1 what/WP/obj/5 she/PRP/nsubj/5 saw/VBD/ccomp/1"], "-"),
        (["Zyx/NNP/nsubj/1#PERSON hid/VBD/ROOT/1 his/PRP$/nmod:poss/3 hat/NN/obj/1 from/IN/case/5 him/PRP/obl/1"], "m"),
        (
            [
                "Qwv/NNP/nsubj/3#PERSON and/CC/cc/2 Zyx/NNP/conj/0#PERSON saw/VBD/ROOT/3 Rst/NNP/obj/3#PERSON "
                "herself/PRP/obl/3"
            ],
            "-",
        ),
        (
            ["Zyx/NNP/nsubj/3#PERSON the/DT/det/2 nurse/NN/nsubj/3 said/VBD/ROOT/3 he/PRP/nsubj/5 left/VBD/ccomp/3"],
            "-",
        ),
    ],
)
def test_pronouns_vote_on_gender(sentences: list[str], vote: str) -> None:
    tokens = build(*sentences)
    inventory = inventory_of(tokens)
    learn_genders(inventory, stops(inventory, (), Traits(inventory), ()))
    zyx = next(e for e in inventory.entities if e.name == "Zyx")
    assert zyx.gender == vote
