"""Names of the article in, its entities out: which occurrences are one person or body, and which could be several.

Full names first (they carry the evidence), then single words: surname, given name, acronym, part of a body's name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from quotes_cli.resolve.entities import Entity, agree, bare, given_gender, surname
from quotes_cli.resolve.lexicon import given_names, words
from quotes_cli.resolve.names import Name, find_names
from quotes_cli.resolve.view import View

TITLE_WEIGHT = 5.0

Key = tuple[str, ...]
Owner = tuple[tuple[Entity, ...], str]  # the entities that a key may name, and the way they were found


@dataclass(slots=True)
class Link:
    """How one occurrence was linked: the entity (or the several that it may be) and the name of the way."""

    name: Name
    entities: tuple[Entity, ...]
    way: str


@dataclass(slots=True)
class Inventory:
    """The entities, and the link of each name by its last token."""

    entities: list[Entity] = field(default_factory=list)
    links: dict[int, Link] = field(default_factory=dict)

    def at(self, first: int, last: int) -> list[Link]:
        """The links of names that end inside the tokens [first, last), in text order."""
        return [self.links[i] for i in range(first, last) if i in self.links]


def build(view: View, speakers: Iterable[tuple[int, int]] = ()) -> Inventory:
    """The article's inventory. `speakers` are the token ranges of mentions, where a name is more likely a person."""
    names = find_names(view)
    speaking = {i for first, last in speakers for i in range(first, last)}
    for name in names:
        if name.last - 1 in speaking or name.first in speaking:
            name.person += 0.6
    by_key: dict[Key, list[Name]] = defaultdict(list)
    for name in names:
        by_key[name.key].append(name)
    body_text = {key for key, found in by_key.items() if not all(n.headline for n in found)}
    kinds = {key: _kind(found) for key, found in by_key.items()}
    inventory = Inventory()
    owners: dict[Key, Owner] = {}
    full = sorted((key for key in by_key if len(key) > 1), key=lambda key: (-len(bare(key)), by_key[key][0].first))
    for key in full:
        if key not in body_text and not _trusted(by_key[key], body_text):
            continue
        owners[key] = _place_full(inventory, key, kinds[key])
    index = _Index(inventory.entities)
    for key in (key for key in by_key if len(key) == 1 and key in body_text):
        owners[key] = _place_single(inventory, index, key, by_key[key], kinds[key])
    # Of headline words only what the text knows.
    for key in (key for key in by_key if key not in owners and len(key) == 1):
        owner = index.find(key[0])
        if owner[0]:
            owners[key] = owner
    _similar(inventory, owners)
    for key, (entities, way) in owners.items():
        for name in by_key[key]:
            inventory.links[name.last - 1] = Link(name, entities, way)
            if len(entities) == 1:
                _count(view, entities[0], name)
    for entity in inventory.entities:
        _settle(entity)
    return inventory


def _kind(found: list[Name]) -> str:
    votes = {kind: sum(getattr(name, kind) for name in found) for kind in ("person", "body", "place")}
    best, value = max(votes.items(), key=lambda item: item[1])
    return best if value >= 0.5 else "unknown"


def _trusted(found: list[Name], body_text: set[Key]) -> bool:
    """A name that stands in a headline only: a person with a known given name, whose surname is in the text."""
    key = found[0].key
    return key[0] in given_names() and len(key) <= 3 and any(len(k) <= 2 and k[-1] == key[-1] for k in body_text)


def _place_full(inventory: Inventory, key: Key, kind: str) -> Owner:
    candidates = []
    for entity in inventory.entities:
        if kind in ("person", "unknown") and entity.kind in ("person", "unknown"):
            if all(agree(key, other) or _within(key, other) for other in entity.keys):
                candidates.append(entity)
        elif kind == entity.kind and any(_part(key, other) for other in entity.keys):
            candidates.append(entity)
    if len(candidates) == 1 or (candidates and kind != "person"):
        way = "exact name" if key in candidates[0].keys else "name parts"
        entity = candidates[0]
    else:
        entity, way = Entity(len(inventory.entities)), "exact name"
        inventory.entities.append(entity)
    entity.add(" ".join(key), key)
    if entity.kind in ("unknown", kind):
        entity.kind = kind
    return (entity,), way


def _within(key: Key, other: Key) -> bool:
    """A part of a longer personal name that begins it: Gabriel García of Gabriel García Márquez."""
    return len(key) >= 2 and other[: len(key)] == key


def _part(key: Key, other: Key) -> bool:
    """A body's shorter name: the longer one's end (Morning Herald) or beginning (Ford Motor of Ford Motor Company)."""
    return other[-len(key) :] == key or other[: len(key)] == key


