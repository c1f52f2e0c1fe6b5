"""Ages, countries, bodies and kin of persons pass through here, by which one may mean them: "the 28-year-old".

"Ana Lee, 28,", "28-year-old Ana Lee", "Bo Lee of Sweden", "Sweden's Bo Lee", "Radio Linden's Cy Dee".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from quotes_cli.language.attribute.animacy import SEAT
from quotes_cli.language.labels import SUBJECT
from quotes_cli.language.nouns import KIN
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.cues import load_lexicon
from quotes_cli.language.words.vocabulary import singular, words

from .entities import Entity, Role
from .fitting import describable, lands
from .focus import Focus
from .introduced import VERBS
from .inventory import Inventory, Link
from .names import Name
from .narration import is_introduced

AGE = re.compile(r"\d{1,3}")  # no superscript, and no number without end
AGED = re.compile(r"(\d{1,3})-year-old")
#: Nouns of persons by their age: least and most.
AGES = {
    "teenager": (13, 19),
    "teen": (13, 19),
    "pensioner": (60, 119),
    "septuagenarian": (70, 79),
    "octogenarian": (80, 89),
    "nonagenarian": (90, 99),
    "centenarian": (100, 119),
}
SEATS = {"D": "democratic", "R": "republican"}  # the parties before the hyphen of a politician's seat
HOUSES = frozenset({"house", "senate"})
SPOUSES = frozenset({"husband", "wife", "spouse", "partner"})
OLDER = {"younger": -1, "youngest": -1, "elder": 1, "older": 1, "eldest": 1, "oldest": 1}
MODIFYING = ("NN", "JJ", "CD", "POS", "HYPH")  # tags before a name of what may tell an age, a land, a body
TELLING = frozenset({",", "(", "of", "from", "at"})  # behind a name


class Traits:
    """What the article says of each person's age, country and party, of which the first counts, and bodies."""

    def __init__(self, inventory: Inventory) -> None:
        self.tokens, self.inventory = inventory.tokens, inventory
        self.bodies: dict[Entity, set[str]] = {}  # the words of their names
        self.ages: dict[Entity, int] = {}
        self.lands: dict[Entity, str] = {}
        self.relatives: set[Entity] = set()  # who comes in as somebody's kin, and does not speak there
        self.parties: dict[Entity, str] = {}
        met: set[Entity] = set()
        for link in inventory.links.values():
            entity, name = link.entity, link.name
            if entity is None or entity.kind not in ("person", "unknown") or name.first in inventory.quoted:
                continue
            if name.last - 1 == entity.tokens[0] and _is_relative(self.tokens, link):
                self.relatives.add(entity)
            roles = entity.roles if entity not in met else ()  # they are the same at each of the names
            met.add(entity)
            if not roles and _is_bare(self.tokens, name):
                continue
            if entity not in self.ages and (age := next(_ages(self.tokens, name), None)) is not None:
                self.ages[entity] = age
            if entity not in self.lands and (land := next(_lands(self.tokens, name, roles), None)):
                self.lands[entity] = land
            if entity not in self.parties and (party := next(_parties(self.tokens, name, roles), None)):
                self.parties[entity] = party
            if (body := _body(inventory, link)) is not None:
                self.bodies.setdefault(entity, set()).update(body.name.key)

    def meant(self, i: int) -> Entity | None:
        """The one person whom the noun at token i describes by age or country; None where it is nobody or several."""
        if not (self.ages or self.lands):
            return None
        noun = self.tokens.folded[i]
        aged = AGED.fullmatch(noun)
        least, most = (int(aged[1]), int(aged[1])) if aged else AGES.get(noun, (0, -1))
        if most > 0:
            return _only(entity for entity, age in self.ages.items() if least <= age <= most)
        lex = words()
        land = lex.countries.get(noun) if noun in lex.peoples and singular(noun) == noun else None
        return _only(entity for entity, of in self.lands.items() if of == land) if land else None

    def leader(self, i: int, focus: Focus) -> Entity | None:
        """Whom *the 22-year-old* or *the Brazilian* means of whom the article has told no age and no country: who leads
        the sentence before, but for the only one who is introduced there: he taught *his son, Bo Lee*."""
        folded = self.tokens.folded
        noun = folded[i]
        if not AGED.fullmatch(noun) and noun not in AGES and (noun not in words().peoples or singular(noun) != noun):
            return None
        near, last = self.believed(describable("person", focus.latest(i)), i, i), focus.clock - 1
        if noun in AGES:  # the teenager, where nobody was a teenager
            told = any(one in self.ages or (one.number < 0 and folded[one.tokens[0]] == noun) for one in near)
            near = [] if told else near
        here = [one for one in near if one.forms and focus.traces[one].clock == last]
        new = [one for one in here if focus.traces[one].times == 1 and _is_introduced(self.inventory, one)]
        leading = (one for one in near if focus.traces[one].led == last)
        aged = AGED.fullmatch(noun) is not None and not here  # a pupil ran; the 12-year-old
        led = (one for one in leading if one.forms or (aged and is_introduced(self.inventory, one.tokens[0])))
        return new[0] if len(new) == 1 else next(led, None)

    def counterpart(self, first: int, i: int) -> Entity | None:
        """Whom *his Swedish counterpart* means: the one person of that country."""
        lands = {land for word in self.tokens.folded[first:i] if (land := words().countries.get(word))}
        return _only(entity for entity, of in self.lands.items() if {of} == lands)

    def of_body(self, first: int, i: int) -> Entity | None:
        """The one person of the body that the description [first, i] names: the *Linden* host."""
        words_inside = {self.tokens.folded[k] for k in range(first, i) if k in self.inventory.covering}
        return _only(entity for entity, words_of in self.bodies.items() if words_inside & words_of)

    def of_party(self, noun: str, near: Iterable[Entity]) -> list[Entity]:
        """Those of the persons near by whom *the Ohio Democrat* may mean: of the party, else politicians of none."""
        party = words().parties.get(noun)
        named = [one for one in near if one.forms and one.kind == "person"] if party else []
        own = [one for one in named if self.parties.get(one) == party]
        return own or [one for one in named if one not in self.parties and any(map(_is_political, one.roles))]

    def of_seat(self, first: int, i: int, near: Iterable[Entity]) -> Entity | None:
        """Whom *the Utah Republican* means: the last legislator or governor of the party, else of no party known."""
        tokens = self.tokens
        party = words().parties.get(tokens.folded[i])
        if party is None or first == i or tokens.tag[i - 1] != "NNP":
            return None
        seated = [one for one in near if self.parties.get(one, party) == party and any(map(_has_seat, one.roles))]
        own = (one for one in seated if one in self.parties)
        return next(own, seated[0] if seated else None)

    def of_house(self, described: Role, near: Iterable[Entity], focus: Focus) -> Entity | None:
        """Whom *the Glasgow MSP* means of whose seat nothing is told: the only politician, not of another party, where
        nobody of whom nothing is told acted since."""
        if described.office != "member of parliament":
            return None
        parties, named = described.modifiers & frozenset(words().parties.values()), [one for one in near if one.forms]
        political = [one for one in named if one in self.parties or any(map(_is_political, one.roles))]
        one = _only(one for one in political if not parties or self.parties.get(one) in (None, *parties))
        led = focus.traces[one].led if one is not None else 0
        return one if all(other.roles or focus.traces[other].led <= led for other in named) else None

    def believed(self, entities: list[Entity], first: int, i: int) -> list[Entity]:
        """Those of whom the description [first, i] gives no age or people but their own: not the *Swiss* for a Dane."""
        if not (self.lands or self.ages):
            return entities
        lex, *before, noun = words(), *self.tokens.folded[first : i + 1]
        lands = {lex.countries[word] for word in before if word in lex.countries}
        if noun in lex.peoples and noun in lex.countries:
            lands.add(lex.countries[noun])
        ages = {int(aged[1]) for word in (*before, noun) if (aged := AGED.fullmatch(word))}
        if of_age := [one for one in entities if self.ages.get(one) in ages]:
            entities = of_age
        if lands:
            entities = [one for one in entities if one not in self.lands or lands == {self.lands[one]}]
        return [one for one in entities if one not in self.ages or ages == {self.ages[one]}] if ages else entities

    def by_age(self, first: int, bearers: Iterable[Entity]) -> Entity | None:
        """Whom a comparison before a name at `first` means among its bearers: the *younger* Lee."""
        sign = OLDER.get(self.tokens.before(first))
        aged = [bearer for bearer in bearers if bearer in self.ages]
        return max(aged, key=lambda bearer: sign * self.ages[bearer]) if sign and len(aged) > 1 else None


