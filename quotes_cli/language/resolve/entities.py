"""What the article talks about: `Entity` (a person, body, group, document), its names, roles and gender."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from math import copysign
from typing import NamedTuple

from quotes_cli.language.personal_names import Key, bare, surname
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import words
from quotes_cli.records import Ranking, Resolution

GENDERED = {"masculine": "m", "feminine": "f"}  # classes of pronouns


class Weight(NamedTuple):
    """What a kind of evidence tells of a gender, in log-odds: the first piece of it, each further one, and all."""

    first: float
    further: float
    most: float


# Measured on PolNeAR's 924 articles, by the persons whose given name is one gender's in 49 of 50: of those with one
# title on balance 241 of 242 have the name's gender, with one noun 276 of 279, with one pronoun of `learn_genders` 640
# of 696, with two 166 of 170, with four or more 136 of 136; a title or noun that comes again tells nothing new. Whom
# the walk itself takes a pronoun for follows from the gender, and so is little evidence of it.
EVIDENCE = {
    "title": Weight(5.0, 0.0, 5.0),
    "noun": Weight(4.0, 0.0, 4.0),
    "pronoun": Weight(2.4, 0.9, 5.0),
    "guess": Weight(0.25, 0.25, 0.5),
    "file": Weight(100.0, 0.0, 100.0),
}
SURE = 1.5  # odds from which a gender is taken for known (5 in 6); 0.5 to 2 give the same names, 2.9 worse ones


def no_votes() -> dict[str, float]:
    """What a name may be, without evidence yet."""
    return {"person": 0.0, "body": 0.0, "place": 0.0}


def best_kind(votes: dict[str, float], least: float) -> str:
    """What has the most votes, `unknown` where that is less than `least`."""
    best = max(votes, key=votes.__getitem__)
    return best if votes[best] >= least else "unknown"


@dataclass(frozen=True, slots=True)
class Role:
    """A noun phrase that describes somebody: head noun, office, the words that narrow it, its text and head's token."""

    head: str
    office: str | None
    modifiers: frozenset[str]
    text: str = ""
    token: int = field(default=-1, compare=False)


