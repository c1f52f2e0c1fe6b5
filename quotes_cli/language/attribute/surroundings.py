"""What the rules share passes through here: where a quotation hangs, where a tag may begin, what a verb governs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from quotes_cli.language import labels

from .animacy import can_speak, is_be, is_speaker
from .beside import contrasted, ends_subordinate
from .context import DASHES, FINAL, PAUSES, Finding, Quote
from .controllers import CAUSING
from .cues import FINITE, SPEAKING, STRONG
from .misread import reads_on
from .nominals import nominal_before
from .sources import source_of
from .vetoes import deed, weak

#: Tags of a verb by which one speaks whose words another reports.
TOLD = FINITE | {"VBG"}
#: Relations of words inside a noun phrase whose head is another.
INNER = frozenset({"compound", "nmod:poss", "det", "amod", "flat"})
#: Tokens between "what" and marks: what Ortiz, the head of the port, said was the "highest" level.
LONGEST_FREE_RELATIVE = 15
#: Tags of the words before a noun in marks.
OF_NOUN_PHRASES = frozenset("DT JJ JJS RBS NN NNS IN PRP$ POS CD".split())
#: Characters that a quotation ends with where its tag is to follow.
GOING_ON = ",?!…—–-"
LONGEST_TITLE = 6  # words
#: Verbs that need what they report, so that a paragraph of no more than one of them is the tag of another.
PLAIN = frozenset("say add ask write reply explain recall".split())


def climb(quote: Quote, within: list[int] | None = None) -> Finding | None:
    """The outermost verb of speaking above the quotation, or a naming verb below it; a weaker cue only where neither
    is.

    "Lee said Ortiz had pushed for a "fair deal"" reports Lee, "Lee said Ortiz called it "fair"" reports Ortiz. Of a
    report in a report the annotators of PolNeAR mark the reporter that the article has spoken to.
    """
    tokens, cues = quote.tokens, quote.cues
    verb = quote.left
    beside = verb >= 0 and cues.verb_class(verb) in STRONG
    beside = beside and (bool(tokens.having(verb, labels.SUBJECT)) or reads_on(quote, verb))
    if beside and not (_is_reported(quote, verb) or _is_to_come(quote, verb) or _takes_thing(quote, verb)):
        source = source_of(quote, verb)
        if source is not None:
            return Finding(source, cues.with_particle(verb))
    named = _in_free_relative(quote) or contrasted(quote)
    if named is not None:
        return named
    for top in quote.tops:
        found = _climb_from(top, quote, within)
        if found is not None:
            return found
    return None


def _in_free_relative(quote: Quote) -> Finding | None:
    """The deaths go on at what Ortiz *said* was the "highest" level: nothing but "was" and a noun phrase begins behind
    the verb."""
    tokens, region = quote.tokens, quote.sentence_before[:LONGEST_FREE_RELATIVE]
    place = next((k for k, i in enumerate(region) if tokens.lower[i] == "what"), 0)
    inner = region[:place][::-1]
    verb = next((i for i in inner if tokens.tag[i] in FINITE and quote.cues.verb_class(i) in SPEAKING | {"think"}), -1)
    behind = [i for i in inner if i > verb] if verb >= 0 else []
    if not behind or not is_be(tokens, behind[0]):
        return None
    if any(tokens.tag[i] not in OF_NOUN_PHRASES for i in behind[1:]):
        return None
    source = nominal_before(quote, [i for i in inner if i < verb])
    return Finding(source, quote.cues.with_particle(verb)) if source is not None else None


def _climb_from(top: int, quote: Quote, within: list[int] | None) -> Finding | None:
    """The same from one token of the quotation upwards."""
    tokens, cues = quote.tokens, quote.cues
    place = {i: k for k, i in enumerate((top, *tokens.ancestors(top)))}
    spare: Finding | None = None
    outer: Finding | None = None
    last = top
    for verb in _cues_above(top, quote, within):
        if (outer or spare) and any(tokens.words[i] in (":", ";") for i in range(verb, last)):
            break  # Not all agree: Ortiz says it is "over"
        last = verb
        if outer is not None and verb > quote.last and told_before(quote, verb):
            break
        source = source_of(quote, verb)
        if source is None or (0 < place.get(source, 0) < place[verb] and _holds_words(quote, source, top)):
            continue
        kind, found = cues.verb_class(verb), Finding(source, cues.with_particle(verb))
        if kind not in STRONG or not can_speak(tokens, source) or unreal(quote, verb):
            relative = kind == "act" and tokens.dep[verb] in labels.RELATIVE  # Lee praised Ortiz, who sought "peace"
            if relative and cues.noun_class(source) is not None:
                continue  # Lee attacked policies that sought "peace"
            if spare is None or (kind in SPEAKING and unreal(quote, spare.cue[0]) and not unreal(quote, verb)):
                spare = found
            if relative or _opens_own_clause(quote, verb) or _is_second_clause(quote, verb):
                break
            continue
        if outer is None or (kind in SPEAKING and not _only_shows(quote, verb)):
            outer = found
        if kind not in SPEAKING or dates_another(quote, verb) or _has_gap(quote, verb):
            break
        if tokens.dep[verb] not in labels.CONTENT and not _is_spare(quote, verb):
            break
    return outer or spare


def told_before(quote: Quote, tag: int) -> bool:
    """Does the verb of a tag behind a fragment only say who reports what another has said: Ortiz told them that it was
    "over", the radio reported; Ortiz came in, saying it was "over", the radio reported?"""
    tokens, cues = quote.tokens, quote.cues
    if quote.capital:
        return False
    for verb in (i for top in quote.tops for i in tokens.ancestors(top)):
        if verb != tag and verb < quote.first and cues.verb_class(verb) in SPEAKING and not _only_shows(quote, verb):
            source = source_of(quote, verb) if tokens.tag[verb] in TOLD and not quote.barred(verb) else None
            if source is not None and (tokens.entity[source] == "PERSON" or tokens.lower[source] in ("he", "she")):
                return True
    return False


def _holds_words(quote: Quote, source: int, top: int) -> bool:
    """Do the marks stand within the source: some "radical" groups call for it; critics of her "open" plan say so?"""
    tokens = quote.tokens
    below = (top, *takewhile(lambda i: i != source, tokens.ancestors(top)))
    return quote.last < source or any(tokens.dep[i] in labels.OBLIQUE for i in below)


def _is_alleged(quote: Quote, verb: int) -> bool:
    """Does another accuse somebody of the verb: Lee accused them of *wanting* "to leave"?"""
    tokens = quote.tokens
    marks = {tokens.lower[i] for i in tokens.having(verb, frozenset({"mark", "case"})) if i < verb}
    if tokens.tag[verb] != "VBG" or "of" not in marks or quote.cues.verb_class(verb) in SPEAKING:
        return False
    whom = tokens.head[verb]
    accuser = tokens.head[whom] if tokens.is_a(whom, labels.OBJECT) else whom
    return quote.cues.verb_class(accuser) is not None and bool(tokens.having(accuser, labels.OBJECT))


def _is_spare(quote: Quote, verb: int) -> bool:
    """May a verb that only may report give way to one above it, though its clause is no content: not one that is joined
    with a subject of its own, or beside an utterance ("who wired, "Leave." ")?"""
    tokens = quote.tokens
    joined = tokens.dep[verb] in labels.CONJUNCT and tokens.having(verb, labels.SUBJECT)
    beside = quote.capital and tokens.dep[verb] in labels.RELATIVE
    return _only_shows(quote, verb) and not joined and not beside


def _opens_own_clause(quote: Quote, verb: int) -> bool:
    """Does the verb stand with a subject of its own in a clause that says when or why: "laughed when he urged them"?"""
    tokens = quote.tokens
    if tokens.dep[verb] != "advcl" or verb > quote.first or _only_shows(quote, verb):
        return False
    return any(is_speaker(quote, i) and i < verb for i in tokens.having(verb, labels.SUBJECT))


def _is_second_clause(quote: Quote, verb: int) -> bool:
    """Is it a main clause with a subject of its own, joined to another: Lee said so, and *Ortiz vowed* to "rebuild"?"""
    tokens, first = quote.tokens, quote.tokens.head[verb]
    if tokens.dep[verb] not in labels.CONJUNCT or tokens.dep[first] not in labels.ROOT or verb > quote.first:
        return False
    return any(first < i < verb and is_speaker(quote, i) for i in tokens.having(verb, labels.SUBJECT))


def _has_gap(quote: Quote, verb: int) -> bool:
    """Does what the verb reports lack the subject, which stands before: a claim that police *said was* "over"?"""
    tokens = quote.tokens
    behind = verb + 1
    subjects = tokens.having(verb, labels.SUBJECT)
    if not subjects or subjects[-1] > verb or behind >= quote.first or tokens.tag[behind] not in FINITE | {"MD"}:
        return False
    below = tokens.head[behind] if tokens.dep[behind] in labels.AUXILIARY else behind
    return (
        tokens.dep[below] in labels.CONTENT and tokens.head[below] == verb and not tokens.having(below, labels.SUBJECT)
    )


def dates_another(quote: Quote, verb: int) -> bool:
    """Does a word before the verb make its clause one of time, whatever the parse says: hours *after* Ortiz said?"""
    marks = (i for i in quote.tokens.having(verb, frozenset({"mark"})) if i < verb)
    return any(quote.tokens.lower[i] in ("after", "before", "when", "while", "since", "until") for i in marks)


def _only_shows(quote: Quote, verb: int) -> bool:
    """Is to speak only one of the verb's senses? "Papers show Ortiz warned of a "disgrace"" reports Ortiz."""
    return "weak" in quote.cues.lexicon.flags_of(quote.cues.verb_lemma(verb) or "")


