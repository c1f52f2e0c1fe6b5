"""Tables of the resolve stage, a row per decision: names, roles, phrases and sieves on tagged tokens, without a model.

The tables are tests/data/units/*.txt; the first lines of each say what a row holds.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from test_resolve import ask, build

from quotes_cli.language.resolve.inventory import _kind
from quotes_cli.language.resolve.inventory import build as inventory_of
from quotes_cli.language.resolve.names import find_names, is_bare_title, opens
from quotes_cli.language.resolve.phrases import mention_of, phrase
from quotes_cli.language.resolve.roles import learn
from quotes_cli.language.tokens import Tokens

TABLES = Path(__file__).parent / "data" / "units"
#: Behind a row, so that a capital in it is no headline's.
TAIL = " || it/PRP rained/VBD and/CC it/PRP snowed/VBD ./."


def tagged(row: str) -> Tokens:
    """The tokens of `word/TAG` or `word/TAG/relation/head`, `#LABEL` behind it an entity's, `||` between sentences."""
    sentences = []
    for sentence in row.split(" || "):
        tokens = []
        for token in sentence.split():
            cell, _, label = token.partition("#")
            parts = cell.rsplit("/", 3)
            if len(parts) != 4 or not parts[3].isdigit():
                parts = [*cell.rsplit("/", 1), "dep", "0"]
            tokens.append("/".join(parts) + (f"#{label}" if label else ""))
        sentences.append(" ".join(tokens))
    return build(*sentences)


def _rows(name: str) -> list[object]:
    found: list[object] = []
    stands_for: dict[str, str] = {}
    for line in (TABLES / name).read_text(encoding="utf-8").splitlines():
        row, equals, expected = line.rpartition(" =")
        if line.startswith("#") or not equals:
            continue
        if row.isupper() and row.isalpha():
            stands_for[row] = expected.strip()
            continue
        for short, sentence in stands_for.items():
            row = row.replace(short, sentence)
        found.append(pytest.param(row, expected.strip(), id=line.rpartition(" =")[0].replace(" ", "_")))
    return found


@pytest.mark.parametrize(("row", "expected"), _rows("names.txt"))
def test_names_and_their_kinds(row: str, expected: str) -> None:
    view = tagged(row)

    found = []
    for name in find_names(view):
        title = " ".join(view.folded[name.before : name.first])
        signs = " ?" * is_bare_title(view, name) + " !" * opens(view, name)
        found.append(f"{title + ' + ' if title else ''}{' '.join(name.key)} ({_kind([name])}){signs}")

    assert "; ".join(found) == expected


@pytest.mark.parametrize(("row", "expected"), _rows("roles.txt"))
def test_roles_and_genders_of_persons(row: str, expected: str) -> None:
    view = tagged(row + TAIL)
    inventory = inventory_of(view)
    learn(inventory)

    found = []
    for person in (entity for entity in inventory.entities if entity.kind == "person"):
        cells = [person.name or "-"]
        for role in person.roles:
            cells.append(f"{role.head} ({role.office or '-'}) {','.join(sorted(role.modifiers)) or '-'}: {role.text}")
        found.append("; ".join([*cells, person.gender]))

    assert " / ".join(found) == expected


@pytest.mark.parametrize(("row", "expected"), _rows("phrases.txt"))
def test_parts_of_a_mention(row: str, expected: str) -> None:
    tokens, _, words = row.rpartition("|")
    view = tagged(tokens)
    start = view.text.index(words)

    found = mention_of(view, start, start + len(words))

    parts = (view.span(found.first, found.last), view.span(found.first, found.core), view.words[found.head])
    assert " | ".join([*parts, phrase(view, found)]) == expected
    assert len(found) == found.last - found.first


@pytest.mark.parametrize(("row", "expected"), _rows("sieves.txt"))
def test_speaker_of_a_mention(row: str, expected: str) -> None:
    tokens, _, words = row.rpartition("|")
    found = ask(tagged(tokens), words)[0]
    assert f"{found.speaker or '-'} | {found.speaker_type} | {found.role or '-'} | {found.sieve}" == expected
