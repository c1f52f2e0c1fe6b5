"""A fragment passes through here and is looked at inside the clause, noun phrase or frame that reports it."""

from __future__ import annotations

from collections.abc import Iterator

from quotes_cli.language import labels

from .agents import agent
from .animacy import can_speak, is_speaker, is_usable
from .context import FINAL, PAUSES, Finding, Quote
from .controllers import is_passive
from .cues import FINITE, SPEAKING, STRONG
from .mentions import PLATFORMS
from .nominals import nominal_before
from .sources import source_of
from .surroundings import INNER, climb
from .telling import telling_noun, uttered_by
from .vetoes import deed, has_content, weak

#: What a paper does with the texts of others.
OBTAINING = frozenset("see obtain view review read acquire access receive examine inspect hear consult get".split())
#: Classes of verbs that report a fragment to which nothing joins them.
NEAREST = frozenset({"say", "write", "name", "act"})
LONGEST_REST = 60  # tokens behind the marks


def reported_clause(quote: Quote) -> Finding | None:
    """A fragment anywhere under a reported clause: climb to the verb that governs it."""
    meant = _meant(quote)
    if meant is not None:
        return meant
    found = None if _is_credited_behind(quote) or telling_noun(quote) else climb(quote)
    return found if found is None else _credited_before(quote, found) or uttered_by(quote, found.cue[0]) or found


def _meant(quote: Quote) -> Finding | None:
    """What Ortiz, what the treaty means by "soon"."""
    tokens, region = quote.tokens, quote.sentence_before
    by = next((k for k, i in enumerate(region[:2]) if tokens.lower[i] == "by"), -1)
    verb = region[by + 1] if 0 <= by < len(region) - 1 else -1
    if verb < 0 or tokens.lemma[verb] != "mean" or tokens.lower[verb] == "meaning" or is_passive(quote, verb):
        return None
    subject = next((i for i in tokens.having(verb, labels.SUBJECT) if is_speaker(quote, i)), None)
    return None if subject is None else Finding(subject, (verb,))


def _credited_before(quote: Quote, found: Finding) -> Finding | None:
    """Whom "according to" names at the begin of a sentence in which another only speaks somewhere before the words:
    According to Ortiz, Lee assured them he would come "at once"."""
    region = quote.sentence_before[::-1]
    beside = quote.left - found.cue[-1] < 2  # According to Ortiz, Lee said "we lost"
    if beside or not region or quote.cues.verb_class(found.cue[0]) not in SPEAKING:
        return None
    cue = _preposition(quote, region[0])
    source = _noun_of_preposition(quote, cue) if len(cue) > 1 else None
    if source is None or not is_usable(quote, source) or source > found.cue[0]:
        return None
    return Finding(source, tuple(cue))


def _is_credited_behind(quote: Quote) -> bool:
    """Does "according to her lawyers" follow, with no verb of speaking before, so that it goes before other verbs?"""
    tokens, cues = quote.tokens, quote.cues
    if [tokens.lower[i] for i in quote.sentence_after[:2]] != ["according", "to"]:
        return False
    return not any(cues.verb_class(i) in SPEAKING for i in quote.sentence_before)


def nearest_cue(quote: Quote) -> Finding | None:
    """The parse lost the way: the nearest reporting verb before the fragment."""
    tokens, cues = quote.tokens, quote.cues
    classes = STRONG | {"act"} if quote.capital else NEAREST
    for verb in () if telling_noun(quote) else quote.sentence_before:
        if tokens.lower[verb] == "according":
            return None  # Lee denied it, but according to Ortiz there were "ten" of them
        if cues.verb_class(verb) not in classes or quote.vetoed(weak, verb) or quote.vetoed(deed, verb):
            continue
        head = tokens.head[verb]
        if tokens.dep[verb] in labels.CONTENT and head < verb and cues.verb_class(head) in SPEAKING:
            verb = verb if quote.barred(head) or is_passive(quote, verb) else head  # arguing that data *assures* them
        source = source_of(quote, verb)
        if source is None and tokens.tag[verb] in FINITE:
            source = nominal_before(quote, [i for i in reversed(quote.sentence_before) if i < verb])
        if source is not None:
            return Finding(source, cues.with_particle(verb))
    return None


def aside(quote: Quote) -> Finding | None:
    """The reporting clause hangs on the quotation's own clause, or on a noun in it."""
    own = quote.tops
    return _beside_own_clause(quote, own) or _on_own_noun(quote, own) or _right_behind(quote) or _as_said(quote)


