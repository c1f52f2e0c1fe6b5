"""Texts go through spaCy's own pipeline here: that of `--model` and of a user's program, and the measure of `fast`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from quotes_cli.language.analysis import Annotated, Shown, Word

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

BATCH, TOKENS = 128, 16_000  # texts that the model sees together, and their tokens: bounds its memory
IOB = ("", "I-", "O", "B-")
_NO_NAMES = frozenset({"ner", "entity_ruler"})
_NO_PARSE = frozenset({"lemmatizer", "parser", "senter"})


class Reference:
    """A pipeline of spaCy's as an `Analyser`; `without` are components of it that are not asked.

    Threads may share it, and the pipeline: of that nothing is changed but the caches of its vocabulary, tokenizer and
    lemmatizer, to which each thread adds what all would.
    """

    def __init__(self, nlp: Language, without: frozenset[str] = frozenset()) -> None:
        self.nlp, self.without = nlp, without

    def words(self, line: str) -> Sequence[Word]:
        """The words of a line as the pipeline's tokenizer parts it."""
        return [(token.text, token.idx, bool(token.whitespace_)) for token in self.nlp.make_doc(line)]

    def doc(self, text: Shown) -> Doc:
        """The text for the model, with the sentence breaks that are allowed and asked for."""
        from spacy.tokens import Doc

        starts: list[bool | int | None] = [{1: True, -1: False}.get(start) for start in text.starts]
        return Doc(self.nlp.vocab, words=list(text.words), spaces=list(text.spaces), sent_starts=starts)

    def annotate(self, texts: Sequence[Shown]) -> Iterator[Annotated]:
        """The annotation of each text; those of one depth are analysed together where they follow on each other."""
        names = self.nlp.pipe_names
        never = self.without | {name for name in names if self.nlp.get_pipe_meta(name).factory == "quotations"}
        for (parsed, named), group in groupby(texts, key=lambda text: (text.parsed, text.named)):
            left_out = never | (frozenset() if named else _NO_NAMES) | (frozenset() if parsed else _NO_PARSE)
            # Told to this call alone: `select_pipes` would switch the components off for other threads, too.
            disable = [name for name in names if name in left_out]
            for together in _batches(list(group)):
                for doc in self.nlp.pipe(map(self.doc, together), batch_size=BATCH, disable=disable):
                    yield _annotated(doc, parsed)


def _annotated(doc: Doc, parsed: bool) -> Annotated:
    from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, POS, TAG

    table = doc.to_array([TAG, POS, LEMMA, DEP, ENT_TYPE, HEAD, ENT_IOB])
    text = {key: doc.vocab.strings[key] for key in {int(key) for key in table[:, :5].ravel()}}
    tag, pos, lemma, dep, kind = ([text[key] for key in column] for column in table[:, :5].T.tolist())
    heads = [k + step for k, step in enumerate(table[:, 5].astype("int64").tolist())]
    iob = [IOB[mark] + kind if kind else "O" for mark, kind in zip(table[:, 6].tolist(), kind, strict=True)]
    return Annotated(tag, pos, lemma, heads if parsed else [], dep if parsed else [], iob)


def _batches(group: list[Shown]) -> Iterator[list[Shown]]:
    first = tokens = 0
    for k, text in enumerate(group):
        if k - first == BATCH or (k > first and tokens + len(text.words) > TOKENS):
            yield group[first:k]
            first, tokens = k, 0
        tokens += len(text.words)
    yield group[first:]
