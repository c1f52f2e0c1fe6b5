"""A quotation without a tag passes through here; its source stands with a neighbour: a quotation or sentence before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quotes_cli.language import labels

from .animacy import can_speak, is_speaker, is_usable
from .beats import deed_before
from .context import FINAL, PAUSES, REACH, Finding, Quote
from .cues import FINITE, SPEAKING, STRONG
from .sources import source_of
from .surroundings import names_thing
from .tags import TAG_RULES
from .tags_before import name_before_colon, whom_one_asks
from .vetoes import SUBORDINATORS, subordinate

#: Words of an utterance in an exchange that needs no tags; who speaks at more length goes on.
LONGEST_TURN = 8
#: Rules of a tag or clause in the paragraph before, with whose speaker the next paragraph goes on.
GOING_ON_RULES = TAG_RULES | {"subject_cue_quote", "reported_clause", "continuation", "previous_paragraph"}
#: Who asks where the author tells of an interview.
AUTHORS = frozenset({"i", "we"})
#: Who is spoken to in an utterance that the paragraph before quotes without marks.
HEARERS = frozenset({"you", "we", "i"})


def continuation(quote: Quote) -> Finding | None:
    """The speaker goes on after a finished tag."""
    other = quote.context.attributed.get(quote.parent)
    if other is None or other.finding is None or other.last_paragraph != quote.paragraph:
        return None
    if quote.resumes:
        return replace(other.finding)
    if _has_sentence_of_its_own(quote, other) or _is_named_so(quote) or _is_introduced(quote, other):
        return None
    deed = deed_before(quote) if quote.capital and quote.ending in FINAL else None
    if deed is not None and deed.source is not None and quote.tokens.tag[deed.source] != "PRP":
        return None  # "We lost," Lee said. Ortiz disagreed: "We won."
    return _reported_between(quote, other) or replace(other.finding)


def _is_in_sentence(quote: Quote) -> bool:
    """Do a few words with a capital stand in another's sentence: "We lost," Lee said. They had played "Salt" there?"""
    tokens, region = quote.tokens, quote.sentence_before
    short = quote.capital and quote.words < LONGEST_TURN and bool(region) and region[0] == quote.left
    return short and tokens.words[quote.left] not in PAUSES | {":", ";"}


def _is_introduced(quote: Quote, other: Quote) -> bool:
    """Is the sentence between the two about another person, and no tag of the first: "We lost," Lee said. Ortiz says
    it is too late. "We tried." """
    if not quote.capital or quote.sentence_before or other.finding is None:
        return False
    between = _last_sentence(quote)
    if not between or between[-1] <= other.last or not set(between).isdisjoint(other.finding.cue):
        return False
    found = _person_of(quote, between)
    if found is None or found.source is None:
        return False
    speaks = bool(found.cue) and quote.cues.verb_class(found.cue[0]) in SPEAKING
    return speaks or quote.tokens.entity[found.source] == "PERSON"


def _reported_between(quote: Quote, other: Quote) -> Finding | None:
    """Who is said to speak in a sentence between the two that quotes nothing: "We lost," Lee said. The port is old,
    *Ortiz* says. Nobody denies it. "We tried." """
    tokens, cues = quote.tokens, quote.cues
    ended = False
    found: Finding | None = None
    for i in quote.before:
        if i <= other.last or (quote.barred(i) and not quote.context.is_no_quotation(i)):
            return found if quote.ends_another(i) else None
        if quote.context.ends_sentence(i):
            if found is not None:
                return found
            ended = True
        elif ended and found is None and tokens.tag[i] in FINITE and cues.verb_class(i) in SPEAKING:
            source = source_of(quote, i)
            if source is not None and tokens.entity[source] == "PERSON" and is_speaker(quote, source):
                found = Finding(source, cues.with_particle(i))
    return None


def _last_sentence(quote: Quote) -> list[int]:
    """Tokens of the sentence that ends before the quotation, nearest first, if nothing is quoted in it."""
    found: list[int] = []
    for i in quote.before:
        if quote.barred(i):
            return found if quote.ends_another(i) else []
        if found and quote.context.ends_sentence(i):
            break
        found.append(i)
    return found


