"""News without annotation passes through here, and leaves with the names that one teacher found in it, and with the
trees of another."""

from __future__ import annotations

import csv
import json
import os
import pickle
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.vectors import Vectors

from quotes_cli.language.parse import Reference
from quotes_cli.language.parse.depth import set_depths
from quotes_cli.language.parse.paragraph import Depth, tokenise
from quotes_cli.language.segment import segment

from . import augment
from .corpora import Sentence, annotated_names, join_hyphens, read_conllu
from .features import name_lists
from .pipelines import blank, class_vectors
from .train import treebanks

EPOCHS, SYNTAX_EPOCHS = 3, 4
SEED = 1
#: How often a name is exchanged for another where the teacher learns, and how often UNER's sentences, the scheme it
#: labels by, are seen for once of the others.
EXCHANGED, UNER_TIMES = 0.2, 2


def unannotated(data: Path, gold: Path) -> Iterator[Sentence]:
    """Sentences of UD English EWT's training part and of PolNeAR's training articles, never of its development ones."""
    for paragraph in read_conllu(data / "ud" / "ewt-train.conllu"):
        yield from (Sentence(s.words, s.spaces) for s in paragraph)
    nlp = blank(Vectors())
    nlp.add_pipe("sentencizer")
    for line in (gold / "polnear-train.jsonl").read_text(encoding="utf-8").splitlines():
        text = (gold / "polnear-text" / f"{json.loads(line)['doc']}.txt").read_text(encoding="utf-8")
        yield from (s for part in text.splitlines() for s in _sentences(nlp, part.strip()))


def _sentences(nlp: Language, paragraph: str) -> Iterator[Sentence]:
    for sentence in nlp(paragraph).sents:
        tokens = [t for t in sentence if not t.is_space]
        if tokens:
            yield join_hyphens(Sentence([t.text for t in tokens], [bool(t.whitespace_) for t in tokens]))


def write_silver(data: Path, gold: Path, target: Path, log: Callable[[str], None] = print) -> None:
    """Train the teacher, label the unannotated text and pickle it as a list of `Sentence`."""
    from . import teacher

    corpora = annotated_names(data)
    examples = [
        teacher.Labelled(s, scheme)
        for scheme, name in enumerate(teacher.SCHEMES)
        for s in corpora[name] * (UNER_TIMES if name == "uner" else 1)
    ]
    pool = augment.mentions([s for s, _ in examples])
    lists = {kind: sorted(names) for kind, names in name_lists().items()}

    def epoch(rng: random.Random) -> list[teacher.Labelled]:
        return [
            teacher.Labelled(augment.varied_names(s, lists, pool, rng, EXCHANGED), scheme) for s, scheme in examples
        ]

    trained = teacher.teach(epoch, EPOCHS, SEED, target.with_name("teacher.state"), log)
    log("teacher labels")
    silver = teacher.label(trained, list(unannotated(data, gold)))
    names = sum(label.startswith("B-") for s in silver for label in s.entities)
    log(f"teacher found {names} names in {len(silver)} sentences")
    _write(silver, target)


def _write(value: object, target: Path) -> None:
    temporary = target.with_suffix(".new")
    temporary.write_bytes(pickle.dumps(value))
    os.replace(temporary, target)


def passages_to_parse(data: Path, gold: Path, longest: int) -> list[list[Sentence]]:
    """What the program's parser is shown of articles that may be learnt from, and of GAP's passages from Wikipedia.

    Those are the pieces of `language.parse`, whole utterances apart, each as one `Sentence` of at most `longest` words.
    """
    analyser = Reference(blank(class_vectors()))
    texts = []
    for name, folder in (("polnear-train", "polnear-text"), ("names-press-train", "names-text")):
        for line in (gold / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            texts.append((gold / folder / f"{json.loads(line)['doc']}.txt").read_text(encoding="utf-8"))
    for path in sorted((data / "coref").glob("gap-*.tsv")):
        with path.open(encoding="utf-8", newline="") as rows:
            texts += [row["Text"] for row in csv.DictReader(rows, delimiter="\t")]
    found: dict[tuple[str, ...], Sentence] = {}
    for text in texts:
        paragraphs = tokenise(analyser, text, segment(text))
        if '"' in text or "“" in text:  # else the whole
            set_depths(paragraphs)
        for paragraph in paragraphs:
            for piece in paragraph.pieces():
                if piece.depth >= Depth.PARSE and 2 <= len(piece.tokens) <= longest:
                    shown = piece.shown()
                    found.setdefault(tuple(shown.words), Sentence([*shown.words], [*shown.spaces]))
    return [[sentence] for sentence in found.values()]


def write_parsed(data: Path, gold: Path, target: Path, log: Callable[[str], None] = print) -> None:
    """Train the teacher of syntax, parse the unannotated text, and pickle what came out as trees: passages of
    `Sentence`s. One in seven does not, for each word's head is chosen by itself; those are what it is unsure of."""
    from . import syntax_teacher

    paragraphs = treebanks(data)

    def epoch(rng: random.Random) -> list[list[Sentence]]:
        return augment.passages(paragraphs, rng, syntax_teacher.LONGEST)

    teacher = syntax_teacher.teach(epoch, SYNTAX_EPOCHS, SEED, target.with_name("syntax-teacher.state"), log)
    parsed = syntax_teacher.parse(teacher, passages_to_parse(data, gold, syntax_teacher.LONGEST))
    kept = [sentences for passage in parsed if (sentences := trees(passage))]
    log(f"the teacher of syntax parsed {len(kept)} passages")
    _write(kept, target)


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
