"""Mentions in, resolutions out: the ordered sieves, precise ones first (Raghunathan et al. 2010).

Each sieve takes the discourse and one mention, and answers or passes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from quotes_cli.language.attribute.mentions import PLATFORMS
from quotes_cli.language.nouns import denotes
from quotes_cli.language.words.cues import load_lexicon
from quotes_cli.language.words.vocabulary import singular, words
from quotes_cli.records import Resolution

from .apposed import REACH_NAME, apposed_name, bearer_of, is_one_person
from .common_nouns import Answer, description, noun_phrase
from .discourse import Discourse
from .documents import stands_for_issuer
from .entities import Entity
from .inventory import Link
from .joint import joint_speakers
from .lettered import by_letters
from .narration import DEFINITE
from .phrases import Mention, begin_of, noun_kind

REACH_PAGE = 7  # tokens from a document to the website that it stands on
LETTERS = frozenset({"letter", "email", "e-mail", "tweet", "memo"})  # documents that are one's own words
PUT = frozenset({"published", "posted", "released", "placed"})  # between a document and the website
MEDIA = frozenset({"TV", "PDF", "DVD", "CD", "PR"})  # in capitals before a document, and nobody's name
PAGES = frozenset({"website", "site", "webpage", "homepage", "blog", "account", "feed"})

RANKED = frozenset({"description", "pronoun"})  # sieves that ask the ranker


@dataclass(frozen=True, slots=True)
class Sieve:
    """A row of the table: the name in the record, the function that answers or passes, and an example in whose last
    quotation it answers.
    """

    name: str
    find: Callable[[Discourse, Mention], Answer]
    example: str


def named(way: str) -> Callable[[Discourse, Mention], Answer]:
    """Make the sieve for names that were linked in this way."""

    def sieve(discourse: Discourse, mention: Mention) -> Entity | None:
        """A name is the mention's head or stands behind it: who bears that name in the article."""
        words_of = mention.first, mention.last
        if words_of not in discourse.linked:
            discourse.linked[words_of] = discourse.inventory.covering.get(mention.head) or _behind(discourse, mention)
        link = discourse.linked[words_of]
        if link is None or link.way != way:
            return None
        if len(link.name.key) == 1 and way == "exact name" and (holder := by_letters(discourse, mention.head)):
            return holder
        if link.entity is not None and not _is_person(link.entity) and (bearer := _bearer(discourse, mention)):
            return bearer
        return link.entity or discourse.at.get(link.name.last - 1) or discourse.namesakes.choose(link)

    return sieve


def _bearer(discourse: Discourse, mention: Mention) -> Entity | None:
    """Who holds the office that seems a body's name: Linden House Chief of Staff | *Ana Ortiz*."""
    tokens = discourse.tokens
    if denotes(tokens.folded[mention.head], "NN") != "person":
        return None
    behind = _behind(discourse, mention)
    inside = behind is not None and behind.name.last <= mention.last
    return behind.entity if behind is not None and inside else bearer_of(discourse, mention)


def _behind(discourse: Discourse, mention: Mention) -> Link | None:
    """The name that follows an office: Undersecretary for Education | Bo Lee."""
    tokens, core = discourse.tokens, mention.core
    if not is_one_person(tokens, mention.head):
        return None
    names = discourse.inventory.at(core, min(mention.last + REACH_NAME, tokens.paragraph_end(mention.head)))
    persons = (link for link in names if link.entities[0].kind == "person" and link.name.before >= core)
    link = next(persons, None)
    if link is None:
        return None
    end = tokens.run_before(link.name.first, lambda i: tokens.folded[i] in words().small["style"], core)
    if end == core:
        return link
    the = tokens.behind(core) == "the"
    office = tokens.folded[core] in ("of", "for") and end - core > 1 + the
    nouns = all(tag.startswith(("NN", "JJ", "CC")) for tag in tokens.tag[core + 1 + the : end])
    full = len(link.name.key) > 1 or link.name.before < link.name.first
    staff = tokens.folded[end - 1] == "staff"  # Chief of Staff | Ana Ortiz
    apart = noun_kind(tokens, end - 1) not in ("person", "group")
    return link if office and nouns and full and (staff or apart) else None


