"""Article text in, quotation marks out: each with what it costs to read it as opening, closing or no mark at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from quotes_cli.language.words.lists import Row, column, package_text, parse

from .split import ZERO_WIDTH

FAMILIES = ("double", "angle", "single", "single-angle", "corner", "white-corner")
OPENING, CLOSING, EITHER = "opening", "closing", "either"


@dataclass(frozen=True, slots=True)
class Conventions:
    """The table of `words/marks.txt`, ready to look up. Keys are marks as they stand in text."""

    names: dict[tuple[str, str], str]
    family: dict[str, str]
    direction: dict[str, str]
    pattern: re.Pattern[str]
    first: re.Pattern[str]  # the first character of each mark: a set is searched for five times as fast as alternatives

    def find(self, text: str) -> Iterator[re.Match[str]]:
        """What looks like a mark, in order."""
        at = 0
        for first in self.first.finditer(text):
            if first.start() >= at and (found := self.pattern.match(text, first.start())):
                yield found
                at = found.end()

    def name(self, opening: str, closing: str | None) -> str:
        """Name of a pair; of the first convention with that opening mark where the closing one is missing."""
        if closing is not None:
            return self.names.get((opening, closing), "mixed")
        return next((name for (first, _), name in self.names.items() if first == opening), "mixed")


@dataclass(frozen=True, slots=True)
class Mark:
    """One quotation mark: characters `start` to `end` of the text, and the costs of its possible readings."""

    start: int
    end: int
    glyph: str
    family: str
    opening: float
    closing: float
    stray: float
    unclosed: float


@cache
def conventions() -> Conventions:
    """Read `words/marks.txt` once."""
    return parse_conventions(package_text("marks.txt"))


def parse_conventions(text: str) -> Conventions:
    """Read the table; raises `LexiconError` naming the line that cannot be understood."""
    names: dict[tuple[str, str], str] = {}
    family: dict[str, str] = {}
    direction: dict[str, str] = {}

    def problem(row: Row) -> str | None:
        _, opening, closing, group = row
        if (opening, closing) in names:
            return f"these are the marks of {names[opening, closing]!r}; delete one of the lines"
        if any(family.setdefault(mark, group) != group for mark in (opening, closing)):
            return "a mark belongs to one family only"
        names[opening, closing] = row[0]
        return None

    for _, opening, closing, _ in parse(
        text, "marks.txt", "name opening closing family", {"family": FAMILIES}, check=problem
    ):
        direction.setdefault(opening, EITHER if opening == closing else OPENING)
        direction.setdefault(closing, CLOSING)
    glyphs = sorted(family, key=lambda mark: (-len(mark), mark))
    # ''' at the end of a word is ' and then '' (the inner quotation closes first); longest match would take '' and '.
    twins = [re.escape(glyph) for glyph in family if glyph * 2 in family]
    patterns = [rf"(?<=[^\s(\[—–]){g}(?={g}{g}(?!{g}))" for g in twins] + [re.escape(glyph) for glyph in glyphs]
    first = re.compile(f"[{re.escape(''.join(sorted({glyph[0] for glyph in glyphs})))}]")
    return Conventions(names, family, direction, re.compile("|".join(patterns)), first)


# What stands beside a mark, and what it costs to open or close there. Costs only compare readings of one paragraph:
# 0 is ordinary typography, 3 is as bad as dropping a double mark.
GAP, EDGE, WORD, DIGIT, STOP, OPENER, CLOSER, DASH, DOTS, SAME, OTHER = range(11)
#                 gap  edge word digit stop opener closer dash dots same other
OPEN_AFTER = (0.0, 0.0, 3.0, 3.0, 1.5, 0.0, 2.5, 0.3, 0.6, 0.0, 1.0)
OPEN_BEFORE = (1.5, 4.0, 0.0, 0.0, 2.0, 0.0, 2.5, 0.3, 0.2, 0.0, 0.2)
CLOSE_AFTER = (1.5, 4.0, 0.0, 0.0, 0.0, 3.0, 0.0, 0.2, 0.0, 0.0, 0.2)
CLOSE_BEFORE = (0.0, 0.0, 3.0, 1.5, 0.0, 0.7, 0.0, 0.2, 0.3, 0.0, 0.5)
APOSTROPHE = 5.0  # leaving a single mark open where double marks are the article's outer ones: never worth it
AGAINST_GLYPH = 1.5  # a curly mark that points the wrong way
_CLASSES = {",": STOP, ".": STOP, ";": STOP, ":": STOP, "!": STOP, "?": STOP, "…": DOTS}
_CLASSES |= dict.fromkeys("([{<¿¡", OPENER) | dict.fromkeys(")]}>", CLOSER) | dict.fromkeys("-–—―/", DASH)
_FEET = re.compile(r"\d\s?['’′‘]\s?\d{1,2}(?:\.\d+)?[¼½¾]?$")
_YEAR = re.compile(r"\d\ds?(?!\w)")
_AND = re.compile(r"['’‘`][nN]['’]")
_WORD = re.compile(r"[^\W\d_]+")


def beside(text: str, at: int, step: int, family: str, table: Conventions) -> tuple[int, str]:
    """Class and character of what stands beside a mark; zero-width characters and marks of other families are passed.

    `at` is the first character to look at, `step` 1 or -1. It passes a handful at most, so that time stays linear.
    """
    for _ in range(6):
        if not 0 <= at < len(text):
            return EDGE, ""
        char = text[at]
        if (known := table.family.get(char)) is not None:
            if known == family:
                return SAME, char
        elif char not in ZERO_WIDTH:
            return classify(char), char
        at += step
    return OTHER, ""


@cache
def classify(char: str) -> int:
    """Class of an ordinary character beside a mark."""
    if char in _CLASSES:
        return _CLASSES[char]
    if char.isspace():
        return GAP
    if char.isdigit() or char in "½¼¾°":
        return DIGIT
    combining = not char.isprintable() or "\u0300" <= char <= "\u036f"
    return WORD if char.isalnum() or combining else OTHER


def find_marks(text: str) -> list[Mark]:
    """All marks of a text in order, apostrophes inside words left out."""
    table = conventions()
    found = [m for m in table.find(text) if not _inside_word(text, m.start(), m.end(), table)]
    singles_outside = _singles_outside(text, found, table)
    closing = set() if singles_outside else _closing_twins(text, found)
    marks = []
    for m in found:
        if m.start() in closing:  # “We lost,’’
            marks.append(_mark(text, m.start(), m.end() + 1, "”", table, singles_outside))
        elif m.start() - 1 not in closing:
            marks.append(_mark(text, m.start(), m.end(), m.group(), table, singles_outside))
    return marks


def _closing_twins(text: str, found: list[re.Match[str]]) -> set[int]:
    """Where two single marks close a curly double one, as some newsrooms type them: “We lost,’’ she said.

    The last double mark of the paragraph before them is that opening one, and no other closes it before the next opens.
    The first single mark behind an inner opening one (“He said ‘no,’’’) closes that.
    """
    twins = set()
    opening: re.Match[str] | None = None
    inner = False
    for k, match in enumerate(found):
        glyph = match.group()
        if glyph in ("“", "”"):
            opening, inner = match if glyph == "“" else None, False
        elif glyph == "‘":
            inner = True
        elif glyph == "’" and inner:
            inner = False
        elif glyph == "’" and opening is not None and text.startswith("’’", match.start()):
            following = next((m for m in found[k + 2 : k + 12] if m.group() in ("“", "”")), None)
            stretch = text[opening.end() : following.start() if following is not None else match.end()]
            if "\n" not in text[opening.end() : match.start()] and (
                following is None or following.group() == "“" or "\n" in stretch
            ):
                twins.add(match.start())
                opening = None
    return twins


def _inside_word(text: str, start: int, end: int, table: Conventions) -> bool:
    """O'Neill, don’t, 6'2: a single mark with letters or digits on both sides, the one of U.N.'s and Co.’s, or the two
    marks of rock ’n’ roll."""
    if table.family[text[start:end]] != "single":
        return False
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isalnum() and after.isalnum():
        return True
    if before in (".", "!", ")") and after == "s" and not text[end + 1 : end + 2].isalnum():
        return True
    return _AND.match(text, start) is not None or _AND.match(text, max(0, start - 2), end) is not None


def _singles_outside(text: str, found: list[re.Match[str]], table: Conventions) -> bool:
    """Are single marks the article's outer ones (British style)? Counts the marks between white space and a capital."""
    count = {"single": 0, "double": 0}
    for match in found:
        family = table.family[match.group()]
        after = text[match.end() : match.end() + 1]
        if family in count and not text[match.start() - 1 : match.start()].strip() and after.isupper():
            count[family] += 1
    return count["single"] > count["double"]


