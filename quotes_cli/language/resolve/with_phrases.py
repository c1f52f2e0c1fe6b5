"""A name in, the description with its phrase before it out: *CEO of Tarn Energy* Ana Lee; the *lawmaker representing
Tarn East*, Bo Lee."""

from __future__ import annotations

from collections.abc import Iterator

from quotes_cli.language.labels import RELATIVE, SUBJECT
from quotes_cli.language.tokens import Tokens

from .names import Name
from .phrases import ends_phrase
from .role_nouns import is_person

REACH = 9  # tokens that a description before a name, or its head after a comma, may span
LEADING = frozenset({"of", "for", "at", "in", "from", "with", "to"})  # from a trade to its field or employer
MODIFIER_TAGS = ("NN", "JJ", "VBN", "VBG", "CD", "HYPH", "ADD", "FW")
#: Nouns that a copula says of anybody, and that are no trade: Ana Lee is a *man*, the *winner*, a *friend*.
ANYBODY = frozenset(
    "man woman person boy girl one member friend fan victim hero enemy parent child kid guy lady gentleman human "
    "adult winner loser favorite favourite author subject other".split()
)

Place = tuple[int, int, int]  # the tokens [first, last) of a description, and between them its head noun


def of_something(tokens: Tokens, end: int) -> Iterator[Place]:
    """The description with its phrase that ends at token `end`: `The | CEO of Tarn Energy | , Bo Lee`, `The | lawmaker
    representing Tarn East | , Bo Lee`."""

    def inside(i: int) -> bool:
        if tokens.tag[i] == "VBN" and tokens.dep[i] == "amod":
            return True
        joint = tokens.folded[i] == "and" and tokens.words[i - 1][0].isupper() and tokens.words[i + 1][0].isupper()
        leads = tokens.folded[i + 1] in LEADING and is_person(tokens, i)  # minister | of Health and Child Care
        return not leads and (joint or not ends_phrase(tokens, i))

    head = tokens.run_before(end, inside, end - REACH) - 1
    acting = head > 0 and tokens.tag[head] == "VBG" and tokens.tag[head - 1] == "NN" and not is_person(tokens, end - 1)
    head -= acting
    if acting and tokens.folded[head] in ANYBODY:
        return  # the member representing Tarn East
    if head < 0 or head + 2 > end - 1 or tokens.begins_paragraph[head + 1] or not is_person(tokens, head):
        return
    if not (acting or tokens.folded[head + 1] in LEADING) or not tokens.tag[head].startswith("NN"):
        return
    first = tokens.run_before(head, lambda i: tokens.tag[i].startswith(MODIFIER_TAGS), end - 2 * REACH)
    if tokens.begins_sentence(first) or tokens.before(first) in ("the", "its", "his", "her", "their", "a", "an", ""):
        yield first, head, end


def with_phrase(tokens: Tokens, name: Name) -> Iterator[Place]:
    """The description with its phrase right before a name, without a comma: `President of Chile | Bo Lee`, `head of the
    Linden Bank (LB) | Bo Lee`."""
    end = before_letters(tokens, name.first)
    if not (tokens.words[end - 1][0].isupper() or tokens.tag[end - 1].startswith(MODIFIER_TAGS)):
        return
    top = tokens.leftmost_top(name.first, name.last)
    if tokens.dep[top] in SUBJECT and tokens.dep[tokens.head[top]] in RELATIVE:
        return  # a lawyer from Oulu | Bo Lee had hired
    listed, capitals = False, True
    for i in range(end - 1, max(end - 2 * REACH, 0), -1):
        tag, word, low = tokens.tag[i], tokens.words[i], tokens.folded[i]
        field = low in ("of", "for") or (low in ("to", "at", "in", "from") and capitals)
        if field and i < end - 1 and is_person(tokens, i - 1) and tokens.tag[i - 1] not in ("NNS", "VBN"):
            first = tokens.run_before(i - 1, lambda k: tokens.tag[k].startswith(MODIFIER_TAGS), i - 1 - REACH)
            yield first, i - 1, end
            return
        listed = listed or word == "and"  # for Ecology, Forests and Transport
        capitals = capitals and (word[0].isupper() or word in ("and", "the", "of"))
        plain = word[0].isupper() or tag.startswith((*MODIFIER_TAGS, "DT", "POS", "IN", "CC"))
        comma = word == "," and listed and tokens.words[i - 1][0].isupper()
        if not (plain or comma) or tokens.begins_paragraph[i] or is_person(tokens, i):
            return


def before_letters(tokens: Tokens, end: int) -> int:
    """Where a phrase ends before its letters in brackets: head of the Linden Bank | (LB)."""
    brackets = end > 3 and tokens.words[end - 3 : end : 2] == ["(", ")"]
    return end - 3 if brackets and tokens.words[end - 2].isupper() else end
