"""A description in a quotation's tag in, who acted right before it out: Ana Ortiz disagreed. "No," *the nurse* said."""

from __future__ import annotations

from itertools import compress, count
from typing import TYPE_CHECKING

from quotes_cli.language.nouns import KIN
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.vocabulary import words

from .entities import Entity
from .fitting import NARROWS, is_bystander
from .focus import REPLIES
from .phrases import noun_kind
from .pronouns import reports as reports_at
from .roles import describe
from .together import several

if TYPE_CHECKING:
    from .discourse import Discourse

MANY = NARROWS - {"from"}  # words behind a noun that narrow whom it means to somebody not named
TRADES = ("er", "or", "ist")  # endings of what somebody does
#: What whoever spoke without a name is called, *the witness* also one who is named.
ANYONE = frozenset({"person", "source", "witness"})
#: What tells of one who has been spoken of, even of nouns for those who speak without a name.
PAST = frozenset("former retired ex veteran aspiring budding self-employed young younger older".split())


def defined(walk: Discourse, first: int, i: int, kind: str) -> Entity | None:
    """Whom *the* [first, i] means that denotes no one person and no body by itself: several who were named together,
    an unnamed one in focus with the same head noun."""
    joint = several(walk, i, first) if kind == "group" else None
    if joint is not None:
        return joint
    folded = walk.tokens.folded
    unnamed = (entity for entity in walk.focus.traces if entity.number < 0 and entity.kind == kind)
    same = next((one for one in unnamed if folded[one.tokens[0]] == folded[i]), None)
    return acting_before(walk, first, i) if same is None and kind == "unknown" and i in walk.focus.speakers else same


def acting_before(walk: Discourse, first: int, i: int, *, reports: bool = False) -> Entity | None:
    """Whom *the* [first, i] means that speaks in a quotation's tag and of whom the article has told nothing: the one
    person who leads the sentence before the quotation, else the only one named there; only who `reports` there, if so
    asked.

    Not by a noun that stood in the article before: *a nurse* called, and Ana Ortiz came; *the nurse* said.
    """
    tokens, focus, quoted = walk.tokens, walk.focus, walk.inventory.quoted
    the = first - 1
    if the < 2 or tokens.folded[the] != "the" or _is_narrowed(tokens, i) or "POS" in tokens.tag[first:i]:
        return None
    if the - 1 not in quoted and the - 2 not in quoted:
        return None
    noun, before, described = tokens.folded[i], tokens.folded[first:i], describe(tokens, first, i + 1)
    trade = noun.endswith(TRADES) and noun not in words().offices  # the noodle seller
    trade = trade and any(tag.startswith("NN") for tag in tokens.tag[first:i])
    anyone = first == i and noun in ANYONE  # a resident said; the source said
    if is_bystander(described, noun) and not (anyone or trade or KIN.fullmatch(noun)) and PAST.isdisjoint(before):
        return None
    answers = tokens.lemma[tokens.head[i]] in REPLIES  # to somebody else: Ana Ortiz asked; the witness replied
    if answers or _first_told(walk, noun) < the:
        return None
    last, gender = focus.clock - 1, words().persons.get(noun, "-")
    traces = {one: trace for one, trace in focus.traces.items() if focus.paragraph[i] - trace.paragraph < 2}
    near = {one: trace for one, trace in traces.items() if one.kind == "person"}
    led = [one for one, trace in near.items() if trace.led == last]
    if reports:
        new = {one for one, trace in near.items() if trace.clock == last and _is_new(walk, one, trace.token)}
        led = [one for one in led if reports_at(tokens, near[one].leads) or one in new]
    if anyone:
        led = [one for one in led if reports_at(tokens, near[one].leads) and (one.number < 0 or noun == "witness")]
        return led[0] if len(led) == 1 else None
    found = [one for one in led if one.forms or (one.number < 0 and same_office(tokens, one.tokens[:1], i))]
    if not found:
        named = [one for one, trace in near.items() if one.forms and trace.clock == last and trace.form != "pronoun"]
        found = [one for one in named if not reports or one in new] if len(named) == 1 else []
    fits = len(found) == 1 and ("-" in (gender, found[0].gender) or gender == found[0].gender)
    return found[0] if fits else None


def _is_new(walk: Discourse, one: Entity, i: int) -> bool:
    """Is somebody first named in the sentence of token i?"""
    return bool(one.tokens) and walk.tokens.sentence[one.tokens[0]] == walk.tokens.sentence[i]


def _first_told(walk: Discourse, noun: str) -> int:
    """The first place of the noun outside marks where it is no part of what somebody named is said to be."""
    if noun not in walk.told:
        folded, quoted = walk.tokens.folded, walk.inventory.quoted
        places = compress(count(), map(noun.__eq__, folded))
        walk.told[noun] = next((k for k in places if k not in quoted and k not in walk.described), len(folded))
    return walk.told[noun]


def same_office(tokens: Tokens, before: list[int], i: int) -> bool:
    """Is the noun at token i another word for that at the one `before`: *a professor*, the scholar?"""
    offices = words().offices
    own = offices.get(tokens.folded[i])
    return own is not None and any(offices.get(tokens.folded[k]) == own for k in before)


def _is_narrowed(tokens: Tokens, i: int) -> bool:
    """Does more behind a noun tell whom it means: the nurse *who* called, the pitch *on* the page?"""
    if noun_kind(tokens, i) == "unknown":
        return tokens.tag[i + 1 : i + 2] == ["IN"]
    return tokens.behind(i) in MANY or (tokens.behind(i) == "," and tokens.behind(i + 1) == "who")
