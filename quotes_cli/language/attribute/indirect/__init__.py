"""An article's tokens in, what it reports without marks out: content, cue, mention and rule of each statement.

Every reporting verb, noun or preposition proposes what it may report (`rules.TABLE`), in several stretches; one table
of weights chooses the stretch, another says how likely it is reported speech with the source that grammar gives. Both
are learnt from annotated news (`training.indirect`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotes_cli.language import labels
from quotes_cli.language.attribute import kinds
from quotes_cli.language.attribute.animacy import can_speak
from quotes_cli.language.attribute.context import Context, Finding
from quotes_cli.language.attribute.cues import SPEAKING
from quotes_cli.language.attribute.mentions import mention, relative_pronoun
from quotes_cli.language.attribute.sources import RELATED, noun_source, source_of
from quotes_cli.language.attribute.surroundings import nominal_before
from quotes_cli.language.attribute.turns import marked
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.cues import Lexicon, load_lexicon
from quotes_cli.records import INDIRECT, Attribution, MarkedSpan

from .extents import Shaped, variants
from .features import is_negated, report_features, subordinator
from .phrases import VIEWS
from .rules import FRAMES, LEAST, NOMINAL, PHRASAL, VERBAL, Construction
from .statement import Statement, as_quote, sentence_of
from .weights import Weights, chance, score, shares, shipped

__all__ = ["Reported", "Shaped", "chosen", "groups", "statements"]

#: Two statements of which one has so much of both together are the same; the likelier stays.
SAME = 0.5
#: Classes of verbs for thoughts and wishes, not words.
ATTITUDES = frozenset({"think"})
CONDITIONS = frozenset({"if", "unless", "whether"})


@dataclass(frozen=True, slots=True)
class Reported:
    """A statement by characters, as the later stages take it: its span and what was found for it."""

    span: MarkedSpan
    attribution: Attribution


def context_of(tokens: Tokens, spans: Sequence[MarkedSpan], lexicon: Lexicon | None = None) -> Context:
    """The article as the rules see it, with what in marks is no quotation."""
    context = Context(tokens, marked(spans), lexicon or load_lexicon())
    for quote in context.quotes:
        quote.test = kinds.other(quote)
        quote.forget()
    return context


def statements(
    tokens: Tokens, spans: Sequence[MarkedSpan], lexicon: Lexicon | None = None, *, attitudes: bool = False
) -> list[Reported]:
    """What the article reports without marks, in text order; with `attitudes` also thoughts and wishes."""
    context = context_of(tokens, spans, lexicon)
    weights = shipped()
    found: list[tuple[float, Statement]] = []
    for group in groups(context):
        one, sureness = chosen(group, weights)
        if not is_said(context, one, attitudes):
            continue
        find_source(context, one)
        if one.source is not None:
            likely = chance(report_features(context, one, sureness), weights["report"])
            if likely >= LEAST[one.rule]:
                found.append((likely, one))
    found.sort(key=lambda pair: (-pair[0], pair[1].head))
    kept = _apart(found)
    kept.sort(key=lambda pair: (pair[1].content.start, -pair[1].content.stop, pair[1].head))
    return [_reported(context, one, likely) for likely, one in kept]


def groups(context: Context) -> Iterator[list[Shaped]]:
    """For each word that may report, the stretches that it may report."""
    tokens, cues = context.tokens, context.cues
    for i in range(len(tokens)):
        table: tuple[Construction, ...]
        if tokens.lower[i] in ("according", "per"):
            table = PHRASAL
        elif tokens.lower[i] in VIEWS:
            table = (*FRAMES, *NOMINAL)
        elif cues.verb_class(i):
            table = VERBAL
        elif cues.noun_class(i):
            table = NOMINAL
        else:
            continue
        proposed = [one for row in table for one in row.find(context, i) if one.content]
        seen: dict[range, Shaped] = {}
        for one in proposed:
            for shaped in variants(context, one):
                seen.setdefault(shaped[0].content, shaped)
        if seen:
            yield list(seen.values())


def chosen(group: Sequence[Shaped], weights: Weights) -> tuple[Statement, float]:
    """The stretch of a group that most likely is near the right one, and how likely."""
    likely = shares([score(shape, weights["extent"]) for _, shape in group])
    contents = [one.content for one, _ in group]

    def worth(number: int) -> float:
        shared = ((share, overlap(contents[number], other)) for share, other in zip(likely, contents, strict=True))
        return sum(share * ((same >= 0.5) + 0.5 * (same >= 0.8)) for share, same in shared)

    best = max(range(len(group)), key=worth)
    sure = sum(share for share, other in zip(likely, contents, strict=True) if overlap(contents[best], other) >= 0.5)
    return group[best][0], sure


def overlap(one: range, other: range) -> float:
    """How much of two stretches together both have."""
    both = max(0, min(one.stop, other.stop) - max(one.start, other.start))
    return both / (len(one) + len(other) - both)


def is_said(context: Context, one: Statement, attitudes: bool) -> bool:
    """Is it said at all: no thought unless those are asked for, not denied that it was said, under no condition?"""
    if one.rule in ("according_to", "in_view"):
        return True
    if not attitudes and context.cues.verb_class(one.head) in ATTITUDES:
        return False
    return not is_negated(context, one.head) and subordinator(context, one.head) not in CONDITIONS


def find_source(context: Context, one: Statement) -> None:
    """Look for the source as the rules of quotations do; for a verb whose subject the parse lost, before it."""
    tokens = context.tokens
    quote = one.quote = as_quote(context, one.content, one.head)
    if one.source is not None:
        return
    if one.rule.startswith("noun"):
        one.source = noun_source(quote, one.head)
    else:
        one.source = source_of(quote, one.head)
        speaks = one.source is not None and (can_speak(tokens, one.source) or tokens.lower[one.source] in RELATED)
        before = [i for i in range(sentence_of(context, one.head).start, one.head) if i not in one.content]
        if one.source is None:
            one.source = nominal_before(quote, before)
        elif not speaks and before[-1:] == [one.head - 1] and context.cues.verb_class(one.head) in SPEAKING:
            other = nominal_before(quote, before)
            one.source = one.source if other is None else other
    if one.source == one.head or (_is_asked(tokens, one.head) and tokens.head[one.source or 0] != one.head):
        one.source = None


def _is_asked(tokens: Tokens, verb: int) -> bool:
    """Is the verb a passive participle without a clause of its own: *asked* whether it would hold, Lee left?"""
    own = tokens.having(verb, labels.AUXILIARY | labels.SUBJECT)
    return tokens.tag[verb] == "VBN" and not own and tokens.dep[verb] in labels.CLAUSE


def named(context: Context, one: Statement) -> Finding:
    """The mention of the source, with what a relative pronoun stands for."""
    tokens = context.tokens
    found = Finding(one.source, one.cue)
    if one.quote is None or one.source is None:
        return found
    found.mention = mention(one.quote, one.source)
    pronoun = relative_pronoun(one.quote, found)
    if pronoun is not None:
        found.antecedent = found.mention
        found.mention = tokens.start[pronoun], tokens.end[pronoun]
    return found


def _apart(found: Sequence[tuple[float, Statement]]) -> list[tuple[float, Statement]]:
    """Of those that are much the same the first."""
    kept: list[tuple[float, Statement]] = []
    by_sentence: dict[int, list[range]] = {}
    for likely, one in found:
        tokens = one.quote.tokens if one.quote is not None else None
        sentence = tokens.paragraph[one.head] if tokens is not None else 0
        near = by_sentence.setdefault(sentence, [])
        if all(_share_of_both(one.content, other) <= SAME for other in near):
            near.append(one.content)
            kept.append((likely, one))
    return kept


def _share_of_both(one: range, other: range) -> float:
    both = min(one.stop, other.stop) - max(one.start, other.start)
    return both / (max(one.stop, other.stop) - min(one.start, other.start))


def _reported(context: Context, one: Statement, likely: float) -> Reported:
    tokens = context.tokens
    found = named(context, one)
    start, end = tokens.start[one.content.start], tokens.end[one.content.stop - 1]
    parent = context.cover[one.head]
    span = MarkedSpan(start, end, start, end, ((start, end),), None if parent < 0 else parent, "none")
    cue = tokens.start[one.cue[0]], tokens.end[one.cue[-1]]
    return Reported(span, Attribution(INDIRECT, cue, found.mention, one.rule, likely, found.antecedent))
