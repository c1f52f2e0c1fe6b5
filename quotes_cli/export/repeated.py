"""Articles with their quotations in, which of these are one statement out, and how their wordings differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotes_cli.across.alignment import GONE, SAME, THERE, pieces
from quotes_cli.across.statements import Statement, grouped
from quotes_cli.across.words import words_of
from quotes_cli.records import Article, Quotation
from quotes_cli.visible import visible_line

_CODES = {SAME: 0, GONE: 1, THERE: 2}  # of page.js
Place = tuple[int, int]  # number of the article, from 1, and id of the quotation


@dataclass(frozen=True, slots=True)
class Repeated:
    """A quotation of a statement that stands in several articles: the statement's number, from 1, and where the words
    are others than in the commonest wording of its speaker, that wording as it becomes this one."""

    statement: int
    changes: tuple[tuple[str, int], ...] = ()


def repeated(articles: Sequence[tuple[Article, Sequence[Quotation]]]) -> dict[Place, Repeated]:
    """The quotations of statements that stand in several articles."""
    told = list(_told(articles))
    found: dict[Place, Repeated] = {}
    number = 0
    for group in grouped([statement for _, statement in told]):
        if len({told[member][0][0] for member in group.members}) < 2:
            continue
        number += 1
        by_speaker: dict[str | None, list[int]] = defaultdict(list)
        for member in group.members:
            by_speaker[told[member][1].person].append(member)
        for members in by_speaker.values():
            main = told[members[0]][1].quote
            words = words_of(main)
            for member in members:
                place, statement = told[member]
                its = words_of(statement.quote)
                same = [word.folded for word in its] == [word.folded for word in words]
                differing = [] if same else pieces(main, words, statement.quote, its)
                found[place] = Repeated(number, tuple((visible_line(text), _CODES[what]) for text, what in differing))
    return found


def _told(articles: Sequence[tuple[Article, Sequence[Quotation]]]) -> Iterator[tuple[Place, Statement]]:
    for number, (article, quotations) in enumerate(articles, 1):
        dated = article.published is None, article.published or "", number
        for one in quotations:
            yield (number, one.id), Statement(one.quote, one.speaker, str(number), (*dated, one.id))
