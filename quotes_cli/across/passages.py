"""Transcripts in, the passage that a quotation comes from out, and how true it is to it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .alignment import LONGEST, changes, steps
from .words import Word, stems, words_of, written_out

EXACT, MINOR, ALTERED, NOT_FOUND = "exact", "minor", "altered", "not found"
HALF = 0.5  # the share of words in common from which on a passage is the one that is meant
OFTEN = 2000  # places of two words from which on they do not help to find one
RARE = 20  # the same in a quotation of any length
_ROOM = 12  # words beside the likeliest place that are looked at, too
_TRIED = 5  # likely places that are aligned
_CUT = re.compile(r"…|\.\s?\.\s?\.(?:\s?\.)?")
_STOP = re.compile(r"[.!?]\W{0,8}\s|\n\s*\n")
_BRACKETS = re.compile(r"\[[^\[\]]*\]|\([^()]*\)")
_NEGATIONS = frozenset("not no never none nothing nobody nor neither cannot without".split())


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a quotation stands in a transcript: characters [start, end) and the text there; the verdict, the share of
    words that are the same (0 to 1), and the passage as the quotation changes it, in wdiff's marks."""

    verdict: str
    similarity: float
    name: str | None = None
    line: int | None = None
    start: int | None = None
    end: int | None = None
    text: str = ""
    changes: str = ""


