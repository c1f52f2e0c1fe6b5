"""A spaCy `Doc` passes through here inside anyone's pipeline: `nlp.add_pipe("quotations")` fills
`doc.spans["quotations"]`."""

from __future__ import annotations

from dataclasses import asdict

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from quotes_cli.records import Article

KEY = "quotations"


class Quotations:
    """Segment, attribute and resolve on a parsed `Doc`, in Universal Dependencies or ClearNLP labels.

    Each span of `doc.spans["quotations"]` covers the tokens inside the marks and has the quotation's kind as its label.
    `doc.spans["quotations"].attrs["records"]` holds the same quotations as dictionaries, in the same order, with the
    keys of the record (README); both survive `to_bytes`.
    """

    def __init__(self, other: bool) -> None:
        self.other = other

    def __call__(self, doc: Doc) -> Doc:
        from .pipeline import (  # here, because spaCy imports this module whenever it loads any pipeline
            attribute_and_resolve,
            records,
        )
        from .segment import segment
        from .tokens import Tokens

        spans = segment(doc.text)
        attributions, resolutions = attribute_and_resolve(Tokens.of(doc), spans)
        found = [
            q
            for q in records(Article("-", doc.text), spans, attributions, resolutions)
            if self.other or q.kind != "other"
        ]
        tokens = [doc.char_span(q.start, q.end, label=q.kind, alignment_mode="expand") for q in found]
        pairs = [(span, asdict(q)) for span, q in zip(tokens, found, strict=True) if span is not None]
        rows = [{**row, "id": number} for number, (_, row) in enumerate(pairs, 1)]
        doc.spans[KEY] = SpanGroup(doc, name=KEY, spans=[span for span, _ in pairs], attrs={"records": rows})
        return doc


@Language.factory(
    "quotations",
    assigns=["doc.spans"],
    requires=["token.tag", "token.dep", "token.head"],
    default_config={"other": False},
)
def make_quotations(nlp: Language, name: str, other: bool) -> Quotations:
    """The factory behind `nlp.add_pipe("quotations")`; with `other`, also marks that hold no quotation (titles,
    nicknames)."""
    return Quotations(other)
