"""A mention in, its parts out: its head and core, and the noun phrase without determiner and relative clause."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from quotes_cli.language.attribute.adjectives import phrase_behind
from quotes_cli.language.attribute.mentions import is_said_in
from quotes_cli.language.designations import HONOURS, person_behind_office, service_end
from quotes_cli.language.labels import DESCRIPTION, NAME_PART, RELATIVE
from quotes_cli.language.nouns import Denotation, denotes
from quotes_cli.language.tokens import MARKS, Tokens
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import words

YEAR = re.compile("(?:1[5-9]|20)[0-9][0-9]")
#: What stands on a thing: shirts | with the words.
BORNE = frozenset({"words", "slogan", "message", "inscription"})
#: What makes a number more than that.
UNITS = frozenset({"of", "in", "percent", "%", "dozen", "hundred", "thousand", "million", "billion"})
ABOUT = frozenset({"about", "around", "nearly", "almost", "roughly", "over"})  # before a number
PREMODIFIERS = ("NN", "JJ", "VBN", "POS", "CD", "HYPH")  # tags of words between a determiner and its noun
ENDS = frozenset((",", ".", ";", ":", "(", "—", "–", "--"))


@dataclass(frozen=True, slots=True)
class Mention:
    """A source's words: tokens [first, last), end of the noun phrase's core (before prepositions), head noun."""

    first: int
    last: int
    core: int
    head: int

    def __len__(self) -> int:
        return self.last - self.first


def mention_of(tokens: Tokens, start: int, end: int) -> Mention:
    """The mention at the characters [start, end). The core ends before the first preposition, comma or clause."""
    first, last = tokens.range_of(start, end)
    first = tokens.run_from(first, lambda i: tokens.words[i] in MARKS, last - 1)
    while last > first + 1 and tokens.words[last - 1] in (",", ":", ";", ".", "-", "—"):
        last -= 1
    contracted = last - first == 2 and tokens.folded[last - 1] in ("'s", "'d", "'ll", "'ve")
    last -= contracted and tokens.folded[first] in words().pronouns
    text = tokens.words
    behind_office = (person_behind_office(text, i, last) or service_end(text, i, last) for i in range(first + 1, last))
    person = max(next((i for i in behind_office if i), first), _behind_acronym(tokens, first, last))
    core = tokens.run_from(person + 1, lambda i: not _breaks(tokens, i), last)
    head = core - 1
    named = core - first > 2 and tokens.tag[first] != "DT"
    honoured = named and tokens.folded[head].strip(".") in HONOURS  # Ana Ortiz MP
    while head > first and (tokens.words[head] in MARKS or tokens.tag[head] == "POS" or honoured):
        head, honoured = head - 1, False
    noun = head
    while noun > first and tokens.tag[noun].startswith(("JJ", "VBN", "VBG", "RB")) and tokens.words[noun].islower():
        noun -= 1  # a source | familiar with the talks
    head = noun if tokens.tag[noun].startswith("NN") else head
    return Mention(first, last, core, head)


def _behind_acronym(tokens: Tokens, first: int, last: int) -> int:
    """The token in [first, last) behind a body's name and its acronym in brackets, where a noun phrase goes on: Linden
    Weather Service (LWS) | forecaster Ana Ortiz; behind a field in brackets: member (tariff) | Ana Ortiz; else
    the first."""
    for i in range(first + 1, last - 4):
        if tokens.words[i] == "(" and tokens.words[i + 1].islower() and noun_kind(tokens, i - 1) == "person":
            close = tokens.run_from(i + 1, lambda k: tokens.words[k].isalpha(), i + 4)
            if tokens.words[close] == ")" and close + 1 < last and tokens.tag[close + 1] == "NNP":
                return close + 1
    for i in range(first + 2, last - 3):
        if tokens.words[i] == "(" and tokens.words[i + 2] == ")" and tokens.tag[i + 3].startswith(("NN", "JJ")):
            letters = tokens.words[i + 1]
            if sum(map(str.isupper, letters)) > 1 and letters[0] in {word[0] for word in tokens.words[first:i]}:
                return i + 3 if tokens.entity[i - 1] != "PERSON" else first
    return first


def _breaks(tokens: Tokens, i: int) -> bool:
    tag, word = tokens.tag[i], tokens.folded[i]
    if word == "," and tokens.tag[i - 1] == "JJ" and tokens.words[i - 1].islower():
        return not (i + 2 < len(tokens) and tokens.tag[i + 1].startswith("JJ"))  # a shy, quiet man
    if word in (",", "(", ":", "—", "–", "--", "who", "which", "that"):
        return True
    if word in words().small["preposition"]:
        return not (tokens.entity[i] and tokens.entity[i] == tokens.entity[i - 1] and not tokens.begins_entity[i])
    describes = tokens.dep[i] in DESCRIPTION | NAME_PART and tokens.head[i] > i  # former Hares forward | Ana Ortiz
    return tag.startswith(("VBD", "VBZ", "VBP", "MD", "WP", "WDT")) and not tokens.entity[i] and not describes


def phrase(tokens: Tokens, mention: Mention) -> str:
    """The noun phrase in the article's words, without leading determiner and without relative clause or apposition."""
    return tokens.span(*phrase_range(tokens, mention))


