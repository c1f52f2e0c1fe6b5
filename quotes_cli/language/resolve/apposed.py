"""A description in, the name that stands beside it out: the mayor, *Ana Ortiz*; the largest union, *Harbas*."""

from __future__ import annotations

from quotes_cli.language.tokens import MARKS, Tokens
from quotes_cli.language.words.vocabulary import given_names

from .discourse import Discourse
from .entities import Entity
from .inventory import Link
from .joint import plain
from .phrases import Mention, noun_kind

REACH_NAME = 14  # tokens from a description to the name beside it
#: Nouns for persons that are said of firms, too: its largest shareholder, the fund *Linden Trust*.
DEALERS = frozenset(
    "ally appellant applicant backer bidder buyer champion claimant client competitor complainant contractor "
    "creditor defendant distributor donor employer executive founder guarantor holder insurer investor "
    "landlord leader lender member operator organiser organizer owner parent partner patron plaintiff promoter "
    "regulator respondent rival shareholder sponsor successor supplier tenant trustee winner".split()
)
OPENING = frozenset({",", "–", "—", "--"})  # before a name that stands beside a description
VERBS = frozenset({"VBD", "VBZ", "MD"})  # tags of what a subject in the singular goes on with
REACH_CLAUSE = 25  # tokens of a clause that tells who somebody is


def is_one_person(tokens: Tokens, head: int) -> bool:
    """May the noun denote one person?"""
    return noun_kind(tokens, head) in ("person", "unknown") and tokens.tag[head] not in ("NNS", "NNPS")


def apposed_name(discourse: Discourse, mention: Mention) -> Entity | None:
    """*a spokesman for X, John Smith,* or *the mayor, Ana Ortiz*: a description with the person's name beside it; and
    *the largest union, Harbas,*, *the plaintiff, Harbas,* or *the news agency Linden Press*, with a body's."""
    tokens, stop = discourse.tokens, discourse.tokens.paragraph_end(mention.head)
    reach = min(mention.core + REACH_NAME, stop)
    comma = tokens.run_from(mention.core, lambda i: tokens.folded[i] not in OPENING, reach)
    clause = any(_opens_clause(tokens, i) for i in range(mention.core, comma))
    links = discourse.inventory.at(comma, min(comma + REACH_NAME, stop))
    if noun_kind(tokens, mention.head) in ("body", "group") and tokens.tag[mention.head] == "NN":
        return _apposed_body(discourse, mention, links[0] if links and not clause else None)
    if clause:
        links = _behind_clause(discourse, mention)
    if len(links) > 1 and _is_acronym(tokens, comma, links[0]):  # the head of the Linden Party, LP, Ana Lee
        comma, links = links[0].name.last, links[1:]
    one_of = tokens.folded[mention.first] == "one" and tokens.behind(mention.first) == "of"
    several = tokens.tag[mention.head] == "NNS" and len(links) == 1 and links[0].name.key[0] not in given_names()
    if not links or not (one_of or several or is_one_person(tokens, mention.head)):
        return None
    if tokens.sentence[links[0].name.first] != tokens.sentence[mention.head]:
        return None
    name, entity = links[0].name, links[0].entity
    alone = name.last >= stop or not tokens.tag[name.last].startswith(("NN", "POS"))
    if tokens.folded[max(mention.first - 2, 0) : mention.first] == ["according", "to"]:
        alone = alone and tokens.tag[name.last] not in VERBS  # according to the mayor, Ana Lee left
    beside = clause or (name.before > comma and plain(tokens, comma + 1, name.before))
    if not alone or not beside or entity is None:
        return None
    if several:  # the auditors, Lee Partners, said
        return entity if clause or tokens.behind(name.last - 1) == "," else None
    return entity if entity.kind == "person" or tokens.folded[mention.head] in DEALERS else None


def _is_acronym(tokens: Tokens, comma: int, link: Link) -> bool:
    """Is the name between commas only the letters of the body before it?"""
    name = link.name
    alone = name.first == comma + 1 and name.last - name.first == 1 and tokens.words[name.first].isupper()
    return alone and tokens.behind(name.first) == ","


