"""A quotation passes through here; the noun for somebody's words on which it hangs comes out: Ortiz's *comment* that
"the port is safe"."""

from __future__ import annotations

from itertools import takewhile

from quotes_cli.language import labels

from .animacy import is_speaker, is_time
from .context import Finding, Quote
from .cues import FINITE, SPEAKING, STRONG
from .surroundings import INNER
from .titles import PLANS, title_case

LONGEST_SOURCE = 10  # tokens between a noun and what it says
#: Tags of those, beside nouns.
OF_SOURCES = frozenset({"IN", "DT", "JJ", "POS", "CD", "PRP$", "PRP", "HYPH", "NNP"})
LONGEST_QUESTION = 12  # words of the question that a quotation answers
#: Nouns for somebody's words on a thing: Ortiz's call for a "special force".
ASKING = frozenset("call plea demand appeal request pledge promise vow threat claim assertion".split())


def telling_noun(quote: Quote) -> int | None:
    """The noun for somebody's words on which the marks hang, with a "that" right behind it: asked about *Ortiz's
    comment* that "the port is safe"."""
    tokens, that = quote.tokens, quote.left
    above = [i for top in quote.tops[:1] for i in takewhile(lambda i: not tokens.is_verb(i), tokens.ancestors(top))]
    if that > 0 and tokens.lower[that] == "that":  # whatever the parse says
        above.insert(0, that - 1)
    for noun in above:
        if quote.barred(noun) or quote.cues.noun_class(noun) != "utterance" or noun + 1 >= quote.first:
            continue
        if tokens.lower[quote.left] == "as" and tokens.is_a(noun, labels.OBJECT):
            continue  # Lee rejected Ortiz's claim that it was so as "mad"
        joint = noun + 1
        if tokens.lower[joint] == "earlier" and tokens.tag[joint + 1] == "IN":
            joint += 1  # Ortiz's call earlier | in the night | for
        dated = tokens.tag[joint] == "IN" or tokens.lower[joint] in ("last", "this", "earlier")
        day = joint + 1 + (tokens.tag[joint + 1] == "DT")
        if dated and is_time(tokens, day):  # Ortiz's comment | on May 3 | that
            joint = tokens.run_from(day, lambda i: is_time(tokens, i) or tokens.tag[i] == "CD", quote.first)
        asks = tokens.lemma[noun] in ASKING and tokens.lower[joint] in ("for", "to", "of")
        between = range(joint + 1, quote.left + 1)  # called Ortiz's call for a guard | "a joke"
        asks = asks and not any(tokens.is_nominal(i) or quote.barred(i) for i in between)
        joins = asks or tokens.lower[joint] == "that"
        if joins and any(tokens.tag[i] != "PRP$" for i in tokens.having(noun, labels.POSSESSOR)):
            return None if _is_told_to(quote, noun) else noun
    return None


def _is_told_to(quote: Quote, noun: int) -> bool:
    """Does a verb with a hearer before the noun need what stands behind: Lee told them after Ortiz's statement that
    ...?"""
    tokens, cues = quote.tokens, quote.cues
    verb = tokens.head[noun]
    if cues.verb_class(verb) not in SPEAKING or tokens.dep[noun] not in labels.OBLIQUE:
        return False
    hearer = [i for i in tokens.having(verb, labels.OBJECT) if verb < i < noun]
    return bool(hearer) and "hearer" in cues.lexicon.flags_of(cues.verb_lemma(verb) or "")


