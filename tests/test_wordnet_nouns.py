"""A tiny WordNet of our own in, the words of persons and the names of places in it out."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from quotes_cli.training import wordnet_nouns
from quotes_cli.training.wordnet_nouns import HEADERS, main, persons, places

PERSON, ARTEFACT, LOCATION = "18", "06", "15"
#: Words of a meaning, and the lexicographers' file that it stands in.
MEANINGS = [
    (("cook", "kitchen_hand"), PERSON),  # 0
    (("rudder",), ARTEFACT),
    (("pilot",), PERSON),  # 2
    (("pilot",), ARTEFACT),
    (("plumb-bob",), ARTEFACT),  # 4
    (("plumb-bob", "hand-maid"), PERSON),
    (("guide",), PERSON),  # 6
    (("guide",), ARTEFACT),
    (("guide",), ARTEFACT),
    (("Homer", "homer"), PERSON),  # 9
    (("ox",), PERSON),
    (("tramp",), PERSON),  # 11
    (("elder",), PERSON),
    (("Great_Lynn",), LOCATION),  # 13
    (("Hull",), LOCATION),
    (("hull",), ARTEFACT),  # 15
    (("Florence",), LOCATION),
    (("Mosul", "Al_Mawsil"), LOCATION),  # 17
    (("bay",), LOCATION),
]
#: Its meanings in order, the commonest first, by word.
NOUNS = {
    "cook": [0],
    "guide": [6, 7, 8],  # a third of its meanings
    "hand-maid": [5],
    "homer": [9],  # a name
    "kitchen_hand": [0],  # two words
    "ox": [10],  # too short
    "pilot": [2, 3],  # a half
    "plumb-bob": [4, 5],  # in its second meaning
    "rudder": [1],
    "tramp": [11],
    "elder": [12],
    "great_lynn": [13],
    "hull": [14, 15],  # only half its meanings
    "florence": [16],  # a given name
    "mosul": [17],
    "bay": [18],  # no name
}
OTHERS = {"verb": ["cook", "tramp"], "adj": ["elder"], "adv": ["aft"]}
#: How often texts have a word as a noun (1), verb (2), adjective (3) or its satellite (5).
TIMES = {"cook%1": 50, "cook%2": 9, "tramp%1": 14, "tramp%2": 2, "elder%1": 3}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    licence = "  1 This line is about the licence.\n"
    data = (
        f"{number:08} {file} n {len(words):02x} {' '.join(f'{word} 0' for word in words)} 000 | a gloss\n"
        for number, (words, file) in enumerate(MEANINGS)
    )
    index = (
        f"{word} n {len(senses)} 1 @ {len(senses)} 0 {' '.join(f'{sense:08}' for sense in senses)}\n"
        for word, senses in sorted(NOUNS.items())
    )
    (tmp_path / "data.noun").write_text(licence + "".join(data), "latin-1")
    (tmp_path / "index.noun").write_text(licence + "".join(index), "latin-1")
    for name, words in OTHERS.items():
        (tmp_path / f"index.{name}").write_text(licence + "".join(f"{word} v 1 0 1 0 0\n" for word in words), "latin-1")
    counts = (f"{key}:18:00:: 1 {count}\n" for key, count in TIMES.items())
    (tmp_path / "cntlist.rev").write_text("".join(counts), "latin-1")
    return tmp_path


def test_words_that_denote_a_person(folder: Path) -> None:
    """A cook is 50 times a noun and 9 times a verb; a tramp is not five times as often one, nor an elder."""
    assert list(persons(folder)) == ["cook", "hand-maid", "pilot"]


def test_names_of_places(folder: Path) -> None:
    assert list(places(folder)) == ["great lynn", "mosul"]


def test_the_lists_are_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordnet_nouns, "FOLDER", folder)
    monkeypatch.setattr(sys, "argv", ["wordnet_nouns", "--wordnet", str(folder)])
    main()
    written = {name: (folder / name).read_text("utf-8") for name in HEADERS}
    assert written == {
        "wordnet_persons.txt": HEADERS["wordnet_persons.txt"] + "cook\nhand-maid\npilot\n",
        "wordnet_places.txt": HEADERS["wordnet_places.txt"] + "great lynn\nmosul\n",
    }
