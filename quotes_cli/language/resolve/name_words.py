"""The words of a name in, what they tell out wherever it stands: a people, a country, a ship, a place.

What was found is remembered, as names come again.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from quotes_cli.language.personal_names import KEPT, Key
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import given_names, singular, words

#: Before the name of a ship or a storm, which speaks no more than a place does.
SHIPS = frozenset("hms hmas hmcs hmnzs rms uss usns mv".split())
STORMS = frozenset("hurricane typhoon cyclone".split())
BODY_JOINTS = frozenset({"of", "&", "for"})  # inside the name of a body
#: Parts of the world that are no countries.
REGIONS = frozenset(
    {"latin america", "south america", "central america", "north america", "middle east", "far east", "southeast asia"}
    | {"east asia", "south asia", "central asia", "west africa", "east africa", "north africa", "southern africa"}
    | {"europe", "eastern europe", "western europe", "central europe", "asia", "africa", "america", "antarctica"}
)


@lru_cache(maxsize=KEPT)
def are_people(word: str) -> bool:
    """Is it a word for a people, or for several people?"""
    lex, one = words(), singular(word)
    return word in lex.peoples or (one != word and (one in lex.peoples or one in lex.persons))


class Form(NamedTuple):
    """What the words of a name tell, wherever it stands; `place` and `body` are votes."""

    is_people: bool
    is_country: bool
    is_given: bool
    is_ship: bool
    has_initial: bool
    place: float
    body: float


@lru_cache(maxsize=KEPT)
def form_of(key: Key) -> Form:
    """What the words of this name tell."""
    lex, whole = words(), " ".join(key)
    given = key[0] in given_names()
    return Form(
        is_people=whole in lex.peoples,
        is_country=whole in lex.countries,
        is_given=given,
        is_ship=len(key) > 1 and (key[0] in SHIPS or key[-2] in STORMS or key[-3:-1] == ("tropical", "storm")),
        has_initial=len(key) > 2 and given and any(len(word) == 1 for word in key[1:-1]),
        place=4 * (whole in column("wordnet_places.txt")) + 2.5 * (whole in REGIONS),
        body=2.0 * (not BODY_JOINTS.isdisjoint(key)) + 6.0 * ("&" in key),  # no person is called Ford & Lund
    )
