"""Names of the article in, its entities out: which occurrences are one person or body, and which could be several.

Full names first (they carry the evidence), then single words: surname, given name, acronym, part of a body's name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, islice, pairwise

from quotes_cli.language.labels import SUBJECT
from quotes_cli.language.personal_names import Key, agree, bare, given_odds, is_single, suffix
from quotes_cli.language.tokens import Lazy, Tokens
from quotes_cli.language.words.vocabulary import given_names, words

from .acronyms import acronyms, initials
from .aliases import introduced_names, share_surnames, share_titled, written_out
from .entities import Entity, best_kind, no_votes
from .matching import MANY, MISSPELT, Catalogue, Owner, same_surname, similar
from .misspelt import misspells
from .name_words import GEOGRAPHIC
from .names import Name, find_names, is_bare_title, opens
from .signed import signing
from .titular import PEERAGE

FATHERS = frozenset({"father", "dad", "elder", "son"})  # before a full name: another's than the one with the suffix
PEERS = PEERAGE | {"lord", "lady"}
BRACKETS = re.compile(r"[()\[\]]")


@dataclass(slots=True)
class Link:
    """How one occurrence was linked: the entity (or the several that it may be) and the name of the way."""

    name: Name
    entities: tuple[Entity, ...]
    way: str

    @property
    def entity(self) -> Entity | None:
        """The entity where it can only be one."""
        return self.entities[0] if len(self.entities) == 1 else None


@dataclass(eq=False, slots=True)
class Inventory(Lazy):
    """The entities, and the link of each name by its last token; `covering` by every token of it.

    `quoted`: the tokens that stand inside quotations.
    """

    tokens: Tokens
    entities: list[Entity] = field(default_factory=list)
    quoted: set[int] | frozenset[int] = frozenset()
    links: dict[int, Link] = field(default_factory=dict)
    covering: dict[int, Link] = field(default_factory=dict)

    @cached_property
    def silent(self) -> list[int]:
        """How many of the sentences before each one stand wholly in quotations."""
        starts = [*self.tokens.sentence_starts, len(self.tokens)]
        return [0, *accumulate(self.quoted.issuperset(range(*sentence)) for sentence in pairwise(starts))]

    def at(self, first: int, last: int) -> list[Link]:
        """The links of names that end inside the tokens [first, last), in text order."""
        return [self.links[i] for i in range(first, last) if i in self.links]


def build(
    tokens: Tokens, speakers: Sequence[tuple[int, int]] = (), quoted: set[int] | frozenset[int] = frozenset()
) -> Inventory:
    """The article's inventory. `speakers` are the token ranges of mentions, where a name is more likely a person."""
    every = find_names(tokens, list(written_out(tokens)))
    share_surnames(every, tokens)
    share_titled(every, tokens)
    introduced = introduced_names(tokens, every)
    names = _of_the_seen(every, introduced)
    speaking = {i for first, last in speakers for i in range(first, last)}
    by_key: dict[Key, list[Name]] = defaultdict(list)
    for name in names:
        name.quoted = name.first in quoted
        if name.last - 1 in speaking or name.first in speaking:
            name.votes["person"] += 0.6
            name.headline = False
        by_key[name.key].append(name)
    _people_by_surname(tokens, by_key)
    catalogue = Catalogue()
    owners = _owners(tokens, catalogue, by_key, introduced)
    for key in {name.key: None for name in names if name.last - 1 in speaking or name.cues}:
        if key in owners:
            owners[key] = similar(catalogue, key, owners[key])
    maybe = speaking.union(i for i in tokens.sentence_starts if tokens.dep[i] in SUBJECT and i not in quoted)
    maybe = {i for i in maybe if tokens.folded[i] in catalogue.surnames and tokens.words[i][0].isupper()}
    for i in sorted(maybe.difference(*(range(name.first, name.last) for name in names))) if maybe else ():
        key = (tokens.folded[i],)  # *Small* said, that the tagger took for another word
        by_key[key].append(Name(i, i, i + 1, key, {**no_votes(), "person": 1.0}))
        owners.setdefault(key, (tuple(catalogue.surnames[key[0]]), "surname"))
    inventory = Inventory(tokens, catalogue.entities, quoted)
    for key, owner in owners.items():
        for name, (entities, way) in zip(by_key[key], same_surname(catalogue, owner, by_key[key]), strict=True):
            link = inventory.links[name.last - 1] = Link(name, entities, way)
            for i in range(name.first, name.last):
                inventory.covering[i] = link
            if len(entities) == 1:
                if way == "surname":
                    name.votes.update(body=0.0, place=0.0)  # a surname that is taken for a firm makes no firm of one
                if way == "acronym":
                    name.votes["person"] = 0.0
                _count(tokens, entities[0], name, name.first in quoted)
    for entity in inventory.entities:
        _settle(entity)
    return inventory


