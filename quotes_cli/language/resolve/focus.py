"""What the article has been speaking of lately: each entity's last mention and role, how often, who spoke last.

The ranker weighs all that. Salience as Lappin & Leass (1994) reckon it, roles weighed by hand and fading with every
sentence, was one more feature at first: without it 1,487 of 1,698 cross-validated speakers are right, as with it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from itertools import islice

from quotes_cli.language.labels import AGENT, OBJECT, OBLIQUE, POSSESSOR, ROOT, SUBJECT
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.cues import load_lexicon

from .entities import Entity
from .inventory import Inventory
from .matching import MANY

MOST = 40  # entities kept: what makes the walk linear

_ROLES = {
    **dict.fromkeys(SUBJECT, "subject"),
    **dict.fromkeys(OBJECT, "object"),
    **dict.fromkeys(POSSESSOR, "possessor"),
}
LONG = 6  # sentences of a paragraph, from the first to the last, from which it counts as several ...
FEW = 2  # ... of so many each
REPLIES = frozenset("reply answer respond retort counter".split())
ASKS = frozenset("ask inquire enquire wonder demand query question".split())
_MAIN = ROOT | {"parataxis"}
_SUBJECTS = frozenset({"main subject", "subject"})
_JOINED = frozenset({"conj", "appos", "flat"})


@dataclass(slots=True)
class Trace:
    """What the walk remembers of a candidate: its last mention, and how often it was mentioned and spoke.

    `clock` and `paragraph` count sentences of narration and paragraphs; `form` is name, pronoun or description; `led`
    is the sentence in which it was last the main subject, `leads` the token there, `acts`: was it ever a subject?
    """

    token: int
    clock: int = 0
    paragraph: int = 0
    governor: int = 0
    role: str = ""
    form: str = ""
    times: int = 0
    spoke: int = 0
    reports: bool = False
    acts: bool = False
    led: int = -99
    leads: int = -1
    early: bool = False


@dataclass(slots=True)
class Place:
    """Where a mention stands, and what is known there: by it candidates are compared.

    `speaks`: is it the source of a quotation; `speaker`: who spoke last, and in which paragraph.
    """

    token: int
    clock: int
    paragraph: int
    governor: int
    role: str
    speaks: bool
    opens: bool
    speaker: Entity | None
    speaker_paragraph: int
    quoted: frozenset[Entity]
    here: dict[Entity, None]


class Focus:
    """The entities in focus with their traces, the latest last; `clock` counts sentences of narration, `sentence` all.

    `here` are the persons of the present paragraph in their order, `log` every mention: token, entity, role. `speakers`
    are the heads of quotations' mentions, with the entities that their quotations name.
    """

    def __init__(self, inventory: Inventory, speakers: Mapping[int, frozenset[Entity]]) -> None:
        self.tokens, self.silent, self.speakers = inventory.tokens, inventory.silent, speakers
        self._verbs = load_lexicon().verbs
        self.traces: dict[Entity, Trace] = {}
        self.log: list[tuple[int, Entity, str]] = []
        self.here: dict[Entity, None] = {}
        self.clock = 0
        self._opened = self._paragraph = self.sentence = -1
        narrated = (i for i in range(len(self.tokens)) if i not in inventory.quoted)
        self.paragraph = _several(self.tokens)
        self._first = next((self.paragraph[i] for i in narrated), -1)
        self._speaker: tuple[Entity | None, int] = (None, -1)

    def step_to(self, i: int) -> None:
        """Set the clock to the sentence of token i of the narration, and see whether another paragraph has begun."""
        tokens = self.tokens
        self.sentence = tokens.sentence[i]
        self.clock = self._narrated(self.sentence)
        if self.paragraph[i] != self._paragraph:
            self._paragraph, self.here = self.paragraph[i], {}
            begin = bisect_left(self.paragraph, self._paragraph)
            self._opened = self._narrated(tokens.sentence[begin])

    def _narrated(self, sentence: int) -> int:
        """The number of a sentence, or the next one, among those that are not wholly in quotations."""
        return sentence + 1 - self.silent[sentence]

    def latest(self, i: int) -> list[Entity]:
        """The entities in focus, the last mentioned first, without who has just asked where token i replies."""
        replies = self.tokens.dep[i] in SUBJECT and self.tokens.lemma[self.tokens.head[i]] in REPLIES
        asker = self._asker(i) if replies else None
        return [one for one in reversed(self.traces) if one is not asker]

    def _asker(self, i: int) -> Entity | None:
        speaker, paragraph = self._speaker
        trace = self.traces.get(speaker) if speaker is not None and self.paragraph[i] <= paragraph + 1 else None
        return speaker if trace is not None and self.tokens.lemma[trace.governor] in ASKS else None

    def some(self, bearers: Collection[Entity], bears: Callable[[Entity], bool]) -> list[Entity]:
        """The bearers of a name or role; of more than `MANY`, the first ones and those in focus."""
        if len(bearers) <= MANY:
            return list(bearers)
        return list(dict.fromkeys((*islice(bearers, MANY), *filter(bears, self.traces))))

    def place(self, i: int) -> Place:
        """Where token i stands."""
        speaker, paragraph = self._speaker
        return Place(
            token=i,
            clock=self.clock,
            paragraph=self.paragraph[i],
            governor=self.tokens.head[i],
            role=role_at(self.tokens, i),
            speaks=i in self.speakers,
            opens=self.clock == self._opened,
            speaker=speaker,
            speaker_paragraph=paragraph,
            quoted=self.speakers.get(i, frozenset()),
            here=self.here,
        )

    def mention(self, entity: Entity, i: int, form: str, role: str | None = None) -> None:
        """Note that token i is the head of a mention of the entity."""
        tokens, speaks = self.tokens, i in self.speakers
        first = _first_of(tokens, i) if tokens.dep[i] in _JOINED else i
        role = role or _role_of(tokens, first)
        paragraph, governor = self.paragraph[i], tokens.head[i]
        trace = self.traces.pop(entity, None)
        if trace is None:
            trace = Trace(i, early=paragraph <= self._first)
        elif form != "relative":
            trace.token = i
        trace.clock, trace.paragraph, trace.governor, trace.role, trace.form = (
            self.clock,
            paragraph,
            governor,
            role,
            form,
        )
        trace.times += 1
        trace.spoke += speaks
        trace.reports = self._reports(first, role)
        trace.acts |= role in _SUBJECTS
        if role == "main subject":
            trace.led, trace.leads = self.clock, i
        self.traces[entity] = trace
        self.log.append((i, entity, role))
        if speaks:
            self._speaker = entity, paragraph
        if entity.kind == "person":
            self.here.setdefault(entity)
        if len(self.traces) > MOST:
            del self.traces[next(iter(self.traces))]

    def _reports(self, i: int, role: str) -> bool:
        """Does it report, as the subject of a verb of saying, as the agent of one (the plan was criticised by *Ana
        Lee*), or behind "according to"?"""
        tokens = self.tokens
        verb = self._verbs.get(tokens.lemma[tokens.head[i]])
        if role in _SUBJECTS:
            return verb == "say"
        if tokens.dep[i] in AGENT:
            return verb is not None
        return tokens.dep[i] in OBLIQUE and tokens.cases(i)[:1] == ["according"]


def role_at(tokens: Tokens, i: int) -> str:
    """The grammatical role of the noun phrase with its head at token i; a main subject is no subordinate clause's."""
    return _role_of(tokens, _first_of(tokens, i))


