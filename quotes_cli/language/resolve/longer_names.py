"""A name and a longer one in, whether that is another's out: the Senate, the *Senate Budget Committee*."""

from __future__ import annotations

from collections.abc import Set
from functools import cache

from quotes_cli.language.personal_names import Key
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import words

from .entities import Entity

SMALL = frozenset({"of", "the", "for", "and", "&", "in", "on", "de", "des", "s"})  # left out of most acronyms
#: Bodies that nobody calls by a longer name: the White House Correspondents' Association is another.
WHOLE = frozenset({("white", "house"), ("united", "nations"), ("un",), ("european", "union"), ("eu",), ("nato",)})
#: What is a part of the body whose name stands before it: the Senate Budget *Committee*, Hamas's Interior *Ministry*.
PARTS = frozenset(
    "assembly bureau caucus commission committee council court department directorate embassy ministry mission office "
    "parliament secretariat subcommittee tribunal".split()
)
#: What may be left out behind a whole name: the Linden Bank *Group*, the Linden Police *Department*.
FORMS = frozenset(
    "ag co company corp corporation department force group gmbh holding holdings inc international limited llc llp ltd "
    "plc sa service services".split()
)


def has_as_part(key: Key, entity: Entity) -> bool:
    """Is a body with a longer name another's than the one with this name: the *Senate* Budget Committee, which is its
    part, Obama's *White House*, the *Ortiz* White House, the *Linden Bank* Stadium?"""
    return any(len(other) > len(key) and _is_another(key, other) for other in entity.keys)


def _is_another(key: Key, other: Key) -> bool:
    """The same of a longer name that begins or ends with the shorter."""
    if other[-2:] == ("white", "house"):
        return True
    if key in WHOLE and key in (other[: len(key)], other[-len(key) :]):
        return True
    rest = other[len(key) :]
    if other[: len(key)] != key or rest[0] in SMALL:
        return False
    if len(rest) > 1 and not PARTS.isdisjoint(rest[1:]):
        return True
    return len(key) > 1 and key[-1] in words().organisations and rest[-1] not in FORMS


def is_show(name: Key, key: Key) -> bool:
    """Is a name that of a show or event that bears a person's: Ana Ortiz *Live*, the Bo Lee *Tour*?"""
    return len(name) > len(key) > 1 and name[: len(key)] == key and name[-1] in shows()


@cache
def shows() -> Set[str]:
    """The nouns for works and events, and what stands behind the name of one who performs."""
    return column("work_nouns.txt") | column("event_nouns.txt") | {"live", "tonight", "today"}
