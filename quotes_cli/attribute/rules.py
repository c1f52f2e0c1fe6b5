"""A quotation in its context passes through the rules here, in the order of `RULES`; the first that finds a source wins.

The constructions and their names follow the literature on quotation attribution: Pouliquen et al. 2007, Krestel et al. 2008,
O'Keefe et al. 2012, Pareti 2015 (PARC), Newell et al. 2018 (PolNeAR).
"""

from __future__ import annotations

from collections.abc import Callable

from .. import labels
from .animacy import can_speak
from .context import DASHES, FINAL, Context, Found, Quote
from .cues import SPEAKING, cue_tokens, noun_class, verb_class, verb_lemma
from .sources import RELATED, noun_source, source_of, usable

Rule = Callable[[Quote, Context], Found | None]

STRONG = SPEAKING | {"name"}
#: Words that open a clause which only dates or qualifies the reporting one.
SUBORDINATORS = frozenset("as when while after before if because although though since until whether why how where".split())


def transcript_label(q: Quote, c: Context) -> Found | None:
    """A speaker's label before a colon. Example: MAYOR ORTIZ: "We will rebuild." """
    t = c.tree
    inside = next((i for i in range(q.first, min(q.first + 5, q.last)) if t.words[i] == ":"), None)
    if inside is not None and all(t.words[i].isupper() for i in range(q.first, inside)) and inside > q.first:
        return Found(inside - 1, (inside,), mention=(t.start[q.first], t.end[inside - 1]))
    region = c.before(q)
    if not region or t.words[region[0]] != ":" or len(region) > 12:
        return None
    label = region[1:]
    if any(c.barred(i, q) or t.is_verb(i) and t.words[i].islower() for i in label):
        return None
    nominal = [i for i in label if t.pos[i] in ("PROPN", "NOUN", "PRON") or t.entity[i]]
    if not nominal:
        return None
    head = nominal[0]
    while t.head[head] in nominal and t.head[head] != head:
        head = t.head[head]
    return Found(head, (region[0],))


def interrupted(q: Quote, c: Context) -> Found | None:
    """The second half of an interrupted quotation. Example: "We lost," Ortiz said, "but we learned." """
    other = _sibling_before(q, c)
    if other is None or other.last_paragraph != q.paragraph or other.ending not in ",?!…—–-":
        return None
    found = c.found[other.number]
    t = c.tree
    if q.left < 0 or t.words[q.left] not in DASHES | {",", "..."}:
        return None
    if found is None or not found.cue or found.rule not in (quote_cue_subject.__name__, quote_subject_cue.__name__, interrupted.__name__):
        return None
    between = [i for i in range(other.last + 1, q.first) if not t.space[i] and not c.mark[i]]
    if not between or found.cue[0] not in between or any(c.ends_sentence(i) for i in between):
        return None
    if any(i > found.cue[-1] and t.lower[i] in ("and", "but") and verb_class(t, c.lexicon, k) in STRONG and t.having(k, labels.SUBJECT) for i in between for k in between if k > i):
        return None
    return _inherit(other, found)


def quote_cue_subject(q: Quote, c: Context) -> Found | None:
    """The tag after the quotation, verb first. Example: "We will rebuild," said Ortiz."""
    t = c.tree
    region = c.sentence_after(q)
    k = _tag_start(q, c, region)
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
    if head is None or usable(c, head, q) is None or t.lower[head] in ("him", "them", "me", "us", "himself", "herself"):
        return None
    return Found(head, cue_tokens(t, verb))


def quote_subject_cue(q: Quote, c: Context) -> Found | None:
    """The tag after the quotation, subject first, with material between. Example: "We lost," Ortiz, the mayor, told reporters."""
    t = c.tree
    region = c.sentence_after(q)
    k = _tag_start(q, c, region)
    if k is None or t.pos[region[k]] in ("CCONJ", "SCONJ") or t.lower[region[k]] in ("that", "who", "which", "when", "where"):
        return None
    for place in range(k, len(region)):
        verb = region[place]
        kind = verb_class(t, c.lexicon, verb)
        if kind is None and place > k and t.tag[verb] == "NNS" and "third" in c.lexicon.tense(t.lower[verb]) and region[-1] == verb:
            lemma = verb_lemma(t, c.lexicon, verb)  # a last word that the tagger took for a plural: "the narrator asks."
            kind = c.lexicon.verbs[lemma] if lemma else None
        if kind is None:
            if t.tag[verb] in ("VBD", "VBZ", "VBP") and t.pos[verb] == "VERB" and t.dep[verb] not in labels.RELATIVE and place > k:
                if not _leads_to_cue(c, verb, region[place + 1 :]):
                    return None
            continue
        if t.head[verb] in region and (t.dep[verb] in labels.RELATIVE or t.dep[verb] in labels.NOUN_CLAUSE and t.tag[verb] != "VBD"):
            continue
        if kind in ("act", "name", "gesture", "think") and not q.capital:
            continue
        if not q.capital and q.left >= 0 and _governs_object(c, verb):
            return None
        if q.ending in FINAL and _tag_beside(q, c):
            return None
        source = source_of(c, verb, q)
        if source is None or source not in region or source > verb:
            source = _nominal_before(c, region[k:place], q)
        if source is None or source not in region or source > verb:
            continue
        if q.ending not in ",?!…—–-" and _has_content(c, verb, q):
            return None
        return Found(source, cue_tokens(t, verb))
    return None


