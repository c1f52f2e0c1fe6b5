"""A pronoun passes through here: whom the grammar around it rules out, and whom it leaves."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import islice

from quotes_cli.language.labels import NAME_PART, OBJECT, OBLIQUE, PASSIVE_SUBJECT, POSSESSOR, RELATIVE, SUBJECT
from quotes_cli.language.nouns import KIN
from quotes_cli.language.tokens import MARKS, Tokens
from quotes_cli.language.words.cues import load_lexicon

from .entities import Entity
from .focus import Place, Trace
from .introduced import VERBS
from .inventory import Inventory
from .narration import is_introduced

AHEAD = 120  # tokens from a pronoun to a name behind it
GOVERNED = 60  # tokens behind a pronoun in which it governs names: of PolNeAR's sentences 1 in 100 has more
SOON = 15  # tokens behind a description in which it does
DEEPEST = 20  # clauses and nouns that are looked at above a word, so that the work is linear
PHRASE = 30  # tokens to each side of its noun that a description is looked for in
MODIFIERS = NAME_PART | POSSESSOR  # of a noun
#: What a paper or channel does with those who speak, and what it puts to them.
TOLD, SHARED, ASKED = frozenset({"tell"}), frozenset({"share", "speak", "talk"}), frozenset({"question", "request"})
#: Who speaks for others, and hardly once.
SPOKESMEN = frozenset({"spokeswoman", "spokesman"})
#: Of whom the news tells as somebody else's, or who rules over him.
RELATED = frozenset("child baby kid rival opponent colleague friend relative judge magistrate jury coroner".split())
TELLING = frozenset({"say", "tell", "add", "explain"})  # what only one does who goes on speaking
#: Prepositions before somebody else than the subject behind the phrase.
OF_OTHERS = frozenset({"by", "with", "to", "beside", "alongside", "from"})


def named_later(inventory: Inventory, i: int, gender: str) -> Entity | None:
    """Whom *he* or *she* at token i means where nobody is known before: the person named next, as a subject.

    In the same paragraph or the next: "I was lost," he said. At 44 *Bo Lee* has a farm.
    """
    tokens = inventory.tokens
    for k in range(i + 1, min(i + AHEAD, len(tokens))):
        if tokens.paragraph[k] > tokens.paragraph[i] + 1:
            return None
        link = inventory.links.get(k)
        if link is None or link.name.first in inventory.quoted or link.entity is None or link.entity.kind != "person":
            continue
        top = tokens.leftmost_top(link.name.first, link.name.last)
        fits = link.entity.gender in (gender, "-") and not link.name.headline
        return link.entity if fits and tokens.dep[top] in SUBJECT else None
    return None


def governed(inventory: Inventory, i: int, reach: int = GOVERNED, *, bodies: bool = False) -> list[Entity]:
    """Who is named in what the pronoun at token i governs, and so is somebody else: *she* said *Ortiz* had lost.

    Principle C of the binding theory (Chomsky 1981). Of `bodies` not where a name only says whose something is: *it*
    asked *Linden* members.
    """
    tokens, links = inventory.tokens, inventory.links
    if tokens.dep[i] not in SUBJECT:
        return []
    found = list[Entity]()
    for k in range(i + 1, min(i + reach, len(tokens))):
        if tokens.sentence[k] != tokens.sentence[i] or tokens.words[k] in MARKS or k in inventory.quoted:
            break
        link = links.get(k)
        if link is None or link.entity is None or tokens.head[i] not in tokens.ancestors(k):
            continue
        if not bodies or tokens.dep[tokens.leftmost_top(link.name.first, k + 1)] not in MODIFIERS:
            found.append(link.entity)
    return [*found, *_around(inventory, i), *_told_before(inventory, i)]


def named_beside(inventory: Inventory, first: int, i: int, kind: str, *, speaks: bool) -> list[Entity]:
    """Who is named right before the description [first, i] or, where it speaks, soon behind it, and so is somebody
    else: the chief said *Ortiz* had lost."""
    opening = named_in_opening(inventory, first)
    return [*opening, *governed(inventory, i, SOON, bodies=kind == "body")] if speaks else opening


def named_in_opening(inventory: Inventory, first: int) -> list[Entity]:
    """Who is named in a phrase before the subject that ends before token `first`, and so is somebody else: pressed by
    *Bo Lee*, the minister said; in an interview with *Bo Lee*, the minister said."""
    tokens, found = inventory.tokens, list[Entity]()
    comma = tokens.run_before(first, lambda i: tokens.tag[i] in ("DT", "PRP$"), first - 2) - 1
    asked = tokens.folded[tokens.sentence_starts[tokens.sentence[first]]] == "asked"  # whether he had met with Bo Lee
    for k in range(comma, max(first - GOVERNED, -1), -1):
        if tokens.sentence[k] != tokens.sentence[first]:
            break
        finite = tokens.tag[k] in VERBS and not (tokens.begins_sentence(k) or asked)  # Handed a note by Bo Lee
        if k in inventory.quoted or finite or tokens.words[comma] != ",":
            return []
        link = inventory.links.get(k)
        if link is not None and link.entity is not None:
            phrase = tokens.run_before(link.name.before, lambda i: tokens.tag[i].startswith(("NN", "JJ", "DT")), k - 8)
            found += [link.entity] if tokens.before(phrase) in OF_OTHERS else []
    return found


def _around(inventory: Inventory, i: int) -> list[Entity]:
    """Who is named before an inserted clause, if of them the sentence around it tells: *Ortiz*, she said, had lost."""
    tokens, verb, link = inventory.tokens, inventory.tokens.head[i], inventory.covering.get(i - 2)
    if link is None or link.entity is None or tokens.words[i - 1] != "," or tokens.dep[verb] != "parataxis":
        return []
    top = tokens.leftmost_top(link.name.first, link.name.last)
    told = tokens.head[top] == tokens.head[verb] > verb and tokens.dep[top] not in OBLIQUE
    return [link.entity] if told else []


def _told_before(inventory: Inventory, i: int) -> list[Entity]:
    """Who is the named subject of what is told before the verb: *Ortiz* had lost her way, she said."""
    tokens, verb, covering = inventory.tokens, inventory.tokens.head[i], inventory.covering
    if tokens.before(i) != "," or i - 2 in inventory.quoted or tokens.words[i - 2] in MARKS:
        return []
    told = [k for k in tokens.children[verb] if k < i and tokens.dep[k] == "ccomp"]
    subjects = (s for k in told for s in tokens.having(k, SUBJECT) if s in covering and s not in inventory.quoted)
    return [one for s in subjects if (one := covering[s].entity) is not None]


def of_free_relative(
    inventory: Inventory, i: int, at: Mapping[int, Entity], candidates: Collection[Entity]
) -> Entity | None:
    """Whom the subject of "what he called", "where he called" and "in which he called" means: the nearest subject of a
    clause above that is a candidate, but whose it is comes first. Ana Lee denied what *she* called a lie; Ana Lee's
    talk, in which *she* called it a lie. `at` has whom each word means.
    """
    tokens = inventory.tokens
    inside = tokens.before(i) == "which" and i > 1 and tokens.tag[i - 2] == "IN"
    if not (inside or tokens.before(i) in ("what", "where")) or tokens.dep[i] not in SUBJECT:
        return None

    def meant(governor: int, relations: frozenset[str]) -> Entity | None:
        for k in tokens.having(governor, relations):
            link = inventory.covering.get(k)
            entity = at.get(k if link is None else link.name.last - 1)
            if k < i and entity in candidates:
                return entity
        return None

    clause = tokens.head[i]
    if tokens.dep[clause] in RELATIVE and tokens.having(tokens.head[clause], POSSESSOR):
        return meant(tokens.head[clause], POSSESSOR)
    above = (meant(verb, SUBJECT) for verb in islice(tokens.ancestors(clause), DEEPEST))
    return next((entity for entity in above if entity is not None), None)


def reports(tokens: Tokens, i: int) -> bool:
    """Is it the subject of a verb of saying?"""
    return tokens.dep[i] in SUBJECT and load_lexicon().verbs.get(tokens.lemma[tokens.head[i]]) == "say"


def hears(tokens: Tokens, i: int) -> bool:
    """Is the body with its head at token i one that only hears: he told *Reno TV*, shared with *Reno TV*, *Reno TV's*
    questions?"""
    relation, governor = tokens.dep[i], tokens.lemma[tokens.head[i]]
    if relation in POSSESSOR:
        return governor in ASKED
    if relation in OBJECT:
        return governor in TOLD
    behind = tokens.folded[tokens.head[i] + 1 : i]
    return relation in OBLIQUE and governor in SHARED and ("with" in behind or "to" in behind)


def speaking_for(
    inventory: Inventory, candidates: Collection[Entity], traces: Mapping[Entity, Trace], place: Place
) -> Entity | None:
    """Who, unnamed, reported last, and behind whom nobody leads a sentence: *a spokeswoman* for the bank, the sentence
    before also *a judge*, said Ana Lee had left. "It is sad," *she* said. Or who only acts, the sentence before, and
    none of them beside: *a driver* stopped."""
    tokens = inventory.tokens
    last = max(candidates, key=lambda one: traces[one].led, default=None)
    if last is None or last.number >= 0 or last.members:
        return None
    trace = traces[last]
    if place.paragraph - trace.paragraph > 1:
        return None
    saying, verb = reports(tokens, trace.leads), tokens.lemma[tokens.head[trace.leads]]
    alone = not saying and _only_acts(tokens, trace.leads)
    alone = alone and all(traces[one].clock < trace.led for one in candidates if one is not last)
    near = place.clock - trace.led == 1 and is_introduced(inventory, trace.leads)
    near = near and (alone or (saying and verb in TELLING))
    return last if near or (saying and tokens.folded[last.tokens[0]] in SPOKESMEN) else None


def _only_acts(tokens: Tokens, i: int) -> bool:
    """Does the noun at token i tell of somebody new who does something, to nobody: a driver stopped; but not a
    daughter, who is somebody's, nor a judge will rule?"""
    noun, verb = tokens.folded[i], tokens.head[i]
    related = KIN.fullmatch(noun) is not None or noun in RELATED
    real = tokens.dep[i] not in PASSIVE_SUBJECT and all(tokens.tag[k] != "MD" for k in tokens.children[verb])
    return real and not related and not tokens.having(verb, OBJECT)


