"""A text in, the labels of a transcript's speakers out: what stands before a colon at the begin of a line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from quotes_cli.language.words.cues import load_lexicon
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import fold, given_names, words

_PICTURES = "\u2190-\u2bff\ufe0f\u200d\U0001f000-\U0001faff"
#: What may stand before a label: white space, a dash, when it was said in a recording or written in a chat, marks of
#: bold type.
_OPENING = (
    r"[ \t>\u200e]{0,40}(?:[-–—•][ \t]{0,4})?"
    r"(?:[\[(]?(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?[ \t\u202f])?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
    r"(?:[ \u202f]?[AaPp]\.?[Mm]\.?)?[\])]?[ \t]{0,4}(?:[-–—][ \t]{0,4})?)?"
    r"(?:\*{1,3}|_{1,3})?"
)
#: Behind the colon or full stop: white space, marks of bold type, an opening quotation mark or bracket.
_BEHIND = r"(?:\*{1,3}|_{1,3})?(?=\s|\Z|[“\"‘(\[])"
_LABEL = re.compile(
    rf"{_OPENING}(?:"
    r"(?P<letter>[QA])\d{0,2}(?:\*{0,3}(?P<stop>[ \t]?[.:)]\*{0,3})(?=\s|\Z|[“\"‘(\[])"
    r"|\*{0,3}[ \t]{1,20}|(?=[A-Z][a-z’']))"
    r"|(?=[^\n:：]{1,120}[:：])"  # in most lines there is none: told at once
    rf"(?P<name>[^\W\d_a-z][^\n:;?!“”\"*_\[\](){{}}|=<>/{_PICTURES}]{{0,59}})"
    rf"(?:[{_PICTURES}]{{1,20}}[ \t]?)?"
    rf"(?:\*{{0,3}}[ \t]?(?:\([^()\n]{{1,40}}\)|\[[^\[\]\n]{{1,40}}\]))?(?:\*{{1,3}}|_{{1,3}})?[ \t]?[:：]{_BEHIND}"
    rf"|(?P<dotted>(?:Mr|Mrs|Ms|Miss|Dr|The)\.?[ ][A-Z][A-Z'’-]+(?:[ ][A-Z][A-Z'’-]+){{0,2}})\.(?=\s)"
    r")"
)
#: A given name or title and the word behind it, wherever the text has them.
_NAMED = re.compile(r"\b([A-Z][\w’'-]{1,30}\.?) (?:[A-Z]\. )?(?=([A-Z][\w’'-]{1,30}))")
_WORD = re.compile(r"[^\s,]+")
_NEW_LINE = re.compile("\n")
MOST_WORDS = 8  # of a label: UNDER SECRETARY OF STATE ANA ORTIZ, the longest of the kind
QUESTION, ANSWER = frozenset({"q", "question"}), frozenset({"a", "answer"})


@dataclass(frozen=True, slots=True)
class Label:
    """A speaker's label: its line's begin, its own characters, and where the words behind it begin.

    `key` is the same for all labels of a speaker (ORTIZ, Mayor Ana Ortiz). `sure`: it is a name or a role by its words;
    `capitals`: it is set in them; `loose`: a Q without a colon.
    """

    line: int
    start: int
    end: int
    behind: int
    key: str
    sure: bool
    capitals: bool
    loose: bool = False

    @property
    def letter(self) -> str:
        """`q` or `a` where it is no name but says who asks or answers, else empty."""
        return "q" if self.key in QUESTION else "a" if self.key in ANSWER else ""


def speaker_labels(text: str) -> list[Label]:
    """What may be labels of speakers, in order; linear in the text.

    A label with small letters that is neither a name nor a role by its words counts only if it comes again.
    """
    lines = [0, *(end.end() for end in _NEW_LINE.finditer(text))]
    candidates = [match for at in lines if (match := _LABEL.match(text, at)) and _may_speak(match)]
    if not candidates or (len(candidates) == 1 and not (candidates[0]["name"] or "").isupper()):
        return []
    surnames = _surnames(text)
    found = [_label(match, surnames) for match in candidates]
    counts = Counter(label.key for label in found)
    shouted = sum(label.capitals for label in found if not label.letter)
    capitals = 2 * shouted > sum(not label.letter for label in found)
    return [one for one in found if one.sure or counts[one.key] > 1 or (one.capitals and capitals)]


def _may_speak(match: re.Match[str]) -> bool:
    """A `Q`, or an `A` with its stop; else words with capitals of which none is a field of a box ("Ingredients")."""
    name = match["name"] or match["dotted"]
    if name is None:
        return match["letter"] == "Q" or bool(match["stop"])
    listed = _WORD.findall(name.partition(",")[0])  # Lena Fox, trader
    small = words().small
    if _ends_in_verb(name):
        return False  # Lena Fox, a trader, said
    if not listed or not listed[0][0].isupper() or len(listed) > MOST_WORDS or not any(map(str.isalpha, listed[-1])):
        return len(listed) > 1 and listed[-1].isdigit() and listed[0].lower() == "speaker"
    inside = column("particles.txt") | small["preposition"] | small["article"] | {"and", "&"}
    if not all(word[0].isupper() or word[0].isdigit() or word in inside for word in listed):
        return False
    last = fold(listed[-1])
    barred = column("no_speakers.txt")
    return last not in barred and fold(name) not in barred and last not in inside and fold(listed[0]) not in _PRONOUNS


def _ends_in_verb(name: str) -> bool:
    """Does what stands before the colon end in a verb that reports?"""
    last = name.split()[-1]
    return last.islower() and not load_lexicon().tense(fold(last)).isdisjoint({"past", "third"})


_PRONOUNS = frozenset("he she it they we i you this that these those there his her my our your their".split())


def _surnames(text: str) -> frozenset[str]:
    """Words that stand behind a given name or a title anywhere in the text, folded."""
    pairs = ((fold(first), fold(last)) for first, last in _NAMED.findall(text))
    return frozenset(last for first, last in pairs if first in given_names() or first in words().titles)


def _label(match: re.Match[str], surnames: frozenset[str]) -> Label:
    group = next(name for name in ("name", "dotted", "letter") if match[name] is not None)
    start = match.start(group)
    end = start + len(match[group].rstrip())
    listed = _WORD.findall(match[group].partition(",")[0]) or [match[group]]
    key = fold(listed[-1])
    loose = group == "letter" and not match["stop"]
    sure = group != "name" or key in QUESTION | ANSWER or _is_sure(list(map(fold, listed)), surnames)
    return Label(match.start(), start, end, match.end(), key, sure, match[group].isupper(), loose)


def _is_sure(listed: list[str], surnames: frozenset[str]) -> bool:
    """Is the label a name or a role: Lena Fox, DR. LEE, INTERVIEWER, THE PRESIDENT, Fox where the text has Lena Fox?"""
    lex = words()
    roles = lex.persons.keys() | lex.titles.keys()
    if listed[-1] in roles or listed[-1] in surnames or listed[0] == "speaker":
        return True
    return len(listed) > 1 and (listed[0] in given_names() or listed[0] in roles)


def named_fully(label: Label, text: str) -> bool:
    """Has the label a title or several words?"""
    return " " in text[label.start : label.end] and label.sure


def lines_of(labels: list[Label]) -> Iterator[tuple[Label, int]]:
    """Each label with the begin of the next one's line; behind the last one -1."""
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        yield label, -1 if following is None else following.line
