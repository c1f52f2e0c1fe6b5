"""Parses written by hand pass through here: one line of text in, a spaCy `Doc` without a model out, in either label
scheme.

A token is `word/TAG/relation/head`: the head is the nearest token of that word in its sentence, in Universal
Dependencies; the root has none. `||` divides sentences, `¶` stands for a blank line and `↵` for a single line break.
What goes without saying may be left out: relation and head of determiners, adjectives, numbers, prepositions,
modals, `to` and possessive marks; everything of punctuation, which hangs on the root.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.tokens import Doc

VOCAB = spacy.blank("en").vocab
BREAKS = {"¶": "\n\n", "↵": "\n"}
OPENING = frozenset("“‘([")
CLOSING = frozenset("”’)],.;:?!") | {"'s", "’s", "n't", "…", "..."}
DASHES = frozenset({"—", "–", "-", "--"})
#: Tag -> relation of a token that leaves it out; the head is the next noun, or the next verb behind `MD` and `TO`.
USUAL = {"DT": "det", "JJ": "amod", "CD": "nummod", "IN": "case", "PRP$": "nmod:poss", "MD": "aux", "TO": "mark"}
POS = {
    "NNP": "PROPN",
    "NNPS": "PROPN",
    "NN": "NOUN",
    "NNS": "NOUN",
    "PRP": "PRON",
    "PRP$": "PRON",
    "WP": "PRON",
    "WDT": "PRON",
    "DT": "DET",
    "JJ": "ADJ",
    "RB": "ADV",
    "IN": "ADP",
    "RP": "ADP",
    "TO": "PART",
    "POS": "PART",
    "MD": "AUX",
    "CC": "CCONJ",
    "CD": "NUM",
    "UH": "INTJ",
    "_SP": "SPACE",
}
LEMMAS = {
    "was": "be",
    "is": "be",
    "had": "have",
    "said": "say",
    "quoted": "quote",
    "cited": "cite",
    "heard": "hear",
    "called": "call",
    "described": "describe",
    "words": "word",
    "tried": "try",
    "used": "use",
}


@dataclass
class Word:
    """One token: its head is an index in the document, its own one for a root."""

    text: str
    tag: str
    dep: str
    head: int
    space: bool = True


def words(line: str) -> list[Word]:
    """The tokens of a line in Universal Dependencies."""
    found: list[Word] = []
    for sentence in line.split("||"):
        found += _sentence(sentence.split(), len(found))
    for word, following in zip(found, [*found[1:], None], strict=True):
        word.space = not (
            following is None
            or word.text in OPENING
            or word.tag == "_SP"
            or following.tag == "_SP"
            or following.text in CLOSING
        )
    return found


def _sentence(cells: list[str], base: int) -> list[Word]:
    parts = [cell.split("/") for cell in cells]
    texts = [part[0] for part in parts]
    tags = [part[1] if len(part) > 1 else "_SP" if part[0] in BREAKS else part[0] for part in parts]
    deps = [part[2] if len(part) > 2 else USUAL.get(part[1], "") if len(part) > 1 else "punct" for part in parts]
    root = next((i for i, dep in enumerate(deps) if dep == "ROOT"), 0)
    made = []
    for i, part in enumerate(parts):
        if len(part) > 3:
            head = min((k for k, text in enumerate(texts) if text == part[3] and k != i), key=lambda k: abs(k - i))
        elif tags[i] == "POS":
            head, deps[i] = i - 1, "case"
        elif len(part) == 2:
            kind = "VB" if tags[i] in ("MD", "TO") else ("NN", "PRP", "WP")
            head = next(
                k
                for k in range(i + 1, len(parts))
                if tags[k].startswith(kind) and deps[k] not in ("compound", "nmod:desc")
            )
        else:
            head = root
        made.append(Word(BREAKS.get(texts[i], texts[i]), tags[i], deps[i], base + head))
    return made


def build(line: str, scheme: str = "ud") -> Doc:
    """The `Doc` of a line: `ud` as written, `clearnlp` in the labels of spaCy's own models."""
    found = words(line)
    if scheme == "clearnlp":
        clearnlp(found)
    return Doc(
        VOCAB,
        words=[w.text for w in found],
        spaces=[w.space for w in found],
        tags=[w.tag if w.tag not in ("“", "”") else {"“": "``", "”": "''"}[w.tag] for w in found],
        pos=["AUX" if w.dep in ("aux:pass", "auxpass", "cop") else _pos(w.tag) for w in found],
        lemmas=[LEMMAS.get(w.text.lower(), w.text.lower()) for w in found],
        deps=[w.dep for w in found],
        heads=[w.head for w in found],
    )


