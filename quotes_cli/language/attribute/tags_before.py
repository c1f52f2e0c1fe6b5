"""A quotation passes through here and is looked at behind its tag: the reporting clause or sentence before it."""

from __future__ import annotations

from itertools import takewhile

from quotes_cli.language import labels

from .animacy import can_speak, is_be, is_speaker, is_usable
from .context import PAUSES, Finding, Quote
from .controllers import SHOWING, is_passive
from .cues import REPORTING, SPEAKING
from .lost_subjects import PHRASE_TAGS
from .misread import bearer
from .nominals import head_among, nominal_before
from .sources import COMING_UPON, noun_source, source_of
from .surroundings import announcing, climb
from .vetoes import subordinate, weak

#: Verbs whose object says what is quoted.
CITING = frozenset({"quote", "cite"})


def subject_cue_quote(quote: Quote) -> Finding | None:
    """The tag before the quotation, beside it."""
    region = quote.sentence_before or announcing(quote)
    if not region:
        return None
    beside = quote.tokens.words[region[0]]
    colon, pause = beside == ":", beside in PAUSES | {":"}
    if not pause and not quote.capital:
        return None
    thing = bearer(quote, quote.left)
    if thing is not None:
        return Finding(thing, (quote.left,))
    found = (
        (_noun_and_colon(quote, region) or _whom_one_quotes(quote, region) if colon else None)
        or _is_like(quote, region)
        or _who_is_shown(quote, region)
        or _verb_beside(quote, region)
        or climb(quote, region)
    )
    found = found or _subject_and_cue(quote, region, colon, pause) or (_name_and_cue(quote, region) if pause else None)
    return found or (_mood_and_colon(quote, region) if colon else None)


def _verb_beside(quote: Quote, region: list[int]) -> Finding | None:
    """Lee was there when Ortiz told the crowd, "We lost": the verb has its own subject, and nothing stands between it
    and the pause but whom it speaks to, where and when."""
    tokens, cues = quote.tokens, quote.cues
    if not quote.capital or tokens.words[region[0]] not in PAUSES | {":"}:
        return None
    verb = next((i for i in region[1:12] if tokens.is_verb(i)), None)
    if verb is None:
        return None
    inner = tokens.is_a(verb, labels.CONTENT)  # Lee said that Ortiz had replied: "No."
    if not inner and (tokens.dep[verb] not in ("advcl", "conj") or cues.verb_class(tokens.head[verb]) in SPEAKING):
        return None
    flags = cues.lexicon.flags_of(cues.verb_lemma(verb) or "")
    if "hearer" not in flags and (cues.verb_class(verb) not in SPEAKING or "weak" in flags):
        return None
    own = set(tokens.subtree(verb))
    if not all(i in own for i in region[1 : region.index(verb)]):
        return None
    source = source_of(quote, verb) if any(i < verb for i in tokens.having(verb, labels.SUBJECT)) else None
    return Finding(source, cues.with_particle(verb)) if source is not None and can_speak(tokens, source) else None


def _who_is_shown(quote: Quote, region: list[int]) -> Finding | None:
    """Footage shows Ortiz shouting: "We lost.", whatever the parse makes of it."""
    tokens, cues = quote.tokens, quote.cues
    saying = next(
        (i for i in region[1:9] if tokens.lower[i].endswith("ing") and cues.lexicon.by_form.get(tokens.lower[i])), 0
    )
    phrase = tokens.run_before(saying, lambda i: tokens.tag[i] in PHRASE_TAGS, region[-1])
    if not region[-1] < phrase < saying or tokens.lemma[phrase - 1] not in SHOWING:
        return None
    whom = head_among(quote, list(range(saying - 1, phrase - 1, -1)))
    return Finding(whom, (saying,)) if is_speaker(quote, whom) else None


def _is_like(quote: Quote, region: list[int]) -> Finding | None:
    """Ortiz was like, "We lost." """
    tokens = quote.tokens
    being = 3 if len(region) > 4 and tokens.lower[region[2]] in ("all", "just") else 2
    if len(region) < 4 or tokens.lower[region[1]] != "like" or not is_be(tokens, region[being]):
        return None
    source = region[being + 1]
    subject = tokens.is_a(source, labels.SUBJECT | labels.NAME_PART) and is_speaker(quote, source)
    return Finding(source, (region[1],)) if subject else None


