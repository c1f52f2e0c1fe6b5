"""An article's words with their annotation, made once for all that read it: a list a column, by token index."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, pairwise, repeat
from typing import TYPE_CHECKING

from . import labels
from .mending import mend
from .segment import ZERO_WIDTH, paragraphs
from .words.spelling import initialisms
from .words.vocabulary import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X", "SYM"})
#: Tags of words that are capitalised for other reasons than being names.
SMALL_TAGS = frozenset({"DT", "IN", "CC", "PRP", "PRP$", "TO", "WDT", "WP", "WRB", "EX", "UH", "CD"})
CLAUSE_ENDS = frozenset({".", "!", "?", ";", ":"})
ACRONYM = (2, 6)  # letters of an acronym, least and most
DASHES = frozenset({"-", "–", "—", "―", "--"})
DATELINE = (3, 14)  # least letters of a dateline's first word, most tokens before its dash
MARKS = frozenset("\"'“”‘’„«»‚‹›") | {"``", "''"}
INVISIBLE = dict.fromkeys(map(ord, ZERO_WIDTH))


class Lazy:
    """A base for what works some things out when they are asked for and has its columns in slots, which are read five
    times as fast as from the dictionary of an instance where a `cached_property` writes to it (Python 3.11)."""


@dataclass(eq=False, slots=True)
class Tokens(Lazy):
    """The words of an article: no token is white space or invisible, and none crosses the edge of a paragraph.

    `words` are without zero-width characters and soft hyphens; token `i` is `text[start[i]:end[i]]`. `head[i] == i` for
    a root; relations are Universal Dependencies whatever the model spoke, as `mending` leaves them. `iob` are labels of
    names, `B-PERSON`. `paragraph` and `sentence` count from 0, paragraphs as `segment.paragraphs` has them.
    `space_after`: does white space follow? Not where a line ends in the hyphen of a word.

    `complete` adds `lower`, `entity` (label without B or I; empty where the parse was not FULL), `begins_entity`,
    `begins_paragraph`, `children` (in text order) and `sentence`, and if need be `folded` (`fold_words`).
    """

    text: str
    words: list[str] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    space_after: list[bool] = field(default_factory=list)
    tag: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    lemma: list[str] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    dep: list[str] = field(default_factory=list)
    iob: list[str] = field(default_factory=list)
    paragraph: list[int] = field(default_factory=list)
    lower: list[str] = field(init=False, repr=False)
    folded: list[str] = field(default_factory=list, init=False, repr=False)
    entity: list[str] = field(init=False, repr=False)
    begins_entity: list[bool] = field(init=False, repr=False)
    begins_paragraph: list[bool] = field(init=False, repr=False)
    children: list[Sequence[int]] = field(init=False, repr=False)
    sentence: list[int] = field(init=False, repr=False)
    _paragraph_ends: dict[int, int] = field(init=False, repr=False)

    @classmethod
    def of(cls, doc: Doc) -> Tokens:
        """The words of a `Doc` that anyone's pipeline has parsed."""
        kept = [token for token in doc if not token.is_space and token.text.translate(INVISIBLE)]
        number = {token.i: k for k, token in enumerate(kept)}
        starts = [start for start, _ in paragraphs(doc.text)]
        made = cls(doc.text)
        for k, token in enumerate(kept):
            head = token.head
            while head.i not in number and head.head.i != head.i:  # white space that governs a word
                head = head.head
            made.words.append(token.text.translate(INVISIBLE))
            made.start.append(token.idx)
            made.end.append(token.idx + len(token))
            gap = doc.text[made.end[-1] : kept[k + 1].idx] if k + 1 < len(kept) else ""
            made.space_after.append(bool(gap.translate(INVISIBLE)))
            made.tag.append(token.tag_)
            made.pos.append(token.pos_)
            made.lemma.append(token.lemma_)
            made.head.append(number.get(head.i, k))
            made.dep.append(token.dep_)
            made.iob.append(f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O")
            made.paragraph.append(max(bisect_right(starts, token.idx) - 1, 0))
        made.complete()
        return made

    def fold_words(self) -> None:
        """Add the words in lower case without accents, as word lists have them."""
        self.folded = list(map(fold, self.words))
        for i in initialisms(self.words):
            self.folded[i] = self.words[i]

    def complete(self) -> None:
        """Translate the labels, mend the parse and work out the columns that follow; call it once, at the end."""
        self.lower = [word.lower() for word in self.words]
        for i in initialisms(self.words):
            self.lower[i] = self.words[i]
        if not self.folded:
            self.fold_words()
        self.lemma = [lemma.lower() or low for lemma, low in zip(self.lemma, self.lower, strict=True)]
        self.head, self.dep = labels.universal(self.head, self.dep, self.pos)
        mend(self)
        self.entity = [label[2:] for label in self.iob]
        self.begins_entity = [label[:1] == "B" for label in self.iob]
        self.begins_paragraph = [before != here for before, here in pairwise([-1, *self.paragraph])]
        edges = pairwise([*self.paragraph_starts, len(self.words)])
        self._paragraph_ends = {self.paragraph[first]: end for first, end in edges}
        below: dict[int, list[int]] = defaultdict(list)
        for i, head in enumerate(self.head):
            if head != i:
                below[head].append(i)
        self.children = list(map(below.get, range(len(self.words)), repeat(())))  # no list a leaf
        self.sentence = self._sentences()

    def _sentences(self) -> list[int]:
        """Number the sentences: each begins with a paragraph, or with the first of the words below a root."""
        root = [-1] * len(self.words)
        for i, head in enumerate(self.head):
            if head == i or root[head] != -1:
                root[i] = i if head == i else root[head]
                continue
            path = []
            while root[i] == -1:
                path.append(i)
                root[i] = i
                i = self.head[i]
            for below in path:
                root[below] = root[i]
        begins = self.begins_paragraph.copy()
        for first in dict(zip(reversed(root), range(len(root) - 1, -1, -1), strict=True)).values():
            begins[first] = True
        return list(accumulate(begins, initial=-1))[1:]

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def often(self) -> Counter[str]:
        """How often each folded word stands in the article."""
        return Counter(self.folded)

    @cached_property
    def paragraph_starts(self) -> list[int]:
        """The first token of each paragraph."""
        return [i for i, begins in enumerate(self.begins_paragraph) if begins]

    @cached_property
    def capitals(self) -> list[int]:
        """The words with a letter first that are not in small letters."""
        return [i for i, word in enumerate(self.words) if not word.islower() and word[0].isalpha()]

    @cached_property
    def sentence_starts(self) -> list[int]:
        """The first token of each sentence."""
        sentences = range(self.sentence[-1] + 1) if self.sentence else ()
        return [bisect_left(self.sentence, sentence) for sentence in sentences]

    def is_a(self, i: int, relations: frozenset[str]) -> bool:
        """Does token `i` stand in one of the relations to its head?"""
        return self.dep[i] in relations and (self.head[i] != i or self.dep[i] in labels.ROOT)

    def having(self, i: int, relations: frozenset[str]) -> list[int]:
        """Children of `i` in one of the relations."""
        return [c for c in self.children[i] if self.dep[c] in relations]

    def ancestors(self, i: int) -> Iterator[int]:
        """The tokens above `i`, nearest first."""
        for _ in range(len(self.words)):
            if self.head[i] == i:
                return
            i = self.head[i]
            yield i

    def subtree(self, i: int) -> list[int]:
        """Indices of `i` and all below it, in text order."""
        found, todo = [], [i]
        while todo:
            node = todo.pop()
            found.append(node)
            todo += self.children[node]
        return sorted(found)

    def is_nominal(self, i: int) -> bool:
        """Is it a noun, name, pronoun, number or symbol, or a word that the model has not seen (`X`)?"""
        return self.pos[i] in NOMINAL or (self.tag[i] in ("DT", "WP") and self.dep[i] not in ("det",))

    def is_name_like(self, i: int) -> bool:
        """Is the word capitalised inside its sentence, so that it must be a name whatever the tagger took it for?"""
        word = self.words[i]
        if not word[:1].isupper() or word.isupper() or self.tag[i] in SMALL_TAGS:
            return False
        return self._inside_sentence(i) or word in self._names

    @cached_property
    def _names(self) -> frozenset[str]:
        """Words with a capital inside a sentence somewhere in the article."""
        return frozenset(
            w
            for i, w in enumerate(self.words)
            if w[:1].isupper() and self.pos[i] == "PROPN" and self._inside_sentence(i)
        )

    @cached_property
    def surnames(self) -> frozenset[str]:
        """Folded last words of persons that stand somewhere with more than one word: Theresa *May*."""
        return frozenset(self.folded[i] for i, (x, y) in enumerate(pairwise([*self.iob, "O"])) if x == "I-PERSON" != y)

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """Words of capitals that the model takes for a name somewhere, or that stand alone in brackets: (CBR)."""
        found = set()
        for i in self.capitals:
            word = self.words[i]
            if ACRONYM[0] <= len(word) <= ACRONYM[1] and word.isupper() and word.isalpha():
                alone = 0 < i < len(self.words) - 1 and (self.words[i - 1], self.words[i + 1]) == ("(", ")")
                if alone or self.tag[i] in ("NNP", "NNPS") or self.entity[i]:
                    found.add(word)
        return frozenset(found)

    def _inside_sentence(self, i: int) -> bool:
        if self.begins_paragraph[i] or self.words[i - 1] == ":":
            return False
        k = i - 1
        while self.pos[k] == "PUNCT" and self.words[k] not in CLAUSE_ENDS and not self.begins_paragraph[k]:
            k -= 1
        return self.words[k] not in CLAUSE_ENDS and self.pos[k] != "PUNCT"

    def is_verb(self, i: int) -> bool:
        return self.tag[i].startswith("VB") or self.pos[i] == "VERB"

    def cases(self, i: int) -> list[str]:
        """Lower-case prepositions of a nominal."""
        return [self.lower[c] for c in self.having(i, labels.CASE)]

    def before(self, i: int) -> str:
        """The folded word before token `i` in its paragraph; empty where there is none."""
        return "" if self.begins_paragraph[i] else self.folded[i - 1]

    def behind(self, i: int) -> str:
        """The folded word behind token `i` in its paragraph; empty where there is none."""
        i += 1
        return "" if i >= len(self.words) or self.begins_paragraph[i] else self.folded[i]

    def ends_paragraph(self, i: int) -> bool:
        return i + 1 >= len(self.words) or self.begins_paragraph[i + 1]

    def paragraph_end(self, i: int) -> int:
        """The token behind the last one of the paragraph of token `i`."""
        return self._paragraph_ends[self.paragraph[i]]

    def dateline_end(self, i: int) -> int:
        """The token behind the dash of the dateline of token `i`'s paragraph (LINDEN, Ohio (AP) -), or its begin."""
        first = bisect_left(self.paragraph, self.paragraph[i])
        place = self.words[first]
        if len(place) < DATELINE[0] or not place.isupper():
            return first
        stop = min(first + DATELINE[1], self.paragraph_end(i))
        dash = self.run_from(first, lambda k: self.words[k] not in DASHES and not self.words[k][0].islower(), stop)
        return dash + 1 if dash < stop and self.words[dash] in DASHES else first

    def begins_sentence(self, i: int) -> bool:
        return not i or self.sentence[i - 1] != self.sentence[i]

    def run_before(self, end: int, belongs: Callable[[int], bool], least: int = 0) -> int:
        """The begin of the run of tokens that belong, in the paragraph of token `end` and not before `least`."""
        while end > least and not self.begins_paragraph[end] and belongs(end - 1):
            end -= 1
        return end

    def run_from(self, first: int, belongs: Callable[[int], bool], stop: int) -> int:
        """The end of the run of tokens that belong, from `first` on and not behind `stop`."""
        while first < stop and belongs(first):
            first += 1
        return first

    def range_of(self, start: int, end: int) -> tuple[int, int]:
        """Half-open token range of the characters [start, end); a token cut by an edge belongs to it."""
        first = bisect_right(self.end, start)
        return first, max(first, bisect_left(self.start, end))

    def leftmost_top(self, first: int, last: int) -> int:
        """The token of the range whose head lies outside it; the leftmost such that is no punctuation."""
        if last - first == 1:
            return first
        for i in range(first, last):
            if not first <= self.head[i] < last and self.dep[i] not in labels.PUNCTUATION:
                return i
        roots = (i for i in range(first, last) if self.head[i] == i and self.dep[i] not in labels.PUNCTUATION)
        return next(roots, last - 1)

    def tops_by_size(self, stretch: range) -> list[int]:
        """Words of the stretch that hang on a token outside it, or are roots; the one with most below it first."""
        words = (i for i in stretch if self.pos[i] != "PUNCT")
        tops_by_size = [i for i in words if self.head[i] == i or self.head[i] not in stretch]
        return sorted(tops_by_size, key=lambda i: -len(self.subtree(i))) if len(tops_by_size) > 1 else tops_by_size

    def span(self, first: int, last: int) -> str:
        """The words of a half-open token range, one space where there is any white space between two."""
        if last - first == 1:
            return self.words[first]
        words = zip(self.words[first:last], self.space_after[first:last], strict=True)
        return "".join([word + " " if space else word for word, space in words]).rstrip()
