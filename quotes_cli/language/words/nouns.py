"""The data files of this stage in, one `Words` out: titles, offices, nouns of persons and bodies, demonyms, names.

Format as in every lexicon of the package: one entry a line, columns divided by a tab, `#` comments; anything else is a
`LexiconError`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from quotes_cli.errors import LexiconError

GENDERS = ("m", "f", "-")
SMALL_CLASSES = ("article", "determiner", "empty", "style", "preposition", "particle")
PRONOUN_CLASSES = ("masculine", "feminine", "plural", "neuter", "first", "first-plural", "second", "other")


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Every key is lower case and folded (`fold`); given names keep no capitals either.

    `titles`: a word before a name to its gender; `offices`: term (possibly of several words) to the office's own name;
    `wider`: office to the wider terms that may mean it; `office_heads`: last words of terms; `persons`: noun to gender.
    `countries`: name, adjective or people to the country; `kinds`: noun to the words of names that it may stand for.
    """

    titles: dict[str, str]
    offices: dict[str, str]
    wider: dict[str, frozenset[str]]
    office_heads: frozenset[str]
    title_words: frozenset[str]
    persons: dict[str, str]
    organisations: frozenset[str]
    kinds: dict[str, frozenset[str]]
    documents: frozenset[str]
    groups: frozenset[str]
    pronouns: dict[str, str]
    countries: dict[str, str]
    peoples: frozenset[str]
    parties: dict[str, str]
    particles: frozenset[str]
    suffixes: frozenset[str]
    nicknames: dict[str, frozenset[str]]
    calendar: frozenset[str]
    small: dict[str, frozenset[str]]


@lru_cache(maxsize=16384)
def fold(word: str) -> str:
    """Lower case, straight apostrophes, no accents: `Šefčovič` and `Sefcovic` are one name."""
    if word.isascii():
        return word.lower()
    word = word.replace("’", "'").replace("‘", "'").replace("‑", "-").replace("‐", "-")
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))
    return plain.replace("ø", "o").replace("ł", "l").replace("đ", "d").replace("ß", "ss").replace("æ", "ae")


def singular(noun: str) -> str:
    """The singular of a regular or common irregular plural; other words unchanged."""
    irregular = {"people": "person", "men": "man", "women": "woman", "children": "child", "wives": "wife"}
    if noun in irregular:
        return irregular[noun]
    for end, new in (("men", "man"), ("women", "woman"), ("ies", "y"), ("ches", "ch"), ("sses", "ss")):
        if noun.endswith(end) and len(noun) > len(end) + 1:
            return noun[: -len(end)] + new
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) and len(noun) > 3 else noun


@lru_cache(maxsize=1)
def words() -> Words:
    """All lists but the given names, read once."""
    titles = {row[0]: row[1] for row in _rows("titles.txt", 2, 3, {1: GENDERS})}
    offices, wider, shorts = _offices()
    heads = frozenset(re.split(" (?:of|in|to) ", term)[0].split()[-1] for term in offices)
    persons = dict.fromkeys(heads, "-") | {row[0]: row[1] for row in _rows("person_nouns.txt", 2, 2, {1: GENDERS})}
    nicknames: dict[str, set[str]] = {}
    for name, forms in _rows("nicknames.txt", 2, 2):
        family = {name, *_cells(forms)}
        for form in family:  # Bob and Robert agree, Bob and Bert do not
            nicknames.setdefault(form, set()).update({name} if form != name else family)
    kinds: dict[str, set[str]] = {}
    for nouns, parts in _rows("organisation_kinds.txt", 2, 2):
        for noun in _cells(nouns):
            kinds.setdefault(noun, set()).update(_cells(parts))
    countries, peoples = _countries()
    parties = {w: row[0] for row in _rows("parties.txt", 2, 2) for w in (row[0], *_cells(row[1]))}
    return Words(
        titles=titles,
        offices=offices | shorts,
        wider=wider,
        office_heads=heads,
        title_words=frozenset(titles) | {w for term in offices for w in term.split() if w not in ("of", "the", "in")},
        persons=persons,
        organisations=frozenset(_column("organisation_nouns.txt")) | frozenset(kinds),
        kinds={noun: frozenset(parts) for noun, parts in kinds.items()},
        documents=frozenset(_column("document_nouns.txt")),
        groups=frozenset(_column("group_nouns.txt")),
        pronouns={row[0]: row[1] for row in _rows("pronouns.txt", 2, 2, {1: PRONOUN_CLASSES})},
        countries=countries,
        parties=parties,
        peoples=peoples,
        particles=frozenset(_column("particles.txt")),
        suffixes=frozenset(_column("suffixes.txt")),
        calendar=frozenset(_column("calendar.txt")),
        small=_small(),
        nicknames={form: frozenset(family) for form, family in nicknames.items()},
    )


