"""An office with what it is of passes through here: where its bearer's name begins behind it, and the body's before.

Minister for Health and Sport | *Ana Lee*, president of the | *Linden Union* | Ana Lee.
"""

from __future__ import annotations

from collections.abc import Set

from quotes_cli.language.designations import OFFICE_PREPOSITIONS, SMALL_INSIDE, is_family_name, person_behind_office
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.spelling import is_word
from quotes_cli.language.words.vocabulary import given_names, words

from .cuts import particles_lead
from .titular import is_title

#: Last words of what somebody in office is for or of: Commissioner for Human *Rights* Tarek Salim.
FIELDS = frozenset(
    "affairs rights refugees security defence defense policy trade health education justice staff state interior "
    "finance labor labour energy agriculture transport culture environment commerce economy industry sport sports "
    "youth tourism housing fisheries works water lands mines resources welfare development planning infrastructure "
    "communications information immigration aviation prisons revenue roads livestock science technology innovation "
    "communities climate change students children women".split()
)


def may_hold_office(word: str) -> bool:
    """Is it a noun for a person, or a title?"""
    return word in words().persons or word in words().titles


def bearer_of(tokens: Tokens, names: Set[int], i: int) -> int:
    """Where the person begins in an office's `of` phrase at i: Secretary of State | Ana Lee; 0 where none does."""
    if person := person_behind_office(tokens.words, i, tokens.paragraph_end(i)):
        return person
    if tokens.folded[i] not in OFFICE_PREPOSITIONS or not may_hold_office(tokens.folded[i - 1]):
        return 0
    behind = 0  # the name of a land or a field, and two capitals more
    for k in range(i + 2, min(i + 11, tokens.paragraph_end(i) - 1)):
        if k not in names and tokens.folded[k] in SMALL_INSIDE:
            continue  # Minister for Health *and* Sport
        if tokens.tag[k] == "POS" and k - 1 in names:
            continue  # president of the Teachers *'* Union
        named = k in names or (tokens.folded[k] in words().organisations and tokens.words[k].istitle())
        before = k - 1 in names or tokens.folded[k - 1] in words().organisations or tokens.tag[k - 1] == "POS"
        if not (before or tokens.folded[k - 1] in SMALL_INSIDE) or not named:
            break
        person = tokens.begins_entity[k] and tokens.entity[k] == "PERSON"
        follows = k + 1 in names or particles_lead(tokens, names, k + 1)
        if follows and (person or (tokens.folded[k] in given_names() and tokens.entity[k] != "ORG")):
            return k - 1 if k > i + 2 and is_family_name(tokens.words, k - 1) else k
        land = " ".join(tokens.folded[i + 1 : k]) in words().countries or tokens.folded[k - 1] in FIELDS
        land = land or (tokens.folded[k - 1] in words().organisations and _two_act(tokens, names, k))
        behind = k if land and k + 1 in names else behind
    bodies = words().organisations.isdisjoint(
        tokens.folded[behind : tokens.run_from(behind, names.__contains__, behind + 4)]
    )
    return behind if behind and bodies and not is_title(tokens, behind) else 0


def body_of(tokens: Tokens, first: int, end: int) -> int:
    """Where the body of an office begins: president of the | *Linden Union* | Ana Lee; 0 where there is none."""
    of = [i for i in range(first + 1, end - 1) if tokens.folded[i] in OFFICE_PREPOSITIONS]
    if not of or tokens.folded[end - 1] not in words().organisations or not may_hold_office(tokens.folded[of[0] - 1]):
        return 0
    begin = of[0] + 1 + (tokens.folded[of[0] + 1] == "the")
    return begin if end - begin > 1 else 0


def _two_act(tokens: Tokens, names: Set[int], i: int) -> bool:
    """Do two capitals and a verb stand from token i on: president of the Linden Union | *Ana Lee said*? Where the first
    is no word of English, they may be three, or end the sentence: said the head of the Linden Union | *Olu Lee*."""
    end = tokens.run_from(i, names.__contains__, min(i + 4, tokens.paragraph_end(i) - 1))
    rare = not is_word(tokens.folded[i])
    acts = tokens.tag[end] in ("VBD", "VBZ") or (rare and tokens.words[end] in (",", "."))
    return acts and (end == i + 2 or (rare and end == i + 3))
