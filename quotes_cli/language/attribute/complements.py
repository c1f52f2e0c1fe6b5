"""A fragment passes through here that no listed verb reports: does the clause take it as its subject's words all the
same?

Somebody sells a thing *as* so, finds or considers it so, is moved so, or offers what the marks hold.
"""

from __future__ import annotations

from quotes_cli.language import labels
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import words

from .agents import agent, agent_behind_marks
from .animacy import RELATED, can_speak, is_be, is_speaker, is_usable
from .context import Finding, Quote
from .controllers import is_passive
from .cues import FINITE, STRONG
from .sources import source_of
from .titles import title_case

#: Tokens between a verb and its "as": criticised the bank's policy of lending at no interest as "reckless".
FURTHEST = 25
LONGEST_REASON = 6  # tokens between "for" and the marks
#: What one does who is told something by somebody.
LEARNING = frozenset("hear learn receive get gather take".split())
#: Participles that say what is on somebody's mind.
MINDED = frozenset({"convinced", "persuaded", "concerned", "worried", "satisfied"})
RULING = frozenset("rule decide throw acquit dismiss reject overturn".split())
PENALTIES = frozenset("sanction sanctions fine fines ban bans penalty penalties".split())


def _is(quote: Quote, verb: int, group: str) -> bool:
    """Is the verb of that class of complement_verbs.txt?"""
    return quote.tokens.lemma[verb] in words().complements[group]


def complement(quote: Quote) -> Finding | None:
    """The fragment is what a clause takes of its subject, whatever its verb: sold it as "a gift", was "heartbroken"."""
    if quote.left < 0 or title_case(quote):
        return None
    found = _behind_as(quote) or _judgement(quote) or _to_be(quote) or _mood(quote) or _given(quote)
    found = found or _whole_object(quote) or _in_that_clause(quote) or _in_ones_view(quote)
    return found or _as_reason(quote) or _because(quote) or _own_verb(quote)


def _own_verb(quote: Quote) -> Finding | None:
    """The port "strongly denies" it: the marks hold the verb that reports, right behind its subject."""
    tokens, cues = quote.tokens, quote.cues
    verb = next(iter(quote.tops), -1)
    if quote.capital or verb < 0 or cues.verb_class(verb) is None:
        return None
    helpers = (verb, *tokens.having(verb, labels.AUXILIARY))
    if not any(tokens.tag[i] in FINITE | {"MD"} and quote.first <= i for i in helpers):
        return None
    subject = next((i for i in tokens.having(verb, labels.SUBJECT) if i < quote.first), None)
    if subject is None or not is_speaker(quote, subject) or tokens.tag[subject] in ("WP", "WDT"):
        return None
    return Finding(subject, (verb,)) if max(tokens.subtree(subject)) == quote.left else None


def _as_reason(quote: Quote) -> Finding | None:
    """The league fined Lee for "foul language", for using "foul language": the reason that whoever punishes gives."""
    tokens, region = quote.tokens, quote.sentence_before
    place = next((k for k, i in enumerate(region[:LONGEST_REASON]) if tokens.lower[i] in ("for", "over")), 0)
    if not place and not (region and tokens.lower[region[0]] in ("for", "over")):
        return None
    if any(not tokens.tag[i].startswith(("DT", "JJ", "PRP$", "VBG", "RB", "NN", "IN")) for i in region[:place]):
        return None
    whom = region[place + 1 :]
    verb = next((i for i in whom[:FURTHEST] if tokens.is_verb(i) and tokens.pos[i] == "VERB"), None)
    if verb is None or not any(verb < i < region[place] for i in tokens.having(verb, labels.OBJECT)):
        return None
    penalty = any(tokens.lower[i] in PENALTIES for i in tokens.having(verb, labels.OBJECT))
    return _finding(quote, verb) if penalty or _is(quote, verb, "punishing") else None


