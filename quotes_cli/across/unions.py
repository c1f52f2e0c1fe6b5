"""Pairs of numbers that belong together in, the groups that they make out."""

from __future__ import annotations

from collections import defaultdict


class Unions:
    """The numbers from 0 to `count`, each alone until it is joined (union-find, with halved paths)."""

    def __init__(self, count: int) -> None:
        self._leader = list(range(count))

    def find(self, number: int) -> int:
        """The number that stands for its group."""
        leader = self._leader
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    def join(self, one: int, other: int) -> None:
        """The groups of both are one, for which the first one's stands."""
        self._leader[self.find(other)] = self.find(one)

    def groups(self) -> list[list[int]]:
        """All groups, each in order, by the first number of each."""
        found: dict[int, list[int]] = defaultdict(list)
        for number in range(len(self._leader)):
            found[self.find(number)].append(number)
        return list(found.values())
