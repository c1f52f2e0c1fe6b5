"""A reporting verb or noun passes through here and comes out with its source: whose words the grammar says they are.

The source of a verb is looked for in the constructions of `OWN`, from the top; where none of them has an answer, in
those of `ABOVE` at the verb or noun that it hangs on, and so on up the tree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from quotes_cli.language import labels
from quotes_cli.language.tokens import Tokens

from .agents import agent, agent_behind_marks
from .animacy import RELATED, can_speak, is_speaker, is_time, is_usable
from .context import Quote
from .controllers import (
    QUOTED,
    beside_with,
    controlling_object,
    governor,
    is_passive,
    participle_behind_comma,
    quoted_object,
    whom_it_falls_to,
)
from .lost_subjects import inserted_subject, lost_subject, lost_subject_of_finite, subject_of_free_relative
from .misread import (
    addresses,
    bearer,
    is_known_by,
    is_misread_verb,
    issuer_before,
    noun_of_participle,
    of_whole_name,
    owned_by,
    says_beside,
    text_before,
    whole_of_some,
    writer_of,
)

#: Prepositions of the noun that holds the words: "in a statement", "with a letter".
HOLDING = frozenset("in with on during at through via to for".split())
#: What one does with words that somebody else has written.
COMING_UPON = frozenset("find discover see spot notice receive get read open hold unfold keep carry pass".split())
LONGEST_NAME = 6  # tokens
NOBODY_WHO = frozenset({"LOC", "ORG"})  # a source in the White House, *who* called it a loss
#: Pronouns that are no subjects, whatever the parse says: "Lee wrote to her insisting it was ..."
OBJECT_FORMS = frozenset({"him", "them", "me", "us"})
#: Verbs that tell some of several: pledges include "we build".
CONTAINING = frozenset({"include", "range"})
#: A construction's answer where it knows that there is no source.
NOBODY = -1


@dataclass(frozen=True, slots=True)
class Construction:
    """Where a verb's source may stand. `find` returns its token, `NOBODY`, or None to go on with the next one.

    The example is a sentence in which it has the answer.
    """

    find: Callable[[Quote, int], int | None]
    example: str


def source_of(quote: Quote, verb: int) -> int | None:
    """Head token of the source of the reporting verb, by the first construction that has an answer."""
    seen = set[int]()
    constructions: tuple[Construction, ...] = OWN
    while verb not in seen:
        seen.add(verb)
        for construction in constructions:
            source = construction.find(quote, verb)
            if source is not None:
                return None if source == NOBODY else source
        constructions, verb = ABOVE, governor(quote, verb)
    return None


def no_source_if_passive_subject(quote: Quote, verb: int) -> int | None:
    """NOBODY if the verb has a passive subject: that does not say what is reported, but for "was quoted"."""
    spoken_of = quote.tokens.having(verb, labels.SUBJECT) and is_passive(quote, verb)
    return NOBODY if spoken_of and quote.tokens.lemma[verb] not in QUOTED else None


def relative_subject(quote: Quote, verb: int) -> int | None:
    """The noun that a relative pronoun stands for."""
    tokens = quote.tokens
    subjects = [noun_of_participle(tokens, i) for i in tokens.having(verb, labels.SUBJECT)]
    related = [i for i in subjects if tokens.lower[i] in RELATED and tokens.tag[i] in ("WP", "WDT", "DT", "IN")]
    if not related:
        return None
    source = antecedent(quote, verb)
    counted = source is not None and tokens.pos[source] in ("DET", "PRON") and tokens.tag[source] != "PRP"
    return NOBODY if counted and tokens.lower[related[-1]] == "that" else _or_nobody(source)  # some that


def subject(quote: Quote, verb: int) -> int | None:
    """The verb's subject."""
    tokens = quote.tokens
    subjects = [of_whole_name(tokens, noun_of_participle(tokens, i)) for i in tokens.having(verb, labels.SUBJECT)]
    subjects = [owned_by(tokens, i) for i in subjects]
    fit = [i for i in subjects if is_usable(quote, i) and tokens.lower[i] not in OBJECT_FORMS]
    fit = [i for i in fit if not _is_hearer(tokens, i)]
    fit = [whole_of_some(tokens, i, quote.first) for i in fit]
    fit = [i for i in fit if not any(other < i and addresses(tokens, other, i) for other in fit)]
    fit = [i for i in fit if not any(other < i and is_known_by(tokens, other, i) for other in fit)]
    before = [i for i in fit if i < verb and can_speak(tokens, i)]
    fit = before if before and not quote.first < verb else fit  # Lee, an engineer, said [the plan was "over"]
    source = min(fit, key=lambda i: (not can_speak(tokens, i), abs(i - verb)), default=None)
    if source is not None and tokens.lemma[verb] in CONTAINING and quote.cues.noun_class(source) == "utterance":
        return _utterer_of_several(quote, source)
    return source


