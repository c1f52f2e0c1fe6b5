"""Tokens and quotation spans pass through here: each span becomes a `Quote` that knows its tokens and surroundings."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from quotes_cli.language.segment.entities import decoded
from quotes_cli.language.tokens import Lazy, Tokens
from quotes_cli.language.words.cues import Lexicon
from quotes_cli.records import MarkedSpan

from .cues import Cues

FINAL = frozenset(".!?…")
FULL_STOPS = frozenset({".", "!", "?", "…", "..."})
SINGLE = frozenset("'‘’‚‛`‹›")
DASHES = frozenset({"-", "--", "–", "—", "―"})
#: A comma, or a dash that does a comma's work.
PAUSES = frozenset({",", "—", "–", "-", "--"})
#: Tokens that are looked at on each side of a quotation: a paragraph may be a whole book, and time stays linear in it.
LONGEST_HEADLINE = 35  # tokens; of 919 training articles from 25 on all are alike, and at 15 what comes is no gold
REACH = 300
WORD = re.compile(r"[^\W_]+")


@dataclass
class Finding:
    """What a rule found: the head token of the source, the cue's tokens, and where the rule knows it the mention.

    `alternates`: the speaker's turn in an exchange without tags. `passing`: whoever it is does not go on behind it.
    """

    source: int | None = None
    cue: tuple[int, ...] = ()
    mention: tuple[int, int] | None = None
    antecedent: tuple[int, int] | None = None
    rule: str = ""
    alternates: bool = False
    passing: bool = False


@dataclass(eq=False, slots=True)
class Quote(Lazy):
    """One marked span by tokens: `first` to `last` inside the marks, `left` and `right` the nearest tokens outside
    them, -1 where the paragraph begins or ends there.

    `test` is the name of the test that says the marks quote nobody, `finding` what a rule found; None until known.
    `rule` is the name of the rule that looks now, `vetoes` what was thrown out so far: rule, veto and token.
    `sibling` is the quotation before it with the same parent.
    """

    context: Context = field(repr=False)
    number: int
    span: MarkedSpan
    first: int
    last: int
    left: int
    right: int
    sibling: Quote | None = None
    test: str | None = None
    finding: Finding | None = None
    rule: str = ""
    vetoes: list[tuple[str, str, int]] = field(default_factory=list)
    tokens: Tokens = field(init=False, repr=False)
    cues: Cues = field(init=False, repr=False)
    parent: int | None = field(init=False, repr=False)
    around: int = field(init=False, repr=False)  # what a source's token is in, as `cover` has it
    text: str = field(init=False, repr=False)
    paragraph: int = field(init=False, repr=False)
    last_paragraph: int = field(init=False, repr=False)
    words: int = field(init=False, repr=False)
    ending: str = field(init=False, repr=False)
    capital: bool = field(init=False, repr=False)  # it begins as a sentence does

    def __post_init__(self) -> None:
        self.tokens = self.context.tokens
        self.cues = self.context.cues
        self.parent = self.span.parent
        self.around = -1 if self.parent is None else self.parent
        self.text = decoded(self.tokens.text[self.span.start : self.span.end])[0]
        self.paragraph = self.tokens.paragraph[self.first]
        self.last_paragraph = self.tokens.paragraph[self.last]
        self.words = len(self.text.split())
        stripped = self.text.strip()
        self.ending = stripped.rstrip("'’\"”»")[-1:] or stripped[-1:]  # an inner quotation may end with it
        first = next(filter(str.isalnum, self.text), "")
        self.capital = first.isupper() or first.isdigit()

    @property
    def previous(self) -> Quote | None:
        """The quotation before it in the article."""
        return self.context.quotes[self.number - 1] if self.number else None

    @property
    def reopens(self) -> bool:
        """Does the mark that closes it in truth open the next paragraph, as where line breaks are lost: "We lost. "We
        learned." """
        text, span = self.tokens.text, self.span
        before, behind = text[span.outer_end - 2 : span.outer_end - 1], text[span.outer_end : span.outer_end + 1]
        return span.outer_end > span.end and before.isspace() and behind.isalnum()

    @property
    def resumes(self) -> bool:
        """Is what stands before it not narration, but what its speaker said between two marks that both open?"""
        other = self.sibling
        begins = self.capital and self.left >= 0 and self.tokens.words[self.left] in FULL_STOPS
        return begins and other is not None and other.last_paragraph == self.paragraph and other.reopens

    @property
    def stands_alone(self) -> bool:
        """Is it a paragraph of its own, and of more than a few words?"""
        return self.left < 0 and self.right < 0 and self.parent is None and self.words >= 6

    @property
    def in_headline(self) -> bool:
        """Is its paragraph the first one, and short enough for the article's headline?"""
        return self.paragraph == 0 and self.tokens.paragraph_end(self.first) <= LONGEST_HEADLINE

    @property
    def ends_with_stop(self) -> bool:
        """Does its paragraph end with a full stop, in the marks or behind them?"""
        end = self.tokens.paragraph_end(self.first)
        return any(self.tokens.words[i].endswith(".") for i in range(max(end - 2, 0), end))

    def holds(self, i: int) -> bool:
        """Is token `i` within the marks?"""
        number: int | None = self.context.cover[i]
        while number is not None and number != -1:
            if number == self.number:
                return True
            number = self.context.parents[number]
        return False

    def barred(self, i: int) -> bool:
        """May the source not stand at token `i`? It may where nobody is quoted, or in the quotation around this one."""
        return self.context.cover[i] != self.around

    @cached_property
    def before(self) -> Sequence[int]:
        """The nearest `REACH` tokens of the paragraph before it, nearest first."""
        begin = bisect_left(self.tokens.paragraph, self.paragraph, 0, self.left + 1)
        return range(self.left, max(begin, self.left - REACH + 1) - 1, -1)

    @cached_property
    def after(self) -> list[int]:
        """Tokens of the paragraph after it, nearest first, up to the next quotation, those of titles left out."""
        tokens = self.tokens
        found: list[int] = []
        for i in range(self.right, min(len(tokens), self.right + REACH)) if self.right >= 0 else ():
            if tokens.paragraph[i] != self.last_paragraph:
                break
            if self.barred(i):
                if self.context.is_no_quotation(i):
                    continue
                break
            found.append(i)
        return found

    @cached_property
    def line_before(self) -> list[int]:
        """Tokens of the paragraph before, if it begins its own, nearest first; none if anybody is quoted there."""
        return self._line(range(self.first - 1, -1, -1), self.paragraph - 1) if self.left < 0 else []

    @cached_property
    def line_after(self) -> list[int]:
        """Tokens of the next paragraph, if it ends its own, nearest first; none if anybody is quoted there.

        They may have no entities, or not even tags (see `parse.depth`).
        """
        return self._line(range(self.last + 1, len(self.tokens)), self.last_paragraph + 1) if self.right < 0 else []

    def _line(self, outward: Iterable[int], paragraph: int) -> list[int]:
        tokens = self.tokens
        found: list[int] = []
        for i in outward:
            if self.holds(i):
                continue
            here = tokens.paragraph[i]
            if here == paragraph:
                found.append(i)
            elif found or (abs(here - self.paragraph) > 1 and abs(here - self.last_paragraph) > 1):
                break
        return [] if any(map(self.barred, found)) else found

    @cached_property
    def sentence_before(self) -> list[int]:
        """Tokens outside quotations before it, nearest first, back to the end of the sentence before (by full stops).

        Only earlier quotations stand there, of which it is known whether they are any.
        """
        found: list[int] = []
        words, cover, around = self.tokens.words, self.context.cover, self.around
        for i in self.before:
            if cover[i] != around:
                if self.ends_another(i) and (not found or self._begins_sentence(found)):
                    break
            elif words[i][-1] in FINAL and self.context.ends_sentence(i):
                break
            elif words[i] == ")" and i and words[i - 1] in FULL_STOPS and self._begins_sentence(found):
                break  # (They left at noon.) While Ortiz ...
            else:
                found.append(i)
        return found

    def ends_another(self, i: int) -> bool:
        """Is token `i` the last one of another quotation that ends with a full stop?"""
        context = self.context
        number = context.cover[i]
        if number in (-1, self.number) or context.quotes[number].ending not in FINAL or context.is_no_quotation(i):
            return False
        last = context.quotes[number].last
        while last + 1 < len(self.tokens) and context.cover[last + 1] == number:
            last += 1
        return i == last

    def _begins_sentence(self, backwards: list[int]) -> bool:
        """Has the first word of tokens, given nearest first, a capital?"""
        words = map(self.tokens.words.__getitem__, reversed(backwards))
        return next((word for word in words if word[:1].isalnum()), "x")[:1].isupper()

    @cached_property
    def sentence_after(self) -> list[int]:
        """Tokens after it, nearest first, up to the end of its sentence or the next quotation."""
        words, ends_sentence = self.tokens.words, self.context.ends_sentence
        for k, i in enumerate(self.after):
            if words[i][-1] in FINAL and ends_sentence(i):
                return self.after[:k]
            if k and i - self.after[k - 1] > 2 and words[i - 2] == "." and words[i][:1].isupper():
                return self.after[:k]  # with the hashtags "#no" and "#vote." Ortiz wrote
        return self.after

    @cached_property
    def tops(self) -> list[int]:
        """The three tokens at most by which the quotation hangs on the rest."""
        return self.tokens.tops_by_size(range(self.first, self.last + 1))[:3]

    def vetoed(self, veto: Callable[[Quote, int], bool], i: int) -> bool:
        """Does the veto throw out the cue or source at token `i` that the rule now asked has found?"""
        if not veto(self, i):
            return False
        self.vetoes.append((self.rule, veto.__name__, i))
        return True

    def forget(self) -> None:
        """Keep the surroundings no longer: in a paragraph as long as a book they are many."""
        for name in ("before", "after", "line_before", "line_after", "sentence_before", "sentence_after"):
            self.__dict__.pop(name, None)


