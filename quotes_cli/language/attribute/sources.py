"""A reporting verb or noun passes through here and comes out with its source: whose words the grammar says they are."""

from __future__ import annotations

import re

from quotes_cli.language import labels

from .animacy import can_speak, is_time
from .context import Context, Quote
from .cues import noun_class, verb_class
from .tree import Tree

EMPTY = frozenset(
    {"there", "what", "which", "that", "this", "these", "those", "who", "whom", "whose", "such", "so", "as"}
)
#: Prepositions before what is no source ("in a statement", "at the White House").
CIRCUMSTANCES = frozenset({"in", "on", "at", "after", "before", "during", "despite", "amid", "under", "since", "among"})
RELATED = frozenset({"who", "which", "that", "whom"})
_SEAT = re.compile(r"[RDI]-[A-Z][a-zA-Z.]{0,6}")  # a politician's party and state or town, which says nothing: R-Ore.


def source_of(c: Context, verb: int, q: Quote) -> int | None:
    """Head token of the source of the reporting verb: its subject, its agent, or what control hands down to it.

    "Ortiz tried to calm them, saying ..." - the participle's source is the main verb's subject (advcl); "a senator
    who called it ..." - the antecedent (acl:relcl); "Ortiz was quoted as saying" - the passive subject; "called "x"
    by Ortiz" - the agent.
    """
    t = c.tree
    seen: set[int] = set()
    own = True
    while verb not in seen:
        seen.add(verb)
        if not t.is_verb(verb) and own is False and t.is_nominal(verb) and not t.having(verb, labels.SUBJECT):
            return usable(c, verb, q)
        passive = _passive(c, verb)
        if own:
            agent = _agent_behind(c, verb, q) if t.tag[verb] in ("VBN", "VBD") else None
            if agent is not None:
                return agent
            for child in t.children[verb]:
                if t.dep[child] in labels.AGENT or (
                    t.dep[child] in labels.OBLIQUE and "by" in t.cases(child) and (passive or t.tag[verb] == "VBN")
                ):
                    found = usable(c, child, q)
                    if found is not None:
                        return found
        subjects = t.having(verb, labels.SUBJECT)
        if subjects:
            if own and passive and t.lemma[verb] not in ("quote", "cite", "hear", "record"):
                return None
            subjects = [_inner_subject(t, i) for i in subjects]
            if any(t.lower[i] in RELATED and t.tag[i] in ("WP", "WDT", "DT", "IN") for i in subjects):
                return antecedent(c, verb, q)
            fit = [i for i in subjects if usable(c, i, q) is not None]
            if own and not fit and t.tag[verb] in ("VBD", "VBZ", "VBP"):
                fit = _lost_subject(c, verb, q)
            return min(fit, key=lambda i: (not can_speak(t, i), abs(i - verb)), default=None)
        if (t.tag[verb] in ("VBD", "VBZ", "VBP") or own) and (lost := _lost_subject(c, verb, q)):
            return lost[0]
        if own and passive:
            return None
        if own and t.tag[verb] == "VBG" and _after_comma(t, verb):
            main = _main_subject(c, verb, q)
            if main is not None:
                return main
        own = False
        relation, head = t.dep[verb], t.head[verb]
        if head == verb or (c.barred(head, q) and not t.is_verb(head)):
            return None
        if relation in labels.RELATIVE:
            return antecedent(c, verb, q)
        if relation in labels.NOUN_CLAUSE:
            return noun_source(c, head, q)
        if relation in labels.CONTROLLED:
            objects = [o for o in t.having(head, labels.OBJECT) if o < verb and not c.barred(o, q)]
            controls = t.lemma[head] in OBJECT_CONTROL if relation == "xcomp" else t.lemma[head] in QUOTING
            if objects and controls and usable(c, objects[-1], q) is not None and can_speak(t, objects[-1]):
                return objects[-1]
        verb = head
    return None


#: Verbs whose object says what stands behind "as": "quoted Ortiz as saying".
QUOTING = frozenset({"quote", "cite", "hear", "record", "remember", "describe"})


def _lost_subject(c: Context, verb: int, q: Quote) -> list[int]:
    """A name right before a finite verb that the parse made part of it ("Ortiz smiled and said").

    Also one that the tagger took for an adverb or a common noun ("Small said").
    """
    t = c.tree
    found = [
        i
        for i in t.having(verb, labels.NAME_PART)
        if i < verb and t.pos[i] == "PROPN" and can_speak(t, i) and usable(c, i, q) is not None
    ]
    if found or not is_finite(c, verb):
        return found
    i = verb - 1
    while i > 0 and t.words[i].islower() and t.pos[i] in ("ADV", "AUX"):
        i -= 1
    return [i] if i >= 0 and t.is_name_like(i) and usable(c, i, q) is not None else []


def is_finite(c: Context, verb: int) -> bool:
    """Is the word the past tense or the third person of a reporting verb, whatever the tagger says?"""
    t = c.tree
    return t.words[verb].islower() and bool(c.lexicon.tense(t.lower[verb]) & {"past", "third"})


def _passive(c: Context, verb: int) -> bool:
    t = c.tree
    if t.having(verb, labels.PASSIVE_AUXILIARY):
        return True
    if not t.having(verb, labels.PASSIVE_SUBJECT):
        return False
    return bool(t.having(verb, labels.AUXILIARY)) or not is_finite(c, verb)  # "Ortiz added" is no passive


