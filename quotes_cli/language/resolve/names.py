"""A `Tokens` in, the proper names of the article out: where each stands, without its title, and what kind it seems.

Names are runs of proper-noun tokens; the model's entity labels are one vote among others (its PERSON F is under 80 %),
beside titles, given names, the head word of a body, capitals of an acronym and the words around.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import itemgetter

from quotes_cli.language.attribute.mentions import PLATFORMS
from quotes_cli.language.designations import BRACKETS, service_end
from quotes_cli.language.labels import SUBJECT
from quotes_cli.language.nouns import denotes
from quotes_cli.language.personal_names import Key
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import given_names, words

from .bodies import named_bodies
from .bodily import POSSESSIVES, is_no_person
from .body_nouns import body_nouns, shortened_relative
from .entities import best_kind, no_votes
from .extents import REPORTED, Extent, extents
from .fronts import PLACING, without_fronts
from .glued import unglued
from .longer_names import shows
from .name_words import Form, are_people, form_of
from .personal import person_votes
from .titular import TITULAR, is_headed, is_named_trade

#: What the model's labels of names vote for.
LABELS = {"PERSON": "person", "ORG": "body", "LOC": "place", "GPE": "place", "NORP": "body"}
#: Titles that name a man more often than they stand before a bare surname.
GIVEN_TITLES = frozenset({"dean", "earl", "gogo", "mama"})
STYLED_TITLES = GIVEN_TITLES | {"prince", "king", "duke"}  # and behind Mr or Mrs
SAINTS = frozenset({"st", "st.", "saint", "sainte"})  # before the name of a place or a church, if no surname
DEEDS = ("tion", "sion")  # endings of what a firm does, and of no surname: Hume Promotion
#: Before the name of what they are: the capital *Linden*.
PLACES = frozenset(
    "capital city town village hamlet suburb port province district region county island borough township municipality "
    "neighborhood neighbourhood resort peninsula valley enclave exclave stronghold".split()
)
CLOSINGS = frozenset((".", "?", "!", "”", '"', ":", "’", "''"))  # at the end of a paragraph that is no headline


@dataclass(slots=True)
class Name:
    """One occurrence: tokens [first, last) without title, [before, first) the title; `key` its folded words.

    `headline`, `quoted`: it stands in one, in a quotation. `seen`: the model has seen the paragraph. `surname_at`: the
    token of a surname that it shares with the name behind it; `determined`: is it behind "the"? `shouted`: is it one
    word in capitals? `mended`: its words where a hyphen stood for a space.
    """

    before: int
    first: int
    last: int
    key: Key
    votes: dict[str, float] = field(default_factory=no_votes)
    headline: bool = False
    seen: bool = True
    quoted: bool = False
    cues: frozenset[str] = frozenset()
    surname_at: int = -1
    determined: bool = False
    shouted: bool = False
    mended: str = ""

    @property
    def kind(self) -> str:
        """`person`, `body`, `place` or `unknown`, by the votes of this occurrence alone."""
        return best_kind(self.votes, 1)


def find_names(tokens: Tokens, whole: Sequence[tuple[int, int]] = ()) -> list[Name]:
    """All names of the article in text order, headlines included (and marked); `whole` are bodies known already."""
    found: list[Name] = []
    known = set(whole)
    inside = {i for first, last in whole for i in range(first, last)}
    every = list(without_fronts(tokens, extents(tokens)))
    if inside:
        every = [extent for extent in every if inside.isdisjoint(range(extent[1], extent[2]))]
    every += [(first, first, last) for first, last in whole]
    bodies = [(first, first, last) for first, last in named_bodies(tokens)]
    every = _apart(tokens, bodies, every)
    known.update(extent[1:] for extent in bodies)
    paragraph, begin, headline = -1, 0, False  # the one of the last name, the end of its dateline
    for before, first, last in sorted(every, key=itemgetter(1)):
        if tokens.paragraph[first] != paragraph:
            paragraph, begin, headline = (
                tokens.paragraph[first],
                tokens.dateline_end(first),
                _is_headline(tokens, first),
            )
        name = _name(tokens, before, first, last, headline) if last > begin else None
        if name is not None:
            name.votes["body"] += 2 * ((first, last) in known)
            found.append(name)
    return _with_given_titles(found, tokens)


def _apart(tokens: Tokens, whole: list[Extent], others: list[Extent]) -> list[Extent]:
    """The names that are whole, but for those inside longer ones, and the others apart from them."""
    inside = {i: extent for extent in whole for i in range(extent[1], extent[2])}
    kept = []
    for extent in others:
        if inside.keys().isdisjoint(range(extent[1], extent[2])):
            kept.append(extent)
            continue
        extent = _behind(tokens, extent, inside)
        met = {inside[i] for i in range(extent[1], extent[2]) if i in inside}
        if all(extent[1] <= one[1] and one[2] <= extent[2] for one in met):
            kept.append(extent)
            whole = [one for one in whole if one not in met]
    return [*whole, *kept]


def _behind(tokens: Tokens, extent: Extent, inside: Mapping[int, Extent]) -> Extent:
    """A name, or what of it is a person's behind the whole name of a body: head of the Council on Roads | *Ana Lee*."""
    body = inside.get(extent[1])
    if body is None or not extent[1] < body[2] < extent[2]:
        return extent
    person = tokens.folded[body[2]] in given_names() or tokens.entity[body[2]] == "PERSON"
    return (body[2], body[2], extent[2]) if person and extent[2] - body[2] > 1 else extent


