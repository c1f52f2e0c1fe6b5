"""Corpora and a seed in, trained components out, one core each: `syntax` (tagger, parser), the same `refined` after its
student (`lessons`), and `names` (NER). This is spaCy's own loop."""

from __future__ import annotations

import pickle
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Adam, NumpyOps, fix_random_seed, set_current_ops

from . import augment
from .corpora import Sentence, annotated_names, read_conllu
from .features import name_lists
from .pipelines import class_vectors, names_pipeline, syntax_pipeline

SEED = 20261123
DROPOUT = {"syntax": 0.15, "refined": 0.15, "names": 0.25}
RATE, REFINING_RATE = 0.001, 0.0006
EXCHANGED = 0.35  #: how often a name is exchanged for another of its label


def to_example(nlp: Language, sentences: list[Sentence]) -> Example:
    """One training example of one or several sentences, tokens as annotated."""
    words = [w for s in sentences for w in s.words]
    spaces = [x for s in sentences for x in s.spaces]
    values: dict[str, Any] = {}
    if sentences[0].heads:
        offset, heads = 0, []
        for s in sentences:
            heads += [h + offset for h in s.heads]
            offset += len(s.words)
        values = {
            "tags": [t for s in sentences for t in s.tags],
            "pos": [p for s in sentences for p in s.pos],
            "heads": heads,
            "deps": [d for s in sentences for d in s.deps],
        }
    if all(s.entities for s in sentences):
        values["entities"] = [_biluo(s.entities, i) for s in sentences for i in range(len(s.words))]
    predicted = Doc(nlp.vocab, words=words, spaces=spaces)
    return Example.from_dict(predicted, {"words": words, "spaces": spaces, **values})


def _biluo(labels: list[str], i: int) -> str:
    label = labels[i]
    if label in ("O", "-"):
        return label
    goes_on = i + 1 < len(labels) and labels[i + 1] == "I-" + label[2:]
    began = label.startswith("B-")
    return {(True, True): "B-", (True, False): "U-", (False, True): "I-", (False, False): "L-"}[
        (began, goes_on)
    ] + label[2:]


Passage = list[Sentence]


class Corpus(NamedTuple):
    """What is learnt from, annotated by hand and by teachers; `epoch` makes passages of some of both."""

    annotated: Sequence[Any]
    taught: Sequence[Any]
    epoch: Callable[[Sequence[Any], Sequence[Any], random.Random], list[Passage]]
    development: list[Passage]


def treebanks(data: Path) -> list[Passage]:
    """The paragraphs that syntax is learnt from."""
    names = ("ewt-train", "ewt-test", "gum-train", "ewt-dev")
    return [p for name in names for p in read_conllu(data / "ud" / f"{name}.conllu")]


