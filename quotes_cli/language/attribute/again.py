"""An article's quotations pass through here: those whose words are a name or a title elsewhere in it are one, too."""

from __future__ import annotations

from .context import Context, Quote, letters_of
from .cues import SPEAKING
from .titles import is_called, speaks, title_case

#: Tests that find names.
NAMES = ("title", "named", "nickname")
LINKS = frozenset({",", "and", "or", "&"})
LONGEST_GAP = 8  # tokens between two titles of a list, their marks and years among them


def names_again(context: Context) -> None:
    """Take for titles the rest of a list of titles, and for a name what is one elsewhere: the film "Salt"; he left
    before "Salt" began.
    """
    for row in _rows(context):
        if any(quote.test in NAMES for quote in row) or _is_list(row):
            for quote in row:
                quote.test = quote.test or "title"
    names = {letters_of(quote.text): quote.test for quote in context.quotes if _is_name(quote)}
    for quote in context.quotes if names else ():
        if quote.test is None and _may_be_name(quote):
            quote.test = names.get(letters_of(quote.text))


def _is_name(quote: Quote) -> bool:
    return quote.test in NAMES and title_case(quote)


def _may_be_name(quote: Quote) -> bool:
    """Is it capitalised as a name, and nobody right before it says so or calls somebody so?"""
    tokens, left = quote.tokens, quote.left
    if not title_case(quote) or quote.ending in "!?":
        return False
    while left >= 0 and tokens.paragraph[left] == quote.paragraph and tokens.words[left] in (",", ":"):
        left -= 1
    return left < 0 or (quote.cues.verb_class(left) not in SPEAKING and not is_called(quote))


def _rows(context: Context) -> list[list[Quote]]:
    """Titles that stand in a row with nothing but commas, "and" and years between: "Salt" (1968), "Rope" and "Ash"."""
    rows: list[list[Quote]] = []
    row: list[Quote] = []
    for quote in context.quotes:
        cased = title_case(quote)
        if cased and row and _follows(row[-1], quote):
            row.append(quote)
            continue
        if len(row) > 1:
            rows.append(row)
        row = [quote] if cased else []
    return [*rows, row] if len(row) > 1 else rows


def _follows(one: Quote, other: Quote) -> bool:
    tokens, mark = one.tokens, one.context.mark
    between = range(one.last + 1, other.first)
    if one.parent != other.parent or one.paragraph != other.paragraph or not 2 <= len(between) <= LONGEST_GAP:
        return False
    outside = [i for i in between if not mark[i]]
    linked = bool(outside) or one.ending == ","
    return linked and all(tokens.lower[i] in LINKS or tokens.words[i] in "()" or tokens.tag[i] == "CD" for i in outside)


def _is_list(row: list[Quote]) -> bool:
    """Are three and more in a row titles by that alone? Not what somebody shouts or calls another."""
    first = row[0]
    if len(row) < 3 or all(quote.words == 1 for quote in row) or any(quote.ending in "!?" for quote in row):
        return False
    before = first.sentence_before
    if is_called(first) or any(speaks(first, i) for i in before):
        return False
    return not any(first.cues.noun_class(i) == "utterance" for i in before[:6])