def _takes_thing(quote: Quote, verb: int) -> bool:
    """Has a verb that only may report a bare noun in marks as its object: "sent "advisers" to the region"?"""
    thing = quote.first == quote.last and quote.tokens.tag[quote.first] in ("NN", "NNS") and not quote.capital
    return thing and _only_shows(quote, verb) and quote.vetoed(weak, verb)


def _is_reported(quote: Quote, verb: int) -> bool:
    """Does a verb that only may report stand under one that does: "Ortiz says she goes "back to war""?"""
    if not _only_shows(quote, verb):
        return False
    above = [i for i in quote.tokens.ancestors(verb) if not quote.barred(i)]
    return any(quote.cues.verb_class(i) in SPEAKING and not _only_shows(quote, i) for i in above)


def _is_to_come(quote: Quote, verb: int) -> bool:
    """Is the verb unreal under one of speaking: "Ortiz said her council would continue "to rebuild""?"""
    above = (i for i in quote.tokens.ancestors(verb) if not quote.barred(i))
    return unreal(quote, verb) and any(quote.cues.verb_class(i) in SPEAKING for i in above)


def _cues_above(top: int, quote: Quote, within: list[int] | None) -> Iterator[int]:
    """Reporting verbs above a token, as far as they stand within a region, where one is given."""
    tokens, below = quote.tokens, top
    whole = quote.capital and not names_thing(quote)
    for verb in tokens.ancestors(top):
        reported, below = tokens.dep[below] == "ccomp", verb
        if quote.barred(verb) or (verb > quote.last and _is_finished(quote)) or _is_alleged(quote, verb):
            continue
        if verb > quote.last and ends_subordinate(quote):
            return
        if within is not None and verb not in within:
            return
        if quote.vetoed(deed, verb):
            return
        if verb > quote.last and quote.capital and quote.words > LONGEST_TITLE and _reports_behind(quote, verb):
            return
        if quote.cues.verb_class(verb) and (whole or reported or not quote.vetoed(weak, verb)):
            yield verb