def _people_by_surname(tokens: Tokens, by_key: dict[Key, list[Name]]) -> None:
    """Let a full name that the model takes for a place's be a person's whose surname stands alone as a person's; and
    one that it has not looked at, where it acts and is the first of that surname."""
    kinds: dict[Key, str] = {}  # of the surnames
    opens: dict[str, int] = {}  # where each surname first stands in the text, but for the unknown names
    surnames = {key[-1] for key in by_key if 1 < len(key) < 4 and key[-1:] in by_key}
    for key, found in by_key.items():
        if key[-1] not in surnames:
            continue
        place = next((name.first for name in found if not name.headline and name.kind != "unknown"), len(tokens))
        opens[key[-1]] = min(opens.get(key[-1], place), place)
    for key, found in by_key.items():
        alone = by_key.get(key[-1:], []) if 1 < len(key) < 4 and key[-1] not in words().organisations else []
        if alone and key[-1:] not in kinds:
            kinds[key[-1:]] = _kind(alone)
        if alone and kinds[key[-1:]] == "person":
            kind = _kind(found)
            if kind == "place" or (kind == "unknown" and found[0].first < opens[key[-1]] and _acts(tokens, found[0])):
                for name in found:
                    name.votes["person"] += 3
        if key[-1] in GEOGRAPHIC and key[:1] in by_key and len(key) == 2 and _kind(found) == "place":
            by_key[key[:1]][0].votes["place"] += 3  # Linden, in an article of the Linden Islands


def _acts(tokens: Tokens, name: Name) -> bool:
    """Does a name begin its sentence and go on as a subject does, where the model has looked for no names?"""
    first, end = name.first, name.last
    if name.headline or not tokens.begins_sentence(first) or end >= tokens.paragraph_end(first):
        return False
    plain = (
        name.before == first and not any(tokens.entity[first:end]) and all(map(str.istitle, tokens.words[first:end]))
    )
    lex, word = words(), tokens.folded[first]
    known = word in lex.organisations or word in lex.countries or word in lex.peoples or word in lex.titles
    return plain and not known and tokens.tag[end] in ("VBD", "VBZ", "MD")


def _of_the_seen(names: list[Name], introduced: dict[Key, Key]) -> list[Name]:
    """The names without those that stand only where the model has not looked, unless they say more of one it saw."""
    keys = {name.key for name in names if name.seen}
    singles = {key[0] for key in keys if len(key) == 1}
    written = {introduced[key] for key in keys & introduced.keys()}

    by_initial: dict[str, list[str]] = defaultdict(list)
    for word in sorted(singles):
        if len(word) in MISSPELT and len(by_initial[word[0]]) < MANY:
            by_initial[word[0]].append(word)

    def says_more(key: Key) -> bool:
        if key in written or len(key) < 2:
            return key in written
        *firsts, own = bare(key)
        if len(firsts) > 1 and firsts[-1] in singles and firsts[0] in given_names():
            return True  # Juan Ortega Salas, of Ortega
        near = by_initial.get(own[0], ()) if len(own) in MISSPELT else ()
        return own in singles or not singles.isdisjoint(acronyms(key)) or any(misspells(own, one) for one in near)

    keys.update([key for key in {name.key: None for name in names if name.key not in keys} if says_more(key)])
    return [name for name in names if name.key in keys]