def _because(quote: Quote) -> Finding | None:
    """The court ruled against Lee because she had "no standing": the reason of whoever decides or punishes."""
    tokens = quote.tokens
    for top in quote.tops[:1]:
        for clause in (top, *tokens.ancestors(top)):
            verb = tokens.head[clause]
            mark = next((i for i in tokens.having(clause, frozenset({"mark"})) if tokens.lower[i] == "because"), -1)
            if tokens.dep[clause] == "advcl" and verb < mark < quote.first:
                return _finding(quote, verb) if tokens.lemma[verb] in RULING or _is(quote, verb, "punishing") else None
    return None


def _in_ones_view(quote: Quote) -> Finding | None:
    """For Ortiz, it is "the end of the road": a person and a pause open the sentence, and it says what something is."""
    tokens, region = quote.tokens, quote.sentence_before[::-1]
    if len(region) < 4 or tokens.lower[region[0]] not in ("for", "to"):
        return None
    being = region[-2] if tokens.tag[region[-1]] == "DT" else region[-1]  # it is a "long" road
    if not is_be(tokens, being):
        return None
    pause = next((i for i in region if tokens.words[i] == ","), -1)
    person = next((i for i in region[1:] if i < pause and region[0] in tokens.children[i]), None)
    opens = person is not None and tokens.entity[person] == "PERSON" and is_speaker(quote, person)
    if person is None or not opens or tokens.tag[region[1]] != "NNP":
        return None
    end = tokens.run_from(person, lambda i: tokens.tag[i].startswith("NNP"), len(tokens))
    return Finding(person, (region[0],)) if end == pause else None


def _finding(quote: Quote, verb: int) -> Finding | None:
    """The verb with its source, where that can speak; of a passive by whom it is done."""
    tokens = quote.tokens
    by = _agent(quote, verb)
    if by is not None and can_speak(tokens, by):
        return Finding(by, quote.cues.with_particle(verb))
    if is_passive(quote, verb):
        return None
    source = source_of(quote, verb)
    if source is None or source > quote.first or not is_usable(quote, source):
        return None
    judges = tokens.lower[source] == "it" or quote.cues.noun_class(source) is not None
    speaks = can_speak(tokens, source) or (judges and _is(quote, verb, "judging"))
    return Finding(source, quote.cues.with_particle(verb)) if speaks else None


def _agent(quote: Quote, verb: int) -> int | None:
    """By whom a passive is done, wherever the parse hangs it."""
    by = agent(quote, verb)
    return agent_behind_marks(quote, verb) if by is None else by


def _verb_before(quote: Quote, region: list[int]) -> int | None:
    """The nearest verb of the region, given nearest first, if no pause stands before it."""
    tokens = quote.tokens
    for i in region:
        if tokens.words[i] in (",", ":", ";", "—", "–") or tokens.tag[i] in ("IN", "WDT", "WP"):
            return None
        if tokens.is_verb(i) and tokens.pos[i] == "VERB":
            return i
    return None


def _behind_as(quote: Quote) -> Finding | None:
    """Ortiz sold the plan to them as "a gift"."""
    tokens, region = quote.tokens, quote.sentence_before
    place = next((k for k, i in enumerate(region[:3]) if tokens.lower[i] == "as"), None)
    if place is None or any(tokens.tag[i] not in ("DT", "RB", "VBG") for i in region[:place]):
        return None
    behind = region[place + 1 :]
    if behind and tokens.lower[behind[0]] in ("such", "well", "known"):
        return None
    for verb in behind[:FURTHEST]:
        if tokens.words[verb] in (",", ":", ";"):
            return None
        if not tokens.is_verb(verb) or tokens.pos[verb] != "VERB" or _tells_whom(quote, verb):
            continue
        taken = [i for i in tokens.having(verb, labels.OBJECT) if verb < i < quote.first]
        if not _is(quote, verb, "placing") and agent(quote, verb) is not None:
            return _finding(quote, verb)  # a plan seen by Ortiz as "a gift"
        if _is(quote, verb, "placing") or not taken or tokens.lower[taken[0]].endswith(("self", "selves")):
            return None
        return _finding(quote, verb)
    return None


