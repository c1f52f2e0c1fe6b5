"""A quotation passes through here and is looked at beside a name without a verb: a speaker's label, a byline."""

from __future__ import annotations

from functools import partial

from quotes_cli.language import labels
from quotes_cli.language.nouns import denotes
from quotes_cli.language.words.lists import column

from .animacy import can_speak, is_time
from .context import DASHES, FINAL, Finding, Quote
from .cues import FINITE, SPEAKING
from .nominals import head_among
from .sources import noun_source, source_of
from .surroundings import tag_behind
from .vetoes import has_content, weak

#: What stands before a source that a colon follows, as words in small letters.
LABEL_OPENINGS = tuple(
    phrase.split() for phrase in ("here 's", "here ’s", "here is", "more from", "again from", "from")
)
#: Brackets that a source may stand in behind its words, and what closes them.
CREDITS = {"(": ")", "[": "]"}
#: What a headline's label names behind its speaker: Mayor on floods: ...
TOPICS = frozenset(("on", "to", "after", "about", "over", "in", "at", "amid"))
#: Prepositions of where, not who.
PLACING = frozenset({"on", "in", "at"})
#: Words that a label stays below; longer is a clause.
LONGEST_LABEL = 12
#: Tokens that a colon and a name behind a quotation stay below; more is a sentence that the quotation opens.
LONGEST_BYLINE = 8
LONGEST_LEAD = 60  # tokens of an article's first sentence
LONGEST_TAG = 8  # tokens up to its verb, where a label stands before the quotation


def transcript_label(quote: Quote) -> Finding | None:
    """A speaker's label before a colon, or inside the marks."""
    return _label_inside(quote) or _label_before(quote)


def _label_inside(quote: Quote) -> Finding | None:
    """ "ORTIZ: Who pays?" """
    tokens, first = quote.tokens, quote.first
    colon = next((i for i in range(first, min(first + 5, quote.last)) if tokens.words[i] == ":"), first)
    if colon == first or not all(map(str.isupper, tokens.words[first:colon])):
        return None
    return Finding(colon - 1, (colon,), mention=(tokens.start[first], tokens.end[colon - 1]))


def _label_before(quote: Quote) -> Finding | None:
    """MAYOR ORTIZ: "We will rebuild." """
    tokens, region = quote.tokens, quote.sentence_before or quote.line_before
    if not region or not tokens.words[region[0]].endswith(":"):
        return None
    if quote.ending == "," and any(quote.cues.verb_class(i) in SPEAKING for i in tag_behind(quote)[:LONGEST_TAG]):
        return None  # ANALYST'S VIEW: "We lost," said Ortiz
    colon, *label = region
    behind_sentence = len(quote.before) > len(region)
    label, cut = _label_proper(quote, label)
    if " ".join(tokens.lower[i] for i in reversed(label)) in column("no_speakers.txt"):
        return None  # EXCLUSIVE: "We lost," says Ortiz
    if len(label) >= LONGEST_LABEL or any(quote.barred(i) or _is_lower_verb(quote, i) for i in label):
        return None
    nouns = [
        i
        for i in label
        if not is_time(tokens, i)
        and (
            tokens.pos[i] in ("PROPN", "NOUN", "PRON")
            or (tokens.pos[i] != "PUNCT" and (tokens.entity[i] or tokens.words[i].isupper()))
        )
    ]
    if len(label) == 1 and tokens.lower[label[0]] in ("another", "others"):  # Another: "No fish."
        return Finding(label[0], (colon,)) if quote.previous is not None else None
    if not nouns or (tokens.tag[label[-1]] == "VBG" and not any(tokens.words[i] == "," for i in label)):
        return None  # "Commenting to Radio Linden:"
    head = head_among(quote, nouns)
    if not PLACING.isdisjoint(tokens.lower[i] for i in tokens.having(head, labels.CASE) if i in label):
        return None  # On Linden Radio: "We lost."
    author = noun_source(quote, head) if quote.cues.noun_class(head) == "utterance" else None
    if author is not None and author != head:  # The advice of Ana Ortiz: "Leave now."
        return Finding(author, (head,))
    named = tokens.pos[head] == "PROPN" or denotes(tokens.folded[head], tokens.tag[head]) in ("person", "group")
    if behind_sentence and not cut and not (named and tokens.words[label[-1]][:1].isupper()):
        return None
    return Finding(head, (colon,))


