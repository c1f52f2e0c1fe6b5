"""A mention of one source passes through here, and comes out with the names that commas and "and" join with it.

*Sen. Ana Ortiz (D-Ohio), Bo Lee and Cy Dean* said; *Ana Ortiz, the mayor, and her deputy, Bo Lee,* said.
"""

from __future__ import annotations

from quotes_cli.language.tokens import CLAUSE_ENDS, MARKS, Tokens
from quotes_cli.language.words.lists import column

from .context import Quote

AND = frozenset({"and", "&"})
#: Tags of what stands before a name in a list: the former *mayor* Ana Ortiz.
PLAIN = ("DT", "JJ", "NN", "PRP$", "VBN", "HYPH")
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
MOST = 8  # names in a list
LONGEST = 12  # tokens of an apposition, of what stands in brackets, and of a name with its office


def joined(quote: Quote, mention: tuple[int, int], verb: int | None) -> tuple[int, int]:
    """The first and last token of a mention with the names that are joined to it; `verb` is the cue."""
    first, last = mention
    tokens = quote.tokens
    if not any(_is_name(tokens, i) for i in range(first, last + 1)):
        name = _name_behind(quote, last)
        end = _last_joined(quote, name, verb) if name else 0
        return (first, end) if end > name else mention
    end = _last_joined(quote, last, verb) if _is_name(tokens, last) else last
    begin = _first_joined(quote, first, verb) if end == last else first
    return begin, end


def _is_name(tokens: Tokens, i: int) -> bool:
    """Is it a word of a name, and no day?"""
    proper = tokens.tag[i] in ("NNP", "NNPS") and tokens.words[i][0].isupper()
    return proper and tokens.folded[i] not in column("calendar.txt")


def _name_behind(quote: Quote, last: int) -> int:
    """The last token of the name between commas behind an office: the chairman, *Ana Ortiz*, and Bo Lee; 0 for none."""
    tokens, stop = quote.tokens, quote.tokens.paragraph_end(last)
    if last + 2 >= stop or tokens.words[last + 1] != ",":
        return 0
    end = _item_end(quote, last + 2, stop, described=False)
    return end - 1 if end and tokens.entity[end - 1] == "PERSON" else 0


def _last_joined(quote: Quote, last: int, verb: int | None) -> int:
    """The last token of a list of names that begins with the mention; the mention's own where it begins none."""
    tokens, stop = quote.tokens, quote.tokens.paragraph_end(last)
    at = _behind_brackets(tokens, last + 1, stop)
    for _ in range(MOST):
        comma = at < stop and tokens.words[at] == ","
        last_one = at + comma < stop and tokens.lower[at + comma] in AND
        begin = at + comma + last_one
        if begin == at or begin >= stop:
            return last
        end = _item_end(quote, begin, stop, described=last_one)
        if not end and comma and not last_one:
            at = _apposition_end(quote, begin, stop)
            if not at or tokens.behind(at) not in AND:
                return last
            continue
        at = _behind_brackets(tokens, end, stop)
        if not end or (last_one and not _ends(quote, at, stop, verb)):
            return last
        if last_one:
            return at - 1
    return last


def _ends(quote: Quote, at: int, stop: int, verb: int | None) -> bool:
    """May a list of sources end before token `at`: none owns what follows, or does something else than to speak?"""
    tokens = quote.tokens
    if at >= stop or quote.barred(at):
        return True
    if tokens.tag[at] == "POS" or tokens.words[at] in ("'", "’"):
        return False
    if verb == at:
        return True
    if verb is not None and verb < at:
        return tokens.tag[at] not in FINITE
    return tokens.words[at] == "," or tokens.tag[at].startswith(("V", "MD", "RB"))


def _item_end(quote: Quote, begin: int, stop: int, *, described: bool) -> int:
    """The end of a name with what stands before it, from `begin` on, or 0; `described`: maybe with a comma between
    them, as in *her deputy, Bo Lee*."""
    tokens = quote.tokens
    end = tokens.run_from(begin, lambda i: _belongs(quote, i), min(stop, begin + LONGEST))
    if end == begin:
        return 0
    if _is_name(tokens, end - 1):
        return end
    person = end + 1
    if not described or person >= stop or tokens.words[end] != "," or not _is_name(tokens, person):
        return 0
    named = tokens.run_from(person, lambda i: _is_name(tokens, i) and not quote.barred(i), min(stop, person + LONGEST))
    return named if tokens.entity[person] == "PERSON" else 0


