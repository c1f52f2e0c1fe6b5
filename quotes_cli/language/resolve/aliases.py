"""Names by which the article says that one is called, too, pass through here: acronyms, nicknames, shared surnames."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from quotes_cli.language.designations import SMALL_INSIDE
from quotes_cli.language.nouns import KIN
from quotes_cli.language.personal_names import Key, given_odds
from quotes_cli.language.tokens import Tokens
from quotes_cli.language.words.vocabulary import given_names, words

from .acronyms import initials
from .bodies import BODY_NOUNS
from .longer_names import SMALL
from .matching import BELIED, SIGNS, titled
from .names import Name

#: What stands between an acronym and the name that explains it.
_GLOSSES = (["("], [","], [",", "the"], ["(", "the"], [",", "or"], [",", "or", "the"], ["—", "the"], ["–", "the"])
#: What stands between a person and what else they are called.
_CALLED = (("known", "as"), ("nicknamed", "the"), (",", "nicknamed"), (",", "aka"), ("(", "aka"), ("goes", "by"))
LEAST_ALONE = 4  # letters of an acronym that no brackets explain
_JOINS = frozenset({"and", "&"})
OLDER = frozenset({"youngest", "eldest", "oldest"})
POSSESSIVES = frozenset({"his", "her", "their"})


def introduced_names(tokens: Tokens, names: Sequence[Name]) -> dict[Key, Key]:
    """Short names to the full ones that they are said to stand for: the Linden Party of Work (LAP); LAP, the Linden
    Party of Work; Ana Lee, known as *Anchita*."""
    found = _letters_of_offices(tokens, names)
    for one, other in pairwise(names):
        if other.before - one.last > 5:
            continue
        between = tokens.folded[one.last : other.before]
        if between == ["("] or between[-2:] == [",", "or"]:
            alone = tokens.behind(other.last - 1) in (")", ",")
            alike = one.key[0][0] == other.key[0][0] and (one.kind != "person" or other.key[0] in initials(one.key))
            alike = alike or (
                _is_body(tokens, one) and other.key[0] not in words().countries
            )  # the Party of Work (PdT)
            short = _is_acronym(tokens, other) or _is_short_form(tokens, other, one)
            if short and alone and alike and (len(one.key) > 1 or _is_short_form(tokens, other, one)):
                found.setdefault(other.key, one.key)
        if between in _GLOSSES and _is_acronym(tokens, one) and one.key[0] in initials(other.key):
            found.setdefault(one.key, other.key)
        called = tuple(between[-2:]) in _CALLED and between[0] in (",", "(", "is", "who")
        if called and len(one.key) > 1 == len(other.key) and (one.kind != "body" or _is_acronym(tokens, other)):
            found.setdefault(other.key, one.key)
    return found


def _letters_of_offices(tokens: Tokens, names: Sequence[Name]) -> dict[Key, Key]:
    """Letters that stand before the surname of one, and alone with "the", to that one's full name: the *CS*, who is CS
    Lee, who is Ana Lee."""
    alone = {name.key for name in names if name.determined and _is_acronym(tokens, name)}
    if not alone:
        return {}
    bearers: dict[Key, set[Key]] = defaultdict(set)
    for name in names:
        if len(name.key) == 1:
            for title in alone.intersection((cue,) for cue in name.cues):
                bearers[title].add(name.key)
    full = {name.key[-1:]: name.key for name in reversed(names) if len(name.key) > 1}
    return {title: full[key] for title, (key, *others) in bearers.items() if key in full and not others}


def _is_body(tokens: Tokens, name: Name) -> bool:
    """Is it a body's name of several words by its noun?"""
    noun = tokens.tag[name.last - 1] in BODY_NOUNS or not words().organisations.isdisjoint(name.key)
    return name.kind == "body" and noun


def _is_short_form(tokens: Tokens, short: Name, name: Name) -> bool:
    """Is it a word of the letters of a body's name, in their order, in brackets behind it: Hill Command (*Hilcom*)?"""
    letters = iter("".join(name.key))
    in_brackets = tokens.before(short.first) == "(" and tokens.behind(short.last - 1) == ")"
    return in_brackets and name.kind == "body" and len(short.key) == 1 and all(one in letters for one in short.key[0])


def _is_acronym(tokens: Tokens, name: Name) -> bool:
    return tokens.words[name.first].isupper() and len(name.key) == 1 and len(name.key[0]) > 1


