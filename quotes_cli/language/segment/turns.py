"""A text in, the turns of its speakers out where it is a transcript, an interview or a panel without quotation marks.

`MAYOR ORTIZ: We will rebuild.` A text is a transcript by the evidence of all its labels together (`_is_transcript`):
that they recur and take turns, are names, roles or the letters of question and answer, and that the words behind them
are spoken. Of the 1,124 annotated articles it takes the 6 for transcripts that are or hold one, and no other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import fold
from quotes_cli.records import MarkedSpan

from .speakers import Label, lines_of, named_fully, speaker_labels

CONVENTION = "turn"
FEW = 2  # paragraphs with which the last turn may go on, unless longer ones have been seen
HEADING = 8  # words at most of a line that is no sentence and heads what follows
_ADDRESSED = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Mm]e|[Uu]s|[Yy]our|[Yy]ours|WE|YOU)\b")
_SPOKEN = re.compile(
    r"n['’]t\b|\?[\"”’)\]]*\Z"
    r"|\A\W*(?:Yes|No|Yeah|Well|Thanks?|Okay|OK|Oh|Absolutely|Exactly|Right|Sure|Correct|Good (?:morning|evening))\b"
)
_SENTENCE_END = re.compile(r"[.!?…—–-][\"”’')\]*_]*\Z")
#: A remark in brackets or asterisks.
_REMARK = re.compile(r"\(([^()\n]{1,80})\)|\[([^\[\]\n]{1,80})\]|(?<![*\w])\*([^*\n]{1,40})\*(?![*\w])")
_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?")
#: The begin of a note below a transcript.
_NOTE = re.compile(
    r"(?:Follow|Read|Subscribe|Sign up|Click|Share|E-?mail|Contact|Watch|Listen to|Edited|Reported|Copyright|Photo"
    r"|Have (?:a|you)|Got a|Th(?:is|e) (?:interview|transcript|conversation|Q&A)|The views)\b|©"
)
_EDGE = " \t\r\n*_\xa0"


@dataclass(frozen=True, slots=True)
class _Part:
    """A paragraph or part of one between two labels: its characters, and what its words are like."""

    start: int
    end: int
    addressed: bool
    spoken: bool
    prose: bool
    words: int


def turns(text: str, bounds: Sequence[tuple[int, int]]) -> list[MarkedSpan]:
    """The turns of a transcript, none of another text: a span for each paragraph of a turn, in order.

    A stage direction ends a span, and is in none. `label` of the span is where the speaker's label stands.
    """
    labels = _lettered(speaker_labels(text))
    if not labels:
        return []
    starts = [start for start, _ in bounds]
    parts = [list(_parts(text, bounds, starts, *pair)) for pair in lines_of(labels)]
    if parts[0] and _is_headline(labels, parts[0][0], bounds[0]):
        del labels[0], parts[0]
    asked = _asked(parts, text)
    if not _is_transcript(text, labels, parts, asked):
        return []
    longest = max((_length(own, asked, text) for own in parts[:-1]), default=1)
    found: list[MarkedSpan] = []
    for number, (label, own) in enumerate(zip(labels, parts, strict=True)):
        last = number == len(labels) - 1
        count = _tail(text, own, max(longest - 1, FEW), len(labels)) if last else _length(own, asked, text)
        for part in own[:count]:
            for start, end in _speech(text, part.start, part.end):
                found.append(
                    MarkedSpan(
                        start, end, start, end, ((start, end),), None, CONVENTION, True, (label.start, label.end)
                    )
                )
    return found


def _is_headline(labels: list[Label], part: _Part, first: tuple[int, int]) -> bool:
    """Is the first label in a headline: `Ortiz: Wall will stand`, no sentence, or other labels in capitals below it?"""
    same = sum(label.capitals == labels[0].capitals for label in labels)
    strange = 2 * same <= len(labels) or not part.prose
    return labels[0].line <= first[0] and not labels[0].letter and strange and len(labels) > 2


def _lettered(labels: list[Label]) -> list[Label]:
    """The labels; without the letters where they are not those of questions and answers ("Q Magazine")."""
    asked = [label for label in labels if label.letter == "q"]
    answered = sum(label.letter == "a" for label in labels)
    named = [label for label in labels if not label.letter and label.sure]
    closed = [label for label in asked if not label.loose]
    if (asked and answered) or answered > 1 or (asked and named and len(labels) > 2) or len(closed) > 1:
        return labels
    return [label for label in labels if not label.letter]


def _parts(
    text: str, bounds: Sequence[tuple[int, int]], starts: list[int], label: Label, following: int
) -> Iterator[_Part]:
    """What stands between a label and the next, by paragraphs; without lines that are no sentence, and remarks."""
    stop = len(text) if following < 0 else following
    first = True
    for k in range(max(bisect_right(starts, label.start) - 1, 0), len(bounds)):
        start, end = max(bounds[k][0], label.behind), min(bounds[k][1], stop)
        if start >= stop:
            break
        piece = text[start:end].strip(_EDGE)
        if not any(map(str.isalnum, piece)) or _is_remark(piece):
            continue
        addressed = _ADDRESSED.search(piece) is not None
        spoken = addressed or _SPOKEN.search(piece) is not None
        prose = _SENTENCE_END.search(piece[-6:]) is not None
        if first or spoken or prose or len(piece.split()) > HEADING:
            yield _Part(start, end, addressed, spoken, prose, sum(map(str.isalpha, re.findall(r"\w+", piece[:200]))))
        first = False


def _asked(parts: list[list[_Part]], text: str) -> bool:
    """Are the questions those paragraphs that have no label and end with a question mark, before most labels?"""
    before = [own[-1] for own in parts[:-1] if len(own) > 1]
    asked = sum(text[part.start : part.end].rstrip(_EDGE).endswith("?") for part in before)
    return asked > 1 and 2 * asked >= len(parts) - 1


def _length(own: list[_Part], asked: bool, text: str) -> int:
    """How many of the parts between two labels are the first one's turn: all but a question without a label."""
    if asked and len(own) > 1 and text[own[-1].start : own[-1].end].rstrip(_EDGE).endswith("?"):
        return len(own) - 1
    return len(own)


