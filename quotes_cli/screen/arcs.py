"""Words and relations between them in, lines of text out: arcs drawn over the words, from governor to dependent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from quotes_cli.language.explanation import Arc


def draw(words: Sequence[str], gaps: Sequence[str], arcs: Sequence[Arc], under: Sequence[str]) -> list[str]:
    """Arcs, then the words, then what stands `under` each; `gaps[i]` stands between word i and the next.

    The dependent's end is an arrow. Arcs nearest to the words are the shortest ones.
    """
    ends = Counter(end for arc in arcs for end in arc.ends)
    both = enumerate(zip(words, under, strict=True))
    widths = [max(len(word), len(note), 2 * ends[i] - 1) for i, (word, note) in both]
    between = [max(3, len(gap)) for gap in gaps]
    while True:
        starts = [sum(widths[:i]) + sum(between[:i]) for i in range(len(words))]
        columns = _columns(starts, widths, arcs)
        narrow = next((arc for arc in arcs if columns[arc][1] - columns[arc][0] < len(arc.label) + 5), None)
        if narrow is None:
            break
        between[narrow.ends[1] - 1] += 1
    levels = _levels(arcs)
    height = max(levels.values(), default=0)
    total = starts[-1] + widths[-1] if words else 0
    canvas = [[" "] * total for _ in range(height + 1)] if arcs else []
    for arc in sorted(arcs, key=lambda a: -levels[a]):
        _arc(canvas, arc, columns[arc], height - levels[arc])
    lines = ["".join(row).rstrip() for row in canvas]
    for texts in (words, under):
        line = ""
        for i, text in enumerate(texts):
            line = line.ljust(starts[i]) + text.center(widths[i])
            if texts is words and i < len(gaps):
                line += gaps[i].center(between[i])
        lines.append(line.rstrip())
    return lines


def _arc(canvas: list[list[str]], arc: Arc, columns: tuple[int, int], top: int) -> None:
    left, right = columns
    label = f" {arc.label} "
    line = "┌" + label.center(right - left - 1, "─") + "┐"
    for offset, sign in enumerate(line):
        canvas[top][left + offset] = "┼" if canvas[top][left + offset] == "│" and sign == "─" else sign
    for column in (left, right):
        for row in range(top + 1, len(canvas)):
            canvas[row][column] = "│"
    canvas[-1][left if arc.child < arc.head else right] = "▼"


def _columns(starts: Sequence[int], widths: Sequence[int], arcs: Sequence[Arc]) -> dict[Arc, tuple[int, int]]:
    """Where each arc comes down: on a word the arcs to the left before those to the right, so that none cross."""
    left: dict[Arc, int] = {}
    right: dict[Arc, int] = {}
    for word in range(len(starts)):
        leftward = sorted((a for a in arcs if a.ends[1] == word), key=lambda a: -a.ends[0])
        rightward = sorted((a for a in arcs if a.ends[0] == word), key=lambda a: -a.ends[1])
        at = starts[word] + (widths[word] - 2 * len(leftward + rightward) + 1) // 2
        for number, arc in enumerate(leftward + rightward):
            (right if number < len(leftward) else left)[arc] = at + 2 * number
    return {arc: (left[arc], right[arc]) for arc in arcs}


def _levels(arcs: Sequence[Arc]) -> dict[Arc, int]:
    """Height of each arc: over all shorter ones that it touches."""
    levels: dict[Arc, int] = {}
    for arc in sorted(arcs, key=lambda a: a.ends[1] - a.ends[0]):
        a, b = arc.ends
        below = [levels[other] for other in levels if other.ends[0] < b and a < other.ends[1]]
        levels[arc] = max(below, default=0) + 1
    return levels