def own_document(discourse: Discourse, mention: Mention) -> Answer:
    """*Cornyn's statement*, *the IMF report*, *a Times article*: the words are its writer's."""
    tokens = discourse.tokens
    noun = tokens.folded[mention.head]
    its_page = noun in PAGES and tokens.tag[mention.first] == "PRP$"
    if mention.core < 2 or not (its_page or noun_kind(tokens, mention.head) == "document"):
        return None
    said = load_lexicon().nouns.get(noun) == "utterance" or singular(noun) in LETTERS
    if tokens.tag[mention.first] == "PRP$":  # her statement
        owner = discourse.at.get(mention.first)
        return owner if owner is not None and owner.number >= 0 else None
    first, head, links = mention.first, mention.head, discourse.inventory.links
    modifiers = ("JJ", "NN", "POS", "VBN", "CD")
    i = tokens.run_before(head, lambda k: tokens.tag[k].startswith(modifiers) and k not in links, first + 1) - 1
    if (several := _writers(discourse, mention)) is not None:
        return several
    if tokens.behind(head) == "by" and isinstance(writer := _writer(discourse, mention), Entity) and _is_person(writer):
        return writer  # a Times article by Ana Ortiz
    if i > first and i in links and links[i].name.key[-1] in PLATFORMS:  # Ortiz's Facebook post
        i = links[i].name.first - 1
        i -= tokens.tag[i] == "POS"
    if i >= first and i in links:
        body = next((k for k in range(head - 1, i, -1) if noun_kind(tokens, k) == "body"), None)
        if body is not None:  # the Linden council report
            return _called(discourse, Mention(first, body + 1, body + 1, body))
        entity = links[i].entity or discourse.at.get(i)
        return entity if entity is not None and entity.kind in ("person", "body", "unknown") else None
    letters = tokens.words[head - 1]
    issuer = letters.isalpha() and letters.isupper() and len(letters) > 1 and letters not in MEDIA
    if first < head and issuer:  # that the model has for no name
        return Resolution(letters, "organisation", None, "own document", named=True)
    if writer := _writer(discourse, mention) or _page_owner(discourse, head):
        return writer
    entity = discourse.at.get(head)
    if entity is not None and (entity.number >= 0 or entity.members):
        return entity
    if entity is not None and entity.kind != "document" and entity.tokens:
        return _issuer(discourse, entity.tokens[0])
    if said and first < head - 1 and stands_for_issuer(tokens, head - 1):  # a military statement
        return _called(discourse, Mention(first, head, head, head - 1))
    if said and tokens.tag[head - 1] == "POS" and head - 1 > first:  # the union's statement
        # the words of the prosecutors' letter are theirs
        return _called(discourse, Mention(first, head - 1, head - 1, head - 2))
    return None


def _called(discourse: Discourse, mention: Mention) -> Answer:
    return description(discourse, mention) or noun_phrase(discourse, mention)


def _issuer(discourse: Discourse, i: int) -> Answer:
    """Who issued a document, called by the noun at token i: the *ministry* that said so in a statement."""
    tokens = discourse.tokens
    first = begin_of(tokens, i, i - REACH_NAME)
    first -= tokens.before(first) in DEFINITE
    return _called(discourse, Mention(first, i + 1, i + 1, i))


def _writers(discourse: Discourse, mention: Mention) -> Resolution | None:
    """The several whom a document is *by* or *from*: a report by the Linden Bank and Bo Lee."""
    behind, last = mention.head + 2, mention.last
    if discourse.tokens.behind(mention.head) not in ("by", "from") or behind >= last:
        return None
    if any(link.entities[0].kind == "place" for link in discourse.inventory.at(behind, last)):
        return None
    several = joint_speakers(discourse, Mention(behind, last, last, last - 1))
    return several if several is not None and "; " in (several.speaker or "") else None


def _writer(discourse: Discourse, mention: Mention) -> Answer:
    """Whom a document is *by* or *from*: a report from the Linden Bank, a letter by Ana Ortiz."""
    tokens, behind = discourse.tokens, mention.head + 1
    stop = tokens.paragraph_end(mention.head)
    if behind >= min(stop, mention.last) or tokens.folded[behind] not in ("by", "from"):
        return None
    last = min(mention.last + REACH_NAME, stop) if tokens.folded[behind] == "by" else mention.last
    first = tokens.run_from(behind + 1, lambda i: tokens.tag[i] == "DT", stop)
    link = discourse.inventory.covering.get(first) if first < stop else None
    alone = link is not None and (
        link.name.last >= stop
        or not (tokens.tag[link.name.last].startswith(("NN", "POS")) or tokens.words[link.name.last] in ("'", "’"))
    )
    entity = (link.entity or discourse.at.get(link.name.last - 1)) if link is not None and alone else None
    if (
        link is not None
        and entity is not None
        and entity.kind == "body"
        and tokens.tag[link.name.last][:2] in ("JJ", "NN")
    ):
        end = tokens.run_from(link.name.last, lambda i: tokens.tag[i] in ("JJ", "NN"), last)
        person = discourse.inventory.covering.get(end)  # from Linden Bank executive director | Ana Ortiz
        entity = person.entity if person is not None and end < last and _is_person(person.entity) else entity
    if entity is not None and entity.kind in ("person", "body"):
        return entity
    covering = discourse.inventory.covering  # from lawyer and Coast Fund President Ana Ortiz
    titled = tokens.run_from(first, lambda i: i not in covering or not _is_person(covering[i].entity), last)
    plain = not {",", "to", "about", "on"} & set(tokens.folded[first:titled])
    if mention.last <= titled < last:  # by the columnist | Ana Ortiz
        plain = plain and all(tag.startswith(("NN", "JJ", "VBN", "CC")) for tag in tokens.tag[first:titled])
    if first < titled < last and plain:
        return covering[titled].entity
    meant = discourse.at.get(mention.head)
    coming = meant is not None and meant.number < 0 and meant.tokens and meant.tokens[0] > behind
    return _issuer(discourse, meant.tokens[0]) if meant is not None and coming else None  # from the ministry


