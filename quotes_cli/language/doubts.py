"""An article and what was found in it in, what may be wrong with it out: why quotations may be missing, in a word.

Nothing here looks at a parse. Each doubt is right far more often than not; none is a reason to leave an article out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from quotes_cli.records import Article, MarkedSpan, Quotation

from .parts import is_data
from .segment import paragraphs, segment
from .segment.turns import CONVENTION as TURN

ENCODING = "encoding"  # characters that only a wrong encoding makes
TRANSCRIPT = "transcript"  # speakers take turns, and no turn was found
EMPTY = "empty"  # no quotation
DATA = "data"  # marks as a file of data has them
MARKS = "marks"  # nor any, though there are marks

# What UTF-8 becomes that was read as something else, and what reading does not mend: U+FFFD, marks in GBK or Shift-JIS.
_WRONG = re.compile(
    "\ufffd|ï¿½|вЂ|РІР‚|Р[’“]В|в‚¬|ÔÇ|Ôö|Ôé|┬[¡-ÿ]|├[¡-ÿ]|╬[¡-ÿ]|Γ[éÇö]"
    "|鈥[\u4e00-\u9fff?]|窶[\u4e00-\u9fff懶ｽ]|â\x80|\\\\u20(?:1[89]|1[cdCD])"
)
# And letters: behind one of ours a sign or a letter of another script, and one more: Fran√ßois, Fran├ºois, FranГ§ois,
# FranÃƒÂ§ois.
_MIXED = re.compile(
    r"[√‚≈¬ÃĂ\u0391-\u03a9\u0400-\u04ff\u2500-\u259f](?:(?<=[A-Za-z][^ÃĂ])|(?<=[a-z].))"
    r"(?:[^\x00-\x7f\s\u0370-\u03ff\u0400-\u0482\u048a-\u04ff“”‘’«»…–—]|(?<=Р)[’“]В)"
)
# A mark that no encoding could hold: ?We will rebuild,? she said.
_LOST = re.compile(r"(?:^|[\s(])\?(?=[A-Z])[^?\n]{8,400}[\w.,!]\?(?=\s|$)", re.MULTILINE)
_MARK = re.compile("[“”„‟«»\"＂❝❞〝〞〟「」『』｢｣]|''|``|&[lr]dquo;|&quot;|<<")
# How a turn may begin that is not known for one: a name at the begin of a line, and what divides it from the words.
_TURN = re.compile(
    r"^[ \t>]*(?:[-*_#\[(]{1,3})?(?P<who>[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){0,3})"
    r"(?:[*_\])]{0,3}[ \t]*(?:[:：>|;\t]|[–—-]{1,2}[ \t])[*_]{0,3}"
    r"|[ \t]{1,9}[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?[ \t]*$|[\])*_]{1,3}[ \t]|[ \t]*$)",
    re.MULTILINE,
)
# Lines of speakers that come again, at least; paragraphs that ask, at least. Of 1,124 articles five seem to take turns,
# all of them interviews; at 4 lines or 3 questions a report is among them, at 6 questions an interview is lost.
_TURNS, _QUESTIONS = 5, 4


def doubts_of(article: Article, quotations: Iterable[Quotation]) -> tuple[str, ...]:
    """What may be wrong with an article in which these quotations were found, those of kind `other` too."""
    found = list(quotations)
    return _doubts(
        article.text,
        quoted=any(quotation.kind != "other" for quotation in found),
        turned=any(quotation.rule == TURN for quotation in found),
    )


def doubts_before(text: str) -> tuple[str, ...]:
    """The same of a text that nobody has analysed: what its marks and labels tell."""
    spans = segment(text)
    return _doubts(text, quoted=bool(spans), turned=any(map(_is_turn, spans)))


def _is_turn(span: MarkedSpan) -> bool:
    return span.convention == TURN


def _doubts(text: str, quoted: bool, turned: bool) -> tuple[str, ...]:
    doubts = [DATA] if is_data(text) else []
    if len(_WRONG.findall(text)) > 1 or _MIXED.search(text) or (not quoted and _LOST.search(text)):
        doubts.append(ENCODING)
    if not turned and _takes_turns(text):
        doubts.append(TRANSCRIPT)
    if not quoted:
        doubts += [EMPTY, MARKS] if _MARK.search(text) else [EMPTY]
    return tuple(doubts)


def _takes_turns(text: str) -> bool:
    """Do names come again at the begins of lines, or do paragraphs without marks ask and others answer?"""
    again = [count for count in Counter(match["who"] for match in _TURN.finditer(text)).values() if count > 1]
    bounds = paragraphs(text)
    if len(again) > 1 and sum(again) >= _TURNS and 4 * sum(again) >= len(bounds):
        return True
    pieces = [text[start:end].strip() for start, end in bounds]
    asks = [piece.endswith("?") and not _MARK.search(piece) for piece in pieces]
    answered = sum(one and not other for one, other in pairwise(asks))
    return answered >= _QUESTIONS and 4 * answered >= len(pieces)
