"""Quotations for which grammar gives no source pass through here, and get the speaker whom their surroundings suggest.

Whoever spoke before or speaks next, and who is the subject around the quotation, are candidates, besides nobody; the
ranker chooses. The answer's rule is `context`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from operator import itemgetter
from typing import Any

from quotes_cli.language.attribute.context import LONGEST_HEADLINE, SINGLE, words_of
from quotes_cli.language.segment.entities import decoded
from quotes_cli.records import Attribution, MarkedSpan, Resolution

from .discourse import Discourse
from .features import reader, step
from .ranker import Features

CONTEXT, PREVIOUS = "context", "previous_paragraph"
NEIGHBOURS, MENTIONS, LARGEST = 40, 40, 400  # quotations, mentions, tokens to each side: what makes the work linear
LONGEST_SUBHEAD = 12  # tokens of a line between two paragraphs with more than the marks in it
HEADINGS, LONGEST_HEADING = 20, 25  # lines of their own that are looked for in the body, and their tokens
LEAD = 5  # the last paragraph that counts as one of an article's first
REPEATED = 0.95  # that a heading's words are whose they are in the body; the names gold has but one, which is right
_GAPS = (0, 1, 2)
_GAP = ("same paragraph", "next paragraph", "two paragraphs off", "further off")
ENDS = frozenset('.!?"”’')  # what stands before a heading whose line breaks are lost
_LENGTHS = (1, 2, 5, 12)
_LENGTH = ("one word", "two words", "few words", "a clause", "long")


def suggest(
    discourse: Discourse,
    spans: Sequence[MarkedSpan],
    attributions: Sequence[Attribution],
    resolutions: Sequence[Resolution],
) -> list[Resolution]:
    """The resolutions, with those of unsourced quotations filled in where the surroundings suggest a speaker."""
    found = list(resolutions)
    headings = 0
    for k, (span, attribution) in enumerate(zip(spans, attributions, strict=True)):
        if attribution.kind == "other" or span.parent is not None:
            continue
        own = attribution.rule is not None and _is_named(resolutions[k]) and resolutions[k].sieve != "description"
        above = _is_in_headline(discourse, span)
        own = own and not (above and _is_of_headline(discourse, attribution, resolutions[k]))
        above = above and not own
        bare = attribution.rule is None or (attribution.rule == PREVIOUS and _is_unended(discourse, span))
        below = headings < HEADINGS and (
            (bare and _is_heading(discourse, span)) or (not own and _is_subhead(discourse, span))
        )
        lead = not (own or above or below) and _is_in_lead(discourse, span, attribution, resolutions[k])
        if above or below or lead:
            headings += below
            least = 3 if lead else 1 if _is_single(discourse, span) else 2
            repeated = _repeated(discourse, span, spans, attributions, resolutions, least=least)
            if repeated is not None and (not lead or attribution.rule is None or _is_named(repeated)):
                found[k] = replace(repeated, sieve=CONTEXT, probability=REPEATED, ranking=None)
                continue
        if attribution.rule is not None:
            continue
        candidates = _candidates(discourse, k, spans, attributions, found)
        if not candidates:
            continue
        names = list(candidates)
        features: list[Features] = [tuple(dict.fromkeys(candidates[name][1])) for name in names]
        features.append(tuple(_nobody(discourse, span, attribution)))
        i = discourse.tokens.range_of(span.start, span.end)[0]
        chosen = discourse.decide(i, CONTEXT, [*names, None], partial(_read, features))
        if chosen is not None:
            known, share = candidates[chosen][0], discourse.probability[i]
            found[k] = replace(known, sieve=CONTEXT, probability=share, ranking=discourse.ranking_at(i))
    return found


def _read(features: list[Features], choice: str | None) -> list[Any]:
    return list(map(reader(choice), features))


def _is_heading(discourse: Discourse, span: MarkedSpan) -> bool:
    """Is it a short line of its own, or in single marks between two sentences, as where line breaks are lost?"""
    tokens = discourse.tokens
    first, last = tokens.range_of(span.outer_start, span.outer_end)
    if not first < last <= first + LONGEST_HEADING:
        return False
    if tokens.begins_paragraph[first]:
        return tokens.ends_paragraph(last - 1)
    between = last < len(tokens) and tokens.words[last][:1].isupper()
    closed = tokens.words[first - 1][-1:] in ENDS and tokens.text[span.start : span.start + 1].isupper()
    return between and closed and decoded(tokens.text[span.outer_start : span.start])[0] in SINGLE


def _is_unended(discourse: Discourse, span: MarkedSpan) -> bool:
    return discourse.tokens.text[span.end - 1 : span.end].isalnum()


def _is_subhead(discourse: Discourse, span: MarkedSpan) -> bool:
    """Does it stand in a line between two paragraphs: More boats ‘in May’?"""
    tokens = discourse.tokens
    first, last = tokens.range_of(span.outer_start, span.outer_end)
    if not first < last or not tokens.paragraph[first] or tokens.begins_paragraph[first]:
        return False
    begin, end = tokens.paragraph_starts[tokens.paragraph[first]], tokens.paragraph_end(first)
    short = end - begin <= LONGEST_SUBHEAD and last == end
    return short and tokens.words[begin][:1].isupper() and _is_unended(discourse, span)


def _is_in_headline(discourse: Discourse, span: MarkedSpan) -> bool:
    """Does it stand in the headline: Mayor calls dam ‘old’?"""
    tokens = discourse.tokens
    first, last = tokens.range_of(span.outer_start, span.outer_end)
    if not first < last or tokens.paragraph[first]:
        return False
    end = tokens.paragraph_end(first)
    return end <= LONGEST_HEADLINE and end < len(tokens) and tokens.words[end - 1] != "."


def _is_of_headline(discourse: Discourse, attribution: Attribution, found: Resolution) -> bool:
    """Is it a topic or an abbreviation that the body does not name: Floods: Dam ‘old’; HC calls it ‘old’?"""
    if attribution.rule == "headline_label" and found.speaker_type != "person":
        return True
    called = [one for one in discourse.inventory.entities if one.name == found.speaker]
    paragraph = discourse.tokens.paragraph
    return not any(paragraph[i] for one in called for i in one.tokens)


def _is_single(discourse: Discourse, span: MarkedSpan) -> bool:
    return decoded(discourse.tokens.text[span.outer_start : span.start])[0] in SINGLE


def _is_in_lead(discourse: Discourse, span: MarkedSpan, attribution: Attribution, found: Resolution) -> bool:
    """Is it a fragment in the first paragraphs, whose source they do not name: The mayor said it was "too late"?"""
    tokens = discourse.tokens
    first, _ = tokens.range_of(span.outer_start, span.outer_end)
    begins = first < len(tokens) and tokens.paragraph[first] <= LEAD
    unnamed = attribution.rule is None or (found.speaker_type == "person" and not _is_named(found))
    return begins and attribution.kind == "mixed" and unnamed


def _is_named(found: Resolution) -> bool:
    """Is it a name of the article, and not only an office with a capital: *The Premier*?"""
    return found.named and found.sieve != "noun phrase"


def _repeated(
    discourse: Discourse,
    span: MarkedSpan,
    spans: Sequence[MarkedSpan],
    attributions: Sequence[Attribution],
    resolutions: Sequence[Resolution],
    *,
    least: int,
) -> Resolution | None:
    """Who says a heading's words in the body, of which it takes `least`; of three and more, others may stand between:
    ‘I stopped counting’, of "I had stopped counting by then"."""
    text = discourse.tokens.text
    own = words_of(text[span.start : span.end]).split()
    if len(own) < least:
        return None
    others = int(len(own) > 2 and least < 3)
    unnamed: Resolution | None = None
    for other, attribution, resolution in zip(spans, attributions, resolutions, strict=True):
        spoken = other is not span and attribution.kind != "other" and resolution.speaker is not None
        if spoken and _are_said(own, words_of(text[other.start : other.end]).split(), others):
            if _is_named(resolution):
                return resolution
            unnamed = unnamed or resolution
    return unnamed


def _are_said(own: list[str], said: list[str], others: int) -> bool:
    """Do the words come in what is said in their order, with no more than so many others between two?"""
    ends = {k for k, word in enumerate(said) if word == own[0]}
    for word in own[1:]:
        reach = {k for end in ends for k in range(end + 1, min(end + 2 + others, len(said)))}
        ends = {k for k in reach if said[k] == word}
    return bool(ends)


def _candidates(
    discourse: Discourse,
    k: int,
    spans: Sequence[MarkedSpan],
    attributions: Sequence[Attribution],
    resolutions: Sequence[Resolution],
) -> dict[str, tuple[Resolution, list[str]]]:
    """Name of each candidate to its resolution and features."""
    tokens = discourse.tokens
    first, last = tokens.range_of(spans[k].outer_start, spans[k].outer_end)
    if first >= len(tokens):
        return {}
    paragraph = tokens.paragraph[first]
    shape = _shape(discourse, first, last, attributions[k].kind)
    found: dict[str, tuple[Resolution, list[str]]] = {}

    def add(resolution: Resolution, feature: str) -> None:
        if resolution.speaker is not None:
            _, features = found.setdefault(resolution.speaker, (resolution, []))
            features += (feature, f"{shape}: {feature}")

    for way, neighbours in (("spoke before", range(k - 1, -1, -1)), ("speaks next", range(k + 1, len(spans)))):
        for order, other in enumerate(neighbours[:NEIGHBOURS]):
            if resolutions[other].speaker is not None:
                there = tokens.range_of(spans[other].outer_start, spans[other].outer_end)[0]
                gap = step(abs(paragraph - tokens.paragraph[min(there, len(tokens) - 1)]), _GAPS, _GAP)
                add(resolutions[other], f"{way}, {gap}")
                if not order:
                    add(resolutions[other], f"{way}, with nothing quoted between")
                break
    log = discourse.focus.log
    near = bisect_left(log, first, key=itemgetter(0))
    subject = False
    for i, entity, role in log[max(near - MENTIONS, 0) : near + MENTIONS]:
        if tokens.paragraph[i] != paragraph or entity.kind not in ("person", "body") or not entity.name:
            continue
        place = "in the sentence" if tokens.sentence[i] == tokens.sentence[first] else "in the paragraph"
        answer = entity.resolution(CONTEXT)
        add(answer, f"{role} {place}, {'before' if i < first else 'behind'}")
        add(answer, entity.kind if entity.forms else f"unnamed {entity.kind}")
        if role.endswith("subject") and not subject:
            subject = True
            add(answer, "first subject of the paragraph")
    return found


def _shape(discourse: Discourse, first: int, last: int, kind: str) -> str:
    """How the quotation stands in its paragraph: fills it, is a sentence beside narration, or a fragment of one."""
    tokens, quoted = discourse.tokens, discourse.inventory.quoted
    begin = max(bisect_left(tokens.paragraph, tokens.paragraph[first]), first - LARGEST)
    end = min(tokens.paragraph_end(first), last + LARGEST)
    if all(i in quoted or tokens.pos[i] == "PUNCT" for i in range(begin, end)):
        return "alone"
    return "beside narration" if kind == "direct" else "fragment"


def _nobody(discourse: Discourse, span: MarkedSpan, attribution: Attribution) -> Iterator[str]:
    tokens = discourse.tokens
    first, last = tokens.range_of(span.start, span.end)
    outer, behind = tokens.range_of(span.outer_start, span.outer_end)
    if first >= len(tokens):
        return
    shape = _shape(discourse, first, last, attribution.kind)
    length = step(sum(tokens.words[i][0].isalnum() for i in range(first, last)), _LENGTHS, _LENGTH)
    yield "nobody"
    yield f"nobody: {shape}"
    yield f"nobody: {length}"
    capitals = [tokens.words[i][0].isupper() for i in range(first, last) if tokens.words[i][0].isalpha()]
    if capitals and all(capitals):
        yield "nobody: capitals"
    if capitals and not capitals[0]:
        yield "nobody: begins small"
    before = tokens.before(outer)
    if before in ("the", "a", "an", "this", "these", "its", "their", "his", "her"):
        yield "nobody: behind a determiner"
    if behind < len(tokens) and tokens.tag[behind].startswith("NN"):
        yield "nobody: before a noun"
    if shape == "fragment" and tokens.words[last - 1] in (".", ",", "?", "!"):
        yield "nobody: fragment with its stop"