def _owners(
    tokens: Tokens, catalogue: Catalogue, by_key: dict[Key, list[Name]], introduced: dict[Key, Key]
) -> dict[Key, Owner]:
    """The entities of each name: full names first, then single words, last the words of headlines."""
    in_text = {key for key, found in by_key.items() if not all(name.headline for name in found)}
    kinds = {key: _kind(found) for key, found in by_key.items()}
    surnames = {key[-1] for key in in_text if len(key) <= 2}
    owners: dict[Key, Owner] = {}
    catalogue.apart = _fathers_and_sons(tokens, by_key)
    for key in sorted(
        (key for key in by_key if not is_single(key)), key=lambda key: (-len(bare(key)), by_key[key][0].first)
    ):
        headline_person = key[0] in given_names() and len(key) <= 3 and key[-1] in surnames
        if key in in_text or headline_person:
            owners[key] = catalogue.place_full(key, kinds[key])
    catalogue.only_quoted = set(catalogue.entities).difference(
        *(owners[key][0] for key in owners if not all(name.quoted for name in by_key[key]))
    )
    single = [key for key in by_key if is_single(key)]
    for key in (key for key in single if key in in_text):
        if len(key) > 1:
            owners[key] = catalogue.place_suffixed(key, kinds[key])
            continue
        unknown = key[0] not in given_names() and not catalogue.find(key[0])[0]
        if unknown and all(name.kind == "unknown" and opens(tokens, name) for name in by_key[key]):
            continue  # Keeps, Imagine: a capital at the begin of a sentence
        if introduced.get(key) in owners:
            owners[key] = owners[introduced[key]][0], "acronym" if key[0] in initials(introduced[key]) else "name parts"
            continue
        title = all(is_bare_title(tokens, name) for name in by_key[key])
        part = all(name.determined for name in by_key[key]) and catalogue.ends.get(key[0])  # the Star
        given = catalogue.firsts.get(key[0]) and not any(name.determined for name in by_key[key])  # Son Heung-min
        borne = catalogue.surnames.get(key[0]) or given
        if not title or part or borne:  # "the President" is a description, Mr. King a name
            owners[key] = catalogue.place_single(key, by_key[key], kinds[key])
            if kinds[key] == "person" and _comes_before(by_key, key, owners[key]):
                entity = catalogue.new("person")
                entity.add(key[0], key, 0)
                owners[key] = (entity,), "exact name"
    for key in (key for key in single if key not in in_text):
        owner = catalogue.find(key[0])
        if owner[0]:
            owners[key] = owner
    return owners


def _comes_before(by_key: dict[Key, list[Name]], key: Key, owner: Owner) -> bool:
    """Is a word a person's name wherever it stands, and first before the body's that begins so: *Lee* left. The Lee
    Organization ..."""
    (one, *_), way = owner
    told = [name for name in by_key[key] if not name.headline]
    if way != "name parts" or one.kind != "body" or not told or told[0].votes["person"] < 2:
        return False
    if any(name.votes["body"] > 1 for name in told):
        return False
    return told[0].first < min((by_key[other][0].first for other in one.keys if other in by_key), default=0)


def _fathers_and_sons(tokens: Tokens, by_key: dict[Key, list[Name]]) -> dict[Key, set[str | None]]:
    """Names that the article first gives without a suffix, and the suffixes with which they name somebody else.

    Ana Lee, and later Ana Lee Jr.; while Bo Lee III, and later Bo Lee, is one man, unless he is called the father or
    the son. A Sr. is always another's father.
    """
    apart: dict[Key, set[str | None]] = {}
    suffixed = [key for key in by_key if suffix(key)]
    if not suffixed:
        return apart
    plain: dict[str, dict[Key, int]] = defaultdict(dict)  # by surname, where each name without suffix first stands
    for key, found in by_key.items():
        if len(key) > 1 and not suffix(key) and (places := [name.first for name in found if not name.headline]):
            father = any(not FATHERS.isdisjoint(tokens.folded[max(name.first - 2, 0) : name.first]) for name in found)
            plain[key[-1]][key] = -1 if father else places[0]
    for key in suffixed:
        name, end = bare(key), suffix(key)
        firsts = [first for other, first in islice(plain[name[-1]].items(), MANY) if agree(other, name)]
        if firsts and (end == "sr" or min(firsts) < by_key[key][0].first):
            apart.setdefault(name, set()).add(end)
    return apart