def written_out(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """The tokens [first, last) of names that have an acronym in the article, whatever their words are tagged.

    Public Works and Rural Supply (PWRS), or PWRS alone before or behind: words with capitals, small ones between them,
    and their initials. Without the brackets four letters at the least, and the acronym's own places come as well.
    """
    found: set[tuple[int, int]] = set()
    alone: dict[str, list[int]] = defaultdict(list)
    for i in tokens.capitals:
        word = tokens.words[i]
        if len(word) < 2 or not word.isupper() or not word.isalpha():
            continue
        if word in tokens.acronyms and tokens.words[i - 1 : i + 2 : 2] == ["(", ")"]:
            found.update(_spelt(tokens, i - 1, {word.lower()}))
        elif len(word) >= LEAST_ALONE:
            alone[word.lower()].append(i)
    endings = {short[-1] for short in alone}
    for i in tokens.capitals if alone else ():
        low = tokens.folded[i]
        if (low[:1] in endings or low in SMALL) and tokens.words[i].istitle() and i + 1 >= LEAST_ALONE:
            for whole in _spelt(tokens, i + 1, alone.keys()):
                found.add(whole)
                letters = initials(tuple(tokens.folded[slice(*whole)]))
                found.update((i, i + 1) for short in letters for i in alone.get(short, ()))
    yield from sorted(found)


def _spelt(tokens: Tokens, last: int, wanted: Set[str]) -> Iterator[tuple[int, int]]:
    """The shortest run of words with capitals that ends at a token and has one of the acronyms as its initials."""
    first = last
    least = max(last - 2 * max(map(len, wanted)), 0)
    large = every = ""
    while first > least and (first == last or not tokens.begins_paragraph[first]):
        first -= 1
        word, capital = tokens.folded[first], tokens.words[first][:1].isupper()
        if not capital and word not in SMALL_INSIDE:
            return
        large, every = (large if word in SMALL else word[0] + large), word[0] + every
        if capital and (large in wanted or every in wanted):
            if tokens.folded[last - 1] not in words().office_heads:  # District Chief Executive (DCE)
                yield first, last
            return


def share_surnames(names: Sequence[Name], tokens: Tokens) -> None:
    """Give a given name the surname of whom it is joined with: *Arthur* and Winifred Haig.

    Not where it stands by itself elsewhere, as the surname in Novak and Cy Dee does.
    """
    often = Counter(name.key for name in names)
    surnames = {name.key[-1] for name in names if len(name.key) > 1}
    for one, other in pairwise(names):
        if other.before != one.last + 1 or tokens.folded[one.last] not in _JOINS or other.before != other.first:
            continue
        given = len(one.key) == 1 < len(other.key) and one.key[0] in given_names() and other.key[0] in given_names()
        if given and one.before == one.first and often[one.key] == 1 and one.key[0] not in surnames:
            shared = other.key[-1]
            if other.kind == "person" and shared not in words().organisations and len(other.key) < 4:
                one.key, one.surname_at = (*one.key, shared), other.last - 1
                one.votes["person"] += 2


def share_titled(names: Sequence[Name], tokens: Tokens) -> None:
    """Give a relative by given name the surname that stands with a title that belies all who bear it in full: Bo Lee
    died, his widow, *Christine*, said; Mrs *Lee* said."""
    full: dict[str, list[float]] = defaultdict(list)
    for name in names:
        if len(name.key) > 1:
            full[name.key[-1]].append(given_odds(name.key))
    shared: dict[str, tuple[str, int]] = {}  # genders to the surname, and one of its tokens
    for name in names:
        gender = titled(name) if len(name.key) == 1 and name.cues and name.key[0] in full else "-"
        if gender != "-" and all(SIGNS[gender] * odds < -BELIED for odds in full[name.key[0]]):
            shared.setdefault(gender, (name.key[0], name.last - 1))
    for gender, (word, token) in shared.items():
        kin = [name for name in names if _is_kin(tokens, name) and SIGNS[gender] * given_odds((*name.key, word)) > 0]
        if len({name.key for name in kin}) == 1:
            for name in kin:
                name.key, name.surname_at = (*name.key, word), token
                name.votes["person"] += 2


def _is_kin(tokens: Tokens, name: Name) -> bool:
    """Is it one word behind whose kin it names: his widow, *Ana*, her youngest, *Bo*, Lee's son *Cy*?"""
    if len(name.key) > 1 or name.before < name.first or name.first < 3:
        return False
    noun = name.first - 1 - (tokens.before(name.first) == ",")
    if not KIN.fullmatch(tokens.folded[noun]) and tokens.folded[noun] not in OLDER:
        return False
    owner = tokens.run_before(noun, lambda i: tokens.tag[i].startswith(("JJ", "NN", "VBN")), max(noun - 3, 0)) - 1
    return owner >= 0 and (tokens.tag[owner] in ("PRP$", "POS") or tokens.folded[owner] in POSSESSIVES)