def _person_of(quote: Quote, region: Sequence[int]) -> Finding | None:
    """Who reports in a region before the quotation, or is the subject there."""
    return _report_before(quote, region, outer=True) or _name_before(quote, region) or _report_before(quote, region)


def _is_named_so(quote: Quote) -> bool:
    """Is it what something is called by nobody in particular: it's instead been dubbed "farmer's lung"?"""
    tokens, namer = quote.tokens, quote.left
    while namer > 0 and (tokens.tag[namer] == "DT" or tokens.lower[namer] == "as"):
        namer -= 1
    passive = not quote.capital and namer >= 0 and tokens.tag[namer] == "VBN"
    return passive and quote.cues.verb_class(namer) == "name" and not tokens.having(namer, labels.AGENT)


def _has_sentence_of_its_own(quote: Quote, other: Quote) -> bool:
    """Is it a fragment of a later sentence than the other quotation, and that one's speaker not meant?"""
    tokens, context = quote.tokens, quote.context
    if _is_in_sentence(quote):
        return True
    if (quote.capital and not names_thing(quote)) or quote.left < 0:
        return False
    between = [i for i in range(max(other.last + 1, quote.first - REACH), quote.first) if not context.mark[i]]
    ended = other.capital and other.ending in FINAL and bool(between) and tokens.words[between[0]][:1].isupper()
    if not ended and not any(map(context.ends_sentence, between)):
        return False
    if quote.words < 4 or (quote.ending not in FINAL and not _is_whole_sentence(quote)):
        return True
    return any(tokens.is_a(i, labels.SUBJECT) and can_speak(tokens, i) for i in quote.sentence_before)


def _is_whole_sentence(quote: Quote) -> bool:
    """Is it all of its sentence but for a first word that joins it on: But "the town has changed, too"?"""
    tokens = quote.tokens
    joins = len(quote.sentence_before) == 1 and tokens.tag[quote.sentence_before[0]] in ("CC", "RB")
    return joins and all(tokens.pos[i] == "PUNCT" for i in quote.sentence_after)


def lead_in(quote: Quote) -> Finding | None:
    """The sentence before introduces the quotation."""
    named = name_before_colon(quote)
    if named is not None:
        return named
    if not quote.capital or quote.sentence_before or (quote.ending not in FINAL and quote.words < 3):
        return None
    return _person_of(quote, _last_sentence(quote)) or _person_of(quote, quote.before)


def _report_before(quote: Quote, region: Sequence[int], *, outer: bool = False) -> Finding | None:
    """The nearest reporting verb of a region, or the outermost verb of speaking above it that has a source; `outer`: of
    no clause that only dates another: When the port said so, Ortiz came."""
    tokens, cues = quote.tokens, quote.cues
    for verb in region:
        if quote.barred(verb) or cues.verb_class(verb) is None or (outer and subordinate(quote, verb)):
            continue
        speaks = cues.verb_class(verb) in SPEAKING
        reports = SPEAKING if speaks else SPEAKING | {"think"}  # Ortiz believes Lee blamed them
        above = [i for i in tokens.ancestors(verb) if cues.verb_class(i) in reports and not quote.barred(i)]
        for cue in (*reversed(above), verb):
            asked = whom_one_asks(quote, cue)
            source = source_of(quote, cue) if asked is None else asked
            if source is not None and tokens.lower[source] in AUTHORS and cues.verb_class(cue) == "ask":
                whom = (i for i in tokens.having(cue, labels.OBJECT) if is_speaker(quote, i))
                source = next(whom, None)  # I asked Ortiz why. "We lost."
            if source is not None and can_speak(tokens, source):
                return Finding(source, cues.with_particle(cue))
    return None


def _name_before(quote: Quote, region: Sequence[int]) -> Finding | None:
    """The nearest person of a region who is the subject of a sentence, and is not spoken to."""
    tokens = quote.tokens
    for i in region:
        named = tokens.entity[i] == "PERSON" or tokens.tag[i] in ("PRP", "NNP")
        subject = tokens.head[i] if tokens.entity[i] == "PERSON" and tokens.is_a(i, labels.APPOSITION) else i
        main = tokens.is_a(subject, labels.SUBJECT) and (
            tokens.dep[tokens.head[subject]] in labels.ROOT | labels.CONTENT
        )
        main = main or (tokens.dep[i] in labels.ROOT and bool(tokens.having(i, labels.COPULA)))  # one of them is Ortiz
        main = main or (tokens.entity[i] == "PERSON" and tokens.cases(i) == ["for"] and _opens(quote, i))
        if named and main and is_speaker(quote, i) and tokens.lower[i] not in HEARERS:
            return Finding(i)
    return None


