"""Names by their words in, the entities that they may name out: full names first, then single words.

The ways are the first sieves: exact name, surname, name parts (given names, middle names, parts of a body's name),
acronym, similar name (a misspelling).
"""

from __future__ import annotations

from collections import defaultdict
from itertools import islice

from quotes_cli.language.designations import PLACES
from quotes_cli.language.personal_names import (
    GIVEN_SUFFIXES,
    Key,
    agree,
    bare,
    given_odds,
    is_family_first,
    suffix,
    surname,
)
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import given_names, words

from .acronyms import SHORTEST, acronyms, blends
from .entities import Entity
from .longer_names import has_as_part, is_show
from .mandarin import GIVEN
from .misspelt import edits, misspells
from .names import Name

BELIED = 2.0  # log-odds from which a given name is no man's or no woman's for a title's sake (1 in 8)
SIGNS = {"m": -1.0, "f": 1.0}  # of the log-odds of given names

MANY = 100  # bearers of one name that are weighed: what makes the work linear; no article names that many
MISSPELT = range(6, 21)  # letters of a surname whose misspellings are looked for
COMPARED = 2000  # surnames with which a misspelling is compared; an article of more people is a list

COMPASS = frozenset({"north", "south", "east", "west"})

Bearers = dict[Entity, None]  # of a word or name, in the order of their names
Owner = tuple[tuple[Entity, ...], str]  # the entities that a key may name, and the way they were found