def _label_proper(quote: Quote, label: list[int]) -> tuple[list[int], bool]:
    """The words of a label, nearest first, without a heading and dash or "here is" and "from" before them; were any?

    HARBOUR VOTE IS NEAR - Ana Ortiz: "We will rebuild." Here's Ortiz in May: "..." More from the report: "..."
    """
    tokens = quote.tokens
    dash = next((k for k, i in enumerate(label) if tokens.words[i] in DASHES), 0)
    cut = bool(dash) and tokens.words[label[dash - 1]][:1].isupper()
    if cut:
        label = label[:dash]
    words = [tokens.lower[i] for i in reversed(label)]
    for opening in LABEL_OPENINGS:
        if len(words) > len(opening) and words[: len(opening)] == opening:
            return label[: -len(opening)], True
    return label, cut


def _is_lower_verb(quote: Quote, i: int) -> bool:
    """Is the word a verb in small letters, or reports whatever the tagger says ("Said Ortiz:", "a sign read:")?"""
    tokens, cues = quote.tokens, quote.cues
    if tokens.is_verb(i) and tokens.words[i].islower():
        return True
    if tokens.words[i].isupper() or cues.verb_lemma(i) is None:
        return False
    ends = "third" in cues.tense(i) and tokens.words[i].islower() and tokens.words[i + 1] == ":"  # "Ortiz counters:"
    return "past" in cues.tense(i) or ends


def headline_label(quote: Quote) -> Finding | None:
    """Whom a headline without a full stop names first: Ortiz: Dam "will hold"; Mayor on floods: Dam "will hold"."""
    tokens = quote.tokens
    if not quote.in_headline or tokens.words[tokens.paragraph_end(quote.first) - 1] == ".":
        return None
    colon = next((i for i in range(1, min(LONGEST_LABEL, quote.first)) if tokens.words[i] == ":"), 0)
    topic = next((i for i in range(1, colon) if tokens.lower[i] in TOPICS), colon)
    nouns = [i for i in range(topic) if tokens.is_nominal(i) and not quote.barred(i)]
    if not nouns or quote.left == colon or any(_is_lower_verb(quote, i) for i in range(colon)):
        return None
    if tokens.tag[quote.left] in FINITE | {"VB"} and quote.cues.verb_class(quote.left) in SPEAKING:
        return None  # Flood inquiry: Mayor says "we failed"
    if any(map(partial(_has_teller, quote), range(colon + 1, quote.left))):
        return None  # Blackout: Traders accuse firm of 'greed'
    head = head_among(quote, nouns)
    mention = (tokens.start[0], tokens.end[topic - 1]) if topic < colon else None
    return Finding(head, (colon,), mention=mention) if can_speak(tokens, head) else None


def _has_teller(quote: Quote, verb: int) -> bool:
    """Does a verb behind a label say what somebody else than its "we" says?"""
    tokens = quote.tokens
    if tokens.tag[verb] not in FINITE | {"VB"} or quote.cues.verb_class(verb) is None or quote.vetoed(weak, verb):
        return False
    source = source_of(quote, verb)
    return source is not None and source < verb and tokens.tag[source] != "PRP" and tokens.words[source + 1] != ":"


def headline_lead(quote: Quote) -> Finding | None:
    """Who says in the article's first sentence what the headline quotes of its subject: Dam ‘will hold’ | The dam will
    hold, Ortiz has said."""
    tokens = quote.tokens
    if not is_predicate(quote):
        return None
    begin = tokens.paragraph_end(quote.last)
    for i in range(begin, min(begin + LONGEST_LEAD, len(tokens))):
        if tokens.sentence[i] != tokens.sentence[begin]:
            break
        if tokens.tag[i] in FINITE | {"VBN"} and quote.cues.verb_class(i) in SPEAKING and not quote.barred(i):
            source = source_of(quote, i)
            if source is not None and source >= begin:
                return Finding(source, (i,))
    return None


