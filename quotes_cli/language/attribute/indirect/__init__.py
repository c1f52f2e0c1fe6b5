"""An article's tokens in, what it reports without marks out: content, cue, mention and rule of each statement.

Every reporting verb, noun or preposition proposes what it may report (`rules.TABLE`), in several stretches. A table of
weights and a network that reads the sentence choose the stretch; another table says how likely it is reported speech
with the source that grammar gives. All are learnt from annotated news (`training.indirect`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quotes_cli.language import labels
from quotes_cli.language.attribute import kinds
from quotes_cli.language.attribute.animacy import RELATED, can_speak, is_speaker
from quotes_cli.language.attribute.context import Context, Finding, Quote
from quotes_cli.language.attribute.cues import SPEAKING
from quotes_cli.language.attribute.mentions import mention, relative_pronoun
from quotes_cli.language.attribute.nominals import nominal_before
from quotes_cli.language.attribute.sources import noun_source, source_of
from quotes_cli.language.attribute.turns import marked
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.cues import Lexicon, load_lexicon
from quotes_cli.records import INDIRECT, Attribution, MarkedSpan

from .extents import Shaped, continued, variants
from .features import is_negated, is_of_surroundings, is_quotation, report_features, subordinator
from .network import Floats, Network, window
from .network import shipped as shipped_network
from .phrases import VIEWS
from .rules import FRAMES, LEAST, MARKS, NOMINAL, PHRASAL, VERBAL, WEAK, Construction
from .statement import Statement, as_quote, sentence_of
from .weights import Weights, chance, score, shares, shipped

__all__ = ["Reported", "Shaped", "groups", "proposals", "statements"]

DETERMINER = frozenset({"det"})
#: Two statements of which one has so much of both together are the same; the likelier stays.
SAME = 0.5
#: Candidates before and behind another that may share words with it; 18 of 6,367 in training articles have one beyond.
BESIDE = 12
#: Classes of verbs for thoughts and wishes, not words.
ATTITUDES = frozenset({"think"})
#: Verbs of which the one who hears may be the subject, and words before their participles: when asked, if told.
HEARD = frozenset("ask tell question press inform warn remind urge advise".split())
WHEN = frozenset("when if once after before while until unless though although".split())
#: Verbs with "to say" for what somebody does not say, and subjects of which nobody says anything.
SILENT = frozenset({"decline", "refuse"})
NO_ONE = frozenset({"nobody", "none", "neither", "nothing"})
#: Words for people who were named or counted before.
POINTING = frozenset("those these some many most others several few both all".split())
CONDITIONS = frozenset({"if", "unless", "whether"})


#: The weight of what the network reads beside the weighted features: at 0.3 and 1.0 fewer stretches are right.
READ = 0.5
#: The worth of a stretch that is right to the word beside one that is right by half and one that is by four fifths.
EXACT = 0.1
SLIGHT = 0.003  # a share of the likelihood below which a stretch does not count for what others have in common with it


#: A candidate with the stretch that was chosen for it, what speaks for that, and how likely the right one is near it.
Chosen = tuple[Statement, list[str], float]
#: The weight of what the network reads beside the weighted features: with twice as much no more stretches are right.
READ = 0.5
#: The worth of a stretch that is right to the word beside one that is right by half and one that is by four fifths.
EXACT = 0.1
SLIGHT = 0.003  # a share of the likelihood below which a stretch does not count for what others have in common with it


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
    candidates = proposals(context, groups(context), weights, shipped_network())
    for (one, shape, sureness), beside in zip(candidates, neighbours(context, candidates), strict=True):
        if not is_said(context, one, attitudes):
            continue
        find_source(context, one)
        if one.source is not None:
            features = report_features(context, one, shape, sureness, beside)
            if _is_nested(context, one):
                features = [feature for feature in features if not is_of_surroundings(feature)]
            likely = chance(features, weights["report"])
            if likely >= least(context, one):
                found.append((likely, continued(context, one)))
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
        elif tokens.words[i] == ":":
            table = MARKS
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


def proposals(context: Context, found: Iterable[Sequence[Shaped]], weights: Weights, reader: Network) -> list[Chosen]:
    """Of each group the likeliest stretch; none that is a quotation in marks, which has a record of its own."""
    every = list(found)
    read = iter(reader.read([window(context, group) for group in every if len(group) > 1]))
    likeliest = (chosen(group, weights, next(read)) if len(group) > 1 else (*group[0], 1.0) for group in every)
    return [candidate for candidate in likeliest if not is_quotation(context, candidate[0])]


def chosen(group: Sequence[Shaped], weights: Weights, read: Floats) -> Chosen:
    """The stretch of a group that is likeliest near the right one, by the weights and by the scores that the network
    `read`; what speaks for it, and how likely that is."""
    scores = zip(group, read.tolist(), strict=True)
    likely = shares([score(shape, weights["extent"]) + READ * by_network for (_, shape), by_network in scores])
    judges = [(other.content, share) for (other, _), share in zip(group, likely, strict=True) if share >= SLIGHT]
    near, value = [], []
    for (one, _), own in zip(group, likely, strict=True):
        common = [(overlap(one.content, other), share) for other, share in judges]
        near.append(sum(share for both, share in common if both >= 0.5))
        value.append(near[-1] + sum(share for both, share in common if both >= 0.8) + EXACT * own)
    best = max(range(len(group)), key=value.__getitem__)
    return (*group[best], near[best])


def neighbours(context: Context, candidates: Sequence[Chosen]) -> list[list[Statement]]:
    """To each candidate, given in text order, those near it that share some of its words or hold its reporting word."""
    paragraph = context.tokens.paragraph
    found = []
    for number, (one, *_) in enumerate(candidates):
        near = (other for other, *_ in candidates[max(number - BESIDE, 0) : number + BESIDE + 1])
        inside = (other for other in near if other is not one and paragraph[other.head] == paragraph[one.head])
        found.append([other for other in inside if one.head in other.content or _touch(one.content, other.content)])
    return found


def _touch(one: range, other: range) -> bool:
    return max(one.start, other.start) < min(one.stop, other.stop)


def overlap(one: range, other: range) -> float:
    """How much of two stretches together both have."""
    both = max(0, min(one.stop, other.stop) - max(one.start, other.start))
    return both / (len(one) + len(other) - both)


def is_said(context: Context, one: Statement, attitudes: bool) -> bool:
    """Is it said at all: no thought unless those are asked for, not denied that it was said, under no condition?"""
    if one.rule in ("according_to", "in_view", "heading"):
        return True
    tokens, cues = context.tokens, context.cues
    kind, lemma = cues.verb_class(one.head), cues.verb_lemma(one.head) if tokens.is_verb(one.head) else None
    sees = (
        kind == "name" and one.rule in ("complement", "loose_clause") and "weak" in cues.lexicon.flags_of(lemma or "")
    )
    if not attitudes and (kind in ATTITUDES or sees):
        return False
    for silent, says in ((one.head, one.top), (tokens.head[one.head], one.head)):  # she declined to say whether ...
        if tokens.dep[says] == "xcomp" and tokens.lemma[silent] in SILENT and cues.verb_class(says) in SPEAKING:
            return False
    if tokens.lower[one.top] in NO_ONE:  # she said nothing of it
        return False
    return not is_negated(context, one.head) and subordinator(context, one.head) not in CONDITIONS


def least(context: Context, one: Statement) -> float:
    """The least probability at which a statement is kept: more of a noun phrase behind a verb that seldom reports."""
    lemma = context.cues.verb_lemma(one.head) if one.rule in ("object", "oblique", "predicate") else None
    return WEAK if lemma is not None and "weak" in context.cues.lexicon.flags_of(lemma) else LEAST[one.rule]


def _is_nested(context: Context, one: Statement) -> bool:
    """Is it a report within a report that grammar spells out: Lee said *Ortiz had promised to* rebuild?

    Annotators often marked the outer one only, so that what stands around it says nothing.
    """
    tokens, cues = context.tokens, context.cues
    opening = {"complement": ("that", "whether"), "infinitive": ("to",)}.get(one.rule, ())
    above = tokens.head[one.head]
    subjects = [i for i in tokens.having(one.head, labels.SUBJECT) if tokens.pos[i] in ("PROPN", "NOUN")]
    reported = tokens.dep[one.head] == "ccomp" and cues.verb_class(above) in SPEAKING and tokens.is_verb(above)
    return reported and bool(subjects) and tokens.lower[one.content.start] in opening


def find_source(context: Context, one: Statement) -> None:
    """Look for the source as the rules of quotations do; for a verb whose subject the parse lost, before it."""
    tokens = context.tokens
    quote = one.quote = as_quote(context, one.content, one.head)
    if one.source is not None:
        return
    if one.rule in ("noun_clause", "noun_to", "noun_of", "colon"):
        one.source = noun_source(quote, one.head)
    elif (subject := _subject_of_report(quote, one.head)) is not None:
        one.source = subject
    else:
        one.source = source_of(quote, one.head)
        speaks = one.source is not None and (can_speak(tokens, one.source) or tokens.lower[one.source] in RELATED)
        before = [i for i in range(sentence_of(context, one.head).start, one.head) if i not in one.content]
        if one.source is None:
            one.source = nominal_before(quote, before)
        elif not speaks and before[-1:] == [one.head - 1] and context.cues.verb_class(one.head) in SPEAKING:
            other = nominal_before(quote, before)
            one.source = one.source if other is None else other
        if one.source is None:
            one.source = _poll(context, one)
    nobody = one.source is not None and _is_nobody(tokens, one.source)
    if nobody or one.source == one.head or (_is_asked(tokens, one.head) and tokens.head[one.source or 0] != one.head):
        one.source = None


def _poll(context: Context, one: Statement) -> int | None:
    """The verb's own subject where it counts people or points at them: *a third of voters*, *those* over 60 said."""
    tokens = context.tokens
    subjects = (i for i in tokens.having(one.head, labels.SUBJECT - labels.PASSIVE_SUBJECT) if i not in one.content)
    return next((i for i in subjects if tokens.tag[i] in ("CD", "NN", "NNS") or tokens.lower[i] in POINTING), None)


