"""A quotation passes through here and is looked at beside its tag: the reporting clause next to it."""

from __future__ import annotations

from quotes_cli.language import labels

from .animacy import can_speak
from .context import DASHES, FINAL, Context, Found, Quote
from .cues import SPEAKING, cue_tokens, noun_class, verb_class, verb_lemma
from .sources import is_finite, noun_source, source_of, usable
from .surroundings import (
    STRONG,
    announcing,
    climb,
    governs_object,
    has_content,
    inherit,
    leads_to_cue,
    nominal_before,
    sibling_before,
    subordinate,
    tag_beside,
    tag_start,
)
from .tree import Tree


def transcript_label(q: Quote, c: Context) -> Found | None:
    """A speaker's label before a colon. Example: MAYOR ORTIZ: "We will rebuild." """
    t = c.tree
    inside = next((i for i in range(q.first, min(q.first + 5, q.last)) if t.words[i] == ":"), None)
    if inside is not None and all(t.words[i].isupper() for i in range(q.first, inside)) and inside > q.first:
        return Found(inside - 1, (inside,), mention=(t.start[q.first], t.end[inside - 1]))
    region = c.before(q) or c.line_before(q)
    if not region or t.words[region[0]] != ":" or len(region) > 12:
        return None
    label = region[1:]
    if any(c.barred(i, q) or (t.is_verb(i) and t.words[i].islower()) or _reports(t, c, i) for i in label):
        return None
    nominal = [i for i in label if t.pos[i] in ("PROPN", "NOUN", "PRON") or t.entity[i] or t.words[i].isupper()]
    nominal = [i for i in nominal if t.pos[i] != "PUNCT"]
    if not nominal:
        return None
    head = nominal[0]
    while t.head[head] in nominal and t.head[head] != head:
        head = t.head[head]
    return Found(head, (region[0],))


def _reports(t: Tree, c: Context, i: int) -> bool:
    """Is the word a finite reporting verb, whatever the tagger says ("Said Ortiz:", "a sign read:")?"""
    return (
        bool(c.lexicon.tense(t.lower[i]) & {"past"})
        and not t.words[i].isupper()
        and verb_lemma(t, c.lexicon, i) is not None
    )


def interrupted(q: Quote, c: Context) -> Found | None:
    """The second half of an interrupted quotation. Example: "We lost," Ortiz said, "but we learned." """
    other = sibling_before(q, c)
    if other is None or other.last_paragraph != q.paragraph or other.ending not in ",?!…—–-":
        return None
    found = c.found[other.number]
    t = c.tree
    if q.left < 0 or t.words[q.left] not in DASHES | {",", "..."}:
        return None
    if (
        found is None
        or not found.cue
        or found.rule not in (quote_cue_subject.__name__, quote_subject_cue.__name__, interrupted.__name__)
    ):
        return None
    between = [i for i in range(other.last + 1, q.first) if not t.space[i] and not c.mark[i]]
    if not between or found.cue[0] not in between or any(c.ends_sentence(i) for i in between):
        return None
    joined = next((i for i in between if i > found.cue[-1] and t.lower[i] in ("and", "but")), None)
    if joined is not None and any(
        k > joined and verb_class(t, c.lexicon, k) in STRONG and t.having(k, labels.SUBJECT) for k in between
    ):
        return None
    return inherit(other, found)


