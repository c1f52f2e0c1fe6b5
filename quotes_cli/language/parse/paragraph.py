"""The text of a paragraph passes through here: its tokens, and the pieces in which the model sees them.

A whole utterance is parsed apart, and `STAND_IN` takes its place in the reporter's sentence, so that a long quotation
cannot derail the parse of the clause that reports it. What is left of the paragraph is its frame.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from itertools import chain
from operator import itemgetter

from quotes_cli.language.analysis import Analyser, Shown
from quotes_cli.language.segment import paragraphs
from quotes_cli.language.tokens import Lazy, Tokens
from quotes_cli.records import MarkedSpan

from .line import add_words
from .simpler import hidden, shown

#: A quotation of at most this many tokens is never broken into sentences.
SHORT = 12
#: A whole utterance of more tokens than this is parsed apart.
LONG = 5
STAND_IN = ("We", "agree")
#: A text of more tokens than the first is parsed in pieces, divided at the end of a sentence, at the second anyway:
#: what the parser needs grows with the text, and a paragraph may be a whole book.
PIECE, LONGEST = 400, 1_000
FULL_STOPS = frozenset(".!?")
ENDINGS = frozenset(", . ? ! … ... — – -".split())
BEFORE_UTTERANCE = ENDINGS | set(': ; ) ” " “ --'.split())


class Depth(IntEnum):
    """How much of the model a piece of text needs (`depth.set_depths` decides)."""

    SKIP = 0  #: nothing: the words alone
    TAGS = 1  #: parts of speech: for the names in it
    PARSE = 2  #: and dependencies and lemmas: for the focus of a pronoun, the report of a quotation that stands alone
    FULL = 3  #: and entities: where somebody is quoted


@dataclass(eq=False)
class Piece:
    """What the model sees at once: indices of tokens, or (number of an utterance, index in `STAND_IN`)."""

    paragraph: Paragraph
    tokens: Sequence[int | tuple[int, int]]
    depth: Depth

    def words(self) -> list[str]:
        """The words that the model sees."""
        words, shown, own = self.paragraph.tokens.words, self.paragraph.shown, self.tokens
        if isinstance(own, range) and not shown:
            return words[own.start : own.stop]
        return [(shown.get(i) or words[i]) if isinstance(i, int) else STAND_IN[i[1]] for i in own]

    def shown(self) -> Shown:
        """The piece for the model, with the sentence breaks that the quotations in it allow and ask for."""
        tokens, apart, words = self.paragraph.tokens, self.paragraph.apart, self.words()
        if isinstance(own := self.tokens, range):
            spaces, places = tokens.space_after[own.start : own.stop], tokens.start[own.start : own.stop]
        else:
            spaces = [tokens.space_after[i] if isinstance(i, int) else i[1] + 1 < len(STAND_IN) for i in own]
            places = [tokens.start[i if isinstance(i, int) else apart[i[0]].start] for i in own]
        starts = [0] * len(words)
        for span in self.paragraph.spans_between(places[0], places[-1] + 1):
            first, end = bisect_right(places, span.start), bisect_left(places, span.end)
            if 0 < end - first < SHORT:
                starts[first:end] = [-1] * (end - first)
            after = bisect_left(places, span.outer_end)
            if first < end and after < len(words) and words[after][:1].isupper() and words[end - 1] == ".":
                starts[after] = 1  # `the "harbour." Ortiz left` are two sentences
        return Shown(tuple(words), tuple(spaces), tuple(starts), self.depth >= Depth.PARSE, self.depth >= Depth.FULL)


@dataclass(eq=False, slots=True)
class Paragraph(Lazy):
    """A paragraph of an article's tokens, those of `own`, and how the model is to see it.

    `spans` are those in marks that touch it, `labels` the tokens of speakers' labels in it; `apart` the utterances
    parsed by themselves, with the depth of each; `frame` is the rest, with stand-ins, or a range where there are none.
    `shown` are tokens to the words that the model sees in their place, `hidden` stretches of tokens that it does not
    see (`simpler` tells). `hanging` are tokens whose head is the stand-in of an utterance; `governors` are the heads of
    the stand-ins themselves, with the relation.
    """

    tokens: Tokens
    own: range
    spans: list[MarkedSpan] = field(default_factory=list)
    labels: list[range] = field(default_factory=list)
    apart: list[range] = field(default_factory=list)
    apart_depths: list[Depth] = field(default_factory=list)
    frame: Sequence[int | tuple[int, int]] = ()
    depth: Depth = Depth.FULL
    shown: dict[int, str] = field(default_factory=dict)
    hidden: list[range] = field(default_factory=list)
    hanging: dict[int, int] = field(default_factory=dict)
    governors: dict[int, tuple[int | tuple[int, int], str]] = field(default_factory=dict)

    @property
    def words(self) -> list[str]:
        return self.tokens.words[self.own.start : self.own.stop]

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
        self.apart = list(self._utterances())
        inside = {i: number for number, utterance in enumerate(self.apart) for i in utterance}
        words = self.tokens.words
        if inside and not any(i not in inside and any(map(str.isalnum, words[i])) for i in self.own):
            self.apart, inside = [], {}
        self.apart_depths = [Depth.FULL] * len(self.apart)
        self.shown = shown(self.tokens, self.own)
        self.hidden = [
            stretch
            for stretch in hidden(self.tokens, self.own)
            if len({inside.get(i) for i in range(stretch.start - 1, stretch.stop + 1)}) == 1
        ]
        if not inside:
            self.frame = self.own
            return
        for i in inside:
            self.tokens.head[i], self.tokens.dep[i] = i, "dep"
        frame = self.frame = list[int | tuple[int, int]]()
        for i in self.own:
            if i not in inside:
                frame.append(i)
            elif i == self.apart[inside[i]].start:
                frame += [(inside[i], k) for k in range(len(STAND_IN))]

    def _utterances(self) -> Iterator[range]:
        """The pieces of quotations in the paragraph that are whole utterances, without the marks at their end."""
        tokens, begin, end = self.tokens, self.tokens.start[self.own.start], self.tokens.end[self.own.stop - 1]
        for span in self.spans:
            if span.parent is not None:
                continue
            first = bisect_right(span.pieces, begin, key=itemgetter(1))
            for piece in span.pieces[first : bisect_left(span.pieces, end, key=itemgetter(0))]:
                start, stop = (bisect_left(tokens.start, place, self.own.start, self.own.stop) for place in piece)
                while stop > start and tokens.words[stop - 1] in ENDINGS:
                    stop -= 1
                if stop - start > LONG and tokens.words[start][:1].isupper() and self._may_begin(start):
                    yield range(start, stop)

    def _may_begin(self, first: int) -> bool:
        """Does the quotation that begins at the token stand where a whole utterance would: first, or behind a comma or
        colon?"""
        return first < self.own.start + 2 or self.tokens.words[first - 2] in BEFORE_UTTERANCE

    def pieces(self) -> Iterator[Piece]:
        """What is to be analysed: the frame, then each utterance, long ones in several pieces."""
        unseen = set(chain.from_iterable(self.hidden))
        for stretch, depth in zip((self.frame, *self.apart), (self.depth, *self.apart_depths), strict=True):
            tokens = [i for i in stretch if i not in unseen] if unseen else stretch
            if depth is not Depth.SKIP:
                yield from (Piece(self, part, depth) for part in self._divided(tokens))

    def _divided(self, tokens: Sequence[int | tuple[int, int]]) -> Iterator[Sequence[int | tuple[int, int]]]:
        first = 0
        for k, i in enumerate(tokens, 1) if len(tokens) > PIECE else ():
            ends = k - first >= PIECE and isinstance(i, int) and self.tokens.words[i] in FULL_STOPS
            if ends or k - first >= LONGEST:
                yield tokens[first:k]
                first = k
        if first < len(tokens):
            yield tokens[first:]


def tokenise(analyser: Analyser, text: str, spans: Sequence[MarkedSpan]) -> list[Paragraph]:
    """The paragraphs of an article over one table of tokens. No token crosses a quotation mark of the spans."""
    borders = sorted(
        {b for s in spans for b in (s.outer_start, s.start, s.end, s.outer_end, *chain(*s.pieces), *(s.label or ()))}
    )
    borders.append(len(text) + 1)  # behind all
    tokens = Tokens(text)
    bounds = paragraphs(text)
    found = []
    for number, (start, end) in enumerate(bounds):
        first = len(tokens)
        add_words(tokens, analyser, start, end, borders)
        tokens.paragraph += [number] * (len(tokens) - first)
        found.append(Paragraph(tokens, range(first, len(tokens))))
    starts = [start for start, _ in bounds]
    for span in spans:
        if span.label is not None:
            home = found[max(bisect_right(starts, span.label[0]) - 1, 0)]
            label = range(*tokens.range_of(*span.label))
            if label not in home.labels[-1:]:
                home.labels.append(label)
            continue
        first = max(bisect_right(starts, span.outer_start) - 1, 0)
        for paragraph in found[first : bisect_left(starts, max(span.outer_end, 1))]:
            paragraph.spans.append(span)
    _fill_defaults(tokens, found)
    for paragraph in found:
        paragraph.plan()
    return found


def _fill_defaults(tokens: Tokens, found: list[Paragraph]) -> None:
    """What each token has until the model has seen it: it hangs on the first of its paragraph."""
    size = len(tokens)
    tokens.tag, tokens.pos, tokens.lemma = [""] * size, ["X"] * size, tokens.words.copy()
    tokens.dep, tokens.iob = ["dep"] * size, ["O"] * size
    tokens.head = [paragraph.own.start for paragraph in found for _ in paragraph.own]
    for paragraph in found:
        tokens.dep[paragraph.own.start] = "ROOT"