def _subject_of_report(quote: Quote, verb: int) -> int | None:
    """Of a participle that goes on with a report the subject of that: *Ortiz* said the dam was safe, adding that ...

    Not what the statement before it speaks of, on which the parse may hang it.
    """
    tokens, cues = quote.tokens, quote.cues
    behind = tokens.pos[verb - 1] == "ADV" or tokens.dep[verb - 1] == "cc"  # saying, and later adding
    pause = verb > 1 and tokens.words[verb - 1 - behind] == ","
    if tokens.tag[verb] != "VBG" or not pause or tokens.having(verb, labels.SUBJECT | labels.AUXILIARY):
        return None
    reports = [i for i in tokens.ancestors(verb) if i < verb and cues.verb_class(i) in SPEAKING]
    subjects = (i for report in reversed(reports) for i in tokens.having(report, labels.SUBJECT) if i < report)
    return next((i for i in subjects if is_speaker(quote, i) and tokens.lower[i] not in RELATED), None)


def _is_nobody(tokens: Tokens, source: int) -> bool:
    """Nobody, no one, neither of them, no official."""
    return tokens.lower[source] in NO_ONE or any(tokens.lower[i] == "no" for i in tokens.having(source, DETERMINER))


def _is_asked(tokens: Tokens, verb: int) -> bool:
    """Is the verb a passive participle without a clause of its own: *asked* whether it would hold, Lee left?

    The tagger may take it for a past tense where it begins its sentence.
    """
    own = tokens.having(verb, labels.AUXILIARY | labels.SUBJECT)
    if own or tokens.dep[verb] not in labels.CLAUSE:
        return False
    opens = tokens.begins_sentence(verb) or tokens.before(verb) in WHEN
    return tokens.tag[verb] == "VBN" or (tokens.tag[verb] == "VBD" and opens and tokens.lemma[verb] in HEARD)


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
