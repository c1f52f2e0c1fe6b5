"""Corpora and a seed in, trained components out, one core each: `syntax` (tagger, parser), the same `refined` by what
teachers parsed, and `names` (NER)."""

from __future__ import annotations

import os
import pickle
import random
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

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
RATE, REFINING_RATE = 0.001, 0.0007
EXCHANGED = 0.35  #: how often a name is exchanged for another of its label


def only_names(s: Sentence) -> Sentence:
    return Sentence(s.words, s.spaces, entities=s.entities)


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


def syntax_examples(
    nlp: Language, data: Path, silver: Path | None = None
) -> tuple[Callable[[random.Random], Iterator[Example]], list[Example]]:
    """Training examples of one epoch (passages of the treebanks), and the development examples.

    With `silver`, the treebanks come twice, and in between half of the passages that the teachers parsed.
    """
    paragraphs = treebanks(data)
    taught: list[list[Sentence]] = pickle.loads(silver.read_bytes()) if silver else []

    def epoch(rng: random.Random) -> Iterator[Example]:
        passages = augment.passages(paragraphs, rng)
        if taught:
            passages += augment.passages(paragraphs, rng)
            passages += [augment.restyled(p, rng, 0.3) for p in rng.sample(taught, len(taught) // 2)]
            rng.shuffle(passages)
        for passage in passages:
            yield to_example(nlp, passage)

    development = [to_example(nlp, p) for p in read_conllu(data / "ud" / "gum-dev.conllu")]
    return epoch, development


def treebanks(data: Path) -> list[list[Sentence]]:
    """The paragraphs that syntax is learnt from."""
    names = ("ewt-train", "ewt-test", "gum-train", "ewt-dev")
    return [p for name in names for p in read_conllu(data / "ud" / f"{name}.conllu")]


def names_examples(
    nlp: Language, data: Path, silver: Path
) -> tuple[Callable[[random.Random], Iterator[Example]], list[Example]]:
    """Training examples of one epoch, and the development examples (every tenth sentence of UNER's EWT).

    `silver` are the pieces that the teachers labelled, half of them an epoch; what they know are names, so those stay.
    """
    corpora = annotated_names(data)
    near = corpora["uner"] * 5 + corpora["gum"]  # UNER's is the scheme that is asked for
    other = corpora["wikigold"] + corpora["crossner"]
    taught: list[Sentence] = pickle.loads(silver.read_bytes())
    pool = augment.mentions(near + other)
    lists = {kind: sorted(names) for kind, names in name_lists().items()}

    def epoch(rng: random.Random) -> Iterator[Example]:
        some = rng.sample(taught, len(taught) // 2)
        sentences = [(s, EXCHANGED) for s in near + other] + [(s, 0.0) for s in some]
        rng.shuffle(sentences)
        for s, rate in sentences:
            yield to_example(nlp, [only_names(augment.varied_names(s, lists, pool, rng, rate))])

    return epoch, [to_example(nlp, [s]) for s in corpora["held out"]]


def train(kind: str, data: Path, work: Path, steps: int, run: int = 0, log: Callable[[str], None] = print) -> Path:
    """Train `syntax`, `refined` or `names` for `steps` updates; returns the folder of the chosen pipeline.

    Chosen is the best by development score, of `refined` the last. Each `run` sees the corpus in another order, from
    the same first weights, so that runs can be averaged.

    Every 500 updates the whole state (weights, moments, averages) goes to `work/KIND.state`; a run cut off goes on
    from there with a fresh epoch. `refined` goes on from the syntax; the names start from the syntax's trained
    tok2vec, which is worth 2 to 3 points of F1. Evaluated weights are Adam's running averages.
    """
    name = kind if run == 0 else f"{kind}-{run}"
    best, state_file = work / f"{name}-best", work / f"{name}.state"
    set_current_ops(NumpyOps(use_blis=False))  # numpy's own multiplication is two to five times as fast
    fix_random_seed(SEED)
    rng = random.Random(SEED)
    nlp, epoch, development = _beginning(kind, data, work)
    optimizer = Adam(learn_rate=RATE, L2=0.01, grad_clip=1.0, use_averages=True, L2_is_weight_decay=True)
    step, top, number = 0, -1.0, 0
    if state_file.exists():
        saved = pickle.loads(state_file.read_bytes())
        nlp.from_bytes(saved["nlp"])
        step, top, number = saved["step"], saved["top"], saved["epoch"]
        restored = _restore(optimizer, saved["optimizer"], nlp)
        log(f"{kind}: going on at step {step} ({restored} averaged tensors)")
    began = time.time()
    while step < steps:
        rng = random.Random(SEED + 1000 * run + number)
        number += 1
        batch: list[Example] = []
        size, limit = 0, 0
        losses: dict[str, float] = {}
        for example in epoch(rng):
            limit = 1000 if kind == "refined" else min(1000, 200 + step // 4)  # words a batch, growing
            batch.append(example)
            size += len(example.predicted)
            if size < limit:
                continue
            optimizer.learn_rate = _rate(kind, step, steps)
            nlp.update(batch, sgd=optimizer, drop=DROPOUT[kind], losses=losses)
            step, batch, size = step + 1, [], 0
            if step % 500 == 0 or step == steps:
                with nlp.use_params(optimizer.averages):
                    scores = nlp.evaluate(
                        [
                            Example(
                                Doc(
                                    nlp.vocab,
                                    words=[t.text for t in e.reference],
                                    spaces=[bool(t.whitespace_) for t in e.reference],
                                ),
                                e.reference,
                            )
                            for e in development
                        ]
                    )
                    value = scores["ents_f"] if kind == "names" else (scores["dep_las"] + scores["tag_acc"]) / 2
                    if value > top or kind == "refined":  # whose rate falls to almost nothing
                        top = value
                        nlp.to_disk(best)
                shown = {
                    k: round(100 * scores[k], 2)
                    for k in ("tag_acc", "pos_acc", "dep_uas", "dep_las", "sents_f", "ents_f", "ents_p", "ents_r")
                    if scores.get(k) is not None
                }
                log(f"{kind} step {step} epoch {number} {time.time() - began:.0f}s {shown}")
                losses = {}
                temporary = state_file.with_suffix(".new")
                temporary.write_bytes(
                    pickle.dumps(
                        {
                            "nlp": nlp.to_bytes(),
                            "step": step,
                            "top": top,
                            "epoch": number,
                            "optimizer": _freeze(optimizer, nlp),
                        }
                    )
                )
                os.replace(temporary, state_file)
            if step >= steps:
                break
    return best


def _beginning(
    kind: str, data: Path, work: Path
) -> tuple[Language, Callable[[random.Random], Iterator[Example]], list[Example]]:
    """The pipeline with its first weights, the examples of an epoch, and the development examples."""
    if kind == "refined":
        nlp = spacy.load(work / "syntax-best")
        return nlp, *syntax_examples(nlp, data, work / "parsed.pickle")
    donor = None
    if kind == "names":
        donor = spacy.load(work / "syntax-best", exclude=["tagger", "morphologizer", "parser"])
    nlp = names_pipeline(donor.vocab.vectors) if donor else syntax_pipeline(class_vectors())
    epoch, development = names_examples(nlp, data, work / "silver.pickle") if donor else syntax_examples(nlp, data)
    sample = list(islice(epoch(random.Random(SEED)), 30_000))
    nlp.initialize(lambda: sample)
    if donor:
        trained = donor.get_pipe("tok2vec").model.to_bytes()  # type: ignore[attr-defined] # components have no common type
        nlp.get_pipe("ner").model.get_ref("tok2vec").layers[0].from_bytes(trained)  # type: ignore[attr-defined] # nor here
    return nlp, epoch, development


def _rate(kind: str, step: int, steps: int) -> float:
    """The learning rate: it rises for 250 updates, then falls, of what is refined at once."""
    rising = min(1.0, (step + 1) / 250)
    if kind == "refined":
        return REFINING_RATE * rising * max(0.03, 1 - step / steps)
    return RATE * rising * (1.0 if step < 0.6 * steps else max(0.05, (steps - step) / (0.4 * steps)))


def _parameters(nlp: Language) -> list[tuple[int, str]]:
    """The (model id, name) keys of all parameters in a fixed order; ids differ from process to process."""
    models: list[Any] = [getattr(pipe, "model", None) for _, pipe in nlp.pipeline]
    return [
        (node.id, name) for model in models if model is not None for node in model.walk() for name in node.param_names
    ]


def _freeze(optimizer: Any, nlp: Language) -> dict[str, list[Any]]:
    keys = _parameters(nlp)
    return {
        table: [getattr(optimizer, table).get(key) for key in keys]
        for table in ("mom1", "mom2", "averages", "nr_update")
    }


def _restore(optimizer: Any, saved: dict[str, list[Any]], nlp: Language) -> int:
    for table, values in saved.items():
        target = getattr(optimizer, table)
        for key, value in zip(_parameters(nlp), values, strict=True):
            if value is not None:
                target[key] = value
    return len(optimizer.averages)
