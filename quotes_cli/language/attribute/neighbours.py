"""A quotation without a tag passes through here; its source stands with a neighbour: a quotation or sentence before."""

from __future__ import annotations

from dataclasses import replace

from quotes_cli.language import labels

from .animacy import can_speak, is_speaker, is_usable
from .context import FINAL, REACH, Finding, Quote
from .cues import SPEAKING
from .sources import source_of


def continuation(quote: Quote) -> Finding | None:
    """The speaker goes on after a finished tag."""
    other = quote.context.attributed.get(quote.parent)
    if other is None or other.finding is None or other.last_paragraph != quote.paragraph:
        return None
    return None if _has_sentence_of_its_own(quote, other) else replace(other.finding)


def _has_sentence_of_its_own(quote: Quote, other: Quote) -> bool:
    """Is it a fragment of a later sentence than the other quotation, and that one's speaker not meant?"""
    tokens, context = quote.tokens, quote.context
    if quote.capital or quote.left < 0:
        return False
    between = range(max(other.last + 1, quote.first - REACH), quote.first)
    if not any(context.ends_sentence(i) for i in between if not context.mark[i]):
        return False
    if quote.words < 4 or quote.ending not in FINAL:
        return True
    return any(tokens.is_a(i, labels.SUBJECT) and can_speak(tokens, i) for i in quote.sentence_before)


def lead_in(quote: Quote) -> Finding | None:
    """The sentence before introduces the quotation."""
    if not quote.capital or quote.sentence_before or (quote.ending not in FINAL and quote.words < 3):
        return None
    return _report_before(quote) or _name_before(quote)


def _report_before(quote: Quote) -> Finding | None:
    """The nearest reporting verb before, or the outermost verb of speaking above it that has a source."""
    tokens, cues = quote.tokens, quote.cues
    for verb in quote.before:
        if quote.barred(verb) or cues.verb_class(verb) is None:
            continue
        above = [i for i in tokens.ancestors(verb) if cues.verb_class(i) in SPEAKING and not quote.barred(i)]
        for cue in (*reversed(above), verb):
            source = source_of(quote, cue)
            if source is not None and can_speak(tokens, source):
                return Finding(source, cues.with_particle(cue))
    return None


def _name_before(quote: Quote) -> Finding | None:
    """The nearest person who is the subject of a sentence."""
    tokens = quote.tokens
    for i in quote.before:
        named = tokens.entity[i] == "PERSON" or tokens.tag[i] in ("PRP", "NNP")
        main = tokens.is_a(i, labels.SUBJECT) and tokens.dep[tokens.head[i]] in labels.ROOT | labels.CONTENT
        if named and main and is_speaker(quote, i):
            return Finding(i)
    return None


def previous_paragraph(quote: Quote) -> Finding | None:
    """A paragraph of quotation only, behind one whose quotation has a speaker, or that reports."""
    tokens = quote.tokens
    if quote.left >= 0:
        return None
    last = quote.first - 1
    while last >= 0 and tokens.paragraph[last] == quote.paragraph:
        last -= 1
    beside = last >= 0 and tokens.paragraph[last] == quote.paragraph - 1
    announced = beside and tokens.words[last].endswith(":")
    if not announced and any(tokens.words[i][:1].isalnum() for i in quote.after):
        return None
    other = quote.sibling
    if other is not None and other.last_paragraph == quote.paragraph - 1 and other.finding is not None:
        return replace(other.finding)
    return _reporter_before(quote, last)


def _reporter_before(quote: Quote, last: int) -> Finding | None:
    """The last reporting verb, with its source, of the paragraph that ends at a token."""
    tokens, cues = quote.tokens, quote.cues
    for verb in range(last, -1, -1):
        if tokens.paragraph[verb] != quote.paragraph - 1:
            break
        if quote.barred(verb) or cues.verb_class(verb) is None:
            continue
        source = source_of(quote, verb)
        if source is None:
            behind = (i for i in tokens.having(verb, labels.SUBJECT | labels.OBJECT) if i > verb)
            source = next((i for i in behind if is_usable(quote, i)), None)
        if source is not None:
            return Finding(source, cues.with_particle(verb))
    return None
