"""What follows a statement in its sentence passes through here by pieces, and what speaks for each going with it comes
out: a stretch is likely that takes in what is reported and leaves what the reporter adds.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from quotes_cli.language import labels
from quotes_cli.language.attribute.animacy import is_time
from quotes_cli.language.attribute.context import Context
from quotes_cli.language.attribute.cues import FINITE, SPEAKING

from .features import NEGATIONS
from .statement import Statement

ABOVE = 12  # steps up the tree
PAUSES = frozenset({",", ";", "—", "–", "--", "-", ":", "(", ")"})
VERBAL = FINITE | {"MD", "VBG", "VBN", "VB"}
#: Tags of words that stand for themselves at the begin of a piece; of others the tag does.
CLOSED = frozenset("CC IN WDT WP WP$ WRB TO RB PRP PRP$ EX DT".split())
SIZES = (3, 6, 12, 24)


def piece(context: Context, one: Statement, first: int, stop: int, sentence: range) -> list[str]:
    """What speaks for the tokens from `first` up to `stop`, which a pause or conjunction opens, going with what a word
    reports before them."""
    return [f"with {kind}" for kind in _kinds(context, one, first, stop, sentence)]


def lead(context: Context, one: Statement, start: int) -> list[str]:
    """What speaks for a stretch beginning at `start` and not where the candidate does."""
    tokens, first = context.tokens, one.content.start
    if start == first:
        return []
    inside = range(min(start, first), max(start, first))
    kind = "skips" if start > first else "takes"
    finite = any(tokens.tag[i] in FINITE or tokens.tag[i] == "MD" for i in inside)
    last = tokens.words[inside[-1]] if tokens.words[inside[-1]] in PAUSES else word(context, inside[-1])
    found = [f"{word(context, inside[0])} {one.rule}", f"{word(context, inside[0])} to {last}", f"to {last} {finite}"]
    found += [f"size {sum(len(inside) > limit for limit in SIZES)} {finite}", f"{one.rule} {finite}"]
    top = tokens.leftmost_top(inside.start, inside.stop)
    found += [f"{tokens.dep[top]} {hangs_on(context, one, top)}", f"{tokens.tag[top]} {last} {one.rule}"]
    if any(is_time(tokens, i) for i in inside):
        found.append("time")
    return [f"{kind} {one}" for one in found]


def _kinds(context: Context, one: Statement, first: int, stop: int, sentence: range) -> Iterator[str]:
    tokens, cues = context.tokens, context.cues
    pause = tokens.words[first] if tokens.words[first] in PAUSES else ""
    begin = first + bool(pause and first + 1 < stop)
    opening = word(context, begin)
    join = f"{pause}{opening}"
    own = "own" if stop <= one.content.stop else "other" if first >= one.content.stop else "part"
    verb = next((k for k in range(begin, stop) if tokens.tag[k] in VERBAL), None)
    finite = next((k for k in range(begin, stop) if tokens.tag[k] in FINITE or tokens.tag[k] == "MD"), None)
    verb = finite if verb is None or (finite is not None and tokens.tag[verb] in ("VB", "VBN")) else verb
    yield join
    yield f"{join} {own}"
    yield f"{own} {one.rule}"
    yield f"{tokens.dep[begin]} {own}"
    size = sum(stop - first > limit for limit in SIZES)
    end = "end" if stop >= sentence.stop - 1 else "inside"
    yield f"size {size} {end} {own}"
    yield f"{join} size {size}"
    yield f"{join} {end} {own}"
    governor = hangs_on(context, one, begin if verb is None else verb)
    yield f"{join} hangs on {governor}"
    top = tokens.leftmost_top(begin, stop)
    above = tokens.head[top]
    if begin <= tokens.head[one.head] < stop and tokens.head[one.head] != one.head:  # while he says that, | they differ
        yield from (f"governs the cue {tokens.dep[one.head]}", f"{join} governs the cue {tokens.dep[one.head]}")
    where = "cue" if above == one.head else "top" if above == one.top else "within" if above in one.content else "other"
    yield f"{tokens.dep[top]} of {where}"
    yield f"{join} {tokens.dep[top]} of {where}"
    yield f"{tokens.dep[top]} of {where} {tokens.pos[above]} {tokens.tag[top]}"
    yield f"top {tokens.lemma[top]} {bool(pause)}"
    if first:
        yield f"{pause or 'no pause'} behind {tokens.entity[first - 1] or tokens.pos[first - 1]} {opening}"
    if any(is_time(tokens, k) for k in range(begin, min(begin + 4, stop))):
        yield f"time {bool(pause)} {verb is None} {own}"
    if verb is None:
        yield f"{join} no verb {governor} {own}"
        nouns = {cues.noun_class(k) for k in range(begin, min(begin + 5, stop))} - {None}
        if nouns:
            yield f"{opening} words"
    else:
        yield from _of_verb(context, one, begin, verb, join, governor)
    if any(context.cover[k] >= 0 and not context.is_no_quotation(k) for k in range(begin, stop)):
        yield f"marks {pause} {verb is not None} {own}"
    if one.head < first:
        yield f"{join} {cues.verb_lemma(one.head) or tokens.lemma[one.head]}"


def _of_verb(context: Context, one: Statement, begin: int, verb: int, join: str, governor: str) -> Iterator[str]:
    tokens, cues = context.tokens, context.cues
    tag = tokens.tag[verb]
    if tag == "VB" and tokens.tag[verb - 1] == "TO":
        tag = "TO"
    subject = next((k for k in range(begin, verb) if tokens.dep[k] in labels.SUBJECT), None)
    whose = _subject(context, one, subject)
    kind = cues.verb_class(verb)
    reports = "cue" if kind in SPEAKING else kind or "no cue"
    yield f"{join} {tag} {whose}"
    yield f"{tag} {whose} {reports}"
    yield f"{tag} {whose} {governor}"
    yield f"{join} {reports} {'with' if subject is not None else 'without'} subject"
    if tag in ("VBG", "VBN"):
        yield f"{tag} {tokens.lower[verb]}"
    tense = _tense(context, one)
    yield f"{tag} {whose[:4]} in {tense} under {tokens.tag[one.head]}"
    yield f"{join} {'as the cue' if tag == tokens.tag[one.head] else 'not as the cue'} {tag == tense} {whose[:4]}"
    if any(tokens.lower[k] in NEGATIONS for k in range(begin, min(verb + 2, len(tokens)))):
        yield f"{join} negated"


def _subject(context: Context, one: Statement, subject: int | None) -> str:
    """Whose the verb of the piece is: nobody's, the pronoun's, the one's of whom the statement speaks, a name's."""
    tokens = context.tokens
    if subject is None:
        return "none"
    if tokens.tag[subject] in ("PRP", "WP", "WDT", "EX", "DT"):
        same = any(tokens.lower[k] == tokens.lower[subject] for k in tokens.having(one.top, labels.SUBJECT))
        source = any(tokens.lower[k] == tokens.lower[subject] for k in tokens.having(one.head, labels.SUBJECT))
        return f"{tokens.lower[subject]}{' again' if same else ''}{' source' if source else ''}"
    return "name" if tokens.pos[subject] == "PROPN" else "noun"


def _tense(context: Context, one: Statement) -> str:
    """The tag of the statement's first verb with a tense."""
    tokens = context.tokens
    return next((tokens.tag[k] for k in one.content if tokens.tag[k] in FINITE or tokens.tag[k] == "MD"), "none")


def hangs_on(context: Context, one: Statement, i: int) -> str:
    """Does the token hang on the content, on the cue, or on something else?"""
    above = {i, *islice(context.tokens.ancestors(i), ABOVE)}
    return "the content" if one.top in above else "the cue" if one.head in above else "something else"


def word(context: Context, i: int) -> str:
    """The word of a closed class or the mark at a token, else its tag."""
    tokens = context.tokens
    return tokens.lower[i] if tokens.tag[i] in CLOSED or len(tokens.words[i]) < 2 else tokens.tag[i]
