"""A `Tokens` in, the proper names of the article out: where each stands, without its title, and what kind it seems.

Names are runs of proper-noun tokens; the model's entity labels are one vote among others (its PERSON F is under 80 %),
beside titles, given names, the head word of a body, capitals of an acronym and the words around.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby

from quotes_cli.language.tokens import MARKS, Tokens
from quotes_cli.language.words.lists import column
from quotes_cli.language.words.vocabulary import fold, given_names, singular, words

from .entities import Key, best_kind, no_votes

#: What the model's labels of names vote for.
LABELS = {"PERSON": "person", "ORG": "body", "LOC": "place", "GPE": "place", "NORP": "body"}
TITULAR = frozenset(["republican", "democrat", "libertarian", "independent"])
REPORTED = frozenset({"said", "says", "added", "adds", "asked", "asks", "wrote", "writes", "replied", "tweeted"})
MISTAGGED = frozenset({"NN", "NNS", "JJ", "RB", "VB", "VBG", "VBN", "FW"})  # what a tagger makes of a rare surname
CLOSINGS = frozenset((".", "?", "!", "”", '"', ":", "’", "''"))  # at the end of a paragraph that is no headline
RELATIVE_PERSON = frozenset({"who", "whom"})


@dataclass(slots=True)
class Name:
    """One occurrence: tokens [first, last) without title, [before, first) the title; `key` its folded words."""

    before: int
    first: int
    last: int
    key: Key
    votes: dict[str, float] = field(default_factory=no_votes)
    headline: bool = False
    bare_title: bool = False
    opens: bool = False
    cues: set[str] = field(default_factory=set)

    @property
    def kind(self) -> str:
        """`person`, `body`, `place` or `unknown`, by the votes of this occurrence alone."""
        return best_kind(self.votes, 1)


def find_names(tokens: Tokens) -> list[Name]:
    """All names of the article in text order, headlines included (and marked)."""
    headlines = _headlines(tokens)
    found: list[Name] = []
    i = done = 0
    while i < len(tokens):
        if not _name_word(tokens, i):
            i += 1
            continue
        if i > 1 and tokens.before(i) in ("of", "for") and (person := _office_of(tokens, i - 1)):
            i = person  # governor of Ohio | Ana Lee
        if _opens_with_verb(tokens, i):
            i += 1
        begin = tokens.run_before(i, lambda k: tokens.words[k] in column("particles.txt"), max(i - 3, done))
        last = _run_end(tokens, i)
        pieces = _pieces(tokens, begin, last)
        for number, (first, end) in enumerate(pieces):
            if number + 1 < len(pieces) and not any(tokens.entity[first:end]):
                continue  # a title or a word set in capitals before the person
            name = _name(tokens, first, end)
            if name is not None:
                name.headline = tokens.paragraph[first] in headlines
                found.append(name)
        i = done = last
    return found


def key_of(tokens: list[str]) -> Key:
    """Folded words of a name: no dots, no marks around nicknames, no Arabic article."""
    parts = (fold(token).strip(".\"'“”‘’()") for token in tokens)
    return tuple(part[3:] if part.startswith(("al-", "el-")) and len(part) > 4 else part for part in parts if part)


def _headlines(tokens: Tokens) -> set[int]:
    """Paragraphs set as headlines, where a capital says nothing: most words capitalised (nearly all before a stop)."""
    small = words().small["preposition"] | words().small["article"]
    found = set()
    for paragraph, run in groupby(range(len(tokens)), key=tokens.paragraph.__getitem__):
        *_, last = every = list(run)
        large = [i for i in every if tokens.folded[i] not in small and tokens.tag[i] != "CC"]
        capitals = [tokens.words[i][0].isupper() for i in large if tokens.words[i][0].isalpha()]
        least, share = (6, 0.9) if tokens.words[last] in CLOSINGS else (4, 0.7)
        if len(capitals) >= least and sum(capitals) >= share * len(capitals):
            found.add(paragraph)
    return found


def _name_word(tokens: Tokens, i: int) -> bool:
    word = tokens.words[i]
    if not word[0].isalpha() or word.islower() or tokens.folded[i] in words().pronouns:
        return False
    proper = tokens.tag[i] in ("NNP", "NNPS") or tokens.pos[i] == "PROPN" or bool(tokens.entity[i])
    if not proper or tokens.folded[i] in words().small["article"]:
        return False
    if tokens.folded[i] in column("calendar.txt"):
        return tokens.folded[i] in ("may", "april", "june", "august") and tokens.entity[i] == "PERSON"
    return word[0].isupper() or any(c.isupper() for c in word)


def _run_end(tokens: Tokens, first: int) -> int:
    """End of the run of name tokens from `first`; particles, nicknames in marks, suffixes and a body's `of` join it."""
    lex = words()
    last = first + 1
    stop = tokens.paragraph_end(first)
    while last < stop:
        if _name_word(tokens, last):
            last += 1
            continue
        word = tokens.folded[last]
        following = last + 1 < stop and _name_word(tokens, last + 1)
        inside = _same_entity(tokens, last) and (word != "and" or tokens.entity[last] == "ORG")
        if (
            _particles(tokens, last)
            or (word == "&" and following)
            or _capital(tokens, last)
            or (word in column("suffixes.txt") and tokens.words[last][0].isupper())
            or (inside and following and word not in ("'s", "’s") and tokens.words[last][0].isalnum())
        ):
            last += 1
        elif word in ("of", "for") and tokens.folded[last - 1] in lex.organisations and _after_the(tokens, last):
            last += 1 if following else 2
        elif word == "," and tokens.behind(last) in ("jr.", "sr.", "jr", "sr"):
            last += 2
        elif nickname := _nickname(tokens, last):
            last = nickname
        elif person := _office_of(tokens, last):
            last = person
        else:
            break
    return last