def _is_introduced(inventory: Inventory, one: Entity) -> bool:
    """Does the sentence that first names somebody tell of him: his *son* Bo Lee, a midfielder, Bo Lee, *coach* Bo Lee
    left; but not: they thanked coach Bo Lee?"""
    tokens, last = inventory.tokens, one.tokens[0]
    name = inventory.covering[last].name
    roles = [role for role in one.roles if role.token >= 0 and tokens.sentence[role.token] == tokens.sentence[last]]
    acts = any(tokens.dep[k] in SUBJECT for k in (*range(name.first, name.last), *(role.token for role in roles)))
    return any(acts or role.token != name.first - 1 or KIN.fullmatch(role.head) for role in roles)


def _is_bare(tokens: Tokens, name: Name) -> bool:
    """Does nothing stand around a name that could tell such things: no modifier, comma, bracket or preposition?"""
    modified = name.before > 0 and tokens.tag[name.before - 1].startswith(MODIFYING)
    return not modified and tokens.behind(name.last - 1) not in TELLING


def _is_political(role: Role) -> bool:
    wider = words().wider.get(role.office or "", frozenset())
    return "politician" in wider or role.head in ("senator", "politician", "lawmaker")


def _has_seat(role: Role) -> bool:
    """Does a role bring a seat in a house or a state: senator, governor, *House* Budget Committee chairman?"""
    wider = words().wider.get(role.office or "", frozenset())
    house = not HOUSES.isdisjoint(role.modifiers) and "white" not in role.modifiers
    return house or "lawmaker" in wider or role.office == "governor"