def _tells_whom(quote: Quote, verb: int) -> bool:
    """Does the verb only say which persons are meant: shamed the women | who support Lee | as "off key"?"""
    tokens = quote.tokens
    who = next((i for i in tokens.having(verb, labels.SUBJECT) if tokens.lower[i] in ("who", "that")), None)
    return who is not None and tokens.before(who) != ","


def _judgement(quote: Quote) -> Finding | None:
    """Ortiz considers the plan "unfit for use"."""
    tokens, first, left = quote.tokens, quote.first, quote.left
    within = tokens.lower[left] in ("a", "an")  # considers the gang a "terrorist" group
    if within:
        left -= 1
    verb = _verb_before(quote, quote.sentence_before[:8])
    if verb is None or verb == quote.left or not _is(quote, verb, "judging"):
        return None
    judged = tokens.is_nominal(left) or tokens.tag[left] == "PRP"
    if left == verb:  # the gang, which it considers a "terrorist" group
        judged = any(tokens.lower[i] in RELATED for i in tokens.having(verb, labels.OBJECT))
        judged = judged or _agent(quote, verb) is not None
    plain = tokens.tag[first] in ("JJ", "JJR", "JJS", "VBN", "RB") or tokens.lower[first] in ("a", "an", "too")
    return _finding(quote, verb) if judged and (plain or within) else None


def _to_be(quote: Quote) -> Finding | None:
    """Ortiz found the water in the port to be "old and foul", considers them to be a "gang"."""
    tokens, region = quote.tokens, quote.sentence_before
    region = region[1:] if region and tokens.lower[region[0]] in ("a", "an") else region
    if [tokens.lower[i] for i in region[:2]] != ["be", "to"]:
        return None
    inserted = False  # considers the men, known as the Docks, to be a "gang"
    for verb in region[2:FURTHEST]:
        inserted ^= tokens.words[verb] == ","
        if inserted:
            continue
        if tokens.words[verb] in (":", ";") or (tokens.is_verb(verb) and not _is(quote, verb, "judging")):
            return None
        if tokens.is_verb(verb):
            return _finding(quote, verb) if tokens.having(verb, labels.OBJECT) else None
    return None


def _mood(quote: Quote) -> Finding | None:
    """Ortiz was "heartbroken" by it: what one feels only oneself can say."""
    tokens, region = quote.tokens, quote.sentence_before
    inside = [
        tokens.lower[i] for i in range(quote.first, min(quote.last + 1, quote.first + 4)) if tokens.words[i].isalpha()
    ]
    moved = next((word for word in inside if word not in words().small["degree"]), "")
    if moved not in column("moods.txt") and " ".join(inside[:3]) not in column("moods.txt"):
        return None
    place = next((k for k, i in enumerate(region[:4]) if tokens.is_verb(i)), None)
    if place is None or any(tokens.pos[i] not in ("ADV", "PART") for i in region[:place]):
        return None
    verb = region[place]
    left = tokens.lower[verb] == "left" and any(is_be(tokens, i) for i in region[place + 1 : place + 3])
    being = is_be(tokens, verb) or (tokens.tag[verb] in FINITE and _is(quote, verb, "being"))
    if not being and not left:
        return None
    subjects = [i for top in (verb, tokens.head[verb], *quote.tops) for i in tokens.having(top, labels.SUBJECT)]
    fit = [i for i in subjects if i < verb and is_speaker(quote, i) and is_person(quote, i)]
    return Finding(fit[0], (verb,)) if fit else None


def is_person(quote: Quote, i: int) -> bool:
    """Is the noun a person's name, he, she or they, or a word for people?"""
    tokens = quote.tokens
    if tokens.entity[i]:
        return tokens.entity[i] == "PERSON"
    return tokens.tag[i] in ("PRP", "NNP") or (tokens.words[i].islower() and can_speak(tokens, i))


