"""A word with its part of speech in, its lemma out: spaCy's rule lemmatizer (`lemmatizer.py`) on the model's tables.

The shipped model has no morphological features, by which spaCy would know a base form: part of speech and word decide.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from .saved import Kept, number, read

KEPT = 50_000  # lemmas that are remembered


class Tables(NamedTuple):
    """The model's tables, each by the number of a part of speech: the words that are lemmas, the lemmas of irregular
    forms, and what endings become: (ies, y)."""

    known: dict[int, frozenset[str]]
    irregular: dict[int, dict[str, list[str]]]
    endings: dict[int, list[tuple[str, str]]]


@cache
def tables() -> Tables:
    """Read the tables once."""
    found = read("lemmatizer/lookups/lookups.bin")
    known = {pos: frozenset(words) for pos, words in found["lemma_index"].items()}
    return Tables(known, found["lemma_exc"], found["lemma_rules"])


def lemmas() -> Kept[tuple[str, str], str]:
    """The lemma of whatever (word, part of speech) it is asked for."""
    return Kept(_lemma, KEPT)


def _lemma(asked: tuple[str, str]) -> str:
    """The lemma of a word with its part of speech: an irregular form's, else a known word by changing the ending, else
    a likely one."""
    word, pos = asked
    table, low = number(pos.lower()), word.lower()
    known, irregular = tables().known.get(table, frozenset()), tables().irregular.get(table, {})
    endings = tables().endings.get(table, [])
    if not (known or irregular or endings):
        return word if pos == "PROPN" else low
    forms: list[str] = []
    unknown: list[str] = []
    for old, new in endings:
        if low.endswith(old) and (form := low[: len(low) - len(old)] + new):
            if form in known:
                forms.insert(0, form)
            elif form.isalpha():
                unknown.append(form)
            else:
                forms.append(form)
    for form in irregular.get(low, ()):
        if form not in forms:
            forms.insert(0, form)
    return next(iter(forms or unknown), word)