def author(inventory: Inventory) -> Entity | None:
    """The person of a byline: a paragraph that begins with "By" and a name, or with a name and its trade."""
    tokens = inventory.tokens
    for i in tokens.paragraph_starts:
        if tokens.folded[i] == "by" and tokens.words[i][0] == "B":
            for link in inventory.at(i + 1, min(i + 6, tokens.paragraph_end(i))):
                if link.name.before == i + 1 and link.entity is not None and link.entity.kind == "person":
                    return link.entity
    for line in signing(tokens):
        for link in inventory.at(line.start, line.stop):
            if link.entity is not None and link.entity.kind == "person":
                return link.entity
    return _essayist(inventory)


def _essayist(inventory: Inventory) -> Entity | None:
    """The person whom only the last paragraph names, at its begin: `Ana Lee is a playwright in Boston.`"""
    tokens = inventory.tokens
    start = tokens.paragraph_starts[-1] if len(tokens) else 0
    for link in inventory.at(start, min(start + 4, len(tokens))):
        entity = link.entities[0]
        alone = link.name.first == start and entity.kind == "person" and all(token >= start for token in entity.tokens)
        if alone and tokens.behind(link.name.last - 1) in ("is", "was", "writes", ","):
            return entity
    return None


def _kind(found: list[Name]) -> str:
    """What all occurrences of a name together say it is."""
    if len(found) == 1:
        return best_kind(found[0].votes, 0.5)
    votes = no_votes()
    for name in found:
        for kind, vote in name.votes.items():
            votes[kind] += vote
    return best_kind(votes, 0.5)


def _count(tokens: Tokens, entity: Entity, name: Name, quoted: bool) -> None:
    """Take an occurrence's spelling and votes into its entity; one that stands only in quotations counts less."""
    entity.drop(" ".join(name.key))
    form = name.mended or tokens.span(name.first, name.last)
    if peer := _seat_end(tokens, name):
        form = tokens.span(name.first, peer)
    if name.surname_at >= 0:
        form += f" {tokens.words[name.surname_at]}"
    form = form.removesuffix("‘s")
    if (")" in form and "(" not in form) or "]" in form:
        form = BRACKETS.sub("", form)  # Ana) Lee
    entity.add(form, name.key, 0 if quoted or name.headline else 1)
    entity.tokens.append(name.last - 1)
    for kind, vote in name.votes.items():
        entity.votes[kind] += vote
    entity.titles.update(name.cues)
    for cue in name.cues:
        for kind, genders in (("title", words().titles), ("noun", words().persons)):
            if (gender := genders.get(cue, "-")) != "-":
                entity.tell_gender(kind, gender)
                break


def _seat_end(tokens: Tokens, name: Name) -> int:
    """The end of a peer's place, a part of the name: Baroness Ortiz *of Kemi Harbour*; 0 where there is none."""
    if name.before == name.first or tokens.folded[name.first - 1] not in PEERS:
        return 0
    stop, place = tokens.paragraph_end(name.last - 1), name.last + 1
    if len(name.key) > 1 or place >= stop or tokens.folded[name.last] != "of":
        return 0
    end = tokens.run_from(place, lambda i: tokens.words[i].istitle() and tokens.tag[i].startswith("NNP"), stop)
    return end if end > place else 0


def _settle(entity: Entity) -> None:
    """Kind and gender of an entity from all its occurrences."""
    entity.kind = best_kind(entity.votes, 0.5)
    if entity.kind in ("person", "unknown"):
        given = [odds for key in sorted(entity.keys) if (odds := given_odds(key))]
        entity.name_odds = sum(given) / len(given) if given else 0.0
    entity.tokens.sort()
