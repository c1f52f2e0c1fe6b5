"""A quotation passes through here and gets its kind: `direct`, `mixed`, or `other` with the test that says so.

The tests of `OTHER` are grammatical: what the marks stand beside, never how short they are. "Rigged" in `called it
"rigged"` is a quotation; in `the show "Rigged"` it is a title.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .bylines import LONGEST_BYLINE
from .context import FINAL, Quote, letters_of
from .cues import SPEAKING
from .surroundings import tag_behind
from .titles import title, title_case

MOST_PULLED = 200  # quotations that stand alone; an article of more is an interview, and pulls none of them out

TERMS = frozenset(
    "word words term terms name phrase letter letters prefix suffix adjective noun verb acronym abbreviation".split()
)
#: Words that use a term, and so report it.
USING = frozenset("used uses use using uttered repeated said say invoked".split())
CALLED = frozenset({"called", "dubbed", "named", "nicknamed"})
NAMED = CALLED | frozenset(
    "titled entitled known so-called pronounced spelled self-styled self-proclaimed aka literally meaning translates "
    "translated".split()
)


@dataclass(frozen=True, slots=True)
class KindTest:
    """A test that says the marks hold no quotation; its name is the record's rule. Of the example it holds."""

    name: str
    holds: Callable[[Quote], bool]
    example: str


def headline(quote: Quote) -> bool:
    """Single marks outside other marks in an article that quotes in double ones: a headline's short version of the
    body's words; not where the body has them as an utterance with a tag of its own, or as a heading."""
    if quote.parent is not None or not quote.context.single[quote.number] or not quote.context.double_convention:
        return False
    return quote.paragraph == 0 or not (_is_heading(quote) or _has_tag(quote))


def _is_heading(quote: Quote) -> bool:
    """Is it a paragraph with nothing but a label behind a colon (‘We will rebuild’: Ana Ortiz)?

    One without a label is the headline's short version of the body: of 11 in PolNeAR's training articles 8 are no gold.
    """
    if quote.left >= 0 or quote.right < 0 or quote.words < 2:
        return False
    return quote.tokens.words[quote.right] == ":" and 0 < len(quote.after) < LONGEST_BYLINE


def _has_tag(quote: Quote) -> bool:
    """Does a verb of speaking stand beside an utterance: behind its comma, or before it and a pause?"""
    tokens, cues = quote.tokens, quote.cues
    if quote.ending in ",?!" and any(cues.verb_class(i) in SPEAKING for i in tag_behind(quote)[:8]):
        return True
    region = quote.sentence_before
    beside = bool(region) and quote.capital and tokens.words[region[0]] in (",", ":")
    return beside and any(cues.verb_class(i) in SPEAKING for i in region[1:6])


def nickname(quote: Quote) -> bool:
    """Marks between the parts of a name."""
    tokens, left, right = quote.tokens, quote.left, quote.right
    if left < 0 or right < 0 or quote.words > 4 or quote.ending in ",." or not title_case(quote):
        return False
    if not tokens.words[left][:1].isupper() or not tokens.words[right][:1].isupper():
        return False
    return tokens.tag[left].startswith("NNP") and (quote.words == 1 or tokens.tag[right].startswith("NNP"))


def letter(quote: Quote) -> bool:
    """A single letter, and no answer with a tag ("7," Ortiz said)."""
    return sum(map(str.isalnum, quote.text)) == 1 and quote.ending not in "!?" and not _has_tag(quote)


def named(quote: Quote) -> bool:
    """What something is called by nobody in particular."""
    lower, namer = quote.tokens.lower, quote.left
    if namer < 0:
        return False
    if lower[namer] == "as" and namer:
        namer -= 1
    if lower[namer] not in NAMED:
        return False
    if lower[namer] in CALLED:
        around = lower[max(0, namer - 3) : quote.last + 4]
        by_nobody = {"by", "has", "have", "had", "who"}.isdisjoint(around)
        return quote.tokens.tag[namer] == "VBN" and title_case(quote) and by_nobody
    return lower[namer] != "known" or lower[quote.left] in ("as", "known")


def term(quote: Quote) -> bool:
    """A word as a word."""
    lower, left, other = quote.tokens.lower, quote.left, quote.previous
    if left < 0 or quote.words > 3:
        return False
    if lower[left] == "as" and left > 1 and lower[left - 1] == "such" and lower[left - 2] in TERMS:
        return True
    if other is not None and other.test == "term" and 0 < quote.first - other.last <= 5:
        return True
    if lower[left] not in TERMS or quote.ending in FINAL:
        return False
    return USING.isdisjoint(lower[max(0, left - 6) : left])


def gloss(quote: Quote) -> bool:
    """Another word for a thing, in brackets right behind it."""
    tokens, left, right = quote.tokens, quote.left, quote.right
    if left < 1 or right < 0 or quote.words > 2 or quote.ending in FINAL or quote.capital:
        return False
    return tokens.words[left] == "(" and tokens.words[right] == ")" and tokens.pos[left - 1] in ("NOUN", "PROPN")


def markup(quote: Quote) -> bool:
    """The value of an attribute that was left in the text."""
    return quote.left >= 0 and quote.tokens.words[quote.left].endswith("=") and quote.words == 1


def pull_quote(quote: Quote) -> bool:
    """A paragraph of its own that only repeats words quoted elsewhere in the article, as magazines set them large."""
    if not quote.stands_alone or quote.context.standing_alone > MOST_PULLED:
        return False
    return letters_of(quote.text) in quote.context.letters_in_text


#: The tests in order; the first that holds says why the marks are no quotation.
OTHER = (
    KindTest(
        "headline", headline, "Mayor: 'We will rebuild'\n\n\"We will rebuild it all, house by house,\" Ortiz said."
    ),
    KindTest("nickname", nickname, 'They cheered Ana "The Rock" Ortiz.'),
    KindTest("letter", letter, 'It was a vote for "R".'),
    KindTest("title", title, 'Ortiz was seen on the show "New Day".'),
    KindTest("named", named, 'They repealed the so-called "rebuild tax".'),
    KindTest("term", term, 'The word "freedom" has no plural here.'),
    KindTest("gloss", gloss, 'They found boxes of pills ("candy") there.'),
    KindTest("markup", markup, 'See img src="a.png" there.'),
    KindTest(
        "pull_quote",
        pull_quote,
        '"They came at night and took it all."\n\nOrtiz said, "They came at night and took it all."',
    ),
)


def other(quote: Quote) -> str | None:
    """Name of the test by which the marks hold no quotation, or None."""
    return next((test.name for test in OTHER if test.holds(quote)), None)


def kind(quote: Quote) -> str:
    """`direct` for a whole utterance between the marks, `mixed` for a fragment inside the reporter's own clause."""
    if not quote.capital:
        return "mixed"
    begins = quote.left < 0 or quote.context.mark[quote.left] or quote.tokens.words[quote.left] in BEGINNINGS
    return "direct" if begins or (quote.ending in FINAL | {","} and quote.words > 3) else "mixed"


#: Tokens before a whole utterance.
BEGINNINGS = frozenset({",", ":", ".", "!", "?", "—", "–", "-", ";", ")", "(", "…", "]"})
