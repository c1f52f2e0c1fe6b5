"""Mentions in, resolutions out: the ordered sieves, precise ones first (Raghunathan et al. 2010).

Each sieve takes the state and one mention, and answers or passes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from quotes_cli.language.tokens import MARKS, Tokens
from quotes_cli.language.words.cues import load_lexicon
from quotes_cli.language.words.vocabulary import given_names, singular, words
from quotes_cli.records import Resolution

from .discourse import Discourse, Walk
from .entities import Entity
from .inventory import Inventory, Link
from .phrases import Mention, noun_kind, phrase


@dataclass(slots=True)
class State:
    """The article as read so far."""

    tokens: Tokens
    inventory: Inventory
    discourse: Discourse
    walk: Walk
    off: frozenset[str] = frozenset()
    author: Entity | None = None


REACH_NAME = 14  # tokens from a description to the name beside it
REACH = 2000  # tokens back to a body that a common noun may stand for

Sieve = Callable[[State, Mention], "Entity | Resolution | None"]


def resolution(entity: Entity, sieve: str) -> Resolution | None:
    """The record of an entity, or None where it has no name."""
    name = entity.name
    if not name:
        return None
    return Resolution(name, entity.type, entity.role() if entity.kind == "person" else None, sieve)


def joint_speakers(state: State, mention: Mention) -> Resolution | None:
    """*Ortiz and Lee*, *Ana Ortiz, the aide Bo Lee and Cy Dee*: names of one kind, joined by commas and "and"."""
    tokens = state.tokens
    links = state.inventory.at(mention.first, mention.last)
    if len(links) < 2 or not _plain(tokens, mention.first, links[0].name.before, ""):
        return None
    joined = [links[0]]
    for link in links[1:]:
        if not _plain(tokens, joined[-1].name.last, link.name.before, ",and&"):
            break
        joined.append(link)
    last_gap = tokens.folded[joined[-2].name.last : joined[-1].name.before] if len(joined) > 1 else []
    if "and" not in last_gap and "&" not in last_gap:
        return None
    found = [_joined_name(state, link, joined[-1]) for link in joined]
    names = [name for name, _ in found if name]
    kinds = {"person" if kind in ("person", "unknown") else "body" for _, kind in found}
    if len(set(names)) < len(joined) or len(kinds) > 1:
        return None
    return Resolution("; ".join(names), "person" if "person" in kinds else "organisation", None, "joint speakers")


def _joined_name(state: State, link: Link, last: Link) -> tuple[str | None, str]:
    """Name and kind of one of several; *David* and Jeanne Heidler share the surname."""
    entity = link.entities[0] if len(link.entities) == 1 else state.walk.at.get(link.name.last - 1)
    key, family = link.name.key, last.entities[0].keys
    if link is not last and len(key) == 1 and key[0] in given_names() and len(last.name.key) > 1:
        known = entity.keys if entity is not None else set()
        if not any(len(k) > 1 and k[-1] == f[-1] for k in known for f in family):
            return f"{state.tokens.words[link.name.first]} {state.tokens.words[last.name.last - 1]}", "person"
    return (entity.name, entity.kind) if entity is not None else (None, "unknown")


def _plain(tokens: Tokens, first: int, last: int, separators: str) -> bool:
    """Whether only determiners, nouns and adjectives stand in [first, last), and a separator where one is asked."""
    found = not separators
    for i in range(first, last):
        if separators and tokens.folded[i] in (",", "and", "&"):
            found = True
        elif tokens.tag[i] == "POS" and separators:
            return False  # Clay's biographers, Ana and Bo Lee
        elif not tokens.tag[i].startswith(("DT", "JJ", "NN", "VBN", "HYPH", "PRP$", "POS")):
            return False
    return found


def _head_link(state: State, mention: Mention) -> Link | None:
    """The name that is the head of the mention, or follows it: Undersecretary for Education | Bo Lee."""
    link = state.inventory.covering.get(mention.head)
    return link if link is not None else _behind(state, mention)


def _behind(state: State, mention: Mention) -> Link | None:
    tokens = state.tokens
    if noun_kind(tokens, mention.head) not in ("person", "unknown") or tokens.tag[mention.head] in ("NNS", "NNPS"):
        return None
    names = state.inventory.at(mention.core, min(mention.last + REACH_NAME, tokens.paragraph_end(mention.head)))
    for link in names:
        if link.entities[0].kind != "person" or link.name.before < mention.core:
            continue
        end = link.name.first
        while end > mention.core and tokens.folded[end - 1] in words().small["style"]:
            end -= 1
        between = range(mention.core, end)
        if not between:
            return link
        office = tokens.folded[mention.core] in ("of", "for") and len(between) > 1
        plain = all(tokens.tag[i].startswith(("NN", "JJ", "CC")) for i in between[1:])
        full = len(link.name.key) > 1 or link.name.before < link.name.first
        person = noun_kind(tokens, end - 1) in ("person", "group")
        return link if office and plain and full and not person else None
    return None


def _named(*ways: str) -> Sieve:
    def sieve(state: State, mention: Mention) -> Entity | None:
        link = _head_link(state, mention)
        if link is None or link.way not in ways:
            return None
        if len(link.entities) == 1:
            return link.entities[0]
        return state.walk.at.get(link.name.last - 1) or state.discourse.choose(link)

    return sieve


def apposed_name(state: State, mention: Mention) -> Entity | None:
    """*a spokesman for X, John Smith,* or *the mayor, Ana Ortiz*: a description with the person's name beside it."""
    tokens = state.tokens
    if noun_kind(tokens, mention.head) not in ("person", "unknown") or tokens.tag[mention.head] in ("NNS", "NNPS"):
        return None
    comma, stop = mention.core, tokens.paragraph_end(mention.head)
    while comma < stop and comma - mention.core < REACH_NAME and tokens.folded[comma] != ",":
        if tokens.words[comma] in MARKS or tokens.tag[comma].startswith(("V", "MD", "W")):
            return None
        comma += 1
    for link in state.inventory.at(comma, min(comma + REACH_NAME, stop)):
        name = link.name
        alone = name.last >= stop or not tokens.tag[name.last].startswith(("NN", "POS"))
        if name.before > comma and _plain(tokens, comma + 1, name.before, "") and alone and len(link.entities) == 1:
            return link.entities[0] if link.entities[0].kind == "person" else None
        return None
    return None


