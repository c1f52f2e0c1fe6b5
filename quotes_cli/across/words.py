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
    might must get got not this that these those and or but if so as than then there here just very really also too yes
    well oh to into it's i'm i'll i've i'd you're we're we'll we've they're that's he's she's don't doesn't didn't won't
    can't isn't"""
_ENDINGS = ("ingly", "edly", "ings", "ing", "ies", "ied", "ers", "er", "est", "ed", "es", "ly", "s", "e", "y")
_SPELLINGS = (("our", "or"), ("ise", "ize"), ("isi", "izi"), ("isa", "iza"), ("tre", "ter"), ("ll", "l"))
_STEM = 3  # letters that stay


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
    return lex.small["article"] | lex.small["preposition"] | set(lex.pronouns) | set(_AUXILIARIES.split())


@lru_cache(maxsize=65536)
def stem(word: str) -> str | None:
    """What a word's forms have in common, roughly (*rebuild*, *rebuilding*); None for one that tells little (*the*)."""
    if word in _small():
        return None
    for british, american in _SPELLINGS:
        if british in word and len(word) > _STEM + 1:
            word = word.replace(british, american)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word[: -len(ending)]
    return word


def stems(folded: Sequence[str]) -> list[str]:
    """The stems of the words that tell something, in order."""
    return [found for word in folded if (found := stem(word)) is not None]


_SHORT = {"n't": "not", "'re": "are", "'ll": "will", "'ve": "have", "'m": "am", "'d": "would"}
_WHOLE = {"can't": "can not", "cannot": "can not", "won't": "will not"}
_IS = frozenset("he she it that there here what who where how".split())  # before 's


def written_out(found: Sequence[Word]) -> list[Word]:
    """The words with contractions as the words they stand for, each in the place of both: *don't* is *do not*."""
    return [Word(part, word.start, word.end) for word in found for part in _written_out(word.folded).split()]


def _written_out(word: str) -> str:
    if word in _WHOLE or "'" not in word:
        return _WHOLE.get(word, word)
    for short, long in _SHORT.items():
        if word.endswith(short):
            return f"{word.removesuffix(short)} {long}"
    return f"{word[:-2]} is" if word[-2:] == "'s" and word[:-2] in _IS else word
