"""A quotation passes through here and is looked at beside the nouns for words: Ortiz's *claim* that it was "over"."""

from __future__ import annotations

from quotes_cli.language import labels

from .animacy import is_be, is_speaker
from .context import DASHES, FINAL, PAUSES, Finding, Quote
from .controllers import is_passive
from .cues import FINITE, SPEAKING
from .sources import noun_source
from .telling import apposed_words, asked_before, teller_of_all, telling_noun, uttered_by


def noun_cue(quote: Quote) -> Finding | None:
    """A reporting noun governs the fragment, or is the subject of what does; or the next sentence says whose it is."""
    tokens, cues = quote.tokens, quote.cues
    told = _credited_behind(quote) or uttered_by(quote) or asked_before(quote)
    if told is not None:
        return told
    noun = telling_noun(quote)
    source = noun_source(quote, noun) if noun is not None else None
    if noun is not None and source not in (None, noun):
        return Finding(source, (noun,))
    for top in quote.tops:
        above = list(tokens.ancestors(top))
        for noun in (top, *above):
            if quote.barred(noun) or cues.noun_class(noun) is None or not _governs_words(quote, noun):
                continue
            source = noun_source(quote, noun)
            if source is not None and source != noun:
                return Finding(source, (noun,))
        own = () if tokens.tag[quote.first] in FINITE and not quote.capital else (top,)  # Ortiz's plan "is mad"
        subjects = labels.SUBJECT - labels.PASSIVE_SUBJECT
        for noun in (i for verb in (*own, *above) for i in tokens.having(verb, subjects) if i < quote.first):
            authors = (i for i in tokens.having(noun, labels.OBLIQUE) if tokens.cases(i) == ["from"])
            owned = cues.noun_class(noun) == "utterance" and (tokens.having(noun, labels.POSSESSOR) or any(authors))
            source = noun_source(quote, noun) if owned and not quote.barred(noun) else None
            if source is not None:
                return Finding(source, (noun,))
        held = _held_in(quote, (top, *above))
        if held is not None:
            return held
    return apposed_words(quote) or _text_before_that(quote)


def _governs_words(quote: Quote, noun: int) -> bool:
    """Does a noun stand before the marks, one for a text with no pause and no other clause between: not Lee's "fake
    jobs" *allegations*, nor a *bill* that would end "free" parking?"""
    tokens, between = quote.tokens, range(noun + 1, quote.first)
    if noun > quote.last or quote.cues.noun_class(noun) == "utterance":
        return noun < quote.first
    for i in between:
        if tokens.lower[i] == "that" and tokens.tag[i] == "IN":
            return True
        if tokens.words[i] in PAUSES or tokens.tag[i] in FINITE | {"MD"}:
            return False
    return True


def _text_before_that(quote: Quote) -> Finding | None:
    """Nobody's texts: after reports from the port that it was "full"."""
    tokens, region = quote.tokens, quote.sentence_before
    that = next((k for k, i in enumerate(region) if tokens.lower[i] == "that" and tokens.tag[i] == "IN"), len(region))
    for i in region[that + 1 : that + 7]:
        if quote.cues.noun_class(i) == "document" and not quote.barred(i) and tokens.lower[i] != "sign":
            return Finding(i, (i,))
        if not (tokens.is_nominal(i) or tokens.tag[i] in ("IN", "DT", "RB", "JJ")):
            return None
    return None


def _credited_behind(quote: Quote) -> Finding | None:
    """ "We will rebuild." That was the promise of Ortiz. Those were Ortiz's words. So said Ortiz. "Mad" is how Ortiz
    puts it."""
    tokens, cues = quote.tokens, quote.cues
    whole = quote.capital and (quote.ending in FINAL | {","} or not quote.sentence_before)
    region = quote.sentence_after if whole else []
    while region and tokens.words[region[0]] in DASHES:
        region = region[1:]
    if region and is_be(tokens, region[0]):
        how = len(region) > 2 and tokens.lower[region[1]] in ("how", "what")
        return teller_of_all(quote, region[2:]) if how else _predicate(quote, region[1:9])
    if quote.ending not in FINAL or len(region) < 3:
        return None
    if tokens.lower[region[0]] in ("so", "thus"):
        verb = region[1]
        spoken = cues.verb_class(verb) in SPEAKING and tokens.tag[verb] in FINITE
        source = next((i for i in tokens.having(verb, labels.SUBJECT) if i > verb and is_speaker(quote, i)), None)
        return Finding(source, (verb,)) if spoken and source is not None else None
    if tokens.lower[region[0]] not in ("that", "those", "this", "these", "such") or not is_be(tokens, region[1]):
        return None
    if tokens.lower[region[2]] in ("all", "what", "how"):
        return teller_of_all(quote, region[3:])
    noun = next((i for i in region[2:9] if tokens.lower[i] == "words" or cues.noun_class(i) == "utterance"), None)
    source = noun_source(quote, noun) if noun is not None else None
    return Finding(source, (noun,)) if noun is not None and source not in (None, noun) else None


def _predicate(quote: Quote, region: list[int]) -> Finding | None:
    """ "No!" was the answer of Ortiz, was the answer Ortiz gave."""
    tokens = quote.tokens
    noun = next((i for i in region if quote.cues.noun_class(i) == "utterance"), None)
    if noun is None:
        return None
    source = noun_source(quote, noun)
    if source in (None, noun):
        given = [i for clause in tokens.having(noun, labels.RELATIVE) for i in tokens.having(clause, labels.SUBJECT)]
        given += [i for i in tokens.having(noun, labels.OBLIQUE) if not {"of", "for"}.isdisjoint(tokens.cases(i))]
        source = next((i for i in given if is_speaker(quote, i)), None)
    return Finding(source, (noun,)) if source is not None else None


def _held_in(quote: Quote, verbs: tuple[int, ...]) -> Finding | None:
    """In a statement by Ortiz, the plan was called "over": a passive verb's words, in what somebody has issued, or
    in what nobody is said to have written."""
    tokens, cues = quote.tokens, quote.cues
    for verb in verbs:
        if quote.barred(verb) or not is_passive(quote, verb):
            continue
        for noun in tokens.having(verb, labels.OBLIQUE):
            if "in" in tokens.cases(noun) and cues.noun_class(noun) is not None and not quote.barred(noun):
                source = noun_source(quote, noun)
                if source in (None, noun):
                    source = noun if cues.noun_class(noun) == "document" else None
                if source is not None:
                    return Finding(source, (noun,))
    return None