def _mark(text: str, start: int, end: int, glyph: str, table: Conventions, singles_outside: bool) -> Mark:
    """Price the readings of one mark."""
    family, direction = table.family[glyph], table.direction[glyph]
    left, before = beside(text, start - 1, -1, family, table)
    right, _ = beside(text, end, 1, family, table)
    opening = OPEN_AFTER[left] + OPEN_BEFORE[right] + (AGAINST_GLYPH if direction == CLOSING else 0.0)
    closing = CLOSE_AFTER[left] + CLOSE_BEFORE[right] + (AGAINST_GLYPH if direction == OPENING else 0.0)
    stray, unclosed = 3.0, 2.0
    if family == "single":
        opening, stray, unclosed = _single(text, end, glyph, left, right, before, opening, singles_outside)
    elif SAME in (left, right) and len(glyph) == 1:
        # One mark of a doubled pair: the inner one of the two holds the content, so the outer one is cheaper to drop.
        outer = left in (GAP, EDGE, OPENER, DASH) if right == SAME else right in (GAP, EDGE, STOP, CLOSER, DASH)
        stray = 0.3 if outer else 0.4
    elif left == DIGIT and direction == EITHER and family == "double":
        stray = 0.1 if _FEET.search(text, max(0, start - 9), start) else 0.9  # inches, seconds
    return Mark(start, end, glyph, family, opening, closing, stray, unclosed)


def _single(
    text: str, end: int, glyph: str, left: int, right: int, before: str, opening: float, outer: bool
) -> tuple[float, float, float]:
    """(opening, stray, unclosed) of a single mark, which may be an apostrophe at a word's start or end."""
    unclosed = 1.0 if outer else APOSTROPHE
    if left in (WORD, DIGIT):  # dogs', goin', 5' (feet)
        return opening, 0.3 if before in "sSzx" or left == DIGIT else 0.6, unclosed
    if left in (STOP, DOTS, CLOSER):
        return opening, 1.5, unclosed
    word = _WORD.match(text, end, end + 12)
    if _YEAR.match(text, end) or (word is not None and word.group().lower() in column("elisions.txt")):
        return opening + 1.0, 0.2, unclosed
    if right in (WORD, DIGIT):
        return opening, {"’": 1.0, "'": 1.5}.get(glyph, 2.5), unclosed
    return opening, 1.0, unclosed
