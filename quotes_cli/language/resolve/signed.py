"""An article's first lines in, those that name its writers out: By Ana Lee; Ana Lee, Court Reporter."""

from __future__ import annotations

from itertools import pairwise

from quotes_cli.language.tokens import DASHES, Tokens
from quotes_cli.language.words.vocabulary import singular

LINES = 6  # paragraphs at an article's head, of which one may sign it
LONGEST, SHORT = 14, 6  # tokens of such a line; of a name that has its trade in the line below
LONGEST_TRADE = 6
#: Nouns of those who ask and report: our correspondent Bo Lee.
PRESS = frozenset("reporter correspondent journalist editor writer interviewer host anchor presenter columnist".split())
ENDS = frozenset({".", "?", "!", ":"})
APART = DASHES | frozenset({",", "/", "(", ")", "|"})


def signing(tokens: Tokens) -> list[range]:
    """The tokens of each line that signs the article, from the name where its trade stands in a line below."""
    found: list[range] = []
    for above, first in pairwise(tokens.paragraph_starts[:LINES]):
        last = tokens.paragraph_end(first)
        if last - first > LONGEST or tokens.words[last - 1] in ENDS:
            continue
        if tokens.folded[first] == "by" and all(word[0].isupper() for word in tokens.words[first : first + 2]):
            found.append(range(first, last))
        elif trade := _trade(tokens, first, last):
            named = len(trade) == last - first and 0 < above >= first - SHORT and tokens.words[first - 1] not in ENDS
            found.append(range(above if named else first, last))
    return found


def _trade(tokens: Tokens, first: int, last: int) -> range | None:
    """The part of a line, between its ends or marks, that says of whom it names what they are: *Staff Writer*."""
    edges = [first - 1, *(i for i in range(first, last) if tokens.words[i] in APART), last]
    parts = (range(before + 1, after) for before, after in pairwise(edges) if 1 < after - before < LONGEST_TRADE)
    trades = (part for part in parts if singular(tokens.folded[part[-1]]) in PRESS)
    return next((part for part in trades if all(tokens.words[i][0].isupper() for i in part[:-1])), None)
