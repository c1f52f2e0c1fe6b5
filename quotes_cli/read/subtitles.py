"""Subtitles (SRT, WebVTT) in, what is spoken out: without numbers, times and tags, a paragraph a speaker.

A sentence runs on over the subtitles that it stands in. A new paragraph begins where somebody else speaks, as a name
before a colon, a voice (`<v Ana Ortiz>`), `>>` or a dash says, and behind a pause at a sentence's end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

from quotes_cli.errors import InputError
from quotes_cli.records import Article

from .raw import Raw

PAUSE = 2.0  # seconds between two subtitles, which end a paragraph where a sentence ends
_AT_ONCE = 0.1  # seconds: what stands on the screen goes on there with more
_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMES = re.compile(rf"[ \t]{{0,9}}{_TIME}[ \t]{{0,9}}-->[ \t]{{0,9}}{_TIME}(?:[ \t]|$)")
_HEADER = re.compile(r"WEBVTT(?:[ \t]+(?:-[ \t]*)?(?P<title>.{0,300}))?$")
_ASIDE = re.compile(r"(?:NOTE|STYLE|REGION)(?:[ \t]|$)")
_VOICE = re.compile(r"<v(?:\.[^ \t>]{0,99})?[ \t]{1,9}([^<>\s][^<>]{0,98})>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>|<[\d:.]{5,15}>|\{[\\a-zA-Z][^{}]{0,99}\}")
_CHANGE = re.compile(r"(?:>{2,3}|[-–—](?=[ \t]?[^\W\d_]))[ \t]*")
_LABEL = re.compile(r"(?:[^\W\d_a-z][\w.'’-]{0,30}[ \t]){0,4}[^\W\d_a-z][\w.'’-]{0,30}(?:[ \t]\([^()]{1,40}\))?:[ \t]")
_SENTENCE_ENDS = re.compile(r"[.!?…][\"'”’)\]]{0,3}$")


@dataclass(slots=True)
class _Cue:
    """What stands on the screen at once; times in seconds."""

    start: float
    end: float
    lines: list[str] = field(default_factory=list)


def read(raw: Raw) -> Iterator[Article]:
    """One article. Raises `InputError` for what has no times."""
    lines = raw.decode().splitlines()
    header = _HEADER.match(lines[0]) if lines else None
    cues = list(_cues(lines, vtt=header is not None))
    if not cues:
        raise InputError(f"{raw.name}: these are no subtitles (no line has times); read it as --input-format text")
    yield raw.article(list(_paragraphs(cues)), "file of subtitles; fetch it again", title=header and header["title"])


def _cues(lines: list[str], vtt: bool) -> Iterator[_Cue]:
    """The subtitles, also where no blank line parts them. The number or name of one stands over its times."""
    cue: _Cue | None = None
    aside = False
    for line in lines:
        times = _TIMES.match(line)
        if times is not None:
            if cue is not None:
                yield _without_name(cue, vtt)
            cue = _Cue(_seconds(*times.group(1, 2, 3, 4)), _seconds(*times.group(5, 6, 7, 8)))
            aside = False
        elif cue is not None:
            blank = not line.strip()
            aside = not blank and (aside or (vtt and not (cue.lines and cue.lines[-1]) and bool(_ASIDE.match(line))))
            if not aside:
                cue.lines.append(line.strip())
    if cue is not None:
        yield cue


def _without_name(cue: _Cue, vtt: bool) -> _Cue:
    """Without what stands over the times of the next: in SRT a number, in WebVTT anything behind a blank line."""
    last = cue.lines[-1] if cue.lines else ""
    if last and (last.isdigit() or (vtt and cue.lines[-2:-1] == [""])):
        cue.lines.pop()
    return cue


def _seconds(hours: str | None, minutes: str, seconds: str, thousandths: str) -> float:
    return 3600 * int(hours or 0) + 60 * int(minutes) + int(seconds) + int(thousandths.ljust(3, "0")) / 1000


def _paragraphs(cues: list[_Cue]) -> Iterator[str]:
    parts: list[str] = []
    voice, shown, end = "", "", 0.0
    for cue in cues:
        lines = [line for line in cue.lines if line]
        pause, end = cue.start - end, cue.end
        for number, line in enumerate(lines):
            spoken = _VOICE.search(line)
            text = " ".join(unescape(_TAG.sub("", line)).split())
            again = number == 0 and text == shown and pause < _AT_ONCE  # lines that roll upwards are there twice
            if not text or again:
                continue
            shown = text
            change = _CHANGE.match(text)
            text = text[change.end() :] if change is not None else text
            begins = change is not None or _LABEL.match(text) is not None
            if spoken is not None and spoken[1].strip() != voice:
                voice = spoken[1].strip()
                text, begins = f"{voice}: {text}", True
            silent = number == 0 and pause >= PAUSE and bool(parts) and _SENTENCE_ENDS.search(parts[-1])
            if parts and (begins or silent):
                yield " ".join(parts)
                parts = []
            parts.append(text)
    if parts:
        yield " ".join(parts)
