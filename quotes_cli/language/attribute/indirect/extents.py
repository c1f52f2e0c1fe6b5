"""A candidate in, the stretches out that its content may be: the parse's own, and others by commas and conjunctions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from quotes_cli.language import labels
from quotes_cli.language.attribute.animacy import is_time
from quotes_cli.language.attribute.context import FULL_STOPS, Context
from quotes_cli.language.attribute.cues import FINITE, SPEAKING

from .pieces import PAUSES, hangs_on, lead, piece
from .statement import EDGES, Statement, sentence_of, stretch

#: Bounds, so that no sentence takes long: of 6,367 reporting words of 140 training articles none has more places where
#: its content may begin, and 13 have more where it may end; none of the annotated statements is lost by these or the
#: bounds below.
STARTS, MOST = 7, 16
AHEAD = 8  # tokens behind a semicolon in which another's reporting verb is looked for; with 16, 4 words differ
FAR = 16  # tokens behind the cue in which the content's first word is looked for; beyond it 94 words have one
OPENERS = frozenset("that if whether how why what to".split())
ENDS = frozenset({",", ";", "—", "–", "--", ":", "("}) | {"and", "but", "as", "while", "when", "after", "because"}
NOMINAL = frozenset({"object", "oblique", "noun_of"})
SUBJECT_OR_MARK = labels.SUBJECT | {"mark"}
LONGEST_LEAD = 60  # tokens before a tag in which a clause that it reports begins
LONGEST_TAG = 12  # tokens from the pause before a tag to its cue; of 8 words a longer one
#: Words that stand for themselves in the features; of others the tag does.
CLOSED = frozenset(
    "and but or as while when after before because that which who if whether how why what to though although since "
    "until where so for in on at with by from of about he she they it we i you his her their not than".split()
)
DOUBLE = frozenset({"“", "”", '"'})

Shaped = tuple[Statement, list[str]]


def variants(context: Context, one: Statement) -> Iterator[Shaped]:
    """The candidate with each stretch, the parse's own first, and what speaks for it."""
    sentence = _within_relative(context, one.head, _beside_others(context, one.head))
    seen: set[range] = set()
    ends = list(dict.fromkeys(_ends(context, one, sentence)))
    pieces = _pieces(context, one, ends, sentence)
    for start in islice(dict.fromkeys(_starts(context, one, sentence)), STARTS):
        for end in ends[:MOST]:
            inside = range(max(start, sentence.start), min(end, sentence.stop))
            content = _with_marks(context, stretch(context.tokens, inside), one.head)
            if not content or content in seen:
                continue
            seen.add(content)
            changed = replace(one, content=content)
            yield changed, shape(context, one, changed, sentence) + pieces[end] + lead(context, one, content.start)


def _pieces(context: Context, one: Statement, ends: Sequence[int], sentence: range) -> dict[int, list[str]]:
    """To each end what speaks for all the pieces before it, but for the first."""
    found: list[str] = []
    cuts = sorted({min(end, sentence.stop) for end in ends})
    known = {cuts[0]: found}
    for first, stop in pairwise(cuts):
        found = found + piece(context, one, first, stop, sentence)
        known[stop] = found
    return {end: known[min(end, sentence.stop)] for end in ends}


def continued(context: Context, one: Statement) -> Statement:
    """The statement with the next sentence where that is but another clause of it: Ortiz said the dam was safe. And
    that it had been checked."""
    tokens, stop = context.tokens, one.content.stop
    end = tokens.paragraph_end(one.head)
    if one.head > one.content.start or stop >= end - 2 or tokens.words[stop] not in FULL_STOPS:
        return one
    first = stop + 1 + (tokens.tag[stop + 1] == "CC")
    top = tokens.head[first]
    if tokens.lower[first] not in ("that", "whether") or tokens.dep[first] != "mark" or tokens.head[top] != top:
        return one
    sentence = sentence_of(context, top)
    content = stretch(tokens, range(one.content.start, sentence.stop))
    return replace(one, content=content) if sentence.start == stop + 1 else one


def _beside_others(context: Context, head: int) -> range:
    """The sentence, without what another reports behind a semicolon: prices rose, Lee said; | Ortiz says they fell."""
    tokens, cues, sentence = context.tokens, context.cues, sentence_of(context, head)
    first, last = sentence.start, sentence.stop
    for i in sentence:
        if tokens.words[i] == ";":
            verbs = [k for k in range(i + 1, min(i + AHEAD, sentence.stop)) if tokens.tag[k] in FINITE]
            if verbs and cues.verb_class(verbs[0]) in SPEAKING and tokens.having(verbs[0], labels.SUBJECT):
                first, last = (i + 1, last) if i < head else (first, min(last, i))
    return range(first, last)


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
    """Where the content may begin: as the parse has it, behind the cue, at a later clause or a relative pronoun."""
    tokens, first, behind = context.tokens, one.content.start, max(one.cue) + 1
    yield first
    if one.head <= first and one.rule in NOMINAL:
        if tokens.dep[one.head] in labels.RELATIVE:
            yield from _relative_pronoun(context, one)
        return
    yield from _relative_pronoun(context, one)
    if one.head > first:
        yield sentence.start
        last = min(one.head, one.content.stop)
        yield from _later_clauses(context, range(max(first + 1, last - LONGEST_LEAD), last))
        if one.rule == "according_to":  # the dam will hold, | with half of it rebuilt, according to Ortiz
            yield from islice((i + 1 for i in range(one.head - 3, first, -1) if tokens.words[i] in PAUSES), 1)
        if one.content.stop > behind:
            yield behind
        return
    if _is_inserted(context, one, sentence):
        yield sentence.start
    if one.rule == "according_to":  # according to those who built it, | the dam will hold
        yield from islice((i + 1 for i in range(behind, min(sentence.stop, behind + FAR)) if tokens.words[i] == ","), 2)
    limit = sentence.stop if one.rule == "rest_behind" else first + 1
    yield from islice((i for i in range(behind, min(limit, behind + FAR)) if tokens.lower[i] in OPENERS), 1)
    yield from _late_opening(context, one)
    if one.rule == "rest_behind":
        near = range(first + 1, min(first + 12, sentence.stop))
        subject = next((i for i in near if tokens.dep[i] in labels.SUBJECT), None)
        if subject is not None:
            yield next(k for k in tokens.subtree(subject) if k >= first)
    yield behind