def _opens(quote: Quote, i: int) -> bool:
    """Does a name with its preposition open the sentence, with a comma behind: *For Ana Ortiz,* the time is near?"""
    tokens = quote.tokens
    first = tokens.run_before(i, lambda k: tokens.pos[k] == "PROPN") - 1
    end = tokens.run_from(i, lambda k: tokens.pos[k] == "PROPN", len(tokens) - 1)
    return first >= 0 and tokens.words[first] == "For" and tokens.words[end] == ","


def previous_paragraph(quote: Quote) -> Finding | None:
    """A paragraph of quotation only, behind one whose quotation has a speaker, or that reports."""
    tokens, context = quote.tokens, quote.context
    heading = context.single[quote.number] and context.double_convention
    if quote.left >= 0 and not heading:
        return _carried_over(quote)
    if heading:
        return None
    last = quote.first - 1
    while last >= 0 and tokens.paragraph[last] == quote.paragraph:
        last -= 1
    beside = last >= 0 and tokens.paragraph[last] == quote.paragraph - 1
    announced = beside and tokens.words[last].endswith(":")
    other = quote.sibling
    narrated = any(tokens.words[i][:1].isalnum() for i in quote.after)
    if other is not None and _is_reopened(quote, other):
        return other.finding and replace(other.finding)
    if not announced and narrated and not (other is not None and _goes_on_behind_break(quote, other)):
        return _reported_last(quote, last) if beside else None
    if other is not None and other.last_paragraph == quote.paragraph - 1 and other.finding is not None:
        fresh = _reporter_before(quote, last, other.last + 1) if announced else _in_exchange(quote, other)
        return fresh or replace(other.finding)
    return _reporter_before(quote, last, 0)


def _reported_last(quote: Quote, last: int) -> Finding | None:
    """Who is reported in the last sentence of the paragraph before, which quotes nothing, where an utterance opens its
    own: Ortiz said the port would be built. | "We will have the money by May." The council did not reply."""
    tokens = quote.tokens
    if not quote.capital or quote.ending not in FINAL or quote.words < 6:
        return None
    after = quote.sentence_after
    dates = after and tokens.lower[after[0]] in SUBORDINATORS  # After Lee left, they closed
    if not dates and any(tokens.entity[i] == "PERSON" or tokens.tag[i] == "PRP" for i in after):
        return None  # Lee shook her head
    begin = tokens.run_before(last, lambda i: tokens.sentence[i] == tokens.sentence[last])
    sentence = range(begin, last + 1)
    if any(map(quote.barred, sentence)):
        return None
    for verb in sentence:
        source = source_of(quote, verb) if quote.cues.verb_class(verb) in SPEAKING else None
        if source is not None and tokens.tag[verb] in FINITE and is_speaker(quote, source):
            return Finding(source, quote.cues.with_particle(verb))
    return None


def _goes_on_behind_break(quote: Quote, other: Quote) -> bool:
    """Does an utterance, with narration behind, only go on with the one whose tag ends the paragraph before: "We lost,"
    Ortiz said. | "We will rebuild." The port has been shut since May."""
    found = other.finding
    if found is None or found.rule not in GOING_ON_RULES or other.last_paragraph != quote.paragraph - 1:
        return False
    asks = found.cue and quote.cues.verb_class(found.cue[0]) == "ask"
    answers = other.ending == "?" and (asks or quote.words < 6)  # "Will you go?" Ortiz asked. | "I never said so."
    whole = quote.capital or quote.words > 6
    if answers or not whole or quote.ending not in FINAL or quote.words < 4:
        return False
    tag = range(other.last + 1, quote.first)
    ended = sum(quote.context.ends_sentence(i) for i in tag if not quote.context.mark[i])
    return ended <= 1


