"""Sentences with names pass through here, and unannotated text: a teacher learns from the ones and labels the other.

The teacher is told which corpus a sentence comes from, so that it can label all text by the scheme of one.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn

from .batches import ANSWERS, ANSWERS_TOGETHER, batches_of
from .corpora import Sentence
from .teacher import UNKNOWN, Encoded, Teacher, Training, device, fit, mean_chances, trained

LABELS = ("O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
#: Annotation schemes by corpus; text is labelled by the first.
SCHEMES = ("uner", "gum", "wikigold", "crossner")
EPOCHS, RATE = 5, 5e-5


class Labelled(NamedTuple):
    """Words with names, one sentence or some, and the scheme that they were annotated by, an index of `SCHEMES`."""

    sentence: Sentence
    scheme: int


class NamesTeacher(Teacher):
    """A label for each word, by the scheme that is asked for."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, dropout=0.1)
        self.schemes = self.table(len(SCHEMES))
        self.head = nn.Linear(self.width, len(LABELS))

    def forward(self, texts: Encoded, schemes: Sequence[int]) -> Tensor:
        """Scores of (texts, words, labels), without the roots."""
        words = self.words(texts, self.schemes(torch.tensor(schemes, device=device())))
        scores: Tensor = self.head(words[:, 1:])
        return scores

    def loss(self, items: Sequence[Labelled]) -> Tensor:
        scores = self(self.encode([s.words for s, _ in items]), [scheme for _, scheme in items])
        gold = torch.full(scores.shape[:2], UNKNOWN)
        for row, (sentence, _) in enumerate(items):
            gold[row, : len(sentence.words)] = torch.tensor(
                [UNKNOWN if label == "-" else LABELS.index(label) for label in sentence.entities]
            )
        return nn.functional.cross_entropy(scores.flatten(0, 1), gold.flatten().to(scores.device), ignore_index=UNKNOWN)


def _length(item: Labelled) -> int:
    return len(item.sentence.words)


def teach(
    epoch: Callable[[random.Random], list[Labelled]],
    folder: Path,
    seed: int,
    target: Path,
    log: Callable[[str], None] = print,
) -> None:
    """Train a teacher of names from the transformer in `folder`, each epoch drawn anew by `epoch` (`teacher.fit`)."""
    torch.manual_seed(seed)
    fit(
        NamesTeacher(folder),
        lambda rng: batches_of(epoch(rng), _length, rng),
        Training(EPOCHS, RATE, seed, target, log),
    )


def label(
    folder: Path, weights: Sequence[Path], sentences: Sequence[Sentence]
) -> Iterator[tuple[int, list[str], list[float]]]:
    """For each sentence its index, the labels that the teachers find by the first scheme, and their chances."""
    teachers = [trained(NamesTeacher(folder), path) for path in weights]
    numbered = list(enumerate(s.words for s in sentences))
    with torch.inference_mode():
        for group in batches_of(numbered, lambda item: len(item[1]), size=ANSWERS, together=ANSWERS_TOGETHER):
            texts = teachers[0].encode([words for _, words in group])
            chances = mean_chances([teacher(texts, [0] * len(group)) for teacher in teachers])
            labels = best_paths(chances.log(), texts.real[:, 1:])
            sure = chances.gather(2, labels[:, :, None])[:, :, 0].tolist()
            for (number, words), path, own in zip(group, labels.tolist(), sure, strict=True):
                yield number, [LABELS[k] for k in path[: len(words)]], own[: len(words)]


#: Labels that may follow one another.
_FOLLOWS = torch.tensor([[not b.startswith("I-") or (a != "O" and a[2:] == b[2:]) for b in LABELS] for a in LABELS])


def best_paths(chances: Tensor, real: Tensor) -> Tensor:
    """The best sequences of labels that may follow one another (Viterbi), of log chances (texts, words, labels).

    `real`, (texts, words), is false behind a text's end.
    """
    barred = torch.where(_FOLLOWS, 0.0, float("-inf")).to(chances.device)
    same = torch.arange(len(LABELS), device=chances.device)
    total = chances[:, 0] + barred[0]  # a text begins as if behind `O`
    back = []
    for word in range(1, chances.shape[1]):
        best, origin = (total[:, :, None] + barred).max(1)
        own = real[:, word, None]
        back.append(torch.where(own, origin, same))
        total = torch.where(own, best + chances[:, word], total)
    path = [total.argmax(1)]
    for origin in reversed(back):
        path.append(origin.gather(1, path[-1][:, None])[:, 0])
    return torch.stack(path[::-1], 1)