def _reports_behind(quote: Quote, verb: int) -> bool:
    """Has a verb behind an utterance a clause of its own to report, so that a full stop is lost between: "We will make
    up our minds on Sunday" Lee *says* she will not play?"""
    tokens, content = quote.tokens, quote.tokens.having(verb, labels.CONTENT)
    return quote.ending.isalnum() and any(i > verb and tokens.having(i, labels.SUBJECT) for i in content)


def _is_finished(quote: Quote) -> bool:
    """Is it a sentence of its own, behind which another begins?"""
    if not quote.capital or quote.ending not in FINAL or quote.sentence_before or quote.right < 0:
        return False
    return quote.tokens.words[quote.right][:1].isupper()


def names_thing(quote: Quote) -> bool:
    """Are the marks within a noun phrase, or hold a name without a verb: kept "American fingerprints" off it?"""
    tokens = quote.tokens
    if quote.left < 0 or quote.ending in FINAL | {","}:
        return False
    verbal = any(tokens.tag[i] in FINITE | {"MD", "VB"} for i in range(quote.first, quote.last + 1))
    return tokens.tag[quote.left] in ("DT", "PRP$") or (tokens.tag[quote.first] in ("NNP", "JJ") and not verbal)


def announcing(quote: Quote) -> list[int]:
    """Tokens, nearest first, of a line or paragraph's last sentence that ends in a colon before the quotation's own, or
    in a comma behind a verb that speaks: Ortiz said,"""
    line = quote.line_before
    if not line or quote.tokens.words[line[0]] not in (":", ","):
        return []
    spoken = (quote.cues.verb_class(i) in SPEAKING for i in line[1:])
    if quote.tokens.words[line[0]] == "," and not (quote.capital and any(spoken)):
        return []
    end = next((k for k, i in enumerate(line) if quote.context.ends_sentence(i)), len(line))
    return line[:end]


