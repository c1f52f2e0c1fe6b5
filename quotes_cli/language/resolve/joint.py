"""A mention of several people in, their names together out: the sieve of joint speakers."""

from __future__ import annotations

from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.vocabulary import given_names, words
from quotes_cli.records import Resolution

from .discourse import Discourse
from .inventory import Link
from .phrases import Mention, without_brackets

SEPARATORS = frozenset((",", "and", "&"))
PAUSES = frozenset((",", "-", "–", "—"))  # before names that say who several are
LONGEST = 30  # tokens between two dashes

INSIDE = frozenset({"of", "for", "from", "in", "at"})  # what is said of a name: Ana Ortiz, the mayor *of* Linden


def joint_speakers(discourse: Discourse, mention: Mention) -> Resolution | None:
    """*Ortiz and Lee*, *Ana Ortiz, the aide Bo Lee and Cy Dee*: names of one kind, joined by commas and "and"."""
    tokens = discourse.tokens
    every = discourse.inventory.at(mention.first, _end(discourse, mention))
    if len(every) < 2 or _is_one(tokens, mention):
        return None
    links = [link for link in _alone(tokens, every) if not _describes(tokens, link, mention.last)]
    if len(links) > 2 and _is_headed(tokens, links[0]):
        links = links[1:]
    if len(links) == 1 < len(every) and every[0] is not links[0] and links[0].entity is not None:
        holder = links[0].name
        if _is_field(tokens, every[0].name.last, holder.first):
            return links[0].entity.resolution(links[0].way)
    if not links or not _plain_but_comma(tokens, mention.first, links[0].name.before):
        return None
    joined, last_gap = [links[0]], list[str]()
    for link in links[1:]:
        gap = without_brackets(tokens, joined[-1].name.last, link.name.before)
        if gap is None or _is_inside(tokens, gap):
            continue
        if links[0].entities[0].kind == "person" and link.entities[0].kind == "place":
            break  # Ana Ortiz, Europe and Asia manager
        between = [i for i in gap if tokens.folded[i] not in SEPARATORS]
        described = (tokens.folded[i] in INSIDE or plain(tokens, i, i + 1) for i in between)
        if len(between) == len(gap) or "POS" in [tokens.tag[i] for i in between] or not all(described):
            break  # also at Clay's biographers, Ana and Bo Lee
        joined.append(link)
        last_gap = [tokens.folded[i] for i in gap]
    if "and" not in last_gap and "&" not in last_gap:
        return None
    found = [_joined_name(discourse, link, joined[-1]) for link in joined]
    names = [name for name, _ in found if name]
    kinds = {"person" if kind in ("person", "unknown") else "body" for _, kind in found}
    if len(set(names)) < len(joined):
        return None
    kind = "person" if "person" in kinds else "organisation"
    return Resolution("; ".join(names), kind, None, "joint speakers", named=True)


def _end(discourse: Discourse, mention: Mention) -> int:
    """Where the mention ends, with the names of several between dashes behind it (two drivers | - Ana and Bo Lee -), or
    of the last of several: Ana Lee and her husband | Bo."""
    tokens = discourse.tokens
    dash, stop = mention.last, tokens.paragraph_end(mention.head)
    words_of = tokens.folded[mention.first : dash]
    joint = mention.first + words_of.index("and") + 1 if "and" in words_of else dash
    if joint < dash and tokens.tag[joint] in ("DT", "PRP$") and tokens.tag[dash - 1] == "NN":
        name = dash + (dash < stop and tokens.words[dash] == ",")
        link = discourse.inventory.covering.get(name) if name < stop else None
        return link.name.last if link is not None and link.entities[0].kind == "person" else dash
    several = tokens.tag[mention.head] in ("NNS", "CD") and dash < stop and tokens.words[dash] in PAUSES - {","}
    end = tokens.run_from(dash + 1, lambda i: tokens.words[i] != tokens.words[dash], min(dash + LONGEST, stop))
    return end if several and end < stop and tokens.words[end] == tokens.words[dash] else mention.last


def _is_one(tokens: Tokens, mention: Mention) -> bool:
    """Are two offices one person's, who is named once: Linden MP and former minister Ana Ortiz?"""
    joints = [i for i in range(mention.first + 1, mention.last - 2) if tokens.folded[i] == "and"]
    if len(joints) != 1 or "," in tokens.words[mention.first : joints[0]]:
        return False
    lex, joint = words(), joints[0]
    person = tokens.run_from(joint + 1, lambda i: tokens.words[i].islower(), mention.last)
    noun, before = tokens.folded[person - 1], tokens.folded[joint - 1]
    described = joint + 1 < person < mention.last and (noun in lex.office_heads or noun in lex.persons)
    office = before in lex.office_heads or before in lex.persons or before in lex.titles
    return described and office and tokens.tag[mention.first] != "DT" and tokens.entity[joint - 1] != "PERSON"


