"""A `Tree` and the quotation spans pass through here: each span becomes a `Quote` that knows its tokens and
surroundings."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from quotes_cli.language.words.cues import Lexicon
from quotes_cli.records import MarkedSpan

from .tree import Tree

FINAL = frozenset(".!?…")
SINGLE = frozenset("'‘’‚‛`‹›")
DASHES = frozenset({"-", "--", "–", "—", "―"})
#: Tokens that are looked at on each side of a quotation: a paragraph may be a whole book, and time stays linear in it.
REACH = 300


@dataclass
class Found:
    """What a rule found: the head token of the source, the cue's tokens, or the earlier quotation whose source goes
    on."""

    source: int | None = None
    cue: tuple[int, ...] = ()
    inherits: int | None = None
    mention: tuple[int, int] | None = None
    antecedent: tuple[int, int] | None = None
    rule: str = ""


@dataclass
class Quote:
    """One marked span by tokens: `first` to `last` inside the marks, `left` and `right` the nearest tokens outside
    them.

    `left` and `right` are -1 where the paragraph begins or ends there. `last_mark` is the closing mark's token or
    `last`.
    """

    number: int
    span: MarkedSpan
    first: int
    last: int
    left: int
    right: int
    text: str
    paragraph: int
    last_paragraph: int
    parent: int | None
    opening: str = field(init=False)
    ending: str = field(init=False)

    def __post_init__(self) -> None:
        stripped = self.text.strip()
        self.opening = stripped[:1]
        self.ending = stripped.rstrip("'’\"”»")[-1:] or stripped[-1:]  # an inner quotation may end with it

    @property
    def capital(self) -> bool:
        """Does it begin as a sentence does?"""
        letters = [c for c in self.text if c.isalnum()]
        return bool(letters) and (letters[0].isupper() or letters[0].isdigit())

    @property
    def words(self) -> int:
        return len(self.text.split())


class Context:
    """An article as the rules see it: the tree, its quotations, the lexicon, and what was found for earlier
    quotations."""

    def __init__(self, tree: Tree, spans: Sequence[MarkedSpan], lexicon: Lexicon) -> None:
        self.tree = tree
        self.lexicon = lexicon
        self.found: list[Found | None] = []
        self.cover: list[int] = [-1] * len(tree)  # the innermost span whose marks or inside hold the token
        self.mark: list[bool] = [False] * len(tree)
        self.quotes: list[Quote] = []
        self.parents = [s.parent for s in spans]
        self.tests: list[str | None] = []
        self.attributed: dict[int | None, int] = {}  # by parent: the last quotation with a source
        self.siblings: list[int | None] = []  # the quotation before it with the same parent
        self.alone = -1  # quotations that are a paragraph of their own, once `pull_quote` has asked
        self.beside = ""  # the letters of all that are none
        self._before: tuple[int, list[int]] = (-1, [])  # of the quotation asked for last: many rules ask
        self._sentence_before: tuple[int, int, list[int]] = (-1, -1, [])
        marks = [tree.text[s.outer_start : s.start] or tree.text[s.end : s.outer_end] for s in spans]
        self.single = [m in SINGLE for m in marks]
        top = [single for s, single in zip(spans, self.single, strict=True) if s.parent is None]
        self.double_convention = top.count(False) >= max(1, top.count(True))
        last: dict[int | None, int] = {}
        for number, span in enumerate(spans):
            self.quotes.append(self._quote(number, span))
            self.siblings.append(last.get(span.parent))
            last[span.parent] = number

    def _quote(self, number: int, span: MarkedSpan) -> Quote:
        t = self.tree
        a = bisect_left(t.end, span.outer_start + 1)  # the first token that ends after the opening mark begins
        b = bisect_left(t.start, span.outer_end)
        tokens = range(a, b)
        for i in tokens:
            self.cover[i] = number
        inside = [i for i in tokens if t.end[i] > span.start and t.start[i] < span.end and not t.space[i]]
        for i in tokens:
            if t.end[i] <= span.start or t.start[i] >= span.end:
                self.mark[i] = True
        first, last = (inside[0], inside[-1]) if inside else (a, max(a, b - 1))
        first, last = min(first, len(t) - 1), min(last, len(t) - 1)
        left = a - 1
        while left >= 0 and t.space[left] and "\n" not in t.words[left]:
            left -= 1
        if left >= 0 and (t.space[left] or t.paragraph[left] != t.paragraph[first]):
            left = -1
        right = b
        while right < len(t) and t.space[right] and "\n" not in t.words[right]:
            right += 1
        if right >= len(t) or t.space[right] or t.paragraph[right] != t.paragraph[last]:
            right = -1
        return Quote(
            number,
            span,
            first,
            last,
            left,
            right,
            t.text[span.start : span.end],
            t.paragraph[first],
            t.paragraph[last],
            span.parent,
        )

    def add(self, q: Quote, found: Found | None) -> None:
        """Note what was found for a quotation; the ones after it may go by it."""
        self.found.append(found)
        if found is not None:
            self.attributed[q.parent] = q.number

    def inside(self, i: int, q: Quote) -> bool:
        """Is token `i` within the marks of `q`?"""
        n = self.cover[i]
        while n != -1:
            if n == q.number:
                return True
            parent = self.parents[n]
            n = -1 if parent is None else parent
        return False

    def barred(self, i: int, q: Quote) -> bool:
        """May the source of `q` not stand at token `i`? It may where nobody is quoted, or in the quotation that holds
        `q`."""
        n = self.cover[i]
        if q.parent is None:
            return n != -1
        return n != q.parent

    def before(self, q: Quote) -> list[int]:
        """The nearest `REACH` tokens of the paragraph before `q`, nearest first."""
        if self._before[0] != q.number:
            self._before = (q.number, self._find_before(q))
        return self._before[1]

    def _find_before(self, q: Quote) -> list[int]:
        t = self.tree
        found: list[int] = []
        i = q.left
        while i >= 0 and len(found) < REACH and not (t.space[i] and "\n" in t.words[i]):
            if t.paragraph[i] != q.paragraph:
                break
            if not t.space[i]:
                found.append(i)
            i -= 1
        return found

    def after(self, q: Quote) -> list[int]:
        """Tokens of the paragraph after `q`, nearest first, up to the next quotation, those of titles left out."""
        t = self.tree
        found = []
        i = q.right
        end = min(len(t), i + REACH)
        while 0 <= i < end and t.paragraph[i] == q.last_paragraph and not (t.space[i] and "\n" in t.words[i]):
            if self.barred(i, q):
                if self.is_no_quotation(i):
                    i += 1
                    continue
                break
            if not t.space[i]:
                found.append(i)
            i += 1
        return found

    def is_no_quotation(self, i: int) -> bool:
        """Does token `i` stand in marks that quote nobody (a title, a nickname), which the rules look past?"""
        n = self.cover[i]
        return 0 <= n < len(self.tests) and self.tests[n] is not None

    def line_before(self, q: Quote) -> list[int]:
        """Tokens of the paragraph before one that `q` begins, nearest first, where nobody is quoted in it."""
        return self._line(q, range(q.first - 1, -1, -1), q.paragraph - 1) if q.left < 0 else []

    def line_after(self, q: Quote) -> list[int]:
        """Tokens of the paragraph behind one that `q` ends, nearest first, where nobody is quoted in it."""
        return self._line(q, range(q.last + 1, len(self.tree)), q.last_paragraph + 1) if q.right < 0 else []

    def _line(self, q: Quote, tokens: range, paragraph: int) -> list[int]:
        t = self.tree
        found = []
        for i in tokens:
            if t.space[i] or self.inside(i, q):
                continue
            if t.paragraph[i] == paragraph:
                found.append(i)
            elif found or (abs(t.paragraph[i] - q.paragraph) > 1 and abs(t.paragraph[i] - q.last_paragraph) > 1):
                break
        return [] if any(self.barred(i, q) for i in found) else found

    def sentence_before(self, q: Quote) -> list[int]:
        """Tokens outside quotations before `q`, nearest first, back to the end of the sentence before (by full
        stops)."""
        number, known, found = self._sentence_before
        if (number, known) != (q.number, len(self.tests)):  # what is no quotation is looked past as soon as it is known
            found = self._find_sentence_before(q)
            self._sentence_before = (q.number, len(self.tests), found)
        return found

    def _find_sentence_before(self, q: Quote) -> list[int]:
        t = self.tree
        found: list[int] = []
        for i in self.before(q):
            if self.barred(i, q):
                number = self.cover[i]
                other = self.quotes[number] if number != -1 else None
                if (
                    other is not None
                    and other.number != q.number
                    and other.ending in FINAL
                    and i == _last_token(other, t, self)
                    and not self.is_no_quotation(i)
                ):
                    capital = next((t.words[j] for j in reversed(found) if t.words[j][:1].isalnum()), "x")[:1].isupper()
                    if capital or not found:
                        break
                continue
            if self.ends_sentence(i):
                break
            found.append(i)
        return found

    def sentence_after(self, q: Quote) -> list[int]:
        """Tokens after `q`, nearest first, up to the end of its sentence or the next quotation."""
        found = []
        for i in self.after(q):
            if self.ends_sentence(i):
                break
            found.append(i)
        return found

    def ends_sentence(self, i: int) -> bool:
        """Is token `i` a full stop that ends a sentence, also where it stands with its abbreviation?"""
        t = self.tree
        if not (t.words[i] in (".", "!", "?", "…", "...") or (t.words[i].endswith(".") and t.pos[i] != "PROPN")):
            return False
        k = i + 1
        while k < len(t) and (t.space[k] or self.mark[k]):
            k += 1
        if k >= len(t) or t.paragraph[k] != t.paragraph[i]:
            return True
        if t.words[k][:1] in ",;:)" or t.words[k][:1].islower():
            return False
        return t.words[i] in (".", "!", "?", "…", "...") or t.sentence[k] != t.sentence[i]


def _last_token(q: Quote, t: Tree, c: Context) -> int:
    i = q.last
    while i + 1 < len(t) and c.cover[i + 1] == q.number:
        i += 1
    return i