def subject_cue_quote(q: Quote, c: Context) -> Found | None:
    """The tag before the quotation, beside it. Example: Ortiz told reporters on Monday, "We will rebuild." """
    t = c.tree
    region = c.sentence_before(q)
    if not region:
        return None
    pause = t.words[region[0]] in (",", ":", "—", "–", "-", "--")
    if not pause and not q.capital:
        return None
    governed = _climb(q, c, STRONG | {"act", "think", "gesture"}, region)
    if governed is not None:
        return governed
    for place, verb in enumerate(region[:30]):
        kind = verb_class(t, c.lexicon, verb)
        if kind is None or not pause and (kind not in SPEAKING or place > 3):
            continue
        if _subordinate(c, verb) and place > 1:
            continue
        source = source_of(c, verb, q)
        if source is None and t.tag[verb] != "VBN":
            source = _nominal_before(c, [i for i in reversed(region) if i < verb], q)
        if source is not None:
            return Found(source, cue_tokens(t, verb))
    return None


def reported_clause(q: Quote, c: Context) -> Found | None:
    """A fragment anywhere under a reported clause: climb to the verb that governs it. Example: Ortiz said it was "a hard year"."""
    return _climb(q, c, STRONG | {"act", "think", "gesture"}, None)


def _climb(q: Quote, c: Context, classes: frozenset[str], within: list[int] | None) -> Found | None:
    """The outermost verb of speaking above the quotation, or a naming verb below it; a weaker cue only where neither is.

    "Lee said Ortiz had pushed for a "fair deal"" reports Lee, "Lee said Ortiz called it "fair"" reports Ortiz. Of a report in
    a report the annotators of PolNeAR mark the reporter that the article has spoken to.
    """
    t = c.tree
    if q.left >= 0 and verb_class(t, c.lexicon, q.left) in STRONG & classes and t.having(q.left, labels.SUBJECT):
        source = source_of(c, q.left, q)
        if source is not None:
            return Found(source, cue_tokens(t, q.left))
    spare: Found | None = None
    outer: Found | None = None
    for top in _tops(q, c):
        for i in t.ancestors(top):
            if c.barred(i, q):
                continue
            if within is not None and i not in within:
                break
            kind = verb_class(t, c.lexicon, i)
            if kind not in classes or not q.capital and _weak(c, i):
                continue
            source = source_of(c, i, q)
            if source is None:
                continue
            found = Found(source, cue_tokens(t, i))
            if kind in STRONG and not _unreal(c, i) and can_speak(t, source):
                if outer is None or kind in SPEAKING:
                    outer = found
                if kind not in SPEAKING or t.dep[i] not in labels.CONTENT:
                    return outer
                continue
            spare = spare or found
        if outer is not None:
            return outer
        if spare is not None:
            return spare
    return None


def nearest_cue(q: Quote, c: Context) -> Found | None:
    """The parse lost the way: the nearest reporting verb before the fragment. Example: Ortiz, "tough" as ever, called it "over"."""
    t = c.tree
    for verb in c.sentence_before(q):
        kind = verb_class(t, c.lexicon, verb)
        if (kind in STRONG or kind == "act") and not _weak(c, verb):
            source = source_of(c, verb, q)
            if source is None and t.tag[verb] in ("VBD", "VBZ", "VBP"):
                source = _nominal_before(c, [i for i in reversed(c.sentence_before(q)) if i < verb], q)
            if source is not None:
                return Found(source, cue_tokens(t, verb))
    return None


def aside(q: Quote, c: Context) -> Found | None:
    """The reporting clause hangs on the quotation's own clause. Example: It was "a hard year", Ortiz said."""
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