def syntax_corpus(data: Path, parsed: Path | None = None) -> Corpus:
    """Passages of the treebanks; with `parsed` the treebanks come twice, and in between half of what teachers
    parsed."""
    taught: list[Passage] = pickle.loads(parsed.read_bytes()) if parsed else []

    def epoch(paragraphs: Sequence[Passage], taught: Sequence[Passage], rng: random.Random) -> list[Passage]:
        passages = augment.passages(paragraphs, rng)
        if taught:
            passages += augment.passages(paragraphs, rng)
            passages += [augment.restyled(p, rng, 0.3) for p in rng.sample(taught, len(taught) // 2)]
            rng.shuffle(passages)
        return passages

    return Corpus(treebanks(data), taught, epoch, list(read_conllu(data / "ud" / "gum-dev.conllu")))


def names_corpus(data: Path, silver: Path) -> Corpus:
    """Sentences with names, and half of the pieces that the teachers labelled; what they know are names, so those stay.

    Held out for development is every tenth sentence of UNER's EWT.
    """
    corpora = annotated_names(data)
    annotated = corpora["uner"] * 5  # UNER's is the scheme that is asked for
    annotated += corpora["gum"] + corpora["wikigold"] + corpora["crossner"]
    taught: Passage = pickle.loads(silver.read_bytes())
    pool = augment.mentions(annotated)
    lists = {kind: sorted(names) for kind, names in name_lists().items()}

    def epoch(annotated: Sequence[Sentence], taught: Sequence[Sentence], rng: random.Random) -> list[Passage]:
        sentences = [(s, EXCHANGED) for s in annotated] + [(s, 0.0) for s in rng.sample(taught, len(taught) // 2)]
        rng.shuffle(sentences)
        return [[augment.varied_names(s, lists, pool, rng, rate)] for s, rate in sentences]

    return Corpus(annotated, taught, epoch, [[s] for s in corpora["held out"]])


def scores(nlp: Language, development: Sequence[Passage]) -> dict[str, float]:
    """Scores in percent on passages whose tokens are given."""
    examples = [to_example(nlp, passage) for passage in development]
    shown = ("tag_acc", "pos_acc", "dep_uas", "dep_las", "sents_f", "ents_f", "ents_p", "ents_r")
    found = nlp.evaluate(examples)
    return {key: round(100 * found[key], 2) for key in shown if found.get(key) is not None}


def train(kind: str, data: Path, work: Path, steps: int, log: Callable[[str], None] = print) -> None:
    """Train `syntax`, `refined` or `names` for `steps` updates; `work/KIND-best` becomes the folder of the chosen
    pipeline, the best by development score, of `refined` the last.

    `refined` goes on from the syntax's student; the names start from the syntax's trained tok2vec, which is worth 2 to
    3 points of F1. Evaluated weights are Adam's running averages.
    """
    set_current_ops(NumpyOps(use_blis=False))  # numpy's own multiplication is two to five times as fast
    fix_random_seed(SEED)
    nlp, corpus = _beginning(kind, data, work)
    optimizer = Adam(learn_rate=RATE, L2=0.01, grad_clip=1.0, use_averages=True, L2_is_weight_decay=True)
    began, step, number, top = time.time(), 0, 0, -1.0
    while step < steps:
        number += 1
        batch: list[Example] = []
        for passage in corpus.epoch(corpus.annotated, corpus.taught, random.Random(SEED + number)):
            batch.append(to_example(nlp, passage))
            limit = 1000 if kind == "refined" else min(1000, 200 + step // 4)  # words a batch, growing
            if sum(len(example.predicted) for example in batch) < limit:
                continue
            optimizer.learn_rate = _rate(kind, step, steps)
            nlp.update(batch, sgd=optimizer, drop=DROPOUT[kind])
            step, batch = step + 1, []
            if step % 500 == 0 or step == steps:
                with nlp.use_params(optimizer.averages):
                    shown = scores(nlp, corpus.development)
                    value = shown["ents_f"] if kind == "names" else (shown["dep_las"] + shown["tag_acc"]) / 2
                    if value > top or kind == "refined":  # whose rate falls to almost nothing
                        top = value
                        nlp.to_disk(work / f"{kind}-best")
                log(f"{kind} step {step} epoch {number} {time.time() - began:.0f}s {shown}")
            if step == steps:
                break


def _beginning(kind: str, data: Path, work: Path) -> tuple[Language, Corpus]:
    """The pipeline with its first weights, and its corpus."""
    if kind == "refined":
        return spacy.load(work / "syntax-student"), syntax_corpus(data, work / "parsed.pickle")
    donor = None
    if kind == "names":
        donor = spacy.load(work / "syntax-best", exclude=["tagger", "morphologizer", "parser"])
    nlp = names_pipeline(donor.vocab.vectors) if donor else syntax_pipeline(class_vectors())
    corpus = names_corpus(data, work / "silver.pickle") if donor else syntax_corpus(data)
    passages = corpus.epoch(corpus.annotated, corpus.taught, random.Random(SEED))
    sample = [to_example(nlp, passage) for passage in passages[:30_000]]
    nlp.initialize(lambda: sample)
    if donor:
        trained = donor.get_pipe("tok2vec").model.to_bytes()  # type: ignore[attr-defined] # components have no common type
        nlp.get_pipe("ner").model.get_ref("tok2vec").layers[0].from_bytes(trained)  # type: ignore[attr-defined] # nor here
    return nlp, corpus


def _rate(kind: str, step: int, steps: int) -> float:
    """The learning rate: it rises for 250 updates, then falls, of what is refined at once."""
    rising = min(1.0, (step + 1) / 250)
    if kind == "refined":
        return REFINING_RATE * rising * max(0.03, 1 - step / steps)
    return RATE * rising * (1.0 if step < 0.6 * steps else max(0.05, (steps - step) / (0.4 * steps)))