def own_document(state: State, mention: Mention) -> Entity | None:
    """*Cornyn's statement*, *the IMF report*, *a Times article*: the words are its writer's."""
    tokens = state.tokens
    if noun_kind(tokens, mention.head) != "document" or mention.core < 2:
        return None
    i = mention.head - 1
    while i > mention.first and (
        tokens.tag[i].startswith(("JJ", "NN", "POS", "VBN", "CD")) and i not in state.inventory.links
    ):
        i -= 1
    link = state.inventory.links.get(i)
    if link is None or i < mention.first:
        entity = state.walk.at.get(mention.head)
        said = load_lexicon().nouns.get(tokens.folded[mention.head]) == "utterance"
        if said and tokens.tag[mention.head - 1] == "POS" and mention.head - 1 > mention.first:  # the union's statement
            owner = Mention(mention.first, mention.head - 1, mention.head - 1, mention.head - 2)
            entity = body_noun(state, owner) or role(state, owner)
        return entity if entity is not None and entity.number >= 0 else None
    entity = link.entities[0] if len(link.entities) == 1 else state.walk.at.get(i)
    return entity if entity is not None and entity.kind in ("person", "body", "unknown") else None


def role(state: State, mention: Mention) -> Entity | None:
    """*the premier*, *the Danish leader*: the person to whom the article gave that role; *a teacher* beside a name."""
    tokens = state.tokens
    if mention.head in state.discourse.described:
        return state.discourse.described[mention.head]
    if tokens.folded[mention.first] in ("a", "an", "one", "another", "some"):
        return None
    if tokens.tag[mention.head] in ("NNS", "NNPS") or noun_kind(tokens, mention.head) != "person":
        return None
    if any(tokens.tag[i] == "PRP$" for i in range(mention.first, mention.head)):
        return None
    if mention.first == mention.head and tokens.tag[mention.head] != "NNP":
        return None
    entity = state.walk.at.get(mention.head)
    if entity is not None and entity.number >= 0:
        return entity
    first = mention.first + (tokens.folded[mention.first] in ("the", "this", "that"))
    found = state.discourse.by_role(first, mention.head)
    joint = next((i for i in range(first + 1, mention.head) if tokens.folded[i] == "and"), 0)
    return found or (state.discourse.by_role(first, joint - 1) if joint else None)  # senator and candidate


