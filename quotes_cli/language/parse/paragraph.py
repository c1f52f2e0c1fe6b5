"""The text of a paragraph passes through here: its tokens, and the pieces in which the model sees them.

A whole utterance is parsed apart, and `STAND_IN` takes its place in the reporter's sentence, so that a long quotation
cannot derail the parse of the clause that reports it. What is left of the paragraph is its frame.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from itertools import chain, pairwise
from operator import itemgetter

from spacy.language import Language
from spacy.tokens import Doc

from quotes_cli.language.segment import ZERO_WIDTH, paragraphs
from quotes_cli.records import MarkedSpan

#: A quotation of at most this many tokens is never broken into sentences.
SHORT = 12
#: A whole utterance of more tokens than this is parsed apart.
LONG = 5
STAND_IN = ("We", "agree")
#: A text of more tokens than the first is parsed in pieces, divided at the end of a sentence, at the second anyway:
#: what the parser needs grows with the text, and a paragraph may be a whole book.
PIECE, LONGEST = 400, 1_000
#: Characters that the tokenizer sees at once, and without a space: it takes squared time to cut marks off a word.
WINDOW = 50_000
UNBROKEN = re.compile(r"\S{200}")
FULL_STOPS = frozenset(".!?")
#: What is more than one space between two words: other white space, a line break, what nobody sees.
_UNEVEN = re.compile(f"[^\\S ]|  |[{ZERO_WIDTH}]")
_GAP = re.compile(f"[\\s{ZERO_WIDTH}]+")
_QUOTED_GAP = re.compile(f"[\\s{ZERO_WIDTH}]*\n[>\\s{ZERO_WIDTH}]+|[\\s{ZERO_WIDTH}]+")  # in an e-mail or Markdown


class Depth(IntEnum):
    """How much of the model a piece of text needs (`relevance` decides)."""

    SKIP = 0  #: nothing: the words alone
    TAGS = 1  #: parts of speech: for the names in it
    PARSE = 2  #: and dependencies and lemmas: for the focus of a pronoun, the report of a quotation that stands alone
    FULL = 3  #: and entities: where somebody is quoted


@dataclass
class Piece:
    """What the model sees at once: `tokens` are indices in the paragraph, or (number of an utterance, index in
    `STAND_IN`)."""

    tokens: list[int | tuple[int, int]]
    depth: Depth


@dataclass
class Paragraph:
    """The tokens of a paragraph: words, whether a space follows each, each one's first character in the article and the
    one behind its last.

    `spans` are those that touch it; `apart` the utterances parsed by themselves, as token indices, with the depth of
    each; `frame` is the rest, with stand-ins.
    """

    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    spans: Sequence[MarkedSpan] = ()
    apart: list[list[int]] = field(default_factory=list)
    apart_depths: list[Depth] = field(default_factory=list)
    frame: list[int | tuple[int, int]] = field(default_factory=list)
    depth: Depth = Depth.FULL

    @cached_property
    def nested(self) -> list[list[MarkedSpan]]:
        """The spans by how many others are around each; those of a list do not overlap."""
        found: list[list[MarkedSpan]] = []
        around: list[MarkedSpan] = []
        for span in self.spans:
            while around and around[-1].outer_end <= span.outer_start:
                around.pop()
            if len(around) == len(found):
                found.append([])
            found[len(around)].append(span)
            around.append(span)
        return found

    def spans_between(self, start: int, end: int) -> list[MarkedSpan]:
        """The spans that have characters or marks in the range, in order, without going through all."""
        found: list[MarkedSpan] = []
        for level in self.nested:
            first = bisect_right(level, start, key=lambda s: s.outer_end)
            found += level[first : bisect_left(level, end, key=lambda s: s.outer_start)]
        return sorted(found, key=lambda s: (s.outer_start, -s.outer_end))

    def plan(self) -> None:
        """Decide which quotations are parsed apart: whole utterances beside words of the reporter's."""
        inside: dict[int, int] = {}
        for span in self.spans:
            if span.parent is not None or span.end <= self.starts[0] or span.start >= self.ends[-1]:
                continue
            first = bisect_right(span.pieces, self.starts[0], key=itemgetter(1))
            last = bisect_left(span.pieces, self.ends[-1], key=itemgetter(0))
            for start, end in span.pieces[first:last]:
                a, b = bisect_left(self.starts, start), bisect_left(self.starts, end)
                while b > a and self.words[b - 1] in (",", ".", "?", "!", "…", "...", "—", "–", "-"):
                    b -= 1
                tokens = list(range(a, b))
                if len(tokens) <= LONG or not self.words[tokens[0]][:1].isupper():
                    continue
                if not self._utterance(a):
                    continue
                for i in tokens:
                    inside[i] = len(self.apart)
                self.apart.append(tokens)
        reporter = [i for i, w in enumerate(self.words) if i not in inside and any(c.isalnum() for c in w)]
        if not reporter:
            self.apart, inside = [], {}
        self.apart_depths = [Depth.FULL] * len(self.apart)
        seen = set()
        for i in range(len(self.words)):
            number = inside.get(i)
            if number is None:
                self.frame.append(i)
            elif number not in seen:
                seen.add(number)
                self.frame += [(number, k) for k in range(len(STAND_IN))]

    def _utterance(self, first: int) -> bool:
        """Does the quotation that begins at the token stand where a whole utterance would: first, or behind a comma or
        colon?"""
        before = self.words[max(0, first - 2) : first]
        if len(before) <= 1:
            return True
        return before[-2] in (",", ":", ".", "!", "?", "—", "–", "-", "--", "…", "...", ")", "”", '"', "“", ";")

    def pieces(self) -> Iterator[Piece]:
        """What is to be analysed: the frame, then each utterance, long ones in several pieces."""
        yield from (Piece(part, self.depth) for part in self._divided(self.frame))
        for tokens, depth in zip(self.apart, self.apart_depths, strict=True):
            yield from (Piece(part, depth) for part in self._divided(tokens))

    def _divided(self, tokens: Sequence[int | tuple[int, int]]) -> Iterator[list[int | tuple[int, int]]]:
        if len(tokens) <= PIECE:
            if tokens:
                yield list(tokens)
            return
        first = 0
        for k, i in enumerate(tokens, 1):
            ends = isinstance(i, int) and self.words[i] in FULL_STOPS and k - first >= PIECE
            if ends or k - first >= LONGEST or k == len(tokens):
                yield list(tokens[first:k])
                first = k

    def doc(self, nlp: Language, piece: Piece) -> Doc:
        """The piece for the model, with the sentence breaks that the quotations in it allow and ask for."""
        words = [self.words[f] if isinstance(f, int) else STAND_IN[f[1]] for f in piece.tokens]
        spaces = [self.spaces[f] if isinstance(f, int) else f[1] + 1 < len(STAND_IN) for f in piece.tokens]
        doc = Doc(nlp.vocab, words=words, spaces=spaces)
        starts = [self.starts[f if isinstance(f, int) else self.apart[f[0]][0]] for f in piece.tokens]
        for span in self.spans_between(starts[0], starts[-1] + 1):
            inside = range(bisect_right(starts, span.start), bisect_left(starts, span.end))
            if len(inside) < SHORT:
                for k in inside:
                    doc[k].is_sent_start = False
            after = bisect_left(starts, span.outer_end)
            if inside and after < len(words) and words[after][:1].isupper() and words[inside[-1]] == ".":
                doc[after].is_sent_start = True  # `the "harbour." Ortiz left` are two sentences
        return doc


