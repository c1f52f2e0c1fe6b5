"""One walk through the article: names, descriptions and pronouns in, the entity of each out, by what is in focus there.

Salience follows Lappin & Leass (1994): a mention weighs by its grammatical role, the weight halves with every sentence
of narration, and the heaviest candidate that agrees in gender, number and animacy wins; as in Muzny et al. (2017),
speakers of quotations weigh more. Words inside quotation marks neither refer nor are referred to.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import islice
from math import log, log2

from quotes_cli.language.labels import OBJECT, POSSESSOR, RELATIVE, SUBJECT
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.vocabulary import words

from .entities import GENDERED, Entity, suffix
from .inventory import Inventory, Link, author, learn_genders
from .matching import MANY
from .phrases import noun_kind
from .roles import describe, fit, terms_of

PREMODIFIERS = ("NN", "JJ", "VBN", "POS", "CD", "HYPH")  # tags of words between a determiner and its noun

WEIGHTS = {"subject": 80.0, "object": 50.0, "other": 35.0, "possessor": 50.0, "part": 12.0}
ROLES = {
    **dict.fromkeys(SUBJECT, "subject"),
    **dict.fromkeys(OBJECT, "object"),
    **dict.fromkeys(POSSESSOR, "possessor"),
}
SPEAKER = 50.0  # more for the source of a quotation
DECAY = 0.65  # a sentence
UNSURE = 0.4  # a candidate whose gender nothing tells
NAMELESS = 0.4  # a name that may be no person's
UNNAMED = 0.65  # a person whom the article describes and never names
NEVER = log(95 / 5)  # odds from which a pronoun of the other gender never means a person; a title alone says more
CENTRAL = 0.1  # more for each doubling of how often the article names a candidate
BREAK = 0.9  # a paragraph
LEVEL = 0.93  # a second candidate of this share of the first makes the pronoun undecided
FOCUS = 40  # entities kept in focus: what makes the walk linear


@dataclass(slots=True)
class Trace:
    """Salience of one entity when last mentioned: value, narrative sentence, paragraph, token, governor."""

    value: float
    clock: int
    paragraph: int
    token: int
    governor: int


class Discourse:
    """The walk's state; behind it `at`, the entity at a name's last token, a description's head or a pronoun.

    `level` are the pronouns with two even candidates. `speakers` are the heads of mentions.
    """

    def __init__(self, inventory: Inventory, speakers: Collection[int]) -> None:
        self.tokens, self.inventory, self.speakers = inventory.tokens, inventory, speakers
        self.at: dict[int, Entity] = {}
        self.level: set[int] = set()
        self.focus: dict[Entity, Trace] = {}
        self.clock = 0
        self.author = author(inventory)
        self.papers: dict[str, Entity] = {}
        self.bearers: dict[str, dict[Entity, None]] = defaultdict(dict)
        self.chosen: Counter[Entity] = Counter()  # how often each was meant by a name that several bear
        self.described = {role.token: entity for entity in inventory.entities for role in entity.roles}
        for entity in inventory.entities:
            for term in {term for role in entity.roles for term in terms_of(role)}:
                self.bearers[term][entity] = None

    def run(self) -> None:
        """Walk the article once."""
        tokens, lex = self.tokens, words()
        learn_genders(self.inventory)
        sentence = -1
        for i in range(len(tokens)):
            if i in self.inventory.quoted:
                continue
            if tokens.sentence[i] != sentence:
                sentence = tokens.sentence[i]
                self.clock += 1
            link = self.inventory.links.get(i)
            if link is not None:
                self._name(link)
            elif (pronoun := lex.pronouns.get(tokens.folded[i])) in ("masculine", "feminine", "plural", "neuter"):
                if tokens.tag[i][:3] in ("PRP", "NNP", "NN", "DT"):
                    self._pronoun(i, pronoun)
            elif tokens.folded[i] == "who" and tokens.dep[i] in SUBJECT:
                self._relative(i)
            elif tokens.pos[i] == "NOUN" or (tokens.tag[i] in ("NNP", "NNPS") and tokens.folded[i] in lex.persons):
                self._noun(i)

    def _name(self, link: Link) -> None:
        name = link.name
        entity = link.entity or self.choose(link)
        if entity is None:
            return
        self.at[name.last - 1] = entity
        head = self.tokens.leftmost_top(name.first, name.last)
        followed = not self.tokens.ends_paragraph(name.last - 1) and self.tokens.tag[name.last] in ("NN", "NNS")
        self._mention(entity, head, 0.4 if name.headline else 1.0, part=followed)

    def _relative(self, i: int) -> None:
        """The subject of a relative clause keeps whom it stands for in focus: Ana Lee, *who* voted no."""
        clause = self.tokens.head[i]
        link = self.inventory.covering.get(self.tokens.head[clause]) if self.tokens.dep[clause] in RELATIVE else None
        entity = self.at.get(link.name.last - 1) if link is not None else None
        if entity is not None:
            self._mention(entity, i, 0.8)

    def choose(self, link: Link) -> Entity | None:
        """Which of several bearers of a name: by title, by role, then the subject near by, then the main one."""
        name = link.name
        candidates = self._some(link.entities, lambda entity: any(name.key[-1] in key for key in entity.keys))
        titles = self.tokens.folded[name.before : name.first] or [self.tokens.before(name.first)]
        genders = {words().titles.get(title, words().persons.get(title, "-")) for title in titles} - {"-"}
        if genders:
            candidates = [one for one in candidates if one.gender in genders or one.gender == "-"] or candidates
        if len(candidates) > 1 and name.before < name.first:
            described = describe(self.tokens, name.before, name.first)
            scores = {one: fit(described, one) for one in candidates}
            candidates = [one for one in candidates if scores[one] == max(scores.values())]

        plain = [one for one in candidates if not any(suffix(key) for key in one.keys if len(key) > 1)]
        firsts = {key[0] for one in plain for key in one.keys if len(key) > 1}
        if not suffix(name.key) and any(key[0] in firsts for one in candidates if one not in plain for key in one.keys):
            candidates = plain  # Ana Lee Jr. is named by her suffix where there is an Ana Lee

        def likely(bearer: Entity) -> tuple[int, float, int]:
            """Who is a subject by full name near by, and latest; else how often the bearer was meant, more if in focus.

            Of 34 quotations by such surnames in 159 articles 5 go wrong; by the number of full names and focus 8 did.
            Whoever is named in full near by, subject or not, would make it 4 there, and 5 more on 41 other articles.
            """
            near = self._salience(self.focus.get(bearer), name.first) / 40.0
            before = bisect_left(bearer.tokens, name.first) + self.chosen[bearer]
            first = -bearer.tokens[0] if bearer.tokens else 0
            return self._subject_near(bearer, name.first), log2(1 + before) + near, first

        found = max(candidates, key=likely, default=None)
        if found is not None:
            self.chosen[found] += 1
        return found

    def _subject_near(self, bearer: Entity, i: int) -> int:
        """Where the bearer is last named in full, if as a subject in token i's paragraph or the one before; else -1."""
        tokens, k = self.tokens, bisect_left(bearer.tokens, i)
        link = self.inventory.links.get(bearer.tokens[k - 1]) if k else None
        if link is None or len(link.name.key) < 2 or tokens.paragraph[i] - tokens.paragraph[link.name.first] > 1:
            return -1
        head = tokens.leftmost_top(link.name.first, link.name.last)
        return link.name.first if _role(tokens, head) == "subject" else -1

    def _some(self, bearers: Collection[Entity], bears: Callable[[Entity], bool]) -> list[Entity]:
        """The bearers of a name or role; of more than `MANY`, the first ones and those in focus."""
        if len(bearers) <= MANY:
            return list(bearers)
        return list(dict.fromkeys((*islice(bearers, MANY), *filter(bears, self.focus))))

    def _noun(self, i: int) -> None:
        """A common noun: the entity that its description fits, or a new unnamed one."""
        tokens, lex = self.tokens, words()
        following = not tokens.ends_paragraph(i) and tokens.tag[i + 1].startswith("NN")
        if following and tokens.head[i] > i and tokens.dep[i] not in SUBJECT:
            return  # "campaign" of "campaign manager"
        kind = noun_kind(tokens, i)
        if kind == "unknown" and tokens.dep[i] not in SUBJECT:
            return
        first = tokens.run_before(i, lambda k: tokens.tag[k].startswith(PREMODIFIERS), i - 8)
        determiner = tokens.before(first)
        entity = self.described.get(i)  # Sheriff Tom Beal; Tom Beal, a sheriff
        if entity is None and kind == "person" and (determiner in ("the", "this", "that") or tokens.tag[i] == "NNP"):
            entity = self.by_role(first, i)
        if kind == "document":
            entity = self._written_by(first, i, determiner)
        if entity is None:
            entity = Entity(-1, kind, phrase=tokens.span(first, i + 1), plural=kind == "group")
            entity.tokens.append(i)
            gender = lex.persons.get(tokens.folded[i], "-")
            if gender != "-":
                entity.tell_gender("noun", gender)
            earlier = self._same_noun(i, kind) if determiner in ("the", "this", "that", "these", "those") else None
            entity = earlier or entity
        self.at[i] = entity
        self._mention(entity, i, 0.75 if entity.number < 0 else 1.0)

    def _written_by(self, first: int, i: int, determiner: str) -> Entity | None:
        """The body whose document this is: a Times article, and later "the article"."""
        for link in reversed(self.inventory.at(first, i)):
            if link.entity is not None and link.entity.kind in ("body", "unknown"):
                self.papers[self.tokens.folded[i]] = link.entity
                return link.entity
        return self.papers.get(self.tokens.folded[i]) if determiner in ("the", "this", "that") and first == i else None

    def _same_noun(self, i: int, kind: str) -> Entity | None:
        """An unnamed entity in focus with the same head noun."""
        folded = self.tokens.folded
        unnamed = (entity for entity in self.focus if entity.number < 0 and entity.kind == kind)
        return next((entity for entity in unnamed if folded[entity.tokens[0]] == folded[i]), None)

    def by_role(self, first: int, head: int) -> Entity | None:
        """The person whose role the description [first, head] fits best, in focus among equals; None if level."""
        described = describe(self.tokens, first, head + 1)
        scored = []
        for entity in self._bearers({described.head, described.office or described.head}):
            score = fit(described, entity)
            if score > 0.6 and any(role.token <= head or role.office for role in entity.roles):
                near = self._salience(self.focus.get(entity), head)
                scored.append((score + min(near / 100.0, 1.2), near, entity))
        scored.sort(key=lambda item: (-item[0], -item[1]))
        if len(scored) > 1 and scored[1][0] > LEVEL * scored[0][0] and scored[1][1] >= LEVEL * scored[0][1]:
            return None
        return scored[0][2] if scored else None

    def _bearers(self, terms: set[str]) -> dict[Entity, None]:
        """Who has a role by one of these words."""
        bearers = [self.bearers[term] for term in sorted(terms)]
        return dict.fromkeys(entity for bearing in bearers for entity in self._some(bearing, bearing.__contains__))

    def _pronoun(self, i: int, pronoun: str) -> None:
        scored = [(score, entity) for entity in self.focus if (score := self._agreement(i, pronoun, entity)) > 0]
        scored.sort(key=lambda item: -item[0])
        if scored:
            if len(scored) > 1 and scored[1][0] > LEVEL * scored[0][0]:
                self.level.add(i)
            entity = self.at[i] = scored[0][1]
            if pronoun in GENDERED and i not in self.level:
                entity.tell_gender("guess", GENDERED[pronoun])
            self._mention(entity, i, 0.8)
        elif pronoun in GENDERED:
            self._accommodate(i, pronoun)

    def _accommodate(self, i: int, pronoun: str) -> None:
        """A pronoun that nobody agrees with: the person in focus unless that is hardly anybody's of its gender.

        Ashley Burke said *he* would run: so far nothing but a list of names had made Burke a woman.
        """
        for entity, trace in reversed(self.focus.items()):
            near = self.clock - trace.clock <= 1 and trace.governor != self.tokens.head[i]
            if near and entity.kind == "person" and entity.forms and _role(self.tokens, trace.token) == "subject":
                if abs(entity.gender_odds) < NEVER:
                    entity.tell_gender("pronoun", GENDERED[pronoun])
                    self.at[i] = entity
                    self._mention(entity, i, 0.8)
                return

    def _agreement(self, i: int, pronoun: str, entity: Entity) -> float:
        """Salience of a candidate for the pronoun at token i; 0 where it cannot be meant."""
        tokens = self.tokens
        trace = self.focus[entity]
        factor = self._factor(pronoun, entity, i in self.speakers)
        if pronoun in GENDERED and entity.gender == "-" and self._just_named(trace, i):
            factor /= UNSURE
        if not factor:
            return 0.0
        same = trace.governor == tokens.head[i] and tokens.sentence[trace.token] == tokens.sentence[i]
        if same and tokens.dep[i] not in POSSESSOR and trace.token != i:
            return 0.0
        value = self._salience(trace, i) * factor
        return value if value >= 0.5 else 0.0

    def _just_named(self, trace: Trace, i: int) -> bool:
        """Was the candidate the subject just before, in this paragraph? Then hardly anyone from further back is meant,
        be the gender of the name unsure: Joan Clark lives next door. "I am glad," *she* said."""
        near = self.clock - trace.clock <= 1 and trace.paragraph == self.tokens.paragraph[i]
        return near and _role(self.tokens, trace.token) == "subject"

    @staticmethod
    def _factor(pronoun: str, entity: Entity, speaks: bool) -> float:
        """How well an entity agrees with a pronoun of this class; things that cannot speak are no sources."""
        thing = entity.kind == "unknown" and not entity.forms
        if pronoun in GENDERED:
            one = entity.kind in ("person", "unknown") and not entity.plural
            if thing or not one or entity.gender not in ("-", GENDERED[pronoun]):
                return 0.0
            sure = 1.0 if entity.gender != "-" else UNSURE
            central = 1.0 + CENTRAL * min(log2(1 + len(entity.tokens)), 4.0)
            return sure * central * (1.0 if entity.kind == "person" else NAMELESS) * (1.0 if entity.forms else UNNAMED)
        if pronoun == "neuter":
            if entity.plural or entity.kind in ("person", "group"):
                return 0.0
            other = 0.4 if entity.forms or not speaks else 0.0
            return {"body": 1.0, "place": 0.6, "document": 0.9}.get(entity.kind, other)
        if entity.plural or entity.kind == "group":
            return 1.0
        if speaks and thing:
            return 0.0
        return {"body": 0.7, "person": 0.15, "unknown": 0.2}.get(entity.kind, 0.1)

    def _salience(self, trace: Trace | None, i: int) -> float:
        if trace is None:
            return 0.0
        sentences = max(self.clock - trace.clock, 0)
        paragraphs = max(self.tokens.paragraph[i] - trace.paragraph, 0)
        return trace.value * DECAY**sentences * BREAK ** min(paragraphs, 6)

    def _mention(self, entity: Entity, i: int, share: float, part: bool = False) -> None:
        role = "part" if part else _role(self.tokens, i)
        weight = WEIGHTS[role] * share + (SPEAKER if i in self.speakers else 0.0)
        before = self._salience(self.focus.pop(entity, None), i)
        weight = max(weight, before) + 0.35 * min(weight, before)
        self.focus[entity] = Trace(weight, self.clock, self.tokens.paragraph[i], i, self.tokens.head[i])
        if len(self.focus) > FOCUS:
            self.focus.pop(next(iter(self.focus)))


def _role(tokens: Tokens, i: int) -> str:
    for _ in range(3):  # a conjunct or a second name of an apposition has the role of the first
        if tokens.dep[i] in ("conj", "appos", "flat"):
            i = tokens.head[i]
    return ROLES.get(tokens.dep[i], "other")
