"""Analysed pieces in, the article's one table of tokens out: each piece in its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, POS, TAG
from spacy.tokens import Doc

from quotes_cli.language.tokens import Tokens

from .paragraph import FULL_STOPS, Depth, Paragraph, Piece

MARKS = frozenset('"“”„«»')
ATTRIBUTES = [TAG, POS, LEMMA, HEAD, DEP, ENT_TYPE, ENT_IOB]
IOB = ("", "I-", "O", "B-")


class Analysis(NamedTuple):
    """A token's annotation; `head` counts in the piece."""

    tag: str
    pos: str
    lemma: str
    head: int
    dep: str
    ent: str


def analyses(doc: Doc, depth: Depth) -> list[Analysis]:
    """The annotation of a piece. Without a parse a sentence's tokens hang on its first one."""
    strings = doc.vocab.strings
    table = doc.to_array(ATTRIBUTES)
    names = {0: ""}
    for column in (0, 1, 2, 4, 5):
        for key in table[:, column].tolist():
            if key not in names:
                names[key] = strings[key]
    shallow = depth < Depth.PARSE
    heads = _first_of_sentence(doc) if shallow else [i + h for i, h in enumerate(table[:, 3].astype("int64").tolist())]
    return [
        Analysis(
            names[tag],
            names[pos],
            names[lemma] or word.lower(),
            head,
            ("ROOT" if head == i else "dep") if shallow else names[dep] or "dep",
            IOB[iob] + names[kind] if kind else "O",
        )
        for i, (word, head, (tag, pos, lemma, _, dep, kind, iob)) in enumerate(
            zip([t.text for t in doc], heads, table.tolist(), strict=True)
        )
    ]


def _first_of_sentence(doc: Doc) -> list[int]:
    """By full stops and capitals, for a text without a parse."""
    heads: list[int] = []
    first, ended = 0, False
    for i, token in enumerate(doc):
        word = token.text
        if ended and word[:1].isupper():
            first = i
        ended = word in FULL_STOPS or (ended and not word[:1].isalnum())
        heads.append(first)
    return heads


def add_paragraph(
    tokens: Tokens, number: int, paragraph: Paragraph, pieces: Sequence[tuple[Piece, list[Analysis]]]
) -> None:
    """Add the paragraph of that number: its frame's analysis with each utterance's own in its place."""
    base = len(tokens)
    found = _joined(paragraph, pieces)
    tokens.words += paragraph.words
    tokens.start += paragraph.starts
    tokens.end += paragraph.ends
    tokens.paragraph += [number] * len(paragraph.words)
    for i, word in enumerate(paragraph.words):
        token = found.get(i) or Analysis("", "X", word, 0, "dep" if i else "ROOT", "O")
        label = token.ent
        if word in MARKS:
            label = "O"  # a name does not run over a quotation mark: Ana "Red" Ortiz
        elif label.startswith("I-") and (not i or tokens.iob[-1] == "O"):
            label = "B" + label[1:]
        tokens.tag.append(token.tag)
        tokens.pos.append(token.pos)
        tokens.lemma.append(token.lemma)
        tokens.head.append(base + token.head)
        tokens.dep.append(token.dep)
        tokens.iob.append(label)
    _join_nicknames(tokens, base)


def _join_nicknames(tokens: Tokens, base: int) -> None:
    """Make one person of a name with a nickname in marks, whatever pieces the name finder saw: Ana M. "Red" Ortiz."""
    words, tags, labels = tokens.words, tokens.tag, tokens.iob
    for i in range(base + 1, len(words) - 3):
        if words[i] not in MARKS:
            continue
        end = next((j for j in (i + 2, i + 3) if j + 1 < len(words) and words[j] in MARKS), None)
        if end is None or not (tags[i - 1] == tags[end + 1] == "NNP") or not words[i + 1][:1].isupper():
            continue
        first, last = i - 1, end + 1
        while (
            first > base
            and (labels[first - 1].endswith("PERSON") or words[first].endswith("."))
            and tags[first - 1] == "NNP"
        ):
            first -= 1
        while last + 1 < len(words) and labels[last + 1] == "I-PERSON":
            last += 1
        labels[first : last + 1] = ["B-PERSON"] + ["I-PERSON"] * (last - first)


def _joined(paragraph: Paragraph, pieces: Sequence[tuple[Piece, list[Analysis]]]) -> dict[int, Analysis]:
    """The annotation of each token of the paragraph that a piece has; heads count in the paragraph."""
    utterance = {i: number for number, tokens in enumerate(paragraph.apart) for i in tokens}
    roots: dict[int, int] = {number: tokens[0] for number, tokens in enumerate(paragraph.apart)}
    for piece, tokens in reversed(pieces):  # the first root of each utterance stands for it in the frame
        number = utterance.get(piece.tokens[0]) if isinstance(piece.tokens[0], int) else None
        if number is not None:
            k = next(k for k, token in enumerate(tokens) if token.head == k)
            roots[number] = piece.tokens[k]  # type: ignore[assignment] # no stand-in stands in an utterance
    governors: dict[int, tuple[int, str]] = {}
    found: dict[int, Analysis] = {}
    for piece, tokens in pieces:
        places = [f if isinstance(f, int) else roots[f[0]] for f in piece.tokens]
        for k, (f, token) in enumerate(zip(piece.tokens, tokens, strict=True)):
            if isinstance(f, int):
                found[f] = token._replace(head=places[token.head])
                continue
            above = piece.tokens[token.head]
            if token.head == k or isinstance(above, int) or above[0] != f[0]:
                governors.setdefault(f[0], (places[token.head], token.dep))
    for number, tokens_of in enumerate(paragraph.apart):
        root = roots[number]
        for i in tokens_of:
            token = found.get(i) or Analysis("", "X", paragraph.words[i], root, "dep", "O")
            if i == root:
                head, dep = governors.get(number, (root, "ROOT"))
                token = token._replace(head=head, dep=dep)
            elif token.head == i:
                token = token._replace(head=root, dep="parataxis")
            found[i] = token
    return found