class Context:
    """An article as the rules see it: its tokens and quotations, the lexicon, and what was found for earlier
    quotations.

    `cover[i]` is the number of the innermost span whose marks or inside hold token `i`, -1 for none; `mark[i]` says
    whether the token is a mark. `attributed` holds the last quotation with a source, by parent.
    """

    __slots__ = (*"tokens cues cover mark parents quotes attributed single double_convention".split(), "__dict__")

    def __init__(self, tokens: Tokens, spans: Sequence[MarkedSpan], lexicon: Lexicon) -> None:
        self.tokens = tokens
        self.cues = Cues(tokens, lexicon)
        self.cover: list[int] = [-1] * len(tokens)
        self.mark: list[bool] = [False] * len(tokens)
        self.parents = [s.parent for s in spans]
        self.quotes: list[Quote] = []
        self.attributed: dict[int | None, Quote] = {}
        marks = [tokens.text[s.outer_start : s.start] or tokens.text[s.end : s.outer_end] for s in spans]
        self.single = [decoded(m)[0] in SINGLE for m in marks]
        top = [single for s, single in zip(spans, self.single, strict=True) if s.parent is None]
        self.double_convention = top.count(False) >= max(1, top.count(True))
        last: dict[int | None, Quote] = {}
        for number, span in enumerate(spans):
            quote = self._quote(number, span)
            quote.sibling = last.get(span.parent)
            last[span.parent] = quote
            self.quotes.append(quote)

    def _quote(self, number: int, span: MarkedSpan) -> Quote:
        tokens = self.tokens
        start = bisect_left(tokens.end, span.outer_start + 1)  # the first token that ends after the opening mark begins
        end = bisect_left(tokens.start, span.outer_end)
        self.cover[start:end] = [number] * (end - start)
        first = bisect_right(tokens.end, span.start, start, end)
        last = bisect_left(tokens.start, span.end, first, end) - 1
        self.mark[start:first] = [True] * (first - start)
        self.mark[last + 1 : end] = [True] * (end - last - 1)
        if last < first:  # nothing but marks
            first, last = start, max(start, end - 1)
        first, last = min(first, len(tokens) - 1), min(last, len(tokens) - 1)
        left = start - 1 if start > 0 and tokens.paragraph[start - 1] == tokens.paragraph[first] else -1
        right = end if end < len(tokens) and tokens.paragraph[end] == tokens.paragraph[last] else -1
        return Quote(self, number, span, first, last, left, right)

    def dissolve(self) -> None:
        """Let go of the quotations, which hold the context: else nothing of the article is freed before the collector
        of circles comes."""
        self.quotes, self.attributed = [], {}

    def is_no_quotation(self, i: int) -> bool:
        """Does token `i` stand in marks that quote nobody (a title, a nickname), which the rules look past?"""
        return self.cover[i] >= 0 and self.quotes[self.cover[i]].test is not None

    def ends_sentence(self, i: int) -> bool:
        """Is token `i` a full stop that ends a sentence, also where it stands with its abbreviation?"""
        tokens = self.tokens
        word = tokens.words[i]
        if word not in FULL_STOPS and (not word.endswith(".") or tokens.pos[i] == "PROPN"):
            return False
        following = range(i + 1, len(tokens))
        after = next((k for k in following if not self.mark[k]), None)
        if after is None or tokens.paragraph[after] != tokens.paragraph[i]:
            return True
        if tokens.words[after][:1] in ",;:)" or tokens.words[after][:1].islower():
            return False
        return word in FULL_STOPS or tokens.sentence[after] != tokens.sentence[i]

    @cached_property
    def standing_alone(self) -> int:
        """How many quotations are paragraphs of their own."""
        return sum(quote.stands_alone for quote in self.quotes)

    @cached_property
    def letters_in_text(self) -> str:
        """The letters of all quotations that stand beside other text, one quotation a line."""
        beside = (q for q in self.quotes if q.parent is None and (q.left >= 0 or q.right >= 0))
        return "\n".join(letters_of(quote.text) for quote in beside)


def letters_of(text: str) -> str:
    """Lower-case letters and digits of a text, and nothing between them."""
    return "".join(filter(str.isalnum, text.lower()))


def words_of(text: str) -> str:
    """A text's words in small letters, a space around each."""
    return f" {' '.join(WORD.findall(text.lower()))} "
