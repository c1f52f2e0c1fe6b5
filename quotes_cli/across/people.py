"""A census in, a directory of persons and bodies out: one name for each, and whom every mention means.

The same whatever the order of the articles: names are looked at in an order of their own, and all that is counted is
counted over sets of articles.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from typing import Protocol

from quotes_cli.language.personal_names import Key, bare, given_odds, is_single, key_of
from quotes_cli.language.words.vocabulary import given_names

from . import bodies, persons
from .bearers import Bearer, contrary_genders, contrary_work
from .census import GENDERS, JOINT, NOTHING, Census
from .company import Company
from .unions import Unions

CERTAIN = 3.0  # log-odds of a given name from which on an article that tells the other gender is taken to be wrong
RARE = 10  # times as many articles of a name as of a group that contradicts the others: it is wrong, not another person


class Known(Protocol):
    """A line of a file of people: a name, the folded names that stand for it, gender and role."""

    @property
    def name(self) -> str: ...
    @property
    def keys(self) -> frozenset[Key]: ...
    @property
    def gender(self) -> str: ...
    @property
    def role(self) -> str | None: ...


@dataclass(slots=True)
class Entry:
    """One person or body over all articles. `women` and `men` are the articles that tell it; `role` is the commonest.

    `aliases` are the other spellings, the commonest first.
    """

    person: str
    type: str
    quotations: int
    articles: int
    women: int = 0
    men: int = 0
    role: str | None = None
    aliases: list[str] = field(default_factory=list)

    @property
    def gender(self) -> str | None:
        """`f`, `m`, or nothing where the articles are at odds or tell nothing."""
        return "f" if self.women > 3 * self.men else "m" if self.men > 3 * self.women else None


class Directory:
    """Whom each mention of a census means."""

    def __init__(self, census: Census, known: Iterable[Known] = ()) -> None:
        self._census = census
        self.entries: list[Entry] = []
        self._meant = array("i", [NOTHING]) * len(census)
        for bearer, entry in _entries(census, _bearers(census, list(known))):
            for mention in bearer.mentions:
                self._meant[mention] = len(self.entries)
            self.entries.append(entry)

    def of_article(self, article: int) -> dict[str, str]:
        """The speakers of an article, by number, to the persons that they are."""
        found = {}
        for mention in self._census.of_article(article):
            speaker, _ = self._census.names[self._census.name_of(mention)]
            found[speaker] = self.entries[self._meant[mention]].person
        return found

    def person(self, speaker: str, found: dict[str, str]) -> str | None:
        """Who a speaker is in an article of which `of_article` told this; several by their names."""
        if JOINT not in speaker:
            return found.get(speaker)
        return JOINT.join(found.get(one, one) for one in speaker.split(JOINT))


def counted_again(census: Census, persons: Sequence[Mapping[str, str]]) -> list[Entry]:
    """Persons that are known already, as a census of a part of what they said counts them, the most quoted first.

    `persons` are those of each article, by speaker; several who speak together stand there together.
    """
    own: dict[str, list[int]] = defaultdict(list)
    for article, told in enumerate(persons):
        names = (zip(speaker.split(JOINT), person.split(JOINT), strict=False) for speaker, person in told.items())
        meant = dict(chain.from_iterable(names))
        for number in census.of_article(article):
            speaker = census.names[census.name_of(number)][0]
            own[meant.get(speaker, speaker)].append(number)
    found = []
    for person, mentions in own.items():
        one = _bearer(census, key_of(_words(person)), mentions)
        one.known = person
        found.append(_entry(census, one))
    return sorted(found, key=lambda entry: (-entry.quotations, entry.person))


def _bearers(census: Census, known: Sequence[Known]) -> list[Bearer]:
    """All persons and bodies of a census, one bearer each."""
    company = Company(census)
    keys = [key_of(_words(speaker)) or (speaker.casefold(),) for speaker, _ in census.names]
    by_key: dict[Key, list[int]] = defaultdict(list)
    for number, mention in enumerate(census.mentions()):
        by_key[keys[mention.name]].append(number)
    own = _known_by_key(known)
    people: list[Bearer] = []
    others: list[Bearer] = []
    named: dict[str, Bearer] = {}
    for key in sorted(by_key):
        mentions = by_key[key]
        line = own.get(bare(key))
        is_person = _is_person(census, key, mentions)
        if line is not None:
            one = _bearer(census, key, mentions, body=not is_person)
            one.known, one.role = line.name, line.role
            if line.name in named:
                named[line.name].absorb(one)
            else:
                named[line.name] = one
                (people if is_person else others).append(one)
        elif not is_person:
            others.append(_bearer(census, key, mentions, body=True))
        elif is_single(key):
            people += (_bearer(census, key, [mention]) for mention in mentions)
        else:
            people += _namesakes(census, key, mentions, company)
    return [*persons.cluster(people, company), *bodies.cluster(others)]


def _words(speaker: str) -> list[str]:
    """The words of a name but a nickname in marks or brackets: Ana (“Nita”) Ortiz."""
    words = speaker.split()
    plain = [word for word in words if word[0] not in "\"“‘'(["]
    return plain if len(plain) > 1 else words


def _known_by_key(known: Sequence[Known]) -> dict[Key, Known]:
    """The line of a file that alone has a name."""
    found: dict[Key, Known | None] = {}
    for line in known:
        for key in {bare(key) for key in line.keys if key}:
            found[key] = line if found.get(key, line) is line else None
    return {key: line for key, line in found.items() if line is not None}


def _is_person(census: Census, key: Key, mentions: Sequence[int]) -> bool:
    """By what most articles take the name for; of what they do not tell, by its given name."""
    types = Counter(census.names[census.name_of(mention)][1] for mention in mentions)
    if types["person"] >= sum(types.values()) - types["person"] - types["unknown"] and types["person"]:
        return True
    return types["unknown"] == sum(types.values()) and key[0] in given_names()


def _bearer(census: Census, key: Key, mentions: Sequence[int], *, body: bool = False) -> Bearer:
    one = Bearer([key], list(mentions), body=body)
    for number in mentions:
        mention = census.mention(number)
        one.spellings[mention.name] += 1
        if mention.role != NOTHING:
            one.roles[mention.role] += 1
        one.women += GENDERS[mention.gender] == "f"
        one.men += GENDERS[mention.gender] == "m"
        one.quotations += mention.quotations
    one.describe(census.roles)
    return one


# Two of one name


def _namesakes(census: Census, key: Key, mentions: Sequence[int], company: Company) -> list[Bearer]:
    """The bearers of one full name: one, unless articles tell of two that have nothing in common.

    Articles belong together where a word of the role is the same, or somebody is quoted beside both. Groups that work
    in different fields, or are of different gender where the given name leaves it open, are different people; what
    contradicts nobody is the best known one.
    """
    whole = _bearer(census, key, mentions)
    open_gender = bool(whole.women and whole.men) and abs(given_odds(key)) < CERTAIN
    if len(mentions) == 1 or not (len(whole.fields) > 1 or open_gender):
        return [whole]
    groups = [_bearer(census, key, group) for group in _connected(census, mentions, company)]
    groups.sort(key=lambda one: (-one.articles, -one.quotations, sorted(one.words), one.gender))
    found: list[Bearer] = []
    for group in groups:
        slip = RARE * group.articles < whole.articles
        near = next((one for one in found if slip or not _two(one, group, open_gender)), None)
        if near is None:
            found.append(group)
        else:
            near.absorb(group)
    return found


def _two(one: Bearer, other: Bearer, open_gender: bool) -> bool:
    return contrary_work(one, other) or (open_gender and contrary_genders(one, other))


def _connected(census: Census, mentions: Sequence[int], company: Company) -> Iterator[list[int]]:
    """The mentions in groups that share words of roles or company."""
    unions = Unions(len(mentions))
    seen: dict[object, int] = {}
    for number, mention in enumerate(mentions):
        one = _bearer(census, (), [mention])
        for link in (*one.words, *company.beside([mention])):
            unions.join(seen.setdefault(link, number), number)
    for group in unions.groups():
        yield [mentions[number] for number in group]


# What they are called


def _entries(census: Census, bearers: Iterable[Bearer]) -> list[tuple[Bearer, Entry]]:
    """The most quoted first, each under a name that is nobody else's."""
    found = [(one, _entry(census, one)) for one in bearers]
    alike: dict[str, list[Entry]] = defaultdict(list)
    for _, entry in found:
        alike[entry.person].append(entry)
    taken = set(alike)
    for name, entries in sorted(alike.items()):
        if len(entries) > 1:
            _tell_apart(name, entries, taken)
    return sorted(found, key=lambda pair: (-pair[1].quotations, pair[1].person))


