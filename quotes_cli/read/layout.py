"""Runs of characters with their places on pages in, paragraphs in reading order out: columns, running heads, hyphens.

Coordinates are points from the lower left corner, as in PDF. Not pdfplumber: on 50 pages of two columns it took ten
times as long and 13 times the memory, and mixed the columns; pdfminer's own layout took four times as long, and kept
running heads.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from statistics import median

from quotes_cli.language.words.spelling import is_word, keeps_hyphen

HYPHEN = "\u00ad"  # how a reader marks the hyphen that breaks a word at a line's end
MARGIN = 0.09  # of the page's height, above and below, where running heads and page numbers stand
MANY = 3000  # runs on a page; above that it is no article, and is read in the order in which it was drawn
DEEPEST = 50  # columns beside one another; a page of more is a table of figures, and the rest of it is read row by row
_ROWS = 2  # rows on both sides of a gutter: two words side by side are no columns
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(  # no two runs of \W side by side, which a line of dots would try out in all ways
    r"\W*(?:(?:page|p|seite)\W*)?(?:\d{1,4}|[ivxlc]{1,6})(?:[^\w/]*(?:of|/)[^\w/]*\d{1,4})?\W*", re.IGNORECASE
)
_ENDS = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters drawn side by side. `size` is the height of their line."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def size(self) -> float:
        return max(self.top - self.bottom, 1.0)


@dataclass(frozen=True, slots=True)
class Page:
    """A page's height and what is on it."""

    height: float
    runs: Sequence[Run]


def paragraphs(pages: Sequence[Page]) -> list[str]:
    """The text of all pages, paragraph by paragraph."""
    ordered = [_page_lines(page) for page in pages]
    heads = _running_heads(pages, ordered)
    columns = [
        [line for line in column if not _is_head(line, page, heads, len(pages))]
        for page, lines in zip(pages, ordered, strict=True)
        for column in lines
    ]
    found: list[list[Run]] = []
    for column in columns:
        _add_column(found, column)
    words = Counter(word.lower() for lines in found for line in lines for word in _WORD.findall(line.text))
    return [text for lines in found if (text := _joined([line.text for line in lines], words))]


def _page_lines(page: Page) -> list[list[Run]]:
    """The columns of a page in reading order, each as lines from top to bottom."""
    runs = [run for run in page.runs if run.text.strip()]
    columns = _columns(runs) if len(runs) <= MANY else [runs]
    return [_lines(column) for column in columns]


def _columns(runs: list[Run], depth: int = 1) -> list[list[Run]]:
    """Split at a gutter, again and again; what crosses it (a headline) stands between what is above and below."""
    gutter = _gutter(runs) if depth < DEEPEST else None
    if gutter is None:
        return [runs] if runs else []
    crossing = sorted((run for run in runs if run.left < gutter < run.right), key=lambda run: -run.top)
    rest = [run for run in runs if not run.left < gutter < run.right]
    found: list[list[Run]] = []
    while crossing or rest:
        bottom = crossing[0].top if crossing else float("-inf")
        zone = [run for run in rest if (run.top + run.bottom) / 2 > bottom]
        rest = [run for run in rest if (run.top + run.bottom) / 2 <= bottom]
        for side in ([run for run in zone if run.right <= gutter], [run for run in zone if run.left >= gutter]):
            found += _columns(side, depth + 1)
        highest = max((run.top for run in rest), default=float("-inf"))
        # The topmost, and whatever else stands above the rest.
        above = [number == 0 or (run.top + run.bottom) / 2 > highest for number, run in enumerate(crossing)]
        across = [run for run, is_above in zip(crossing, above, strict=True) if is_above]
        crossing = [run for run, is_above in zip(crossing, above, strict=True) if not is_above]
        if across:
            found.append(across)
    return found


