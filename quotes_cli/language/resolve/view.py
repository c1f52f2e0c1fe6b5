"""A `Doc` passes through here and becomes plain lists, one item a token, that are cheap to read many times.

Labels are Universal Dependencies whatever the model spoke (`quotes_cli.language.labels.universal`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, IDX, POS, SENT_START, TAG
from spacy.tokens import Doc

from quotes_cli.language.labels import PUNCTUATION, universal
from quotes_cli.language.words.nouns import fold

MARKS = frozenset("\"'“”‘’„«»‚‹›") | {"``", "''"}


class View:
    """Lists over the tokens of `doc`; `quoted[i]` is the number of the quotation around token i, or -1."""

    def __init__(self, doc: Doc, quoted: Sequence[tuple[int, int]] = ()) -> None:
        strings = doc.vocab.strings
        table = doc.to_array([TAG, POS, DEP, HEAD, ENT_TYPE, ENT_IOB, SENT_START, IDX])
        names = {key: strings[key] for key in {int(k) for k in table[:, [0, 1, 2, 4]].ravel()}}
        tags, pos, deps, heads, entities, iob, starts, places = (column.tolist() for column in table.astype("int64").T)
        key = 2**64  # string hashes are unsigned, the table was not
        name = {(k if k < 2**63 else k - key): text for k, text in names.items()}
        self.doc = doc
        self.text = doc.text
        self.words = [token.text for token in doc]
        self.size = len(self.words)
        self.folded = [fold(word) for word in self.words]
        self.tags = [name[k] for k in tags]
        self.pos = [name[k] for k in pos]
        self.entities = [name[k] for k in entities]
        self.begins_entity = [code == 3 for code in iob]
        self.start = places
        self.end = [start + len(word) for start, word in zip(self.start, self.words, strict=True)]
        labels = [name[k] for k in deps]
        verbal = [p in ("VERB", "AUX") for p in self.pos]
        self.heads, self.deps = universal([i + h for i, h in enumerate(heads)], labels, verbal)
        self.space = [p == "SPACE" or word.isspace() for p, word in zip(self.pos, self.words, strict=True)]
        self._sections(starts)
        self.quoted = [-1] * self.size
        for number, (first, last) in enumerate(quoted):
            for i in range(*self.tokens(first, last)):
                self.quoted[i] = number

    def _sections(self, starts: list[int]) -> None:
        """Number the sentences and paragraphs."""
        self.sentence: list[int] = []
        self.paragraph: list[int] = []
        sentence = paragraph = 0
        broken = False
        for i in range(self.size):
            if self.space[i] and "\n" in self.words[i]:
                broken = True
            elif broken or (starts[i] == 1 and i):
                sentence += 1
                paragraph += broken
                broken = False
            self.sentence.append(sentence)
            self.paragraph.append(paragraph)

    @cached_property
    def children(self) -> list[list[int]]:
        """The dependents of each token, in text order."""
        found: list[list[int]] = [[] for _ in range(self.size)]
        for i, head in enumerate(self.heads):
            if head != i and not self.space[i]:
                found[head].append(i)
        return found

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """Half-open token range of the characters [start, end); a token cut by an edge belongs to it."""
        first = max(bisect_right(self.start, start) - 1, 0)
        if first < self.size and self.end[first] <= start:
            first += 1
        last = first
        while last < self.size and self.start[last] < end:
            last += 1
        return first, last

    def head_of(self, first: int, last: int) -> int:
        """The token of the range whose head lies outside it; the leftmost such that is no punctuation."""
        for i in range(first, last):
            if not first <= self.heads[i] < last and self.deps[i] not in PUNCTUATION and not self.space[i]:
                return i
        for i in range(first, last):
            if self.heads[i] == i and not self.space[i] and self.deps[i] not in PUNCTUATION:
                return i
        return last - 1

    def span(self, first: int, last: int) -> str:
        """The text of a half-open token range, inner white space made single."""
        return " ".join(self.text[self.start[first] : self.end[last - 1]].split()) if last > first else ""