def uttered_by(quote: Quote, cue: int = -1) -> Finding | None:
    """Whom a noun behind the cue says its words are from: a warning *from Ortiz* that it was "over"; calls *by Lee* for
    an "urgent" review."""
    tokens, cues = quote.tokens, quote.cues
    region = [i for i in quote.sentence_before if i > cue]
    joint = next((k for k, i in enumerate(region) if _joins_words(quote, i)), len(region))
    for i in region[:joint]:
        if cues.verb_class(i) in SPEAKING and tokens.tag[i] in FINITE:
            return None
    for i in region[joint + 1 : joint + 1 + LONGEST_SOURCE]:
        noun = i - 1
        if tokens.lower[i] in ("by", "from", "of") and cues.noun_class(noun) == "utterance":
            told = tokens.lower[i] != "of" or tokens.lower[region[joint]] == "that"
            apart = INNER | labels.DESCRIPTION
            behind = (k for k in range(i + 1, region[joint]) if tokens.dep[k] not in apart and is_speaker(quote, k))
            source = next(behind, None) if told and not quote.barred(noun) else None
            return Finding(source, (noun,)) if source is not None else None
        if not (tokens.is_nominal(i) or tokens.tag[i] in OF_SOURCES):
            return None
    return None


def _joins_words(quote: Quote, i: int) -> bool:
    """Does what a noun says begin with token i: a claim by Lee *that* it is so, a call from Lee *for* more?"""
    tokens = quote.tokens
    joins = tokens.lower[i] == "that" and (tokens.tag[i] == "IN" or tokens.dep[i] == "mark")
    return joins or tokens.lower[i] == "for"


def asked_before(quote: Quote) -> Finding | None:
    """*Ortiz's response*? "Over my dead body": the noun for the words is a question of its own, without a verb."""
    tokens, end = quote.tokens, quote.left
    if not quote.capital or end < 2 or tokens.words[end] != "?" or quote.barred(end - 1):
        return None
    first = tokens.run_before(end, lambda i: tokens.sentence[i] == tokens.sentence[end - 1], end - LONGEST_QUESTION)
    noun = next((i for i in range(end - 1, first, -1) if quote.cues.noun_class(i) == "utterance"), None)
    if noun is None or any(map(tokens.is_verb, range(first, end))):
        return None
    owner = next((i for i in tokens.having(noun, labels.POSSESSOR) if is_speaker(quote, i)), None)
    return None if owner is None else Finding(owner, (noun,))


def apposed_words(quote: Quote) -> Finding | None:
    """They followed *Ortiz's motto*, "Never look back": somebody's words, right behind the noun for them."""
    tokens, noun = quote.tokens, quote.left - 1
    if noun < 1 or tokens.words[quote.left] not in (",", ":") or quote.barred(noun):
        return None
    if quote.cues.noun_class(noun) != "utterance" and (tokens.lower[noun] not in PLANS or title_case(quote)):
        return None
    owner = next((i for i in tokens.having(noun, labels.POSSESSOR) if is_speaker(quote, i)), None)
    return None if owner is None or tokens.lower[owner] in ("its", "whose") else Finding(owner, (noun,))


def teller_of_all(quote: Quote, region: list[int]) -> Finding | None:
    """ "No." That was all *Ortiz* would say: `region` is what stands behind "all", "what" or "how"."""
    tokens, cues = quote.tokens, quote.cues
    verb = next((i for i in region[:9] if cues.verb_class(i) in STRONG), None)
    if verb is None:
        return None
    teller = next((i for i in tokens.having(verb, labels.SUBJECT) if is_speaker(quote, i)), None)
    return None if teller is None else Finding(teller, (verb,))


def possessor(quote: Quote) -> Finding | None:
    """The fragment stands in somebody's noun phrase."""
    tokens, noun = quote.tokens, quote.right
    if quote.left < 1 or noun < 0 or tokens.pos[noun] not in ("NOUN", "ADJ"):
        return None
    if quote.cues.noun_class(noun) is None and tokens.lower[noun] not in PLANS:
        return None
    if tokens.tag[quote.left] == "PRP$":
        return Finding(quote.left, (noun,)) if tokens.lower[quote.left] not in ("its", "our", "your", "my") else None
    if tokens.tag[quote.left] != "POS":
        return None
    owner = quote.left - 1
    while tokens.dep[owner] in labels.NAME_PART and tokens.head[owner] != owner and tokens.head[owner] < quote.left:
        owner = tokens.head[owner]
    return Finding(owner, (noun,)) if is_speaker(quote, owner) else None
