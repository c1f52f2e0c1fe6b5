"""Text and quotation spans pass through here and become one spaCy `Doc` of the whole article.

Each paragraph is parsed by itself and without its white space, so that no line break disturbs a parse; then all go into
one `Doc` whose text is the article's, character for character.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise

from spacy.language import Language
from spacy.tokens import Doc, Token

from .records import MarkedSpan
from .segment import paragraphs

#: A quotation of at most this many tokens is never broken into sentences.
SHORT = 12
#: A whole utterance of more tokens than this is parsed apart, and `STAND_IN` takes its place in the reporter's
#: sentence, so that a long quotation cannot derail the parse of the clause that reports it.
LONG = 5
STAND_IN = ("We", "agree")
MARKS = frozenset('"“”„«»')


@dataclass
class _Words:
    """The tokens of a paragraph: words, whether one space follows each, and each one's first character in the article.

    `apart` are the quotations parsed by themselves, as ranges of tokens; `frame` is what is left for the paragraph's
    own parse: indices of tokens, and in place of each quotation the tuple (its number in `apart`, the index in
    `STAND_IN`).
    """

    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    apart: list[list[int]] = field(default_factory=list)
    frame: list[int | tuple[int, int]] = field(default_factory=list)

    @property
    def end(self) -> int:
        return self.starts[-1] + len(self.words[-1]) + self.spaces[-1]

    def plan(self, spans: Sequence[MarkedSpan]) -> None:
        """Decide which quotations are parsed apart: whole utterances beside words of the reporter's."""
        inside: dict[int, int] = {}
        for span in spans:
            if span.parent is not None or span.end <= self.starts[0] or span.start >= self.end:
                continue
            for start, end in span.pieces:
                a, b = bisect_left(self.starts, start), bisect_left(self.starts, end)
                while b > a and (
                    self.words[b - 1].isspace() or self.words[b - 1] in (",", ".", "?", "!", "…", "...", "—", "–", "-")
                ):
                    b -= 1
                tokens = [i for i in range(a, b) if not self.words[i].isspace()]
                if len(tokens) <= LONG or not self.words[tokens[0]][:1].isupper():
                    continue
                if not _utterance(self, a):
                    continue
                for i in tokens:
                    inside[i] = len(self.apart)
                self.apart.append(tokens)
        reporter = [i for i, w in enumerate(self.words) if i not in inside and any(c.isalnum() for c in w)]
        if not reporter:
            self.apart, inside = [], {}
        seen = set()
        for i, word in enumerate(self.words):
            number = inside.get(i)
            if number is None:
                if not word.isspace():
                    self.frame.append(i)
            elif number not in seen:
                seen.add(number)
                self.frame += [(number, k) for k in range(len(STAND_IN))]

    def docs(self, nlp: Language, spans: Sequence[MarkedSpan]) -> list[Doc]:
        """What is to be parsed: the frame, then each quotation of `apart`."""
        words = [self.words[f] if isinstance(f, int) else STAND_IN[f[1]] for f in self.frame]
        spaces = [self._space(f) if isinstance(f, int) else f[1] + 1 < len(STAND_IN) for f in self.frame]
        frame = Doc(nlp.vocab, words=words, spaces=spaces)
        starts = [self.starts[f if isinstance(f, int) else self.apart[f[0]][0]] for f in self.frame]
        for span in spans:
            if starts and span.start < self.end and span.end > starts[0]:
                inside = range(bisect_right(starts, span.start), bisect_left(starts, span.end))
                if len(inside) < SHORT:
                    for k in inside:
                        frame[k].is_sent_start = False
                after = bisect_left(starts, span.outer_end)
                if inside and after < len(words) and words[after][:1].isupper() and words[inside[-1]] == ".":
                    frame[after].is_sent_start = True  # `the "harbour." Ortiz left` are two sentences
        quoted = [
            Doc(nlp.vocab, words=[self.words[i] for i in tokens], spaces=[self._space(i) for i in tokens])
            for tokens in self.apart
        ]
        return [frame, *quoted]

    def _space(self, i: int) -> bool:
        return self.spaces[i] or (i + 1 < len(self.words) and self.words[i + 1].isspace())

    def write(self, columns: _Columns, parsed: list[Doc]) -> None:
        """Add the paragraph to the article's columns: the frame's parse with each quotation's own parse in its
        place."""
        base = len(columns.words)
        frame, *quoted = parsed
        roots = [
            tokens[next(t.i for t in doc if t.head.i == t.i)] for tokens, doc in zip(self.apart, quoted, strict=True)
        ]
        governors: dict[int, tuple[int, str]] = {}

        def place(k: int) -> int:
            f = self.frame[k]
            return f if isinstance(f, int) else roots[f[0]]

        found: dict[int, tuple[Token, int, str]] = {}
        for k, f in enumerate(self.frame):
            token = frame[k]
            if isinstance(f, int):
                found[f] = (token, place(token.head.i), token.dep_)
                continue
            above = self.frame[token.head.i]
            if token.head.i == token.i or isinstance(above, int) or above[0] != f[0]:
                governors.setdefault(f[0], (place(token.head.i), token.dep_))
        for number, (tokens, doc) in enumerate(zip(self.apart, quoted, strict=True)):
            for i, token in zip(tokens, doc, strict=True):
                head, dep = tokens[token.head.i], token.dep_
                if token.head.i == token.i:
                    head, dep = (
                        governors.get(number, (i, "ROOT")) if i == roots[number] else (roots[number], "parataxis")
                    )
                found[i] = (token, head, dep)
        for i, (word, space) in enumerate(zip(self.words, self.spaces, strict=True)):
            if i not in found:
                columns.add_gap(word, space)
                continue
            token, head, dep = found[i]
            ent = f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O"
            if word in MARKS:
                ent = "O"  # a name does not run over a quotation mark: Ana "Red" Ortiz
            elif ent.startswith("I-") and (not columns.ents or columns.ents[-1] == "O"):
                ent = "B" + ent[1:]
            lemma = token.lemma_ or token.lower_
            columns.add(word, space, token.tag_, token.pos_, lemma, base + head, dep or "dep", ent)
        _join_nicknames(columns, base)