def _alone(tokens: Tokens, links: list[Link]) -> list[Link]:
    """The names without those of what another holds an office in or for: *Norland's* Prime Minister Ana Lee, *Health*
    and Trade Secretary Bo Lee."""

    def holds_office(link: Link, other: Link) -> bool:
        gap = range(link.name.last, other.name.before)
        if other.name.before < other.name.first and all(tokens.tag[i] == "POS" for i in gap):
            return True
        labels = tokens.entity[link.name.first : link.name.last]
        field = "PERSON" not in labels and len(link.entities[0].tokens) == 1
        return field and _is_field(tokens, link.name.last, other.name.first)

    return [link for k, link in enumerate(links) if not any(holds_office(link, one) for one in links[k + 1 : k + 4])]


def _describes(tokens: Tokens, link: Link, last: int) -> bool:
    """Does the name only tell what somebody is: the *Linden* mayor, a strategist and *Ortiz* backer?"""
    lex, i = words(), link.name.last
    return i < last and any(tokens.folded[i] in listed for listed in (lex.persons, lex.titles, lex.office_heads))


def _is_headed(tokens: Tokens, link: Link) -> bool:
    """Is it a body whose head is named behind the comma: the president of the *Harbour Union*, Ana Lee, and Bo Ruiz?"""
    name = link.name
    of = name.before - 1 - (tokens.before(name.before) in words().small["article"])
    return link.entities[0].kind == "body" and tokens.folded[of] == "of" and tokens.behind(name.last - 1) == ","


def _is_field(tokens: Tokens, behind: int, person: int) -> bool:
    """Is what ends before token `behind` of an office that goes on to the person: Health | and Trade Secretary?"""
    gap, office = tokens.folded[behind:person], tokens.folded[person - 1]
    capitals = (word in SEPARATORS or tokens.words[i][0].isupper() for i, word in enumerate(gap, behind))
    held = office in words().office_heads or office in words().titles
    return len(gap) > 2 and held and "and" in gap and all(capitals)


def _joined_name(discourse: Discourse, link: Link, last: Link) -> tuple[str | None, str]:
    """Name and kind of one of several; *David* and Jeanne Heidler share the surname.

    *Novak* and Cy Dee do not share it where Bo Novak is known.
    """
    entity = link.entity or discourse.at.get(link.name.last - 1)
    name, full = link.name, last.name
    if link is not last and len(name.key) == 1 and name.key[0] in given_names() and len(full.key) > 1:
        surnames = {key[-1] for key in entity.keys if len(key) > 1} if entity is not None else set()
        if surnames.isdisjoint({name.key[0], *(key[-1] for key in last.entities[0].keys)}):
            return f"{discourse.tokens.words[name.first]} {discourse.tokens.words[full.last - 1]}", "person"
    return (entity.name, entity.kind) if entity is not None else (None, "unknown")


def _is_inside(tokens: Tokens, gap: list[int]) -> bool:
    """Stands a name in what is said of the one before it: Ana Ortiz, the mayor *of* Linden, and Bo Lee?"""
    words_behind = [tokens.folded[i] for i in gap]
    while words_behind and words_behind[-1] not in SEPARATORS:
        if words_behind.pop() in INSIDE:
            return True
    return False


def _plain_but_comma(tokens: Tokens, first: int, last: int) -> bool:
    """As `plain`, and maybe a comma: the committee chairman, Republican | Ana Ortiz."""
    if tokens.tag[first] in ("CD", "DT", "PDT") and tokens.behind(first) == "of":
        first += 2  # two of | the drivers, Ana and Bo Lee
    first = tokens.run_from(first, lambda i: tokens.tag[i] in ("DT", "CD"), last)  # the two | analysts, Ana and Bo Lee
    comma = tokens.run_from(first, lambda i: tokens.words[i] not in PAUSES, last)
    if comma == last - 1 and tokens.tag[first].startswith("NN") and tokens.behind(first) in INSIDE:
        return plain(tokens, first + 2, comma)  # the head | of the union, Ana Ortiz, and her ally, Bo Lee
    return plain(tokens, first, comma) and plain(tokens, min(comma + 1, last), last)


def plain(tokens: Tokens, first: int, last: int) -> bool:
    """Do only determiners, nouns and adjectives stand in [first, last)?"""
    tags = all(tag.startswith(("DT", "JJ", "NN", "VBN", "HYPH", "PRP$", "POS")) for tag in tokens.tag[first:last])
    return tags and "whose" not in tokens.folded[first:last]