def _is_reopened(quote: Quote, other: Quote) -> bool:
    """Does the mark that closes the last quotation of the paragraph before open the rest of it by its spaces, so that
    who speaks there goes on: Ortiz said: "We lost. "We tried again. | "We will win."?"""
    tokens, mark = quote.tokens, other.last + 1
    if other.last_paragraph != quote.paragraph - 1 or other.ending not in FINAL or not quote.capital:
        return False
    if mark + 1 >= quote.first or not quote.context.mark[mark]:
        return False
    opens = tokens.start[mark] > tokens.end[mark - 1] and tokens.end[mark] == tokens.start[mark + 1]
    return (
        opens and tokens.words[mark + 1][:1].isupper() and not any(map(quote.barred, range(mark + 1, quote.first - 1)))
    )


def _in_exchange(quote: Quote, other: Quote) -> Finding | None:
    """Whose turn it is where two exchange a question and its answer, with tags, and then go on without: the one's who
    spoke before the other. All that they say is short; once they alternate, they go on to."""
    before = other.sibling
    while before is not None and before.last_paragraph == other.paragraph:
        before = before.sibling
    if before is None or before.last_paragraph != other.paragraph - 1 or before.finding is None:
        return None
    first, second = before.finding, other.finding
    if second is None or max(quote.words, other.words) > LONGEST_TURN:
        return None
    if not second.alternates:
        tagged = first.rule in TAG_RULES and second.rule in TAG_RULES
        if not tagged or first.mention is None or second.mention is None or before.ending != "?":
            return None
        text = quote.tokens.text
        if text[slice(*first.mention)].lower() == text[slice(*second.mention)].lower():
            return None
    return replace(first, alternates=True)


def _carried_over(quote: Quote) -> Finding | None:
    """Nothing but "Adding:", "And then:" or a "But" opens the paragraph, and the one before quotes somebody."""
    tokens, region, other = quote.tokens, quote.before, quote.sibling
    if other is None or other.finding is None or other.last_paragraph != quote.paragraph - 1:
        return None
    if len(region) == 1 and quote.words > 5 and _is_whole_sentence(quote):
        return replace(other.finding)
    if not quote.capital:
        return None
    if not 2 <= len(region) <= 4 or tokens.words[region[0]] != ":" or not tokens.begins_paragraph[region[-1]]:
        return None
    return replace(other.finding) if all(tokens.tag[i] in ("VBG", "RB", "CC") for i in region[1:]) else None


def _reporter_before(quote: Quote, last: int, least: int) -> Finding | None:
    """The last reporting verb, with its source, of the paragraph that ends at a token; not before token `least`.

    One of speaking with somebody who can, and the outermost over it, goes before all others: of "Lee said the board
    had stressed it" Lee goes on.
    """
    tokens, cues = quote.tokens, quote.cues
    verbs = []
    for verb in range(last, least - 1, -1):
        if tokens.paragraph[verb] != quote.paragraph - 1:
            break
        if not quote.barred(verb) and cues.verb_class(verb) is not None:
            verbs.append(verb)
    for verb in verbs:
        for cue in (*reversed([i for i in tokens.ancestors(verb) if i in verbs]), verb):
            source = source_of(quote, cue) if cues.verb_class(cue) in SPEAKING else None
            if source is not None and can_speak(tokens, source) and _goes_on(quote, cue, source):
                return Finding(source, cues.with_particle(cue))
    for verb in verbs:
        source = source_of(quote, verb)
        if source is None:
            behind = (i for i in tokens.having(verb, labels.SUBJECT | labels.OBJECT) if i > verb)
            source = next((i for i in behind if is_usable(quote, i)), None)
        if source is not None and _goes_on(quote, verb, source):
            return Finding(source, cues.with_particle(verb))
    return None


def _goes_on(quote: Quote, verb: int, source: int) -> bool:
    """May the source of a verb speak in the next paragraph: a name, or who is said to speak, and no shoppers who go
    online?"""
    tokens, cues = quote.tokens, quote.cues
    lemma = cues.verb_lemma(verb)
    speaks = cues.verb_class(verb) in STRONG and lemma is not None and "weak" not in cues.lexicon.flags_of(lemma)
    return tokens.lower[source] not in HEARERS and (speaks or tokens.tag[source] in ("NNP", "PRP"))