def _noun_and_colon(quote: Quote, region: list[int]) -> Finding | None:
    """Ortiz had a new message: "We will rebuild." Ortiz found a note on the door: "Leave." """
    own = takewhile(lambda i: quote.cues.verb_class(i) not in SPEAKING, region[1:9])  # found a note, and she said:
    found = next((i for i in own if _is_come_upon(quote, i)), None)
    if found is not None:
        return Finding(found, (region[0],))
    if len(region) < 3 or quote.cues.noun_class(region[1]) is None or _is_spoken_about(quote, region[1]):
        return None
    source = noun_source(quote, region[1])
    return Finding(source, (region[1],)) if source is not None and source != region[1] else None


def _is_spoken_about(quote: Quote, noun: int) -> bool:
    """Does somebody speak of the noun, or to it: Ortiz said of *Lee's demand*, told *Lee's show*: "He is wrong." """
    tokens, cases = quote.tokens, quote.tokens.cases(noun)
    if tokens.is_a(noun, labels.OBJECT) and tokens.lemma[tokens.head[noun]] == "tell":
        return True
    if not cases or cases[0] not in ("of", "about", "to", "on", "after"):
        return False
    return any(quote.cues.verb_class(i) in SPEAKING for i in tokens.ancestors(noun) if i < noun)


def _is_come_upon(quote: Quote, noun: int) -> bool:
    """Is it something written, by nobody in particular, that somebody finds or gets?"""
    tokens, verb = quote.tokens, quote.tokens.head[noun]
    got = tokens.dep[noun] in labels.OBJECT and verb < noun and tokens.lemma[verb] in COMING_UPON
    return got and quote.cues.noun_class(noun) == "document" and noun_source(quote, noun) == noun


def _whom_one_quotes(quote: Quote, region: list[int]) -> Finding | None:
    """Lee quotes the lawyer Ana Ortiz: "We will rebuild." """
    tokens = quote.tokens
    verb = next((i for i in region[1:] if tokens.is_verb(i) and tokens.dep[i] != "amod"), None)
    if verb is None or tokens.lemma[verb] not in CITING or is_passive(quote, verb):
        return None
    whom = next((i for i in tokens.having(verb, labels.OBJECT) if i > verb and is_speaker(quote, i)), None)
    if whom is None or not tokens.having(verb, labels.SUBJECT):
        return None
    named = tokens.run_from(whom + 1, lambda i: tokens.entity[i] == "PERSON", region[0])  # hung elsewhere now and then
    phrase = sorted({*tokens.subtree(whom), *range(whom + 1, named)})
    names = [i for i in phrase if tokens.pos[i] == "PROPN" and not quote.barred(i)]
    return Finding(head_among(quote, names) if names else whom, (verb,))


def _mood_and_colon(quote: Quote, region: list[int]) -> Finding | None:
    """Ortiz was furious: "They knew." """
    tokens, mood = quote.tokens, region[1] if len(region) > 1 else -1
    if mood < 0 or not quote.capital or tokens.tag[mood] not in ("JJ", "VBN") or not tokens.having(mood, labels.COPULA):
        return None
    before = (i for i in tokens.having(mood, labels.SUBJECT) if i < mood and is_speaker(quote, i))
    subjects = [i for i in before if quote.cues.noun_class(i) is None]  # "Ortiz's reply was short" is a noun's
    return Finding(subjects[-1], (mood,)) if subjects else None


def _subject_and_cue(quote: Quote, region: list[int], colon: bool, pause: bool) -> Finding | None:
    """The nearest reporting verb before the quotation, where nothing joins the two in the parse."""
    tokens, cues = quote.tokens, quote.cues
    reach, classes = (30, REPORTING) if pause else (4, SPEAKING)
    for place, verb in enumerate(region[:reach]):
        if cues.verb_class(verb) not in classes or tokens.dep[verb] == "case":  # given | the choice
            continue
        put = colon and tokens.lower[region[-1]] == "as"  # As Ortiz, the mayor, put it: "We lost."
        subordinated = not put and quote.vetoed(subordinate, verb)
        if place > 1 and (subordinated or (not quote.capital and quote.vetoed(weak, verb))):
            continue
        source = _source_behind(quote, region, place) if pause else None
        if source is None:
            source = whom_one_asks(quote, verb) if colon else None
        if source is None:
            source = source_of(quote, verb)
        if source is None and colon and verb == region[-1]:
            source = _noun_after_verb(quote, region[place - 1 :: -1])
        if source is None and tokens.tag[verb] != "VBN":
            source = nominal_before(quote, [i for i in reversed(region) if i < verb])
        if source is not None:
            return Finding(source, cues.with_particle(verb))
    return None