def _belongs(quote: Quote, i: int) -> bool:
    tokens = quote.tokens
    inside = tokens.entity[i] in ("ORG", "PERSON") and not tokens.begins_entity[i]  # the University of Linden
    return (tokens.tag[i].startswith(PLAIN) or inside) and not quote.barred(i)


def _apposition_end(quote: Quote, begin: int, stop: int) -> int:
    """The comma behind an apposition from `begin` on, or 0 where there is none: Lee, *a nurse from Linden*, and"""
    tokens = quote.tokens

    def inside(i: int) -> bool:
        return (tokens.tag[i].startswith((*PLAIN, "IN", "CD", "POS")) or tokens.words[i] == "-") and not quote.barred(i)

    end = tokens.run_from(begin, inside, min(stop, begin + LONGEST))
    return end if begin < end < stop and tokens.words[end] == "," else 0


def _behind_brackets(tokens: Tokens, at: int, stop: int) -> int:
    """The token behind what stands in brackets at `at`: Ana Ortiz *(D-Ohio)*."""
    if at >= stop or tokens.words[at] != "(":
        return at
    close = tokens.run_from(at, lambda i: tokens.words[i] != ")", min(stop, at + LONGEST))
    return close + 1 if close < stop and tokens.words[close] == ")" else at


def _first_joined(quote: Quote, first: int, verb: int | None) -> int:
    """The first token of a list of names that ends with the mention; the mention's own where it ends none."""
    tokens = quote.tokens
    least = max(first - LONGEST, 0)
    own = tokens.run_before(first, lambda i: tokens.tag[i].startswith(("NN", "JJ")) and not _is_name(tokens, i), least)
    at = own - 1  # the "and" before a ranking member | Bo Lee
    if at < 1 or tokens.lower[at] not in AND or tokens.begins_paragraph[own]:
        return first
    begin = 0
    for _ in range(MOST):
        if tokens.begins_paragraph[at]:
            return first
        end = at - (tokens.words[at - 1] == "," and not begin)
        end = _before_brackets(tokens, end)
        if not end or not _is_name(tokens, end - 1) or quote.barred(end - 1):
            break
        begin = tokens.run_before(end, lambda i: _belongs(quote, i), max(end - LONGEST, 0))
        at = begin - 1
        if at < 1 or tokens.begins_paragraph[begin] or tokens.words[at] != ",":
            break
    if not begin or not begin < own:
        return first
    begin = _with_office(quote, begin)
    return begin if _opens_clause(quote, begin, verb) else first


def _before_brackets(tokens: Tokens, end: int) -> int:
    """The end of what stands before brackets that close before `end`."""
    if tokens.words[end - 1] != ")":
        return end
    return next((i for i in range(end - 2, max(end - LONGEST, 0), -1) if tokens.words[i] == "("), 0)


def _with_office(quote: Quote, begin: int) -> int:
    """Where the office before a list's first name begins, with a comma between them: *the chairman, Republican* Ana
    Ortiz."""
    tokens, comma = quote.tokens, begin - 1
    if comma < 1 or tokens.words[comma] != "," or tokens.begins_paragraph[begin] or quote.barred(comma - 1):
        return begin
    least = max(comma - LONGEST, 0)
    office = tokens.run_before(comma, lambda i: tokens.tag[i].startswith(PLAIN) and not quote.barred(i), least)
    return office if office < comma and not _is_name(tokens, comma - 1) else begin


def _opens_clause(quote: Quote, begin: int, verb: int | None) -> bool:
    """Does a clause begin with token `begin`, or stands the cue right before it?"""
    tokens, before = quote.tokens, begin - 1
    if before < 0 or tokens.begins_sentence(begin) or before == verb or quote.barred(before):
        return True
    word = tokens.words[before]
    return word in MARKS | CLAUSE_ENDS or tokens.lower[before] == "that"
