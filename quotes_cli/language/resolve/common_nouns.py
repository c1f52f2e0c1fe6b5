"""A mention whose head is a common noun in, whom it means out: "the agency", "her campaign", "a lawmaker from Ohio"."""

from __future__ import annotations

from quotes_cli.language.tokens import MARKS
from quotes_cli.language.words.vocabulary import words
from quotes_cli.records import Resolution

from .before import same_office
from .discourse import Discourse
from .entities import Entity
from .inventory import Link
from .lettered import by_letters
from .narration import ARTICLELESS, DEFINITE, OTHERS
from .phrases import Mention, begin_of, noun_kind, phrase, phrase_range
from .titular import DESCRIBING
from .traits import AGED

REACH = 2000  # tokens back to a body that is called by its owner
FARTHEST = 14  # tokens of a noun phrase up to its noun
NAMED_ONCE = frozenset({"person", "group", "document", "body"})  # kinds of what is called in full at first only
RECENT = frozenset({"new", "recent", "latest"})  # what a document is called at first only
NAMELESS = frozenset(
    {"person", "source", "witness"}
)  # what somebody is called who was called more at first: a diplomat
LONGEST_TITLE = 5  # words of an outlet's name in marks
OUTLETS = frozenset("broadsheet daily magazine newspaper tabloid weekly".split())
OWNED = frozenset({"office", "campaign", "administration"})

Answer = Entity | Resolution | None


def description(discourse: Discourse, mention: Mention) -> Answer:
    """*the premier*, *the Danish leader*, *the agency*: whom the walk took it to mean; *a teacher* beside a name.

    *The administration*, *the campaign*: the last one that was called by its owner's name, the Ortiz campaign.
    """
    tokens, head = discourse.tokens, mention.head
    if head in discourse.described:
        return discourse.described[head]
    if (outlet := _outlet(discourse, mention) or _marked_outlet(discourse, mention)) is not None:
        return outlet
    if (holder := by_letters(discourse, head)) is not None:
        return holder
    meant = discourse.at.get(head)
    if meant is not None and (meant.members or (meant.kind == "body" and noun_kind(tokens, head) == "group")):
        return meant
    if tokens.folded[head] in OTHERS:
        return meant
    bare = mention.first == head and tokens.tag[head] != "NNP" and tokens.folded[head] != ARTICLELESS
    if tokens.tag[mention.first] == "PRP$" and mention.first < head:
        kin = discourse.at.get(head)  # her brother, of whom she has one that is named
        return kin if kin is not None and kin.number >= 0 else None
    if bare or tokens.tag[head] in ("NNS", "NNPS") or "PRP$" in tokens.tag[mention.first : head]:
        return None
    joint = next((i - 1 for i in range(mention.first + 1, head) if tokens.folded[i] == "and"), head)
    for i in (head, joint):  # the senator and candidate
        entity = discourse.at.get(i)
        if entity is not None and entity.number >= 0:
            return entity
    definite = tokens.folded[mention.first] in DEFINITE and mention.core - mention.first <= 2
    return _called_by_owner(discourse, mention) if definite and tokens.folded[head] in OWNED else None


def _outlet(discourse: Discourse, mention: Mention) -> Entity | None:
    """The news outlet whose name stands before what it is: the nationalist *Kemi Times* tabloid."""
    tokens, head = discourse.tokens, mention.head
    last = tokens.run_before(head, lambda i: tokens.tag[i][:2] == "NN" and tokens.words[i].islower(), mention.first) - 1
    link = discourse.inventory.links.get(last)
    site = tokens.folded[head - 1] == "news" and tokens.folded[head] in ("site", "website")
    if not (site or tokens.folded[head] in OUTLETS) or link is None or link.entity is None or not mention.first <= last:
        return None
    a_party_s = tokens.folded[mention.first] in ("a", "an") and link.name.key[-1] in words().organisations
    return link.entity if link.entity.kind in ("body", "unknown") and not a_party_s else None


def _marked_outlet(discourse: Discourse, mention: Mention) -> Answer:
    """The outlet whose name stands in marks beside what it is: the "*Kemi Times*" newspaper, the daily "*Bild*"."""
    tokens, head = discourse.tokens, mention.head
    if tokens.folded[head] not in OUTLETS:
        return None
    if head and tokens.words[head - 1] in MARKS and not tokens.begins_paragraph[head]:
        last = head - 1
        first = tokens.run_before(last, lambda i: tokens.words[i][0].isalnum(), max(last - LONGEST_TITLE, 0))
        opened = first > 0 and tokens.words[first - 1] in MARKS
    else:
        first = head + 2
        last = tokens.run_from(first, lambda i: tokens.words[i][0].isalnum(), min(first + LONGEST_TITLE, len(tokens)))
        opened = head + 1 < last < len(tokens) and tokens.words[head + 1] in MARKS and tokens.words[last] in MARKS
    if not opened or not first < last or not tokens.words[first][0].isupper():
        return None
    link = discourse.inventory.covering.get(first)
    if link is not None and link.entity is not None and link.entity.kind != "person":
        return link.entity
    return Resolution(tokens.span(first, last), "organisation", None, "description", named=True)