def _pos(tag: str) -> str:
    return POS.get(tag, "VERB" if tag.startswith("VB") else "PUNCT")


RENAMED = {
    "nsubj:pass": "nsubjpass",
    "aux:pass": "auxpass",
    "obj": "dobj",
    "iobj": "dative",
    "acl:relcl": "relcl",
    "nmod:poss": "poss",
    "compound:prt": "prt",
    "obl:unmarked": "npadvmod",
    "nmod:desc": "compound",
}


def clearnlp(found: list[Word]) -> None:
    """Turn a parse into ClearNLP labels (Choi & Palmer 2012): last names, copulas and prepositions govern."""
    for i in range(len(found)):
        _last_name_governs(found, i)
    for i in range(len(found)):
        _copula_governs(found, i)
    for i in range(len(found)):
        _preposition_governs(found, i)
    for word in found:
        if word.dep == "xcomp" and not word.tag.startswith("VB"):
            word.dep = "oprd"
        word.dep = RENAMED.get(word.dep, word.dep)


def _below(found: list[Word], head: int, *deps: str) -> list[int]:
    return [i for i, w in enumerate(found) if w.head == head != i and w.dep in deps]


def _replace(found: list[Word], old: int, new: int) -> None:
    found[new].head = found[old].head if found[old].head != old else new
    found[new].dep = found[old].dep


def _last_name_governs(found: list[Word], i: int) -> None:
    """Ana Ortiz"""
    if names := _below(found, i, "flat"):
        last = names[-1]
        for k, other in enumerate(found):
            if other.head == i != k and k != last:
                other.head = last
        _replace(found, i, last)
        for k in [i, *names[:-1]]:
            found[k].head, found[k].dep = last, "compound"


def _copula_governs(found: list[Word], i: int) -> None:
    """It was "hard" """
    word = found[i]
    for copula in _below(found, i, "cop"):
        _replace(found, i, copula)
        for k in _below(found, i, "nsubj", "mark", "aux", "punct", "advcl", "parataxis", "ccomp", "cc"):
            found[k].head = copula
        word.head, word.dep = copula, "acomp" if word.tag == "JJ" else "attr"


def _preposition_governs(found: list[Word], i: int) -> None:
    """By Ortiz, as saying"""
    word = found[i]
    preposition = next((k for k in _below(found, i, "case", "mark") if found[k].tag == "IN"), None)
    if preposition is None or (word.dep == "advcl" and word.tag != "VBG"):
        return
    if word.dep in ("obl", "obl:agent", "nmod", "advcl"):
        found[preposition].head = word.head
        found[preposition].dep = "agent" if word.dep == "obl:agent" else "prep"
        word.head, word.dep = preposition, "pcomp" if word.dep == "advcl" else "pobj"


@dataclass(frozen=True)
class Row:
    """One block of a table of parses: what it shows, the parse, (mention, cue, rule) of each quotation, known failures
    by scheme."""

    title: str
    parse: str
    expected: tuple[tuple[str | None, str | None, str | None], ...]
    failures: tuple[tuple[str, str], ...]


def rows(path: Path) -> Iterator[Row]:
    """Blocks `## title`, the parse, a line `= mention | cue | rule` a quotation, `! scheme: reason` a failure."""
    for block in path.read_text(encoding="utf-8").split("\n## ")[1:]:
        title, *lines = [line.strip() for line in block.split("\n") if line.strip() and not line.startswith("#")]
        expected = [tuple(line[2:].split(" | ")) for line in lines if line.startswith("= ")]
        failures = [tuple(line[2:].split(": ", 1)) for line in lines if line.startswith("! ")]
        yield Row(
            title,
            " ".join(line for line in lines if line[:2] not in ("= ", "! ")),
            tuple(tuple(None if cell == "-" else cell for cell in cells) for cells in expected),  # type: ignore[misc]
            tuple(failures),  # type: ignore[arg-type]
        )


def tsv(path: Path) -> list[list[str]]:
    """The cells of a table in tests/data, a list a row, without its comments."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return [line.split("\t") for line in lines if line and not line.startswith("#")]
