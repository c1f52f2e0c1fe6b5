"""An article's names pass through here; what ran into a person's from before it is cut off: a place, an outlet.

Where the ends of lines were lost, "the flag of Shetland" and "Ana Lee said" are one: Shetland | Ana Lee. Where a comma
was, "the fall of Manbij" and "Lee said".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from quotes_cli.language.designations import PLACES
from quotes_cli.language.personal_names import is_family_first
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.spelling import is_word
from quotes_cli.language.words.vocabulary import given_names, words

from .extents import Extent
from .titular import is_title

#: Before a place, and no person; and those that may stand before both.
PLACING = frozenset({"in", "near", "at", "around", "outside", "across"})
BEFORE_BOTH = frozenset({"of", "for", "from", "on", "to", "over", "with", "against", "'s", "’s"})
LONGEST = 8  # words of a name with what ran into it
AGENCIES = frozenset("reuters xinhua afp ap epa tass images getty shutterstock alamy bloomberg".split())


def without_fronts(tokens: Tokens, extents: Iterable[Extent]) -> Iterator[Extent]:
    """The extents of an article's names, those of persons without a place or an outlet before them."""
    every = list(extents)
    fronts = _Fronts(tokens, every)
    for before, first, last in every:
        person = fronts.behind_letters.get(last, first)
        if person > first:
            yield before, person, last
            continue
        person = first
        if before == first and 1 < last - first <= LONGEST and tokens.folded[last - 1] not in words().organisations:
            person = max(
                fronts.behind_outlet(first, last),
                fronts.behind_place(first, last),
                fronts.behind_person(first, last),
                fronts.behind_party(first, last),
            )
        end = fronts.before_more(person, last) if 2 < last - person <= LONGEST else last
        yield (person, person, end) if person > first else (before, first, end)


