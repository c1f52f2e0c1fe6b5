"""An utterance passes through here and is looked at beside what somebody does: "No." Ortiz shook her head."""

from __future__ import annotations

from quotes_cli.language import labels
from quotes_cli.language.nouns import denotes
from quotes_cli.language.words.lists import column

from .animacy import is_speaker
from .complements import is_person
from .context import FINAL, Finding, Quote
from .controllers import ADDING, is_passive
from .cues import FINITE, SPEAKING
from .vetoes import SUBORDINATORS, has_content


def beat(quote: Quote) -> Finding | None:
    """What somebody does beside an utterance: "No." Ortiz shook her head. Ortiz shook her head: "No." """
    if not quote.capital or quote.ending not in FINAL or quote.parent is not None:
        return None
    return deed_before(quote) or _deed_behind(quote)


def deed_before(quote: Quote) -> Finding | None:
    """Ortiz leaned back: "We lost." Not where a text stands before the colon: Ortiz found a note: "Pay." """
    tokens, region = quote.tokens, quote.sentence_before
    if len(region) < 3 or tokens.words[region[0]] != ":":
        return None
    written = [i for i in region[1:] if tokens.folded[i] in column("document_nouns.txt")]
    if any(tokens.lower[i + 1] != "of" for i in written):  # "a piece of advice"
        return None
    return _subject_of_sentence(quote, region[::-1])


def _deed_behind(quote: Quote) -> Finding | None:
    """ "We lost." Ortiz leaned back. Only where the utterance begins its paragraph."""
    if quote.left >= 0 or not quote.after:
        return None
    if any(quote.barred(i) for i in range(quote.after[-1] + 1, quote.tokens.paragraph_end(quote.last))):
        return None
    sentence = quote.sentence_after
    if sentence and quote.tokens.lower[sentence[0]] in SUBORDINATORS:
        return None  # After Lee left, they closed.
    found = _subject_of_sentence(quote, sentence)
    if found is None or found.source is None or _tells(quote, found.cue[0]) or _is_told_of(quote, found):
        return None
    meets = denotes(quote.tokens.folded[found.source], quote.tokens.tag[found.source]) == "body"  # the council
    return None if meets else found


def _tells(quote: Quote, verb: int) -> bool:
    """Does the verb report something else: "We lost." Ortiz testified that it was so? Who *adds* it has spoken."""
    speaks = quote.cues.verb_class(verb) in SPEAKING and quote.tokens.lemma[verb] not in ADDING
    return speaks and has_content(quote, verb)


def _is_told_of(quote: Quote, found: Finding) -> bool:
    """Is what somebody does reported by another at the sentence's end: Two men were hurt, *police said*?"""
    tokens, cues = quote.tokens, quote.cues
    tags = (i for i in quote.sentence_after if tokens.tag[i] in FINITE and cues.verb_class(i) in SPEAKING)
    return any(set(tokens.having(i, labels.SUBJECT)) - {found.source} for i in tags)


def _subject_of_sentence(quote: Quote, sentence: list[int]) -> Finding | None:
    """The person whom a sentence begins with, as the subject of its first verb."""
    tokens = quote.tokens
    verb = next((i for i in sentence if tokens.tag[i] in FINITE and tokens.pos[i] in ("VERB", "AUX")), None)
    if verb is None or not tokens.words[sentence[0]][:1].isalnum():
        return None
    predicate = tokens.head[verb] if tokens.dep[verb] in labels.COPULA | labels.AUXILIARY else verb
    if is_passive(quote, predicate) and "hearer" in quote.cues.lexicon.flags_of(quote.cues.verb_lemma(predicate) or ""):
        return None  # Ortiz was told: "Leave."
    subjects = [i for i in tokens.having(predicate, labels.SUBJECT) if sentence[0] <= i < verb]
    person = next((i for i in subjects if is_person(quote, i) and is_speaker(quote, i)), None)
    return Finding(person, (verb,)) if person is not None else None
