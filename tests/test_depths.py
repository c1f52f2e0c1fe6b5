"""How deep each paragraph is analysed: what of an article an answer can hang on, and no more."""

from __future__ import annotations

import pytest

from quotes_cli.language.fast import Fast
from quotes_cli.language.parse.depth import set_depths
from quotes_cli.language.parse.paragraph import Depth, tokenise
from quotes_cli.language.segment import segment

QUOTING = "“We lost the bridge that day,” Ortiz said."
DESCRIBED = "“We lost the bridge that day,” the teacher said."
FILL = "It rained.\n\nThe wind rose.\n\nNobody came."


@pytest.fixture(scope="module")
def fast() -> Fast:
    return Fast()


def depths(fast: Fast, *paragraphs: str) -> list[Depth]:
    text = "\n\n".join(paragraphs)
    found = tokenise(fast, text, segment(text))
    set_depths(found)
    return [paragraph.depth for paragraph in found]


@pytest.mark.parametrize(
    ("told", "depth"),
    [
        ("They met Ana Ortiz in the old hall.", Depth.TAGS),  # a given name
        ("They met the harbour master, Ortiz, in the old hall.", Depth.TAGS),  # an apposition
        ("They met Bo Lee in the old hall.", Depth.SKIP),  # of whom nobody speaks
        ("They met in the old hall.", Depth.SKIP),
    ],
)
def test_of_a_name_that_speaks_what_is_new(told: str, depth: Depth, fast: Fast) -> None:
    assert depths(fast, FILL, QUOTING, FILL, told)[-1] is depth


@pytest.mark.parametrize(
    ("told", "depth"),
    [
        ("Bo Lee, a retired music teacher, left early.", Depth.TAGS),
        ("They met teacher Bo Lee in the old hall.", Depth.TAGS),
        (
            "A good teacher is hard to find in our time, as all those know who once went to school in Linden.",
            Depth.SKIP,
        ),
        ("Nobody found the key.", Depth.SKIP),
    ],
)
def test_of_a_description_that_speaks_the_noun_near_a_name(told: str, depth: Depth, fast: Fast) -> None:
    assert depths(fast, told, FILL, FILL, "Cy Dee sang.", DESCRIBED)[0] is depth


@pytest.mark.parametrize(
    ("told", "description"),
    [
        ("Prime Minister Bo Lee left early.", "the premier"),
        ("Gov. Bo Lee left early.", "the governor"),
        ("Linden Foods left early.", "the company"),
    ],
)
def test_or_a_word_for_the_same(told: str, description: str, fast: Fast) -> None:
    quoting = f"“We lost the bridge that day,” {description} said."
    assert depths(fast, told, FILL, FILL, "Cy Dee sang.", quoting)[0] is Depth.TAGS
    assert depths(fast, told, FILL, FILL, "Cy Dee sang.", DESCRIBED)[0] is Depth.SKIP


def test_a_noun_near_a_name_is_looked_at_once(fast: Fast) -> None:
    told = "They met teacher Bo Lee in the old hall."
    assert depths(fast, told, told, FILL, FILL, "Cy Dee sang.", DESCRIBED)[:2] == [Depth.TAGS, Depth.SKIP]


@pytest.mark.parametrize("noun", ["Mr. Ortiz", "teachers"])
def test_neither_a_title_of_courtesy_nor_many_are_looked_for(noun: str, fast: Fast) -> None:
    told = "They met teachers Bo Lee and Cy Dee, and Mr. Novak, in the old hall."
    quoting = f"“We lost the bridge that day,” the old {noun} said."
    assert depths(fast, told, FILL, FILL, "Cy Dee sang.", quoting)[0] is Depth.SKIP
