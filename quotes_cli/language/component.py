"""A spaCy `Doc` passes through here inside anyone's pipeline: `nlp.add_pipe("quotations")` fills
`doc.spans["quotations"]`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from quotes_cli.records import Article, MarkedSpan, Quotation, numbered

if TYPE_CHECKING:
    from .resolve.people import Person
    from .tokens import Tokens
    from .words.cues import Lexicon

KEY = "quotations"
#: spaCy's own components of an analysis; what else stands in a pipeline is not asked again.
ANALYSERS = frozenset(
    "tok2vec transformer curated_transformer tagger morphologizer parser senter sentencizer attribute_ruler lemmatizer "
    "trainable_lemmatizer ner entity_ruler".split()
)


class Quotations:
    """Segment, attribute and resolve on a parsed `Doc`, in Universal Dependencies or ClearNLP labels.

    `match` finds the quotations, `set_annotations` writes them into the `Doc`; to call the component does both, from
    any number of threads. Each span of `doc.spans["quotations"]` covers the tokens inside the marks, or those of a
    transcript's turn, and has the quotation's kind as its label.
    `doc.spans["quotations"].attrs["records"]` holds the same quotations as dictionaries, in the same order, with the
    keys of the record (README); both survive `to_bytes`.
    """

    def __init__(
        self,
        nlp: Language,
        *,
        other: bool = False,
        anew: bool = True,
        indirect: bool = False,
        attitudes: bool = False,
        nested: bool = False,
        block_quotes: bool = False,
        lexicon: Lexicon | None = None,
        people: Sequence[Person] | None = None,
    ) -> None:
        """`anew`: where `nlp` has a parser, each paragraph is analysed once more by itself, as `extract` does it, so
        that both give the same (of 474 quotations 30 had another speaker by the parse of whole articles); else the
        `Doc` is read. `other`: keep also marks that hold no quotation. The rest is what `extract` takes."""
        self.nlp, self.other, self.anew = nlp, other, anew
        self.indirect, self.attitudes = indirect or attitudes, attitudes
        self.nested, self.block_quotes = nested, block_quotes
        self.lexicon, self.people = lexicon, people

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, self.match(doc))
        return doc

    def match(self, doc: Doc) -> list[Quotation]:
        """The quotations of a `Doc`, which stays as it is; offsets are characters of `doc.text`."""
        from .pipeline import (  # here, because spaCy imports this module whenever it loads any pipeline
            add_indirect,
            attribute_and_resolve,
            records,
        )
        from .segment import segment
        from .threads import one_thread_of_blas

        spans = segment(doc.text, block_quotes=self.block_quotes)
        with one_thread_of_blas():
            table = self._tokens(doc, spans)
        answers = attribute_and_resolve(table, spans, self.lexicon, self.people)
        every = (
            add_indirect(table, spans, answers, self.lexicon, self.people, attitudes=self.attitudes)
            if self.indirect and len(table)
            else (spans, *answers)
        )
        found = records(Article("-", doc.text), *every, nested=self.nested)
        return numbered(quotation for quotation in found if self.other or quotation.kind != "other")

    def set_annotations(self, doc: Doc, found: Sequence[Quotation]) -> None:
        """Write quotations, of `match` or those of them that are wanted, into `doc.spans["quotations"]`."""
        tokens = [doc.char_span(q.start, q.end, label=q.kind, alignment_mode="expand") for q in found]
        pairs = [(span, quotation.to_dict()) for span, quotation in zip(tokens, found, strict=True) if span is not None]
        spans, rows = [span for span, _ in pairs], [row for _, row in pairs]
        doc.spans[KEY] = SpanGroup(doc, name=KEY, spans=spans, attrs={"records": rows})

    def _tokens(self, doc: Doc, spans: list[MarkedSpan]) -> Tokens:
        from .parse import Reference, parse
        from .tokens import Tokens

        names = self.nlp.pipe_names
        own = frozenset(name for name in names if self.nlp.get_pipe_meta(name).factory in ANALYSERS)
        if not (self.anew and (spans or self.indirect) and "parser" in own):
            return Tokens.of(doc)
        return parse(Reference(self.nlp, frozenset(names) - own), [doc.text], [spans], fully=self.indirect)[0]


@Language.factory(
    "quotations",
    assigns=["doc.spans"],
    requires=["token.tag", "token.dep", "token.head"],
    default_config={
        "other": False,
        "anew": True,
        "indirect": False,
        "attitudes": False,
        "nested": False,
        "block_quotes": False,
        "cues": None,
        "people": None,
    },
)
def make_quotations(
    nlp: Language,
    name: str,
    other: bool,
    anew: bool,
    indirect: bool,
    attitudes: bool,
    nested: bool,
    block_quotes: bool,
    cues: str | None,
    people: str | None,
) -> Quotations:
    """The factory behind `nlp.add_pipe("quotations")`. `cues` and `people` are files, as the command takes them; with
    `other`, also marks that hold no quotation (titles, nicknames); with `indirect`, also what is reported without
    marks; without `anew`, by the annotation of the `Doc` as it is. Raises `LexiconError`."""
    from .resolve.people import load_people
    from .words.cues import load_lexicon

    return Quotations(
        nlp,
        other=other,
        anew=anew,
        indirect=indirect,
        attitudes=attitudes,
        nested=nested,
        block_quotes=block_quotes,
        lexicon=load_lexicon(Path(cues)) if cues is not None else None,
        people=load_people(Path(people)) if people is not None else None,
    )
