"""The text of a paragraph in, its words out, added to the article's tokens: those of one line, as the model sees it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import add

from quotes_cli.language.analysis import Analyser, Word
from quotes_cli.language.designations import is_abbreviation
from quotes_cli.language.segment import ZERO_WIDTH, after_prefix
from quotes_cli.language.segment.entities import NO_BREAK_SPACE, REFERENCE, character, end_of_character
from quotes_cli.language.segment.split import SPACES
from quotes_cli.language.tokens import Tokens

#: Characters that the tokenizer sees at once, and without a space: it takes squared time to cut marks off a word.
WINDOW = 50_000
UNBROKEN = re.compile(r"\S{200}")
#: A dash that the tokenizer leaves in a word: behind a dateline, before the name under a quotation.
GLUED = re.compile(r"(?<=\.)[–—](?=[A-Z][a-z])|^(?:--?|[–—])(?=[A-Z][a-z])")
MAY_GLUE = re.compile("[-–—][A-Z][a-z]")
#: A footnote's mark behind a word, or a flag: Ana Ortiz.[1], Ana Ortiz¹
_MARKED = "[¹²³⁰⁴-⁹†‡]+|(?:\\[(?:note )?\\d{1,3}\\])+|\\s?[\U0001f1e6-\U0001f1ff]{2}"
_NOTE = f"(?P<note>(?:(?<=[^\\W\\d_])|(?<=[^\\W\\d_][.,;]))(?:{_MARKED}))"
_REFERENCE = f"(?P<reference>{REFERENCE.pattern})"
#: How something begins that is more than one space between two words: a set, which is found ten times as fast.
_UNEVEN = re.compile(f"[{SPACES.replace(' ', '')}\u2000-\u200a{ZERO_WIDTH}¹²³⁰⁴-⁹†‡[&\U0001f1e6-\U0001f1ff]")
_GAP = re.compile(f"{_NOTE}|{_REFERENCE}|[\\s{ZERO_WIDTH}]+")
_QUOTED_GAP = re.compile(
    f"{_NOTE}|{_REFERENCE}|[\\s{ZERO_WIDTH}]*\n[>\\s{ZERO_WIDTH}]+|[\\s{ZERO_WIDTH}]+"
)  # e-mail, Markdown


def add_words(tokens: Tokens, analyser: Analyser, start: int, end: int, borders: list[int]) -> None:
    """Add the words of a paragraph, none of which crosses a border; the last border lies behind the text."""
    flat, places = flattened(tokens.text, start, end)
    dashes, unchanged = MAY_GLUE.search(flat) is not None, isinstance(places, range)
    words, starts, ends, spaces = tokens.words, tokens.start, tokens.end, tokens.space_after
    for begin, stop in _windows(flat):
        found = analyser.words(flat[begin:stop])
        if unchanged and not dashes and _add_whole(tokens, found, flat, places[0], begin, borders):
            continue
        next = bisect_right(borders, places[begin])
        for word, at, spaced in found:
            first = begin + at
            last = first + len(word)
            place, until = places[first], places[last]
            while borders[next] <= place:
                next += 1
            joined = word == "." and words and starts[-1] >= start and ends[-1] == place
            if joined and _ends_title(words[-1], flat[last : last + 2]):
                words[-1] += "."
                ends[-1] += 1
                spaces[-1] = spaced
            elif borders[next] < until or (dashes and GLUED.search(word)):
                inside = borders[next : bisect_left(borders, until)]
                _add_parts(tokens, analyser, flat, places, range(first, last), inside)
                spaces[-1] = spaced
            else:
                words.append(word)
                starts.append(place)
                ends.append(until if unchanged else end_of_character(tokens.text, places[last - 1]))
                spaces.append(spaced)


def _add_whole(tokens: Tokens, found: Sequence[Word], flat: str, shift: int, begin: int, borders: list[int]) -> bool:
    """Add all words at once, which `flat` has from `begin` on, if none must be parted at a border or joined to the one
    before."""
    words = [word for word, _, _ in found]
    starts = [shift + begin + at for _, at, _ in found]
    ends = list(map(add, starts, map(len, words)))
    for border in borders[bisect_right(borders, starts[0]) : bisect_left(borders, ends[-1])]:
        if border < ends[k := bisect_right(starts, border) - 1] and starts[k] < border:
            return False
    if "." in words:
        for k, word in enumerate(words):
            if word == "." and (not k or _ends_title(words[k - 1], flat[ends[k] - shift : ends[k] - shift + 2])):
                return False
    tokens.words += words
    tokens.start += starts
    tokens.end += ends
    tokens.space_after += [spaced for _, _, spaced in found]
    return True


def _add_parts(
    tokens: Tokens, analyser: Analyser, flat: str, places: Sequence[int], word: range, borders: list[int]
) -> None:
    """Add a word that is glued to a mark or dash, as in `said,"We` and `N.C.—Ana`, part by part."""
    first, last = word.start, word.stop
    cuts = {bisect_left(places, border, first, last) for border in borders}
    cuts.update(first + place for glued in GLUED.finditer(flat[first:last]) for place in glued.span() if place)
    for a, b in pairwise([first, *sorted(cuts), last]):
        for part, at, _ in analyser.words(flat[a:b]):
            tokens.words.append(part)
            tokens.start.append(places[a + at])
            tokens.end.append(end_of_character(tokens.text, places[a + at + len(part) - 1]))
            tokens.space_after.append(False)


def _ends_title(word: str, behind: str) -> bool:
    """Does a full stop right behind a word belong to it, a title or suffix: said Capt. Ana Ortiz; Bo Lee Sr. said?"""
    if behind[:1] not in (" ", ","):
        return False
    return is_abbreviation(f"{word}.") or (word in ("Sr", "Jr", "Esq") and (behind[0] == "," or behind[1:].islower()))


def flattened(text: str, start: int, end: int) -> tuple[str, Sequence[int]]:
    """A paragraph on one line, as the model sees it, and the place in `text` of each of its characters and of its end.

    White space, be it the line break of a hard-wrapped text, is one space; what nobody sees is left out, and footnotes'
    marks behind a word, the space behind a hyphen at the end of a line, and the `>` of a block quotation. A reference
    to a character is that character.
    """
    quoted = text[start] == ">"
    start = min(after_prefix(text, start), end - 1)
    if not _UNEVEN.search(text, start, end) and text.find("  ", start, end) < 0:
        return text[start:end], range(start, end + 1)
    kept: list[str] = []
    places: list[int] = []
    at = start
    for gap in (_QUOTED_GAP if quoted else _GAP).finditer(text, start, end):
        kept.append(text[at : gap.start()])
        places += range(at, gap.start())
        at = gap.end()
        if gap["reference"]:
            char = character(gap.group())
            kept.append(char.replace(NO_BREAK_SPACE, " ") or gap.group())
            places += range(gap.start(), gap.start() + 1 if char else gap.end())
            continue
        white = "" if gap["note"] or not places else gap.group().strip(ZERO_WIDTH)
        if white and not ("\n" in white and text[gap.start() - 1] == "-" and text[gap.start() - 2].isalpha()):
            kept.append(" ")
            places.append(gap.start())
    kept.append(text[at:end])
    places += range(at, end + 1)
    return "".join(kept), places


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """The text in parts of at most `WINDOW` characters, behind a space where there is one, and never an `UNBROKEN`
    stretch of characters in one with what follows it."""
    start, end = 0, len(text)
    while start < end:
        stop = end
        if end - start > WINDOW:
            stop = text.rfind(" ", start + 1, start + WINDOW) + 1 or start + WINDOW
        long = UNBROKEN.search(text, start, stop)
        if long:
            stop = long.end()
        yield start, stop
        start = stop