def _called_by_owner(discourse: Discourse, mention: Mention) -> Resolution | None:
    """The last body in the text with this noun that has a person's name before it, else the next one below."""
    tokens, links, head = discourse.tokens, discourse.inventory.links, mention.head
    before = range(mention.first - 1, max(mention.first - REACH, 0), -1)
    for i in (*before, *range(head + 1, min(head + REACH, len(tokens)))):
        if tokens.folded[i] == tokens.folded[mention.head] and i not in discourse.inventory.quoted:
            last = i - 2 if tokens.tag[i - 1] == "POS" else i - 1
            if last in links and links[last].entities[0].kind in ("person", "unknown"):
                name = tokens.span(links[last].name.first, i + 1)
                return Resolution(name, "organisation", None, "description", named=True)
    return None


def noun_phrase(discourse: Discourse, mention: Mention) -> Resolution | None:
    """*a state lawmaker from Florida who left*: nobody named; the phrase itself."""
    tokens = discourse.tokens
    link = discourse.inventory.links.get(mention.head)
    kind = "body" if link and link.entities[0].kind == "body" else noun_kind(tokens, mention.head)
    if len(mention) == 1 and kind == "unknown" and _only_a_capital(discourse, mention.head):
        return Resolution(None)
    owned = _of_an_owner(discourse, mention) or _as_first_called(discourse, mention)
    named = owned is not None or (link is not None and bool(link.entities[0].forms))
    gender = words().persons.get(tokens.folded[mention.head]) if kind == "person" else None
    return Resolution(
        owned or phrase(tokens, _from_name(discourse, mention)) or None,
        "organisation" if kind == "body" else kind,
        None,
        "noun phrase",
        named=named,
        gender=gender if gender in ("f", "m") else None,
    )


def _from_name(discourse: Discourse, mention: Mention) -> Mention:
    """A mention without what describes the body before its name: Norland's state-run | Orla news agency; the
    EU-backed | Orla news agency."""
    tokens, covering, head = discourse.tokens, discourse.inventory.covering, mention.head
    if noun_kind(tokens, head) != "body" or not tokens.words[head].islower():
        return mention
    last = tokens.run_before(head, lambda i: tokens.tag[i] == "NN" and tokens.words[i].islower(), mention.first)
    described = DESCRIBING.fullmatch
    first = tokens.run_before(
        last, lambda i: tokens.words[i][0].isupper() and not described(tokens.words[i]), mention.first
    )
    if (
        not mention.first < first < last
        or tokens.tag[last - 1] == "JJ"
        or any(_is_place(covering.get(i)) for i in range(first, last))
    ):
        return mention
    told = described(tokens.words[first - 1]) or any(
        tokens.tag[i].startswith(("JJ", "VBN", "HYPH", "POS")) for i in range(mention.first, first)
    )
    return Mention(first, mention.last, mention.core, head) if told else mention


def _is_place(link: Link | None) -> bool:
    return link is not None and link.entities[0].kind == "place"


def _as_first_called(discourse: Discourse, mention: Mention) -> str | None:
    """The words by which *the spokesman* was first called: the prime minister's official spokesman; *the affidavit*."""
    tokens, head = discourse.tokens, mention.head
    meant = discourse.at.get(head)
    if meant is None or meant.number >= 0 or meant.kind not in NAMED_ONCE or meant.members:
        return None
    if not meant.tokens or meant.tokens[0] >= head:
        return None
    first, own = meant.tokens[0], tokens.folded[mention.first + 1 : head + 1]
    same = tokens.folded[first + 1 - len(own) : first + 1] == own or tokens.folded[head] in NAMELESS
    same = same or AGED.fullmatch(tokens.folded[head]) is not None  # a pupil, the 12-year-old
    same = same or same_office(tokens, [first], head)
    if not same or mention.core != head + 1 or tokens.folded[mention.first] not in DEFINITE:
        return None
    begin = begin_of(tokens, first, first - FARTHEST)
    begin, end = phrase_range(tokens, Mention(begin, first + 1, first + 1, first))
    if len(own) > 1:
        alone = mention.last == mention.core and first - begin >= len(own)
        return tokens.span(begin, first + 1) if alone else None
    if meant.kind == "document":  # a new study
        begin = tokens.run_from(begin, lambda i: tokens.folded[i] in RECENT, first)
    cut = {id(link) for i in range(first + 1, end + 1) if (link := discourse.inventory.covering.get(i)) is not None}
    return tokens.span(begin, end if len(cut) < 2 and end not in discourse.inventory.covering else first + 1)


def _of_an_owner(discourse: Discourse, mention: Mention) -> str | None:
    """A body that is called only by whose it is: Ortiz's *office*, her *campaign*, by the owner's name."""
    tokens, head = discourse.tokens, mention.head
    noun, pronoun = tokens.words[head], tokens.tag[head - 1] == "PRP$"
    if noun not in OWNED or head == mention.first:
        return None
    link = discourse.inventory.links.get(head - 2) if tokens.tag[head - 1] == "POS" else None
    owner = discourse.at.get(head - 1 if pronoun else head - 2) if pronoun or link is not None else None
    if owner is None or owner.kind != "person" or not owner.forms or not owner.name:
        return None
    if noun == "office":
        return f"{owner.name}{'’' if '’' in tokens.text else chr(39)}s {noun}"
    return f"{owner.surname} {noun}" if pronoun else None


def _only_a_capital(discourse: Discourse, i: int) -> bool:
    """Is the word no name that the article knows, capitalised where a sentence begins, and a verb by what follows it?

    *Preys* on our fears and calls them names.
    """
    tokens = discourse.tokens
    governs = i + 1 < len(tokens) and tokens.tag[i + 1] in ("IN", "TO", "DT", "PRP$")
    return tokens.begins_sentence(i) and governs and tokens.words[i].istitle() and i not in discourse.inventory.covering
