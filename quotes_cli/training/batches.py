"""Texts pass through here on their way to a teacher: in batches of about one length, each word with its shape."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TypeVar

LONGEST = 160  # words a text; 236 of the 512 pieces of words that the transformer takes were the most of so many
#: Words a batch, with those that fill up shorter texts, and texts at most, where a teacher learns and where it answers.
BATCH, TOGETHER = 1600, 96
ANSWERS, ANSWERS_TOGETHER = 5000, 256
SHAPES = 6

Item = TypeVar("Item")


def shape(word: str) -> int:
    """What the uncased transformer cannot see: 0 lower case, 1 capitalised, 2 one capital, 3 capitals, 4 mixed, 5 no
    letter."""
    if not any(c.isalpha() for c in word):
        return 5
    if word == word.lower():
        return 0
    if word == word.upper():
        return 2 if len(word) == 1 else 3
    return 1 if word[1:] == word[1:].lower() else 4


def batches_of(
    items: Sequence[Item],
    length: Callable[[Item], int],
    rng: random.Random | None = None,
    size: int = BATCH,
    together: int = TOGETHER,
) -> list[list[Item]]:
    """Batches of about `size` words, of at most `together` items of about one length; in random order with `rng`."""
    order = sorted(items, key=lambda item: (length(item), rng.random() if rng else 0.0))
    found: list[list[Item]] = []
    batch: list[Item] = []
    for item in order:
        if batch and (len(batch) == together or length(item) * (len(batch) + 1) > size):
            found.append(batch)
            batch = []
        batch.append(item)
    found += [batch] if batch else []
    if rng:
        rng.shuffle(found)
    return found
