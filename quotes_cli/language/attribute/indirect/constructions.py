"""A reporting verb or noun passes through here, and each clause comes out that it may report, by construction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from quotes_cli.language import labels
from quotes_cli.language.attribute.animacy import can_speak
from quotes_cli.language.attribute.context import FULL_STOPS, Context
from quotes_cli.language.attribute.cues import FINITE, SPEAKING

from .statement import EDGES, Statement, clause, is_clause, sentence_of, stretch

#: Prepositions before what somebody speaks about.
ABOUT = frozenset("about against as at for of on over to with from in".split())
MARK = frozenset({"mark"})
CLAUSAL = frozenset({"ccomp"})
#: Words that open a clause which somebody reports or asks.
OPENERS = frozenset("that if whether how why what who when where which".split())
#: Relations by which the parse may hang a reported clause on its verb where it does not take it for a complement.
LOOSE = frozenset({"parataxis", "obj", "advcl", "acl", "acl:relcl", "obl", "conj"})
#: Relations by which a clause may hang on the noun whose content it is.
NOUN_CLAUSES = frozenset({"acl", "acl:relcl", "ccomp", "xcomp", "parataxis", "appos"})
#: A tag that ends its sentence: tokens from its verb to the end, and from the pause to its verb.
LONGEST_TAG, LONGEST_SUBJECT = 16, 10
#: Tokens from a noun to the colon before its content, and from the begin of a heading to the colon behind a name.
NEAR_COLON, LONGEST_LABEL = 8, 6
#: Relations of a tag to the clause that it reports.
TAGGING = frozenset({"parataxis", "advcl", "conj", "ccomp", "appos", "acl:relcl"})


def complement(context: Context, verb: int) -> Iterator[Statement]:
    """A clause that is the verb's complement, before, around or behind it."""
    tokens = context.tokens
    tops = tokens.having(verb, CLAUSAL)
    around = len(tops) == 2 and tops[0] < verb < tops[1] and context.cover[tops[1]] < 0
    if around and not is_clause(tokens, tops[0]):
        tops = tops[1:]  # the "old mill", Ortiz said, would open: the subject of what stands behind the tag
    for top in tops:
        yield _verbal(context, "complement", verb, top, clause(tokens, top, {verb}))


def loose_clause(context: Context, verb: int) -> Iterator[Statement]:
    """A clause behind the verb that the parse took for another: they noted, prices rose."""
    tokens = context.tokens
    if tokens.having(verb, CLAUSAL):
        return
    for top in tokens.having(verb, LOOSE):
        if top < verb or not is_clause(tokens, top) or not tokens.having(top, labels.SUBJECT):
            continue
        whole = clause(tokens, top)
        near = tokens.dep[top] in ("parataxis", "obj") or tokens.words[whole.start - 1] in (":", ",")
        if len(whole) and (near or tokens.lower[whole.start] in OPENERS):
            yield _verbal(context, "loose_clause", verb, top, whole)


def infinitive(context: Context, verb: int) -> Iterator[Statement]:
    """An infinitive: vowed to rebuild, urged voters to stay home."""
    tokens = context.tokens
    for top in tokens.having(verb, labels.CONTROLLED):
        to = next((i for i in tokens.children[top] if i < top and tokens.tag[i] == "TO"), None)
        if top > verb and to is not None and tokens.tag[top] == "VB":
            if tokens.dep[top] == "xcomp" or "," not in tokens.words[verb + 1 : to]:
                yield _verbal(context, "infinitive", verb, top, clause(tokens, top))
        elif top > verb and tokens.dep[top] == "xcomp":
            yield _verbal(context, "predicate", verb, top, clause(tokens, top))


def tag(context: Context, verb: int) -> Iterator[Statement]:
    """The verb stands in a tag that hangs on the clause it reports: prices rose, she said, in May."""
    tokens = context.tokens
    top = tokens.head[verb]
    if top == verb or tokens.dep[verb] not in TAGGING or tokens.tag[verb] not in FINITE:
        return
    if tokens.having(verb, CLAUSAL | labels.OBJECT):
        return
    pause = any(tokens.words[i] in (",", "—", "–") for i in range(min(top, verb), max(top, verb)))
    if tokens.dep[verb] == "parataxis" or (verb > top and pause and not tokens.having(verb, MARK | {"cc"})):
        yield _verbal(context, "tag", verb, top, clause(tokens, top, set(tokens.subtree(verb))))


def as_reported(context: Context, verb: int) -> Iterator[Statement]:
    """As Ortiz put it, prices rose."""
    tokens = context.tokens
    marks = [i for i in tokens.children[verb] if i < verb and tokens.lower[i] == "as"]
    if not marks or tokens.tag[verb] not in FINITE | {"VBN"} or tokens.dep[verb] not in ("advcl", "ROOT", "parataxis"):
        return
    sentence = sentence_of(context, verb)
    aside = clause(tokens, verb)
    end = next((i for i in range(verb, sentence.stop) if tokens.words[i] == ","), None)
    if marks[0] <= sentence.start + 1 and end is not None:
        yield _verbal(context, "as_reported", verb, tokens.head[verb], stretch(tokens, range(end, sentence.stop)))
    elif len(aside):
        yield _verbal(context, "as_reported", verb, tokens.head[verb], stretch(tokens, sentence, set(aside)))


