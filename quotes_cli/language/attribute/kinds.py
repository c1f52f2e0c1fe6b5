"""A quotation passes through here and gets its kind: `direct`, `mixed`, or `other` with the test that says so.

The tests of `OTHER` are grammatical: what the marks stand beside, never how short they are. "Rigged" in `called it
"rigged"` is a quotation; in `the show "Rigged"` it is a title.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from quotes_cli.language import labels
from quotes_cli.language.designations import BRACKETS, nickname_end

from .animacy import can_speak, is_speaker
from .bylines import LONGEST_BYLINE, headline_label, is_predicate
from .clauses import according_to, frame, reported_clause
from .context import FINAL, FULL_STOPS, Context, Quote, letters_of, words_of
from .cues import FINITE, SPEAKING, STRONG
from .headings import in_link, newspaper_headline
from .naming import gloss, named, term
from .sentence_tags import sentence_tag
from .surroundings import GOING_ON, tag_behind
from .tags import quote_cue_subject, quote_subject_cue
from .tags_before import subject_cue_quote
from .titles import title, title_case

MOST_PULLED = 200  # quotations that stand alone; an article of more is an interview, and pulls none of them out
LONGEST_SUBHEAD = 12  # tokens of a line between two paragraphs


@dataclass(frozen=True, slots=True)
class KindTest:
    """A test that says the marks hold no quotation; its name is the record's rule. Of the example it holds."""

    name: str
    holds: Callable[[Quote], bool]
    example: str


def headline(quote: Quote) -> bool:
    """Single marks outside other marks in an article that quotes in double ones: a headline's short version of the
    body's words; not where the body has them as an utterance with a tag of its own, or as a heading with a label or
    without a stop.

    A headline without a full stop quotes what the body quotes again, which is read by `silence_echoes`, and otherwise
    where it says whose words they are.
    """
    if not _is_single(quote):
        return False
    if not _is_in_headline(quote):
        return in_link(quote) or not (
            _is_heading(quote) or is_inline_heading(quote) or _has_tag(quote) or _is_reported(quote)
        )
    again = _repetitions(quote)
    if again:
        return quote.ends_with_stop or all(other(one) is not None for one in again)
    return not (_has_tag(quote) or _has_source(quote) or is_predicate(quote))


def silence_echoes(context: Context) -> None:
    """Take no headline's words for a quotation for which the body, too, gives no source."""
    for quote in context.quotes:
        if not quote.in_headline:
            break
        if quote.test is None and _is_echo(quote) and all(one.finding is None for one in _repetitions(quote)):
            quote.test, quote.finding = "headline", None


def _is_single(quote: Quote) -> bool:
    """Does it stand in single marks outside other marks, in an article that quotes in double ones?"""
    context = quote.context
    return quote.parent is None and context.single[quote.number] and context.double_convention


def _is_in_headline(quote: Quote) -> bool:
    """Does it stand in the headline, and that without double marks?"""
    single = quote.context.single
    return quote.in_headline and all(
        single[other.number] for other in quote.context.quotes if other.paragraph == 0 and other.parent is None
    )


def _is_echo(quote: Quote) -> bool:
    """Does a headline without a full stop say in single marks what the body quotes?"""
    return _is_single(quote) and _is_in_headline(quote) and not quote.ends_with_stop and bool(_repetitions(quote))


def _repetitions(quote: Quote) -> list[Quote]:
    """The quotations of later paragraphs in which the words come again, but for those in which they are a name:
    Tarn to see ‘Night Boat’ again, and below: “Night Boat” is back."""
    same, name = words_of(quote.text), title_case(quote)
    later = (one for one in quote.context.quotes if one.paragraph > 0 and same in words_of(one.text))
    return [one for one in later if not name or quote.text not in one.text]


def _has_source(quote: Quote) -> bool:
    """Does the headline say whose words they are: Mayor says dam ‘will hold’; Ortiz: Dam ‘will hold’?"""
    if title_case(quote):
        return False
    rules = (headline_label, subject_cue_quote, quote_cue_subject, quote_subject_cue)
    return any(find(quote) is not None for find in rules) or _is_reported(quote)


def _is_heading(quote: Quote) -> bool:
    """Is it a paragraph with nothing but a label behind a colon (‘We will rebuild’: Ana Ortiz), or a line of its own
    between two paragraphs, without a full stop (‘Nowhere to go’)?

    Of those without a label all four in the press's training articles are speech; the ten of PolNeAR's that are none
    end in a full stop.
    """
    if quote.left < 0 and quote.right < 0:
        return quote.paragraph > 0 and quote.ending != "."
    if _is_repeated_below(quote):
        return True
    if quote.left >= 0 or quote.right < 0 or quote.words < 2:
        return False
    return quote.tokens.words[quote.right] == ":" and 0 < len(quote.after) < LONGEST_BYLINE


def _is_repeated_below(quote: Quote) -> bool:
    """Does it stand in a line between two paragraphs that quotes what is quoted below it: More boats ‘in May’?"""
    tokens = quote.tokens
    last = tokens.paragraph_end(quote.last) - 1
    line = range(tokens.paragraph_starts[quote.paragraph], last + 1)
    if not quote.paragraph or len(line) > LONGEST_SUBHEAD or quote.last_paragraph != quote.paragraph:
        return False
    if len(quote.context.quotes) > MOST_PULLED:
        return False
    if tokens.words[last] in FULL_STOPS or not tokens.words[line[0]][:1].isupper() or quote.words < 2:
        return False
    return any(one.paragraph > quote.paragraph for one in _repetitions(quote))