def _is_inserted(context: Context, one: Statement, sentence: range) -> bool:
    """Does the cue stand in a tag between commas: the dam, Ortiz said, would hold?"""
    words, behind = context.tokens.words, max(one.cue) + 1
    if context.tokens.tag[behind : behind + 1] == ["PRP"]:  # the dam, she told them, would hold
        behind += 1
    pause = behind < sentence.stop and words[behind] in (",", ";")
    return pause and "," in words[max(sentence.start, one.head - 8) : one.head]


def _later_clauses(context: Context, inside: range) -> Iterator[int]:
    """Behind a pause, where a subject begins: though it rains, | the dam will hold."""
    tokens = context.tokens
    found = []
    for subject in inside:
        if tokens.dep[subject] in labels.SUBJECT:
            first = next(k for k in tokens.subtree(subject) if k >= inside.start - 1)
            pause = first - 1 - (tokens.dep[first - 1] == "cc")
            if first in inside and tokens.words[pause] in PAUSES:
                found.append(first)
    yield from found[:1]
    yield from found[:-3:-1]


def _late_opening(context: Context, one: Statement) -> Iterator[int]:
    """Behind what belongs to the cue, where the clause begins: said in May | that it would hold."""
    tokens, first = context.tokens, one.content.start
    openings = [i for i in tokens.having(one.top, SUBJECT_OR_MARK) if first < i < min(one.top, first + FAR)]
    if openings:
        yield next(k for k in tokens.subtree(openings[0]) if k >= first)


def _relative_pronoun(context: Context, one: Statement) -> Iterator[int]:
    """The plan, | which he said would fail; without a pronoun with the noun: | a plan he said would fail."""
    tokens = context.tokens
    for i in range(one.head - 1, max(one.head - 12, -1), -1):
        if tokens.sentence[i] != tokens.sentence[one.head]:
            break
        if tokens.tag[i] in ("WDT", "WP", "WRB") or (tokens.lower[i] in ("that", "than") and i + 1 < one.head):
            if tokens.head[i] != one.head or tokens.dep[i] not in labels.SUBJECT:  # Ortiz, who said | it would fail
                yield i
            return
    if tokens.dep[one.head] in labels.RELATIVE:
        yield tokens.subtree(tokens.head[one.head])[0]


def _ends(context: Context, one: Statement, sentence: range) -> Iterator[int]:
    """Where it may end: as the parse has it, with the sentence, before a pause or conjunction, before its tag."""
    tokens, content = context.tokens, one.content
    yield content.stop
    if content.start < one.head < content.stop - 1:
        near = range(min(one.cue) - 1, max(content.start, min(one.cue) - LONGEST_TAG), -1)
        pause = next((i for i in near if tokens.words[i] in PAUSES), None)
        if pause is not None:
            yield pause
    elif content.stop <= one.head and not _is_inserted(context, one, sentence):
        return
    yield sentence.stop
    start = max(content.start, max(one.cue) + 1)
    pauses = (i for i in range(start + 3, sentence.stop - 1) if tokens.lower[i] in ENDS or _leads_off(context, one, i))
    yield from (i for i in pauses if not _within_list(context, one, i))
    if one.rule in ("noun_clause", "noun_to"):  # her claim that it was safe | surprised them
        yield from (i for i in range(start + 2, content.stop) if tokens.tag[i] in FINITE or tokens.tag[i] == "MD")


def _leads_off(context: Context, one: Statement, i: int) -> bool:
    """Does a preposition lead off to when or where it was said: he said it would hold | on Monday | at a rally?"""
    tokens = context.tokens
    noun = tokens.head[i]
    if tokens.dep[i] != "case" or noun < i:
        return False
    return is_time(tokens, noun) or tokens.head[noun] == one.head


def _within_list(context: Context, one: Statement, i: int) -> bool:
    """Does a pause or "and" stand before the next noun of a list: a school, | a doctor | and a bus?"""
    tokens = context.tokens
    behind = range(i + 1, min(i + 6, one.content.stop))
    noun = next((k for k in behind if tokens.is_nominal(k) and tokens.dep[k] in labels.CONJUNCT), None)
    if noun is None or any(tokens.is_verb(k) for k in range(i, noun)):
        return False
    first = tokens.head[noun]
    return one.content.start <= first < i and tokens.is_nominal(first) and not tokens.having(noun, labels.SUBJECT)


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
    return list(dict.fromkeys([*_edges(context, base, one, sentence), *_behind(context, one, sentence)]))


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
        where = hangs_on(context, one, behind[joined])
        yield from (f"rest hangs on {where}", f"rest hangs on {where} {words[0]}")
        near = range(stop, min(stop + 6, sentence.stop))
        subject = any(tokens.dep[i] in labels.SUBJECT for i in near)
        yield f"rest {'with' if subject else 'without'} subject {words[0]}"


def _word(context: Context, i: int) -> str:
    """The word of a closed class or the mark at a token, else its tag."""
    word = context.tokens.lower[i]
    return word if word in CLOSED or len(word) < 2 else context.tokens.tag[i]