def _parties(tokens: Tokens, name: Name, roles: Iterable[Role]) -> Iterator[str]:
    """Ana Lee, *D*-Ohio, and Ana Lee (*R*-Va.); of the roles, a *Republican* senator."""
    i, stop = name.last, tokens.paragraph_end(name.last - 1)
    if i + 1 < stop and tokens.words[i] in (",", "(") and SEAT.fullmatch(tokens.words[i + 1]):
        yield from (SEATS[letter] for letter in tokens.words[i + 1][0] if letter in SEATS)
    if name.before > 1 and tokens.tag[name.before - 1] == "POS" and tokens.folded[name.before - 2] in words().parties:
        yield words().parties[tokens.folded[name.before - 2]]  # Labour's Ana Lee
    for role in roles:
        yield from (word for word in sorted(role.modifiers) if word in words().parties)
        if role.head in words().parties:
            yield words().parties[role.head]


def _body(inventory: Inventory, link: Link) -> Link | None:
    """The body, no person, that a person is said to be of: *Radio Linden's* Bo Lee, Bo Lee of *the Linden Post*."""
    tokens, name = inventory.tokens, link.name
    owner = (
        inventory.covering.get(name.before - 2) if name.before > 1 and tokens.tag[name.before - 1] == "POS" else None
    )
    if owner is None and tokens.behind(name.last - 1) in ("of", "from", "at"):
        i = name.last + 1
        stop = tokens.paragraph_end(name.last)
        i += i < stop and tokens.folded[i] == "the"
        owner = inventory.covering.get(i) if i < stop else None
    return owner if owner is not None and owner.entities[0].kind == "body" else None


def _is_relative(tokens: Tokens, link: Link) -> bool:
    """His *father* Bo Lee, Ana Lee's late *husband*, Bo Lee; not where the name is what speaks there."""
    name = link.name
    kin = tokens.run_before(name.before, lambda i: not KIN.fullmatch(tokens.folded[i]), name.before - 4) - 1
    if kin < max(name.before - 5, 1) or tokens.begins_paragraph[kin] or not KIN.fullmatch(tokens.folded[kin]):
        return False
    if any(tokens.tag[i].startswith(("V", "IN", "CC")) for i in range(kin + 1, name.before)):
        return False
    owner = tokens.run_before(kin, lambda i: tokens.tag[i].startswith(("JJ", "NN", "VBN")), kin - 3) - 1
    owned = owner >= 0 and (tokens.tag[owner] in ("PRP$", "POS", "WP$") or tokens.folded[owner] == "whose")
    top = tokens.leftmost_top(name.first, name.last)
    subjects = (i for i in (top, kin) if tokens.dep[i] in SUBJECT)
    return owned and not any(_speaks(tokens.lemma[tokens.head[i]]) for i in subjects)


def _speaks(lemma: str) -> bool:
    """Is it a verb of which speaking is the first sense, or to speak of something?"""
    lexicon = load_lexicon()
    flags = lexicon.flags_of(lemma)
    return lemma in lexicon.verbs and ("weak" not in flags or "about" in flags)


def _only(found: Iterator[Entity]) -> Entity | None:
    some = list(found)
    return some[0] if len(some) == 1 else None


