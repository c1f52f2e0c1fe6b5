"""News without annotation passes through here, and leaves with the names that a teacher found in it."""

from __future__ import annotations

import json
import os
import pickle
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.vectors import Vectors

from . import augment
from .corpora import Sentence, annotated_names, join_hyphens, read_conllu
from .features import name_lists
from .pipelines import blank

EPOCHS = 3
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
    temporary = target.with_suffix(".new")
    temporary.write_bytes(pickle.dumps(silver))
    os.replace(temporary, target)