def tokenise(nlp: Language, text: str, spans: Sequence[MarkedSpan]) -> list[Paragraph]:
    """The paragraphs of an article, planned. No token crosses a quotation mark of the spans."""
    borders = sorted({b for s in spans for b in (s.outer_start, s.start, s.end, s.outer_end, *chain(*s.pieces))})
    found = [_tokens(nlp, text, start, end, borders) for start, end in paragraphs(text)]
    own = _by_paragraph(spans, [paragraph.starts[0] for paragraph in found])
    for paragraph, here in zip(found, own, strict=True):
        paragraph.spans = here
        paragraph.plan()
    return found


def _by_paragraph(spans: Sequence[MarkedSpan], starts: list[int]) -> list[list[MarkedSpan]]:
    """The spans that touch each paragraph, in order."""
    own: list[list[MarkedSpan]] = [[] for _ in starts]
    for span in spans:
        for k in range(max(bisect_right(starts, span.outer_start) - 1, 0), bisect_left(starts, max(span.outer_end, 1))):
            own[k].append(span)
    return own


def _tokens(nlp: Language, text: str, start: int, end: int, borders: list[int]) -> Paragraph:
    flat, places = flattened(text, start, end)
    found = Paragraph()
    for begin, stop in _windows(flat):
        for token in nlp.make_doc(flat[begin:stop]):
            first, last = begin + token.idx, begin + token.idx + len(token)
            inside = borders[bisect_right(borders, places[first]) : bisect_left(borders, places[last])]
            edges = [first, *(bisect_left(places, border, first, last) for border in inside), last]
            parts = [token.text]
            if len(edges) > 2:  # a word glued to a mark, as in `said,"We`
                parts = [part.text for a, b in pairwise(edges) for part in nlp.make_doc(flat[a:b])]
            for part in parts:
                found.words.append(part)
                found.spaces.append(False)
                found.starts.append(places[first])
                first += len(part)
                found.ends.append(places[first - 1] + 1)
            found.spaces[-1] = bool(token.whitespace_)
    return found


def flattened(text: str, start: int, end: int) -> tuple[str, Sequence[int]]:
    """A paragraph on one line, as the model sees it, and the place in `text` of each of its characters and of its end.

    White space, be it the line break of a hard-wrapped text, is one space; what nobody sees is left out, and the space
    behind a hyphen at the end of a line. Of a quotation by `>` only the first line keeps the mark.
    """
    if not _UNEVEN.search(text, start, end):
        return text[start:end], range(start, end + 1)
    kept: list[str] = []
    places: list[int] = []
    at = start
    for gap in (_QUOTED_GAP if text[start] == ">" else _GAP).finditer(text, start, end):
        kept.append(text[at : gap.start()])
        places += range(at, gap.start())
        at = gap.end()
        white = gap.group().strip(ZERO_WIDTH)
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