def _ages(tokens: Tokens, name: Name) -> Iterator[int]:
    """Ana Lee, *28*, and Ana Lee (*28*); *28-year-old* Ana Lee, and Ana Lee, a *28-year-old* nurse."""
    i, stop = name.last, tokens.paragraph_end(name.last - 1)
    comma = i < stop and tokens.words[i] == ","
    if i + 2 <= stop and (comma or tokens.words[i] == "(") and AGE.fullmatch(tokens.words[i + 1]):
        closed = i + 2 == stop or tokens.words[i + 2] in (",", ")", ".", ";", ":")
        if closed and 0 < int(tokens.words[i + 1]) < 120:
            yield int(tokens.words[i + 1])
    for k in range(name.before - 1, max(name.before - 5, -1), -1):
        if not tokens.tag[k].startswith(("NN", "JJ", "CD", "POS", "HYPH")):
            break
        if aged := AGED.fullmatch(tokens.folded[k]):
            yield int(aged[1])
    for k in range(i + 1, min(i + 4, stop)) if comma else ():
        acts = k + 1 < stop and tokens.tag[k + 1] in VERBS  # asked about Ana Lee, the 28-year-old said
        if (aged := AGED.fullmatch(tokens.folded[k])) and not acts:
            yield int(aged[1])


def _lands(tokens: Tokens, name: Name, roles: Iterable[Role]) -> Iterator[str]:
    """Bo Lee of *Sweden*, Bo Lee (*Sweden*), *Sweden's* Bo Lee, *Swedish* skier Bo Lee."""
    lex = words()
    stop = tokens.paragraph_end(name.last - 1)
    i = name.last
    if i + 1 < stop and tokens.folded[i] in ("of", "from", "("):
        yield from _countries(tokens, i + 1, stop)
    for k in range(name.before - 1, max(name.before - 6, -1), -1):
        if not tokens.tag[k].startswith(("NN", "JJ", "POS", "HYPH")) or tokens.begins_paragraph[k + 1]:
            break
        if tokens.folded[k] in lex.countries and tokens.words[k][0].isupper():
            yield lex.countries[tokens.folded[k]]
            break
    for role in roles:  # the Swedish premier, Bo Lee
        of_land = role.head == "counterpart" or not {"leader", "minister"}.isdisjoint(
            lex.wider.get(role.office or "", ())
        )
        own = role.modifiers & lands() if of_land else ()
        if len(own) == 1:
            yield from own


def _countries(tokens: Tokens, i: int, stop: int) -> Iterator[str]:
    """The country whose name begins at token i: Sweden, South Korea, the Netherlands."""
    i += tokens.folded[i] == "the"
    for width in (3, 2, 1):
        if i + width <= stop and (land := words().countries.get(" ".join(tokens.folded[i : i + width]))):
            yield land
            return


def of_kin(
    tokens: Tokens,
    noun: int,
    owner: int,
    at: Mapping[int, Entity],
    bearers: Collection[Entity],
    joints: Iterable[tuple[Entity, ...]],
) -> Entity | None:
    """The one named person whom the article called the same person's: Bo and his brother Cy, later *his brother*; or
    who was named with him as a couple: Ana and Bo Lee, later *her husband*.

    `at` has whom each pronoun means, `bearers` are those of whom the noun was said, `joints` who was named together.
    """
    whose, called = at.get(owner), set[Entity]()
    for bearer in bearers:
        for role in bearer.roles:
            same = role.token < noun and tokens.folded[role.token] == tokens.folded[noun]
            pronoun = tokens.tag[role.token - 1] == "PRP$"
            if same and at.get(role.token - (1 if pronoun else 2)) is whose is not None:
                called.add(bearer)
    if whose is not None and tokens.folded[noun] in SPOUSES and not called:
        gender = words().persons.get(tokens.folded[noun], "-")
        pairs = (set(pair) - {whose} for pair in joints if len(pair) == 2 and whose in pair)
        called = {one for pair in pairs for one in pair if _share_surname(one, whose) and _may_wed(one, whose, gender)}
    return called.pop() if len(called) == 1 else None


def _share_surname(one: Entity, other: Entity) -> bool:
    surnames = ({key[-1] for key in either.keys if len(key) > 1} for either in (one, other))
    return not set.isdisjoint(*surnames)


def _may_wed(one: Entity, other: Entity, gender: str) -> bool:
    """May somebody of whom no kin is told be the husband or wife, of this gender, of the other?"""
    told = any(KIN.fullmatch(role.head) for either in (one, other) for role in either.roles)
    return not told and ("-" in (gender, one.gender) or one.gender == gender)
