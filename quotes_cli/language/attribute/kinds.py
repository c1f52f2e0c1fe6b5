"""A quotation in its context passes through here and gets its kind: `direct`, `mixed`, or `other` with the test that
says so.

The tests of `OTHER` are grammatical: what the marks stand beside, never how short they are. "Rigged" in `called it
"rigged"` is a quotation; in `the show "Rigged"` it is a title.
"""

from __future__ import annotations

from collections.abc import Callable

from quotes_cli.language import labels
from quotes_cli.language.words.lists import column

from .animacy import can_speak
from .context import FINAL, Context, Quote
from .cues import SPEAKING, noun_class, verb_class

MOST_PULLED = 200  # quotations that stand alone; an article of more is an interview, and pulls none of them out

#: Verbs whose capitals in marks are somebody's words: names called, shouted or on a sign.
CALLING = frozenset({"call", "label", "dub", "brand", "describe", "name", "nickname", "chant", "shout", "yell", "hold"})

#: Words before an example of what was named in general.
EXAMPLES = frozenset({"especially", "including", "notably", "particularly", "like", "namely"})

#: What one does with a work, not with words: "she watched "Harbour Lights" twice".
ENJOYING = frozenset({"watch", "enjoy", "host", "edit", "sing", "direct", "release", "publish", "perform", "read"})

Test = Callable[[Quote, Context], bool]

TERMS = frozenset(
    [
        "word",
        "words",
        "term",
        "terms",
        "phrase",
        "letter",
        "letters",
        "prefix",
        "suffix",
        "adjective",
        "noun",
        "verb",
        "acronym",
        "abbreviation",
    ]
)
LINKS = frozenset(
    ["of", "the", "a", "an", "and", "in", "to", "for", "on", "with", "at", "from", "by", "or", "is", "de", "la", "le"]
)
SHOW_PREPOSITIONS = frozenset(["on", "in", "of", "for", "to", "at", "from", "during", "via"])
NAMED = frozenset(
    [
        "titled",
        "entitled",
        "called",
        "named",
        "dubbed",
        "nicknamed",
        "known",
        "so-called",
        "pronounced",
        "spelled",
        "self-styled",
        "self-proclaimed",
        "aka",
        "literally",
        "meaning",
    ]
)


def title_case(q: Quote) -> bool:
    """Are all words but articles and the like capitalised, as in names and titles?"""
    words = [w.strip(".,!?;:'’‘\"“”()") for w in q.text.split()]
    words = [w for w in words if w]
    return (
        bool(words)
        and (words[0][:1].isupper() or words[0][:1].isdigit())
        and all(w[:1].isupper() or w[:1].isdigit() or w.lower() in LINKS for w in words)
    )


def headline(q: Quote, c: Context) -> bool:
    """Single marks outside other marks in an article that quotes in double ones: a headline's short version of the
    body's words.

    Example: Ortiz: 'We will rebuild' (above an article that quotes "We will rebuild it all, house by house")
    """
    return q.parent is None and c.single[q.number] and c.double_convention


def nickname(q: Quote, c: Context) -> bool:
    """Marks between the parts of a name. Example: Dwayne "The Rock" Johnson"""
    t = c.tree
    if q.left < 0 or q.right < 0 or q.words > 4 or q.ending in ",.":
        return False
    around = t.words[q.left][:1].isupper() and t.words[q.right][:1].isupper()
    names = t.tag[q.left].startswith("NNP") and (q.words == 1 or t.tag[q.right].startswith("NNP"))
    return around and names and title_case(q)


def title(q: Quote, c: Context) -> bool:
    """Name of a work, show, bill or ship: capitals, behind a possessive, preposition or its kind. Example: on CNN's
    "New Day" """
    t = c.tree
    if not title_case(q) or (q.ending in "!?" and q.words < 3):
        return False
    if q.left < 0:
        return (
            q.right >= 0
            and q.words <= 6
            and t.tag[q.right] in ("VBZ",)
            and t.lower[q.right] == "is"
            and q.ending not in FINAL
        )
    left = q.left
    while left > 0 and (t.tag[left] == "CD" or (t.tag[left] in ("JJ", "JJS") and not c.mark[left])):
        left -= 1  # "his 1994 ..."
    if t.tag[left] not in ("POS", "PRP$", "DT"):
        left = q.left
    works = column("work_nouns.txt")
    before, tag = t.lower[left], t.tag[left]
    behind = t.lower[q.right] if q.right >= 0 else ""
    if (tag in ("POS", "PRP$") or before in ("'s", "’s")) and not _called(q, c):
        followed = q.right >= 0 and t.pos[q.right] in ("NOUN", "ADJ") and behind not in works
        return q.words > 1 or not followed
    if before in works or t.lemma[q.left] in works or (behind in works and q.ending not in ",."):
        return True
    if t.lemma[q.left] in ENJOYING and q.words > 1:
        subjects = t.having(q.left, labels.SUBJECT)
        if any(can_speak(t, i) for i in subjects) or (not subjects and tag in ("VB", "VBG")):
            return True
    if before in SHOW_PREPOSITIONS and tag in ("IN", "TO", "RP"):
        if noun_class(t, c.lexicon, max(q.left - 1, 0)) == "utterance" or q.ending in "!?":
            return False  # "chants of ..."
        return q.words > 1 or before in ("on", "in", "at", "during")
    if before == "," and q.left >= 1 and any(t.lemma[i] in works for i in range(max(0, q.left - 4), q.left)):
        return True
    if before in EXAMPLES and any(t.lemma[i] in works for i in c.sentence_before(q)[:8]):
        return True  # "several of her later stories, especially ..."
    reported = any(verb_class(t, c.lexicon, i) in SPEAKING for i in c.sentence_before(q))
    if t.tag[max(left - 1, 0)] in ("IN", "TO") and t.lower[left - 1] not in ("that", "about"):
        reported = False  # "said during a "Harbour Lights Forum""
    if tag == "DT" and q.words > 1 and not reported and not _called(q, c) and t.lower[max(left - 1, 0)] != "as":
        return q.text[:1].isupper() and sum(w[:1].isupper() for w in q.text.split()) > 1
    glossed = t.words[q.left] == "(" and q.left > 0 and c.mark[q.left - 1]  # a title's translation behind it
    opens_gloss = q.right >= 0 and t.words[q.right] == "(" and q.right + 1 < len(t) and c.mark[q.right + 1]
    if (glossed or opens_gloss) and q.words < 10:
        return True
    other = c.quotes[q.number - 1] if q.number else None
    listed = other is not None and other.last_paragraph == q.paragraph and 0 < q.first - other.last <= 5
    return listed and c.tests[q.number - 1] in ("title", "term")