def phrase_range(tokens: Tokens, mention: Mention) -> tuple[int, int]:
    """The tokens [first, last) of that noun phrase."""
    first, last = mention.first, mention.last
    ends = frozenset(("who", "whom", "which", "that", ",", "(", "—", "–", "--", ":"))
    whole = last

    def belongs(i: int) -> bool:
        within = tokens.folded[i] not in ends or _lists(tokens, mention.core, i, whole)
        return tokens.dep[i] not in RELATIVE and within

    last = tokens.run_from(mention.core, belongs, last)
    last -= last - 1 > first and tokens.tag[last - 1] == "IN"  # some | of whom
    last = _prepositional(tokens, mention.head, max(last, mention.core))
    if last - 2 > mention.head and tokens.folded[last - 2] == "from" and YEAR.fullmatch(tokens.words[last - 1]):
        last -= 2  # a memo | from 2019
    first += tokens.tag[first] == "CC" and first < last - 1
    return tokens.run_from(first, lambda i: _determines(tokens, i, mention.head), last - 1), last


def begin_of(tokens: Tokens, i: int, least: int) -> int:
    """Where the words between a determiner and the noun at token i begin, not before the token `least`; a letter | *Ana
    Ortiz's mother* wrote."""

    def belongs(k: int) -> bool:
        if not tokens.tag[k].startswith(PREMODIFIERS):
            return False
        clause = tokens.tag[k] == "NN" and tokens.tag[k + 1] == "NNP" and "POS" in tokens.tag[k + 1 : i]
        return not clause or noun_kind(tokens, k) != "document"

    return tokens.run_before(i, belongs, least)


def _lists(tokens: Tokens, core: int, comma: int, last: int) -> bool:
    """Does a list of common nouns behind a preposition go on at the comma: a group of doctors*,* nurses and cooks?"""
    behind = range(comma + 1, last)
    plain = all(tokens.words[i] == "," or tokens.tag[i] in ("NN", "NNS", "JJ", "CC") for i in behind)
    joined = {"and", "or"}.isdisjoint(tokens.folded[core:comma]) and "and" in tokens.folded[comma + 1 : last]
    return plain and joined and tokens.words[comma] == "," and tokens.folded[core] == "of"


def called(tokens: Tokens, first: int, i: int) -> str:
    """What the description [first, i] calls somebody unnamed, as if it were a mention: doctor from Linden."""
    return phrase(tokens, Mention(first, i + 1, i + 1, i))


