"""A word in, whether it says what a person is out: the mayor, a *negotiator*."""

from __future__ import annotations

from functools import lru_cache

from quotes_cli.language.nouns import denotes
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import singular, words

KEPT = 4096  # words, and descriptions, of which it is remembered what they are


def is_person(tokens: Tokens, i: int) -> bool:
    """Is the word at token i a noun for one person, in the singular?"""
    word = tokens.folded[i]
    if (listed := _listed(word)) is not None:
        return listed
    if not tokens.tag[i]:  # in a paragraph that the model has not seen
        plain = tokens.words[i].islower() or tokens.begins_sentence(i)
        return plain and word in column("wordnet_persons.txt")
    return tokens.tag[i] == "NN" and word == singular(word) and denotes(word, "NN") == "person"  # negotiator


@lru_cache(maxsize=KEPT)
def _listed(word: str) -> bool | None:
    """Is it a person by the lists, or surely none?"""
    lex = words()
    if word in lex.persons or word.rpartition("-")[2] in lex.office_heads:
        return True
    return word not in lex.small["empty"] if word in lex.titles else None