def _join_nicknames(columns: _Columns, base: int) -> None:
    """Make one person of a name with a nickname in marks, whatever pieces the name finder saw: Ana M. "Red" Ortiz."""
    words, tags, ents = columns.words, columns.tags, columns.ents
    for i in range(base + 1, len(words) - 3):
        end = next((j for j in (i + 2, i + 3) if words[i] in MARKS and j + 1 < len(words) and words[j] in MARKS), None)
        if end is None or not (tags[i - 1] == tags[end + 1] == "NNP") or not words[i + 1][:1].isupper():
            continue
        first, last = i - 1, end + 1
        while (
            first > base
            and (ents[first - 1].endswith("PERSON") or words[first].endswith("."))
            and tags[first - 1] == "NNP"
        ):
            first -= 1
        while last + 1 < len(words) and ents[last + 1] == "I-PERSON":
            last += 1
        ents[first : last + 1] = ["B-PERSON"] + ["I-PERSON"] * (last - first)


def _utterance(tokens: _Words, first: int) -> bool:
    """Does the quotation that begins at the token stand where a whole utterance would: first, or behind a comma or
    colon?"""
    before = [w for w in tokens.words[max(0, first - 3) : first] if not w.isspace()]
    if len(before) <= 1:
        return True
    return before[-2] in (",", ":", ".", "!", "?", "—", "–", "-", "--", "…", "...", ")", "”", '"', "“", ";")


def parse(nlp: Language, text: str, spans: Sequence[MarkedSpan]) -> Doc:
    """Parse an article; `doc.text == text`.

    No token crosses a quotation mark of the spans, and no sentence is broken inside a quotation of at most `SHORT`
    tokens.
    """
    borders = sorted({b for s in spans for b in (s.outer_start, s.start, s.end, s.outer_end, *chain(*s.pieces))})
    tokenised = [_tokenise(nlp, text, start, end, borders) for start, end in paragraphs(text)]
    own = _by_paragraph(spans, [tokens.starts[0] for tokens in tokenised])
    for tokens, here in zip(tokenised, own, strict=True):
        tokens.plan(here)
    docs = [doc for tokens, here in zip(tokenised, own, strict=True) for doc in tokens.docs(nlp, here)]
    with nlp.select_pipes(disable=[name for name in nlp.pipe_names if name == "quotations"]):
        parsed = iter(list(nlp.pipe(docs, batch_size=64)))
    columns = _Columns()
    done = 0
    for tokens in tokenised:
        if tokens.starts[0] > done:
            columns.add_gap(text[done : tokens.starts[0]], False)
        tokens.write(columns, [next(parsed) for _ in range(1 + len(tokens.apart))])
        done = tokens.end
    if done < len(text):
        columns.add_gap(text[done:], False)
    return Doc(nlp.vocab, **vars(columns))


def _by_paragraph(spans: Sequence[MarkedSpan], starts: list[int]) -> list[list[MarkedSpan]]:
    """The spans that touch each paragraph, in order."""
    own: list[list[MarkedSpan]] = [[] for _ in starts]
    for span in spans:
        for k in range(max(bisect_right(starts, span.outer_start) - 1, 0), bisect_left(starts, max(span.outer_end, 1))):
            own[k].append(span)
    return own


def _tokenise(nlp: Language, text: str, start: int, end: int, borders: list[int]) -> _Words:
    found = _Words()
    for token in nlp.make_doc(text[start:end]):
        first = start + token.idx
        cuts = borders[bisect_right(borders, first) : bisect_left(borders, first + len(token))]
        pieces = [token.text]
        if cuts:  # a word glued to a mark, as in `said,"We`
            edges = [first, *cuts, first + len(token)]
            pieces = [part.text for a, b in pairwise(edges) for part in nlp.make_doc(text[a:b])]
        for piece in pieces:
            found.words.append(piece)
            found.spaces.append(False)
            found.starts.append(first)
            first += len(piece)
        found.spaces[-1] = bool(token.whitespace_)
    return found


@dataclass
class _Columns:
    """The annotation of the whole article, a list a column."""

    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    ents: list[str] = field(default_factory=list)

    def add(self, word: str, space: bool, tag: str, pos: str, lemma: str, head: int, dep: str, ent: str) -> None:
        for column, value in zip(vars(self).values(), (word, space, tag, pos, lemma, head, dep, ent), strict=True):
            column.append(value)

    def add_gap(self, word: str, space: bool) -> None:
        """White space; it hangs on the token before it."""
        self.add(word, space, "_SP", "SPACE", word, max(len(self.words) - 1, 0), "dep", "O")