def _determines(tokens: Tokens, i: int, head: int) -> bool:
    """Is it a determiner, somebody's pronoun (*his* wife) or the number of several (*500* supporters)?

    No *10* is a house, a *1996* opinion of that year and *one* of them somebody.
    """
    word, behind = tokens.folded[i], tokens.behind(i)
    if i == head or behind in UNITS or (word == "no" and behind[:1].isdigit()):
        return False
    if (word == "one" and behind != "of") or (word == "own" and tokens.tag[i - 1] == "PRP$"):
        return True
    number = word.replace(",", "").isdigit() or (tokens.tag[i] == "CD" and word.replace("-", "").isalpha())  # fourteen
    number = number and tokens.tag[head] == "NNS" and not YEAR.fullmatch(word)
    number = number or (word in ABOUT and behind.isdigit() and _determines(tokens, i + 1, head))
    return number or word in words().small["determiner"] or tokens.tag[i] == "PRP$"


def _prepositional(tokens: Tokens, head: int, last: int) -> int:
    """Take in a prepositional phrase that hangs on the head behind the mention: "spokesman | for the ministry"."""
    stop = tokens.paragraph_end(head)
    if last == head + 1 < stop and (adjective := phrase_behind(tokens, last, head)):
        return adjective.stop
    if last >= stop or tokens.folded[last] not in ("of", "for", "from", "at", "in", "with"):
        return last
    governor = tokens.head[last]
    if tokens.head[governor] != head or not tokens.dep[governor].startswith("nmod"):
        return last
    if is_said_in(tokens, governor, head) or tokens.folded[governor] in BORNE:
        return last

    def belongs(i: int) -> bool:
        return not ends_phrase(tokens, i) and (i <= governor or governor in islice(tokens.ancestors(i), 11))

    end = tokens.run_from(last, belongs, min(stop, last + 12))
    if end == governor + 1 and noun_kind(tokens, governor) == "body" and tokens.words[governor].islower():
        end = tokens.run_from(
            end, lambda i: tokens.tag[i] == "NNP" and not _is_date(tokens, i), stop
        )  # company | Harbas
    return end if end > governor else last


def _is_date(tokens: Tokens, i: int) -> bool:
    return tokens.folded[i] in column("calendar.txt")


def without_brackets(tokens: Tokens, first: int, last: int) -> list[int] | None:
    """The tokens [first, last) but for those in brackets; None where a bracket is left open, as before the state in
    Ana Ortiz (D-Ohio)."""
    found, opened = list[int](), False
    for i in range(first, last):
        opened = opened or tokens.words[i] == "("
        if not opened:
            found.append(i)
        opened = opened and tokens.words[i] != ")"
    return None if opened else found


def words_between(tokens: Tokens, last: int, name: int) -> list[str]:
    """The folded words from the end of one name to the next, without brackets and what tells who that is: Ana Ortiz
    (D-Ohio) *and* her husband Bo Lee."""
    begin = name
    if name - last > 1 and tokens.tag[name - 1] == "NN" and noun_kind(tokens, name - 1) == "person":
        begin = tokens.run_before(name, lambda k: tokens.tag[k].startswith(("NN", "JJ", "PRP$", "HYPH")), last)
    return [tokens.folded[i] for i in without_brackets(tokens, last, begin) or ()]


def ends_phrase(tokens: Tokens, i: int) -> bool:
    """Does a noun phrase with its prepositions end before token `i`: at a mark, a verb or a relative pronoun?"""
    return tokens.words[i] in ENDS or tokens.words[i] in MARKS or tokens.tag[i][:1] in "WVM"


def noun_kind(tokens: Tokens, i: int) -> Denotation:
    """What the noun at token `i` denotes; a 12 year *old* is a person."""
    if tokens.folded[i] == "old" and tokens.before(i) in ("year", "years"):
        return "person"
    return denotes(tokens.folded[i], tokens.tag[i])


def noun_goes_on(tokens: Tokens, i: int) -> bool:
    """Does a noun go on at token i: chairman of a Niger | *bank*, of Niger | *'s* largest bank?"""
    return tokens.tag[i : i + 1] != [] and tokens.tag[i].startswith(("NN", "JJ", "POS"))