def _is_hearer(tokens: Tokens, i: int) -> bool:
    """Is a pronoun the one that somebody spoke to, whatever the parse says: Ortiz wrote *to her* insisting that ...?"""
    return tokens.tag[i] == "PRP" and tokens.before(i) in ("to", "with", "at") and bool(tokens.cases(i))


def _utterer_of_several(quote: Quote, noun: int) -> int:
    """Whose words a noun means of which some are told: *Ortiz's* pledges include "we build", pledges in a song that
    *Ortiz* sang include it; the noun itself where nobody is named."""
    tokens = quote.tokens
    source = noun_source(quote, noun)
    if source not in (None, noun):
        return source
    held = [i for i in tokens.having(noun, labels.OBLIQUE) if not {"in", "on", "of"}.isdisjoint(tokens.cases(i))]
    parts = (agent(quote, clause) for i in held for clause in tokens.having(i, labels.NOUN_CLAUSE))
    named = next((i for i in parts if i is not None), None)
    whole = next((i for i in held if is_speaker(quote, i)), noun)
    return whole if named is None else named


def no_source_if_other_subject(quote: Quote, verb: int) -> int | None:
    """NOBODY if the verb has a subject at all, as "this" or "there": it can be no source, or it would be found.

    A day is none, though parsed as one: "The town put out a statement Monday saying ..."
    """
    subjects = quote.tokens.having(verb, labels.SUBJECT)
    return None if all(is_time(quote.tokens, i) or _is_hearer(quote.tokens, i) for i in subjects) else NOBODY


def no_source_if_passive(quote: Quote, verb: int) -> int | None:
    """NOBODY if the verb is passive, without subject or agent."""
    return NOBODY if is_passive(quote, verb) else None


def noun_itself(quote: Quote, head: int) -> int | None:
    """A noun that the verb hangs on, where it has no subject."""
    tokens = quote.tokens
    if tokens.is_verb(head) or not tokens.is_nominal(head) or tokens.having(head, labels.SUBJECT):
        return None
    if is_misread_verb(tokens, head):
        head -= 1
    return head if is_usable(quote, head) else NOBODY


def nothing_above(quote: Quote, verb: int) -> int | None:
    """A root, or a verb that hangs on another quotation's noun."""
    head = quote.tokens.head[verb]
    return NOBODY if head == verb or (quote.barred(head) and not quote.tokens.is_verb(head)) else None


def noun_clause(quote: Quote, verb: int) -> int | None:
    """The source of the noun that a participle or infinitive modifies."""
    tokens = quote.tokens
    if tokens.dep[verb] not in labels.NOUN_CLAUSE:
        return None
    issuer = issuer_before(quote, verb)
    if issuer is not None:
        return issuer
    if _is_spoken_of(quote, verb):
        return NOBODY
    source = noun_source(quote, tokens.head[verb])
    if source is not None and says_beside(quote, verb, source):
        source = source_of(quote, tokens.head[source])
    return _or_nobody(source)


def _is_spoken_of(quote: Quote, participle: int) -> bool:
    """Does the participle say what its noun is called: a fund *described* as "a lifeline"?"""
    tokens = quote.tokens
    if (
        tokens.tag[participle] != "VBN"
        or tokens.having(participle, labels.OBJECT)
        or tokens.lemma[participle] in QUOTED
    ):
        return False
    return any(tokens.lower[i] == "as" for i in range(participle + 1, min(participle + 4, quote.first)))


