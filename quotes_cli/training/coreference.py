"""Coreference corpora pass through here: GUM, GAP and LitBank in, texts with clusters of mentions by characters out."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

Stretch = tuple[int, int]  # the characters [start, end)

_GUM_MENTION = re.compile(r"\((\d+)[^()]*\)|\((\d+)[^()]*|(\d+)\)")
_LITBANK_MENTION = re.compile(r"\((\d+)\)|\((\d+)|(\d+)\)")
#: GUM writes the words of these for reading aloud or the web, not the press.
GENRES_LEFT_OUT = frozenset({"conversation", "vlog", "academic"})


@dataclass
class Annotated:
    """A text; `clusters`: each one's mentions. `distractors`: mentions that a pronoun's cluster does not have (GAP)."""

    name: str
    text: str = ""
    clusters: dict[str, list[Stretch]] = field(default_factory=lambda: defaultdict(list))


def read(folder: Path) -> Iterator[Annotated]:
    """All annotated texts of the data folder, in a fixed order."""
    for path in sorted((folder / "ud").glob("gum-*.conllu")):
        yield from read_gum(path)
    for path in sorted((folder / "coref").glob("gap-*.tsv")):
        yield from read_gap(path)
    for path in sorted((folder / "coref" / "litbank").glob("*.conll")):
        yield read_litbank(path)


def read_gum(path: Path) -> Iterator[Annotated]:
    """The documents of a CoNLL-U file with `Entity=`; sentences of a paragraph on one line, paragraphs on their own."""
    found: Annotated | None = None
    opened: dict[str, list[int]] = defaultdict(list)
    skipping = 0
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newdoc"):
            if found is not None:
                yield found
            genre = line.split("GUM_")[-1].split("_")[0]
            found = Annotated(f"gum {line.split('= ')[-1]}") if genre not in GENRES_LEFT_OUT else None
            opened.clear()
        elif found is None:
            continue
        elif line.startswith("# newpar"):
            found.text = found.text.rstrip(" ") + "\n\n" * bool(found.text)
        elif line and line[0] != "#":
            row = line.split("\t")
            number, space = row[0], "" if "SpaceAfter=No" in row[9] else " "
            if "." in number:
                continue
            if "-" in number:  # a multiword token, whose parts are annotated: its letters are theirs
                skipping = int(number.split("-")[1])
                glued = space
                continue
            if int(number) <= skipping:
                space = glued if int(number) == skipping else ""
            start = len(found.text)
            found.text += row[1]
            entity = next((m[7:] for m in row[9].split("|") if m.startswith("Entity=")), "")
            _bracket(found, opened, _GUM_MENTION.findall(entity), start)
            found.text += space
        elif not line:
            skipping = 0
    if found is not None:
        yield found


def _bracket(found: Annotated, opened: dict[str, list[int]], brackets: list[tuple[str, ...]], start: int) -> None:
    for alone, opening, closing in brackets:
        if alone:
            found.clusters[alone].append((start, len(found.text)))
        elif opening:
            opened[opening].append(start)
        elif opened[closing]:
            found.clusters[closing].append((opened[closing].pop(), len(found.text)))


def read_litbank(path: Path) -> Annotated:
    """A novel's first words; spaces are guessed, since the file has none. Line breaks that it has are paragraphs'."""
    found = Annotated(f"litbank {path.stem}")
    opened: dict[str, list[int]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("#"):
            continue
        word, _, mentions = line.partition("\t")
        if not word:
            continue
        if found.text and word not in tuple(".,;:!?)'’") and word not in ("n't", "'s", "’s", "''"):
            found.text += " "
        start = len(found.text)
        found.text += {"``": "“", "''": "”"}.get(word, word)
        _bracket(found, opened, _LITBANK_MENTION.findall(mentions), start)
    return found


def read_gap(path: Path) -> Iterator[Annotated]:
    """Passages with a pronoun and two names: the one that it means shares its cluster, the other has its own."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["A-coref"] == row["B-coref"]:
                continue  # neither of both
            found = Annotated(f"gap {row['ID']}", row["Text"])
            start = int(row["Pronoun-offset"])
            found.clusters["pronoun"].append((start, start + len(row["Pronoun"])))
            for name in "AB":
                start = int(row[f"{name}-offset"])
                cluster = "pronoun" if row[f"{name}-coref"].upper() == "TRUE" else "other"
                found.clusters[cluster].append((start, start + len(row[name])))
            yield found
