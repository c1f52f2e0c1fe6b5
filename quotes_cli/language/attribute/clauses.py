"""A fragment passes through here and is looked at inside the clause, noun phrase or frame that reports it."""

from __future__ import annotations

from quotes_cli.language import labels

from .animacy import can_speak
from .context import FINAL, Context, Found, Quote
from .cues import SPEAKING, cue_tokens, noun_class, verb_class
from .sources import noun_source, source_of, usable
from .surroundings import STRONG, climb, has_content, nominal_before, tops, weak


def reported_clause(q: Quote, c: Context) -> Found | None:
    """A fragment anywhere under a reported clause: climb to the verb that governs it. Example: Ortiz said it was "a
    hard year"."""
    return climb(q, c, STRONG | {"act", "think", "gesture"}, None)


def nearest_cue(q: Quote, c: Context) -> Found | None:
    """The parse lost the way: the nearest reporting verb before the fragment. Example: Ortiz, "tough" as ever, called
    it "over"."""
    t = c.tree
    for verb in c.sentence_before(q):
        kind = verb_class(t, c.lexicon, verb)
        if (kind in STRONG or kind == "act") and not weak(c, verb, q):
            source = source_of(c, verb, q)
            if source is None and t.tag[verb] in ("VBD", "VBZ", "VBP"):
                source = nominal_before(c, [i for i in reversed(c.sentence_before(q)) if i < verb], q)
            if source is not None:
                return Found(source, cue_tokens(t, verb))
    return None


def aside(q: Quote, c: Context) -> Found | None:
    """The reporting clause hangs on the quotation's own clause. Example: It was "a hard year", Ortiz said."""
    t = c.tree
    own = tops(q, c)
    above = [a for top in own for a in t.ancestors(top) if not c.barred(a, q)]
    for i in [*own, *above]:
        for child in t.having(i, labels.CONTENT):
            if not c.barred(child, q) and verb_class(t, c.lexicon, child) in SPEAKING | {"think"}:
                source = source_of(c, child, q)
                if source is not None and can_speak(t, source) and not has_content(c, child, q):
                    return Found(source, cue_tokens(t, child))
    for top in own:
        for child in t.having(top, labels.RELATIVE):  # the "loopholes" he cited
            if c.barred(child, q) or verb_class(t, c.lexicon, child) is None or t.having(child, labels.OBJECT):
                continue
            subjects = [i for i in t.having(child, labels.SUBJECT) if i > q.last and usable(c, i, q) is not None]
            if subjects and can_speak(t, subjects[0]):
                return Found(subjects[0], cue_tokens(t, child))
    return None


def according_to(q: Quote, c: Context) -> Found | None:
    """A prepositional frame in the sentence. Example: Costs had "doubled", according to Ortiz."""
    t = c.tree
    region = c.sentence_before(q)
    if q.ending not in FINAL or (q.right >= 0 and t.words[q.right][:1] in ",—–-"):
        region = c.sentence_after(q) + region
    for i in region:
        if t.lower[i] == "according" and i + 2 < len(t) and t.lower[i + 1] == "to":
            width = 2
        elif t.lower[i] in ("per", "citing") or (t.lower[i] == "reported" and t.lower[i + 1 : i + 2] == ["by"]):
            width = 2 if t.lower[i] == "reported" else 1
        else:
            continue
        head = next(
            (a for a in (t.head[i], t.head[i + width - 1]) if t.is_nominal(a) and a > i and not c.barred(a, q)), None
        )
        if head is None:
            head = next(
                (
                    k
                    for k in range(i + width, min(i + 12, len(t)))
                    if t.is_nominal(k) and t.dep[k] not in ("compound", "nmod:poss", "det", "amod", "flat")
                ),
                None,
            )
        if (
            head is not None and not can_speak(t, head) and t.words[head].islower()
        ):  # "according to the event organizer, the Harbour Alliance"
            head = next(
                (k for k in range(head + 1, min(head + 5, len(t))) if t.is_nominal(k) and can_speak(t, k)), None
            )
        framed = head is not None and i < q.first <= head  # according to the "open door" theory
        if head is not None and not framed and usable(c, head, q) is not None:
            return Found(head, tuple(range(i, i + width)))
    return None