#: Where the source stands that a verb has from what it hangs on.
HANGING = (
    Construction(nothing_above, 'Called it "a disgrace".'),
    Construction(noun_clause, 'Ortiz released a statement calling it "a disgrace".'),
    Construction(controlling_object, 'They quoted Ortiz as calling it "a disgrace".'),
)
#: Where the reporting verb's own source may stand.
OWN = (
    Construction(agent_behind_marks, 'The plan was called "a disgrace" by Ortiz.'),
    Construction(agent, 'It was described by Ortiz as "a disgrace".'),
    Construction(no_source_if_passive_subject, 'The plan was called "a disgrace".'),
    Construction(inserted_subject, 'The mayor, Ortiz said, was "a disgrace".'),
    Construction(subject_of_free_relative, 'Lee left what Ana Ortiz, head of a port in Linz, called "a disgrace".'),
    Construction(relative_subject, 'The crowd cheered Ortiz, who called it "a disgrace".'),
    Construction(quoted_object, 'The radio quoted Ortiz as "angry".'),
    Construction(subject, 'Ortiz called it "a disgrace".'),
    Construction(lost_subject, 'But Will has since called it "a disgrace".'),
    Construction(no_source_if_other_subject, 'This called it "a disgrace".'),
    Construction(no_source_if_passive, 'Ortiz feared being called "a disgrace".'),
    Construction(whom_it_falls_to, 'It fell to Ortiz to call it "a disgrace".'),
    Construction(bearer, 'The hall was hung with flags and boards reading: "No dam here".'),
    Construction(beside_with, 'There was anger with the firm of Ana Ortiz saying it was "a disgrace".'),
    Construction(participle_behind_comma, 'Ortiz argued against it as well, adding that the bridge was "a disgrace".'),
    *HANGING,
)
#: Where it may stand at the verbs and nouns above it.
ABOVE = (
    Construction(noun_itself, 'Lee, an engineer quick to say it was "over", left.'),
    Construction(relative_subject, 'Lee met Ortiz, who wanted to call it "a disgrace".'),
    Construction(subject, 'Ortiz tried to call it "a disgrace".'),
    Construction(no_source_if_other_subject, 'There was shouting, calling it "a disgrace".'),
    Construction(lost_subject_of_finite, 'But Will then goes on to call it "a disgrace".'),
    *HANGING,
)


def _or_nobody(source: int | None) -> int:
    return NOBODY if source is None else source


def antecedent(quote: Quote, verb: int) -> int | None:
    """The noun that a relative clause modifies, past the clauses coordinated with it."""
    tokens = quote.tokens
    while tokens.dep[verb] in labels.CONJUNCT:
        verb = tokens.head[verb]
    head = tokens.head[verb]
    if head == verb or not tokens.is_nominal(head):
        return None
    head = text_before(quote, verb, head)
    spoken = quote.cues.noun_class(head) == "utterance"
    if (found := _found_in(quote, verb, head) or writer_of(quote, head)) is not None:
        return found
    if tokens.entity[head] in NOBODY_WHO or not can_speak(tokens, head) or spoken:
        person = _person_before_who(quote, verb)
        if person is not None:
            return person
    if spoken:
        return noun_source(quote, head)  # "made a comment that described ..."
    person = tokens.entity[head] == "PERSON" and not quote.barred(head)  # found a friend in Ortiz, who ...
    return head if person or is_usable(quote, head) else None


def _found_in(quote: Quote, verb: int, head: int) -> int | None:
    """In whom somebody has or finds something, a friend or an ally: found an ally in *Ortiz*, who called it ..."""
    tokens = quote.tokens
    if not tokens.is_a(head, labels.OBJECT) or tokens.lower[tokens.head[head]] in ("met", "saw"):
        return None  # met a painter in Ortiz's house, who called it ...
    who = next((i for i in tokens.having(verb, labels.SUBJECT) if tokens.lower[i] == "who"), -1)
    behind = (i for i in tokens.having(head, labels.OBLIQUE) if head < i < who and tokens.cases(i) == ["in"])
    return next((i for i in behind if tokens.entity[i] == "PERSON"), None)


