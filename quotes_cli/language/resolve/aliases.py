"""Names by which the article says that one is called, too, pass through here: acronyms, nicknames, shared surnames."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from quotes_cli.language.designations import SMALL_INSIDE
from quotes_cli.language.personal_names import Key
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.vocabulary import given_names, words

from .matching import initials
from .names import Name

#: What stands between an acronym and the name that explains it.
_GLOSSES = (["("], [","], [",", "the"], ["(", "the"], [",", "or"], [",", "or", "the"], ["—", "the"], ["–", "the"])
#: What stands between a person and what else they are called.
_CALLED = (("known", "as"), ("nicknamed", "the"), (",", "nicknamed"), (",", "aka"), ("(", "aka"), ("goes", "by"))
_JOINS = (["and"], ["&"])


def introduced_names(tokens: Tokens, names: Sequence[Name]) -> dict[Key, Key]:
    """Short names to the full ones that they are said to stand for: the Linden Party of Work (LAP); LAP, the Linden
    Party of Work; Ana Lee, known as *Anchita*."""
    found: dict[Key, Key] = {}
    for one, other in pairwise(names):
        between = tokens.folded[one.last : other.before]
        if len(between) > 5:
            continue
        if between == ["("] or between[-2:] == [",", "or"]:
            alone = tokens.behind(other.last - 1) in (")", ",")
            alike = one.key[0][0] == other.key[0][0] and (one.kind != "person" or other.key[0] in initials(one.key))
            if _is_acronym(tokens, other) and alone and alike and len(one.key) > 1:
                found.setdefault(other.key, one.key)
        if between in _GLOSSES and _is_acronym(tokens, one) and one.key[0] in initials(other.key):
            found.setdefault(one.key, other.key)
        called = tuple(between[-2:]) in _CALLED and between[0] in (",", "(", "is", "who")
        if called and len(one.key) > 1 == len(other.key) and (one.kind != "body" or _is_acronym(tokens, other)):
            found.setdefault(other.key, one.key)
    return found


def _is_acronym(tokens: Tokens, name: Name) -> bool:
    return tokens.words[name.first].isupper() and len(name.key) == 1 and len(name.key[0]) > 1


def written_out(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """The tokens [first, last) of names that stand before their acronym in brackets, whatever their words are tagged.

    Public Works and Rural Supply (PWRS): words with capitals, small ones between them, and their initials.
    """
    if "(" not in tokens.words or not tokens.acronyms:
        return
    for i, word in enumerate(tokens.words[1:-2], 2):
        short = tokens.folded[i]
        if word != "(" or tokens.words[i + 1] != ")" or short.upper() not in tokens.acronyms:
            continue
        last = first = i - 1
        least = max(last - 2 * len(short), 0)
        while first > least and not tokens.begins_paragraph[first]:
            word = tokens.words[first - 1]
            if not (word[:1].isupper() or tokens.folded[first - 1] in SMALL_INSIDE):
                break
            first -= 1
            if word[:1].isupper() and short in initials(tuple(tokens.folded[first:last])):
                yield first, last
                break


def share_surnames(names: Sequence[Name], tokens: Tokens) -> None:
    """Give a given name the surname of whom it is joined with: *Arthur* and Winifred Haig.

    Not where it stands by itself elsewhere, as the surname in Novak and Cy Dee does.
    """
    often = Counter(name.key for name in names)
    surnames = {name.key[-1] for name in names if len(name.key) > 1}
    for one, other in pairwise(names):
        joined = tokens.folded[one.last : other.before] in _JOINS and other.before == other.first
        given = len(one.key) == 1 < len(other.key) and one.key[0] in given_names() and other.key[0] in given_names()
        if joined and given and one.before == one.first and often[one.key] == 1 and one.key[0] not in surnames:
            shared = other.key[-1]
            if other.kind == "person" and shared not in words().organisations and len(other.key) < 4:
                one.key, one.surname_at = (*one.key, shared), other.last - 1
                one.votes["person"] += 2
