"""Texts half parsed pass through here, with their gold trees: what each move of the arc-eager parser loses of them.

A dynamic oracle (Goldberg and Nivre 2012) knows this of every state, those that only mistakes lead to too, so that a
parser can learn from its own parses (DAgger, Ross et al. 2011). Two things are as in spaCy, not as in theirs: a word
may be given another head, and a word without a head that is taken off the stack goes back to the buffer.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.pipeline._parser_internals import nonproj

from quotes_cli.language.fast.parser import BREAK, DELIMITER, LEFT, REDUCE, RIGHT, SHIFT, Arcs, State

from .corpora import Sentence

BARRED = 1000  # the cost of what is not allowed
ANY = -1  # of the moves of an action, where the arc is wrong whatever its relation
BUFFER, STACK, GONE = range(3)


class Oracle(Arcs):
    """The arcs of texts, with the gold ones of all their sentences, made projective, and where each word is."""

    def __init__(self, sentences: Sequence[Sentence], moves: Sequence[tuple[int, str]]) -> None:
        number = {move: k for k, move in enumerate(moves)}
        super().__init__([0] * sum(len(s.words) for s in sentences), moves)
        self.gold: list[int] = []  # a root's head is `none`
        self.to_left, self.to_right = list[int](), list[int]()  # the moves that make each word's arc, or `ANY`
        self.children: list[list[int]] = [[] for _ in range(self.none + 1)]
        self.over = [0] * (self.none + 1)  # how many gold arcs lead over the gap before each word
        for s in sentences:
            first = len(self.gold)
            for i, (head, relation) in enumerate(zip(*nonproj.projectivize(list(s.heads), list(s.deps)), strict=True)):
                if (LEFT, relation) not in number and (RIGHT, relation) not in number:
                    relation = relation.split(DELIMITER)[0]
                self.gold.append(self.none if head == i else first + head)
                self.to_left.append(number.get((LEFT, relation), ANY))
                self.to_right.append(number.get((RIGHT, relation), ANY))
                if head != i:
                    self.children[first + head].append(first + i)
                    for gap in range(min(i, head) + 1, max(i, head) + 1):
                        self.over[first + gap] += 1
        self.gold.append(ANY)  # of no word
        self.where = [BUFFER] * self.none + [GONE]

    def move(self, states: Sequence[State], choices: Sequence[int]) -> list[State]:
        for (stack, buffer, _), choice in zip(states, choices, strict=True):
            action, _ = self.moves[choice]
            if action in (SHIFT, RIGHT):
                self.where[buffer[-1]] = STACK
            elif action == LEFT:
                self.where[stack[-1]] = GONE
        return super().move(states, choices)

    def _reduce(self, stack: list[int], buffer: list[int], back: set[int]) -> None:
        top = stack[-1]
        super()._reduce(stack, buffer, back)
        self.where[top] = BUFFER if buffer[-1] == top else GONE

    def wanted(self, stack: list[int], buffer: list[int], allowed: int) -> tuple[int, int, int]:
        """The bits of the actions that cost least; and of LEFT and RIGHT the move that has the right relation, or
        `ANY`."""
        costs, top, next = self.costs(stack, buffer, allowed), stack[-1], buffer[-1]
        least = min(costs)
        return (
            sum(1 << action for action, cost in enumerate(costs) if cost == least),
            self.to_left[top] if self.gold[top] == next else ANY,
            self.to_right[next] if self.gold[next] == top else ANY,
        )

    def costs(self, stack: list[int], buffer: list[int], allowed: int) -> list[int]:
        """How many gold arcs and beginnings of sentences are out of reach after each action; `allowed` are the bits of
        `looks`.

        One more costs the way round: a word that is shifted from its head, or put back on the buffer for nothing.
        """
        gold, heads, where, none = self.gold, self.heads, self.where, self.none
        top, next = stack[-1], buffer[-1]
        found = [0] * 5
        found[BREAK] = over = self.over[buffer[-2]]
        # Once the next word is on the stack, no sentence can begin behind it, and it takes no children from there.
        passed = int(allowed >> BREAK & 1 and not over) + sum(where[child] == STACK for child in self.children[next])
        found[SHIFT] = passed + (where[gold[next]] == STACK)
        if len(stack) > 3:
            head = gold[top]
            found[RIGHT] = passed + (gold[next] != top and (gold[next] == none or where[gold[next]] != GONE))
            late = sum(where[child] == BUFFER for child in self.children[top])
            back = heads[top] == none and len(stack) > 4
            below = back and head == stack[-2]  # put back, it can be given its head,
            above = back and gold[stack[-2]] == top  # or its child, and then be shifted again
            found[REDUCE] = 0 if below or above else late + (where[head] == BUFFER) + back
            wrong = head == none or where[head] == BUFFER or heads[top] == head or below
            found[LEFT] = late + above + (head != next and wrong)
        return [cost if allowed >> action & 1 else BARRED for action, cost in enumerate(found)]