@dataclass(slots=True, eq=False)
class Entity:
    """`forms`: each name's spelling to (key, count); `kind`: person, body, place, group, document or unknown.

    `name_odds`: what the given name tells of the gender; `gender_pieces`: kind of evidence to the pieces of it for a
    woman less those for a man; `titles`: the words that stood before its names as titles; `described`: a role's text to
    how often it stands there. `known_as` and `known_role` are those of a newsroom's file; `phrase` gives what the
    article calls an unnamed one, `members` are several who are named together.
    """

    number: int
    kind: str = "unknown"
    forms: dict[str, tuple[Key, int]] = field(default_factory=dict)
    votes: dict[str, float] = field(default_factory=no_votes)
    name_odds: float = 0.0
    gender_pieces: dict[str, int] = field(default_factory=dict)
    roles: list[Role] = field(default_factory=list)
    described: dict[str, int] = field(default_factory=dict)
    tokens: list[int] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)
    phrase: Callable[[], str] | None = None
    members: tuple[Entity, ...] = ()
    known_as: str | None = None
    known_role: str | None = None
    plural: bool = False
    _name: str | None = None  # what was found once, as long as nothing is added
    _keys: frozenset[Key] | None = None
    _words: frozenset[str] | None = None
    _odds: float | None = None

    @property
    def name(self) -> str | None:
        """The fullest name, in the article's spelling; the phrase of an unnamed one."""
        if self.known_as:
            return self.known_as
        if self.members:
            return "; ".join(one.name for one in self.members if one.name)
        if not self.forms:
            return self.phrase() if self.phrase is not None else None
        if self._name is None:
            self._name = self._fullest()
        return self._name

    def _fullest(self) -> str:
        whole_name = any(len(bare(key)) > 1 and not form.isupper() for form, (key, _) in self.forms.items())
        told = [bare(key) for key, count in self.forms.values() if count]
        narrated = max(map(len, told), default=0)
        longest = max(map(len, self.forms))

        def fullness(form: str) -> tuple[bool, bool, int, bool, bool, float, int]:
            """Headlines and quotations only give what narration leaves out: the given name of a bare surname."""
            key, count = self.forms[form]
            acronym = 2 if self.kind == "person" else 5  # letters at most; UNESCO is shouted
            only_so = count > 0 and len(key) > 1 and not whole_name  # the label ANA ORTIZ, where the text has but Ana
            shouted = form.isupper() and len(form) > acronym and not only_so
            whole = narrated < 2 and self.kind in ("person", "unknown")
            known = count > 0 or whole or len(key) > 2 * narrated or any(_adds_initials(key, one) for one in told)
            known = known or any(_adds_noun(key, one) for one in told)
            seated = " of " in form and "of" not in key  # a peer's place
            short = form.isupper() and len(form) < longest  # VEB, of Vestebank
            return not shouted, known, len(key), seated, not short, count, len(key[0])

        return max(self.forms, key=fullness)

    @property
    def surname(self) -> str:
        """The last word of the name and the particles before it, in the article's spelling."""
        parts = (self.name or "").split()
        while len(parts) > 1 and parts[-1].lower() in column("suffixes.txt"):
            parts.pop()
        return " ".join(parts[-len(surname(tuple(word.lower() for word in parts))) :])

    @property
    def keys(self) -> frozenset[Key]:
        """The folded names."""
        if self._keys is None:
            self._keys = frozenset(key for key, _ in self.forms.values())
        return self._keys

    @property
    def name_words(self) -> frozenset[str]:
        """The words of the folded names."""
        if self._words is None:
            self._words = frozenset[str]().union(*self.keys)
        return self._words

    def tell_gender(self, kind: str, gender: str) -> None:
        """Take a piece of evidence (of a kind of `EVIDENCE`) that this is a man (`m`) or a woman (`f`)."""
        self.gender_pieces[kind] = self.gender_pieces.get(kind, 0) + (1 if gender == "f" else -1)
        self._odds = None

    @property
    def gender_odds(self) -> float:
        """log(P(woman) / P(man)): what the given name, titles, nouns and pronouns tell together, 0 where nothing does.

        Pieces of one kind depend on each other (a name that is linked wrongly is so in each paragraph), so that no
        kind counts for more than its `most`: a pronoun does not outweigh a name that is a woman's in 99 of 100 cases.
        """
        if self._odds is None:
            odds = self.name_odds
            for kind, women in self.gender_pieces.items():
                if women:
                    first, further, most = EVIDENCE[kind]
                    odds += copysign(min(most, first + further * (abs(women) - 1)), women)
            self._odds = odds
        return self._odds

    @property
    def gender(self) -> str:
        """`m`, `f` or `-` where the evidence is thin or level."""
        odds = self.gender_odds
        return "-" if abs(odds) < SURE else "f" if odds > 0 else "m"

    @property
    def type(self) -> str:
        """The `speaker_type` of the record."""
        kind = "person" if self.members else self.kind
        return "organisation" if kind in ("body", "place") else kind

    def role(self) -> str | None:
        """The commonest office that the article gives, in the words it uses most for more than the bare office.

        `Sen.` five times, `Florida Sen.` once: the latter. Of offices as common the first; a description without office
        only where there is none.
        """
        if self.known_role or not self.roles:
            return self.known_role
        if len(self.roles) == 1:
            return self.roles[0].text
        often: Counter[str] = Counter()
        for role in self.roles:
            often[role.office or role.head] += self.described.get(role.text, 0)

        def rank(role: Role) -> tuple[bool, int, bool, int, int]:
            bare, rare = " " not in role.text, -self.described.get(role.text, 0)
            return role.office is None, -often[role.office or role.head], bare, rare, role.token

        return min(self.roles, key=rank).text

    def resolution(
        self, sieve: str | None, probability: float | None = None, ranking: Callable[[], Ranking] | None = None
    ) -> Resolution:
        """The answer that a mention is this one; a role is a person's."""
        return Resolution(
            self.name,
            self.type,
            self.role() if self.kind == "person" else None,
            sieve,
            probability,
            ranking,
            named=self.is_named,
            gender=self.gender if self.kind == "person" and self.gender != "-" else None,
            known=bool(self.known_as),
        )

    @property
    def is_named(self) -> bool:
        """Is it called by a proper name, or all of several by theirs?"""
        return bool(self.known_as or self.forms) or (bool(self.members) and all(one.is_named for one in self.members))

    def add(self, form: str, key: Key, count: int = 1) -> None:
        """Count one more occurrence of a name."""
        old = self.forms.get(form, (key, 0))
        self.forms[form] = (key, old[1] + count)
        self._name = self._keys = self._words = None

    def drop(self, form: str) -> None:
        """Take a spelling out again, where it is there."""
        self.forms.pop(form, None)
        self._name = self._keys = self._words = None


def jointly(joints: dict[tuple[Entity, ...], Entity], members: tuple[Entity, ...]) -> Entity:
    """Those who are named together, as one entity, the same each time."""
    if members not in joints:
        joints[members] = Entity(-1, "group", members=members, plural=True, tokens=[*members[0].tokens[:1]])
    return joints[members]


def _adds_initials(key: Key, name: Key) -> bool:
    """Is a name another with initials between given name and surname: Ana *B.* Lee, of Ana Lee?"""
    ends = len(name) == 2 and len(key) > 2 and (key[0], key[-1]) == name
    return ends and all(len(word) == 1 for word in key[1:-1])


def _adds_noun(key: Key, name: Key) -> bool:
    """Is a body's name another with what it is or its land: the Labour *Party*, of Labour; the *U.S.* Coast Board?"""
    return (key[:-1] == name and key[-1] in words().organisations) or (key[1:] == name and key[0] in words().countries)
