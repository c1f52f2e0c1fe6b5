"""The data files of this stage in, one `Words` out: titles, offices, nouns of persons and bodies, demonyms, names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from quotes_cli.errors import LexiconError

from .lists import column, fold_text, package_text, parts, rows, table

GENDERS = ("m", "f", "-")
SMALL_CLASSES = ("article", "be", "degree", "determiner", "empty", "style", "preposition")
COMPLEMENT_CLASSES = ("being", "factual", "giving", "judging", "placing", "punishing")
PRONOUN_CLASSES = ("masculine", "feminine", "plural", "neuter", "first", "first-plural", "second", "other")


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Every key is lower case and folded (`fold`); given names keep no capitals either.

    `titles`: a word before a name to its gender; `offices`: term (possibly of several words) to the office's own name;
    `wider`: office to the wider terms that may mean it; `office_heads`: last words of terms; `persons`: noun to gender.
    `countries`: name, adjective or people to the country; `kinds`: noun to the words of names that it may stand for;
    `alike`: noun to the nouns that may stand for the same.
    `complements`: class of verbs to the verbs (see complement_verbs.txt).
    """

    titles: dict[str, str]
    offices: dict[str, str]
    wider: dict[str, frozenset[str]]
    office_heads: frozenset[str]
    title_words: frozenset[str]
    persons: dict[str, str]
    organisations: frozenset[str]
    kinds: dict[str, frozenset[str]]
    alike: dict[str, frozenset[str]]
    pronouns: dict[str, str]
    countries: dict[str, str]
    peoples: frozenset[str]
    parties: dict[str, str]
    nicknames: dict[str, frozenset[str]]
    small: dict[str, frozenset[str]]
    complements: dict[str, frozenset[str]]


IRREGULAR = {"people": "person", "men": "man", "women": "woman", "children": "child", "wives": "wife"}

fold = lru_cache(maxsize=16384)(fold_text)  # of words, which come again


@lru_cache(maxsize=16384)
def singular(noun: str) -> str:
    """The singular of a regular or common irregular plural; other words unchanged."""
    if noun[-1:] not in ("s", "n", "e"):
        return noun
    if noun in IRREGULAR:
        return IRREGULAR[noun]
    for end, new in (("men", "man"), ("women", "woman"), ("ies", "y"), ("ches", "ch"), ("sses", "ss")):
        if noun.endswith(end) and len(noun) > len(end) + 1:
            return noun[: -len(end)] + new
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) and len(noun) > 3 else noun


@lru_cache(maxsize=1)
def words() -> Words:
    """All lists but the given names, read once."""
    titles = {
        title: (gender, office) for title, gender, office in rows("titles.txt", "title gender [office]", gender=GENDERS)
    }
    offices, wider = _offices()
    heads = frozenset(re.split(" (?:of|in|to) ", term)[0].split()[-1] for term in offices)
    persons = dict.fromkeys(heads, "-") | table("person_nouns.txt", "noun gender", gender=GENDERS)
    nicknames: dict[str, set[str]] = {}
    for name, forms in rows("nicknames.txt", "name forms"):
        family = {name, *parts(forms)}
        for form in family:  # Bob and Robert agree, Bob and Bert do not
            nicknames.setdefault(form, set()).update({name} if form != name else family)
    kinds: dict[str, set[str]] = {}
    alike: dict[str, set[str]] = {}
    for nouns, names in rows("organisation_kinds.txt", "nouns names"):
        for noun in parts(nouns):
            kinds.setdefault(noun, set()).update(parts(names))
            alike.setdefault(noun, set()).update(parts(nouns))
    demonyms = rows("demonyms.txt", "country adjective person")
    countries = {form: parts(row[0])[0] for row in reversed(demonyms) for cell in row for form in parts(cell)}
    small = table("function_words.txt", "class words", **{"class": SMALL_CLASSES})
    return Words(
        titles={title: gender for title, (gender, _) in titles.items()},
        offices={title: office for title, (_, office) in titles.items() if office} | offices,
        wider=wider,
        office_heads=heads,
        title_words=frozenset(titles) | {w for term in offices for w in term.split() if w not in ("of", "the", "in")},
        persons=persons,
        organisations=column("organisation_nouns.txt") | frozenset(kinds),
        kinds={noun: frozenset(names) for noun, names in kinds.items()},
        alike={noun: frozenset(nouns) for noun, nouns in alike.items()},
        pronouns=table("pronouns.txt", "form class", **{"class": PRONOUN_CLASSES}),
        countries=countries | {"US": countries["us"]},  # as `Tokens.folded` has it, which keeps it apart from *us*
        peoples=frozenset(person for *_, people in demonyms for person in parts(people)),
        parties={word: name for name, others in rows("parties.txt", "name others") for word in (name, *parts(others))},
        small={name: frozenset(parts(listed)) for name, listed in small.items()},
        complements=_complements(),
        nicknames={form: frozenset(family) for form, family in nicknames.items()},
    )


@lru_cache(maxsize=1)
def given_names() -> dict[str, str]:
    """Folded given name to log(women / men) among its bearers, as it stands in the list."""
    text = package_text("given_names.txt")  # 31,000 lines: the tests read them as all lists are read
    cells = text[text.index("\n", text.rindex("#")) :].split()
    return dict(zip(cells[::2], cells[1::2], strict=True))


def _complements() -> dict[str, frozenset[str]]:
    listed = {verb: parts(classes) for verb, classes in rows("complement_verbs.txt", "verb classes")}
    if unknown := {name for classes in listed.values() for name in classes} - {*COMPLEMENT_CLASSES}:
        raise LexiconError(f"complement_verbs.txt: unknown class {min(unknown)!r}")
    return {name: frozenset(verb for verb, of in listed.items() if name in of) for name in COMPLEMENT_CLASSES}


def _offices() -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    offices: dict[str, str] = {}
    wider: dict[str, set[str]] = {}
    for office, others, terms in rows("offices.txt", "office [others] [wider]"):
        offices[office] = office
        for other in parts(others):
            offices.setdefault(other, office)
            wider.setdefault(office, set()).add(other)
            wider.setdefault(offices[other], set()).add(office)
        wider.setdefault(office, set()).update(parts(terms))
    return offices, {office: frozenset(terms) for office, terms in wider.items()}