def _tell_apart(name: str, entries: list[Entry], taken: set[str]) -> None:
    """Put the role behind a name that several have; where that is no help, or somebody is called so, a number."""
    entries.sort(key=lambda entry: (-entry.quotations, -entry.articles, entry.role or "", entry.type))
    told = Counter(entry.role or entry.type for entry in entries)
    for number, entry in enumerate(entries, 1):
        what = entry.role or entry.type
        numbered = (f"{name} ({what}, {more})" for more in count(number))
        names = numbered if told[what] > 1 else chain([f"{name} ({what})"], numbered)
        entry.person = next(made for made in names if made not in taken)
        taken.add(entry.person)


def _entry(census: Census, one: Bearer) -> Entry:
    spelt: Counter[str] = Counter()
    types: Counter[str] = Counter()
    for number, articles in one.spellings.items():
        spelt[census.names[number][0]] += articles
        types[census.names[number][1]] += articles

    def fitness(name: str) -> tuple[bool, bool, int, int, int, str]:
        words = name.split()
        full = len(words) > 1 or one.body
        key = key_of(_words(name))
        shouted = name.isupper() and not one.body
        stripped = -sum(not character.isascii() for character in unicodedata.normalize("NFC", name))
        return not full, key not in one.keys or shouted, -spelt[name], stripped, -len(name), name

    order = sorted(spelt, key=fitness)
    roles = sorted(one.roles, key=lambda role: (-one.roles[role], census.roles[role]))
    name = one.known or order[0]
    return Entry(
        name,
        max(sorted(types), key=lambda kind: types[kind]),
        one.quotations,
        one.articles,
        one.women,
        one.men,
        one.role or (census.roles[roles[0]] if roles else None),
        [spelling for spelling in order if spelling != name],
    )