def _page_owner(discourse: Discourse, head: int) -> Entity | None:
    """On whose page a document stands: a description on *its* website, a notice on *Ortiz's* blog."""
    tokens = discourse.tokens
    put = head + 1 if tokens.behind(head) in PUT else head
    if tokens.behind(put) not in ("on", "at"):
        return None
    stop = min(put + REACH_PAGE, tokens.paragraph_end(head))
    page = next((i for i in range(put + 2, stop) if tokens.folded[i] in PAGES), put)
    for i in range(put + 2, page):
        if tokens.tag[i] in ("PRP$", "POS"):
            owner = discourse.at.get(i if tokens.tag[i] == "PRP$" else i - 1)
            return owner if owner is not None and owner.is_named and owner.kind in ("person", "body") else None
    return None


def _is_person(entity: Entity | None) -> bool:
    return entity is not None and entity.kind == "person"


def pronoun(discourse: Discourse, mention: Mention) -> Entity | Resolution | None:
    """*he*, *she*, *it*, *they*: whom the ranker finds likeliest of those in focus."""
    tokens = discourse.tokens
    person = words().pronouns.get(tokens.folded[mention.head])
    if person is None or len(mention) > 1:
        return None
    if person in ("first", "first-plural") and discourse.author is not None:
        return discourse.author if person == "first" else None
    if tokens.folded[mention.head] in ("who", "whom", "which", "that"):
        return _antecedent(discourse, mention.head)
    entity = discourse.at.get(mention.head)
    return entity or Resolution(None, "unknown", None, "pronoun")


def _antecedent(discourse: Discourse, i: int) -> Entity | None:
    """Whom a relative pronoun at token i stands for: the name or described person right before it.

    A description beside a name is the named one's: Bo Lee, a teacher *who* voted no. No body is *who*: a source in the
    White House, *who* called it a loss.
    """
    tokens, person = discourse.tokens, discourse.tokens.folded[i] == "who"
    for k in range(i - 1, max(i - 12, -1), -1):
        if tokens.paragraph[k] != tokens.paragraph[i]:
            return None
        if k in discourse.inventory.links or k in discourse.at:
            found = discourse.described.get(k) or discourse.at.get(k)
            if found is None or not person or found.kind not in ("body", "place", "document"):
                return found
    return None


SIEVES = (
    Sieve("joint speakers", joint_speakers, 'Ana Ortiz met Bo Lee. "We won," Ortiz and Lee said.'),
    Sieve("exact name", named("exact name"), '"We lost," Ana Ortiz said.'),
    Sieve("surname", named("surname"), 'Ana Ortiz came late. "We lost," Ortiz said.'),
    Sieve("name parts", named("name parts"), 'Ana Ortiz came late. "We lost," Ana said.'),
    Sieve("acronym", named("acronym"), 'The National Water Agency closed. "We lost," the NWA said.'),
    Sieve("similar name", named("similar name"), 'Lydia Brandtmann came late. "We lost," Ms. Brantman said.'),
    Sieve("apposed name", apposed_name, '"We lost," said a spokesman for the bank, Bo Lee.'),
    Sieve("own document", own_document, 'Ana Ortiz left. "We lost," Ortiz\'s statement said.'),
    Sieve("description", description, 'Mayor Ana Ortiz came late. "We lost," the mayor said.'),
    Sieve("pronoun", pronoun, 'Ana Ortiz came late. "We lost," she said.'),
    Sieve("noun phrase", noun_phrase, '"We lost," said a nurse from Linden.'),
)


def resolve_mention(discourse: Discourse, mention: Mention, off: Collection[str] = ()) -> Resolution:
    """The answer of the first sieve that has one; `off` names sieves to leave out."""
    for sieve in SIEVES:
        answer = sieve.find(discourse, mention) if sieve.name not in off else None
        if isinstance(answer, Entity) and answer.name:
            asked = sieve.name in RANKED
            ranked = discourse.probability.get(mention.head) if asked else None
            return answer.resolution(sieve.name, ranked, discourse.ranking_at(mention.head) if asked else None)
        if isinstance(answer, Resolution):
            return answer
    return Resolution(None)