def tag_behind(quote: Quote) -> list[int]:
    """Tokens from where a tag behind the quotation would begin, past comma and dash, to the end of the sentence; none
    where none can follow.

    A tag follows a comma, question, exclamation or dash within the marks, or a comma behind them; behind a bare
    quotation only where this began its sentence; behind a full stop only where hardly anything else is in the sentence.
    """
    words, region = quote.tokens.words, quote.sentence_after or _line_of_tag(quote)
    if region and words[region[0]] == ")" and any(words[i] == "(" for i in quote.sentence_before):
        return []  # the dam (Ortiz called it "old"), they said
    start = next((k for k, i in enumerate(region) if words[i] not in DASHES | {",", "...", ")"}), len(region))
    tag = region[start:]
    if start > 0 or quote.ending in GOING_ON:
        return tag
    begins = quote.capital and (quote.left < 0 or not quote.sentence_before)
    late = not quote.sentence_after  # in the next paragraph, which `_line_of_tag` has looked at
    short = 0 < len(tag) <= 4 and _ends_there(quote, tag[-1]) and quote.tokens.lower[tag[0]] not in ("i", "we")
    plain = (quote.cues.verb_lemma(i) in PLAIN and quote.cues.is_finite(i) for i in tag)
    short = short and (quote.left < 0 or any(plain))  # she said. "It is over." Lee agreed.
    return tag if begins and (quote.ending != "." or short or late) else []


def _ends_there(quote: Quote, i: int) -> bool:
    """Does the sentence end behind a token, and not only the stretch before another quotation?"""
    tokens = quote.tokens
    return tokens.ends_paragraph(i) or not quote.barred(i + 1) or tokens.words[i] in PAUSES | {":"}


def _line_of_tag(quote: Quote) -> list[int]:
    """The next paragraph's sentence, where the quotation fills its own paragraph; behind a full stop only where that
    is all of it, and it speaks and tells nothing else ("Ortiz said.")."""
    line = quote.line_after if quote.left < 0 and quote.ending in GOING_ON + "." else []
    end = next((k for k, i in enumerate(line) if quote.context.ends_sentence(i)), len(line))
    if quote.ending == ",":
        return line[:end]
    spoken = [i for i in line[:end] if quote.cues.verb_lemma(i) in PLAIN and quote.cues.is_finite(i)]
    alone = end > 0 and end + 1 >= len(line) and len(spoken) == 1
    told = alone and quote.tokens.having(spoken[0], labels.OBJECT | labels.CLAUSE | frozenset({"xcomp"}))
    return line[:end] if alone and not told else []


def tag_beside(quote: Quote) -> bool:
    """Does a reporting verb stand right before the quotation, with a comma or colon between ("she said, ...")?"""
    region = quote.sentence_before or announcing(quote)
    if not region or quote.tokens.words[region[0]] not in (",", ":"):
        return False
    return any(quote.cues.verb_class(i) in SPEAKING for i in region[1:6])


def leads_to_cue(quote: Quote, verb: int, later: list[int]) -> bool:
    """Is a reporting verb controlled by this one ("went on to say", "smiled and said", "was quoted as saying")?"""
    tokens = quote.tokens
    return any(
        verb in list(tokens.ancestors(i))[:3] and tokens.dep[i] in labels.CLAUSE | labels.CONJUNCT
        for i in later[:12]
        if quote.cues.verb_class(i) is not None
    )


def unreal(quote: Quote, verb: int) -> bool:
    """Is the reporting verb under a modal, or an infinitive: not said yet ("he will tell them"), or never ("he could
    have told them"); or what somebody may help to do ("who can help write")?"""
    tokens = quote.tokens
    before = [i for i in tokens.children[verb] if i < verb]
    if any(tokens.tag[i] == "MD" for i in before):
        return True
    caused = tokens.dep[verb] == "xcomp" and tokens.lemma[tokens.head[verb]] in CAUSING  # it led Ortiz to call it so
    if tokens.tag[verb] == "VB" and not caused and any(tokens.lower[i] == "to" for i in before):
        return True
    helped = (tokens.dep[verb] == "xcomp" and tokens.tag[verb] == "VB") or _turns_to(quote, verb)
    above = tokens.head[verb]
    return helped and above != verb and any(tokens.tag[i] == "MD" for i in tokens.children[above] if i < above)


def _turns_to(quote: Quote, verb: int) -> bool:
    """Is it what somebody may go on from: he would move on *from questioning* it?"""
    tokens = quote.tokens
    marks = [tokens.lower[i] for i in tokens.children[verb] if i < verb and tokens.dep[i] in ("mark", "case")]
    return tokens.tag[verb] == "VBG" and bool(marks) and not tokens.having(verb, labels.SUBJECT)
