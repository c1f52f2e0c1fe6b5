"""A month's or day's word in, whether its place makes it a name: *April* Mellow, a spokeswoman; Yin *May*."""

from __future__ import annotations

from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import words

MONTHS = frozenset({"may", "april", "june", "august"})  # that are names, too
DAYS = frozenset({"sunday", "friday"})  # that are given names, too
NEAR = 2000  # tokens behind a day in which its surname may come again
DATED = frozenset(
    {"in", "during", "since", "until", "last", "this", "next", "late", "early", "mid"}
)  # before a month that is one


def is_given_month(tokens: Tokens, i: int) -> bool:
    """A month that is a given name by its place: *April* Mellow, a spokeswoman, and not in April Mellow said."""
    before, behind = tokens.before(i), i + 1
    dated = before in words().small["preposition"] or is_dated(tokens, i)
    named = not tokens.ends_paragraph(i) and tokens.tag[behind] in ("NNP", "") and tokens.words[behind].istitle()
    return named and tokens.tag[i] in ("NNP", "") and not dated and tokens.folded[behind] not in column("calendar.txt")


def is_dated(tokens: Tokens, i: int) -> bool:
    """Does the word before say that a month is one: in *May* Ortiz left; not the late *April* Mellow?"""
    before = tokens.before(i)
    return before in DATED and not (before == "late" and tokens.before(i - 1) == "the")


def is_given_day(tokens: Tokens, i: int) -> bool:
    """A day that is a given name by its place, and by the model or as its surname comes again: the owner, *Sunday*
    Effiong, and not on Sunday Effiong."""
    if tokens.ends_paragraph(i) or not is_given_month(tokens, i):
        return False
    labelled = tokens.entity[i] == tokens.entity[i + 1] == "PERSON" and tokens.begins_entity[i]
    return labelled or tokens.folded[i + 1] in tokens.folded[i + 2 : i + 2 + NEAR]


def is_surname_month(tokens: Tokens, i: int) -> bool:
    """A month that is a surname by its place: Yin *May*, and not Linden *May* 3."""
    month = tokens.folded[i] in MONTHS and tokens.tag[i] == "NNP"
    return month and not tokens.behind(i)[:1].isdigit()
