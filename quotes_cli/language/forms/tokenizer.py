"""A line of text in, its words out: spaCy's `Tokenizer` (`tokenizer.pyx`) by the shipped model's rules.

A chunk between spaces has a rule of its own, or loses what stands before and behind it, sign by sign, and is parted at
what stands inside. It is always parted the same way, so chunks are kept. Rules for what is parted before it is seen
whole, as smileys are, join words of the line again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate, chain, pairwise, repeat

from .saved import Kept, read

KEPT = 50_000  # chunks that are remembered
LONGEST = 40  # characters of those

_RUN = re.compile(r"\S+|\s+")

Word = tuple[str, int, bool]  #: a word of a line, where it begins, and whether a space follows


class Tokenizer:
    """The rules, compiled, and the chunks that they have parted."""

    def __init__(self) -> None:
        rules = read("tokenizer")
        self._prefix = re.compile(rules["prefix_search"]).search
        self._suffix = re.compile(rules["suffix_search"]).search
        self._infixes = re.compile(rules["infix_finditer"]).finditer
        self._address = re.compile(rules["url_match"]).match
        every = {chunk: [part[65] for part in parts] for chunk, parts in rules["exceptions"].items()}  # 65: ORTH
        self._rules: dict[str, list[str]] = {}
        self._joined: dict[tuple[str, str], list[list[str]]] = {}  # by the first two of the words
        for chunk in every:
            if not chunk.isalpha() and (self._prefix(chunk) or self._suffix(chunk) or any(self._infixes(chunk))):
                alone = self._part(chunk)
                if len(alone) > 1:
                    self._joined.setdefault((alone[0], alone[1]), []).append(alone)
        self._rules = every
        self._kept = Kept(self._part, KEPT)

    def words(self, line: str) -> list[Word]:
        """The words of a line, each with its place and whether a space follows; white space but a single space between
        two words is a word, too."""
        found: list[Word] = []
        kept = self._kept
        for chunk, at, spaced in _chunks(line):
            words = kept[chunk] if len(chunk) <= LONGEST else self._part(chunk)
            if len(words) > 1:
                for word in words[:-1]:
                    found.append((word, at, False))
                    at += len(word)
            found.append((words[-1], at, spaced))
        every = [word for word, _, _ in found]
        return found if self._joined.keys().isdisjoint(pairwise(every)) else self._join(found, every)

    def _part(self, chunk: str) -> list[str]:
        before: list[str] = []
        behind: list[str] = []
        rules, size = self._rules, -1
        while chunk and len(chunk) != size and chunk not in rules and not _is_plain(chunk):
            size = len(chunk)
            first = _length(self._prefix(chunk))
            if first and chunk[first:] in rules:
                before.append(chunk[:first])
                chunk = chunk[first:]
                break
            last = _length(self._suffix(chunk[first:]))
            if last and chunk[:-last] in rules:
                behind.append(chunk[-last:])
                chunk = chunk[:-last]
                break
            if first:
                before.append(chunk[:first])
            if last:
                behind.append(chunk[-last:])
            chunk = chunk[first : size - last]
        return [*before, *(rules.get(chunk) or self._inside(chunk)), *reversed(behind)]

    def _inside(self, chunk: str) -> Iterator[str]:
        """What is left between the signs before and behind."""
        at = 0
        if not _is_plain(chunk) and not self._address(chunk):
            for sign in self._infixes(chunk):
                if sign.start():
                    yield from filter(None, (chunk[at : sign.start()], sign.group()))
                    at = sign.end()
        if at < len(chunk):
            yield chunk[at:]

    def _join(self, found: list[Word], words: list[str]) -> list[Word]:
        """The words with those that have a rule together; of overlapping ones the longest, the first of equals."""
        spans = [
            (len(own), -k)
            for k, pair in enumerate(pairwise(words))
            for own in self._joined.get(pair, ())
            if words[k : k + len(own)] == own
        ]
        seen: set[int] = set()
        chosen: list[tuple[int, int]] = []
        for size, first in sorted(spans, reverse=True):
            span = range(-first, size - first)
            if span[0] not in seen and span[-1] not in seen:
                chosen.append((span[0], span[-1] + 1))
            seen.update(span)
        for first, end in sorted(chosen, reverse=True):
            apart = any(spaced for _, _, spaced in found[first : end - 1])
            rule = None if apart else self._rules.get("".join(words[first:end]))
            if rule:
                starts = accumulate(map(len, rule), initial=found[first][1])
                spaces = chain(repeat(False, len(rule) - 1), (found[end - 1][2],))
                found[first:end] = zip(rule, starts, spaces, strict=False)
        return found


def _chunks(line: str) -> Iterable[tuple[str, int, bool]]:
    """What stands between single spaces, where, and whether one follows."""
    plain = line.split(" ")
    if plain != line.split():
        return _uneven_chunks(line)
    starts = accumulate([len(chunk) + 1 for chunk in plain], initial=0)
    return zip(plain, starts, chain(repeat(True, len(plain) - 1), (False,)), strict=False)


def _uneven_chunks(line: str) -> Iterator[tuple[str, int, bool]]:
    """The same where white space is longer: that is a chunk of its own, without its first space, which belongs to the
    word before."""
    for run in _RUN.finditer(line):
        start, end = run.span()
        blank = line[start].isspace()
        if blank and start and line[start] == " ":
            start += 1
        if start < end:
            yield line[start:end], start, not blank and line[end : end + 1] == " "


def _is_plain(chunk: str) -> bool:
    """Are there but letters, which no rule parts?"""
    return chunk.isascii() and chunk.isalpha()


def _length(match: re.Match[str] | None) -> int:
    return match.end() - match.start() if match else 0
