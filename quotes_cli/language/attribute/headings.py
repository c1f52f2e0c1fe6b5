"""A quotation passes through here: is it the headline of a paper or of another article, which this one only gives?"""

from __future__ import annotations

from itertools import takewhile

from .animacy import is_be
from .context import FULL_STOPS, Quote
from .cues import FINITE, SPEAKING

LONGEST_LINK = 20  # tokens


def newspaper_headline(quote: Quote) -> bool:
    """The headline of a paper: it is printed under the headline "Mayor Quits"; "Mayor Quits" was the headline.

    What a headline "reads" or "says" is a document's words; PolNeAR has four such, all speech.
    """
    tokens, region = quote.tokens, quote.sentence_before
    if region and tokens.words[region[0]] == ":" and _links(quote, region[0]):
        return True
    pauses = (",", ":", "—", "–", "-")
    place = next((k for k, i in enumerate(region[:3]) if tokens.lower[i] not in pauses), None)
    if place is not None:
        head = region[place]
        if _is_headline(quote, head):
            return not place or not any(quote.cues.verb_class(i) in SPEAKING for i in region)
        if tokens.lower[head] == "headlined" and tokens.tag[head - 1].startswith("NN"):
            return True
        if is_be(tokens, head) or (tokens.lemma[head] == "run" and tokens.tag[head] in FINITE):
            subject = takewhile(lambda i: not tokens.is_verb(i), region[place + 1 : place + 9])
            return any(_is_headline(quote, i) for i in subject)
    behind = [i for i in quote.sentence_after[:5] if tokens.lower[i] not in pauses]
    return bool(behind) and is_be(tokens, behind[0]) and any(_is_headline(quote, i) for i in behind[1:4])


def _is_headline(quote: Quote, i: int) -> bool:
    tokens = quote.tokens
    if tokens.lower[i] in ("title", "heading", "caption"):
        return tokens.lower[max(i - 2, 0) : i] == ["under", "the"]
    return tokens.lower[i] in ("headline", "headlines", "splash") or (
        tokens.lower[i] in ("page", "pages") and tokens.before(i) in ("front", "-")
    )


def in_link(quote: Quote) -> bool:
    """Does it stand in the headline of another article that a line between two paragraphs points to? READ MORE: Lee's
    'dark' days."""
    tokens, region = quote.tokens, quote.sentence_before[:LONGEST_LINK]
    colon = next((i for i in region if tokens.words[i] == ":"), 0)
    return colon > 0 and _links(quote, colon)


def _links(quote: Quote, colon: int) -> bool:
    tokens = quote.tokens
    if tokens.lower[colon - 1] not in ("read", "more"):
        return False
    read = colon - 1 - (tokens.lower[max(colon - 2, 0) : colon] == ["read", "more"])
    opens = tokens.begins_paragraph[read] or tokens.words[read - 1] in FULL_STOPS or quote.context.mark[read - 1]
    return tokens.lower[read] == "read" and tokens.words[read][:1] == "R" and (tokens.words[read].isupper() or opens)
