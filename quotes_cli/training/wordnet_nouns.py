"""WordNet in, two lists in quotes_cli/language/words out: nouns that denote a person, and names of places.

    python -m quotes_cli.training.wordnet_nouns --wordnet /usr/share/wordnet

The folder holds `data.noun`, `index.*` and `cntlist.rev` of WordNet 3.0 (Miller 1995), as Debian's `wordnet-base` has
them. A word is taken that is one word and no name, whose first sense and half of whose senses stand in the file
`noun.person`, and which WordNet's texts have five times as often as a noun as otherwise, if it is another part of
speech as well.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from quotes_cli.language.words.lists import FOLDER
from quotes_cli.language.words.vocabulary import fold, given_names

HEADERS = {
    "wordnet_persons.txt": """\
# Nouns that denote a person in their first sense, of WordNet 3.0 (Princeton University, whose licence lets them be
# copied). Made by `python -m quotes_cli.training.wordnet_nouns`; do not edit. What news adds stands in
# person_nouns.txt, what denotes several in group_nouns.txt.
""",
    "wordnet_places.txt": """\
# Names of places that are nobody's given name, of WordNet 3.0 (Princeton University, whose licence lets them be
# copied). Made by `python -m quotes_cli.training.wordnet_nouns`; do not edit.
""",
}
LOCATION, PERSON = "15", "18"  # the lexicographers' files noun.location and noun.person
OTHERS = {"verb": "2", "adj": "3", "adv": "4"}
OFTENER = 5
WORD = re.compile("[a-z]{3,}(?:-[a-z]+)?")
PLACE = re.compile("[a-z][a-z' .-]{3,}")


def persons(folder: Path) -> Iterator[str]:
    """The nouns, sorted as WordNet's index is."""
    files, capital = dict[str, str](), set[str]()
    for line in _lines(folder / "data.noun"):
        offset, file, _, count, *rest = line.split()
        files[offset] = file
        capital.update(word.lower() for word in rest[: 2 * int(count, 16) : 2] if not word.islower())
    times: defaultdict[tuple[str, str], int] = defaultdict(int)
    for line in _lines(folder / "cntlist.rev"):
        key, _, count = line.split()
        word, _, sense = key.partition("%")
        times[word, sense[0]] += int(count)
    others = {pos: {line.split()[0] for line in _lines(folder / f"index.{name}")} for name, pos in OTHERS.items()}
    for line in _lines(folder / "index.noun"):
        word, _, senses, *rest = line.split()
        own = [files[offset] == PERSON for offset in rest[-int(senses) :]]
        rivals = [times[word, pos] for pos, known in others.items() if word in known]
        rarer = all(OFTENER * (count + 1) <= times[word, "1"] for count in rivals)
        if WORD.fullmatch(word) and word not in capital and own[0] and 2 * sum(own) >= len(own) and rarer:
            yield word


def places(folder: Path) -> Iterator[str]:
    """The names, folded, sorted as WordNet's index is."""
    files, names = dict[str, str](), set[str]()
    for line in _lines(folder / "data.noun"):
        offset, file, _, count, *rest = line.split()
        files[offset] = file
        if file == LOCATION:
            names.update(word.lower() for word in rest[: 2 * int(count, 16) : 2] if word[0].isupper())
    for line in _lines(folder / "index.noun"):
        word, _, senses, *rest = line.split()
        own = [files[offset] == LOCATION for offset in rest[-int(senses) :]]
        name = fold(word.replace("_", " "))
        if word in names and own[0] and 2 * sum(own) > len(own) and PLACE.fullmatch(name) and name not in given_names():
            yield name


def _lines(path: Path) -> Iterator[str]:
    """The lines of a file of WordNet, without the licence before them."""
    with path.open(encoding="latin-1") as file:
        yield from (line for line in file if not line.startswith(" "))


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the lists of WordNet's nouns for persons and places.")
    parser.add_argument("--wordnet", type=Path, default=Path("/usr/share/wordnet"))
    folder = parser.parse_args().wordnet
    for (name, header), found in zip(HEADERS.items(), (persons(folder), places(folder)), strict=True):
        (FOLDER / name).write_text(header + "".join(f"{word}\n" for word in found), encoding="utf-8")


if __name__ == "__main__":
    main()