def _gutter(runs: list[Run]) -> float | None:
    """Where a page or a part of it divides into columns: the place with most rows on both sides and few across."""
    if len(runs) < 2 * _ROWS:
        return None
    size = median(run.size for run in runs)
    # Tried left of where a line begins, at most at the forty most frequent places: columns are flush. What is right of
    # one begins there, and what is left of it ends before, with some space between.
    starts = Counter(round(run.left) for run in runs).most_common(40)
    by_start = _Side(((run.left + 1, run) for run in runs), size, reverse=True)
    by_end = _Side(((max(run.right + 0.6 * size, run.left + 1 + 1e-6), run) for run in runs), size)
    best: tuple[int, float] | None = None
    for start, _ in starts:
        right = by_start.upto(start)
        left = by_end.upto(start)
        across = len(runs) - right - left
        rows = min(by_end.rows[left], by_start.rows[right])
        if rows < _ROWS or across > 0.25 * rows + 3 or _side_by_side(by_end, left, by_start, right) < _ROWS:
            continue
        score = (rows - 2 * across, start - by_end.right[left])
        if best is None or score > (best[0], best[1]):
            best = score
            gutter = start - 0.3 * size
    return gutter if best is not None and best[0] > 0 else None


class _Side:
    """Runs in one order, and for every number of them, what the first so many have together, found in one go."""

    def __init__(self, keyed: Iterable[tuple[float, Run]], size: float, reverse: bool = False) -> None:
        ordered = sorted(keyed, key=lambda item: item[0], reverse=reverse)
        self._sign = -1 if reverse else 1
        self._keys = [self._sign * key for key, _ in ordered]
        self.runs = [run for _, run in ordered]
        self.on_rows = [round(run.bottom / size) for run in self.runs]
        seen: set[int] = set()
        self.rows = [0]
        for row in self.on_rows:
            seen.add(row)
            self.rows.append(len(seen))
        self.bottom = list(accumulate((run.bottom for run in self.runs), min, initial=float("inf")))
        self.top = list(accumulate((run.top for run in self.runs), max, initial=float("-inf")))
        self.right = list(accumulate((run.right for run in self.runs), max, initial=float("-inf")))

    def upto(self, key: float) -> int:
        """How many there are up to a key."""
        return bisect_right(self._keys, self._sign * key)

    def rows_within(self, count: int, low: float, high: float) -> int:
        """Rows of the first so many that lie between two heights."""
        if self.bottom[count] >= low and self.top[count] <= high:
            return self.rows[count]
        runs = zip(self.runs[:count], self.on_rows, strict=False)
        return len({row for run, row in runs if run.bottom >= low and run.top <= high})


def _side_by_side(one: _Side, first: int, other: _Side, second: int) -> int:
    """Rows of one side that lie within the height of the other."""
    low = max(one.bottom[first], other.bottom[second]) - 1
    high = min(one.top[first], other.top[second]) + 1
    return min(one.rows_within(first, low, high), other.rows_within(second, low, high))


def _lines(runs: Sequence[Run]) -> list[Run]:
    """Runs side by side put together, from top to bottom."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: -(run.top + run.bottom)):
        middle = (run.top + run.bottom) / 2
        if rows and rows[-1][0].bottom < middle < rows[-1][0].top:
            rows[-1].append(run)
        else:
            rows.append([run])
    return [_line(part) for row in rows for part in _parted(sorted(row, key=lambda run: run.left))]


def _parted(row: Sequence[Run]) -> Iterator[list[Run]]:
    """What stands far apart on one row is not one line: a name on the left and a date on the right of a page's head."""
    part: list[Run] = []
    for run in row:
        if part and run.left - part[-1].right > 2.5 * run.size:
            yield part
            part = []
        part.append(run)
    yield part


def _line(row: Sequence[Run]) -> Run:
    text = ""
    for before, run in zip((None, *row), row, strict=False):
        gap = run.left - before.right if before is not None else 0.0
        text += (" " if gap > 0.15 * run.size and not text.endswith(" ") else "") + run.text
    return Run(text.strip(), row[0].left, min(run.bottom for run in row), row[-1].right, max(run.top for run in row))


def _running_heads(pages: Sequence[Page], ordered: Sequence[Sequence[Sequence[Run]]]) -> set[str]:
    """What stands in the margin of two pages in three, or of every other page, its numbers left aside."""
    seen: Counter[str] = Counter()
    for page, columns in zip(pages, ordered, strict=True):
        seen.update({_unnumbered(line) for lines in columns for line in lines if _in_margin(line, page)})
    return {text for text, times in seen.items() if times >= 2 and times >= 0.4 * len(pages)}


