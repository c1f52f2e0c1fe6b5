"""Treebanks pass through here, and unannotated text: a teacher learns to parse from the ones and parses the other.

The treebanks have 370,000 words, little of it news, and a parser of a few megabytes has seen each construction of a
tag too seldom. The teacher is a biaffine parser (Dozat and Manning 2017).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from .batches import ANSWERS, ANSWERS_TOGETHER, LONGEST, batches_of
from .corpora import Sentence
from .teacher import UNKNOWN, Encoded, Teacher, Training, fit, mean_chances, trained

EPOCHS, RATE = 10, 6e-5
ARC, RELATION = 384, 160  # sizes of the vectors that arcs and relations are scored by

#: A passage: the sentences of a paragraph or of a part of one.
Passage = list[Sentence]


class Labels:
    """The closed sets of labels of treebanks, each a sorted list."""

    def __init__(self, paragraphs: Sequence[Passage]) -> None:
        sentences = [s for p in paragraphs for s in p]
        self.tags = sorted({t for s in sentences for t in s.tags})
        self.pos = sorted({t for s in sentences for t in s.pos})
        self.deps = sorted({d for s in sentences for d in s.deps})


class SyntaxTeacher(Teacher):
    """Tags, parts of speech, heads and relations of each word."""

    def __init__(self, folder: Path, labels: Labels) -> None:
        super().__init__(folder, dropout=0.2)
        self.labels = labels
        self.tag, self.part = nn.Linear(self.width, len(labels.tags)), nn.Linear(self.width, len(labels.pos))
        self.arc_child, self.arc_head = nn.Linear(self.width, ARC), nn.Linear(self.width, ARC)
        self.relation_child, self.relation_head = nn.Linear(self.width, RELATION), nn.Linear(self.width, RELATION)
        self.arc = nn.Parameter(torch.zeros(ARC + 1, ARC))
        self.relation = nn.Parameter(torch.zeros(len(labels.deps), RELATION + 1, RELATION + 1))

    def forward(self, texts: Encoded) -> dict[str, Tensor]:
        """`words` (texts, words, width), and scores of `tags`, `pos` and `heads` (texts, words, answers)."""
        words = self.words(texts)
        child = self.dropout(nn.functional.leaky_relu(self.arc_child(words), 0.1))
        head = self.dropout(nn.functional.leaky_relu(self.arc_head(words), 0.1))
        arcs = _with_one(child) @ self.arc @ head.transpose(1, 2)
        arcs = arcs.masked_fill(~texts.real[:, None, :], float("-inf"))
        return {"words": words, "heads": arcs, "tags": self.tag(words), "pos": self.part(words)}

    def relations(self, words: Tensor, heads: Tensor) -> Tensor:
        """Scores of each word's relation to a given head, (texts, words, relations)."""
        child = _with_one(self.dropout(nn.functional.leaky_relu(self.relation_child(words), 0.1)))
        head = _with_one(self.dropout(nn.functional.leaky_relu(self.relation_head(words), 0.1)))
        head = head.gather(1, heads[:, :, None].expand(-1, -1, head.shape[2]))
        left = torch.einsum("bwi,rij->bwrj", child, self.relation)
        return torch.einsum("bwrj,bwj->bwr", left, head)

    def gold(self, passages: Sequence[Passage], width: int) -> dict[str, Tensor]:
        """Indices of tags, parts, heads and relations, (passages, words); `UNKNOWN` for the root and beyond the end."""
        found = {k: torch.full((len(passages), width), UNKNOWN) for k in ("tags", "pos", "heads", "deps")}
        for row, passage in enumerate(passages):
            column = 1
            for s in passage:
                end = column + len(s.words)
                found["tags"][row, column:end] = torch.tensor([self.labels.tags.index(t) for t in s.tags])
                found["pos"][row, column:end] = torch.tensor([self.labels.pos.index(t) for t in s.pos])
                found["deps"][row, column:end] = torch.tensor([self.labels.deps.index(t) for t in s.deps])
                heads = [0 if h == i else h + column for i, h in enumerate(s.heads)]
                found["heads"][row, column:end] = torch.tensor(heads)
                column = end
        return found

    def loss(self, items: Sequence[Passage]) -> Tensor:
        scores = self(self.encode([[w for s in passage for w in s.words] for passage in items]))
        words = scores["words"]
        gold = {k: v.to(words.device) for k, v in self.gold(items, words.shape[1]).items()}
        known = gold["heads"] != UNKNOWN
        scores["deps"] = self.relations(words, gold["heads"].clamp(min=0))
        weights = {"heads": 1.0, "deps": 1.0, "tags": 0.5, "pos": 0.5}
        losses = [w * nn.functional.cross_entropy(scores[k][known], gold[k][known]) for k, w in weights.items()]
        return torch.stack(losses).sum()


def _with_one(values: Tensor) -> Tensor:
    return torch.cat([values, torch.ones_like(values[..., :1])], -1)


def _size(passage: Passage) -> int:
    return sum(len(s.words) for s in passage)


def teach(
    epoch: Callable[[random.Random], list[Passage]],
    labels: Labels,
    folder: Path,
    seed: int,
    target: Path,
    log: Callable[[str], None] = print,
) -> None:
    """Train a teacher of syntax from the transformer in `folder`, each epoch drawn anew by `epoch` (`teacher.fit`)."""
    torch.manual_seed(seed)
    fit(
        SyntaxTeacher(folder, labels),
        lambda rng: batches_of([p for p in epoch(rng) if _size(p) <= LONGEST], _size, rng),
        Training(EPOCHS, RATE, seed, target, log),
    )


def parse(
    folder: Path, labels: Labels, weights: Sequence[Path], sentences: Sequence[Sentence]
) -> Iterator[tuple[Sentence, float]]:
    """What the teachers parse together, with the mean chance of its heads: passages, each one `Sentence` of one root or
    several, whose heads need not make trees (`silver.trees`)."""
    teachers = [trained(SyntaxTeacher(folder, labels), path) for path in weights]
    with torch.inference_mode():
        for group in batches_of(sentences, lambda s: len(s.words), size=ANSWERS, together=ANSWERS_TOGETHER):
            texts = teachers[0].encode([s.words for s in group])
            scores = [teacher(texts) for teacher in teachers]
            arcs = mean_chances([one["heads"] for one in scores])
            arcs.diagonal(dim1=1, dim2=2)[:, 1:] = 0
            chances, heads = arcs.max(-1)
            relations = [teacher.relations(one["words"], heads) for teacher, one in zip(teachers, scores, strict=True)]
            deps = mean_chances(relations).argmax(-1)
            tags, pos = (mean_chances([one[k] for one in scores]).argmax(-1) for k in ("tags", "pos"))
            for s, *rows in zip(group, *(t.tolist() for t in (chances, heads, deps, tags, pos)), strict=True):
                sure, above, relation, tag, part = (row[1 : len(s.words) + 1] for row in rows)
                own = [i if head == 0 else head - 1 for i, head in enumerate(above)]
                names = [labels.deps[k] for k in relation]
                names = ["ROOT" if own[i] == i else "dep" if d == "ROOT" else d for i, d in enumerate(names)]
                found = Sentence(
                    s.words, s.spaces, [labels.tags[k] for k in tag], [labels.pos[k] for k in part], own, names
                )
                yield found, sum(sure) / len(sure)