class Catalogue:
    """The entities so far, and indices from words to those that bear them."""

    def __init__(self) -> None:
        self.entities: list[Entity] = []
        self.only_quoted: set[Entity] = set()  # who is named in full nowhere but in quotations
        self.surnames: dict[str, Bearers] = defaultdict(dict)
        self.firsts: dict[str, Bearers] = defaultdict(dict)
        self.parts: dict[str, Bearers] = defaultdict(dict)
        self.acronyms: dict[str, Bearers] = defaultdict(dict)
        self.ends: dict[str, Bearers] = defaultdict(dict)
        self._begins: dict[str, Bearers] = defaultdict(dict)  # by the first two letters of the words but the last
        self.apart: dict[Key, set[str | None]] = {}  # names with the suffixes that are another person's
        self._near: dict[Key, Bearers] = defaultdict(dict)
        self._by_initial: dict[str, list[tuple[str, Entity]]] | None = None

    def new(self, kind: str) -> Entity:
        """Add an entity."""
        self.entities.append(Entity(len(self.entities), kind))
        return self.entities[-1]

    def place_full(self, key: Key, kind: str) -> Owner:
        """The entity of a name of several words: one whose names agree, else a new one."""
        if key[0] in column("particles.txt"):  # van der Berg, of Ursula van der Berg
            alike = islice(self.surnames.get(bare(key)[-1], ()), MANY)
            bearers = tuple(entity for entity in alike if any(surname(other) == key for other in entity.keys))
            if bearers:
                return bearers, "surname"
        if key[1:] and key[1] in GIVEN_SUFFIXES:  # Lima Filho, of Rui Melo Lima Filho
            alike = islice(self.surnames.get(key[0], ()), MANY)
            bearers = tuple(entity for entity in alike if any(other[-2:] == key for other in entity.keys))
            if bearers:
                return bearers, "surname"
        candidates = [entity for entity in self._alike(key) if _same(key, kind, entity)]
        if not candidates and kind != "person" and words().organisations.isdisjoint(key):
            candidates = self._by_surnames(key)
        if suffix(key) in self.apart.get(bare(key), ()):
            candidates = [one for one in candidates if any(suffix(other) == suffix(key) for other in one.keys)]
        elif not suffix(key) and key in self.apart:
            candidates = [one for one in candidates if not all(suffix(k) in self.apart[key] for k in one.keys)]
        if not candidates and kind != "body":
            candidates = self._misspelt_in_full(key)
        found = len(candidates) == 1 or (candidates and kind != "person")
        way = "name parts" if found and key not in candidates[0].keys else "exact name"
        entity = candidates[0] if found else self.new(kind)
        entity.add(" ".join(key), key, 0)
        if entity.kind in ("unknown", kind):
            entity.kind = kind
        self._enter(entity, key)
        return (entity,), way

    def _misspelt_in_full(self, key: Key) -> list[Entity]:
        """Persons of the same first name whose surname is one letter off (Osman Labban, Osman Laban)."""
        name = surname(key)[-1]
        bearers = islice(self.firsts.get(key[0], ()), MANY) if len(key[0]) > 1 and len(name) in MISSPELT else ()
        return [
            one
            for one in bearers
            if any(len(k) == len(key) > 1 and k[:-1] == key[:-1] and edits(k[-1], name) <= 1 for k in one.keys)
        ]

    def _by_surnames(self, key: Key) -> list[Entity]:
        """The persons who have all these surnames: Manuel *Lafont Rapnouil*."""
        bearers = islice(self.surnames.get(key[-1], ()), MANY)
        return [one for one in bearers if any(len(k) > len(key) and k[-len(key) :] == key for k in one.keys)]

    def _alike(self, key: Key) -> dict[Entity, None]:
        """The entities whose names begin or end as this one, no more than `MANY` of each."""
        return {entity: None for ends in _ends(key) for entity in islice(self._near.get(ends, ()), MANY)}

    def _enter(self, entity: Entity, key: Key) -> None:
        for ends in _ends(key):
            self._near[ends][entity] = None
        for word in key[:-1]:
            self._begins[word[:2]][entity] = None
        if entity.kind in ("person", "unknown"):
            self.surnames[bare(key)[-1]][entity] = None
            self.firsts[key[0]][entity] = None
            double = bare(key)[-1].partition("-")  # Velden, of Ana Velden-Kamp
            for word in (*bare(key)[1:-1], *filter(None, double[:1] if double[1] else ())):
                self.parts[word][entity] = None
        if entity.kind != "person":
            self.ends[key[-1]][entity] = None
            self.ends[key[0]][entity] = None
            for letters in acronyms(key):
                self.acronyms[letters][entity] = None

    def find(self, word: str) -> Owner:
        """The persons that a single word may name."""
        for table, way in ((self.surnames, "surname"), (self.firsts, "name parts"), (self.parts, "name parts")):
            if bearers := table.get(word):
                if way == "surname" and (family := self._by_family_name(word, bearers)):
                    return tuple(family), way
                return tuple(one for one in bearers if one not in self.only_quoted) or tuple(bearers), way
        return (), ""

    def _by_family_name(self, word: str, bearers: Bearers) -> list[Entity]:
        """Who bears the word as a family name that stands first, where it is the given name of all who bear it last:
        Ms. *Wei* is Wei Yiyin, and not Miao Wei."""
        if word not in column("family_names.txt") or not all(map(_is_family_first, islice(bearers, MANY))):
            return []
        return [one for one in islice(self.firsts.get(word, ()), MANY) if _is_family_first(one)]

    def place_suffixed(self, key: Key, kind: str) -> Owner:
        """The entity of a surname with its suffix (Ortiz Jr.): who has both, else the surname and no other suffix."""
        bearers = [one for one in islice(self.surnames.get(key[0], ()), MANY) if one.kind in ("person", "unknown")]
        for wanted in (suffix(key), None):
            alike = [one for one in bearers if any(suffix(other) == wanted for other in one.keys)]
            if alike and (wanted or suffix(key) == "sr" or len(bearers) == 1):
                return tuple(alike), "surname"
        return self.place_full(key, kind)

    def place_single(self, key: Key, found: list[Name], kind: str) -> Owner:
        """The entities that a name of one word may mean: persons by surname or given name, bodies by a part."""
        word = key[0]
        parts = tuple(filter(None, word.split("-")))
        if len(parts) > 1 and len(bearers := self._by_surnames(parts)) == 1:
            return (bearers[0],), "surname"  # Lafont-Rapnouil
        if word in COMPASS and len(lands := self._lands(word)) == 1:
            return (lands[0],), "name parts"  # the North, of North Korea
        labelled = any(name.votes["body"] >= 1.5 for name in found) and not self._is_borne(word)
        shouted = any(name.shouted for name in found)
        chinese = self._chinese(word) if kind == "place" and any(name.votes["person"] > 0 for name in found) else []
        if len(chinese) == 1:
            return (chinese[0],), "name parts"
        perhaps = not (shouted or labelled) if kind == "body" else bool(self.surnames.get(word))
        if kind in ("person", "unknown") or perhaps:
            persons, way = self._land(word) if kind == "place" else self.find(word)
            if persons and (way == "surname" or kind != "place"):
                return tuple(one for one in persons if one.kind == "person") or persons, way
        unborne = word not in given_names() or not self.find(word)[0]
        if kind == "person" and unborne and not any(name.cues for name in found):
            begun = [one for one in self._bodies(self.ends, word) if all(name[0] == word for name in one.keys)]
            begun = [one for one in begun if not has_as_part(key, one)]
            if len(begun) == 1 and begun[0].kind == "body":
                return (begun[0],), "name parts"  # Mercy, of Mercy International
        if (whole := self._written_out(word, kind, shouted and (unborne or kind != "person"))) is not None:
            return (whole,), "acronym"
        if kind not in ("person", "place"):
            full = [one for one in self._bodies(self.ends, word) if not has_as_part(key, one)]
            full = [one for one in full if one not in self.only_quoted] or full
            determined = bool(found) and all(name.determined for name in found)  # the Beacon, of the Tulsa Beacon
            if word not in words().organisations and not determined:  # "Cambridge" only begins a body's name
                full = [one for one in full if all(name[-1] != word or _may_be_person(one, name) for name in one.keys)]
            if len(full) == 1:
                return (full[0],), "name parts"
        if kind != "place" and word not in given_names() and len(blended := self._blended(word)) == 1:
            return (blended[0],), "acronym"
        entity = self.new(kind)
        entity.add(word, key, 0)
        return (entity,), "exact name"

    def _written_out(self, word: str, kind: str, shouted: bool) -> Entity | None:
        """The one that an acronym stands for: the *US*, of the United States; *PDF* said, which seems a person."""
        if len(word) < 2 + (kind == "person") or (kind in ("person", "place") and not shouted):
            return None
        kinds = ("place", "body") if kind == "place" else ("body", "unknown")
        full = [one for one in self.acronyms.get(word, ()) if one.kind in kinds]
        return full[0] if len(full) == 1 else None

    def _blended(self, word: str) -> list[Entity]:
        """The bodies of whose names the word is a blend: Comelec, of the Commission on Elections."""
        if len(word) < SHORTEST:
            return []
        bodies = islice((one for one in self._begins.get(word[:2], ()) if one.kind == "body"), MANY)
        return [one for one in bodies if any(blends(word, key) for key in one.keys if word not in key)]

    def _land(self, word: str) -> Owner:
        """As `find`; a country's name means nobody who is no person: Israel is not Weapons Israel, of a caption."""
        persons, way = self.find(word)
        if word in words().countries:
            persons = tuple(one for one in persons if one.kind == "person")
        return persons, way

    def _chinese(self, word: str) -> list[Entity]:
        """The persons who bear the word as a Chinese surname, before a given name of Mandarin: *Hong* Xia."""
        bearers = islice(self.firsts.get(word, ()), MANY)
        return [one for one in bearers if any(len(k) == 2 and all(map(GIVEN.fullmatch, k)) for k in one.keys)]

    def _is_borne(self, word: str) -> bool:
        """Is the word the surname or the given name of a person with a full name? Then a label alone makes it no body's
        name."""
        alike = (*islice(self.surnames.get(word, ()), MANY), *islice(self.firsts.get(word, ()), MANY))
        return any(len(key) > 1 for one in alike if one.kind == "person" for key in one.keys)

    def _lands(self, word: str) -> list[Entity]:
        """The places whose name of two words begins with the word."""
        lands = (one for one in self.ends.get(word, ()) if one.kind in ("place", "unknown"))
        return [one for one in lands if any(len(k) == 2 and k[0] == word for k in one.keys)]

    def misspelt(self, word: str) -> set[Entity]:
        """The persons with a full name whose surname begins as the word and is at most two edits from it; two at most.

        An edit inserts, deletes or changes a letter.
        """
        if self._by_initial is None:
            self._by_initial = defaultdict(list)
            persons = (entity for entity in self.entities if entity.kind == "person")
            named = ((surname(k)[-1], entity) for entity in persons for k in sorted(entity.keys) if len(k) > 1)
            for name, entity in islice(dict.fromkeys(pair for pair in named if len(pair[0]) in MISSPELT), COMPARED):
                self._by_initial[name[0]].append((name, entity))
        alike: set[Entity] = set()
        for name, entity in self._by_initial.get(word[0], ()) if len(word) in MISSPELT else ():
            if misspells(name, word):
                alike.add(entity)
                if len(alike) == 2:
                    break
        return alike

    @staticmethod
    def _bodies(table: dict[str, Bearers], word: str) -> list[Entity]:
        return [entity for entity in table.get(word, ()) if entity.kind in ("body", "unknown")]