def sentence_tag(q: Quote, c: Context) -> Found | None:
    """The tag ends, or interrupts, a sentence that holds the fragment. Example: Even a "good" job pays too little, Ortiz said."""
    t = c.tree
    for region in (c.sentence_after(q), list(reversed(c.sentence_before(q)))):
        for place, verb in enumerate(region):
            if verb_class(t, c.lexicon, verb) not in SPEAKING or t.tag[verb] not in ("VBD", "VBZ", "VBP") or place == 0:
                continue
            behind = region[place + 1 :]
            ends = not behind or t.words[behind[0]] in (",", ";", "—", "–", "-") or t.pos[behind[0]] in ("ADP", "ADV", "PROPN")
            if not ends or _has_content(c, verb, q):
                continue
            source = source_of(c, verb, q)
            if source is None or source not in region or source > verb:
                continue
            head = [i for i in t.subtree(source) if i <= source]
            opening = region.index(head[0]) if head[0] in region else 0
            if opening > 0 and t.words[region[opening - 1]] in (",", "—", "–", "-", "--"):
                return Found(source, cue_tokens(t, verb))
    return None


def according_to(q: Quote, c: Context) -> Found | None:
    """A prepositional frame in the sentence. Example: Costs had "doubled", according to Ortiz."""
    t = c.tree
    region = c.sentence_after(q) + c.sentence_before(q)
    for i in region:
        if t.lower[i] == "according" and i + 2 < len(t) and t.lower[i + 1] == "to":
            width = 2
        elif t.lower[i] in ("per", "citing") or t.lower[i] == "reported" and t.lower[i + 1 : i + 2] == ["by"]:
            width = 2 if t.lower[i] == "reported" else 1
        else:
            continue
        head = next((a for a in (t.head[i], t.head[i + width - 1]) if t.is_nominal(a) and a > i and not c.barred(a, q)), None)
        if head is None:
            head = next(
                (
                    k
                    for k in range(i + width, min(i + 12, len(t)))
                    if t.is_nominal(k) and t.dep[k] not in ("compound", "nmod:poss", "det", "amod", "flat")
                ),
                None,
            )
        if head is not None and usable(c, head, q) is not None:
            return Found(head, tuple(range(i, i + width)))
    return None


def frame(q: Quote, c: Context) -> Found | None:
    """A frame with the source inside it. Example: As Ortiz put it, "rebuild"; in Ortiz's words; by her own admission."""
    t = c.tree
    region = list(reversed(c.sentence_before(q)))
    for tokens in (region, c.sentence_after(q)):
        words = [t.lower[i].replace("’", "'") for i in tokens]
        for phrase, kind in c.lexicon.frames.items():
            if kind != "slot":
                continue
            before, _, after = (part.split() for part in phrase.partition("*"))
            for k in range(len(words) - len(before)):
                if words[k : k + len(before)] != before:
                    continue
                for end in range(k + len(before) + 1, min(k + len(before) + 7, len(words))):
                    if words[end : end + len(after)] == after:
                        inside = [i for i in tokens[k + len(before) : end] if t.is_nominal(i) or t.tag[i] == "PRP$"]
                        head = next((i for i in reversed(inside) if can_speak(t, i) and usable(c, i, q) is not None), None)
                        if head is not None:
                            return Found(head, tuple(tokens[end : end + len(after)]) or tuple(tokens[k : k + len(before)]))
    return None


def dash_byline(q: Quote, c: Context) -> Found | None:
    """The name behind a dash. Example: "Well done." — Ana Ortiz"""
    t = c.tree
    region = c.after(q)
    if not region or t.words[region[0]] not in DASHES | {"~"} and not t.words[region[0]].startswith(("-", "–", "—", "―")):
        return None
    body = [i for i in region[1:] if t.pos[i] != "PUNCT"][:10]
    if not body or any(t.is_verb(i) and t.words[i].islower() for i in body):
        return None
    nominal = [i for i in body if t.is_nominal(i)]
    if not nominal or not t.words[body[0]][:1].isupper():
        return None
    head = nominal[0]
    while t.head[head] in nominal and t.head[head] != head:
        head = t.head[head]
    return Found(head, (region[0],))


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
        for i in t.ancestors(top):
            for noun in t.having(i, labels.SUBJECT):
                if not c.barred(noun, q) and noun_class(t, c.lexicon, noun) == "utterance" and t.having(noun, labels.POSSESSOR):
                    source = noun_source(c, noun, q)
                    if source is not None:
                        return Found(source, (noun,))
    return None


