"""A preposition that names a source passes through here, and the clause around it comes out as reported."""

from __future__ import annotations

from collections.abc import Iterator

from quotes_cli.language import labels
from quotes_cli.language.attribute.context import Context
from quotes_cli.language.tokens import Tokens

from .statement import Statement, is_clause, sentence_of, stretch

INNER = labels.NAME_PART | {"det", "amod", "nmod:poss", "nummod"}
#: Nouns of what somebody says or thinks, of which a phrase with "in" says whose words they are.
VIEWS = frozenset({"view", "opinion", "judgment", "judgement", "estimation", "words", "telling", "account"})
#: Bare nouns behind "according to" that say how, not who.
MEASURES = frozenset(
    "plan plans schedule need needs size age taste type rank weight ability merit custom tradition".split()
)
DETERMINERS = labels.POSSESSOR | {"det"}
MOST_COMMAS = 4  # in the phrase of a source that opens its sentence
LONGEST = 12  # tokens from the preposition to the noun behind it


def according_to(context: Context, i: int) -> Iterator[Statement]:
    """What stands beside the phrase that names the source."""
    tokens = context.tokens
    cue = _preposition(tokens, i)
    source = _noun(tokens, cue) if cue else None
    if source is None or (tokens.lower[source] in MEASURES and not tokens.having(source, DETERMINERS)):
        return
    phrase = {*_phrase(tokens, cue, source), *cue}
    top = tokens.head[cue[0]] if tokens.head[cue[0]] not in phrase else tokens.head[source]
    while top in phrase and tokens.head[top] != top:
        top = tokens.head[top]
    sentence = sentence_of(context, i)
    spoken = [k for k in sentence if k not in phrase and tokens.pos[k] != "PUNCT"]
    within: list[int] | range = sentence
    if spoken and spoken[0] < min(phrase) < max(phrase) < spoken[-1]:  # of a phrase in the middle only its own clause
        while not is_clause(tokens, top) and tokens.head[top] != top:
            top = tokens.head[top]
        within = [k for k in tokens.subtree(top) if k in sentence]
    yield Statement("according_to", i, cue, top, stretch(tokens, within, phrase), source)


def _phrase(tokens: Tokens, cue: tuple[int, ...], source: int) -> list[int]:
    """The source's phrase; up to the first comma behind it where it opens the sentence, as the parse may go on."""
    whole = tokens.subtree(source)
    if not tokens.begins_sentence(cue[0]):
        return whole
    commas = [i for i in whole if i > source and tokens.words[i] == ","][:MOST_COMMAS]
    comma = next((i for i in commas if not _is_apposed(tokens, i, source)), None)
    return whole if comma is None else [i for i in whole if i < comma]


def _is_apposed(tokens: Tokens, comma: int, source: int) -> bool:
    """Does a comma open what is said of the source: according to Ortiz, | the mayor, | or Lee?"""
    first = next((i for i in tokens.children[source] if i > comma), None)
    joined = first is not None and tokens.dep[first] in ("appos", "conj", "cc", "nmod")
    return joined or tokens.tag[comma + 1 : comma + 2] in (["WP"], ["WDT"], ["WRB"])


def in_view(context: Context, i: int) -> Iterator[Statement]:
    """What stands beside "in her view", "in the opinion of the mayor"."""
    tokens = context.tokens
    opening = tokens.having(i, labels.CASE)
    if not opening or tokens.lower[opening[0]] not in ("in", "by", "to") or opening[0] > i:
        return
    owners = tokens.having(i, labels.POSSESSOR) or [
        k for k in tokens.having(i, labels.OBLIQUE) if "of" in tokens.cases(k)
    ]
    phrase = set(tokens.subtree(i))
    content = stretch(tokens, sentence_of(context, i), phrase)
    if owners and tokens.lower[owners[0]] not in ("its", "your", "our") and len(content) > 2:
        yield Statement("in_view", i, (i,), tokens.head[i], content, owners[0])


def _preposition(tokens: Tokens, i: int) -> tuple[int, ...]:
    """The tokens of "according to" or "as per" where they begin or end at a token; none otherwise."""
    if tokens.lower[i : i + 2] == ["according", "to"]:
        return (i, i + 1)
    return (i - 1, i) if tokens.lower[i] == "per" and tokens.before(i) == "as" else ()


def _noun(tokens: Tokens, cue: tuple[int, ...]) -> int | None:
    """The head of the noun phrase behind a preposition."""
    heads = (tokens.head[i] for i in cue)
    noun = next((i for i in heads if tokens.is_nominal(i) and i > cue[-1]), None)
    if noun is not None:
        return noun
    behind = range(cue[-1] + 1, min(cue[-1] + LONGEST, len(tokens)))
    return next((i for i in behind if tokens.is_nominal(i) and tokens.dep[i] not in INNER), None)
