"""A reporting verb or noun passes through here and comes out with its source: whose words the grammar says they are."""

from __future__ import annotations

from .. import labels
from .animacy import can_speak, is_time
from .context import Context, Found, Quote
from .cues import noun_class, verb_class
from .tree import Tree

EMPTY = frozenset(
    {"there", "what", "which", "that", "this", "these", "those", "who", "whom", "whose", "such", "so", "as"}
)
RELATED = frozenset({"who", "which", "that", "whom"})


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
        passive = bool(t.having(verb, labels.PASSIVE_AUXILIARY)) or bool(t.having(verb, labels.PASSIVE_SUBJECT))
        if own:
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
            return min(fit, key=lambda i: (not can_speak(t, i), abs(i - verb)), default=None)
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
        if relation in labels.CONTROLLED and relation == "xcomp":
            objects = [o for o in t.having(head, labels.OBJECT) if o < verb and not c.barred(o, q)]
            if objects and t.lemma[head] in OBJECT_CONTROL:
                return usable(c, objects[-1], q)
        verb = head
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
    if is_time(t, i) or t.pos[i] == "PUNCT":
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
    return usable(c, head, q)


def relative_pronoun(c: Context, found: Found) -> int | None:
    """The relative pronoun between the source and its verb ("Ortiz, who called it ..."): the mention at the
    attribution."""
    t = c.tree
    if found.source is None or not found.cue:
        return None
    verb = found.cue[0]
    for _ in range(4):
        subjects = t.having(verb, labels.SUBJECT)
        if subjects or t.dep[verb] not in labels.CONJUNCT | labels.CONTROLLED:
            break
        verb = t.head[verb]
    else:
        return None
    pronoun = next((i for i in subjects if t.lower[i] in RELATED and t.tag[i] in ("WP", "WDT")), None)
    return pronoun if pronoun is not None and found.source < pronoun < found.cue[0] else None


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


def mention(c: Context, head: int, q: Quote) -> tuple[int, int]:
    """(start, end) characters of the noun phrase at `head`: with its name, titles and prepositional phrases, without
    relative clauses and appositions; joint speakers in one mention.
    """
    t = c.tree
    low = high = head
    for i in _phrase(c, head, q):
        low, high = min(low, i), max(high, i)
    for other in t.having(head, labels.CONJUNCT):
        if t.is_nominal(other) and not t.is_verb(other) and 0 < other - high <= 6 and not c.barred(other, q):
            between = [t.words[i] for i in range(high + 1, other)]
            if "," in between and "and" not in t.lower[high + 1 : other + 1]:
                continue
            high = max(high, max(_phrase(c, other, q)))
    while low < high and (
        t.lower[low] in ("and", "but", "as", "well", "by", "from", "to", "of", ",", "that", "or")
        or t.pos[low] == "PUNCT"
        or t.space[low]
    ):
        low += 1
    while high > low and ((t.pos[high] == "PUNCT" and t.words[high] != ".") or t.space[high] or t.tag[high] == "POS"):
        high -= 1
    return t.start[low], t.end[high]


def _phrase(c: Context, head: int, q: Quote) -> list[int]:
    t = c.tree
    kept = [head]
    if t.pos[head] == "PRON" and t.lower[head] not in (
        "one",
        "some",
        "many",
        "most",
        "all",
        "others",
        "those",
        "both",
        "few",
    ):
        return kept
    for child in t.children[head]:
        relation = t.dep[child]
        if relation in labels.CASE or relation in labels.PUNCTUATION:
            continue
        name = relation in labels.NAME_PART or relation in labels.DESCRIPTION
        if child > head and not name and relation not in labels.OBLIQUE:
            continue
        if (
            relation.split(":")[0] not in {"flat", "compound", "nmod", "det", "amod", "nummod", "goeswith", "fixed"}
            and relation not in labels.MENTION_PARTS
        ):
            continue
        if (
            child > head
            and relation in labels.OBLIQUE
            and (not t.cases(child) or (t.pos[head] == "PROPN" and t.cases(child) not in (["of"], ["for"])))
        ):
            continue
        if child > head and any(t.words[i] in (",", "(", "—", "–", "-", ";", ":") for i in range(head + 1, child)):
            continue
        below = [i for i in t.subtree(child) if not c.barred(i, q)]
        if any(t.is_verb(i) and t.dep[i] in labels.CLAUSE for i in below) and child > head:
            continue
        kept += [i for i in below if i < head] if child < head else below
    runs = sorted(set(kept))
    low = high = runs.index(head)
    while low > 0 and _adjoin(t, runs[low - 1], runs[low]):
        low -= 1
    while high + 1 < len(runs) and _adjoin(t, runs[high], runs[high + 1]):
        high += 1
    return runs[low : high + 1]


def _adjoin(t: Tree, a: int, b: int) -> bool:
    """Do two tokens of a noun phrase stand together, with nothing but marks of possession or hyphens between?"""
    return all(t.tag[i] in ("POS", "HYPH", "''", "``") or t.space[i] for i in range(a + 1, b))