def possessor(q: Quote, c: Context) -> Found | None:
    """The fragment stands in somebody's noun phrase. Example: Ortiz's "rebuild first" plan; by her "own" admission."""
    t = c.tree
    if q.left < 1 or q.right < 0 or t.tag[q.left] not in ("POS", "PRP$") or t.pos[q.right] not in ("NOUN", "ADJ"):
        return None
    if t.tag[q.left] == "PRP$":
        return Found(q.left, (q.right,)) if t.lower[q.left] not in ("its", "our", "your", "my") else None
    owner = q.left - 1
    while t.dep[owner] in labels.NAME_PART and t.head[owner] != owner and t.head[owner] < q.left:
        owner = t.head[owner]
    if not can_speak(t, owner) or usable(c, owner, q) is None:
        return None
    return Found(owner, (q.right,) if noun_class(t, c.lexicon, q.right) else ())


def continuation(q: Quote, c: Context) -> Found | None:
    """The speaker goes on after a finished tag. Example: "We lost," Ortiz said. "We will win." """
    t = c.tree
    for n in range(q.number - 1, -1, -1):
        other = c.quotes[n]
        if other.parent != q.parent:
            continue
        if other.last_paragraph != q.paragraph:
            return None
        found = c.found[n]
        if found is None:
            continue
        between = [i for i in range(other.last + 1, q.first) if not c.mark[i] and not t.space[i]]
        if not q.capital and q.left >= 0 and any(c.ends_sentence(i) for i in between):
            own = c.sentence_before(q)
            if q.words < 4 or q.ending not in FINAL or any(t.is_a(i, labels.SUBJECT) and can_speak(t, i) for i in own):
                return None
        return _inherit(other, found)
    return None


def lead_in(q: Quote, c: Context) -> Found | None:
    """The sentence before introduces the quotation. Example: Ortiz was angry about it. "They knew." """
    t = c.tree
    if not q.capital or q.words < 3:
        return None
    for verb in c.before(q):
        if c.barred(verb, q) or verb_class(t, c.lexicon, verb) is None:
            continue
        source = source_of(c, verb, q)
        if source is not None and can_speak(t, source):
            return Found(source, cue_tokens(t, verb))
    if q.capital and q.words > 3:
        for i in c.before(q):
            if not c.barred(i, q) and t.is_a(i, labels.SUBJECT) and t.dep[t.head[i]] in labels.ROOT | labels.CONTENT:
                if (t.entity[i] == "PERSON" or t.tag[i] in ("PRP", "NNP")) and can_speak(t, i) and usable(c, i, q) is not None:
                    return Found(i)
    return None


def previous_paragraph(q: Quote, c: Context) -> Found | None:
    """A paragraph of quotation only, after one whose speaker is known. Example: ... Ortiz said. / "And we mean it." """
    t = c.tree
    if q.left >= 0:
        return None
    other = _sibling_before(q, c)
    if other is not None and other.last_paragraph == q.paragraph - 1:
        found = c.found[other.number]
        if found is not None:
            return _inherit(other, found)
    i = q.first - 1
    while i >= 0 and t.paragraph[i] == q.paragraph:
        i -= 1
    while i >= 0 and t.paragraph[i] == q.paragraph - 1:
        if not t.space[i] and not c.barred(i, q) and verb_class(t, c.lexicon, i) is not None:
            source = source_of(c, i, q)
            if source is None:
                source = next((s for s in t.having(i, labels.SUBJECT | labels.OBJECT) if s > i and usable(c, s, q) is not None), None)
            if source is not None:
                return Found(source, cue_tokens(t, i))
        i -= 1
    return None


def _sibling_before(q: Quote, c: Context) -> Quote | None:
    n = q.number - 1
    while n >= 0 and c.quotes[n].parent != q.parent:
        n -= 1
    return c.quotes[n] if n >= 0 else None


def _inherit(other: Quote, found: Found) -> Found:
    return Found(found.source, found.cue, other.number, found.mention)


def _tops(q: Quote, c: Context) -> list[int]:
    """Tokens of the quotation whose heads stand outside it, or that are roots; the one with the largest subtree first."""
    t = c.tree
    tops = [
        i
        for i in range(q.first, q.last + 1)
        if not t.space[i] and t.pos[i] != "PUNCT" and (t.head[i] == i or not q.first <= t.head[i] <= q.last)
    ]
    return sorted(tops, key=lambda i: -len(t.subtree(i)))[:3]


