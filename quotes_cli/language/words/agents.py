"""A noun for somebody in, the verbs that make him so out: an owner *owns*, an accused *is accused*."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from .cues import conjugate
from .lists import parts, rows

Below = tuple[frozenset[str], ...]  # of each way words of which one stands in the clause; none: any

ENDINGS = ("er", "or", "ist")  # of a noun, behind its verb
#: Verbs of which whoever does that once is not called so: a reporter, a speaker, a maker.
LOOSE = frozenset(
    "report speak call comment observe make take keep give find follow offer see do go come get run show work use move "
    "think hold form".split()
)


class Verbs(NamedTuple):
    """The verbs of a noun: those of which whoever it means is the subject or the object, and all by their forms."""

    subject: dict[str, Below]
    object: dict[str, Below]
    forms: dict[str, tuple[str, str]]  #: with the verb and the name of the form


@lru_cache(maxsize=1)
def _listed() -> dict[str, tuple[str, str]]:
    return {noun: (subject, obj) for noun, subject, obj in rows("agent_verbs.txt", "noun [subject] [object]")}


def _ways(cell: str) -> dict[str, Below]:
    found: dict[str, Below] = {}
    for part in parts(cell):
        verb, _, below = part.partition(" ")
        found[verb] = (*found.get(verb, ()), frozenset(below.split("|")) if below else frozenset())
    return found


@lru_cache(maxsize=1024)
def verbs_of(noun: str) -> Verbs:
    """The verbs that make somebody what the noun says, by the list or by its ending: a teacher *teaches*."""
    subject, obj = map(_ways, _listed().get(noun, (_by_ending(noun), "")))
    forms: dict[str, tuple[str, str]] = {}
    for verb in dict.fromkeys((*subject, *obj)):
        for name, some in conjugate(verb).items():
            forms.update((form, (verb, name)) for form in some if forms.get(form, (verb,))[0] == verb)
    return Verbs(subject, obj, forms)


def _by_ending(noun: str) -> str:
    """Verbs from which the noun may come: teach-er, driv-er, winn-er, carri-er."""
    stem = next((noun[: -len(end)] for end in ENDINGS if noun.endswith(end) and len(noun) > len(end) + 2), "")
    if not stem:
        return ""
    doubled = stem[:-1] if stem[-1] == stem[-2] else stem[:-1] + "y" if stem[-1] == "i" else stem
    return ",".join(verb for verb in dict.fromkeys((doubled, stem, stem + "e")) if verb not in LOOSE)
