"""A mention of several people in, their names together out: the sieve of joint speakers."""

from __future__ import annotations

from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.vocabulary import given_names
from quotes_cli.records import Resolution

from .discourse import Discourse
from .inventory import Link
from .phrases import Mention

SEPARATORS = frozenset((",", "and", "&"))


def joint_speakers(discourse: Discourse, mention: Mention) -> Resolution | None:
    """*Ortiz and Lee*, *Ana Ortiz, the aide Bo Lee and Cy Dee*: names of one kind, joined by commas and "and"."""
    tokens = discourse.tokens
    links = _alone(tokens, discourse.inventory.at(mention.first, mention.last))
    if not links or not plain(tokens, mention.first, links[0].name.before):
        return None
    joined, last_gap = [links[0]], list[str]()
    for link in links[1:]:
        gap = range(joined[-1].name.last, link.name.before)
        between = [i for i in gap if tokens.folded[i] not in SEPARATORS]
        if len(between) == len(gap) or not all(tokens.tag[i] != "POS" and plain(tokens, i, i + 1) for i in between):
            break  # also at Clay's biographers, Ana and Bo Lee
        joined.append(link)
        last_gap = tokens.folded[gap.start : gap.stop]
    if "and" not in last_gap and "&" not in last_gap:
        return None
    found = [_joined_name(discourse, link, joined[-1]) for link in joined]
    names = [name for name, _ in found if name]
    kinds = {"person" if kind in ("person", "unknown") else "body" for _, kind in found}
    if len(set(names)) < len(joined) or len(kinds) > 1:
        return None
    kind = "person" if "person" in kinds else "organisation"
    return Resolution("; ".join(names), kind, None, "joint speakers", named=True)


def _alone(tokens: Tokens, links: list[Link]) -> list[Link]:
    """The names without those of what another holds an office in: *Norland's* Prime Minister Ana Lee."""

    def holds_office(link: Link, other: Link) -> bool:
        gap = range(link.name.last, other.name.before)
        return other.name.before < other.name.first and all(tokens.tag[i] == "POS" for i in gap)

    return [link for k, link in enumerate(links) if not any(holds_office(link, one) for one in links[k + 1 : k + 2])]


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


def plain(tokens: Tokens, first: int, last: int) -> bool:
    """Do only determiners, nouns and adjectives stand in [first, last)?"""
    return all(tag.startswith(("DT", "JJ", "NN", "VBN", "HYPH", "PRP$", "POS")) for tag in tokens.tag[first:last])