def _tail(text: str, own: list[_Part], most: int, labels: int) -> int:
    """How many parts behind the last label are still its turn: up to the last with an I, we or you, if they are few.

    Behind the only label of a speech all are.
    """
    notes = (k for k, part in enumerate(own) if k and _NOTE.match(text, part.start))
    own = own[: next(notes, len(own))]
    if labels == 1:
        return len(own)
    last = max((k for k, part in enumerate(own) if k and part.addressed), default=0)
    return last + 1 if last <= most else min(1, len(own))


def _is_transcript(text: str, labels: list[Label], parts: list[list[_Part]], asked: bool) -> bool:
    """Is the text a transcript by all its labels?

    The letters of question and answer are enough. Names must be three, those of two at least, and one of them must come
    again, or all be full names (a panel); one alone is an interview where questions without a label stand between, or a
    speech where remarks tell of applause. What they say must be sentences, and sound spoken: one of them if all labels
    are names or roles that one knows, half of them otherwise; none need do if all labels are full names.
    """
    if not labels:
        return False
    if any(label.letter for label in labels):
        return True
    first = [own[0] for own in parts if own]
    prose, spoken = sum(part.prose or part.spoken for part in first), sum(part.spoken for part in first)
    counts = Counter(label.key for label in labels)
    if len(labels) == 1:
        return labels[0].capitals and labels[0].sure and spoken > 0 and _applause(text) > 1
    if len(labels) < 3 and not (len(counts) == 2 and spoken == 2 and all(label.sure for label in labels)):
        return False
    if 3 * prose < 2 * len(labels):
        return False
    if len(counts) == 1:
        return spoken > 0 and (asked or (labels[0].sure and _applause(text) > 1))
    sure = all(label.sure for label in labels)
    if max(counts.values()) > 1:
        told = all(named_fully(label, text) for label in labels) and all(part.words > 1 for part in first)
        return spoken > 0 or told if sure else 2 * spoken >= len(labels)
    return all(named_fully(label, text) for label in labels) and 2 * spoken >= len(labels)


def _applause(text: str) -> int:
    """How many remarks the text has of what is heard or seen."""
    return sum(_tells(match) for match in _REMARK.finditer(text))


def _is_remark(piece: str) -> bool:
    """Is a whole paragraph in brackets?"""
    return piece[:1] + piece[-1:] in ("()", "[]") and not any(mark in piece[1:-1] for mark in "()[]")


def _tells(match: re.Match[str]) -> bool:
    """Does the remark tell what is heard or seen: (Applause.), [laughs], (BEGIN VIDEO CLIP), (Pointing at Lee.)?"""
    inside = next(group for group in match.groups() if group is not None).strip()
    if _TIME.fullmatch(inside):
        return True
    if any(fold(word).strip(".,!") in column("stage_directions.txt") for word in inside.split()):
        return True
    sentence = match[1] is not None and inside[:1].isupper() and inside.endswith(".")
    return sentence or (inside.isupper() and " " in inside)


def _speech(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of a part that are spoken: parted where a stage direction stands between two sentences."""
    at = start
    for match in _REMARK.finditer(text, start, end):
        before = text[at : match.start()].rstrip(_EDGE)
        if _tells(match) and (not any(map(str.isalnum, before)) or _SENTENCE_END.search(before[-6:])):
            yield from _trimmed(text, at, match.start())
            at = match.end()
        elif _tells(match) and not any(map(str.isalnum, text[match.end() : end])):
            yield from _trimmed(text, at, match.start())
            at = end
    yield from _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch without white space and marks of bold type at its edges, if it says anything."""
    piece = text[start:end]
    kept = piece.strip(_EDGE)
    if any(map(str.isalnum, kept)):
        begin = start + piece.index(kept)
        yield begin, begin + len(kept)
