"""A candidate in, the stretches out that its content may be: the parse's own, and others by commas and conjunctions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from quotes_cli.language import labels
from quotes_cli.language.attribute.context import Context
from quotes_cli.language.attribute.cues import FINITE, SPEAKING

from .features import share_in_marks
from .statement import EDGES, Statement, sentence_of, stretch

MOST = 12  # stretches of a candidate
AHEAD = 7  # tokens behind a pause in which the next clause's verb is looked for
FAR = 16  # tokens behind the cue in which the content's first word is looked for
ABOVE = 12  # steps up the tree
MARKED = 0.7  # of a content: what stands in marks is a quotation
OPENERS = frozenset("that if whether how why what to".split())
PAUSES = frozenset({",", ";", "—", "–", "--", "-", ":"})
JOINS = frozenset("and but while as although though when after because or".split())
ENDS = frozenset({",", ";", "—", "–", "--", ":", "("}) | {"and", "but", "as", "while", "when", "after", "because"}
NOMINAL = frozenset({"object", "oblique", "noun_of"})
#: Words that stand for themselves in the features; of others the tag does.
CLOSED = frozenset(
    "and but or as while when after before because that which who if whether how why what to though although since "
    "until where so for in on at with by from of about he she they it we i you his her their not than".split()
)
DOUBLE = frozenset({"“", "”", '"'})

Shaped = tuple[Statement, list[str]]


def variants(context: Context, one: Statement) -> Iterator[Shaped]:
    """The candidate with each stretch, the parse's own first, and what speaks for it; none that stands in marks."""
    sentence = _within_relative(context, one.head, sentence_of(context, one.head))
    seen: set[range] = set()
    ends = list(dict.fromkeys(_ends(context, one, sentence)))
    for start in dict.fromkeys(_starts(context, one, sentence)):
        for end in ends:
            inside = range(max(start, sentence.start), min(end, sentence.stop))
            content = _with_marks(context, stretch(context.tokens, inside), one.head)
            if not content or content in seen or len(seen) >= MOST:
                continue
            seen.add(content)
            changed = replace(one, content=content)
            if share_in_marks(context, changed) < MARKED:
                yield changed, shape(context, one, changed, sentence)


def _within_relative(context: Context, head: int, sentence: range) -> range:
    """The part of the sentence that a relative clause between commas is, where the cue stands in one: the plan, | which
    he said would fail |, was dropped."""
    tokens = context.tokens
    related = (i for i in range(head - 1, max(head - 12, sentence.start), -1) if tokens.tag[i] in ("WDT", "WP"))
    pronoun = next((i for i in related if tokens.words[i - 1] == "," and tokens.dep[i] != "det"), None)
    if pronoun is None or any(tokens.words[i] == "," for i in range(pronoun, head)):
        return sentence
    commas = (i for i in range(head + 1, sentence.stop - 1) if tokens.words[i] == ",")
    end = next((i for i in commas if tokens.tag[i + 1] in FINITE or tokens.tag[i + 1] == "MD"), None)
    return sentence if end is None else range(pronoun, end)


def _starts(context: Context, one: Statement, sentence: range) -> Iterator[int]:
    """Where the content may begin: as the parse has it, behind the cue, at a conjunction or relative pronoun."""
    tokens, first, behind = context.tokens, one.content.start, max(one.cue) + 1
    yield first
    if one.head <= first and one.rule in NOMINAL:
        return
    yield from _relative_pronoun(context, one)
    inserted = tokens.behind(behind - 1) == "," and "," in tokens.words[max(sentence.start, one.head - 8) : one.head]
    if one.head > first or inserted:
        yield sentence.start
    if one.head > first:
        return
    limit = sentence.stop if one.rule == "rest_behind" else first + 1
    yield from islice((i for i in range(behind, min(limit, behind + FAR)) if tokens.lower[i] in OPENERS), 1)
    if one.rule == "rest_behind":
        near = range(first + 1, min(first + 12, sentence.stop))
        subject = next((i for i in near if tokens.dep[i] in labels.SUBJECT), None)
        if subject is not None:
            yield next(k for k in tokens.subtree(subject) if k >= first)
    yield behind


def _relative_pronoun(context: Context, one: Statement) -> Iterator[int]:
    """The plan, | which he said would fail."""
    tokens = context.tokens
    for i in range(one.head - 1, max(one.head - 12, -1), -1):
        if tokens.sentence[i] != tokens.sentence[one.head]:
            return
        if tokens.tag[i] in ("WDT", "WP") or (tokens.lower[i] == "that" and i + 1 < one.head):
            if tokens.head[i] != one.head or tokens.dep[i] not in labels.SUBJECT:  # Ortiz, who said | it would fail
                yield i
            return


def _ends(context: Context, one: Statement, sentence: range) -> Iterator[int]:
    """Where it may end: as the parse has it, with the sentence, before a pause or conjunction."""
    tokens, content = context.tokens, one.content
    yield content.stop
    if one.head < content.stop - 1 or one.head <= content.start:
        yield sentence.stop
        start = max(content.start, max(one.cue) + 1)
        yield from (i for i in range(start + 3, sentence.stop - 1) if tokens.lower[i] in ENDS)


def _with_marks(context: Context, content: range, head: int) -> range:
    """The stretch with the whole of what it has in marks, and the marks."""
    if not content:
        return content
    cover, begins, here = context.cover, context.tokens.begins_paragraph, context.cover[head]
    start, end = content.start, content.stop
    if cover[start] >= 0 and cover[start] != here:
        while start and cover[start - 1] == cover[start] and not begins[start]:
            start -= 1
    if cover[end - 1] >= 0 and cover[end - 1] != here:
        while end < len(cover) and cover[end] == cover[end - 1] and not begins[end]:
            end += 1
    return range(start, end)


