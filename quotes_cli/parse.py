"""Text and quotation spans pass through here and become one spaCy `Doc` of the whole article.

Each paragraph is parsed by itself and without its white space, so that no line break disturbs a parse; then all go into
one `Doc` whose text is the article's, character for character.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from .records import MarkedSpan
from .segment import paragraphs

#: A quotation of at most this many tokens is never broken into sentences.
SHORT = 12


def parse(nlp: Language, text: str, spans: Sequence[MarkedSpan]) -> Doc:
    """Parse an article; `doc.text == text`, and sentences are never broken inside a quotation of at most `SHORT` tokens."""
    full: list[Doc] = []
    for start, end in paragraphs(text):
        full.append(nlp.make_doc(text[start:end]))
    starts = [start for start, _ in paragraphs(text)]
    frames = [_frame(doc, start, spans) for doc, start in zip(full, starts, strict=True)]
    with nlp.select_pipes(disable=[name for name in nlp.pipe_names if name == "quotations"]):
        parsed = list(nlp.pipe((frame for frame, _ in frames), batch_size=32))
    return _join(nlp, text, starts, full, parsed, [kept for _, kept in frames])


def _frame(doc: Doc, offset: int, spans: Sequence[MarkedSpan]) -> tuple[Doc, list[int]]:
    """What of a paragraph is parsed: a `Doc` without white space, and the index in the paragraph of each of its tokens."""
    kept = [t.i for t in doc if not t.is_space]
    frame = Doc(
        doc.vocab,
        words=[doc[i].text for i in kept],
        spaces=[bool(doc[i].whitespace_) or (i + 1 < len(doc) and doc[i + 1].is_space) for i in kept],
    )
    place = {doc[i].idx + offset: k for k, i in enumerate(kept)}
    last = offset + len(doc.text)
    for span in spans:
        if span.start >= last or span.end <= offset:
            continue
        inside = [k for start, k in place.items() if span.start < start < span.end]
        if len(inside) < SHORT:
            for k in inside:
                frame[k].is_sent_start = False
    return frame, kept


def _join(
    nlp: Language, text: str, starts: list[int], full: list[Doc], parsed: list[Doc], kept: list[list[int]]
) -> Doc:
    words: list[str] = []
    spaces: list[bool] = []
    tags: list[str] = []
    pos: list[str] = []
    lemmas: list[str] = []
    heads: list[int] = []
    deps: list[str] = []
    entities: list[str] = []
    done = 0

    def gap(end: int) -> None:
        if end > done:
            words.append(text[done:end])
            _blank(spaces, tags, pos, lemmas, deps, entities, words[-1])
            heads.append(max(len(words) - 2, 0))

    for start, doc, frame, indices in zip(starts, full, parsed, kept, strict=True):
        gap(start)
        base = len(words)
        done = start + len(doc.text)
        where = {i: k for k, i in enumerate(indices)}
        for token in doc:
            words.append(token.text)
            k = where.get(token.i)
            if k is None:
                _blank(spaces, tags, pos, lemmas, deps, entities, token.text)
                spaces[-1] = bool(token.whitespace_)
                heads.append(max(len(words) - 2, 0))
                continue
            found = frame[k]
            spaces.append(bool(token.whitespace_))
            tags.append(found.tag_)
            pos.append(found.pos_)
            lemmas.append(found.lemma_ or found.lower_)
            heads.append(base + indices[found.head.i])
            deps.append(found.dep_ or "dep")
            entities.append(f"{found.ent_iob_}-{found.ent_type_}" if found.ent_type_ else "O")
    gap(len(text))
    return Doc(
        nlp.vocab,
        words=words,
        spaces=spaces,
        tags=tags,
        pos=pos,
        lemmas=lemmas,
        heads=heads,
        deps=deps,
        ents=entities,
    )


def _blank(
    spaces: list[bool],
    tags: list[str],
    pos: list[str],
    lemmas: list[str],
    deps: list[str],
    entities: list[str],
    word: str,
) -> None:
    """Add the annotation of a white-space token; it hangs on the token before it."""
    spaces.append(False)
    tags.append("_SP")
    pos.append("SPACE")
    lemmas.append(word)
    deps.append("dep")
    entities.append("O")