def _opens_clause(tokens: Tokens, i: int) -> bool:
    """Does a clause or quotation begin at token i: the head *who* left; not the head of the *Linden-based* bakers*'*
    union?"""
    if tokens.words[i] in MARKS:
        return tokens.tag[i] != "POS"
    return tokens.tag[i].startswith(("V", "MD", "W")) and tokens.dep[i] != "amod"


def bearer_of(discourse: Discourse, mention: Mention) -> Entity | None:
    """The person whose name stands between commas behind an office with capitals, before the verb: UN Relief
    Coordinator for Chad, *Ana Ortiz*, said."""
    tokens, stop = discourse.tokens, discourse.tokens.paragraph_end(mention.head)
    comma = tokens.run_from(mention.core, lambda i: tokens.words[i] != ",", min(mention.core + REACH_NAME, stop))
    links = discourse.inventory.at(comma, min(comma + REACH_NAME, stop))
    if not links or not _is_between_commas(tokens, comma, links[0]):
        return None
    entity, end = links[0].entity, links[0].name.last + 1
    told = end < stop and tokens.tag[end] in VERBS and len(links[0].name.key) > 1
    return entity if told and entity is not None and entity.kind == "person" else None


def _behind_clause(discourse: Discourse, mention: Mention) -> list[Link]:
    """The full name behind a clause that tells who somebody is, between commas before the verb, or at the end of the
    sentence: the farmer who found the coins, *Rolf Berg*, said; said the farmer who found the coins, *Rolf Berg*."""
    tokens, stop = discourse.tokens, discourse.tokens.paragraph_end(mention.head)
    core = mention.core
    if tokens.folded[mention.first] == "one" and tokens.folded[core] == "of":
        core = tokens.run_from(core, lambda i: tokens.tag[i].startswith(("IN", "DT", "NN", "JJ")), stop - 1)
    if tokens.folded[core] not in ("who", "that") and tokens.tag[core] not in ("VBG", "VBN", "PRP"):
        return []  # the farmer they met
    end = min(core + REACH_CLAUSE, stop)
    comma = tokens.run_from(core, lambda i: tokens.words[i] not in {",", *MARKS}, end)
    links = discourse.inventory.at(comma, min(comma + REACH_NAME, stop))
    if not links or comma >= end or tokens.words[comma] != ",":
        return []
    name = links[0].name
    end = name.last  # Ana Ortiz | of Linden
    if end + 1 < stop and tokens.folded[end] == "of":
        end = tokens.run_from(end + 1, lambda i: tokens.tag[i] == "NNP", stop)
    if name.before != comma + 1 or len(name.key) < 2:
        return []
    if end >= stop or tokens.words[end] == ".":
        return links[:1] if noun_kind(tokens, comma - 1) != "person" else []  # who met the mayor, Ana Ortiz.
    closed = end + 1 < stop and tokens.words[end] == ","
    return links[:1] if closed and tokens.tag[end + 1] in VERBS else []


def _is_between_commas(tokens: Tokens, comma: int, link: Link) -> bool:
    """Does a name stand between the comma and another, maybe with "the" before it?"""
    first = comma + 1 + (tokens.behind(comma) == "the")
    return tokens.words[comma] == "," and link.name.before == first and tokens.behind(link.name.last - 1) == ","


def _is_apposed(tokens: Tokens, mark: int, link: Link) -> bool:
    """Does a name stand between commas or dashes, or behind one and before a bracket or the end of a sentence?"""
    first, behind = mark + 1 + (tokens.behind(mark) == "the"), tokens.behind(link.name.last - 1)
    closed = behind in (tokens.words[mark], "(") or (behind in (".", "") and tokens.words[mark] == ",")
    return tokens.words[mark] in OPENING and link.name.before == first and closed


def _apposed_body(discourse: Discourse, mention: Mention, link: Link | None) -> Entity | None:
    """The body whose name stands right behind a description, or beside it behind a comma or dash; `link`: the name."""
    tokens, behind = discourse.tokens, mention.head + 1
    glued = next((one for one in discourse.inventory.at(behind, mention.head + REACH_NAME)), None)
    if glued is not None and glued.name.before == behind:
        entity = glued.entity
    elif link is not None and _is_apposed(tokens, mention.core, link):
        entity = link.entity
    else:
        return None
    return entity if entity is not None and entity.kind != "person" else None
