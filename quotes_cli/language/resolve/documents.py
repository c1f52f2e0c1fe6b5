"""A noun for a document in, whose document it is out: *the report* that the bank has published, *its* statement.

The words of a document are told as those of who wrote or issued it, where the article names them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from quotes_cli.language import labels
from quotes_cli.language.attribute.mentions import PLATFORMS
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.cues import load_lexicon
from quotes_cli.language.words.lists import column

from .entities import Entity, jointly
from .phrases import PREMODIFIERS, begin_of, called, noun_kind

if TYPE_CHECKING:
    from .discourse import Discourse

#: Verbs by which one makes a document or lets it be known; whom one *publishes* a letter of is another question.
MAKES = frozenset(
    "address author carry commission compile conduct draft file issue pen prepare produce send sign submit undertake "
    "write".split()
)
GIVES = frozenset("deliver give offer provide".split())  # a statement
HANDED = frozenset({"give", "hand", "put"})  # out
PUBLISHES = frozenset("post print publish release unveil".split())
#: What is often somebody else's who makes it known.
LEAKED = frozenset(
    "affidavit document e-mail email footage indictment letter mail memo message page recording text transcript video "
    "warrant".split()
)
#: What states what holds, whoever made it.
LAWS = frozenset(
    "act agreement bylaw bylaws constitution contract directive law legislation order policy rule rulebook rules sign "
    "statute treaty".split()
)
#: Documents that may be called so or so.
ALIKE = (
    frozenset("analysis assessment index paper poll report research review study survey".split()),
    frozenset("announcement release statement".split()),
)
#: What is its writer's or speaker's own, whatever is done in it: resigned in a letter.
OWN = frozenset("announcement email e-mail letter memo message note post release statement text tweet".split())
#: Verbs by which one makes a document without naming it: Ana Ortiz *wrote* to the mayor; *the letter* said.
MAILS = {
    "email": frozenset({"email"}),
    "e-mail": frozenset({"e-mail"}),
    "post": frozenset({"post", "message"}),
    "text": frozenset({"text", "message"}),
    "tweet": frozenset({"tweet", "post"}),
    "write": frozenset("email e-mail letter memo message note post tweet".split()),
}
MAILED = 80  # tokens to that verb
FARTHEST = 14  # tokens from a verb to what stands with it in a sentence that is only tagged
ISSUERS = frozenset({"person", "group", "body"})  # kinds of nouns
LONGEST = 8  # tokens of a description up to its noun
STATED = ALIKE[1]  # what is told as the words of whoever made it, a named one or not
#: Before a noun that comes again: another document than the one before.
OTHER = frozenset("another different earlier latter newer next other previous second separate similar third".split())


class Documents:
    """Whose the documents of one walk are: `owners`, by the noun, and until which paragraph.

    `coming`: owners that the walk has not reached yet, by their noun's token: a statement from the *ministry*.
    """

    def __init__(self, walk: Discourse) -> None:
        self.tokens, self.inventory, self.at = walk.tokens, walk.inventory, walk.at
        self.joints, self.speakers = walk.joints, walk.focus.speakers
        self.owners: dict[str, tuple[Entity, int]] = {}
        self.stated: dict[str, tuple[list[int], int]] = {}  # the same by the subject that may stand behind the noun
        self.coming: dict[int, Entity] = {}

    def written_by(self, first: int, i: int, determiner: str) -> Entity | None:
        """Who wrote or issued the document that [first, i] means: the *Times* article, and later "the article"."""
        tokens = self.tokens
        noun, here, end = tokens.folded[i], tokens.paragraph[i], len(tokens)
        if noun in LAWS:
            return None
        self._settle()
        if subject := self._stating(first, i):
            self.stated[noun] = subject, here + 2  # the next statement may be another's
            if determiner in ("a", "an"):
                self.owners.pop(noun, None)
            return None
        owner = self._made_by(first, i)
        if owner is not None and self._answers_for(owner, noun):
            self.owners[noun] = owner, end
            return None
        agents = (_issuer(self._denoted(k)) for k in self._agents(i))
        agent = next(filter(None, agents), None)
        if agent is not None and agent.kind != "person" and not self._answers_for(agent, noun):
            agent = None
        writer = agent if agent is not None and agent.kind == "person" and agent.is_named else None  # a Times report by
        if (owner := writer or self._owned_by(first, i, determiner) or agent) is not None:
            self.owners[noun] = owner, end
            return owner
        if determiner in ("a", "an"):
            self.owners.pop(noun, None)
        owner, until = self.owners.get(noun) or self._mailed(noun, i) or self._like(noun)
        before = tokens.folded[first:i]
        same = OTHER.isdisjoint(before) and all(map(str.islower, tokens.words[first:i]))
        return owner if determiner in ("the", "this", "that") and same and here <= until else None

    def issuer_of(self, entity: Entity, i: int) -> Entity:
        """Who answers for the words of an unnamed document that *it* means at token i: Ana Ortiz issued a statement;
        *it* said. Everybody else for the own ones."""
        if entity.kind != "document" or entity.number >= 0 or i not in self.speakers:
            return entity
        self._settle()
        owner, until = self.owners.get(self.tokens.folded[entity.tokens[0]], (entity, 0))
        return owner if self.tokens.paragraph[i] <= until else entity

    def sent(self, i: int, head: int) -> None:
        """Take a noun before another for a document of its own: the bank sent an *email* appeal, later "the email"."""
        if self.tokens.folded[i] in OWN and (owner := self._made_by(begin_of(self.tokens, i, i - LONGEST), head)):
            self.owners[self.tokens.folded[i]] = owner, len(self.tokens)

    def _mailed(self, noun: str, i: int) -> tuple[Entity, int] | None:
        """Whose the email at token i is by a verb before it alone: Ana Ortiz *emailed* staff. The email said ..."""
        tokens = self.tokens
        for verb in range(i - 1, max(i - MAILED, -1), -1) if noun in OWN else ():
            if tokens.folded[verb] == noun and tokens.tag[verb] == "NN":
                return None
            made = noun in MAILS.get(tokens.lemma[verb], ())
            if made and tokens.tag[verb].startswith("VB") and verb not in self.inventory.quoted:
                subject = next(iter(tokens.having(verb, labels.SUBJECT - labels.PASSIVE_SUBJECT)), None)
                owner = _issuer(self._denoted(subject)) if subject is not None else None
                return (owner, tokens.paragraph[i] + 1) if owner is not None else None
        return None

    def _like(self, noun: str) -> tuple[Entity | None, int]:
        """Whose the one document is that the noun may mean as well: the survey, of *a report* by the bank."""
        kinds = next((kinds for kinds in ALIKE if noun in kinds), ())
        found = {self.owners[other] for other in kinds if other in self.owners}
        found = {one for one in found if one[0].is_named} or found
        return found.pop() if len(found) == 1 else (None, 0)

    def _owned_by(self, first: int, i: int, determiner: str) -> Entity | None:
        """Whose it is by a name or description before the noun: a *Times* article, *the bank's* report, *its* study."""
        tokens = self.tokens
        for link in reversed(self.inventory.at(first, i)):
            noun = next((k for k in range(i - 1, link.name.last - 1, -1) if noun_kind(tokens, k) == "body"), None)
            if noun is not None:
                return self._denoted(noun)  # the Linden *council* report
            dated = not column("calendar.txt").isdisjoint(link.name.key)
            dated = dated or link.name.key[-1] in PLATFORMS  # the school's Facebook post
            if link.entity is not None and link.entity.kind in ("body", "unknown") and not dated:
                return _issuer(link.entity)
        if first < i and tokens.folded[i] in STATED and stands_for_issuer(tokens, i - 1):
            return _issuer(self._denoted(i - 1))  # a *military* statement
        for k in range(i - 1, first, -1):
            if tokens.tag[k] == "POS":
                return _issuer(self._denoted(k - 1))
        return _issuer(self.at.get(first - 1)) if first and tokens.tag[first - 1] == "PRP$" else None

    def _denoted(self, i: int) -> Entity | None:
        """Whom the word at token i names or means, or will mean when the walk comes there."""
        link = self.inventory.covering.get(i)
        if link is None:
            return self.at.get(i) or self._coming(i)
        return self.at.get(link.name.last - 1) or link.entity

    def _coming(self, i: int) -> Entity | None:
        """Whom the noun at token i, which the walk has not reached, calls so."""
        tokens, kind = self.tokens, noun_kind(self.tokens, i)
        if kind not in ISSUERS or tokens.tag[i][:2] != "NN":
            return None
        if i not in self.coming:
            first = begin_of(tokens, i, i - LONGEST)
            phrase = partial(called, tokens, first, i)
            self.coming[i] = Entity(-1, kind, phrase=phrase, plural=kind == "group", tokens=[i])
        return self.coming[i]

    def arrive(self, i: int, entity: Entity) -> None:
        """Take the noun at token i, which the walk has reached, to mean the entity."""
        if (expected := self.coming.pop(i, entity)) is not entity:
            self.owners = {
                noun: (entity if owner is expected else owner, until) for noun, (owner, until) in self.owners.items()
            }

    def _made_by(self, first: int, i: int) -> Entity | None:
        """Who made it, by a verb before it: the bank has *published* a study, Ortiz and Lund *sent out* a letter."""
        tokens = self.tokens
        verb = tokens.head[i] if tokens.is_a(i, labels.OBJECT) else first - 2  # sent *staff* an email
        verb = verb if first - FARTHEST < verb < first else first - 2
        out = verb > 0 and tokens.tag[verb] == "RP"
        verb -= out
        made = _makes(tokens, verb, i) or (out and tokens.lemma[verb] in HANDED)
        if verb < 1 or tokens.tag[first - 1] not in ("DT", "PRP$") or not made:
            return None
        governor = verb
        for _ in range(3):
            subject = next(iter(tokens.having(governor, labels.SUBJECT)), None)
            if subject is not None or tokens.dep[governor] not in labels.CONJUNCT | labels.CONTROLLED:
                break
            governor = tokens.head[governor]
        if subject is None and tokens.dep[verb] == "dep":  # tagged only
            subject = tokens.run_before(verb, lambda k: tokens.tag[k][:2] in ("MD", "VB", "RB"), verb - 4) - 1
        if subject is None or not 0 <= subject < verb:
            return None
        several = [self._denoted(k) for k in (subject, *tokens.having(subject, labels.CONJUNCT)) if k < verb]
        named = tuple(one for one in several if one is not None and one.kind == "person" and one.is_named)
        return jointly(self.joints, named) if len(named) == len(several) > 1 else _issuer(several[0])

    def _agents(self, i: int) -> Iterator[int]:
        """Whom it is by: a study *by the bank*, a note *sent by the bank*; a study was *published by the bank*."""
        tokens, stop = self.tokens, self.tokens.paragraph_end(i)
        by = i + 1 + (i + 1 < stop and _makes(tokens, i + 1, i))
        if by + 2 < stop and tokens.folded[by] == "by":
            owner = by + 1 + (tokens.tag[by + 1] == "DT")
            if (link := self.inventory.covering.get(owner)) is not None and link.name.last < stop:
                owner = i if tokens.tag[link.name.last].startswith(("NN", "POS")) else owner  # by Ana Ortiz's editor
            yield owner
        if by == i + 1 and tokens.behind(i) == "from" and i + 2 < stop:
            yield self._from(i + 2, stop)
        verbs = [k for k in tokens.having(i, labels.NOUN_CLAUSE) if _makes(tokens, k, i)]
        if tokens.dep[i] in labels.PASSIVE_SUBJECT and _makes(tokens, tokens.head[i], i):
            verbs.append(tokens.head[i])
        for governor in (i, *verbs):
            yield from (
                k
                for k in tokens.children[governor]
                if k > i and tokens.dep[k] in labels.OBLIQUE and tokens.cases(k) in (["by"], ["from"])
                if governor != i or tokens.cases(k) == ["by"]
            )
        yield from self._told_behind(i, stop)

    def _told_behind(self, i: int, stop: int) -> Iterator[int]:
        """Who made it by a clause right behind the noun: a letter *her mother* wrote, a letter that *Ana Ortiz* had
        sent; to whom it is *attributed*."""
        tokens = self.tokens
        clauses = tokens.having(i, labels.NOUN_CLAUSE | labels.RELATIVE)
        attributed = [k for k in clauses if tokens.lemma[k] == "attribute"]
        for verb in attributed:
            yield from (k for k in tokens.having(verb, labels.OBLIQUE) if tokens.cases(k) == ["to"])
        first = i + 1 + (tokens.behind(i) in ("that", "which"))
        last = tokens.run_from(
            first, lambda k: tokens.tag[k].startswith(("DT", "PRP$", *PREMODIFIERS[:2], "POS")), stop
        )
        verb = tokens.run_from(last, lambda k: tokens.folded[k] in ("has", "had"), min(last + 1, stop))
        if first < last and verb < stop and tokens.tag[verb] in ("VBD", "VBN") and _makes(tokens, verb, i):
            yield last - 1

    def _answers_for(self, owner: Entity, noun: str) -> bool:
        """Are the words of a document told as those of its maker? A letter by a group *of* parents is told as a letter,
        and a report by two critics as a report."""
        unnamed_body = owner.kind == "body" and self.tokens.behind(owner.tokens[0]) != "of"
        return owner.is_named or noun in STATED or unnamed_body

    def _from(self, first: int, stop: int) -> int:
        """The last noun of whom a document is from: a statement from the *ministry*, from Ana Ortiz's *office*."""
        tokens, covering = self.tokens, self.inventory.covering
        end = tokens.run_from(first, lambda k: k in covering or tokens.tag[k].startswith(("DT", *PREMODIFIERS)), stop)
        last = max(end - 1, first)
        place = last in covering and covering[last].entities[0].kind == "place"  # reports from Linden
        return first - 1 if place else last

    def _stating(self, first: int, i: int) -> list[int]:
        """The subject that says something in the document: *it* said in a statement; in a letter *Ortiz and Lund*
        wrote; responded *with* a statement."""
        tokens = self.tokens
        into = first - 2
        if into < 0 or tokens.tag[first - 1] not in ("DT", "PRP$"):
            return []
        if tokens.folded[into] != "in" and (tokens.folded[into] != "with" or tokens.folded[i] not in OWN):
            return []
        if tokens.dep[i] == "dep":  # tagged only
            return self._subject_before(self._verb_before(into))
        verb = tokens.head[i]
        while tokens.dep[verb] == "ccomp" and verb > first > tokens.head[verb]:
            verb = tokens.head[verb]  # said in a statement it would wait
        if tokens.dep[i] not in labels.OBLIQUE or not (_reports(tokens, verb) or tokens.folded[i] in OWN):
            return []
        active = labels.SUBJECT - labels.PASSIVE_SUBJECT
        subject = next(iter(tokens.having(verb, active)), None)
        if subject is None:
            return self._subject_before(verb) if _reports(tokens, verb) else []
        return [subject, *tokens.having(subject, labels.CONJUNCT)]

    def _settle(self) -> None:
        """See whose the documents are in which somebody said something."""
        for noun, (subject, until) in self.stated.items():
            members = tuple(one for one in map(self._denoted, subject) if one is not None)
            owner = self.joints.get(members) or (_issuer(members[0]) if members else None)
            if owner is not None:
                self.owners[noun] = owner, until
        self.stated.clear()

    def _verb_before(self, i: int) -> int:
        """The nearest reporting verb before token i in a sentence that is only tagged; i itself where there is none."""
        tokens = self.tokens
        least = max(i - FARTHEST, 0)
        verb = tokens.run_before(i, lambda k: not _reports(tokens, k) and not tokens.begins_sentence(k), least) - 1
        return verb if verb >= least and _reports(tokens, verb) else i

    def _subject_before(self, verb: int) -> list[int]:
        """The last token of a verb's subject that the parse does not have, what stands between commas left out."""
        tokens = self.tokens
        last = verb - 1
        if last < 0 or not _reports(tokens, verb):
            return []
        if tokens.words[last] == ",":
            comma = tokens.run_before(last, lambda k: tokens.words[k] != ",", max(last - FARTHEST, 0)) - 1
            last = comma - 1 if comma > 0 and tokens.words[comma] == "," else last
        return [last]


def stands_for_issuer(tokens: Tokens, i: int) -> bool:
    """Does a common noun right before the document's say whose it is: a *military* statement, but a *press* release?"""
    return noun_kind(tokens, i) in ("body", "group") and tokens.folded[i] not in ("press", "news", "media")


def _makes(tokens: Tokens, verb: int, noun: int) -> bool:
    """Is it a verb of making the document at the noun, or of making it known where that is its maker's to do?"""
    lemma = tokens.lemma[verb]
    if lemma in GIVES:
        return tokens.folded[noun] in STATED
    return lemma in MAKES or (lemma in PUBLISHES and tokens.folded[noun] not in LEAKED)


def _reports(tokens: Tokens, i: int) -> bool:
    """Does a verb that may report stand there?"""
    lemmas = load_lexicon().by_form.get(tokens.folded[i], ())
    return tokens.tag[i].startswith("VB") and bool({tokens.lemma[i], *lemmas} & load_lexicon().verbs.keys())


def _issuer(entity: Entity | None) -> Entity | None:
    """Who is named, or called by a noun for a person, several or a body."""
    if entity is None or entity.kind == "document" or not (entity.is_named or entity.kind in ISSUERS):
        return None
    return entity if len((entity.name or "").rstrip(".")) > 1 else None