@dataclass
class _Fronts:
    """What an article tells of what may run into a person's name, by the extents of all its names."""

    tokens: Tokens
    every: list[Extent]

    @cached_property
    def often(self) -> Counter[tuple[str, ...]]:
        """How often each name stands there."""
        return Counter([tuple(self.tokens.folded[first:last]) for _, first, last in self.every])

    @cached_property
    def first_at(self) -> dict[tuple[str, ...], int]:
        """Where each name first stands."""
        return {tuple(self.tokens.folded[first:last]): first for _, first, last in reversed(self.every)}

    @cached_property
    def places(self) -> set[tuple[str, ...]]:
        """The names that the model takes for places."""
        return {key for key, labels in self._labelled() if labels <= {"LOC", "GPE"} and len(key) < 3}

    @cached_property
    def persons(self) -> list[tuple[str, ...]]:
        """The full names that the model takes for persons."""
        return [key for key, labels in self._labelled() if len(key) > 1 and labels == {"PERSON"}]

    @cached_property
    def surnames(self) -> dict[str, list[tuple[str, ...]]]:
        """The surnames of those to their names."""
        found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for key in self.persons:
            found[key[0] if is_family_first(key) else key[-1]].append(key)
        return found

    @cached_property
    def full(self) -> dict[str, set[tuple[str, ...]]]:
        """Surnames to the full names."""
        found: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for key in [*self.persons, *(key for key in self.often if key[0] in given_names())]:
            found[key[-1]].add(key)
        return found

    def _labelled(self) -> Iterator[tuple[tuple[str, ...], set[str]]]:
        """The names with the model's labels."""
        tokens = self.tokens
        return ((tuple(tokens.folded[first:last]), {*tokens.entity[first:last]}) for _, first, last in self.every)

    @cached_property
    def lettered(self) -> list[tuple[int, int]]:
        """The names with a title or what may be the letters of an office inside: the token of those, and the end."""
        found = []
        for before, _, last in self.every:
            names = range(before, last - 1) if last - before <= LONGEST else ()
            letters = [i for i in names if self._are_letters(i) or is_title(self.tokens, i)]
            if letters and given_names().keys().isdisjoint(self.tokens.folded[before : letters[-1]]):
                found.append((letters[-1], last))
        return found

    @cached_property
    def offices(self) -> set[str]:
        """The letters and titles that stand before the surname of somebody with a full name, which no body does: *CS*
        Lee."""
        tokens, pairs, whole = self.tokens, set(), set()
        for i, last in self.lettered:
            pair = tokens.folded[i], tokens.folded[last - 1]
            if last - i == 2:
                pairs.add(pair)
            elif tokens.entity[last - 1] == "PERSON":
                whole.add(pair)
        return {low for low, name in pairs if (low, name) in whole or any(k[0] != low for k in self.full.get(name, ()))}

    @cached_property
    def behind_letters(self) -> dict[int, int]:
        """Where a person begins behind letters that tell an office, by the end: CS | Lee, of Ana Lee; MEC | Olu Lee;
        and behind a title in what the model takes for a body's name: Justice | Lee, of Ana Lee."""
        return {last: i + 1 for i, last in self.lettered if self._tell_office(i, last)}

    def _tell_office(self, i: int, last: int) -> bool:
        tokens, low = self.tokens, self.tokens.folded[i]
        rest = tuple(tokens.folded[i + 1 : last])
        if len(rest) > 1:
            if is_title(tokens, i) and len(rest) == 2 and self.often[rest[1:]] > 0:
                return self._is_person(i, last)
            given = rest[0] in given_names() and (len(low) > 2 or self.often[(low,)] > 0)
            noun = tokens.tag[i] == "NN" and tokens.entity[i] != "PERSON"  # while PV Narasimha Lee is a proper noun
            rare = len(low) > 2 and tokens.entity[i] != "PERSON" and not any(map(is_word, rest))  # PRO Adunni Lele
            known = given or noun or rare or self.first_at.get(rest, i) < i or low in self.offices
            return known and tokens.entity[last - 1] == "PERSON" and self._is_person(i, last)
        if low not in self.offices:
            return False
        sure = (
            len(low) > 2
            or is_title(tokens, i)
            or self.often[(low,)] > 0
            or any(len(key) > 2 and low in key[:-2] for key in self.often)
        )
        return sure or any(self.first_at[key] < i for key in self.full.get(rest[0], ()) if key[0] != low)

    def _are_letters(self, i: int) -> bool:
        """May the word be the letters of an office: *CS* Lee, but not JD Lee?"""
        word = self.tokens.words[i]
        return 1 < len(word) < 6 and word.isupper() and word.isalpha() and self.tokens.folded[i] not in given_names()

    def behind_outlet(self, first: int, last: int) -> int:
        """Where a person begins behind an outlet: Coast Daily | Ana Lee, XINHUA | Ana Lee."""
        tokens, lex = self.tokens, words()
        for i in range(last - 1, first, -1):
            word, low = tokens.words[i - 1], tokens.folded[i - 1]
            shouted = word.isupper() and word.isalpha() and len(word) > 2
            if not (shouted or low in lex.organisations or low in AGENCIES):
                continue
            rest = tokens.folded[i:last]
            if "of" in rest or not tokens.words[i].istitle() or not lex.organisations.isdisjoint(rest):
                continue
            known = len(rest) == 1 and rest[0] in self.surnames
            credit = known and (tokens.before(first) == "/" or (i - first > 1 and self._acts(last)))
            if credit or (len(rest) > 1 and rest[0] in given_names()):
                return i
        return first

    def behind_place(self, first: int, last: int) -> int:
        """Where a person begins behind a place that a preposition or a possessive shows: of Shetland | Ana Lee."""
        tokens = self.tokens
        placing = tokens.before(first) in PLACING
        if not placing and tokens.before(first) not in BEFORE_BOTH:
            return first
        owned = tokens.tag[first - 1] == "POS" and first > 1 and tokens.folded[first - 2] in words().countries
        for person in range(min(first + 2, last - 1), first, -1):
            place, rest = tuple(tokens.folded[first:person]), tuple(tokens.folded[person:last])
            if place[0] in PLACES and len(place) == 1:
                continue
            unlike = place[0] not in given_names()
            if len(rest) == 1:  # the surname of somebody whom the article names in full elsewhere
                land = placing and words().countries.get(rest[0]) == rest[0] and self.often[place] > 0
                borne = any(key != (*place, *rest) for key in self.surnames.get(rest[0], ()))  # Kenya's | Olu Lee
                known = (borne or land) and unlike
                if known and (placing or owned or self._is_place(place)):
                    return person
            elif self._is_person(person, last):
                given = rest[0] in given_names()
                sure = self._is_told(person, last)
                seen = self._is_place(place) or (given and sure and (placing or self.often[place] > 0))
                if seen and (given or sure) and (unlike or (placing and given)):
                    return person
        return first

    def _is_place(self, key: tuple[str, ...]) -> bool:
        return key in self.places or (len(key) == 1 and key[0] in words().countries)

    def behind_person(self, first: int, last: int) -> int:
        """Where a person begins behind another, whom the article names elsewhere: Ana Lee | Bo Ruiz left; who that was
        of Ana Lee | Lee left; the flaw of Ruiz | Lee left."""
        folded = self.tokens.folded
        if last - first > 2 and folded[last - 1] in (folded[last - 2], folded[last - 2].rpartition("-")[2]):
            return last - 1
        if last - first == 2 and self._acts(last) and self._are_two(folded[first], folded[last - 1]):
            return last - 1
        for person in range(first + 2, last - 1):
            whole = folded[first] in given_names() and self.often[tuple(folded[first:person])] > 0
            surname = folded[person - 1] not in given_names() and folded[person] in given_names()
            if whole and (surname or self.often[tuple(folded[person:last])] > 0):
                return person
        return first

    def behind_party(self, first: int, last: int) -> int:
        """Where a person begins behind a party: but Tory | Ana Lee won."""
        tokens = self.tokens
        labelled = last - first > 2 and not tokens.entity[first] and {*tokens.entity[first + 1 : last]} == {"PERSON"}
        return first + 1 if labelled and tokens.folded[first] in words().parties else first

    def before_more(self, first: int, last: int) -> int:
        """Where a person ends of whom the article tells elsewhere: Ana Lee | *Live*, Ana Lee | *Memorial Day*, by Ana
        Lee | *Sweden* won."""
        tokens, word = self.tokens, self.tokens.folded[last - 1]
        full = self.often[tuple(tokens.folded[first : last - 1])] > 0
        if full and word in words().countries and word not in given_names() and self._acts(last):
            return last - 1
        end = tokens.run_from(first, lambda i: tokens.entity[i] == "PERSON", last)
        alone = end - first > 1 and self.often[(tokens.folded[end - 1],)] > 0 and tokens.folded[first] in given_names()
        more = alone and word not in column("suffixes.txt") and word not in words().organisations
        return end if more and not any(self.often[(low,)] for low in tokens.folded[end:last]) else last

    def _are_two(self, one: str, other: str) -> bool:
        """Are they the surnames of two, of whom the first stands by itself elsewhere, too?"""
        if one in given_names() or not self.often[(one,)] or self.often[(one, other)] > 1:
            return False
        full = (any(len(key) > 1 and key != (one, other) for key in self.full.get(word, ())) for word in (one, other))
        return all(full)

    def _acts(self, i: int) -> bool:
        """Does token i go on as a subject does?"""
        return i < len(self.tokens) and self.tokens.tag[i] in ("VBD", "VBZ", "MD")

    def _is_person(self, first: int, last: int) -> bool:
        bodies = words().organisations.isdisjoint(self.tokens.folded[first:last])
        return bodies and "POS" not in self.tokens.tag[last : last + 1]

    def _is_told(self, first: int, last: int) -> bool:
        """Is it a person's name by its label, or by what is said of it behind a comma?"""
        tokens = self.tokens
        labelled = all(label == "PERSON" for label in tokens.entity[first:last])
        return labelled or (tokens.behind(last - 1) == "," and tokens.behind(last) in ("a", "an", "who", "the"))