def _particles(tokens: Tokens, i: int) -> bool:
    """Whether particles begin at i with a name behind them: van der | Berg."""
    end, stop = i, tokens.paragraph_end(i)
    while end < stop and end - i < 3 and tokens.folded[end] in column("particles.txt"):
        end += 1
    return i < end < stop and _name_word(tokens, end)


def _capital(tokens: Tokens, i: int) -> bool:
    """A surname that the tagger took for a noun or adjective: a capital right behind a given name (Marty *Small*)."""
    plain = tokens.tag[i] in MISTAGGED and tokens.words[i][0].isupper() and not tokens.words[i].isupper()
    person = tokens.entity[i - 1] == "PERSON" and tokens.begins_entity[i - 1]
    return plain and (person or tokens.folded[i - 1] in given_names())


def _same_entity(tokens: Tokens, i: int) -> bool:
    """Whether the model's label runs on from the token before; a pronoun ends it (Ana and I)."""
    goes_on = bool(tokens.entity[i]) and tokens.entity[i] == tokens.entity[i - 1] and not tokens.begins_entity[i]
    return goes_on and tokens.folded[i] not in words().pronouns


def _after_the(tokens: Tokens, i: int) -> bool:
    """Whether a name stands behind i, maybe after "the": University of the Arts."""
    stop = tokens.paragraph_end(i)
    i += 2 if tokens.behind(i) == "the" else 1
    return i < stop and _name_word(tokens, i)


def _nickname(tokens: Tokens, i: int) -> int:
    """End of a nickname in marks or brackets at i (Robert "Bobby" Scott, William (Bill) Lee), or 0."""
    opening = tokens.words[i]
    if opening not in MARKS and opening != "(":
        return 0
    for width in (1, 2):
        close = i + width + 1
        if close + 1 >= tokens.paragraph_end(i) or not tokens.words[close - 1][0].isupper():
            return 0
        closed = tokens.words[close] == ")" if opening == "(" else tokens.words[close] in MARKS
        acronym = opening == "(" and tokens.words[i + 1].isupper()
        if closed and not acronym and tokens.words[close + 1][0].isupper() and tokens.tag[close + 1].startswith("NN"):
            return close + 2
    return 0


def _opens_with_verb(tokens: Tokens, i: int) -> bool:
    """A reporting verb before its subject at the begin of a sentence, for its capital taken as a name: Said Ellis."""
    first = i == 0 or tokens.sentence[i - 1] != tokens.sentence[i] or tokens.words[i - 1] in MARKS
    return first and tokens.folded[i] in REPORTED and not tokens.ends_paragraph(i) and _name_word(tokens, i + 1)


def _office_of(tokens: Tokens, i: int) -> int:
    """Where the person begins in an office's `of` phrase at i: Secretary of State | Ana Lee; 0 where none does."""
    if tokens.folded[i] not in ("of", "for") or tokens.folded[i - 1] not in words().persons | words().titles:
        return 0
    for k in range(i + 2, min(i + 8, tokens.paragraph_end(i) - 1)):
        if not (_name_word(tokens, k - 1) or tokens.folded[k - 1] in ("and", "the", "&", "of")) or not _name_word(
            tokens, k
        ):
            return 0
        person = tokens.begins_entity[k] and tokens.entity[k] == "PERSON"
        if _name_word(tokens, k + 1) and (person or tokens.folded[k] in given_names()):
            return k
    return 0


