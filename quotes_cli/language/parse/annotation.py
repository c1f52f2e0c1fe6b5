"""What the model says of a piece of text in, the columns of the article's tokens filled out."""

from __future__ import annotations

from collections.abc import Sequence

from quotes_cli.language.analysis import Annotated
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import fold, words

from .paragraph import FULL_STOPS, Depth, Paragraph, Piece
from .simpler import fill, join_name

MARKS = frozenset('"“”„«»')


def annotate(piece: Piece, found: Annotated) -> None:
    """Fill in what the model says of the tokens of a piece.

    Note which of them hang on a stand-in (`hanging`), and what each stand-in hangs on (`governors`).
    """
    paragraph, tokens = piece.paragraph, piece.paragraph.tokens
    heads, relations = found.head, found.dep
    if not heads:
        heads = _first_of_sentence(piece.words())
        relations = ["ROOT" if head == k else "dep" for k, head in enumerate(heads)]
    if isinstance(piece.tokens, range):
        if len(found.tag) != len(piece.tokens):
            raise ValueError("the pipeline joins or parts words")
        own = slice(piece.tokens.start, piece.tokens.stop)
        tokens.tag[own], tokens.pos[own], tokens.lemma[own], tokens.iob[own] = (
            found.tag,
            found.pos,
            found.lemma,
            found.iob,
        )
        tokens.head[own] = [own.start + head for head in heads]
        tokens.dep[own] = [relation or "dep" for relation in relations]
    else:
        _annotate_one_by_one(piece, found._replace(head=heads, dep=relations))
    for i in paragraph.shown:
        tokens.lemma[i] = tokens.words[i]


def _annotate_one_by_one(piece: Piece, found: Annotated) -> None:
    """The same for a piece with stand-ins or gaps."""
    paragraph, tokens = piece.paragraph, piece.paragraph.tokens
    rows = zip(piece.tokens, *found, strict=True)
    for k, (i, tag, pos, lemma, head, relation, iob) in enumerate(rows):
        above = piece.tokens[head]
        relation = relation or "dep"
        if not isinstance(i, int):
            if head == k or isinstance(above, int) or above[0] != i[0]:
                paragraph.governors.setdefault(i[0], (above, relation))
            continue
        tokens.tag[i], tokens.pos[i], tokens.lemma[i], tokens.dep[i] = tag, pos, lemma, relation
        tokens.iob[i] = iob
        if isinstance(above, int):
            tokens.head[i] = above
        else:
            paragraph.hanging[i] = above[0]


def _first_of_sentence(words: list[str]) -> list[int]:
    """By full stops and capitals, for a text without a parse: a sentence's words hang on its first."""
    heads: list[int] = []
    first, ended = 0, False
    for i, word in enumerate(words):
        if ended and word[:1].isupper():
            first = i
        ended = word in FULL_STOPS or (ended and not word[:1].isalnum())
        heads.append(first)
    return heads


def join(paragraph: Paragraph) -> None:
    """Put each utterance where its stand-in hangs: by its first root, on which its other roots hang."""
    tokens = paragraph.tokens
    for stretch in paragraph.hidden:
        fill(tokens, stretch)
    roots = [next(i for i in utterance if tokens.head[i] == i) for utterance in paragraph.apart]
    for i, number in paragraph.hanging.items():
        tokens.head[i] = roots[number]
    for number, (utterance, root) in enumerate(zip(paragraph.apart, roots, strict=True)):
        for i in utterance:
            if tokens.head[i] == i != root:
                tokens.head[i] = root
                if paragraph.apart_depths[number] is not Depth.SKIP:
                    tokens.dep[i] = "parataxis"
        above, tokens.dep[root] = paragraph.governors.get(number, (root, "ROOT"))
        tokens.head[root] = above if isinstance(above, int) else roots[above[0]]
    for i in [i for i in paragraph.own if tokens.iob[i] != "O"]:
        if tokens.words[i] in MARKS:
            tokens.iob[i] = "O"  # a name does not run over a quotation mark: Ana "Red" Ortiz
        elif (
            tokens.words[i] == "of" and i > paragraph.own.start and fold(tokens.words[i - 1]) in column("suffixes.txt")
        ):
            tokens.iob[i] = "O"  # nor beyond its suffix: Ana Ortiz Jr. of Linden
        elif tokens.iob[i].startswith("I-") and (i == paragraph.own.start or tokens.iob[i - 1] == "O"):
            tokens.iob[i] = "B" + tokens.iob[i][1:]
    _join_nicknames(paragraph)
    for stretch in paragraph.hidden:
        join_name(tokens, stretch)


def _join_nicknames(paragraph: Paragraph) -> None:
    """Make one person of a name with a nickname in marks, whatever pieces the name finder saw: Ana M. "Red" Ortiz."""
    words, tags, labels = paragraph.tokens.words, paragraph.tokens.tag, paragraph.tokens.iob
    begin, stop = paragraph.own.start, paragraph.own.stop
    if MARKS.isdisjoint(words[begin:stop]):
        return
    for i in range(begin + 1, stop - 3):
        if words[i] not in MARKS:
            continue
        end = next((j for j in (i + 2, i + 3) if j + 1 < stop and words[j] in MARKS), None)
        if end is None or not (tags[i - 1] == tags[end + 1] == "NNP") or not words[i + 1][:1].isupper():
            continue
        first, last = i - 1, end + 1
        while first > begin and tags[first - 1] == "NNP":
            if not (labels[first - 1].endswith("PERSON") or words[first].endswith(".")):
                break
            first -= 1
        while last + 1 < stop and labels[last + 1] == "I-PERSON":
            last += 1
        labels[first : last + 1] = ["B-PERSON"] + ["I-PERSON"] * (last - first)


def annotate_labels(paragraphs: Sequence[Paragraph]) -> None:
    """Tag the labels of a transcript's speakers, which no model needs to see: MAYOR ORTIZ, The Speaker, BBC."""
    labels = [label for paragraph in paragraphs for label in paragraph.labels]
    if not labels:
        return
    tokens, lex = paragraphs[0].tokens, words()
    inside = {i for label in labels for i in label}
    elsewhere = {word for i, word in enumerate(tokens.words) if i not in inside}
    capitals = all(tokens.words[i].isupper() for i in inside if tokens.words[i][0].isalpha())
    for label in labels:
        named = "O"
        for i in label:
            word, low = tokens.words[i], fold(tokens.words[i])
            tokens.tag[i], tokens.pos[i], tokens.lemma[i], tokens.iob[i] = "NNP", "PROPN", low, "O"
            if not word[0].isalnum():
                tokens.tag[i], tokens.pos[i] = word, "PUNCT"
            elif low in lex.small["article"]:
                tokens.tag[i], tokens.pos[i] = "DT", "DET"
            elif low in lex.small["preposition"]:
                tokens.tag[i], tokens.pos[i] = "IN", "ADP"
            elif (
                low not in lex.titles
                and low not in lex.persons
                and not (len(label) == 1 and word.isupper() and _is_acronym(word, capitals, elsewhere))
            ):
                named = tokens.iob[i] = "B-PERSON" if named == "O" else "I-PERSON"
                continue
            named = "O"


def _is_acronym(word: str, capitals: bool, elsewhere: set[str]) -> bool:
    """Is a label in capitals that of a body: `BBC: How high?` among labels with small letters, or because the text has
    it so, and no name spelt as one?"""
    return word.capitalize() not in elsewhere and (not capitals or word in elsewhere)
