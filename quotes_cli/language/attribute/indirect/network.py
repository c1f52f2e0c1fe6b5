"""A reporting word and the words around it in, scores of its stretches out: a small network that reads the sentence.

The features of a stretch see its edges and what the parse says of them; the network sees every word with its relation
to the reporting word, and those up to fifteen before and behind. Each word is the sum of the vectors of what is known
of it; four layers mix it with its neighbours at one, two, four and eight words' distance (a dilated convolution with
residual connections). Of what comes out three maps say how well a statement begins there, ends there, and goes on.
`training.indirect_network` learns it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotes_cli.language.attribute.context import Context

from .extents import Shaped
from .statement import Statement, sentence_of

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

FILE = Path(__file__).with_name("network.npz")
DISTANCES = (1, 2, 4, 8)  # of the neighbours that a layer mixes in
GAP = max(DISTANCES)  # rows of nothing between two windows, so that none sees the other
FAR = 100  # tokens before and behind the reporting word that are read of its sentence
FARTHEST = 130  # the same of a stretch that leaves the sentence
STEPS = 40  # up the tree
DEPTHS, ABOVE = 6, 3  # steps below the way from the reporting word up, and on that way, that are told apart
NEAR = ((6, 0), (8, 7), (11, 8), (15, 9), (22, 10), (32, 11))  # distances told apart: each to six, then by steps
BEGINS, ENDS, INSIDE = range(3)  # the columns of what comes out


@dataclass(frozen=True, eq=False)
class Window:
    """What the network reads for a reporting word: tokens around it, each by the names of what is known of it.

    `head` is the number of the reporting word among them; `starts` and `stops` are the edges of its stretches.
    """

    head: int
    words: list[list[str]]
    starts: Numbers
    stops: Numbers


@dataclass(frozen=True, eq=False)
class Network:
    """`names` of what may be known of a word, each with a row of `table`, whose last is of what is not; the layers'
    `weights` by name, all of them (rows in, rows out)."""

    names: Sequence[str]
    weights: Mapping[str, Floats]

    @cached_property
    def row(self) -> dict[str, int]:
        """The row of each name."""
        return {name: row for row, name in enumerate(self.names)}

    def numbers(self, window: Window) -> Numbers:
        """The rows of the names of each word."""
        names = chain.from_iterable(window.words)
        rows = list(map(self.row.get, names, repeat(len(self.names))))
        return np.array(rows, dtype=np.int64).reshape(len(window.words), -1)

    def read(self, windows: Sequence[Window]) -> list[Floats]:
        """A score, in log-odds, of each stretch of each window."""
        if not windows:
            return []
        rows, real, firsts = laid_out([self.numbers(window) for window in windows], len(self.names))
        found = self._forward(rows, real)
        return [
            of_stretches(found[first : first + len(window.words)], window)
            for first, window in zip(firsts, windows, strict=True)
        ]

    def _forward(self, rows: Numbers, real: Floats) -> Floats:
        weights = self.weights
        mixed = normal(weights["table"].take(rows, axis=0).sum(axis=1)) * weights["scale 0"] + weights["shift 0"]
        state = np.maximum(mixed, 0) * real
        for layer, distance in enumerate(DISTANCES, 1):
            linear = beside(state, distance) @ weights[f"map {layer}"] + weights[f"bias {layer}"]
            mixed = normal(np.maximum(linear, 0)) * weights[f"scale {layer}"] + weights[f"shift {layer}"]
            state = (state + mixed) * real
        found: Floats = state @ weights["out"] + weights["out bias"]
        return found


@lru_cache(maxsize=1)
def shipped() -> Network:
    """The network of the package."""
    return load(FILE)


def load(path: Path) -> Network:
    """The network of a file that `training.indirect_network` wrote."""
    with np.load(path, allow_pickle=False) as saved:
        weights = {name: saved[name].astype(np.float32) for name in saved.files if name != "names"}
        return Network(saved["names"].tolist(), weights)


def laid_out(windows: Sequence[Numbers], none: int) -> tuple[Numbers, Floats, list[int]]:
    """The words of all windows one behind the other with gaps around them, by their rows; 1 for a word and 0 for none,
    a column; and where each window begins."""
    width, size = windows[0].shape[1], GAP + sum(len(window) + GAP for window in windows)
    rows, real = np.full((size, width), none), np.zeros((size, 1), np.float32)
    firsts, first = [], GAP
    for window in windows:
        rows[first : first + len(window)] = window
        real[first : first + len(window)] = 1
        firsts.append(first)
        first += len(window) + GAP
    return rows, real, firsts


def normal(rows: Floats) -> Floats:
    """Each row with mean 0 and variance 1."""
    rows = rows - rows.mean(axis=1, keepdims=True)
    found: Floats = rows / np.sqrt(np.square(rows).mean(axis=1, keepdims=True) + np.float32(1e-5))
    return found


def beside(rows: Floats, distance: int) -> Floats:
    """Each row between those at a distance before and behind it."""
    size, width = rows.shape
    found = np.zeros((size, 3 * width), np.float32)
    found[distance:, :width] = rows[:-distance]
    found[:, width : 2 * width] = rows
    found[:-distance, 2 * width :] = rows[distance:]
    return found


def of_stretches(found: Floats, window: Window) -> Floats:
    """The scores of a window's stretches by what came out for its words."""
    inside = np.concatenate([np.zeros(1, np.float32), np.cumsum(found[:, INSIDE], dtype=np.float32)])
    edges = found[window.starts, BEGINS] + found[window.stops - 1, ENDS]
    scores: Floats = edges + inside[window.stops] - inside[window.starts]
    return scores


