"""What a move costs, and that the cheapest moves give the gold trees: `quotes_cli.training.oracle`."""

from __future__ import annotations

from random import Random

import pytest

from quotes_cli.language.fast.parser import BREAK, LEFT, REDUCE, RIGHT, SHIFT, State
from quotes_cli.training.corpora import Sentence
from quotes_cli.training.oracle import ANY, BARRED, Oracle

MOVES = [(SHIFT, ""), (REDUCE, ""), (LEFT, "det"), (LEFT, "obj"), (RIGHT, "det"), (RIGHT, "obj"), (BREAK, "ROOT")]


def sentence(heads: list[int], deps: list[str] | None = None) -> Sentence:
    """Words without a name of their own; a root is its own head."""
    named = deps or ["ROOT" if head == i else "obj" for i, head in enumerate(heads)]
    return Sentence(["word"] * len(heads), [True] * len(heads), heads=heads, deps=named)


def grow(heads: list[int], first: int, end: int, above: int | None, rng: Random) -> None:
    """A random tree over the words from `first` to `end`, whose arcs do not cross."""
    top = rng.randrange(first, end)
    heads[top] = top if above is None else above
    for start, stop in ((first, top), (top + 1, end)):
        while start < stop:
            cut = rng.randrange(start + 1, stop + 1)
            grow(heads, start, cut, top, rng)
            start = cut


def grown(rng: Random) -> Sentence:
    heads = [0] * rng.choice((1, 1, 2, 3, 5, 9, 15))
    grow(heads, 0, len(heads), None, rng)
    return sentence(heads, ["ROOT" if head == i else rng.choice(("det", "obj")) for i, head in enumerate(heads)])


def after(oracle: Oracle, actions: str) -> State:
    """The state after moves, by the letters of their actions; arcs are called `obj`."""
    number = {(action, label): k for k, (action, label) in enumerate(MOVES)}
    moves = {"S": (SHIFT, ""), "D": (REDUCE, ""), "L": (LEFT, "obj"), "R": (RIGHT, "obj"), "B": (BREAK, "ROOT")}
    state = oracle.begin(0, oracle.none)
    for letter in actions:
        assert oracle.looks([state])[-1] >> moves[letter][0] & 1, f"{letter} of {actions} is not allowed"
        oracle.move([state], [number[moves[letter]]])
    return state


def costs(heads: list[int], actions: str) -> dict[str, int]:
    """What each allowed action costs, by its letter, after actions."""
    oracle = Oracle([sentence(heads)], MOVES)
    stack, buffer, back = after(oracle, actions)
    found = oracle.costs(stack, buffer, oracle.looks([(stack, buffer, back)])[-1])
    return {letter: cost for letter, cost in zip("SDLRB", found, strict=True) if cost != BARRED}


@pytest.mark.parametrize("seed", range(60))
def test_every_way_of_cheapest_moves_gives_the_gold_trees(seed: int) -> None:
    rng = Random(seed)
    sentences = [grown(rng) for _ in range(rng.choice((1, 2, 3, 5)))]
    oracle = Oracle(sentences, MOVES)
    state = oracle.begin(0, oracle.none)
    states = [state]
    while states:
        stack, buffer, _ = state
        allowed = oracle.looks([state])[-1]
        assert min(oracle.costs(stack, buffer, allowed)) == 0
        actions, left, right = oracle.wanted(stack, buffer, allowed)
        named = {LEFT: left, RIGHT: right}
        right_moves = [k for k, (a, _) in enumerate(MOVES) if actions >> a & 1 and named.get(a, ANY) in (ANY, k)]
        states = oracle.move(states, [rng.choice(right_moves)])
    first = 0
    for s in sentences:
        assert oracle.tree(first, first + len(s.words)) == (s.heads, s.deps)
        first += len(s.words)
        assert first == oracle.none or oracle.begins[first]


@pytest.mark.parametrize(
    ("heads", "actions", "wanted"),
    [
        # Two words, the second governs the first: an arc to the left, and nothing else.
        ([1, 1], "S", {"D": 1, "L": 0, "R": 2}),
        # The first governs the second: an arc to the right; to the left is wrong twice, for the root has no head.
        ([0, 0], "S", {"D": 1, "L": 2, "R": 0}),
        # The first has children to come: to take it away loses each of them, and its own head.
        ([3, 0, 0, 3], "S", {"S": 1, "D": 3, "L": 3, "R": 0, "B": 2}),
        # A head in the stack is out of reach once the next word is shifted.
        ([0, 0, 0], "SR", {"D": 0, "L": 1, "R": 1}),
        # A wrong head may be exchanged for the right one.
        ([0, 2, 0], "SR", {"D": 1, "L": 0, "R": 2}),
        # No sentence begins here: as many arcs are lost as lead over the gap.
        ([2, 2, 2], "", {"S": 0, "B": 1}),
    ],
    ids=["left", "right", "children to come", "a head in the stack", "another head", "break"],
)
def test_costs(heads: list[int], actions: str, wanted: dict[str, int]) -> None:
    assert costs(heads, actions) == wanted


def test_a_sentence_that_begins_must_be_said_before_the_word_before_it_is_passed() -> None:
    oracle = Oracle([sentence([0, 0]), sentence([0])], MOVES)
    stack, buffer, back = after(oracle, "S")
    found = oracle.costs(stack, buffer, oracle.looks([(stack, buffer, back)])[-1])
    assert (found[BREAK], found[RIGHT], found[SHIFT]) == (0, 1, 2)


@pytest.mark.parametrize(
    ("heads", "wanted"),
    [
        # Its head is the word below: put back, it can still be given it.
        ([0, 0, 0, 0], 0),
        # The word below is its child: put back, it takes it, and is shifted again.
        ([1, 3, 3, 3], 0),
        # Nothing is gained: its head is yet to come, and to go back is a way round.
        ([3, 3, 3, 3], 2),
    ],
    ids=["the head below", "the child below", "the head to come"],
)
def test_a_word_without_a_head_is_put_back(heads: list[int], wanted: int) -> None:
    assert costs(heads, "SS")["D"] == wanted


def test_relations() -> None:
    oracle = Oracle([sentence([1, 1, 1], ["det", "ROOT", "obj||nsubj"]), sentence([0, 0], ["ROOT", "flat"])], MOVES)
    assert oracle.to_left[0] == MOVES.index((LEFT, "det"))
    assert oracle.to_right[2] == MOVES.index((RIGHT, "obj"))  # the lifted relation is too rare to be a move
    assert oracle.to_right[4] == ANY  # any relation is as wrong as another
    stack, buffer, back = after(oracle, "S")
    allowed = oracle.looks([(stack, buffer, back)])[-1]
    assert oracle.wanted(stack, buffer, allowed) == (1 << LEFT, MOVES.index((LEFT, "det")), ANY)