def _ends(key: Key) -> tuple[Key, ...]:
    """Words at the ends of a name, of which names of the same bearer share some."""
    last = bare(key)[-1:]
    return key[:2], last, key[:1] + last


def _same(key: Key, kind: str, entity: Entity) -> bool:
    """May a name of several words be the entity's?

    A shorter name may begin a longer one, a person's (Gabriel García of Gabriel García Márquez) or a body's (Ford Motor
    of Ford Motor Company), or end a body's (Morning Herald).
    """
    if {kind, entity.kind} <= {"person", "unknown"}:
        return all((agree(key, one) or one[: len(key)] == key) and not is_show(one, key) for one in entity.keys)
    if kind != entity.kind or has_as_part(key, entity):
        return False
    return any(key in (other[: len(key)], other[-len(key) :]) for other in entity.keys)


def _is_family_first(entity: Entity) -> bool:
    return any(map(is_family_first, entity.keys))


def _may_be_person(entity: Entity, key: Key) -> bool:
    """May a name of two words be a person's of whom the model has seen nothing: Olu Adewoya, whose surname it takes for
    a body's?"""
    plain = len(key) == 2 and key[0] not in PLACES and key[0] not in words().countries and key[0] not in words().peoples
    return plain and entity.kind == "unknown"


def similar(catalogue: Catalogue, key: Key, owner: Owner) -> Owner:
    """A misspelt surname (Ms Bauchtman for Lydia Buchtmann): two edits at most, the same initial, one candidate."""
    own = owner[0][0]
    if len(key) != 1 or len(owner[0]) > 1 or own.kind != "person" or own.keys != {key}:
        return owner
    near = catalogue.misspelt(key[0]) - {own}
    if len(near) > 1:  # of a Buchtmann and a Bachmann the one who is an edit off
        near = {one for one in near if any(edits(surname(k)[-1], key[0]) < 2 for k in one.keys if len(k) > 1)}
    if len(near) != 1:
        return owner
    own.drop(key[0])
    return (near.pop(),), "similar name"


