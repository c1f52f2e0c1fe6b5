"""Text without annotation passes through here, and leaves with the names that some teachers found in it, and with the
trees of others."""

from __future__ import annotations

import csv
import json
import os
import pickle
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from spacy.vectors import Vectors

from quotes_cli.language.parse import Reference
from quotes_cli.language.parse.depth import set_depths
from quotes_cli.language.parse.paragraph import Depth, tokenise
from quotes_cli.language.segment import segment

from . import augment
from .batches import LONGEST
from .corpora import Sentence, annotated_names, read_conllu
from .features import name_lists
from .news import left_out, news, paragraphs
from .pipelines import blank
from .train import treebanks
from .wheels import articles, transformer_folder

SEEDS = (1, 2, 3)
#: How often a name is exchanged for another where the teacher learns, and how often UNER's sentences, the scheme it
#: labels by, are seen for once of the others.
EXCHANGED, UNER_TIMES = 0.2, 2
#: The least chance of each label of a name, and the least mean chance of a passage's heads.
SURE_NAME, SURE_TREES = 0.5, 0.8

Log = Callable[[str], None]


def write_names_teacher(data: Path, work: Path, seed: int, log: Log = print) -> None:
    """Train a teacher of names on the name corpora."""
    from . import names_teacher

    corpora = annotated_names(data)
    examples = [
        (corpora[name], scheme)
        for scheme, name in enumerate(names_teacher.SCHEMES)
        for _ in range(UNER_TIMES if name == "uner" else 1)
    ]
    pool = augment.mentions([s for corpus, _ in examples for s in corpus])
    lists = {kind: sorted(names) for kind, names in name_lists().items()}

    def epoch(rng: random.Random) -> list[names_teacher.Labelled]:
        return [
            names_teacher.Labelled(passage, scheme)
            for corpus, scheme in examples
            for passage in augment.joined(
                [augment.varied_names(s, lists, pool, rng, EXCHANGED) for s in corpus], rng, LONGEST
            )
        ]

    names_teacher.teach(epoch, transformer_folder(work), seed, weights("names", work, seed), log)


def write_syntax_teacher(data: Path, work: Path, seed: int, log: Log = print) -> None:
    """Train a teacher of syntax on the treebanks."""
    from . import syntax_teacher

    bank = treebanks(data)

    def epoch(rng: random.Random) -> list[list[Sentence]]:
        return augment.passages(bank, rng, LONGEST)

    labels = syntax_teacher.Labels(bank)
    syntax_teacher.teach(epoch, labels, transformer_folder(work), seed, weights("syntax", work, seed), log)


def weights(kind: str, work: Path, seed: int) -> Path:
    """The file with what a teacher learnt."""
    return work / f"{kind}-teacher-{seed}.pt"


def write_pieces(data: Path, gold: Path, work: Path, log: Log = print) -> None:
    """Pickle what the teachers are to label and parse, `pieces.pickle`."""
    found = pieces(texts(data, gold, work))
    log(f"{len(found)} pieces of {sum(len(s.words) for s in found)} words to label and to parse")
    _write(found, work / "pieces.pickle")


