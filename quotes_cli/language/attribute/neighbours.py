"""A quotation without a tag passes through here; its source stands with a neighbour: a quotation or sentence before."""

from __future__ import annotations

from quotes_cli.language import labels

from .animacy import can_speak
from .context import FINAL, REACH, Context, Found, Quote
from .cues import SPEAKING, cue_tokens, verb_class
from .sources import source_of, usable
from .surroundings import inherit, sibling_before


def continuation(q: Quote, c: Context) -> Found | None:
    """The speaker goes on after a finished tag. Example: "We lost," Ortiz said. "We will win." """
    t = c.tree
    number = c.attributed.get(q.parent)
    if number is None:
        return None
    other, found = c.quotes[number], c.found[number]
    if found is None or other.last_paragraph != q.paragraph:
        return None
    between = [i for i in range(max(other.last + 1, q.first - REACH), q.first) if not c.mark[i] and not t.space[i]]
    if not q.capital and q.left >= 0 and any(c.ends_sentence(i) for i in between):
        own = c.sentence_before(q)
        if q.words < 4 or q.ending not in FINAL or any(t.is_a(i, labels.SUBJECT) and can_speak(t, i) for i in own):
            return None
    return inherit(other, found)


def lead_in(q: Quote, c: Context) -> Found | None:
    """The sentence before introduces the quotation. Example: Ortiz was angry about it. "They knew." """
    t = c.tree
    if not q.capital or c.sentence_before(q) or (q.ending not in FINAL and q.words < 3):
        return None
    for verb in c.before(q):
        if c.barred(verb, q) or verb_class(t, c.lexicon, verb) is None:
            continue
        outer = [a for a in t.ancestors(verb) if verb_class(t, c.lexicon, a) in SPEAKING and not c.barred(a, q)]
        for cue in [*reversed(outer), verb]:
            source = source_of(c, cue, q)
            if source is not None and can_speak(t, source):
                return Found(source, cue_tokens(t, cue))
    for i in c.before(q):
        named = t.entity[i] == "PERSON" or t.tag[i] in ("PRP", "NNP")
        if (
            (
                named
                and not c.barred(i, q)
                and t.is_a(i, labels.SUBJECT)
                and t.dep[t.head[i]] in labels.ROOT | labels.CONTENT
            )
            and can_speak(t, i)
            and usable(c, i, q) is not None
        ):
            return Found(i)
    return None


def previous_paragraph(q: Quote, c: Context) -> Found | None:
    """A paragraph of quotation only, behind one whose quotation has a speaker, or that reports.

    Example: "We will rebuild," Ortiz said. / "And we mean it."
    """
    t = c.tree
    if q.left >= 0:
        return None
    i = q.first - 1
    while i >= 0 and (t.paragraph[i] == q.paragraph or t.space[i]):
        i -= 1
    announced = i >= 0 and t.paragraph[i] == q.paragraph - 1 and t.words[i].endswith(":")
    if not announced and any(t.words[i][:1].isalnum() for i in c.after(q)):
        return None
    other = sibling_before(q, c)
    if other is not None and other.last_paragraph == q.paragraph - 1:
        found = c.found[other.number]
        if found is not None:
            return inherit(other, found)
    while i >= 0 and t.paragraph[i] == q.paragraph - 1:
        if not t.space[i] and not c.barred(i, q) and verb_class(t, c.lexicon, i) is not None:
            source = source_of(c, i, q)
            if source is None:
                source = next(
                    (s for s in t.having(i, labels.SUBJECT | labels.OBJECT) if s > i and usable(c, s, q) is not None),
                    None,
                )
            if source is not None:
                return Found(source, cue_tokens(t, i))
        i -= 1
    return None
