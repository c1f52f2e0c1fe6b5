"""A spaCy `Doc` passes through here inside anyone's pipeline: `nlp.add_pipe("quotations")` fills
`doc.spans["quotations"]`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from quotes_cli.records import Article, MarkedSpan

if TYPE_CHECKING:
    from .tokens import Tokens

KEY = "quotations"
#: spaCy's own components of an analysis; what else stands in a pipeline is not asked again.
ANALYSERS = frozenset(
    "tok2vec transformer curated_transformer tagger morphologizer parser senter sentencizer attribute_ruler lemmatizer "
    "trainable_lemmatizer ner entity_ruler".split()
)


class Quotations:
    """Segment, attribute and resolve on a parsed `Doc`, in Universal Dependencies or ClearNLP labels.

    Each span of `doc.spans["quotations"]` covers the tokens inside the marks, or those of a transcript's turn, and
    has the quotation's kind as its label.
    `doc.spans["quotations"].attrs["records"]` holds the same quotations as dictionaries, in the same order, with the
    keys of the record (README); both survive `to_bytes`.

    `anew`: where `nlp` has a parser, each paragraph is analysed once more by itself, as `extract` does it, so that both
    give the same (of 474 quotations 30 had another speaker by the parse of whole articles); else the `Doc` is read.
    """

    def __init__(self, nlp: Language, other: bool, anew: bool, indirect: bool = False) -> None:
        self.nlp, self.other, self.anew, self.indirect = nlp, other, anew, indirect
        self.busy = False  # while the pipeline analyses paragraphs for this very component

    def __call__(self, doc: Doc) -> Doc:
        if self.busy:
            return doc
        from .pipeline import (  # here, because spaCy imports this module whenever it loads any pipeline
            add_indirect,
            attribute_and_resolve,
            records,
        )
        from .segment import segment

        spans = segment(doc.text)
        table = self._tokens(doc, spans)
        answers = attribute_and_resolve(table, spans)
        every = add_indirect(table, spans, answers) if self.indirect and len(table) else (spans, *answers)
        found = [q for q in records(Article("-", doc.text), *every) if self.other or q.kind != "other"]
        tokens = [doc.char_span(q.start, q.end, label=q.kind, alignment_mode="expand") for q in found]
        pairs = [(span, asdict(q)) for span, q in zip(tokens, found, strict=True) if span is not None]
        rows = [{**row, "id": number} for number, (_, row) in enumerate(pairs, 1)]
        doc.spans[KEY] = SpanGroup(doc, name=KEY, spans=[span for span, _ in pairs], attrs={"records": rows})
        return doc

    def _tokens(self, doc: Doc, spans: list[MarkedSpan]) -> Tokens:
        from .parse import parse
        from .tokens import Tokens

        names = [name for name in self.nlp.pipe_names if self.nlp.get_pipe_meta(name).factory in ANALYSERS]
        if not (self.anew and (spans or self.indirect) and "parser" in names):
            return Tokens.of(doc)
        self.busy = True
        try:
            with self.nlp.select_pipes(enable=names):
                return parse(self.nlp, [doc.text], [spans], fully=self.indirect)[0]
        finally:
            self.busy = False


@Language.factory(
    "quotations",
    assigns=["doc.spans"],
    requires=["token.tag", "token.dep", "token.head"],
    default_config={"other": False, "anew": True, "indirect": False},
)
def make_quotations(nlp: Language, name: str, other: bool, anew: bool, indirect: bool) -> Quotations:
    """The factory behind `nlp.add_pipe("quotations")`; with `other`, also marks that hold no quotation (titles,
    nicknames); with `indirect`, also what is reported without marks; without `anew`, by the annotation of the `Doc` as
    it is."""
    return Quotations(nlp, other, anew, indirect)