def quote_cue_subject(q: Quote, c: Context) -> Found | None:
    """The tag after the quotation, verb first. Example: "We will rebuild," said Ortiz."""
    t = c.tree
    region = c.sentence_after(q)
    k = tag_start(q, c, region)
    if k is None:
        return None
    while k < len(region) - 1 and t.pos[region[k]] == "ADV" and verb_lemma(t, c.lexicon, region[k]) is None:
        k += 1
    verb = region[k]
    if verb_lemma(t, c.lexicon, verb) is None or t.pos[verb] in ("ADP", "SCONJ", "PRON", "ADV", "ADJ", "DET"):
        return None
    if not c.lexicon.tense(t.lower[verb]) & {"past", "third"} or t.tag[verb] == "VBG":
        return None
    subjects = [i for i in t.having(verb, labels.SUBJECT) if i > verb]
    head = subjects[0] if subjects else None
    if head is None:
        for i in region[k + 1 : k + 9]:
            if t.tag[i] in ("IN", "TO", "WDT", "CC", "MD") or t.is_verb(i) or t.words[i] in (",", ":"):
                break
            if t.is_nominal(i) and t.dep[i] not in ("compound", "det", "nmod:poss", "flat", "amod"):
                head = i
                break
        if head is None and k + 1 < len(region) and t.is_name_like(region[k + 1]):
            head = region[k + 1]
    if head is None or usable(c, head, q) is None or t.lower[head] in ("him", "them", "me", "us", "himself", "herself"):
        return None
    return Found(head, cue_tokens(t, verb))


def quote_subject_cue(q: Quote, c: Context) -> Found | None:
    """The tag after the quotation, subject first, with material between. Example: "We lost," Ortiz, the mayor, told
    reporters."""
    t = c.tree
    region = c.sentence_after(q)
    k = tag_start(q, c, region)
    if (
        k is None
        or t.pos[region[k]] in ("CCONJ", "SCONJ")
        or t.lower[region[k]] in ("that", "who", "which", "when", "where")
    ):
        return None
    for place in range(k, len(region)):
        verb = region[place]
        kind = verb_class(t, c.lexicon, verb)
        if (
            kind is None
            and k
            < place
            <= k + 4  # no more than a subject before it: "... turnout in the coastal states." reports nothing
            and t.is_nominal(region[place - 1])
            and t.tag[verb] == "NNS"
            and "third" in c.lexicon.tense(t.lower[verb])
            and region[-1] == verb
        ):
            lemma = verb_lemma(
                t, c.lexicon, verb
            )  # a last word that the tagger took for a plural: "the narrator asks."
            kind = c.lexicon.verbs[lemma] if lemma else None
        if kind is None:
            if (
                t.tag[verb] in ("VBD", "VBZ", "VBP")
                and t.pos[verb] == "VERB"
                and t.dep[verb] not in labels.RELATIVE
                and place > k
            ) and not leads_to_cue(c, verb, region[place + 1 :]):
                return None
            continue
        if t.head[verb] in region and (
            t.dep[verb] in labels.RELATIVE
            or (t.dep[verb] in labels.NOUN_CLAUSE and t.tag[verb] != "VBD" and not _only_verb(t, verb, region))
        ):
            continue
        if kind in ("act", "name", "gesture", "think") and not q.capital:
            return None
        if not q.capital and q.left >= 0 and governs_object(c, verb):
            return None
        if q.ending in FINAL and tag_beside(q, c):
            return None
        source = source_of(c, verb, q)
        if source is None or source not in region or source > verb:
            source = nominal_before(c, region[k:place], q)
        if source is None or source not in region or source > verb:
            continue
        if q.ending not in ",?!…—–-" and has_content(c, verb, q):
            return None
        return Found(source, cue_tokens(t, verb))
    return None


def _only_verb(t: Tree, verb: int, region: list[int]) -> bool:
    """Is a participle the tag's only verb, so that it must be a past tense ("a group of protesters shouted")?"""
    return t.tag[verb] == "VBN" and not any(t.tag[i] in ("VBD", "VBZ", "VBP", "MD") for i in region)


