"""Treebanks pass through here, and unannotated news: a teacher learns to parse from the ones and parses the other.

The treebanks have 370,000 words, little of it news, and a parser of a few megabytes has seen each construction of a
tag too seldom. The small transformer that teaches names (`teacher`) is trained on the same trees, as a biaffine parser
(Dozat and Manning 2017), and parses news; the parser that ships learns from both (distillation, Hinton et al. 2015).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from .corpora import Sentence
from .teacher import LETTERS, SHAPES, UNKNOWN, Training, batches_of, fit, shape, transformer

LONGEST = 160  # words a passage; the transformer takes 512 pieces of words
RATE, HEADS_RATE = 2e-4, 1e-3
BATCH = 800  # words, with those that fill up shorter passages
ARC, RELATION = 256, 128  # sizes of the vectors that arcs and relations are scored by

#: A passage: the sentences of a paragraph or of a part of one.
Passage = list[Sentence]


class Labels:
    """The closed sets of labels, each a sorted list."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        sentences = [s for p in passages for s in p]
        self.tags = sorted({t for s in sentences for t in s.tags})
        self.pos = sorted({t for s in sentences for t in s.pos})
        self.deps = sorted({d for s in sentences for d in s.deps})


class SyntaxTeacher(nn.Module):
    """MiniLM with the words' shapes added; tags, parts of speech, heads and relations from each word's first piece."""

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self.labels = labels
        self.tokenizer, self.encoder = transformer()
        width = self.encoder.config.hidden_size
        self.shapes = nn.Embedding(SHAPES + 1, width)
        nn.init.normal_(self.shapes.weight, std=0.01)
        self.dropout = nn.Dropout(0.2)
        self.tag, self.part = nn.Linear(width, len(labels.tags)), nn.Linear(width, len(labels.pos))
        self.arc_child, self.arc_head = nn.Linear(width, ARC), nn.Linear(width, ARC)
        self.relation_child, self.relation_head = nn.Linear(width, RELATION), nn.Linear(width, RELATION)
        self.arc = nn.Parameter(torch.zeros(ARC + 1, ARC))
        self.relation = nn.Parameter(torch.zeros(len(labels.deps), RELATION + 1, RELATION + 1))

    def forward(self, batch: dict[str, Tensor]) -> dict[str, Tensor]:
        """`words` (passages, words, width), the first of each passage its root; `arcs` (passages, words, words)."""
        embedded = self.encoder.embeddings.word_embeddings(batch["pieces"]) + self.shapes(batch["shapes"])
        pieces = self.encoder(inputs_embeds=embedded, attention_mask=batch["mask"]).last_hidden_state
        words = self.dropout(pieces.gather(1, batch["first"][:, :, None].expand(-1, -1, pieces.shape[2])))
        child = self.dropout(nn.functional.leaky_relu(self.arc_child(words), 0.1))
        head = self.dropout(nn.functional.leaky_relu(self.arc_head(words), 0.1))
        arcs = _with_one(child) @ self.arc @ head.transpose(1, 2)
        arcs = arcs.masked_fill(~batch["real"][:, None, :], float("-inf"))
        return {"words": words, "arcs": arcs, "tags": self.tag(words), "pos": self.part(words)}

    def relations(self, words: Tensor, heads: Tensor) -> Tensor:
        """Scores of each word's relation to a given head, (passages, words, relations)."""
        child = _with_one(self.dropout(nn.functional.leaky_relu(self.relation_child(words), 0.1)))
        head = _with_one(self.dropout(nn.functional.leaky_relu(self.relation_head(words), 0.1)))
        head = head.gather(1, heads[:, :, None].expand(-1, -1, head.shape[2]))
        left = torch.einsum("bwi,rij->bwrj", child, self.relation)
        return torch.einsum("bwrj,bwj->bwr", left, head)

    def batch(self, passages: Sequence[Passage]) -> dict[str, Tensor]:
        """Tensors of (passages, pieces) and (passages, words); word 0 is the root and has the first piece."""
        encoded = self.tokenizer(
            [[w[:LETTERS] for s in p for w in s.words] for p in passages], is_split_into_words=True, padding=True
        )
        pieces = torch.tensor(encoded["input_ids"])
        shapes = torch.full_like(pieces, SHAPES)
        longest = max(sum(len(s.words) for s in p) for p in passages) + 1
        first = torch.zeros(len(passages), longest, dtype=torch.long)
        real = torch.zeros(len(passages), longest, dtype=torch.bool)
        for row, passage in enumerate(passages):
            words = [w for s in passage for w in s.words]
            real[row, : len(words) + 1] = True
            seen = None
            for column, word in enumerate(encoded.word_ids(row)):
                if word is not None:
                    shapes[row, column] = shape(words[word])
                    if word != seen:
                        first[row, word + 1] = column
                seen = word
        mask = torch.tensor(encoded["attention_mask"])
        return {"pieces": pieces, "first": first, "shapes": shapes, "mask": mask, "real": real}

    def gold(self, passages: Sequence[Passage], width: int) -> dict[str, Tensor]:
        """Indices of tags, parts, heads and relations, (passages, words); `UNKNOWN` beyond a passage's end."""
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

    def loss(self, passages: Sequence[Passage]) -> Tensor:
        batch = self.batch(passages)
        scores = self(batch)
        gold = self.gold(passages, scores["tags"].shape[1])
        known = gold["heads"] != UNKNOWN
        relations = self.relations(scores["words"], gold["heads"].clamp(min=0))
        total = nn.functional.cross_entropy(scores["arcs"][known], gold["heads"][known])
        total = total + nn.functional.cross_entropy(relations[known], gold["deps"][known])
        total = total + 0.5 * nn.functional.cross_entropy(scores["tags"][known], gold["tags"][known])
        return total + 0.5 * nn.functional.cross_entropy(scores["pos"][known], gold["pos"][known])


