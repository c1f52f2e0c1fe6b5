"""The tokens right behind a cue in, the person who stands there out, past a title or an office."""

from __future__ import annotations

from quotes_cli.language.designations import LONGEST_OFFICE, SMALL_INSIDE, TITLE_PREFIXES
from quotes_cli.language.words.vocabulary import words

from .context import PAUSES, Quote
from .nominals import head_among

#: Tags of the words of a title.
OF_TITLES = frozenset({"NNP", "NN", "JJ", "VBG"})


def person_beside(quote: Quote, behind: list[int]) -> int | None:
    """The person right behind the cue, past a title, wherever the parse sees its subject: said Ortiz, reading from
    papers; said Fire Capt. Ana Ortiz."""
    tokens = quote.tokens
    name = next((k for k, i in enumerate(behind[:LONGEST_OFFICE]) if tokens.entity[i] == "PERSON"), None)
    if name is None or not (_names_office(quote, behind[:name]) or all(_is_of_title(quote, i) for i in behind[:name])):
        return None
    end = next((k for k in range(name, len(behind)) if tokens.entity[behind[k]] != "PERSON"), len(behind))
    person, following = behind[name:end], behind[end] if end < len(behind) else None
    if following is not None and tokens.tag[following] in ("NN", "NNP") and tokens.head[person[-1]] >= following:
        return None  # said former Ortiz adviser | Bo Lee
    return head_among(quote, person) if name or (following is not None and tokens.words[following] in PAUSES) else None


def _is_of_title(quote: Quote, i: int) -> bool:
    """Is the word of a title by its tag, or by its prefix: said ex-mayor Ana Ortiz?"""
    first, hyphen, rest = quote.tokens.lower[i].partition("-")
    return quote.tokens.tag[i] in OF_TITLES or (bool(hyphen) and first in TITLE_PREFIXES and rest in words().titles)


def _names_office(quote: Quote, phrase: list[int]) -> bool:
    """Is a phrase before a person an office of several words: Acting Deputy Secretary of State?"""
    tokens = quote.tokens
    capitals = all(tokens.words[i][:1].isupper() or tokens.words[i] in SMALL_INSIDE for i in phrase)
    return capitals and bool(phrase) and tokens.lower[phrase[0]] in words().title_words


def is_title_of(quote: Quote, source: int | None, person: int) -> bool:
    """Is the source the person, or the title right before that governs it ("said Mayor Ana Ortiz")?"""
    tokens = quote.tokens
    if source is None or not source <= person:
        return False
    ranked = any(tokens.lower[i] in words().titles for i in range(source + 1, person))  # "Fire | Capt. Ana Ortiz"
    return source == person or (source in tokens.ancestors(person) and not ranked)
