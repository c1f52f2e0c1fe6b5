"""The words of a name in, what they tell out wherever it stands: a people, a country, a ship, a place.

What was found is remembered, as names come again.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from quotes_cli.language.personal_names import KEPT, Key, key_of
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import given_names, singular, words

from .titular import DESCRIBING

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
#: Given names of two syllables, as Koreans and many Chinese spell them: Kim *Ji-won*; not Pro-life Action.
TWO_SYLLABLES = re.compile(
    "(?!(?:All|Anti|Co|Cross|Ex|Full|Half|Long|Mid|Multi|Neo|Non|Off|Part|Post|Pre|Pro|Self|Semi|Sub|Super|Vice|Well)-)"
    "[A-Z][a-z]{1,5}-[a-z]{2,5}"
)
#: Last words of the names of places.
GEOGRAPHIC = frozenset(
    "tower towers hotel plaza stadium arena palace "
    "islands island isles isle river lake mountains bay peninsula valley strait sea ocean desert street road avenue "
    "boulevard airport square park bridge beach hills plateau gulf canyon gorge forest".split()
)
SURNAMES = frozenset("lake park bay bridge beach street forest hills river".split())  # that are surnames, too
MEALS = frozenset({"breakfast", "dinner", "luncheon"})  # last words of what is no person: the Linden Press Breakfast
#: A word made of two, which nobody is called: HarborPay, but MacArthur, VanDyke.
BRAND = re.compile(r"(?!(?:Mac|Fitz|Van|Von|Del|Des|Der|Dos|Vander|Della)[A-Z])[A-Z][a-z]{2,}[A-Z][a-z]\w*")


@lru_cache(maxsize=KEPT)
def are_people(word: str) -> bool:
    """Is it a word for a people, or for several people?"""
    lex, one = words(), singular(word)
    return word in lex.peoples or (one != word and (one in lex.peoples or one in lex.persons))


class Form(NamedTuple):
    """What the words of a name tell, wherever it stands; `key` are they folded, `person`, `place` and `body` votes.

    `is_none`: are they no name: the South Korean, the EU-led panel? `is_given`: is the first a given name? `is_joined`:
    has one a hyphen? `is_spot`: is it a place by its last word? `is_shouted`: is it one word in capitals?
    """

    key: Key
    is_none: bool = True
    is_country: bool = False
    is_given: bool = False
    is_ship: bool = False
    is_joined: bool = False
    is_spot: bool = False
    is_shouted: bool = False
    has_initial: bool = False
    person: float = 0.0
    place: float = 0.0
    body: float = 0.0


@lru_cache(maxsize=KEPT)
def form_of(spelt: tuple[str, ...]) -> Form:
    """What the words of this name tell."""
    key = key_of(spelt)
    if not key:
        return Form(key)
    lex, whole, several = words(), " ".join(key), len(key) > 1
    given = key[0] in given_names()
    borne = given and key[-1] in SURNAMES  # Ana Lake, and no Lincoln Tower
    hyphen = several and len(key) < 4 and "-" in whole
    return Form(
        key,
        is_none=whole in lex.peoples or (not several and DESCRIBING.fullmatch(whole) is not None),
        is_country=whole in lex.countries,
        is_given=given,
        is_ship=several
        and ((key[0] in SHIPS and "." not in spelt[0]) or key[-2] in STORMS or key[-3:-1] == ("tropical", "storm")),
        is_joined="-" in "".join(spelt),
        is_spot=several and key[-1] in GEOGRAPHIC and not borne,
        is_shouted=not several and spelt[0].isupper() and 2 <= len(spelt[0].replace(".", "")) <= 6,
        has_initial=len(key) > 2 and given and any(len(word) == 1 for word in key[1:-1]),
        person=2.5 * (hyphen and any(map(TWO_SYLLABLES.fullmatch, spelt))),
        place=4 * (whole in column("wordnet_places.txt"))
        + 2.5 * (whole in REGIONS)
        + 2 * (several and key[-1] in MEALS),
        body=2.0 * (not BODY_JOINTS.isdisjoint(key))
        + 6.0 * ("&" in key)  # no person is called Ford & Lund
        + 2.5 * (not (several or given) and BRAND.fullmatch(spelt[0]) is not None),
    )
