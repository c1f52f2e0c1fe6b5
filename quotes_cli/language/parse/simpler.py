"""The words of a paragraph in, what the model sees in their place out, where what it saw would disturb its parse.

Titles that news seldom abbreviates so are shown as one that it often does; what an office's name has behind its
preposition, a nickname in marks and the (Ret.) behind a rank are not shown at all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from quotes_cli.language.designations import (
    BRACKETS,
    OFFICE_PREPOSITIONS,
    SMALL_INSIDE,
    is_abbreviation,
    nickname_end,
    person_behind_office,
    service_end,
)
from quotes_cli.language.tokens import MARKS, Tokens
from quotes_cli.language.words.spelling import initialisms
from quotes_cli.language.words.vocabulary import fold, given_names

#: The title in whose place others are shown.
SHOWN = "Capt."
#: Titles that the model knows well itself.
KNOWN = frozenset("mr. mrs. ms. dr. sen. rep. gov. capt. sgt. rev. mr mrs ms dr".split())
#: Words at which a stretch may begin that the model does not see.
OPENERS = MARKS | BRACKETS.keys() | OFFICE_PREPOSITIONS
#: Relation, tag and part of speech of what has no capital in the stretches; a bracket is a mark among others.
SMALL = {
    **dict.fromkeys((*MARKS, *"()[]"), ("punct", "''", "PUNCT")),
    **dict.fromkeys(SMALL_INSIDE | OFFICE_PREPOSITIONS, ("case", "IN", "ADP")),
    **dict.fromkeys(("and", "&"), ("cc", "CC", "CCONJ")),
    "the": ("det", "DT", "DET"),
    ",": ("punct", ",", "PUNCT"),
    ".": ("punct", ".", "PUNCT"),
}


#: A body's acronym that the model knows well, in the place of those that it takes for a pronoun.
BODY = "UN"


def shown(tokens: Tokens, own: range) -> dict[int, str]:
    """The tokens of a paragraph that the model is shown another word for, each with that word."""
    acronyms = (i for i in initialisms(tokens.words, own) if tokens.words[i] == "WHO")
    return dict.fromkeys(_titles(tokens, own), SHOWN) | dict.fromkeys(acronyms, BODY)


def _titles(tokens: Tokens, own: range) -> Iterator[int]:
    """Its titles that news seldom abbreviates so."""
    every = tokens.capitals
    for i in every[bisect_left(every, own.start) : bisect_left(every, own.stop - 1)]:
        word = tokens.words[i]
        behind = tokens.words[i + 1]
        if behind in OFFICE_PREPOSITIONS:  # Dean of Students Ana Ortiz
            shown = fold(word) in given_names() and person_behind_office(tokens.words, i + 1, own.stop)
        else:
            shown = behind[0].isupper() and is_abbreviation(word) and fold(word) not in KNOWN
        if shown:
            yield i


def hidden(tokens: Tokens, own: range) -> Iterator[range]:
    """The stretches of a paragraph that the model is not shown, each behind the token on which it hangs."""
    words, end = tokens.words, 0
    for i in [i for i in own[1:-1] if words[i] in OPENERS]:
        if i >= end:
            stop = own.stop
            if words[i] in OFFICE_PREPOSITIONS:
                end = person_behind_office(words, i, stop)
            else:
                end = nickname_end(words, i, stop) or service_end(words, i, stop)
            if end:
                yield range(i, end)


def fill(tokens: Tokens, stretch: range) -> None:
    """Say of a stretch that the model has not seen what its words must be: parts of the name before it."""
    anchor = stretch.start - 1
    if not tokens.tag[anchor]:
        return  # nothing of the paragraph was seen
    for i in stretch:
        tokens.head[i] = anchor
        tokens.dep[i], tokens.tag[i], tokens.pos[i] = SMALL.get(tokens.words[i], ("flat", "NNP", "PROPN"))


def join_name(tokens: Tokens, stretch: range) -> None:
    """Let a person's label run over the nickname that the model has not seen."""
    before, behind = stretch.start - 1, stretch.stop
    if tokens.words[stretch.start] in OFFICE_PREPOSITIONS or "PERSON" not in tokens.iob[before] + tokens.iob[behind]:
        return
    if not tokens.iob[before].endswith("PERSON"):
        tokens.iob[before] = "B-PERSON"
    for i in (*stretch, behind):
        tokens.iob[i] = "I-PERSON"