def _with_given_titles(found: list[Name], tokens: Tokens) -> list[Name]:
    """Names that begin with a title's word as a given name: *Dean* Baker, where the article knows no other Baker."""
    surnames = {name.key[-1] for name in found if len(name.key) > 1}
    for name in found:
        title = name.first - 1
        styled = title > name.before and tokens.folded[title - 1] in words().small["style"]
        given = title >= name.before and tokens.folded[title] in (STYLED_TITLES if styled else GIVEN_TITLES)
        if given and len(name.key) == 1 and name.key[0] not in surnames:
            name.first, name.key = title, (tokens.folded[title], *name.key)
    return found


def _is_headline(tokens: Tokens, i: int) -> bool:
    """Is the paragraph of token i set as a headline, where a capital says nothing: are most of its words capitalised
    (nearly all before a stop)?"""
    stop = tokens.paragraph_end(i)
    own = slice(bisect_left(tokens.paragraph, tokens.paragraph[i], 0, i), stop)
    last = tokens.words[stop - 1]
    least, share = (6, 0.9) if last in CLOSINGS else (4, 0.7)
    large = bisect_left(tokens.capitals, stop) - bisect_left(tokens.capitals, own.start)  # no fewer than count below
    if large < least:
        return False
    small, most = _small_words(), large / share
    columns = tokens.words[own], tokens.folded[own], tokens.tag[own]
    capitals: list[bool] = []
    for word, low, tag in zip(*columns, strict=True):
        if low not in small and tag != "CC" and word[0].isalpha():
            capitals.append(word[0].isupper())
            if len(capitals) > most:
                return False
    if len(capitals) < least or sum(capitals) < share * len(capitals):
        return False
    # A sentence of many names is none: The Linden Bank met the Harbour Board on Friday.
    return last != "." or not any(
        tag in ("VBD", "VBZ", "MD") and word.islower() and low not in small
        for word, low, tag in zip(*columns, strict=True)
    )


@cache
def _small_words() -> frozenset[str]:
    """The words that a headline need not set with capitals."""
    return words().small["preposition"] | words().small["article"]


@cache
def _before_names() -> frozenset[str]:
    """The titles and the nouns for persons."""
    return frozenset({*words().titles, *words().persons})


def _name(tokens: Tokens, before: int, first: int, last: int, headline: bool) -> Name | None:
    spelt = tuple(tokens.words[first:last])
    form = form_of(spelt)
    mended = unglued(tokens, spelt) if form.is_joined else []
    if mended:
        form = form_of(tuple(mended))
    key = form.key
    if form.is_none or (len(key) == 1 and _group(tokens, first)) or _serves(tokens, first, last):
        return None
    previous = tokens.before(before)
    if len(key) > 1 and key[-1] in TITULAR and previous in ("the", "a", "an", "fellow"):
        return None  # the Ohio Democrat
    name = Name(before, first, last, key, headline=headline, mended=" ".join(mended))
    name.seen = bool(tokens.tag[first])
    name.determined = previous == "the"
    _vote(tokens, name, form, previous)
    name.votes["person"] += 4 * (0 < len(mended) < last - first)  # the Linden Police-Ana Ortiz
    return name


def is_bare_title(tokens: Tokens, name: Name) -> bool:
    """Is all of it what may stand before a name: the *President*?"""
    return _before_names().issuperset(tokens.folded[name.before : name.last])


def opens(tokens: Tokens, name: Name) -> bool:
    """Is it one word that may have its capital from the begin of its sentence: *Keeps*, *Imagine*?"""
    first, alone = name.first, name.last - name.before == 1
    return alone and tokens.begins_sentence(first) and not _is_surely_name(tokens, first)


def _is_surely_name(tokens: Tokens, i: int) -> bool:
    """Is a capital that opens a sentence a name's for all that: "Openmap says", OpenMap?"""
    word = tokens.words[i]
    if not word.isupper() and not word[1:].islower() and any(map(str.isupper, word[1:])):
        return True
    return tokens.tag[i] == "NNP" and tokens.dep[i] in SUBJECT and tokens.behind(i) in REPORTED


def _serves(tokens: Tokens, first: int, last: int) -> bool:
    """The rank and the word in brackets before somebody's name: Capt. (Ret.) Ana Lee."""
    text = tokens.words
    if text[first - 1] not in BRACKETS and (last == len(text) or text[last] not in BRACKETS):
        return False
    stop = tokens.paragraph_end(first)
    return last < stop and bool(service_end(text, first - 1, stop) or service_end(text, last, stop))


def _group(tokens: Tokens, i: int) -> bool:
    """Democrats, Danes, the Clintons: several people, and no name of one."""
    word = tokens.words[i]
    if are_people(tokens.folded[i]) or (word[-1] == "s" and word[:-1].isupper() and len(word) > 2):
        return True  # MPs, NGOs
    return tokens.tag[i] == "NNPS" and tokens.before(i) == "the" and tokens.entity[i] != "ORG"


