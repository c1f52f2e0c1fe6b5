"""One walk through the article: names, descriptions and pronouns in, the entity of each out; the ranker chooses among
what is in focus. Words inside quotation marks neither refer nor are referred to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar
from weakref import proxy

from quotes_cli.language.labels import APPOSITION, COPULA, RELATIVE, SUBJECT
from quotes_cli.language.words.cues import load_lexicon
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import words
from quotes_cli.records import Ranked, Ranking

from .before import defined
from .below import body_below, named_below
from .described import Descriptions
from .documents import Documents
from .entities import GENDERED, Entity, jointly
from .features import may_be, of_pronoun
from .fitting import terms_of
from .focus import Focus, Place, role_at
from .inventory import Inventory, Link, author
from .namesakes import Namesakes
from .narration import ARTICLELESS, COUNTED, DEFINITE, INTRODUCING, OTHERS, PRONOUNS, way
from .owned import of_owner, own_reporter
from .phrases import begin_of, called, noun_kind, words_between
from .pronouns import governed, hears, named_later, of_free_relative, reports, speaking_for, within_reporter
from .ranker import Features, Spell, probabilities
from .together import one_of_several, several
from .traits import Traits, of_kin

Candidate = TypeVar("Candidate")
JOINS = (["and"], ["&"])  # between two that are named together
#: Who speaks for many.
SPEAKING_FOR = frozenset({"spokesperson", "source", "representative", "rep", "insider", "official"})
#: A description means somebody known only from here on. Of the 174 of `training/descriptions.tsv`, cross-validated, 120
#: are right at 0.5 and 114 at 0.65; of the names gold 1,527 either way.
SURE = 0.5


class Discourse:
    """The walk's state; behind it `at`, the entity at a name's last token, a description's head or a pronoun, and
    `probability` of what the ranker chose there.

    `speakers` are the heads of mentions, with the entities that their quotations name; `open_at` the tokens where it is
    open who speaks: at those that are no name of one alone, and at the edges of quotations without a source.
    """

    def __init__(
        self, inventory: Inventory, speakers: Mapping[int, frozenset[Entity]], open_at: Collection[int] = ()
    ) -> None:
        self.tokens, self.inventory, self.open_at = inventory.tokens, inventory, open_at
        self.focus = Focus(inventory, speakers)
        self.at: dict[int, Entity] = {}
        self.probability: dict[int, float] = {}
        self._ranked: dict[int, tuple[str, Sequence[Any], list[float], list[Features]]] = {}
        self.author = author(inventory)
        self.traits = Traits(inventory)
        self.bearers: dict[str, dict[Entity, None]] = defaultdict(dict)
        self._listed: list[tuple[Link, Entity]] = []  # names joined by commas and "and" up to the last one
        walk: Discourse = proxy(self)  # else nothing of the article goes before the collector of circles comes
        self.namesakes = Namesakes(walk)
        self.described = {role.token: entity for entity in inventory.entities for role in entity.roles}
        for entity in inventory.entities:
            for term in frozenset[str]().union(*map(terms_of, entity.roles)):
                self.bearers[term][entity] = None
        self.joints: dict[tuple[Entity, ...], Entity] = {}
        self.descriptions = Descriptions(walk)
        self.documents = Documents(walk)
        self.told: dict[str, int] = {}  # nouns by the first place where they tell of nobody named
        self.linked: dict[tuple[int, int], Link | None] = {}  # names of mentions by their tokens, as the sieves ask

    def run(self, *, everywhere: bool = False) -> None:
        """Walk the article once; words that are no names are followed near `open_at`, or `everywhere`."""
        tokens, lex = self.tokens, words()
        folded, links = tokens.folded, self.inventory.links
        open_at = None if everywhere else self.open_at
        places = way(self.inventory, self.focus.speakers, self.traits, self.described, open_at)
        for i in places:
            if tokens.sentence[i] != self.focus.sentence:
                self.focus.step_to(i)
            word, link = folded[i], links.get(i)
            if link is not None:
                self._name(link)
            elif (pronoun := lex.pronouns.get(word, "")) in PRONOUNS:
                if tokens.tag[i][:3] in ("PRP", "NNP", "NN", "DT"):
                    self._pronoun(i, pronoun)
            elif word == "who" and tokens.dep[i] in SUBJECT:
                self._relative(i)
            elif word in OTHERS:
                self._one_of_several(i)
            elif (i and folded[i - 1] in DEFINITE and self._by_trait(i)) or (word in COUNTED and self._by_number(i)):
                continue
            elif i and folded[i - 1] == "per":
                continue  # 20 dollars per unit
            elif tokens.pos[i] == "NOUN" or (tokens.tag[i] in ("NNP", "NNPS") and word in lex.persons):
                self._noun(i)
            elif i in self.focus.speakers and noun_kind(tokens, i) != "unknown":
                self._noun(i)  # that the tagger took for another word

    def _mean(self, i: int, entity: Entity, form: str) -> None:
        """Take the word at token i, of this form, to mean the entity."""
        self.at[i] = entity
        self.focus.mention(entity, i, form)

    def _name(self, link: Link) -> None:
        name = link.name
        entity = link.entity or self.namesakes.choose(link)
        if entity is None:
            return
        self.at[name.last - 1] = entity
        head = self.tokens.leftmost_top(name.first, name.last)
        followed = not self.tokens.ends_paragraph(name.last - 1) and self.tokens.tag[name.last] in ("NN", "NNS")
        followed = followed and not role_at(self.tokens, head).endswith("subject")
        self.focus.mention(entity, head, "name", "part" if followed else None)
        self._join(link, entity, followed)

    def _join(self, link: Link, entity: Entity, followed: bool) -> None:
        """Let those be in focus together who are named together: Ana Lee, Bo Ruiz *and Cy Dee*."""
        tokens, name = self.tokens, link.name
        if tokens.before(name.before) == "(":
            return  # Ana Lee (D-Ohio) and Bo Ruiz
        before, self._listed = self._listed, [(link, entity)]
        if not before or entity.kind != "person":
            return
        last, other = before[-1]
        if other.kind != "person" or tokens.paragraph[last.name.first] != tokens.paragraph[name.first]:
            return
        between = words_between(tokens, last.name.last, name.before)
        if between == [","] or between in JOINS or between in ([",", "and"], [",", "&"]):
            self._listed = [*before, (link, entity)]
        if between[-1:] in JOINS and len(between) < 3 and not followed:
            members = tuple(dict.fromkeys(one for _, one in self._listed))
            if len(members) > 1:
                head = tokens.leftmost_top((first := self._listed[0][0].name).first, first.last)
                self.focus.mention(self.joint(members), head, "name", role_at(tokens, head))

    def joint(self, members: tuple[Entity, ...]) -> Entity:
        """Those who are named together, as one entity."""
        return jointly(self.joints, members)

    def _relative(self, i: int) -> None:
        """The subject of a relative clause keeps whom it stands for in focus: Ana Lee, *who* voted no."""
        clause = self.tokens.head[i]
        entity = self._denoted(self.tokens.head[clause]) if self.tokens.dep[clause] in RELATIVE else None
        if entity is not None:
            self._mean(i, entity, "relative")

    def _one_of_several(self, i: int) -> None:
        """*One*, *another* of those who were spoken of, where a quotation hangs on it or a verb of speaking."""
        tokens, verb = self.tokens, self.tokens.head[i]
        said = i < verb and load_lexicon().verbs.get(tokens.lemma[verb]) in ("say", "write")
        if tokens.dep[i] in SUBJECT and (said or i in self.focus.speakers):
            self._mean(i, one_of_several(self.inventory, i), "description")

    def _by_number(self, i: int) -> bool:
        """Are they meant by their number, *the two* and *both*, who were last named together?"""
        tokens, word = self.tokens, self.tokens.folded[i]
        if word not in COUNTED or (word != "both" and tokens.before(i) != "the") or tokens.dep[i] not in SUBJECT:
            return False
        entity = several(self, i, i)
        if entity is not None:
            self._mean(i, entity, "description")
        return entity is not None

    def _noun(self, i: int) -> None:
        """A common noun: the entity that its description fits, or a new unnamed one."""
        tokens, lex = self.tokens, words()
        following = not tokens.ends_paragraph(i) and tokens.tag[i + 1].startswith("NN")
        dated = following and tokens.folded[i + 1] in column("calendar.txt")  # in a statement Friday
        if following and not dated and tokens.head[i] > i and tokens.dep[i] not in SUBJECT:
            self.documents.sent(i, tokens.head[i])
            return  # "campaign" of "campaign manager"
        same = self.described.get(i) or self._predicated(i)
        if same is not None:
            self.at[i] = same
            return
        kind = self._kind(i)
        if kind == "unknown" and tokens.dep[i] not in SUBJECT:
            return
        first = begin_of(tokens, i, i - 8)
        determiner = tokens.before(first)
        written = self.documents.written_by(first, i, determiner) if kind == "document" else None
        if written is not None:
            self._mean(i, written, "description")
            return
        if kind == "person" and first == i and first and tokens.tag[first - 1] == "PRP$":
            kin = of_kin(tokens, i, first - 1, self.at, self.bearers.get(tokens.folded[i], ()), self.joints)
            kin = kin or own_reporter(self, first, i)
            if kin is not None:
                self._mean(i, kin, "description")
                return
        if tokens.folded[i] == "counterpart" and (other := self.traits.counterpart(first, i)) is not None:
            self._mean(i, other, "description")
            return
        new = self.documents.coming.get(i) or Entity(
            -1, kind, phrase=partial(called, tokens, first, i), plural=kind == "group", tokens=[i]
        )
        gender = lex.persons.get(tokens.folded[i].partition("-of-")[0], "-")  # a mother-of-two
        if gender != "-":
            new.tell_gender("noun", gender)
        alone = first == i and tokens.folded[i] == ARTICLELESS and tokens.tag[i - 1] not in ("DT", "PRP$")
        definite = determiner in DEFINITE or alone
        entity = new
        if kind in ("person", "body"):
            if definite or (tokens.tag[i].startswith("NNP") and determiner not in INTRODUCING):
                entity = self.descriptions.meant(first, i, new)
            elif kind == "person":
                below = named_below(self, first, i) if i in self.focus.speakers else None
                entity = of_owner(self, first, i) or below or new
            elif i in self.focus.speakers:
                entity = body_below(self, first, i) or new
            self.descriptions.last[tokens.folded[i]] = entity
        elif kind == "group" and (force := self.descriptions.force(i)) is not None:
            entity = force
        elif definite:
            entity = defined(self, first, i, kind) or new
        self.documents.arrive(i, entity)
        self._mean(i, entity, "description")

    def _kind(self, i: int) -> str:
        """What the noun at token i denotes; *the publisher* is a firm where nobody is called one."""
        noun, kind = self.tokens.folded[i], noun_kind(self.tokens, i)
        firm = kind == "person" and noun in column("venture_nouns.txt") and not self.bearers.get(noun)
        return "body" if firm else kind

    def _by_trait(self, i: int) -> bool:
        """Is it a description by age or country of one whom the article gave it: the *28-year-old*, the *Swede*?"""
        tokens = self.tokens
        if tokens.before(i) not in DEFINITE or i in self.described or tokens.begins_paragraph[i]:
            return False
        following = not tokens.ends_paragraph(i) and tokens.tag[i + 1].startswith(("NN", "JJ", "POS", "HYPH"))
        told = i in self.focus.speakers or tokens.dep[i] in SUBJECT
        entity = None if following else self.traits.meant(i) or (self.traits.leader(i, self.focus) if told else None)
        if entity is not None:
            self._mean(i, entity, "description")
        return entity is not None

    def _predicated(self, i: int) -> Entity | None:
        """Of whom the noun is said: Bo Lee is *a socialist*; Bo Lee, *a socialist*."""
        tokens = self.tokens
        if tokens.dep[i] in APPOSITION:
            return self._denoted(tokens.head[i])
        if tokens.children[i] and tokens.having(i, COPULA):
            subject = next(iter(tokens.having(i, SUBJECT)), None)
            return self._denoted(subject) if subject is not None else None
        return None

    def _denoted(self, i: int) -> Entity | None:
        """The person whom the word at token i names or describes."""
        link = self.inventory.covering.get(i)
        entity = self.at.get(link.name.last - 1) if link is not None else self.at.get(i)
        return entity if entity is not None and entity.kind in ("person", "unknown") else None

    def _pronoun(self, i: int, pronoun: str) -> None:
        """The candidate in focus that the ranker finds likeliest."""
        place, traces = self.focus.place(i), self.focus.traces
        candidates = may_be(pronoun, self.focus.latest(i), place)
        if pronoun == "neuter":  # in a statement, it said
            candidates = [one for one in candidates if one.kind != "document" or not self._governed_beside(one, place)]
            if self.tokens.lemma[place.governor] == "read":  # a note lay at the bank; it read
                candidates = [one for one in candidates if one.kind == "document"][:1] or candidates
            acting = [one for one in candidates if one.kind != "place" or traces[one].acts]
            acting = [one for one in acting if not hears(self.tokens, traces[one].token)]
            candidates = acting if place.speaks and acting else candidates
        if len(candidates) > 1 and (named := governed(self.inventory, i, bodies=pronoun == "neuter")):
            candidates = [entity for entity in candidates if entity not in named] or candidates
        if len(candidates) > 1 and (namer := of_free_relative(self.inventory, i, self.at, candidates)) is not None:
            candidates = [namer]
        if len(candidates) > 1 and pronoun in GENDERED and (place.speaks or reports(self.tokens, i)):
            inside = within_reporter(self.inventory, candidates, traces, self.at, place)
            candidates = [entity for entity in candidates if entity not in inside]
            if place.speaks and (one := speaking_for(self.inventory, candidates, traces, place)) is not None:
                candidates = [one]
        if not candidates:
            asked = pronoun in GENDERED and (place.speaks or self.tokens.dep[i] in SUBJECT)
            later = named_later(self.inventory, i, GENDERED[pronoun]) if asked else None
            if later is not None:
                self._mean(i, later, "pronoun")
            return
        if pronoun == "plural" and place.speaks and (one := self._of_no_gender(i, candidates, place)) is not None:
            self._mean(i, one, "pronoun")
            return
        spell = partial(of_pronoun, place, candidates, traces, pronoun)
        chosen = self.decide(i, "gendered" if pronoun in GENDERED else pronoun, candidates, spell)
        entity = self.at[i] = self.documents.issuer_of(chosen, i)
        if pronoun in GENDERED:
            entity.tell_gender("guess", GENDERED[pronoun])
        self.focus.mention(entity, i, "pronoun")

    def _of_no_gender(self, i: int, candidates: list[Entity], place: Place) -> Entity | None:
        """The unnamed one who reported last, and of whom no gender is told: a spokesperson said teams would come;
        *they* said. Of others only where they add to it."""
        traces, tokens = self.focus.traces, self.tokens
        reporting = [one for one in candidates if traces[one].reports]
        last = max(reporting, key=lambda one: traces[one].token, default=None)
        if last is None or last.kind != "person" or last.number >= 0 or last.gender != "-" or last.members:
            return None
        near = place.paragraph - traces[last].paragraph < 2
        speaks = tokens.folded[last.tokens[0]] in SPEAKING_FOR or tokens.lemma[tokens.head[i]] in ("add", "continue")
        return last if near and speaks else None

    def _governed_beside(self, entity: Entity, place: Place) -> bool:
        """Was the entity last mentioned under the verb of the pronoun, which then means another?"""
        trace = self.focus.traces[entity]
        return trace.clock == place.clock and trace.governor == place.governor

    def decide(
        self,
        i: int,
        choice: str,
        candidates: list[Candidate],
        spell: Spell,
        doubtful: Candidate | None = None,
    ) -> Candidate:
        """The likeliest candidate for the mention at token i; `doubtful`, where there is one, if none is `SURE`."""
        asked = i in self.focus.speakers or choice == "context"
        if len(candidates) == 1 and not asked:
            self.probability[i] = 1.0
            return candidates[0]
        shares = probabilities(spell(choice))
        best = shares.index(max(shares))
        if doubtful is not None and shares[best] < SURE:
            best = candidates.index(doubtful)
        self.probability[i] = shares[best]
        if asked:
            self._ranked[i] = choice, candidates, shares, spell(None)
        return candidates[best]

    def shares(self, i: int) -> list[float]:
        """The probabilities of the candidates at a token on which a quotation hangs."""
        return self._ranked[i][2]

    def ranking_at(self, i: int) -> Callable[[], Ranking] | None:
        """What the ranker had to choose from at token i, where a quotation hangs on it, for whoever asks."""
        return partial(self._ranking, *self._ranked[i]) if i in self._ranked else None

    @staticmethod
    def _ranking(choice: str, candidates: Sequence[Any], shares: list[float], features: list[Features]) -> Ranking:
        named = ((one.name if isinstance(one, Entity) else one) for one in candidates)
        ranked = [Ranked(*row) for row in zip(named, shares, features, strict=True)]
        return Ranking(choice, tuple(sorted(ranked, key=lambda one: -one.probability)))
