"""The letters of words in: is the hyphen at a line's end a word's own, are capitals a body's initials?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from quotes_cli.language.forms.lemmas import tables

from .lists import parts, rows

_CLASSES = ("solid", "small", "prefix")
#: Initials of bodies and things that read as a pronoun in small letters.
INITIALISMS = frozenset({"US", "WHO", "IT", "HE"})
HIS_EXCELLENCY = "HE"  # before a name or a title: HE Ana Ortiz, HE the Minister


def keeps_hyphen(first: str, second: str) -> bool:
    """*price-/determining*, not *har-/bour*: both halves are words, or the first a prefix, and the whole is none; of
    more than two (*two-/year-old*) those beside the hyphen."""
    last, second = first.rpartition("-")[2].lower(), second.partition("-")[0]
    if is_word(first + second):
        return False
    return is_word(second) and (is_word(last) or last in _spellings()["prefix"])


def is_word(text: str) -> bool:
    """Is it an English word, in any of its forms? No name is one."""
    word = text.lower()
    lemmas, endings = _lemmas()
    if word in lemmas or word in _spellings()["solid"] or word in _spellings()["small"]:
        return True
    return any(word.endswith(ending) and word[: -len(ending)] + other in lemmas for ending, other in endings)


def initialisms(words: Sequence[str], own: range | None = None) -> Iterator[int]:
    """The words of a stretch that are a body's initials, and no pronoun that is printed large as those around it."""
    own = range(len(words)) if own is None else own
    if INITIALISMS.isdisjoint(words[own.start : own.stop]):
        return
    for i in own:
        if words[i] in INITIALISMS:
            behind = words[i + 1] if i + 1 < own.stop else ""
            if words[i] == HIS_EXCELLENCY and not (behind == "the" or behind.istitle()):
                continue
            beside = [*words[max(i - 2, own.start) : i], *words[i + 1 : min(i + 3, own.stop)]]
            if any(word.islower() for word in beside) or not any(word.isupper() for word in beside):
                yield i


@cache
def _spellings() -> dict[str, frozenset[str]]:
    return {row[0]: frozenset(parts(row[1])) for row in rows("spelling.txt", "class words", **{"class": _CLASSES})}


@cache
def _lemmas() -> tuple[frozenset[str], tuple[tuple[str, str], ...]]:
    """The lemmas of the shipped model, irregular forms with them, and what endings become: (ies, y)."""
    known = [*tables().known.values(), *tables().irregular.values()]
    rules = {(ending, other) for pairs in tables().endings.values() for ending, other in pairs}
    lemmas = frozenset(word for words in known for word in words)
    return lemmas, tuple(sorted(rule for rule in rules if rule[0].isalpha()))
