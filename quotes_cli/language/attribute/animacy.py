"""Tokens pass through here and come out as able to speak or not, and as sources of a quotation or not."""

from __future__ import annotations

import re

from quotes_cli.language.labels import NOUN_CLAUSE, SUBJECT
from quotes_cli.language.nouns import denotes
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import words

from .context import Quote

#: Words that are no source but stand where one may.
EMPTY = frozenset("there what which that this these those who whom whose such so as".split())
#: Relative pronouns: what they stand for may be a source.
RELATED = frozenset({"who", "which", "that", "whom"})
#: Prepositions before what is no source ("in a statement", "at the White House").
CIRCUMSTANCES = frozenset("in on at after before during despite amid under since among".split())
#: A politician's party and state or town, which says nothing: R-Ore.
SEAT = re.compile(r"[RDI]-[A-Z][a-zA-Z.]{0,6}")
#: Words before a month that is no surname.
DATED = frozenset("in of since until by from last this next late early mid".split())
#: Those of them that join clauses as well: a day *after* the mayor said so.
JOINING = frozenset({"after", "before", "since"})
NAMES = frozenset({"PERSON", "ORG", "NORP", "GPE"})
#: Pronouns that, besides the personal ones, may stand for a source.
PRONOUNS = frozenset("some many most others one everyone someone several both few those another all".split())
#: Words before a number that counts persons named before.
COUNTED = frozenset("the these those other".split())
ORDINALS = frozenset("first second third fourth fifth sixth latter former".split())


def is_time(tokens: Tokens, i: int) -> bool:
    """Is the token a day, month or other noun of time, and no person's name?"""
    time = tokens.lower[i] in column("time_nouns.txt") or tokens.lower[i] in column("calendar.txt")
    if not time or tokens.entity[i] == "PERSON" or _is_one_of_several(tokens, i):
        return False
    if tokens.before(i).rstrip(".") in ("mr", "mrs", "ms", "miss", "dr"):  # Mrs May
        return False
    dated = tokens.cases(i) or tokens.before(i) in DATED or tokens.behind(i)[:1].isdigit()
    return bool(dated) or tokens.folded[i] not in tokens.surnames or not tokens.words[i].istitle()


def _is_one_of_several(tokens: Tokens, i: int) -> bool:
    """Does an ordinal tell who of several says it: the fourth, a *second* said so?"""
    return tokens.lower[i] in ORDINALS and tokens.before(i) in ("the", "a") and tokens.dep[i] in SUBJECT


def is_be(tokens: Tokens, i: int) -> bool:
    """Is the token a form of "be" with a tense? As an auxiliary or copula it has no lemma."""
    return tokens.folded[i] in words().small["be"]


def can_speak(tokens: Tokens, i: int) -> bool:
    """Can the token's noun phrase denote a source: a name, a pronoun, or a noun for people, bodies or documents?"""
    if is_time(tokens, i):
        return False
    if tokens.pos[i] == "PROPN" or tokens.entity[i] in NAMES:
        return True
    if tokens.tag[i] in ("PRP", "PRP$", "WP"):
        return tokens.lower[i] not in ("it", "its", "itself")
    if tokens.pos[i] in ("PRON", "DET"):
        return tokens.lower[i] in PRONOUNS
    if tokens.tag[i] == "CD" and tokens.before(i) in COUNTED and tokens.lower[i].isalpha():  # "the two"
        return True
    if _is_one_of_several(tokens, i):
        return True
    pair = f"{tokens.before(i)} {tokens.folded[i]}"  # press release
    return denotes(tokens.folded[i], tokens.tag[i]) != "unknown" or pair in column("document_nouns.txt")


def is_usable(quote: Quote, i: int) -> bool:
    """May the token be a source: outside the marks, no expletive, no time?"""
    tokens = quote.tokens
    if tokens.lower[i] in EMPTY and not (tokens.lower[i] == "those" and tokens.having(i, NOUN_CLAUSE)):
        return False  # but: those asked said
    if quote.barred(i) or (tokens.is_verb(i) and tokens.words[i].islower()):
        return False
    if is_time(tokens, i) or tokens.pos[i] == "PUNCT" or i < tokens.dateline_end(i):
        return False
    if tokens.words[i - 1] in (",", "(") and SEAT.fullmatch(tokens.words[i]):
        return False
    joined = JOINING if tokens.dep[i] in SUBJECT and tokens.head[i] > i else frozenset[str]()
    return CIRCUMSTANCES.isdisjoint({*tokens.cases(i)} - joined)


def is_speaker(quote: Quote, i: int) -> bool:
    """May the token be a source, and is it one that can speak?"""
    return is_usable(quote, i) and can_speak(quote.tokens, i)
