"""Bearers of bodies' names in, one for each body out: one name in two spellings, or its letters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from quotes_cli.language.personal_names import Key
from quotes_cli.language.words.vocabulary import given_names

from .bearers import Bearer

LEGAL = frozenset("inc incorporated corp corporation co company ltd limited llc plc ag gmbh sa nv".split())
SMALL = frozenset({"of", "the", "for", "and", "&", "on", "in", "to", "at"})
BRANCHES = frozenset({"department", "ministry", "office", "bureau"})
OWNED = frozenset({"campaign", "administration", "office"})
COUNTRY = frozenset({"us", "u.s", "uk", "u.k"})
_LEAST = 3  # letters of an acronym


def cluster(bearers: Iterable[Bearer]) -> list[Bearer]:
    """One bearer for each body. Those given are used up."""
    found: dict[Key, Bearer] = {}
    for one in sorted(bearers, key=lambda one: (one.known is None, -one.articles, one.keys)):
        key = body_key(one.keys[0])
        if key in found and not (one.known and found[key].known):
            found[key].absorb(one)
        else:
            found[key] = one
    full: dict[str, list[Bearer]] = defaultdict(list)
    for key, one in found.items():
        if len(key) >= _LEAST:
            for letters in {"".join(word[0] for word in key), "".join(word[0] for word in key if word not in SMALL)}:
                full[letters].append(one)
    gone = set()
    for key, one in found.items():
        meant = full.get("".join(key).replace(".", ""), []) if len(key) == 1 and len(key[0]) >= _LEAST else []
        if len(meant) == 1 and meant[0] is not one and not (one.known and meant[0].known):
            meant[0].absorb(one)
            gone.add(id(one))
    return [one for one in found.values() if id(one) not in gone]


def body_key(key: Key) -> Key:
    """What a body's names have in common: the Department of Justice is the Justice Department, Acme Corp. is Acme.

    A campaign or an office is that of its owner's surname: Ana Ortiz's campaign, the Ortiz presidential campaign.
    """
    words = [word.replace("'s", "").replace("s'", "s").strip(".,'") for word in key]
    words = [word for i, word in enumerate(words) if word and not (i == 0 and word == "the")]
    while len(words) > 1 and words[-1] in LEGAL:
        words.pop()
    if len(words) > 2 and words[-1] in OWNED and words[0] in given_names():
        words = [word for word in words[:-1] if word != "presidential"][-1:] + words[-1:]
    if len(words) > 1 and words[0] in COUNTRY and (words[1] in BRANCHES or words[-1] in BRANCHES):
        words = words[1:]
    if len(words) > 2 and words[0] in BRANCHES and words[1] in ("of", "for"):
        words = [*words[2:], words[0]]
    return tuple(word for word in words if word != "the") or key