def _pieces(tokens: Tokens, first: int, last: int) -> list[tuple[int, int]]:
    """Split a run where a person begins after something else: `Times Mary Lee`, `Secretary of State | Ana Lee`."""
    cuts = [first]
    for i in range(first + 1, last):
        if i < cuts[-1]:
            continue
        if tokens.begins_entity[i] and tokens.entity[i] == "PERSON":
            known = tokens.folded[i] in given_names() and last - i > 1 and tokens.folded[i - 1] not in given_names()
            if tokens.entity[i - 1] not in ("", "PERSON") or (not tokens.entity[i - 1] and known):
                cuts.append(i)
        elif tokens.folded[i] in ("of", "for") and (person := _office_of(tokens, i)):
            cuts.append(person)
    return list(zip(cuts, [*cuts[1:], last], strict=True))


def _name(tokens: Tokens, before: int, last: int) -> Name | None:
    lex = words()
    first = _after_title(tokens, before, last)
    while last > first and tokens.folded[last - 1] in ("the", "of", "for", "and", "&"):
        last -= 1
    while first < last and tokens.folded[first] in ("the", "of", "for", "and", "&"):
        first += 1
    if first >= last:
        return None
    key = key_of(tokens.words[first:last])
    if not key or (len(key) == 1 and _group(tokens, first)):
        return None
    name = Name(before, first, last, key)
    name.bare_title = all(word in lex.titles or word in lex.persons for word in tokens.folded[before:last])
    name.opens = last - before == 1 and (first == 0 or tokens.sentence[first - 1] != tokens.sentence[first])
    _vote(tokens, name)
    return name


def _group(tokens: Tokens, i: int) -> bool:
    """Democrats, Danes, the Clintons: several people, and no name of one."""
    lex, word = words(), tokens.folded[i]
    family = tokens.tag[i] == "NNPS" and tokens.before(i) == "the" and tokens.entity[i] != "ORG"
    return (
        family
        or any(w in lex.peoples for w in (word, singular(word)))
        or (word != (w := singular(word)) and w in lex.persons)
    )


def _after_title(tokens: Tokens, first: int, last: int) -> int:
    """Where the name begins after its titles: the token behind the last title word that has something after it."""
    lex, given = words(), given_names()
    body = tokens.folded[last - 1] in lex.organisations or all(entity == "ORG" for entity in tokens.entity[first:last])
    for i in range(last - 2, first - 1, -1):
        word = tokens.folded[i]
        if body and tokens.folded[i + 1] not in given and not (_titled(tokens, i) and last - i == 2):
            continue
        office = (
            word in lex.titles or word in TITULAR or " ".join(tokens.folded[max(first, i - 1) : i + 1]) in lex.offices
        )
        weak = word in lex.office_heads and (tokens.entity[i + 1] == "PERSON" or tokens.folded[i + 1] in given)
        if (office or weak) and not (i > first and tokens.folded[i - 1] in given and word not in lex.office_heads):
            rest = [w for w in tokens.folded[i + 1 : last] if w.strip(".") not in column("suffixes.txt")]
            return i + 1 if rest else first
    return first


def _titled(tokens: Tokens, i: int) -> bool:
    return tokens.folded[i] in words().titles and (
        tokens.words[i][-1] == "." or tokens.folded[i] in words().small["style"]
    )


def _vote(tokens: Tokens, name: Name) -> None:
    """Gather what speaks for a person, a body, a place."""
    lex, given = words(), given_names()
    first, last = name.first, name.last
    votes, labels = name.votes, tokens.entity[first:last]
    for label in labels:
        if label in LABELS:
            votes[LABELS[label]] += 2 / len(labels)
    previous = tokens.before(first)
    following = tokens.behind(last - 1)
    tail = tokens.folded[last - 1]
    if name.before < first:
        votes["person"] += 3
        name.cues.update(tokens.folded[name.before : first])
    if len(name.key) > 1 and name.key[0] in given and tail not in lex.organisations:
        votes["person"] += 2
    if len(name.key) > 1 and tail in lex.organisations and not (name.before < first):
        votes["body"] += 3
    elif len(name.key) == 1 and tail in lex.organisations and previous == "the":
        votes["body"] += 2
    if "of" in name.key or "&" in name.key or "for" in name.key:
        votes["body"] += 2
    word = tokens.words[first]
    if len(name.key) == 1 and word.isupper() and 2 <= len(word.replace(".", "")) <= 6 and not name.headline:
        votes["body"] += 1.5
    if " ".join(name.key) in lex.countries:
        votes["place"] += 2.5 if name.key[0] not in given else 1.0
    if previous == "the" and name.before == first:
        votes["body"] += 1
        votes["person"] -= 1
    if following in RELATIVE_PERSON or (following == "," and tokens.behind(last) == "who"):
        votes["person"] += 1.5
    if previous in ("in", "at") and len(name.key) == 1:
        votes["place"] += 0.5
