"""A fragment passes through here and is looked at in its sentence: the tag that ends or interrupts this."""

from __future__ import annotations

from quotes_cli.language import labels

from .animacy import is_speaker, is_time
from .context import DASHES, FINAL, FULL_STOPS, PAUSES, Finding, Quote
from .cues import FINITE, SPEAKING
from .nominals import nominal_before
from .sources import source_of
from .surroundings import INNER
from .tags import class_of_plural, quote_cue_subject, quote_subject_cue
from .vetoes import has_content

#: Quotations of one sentence that are looked at for its tag.
MOST_IN_SENTENCE = 8


def sentence_tag(quote: Quote) -> Finding | None:
    """The tag ends, or interrupts, a sentence that holds the fragment."""
    tokens, cues = quote.tokens, quote.cues
    behind = next((tokens.words[i] for i in quote.sentence_after[:2] if tokens.words[i] not in DASHES), "")
    ended = quote.capital and quote.ending in FINAL and behind[:1].isupper()
    for region in ([] if ended else quote.sentence_after, quote.sentence_before[::-1]):  # "We ran." All left, Lee said
        for place, verb in enumerate(region):
            if place == 0:
                continue
            plural = place + 1 == len(region) and class_of_plural(quote, region[-4:], len(region[-4:]) - 1)
            if plural not in SPEAKING and (tokens.tag[verb] not in FINITE or cues.verb_class(verb) not in SPEAKING):
                continue
            if not _ends_clause(quote, region[place + 1 :]) or quote.vetoed(has_content, verb):
                continue
            source = nominal_before(quote, region[:place]) if plural else source_of(quote, verb)
            if source is not None and source < verb and _phrase_behind_pause(quote, source, region):
                return Finding(source, cues.with_particle(verb))
            source = _subject_behind(quote, verb) if tokens.words[region[place - 1]] in PAUSES else None
            if source is not None:
                return Finding(source, cues.with_particle(verb))
    return _tag_of_next(quote)


def _tag_of_next(quote: Quote) -> Finding | None:
    """The tag behind a later quotation of the same sentence: It is "ready" for them, "above all here", Ortiz said."""
    context, here = quote.context, quote
    for other in context.quotes[quote.number + 1 : quote.number + 1 + MOST_IN_SENTENCE]:
        between = [i for i in range(here.last + 1, other.first) if not context.mark[i]]
        if other.parent != quote.parent or other.paragraph != quote.paragraph or here.ending in FINAL:
            return None
        if any(map(context.ends_sentence, between)) or other.test is not None or other.capital:
            return None
        found = quote_cue_subject(other) or quote_subject_cue(other)
        if found is not None:
            return found
        here = other
    return None


def _subject_behind(quote: Quote, verb: int) -> int | None:
    """It "may well" rain, said Ortiz, an engineer. Nothing but pauses, prepositions and times follow the name."""
    tokens, cues = quote.tokens, quote.cues
    if cues.verb_lemma(verb) in ("tell", "ask") or any(i < verb for i in tokens.having(verb, labels.SUBJECT)):
        return None
    name = verb + 1
    while name + 1 < len(tokens) and tokens.dep[name] in INNER | labels.DESCRIPTION and tokens.head[name] > name:
        name += 1
    last = name
    while not tokens.ends_paragraph(last) and tokens.pos[last + 1] == "PROPN" and not is_time(tokens, last + 1):
        last += 1
    if last >= len(tokens) or tokens.pos[name] not in ("PROPN", "NOUN") or not is_speaker(quote, name):
        return None
    behind = last + 1
    closes = tokens.ends_paragraph(last) or tokens.words[behind] in PAUSES | FULL_STOPS or is_time(tokens, behind)
    return name if closes or (tokens.tag[behind] == "IN" and tokens.lower[behind] not in ("that", "if")) else None


def _phrase_behind_pause(quote: Quote, source: int, region: list[int]) -> bool:
    """Does the source's noun phrase stand in the region, behind a comma or dash?"""
    tokens = quote.tokens
    opening = next(i for i in tokens.subtree(source) if i <= source)
    if source not in region or opening not in region:
        return False
    place = region.index(opening)
    while place > 0 and tokens.tag[region[place - 1]] == "DT":  # of a verb read as a plural: "the paper states"
        place -= 1
    return place > 0 and tokens.words[region[place - 1]] in PAUSES


def _ends_clause(quote: Quote, behind: list[int]) -> bool:
    """Does nothing follow the cue but a pause, or when, where and to whom it was said?"""
    tokens = quote.tokens
    if not behind or tokens.words[behind[0]] in (",", ";", "—", "–", "-"):
        return True
    return tokens.pos[behind[0]] in ("ADP", "ADV", "PROPN")
