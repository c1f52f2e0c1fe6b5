"""A mention in, its parts out: its head and core, and the noun phrase without determiner and relative clause."""

from __future__ import annotations

from dataclasses import dataclass

from quotes_cli.language.labels import RELATIVE
from quotes_cli.language.words.nouns import singular, words

from .view import MARKS, View


@dataclass(frozen=True, slots=True)
class Mention:
    """A source's words: tokens [first, last), end of the noun phrase's core (before prepositions), head noun."""

    first: int
    last: int
    core: int
    head: int
    number: int = -1

    def __len__(self) -> int:
        return self.last - self.first


def mention_of(view: View, start: int, end: int, number: int = -1) -> Mention:
    """The mention at the characters [start, end). The core ends before the first preposition, comma or clause."""
    first, last = view.tokens(start, end)
    while first < last - 1 and (view.space[first] or view.words[first] in MARKS):
        first += 1
    while last > first + 1 and (view.space[last - 1] or view.words[last - 1] in (",", ":", ";", ".", "-", "—")):
        last -= 1
    if (
        view.folded[first] in words().pronouns
        and last - first == 2
        and view.folded[last - 1] in ("'s", "'d", "'ll", "'ve")
    ):
        last -= 1
    core = first
    while core < last and not (core > first and _breaks(view, core)):
        core += 1
    head = core - 1
    while head > first and (view.words[head] in MARKS or view.tags[head] == "POS"):
        head -= 1
    noun = head
    while noun > first and view.tags[noun].startswith(("JJ", "VBN", "VBG", "RB")) and view.words[noun].islower():
        noun -= 1  # a source | familiar with the talks
    head = noun if view.tags[noun].startswith("NN") else head
    return Mention(first, last, core, head, number)


def _breaks(view: View, i: int) -> bool:
    tag, word = view.tags[i], view.folded[i]
    if word in (",", "(", ":", "—", "–", "--", "who", "which", "that"):
        return True
    if word in words().small["preposition"]:
        return not (view.entities[i] and view.entities[i] == view.entities[i - 1] and not view.begins_entity[i])
    return tag.startswith(("VBD", "VBZ", "VBP", "MD", "WP", "WDT")) and not view.entities[i]


def phrase(view: View, mention: Mention) -> str:
    """The noun phrase in the article's words, without leading determiner and without relative clause or apposition."""
    first, last = mention.first, mention.last
    for i in range(mention.core, last):
        relative = view.deps[i] in RELATIVE or view.folded[i] in ("who", "whom", "which", "that")
        if relative or view.words[i] in (",", "(", "—", "–", "--", ":"):
            last = i
            break
    last = max(last, mention.core)
    last = _prepositional(view, mention.head, last)
    first += view.tags[first] == "CC" and first < last - 1
    while (
        first < last - 1 and view.folded[first] in words().small["determiner"] and view.folded[first + 1] not in ("of",)
    ):
        first += 1
    return view.span(first, last)


def _prepositional(view: View, head: int, last: int) -> int:
    """Take in a prepositional phrase that hangs on the head behind the mention: "spokesman | for the ministry"."""
    if last >= view.size or view.folded[last] not in ("of", "for", "from", "at", "in", "with"):
        return last
    governor = view.heads[last]
    if view.heads[governor] != head or not view.deps[governor].startswith("nmod"):
        return last
    end = last
    while (
        end < view.size and end - last < 12 and not view.space[end] and view.words[end] not in (",", "(", ".", ":", ";")
    ):
        if view.words[end] in MARKS or view.tags[end][:1] in "VMW":
            break
        if end > governor and not _under(view, end, governor):
            break
        end += 1
    return end if end > governor else last


def _under(view: View, i: int, top: int) -> bool:
    for _ in range(12):
        if i == top:
            return True
        if view.heads[i] == i:
            return False
        i = view.heads[i]
    return False


def noun_kind(view: View, i: int) -> str:
    """What a common noun denotes: `person`, `group`, `body`, `document` or `unknown`."""
    lex = words()
    word = view.folded[i]
    single = singular(word)
    plural = view.tags[i] in ("NNS", "NNPS") or (single != word and view.tags[i] not in ("NN", "NNP"))
    tail = single.rpartition("-")[2]
    person = (
        single in lex.persons
        or tail in lex.office_heads
        or single in lex.peoples
        or single in ("democrat", "republican")
    )
    if word in lex.groups or (plural and person):
        return "group"
    if person:
        return "person"
    if word in lex.organisations or single in lex.organisations:
        return "group" if plural and single in ("family", "team") else "body"
    if single in lex.documents:
        return "document"
    if plural and word.endswith(("ers", "ists", "ors", "ians", "ees", "ants", "ents")):
        return "group"
    if word.endswith(("ist", "man", "woman", "person")) and len(word) > 5:
        return "person"
    return "unknown"