def _agent_behind(c: Context, verb: int, q: Quote) -> int | None:
    """The agent right behind the marks, wherever the parse hangs it: called "a disgrace" by Ortiz."""
    t = c.tree
    if q.right < 0 or t.lower[q.right] != "by" or verb > q.first or t.lower[verb] in ("said", "told"):
        return None
    for i in range(q.right + 1, min(q.right + 8, len(t))):
        if t.is_nominal(i) and t.dep[i] not in labels.NAME_PART | {"det", "amod", "nmod:poss", "nummod"}:
            return usable(c, i, q) if can_speak(t, i) else None
    return None


def _after_comma(t: Tree, verb: int) -> bool:
    before = [i for i in range(max(0, verb - 3), verb) if not t.space[i]]
    return any(t.words[i] in (",", "—", "–", "-", "--") for i in before) and all(
        t.words[i] in (",", "—", "–", "-", "--") or t.pos[i] in ("ADV", "CCONJ") or i < verb - 2 for i in before
    )


def _main_subject(c: Context, verb: int, q: Quote) -> int | None:
    """Subject of the sentence's reporting main clause, for a participle behind a comma.

    "Lee wrote the agents were ready, saying ..." - Lee, wherever the parse hangs the participle; the last clause's
    subject ("the agents") only where the main verb does not report.
    """
    t = c.tree
    chain = [a for a in t.ancestors(verb) if t.is_verb(a) and not c.barred(a, q)]
    if t.dep[verb] in labels.NOUN_CLAUSE and t.head[verb] != verb and not can_speak(t, t.head[verb]):
        reporting = chain
    else:
        reporting = [a for a in chain if verb_class(t, c.lexicon, a) in ("say", "write", "ask", "name", "act")]
    for above in reversed(reporting):
        for subject in t.having(above, labels.SUBJECT):
            if (
                subject < verb
                and can_speak(t, subject)
                and usable(c, subject, q) is not None
                and t.lower[subject] not in RELATED
            ):
                return subject
    return None


OBJECT_CONTROL = frozenset(
    {"hear", "have", "quote", "lead", "prompt", "cause", "force", "let", "make", "see", "catch", "watch"}
)


def _inner_subject(t: Tree, i: int) -> int:
    """The noun where the parse took its participle for the subject ("Ortiz, clad in red, said")."""
    if t.is_verb(i) and t.words[i].islower():
        return next((k for k in t.having(i, labels.SUBJECT) if t.is_nominal(k)), i)
    return i


def usable(c: Context, i: int, q: Quote) -> int | None:
    """The token where it can be a source: outside the marks, no expletive, no time; else None."""
    t = c.tree
    if c.barred(i, q) or t.lower[i] in EMPTY or (t.is_verb(i) and t.words[i].islower()):
        return None
    if is_time(t, i) or t.pos[i] == "PUNCT" or (t.words[i - 1] in (",", "(") and _SEAT.fullmatch(t.words[i])):
        return None
    if set(t.cases(i)) & CIRCUMSTANCES:
        return None
    return i


def antecedent(c: Context, verb: int, q: Quote) -> int | None:
    """The noun that a relative clause modifies, past the clauses coordinated with it."""
    t = c.tree
    while t.dep[verb] in labels.CONJUNCT:
        verb = t.head[verb]
    head = t.head[verb]
    if head == verb or not t.is_nominal(head):
        return None
    pronoun = next((i for i in t.having(verb, labels.SUBJECT) if t.lower[i] == "who"), None)
    if pronoun is not None and (t.entity[head] == "LOC" or not can_speak(t, head)):
        for i in range(pronoun - 1, max(pronoun - 25, -1), -1):
            if (
                t.is_nominal(i)
                and can_speak(t, i)
                and t.entity[i] != "LOC"
                and usable(c, i, q) is not None
                and t.dep[i] not in ("compound", "flat")
            ):
                return i
    if noun_class(t, c.lexicon, head) == "utterance":
        return noun_source(c, head, q)  # "made a comment that described ..."
    return usable(c, head, q)


def noun_source(c: Context, noun: int, q: Quote) -> int | None:
    """Source of the words that a noun reports: its possessor, its `by`/`from`/`of`, the subject that utters it, else
    itself.

    "Ortiz's claim that ..."; "a letter from Ortiz saying ..."; "Ortiz issued a statement calling it ..."; "a sign
    reading ...".
    """
    t = c.tree
    kind = noun_class(t, c.lexicon, noun)
    if kind is None:
        return usable(c, noun, q)
    for child in t.having(noun, labels.POSSESSOR):
        if not c.barred(child, q) and t.lower[child] not in ("its", "whose"):
            return child
    for prepositions in (("by", "from"), ("of",) if kind == "utterance" else ()):
        for child in t.having(noun, labels.OBLIQUE):
            if (
                set(t.cases(child)) & set(prepositions)
                and child > noun
                and (t.pos[child] in ("PROPN", "PRON") or t.entity[child])
            ):
                found = usable(c, child, q)
                if found is not None:
                    return found
    for clause in t.having(noun, labels.NOUN_CLAUSE):  # "a remark attributed to Ortiz"
        if t.lower[clause] in ("attributed", "ascribed", "credited"):
            for child in t.having(clause, labels.OBLIQUE):
                if "to" in t.cases(child) and usable(c, child, q) is not None:
                    return child
    relation, head = t.dep[noun], t.head[noun]
    if (
        head != noun
        and t.is_verb(head)
        and (
            relation in labels.OBJECT
            or (
                relation in labels.OBLIQUE
                and set(t.cases(noun)) & {"in", "with", "on", "during", "at", "through", "via", "to", "for"}
            )
        )
    ):
        subject = source_of(c, head, q)
        if subject is not None:
            return subject
    return usable(c, noun, q)
