"""Bearers of persons' names in, one for each person out: full names first, then misspelt ones, then surnames alone.

Strong links are names that agree in given name and surname; each weaker one asks for evidence besides: a common word
in their roles, somebody who is quoted beside both, or that one of them is far the best known of that name, and not in
another town's paper alone. Of several whom a name may mean, who is quoted in the same outlet is likelier. Links are
made against all names of a bearer, so that nobody is a bridge between two who contradict one another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from quotes_cli.language.personal_names import DOUBLED, Key, agree, bare, is_single, suffix, surname
from quotes_cli.language.words.vocabulary import given_names, words

from .bearers import Bearer, contrary_genders, contrary_work
from .company import Company

KNOWN = 5  # articles from which on somebody may be meant by a surname alone, or by a misspelt name
FAR = 4  # times as often as the next of that name
MANY = 30  # of one surname and given name, or initial, that are compared: what makes the work linear
SHORTEST = 5  # letters of a surname that may be misspelt


def cluster(bearers: Iterable[Bearer], company: Company) -> list[Bearer]:
    """One bearer for each person. Those given are used up."""
    every = sorted(bearers, key=_order)
    full = [one for one in every if not _alone(one)]
    alone = [one for one in every if _alone(one)]
    found = _join_full(_without_titles(full), company)
    found = _join_misspelt(found, company)
    return _join_alone(found, alone, company)


def _order(one: Bearer) -> tuple[object, ...]:
    """The fullest names first, so that shorter ones find them; the rest makes it one order whatever came first."""
    key = one.keys[0]
    fullness = -sum(len(word) > 1 for word in key), -len(key), -one.articles
    return one.known is None, *fullness, key, sorted(one.words), one.gender, -one.quotations


def _alone(one: Bearer) -> bool:
    return one.known is None and all(is_single(key) for key in one.keys)


def _without_titles(full: list[Bearer]) -> list[Bearer]:
    """Join what stands before a name that is known without it, and begins no name: Majority Whip Ana Ortiz."""
    whole = {key: one for one in full for key in one.keys}
    kept = []
    for one in full:
        key = one.keys[0]
        tails = (key[i:] for i in range(1, len(key) - 1)) if one.known is None and key[0] not in given_names() else ()
        named = next((whole[tail] for tail in tails if tail in whole and tail[0] in given_names()), None)
        if named is not None and len(key[0]) > 1 and named is not one:
            keys = list(named.keys)
            named.absorb(one)
            named.keys = keys
        else:
            kept.append(one)
    return kept


def _join_full(full: list[Bearer], company: Company) -> list[Bearer]:
    found: list[Bearer] = []
    by_handle: dict[tuple[str, str], dict[int, Bearer]] = defaultdict(dict)
    for one in full:
        near = {
            id(other): other for handle in _sought(one.keys[0]) for other in islice(by_handle[handle].values(), MANY)
        }
        alike = [other for other in near.values() if _agreeing(one, other) and not _apart(one, other, company)]
        strong = [other for other in alike if _strong(one, other)]
        chosen = _only(one, strong or alike, company, strong=bool(strong))
        if chosen is None:
            found.append(chosen := one)
        else:
            chosen.absorb(one)
        for key in one.keys:
            for handle in _handles(key):
                by_handle[handle][id(chosen)] = chosen
    return found


def _handles(key: Key) -> Iterator[tuple[str, str]]:
    """Under what a full name is kept: its surname's last word with each given name, and with its initial."""
    last = bare(key)[-1]
    for word in bare(key)[:-1]:
        yield last, f"{word[0]}."
        yield last, DOUBLED.sub(r"\1", word)  # of an initial that is the letter


def _sought(key: Key) -> Iterator[tuple[str, str]]:
    """Under what those are kept who may be the same: given names, their forms, their initials; of an initial all."""
    last = bare(key)[-1]
    for word in bare(key)[:-1]:
        if len(word) == 1:
            yield last, f"{word}."
        yield last, word[0]
        yield last, DOUBLED.sub(r"\1", word)
        for other in sorted(words().nicknames.get(word, ())):
            yield last, DOUBLED.sub(r"\1", other)


def _agreeing(one: Bearer, other: Bearer) -> bool:
    if one.known and other.known:
        return False
    keys = [key for key in other.keys if len(bare(key)) > 1]
    return bool(keys) and all(_same_name(one.keys[0], key) for key in keys)


def _same_name(one: Key, other: Key) -> bool:
    """May two full names be one's? Two middle initials must be the same."""
    if not agree(one, other) or bare(one)[-1] != bare(other)[-1]:
        return False
    middles = [bare(key)[1 : -len(surname(key))] for key in (one, other)]
    pairs = zip(*middles, strict=False)
    return len(middles[0]) != len(middles[1]) or all(mine[0] == its[0] for mine, its in pairs)


def _apart(one: Bearer, other: Bearer, company: Company) -> bool:
    return contrary_genders(one, other) or (contrary_work(one, other) and not company.acquainted(one, other))


def _strong(one: Bearer, other: Bearer) -> bool:
    """Is the given name itself the same, not only an initial or a short form, and the suffix?"""
    first = DOUBLED.sub(r"\1", one.keys[0][0])
    firsts = {DOUBLED.sub(r"\1", key[0]) for key in other.keys if len(bare(key)) > 1}
    return len(first) > 1 and first in firsts and all(suffix(key) == suffix(one.keys[0]) for key in other.keys)


