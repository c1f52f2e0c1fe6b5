"""A mention in, its parts out: its head and core, and the noun phrase without determiner and relative clause."""

from __future__ import annotations

from dataclasses import dataclass

from quotes_cli.language.labels import RELATIVE
from quotes_cli.language.nouns import Denotation, denotes
from quotes_cli.language.tokens import MARKS, Tokens
from quotes_cli.language.words.vocabulary import words


@dataclass(frozen=True, slots=True)
class Mention:
    """A source's words: tokens [first, last), end of the noun phrase's core (before prepositions), head noun."""

    first: int
    last: int
    core: int
    head: int
    number: int = -1

    def __len__(self) -> int:
        return self.last - self.first


def mention_of(tokens: Tokens, start: int, end: int, number: int = -1) -> Mention:
    """The mention at the characters [start, end). The core ends before the first preposition, comma or clause."""
    first, last = tokens.range_of(start, end)
    while first < last - 1 and tokens.words[first] in MARKS:
        first += 1
    while last > first + 1 and tokens.words[last - 1] in (",", ":", ";", ".", "-", "—"):
        last -= 1
    if (
        tokens.folded[first] in words().pronouns
        and last - first == 2
        and tokens.folded[last - 1] in ("'s", "'d", "'ll", "'ve")
    ):
        last -= 1
    core = first
    while core < last and not (core > first and _breaks(tokens, core)):
        core += 1
    head = core - 1
    while head > first and (tokens.words[head] in MARKS or tokens.tag[head] == "POS"):
        head -= 1
    noun = head
    while noun > first and tokens.tag[noun].startswith(("JJ", "VBN", "VBG", "RB")) and tokens.words[noun].islower():
        noun -= 1  # a source | familiar with the talks
    head = noun if tokens.tag[noun].startswith("NN") else head
    return Mention(first, last, core, head, number)


def _breaks(tokens: Tokens, i: int) -> bool:
    tag, word = tokens.tag[i], tokens.folded[i]
    if word in (",", "(", ":", "—", "–", "--", "who", "which", "that"):
        return True
    if word in words().small["preposition"]:
        return not (tokens.entity[i] and tokens.entity[i] == tokens.entity[i - 1] and not tokens.begins_entity[i])
    return tag.startswith(("VBD", "VBZ", "VBP", "MD", "WP", "WDT")) and not tokens.entity[i]


def phrase(tokens: Tokens, mention: Mention) -> str:
    """The noun phrase in the article's words, without leading determiner and without relative clause or apposition."""
    first, last = mention.first, mention.last
    for i in range(mention.core, last):
        relative = tokens.dep[i] in RELATIVE or tokens.folded[i] in ("who", "whom", "which", "that")
        if relative or tokens.words[i] in (",", "(", "—", "–", "--", ":"):
            last = i
            break
    last = max(last, mention.core)
    last = _prepositional(tokens, mention.head, last)
    first += tokens.tag[first] == "CC" and first < last - 1
    while (
        first < last - 1
        and tokens.folded[first] in words().small["determiner"]
        and tokens.folded[first + 1] not in ("of",)
    ):
        first += 1
    return tokens.span(first, last)


def _prepositional(tokens: Tokens, head: int, last: int) -> int:
    """Take in a prepositional phrase that hangs on the head behind the mention: "spokesman | for the ministry"."""
    stop = tokens.paragraph_end(head)
    if last >= stop or tokens.folded[last] not in ("of", "for", "from", "at", "in", "with"):
        return last
    governor = tokens.head[last]
    if tokens.head[governor] != head or not tokens.dep[governor].startswith("nmod"):
        return last
    end = last
    while end < stop and end - last < 12 and tokens.words[end] not in (",", "(", ".", ":", ";"):
        if tokens.words[end] in MARKS or tokens.tag[end][:1] in "VMW":
            break
        if end > governor and not _under(tokens, end, governor):
            break
        end += 1
    return end if end > governor else last


def _under(tokens: Tokens, i: int, top: int) -> bool:
    for _ in range(12):
        if i == top:
            return True
        if tokens.head[i] == i:
            return False
        i = tokens.head[i]
    return False


def noun_kind(tokens: Tokens, i: int) -> Denotation:
    """What the noun at token `i` denotes."""
    return denotes(tokens.folded[i], tokens.tag[i])