def named(q: Quote, c: Context) -> bool:
    """What something is called by nobody in particular. Example: the so-called "rebuild tax"; a hacker known as
    "Crow"."""
    t = c.tree
    if q.left < 0:
        return False
    i = q.left
    if t.lower[i] == "as" and i:
        i -= 1
    if t.lower[i] not in NAMED:
        return False
    if t.lower[i] in ("called", "dubbed", "named", "nicknamed"):
        return (
            t.tag[i] == "VBN"
            and title_case(q)
            and not any(
                t.lower[k] in ("by", "has", "have", "had", "who") for k in range(max(0, i - 3), min(len(t), q.last + 4))
            )
        )
    return t.lower[i] != "known" or t.lower[q.left] in ("as", "known")


def term(q: Quote, c: Context) -> bool:
    """A word as a word. Example: the word "freedom" has no plural here."""
    t = c.tree
    if q.left < 0 or q.words > 3:
        return False
    if t.lower[q.left] == "as" and q.left > 1 and t.lower[q.left - 1] == "such" and t.lower[q.left - 2] in TERMS:
        return True
    other = c.quotes[q.number - 1] if q.number else None
    if other is not None and c.tests[q.number - 1] == "term" and 0 < q.first - other.last <= 5:
        return True
    if t.lower[q.left] not in TERMS or q.ending in FINAL:
        return False
    near = range(max(0, q.left - 6), q.left)
    return not any(
        t.lower[i] in ("used", "uses", "use", "using", "uttered", "repeated", "said", "say", "invoked") for i in near
    )


def letter(q: Quote, c: Context) -> bool:
    """A single letter. Example: a vote for "R" or "D"."""
    return sum(ch.isalnum() for ch in q.text) == 1 and q.ending not in "!?"


def markup(q: Quote, c: Context) -> bool:
    """The value of an attribute that was left in the text. Example: <img src="a.png">"""
    return q.left >= 0 and c.tree.words[q.left].endswith("=") and q.words == 1


def pull_quote(q: Quote, c: Context) -> bool:
    """A paragraph of its own that only repeats words quoted elsewhere in the article, as magazines set them large."""
    if not _alone(q) or c.alone > MOST_PULLED:
        return False
    if c.alone < 0:
        c.alone = sum(map(_alone, c.quotes))
        beside = (other for other in c.quotes if other.parent is None and (other.left >= 0 or other.right >= 0))
        c.beside = "\n".join(_bare(other.text) for other in beside)
        return pull_quote(q, c)
    return _bare(q.text) in c.beside


def _alone(q: Quote) -> bool:
    """Is the quotation a paragraph of its own, and of more than a few words?"""
    return q.left < 0 and q.right < 0 and q.parent is None and q.words >= 6


def _bare(text: str) -> str:
    return "".join(ch for ch in text.lower() if ch.isalnum())


def _called(q: Quote, c: Context) -> bool:
    """Does somebody call somebody so, shout it or hold it up?"""
    t = c.tree
    return any(t.is_verb(i) and t.lemma[i] in CALLING for i in c.sentence_before(q)[:6])


#: The tests in order; the first that holds names why the marks are no quotation.
OTHER: tuple[Test, ...] = (headline, nickname, letter, title, named, term, markup, pull_quote)


def other(q: Quote, c: Context) -> str | None:
    """Name of the test by which the marks hold no quotation, or None."""
    return next((test.__name__ for test in OTHER if test(q, c)), None)


def kind(q: Quote, c: Context) -> str:
    """`direct` for a whole utterance between the marks, `mixed` for a fragment inside the reporter's own clause."""
    t = c.tree
    if not q.capital:
        return "mixed"
    if (
        q.left < 0
        or t.words[q.left] in (",", ":", ".", "!", "?", "—", "–", "-", ";", ")", "(", "…", "]")
        or c.mark[q.left]
    ):
        return "direct"
    return "direct" if q.ending in FINAL | {","} and q.words > 3 else "mixed"
