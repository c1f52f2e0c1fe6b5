"""A name's tokens in, its words out where a hyphen stands for a space or a dash: *Tim Barrow*-called, Sergey-Belkov."""

from __future__ import annotations

from collections.abc import Sequence

from quotes_cli.language.nouns import denotes
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.cues import load_lexicon
from quotes_cli.language.words.vocabulary import fold, given_names, words

#: What follows a subject, and is no part of a name behind a hyphen.
HELPERS = frozenset("has have had is was are were will would can could may might must and but who which that".split())


def unglued(tokens: Tokens, spelt: Sequence[str]) -> list[str]:
    """The words of a name without what a hyphen joins to them; none where it joins nothing so."""
    mended: list[str] = []
    for place, word in enumerate(spelt):
        left, hyphen, right = word.partition("-")
        if not (hyphen and left and right and left[0].isupper()):
            mended.append(word)
        elif place == len(spelt) - 1 and right.islower():
            mended.append(left if _goes_on(right) else word)
        elif not place and right[0].isupper() and _is_title(left) and tokens.often[fold(right)]:
            mended.append(right)  # Prof-Ortiz
        elif place < len(spelt) - 1 and _is_noun(left) and fold(right) in given_names():
            mended = [right]  # the Linden Police-Ana | Ortiz
        elif _are_two(tokens, left, right):
            mended += [left, right]
        else:
            mended.append(word)
    return mended if mended != list(spelt) else []


def _goes_on(word: str) -> bool:
    """Does the word go on behind a subject as a verb does: has, said?"""
    return word in HELPERS or not load_lexicon().tense(word).isdisjoint({"past", "third"})


def _is_title(word: str) -> bool:
    low = fold(word)
    return low in words().titles or f"{low}." in words().titles


def _is_noun(word: str) -> bool:
    low = fold(word)
    return low not in given_names() and (denotes(low, "NN") in ("body", "person", "group") or low == "affairs")


def _are_two(tokens: Tokens, left: str, right: str) -> bool:
    """Are they a given name and the surname that stands alone elsewhere?"""
    given, surname = fold(left), fold(right)
    alone = right.istitle() and tokens.often[surname] > 0 and surname not in given_names()
    return given in given_names() and alone and not tokens.often[given]  # but: the Ford-Ortiz talks
