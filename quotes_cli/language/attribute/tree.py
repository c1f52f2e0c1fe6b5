"""A parsed `Doc` passes through here and becomes a `Tree`: plain lists, in Universal Dependencies, for the rules to
read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from spacy.attrs import DEP, ENT_TYPE, HEAD, IDX, LEMMA, POS, SENT_START, TAG
from spacy.tokens import Doc

from quotes_cli.language import labels

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "X", "SYM"})
#: Tags of words that are capitalised for other reasons than being names.
SMALL_TAGS = frozenset({"DT", "IN", "CC", "PRP", "PRP$", "TO", "WDT", "WP", "WRB", "EX", "UH", "CD"})
FULL_STOPS = frozenset({".", "!", "?", ";", ":"})
#: Prepositions between a spokesperson and whom they speak for.
PHRASE_OPENERS = frozenset({"for", "of", "from", "with", "at"})
RELATIVE_PRONOUNS = frozenset({"who", "which", "that", "whom", "whose"})


class Tree:
    """Words, lemmas, tags, heads and relations of a document, by token index.

    `head[i] == i` for a root. `children[i]` are in text order. `start`, `end` are characters of the document's text.
    `sentence[i]` and `paragraph[i]` number the token's sentence and line-break-separated paragraph.
    """

    def __init__(self, doc: Doc) -> None:
        strings = doc.vocab.strings
        table = doc.to_array([LEMMA, TAG, POS, ENT_TYPE, DEP, HEAD, SENT_START, IDX])
        *named, heads, starts, places = (column.tolist() for column in table.astype("int64").T)
        text = {key: strings[key % 2**64] for column in named for key in set(column)}  # hashes are unsigned
        columns: list[list[str]] = [[text[key] for key in column] for column in named]
        lemmas, self.tag, self.pos, self.entity, labelled = columns
        self.doc = doc
        self.text = doc.text
        self.words = [t.text for t in doc]
        self.lower = [w.lower() for w in self.words]
        self.lemma = [lemma.lower() or low for lemma, low in zip(lemmas, self.lower, strict=True)]
        verbal = [p in ("VERB", "AUX") for p in self.pos]
        self.head, self.dep = labels.universal([i + h for i, h in enumerate(heads)], labelled, verbal)
        self._mend_spokespersons()
        self._mend_participles()
        self.start = places
        self.end = [start + len(word) for start, word in zip(places, self.words, strict=True)]
        self.space = [w.isspace() for w in self.words]
        self.children: list[list[int]] = [[] for _ in self.words]
        for i, h in enumerate(self.head):
            if h != i:
                self.children[h].append(i)
        self.sentence: list[int] = []
        self.paragraph: list[int] = []
        sentence = paragraph = -1
        fresh = True
        for i in range(len(self.words)):
            if self.space[i] and "\n" in self.words[i]:
                fresh = True
            elif fresh and not self.space[i]:
                paragraph += 1
                sentence += 1
                fresh = False
            elif starts[i] == 1 and i:
                sentence += 1
            self.sentence.append(max(sentence, 0))
            self.paragraph.append(max(paragraph, 0))

    def _mend_spokespersons(self) -> None:
        """Make a noun the subject whose phrase the parse took for a clause: "a spokeswoman for the bank said".

        No infinitive has a finite verb, so "for the bank said" is none.
        """
        for subject, relation in enumerate(self.dep):
            verb = self.head[subject]
            noun, mark = self.head[verb], self.head[verb] + 1
            if (
                relation in labels.SUBJECT
                and noun != verb
                and self.dep[verb] in labels.NOUN_CLAUSE
                and self.tag[verb] in ("VBD", "VBZ", "VBP")
                and mark < subject < verb
                and self.lower[mark] in PHRASE_OPENERS
                and self.head[mark] == verb
            ):
                self.head[verb], self.dep[verb] = self.head[noun] if self.head[noun] != noun else verb, "parataxis"
                self.head[noun], self.dep[noun] = verb, relation
                self.head[subject], self.dep[subject] = noun, "nmod"
                self.head[mark], self.dep[mark] = subject, "case"
                if self.head[verb] == verb:
                    self.dep[verb] = "ROOT"

    def _mend_participles(self) -> None:
        """Let a participle behind a comma go on with the clause, not be what that reports: "he said, stressing ..." """
        full = {h for h, d in zip(self.head, self.dep, strict=True) if d in labels.SUBJECT | labels.AUXILIARY}
        for i, relation in enumerate(self.dep):
            behind = self.head[i] < i and self.words[i - 1] == ","
            if relation == "ccomp" and self.tag[i] == "VBG" and behind and i not in full:
                self.dep[i] = "advcl"

    def __len__(self) -> int:
        return len(self.words)

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

    def _inside_sentence(self, i: int) -> bool:
        k = i - 1
        while k >= 0 and self.pos[k] == "PUNCT" and self.words[k] not in FULL_STOPS:
            k -= 1
        return k >= 0 and not self.space[k] and self.words[k] not in FULL_STOPS and self.words[i - 1] != ":"

    def is_verb(self, i: int) -> bool:
        return self.tag[i].startswith("VB") or self.pos[i] == "VERB"

    def cases(self, i: int) -> list[str]:
        """Lower-case prepositions of a nominal."""
        return [self.lower[c] for c in self.having(i, labels.CASE)]