def body_noun(state: State, mention: Mention) -> Entity | None:
    """*the newspaper*, *the ministry*: the last body named before whose name the noun may stand for."""
    tokens, lex = state.tokens, words()
    head = singular(tokens.folded[mention.head])
    if tokens.folded[mention.first] not in ("the", "this", "that") or mention.core - mention.first > 2:
        return None
    if head not in lex.organisations or tokens.tag[mention.head] == "NNS":
        return None
    for i in range(mention.first - 1, max(mention.first - REACH, 0) - 1, -1):
        link = state.inventory.links.get(i)
        if link is None or link.entities[0].kind not in ("body", "unknown") or len(link.entities) > 1:
            continue
        entity = link.entities[0]
        parts = {part for key in entity.keys for part in key}
        if head in parts or lex.kinds.get(head, frozenset()) & parts:
            return entity
    return None


def pronoun(state: State, mention: Mention) -> Entity | Resolution | None:
    """*he*, *she*, *it*, *they*: what is in focus and agrees; undecided where two are level."""
    tokens = state.tokens
    kind = words().pronouns.get(tokens.folded[mention.head])
    if kind is None or len(mention) > 1:
        return None
    if kind in ("first", "first-plural") and state.author is not None:
        return state.author if kind == "first" else None
    if tokens.folded[mention.head] in ("who", "whom", "which", "that"):
        return _antecedent(state, mention.head)
    if mention.head in state.walk.level:
        return Resolution(None, "unknown", None, "level")
    return state.walk.at.get(mention.head) or Resolution(None, "unknown", None, "pronoun")


def _antecedent(state: State, i: int) -> Entity | None:
    """Whom a relative pronoun at token i stands for: the name or described person right before it.

    A description beside a name is the named one's: Bo Lee, a teacher *who* voted no.
    """
    tokens = state.tokens
    for k in range(i - 1, max(i - 12, -1), -1):
        if tokens.paragraph[k] != tokens.paragraph[i]:
            return None
        if k in state.inventory.links or k in state.walk.at:
            return state.discourse.described.get(k) or state.walk.at.get(k)
    return None


def noun_phrase(state: State, mention: Mention) -> Resolution | None:
    """*a state lawmaker from Florida who left*: nobody named; the phrase itself."""
    tokens = state.tokens
    kind: str = noun_kind(tokens, mention.head)
    if mention.head in state.inventory.links:
        kind = {"body": "organisation"}.get(state.inventory.links[mention.head].entities[0].kind, kind)
    if len(mention) == 1 and kind == "unknown" and _only_a_capital(state, mention.head):
        return Resolution(None)
    text = phrase(tokens, mention)
    return Resolution(text or None, {"body": "organisation"}.get(kind, kind), None, "noun phrase")


def _only_a_capital(state: State, i: int) -> bool:
    """Is the word no name that the article knows, capitalised where a sentence begins, and a verb by what follows it?

    *Preys* on our fears and calls them names.
    """
    tokens = state.tokens
    begins = i == 0 or tokens.sentence[i - 1] != tokens.sentence[i]
    governs = i + 1 < len(tokens) and tokens.tag[i + 1] in ("IN", "TO", "DT", "PRP$")
    return begins and governs and tokens.words[i].istitle() and i not in state.inventory.covering


SIEVES: tuple[tuple[str, Sieve], ...] = (
    ("joint speakers", joint_speakers),
    ("exact name", _named("exact name")),
    ("surname", _named("surname")),
    ("name parts", _named("name parts")),
    ("acronym", _named("acronym")),
    ("similar name", _named("similar name")),
    ("apposed name", apposed_name),
    ("own document", own_document),
    ("role", role),
    ("body noun", body_noun),
    ("pronoun", pronoun),
    ("noun phrase", noun_phrase),
)


def resolve_mention(state: State, mention: Mention) -> Resolution:
    """The answer of the first sieve that has one."""
    for name, sieve in SIEVES:
        if name in state.off:
            continue
        answer = sieve(state, mention)
        if isinstance(answer, Entity):
            answer = resolution(answer, name)
        if answer is not None:
            return answer
    return Resolution(None)
