"""A name in, the nouns by which the article says what body it is out: EPAL, *a group* that ..., *the regulator* Ofgrid.

So "the group" and "the organization" may mean a body whose name has neither word.
"""

from __future__ import annotations

from quotes_cli.language import labels
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.vocabulary import given_names, words

FARTHEST = 9  # tokens of a noun phrase up to its noun
BEFORE_NOUN = ("NN", "JJ", "VBN", "VBG", "CD", "HYPH")  # tags
PARTITIVE = frozenset({"of", "from", "for", "in", "at", "with"})
ARTICLES = frozenset({"a", "an", "the"})
GOVERNING = ("VBD", "VBZ", "MD", "POS")  # Lena Fox, the firm | said; Lena Fox, the firm | 's head
BEING = frozenset({"is", "was"})
#: What the news tells of players before their place in a team: the *retired* center Ana Lee.
CAREERS = frozenset("retired former veteran rookie backup starting star".split())
POSITIONS = frozenset({"center", "centre", "wing"})  # of players: the *wing* Bo Lee
#: Nouns for bodies that are somebody's or a place, and tell of no name beside them what it is.
OTHERS = frozenset(
    "administration campaign city country government kingdom municipality nation office republic state town".split()
)


def body_nouns(tokens: Tokens, first: int, last: int) -> list[int]:
    """The nouns for bodies right before the name [first, last), between commas before or behind it, or said of it."""
    found = _before(tokens, first, last) if tokens.tag[first - 1] == "NN" or tokens.words[first - 1] == "," else []
    joint = tokens.folded[last : last + 2]
    told = len(joint) > 1 and joint[1] in ARTICLES and (joint[0] == "," or joint[0] in BEING)
    stop = tokens.paragraph_end(last - 1) if told else 0
    if last + 2 < stop:
        end = tokens.run_from(last + 2, lambda i: tokens.tag[i].startswith(BEFORE_NOUN), min(stop - 1, last + FARTHEST))
        noun = next((i for i in range(end - 1, last + 1, -1) if tokens.tag[i].startswith("NN")), last)
        body = _is_body(tokens, noun) and not names_its_bearer(tokens, noun, first, last)  # Ana Lee, a vendor
        if body and not tokens.tag[end].startswith(GOVERNING):
            found.append(noun)
    return found


def _before(tokens: Tokens, first: int, last: int) -> list[int]:
    """*The regulator* Ofgrid, *the regulator*, Ofgrid, ..."""
    before = first - 1
    if tokens.begins_paragraph[first]:
        return []
    if _is_body(tokens, before):
        clause = shortened_relative(tokens, first, last)
        given = tokens.folded[first] in given_names() and (
            _of_somebody(tokens, before) or tokens.before(before) in CAREERS
        )
        person = given or tokens.before(before) == "of" or names_its_bearer(tokens, before, first, last)
        if not clause and not person:  # the bank | Ofgrid has fined, the head of the delegation, a chief of staff | Lee
            return [before]
    elif before and tokens.words[before] == "," and _is_body(tokens, before - 1):
        start = tokens.run_before(before - 1, lambda i: tokens.tag[i].startswith(BEFORE_NOUN), before - FARTHEST)
        closed = tokens.behind(last - 1) in (",", ".")
        owned = not tokens.begins_paragraph[start] and tokens.tag[start - 1] == "POS"  # Chile's largest bank, Ofgrid,
        person = names_its_bearer(tokens, before - 1, first, last) or _of_somebody(tokens, before - 1)
        if closed and (owned or tokens.before(start) in ARTICLES) and not person:
            return [before - 1]
    return []


def shortened_relative(tokens: Tokens, first: int, last: int) -> bool:
    """Does the name begin a clause about the noun before it: the firm *Jobs* founded?

    The parse may make the name an apposition, and leave the clause without its subject.
    """
    noun, top = first - 1, tokens.leftmost_top(first, last)
    if tokens.dep[top] in labels.SUBJECT:
        return tokens.head[tokens.head[top]] == noun or tokens.dep[tokens.head[top]] in labels.RELATIVE
    behind = tokens.dep[last] in labels.RELATIVE and tokens.head[last] == noun if last < len(tokens) else False
    return behind and tokens.tag[last] in ("VBD", "VBZ")


def names_its_bearer(tokens: Tokens, noun: int, first: int, last: int) -> bool:
    """Is a noun that persons have as well as firms that of the person who is named in full: the *producer* Ana Lee?"""
    full = last - first > 1 and (tokens.folded[first] in given_names() or tokens.entity[first] == "PERSON")
    noted = tokens.folded[noun] in words().persons or tokens.folded[noun] in POSITIONS
    return full and noted and tokens.folded[last - 1] not in words().organisations


def _of_somebody(tokens: Tokens, noun: int) -> bool:
    """Does the noun say of what somebody is part or head: a leader of *the group*, Bo Lee, said?"""
    start = tokens.run_before(noun, lambda i: tokens.tag[i].startswith((*BEFORE_NOUN, "DT")), noun - FARTHEST)
    return tokens.before(start) in PARTITIVE


def _is_body(tokens: Tokens, i: int) -> bool:
    """Is it a common noun for a body, in the singular?"""
    word = tokens.folded[i]
    return tokens.tag[i] == "NN" and tokens.words[i].islower() and word in words().organisations and word not in OTHERS