def _unnumbered(line: Run) -> str:
    return _DIGITS.sub("#", " ".join(line.text.split())).casefold()


def _in_margin(line: Run, page: Page) -> bool:
    return line.bottom > (1 - MARGIN) * page.height or line.top < MARGIN * page.height


def _is_head(line: Run, page: Page, heads: set[str], pages: int) -> bool:
    if not _in_margin(line, page):
        return False
    return _NUMBER.fullmatch(line.text) is not None or (pages > 1 and _unnumbered(line) in heads)


def _add_column(found: list[list[Run]], lines: Sequence[Run]) -> None:
    """The lines of a column to the paragraphs so far; its first line may go on with the last column's paragraph."""
    if not lines:
        return
    size = median(line.size for line in lines)
    pitches = [above.bottom - line.bottom for above, line in pairwise(lines) if not _beside(above, line)]
    pitch = median(pitches) if pitches else 0.0
    left = median(line.left for line in lines)
    right = max(line.right for line in lines)
    before: Run | None = None
    for line in lines:
        if before is None:
            indented = len(lines) > 1 and line.left - left > 0.6 * size
            new = indented or not (found and _goes_on(found[-1][-1], line))
        else:
            apart = before.bottom - line.bottom > max(1.3 * pitch, pitch + 0.25 * size)
            resized = abs(line.size - before.size) > 0.2 * size
            indented = line.left - max(left, before.left) > 0.6 * size and not _ends_in_hyphen(before.text)
            short = right - before.right > 0.25 * (right - left) and _ENDS.search(before.text) is not None
            new = _beside(before, line) or apart or resized or indented or short
        if new:
            found.append([])
        found[-1].append(line)
        before = line


def _beside(one: Run, other: Run) -> bool:
    return abs(one.bottom - other.bottom) < 0.3 * one.size


def _ends_in_hyphen(text: str) -> bool:
    return text.endswith((HYPHEN, "-", "\u2010"))


def _goes_on(before: Run, line: Run) -> bool:
    """Whether a column's first line belongs to the last line of the one before: no stop there, and it looks alike."""
    if abs(line.size - before.size) > 0.2 * before.size:
        return False
    if _ends_in_hyphen(before.text):
        return True
    return len(before.text) > 20 and not _ENDS.search(before.text)


def _joined(lines: Sequence[str], words: Counter[str]) -> str:
    """One line of text; words that were broken at a line's end are whole again."""
    text = ""
    for line in lines:
        part = line.strip()
        if not text:
            text = part
        elif _ends_in_hyphen(text) and part[:1].isalnum() and text[-2:-1].isalnum():
            first = _last_word(text[:-1])
            second = _WORD.match(part)
            text = text[:-1] + ("-" if _keeps_hyphen(first, second[0] if second else "", words) else "") + part
        elif text.endswith(("-", "\u2014", "\u2013", "/")) and not text.endswith((" -", " \u2013", " \u2014")):
            text += part
        else:
            text += f" {part}"
    return " ".join(text.replace(HYPHEN, "-" if text.endswith(HYPHEN) else "").split())


def _last_word(text: str) -> str:
    return text[max(text.rfind(" "), -60) + 1 :].strip("“\"'‘(")


def _keeps_hyphen(first: str, second: str, words: Counter[str]) -> bool:
    """*well-/known*: the hyphen is the word's own. By the rest of the document first, then by how English spells it.

    Broken in 100 articles, 721 of 782 compounds keep it (343 by the rest of the document alone), and 21 of 7,068 words.
    """
    if not second or first[-1:].isdigit():
        return True
    whole, parted = words[f"{first}{second}".lower()], words[f"{first}-{second}".lower()]
    if whole != parted:
        return parted > whole
    if second[:1].isupper():
        return not is_word(first + second)  # *WEEK-/LY*
    # *out-of-/town*; and two words that stand elsewhere too, the first a name: *Lagos-/based*
    alone = first[:1].isupper() and words[first.lower()] > 1 and words[second.lower()] > 1
    return "-" in first or alone or keeps_hyphen(first, second)