def texts(data: Path, gold: Path, work: Path) -> Iterator[str]:
    """Articles that may be learnt from and GAP's passages from Wikipedia."""
    for name, folder in (("polnear-train", "polnear-text"), ("names-press-train", "names-text")):
        for line in (gold / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            yield (gold / folder / f"{json.loads(line)['doc']}.txt").read_text(encoding="utf-8")
    for path in sorted((data / "coref").glob("gap-*.tsv")):
        with path.open(encoding="utf-8", newline="") as rows:
            yield from (row["Text"] for row in csv.DictReader(rows, delimiter="\t"))
    rng = random.Random(SEEDS[0])
    annotated = (path.read_text(encoding="utf-8") for path in sorted(gold.glob("*-text/*.txt")))
    for text in news(articles(work), left_out(), annotated):
        yield "\n\n".join(paragraphs(text, rng))


def pieces(texts: Iterator[str]) -> list[Sentence]:
    """What the program shows to its model of texts: the pieces of `language.parse`, of paragraphs without a quotation
    too, each as one `Sentence` of at most `LONGEST` words."""
    analyser = Reference(blank(Vectors()))  # for its words alone
    found: dict[tuple[str, ...], Sentence] = {}
    for text in texts:
        own = tokenise(analyser, text, segment(text))
        if '"' in text or "“" in text:  # else the whole
            set_depths(own)
        for paragraph in own:
            paragraph.depth = max(paragraph.depth, Depth.TAGS)
            for piece in paragraph.pieces():
                if 2 <= len(piece.tokens) <= LONGEST:
                    shown = piece.shown()
                    found.setdefault(tuple(shown.words), Sentence([*shown.words], [*shown.spaces]))
    return list(found.values())


def write_silver(data: Path, work: Path, log: Log = print) -> None:
    """Label the pieces and UD English EWT's training part; pickle what came out, `silver.pickle`: `Sentence`s."""
    from . import names_teacher

    ewt = [Sentence(s.words, s.spaces) for p in read_conllu(data / "ud" / "ewt-train.conllu") for s in p]
    given = [*_read(work / "pieces.pickle"), *ewt]
    learnt = [weights("names", work, seed) for seed in SEEDS]
    for number, labels, chances in names_teacher.label(transformer_folder(work), learnt, given):
        given[number] = Sentence(given[number].words, given[number].spaces, entities=sure(labels, chances))
    names = sum(label.startswith("B-") for s in given for label in s.entities)
    log(f"the teachers of names found {names} in {len(given)} pieces and sentences")
    _write(given, work / "silver.pickle")


def sure(labels: Sequence[str], chances: Sequence[float]) -> list[str]:
    """The labels, `-` where one is not sure (`SURE_NAME`); a name is as sure as its least sure word."""
    found: list[str] = []
    while len(found) < len(labels):
        start = len(found)
        end = start + 1
        while end < len(labels) and labels[end].startswith("I-"):
            end += 1
        known = min(chances[start:end]) >= SURE_NAME
        found += labels[start:end] if known else ["-"] * (end - start)
    return found


def write_parsed(data: Path, work: Path, log: Log = print) -> None:
    """Parse the pieces and pickle what came out as trees and not too unsure, `parsed.pickle`: passages of `Sentence`s.

    One in ten does not, for each word's head is chosen by itself.
    """
    from . import syntax_teacher

    given = _read(work / "pieces.pickle")
    labels = syntax_teacher.Labels(treebanks(data))
    learnt = [weights("syntax", work, seed) for seed in SEEDS]
    parsed = syntax_teacher.parse(transformer_folder(work), labels, learnt, given)
    kept = [passage for whole, chance in parsed if chance >= SURE_TREES and (passage := trees(whole))]
    words = sum(len(s.words) for passage in kept for s in passage)
    log(f"the teachers of syntax parsed {len(kept)} of {len(given)} pieces, {words} words")
    _write(kept, work / "parsed.pickle")


def trees(passage: Sentence) -> list[Sentence]:
    """The sentences of a passage, one for each root; none where heads go in a circle or trees interleave."""
    roots: list[int] = []
    for i in range(len(passage.words)):
        at, steps = i, 0
        while passage.heads[at] != at and steps <= len(passage.words):
            at, steps = passage.heads[at], steps + 1
        if passage.heads[at] != at:
            return []
        roots.append(at)
    starts = [i for i, root in enumerate(roots) if i == 0 or root != roots[i - 1]]
    if len(starts) != len(set(roots)):
        return []
    found = []
    for start, end in zip(starts, [*starts[1:], len(roots)], strict=True):
        own = slice(start, end)
        heads = [head - start for head in passage.heads[own]]
        words, spaces = passage.words[own], passage.spaces[own]
        found.append(Sentence(words, spaces, passage.tags[own], passage.pos[own], heads, passage.deps[own]))
    return found


def _read(path: Path) -> list[Sentence]:
    found: list[Sentence] = pickle.loads(path.read_bytes())
    return found


def _write(value: object, target: Path) -> None:
    temporary = target.with_suffix(".new")
    temporary.write_bytes(pickle.dumps(value))
    os.replace(temporary, target)
