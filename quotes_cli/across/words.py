"""A text in, its words out, folded and placed: what two wordings of one statement are compared by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from quotes_cli.language.words.lists import fold_text
from quotes_cli.language.words.vocabulary import words

_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_AUXILIARIES = """be am is are was were been being have has had having do does did will would shall should can could may
    might must get got not and or but if so as than then there here just very really also too yes well oh to into it's
    i'm i'll i've i'd you're we're we'll we've they're that's he's she's don't doesn't didn't won't can't isn't"""
_ENDINGS = ("ingly", "edly", "ings", "ing", "ies", "ied", "ers", "er", "est", "ed", "es", "ly", "s", "e", "y")
_STEM = 4  # letters that stay


class Word(NamedTuple):
    """A word: folded, and its characters in the text."""

    folded: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """The words of a text in order."""
    return [Word(_fold(match[0]), match.start(), match.end()) for match in _WORD.finditer(text)]


def folded_words(text: str) -> list[str]:
    """The same without their places."""
    return [_fold(match) for match in _WORD.findall(text)]


_fold = lru_cache(maxsize=65536)(fold_text)


@lru_cache(maxsize=1)
def _small() -> frozenset[str]:
    lex = words()
    return (
        frozenset(word for listed in lex.small.values() for word in listed)
        | set(lex.pronouns)
        | set(_AUXILIARIES.split())
    )


@lru_cache(maxsize=65536)
def stem(word: str) -> str | None:
    """What a word's forms have in common, roughly (*rebuild*, *rebuilding*); None for one that tells little (*the*)."""
    if word in _small():
        return None
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word[: -len(ending)]
    return word


def stems(folded: Sequence[str]) -> list[str]:
    """The stems of the words that tell something, in order."""
    return [found for word in folded if (found := stem(word)) is not None]