def _source_behind(quote: Quote, region: list[int], place: int) -> int | None:
    """The name that alone stands between a verb and the pause before the quotation: But, said Ortiz, "we lost."

    Also whom one quotes, before a colon: Lee quotes Ortiz: "We lost."
    """
    tokens, verb, behind = quote.tokens, region[place], region[1:place]
    if not behind or not all(tokens.tag[i].startswith(("NN", "JJ", "DT", "PRP$")) or tokens.entity[i] for i in behind):
        return None
    if not any(tokens.pos[i] == "PROPN" for i in behind):  # Adds his wife, "We lost."
        speaks = quote.cues.verb_class(verb) in SPEAKING and quote.cues.tense(verb) & {"past", "third"}
        return behind[0] if speaks and verb == region[-1] and is_speaker(quote, behind[0]) else None
    if tokens.lemma[verb] in ("quote", "cite") and tokens.words[region[0]] == ":" and tokens.tag[verb] != "VBN":
        return _last_head(quote, behind)
    opens = verb == region[-1] or tokens.words[verb - 1] in PAUSES
    if not opens or not quote.cues.is_finite(verb) or quote.cues.verb_class(verb) not in SPEAKING:
        return None
    if any(i < verb for i in tokens.having(verb, labels.SUBJECT)):
        return None
    return _last_head(quote, behind)


def _last_head(quote: Quote, phrase: list[int]) -> int | None:
    """The head of a noun phrase, given nearest first, that ends in a name."""
    name = next(i for i in phrase if quote.tokens.pos[i] == "PROPN")
    return head_among(quote, [name, *phrase]) if is_usable(quote, name) else None


def whom_one_asks(quote: Quote, verb: int) -> int | None:
    """Ortiz was asked about the delay: "We will rebuild." """
    tokens, cues = quote.tokens, quote.cues
    if not quote.capital or cues.verb_class(verb) != "ask" or tokens.tag[verb] not in ("VBN", "VBD"):
        return None
    if tokens.tag[verb] == "VBD" and not is_passive(quote, verb):
        return None
    fit = [i for i in tokens.having(verb, labels.SUBJECT) if i < verb and is_usable(quote, i)]
    return fit[-1] if fit and can_speak(tokens, fit[-1]) else None


def _noun_after_verb(quote: Quote, behind: list[int]) -> int | None:
    """Said Ortiz: "We will rebuild." Not: Asked what she would do, ..."""
    noun = next((i for i in behind if quote.tokens.is_nominal(i)), None)
    return noun if noun is not None and is_speaker(quote, noun) else None


def _name_and_cue(quote: Quote, region: list[int]) -> Finding | None:
    """Nothing but a name and a past tense before the quotation, whatever the tagger made of them."""
    tokens = quote.tokens
    cue = next((i for i in region[:3] if tokens.words[i][:1].isalpha()), None)
    if cue is None or len(region) > 9 or not quote.cues.is_finite(cue) or not tokens.words[cue - 1][:1].isupper():
        return None
    start = name = cue - 1
    while start - 1 in region and (
        tokens.words[start - 1][:1].isupper() or tokens.tag[start - 1].startswith(("JJ", "NN", "DT"))
    ):
        start -= 1
    return Finding(name, (cue,), mention=(tokens.start[start], tokens.end[name]))


def name_before_colon(quote: Quote) -> Finding | None:
    """The result did not surprise the pollster Ana Ortiz: "They always lose."; but it is Lee's: Lee had a message *for*
    Ana Ortiz: "Go." """
    tokens, region = quote.tokens, quote.sentence_before or announcing(quote)
    if len(region) < 2 or not quote.capital or tokens.words[region[0]] != ":" or tokens.entity[region[1]] != "PERSON":
        return None
    if any(quote.cues.verb_class(i) in SPEAKING for i in region):
        return None
    name = next(i for i in region[1:] if tokens.entity[i] != "PERSON" or tokens.begins_entity[i])
    top = tokens.leftmost_top(name, region[1] + 1)
    if not {"for", "to", "with", "by", "about"}.isdisjoint(tokens.cases(top)):
        clause = next((i for i in tokens.ancestors(top) if tokens.dep[i] in labels.ROOT), top)
        persons = (i for i in tokens.having(clause, labels.SUBJECT) if tokens.entity[i] == "PERSON")
        name = next((i for i in persons if i < name), name)
    return Finding(name, (region[0],)) if is_usable(quote, name) else None