def object_of(context: Context, verb: int) -> Iterator[Statement]:
    """What is announced, described or warned of: an object, or what stands behind a preposition."""
    tokens = context.tokens
    if tokens.having(verb, CLAUSAL):
        return
    for top in tokens.having(verb, labels.OBJECT | labels.PASSIVE_SUBJECT):
        if (top > verb) == (tokens.dep[top] in labels.OBJECT):
            yield _verbal(context, "object", verb, top, clause(tokens, top))
    for top in tokens.having(verb, labels.OBLIQUE | {"advcl"}):
        case = [i for i in tokens.having(top, labels.CASE | MARK) if i < top]
        if top > verb and case and tokens.lower[case[0]] in ABOUT:
            yield _verbal(context, "oblique", verb, top, clause(tokens, top, {case[0]}))


def rest_behind(context: Context, verb: int) -> Iterator[Statement]:
    """The parse lost the way: what stands behind the verb in its sentence."""
    tokens = context.tokens
    if tokens.having(verb, CLAUSAL) or context.cues.verb_class(verb) not in SPEAKING:
        return
    content = stretch(tokens, range(verb + 1, sentence_of(context, verb).stop))
    if _tensed(context, content):
        yield _verbal(context, "rest_behind", verb, content.start, content)


def closing_tag(context: Context, verb: int) -> Iterator[Statement]:
    """The same before a tag of a subject and its verb that ends the sentence: prices rose, the ministry said."""
    found = (one for one in _before_tag(context, verb) if _closes(context, verb, one.content.stop))
    yield from (replace(one, rule="closing_tag") for one in found)


def rest_before(context: Context, verb: int) -> Iterator[Statement]:
    """The same before a tag of which the parse has no subject, or that goes on."""
    yield from (one for one in _before_tag(context, verb) if not _closes(context, verb, one.content.stop))


def _before_tag(context: Context, verb: int) -> Iterator[Statement]:
    """What stands before the last pause before a verb of speaking."""
    tokens = context.tokens
    if context.cues.verb_class(verb) not in SPEAKING or tokens.tag[verb] not in FINITE:
        return
    sentence = sentence_of(context, verb)
    complement_before = any(i < verb for i in tokens.having(verb, CLAUSAL))
    near = range(verb - 1, max(verb - LONGEST_SUBJECT, sentence.start - 1), -1)
    pause = next((i for i in near if tokens.words[i] in (",", "—", "–")), None)
    if pause is not None and not complement_before and sentence.stop - verb < LONGEST_TAG:
        content = stretch(tokens, range(sentence.start, pause))
        yield _verbal(context, "rest_before", verb, sentence.start, content)


def _closes(context: Context, verb: int, pause: int) -> bool:
    """Does a tag with a subject end the sentence?"""
    tokens = context.tokens
    behind = range(verb + 1, sentence_of(context, verb).stop)
    subject = any(pause < i < verb for i in tokens.having(verb, labels.SUBJECT))
    return subject and all(tokens.words[i] in EDGES for i in behind)


def noun_clause(context: Context, noun: int) -> Iterator[Statement]:
    """A clause that says what the noun says: her claim that, a promise to rebuild."""
    tokens = context.tokens
    for top in tokens.having(noun, NOUN_CLAUSES):
        whole = clause(tokens, top)
        if top < noun or not len(whole):
            continue
        word = tokens.lower[whole.start]
        if word in OPENERS or word == "to":
            yield Statement("noun_to" if word == "to" else "noun_clause", noun, (noun,), top, whole)
    for top in tokens.having(noun, frozenset({"nmod"})):
        case = [i for i in tokens.having(top, labels.CASE) if i < top]
        if top > noun and case and tokens.lower[case[0]] in ABOUT:
            yield Statement("noun_of", noun, (noun,), top, clause(tokens, top, {case[0]}))


def colon(context: Context, noun: int) -> Iterator[Statement]:
    """What stands behind a colon behind the noun: the mayor's verdict: the bridge must go."""
    tokens = context.tokens
    stop = min(noun + NEAR_COLON, tokens.paragraph_end(noun))
    mark = next((i for i in range(noun + 1, stop) if tokens.words[i] == ":"), None)
    if mark is None or mark + 1 >= tokens.paragraph_end(noun) or _tensed(context, range(noun, mark)):
        return
    content = stretch(tokens, range(mark + 1, sentence_of(context, mark + 1).stop))
    if _tensed(context, content):
        yield Statement("colon", noun, (noun,), tokens.leftmost_top(content.start, content.stop), content)


def heading(context: Context, mark: int) -> Iterator[Statement]:
    """What stands behind a name and a colon in the heading: Ortiz: The bridge must go."""
    tokens = context.tokens
    if tokens.paragraph[mark] or not 0 < mark < LONGEST_LABEL or _tensed(context, range(mark)):
        return
    content = stretch(tokens, range(mark + 1, tokens.paragraph_end(mark)))
    source = tokens.leftmost_top(0, mark)
    full_stops = sum(tokens.words[i] in FULL_STOPS for i in content)
    words = any(context.cues.noun_class(i) == "utterance" for i in range(mark))
    if can_speak(tokens, source) and not words and not full_stops and _tensed(context, content):
        top = tokens.leftmost_top(content.start, content.stop)
        yield Statement("heading", mark, (mark,), top, content, source)


def _tensed(context: Context, inside: range) -> bool:
    return any(context.tokens.tag[i] in FINITE or context.tokens.tag[i] == "MD" for i in inside)


def _verbal(context: Context, rule: str, verb: int, top: int, content: range) -> Statement:
    return Statement(rule, verb, context.cues.with_particle(verb), top, content)
