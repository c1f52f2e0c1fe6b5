"""The words of a body's name in, the short forms that stand for it out: acronyms and blends."""

from __future__ import annotations

from collections.abc import Iterator

from quotes_cli.language.personal_names import Key
from quotes_cli.language.words.vocabulary import words

from .longer_names import SMALL

SHORTEST = 5  # letters of a blend


def blends(word: str, key: Key) -> bool:
    """Is the word made of the begins, two letters or more, of words of the name that follow each other?"""
    if len(word) < SHORTEST:
        return False
    parts, begin = [part for part in key if part not in SMALL], word[:2]
    return any(_are_begins(word, parts[k:]) for k, part in enumerate(parts[:-1]) if part[:2] == begin)


def _are_begins(letters: str, parts: list[str], used: int = 0, clipped: bool = False) -> bool:
    """Are the letters begins of the parts, one behind the other, of which one at least is not whole?"""
    if not letters:
        return used > 1 and clipped  # none is Whitehouse
    if not parts or letters[:2] != parts[0][:2]:
        return False
    same = next((n for n, pair in enumerate(zip(letters, parts[0], strict=False)) if len({*pair}) > 1), None)
    longest = min(len(letters), len(parts[0])) if same is None else same
    ends = range(longest, 1, -1)
    return any(_are_begins(letters[n:], parts[1:], used + 1, clipped or n < len(parts[0])) for n in ends)


def initials(key: Key) -> tuple[str, str]:
    """The acronyms of a name, without and with its small words."""
    return "".join(word[0] for word in key if word not in SMALL), "".join(word[0] for word in key)


def acronyms(key: Key) -> Iterator[str]:
    """The acronyms that a body's name may have: of all its words, without the land (*DEA*, of the U.S. Drug Enforcement
    Administration), and of what stands before "and" (*CDC*, of Centers for Disease Control and Prevention)."""
    land = key[0] in words().countries or key[0] in words().peoples
    for name in (key, key[1:]) if land else (key,):
        yield from initials(name)
        whole = name.index("and") if "and" in name else 0
        if whole > 2:
            yield from (letters for letters in initials(name[:whole]) if len(letters) > 2)