def _given(quote: Quote) -> Finding | None:
    """Ortiz offered her "deepest sympathy" to them: the marks hold the noun itself."""
    tokens = quote.tokens
    for top in quote.tops:
        noun = tokens.lower[top] in column("given_nouns.txt") or quote.cues.noun_class(top) == "utterance"
        verb = tokens.head[top]
        if noun and tokens.is_a(top, labels.OBJECT) and verb < quote.first and _is(quote, verb, "giving"):
            return _finding(quote, verb)
    return None


def _whole_object(quote: Quote) -> Finding | None:
    """Ortiz ruled out "any return": the marks hold the object of a verb that may report, with its article; or of any
    verb with a person or body as its subject, and three words of it: the union backed "a fair rise"."""
    tokens, cues, verb = quote.tokens, quote.cues, quote.left
    if tokens.dep[verb] in labels.PARTICLE:
        verb = tokens.head[verb]
    whole = tokens.tag[quote.first] in ("DT", "PRP$") and quote.words > 1 and not quote.capital
    may_report = cues.verb_class(verb) in STRONG or (
        quote.words > 2 and cues.verb_class(verb) in (None, "act", "think")
    )
    if not whole or not may_report or tokens.tag[verb] not in FINITE:
        return None
    taken = any(tokens.is_a(top, labels.OBJECT) and tokens.head[top] == verb for top in quote.tops)
    return _finding(quote, verb) if taken else None


def _in_that_clause(quote: Quote) -> Finding | None:
    """Ortiz gathered that it was "over", is adamant that it was "over": who holds that it is so."""
    tokens, cues = quote.tokens, quote.cues
    for top in quote.tops[:1]:
        for clause in (top, *tokens.ancestors(top)):
            verb = tokens.head[clause]
            that = next((i for i in tokens.having(clause, frozenset({"mark"})) if tokens.lower[i] == "that"), -1)
            if tokens.dep[clause] != "ccomp" or quote.barred(verb) or not verb < that < quote.first:
                continue
            if tokens.lemma[verb] in LEARNING and (teller := _from_whom(quote, verb, that)) is not None:
                return Finding(teller, (verb,))
            if cues.noun_class(that - 1) is not None:  # made headlines with a remark that ...
                return None
            if (holder := _holder_of_view(quote, verb)) is not None:
                return Finding(holder, (verb,))
            plain = tokens.pos[verb] == "VERB" and not is_be(tokens, verb)
            if not plain or _is(quote, verb, "factual") or cues.verb_class(verb):
                return None
            return _finding(quote, verb)
    return None


def _from_whom(quote: Quote, verb: int, that: int) -> int | None:
    """The court heard (evidence) from *nurse Ana Ortiz* that it was "over"."""
    tokens = quote.tokens
    beside = [i for noun in (verb, *tokens.having(verb, labels.OBJECT)) for i in tokens.having(noun, labels.OBLIQUE)]
    told = (i for i in beside if verb < i < that and tokens.lower[min(tokens.subtree(i))] == "from")
    return next((i for i in told if can_speak(tokens, i)), None)


def _holder_of_view(quote: Quote, adjective: int) -> int | None:
    """Of whom an adjective says what is on his or her mind: *Ortiz* is adamant, is convinced, that it was "over"."""
    tokens = quote.tokens
    being = tokens.having(adjective, frozenset({"cop"}) | labels.PASSIVE_AUXILIARY)
    above, holder = tokens.head[adjective], adjective
    if not being and tokens.dep[adjective] == "xcomp" and _is(quote, above, "being"):
        being, holder = [above], above  # remains convinced
    if not being or (tokens.pos[adjective] != "ADJ" and tokens.lower[adjective] not in MINDED):
        return None
    return next((i for i in tokens.having(holder, labels.SUBJECT) if i < adjective and is_speaker(quote, i)), None)