def _as_said(quote: Quote) -> Finding | None:
    """It is no "safe" port, as Ortiz claimed at first, as claimed by Ortiz."""
    tokens, cues, region = quote.tokens, quote.cues, quote.sentence_after
    for place, i in enumerate(region):
        paused = tokens.words[region[place - 1]] in PAUSES if place else quote.ending == ","
        if tokens.lower[i] != "as" or not paused:
            continue
        verb = next((k for k in region[place + 1 : place + 9] if tokens.is_verb(k)), i)
        if cues.verb_class(verb) not in SPEAKING or weak(quote, verb) or has_content(quote, verb):
            return None
        source = agent(quote, verb) if verb == i + 1 else source_of(quote, verb)
        ends = tokens.behind(verb) == "" or tokens.pos[verb + 1] in ("PUNCT", "ADP", "ADV", "SCONJ")
        said = ends and source is not None and i < source and is_speaker(quote, source)
        return Finding(source, cues.with_particle(verb)) if said else None
    return None


def _right_behind(quote: Quote) -> Finding | None:
    """The "fair rent" Ortiz had pledged: right behind the marks a name and what it does with words, and no more."""
    tokens, cues, name = quote.tokens, quote.cues, quote.right
    if (
        quote.capital
        or not quote.ending.isalnum()
        or name < 0
        or not (tokens.tag[name] == "PRP" or tokens.pos[name] == "PROPN")
    ):
        return None
    verb = next((i for i in quote.sentence_after[:8] if tokens.pos[i] == "VERB"), None)
    if verb is None or cues.verb_class(verb) is None:
        return None
    between = range(name, verb)
    main = any(tokens.tag[i] in FINITE for i in quote.sentence_before)  # by making it "the one" Ortiz wants to help
    if not main or any(tokens.words[i] == "," for i in between):
        return None
    subject = next((i for i in tokens.having(verb, labels.SUBJECT) if i in between and is_speaker(quote, i)), None)
    taken = tokens.having(verb, labels.OBJECT | labels.CONTENT)
    return None if subject is None or any(i > verb for i in taken) else Finding(subject, cues.with_particle(verb))


def _beside_own_clause(quote: Quote, own: list[int]) -> Finding | None:
    """It was "a hard year", Ortiz said."""
    tokens, cues = quote.tokens, quote.cues
    above = [i for top in own for i in tokens.ancestors(top) if not quote.barred(i)]
    for governor in (*own, *above):
        for verb in tokens.having(governor, labels.CONTENT):
            if quote.barred(verb) or cues.verb_class(verb) not in SPEAKING | {"think"}:
                continue
            source = source_of(quote, verb)
            if source is not None and can_speak(tokens, source) and not quote.vetoed(has_content, verb):
                return Finding(source, cues.with_particle(verb))
    return None


def _on_own_noun(quote: Quote, own: list[int]) -> Finding | None:
    """The "loopholes" Ortiz cited"""
    tokens, cues = quote.tokens, quote.cues
    for top in own:
        for verb in tokens.having(top, labels.RELATIVE):
            if quote.barred(verb) or cues.verb_class(verb) is None or tokens.having(verb, labels.OBJECT):
                continue
            behind = (i for i in tokens.having(verb, labels.SUBJECT) if i > quote.last and is_usable(quote, i))
            source = next(behind, None)
            if source is not None and can_speak(tokens, source):
                return Finding(source, cues.with_particle(verb))
    return None


def according_to(quote: Quote) -> Finding | None:
    """A prepositional frame in the sentence."""
    region = (_rest_of_sentence(quote) if _goes_on_behind(quote) else []) + quote.sentence_before
    for start in region:
        cue = _preposition(quote, start)
        source = _noun_of_preposition(quote, cue) if cue else None
        if source is None or not is_usable(quote, source):
            continue
        if not start < quote.first <= source:  # according to the "open door" theory
            return Finding(source, tuple(cue))
    return None


def _rest_of_sentence(quote: Quote) -> list[int]:
    """The tokens behind the marks up to the end of the sentence, past other fragments in marks: there is a "bleak" time
    and "no help", according to Ortiz."""
    tokens, context = quote.tokens, quote.context
    found: list[int] = []
    stop = min(tokens.paragraph_end(quote.last), quote.last + LONGEST_REST)
    for i in range(quote.right, stop) if quote.right >= 0 else ():
        if not quote.barred(i):
            found.append(i)
            if context.ends_sentence(i):
                break
        elif context.cover[i] < 0 or context.quotes[context.cover[i]].capital or quote.ends_another(i):
            break
    return found


