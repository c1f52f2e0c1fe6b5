"""Two halves of a word at a line's end in, whether the hyphen between them is the word's own out."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from srsly import msgpack_loads

from .lists import parts, rows

_LOOKUPS = Path(__file__).parents[2] / "model" / "lemmatizer" / "lookups"
_CLASSES = ("solid", "small", "prefix")


def keeps_hyphen(first: str, second: str) -> bool:
    """*price-/determining*, not *har-/bour*: both halves are words, or the first a prefix, and the whole is none."""
    if is_word(first + second):
        return False
    last = first.rpartition("-")[2].lower()
    return is_word(second) and (is_word(last) or last in _spellings()["prefix"])


def is_word(text: str) -> bool:
    """Is it an English word, in any of its forms? No name is one."""
    word = text.lower()
    lemmas, endings = _lemmas()
    if word in lemmas or word in _spellings()["solid"] or word in _spellings()["small"]:
        return True
    return any(word.endswith(ending) and word[: -len(ending)] + other in lemmas for ending, other in endings)


@cache
def _spellings() -> dict[str, frozenset[str]]:
    return {row[0]: frozenset(parts(row[1])) for row in rows("spelling.txt", "class words", **{"class": _CLASSES})}


@cache
def _lemmas() -> tuple[frozenset[str], tuple[tuple[str, str], ...]]:
    """The lemmas of the shipped model, irregular forms with them, and what endings become: (ies, y)."""
    tables = msgpack_loads((_LOOKUPS / "lookups.bin").read_bytes())
    known = [*tables["lemma_index"].values(), *tables["lemma_exc"].values()]
    rules = {(ending, other) for pairs in tables["lemma_rules"].values() for ending, other in pairs}
    lemmas = frozenset(word for words in known for word in words)
    return lemmas, tuple(sorted(rule for rule in rules if rule[0].isalpha()))