def same_surname(catalogue: Catalogue, owner: Owner, found: list[Name]) -> list[Owner]:
    """The owner of each occurrence of a name of one word.

    Where a title belies every bearer (Mr. Obama, while only Michelle Obama has a first name), the occurrences with such
    a title are another person, those with a title of the other gender (Mrs. Obama) the known one, and those without a
    title may be either. The other may be somebody whom the model took for no person: *Tini* Lee, of Mrs. Lee.
    """
    entities, way = owner
    if way != "surname":
        return [owner] * len(found)
    genders = [titled(name) for name in found]
    firsts = [given_odds(key) for entity in entities for key in entity.keys if len(key) > 1]
    belied = {gender for gender in set(genders) - {"-"} if all(SIGNS[gender] * odds < -BELIED for odds in firsts)}
    if not firsts or len(belied) != 1:
        return [owner] * len(found)
    word, (sign,) = found[0].key[-1], (SIGNS[gender] for gender in belied)
    unknown = [one for one in catalogue.surnames.get(word, ()) if one not in entities and _may_be(one, sign)]
    other = unknown[0] if len(unknown) == 1 else catalogue.new("person")
    other.votes["person"] += 3
    other.tell_gender("title", *belied)
    office = "m" if set(genders) <= {"m", "-"} else "-"  # President Obama, where no Mrs. Obama is named
    genders = [office if gender == "-" and name.cues else gender for name, gender in zip(found, genders, strict=True)]
    whose = {"-": (*entities, other), **dict.fromkeys(belied, (other,))}
    return [(whose.get(gender, entities), way) for gender in genders]


def _may_be(entity: Entity, sign: float) -> bool:
    """May it be somebody of the gender of which given names have odds of this sign, who is named in full?"""
    full = [given_odds(key) for key in entity.keys if len(key) > 1]
    return entity.kind == "unknown" and bool(full) and all(sign * odds >= -BELIED for odds in full)


def titled(name: Name) -> str:
    """The gender that the titles of one occurrence tell."""
    genders = {words().titles.get(cue, "-") for cue in name.cues} - {"-"}
    return genders.pop() if len(genders) == 1 else "-"
