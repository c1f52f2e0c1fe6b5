"""The turns of a transcript pass through here: whom its letters mean, and whom an "I" within a turn or quotation.

`Q` is the interviewer where the article names one, else nobody; `A` is who is interviewed: whom the text before the
first turn names most often.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache

from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.vocabulary import words
from quotes_cli.records import Attribution, MarkedSpan, Resolution

from .discourse import Discourse
from .entities import Entity
from .inventory import Link
from .signed import PRESS

QUESTION, ANSWER = frozenset({"q", "question", "interviewer"}), frozenset({"a", "answer", "interviewee"})
#: Those of the labels that are nouns for a person.
NOUNS = frozenset({"interviewer", "interviewee"})
SIEVE = "interview"


def is_letter(text: str) -> bool:
    """Does a label only say who asks or answers: Q, A1, QUESTION, Interviewer?"""
    return text.rstrip("0123456789").lower() in QUESTION | ANSWER


def in_turns(
    discourse: Discourse,
    spans: Sequence[MarkedSpan],
    attributions: Sequence[Attribution],
    around: Sequence[int | None],
    resolutions: Sequence[Resolution],
) -> list[Resolution]:
    """The resolutions, with those of letters filled in, and those of an "I" within a turn or a quotation."""
    found = list(resolutions)
    text = discourse.tokens.text
    labels = [span.label for span in spans if span.label is not None]
    asking, answering = _pair(discourse, labels[0][0]) if labels else (None, None)
    for k, span in enumerate(spans):
        if span.label is not None and is_letter(label := text[slice(*span.label)]):
            entity = asking if label.rstrip("0123456789").lower() in QUESTION else answering
            found[k] = _answer(entity) if entity is not None else _unnamed(label)
    by_initials = _by_initials(discourse)
    for k, turn in enumerate(around):
        outer = turn if turn is not None else spans[k].parent
        mention = attributions[k].mention
        if mention is None or not _is_first_person(text[slice(*mention)]):
            continue
        if outer is not None:
            found[k] = found[outer]
        elif (speaker := by_initials(mention[0])) is not None:
            found[k] = _answer(speaker)
    return found


def _by_initials(discourse: Discourse) -> Callable[[int], Entity | None]:
    """Whom an "I" outside marks means, by the character where it stands: the person whose initials open its paragraph,
    as they open others: `LF I kept asking`."""
    tokens, starts = discourse.tokens, discourse.tokens.paragraph_starts

    @cache
    def bearers() -> dict[str, list[Entity]]:
        """By the initials that open several paragraphs, the people who have them."""
        often = Counter(tokens.words[start] for start in starts)
        known: dict[str, list[Entity]] = {label: [] for label, times in often.items() if times > 1 and _may_be(label)}
        for one in discourse.inventory.entities if known else ():
            if one.kind == "person" and one.forms:
                for letters in {"".join(word[0] for word in key).upper() for key in one.keys} & known.keys():
                    known[letters].append(one)
        return known

    def bearer(at: int) -> Entity | None:
        i = tokens.range_of(at, at + 1)[0]
        start = starts[tokens.paragraph[i]]
        found = bearers().get(tokens.words[start], ()) if start < i else ()
        return found[0] if len(found) == 1 else None

    return bearer


def _may_be(label: str) -> bool:
    """May it be somebody's initials?"""
    return 1 < len(label) < 4 and label.isalpha() and label.isupper()


def _is_first_person(text: str) -> bool:
    return words().pronouns.get(text.lower()) == "first"


def _answer(entity: Entity) -> Resolution:
    return entity.resolution(SIEVE)


def _unnamed(label: str) -> Resolution:
    """The label itself where it is a noun; nobody for a letter."""
    noun = label.rstrip("0123456789").lower() in NOUNS
    return Resolution(label if noun else None, "person" if noun else "unknown", None, SIEVE)


def _pair(discourse: Discourse, start: int) -> tuple[Entity | None, Entity | None]:
    """Who asks and who answers, by the text before the first turn."""
    inventory, tokens = discourse.inventory, discourse.tokens
    first = tokens.range_of(start, start + 1)[0]
    counts: Counter[Entity] = Counter()
    for i, entity in discourse.at.items():
        if i < first and entity.kind == "person" and entity.forms and entity.name:
            counts[entity] += 1
    byline = discourse.author if discourse.author is not None and discourse.author.kind == "person" else None
    press = [one for one in counts if not PRESS.isdisjoint(role.head for role in one.roles)]
    asking = byline or next(iter(press), None) or _interviewing(tokens, inventory.links, first)
    order = sorted(counts, key=lambda one: (-counts[one], one.tokens[0]))
    return asking, next((one for one in order if one is not asking and one not in press), None)


def _interviewing(tokens: Tokens, links: dict[int, Link], first: int) -> Entity | None:
    """Who stands behind "interviewed by"."""
    for i in range(1, first - 1):
        if tokens.folded[i] == "by" and tokens.folded[i - 1] in ("interviewed", "interview", "conducted"):
            named = next((links[k] for k in range(i + 1, min(i + 9, first)) if k in links), None)
            return named.entity if named is not None else None
    return None
