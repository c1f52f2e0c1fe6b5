"""What may be a statement without marks: the words that report it, its source, and the words reported, by tokens."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from quotes_cli.language import labels
from quotes_cli.language.attribute.context import FULL_STOPS, REACH, Context, Quote
from quotes_cli.language.tokens import Tokens
from quotes_cli.records import MarkedSpan

#: Marks that no statement begins or ends with.
EDGES = frozenset(", . ; : – — - -- … ...".split())
BRACKETS = {")": "(", "]": "["}
#: The number of a stretch that is none of the article's marked spans.
UNMARKED = -2


@dataclass(slots=True)
class Statement:
    """A candidate. `cue` are the tokens that report, `head` is the verb, noun or preposition among them, `top` the
    token on which the content hangs together, `content` its tokens.

    `rule` is the name of the construction. `source` is the head token of the source and `quote` the stretch as the
    rules of quotations see one; None until they are looked for.
    """

    rule: str
    head: int
    cue: tuple[int, ...]
    top: int
    content: range
    source: int | None = None
    quote: Quote | None = None


def stretch(tokens: Tokens, inside: Iterable[int], without: Collection[int] = ()) -> range:
    """From the first to the last of some tokens, without the marks and conjunctions at the edges."""
    kept = sorted(i for i in inside if i not in without)
    first, last = 0, len(kept)
    while first < last and tokens.words[kept[first]] in EDGES:
        first += 1
    while first < last and _hangs_over(tokens, kept[first:last]):
        last -= 1
    return range(kept[first], kept[last - 1] + 1) if first < last else range(0)


def _hangs_over(tokens: Tokens, kept: list[int]) -> bool:
    """Does the last of the tokens end nothing that began among them?"""
    last = kept[-1]
    if tokens.words[last] in EDGES or (tokens.tag[last] == "CC" and len(kept) > 1):
        return True
    opening = BRACKETS.get(tokens.words[last])
    return opening is not None and opening not in tokens.words[kept[0] : last]


def clause(tokens: Tokens, top: int, without: Collection[int] = ()) -> range:
    """The stretch of all below a token, in its paragraph."""
    here = tokens.paragraph[top]
    return stretch(tokens, (i for i in tokens.subtree(top) if tokens.paragraph[i] == here), without)


def as_quote(context: Context, content: range, cue: int) -> Quote:
    """The stretch as the rules of quotations see one; it is nested where its cue stands within marks."""
    tokens, parent = context.tokens, context.cover[cue]
    start, end = tokens.start[content.start], tokens.end[content.stop - 1]
    span = MarkedSpan(start, end, start, end, ((start, end),), None if parent < 0 else parent, "none")
    left = -1 if tokens.begins_paragraph[content.start] else content.start - 1
    right = -1 if tokens.ends_paragraph(content.stop - 1) else content.stop
    return Quote(context, UNMARKED, span, content.start, content.stop - 1, left, right)


def is_clause(tokens: Tokens, i: int) -> bool:
    """Is the token the head of a clause: a verb, or a predicate with a copula or subject?"""
    return tokens.is_verb(i) or bool(tokens.having(i, labels.COPULA | labels.SUBJECT))


def sentence_of(context: Context, i: int) -> range:
    """The sentence of a token, up to an utterance in marks that follows its full stop; none begins behind a comma."""
    tokens, cover = context.tokens, context.cover
    first, last = i, i + 1
    while first > max(i - REACH, 0) and not tokens.begins_paragraph[first]:
        if tokens.sentence[first - 1] != tokens.sentence[first] and tokens.words[first - 1] != ",":
            break
        first -= 1
    while last < min(i + REACH, len(tokens)) and tokens.sentence[last] == tokens.sentence[i]:
        opens = cover[last] >= 0 and cover[last] != cover[last - 1]
        if opens and last > i + 1 and tokens.words[last - 1] in FULL_STOPS:
            break
        last += 1
    return range(first, last)