def _tag_start(q: Quote, c: Context, region: list[int]) -> int | None:
    """Index in `region` where a tag behind the quotation would begin, past comma and dash; None where none can follow.

    A tag follows a comma, question, exclamation or dash within the marks, or a comma behind them; behind a bare quotation only
    where this began its sentence; behind a full stop only where hardly anything else is in the sentence.
    """
    t = c.tree
    k = 0
    while k < len(region) and (t.words[region[k]] in (",", "...", ")") or t.words[region[k]] in DASHES):
        k += 1
    if k >= len(region):
        return None
    if q.ending in ",?!…—–-" or k > 0:
        return k
    begins = q.capital and (q.left < 0 or not c.sentence_before(q))
    if q.ending == ".":
        return k if len(region) - k <= 4 and begins else None
    return k if begins else None


def _tag_beside(q: Quote, c: Context) -> bool:
    """Does a reporting verb stand right before the quotation, with a comma or colon between ("she said, ...")?"""
    t = c.tree
    region = c.sentence_before(q)
    if not region or t.words[region[0]] not in (",", ":"):
        return False
    return any(verb_class(t, c.lexicon, i) in SPEAKING for i in region[1:4])


def _governs_object(c: Context, verb: int) -> bool:
    """Has the verb an object of its own behind it that is no hearer ("expressed a desire"; not "told reporters")?"""
    t = c.tree
    lemma = verb_lemma(t, c.lexicon, verb)
    if lemma is None or "hearer" in c.lexicon.flags_of(lemma):
        return False
    return any(o > verb and t.words[o] not in ('"', "“") for o in t.having(verb, frozenset({"obj"})))


def _leads_to_cue(c: Context, verb: int, later: list[int]) -> bool:
    """Is a reporting verb controlled by this one ("went on to say", "smiled and said", "was quoted as saying")?"""
    t = c.tree
    for i in later[:12]:
        if verb_class(t, c.lexicon, i) is None:
            continue
        if verb in list(t.ancestors(i))[:3] and t.dep[i] in labels.CLAUSE | labels.CONJUNCT:
            return True
    return False


def _subordinate(c: Context, verb: int) -> bool:
    """Does the verb stand in a clause that only dates or qualifies ("said as he introduced her")?"""
    t = c.tree
    node = verb
    for _ in range(4):
        if any(t.lower[child] in SUBORDINATORS and child < node for child in t.children[node]):
            return True
        if t.dep[node] not in labels.CLAUSE | labels.CONJUNCT or t.head[node] == node:
            return False
        if t.dep[node] in labels.RELATIVE:
            return False
        node = t.head[node]
    return False


def _weak(c: Context, verb: int) -> bool:
    """Is speech only one of the verb's senses (lexicon flag `weak`)?"""
    lemma = verb_lemma(c.tree, c.lexicon, verb)
    return lemma is not None and "weak" in c.lexicon.flags_of(lemma)


def _unreal(c: Context, verb: int) -> bool:
    """Is the reporting verb under a modal, or an infinitive: not said yet ("he will tell them")?"""
    t = c.tree
    if t.tag[verb] == "VB":
        return any(t.tag[k] == "MD" or t.lower[k] == "to" for k in t.children[verb] if k < verb)
    return False


def _nominal_before(c: Context, tokens: list[int], q: Quote) -> int | None:
    """The last noun phrase among the tokens that can speak, for parses that lost the subject ("who Lee on Monday called")."""
    t = c.tree
    for i in reversed(tokens[-9:]):
        if t.words[i] in (";", ":") or t.tag[i] in ("VBD", "VBZ", "VBP"):
            return None
        if not t.is_nominal(i) or t.dep[i] in ("compound", "flat", "nmod:poss", "det", "nmod", "obl"):
            continue
        while t.dep[i] in labels.APPOSITION | {"conj"} and t.head[i] in tokens and t.head[i] < i:
            i = t.head[i]
        if can_speak(t, i) and usable(c, i, q) is not None and t.lower[i] not in RELATED:
            return i
    return None


def _has_content(c: Context, verb: int, q: Quote) -> bool:
    """Does the verb have what it reports elsewhere: a clause, or another quotation directly behind it?"""
    t = c.tree
    return any(
        t.dep[child] in labels.CONTENT and not c.inside(child, q) and child > verb for child in t.children[verb]
    )


RULES: tuple[Rule, ...] = (
    transcript_label,
    interrupted,
    quote_cue_subject,
    quote_subject_cue,
    subject_cue_quote,
    dash_byline,
    reported_clause,
    sentence_tag,
    nearest_cue,
    according_to,
    frame,
    aside,
    noun_cue,
    continuation,
    possessor,
    lead_in,
    previous_paragraph,
)