def is_predicate(quote: Quote) -> bool:
    """Does it say what the headline's subject does, as no name or term can: Dam ‘will hold for years’?

    Not in a headline with a full stop, of whose marks PolNeAR's annotators took none.
    """
    tokens, left = quote.tokens, quote.left
    if not quote.in_headline or quote.ends_with_stop:
        return False
    if left < 0 or quote.words < 2 or quote.capital or not tokens.is_nominal(left):
        return False
    plural = tokens.tag[quote.first] == "VB" and tokens.tag[left] == "NNS"  # Floods ‘hit farmers hardest’
    return plural or tokens.tag[quote.first] in FINITE | {"MD"}


def dash_byline(quote: Quote) -> Finding | None:
    """The name behind a dash, or in brackets behind a whole utterance."""
    tokens = quote.tokens
    region = quote.after or (quote.line_after if quote.left < 0 else [])
    if not region:
        return None
    dash, *behind = region
    if tokens.words[dash] in CREDITS:
        return _credit(quote, behind, CREDITS[tokens.words[dash]])
    heads = tokens.words[dash] == ":" and quote.left < 0 and len(region) < LONGEST_BYLINE  # "We lost": Ana Ortiz
    if not heads and tokens.words[dash] != "~" and not tokens.words[dash].startswith(("-", "–", "—", "―")):
        return None
    if not heads and tokens.words[region[-1]] in DASHES:
        return None  # - Ana Ortiz -, a heading between dashes
    if any(tokens.words[i] == ":" for i in behind[:2]) or (not heads and _is_sentence(quote, behind)):
        return None  # - Source: Linden Press
    comma = next((k for k, i in enumerate(behind) if k and tokens.words[i] == ","), len(behind))
    body = [i for i in behind[:comma] if tokens.pos[i] != "PUNCT"][:10]
    handle = next((k for k, i in enumerate(body) if tokens.words[i].startswith("@")), len(body))
    dated = handle == len(body) and any(tokens.tag[i] == "CD" for i in behind[:12])
    body = body[:handle]
    nouns = list(filter(tokens.is_nominal, body))
    if not nouns or not (tokens.words[body[0]][:1].isupper() or (quote.right < 0 and _describes(quote, body))):
        return None
    if dated or any(tokens.is_verb(i) and tokens.words[i].islower() for i in body):
        return None  # with a date it is a reference, with a verb a clause, and no byline
    whole = (tokens.start[body[0]], tokens.end[body[-1]])
    capitals = heads and all(tokens.words[i][:1].isupper() for i in body)
    return Finding(head_among(quote, nouns), (dash,), mention=whole if capitals else None)


def _is_sentence(quote: Quote, behind: list[int]) -> bool:
    """Is what stands behind a dash a sentence that tells something else: "We lost." - Ana Ortiz, the mayor, has told
    them that ...? A tag of the quotation has nothing but hearers and days behind its verb."""
    tokens, cues = quote.tokens, quote.cues
    for verb in behind:
        if tokens.tag[verb] in FINITE | {"MD"} and behind[0] in {
            k for i in tokens.having(verb, labels.SUBJECT) for k in tokens.subtree(i)
        }:
            return cues.verb_class(verb) not in SPEAKING or has_content(quote, verb)
    fragment = not quote.capital and quote.ending in FINAL and bool(quote.sentence_before)
    return fragment and len(behind) > LONGEST_BYLINE


def _credit(quote: Quote, behind: list[int], closing: str) -> Finding | None:
    """ "We will rebuild." (Ana Ortiz)"""
    tokens = quote.tokens
    end = next((k for k, i in enumerate(behind[:LONGEST_BYLINE]) if tokens.words[i] == closing), 0)
    inside = [i for i in behind[:end] if tokens.pos[i] != "PUNCT"]
    if not quote.capital or quote.words < 3 or not inside or not tokens.words[inside[0]][:1].isupper():
        return None
    if any(tokens.tag[i] == "CD" or (tokens.is_verb(i) and tokens.words[i].islower()) for i in inside):
        return None
    names = [i for i in inside if tokens.entity[i] in ("PERSON", "ORG") and tokens.pos[i] == "PROPN"]
    return Finding(head_among(quote, names), (behind[0] - 1,)) if names[:1] == inside[:1] else None


def _describes(quote: Quote, body: list[int]) -> bool:
    """Do the words under a quotation begin with a description of the one they name: — trader Ana Ortiz?"""
    tokens = quote.tokens
    return tokens.pos[body[0]] in ("DET", "ADJ", "NOUN") and any(tokens.words[i][:1].isupper() for i in body)