def shape(context: Context, base: Statement, one: Statement, sentence: range) -> list[str]:
    """What speaks for a stretch and against it."""
    found = [*_edges(context, base, one, sentence), *_behind(context, one, sentence)]
    for where, places in (
        ("next", range(one.content.stop, one.content.stop + 1)),
        ("inner", range(one.content.start + 3, one.content.stop - 2)),
    ):
        found += (f"{where} {kind}" for kind in sorted(_clauses(context, one, sentence, places)))
    return list(dict.fromkeys(found))


def _edges(context: Context, base: Statement, one: Statement, sentence: range) -> Iterator[str]:
    tokens, content, rule = context.tokens, one.content, one.rule
    own = content.start == base.content.start
    yield f"start {'own' if own else 'other'} {rule}"
    whole = all(tokens.words[i] in EDGES for i in range(content.stop, sentence.stop))
    shorter = "before" if content.stop < base.content.stop else "behind"
    end = "own" if content.stop == base.content.stop else "sentence" if whole else shorter
    yield from (f"end {end}", f"end {end} {rule}")
    if content.start > one.head:
        gap = content.start - max(one.cue) - 1
        yield from (f"gap {min(gap, 6)}", f"gap {min(gap, 3)} {'own' if own else 'other'}")
    finite = any(tokens.tag[i] in FINITE or tokens.tag[i] == "MD" for i in content)
    yield f"{'finite' if finite else 'no finite verb'} {rule}"
    opening = _word(context, content.start)
    yield from (f"opens {opening}", f"opens {opening} {rule}")
    if content.start:
        yield f"before it {_word(context, content.start - 1)}"
    inside = [tokens.words[i] for i in content]
    yield f"marks {'open' if sum(word in DOUBLE for word in inside) % 2 else 'closed'}"
    yield f"brackets {inside.count('(') - inside.count(')')}"
    yield f"size {min(len(content), 6)} {rule}"
    yield f"cue within {one.head in content} {one.head in base.content} {rule}"
    yield f"from the sentence's begin {content.start <= sentence.start} {rule}"
    commas = (i for i in range(content.start + 3, content.stop - 1) if tokens.words[i] == ",")
    yield from (f"within , {tokens.lower[i + 1]}" for i in commas if tokens.lower[i + 1] in CLOSED)
    yield f"rest {min(sentence.stop - content.stop, 12) // 3} size {min(len(content), 24) // 6}"


def _behind(context: Context, one: Statement, sentence: range) -> Iterator[str]:
    """The first words behind the stretch, and what they hang on."""
    tokens, stop = context.tokens, one.content.stop
    behind = range(stop, min(stop + 3, sentence.stop))
    words = [_word(context, i) for i in behind]
    yield f"behind {words[0] if words else 'nothing'}"
    if len(words) > 1:
        yield f"behind {words[0]} {words[1]}"
    if len(words) > 2:
        reports = any(context.cues.verb_class(i) in SPEAKING for i in behind)
        yield f"behind {words[0]} {words[1]} {tokens.tag[behind[2]]}{' cue' if reports else ''}"
    if words:
        joined = len(behind) > 1 and tokens.pos[behind[0]] in ("PUNCT", "CCONJ")
        where = _governor(context, one, behind[joined])
        yield from (f"rest hangs on {where}", f"rest hangs on {where} {words[0]}")
        near = range(stop, min(stop + 6, sentence.stop))
        subject = any(tokens.dep[i] in labels.SUBJECT for i in near)
        yield f"rest {'with' if subject else 'without'} subject {words[0]}"


def _clauses(context: Context, one: Statement, sentence: range, places: range) -> set[str]:
    """What kind of clause begins at the pauses and conjunctions among some places."""
    tokens, cues = context.tokens, context.cues
    kinds: set[str] = set()
    for i in places:
        pause = i < len(tokens) and tokens.words[i] in PAUSES
        if i >= sentence.stop - 1 or not (pause or tokens.lower[i] in JOINS):
            continue
        first = i + pause
        join = _word(context, first)
        ahead = range(first, min(first + AHEAD, sentence.stop))
        verb = next((k for k in ahead if tokens.tag[k] in FINITE or tokens.tag[k] in ("MD", "VBG")), None)
        before = range(first, ahead.stop if verb is None else verb)
        subject = next((k for k in before if tokens.dep[k] in labels.SUBJECT), None)
        reports = verb is not None and cues.verb_class(verb) in SPEAKING
        kind = "no verb" if verb is None else "cue" if reports else tokens.tag[verb]
        whose = "nobody" if subject is None else tokens.lower[subject] if tokens.tag[subject] == "PRP" else "noun"
        kinds |= {f"{join} {kind}{'' if subject is None else ' with subject'}", f"{kind} of {whose}"}
        if verb is not None:
            kinds.add(f"{join} hangs on {_governor(context, one, verb)}")
    return kinds


def _governor(context: Context, one: Statement, i: int) -> str:
    """Does the token hang on the content, on the cue, or on something else?"""
    above = {i, *islice(context.tokens.ancestors(i), ABOVE)}
    return "the content" if one.top in above else "the cue" if one.head in above else "something else"


def _word(context: Context, i: int) -> str:
    """The word of a closed class or the mark at a token, else its tag."""
    word = context.tokens.lower[i]
    return word if word in CLOSED or len(word) < 2 else context.tokens.tag[i]