def window(context: Context, group: Sequence[Shaped]) -> Window:
    """What is read for the reporting word of a group of stretches."""
    one = group[0][0]
    sentence = sentence_of(context, one.head)
    first = max(sentence.start, one.head - FAR)
    last = min(sentence.stop, one.head + FAR)
    first = max(min(first, *(other.content.start for other, _ in group)), one.head - FARTHEST)
    last = min(max(last, *(other.content.stop for other, _ in group)), one.head + FARTHEST)
    edges = np.array([(other.content.start, other.content.stop) for other, _ in group]) - first
    starts = np.clip(edges[:, 0], 0, last - first - 1)
    stops = np.maximum(np.clip(edges[:, 1], 0, last - first), starts + 1)
    return Window(one.head - first, list(_words(context, one, range(first, last))), starts, stops)


def _words(context: Context, one: Statement, inside: range) -> Iterator[list[str]]:
    """What is known of each word: its own, its place in the sentence and in the tree as the reporting word has it."""
    tokens, cues, head = context.tokens, context.cues, one.head
    of_all = [
        f"rule {one.rule}",
        f"class {cues.verb_class(head) or cues.noun_class(head)}",
        f"cue {(cues.verb_lemma(head) if tokens.is_verb(head) else None) or tokens.lemma[head]}",
    ]
    way = {head: 0}
    for step, above in enumerate(tokens.ancestors(head), 1):
        if step >= STEPS:
            break
        way.setdefault(above, step)
    content, here = one.content, context.cover[head]
    known: dict[int, tuple[int, int, int]] = {}
    for i in inside:
        joins, branch, depth = _branch(tokens.head, i, way, known)
        step = min(joins, ABOVE)
        cover = context.cover[i]
        edge = "first" if i == content.start else "last" if i == content.stop - 1 else ""
        yield [
            f"dep {tokens.dep[i]}",
            f"tag {tokens.tag[i]}",
            f"at {_distance(i - head)}",
            f"branch {step} {tokens.dep[branch]}" if depth or joins else "branch of the cue",
            f"depth {min(depth, DEPTHS)} {step}",
            f"own {i in content} {edge}",
            f"marks {cover >= 0} {cover == here}",
            f"reports {cues.verb_class(i)}",
            f"cue {i in one.cue}",
            f"word {tokens.lower[i]}",
            *of_all,
        ]


def _branch(heads: Sequence[int], i: int, way: Mapping[int, int], known: dict[int, Any]) -> tuple[int, int, int]:
    """Where the way up from a word meets the one from the reporting word, in steps of that one (-1: nowhere); the last
    word before it; and how many steps below. `known` has those found before, and takes the new ones."""
    path: list[int] = []
    while i not in way and i not in known and heads[i] != i and len(path) < STEPS:
        path.append(i)
        i = heads[i]
    if i in known:
        joins, branch, below = known[i]
    else:
        joins, branch, below = way.get(i, -1), path[-1] if path and i in way else i, 0
    for depth, word in enumerate(reversed(path), below + 1):
        known[word] = joins, branch, depth
    return joins, branch, below + len(path)


def _distance(number: int) -> int:
    """The step of a distance, negative before the reporting word."""
    size = abs(number)
    step = size if size <= NEAR[0][0] else next((step for limit, step in NEAR[1:] if size <= limit), 12)
    return step if number >= 0 else -step