def within_reporter(
    inventory: Inventory,
    candidates: Collection[Entity],
    traces: Mapping[Entity, Trace],
    at: Mapping[int, Entity],
    place: Place,
) -> set[Entity]:
    """Who is only named in what the unnamed one is called who led the sentence before and reported there: the father of
    *Bo Lee* told a paper so. "He is ill," he said.

    `at` has whom each word means. Not whom a name beside the noun may call so: the team's captain Bo Lee.
    """
    tokens = inventory.tokens
    for one in candidates:
        trace = traces[one]
        if one.number < 0 and not one.members and place.clock - trace.led == 1 and reports(tokens, trace.leads):
            near = range(max(trace.leads - PHRASE, 0), min(trace.leads + PHRASE, len(tokens)))
            named = (k for k in near if k in at and _is_of_it(inventory, k))
            return {at[k] for k in named if trace.leads in islice(tokens.ancestors(k), DEEPEST)} - {one}
    return set()


def _is_of_it(inventory: Inventory, k: int) -> bool:
    """Does a preposition, a verb or a possessive put the word at token k into the phrase: a nurse *of* Bo Lee, who
    *met* Bo Lee, *Bo Lee's* nurse, *his* nurse?"""
    tokens, link = inventory.tokens, inventory.covering.get(k)
    before = link.name.before - 1 if link is not None else k - 1
    owns = tokens.tag[k] == "PRP$" or (k + 1 < len(tokens) and tokens.tag[k + 1] == "POS")
    return owns or (before >= 0 and tokens.tag[before].startswith(("IN", "TO", "V")))