def _only(one: Bearer, alike: list[Bearer], company: Company, *, strong: bool) -> Bearer | None:
    """Whom of those that it may be a name means: the only one, or who is meant far more often."""
    if not alike:
        return None
    best = _likeliest(one, alike, company)
    if best is None or strong:
        return best
    if company.together(one, best):
        return None
    if one.suffix != best.suffix:  # father and son may well know the same people
        return None if one.words.isdisjoint(best.words) else best
    colleagues = not one.fields.isdisjoint(best.fields)
    return best if colleagues or _linked(one, best, company) or _well_known(one, best, company) else None


def _likeliest(one: Bearer, alike: list[Bearer], company: Company) -> Bearer | None:
    """The one that is quoted `FAR` more often than the others, where what links them counts as much, or the outlet."""
    if len(alike) == 1:
        return alike[0]

    def weight(other: Bearer) -> int:
        near = _linked(one, other, company) or company.at_home(one, other)
        return (1 + other.articles) * (FAR if near else 1)

    first, second = sorted(((weight(other), other) for other in alike), key=lambda pair: (-pair[0], pair[1].keys))[:2]
    return first[1] if first[0] >= FAR * second[0] else None


def _well_known(one: Bearer, other: Bearer, company: Company) -> bool:
    """May the other be meant by a name that is only similar? Not who is known in another town alone."""
    return other.articles >= KNOWN and not company.elsewhere(one, other)


def _linked(one: Bearer, other: Bearer, company: Company) -> bool:
    return not one.words.isdisjoint(other.words) or company.acquainted(one, other)


# Misspelt names


def _join_misspelt(found: list[Bearer], company: Company) -> list[Bearer]:
    """Join a rare name that is one letter off a well-known one: Rence Ortiz, Ana Orties."""
    by_slip: dict[tuple[str, str], list[Bearer]] = defaultdict(list)
    for one in found:
        for slip in _slips(one):
            by_slip[slip].append(one)
    gone: set[int] = set()
    for one in sorted(found, key=lambda one: (one.articles, one.keys[0][0] in given_names(), one.keys)):
        near = {id(other): other for slip in _slips(one) for other in by_slip[slip][:MANY] if other is not one}
        alike = [
            other
            for key, other in near.items()
            if key not in gone
            and not (one.known or contrary_genders(one, other) or contrary_work(one, other))
            and _misspelt(one, other)
            and {one.suffix, other.suffix} in ({None}, {one.suffix})
            and (
                len(one.words & other.words) > 1
                or (other.articles >= KNOWN * one.articles and not company.elsewhere(one, other))
                or (other.articles >= 2 * one.articles and _linked(one, other, company))
            )
        ]
        if len(alike) == 1:
            keys = list(alike[0].keys)
            alike[0].absorb(one)
            alike[0].keys = keys
            gone.add(id(one))
    return [one for one in found if id(one) not in gone]


def _slips(one: Bearer) -> Iterator[tuple[str, str]]:
    """Forms that a full name shares with what is one letter off: each with a letter of one of its words left out."""
    key = one.keys[0]
    names = bare(key)
    if len(names) < 2:
        return
    first, last = names[0], names[-1]
    if len(last) >= SHORTEST:
        yield from ((first, form) for form in {last, *(last[:i] + last[i + 1 :] for i in range(1, len(last)))})
    if len(first) > 2:
        yield from ((form, last) for form in {first, *(first[:i] + first[i + 1 :] for i in range(1, len(first)))})


def _misspelt(one: Bearer, other: Bearer) -> bool:
    """Not two given names that many bear: Jon and Joan Ortiz are two people."""
    first, its = one.keys[0][0], other.keys[0][0]
    return first == its or first not in given_names() or its not in given_names()


# Surnames alone


def _join_alone(found: list[Bearer], alone: list[Bearer], company: Company) -> list[Bearer]:
    """Give each mention of a surname alone to whom it means there; what means nobody known is a person of its own."""
    surnames: dict[str, list[Bearer]] = defaultdict(list)
    givens: dict[str, list[Bearer]] = defaultdict(list)
    for one in found:
        for word in sorted({bare(key)[-1] for key in one.keys}):
            surnames[word].append(one)
        for word in sorted({key[0] for key in one.keys}):
            givens[word].append(one)
    for known in surnames.values():
        known.sort(key=lambda other: (-other.articles, other.keys))
    chosen: list[tuple[Bearer, Bearer | None]] = []
    for one in alone:
        word = bare(one.keys[0])[-1]
        best_known = surnames[word][:MANY]
        bearers = [other for other in best_known if not _apart(one, other, company) or _in_office(one, other)]
        if one.suffix is not None:
            bearers = [other for other in bearers if other.suffix == one.suffix]
        best = _likeliest(one, bearers, company) if bearers else None
        if best is not None and not (best.known or _linked(one, best, company) or _well_known(one, best, company)):
            best = None
        if best is None and not surnames[word] and len(givens[word]) == 1:
            best = givens[word][0] if _linked(one, givens[word][0], company) else None
        chosen.append((one, best))
    left: list[Bearer] = []
    for one, best in chosen:
        if best is not None:
            best.absorb(one)
        else:
            left.append(one)
    return [*found, *_together(left)]


def _in_office(one: Bearer, other: Bearer) -> bool:
    """Does a role say more than the gender that pronouns tell of a surname alone: President Ortiz, here *she*?"""
    return other.articles >= KNOWN and not one.words.isdisjoint(other.words)


def _together(left: list[Bearer]) -> list[Bearer]:
    """Join those of one surname that nothing tells apart."""
    kept: dict[Key, list[Bearer]] = defaultdict(list)
    for one in left:
        alike = [
            other for other in kept[one.keys[0]] if not contrary_genders(one, other) and not contrary_work(one, other)
        ]
        if alike:
            alike[0].absorb(one)
        else:
            kept[one.keys[0]].append(one)
    return [one for bearers in kept.values() for one in bearers]
