"""The words behind a name pass through here, as far as they tell that it is a person's: an age, what somebody is."""

from __future__ import annotations

import re

from quotes_cli.language.nouns import denotes
from quotes_cli.language.tokens import Tokens

from .extents import REPORTED

AGE = re.compile(r"[1-9]\d")
RELATIVE = frozenset({"who", "whom"})
SINGULAR = frozenset({"he", "she"})
TOLD, SURELY = 1.5, 2.5  # votes; the model's label of a place has 2
OWN_PART = (["for", "his"], ["for", "her"], ["no", "relation"])


def person_votes(tokens: Tokens, last: int, *, several: bool) -> float:
    """What stands behind a name, maybe of `several` words, tells that it is a person's: Linden Ash, *who*; Linden Ash,
    *a retired singer*; more surely Linden Ash, *52*; Linden Ash, *for his part*; Linden Ash *said she* was ill."""
    behind = tokens.folded[last : min(last + 4, tokens.paragraph_end(last - 1))]
    comma = behind[:1] == [","]
    if not RELATIVE.isdisjoint(behind[:1]) or (comma and (behind[1:2] == ["who"] or _apposed(tokens, last))):
        return TOLD
    if comma:
        aged = len(behind) > 2 and AGE.fullmatch(behind[1]) is not None and behind[2] in (",", ".")
        sure = aged or behind[1:3] in OWN_PART
    else:
        clause = 2 + (behind[1:2] == ["that"])
        sure = not REPORTED.isdisjoint(behind[:1]) and not SINGULAR.isdisjoint(behind[1:clause])
    return SURELY * (several and sure)


def _apposed(tokens: Tokens, comma: int) -> bool:
    """Does a noun for a person begin the apposition behind a comma: Linden Ash, *a* retired *singer*?"""
    if tokens.behind(comma) not in ("a", "an", "the"):
        return False
    first, stop = comma + 2, tokens.paragraph_end(comma)
    end = tokens.run_from(first, lambda i: tokens.tag[i].startswith(("NN", "JJ", "VBN", "HYPH")), min(stop, first + 5))
    return end > first and tokens.tag[end - 1] == "NN" and denotes(tokens.folded[end - 1], "NN") == "person"