class _Index:
    """Single words to the entities that bear them, by surname, given name, other part, acronym."""

    def __init__(self, entities: list[Entity]) -> None:
        self.surnames: dict[str, list[Entity]] = defaultdict(list)
        self.firsts: dict[str, list[Entity]] = defaultdict(list)
        self.parts: dict[str, list[Entity]] = defaultdict(list)
        self.acronyms: dict[str, list[Entity]] = defaultdict(list)
        self.ends: dict[str, list[Entity]] = defaultdict(list)
        for entity in entities:
            for key in entity.keys:
                if entity.kind in ("person", "unknown"):
                    self._add(self.surnames, bare(key)[-1], entity)
                    self._add(self.firsts, key[0], entity)
                    for word in bare(key)[1:-1]:
                        self._add(self.parts, word, entity)
                if entity.kind != "person":
                    self._add(self.ends, key[-1], entity)
                    self._add(self.ends, key[0], entity)
                    small = ("of", "the", "for", "and", "&", "in", "on", "de", "des")
                    self._add(self.acronyms, "".join(w[0] for w in key if w not in small), entity)
                    self._add(self.acronyms, "".join(w[0] for w in key), entity)

    @staticmethod
    def _add(table: dict[str, list[Entity]], word: str, entity: Entity) -> None:
        if entity not in table[word]:
            table[word].append(entity)

    def find(self, word: str) -> Owner:
        """The persons that a single word may name."""
        for table, way in ((self.surnames, "surname"), (self.firsts, "name parts"), (self.parts, "name parts")):
            if table.get(word):
                return tuple(table[word]), way
        return (), ""


def _place_single(inventory: Inventory, index: _Index, key: Key, found: list[Name], kind: str) -> Owner:
    word = key[0]
    shouted = any(name.body >= 1.5 for name in found)
    perhaps = not shouted if kind == "body" else bool(index.surnames.get(word))
    if kind in ("person", "unknown") or perhaps:
        persons, way = index.find(word)
        persons = tuple(e for e in persons if e.kind == "person" or kind != "person") or persons
        if persons and not (kind == "place" and way != "surname"):
            return persons, way
    if kind != "person":
        for table in (index.acronyms, index.ends):
            bodies = [e for e in table.get(word, ()) if table is index.ends or len(word) > 1]
            if table is index.ends:
                bodies = [e for e in bodies if word in words().organisations or all(k[-1] != word for k in e.keys)]
            bodies = [e for e in bodies if e.kind in ("body", "unknown")] if kind != "place" else []
            if len(bodies) == 1:
                return (bodies[0],), "acronym" if table is index.acronyms else "name parts"
    entity = Entity(len(inventory.entities), kind)
    entity.add(word, key)
    inventory.entities.append(entity)
    return (entity,), "exact name"


def _similar(inventory: Inventory, owners: dict[Key, Owner]) -> None:
    """A misspelt surname (Ms Bauchtman for Lydia Buchtmann): two edits at most, the same initial, one candidate."""
    for key, (entities, _) in list(owners.items()):
        if len(key) != 1 or len(key[0]) < 6 or entities[0].kind != "person" or len(entities) > 1:
            continue
        near = [
            e
            for e in inventory.entities
            if e.kind == "person"
            and e is not entities[0]
            and any(len(k) > 1 and _close(surname(k)[-1], key[0]) for k in e.keys)
        ]
        if len(near) == 1:
            owners[key] = ((near[0],), "similar name")
            entities[0].forms.clear()


def _close(a: str, b: str) -> bool:
    """At most two edits (insert, delete, change) between two words that begin alike."""
    if a[0] != b[0] or abs(len(a) - len(b)) > 2 or len(a) < 6:
        return False
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, start=1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (x != y))
    return row[-1] <= 2


def _count(view: View, entity: Entity, name: Name) -> None:
    """Take an occurrence's spelling and votes into its entity."""
    entity.forms.pop(" ".join(name.key), None)
    entity.add(view.span(name.first, name.last), name.key)
    entity.tokens.append(name.last - 1)
    for kind in ("person", "body", "place"):
        entity.votes[kind] += getattr(name, kind)
    for cue in name.cues:
        gender = words().titles.get(cue) or words().persons.get(cue)
        if gender in ("m", "f"):
            entity.gender_votes[gender] += TITLE_WEIGHT


def _settle(entity: Entity) -> None:
    """Kind and gender of an entity from all its occurrences."""
    best, value = max(entity.votes.items(), key=lambda item: item[1], default=("unknown", 0.0))
    entity.kind = best if value >= 0.5 else "unknown"
    if entity.kind in ("person", "unknown"):
        firsts = {key[0] for key in entity.keys if len(bare(key)) > 1}
        for first in firsts:
            gender, strength = given_gender(first)
            if strength:
                entity.gender_votes[gender] += strength / len(firsts)
    entity.tokens.sort()