def _goes_on_behind(quote: Quote) -> bool:
    """Does the sentence go on behind the quotation: it ends with no full stop, or a pause or small letter follows?"""
    behind = quote.tokens.words[quote.right][:1] if quote.right >= 0 else ""
    return quote.ending not in FINAL or behind in PAUSES or behind.islower()


def _preposition(quote: Quote, start: int) -> range:
    """The tokens of a preposition that names a source, where one starts at a token; none otherwise."""
    lower = quote.tokens.lower
    pair = lower[start : start + 2]
    if pair == ["reported", "by"] or (pair == ["according", "to"] and start + 2 < len(lower)):
        return range(start, start + 2)
    return range(start, start + 1) if lower[start] in ("per", "citing") and not _is_rate(quote, start) else range(0)


def _is_rate(quote: Quote, i: int) -> bool:
    """Is it the "per" of so much for each: $50 *per* worker?"""
    return quote.tokens.lower[i] == "per" and "CD" in quote.tokens.tag[max(i - 2, 0) : i]


def _noun_of_preposition(quote: Quote, cue: range) -> int | None:
    """The head of the noun phrase behind a preposition: according to the event organizer, the Harbour *Alliance*."""
    tokens = quote.tokens
    heads = (tokens.head[cue[0]], tokens.head[cue[-1]])
    noun = next((i for i in heads if tokens.is_nominal(i) and i > cue[0] and not quote.barred(i)), None)
    if noun is None:
        behind = range(cue.stop, min(cue[0] + 12, len(tokens)))
        noun = next((i for i in behind if tokens.is_nominal(i) and tokens.dep[i] not in INNER), None)
    issued = tokens.having(noun, labels.NOUN_CLAUSE) if noun is not None else []
    issued = [i for i in issued if tokens.lemma[i] not in OBTAINING]  # a memo seen by the Harbour Post
    issuer = next((i for clause in issued if (i := agent(quote, clause)) is not None), None)
    if issuer is not None:
        return issuer  # according to a release issued by the port
    if noun is None or can_speak(tokens, noun) or not tokens.words[noun].islower():
        return noun
    end = tokens.run_from(noun + 1, lambda i: not quote.context.ends_sentence(i), min(noun + 5, len(tokens)))
    fit = (i for i in range(noun + 1, end) if tokens.is_nominal(i) and tokens.dep[i] not in INNER)
    return next((i for i in fit if can_speak(tokens, i)), None)


def frame(quote: Quote) -> Finding | None:
    """A frame with the source inside it, or behind it."""
    for region in (quote.sentence_before[::-1], quote.sentence_after if _goes_on_behind(quote) else []):
        words = [quote.tokens.lower[i].replace("’", "'") for i in region]
        present = set(words)
        for before, closed, after in quote.cues.frames:
            if present.issuperset(before) and present.issuperset(after):
                for start, end in _slots(words, before, after, closed):
                    source = _source_in_slot(quote, region[start:end], closed)
                    cue = region[end : end + len(after)] or region[start - len(before) : start]
                    if source is not None and not _is_rate(quote, cue[0]):
                        return Finding(source, tuple(cue))
    return None


def _source_in_slot(quote: Quote, region: list[int], closed: bool) -> int | None:
    """The last noun in a slot ("in * words"), or the head of the first behind a phrase ("in the words of")."""
    tokens = quote.tokens
    fit = [
        i
        for i in region
        if tokens.words[i][:1].isupper() or ((tokens.is_nominal(i) or tokens.tag[i] == "PRP$") and can_speak(tokens, i))
        if is_usable(quote, i) and (closed or tokens.lower[i] not in PLATFORMS)  # via Twitter
    ]
    if closed or not fit:
        return fit[-1] if fit else None
    return next((i for i in fit if tokens.dep[i] not in labels.NAME_PART | labels.POSSESSOR), fit[0])


def _slots(words: list[str], before: list[str], after: list[str], closed: bool) -> Iterator[tuple[int, int]]:
    """Where between the words of a phrase its slot may stand: up to six words; an open one ends with the clause."""
    for place in range(len(words) - len(before)):
        start = place + len(before)
        if words[place:start] != before:
            continue
        for end in range(start + 1, min(start + 7, len(words) + 1)):
            if words[end : end + len(after)] == after and (
                closed or end == len(words) or words[end] in (",", ".", ":")
            ):
                yield start, end