@lru_cache(maxsize=1)
def given_names() -> dict[str, tuple[int, int]]:
    """Folded given name to the weights of its men and women."""
    name = "given_names.txt"
    found: dict[str, tuple[int, int]] = {}
    for number, line in enumerate(_text(name).splitlines(), start=1):
        if not line or line[0] == "#":
            continue
        try:
            given, men, women = line.split("\t")
            found[given] = (int(men), int(women))
        except ValueError:
            raise _error(name, number, "expected `name TAB men TAB women` with whole numbers", line) from None
    return found


def _offices() -> tuple[dict[str, str], dict[str, frozenset[str]], dict[str, str]]:
    offices: dict[str, str] = {}
    wider: dict[str, set[str]] = {}
    for row in _rows("offices.txt", 1, 3):
        office = row[0]
        offices[office] = office
        for other in _cells(row[1]) if len(row) > 1 else ():
            offices.setdefault(other, office)
            wider.setdefault(office, set()).add(other)
            wider.setdefault(offices[other], set()).add(office)
        wider.setdefault(office, set()).update(_cells(row[2]) if len(row) > 2 else ())
    titles = _rows("titles.txt", 2, 3, {1: GENDERS})
    shorts = {row[0]: row[2] for row in titles if len(row) > 2 and row[0] not in offices}
    return offices, {office: frozenset(terms) for office, terms in wider.items()}, shorts


def _small() -> dict[str, frozenset[str]]:
    classes: dict[str, set[str]] = {name: set() for name in SMALL_CLASSES}
    for word, listed in _rows("function_words.txt", 2, 2):
        for name in listed.split():
            if name not in classes:
                raise LexiconError(f"function_words.txt: {word!r} has the unknown class {name!r}")
            classes[name].add(word)
    return {name: frozenset(found) for name, found in classes.items()}


def _countries() -> tuple[dict[str, str], frozenset[str]]:
    countries: dict[str, str] = {}
    peoples: set[str] = set()
    for names, adjectives, people in _rows("demonyms.txt", 3, 3):
        country = _cells(names)[0]
        for form in (*_cells(names), *_cells(adjectives), *_cells(people)):
            countries.setdefault(form, country)
        peoples.update(_cells(people))
    return countries, frozenset(peoples)


def _cells(cell: str) -> list[str]:
    return [part for part in (piece.strip() for piece in cell.split(",")) if part]


def _column(name: str) -> list[str]:
    return [row[0] for row in _rows(name, 1, 1)]


def _rows(name: str, least: int, most: int, allowed: dict[int, tuple[str, ...]] | None = None) -> Iterator[list[str]]:
    """Yield the folded cells of each entry; `allowed` are the words that a column may hold."""
    seen: dict[str, int] = {}
    for number, line in enumerate(_text(name).splitlines(), start=1):
        line = line.partition("#")[0].rstrip()
        if not line:
            continue
        row = [fold(cell.strip()) for cell in line.split("\t")]
        if not least <= len(row) <= most or not row[0]:
            raise _error(name, number, f"expected {least} to {most} columns divided by real tab characters", line)
        for column, values in (allowed or {}).items():
            if column < len(row) and row[column] not in values:
                raise _error(name, number, f"{row[column]!r} is none of {', '.join(values)}", line)
        if (before := seen.setdefault(row[0], number)) != number:
            raise _error(name, number, f"{row[0]!r} stands already on line {before}; delete one of the lines", line)
        yield row


def _text(name: str) -> str:
    return files("quotes_cli").joinpath("data", name).read_text(encoding="utf-8")


def _error(name: str, number: int, problem: str, line: str) -> LexiconError:
    return LexiconError(f"{name}, line {number}: {problem}; found {line!r}")
