"""A mark behind a word of a name in, where the name goes on behind it: possessives, brackets, nicknames, full stops.

`names` are the tokens of the article that may be part of a name.
"""

from __future__ import annotations

from collections.abc import Set

from quotes_cli.language.designations import nickname_end
from quotes_cli.language.tokens import MARKS, Tokens
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import given_names, words

from .owners import OWNERS, are_a_trade
from .titular import is_title

SAINTS = frozenset({"st", "st.", "saint", "sts", "ss"})  # whose churches, schools and hospitals bear their names
LONGEST = 4  # tokens of a nickname, with its mark
CROWNS = frozenset({"king", "queen", "prince", "princess"})  # King's College, the Prince's Trust


def mark_end(tokens: Tokens, names: Set[int], first: int, i: int, stop: int) -> int:
    """Where a name goes on behind a mark or a possessive at token i; 0 where it has ended."""
    word = tokens.folded[i]
    if word == ",":
        return i + 2 if tokens.behind(i) in ("jr.", "sr.", "jr", "sr") else 0
    following = i + 1 < stop and i + 1 in names
    if (word == "&" and following) or (word == "." and _abbreviates(tokens, names, i)):
        return i + 1
    if _added(tokens, names, first, i):
        return i + 1
    if owned := _owned(tokens, names, first, i):
        return owned
    nickname = nickname_end(tokens.words, i, stop) or _nickname_end(tokens, names, first, i, stop)
    return nickname and nickname + 1  # Ana "Red" | Ortiz


def _nickname_end(tokens: Tokens, names: Set[int], first: int, i: int, stop: int) -> int:
    """The token behind a nickname in marks at i, between two names of which the first is no known given name: Fereydoun
    "Fred" | Lee; else 0."""
    end = tokens.run_from(i + 1, lambda k: tokens.words[k].istitle(), min(i + LONGEST, stop - 1))
    plain = first == i - 1 in names and not is_title(tokens, i - 1) and end + 1 in names
    if not plain or tokens.words[i] not in MARKS or tokens.words[end] not in MARKS or end == i + 1:
        return 0
    others = words().organisations | column("work_nouns.txt")
    return end + 1 if others.isdisjoint((tokens.folded[i - 1], tokens.folded[end + 1])) else 0


def _owned(tokens: Tokens, names: Set[int], first: int, i: int) -> int:
    """End of what a possessive at i owns inside a body's name: Nurses' | Federation, St Ives's | School; else 0.

    Its owners are several, a saint or a crown; in Ana Lee's Senate and the Democrats' House the name ends before it.
    """
    lex, owner = words(), tokens.folded[i - 1]
    glued = tokens.start[i] == tokens.end[i - 1] and tokens.words[i] in ("'", "’")
    if tokens.folded[i] not in ("'s", "’s") and not glued:
        return 0
    end = i + 1
    if owner in OWNERS:
        return end + 1 if end < tokens.paragraph_end(i) and end in names else 0
    crown = owner in CROWNS and i - first == 1
    if not are_a_trade(owner) and not crown and tokens.folded[first] not in SAINTS:
        return 0
    stop = tokens.paragraph_end(i)
    end = tokens.run_from(end, lambda k: k in names or tokens.words[k].istitle(), stop)
    body = (k for k in range(end - 1, i, -1) if tokens.folded[k] in lex.organisations)
    return next(body, -1) + 1


def _abbreviates(tokens: Tokens, names: Set[int], i: int) -> bool:
    """The full stop of a title that was cut off: Army Capt | . | Ana Lee."""
    title = f"{tokens.folded[i - 1]}." in words().titles
    return title and not tokens.ends_paragraph(i) and i + 1 in names


def _added(tokens: Tokens, names: Set[int], first: int, i: int) -> bool:
    """Does a bracket at i close a given name that an editor added before the surname: Coach (Ana) | Lee, [President
    Ana] | Lee?"""
    opening = {")": "(", "]": "["}.get(tokens.words[i])
    if opening is None or i + 1 not in names or tokens.folded[i - 1] not in given_names():
        return False
    return opening in tokens.words[max(first - 1, 0) : i] and tokens.paragraph[i + 1] == tokens.paragraph[first - 1]