def subject_cue_quote(q: Quote, c: Context) -> Found | None:
    """The tag before the quotation, beside it. Example: Ortiz told reporters on Monday, "We will rebuild." """
    t = c.tree
    region = c.sentence_before(q) or announcing(q, c)
    if not region:
        return None
    pause = t.words[region[0]] in (",", ":", "—", "–", "-", "--")
    if not pause and not q.capital:
        return None
    if t.words[region[0]] == ":" and len(region) > 2 and noun_class(t, c.lexicon, region[1]) is not None:
        source = noun_source(c, region[1], q)  # "Ortiz had a new message: ..."
        if source is not None and source != region[1]:
            return Found(source, (region[1],))
    governed = climb(q, c, STRONG | {"act", "think", "gesture"}, region)
    if governed is not None:
        return governed
    for place, verb in enumerate(region[:30]):
        kind = verb_class(t, c.lexicon, verb)
        if kind is None or (not pause and (kind not in SPEAKING or place > 3)):
            continue
        if subordinate(c, verb) and place > 1:
            continue
        source = source_of(c, verb, q)
        if source is None and t.words[region[0]] == ":" and place == len(region) - 1:  # "Said Ortiz: ..."
            source = next((i for i in region[place - 1 :: -1] if t.is_nominal(i) and can_speak(t, i)), None)
        if source is None and t.tag[verb] != "VBN":
            source = nominal_before(c, [i for i in reversed(region) if i < verb], q)
        if source is not None:
            return Found(source, cue_tokens(t, verb))
    return _name_and_cue(q, c, region) if pause else None


def _name_and_cue(q: Quote, c: Context, region: list[int]) -> Found | None:
    """Nothing but a name and a past tense before the quotation, whatever the tagger made of them."""
    t = c.tree
    cue = next((i for i in region[:3] if t.words[i][:1].isalpha()), None)
    if cue is None or len(region) > 9 or not is_finite(c, cue) or not t.words[cue - 1][:1].isupper():
        return None
    first = cue - 1
    while first - 1 in region and (t.words[first - 1][:1].isupper() or t.tag[first - 1].startswith(("JJ", "NN", "DT"))):
        first -= 1
    return Found(cue - 1, (cue,), mention=(t.start[first], t.end[cue - 1]))


def sentence_tag(q: Quote, c: Context) -> Found | None:
    """The tag ends, or interrupts, a sentence that holds the fragment. Example: Even a "good" job pays too little,
    Ortiz said."""
    t = c.tree
    for region in (c.sentence_after(q), list(reversed(c.sentence_before(q)))):
        for place, verb in enumerate(region):
            if verb_class(t, c.lexicon, verb) not in SPEAKING or t.tag[verb] not in ("VBD", "VBZ", "VBP") or place == 0:
                continue
            behind = region[place + 1 :]
            ends = (
                not behind
                or t.words[behind[0]] in (",", ";", "—", "–", "-")
                or t.pos[behind[0]] in ("ADP", "ADV", "PROPN")
            )
            if not ends or has_content(c, verb, q):
                continue
            source = source_of(c, verb, q)
            if source is None or source not in region or source > verb:
                continue
            head = [i for i in t.subtree(source) if i <= source]
            opening = region.index(head[0]) if head[0] in region else 0
            if opening > 0 and t.words[region[opening - 1]] in (",", "—", "–", "-", "--"):
                return Found(source, cue_tokens(t, verb))
    return None


def dash_byline(q: Quote, c: Context) -> Found | None:
    """The name behind a dash. Example: "Well done." — Ana Ortiz"""
    t = c.tree
    region = c.after(q) or (c.line_after(q) if q.left < 0 else [])
    if not region or (
        t.words[region[0]] not in DASHES | {"~"} and not t.words[region[0]].startswith(("-", "–", "—", "―"))
    ):
        return None
    body = [i for i in region[1:] if t.pos[i] != "PUNCT"][:10]
    if not body or any(t.is_verb(i) and t.words[i].islower() for i in body):
        return None
    nominal = [i for i in body if t.is_nominal(i)]
    if not nominal or not t.words[body[0]][:1].isupper() or any(t.tag[i] == "CD" for i in body):
        return None  # with a date it is a reference, not a byline
    head = nominal[0]
    while t.head[head] in nominal and t.head[head] != head:
        head = t.head[head]
    return Found(head, (region[0],))