def _with_one(values: Tensor) -> Tensor:
    return torch.cat([values, torch.ones_like(values[..., :1])], -1)


def _size(passage: Passage) -> int:
    return sum(len(s.words) for s in passage)


def teach(
    epoch: Callable[[random.Random], list[Passage]],
    epochs: int,
    seed: int,
    state: Path,
    log: Callable[[str], None] = print,
) -> SyntaxTeacher:
    """A teacher of syntax trained for so many epochs, each drawn anew by `epoch` (`teacher.fit`)."""
    torch.manual_seed(seed)
    teacher = SyntaxTeacher(Labels(epoch(random.Random(seed))))

    def batches(rng: random.Random) -> list[list[Passage]]:
        return batches_of([p for p in epoch(rng) if _size(p) <= LONGEST], _size, BATCH, rng)

    rates = {"": HEADS_RATE, "encoder": RATE}
    fit(teacher, teacher.loss, batches, rates, Training(epochs, seed, state, 150, log))
    return teacher


def parse(teacher: SyntaxTeacher, passages: Sequence[Passage]) -> Iterator[Sentence]:
    """Each passage as one `Sentence`, of one root or several; the heads need not make trees (`silver.trees`)."""
    labels = teacher.labels
    with torch.inference_mode():
        for group in batches_of(passages, _size, 4 * BATCH):
            scores = teacher(teacher.batch(group))
            arcs = scores["arcs"].clone()
            arcs.diagonal(dim1=1, dim2=2)[:, 1:] = float("-inf")
            heads = arcs.argmax(-1)
            relations = teacher.relations(scores["words"], heads).argmax(-1)
            for row, passage in enumerate(group):
                words, spaces = [w for s in passage for w in s.words], [x for s in passage for x in s.spaces]
                own = slice(1, len(words) + 1)
                chosen = [i if h == 0 else h - 1 for i, h in enumerate(heads[row, own].tolist())]
                deps = [labels.deps[k] for k in relations[row, own].tolist()]
                deps = ["ROOT" if chosen[i] == i else "dep" if d == "ROOT" else d for i, d in enumerate(deps)]
                tags = [labels.tags[k] for k in scores["tags"][row, own].argmax(-1).tolist()]
                pos = [labels.pos[k] for k in scores["pos"][row, own].argmax(-1).tolist()]
                yield Sentence(words, spaces, tags, pos, chosen, deps)