class Transcripts:
    """Texts to look quotations up in. What it costs is the length of the texts once, and of each quotation."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        self._texts: list[tuple[str, str]] = []
        self._begins: list[int] = []  # the first word of each text, of all words
        self._words: list[Word] = []
        self._places: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for name, text in texts:
            own = written_out(words_of(text))
            first = len(self._words)
            self._texts.append((name, text))
            self._begins.append(first)
            self._words += own
            for i, word in enumerate(own):
                self._places[(word.folded,)].append(first + i)
                if i:
                    self._places[own[i - 1].folded, word.folded].append(first + i - 1)

    def find(self, quote: str) -> Passage:
        """The best passage for a quotation. One that leaves words out with an ellipsis may take as many passages."""
        parts = [part for part in _CUT.split(quote) if words_of(part)]
        if not parts:
            return Passage(NOT_FOUND, 0.0)
        found = [self._part(part) for part in parts]
        if len(found) == 1:
            return found[0]
        whole = [one for one in found if one.verdict != NOT_FOUND]
        if len(whole) < len(found) or len({one.name for one in whole}) > 1:
            best = max(found, key=lambda one: one.similarity)
            return Passage(ALTERED, best.similarity / 2, *_place(best)) if whole else Passage(NOT_FOUND, 0.0)
        order = [one.start or 0 for one in found]
        verdict = max((one.verdict for one in found), key=(EXACT, MINOR, ALTERED).index)
        verdict = verdict if order == sorted(order) else ALTERED
        last = max(found, key=lambda one: one.end or 0)
        first = min(found, key=lambda one: one.start or 0)
        text = " … ".join(one.text for one in found)
        similarity = round(sum(one.similarity for one in found) / len(found), 3)
        told = " … ".join(one.changes or one.text for one in found) if verdict != EXACT else ""
        return Passage(verdict, similarity, first.name, first.line, first.start, last.end, text, told)

    def _part(self, quote: str) -> Passage:
        words = written_out(words_of(quote))
        folded = [word.folded for word in words]
        best: tuple[float, int, int] = (0.0, 0, 0)
        for first, last in self._likely(folded):
            for _ in range(2):  # the second time in no more room than the quotation takes there
                core = self._core(folded, first, last)
                if core is None:
                    break
                share, begin, end, before, behind = core
                best = max(best, (share, -begin, -end))
                first, last = self._within(begin, begin - before - 2, end + behind + 2)
        share, begin, end = best[0], -best[1], -best[2]
        if share < HALF:
            return Passage(NOT_FOUND, round(share, 3))
        number = bisect_right(self._begins, begin) - 1
        name, text = self._texts[number]
        there = self._words[begin:end]
        start, stop = there[0].start, there[-1].end
        own, its = words_of(quote), words_of(text[start:stop])
        verdict = EXACT if [w.folded for w in own] == [w.folded for w in its] else _verdict(quote, words, there)
        told = changes(text[start:stop], its, quote, own) if verdict != EXACT else ""
        line = text.count("\n", 0, start) + 1
        return Passage(verdict, round(share, 3), name, line, start, stop, " ".join(text[start:stop].split()), told)

    def _core(self, folded: Sequence[str], first: int, last: int) -> tuple[float, int, int, int, int] | None:
        """Where in [first, last) the quotation stands: share of common words, words [begin, end), and how many words of
        the quotation come before and behind what they have in common.

        Of the stretches that are the same those are left out that lie far from the others.
        """
        found = steps(folded, [word.folded for word in self._words[first:last]])
        same = [step for step in found if step.same]
        if not same:
            return None
        best, start, score = (0.0, 0, 0), 0, 0.0
        for i, step in enumerate(same):
            gap = step.begin - same[i - 1].end if i else 0
            if score - gap / 2 <= 0:
                start, score = i, 0.0
            else:
                score -= gap / 2
            score += step.last - step.first
            best = max(best, (score, -start, -i))
        kept = same[-best[1] : -best[2] + 1]
        common = sum(step.last - step.first for step in kept)
        before, behind = kept[0].first, len(folded) - kept[-1].last
        begin, end = first + kept[0].begin, first + kept[-1].end
        if before + behind <= common:
            begin, end = self._widened(begin, end, before, behind)
        return common / max(len(folded), end - begin), begin, end, before, behind

    def _widened(self, begin: int, end: int, before: int, behind: int) -> tuple[int, int]:
        """The words [begin, end) with those at either end that the quotation has others for, of the same sentence."""
        text = self._texts[bisect_right(self._begins, begin) - 1][1]
        least, most = self._within(begin, begin - before, end + behind)
        while begin > least and not _STOP.search(text, self._words[begin - 1].end, self._words[begin].start):
            begin -= 1
        while end < most and not _STOP.search(text, self._words[end - 1].end, self._words[end].start):
            end += 1
        return begin, end

    def _within(self, place: int, first: int, last: int) -> tuple[int, int]:
        """[first, last), as far as it is in the text of a place."""
        number = bisect_right(self._begins, place) - 1
        least = self._begins[number]
        most = self._begins[number + 1] if number + 1 < len(self._begins) else len(self._words)
        return max(first, least), min(last, most)

    def _likely(self, folded: Sequence[str]) -> list[tuple[int, int]]:
        """The stretches of words in which the quotation may stand: where many of its pairs of words are in line."""
        votes: Counter[int] = Counter()
        somewhere: dict[int, int] = {}  # a place that is meant by each
        size = min(2, len(folded))

        def vote(i: int, places: Sequence[int]) -> None:
            for place in places:
                votes[(place - i) // _ROOM] += 1
                somewhere.setdefault((place - i) // _ROOM, place)

        often = min(OFTEN, max(RARE, OFTEN * LONGEST // (len(folded) or 1)))  # so that a long one takes no longer
        for i in range(len(folded) - size + 1):
            places = self._places.get(tuple(folded[i : i + size]), ())
            if len(places) <= often:
                vote(i, places)
        if not votes:
            rare = min(folded, key=lambda word: len(self._places.get((word,), ())) or OFTEN)
            vote(folded.index(rare), self._places.get((rare,), ())[:OFTEN])
        stretches = []
        for at, _ in sorted(votes.items(), key=lambda item: (-item[1], item[0]))[:_TRIED]:
            first = (at - 1) * _ROOM
            stretches.append(self._within(somewhere[at], first, first + len(folded) + 3 * _ROOM))
        return stretches


def _place(one: Passage) -> tuple[str | None, int | None, int | None, int | None, str, str]:
    return one.name, one.line, one.start, one.end, one.text, one.changes


def _verdict(quote: str, mine: Sequence[Word], its: Sequence[Word]) -> str:
    """`minor`: other small words, forms, contractions, or words in brackets; a *not* more or less is `altered`."""
    brackets = [match.span() for match in _BRACKETS.finditer(quote)]
    own, others = [word.folded for word in mine], [word.folded for word in its]
    for step in steps(own, others):
        gone, put = own[step.first : step.last], others[step.begin : step.end]
        bracketed = all(
            any(start <= word.start < end for start, end in brackets) for word in mine[step.first : step.last]
        )
        if step.same or (gone and bracketed and len(put) <= len(gone) + 2):
            continue
        if not _NEGATIONS.isdisjoint({*gone, *put}) or stems(gone) != stems(put):
            return ALTERED
    return MINOR