def frame(q: Quote, c: Context) -> Found | None:
    """A frame with the source inside it. Example: As Ortiz put it, "rebuild"; in Ortiz's words; by her own
    admission."""
    region = list(reversed(c.sentence_before(q)))
    for tokens in (region, c.sentence_after(q)):
        words = [c.tree.lower[i].replace("’", "'") for i in tokens]
        for phrase, kind in c.lexicon.frames.items():
            if kind in ("slot", "object"):
                found = _framed(q, c, tokens, words, phrase)
                if found is not None:
                    return found
    return None


def _framed(q: Quote, c: Context, tokens: list[int], words: list[str], phrase: str) -> Found | None:
    """The source in the slot of the phrase, or behind it where it has none ("in the words of Ortiz")."""
    t = c.tree
    before, slot, after = (part.split() for part in phrase.partition("*"))
    for k in range(len(words) - len(before)):
        if words[k : k + len(before)] != before:
            continue
        first = k + len(before)
        for end in range(first + 1, min(first + 7, len(words) + 1)):
            if words[end : end + len(after)] != after or (
                not slot and end < len(words) and words[end] not in (",", ".", ":")
            ):
                continue
            inside = [i for i in tokens[first:end] if t.is_nominal(i) or t.tag[i] == "PRP$" or t.words[i][:1].isupper()]
            fit = [i for i in inside if (can_speak(t, i) or t.words[i][:1].isupper()) and usable(c, i, q) is not None]
            if fit:
                head = next((i for i in fit if t.dep[i] not in labels.NAME_PART), fit[0]) if not slot else fit[-1]
                return Found(head, tuple(tokens[end : end + len(after)]) or tuple(tokens[k:first]))
    return None


def noun_cue(q: Quote, c: Context) -> Found | None:
    """A reporting noun governs the fragment. Example: Ortiz's claim that it was "over"."""
    t = c.tree
    for top in tops(q, c):
        for i in [top, *t.ancestors(top)]:
            if c.barred(i, q) or noun_class(t, c.lexicon, i) is None:
                continue
            source = noun_source(c, i, q)
            if source is not None and source != i:
                return Found(source, (i,))
        for i in t.ancestors(top):
            for noun in t.having(i, labels.SUBJECT):
                if (
                    not c.barred(noun, q)
                    and noun_class(t, c.lexicon, noun) == "utterance"
                    and t.having(noun, labels.POSSESSOR)
                ):
                    source = noun_source(c, noun, q)
                    if source is not None:
                        return Found(source, (noun,))
    return None


#: What a politician's or company's slogan may stand before, though the noun itself reports nothing.
PLANS = frozenset(
    ["plan", "policy", "agenda", "strategy", "doctrine", "approach", "campaign", "platform", "proposal", "vision"]
)


def possessor(q: Quote, c: Context) -> Found | None:
    """The fragment stands in somebody's noun phrase. Example: Ortiz's "rebuild first" plan; by her "own" admission."""
    t = c.tree
    if q.left < 1 or q.right < 0 or t.tag[q.left] not in ("POS", "PRP$") or t.pos[q.right] not in ("NOUN", "ADJ"):
        return None
    if t.tag[q.left] == "PRP$":
        if noun_class(t, c.lexicon, q.right) is None and t.lower[q.right] not in PLANS:
            return None
        return Found(q.left, (q.right,)) if t.lower[q.left] not in ("its", "our", "your", "my") else None
    owner = q.left - 1
    while t.dep[owner] in labels.NAME_PART and t.head[owner] != owner and t.head[owner] < q.left:
        owner = t.head[owner]
    if not can_speak(t, owner) or usable(c, owner, q) is None:
        return None
    return Found(owner, (q.right,)) if noun_class(t, c.lexicon, q.right) or t.lower[q.right] in PLANS else None
