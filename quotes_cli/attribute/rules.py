"""A quotation in its context passes through the rules here, in the order of `RULES`; the first that finds a source wins.

The constructions and their names follow the literature on quotation attribution: Pouliquen et al. 2007, Krestel et al. 2008,
O'Keefe et al. 2012, Pareti 2015 (PARC), Newell et al. 2018 (PolNeAR).
"""

from __future__ import annotations

from collections.abc import Callable

from .. import labels
from .context import DASHES, FINAL, Context, Found, Quote
from .cues import SPEAKING, cue_tokens, noun_class, verb_class, verb_lemma
from .sources import noun_source, source_of, usable

Rule = Callable[[Quote, Context], Found | None]


def transcript_label(q: Quote, c: Context) -> Found | None:
    """A speaker's label before a colon. Example: MAYOR ORTIZ: "We will rebuild." """
    region = c.before(q)
    if not region or c.tree.words[region[0]] != ":" or len(region) > 12:
        return None
    t = c.tree
    names = [i for i in region[1:] if not c.barred(i, q)]
    if len(names) != len(region) - 1 or any(t.is_verb(i) and t.words[i].islower() for i in names):
        return None
    nominal = [i for i in names if t.pos[i] in ("PROPN", "NOUN", "PRON") or t.entity[i]]
    if not nominal:
        return None
    head = nominal[0]
    while t.head[head] in nominal and t.head[head] != head:
        head = t.head[head]
    return Found(head, (region[0],))


def quote_cue_subject(q: Quote, c: Context) -> Found | None:
    """The tag after the quotation, verb first. Example: "We will rebuild," said Ortiz."""
    t = c.tree
    region = c.sentence_after(q)
    k = _skip(c, region, q)
    if k is None or not _open_ended(q, c, region):
        return None
    while k < len(region) and t.pos[region[k]] == "ADV" and not t.is_verb(region[k]) and k < 3:
        k += 1
    if k + 1 >= len(region):
        return None
    verb = region[k]
    if verb_lemma(t, c.lexicon, verb) is None or t.pos[verb] in ("ADP", "SCONJ", "PRON", "ADV"):
        return None
    if not c.lexicon.tense(t.lower[verb]) & {"past", "third", "participle", "base"} or t.tag[verb] in ("VBG", "NN") and not t.lower[verb].endswith("s"):
        return None
    subjects = [i for i in t.having(verb, labels.SUBJECT) if i > verb]
    head = subjects[0] if subjects else None
    if head is None:
        for i in region[k + 1 : k + 8]:
            if t.tag[i] in ("IN", "TO", "WDT", "CC") or t.pos[i] == "VERB" or t.words[i] in (",", ":", "“", '"'):
                break
            if t.is_nominal(i) and t.dep[i] not in ("compound", "det", "nmod:poss", "flat", "amod"):
                head = i
                break
        else:
            return None
    if head is None or usable(c, head, q) is None or t.lower[head] in ("him", "them", "me", "us", "himself", "herself"):
        return None
    return Found(head, cue_tokens(t, verb))


def quote_subject_cue(q: Quote, c: Context) -> Found | None:
    """The tag after the quotation, subject first, with material between. Example: "We will rebuild," Ortiz, the mayor, told reporters."""
    t = c.tree
    region = c.sentence_after(q)
    k = _skip(c, region, q)
    if k is None or not _open_ended(q, c, region) or t.lower[region[k]] in ("and", "but", "or", "that", "who", "which", "as", "because"):
        return None
    for place, verb in enumerate(region[k:]):
        if t.tag[verb] in ("WDT", "WP") or t.words[verb] == ";":
            pass
        if verb_class(t, c.lexicon, verb) is None and not (verb_lemma(t, c.lexicon, verb) and t.pos[verb] == "NOUN" and t.lower[verb].endswith(("ed", "said"))):
            continue
        if t.dep[verb] in labels.RELATIVE or t.dep[verb] in labels.NOUN_CLAUSE and t.tag[verb] != "VBD":
            continue
        source = source_of(c, verb, q)
        if source is None:
            source = _nominal_before(c, region[k : k + place], q)
        if source is None or source not in region or source > verb:
            continue
        lead = [i for i in region[k:] if i < source and t.pos[i] in ("VERB", "SCONJ", "CCONJ") and i not in t.subtree(source)]
        if lead:
            return None
        if q.ending in FINAL and q.ending == "." and _has_content(c, verb, q):
            return None
        return Found(source, cue_tokens(t, verb))
    return None