def is_inline_heading(quote: Quote) -> bool:
    """Is it a heading whose line breaks are lost: it stands between two sentences, without a full stop?

    They left in the end. ‘Nowhere to go’ The mayor said ... No rule looks for its source, for none is beside it.
    """
    tokens, left, right = quote.tokens, quote.left, quote.right
    if not _is_single(quote):
        return False
    if left < 0 or right < 0 or quote.words < 2 or quote.ending in (".", ",") or not quote.capital or title_case(quote):
        return False
    ended = tokens.words[left] in FULL_STOPS or quote.ends_another(left)
    return ended and tokens.words[right][:1].isupper()


def _has_tag(quote: Quote) -> bool:
    """Does a verb of speaking stand beside an utterance: behind its comma or dash, or before it and a pause?"""
    tokens, cues = quote.tokens, quote.cues
    if quote.ending in f"{GOING_ON}." and any(cues.verb_class(i) in SPEAKING for i in tag_behind(quote)[:8]):
        return quote.ending != "." or quote.text.endswith(("...", ". . ."))
    region = quote.sentence_before
    beside = bool(region) and quote.capital and tokens.words[region[0]] in (",", ":")
    if not beside:
        return False
    labelled = tokens.words[region[0]] == ":" and len(region) == len(quote.before) < LONGEST_BYLINE
    name = labelled and tokens.pos[region[1]] == "PROPN" if len(region) > 1 else False  # Ana Ortiz: ‘We will rebuild.’
    return name or any(cues.verb_class(i) in SPEAKING for i in region[1:12])


def _is_reported(quote: Quote) -> bool:
    """Does the grammar say whose words a fragment is: called it ‘a mess’; it was ‘a mess’, she said?"""
    if title_case(quote):
        return False
    tokens, cues = quote.tokens, quote.cues
    for find in (reported_clause, sentence_tag, according_to, frame):
        found = find(quote)
        if found is None or not found.cue or found.source is None:
            continue
        verb = found.cue[0]
        flags = cues.lexicon.flags_of(cues.verb_lemma(verb) or "")
        behind_of = verb < quote.left and tokens.tag[quote.left] == "IN"  # accused him of ‘theft’, but: blocked ‘aid’
        classes = STRONG | {"act"} if behind_of else STRONG
        speaks = (cues.verb_class(verb) in classes and "weak" not in flags) or tokens.lemma[verb] == "read"
        if (speaks or find in (according_to, frame)) and can_speak(tokens, found.source):
            return True
    return False


def nickname(quote: Quote) -> bool:
    """Marks between the parts of a name."""
    tokens, left, right = quote.tokens, quote.left, quote.right
    beside = left >= 0 and right >= 0 and quote.first == left + 2 and not tokens.is_verb(right)
    if beside and nickname_end(tokens.words, left + 1, tokens.paragraph_end(left)):
        return True
    bracketed = left > 0 and tokens.words[left] in BRACKETS and quote.first == left + 2
    if bracketed and nickname_end(tokens.words, left, tokens.paragraph_end(left)):
        return True  # Ana ("Red") Ortiz
    if left < 0 or right < 0 or quote.words > 4 or quote.ending in ",." or not title_case(quote):
        return False
    if not tokens.words[left][:1].isupper() or not tokens.words[right][:1].isupper():
        return False
    return tokens.tag[left].startswith("NNP") and (quote.words == 1 or tokens.tag[right].startswith("NNP"))


def letter(quote: Quote) -> bool:
    """A single letter, and no answer with a tag ("7," Ortiz said)."""
    if sum(map(str.isalnum, quote.text)) != 1 or quote.ending in "!?":
        return False
    return not (_has_tag(quote) or _is_said(quote))


def _is_said(quote: Quote) -> bool:
    """Does somebody say just that: Ortiz said "7" when asked?"""
    tokens, verb = quote.tokens, quote.left
    spoken = verb >= 0 and quote.cues.verb_class(verb) in SPEAKING and tokens.tag[verb] in FINITE
    return spoken and any(i < verb and is_speaker(quote, i) for i in tokens.having(verb, labels.SUBJECT))


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
    KindTest("headline", headline, "Boat: 'We sank.'\n\n\"We sank,\" Ortiz said."),
    KindTest("nickname", nickname, 'They cheered Ana "The Rock" Ortiz.'),
    KindTest("letter", letter, 'It was a vote for "R".'),
    KindTest("newspaper_headline", newspaper_headline, 'The Ledger ran it under the headline "Ortiz in Tears".'),
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
    tests = OTHER[:1] if _is_echo(quote) else OTHER
    return next((test.name for test in tests if test.holds(quote)), None)


def kind(quote: Quote) -> str:
    """`direct` for a whole utterance between the marks, `mixed` for a fragment inside the reporter's own clause."""
    if not quote.capital:
        return "mixed"
    begins = quote.left < 0 or quote.context.mark[quote.left] or quote.tokens.words[quote.left] in BEGINNINGS
    return "direct" if begins or (quote.ending in FINAL | {","} and quote.words > 3) else "mixed"


#: Tokens before a whole utterance.
BEGINNINGS = frozenset({",", ":", ".", "!", "?", "—", "–", "-", ";", ")", "(", "…", "]"})