def _role_of(tokens: Tokens, i: int) -> str:
    role = _ROLES.get(tokens.dep[i], "other")
    if role != "subject":
        return role
    clause = tokens.head[i]
    for _ in range(3):  # Ana Lee said that it rained and that Bo Ruiz left, who leads no more than the rain
        if tokens.dep[clause] == "conj":
            clause = tokens.head[clause]
    return "main subject" if tokens.dep[clause] in _MAIN else role


def _first_of(tokens: Tokens, i: int) -> int:
    """The first one of a list or apposition that token i belongs to, which has the role of all."""
    for _ in range(3):
        if tokens.dep[i] in _JOINED:
            i = tokens.head[i]
    return i


def _several(tokens: Tokens) -> list[int]:
    """The paragraph of each token, where a long one counts as several: a text may have come without its breaks.

    With the breaks of the 80 articles of `names-polnear` taken out, 868 of their 979 speakers are right so, 862 if all
    is one paragraph; 873 with the breaks.
    """
    found: list[int] = []
    number = -1
    for first in tokens.paragraph_starts:
        end = tokens.paragraph_end(first)
        opening = tokens.sentence[first]
        number += 1
        if tokens.sentence[end - 1] - opening >= LONG:
            found += [number + (sentence - opening) // FEW for sentence in tokens.sentence[first:end]]
            number = found[-1]
        else:
            found += [number] * (end - first)
    return found