def subject_cue_quote(q: Quote, c: Context) -> Found | None:
    """The tag before the quotation, beside it. Example: Ortiz told reporters on Monday, "We will rebuild." """
    t = c.tree
    region = c.sentence_before(q)
    if not region:
        return None
    beside = t.words[region[0]] in (",", ":") or q.capital
    if not beside:
        return None
    for place, verb in enumerate(region[:25]):
        if verb_class(t, c.lexicon, verb) is None:
            if t.is_verb(verb) and t.tag[verb] in ("VBD", "VBZ", "VBP") and t.pos[verb] != "AUX" and place > 1:
                return None
            continue
        if t.words[region[0]] not in (",", ":") and verb_class(t, c.lexicon, verb) not in SPEAKING and place > 3:
            continue
        source = source_of(c, verb, q)
        if source is None:
            source = _nominal_before(c, [i for i in reversed(region) if i < verb], q)
        if source is None:
            continue
        return Found(source, cue_tokens(t, verb))
    return None


def reported_clause(q: Quote, c: Context) -> Found | None:
    """A fragment anywhere under a reported clause: climb to the verb that governs it. Example: Ortiz said it was "a hard year"."""
    return _climb(q, c, SPEAKING | {"think"})


def naming(q: Quote, c: Context) -> Found | None:
    """The fragment is what the source calls something. Example: Ortiz called the plan "a disgrace"."""
    return _climb(q, c, frozenset({"name"}))


def speech_act(q: Quote, c: Context) -> Found | None:
    """The fragment completes a speech act. Example: Ortiz accused them of "lying"."""
    return _climb(q, c, frozenset({"act", "gesture"}))


def _climb(q: Quote, c: Context, classes: frozenset[str]) -> Found | None:
    t = c.tree
    for top in _tops(q, c):
        for i in t.ancestors(top):
            if c.inside(i, q):
                continue
            if c.barred(i, q):
                continue
            kind = verb_class(t, c.lexicon, i)
            if kind in classes:
                source = source_of(c, i, q)
                if source is not None:
                    return Found(source, cue_tokens(t, i))
    return None


def aside(q: Quote, c: Context) -> Found | None:
    """The reporting clause hangs on the quotation's own verb. Example: It was, Ortiz said, "a hard year"."""
    t = c.tree
    tops = _tops(q, c)
    above = [a for top in tops for a in t.ancestors(top) if not c.barred(a, q)]
    for i in [*tops, *above]:
        for child in t.having(i, labels.CONTENT):
            if not c.barred(child, q) and verb_class(t, c.lexicon, child) in SPEAKING | {"think"}:
                source = source_of(c, child, q)
                if source is not None and not _has_content(c, child, q):
                    return Found(source, cue_tokens(t, child))
    return None


def according_to(q: Quote, c: Context) -> Found | None:
    """A prepositional frame in the sentence. Example: Costs had "doubled", according to Ortiz."""
    t = c.tree
    region = c.sentence_after(q) + c.sentence_before(q)
    for i in region:
        if t.lower[i] != "according" or i + 2 >= len(t) or t.lower[i + 1] != "to":
            continue
        head = next((a for a in (t.head[i], t.head[i + 1]) if t.is_nominal(a) and a > i and not c.barred(a, q)), None)
        if head is None:
            head = next((k for k in range(i + 2, min(i + 12, len(t))) if t.is_nominal(k) and t.dep[k] not in ("compound", "nmod:poss", "det", "amod", "flat")), None)
        if head is not None and usable(c, head, q) is not None:
            return Found(head, (i, i + 1))
    return None


def noun_cue(q: Quote, c: Context) -> Found | None:
    """A reporting noun governs the fragment. Example: Ortiz's claim that it was "over"."""
    t = c.tree
    for top in _tops(q, c):
        for i in [top, *t.ancestors(top)]:
            if c.barred(i, q) or noun_class(t, c.lexicon, i) is None:
                continue
            source = noun_source(c, i, q)
            if source is not None and source != i:
                return Found(source, (i,))
    return None


def possessor(q: Quote, c: Context) -> Found | None:
    """The fragment is part of somebody's noun phrase. Example: Ortiz's "rebuild first" plan."""
    t = c.tree
    for top in _tops(q, c):
        for i in [top, *list(t.ancestors(top))[:1]]:
            for child in t.having(i, labels.POSSESSOR):
                if usable(c, child, q) is not None:
                    return Found(child, (i,) if not c.barred(i, q) else ())
    return None


