"""A description in, who of the article does what its noun says out: Ana Ortiz *owns* the shop; *the owner* said."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress, count
from typing import TYPE_CHECKING

from quotes_cli.language.labels import AGENT, AUXILIARY, OBJECT, PASSIVE_AUXILIARY, PASSIVE_SUBJECT, SUBJECT
from quotes_cli.language.tokens import CLAUSE_ENDS
from quotes_cli.language.words.agents import verbs_of
from quotes_cli.language.words.vocabulary import words

from .entities import Entity

if TYPE_CHECKING:
    from .discourse import Discourse

#: Before a noun, of somebody else.
OTHER = frozenset("other another fellow second third rival opposing next previous".split())
UNREAL = frozenset("would could should may might must can never not n't deny denies denied".split())
STARTING = frozenset("begin start continue help manage go use".split())  # to do something, and so done
FARTHEST = 4000  # tokens back to what somebody does: what makes the walk linear
ABOVE = 3  # verbs above one whose subject may be its own
CLAUSE = 12  # tokens behind a verb of which a text without parse is taken to tell
ASIDE = 9  # tokens between a name and its verb
WHO = frozenset({"who", "that", "which"})
BEING = frozenset("is was are were be been being".split())
#: What stands between a name and its verb in a text without parse.
BETWEEN = BEING | frozenset("who , ( ) has had have will also still now once then of from to".split())
#: What follows a participle behind a comma: Ana Ortiz, *accused of* it.
FOLLOWING = frozenset("of with for over on in by after last and".split())
PREPOSITIONS = FOLLOWING | frozenset("to at from as but , ; that".split())


def doer(walk: Discourse, first: int, i: int) -> Entity | None:
    """The named person of whom it was last told before token i that he does or suffers what the noun of the description
    [first, i] says."""
    tokens, quoted = walk.tokens, walk.inventory.quoted
    verbs = verbs_of(tokens.folded[i])
    if not verbs.forms or not OTHER.isdisjoint(tokens.folded[first:i]):
        return None
    about, gender = _about(walk, first, i), words().persons.get(tokens.folded[i], "-")
    if about is None:
        return None
    begin = max(first - FARTHEST, 0)
    told = compress(count(begin), map(verbs.forms.__contains__, tokens.folded[begin:first]))
    for place in reversed(list(told)):
        lemma, form = verbs.forms[tokens.folded[place]]
        if place in quoted or (tokens.tag[place] and not tokens.is_verb(place)):
            continue
        lemma = tokens.lemma[place] if _is_parsed(walk, place) else lemma
        clause = _clause(walk, place)
        if about and about.isdisjoint(clause):
            continue
        for ways, done in ((verbs.subject, True), (verbs.object, False)):
            if any(not below or not below.isdisjoint(clause) for below in ways.get(lemma, ())):
                found = (_person(walk, k) for k in _those(walk, place, form, done=done))
                named = (one for one in found if one is not None)
                if one := next((one for one in named if "-" in (gender, one.gender) or gender == one.gender), None):
                    return one
    return None


def _about(walk: Discourse, first: int, i: int) -> set[str] | None:
    """The nouns by which a description tells of what somebody is the owner or driver; None where it is narrowed
    otherwise: the driver *who* fled."""
    tokens = walk.tokens
    found = {tokens.folded[k] for k in range(first, i) if tokens.tag[k].startswith("NN")}
    behind = tokens.behind(i)
    if behind in ("who", "whose", "whom", "that", "with", "from", "behind"):
        return None
    if behind in ("of", "in", "at", "for"):
        stop = min(i + ASIDE, tokens.paragraph_end(i))
        end = tokens.run_from(i + 2, lambda k: tokens.tag[k].startswith(("NN", "JJ", "DT", "CD", "POS", "PRP$")), stop)
        found |= {tokens.folded[k] for k in range(i + 2, end) if tokens.tag[k].startswith("NN")}
    return found


def _clause(walk: Discourse, verb: int) -> set[str]:
    """The words of the clause of a verb; without parse those behind it."""
    tokens = walk.tokens
    if _is_parsed(walk, verb):
        return {tokens.folded[k] for k in tokens.subtree(verb)} | {tokens.folded[tokens.head[verb]]}
    stop = min(tokens.paragraph_end(verb), verb + CLAUSE)
    begin = tokens.run_before(verb, lambda k: tokens.words[k] not in CLAUSE_ENDS, verb - CLAUSE)
    return set(tokens.folded[begin : tokens.run_from(verb, lambda k: tokens.words[k] not in CLAUSE_ENDS, stop)])


def _is_parsed(walk: Discourse, i: int) -> bool:
    return walk.tokens.dep[i] != "dep"


def _person(walk: Discourse, k: int) -> Entity | None:
    """The named person whom the word at token k means; *who* stands for what it is said of."""
    tokens, covering = walk.tokens, walk.inventory.covering
    if tokens.folded[k] in WHO and k not in walk.at:
        k = tokens.head[tokens.head[k]]
    link = covering.get(k)
    one = (link.entity or walk.at.get(link.name.last - 1)) if link is not None else walk.at.get(k)
    return one if one is not None and one.kind == "person" and one.forms else None


def _those(walk: Discourse, verb: int, form: str, *, done: bool) -> Iterator[int]:
    """Words for those who do what the verb says, or to whom it is `done`."""
    if _is_parsed(walk, verb):
        if not _is_real(walk, verb):
            return
        yield from _agents(walk, verb) if done else _patients(walk, verb)
    if not walk.tokens.tag[verb] or not _is_parsed(walk, verb) or walk.tokens.head[verb] == verb:
        yield from _beside(walk, verb, form, done=done)


def _is_passive(walk: Discourse, verb: int) -> bool:
    """Is it said of whom it is done to: was accused, the accused, was arrested and *charged*?"""
    tokens = walk.tokens
    if tokens.having(verb, PASSIVE_AUXILIARY) or tokens.having(verb, PASSIVE_SUBJECT):
        return True
    if tokens.tag[verb] != "VBN" or tokens.having(verb, SUBJECT) or tokens.having(verb, AUXILIARY):
        return False
    return tokens.dep[verb] != "conj" or _is_passive(walk, tokens.head[verb])


def _is_real(walk: Discourse, verb: int) -> bool:
    """Is it said to be done: not denied, nor only possible?"""
    tokens = walk.tokens
    near = {tokens.folded[k] for k in tokens.children[verb]}
    return UNREAL.isdisjoint(near) and not ("if" in near and tokens.dep[verb] == "advcl")


def _subjects(walk: Discourse, verb: int) -> list[int]:
    """The subject of a verb, or of that above whose subject is its own: founded and *runs*, came to *teach*."""
    tokens = walk.tokens
    for _ in range(ABOVE):
        if own := tokens.having(verb, SUBJECT):
            return own
        above, relation = tokens.head[verb], tokens.dep[verb]
        if relation == "acl":
            return [above]
        started = relation == "xcomp" and tokens.lemma[above] in STARTING
        if above == verb or not (started or relation in ("conj", "advcl")):
            return []
        verb = above
    return []


def _agents(walk: Discourse, verb: int) -> list[int]:
    """Who does what a verb says."""
    tokens = walk.tokens
    if not _is_passive(walk, verb):
        return _subjects(walk, verb)
    oblique = (k for k in tokens.children[verb] if tokens.dep[k].startswith("obl"))
    return [k for k in oblique if tokens.dep[k] in AGENT or "by" in tokens.cases(k)]


def _patients(walk: Discourse, verb: int) -> list[int]:
    """To whom is done what a verb says."""
    return _subjects(walk, verb) if _is_passive(walk, verb) else walk.tokens.having(verb, OBJECT)


def _beside(walk: Discourse, verb: int, form: str, *, done: bool) -> Iterator[int]:
    """The same by what stands beside the verb where nothing is parsed: *Ana Ortiz*, 34, who owns it; owned by *her*."""
    tokens, covering = walk.tokens, walk.inventory.covering
    if form == "base":
        return
    begin = tokens.run_before(verb, lambda k: _is_between(walk, k), verb - ASIDE)
    between = tokens.folded[begin:verb]
    last = begin - 1 if begin and not tokens.begins_paragraph[begin] and begin - 1 in covering else None
    having = not {"has", "had"}.isdisjoint(between) and "been" not in between
    passive = form == "participle" and not BEING.isdisjoint(between) and not having
    apart = between[-1:] == [","] and form in ("past", "participle") and tokens.behind(verb) in FOLLOWING
    if done != (passive or apart) and last is not None:
        yield last
    elif done and tokens.behind(verb) == "by":
        yield from _named_from(walk, verb + 2)
    elif not done and not (passive or apart):
        yield from _named_from(walk, verb + 1)


def _is_between(walk: Discourse, k: int) -> bool:
    """May token k stand between a name and its verb: 34, of Linden, *who has never*?"""
    tokens, covering = walk.tokens, walk.inventory.covering
    if k in covering:
        return covering[k].entities[0].kind == "place" or tokens.before(k) in ("of", "from")
    return tokens.folded[k] in BETWEEN or tokens.words[k].isdigit() or tokens.folded[k].endswith("ly")


def _named_from(walk: Discourse, first: int) -> Iterator[int]:
    """The last word of the person named from a token on, before any preposition: by Sweden's *Ana Ortiz*."""
    tokens, covering = walk.tokens, walk.inventory.covering
    for k in range(first, min(first + ASIDE, len(tokens))):
        if k in covering and covering[k].entities[0].kind == "person":
            yield covering[k].name.last - 1
            return
        if tokens.begins_paragraph[k] or tokens.folded[k] in PREPOSITIONS or tokens.words[k] in CLAUSE_ENDS:
            return