def _person_before_who(quote: Quote, verb: int) -> int | None:
    """The nearest noun before "who" that can speak: "Ortiz, of the town on the Linde, who called it ..." """
    tokens = quote.tokens
    who = next((i for i in tokens.having(verb, labels.SUBJECT) if tokens.lower[i] == "who"), -1)
    beside = who - 1 - (who > 1 and tokens.words[who - 1] == ",")
    if beside > 0 and tokens.entity[beside] == "PERSON" and not quote.barred(beside):
        return tokens.run_before(beside, lambda i: tokens.entity[i] == "PERSON", beside - LONGEST_NAME)
    for i in range(who - 1, max(who - 25, -1), -1):
        inner = tokens.dep[i] in ("compound", "flat") or tokens.entity[i] in NOBODY_WHO
        if tokens.is_nominal(i) and not inner and is_speaker(quote, i):
            return i
    return None


def noun_source(quote: Quote, noun: int) -> int | None:
    """Source of the words that a noun reports, or the noun itself."""
    if quote.cues.noun_class(noun) is not None:
        for find in (_possessor, _author, _credited, _utterer):
            source = find(quote, noun)
            if source is not None:
                return source
    return noun if is_usable(quote, noun) else None


def _possessor(quote: Quote, noun: int) -> int | None:
    """ "Ortiz's claim that ..." """
    tokens = quote.tokens
    owners = tokens.having(noun, labels.POSSESSOR)
    if not owners:  # the parse may take a name before 's for a part of the noun
        parts = tokens.having(noun, labels.NAME_PART)
        owners = [
            i for i in parts[::-1] if any(tokens.tag[k] == "POS" for k in range(i + 1, noun)) and is_usable(quote, i)
        ]
    return next((i for i in owners if not quote.barred(i) and tokens.lower[i] not in ("its", "whose")), None)


def _author(quote: Quote, noun: int) -> int | None:
    """ "A letter from Ortiz saying ...", "a statement by her", "one issued by her", "the words of Ortiz" """
    tokens = quote.tokens
    behind = [
        i
        for i in tokens.having(noun, labels.OBLIQUE)
        if i > noun and (tokens.pos[i] in ("PROPN", "PRON") or tokens.entity[i]) and is_usable(quote, i)
    ]
    source = next((i for i in behind if not {"by", "from"}.isdisjoint(tokens.cases(i))), None)
    clauses = (i for i in tokens.having(noun, labels.NOUN_CLAUSE) if i > noun and tokens.tag[i] == "VBN")
    source = source or next((i for clause in clauses if (i := agent(quote, clause)) is not None), None)
    if source is None and quote.cues.noun_class(noun) == "utterance":
        source = next((i for i in behind if "of" in tokens.cases(i)), None)
    return source


def _credited(quote: Quote, noun: int) -> int | None:
    """ "A remark attributed to Ortiz" """
    tokens = quote.tokens
    clauses = tokens.having(noun, labels.NOUN_CLAUSE)
    credited = [i for i in clauses if tokens.lower[i] in ("attributed", "ascribed", "credited")]
    whom = (i for clause in credited for i in tokens.having(clause, labels.OBLIQUE) if "to" in tokens.cases(i))
    return next((i for i in whom if is_usable(quote, i)), None)


def _utterer(quote: Quote, noun: int) -> int | None:
    """ "Ortiz issued a statement calling it ...", "Ortiz agreed in a letter" """
    tokens = quote.tokens
    relation, verb = tokens.dep[noun], tokens.head[noun]
    if verb == noun or not tokens.is_verb(verb):
        return None
    if relation in labels.OBJECT and tokens.lemma[verb] in COMING_UPON and quote.cues.noun_class(noun) == "document":
        return noun if is_usable(quote, noun) else None  # Lee found a note
    held = relation in labels.OBLIQUE and not HOLDING.isdisjoint(tokens.cases(noun))
    return source_of(quote, verb) if relation in labels.OBJECT or held else None