def _vote(tokens: Tokens, name: Name, form: Form, previous: str) -> None:
    """Gather what speaks for a person, a body, a place; `previous` is the word before its title."""
    first, last, key, votes = name.first, name.last, name.key, name.votes
    several, titled = len(key) > 1, name.before < first
    labels = tokens.entity[first:last]
    for label in labels:
        if label in LABELS:
            votes[LABELS[label]] += 2 / len(labels)
    _vote_by_form(name, form)
    following = tokens.behind(last - 1)
    tail = tokens.folded[last - 1]
    if titled:
        previous = tokens.folded[first - 1]
        votes["person"] += 3
        name.cues = frozenset(tokens.folded[name.before : first])
    _vote_by_ends(tokens, name, form, previous)
    if any(body_nouns(tokens, name.before, last)):
        votes["body"] += 3  # more than the model's label PERSON and that it speaks
    owned = "POS" in tokens.tag[first:last]  # St Hilda's College
    votes["body"] += 2 * owned
    if form.has_initial and not owned:
        votes["person"] += 6 if len(key) == 3 else 4  # Dora J. Band, who is no band; the Dora J. Lee Foundation is none
    if form.is_country:
        votes["place"] += 1.0 if form.is_given and not several else 2.5
    if previous == "the" and not titled:
        votes["body"] += 4 if len(key) > 2 and tail in shows() else 1  # the Ana Ortiz Show
        votes["person"] -= 1
    votes["person"] += person_votes(tokens, last, several=several)
    _vote_by_place(tokens, name, previous, following)
    if not titled and is_no_person(tokens, first, last, previous, following):
        votes["body"] += 1.5
        votes["person"] -= 1.5


def _vote_by_ends(tokens: Tokens, name: Name, form: Form, previous: str) -> None:
    """Gather what the first and the last word of a name tell, and its title or "the" before."""
    several, titled, tail, votes = len(name.key) > 1, name.before < name.first, tokens.folded[name.last - 1], name.votes
    if tail in words().organisations:
        if several and not titled:
            votes["body"] += 3
        elif not several and previous == "the":
            votes["body"] += 2
    elif tail in PLATFORMS and not titled:
        votes.update(person=-3.0, body=3.0)
    elif several and not titled and name.key[0] in SAINTS:
        votes["place"] += 2.5  # St Louis, St Mark's Hospital
    elif several and not titled and tokens.tag[name.last - 1] == "NNPS" and tail in column("field_nouns.txt"):
        votes["body"] += 3  # Orrin Ferries, while Orrin is a given name
    elif several and form.is_given and not form.is_country and not tail.endswith(DEEDS):
        votes["person"] += 2 * tokens.words[name.first][0].isupper()  # no Al is in al Qaeda
    elif several and not titled and tail in column("field_nouns.txt"):
        votes["body"] += 3  # Harbour Foods


def _vote_by_place(tokens: Tokens, name: Name, previous: str, following: str) -> None:
    """Gather what the words around a name tell of a place: *in* Linden, the *capital* Linden; or of a trade: opposition
    *leader* Ana Ortiz."""
    several = len(name.key) > 1
    untitled = several and name.before == name.first and name.key[-1] not in words().organisations
    listed = following in ("and", "or", "&")  # the head of Ford, General Motors and Chrysler
    if untitled and (is_named_trade(tokens, name.first - 1) or (not listed and is_headed(tokens, name.first - 1))):
        name.votes["person"] += 2.5
    if following in POSSESSIVES:
        return
    bearer = name.before - 2
    if not several and previous == "from" and tokens.words[bearer] == ",":
        told = tokens.words[bearer - 1].isdigit() or tokens.entity[bearer - 1] == "PERSON"
        name.votes["place"] += 3.5 * told  # Ana Lee, 91, from Linden
    if previous in PLACING and not several:
        name.votes["place"] += 0.5 if previous == "at" else 1.5
    if previous in ("from", "in") and denotes(tokens.folded[bearer], "NN") == "person":
        if several and previous == "from":
            name.votes["place"] += 3.5  # a nurse from Abu Linden
            name.votes["person"] -= 1.5
        elif not several and tokens.entity[name.first] == "PERSON":
            name.votes["place"] += 1 if previous == "in" else 2.5  # a vendor in Linden
    told = previous in PLACES and name.before == name.first
    if told and not shortened_relative(tokens, name.first, name.last):  # but: the town | Ana Lee loves
        name.votes["place"] += 2.5
        name.votes["person"] -= 1.5


def _vote_by_form(name: Name, form: Form) -> None:
    """Gather what the words of a name tell, wherever it stands."""
    votes = name.votes
    votes["person"] += form.person
    votes["place"] += form.place
    votes["body"] += form.body
    if form.is_ship:
        votes.update(person=-9, place=9)
    if form.is_spot and name.before == name.first:
        votes["place"] += 2
    if form.is_shouted and not name.headline:
        votes["body"] += 1.5
        name.shouted = True
