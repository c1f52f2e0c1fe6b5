"""Two surnames in, whether one may be the other misspelt out: Brantman, of Brandtmann."""

from __future__ import annotations


def misspells(name: str, word: str) -> bool:
    """Is the word at most two edits from the surname?"""
    return edits(name, word) <= 2


def edits(one: str, other: str) -> int:
    """The letters to put in, take out or change, as far as two; three where there are more."""
    if abs(len(one) - len(other)) > 2:
        return 3
    from rapidfuzz.distance.Levenshtein import distance  # here, as few articles ask, and it takes a while to load

    return distance(one, other, score_cutoff=2)
