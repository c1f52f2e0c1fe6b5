"""Vectors of words in, heads and relations out: spaCy's arc-eager parser (`arc_eager.pyx`), many texts in step.

A text half parsed is a stack of words, a buffer of those to come, and the arcs made so far. A move shifts the next word
onto the stack, reduces the stack, makes an arc to the left or right, or lets a sentence begin behind the next word. Of
the moves that are allowed the one with the highest score is made, the first of equals, until stack and buffer are
empty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain

import numpy as np

from .affine import Affine
from .files import Floats, moves

SHIFT, REDUCE, LEFT, RIGHT, BREAK = range(5)
ARC = 1 << LEFT | 1 << RIGHT
PLACES = 8  # next and after; three of the stack; last left child of next; last left and right child of the top
DELIMITER = "||"  # in a relation, before that of the head which a tree without crossing arcs could not give

Tree = tuple[list[int], list[str]]
State = tuple[list[int], list[int], set[int]]  # stack, buffer with the next word last, words that were put back


class Parser:
    """The parser's weights; nothing of what it has parsed."""

    def __init__(self) -> None:
        self._affine = Affine("parser")
        self._moves = moves("parser")
        allowed = np.arange(1 << 5)[:, None] >> np.array([action for action, _ in self._moves]) & 1
        self._masks = np.where(allowed, self._affine.output_bias, -np.inf)  # by the bits of the allowed actions

    def parse(self, vectors: Floats, texts: Sequence[Sequence[str]], starts: Sequence[Sequence[int]]) -> Iterator[Tree]:
        """Head, by index in its text, and relation of each word of each text; `starts` says where a sentence must begin
        (1), must not (-1) or may (0)."""
        parts = self._affine.parts_of(vectors)
        places = np.arange(PLACES) * parts.shape[1]
        parts = parts.reshape(-1, parts.shape[2])
        ends = list(accumulate(map(len, texts)))
        arcs = Arcs(list(chain.from_iterable(starts)), self._moves)
        states = [arcs.begin(end - len(text), end) for text, end in zip(texts, ends, strict=True) if text]
        while states:
            seen = np.array(arcs.looks(states), np.intp).reshape(-1, PLACES + 1)
            scores = self._affine.scores(np.add.reduce(parts.take(seen[:, :PLACES] + places, axis=0), axis=1))
            scores += self._masks.take(seen[:, PLACES], axis=0)
            states = arcs.move(states, scores.argmax(axis=1).tolist())
        for text, end in zip(texts, ends, strict=True):
            yield deprojectivised(*arcs.tree(end - len(text), end), text)


class Arcs:
    """The arcs of several texts. Their words are counted through, and what is not there is the word behind the last."""

    def __init__(self, starts: Sequence[int], moves: Sequence[tuple[int, str]]) -> None:
        self.none = none = len(starts)
        self.moves = moves
        self.begins = [start == 1 for start in starts] + [False]
        self.bound = [start == -1 for start in starts] + [False]
        self.heads, self.labels = [none] * none, ["ROOT"] * none
        self.left, self.right = [none] * (none + 1), [none] * (none + 1)  # the child of each word that came last
        self.before = [none] * none  # and the child of the same word and side before each

    def begin(self, first: int, end: int) -> State:
        return [self.none] * 3, [self.none, self.none, *range(end - 1, first - 1, -1)], set()

    def tree(self, first: int, end: int) -> Tree:
        heads = [head - first if head != self.none else i for i, head in enumerate(self.heads[first:end])]
        return heads, self.labels[first:end]

    def looks(self, states: Sequence[State]) -> list[int]:
        """The words that describe each state, whose buffer is not empty, and the bits of the actions it allows."""
        none, begins, bound, left, right = self.none, self.begins, self.bound, self.left, self.right
        looks: list[int] = []
        for stack, buffer, back in states:
            top, next, after = stack[-1], buffer[-1], buffer[-2]
            may_break = after == next + 1 and after != none and not (begins[after] or bound[after])
            allowed = 1 << BREAK if may_break else 0
            if len(stack) == 3:
                allowed |= 1 << SHIFT
            else:
                if not begins[next]:
                    allowed |= ARC if len(buffer) == 3 or next in back else ARC | 1 << SHIFT
                if len(stack) > 4 or not bound[next]:
                    allowed |= 1 << REDUCE
            looks += (next, after, top, stack[-2], stack[-3], left[next], left[top], right[top], allowed)
        return looks

    def move(self, states: Sequence[State], choices: Sequence[int]) -> list[State]:
        """Make a move in each state, and those that leave no choice. The states in which there is more to do."""
        more = []
        for state, choice in zip(states, choices, strict=True):
            stack, buffer, back = state
            action, label = self.moves[choice]
            if action == SHIFT:
                stack.append(buffer.pop())
            elif action == LEFT:
                self._attach(stack.pop(), buffer[-1], label, self.left)
                back.discard(buffer[-1])
            elif action == RIGHT:
                self._attach(buffer[-1], stack[-1], label, self.right)
                stack.append(buffer.pop())
            elif action == BREAK:
                self.begins[buffer[-2]] = True
            else:
                self._reduce(stack, buffer, back)
            while len(buffer) == 2 and len(stack) > 3:
                self._reduce(stack, buffer, back)
            if len(buffer) > 2:
                more.append(state)
        return more

    def _reduce(self, stack: list[int], buffer: list[int], back: set[int]) -> None:
        """Take the top off the stack; a word without a head, but the last, goes back to be given one."""
        top = stack.pop()
        if self.heads[top] == self.none and len(stack) > 3:
            buffer.append(top)
            back.add(top)

    def _attach(self, child: int, head: int, label: str, side: list[int]) -> None:
        if self.heads[child] != self.none:
            self._detach(child)
        self.heads[child], self.labels[child] = head, label
        self.before[child], side[head] = side[head], child

    def _detach(self, child: int) -> None:
        head = self.heads[child]
        side = self.left if head > child else self.right
        at = side[head]
        if at == child:
            side[head] = self.before[child]
            return
        while self.before[at] != child:
            at = self.before[at]
        self.before[at] = self.before[child]


def deprojectivised(heads: list[int], labels: list[str], words: Sequence[str]) -> Tree:
    """The tree with arcs that may cross: where a relation names another, its head is the nearest word below with that
    relation, from the top, left to right (Nivre and Nilsson 2005, scheme Head; `nonproj.pyx`)."""
    decorated = [i for i, label in enumerate(labels) if DELIMITER in label]
    below: dict[int, list[int]] = defaultdict(list)
    for i, head in enumerate(heads if decorated else ()):
        if head != i:
            below[head].append(i)
    for i in decorated:
        labels[i], wanted = labels[i].split(DELIMITER)
        level, found = [heads[i]], list[int]()
        while level and not found:
            level = [child for word in level for child in below[word] if child != i and not words[child].isspace()]
            found = [child for child in level if labels[child] == wanted]
        if found:
            below[heads[i]] = [child for child in below[heads[i]] if child != i]  # no search meets it any more
            heads[i] = found[0]
    return heads, labels