def any_subject(q: Quote, c: Context) -> Found | None:
    """No listed cue governs the fragment, but a verb with a subject does. Example: Ortiz pushed for a "fair deal"."""
    t = c.tree
    for top in _tops(q, c):
        for i in t.ancestors(top):
            if c.barred(i, q) or not t.is_verb(i):
                continue
            source = source_of(c, i, q)
            if source is not None and (t.entity[source] or t.pos[source] in ("PROPN", "PRON")):
                return Found(source, cue_tokens(t, i))
    return None


def continuation(q: Quote, c: Context) -> Found | None:
    """The speaker goes on after a finished tag. Example: "We lost," Ortiz said. "We will win." """
    for n in range(q.number - 1, -1, -1):
        other = c.quotes[n]
        if other.parent != q.parent:
            continue
        if other.last_paragraph != q.paragraph:
            return None
        found = c.found[n]
        if found is None:
            continue
        return Found(inherits=n, cue=found.cue, source=found.source, mention=found.mention)
    return None


def lead_in(q: Quote, c: Context) -> Found | None:
    """The sentence before introduces the quotation. Example: Ortiz was angry about it. "They knew." """
    t = c.tree
    region = c.before(q)
    for verb in region:
        if c.barred(verb, q):
            continue
        if verb_class(t, c.lexicon, verb) is None:
            continue
        source = source_of(c, verb, q)
        if source is not None:
            return Found(source, cue_tokens(t, verb))
    return None


def previous_paragraph(q: Quote, c: Context) -> Found | None:
    """A paragraph of quotation only, after one whose speaker is known. Example: ... Ortiz said. / "And we mean it." """
    t = c.tree
    if q.left >= 0:
        return None
    n = q.number - 1
    while n >= 0 and (c.quotes[n].parent is not None):
        n -= 1
    if n >= 0 and c.quotes[n].last_paragraph == q.paragraph - 1 and c.found[n] is not None:
        found = c.found[n]
        assert found is not None
        return Found(inherits=n, cue=found.cue, source=found.source, mention=found.mention)
    i = q.first - 1
    while i >= 0 and t.paragraph[i] == q.paragraph:
        i -= 1
    while i >= 0 and t.paragraph[i] == q.paragraph - 1:
        if not t.space[i] and not c.barred(i, q) and verb_class(t, c.lexicon, i) is not None:
            source = source_of(c, i, q)
            if source is not None:
                return Found(source, cue_tokens(t, i))
        i -= 1
    return None


def _tops(q: Quote, c: Context) -> list[int]:
    """Tokens of the quotation whose heads stand outside it, or that are roots; the one with the largest subtree first."""
    t = c.tree
    tops = [
        i
        for i in range(q.first, q.last + 1)
        if not t.space[i] and t.pos[i] != "PUNCT" and (t.head[i] == i or not q.first <= t.head[i] <= q.last)
    ]
    return sorted(tops, key=lambda i: -len(t.subtree(i)))[:3]


def _skip(c: Context, region: list[int], q: Quote) -> int | None:
    """Index in `region` of the first token that is no comma, dash or closing bracket; None where nothing is left."""
    k = 0
    while k < len(region) and (c.tree.words[region[k]] in (",", "...", ")") or c.tree.words[region[k]] in DASHES):
        k += 1
    return k if k < len(region) else None


def _open_ended(q: Quote, c: Context, region: list[int]) -> bool:
    """May a tag follow: does the quotation end with a comma, a question, a dash, or a comma behind it, and not a full stop?"""
    if q.ending in ",?!…—–-" or c.tree.words[region[0]] in (",", "—", "–", "--"):
        return True
    return q.ending != "." or len(region) <= 4


def _nominal_before(c: Context, tokens: list[int], q: Quote) -> int | None:
    """The head of the last noun phrase among the tokens, for parses that lost the subject."""
    t = c.tree
    for i in reversed(tokens):
        if t.is_nominal(i) and t.dep[i] not in ("compound", "flat", "nmod:poss", "det", "obl", "nmod", "obl:unmarked", "obj", "iobj"):
            return usable(c, i, q)
    return None


def _has_content(c: Context, verb: int, q: Quote) -> bool:
    """Does the verb have what it reports elsewhere: a clause, or another quotation directly behind it?"""
    t = c.tree
    for child in t.children[verb]:
        if t.dep[child] in labels.CONTENT and not c.inside(child, q) and child > verb and not c.barred(child, q):
            return True
    return False


RULES: tuple[Rule, ...] = (
    transcript_label,
    quote_cue_subject,
    quote_subject_cue,
    subject_cue_quote,
    naming,
    reported_clause,
    speech_act,
    according_to,
    aside,
    noun_cue,
    continuation,
    possessor,
    any_subject,
    lead_in,
    previous_paragraph,
)
