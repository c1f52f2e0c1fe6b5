"""Annotated sentences pass through here: what the two teachers share, a transformer and the way it is trained.

A model of 15 MB learns from the open corpora no more constructions and names than they have. A transformer has read
more (all-mpnet-base-v2, Apache 2.0; Song et al. 2020): it learns from the same corpora, labels and parses text that
nobody annotated, and the model that ships learns from both (distillation, Hinton et al. 2015). Several teachers of a
kind, which differ in their seed, answer together: their probabilities are averaged.
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

from .batches import SHAPES, shape

UNKNOWN = -100
LETTERS = 24  # of a word that are looked at: an address is hundreds of pieces
WARM_UP = 150  # updates in which the rate rises
HEADS_RATE = 1e-3


def device() -> torch.device:
    """A graphics card where torch sees one: there a teacher takes minutes, on one core of a processor ten hours."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def transformer(folder: Path) -> tuple[Any, Any]:
    """MPNet's word pieces and its layers; words keep their vectors, for most of tomorrow's are not in the corpora."""
    from transformers import AutoModel, AutoTokenizer, logging

    logging.set_verbosity_error()
    logging.disable_progress_bar()
    encoder = AutoModel.from_pretrained(folder, local_files_only=True, add_pooling_layer=False)
    encoder.embeddings.word_embeddings.requires_grad_(False)
    return AutoTokenizer.from_pretrained(folder, local_files_only=True), encoder


class Encoded(NamedTuple):
    """Texts as tensors of (texts, pieces), and of (texts, words) where word 0 is the text's root."""

    pieces: Tensor
    shapes: Tensor
    mask: Tensor
    first: Tensor  #: the place of each word's first piece
    real: Tensor  #: false for what fills up shorter texts


class Teacher(nn.Module):
    """MPNet with the words' shapes added to its input. Subclasses say what they read off each word and how they err."""

    def __init__(self, folder: Path, dropout: float) -> None:
        super().__init__()
        self.tokenizer, self.encoder = transformer(folder)
        self.width: int = self.encoder.config.hidden_size
        self.shapes = self.table(SHAPES + 1)
        self.dropout = nn.Dropout(dropout)

    def table(self, size: int) -> nn.Embedding:
        """Vectors to be added to the transformer's input, almost nothing at first."""
        found = nn.Embedding(size, self.width)
        nn.init.normal_(found.weight, std=0.01)
        return found

    def encode(self, texts: Sequence[Sequence[str]]) -> Encoded:
        """Each text, a list of words, as the transformer takes it."""
        encoded = self.tokenizer(
            [[word[:LETTERS] for word in words] for words in texts], is_split_into_words=True, padding=True
        )
        pieces = torch.tensor(encoded["input_ids"])
        shapes = torch.full_like(pieces, SHAPES)
        longest = max(map(len, texts)) + 1
        first = torch.zeros(len(texts), longest, dtype=torch.long)
        real = torch.zeros(len(texts), longest, dtype=torch.bool)
        for row, words in enumerate(texts):
            real[row, : len(words) + 1] = True
            known = [(column, word) for column, word in enumerate(encoded.word_ids(row)) if word is not None]
            shapes[row, [column for column, _ in known]] = torch.tensor([shape(words[word]) for _, word in known])
            begun = {word + 1: column for column, word in reversed(known)}  # the first piece of a word comes last
            first[row, list(begun)] = torch.tensor(list(begun.values()))
        mask = torch.tensor(encoded["attention_mask"])
        return Encoded(*(tensor.to(device()) for tensor in (pieces, shapes, mask, first, real)))

    def words(self, texts: Encoded, added: Tensor | None = None) -> Tensor:
        """Vectors of (texts, words, width), each of a word's first piece; `added` is one a text, for all its pieces."""
        embedded = self.encoder.embeddings.word_embeddings(texts.pieces) + self.shapes(texts.shapes)
        if added is not None:
            embedded = embedded + added[:, None]
        with torch.autocast(device().type, torch.bfloat16, enabled=device().type == "cuda"):
            hidden = self.encoder(inputs_embeds=embedded, attention_mask=texts.mask).last_hidden_state
        index = texts.first[:, :, None].expand(-1, -1, self.width)
        found: Tensor = self.dropout(hidden.gather(1, index).float())
        return found

    def loss(self, items: Sequence[Any]) -> Tensor:
        raise NotImplementedError  # each kind of teacher has its own


AnyTeacher = TypeVar("AnyTeacher", bound=Teacher)


class Training(NamedTuple):
    """How to train: `rate` is the transformer's, `target` the file of the trained weights."""

    epochs: int
    rate: float
    seed: int
    target: Path
    log: Callable[[str], None]


def fit(teacher: Teacher, batches: Callable[[random.Random], list[Any]], how: Training) -> None:
    """Train a teacher, each epoch drawn anew by `batches`, and write its weights, in half precision.

    After each epoch the whole state goes to a file; a training that was cut off goes on from there as if it had not
    been.
    """
    torch.set_num_threads(1)
    teacher.to(device()).train()
    state, name = how.target.with_suffix(".state"), how.target.stem
    total = how.epochs * len(batches(random.Random(how.seed)))
    groups: dict[bool, list[nn.Parameter]] = {True: [], False: []}
    for parameter_name, parameter in teacher.named_parameters():
        if parameter.requires_grad:
            groups[parameter_name.startswith("encoder")].append(parameter)
    optimizer = torch.optim.AdamW(
        [{"params": groups[True], "base": how.rate}, {"params": groups[False], "base": HEADS_RATE}], weight_decay=0.01
    )
    done = step = 0
    if state.exists():
        saved = torch.load(state, map_location=device())
        teacher.load_state_dict(saved["teacher"])
        optimizer.load_state_dict(saved["optimizer"])
        done, step = saved["done"], saved["step"]
        how.log(f"{name}: going on at step {step}")
    began = time.time()
    for number in range(done, how.epochs):
        torch.manual_seed(how.seed * 1000 + number)
        for batch in batches(random.Random(how.seed * 1000 + number)):
            for group in optimizer.param_groups:
                group["lr"] = group["base"] * min(1.0, (step + 1) / WARM_UP) * max(0.01, 1 - step / total)
            loss = teacher.loss(batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
            optimizer.step()
            step += 1
            if step % 200 == 0:
                how.log(f"{name}: step {step} of {total} {time.time() - began:.0f}s loss {loss.item():.3f}")
        kept = {"teacher": teacher.state_dict(), "optimizer": optimizer.state_dict(), "done": number + 1, "step": step}
        _save(kept, state)
    weights = teacher.state_dict()
    _save({key: value.half() if value.is_floating_point() else value for key, value in weights.items()}, how.target)
    state.unlink(missing_ok=True)


def _save(value: object, target: Path) -> None:
    temporary = target.with_suffix(".new")
    torch.save(value, temporary)
    os.replace(temporary, target)


def trained(teacher: AnyTeacher, weights: Path) -> AnyTeacher:
    """The same teacher with what it learnt, ready to answer."""
    teacher.load_state_dict(torch.load(weights, map_location="cpu"))
    teacher.to(device()).eval()
    return teacher


def mean_chances(scores: Sequence[Tensor]) -> Tensor:
    """The mean of the teachers' probabilities, of their scores (..., answers)."""
    return torch.stack([one.softmax(-1) for one in scores]).mean(0)
