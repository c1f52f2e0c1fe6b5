"""The shipped model's networks in torch: the weights of spaCy's layers in, and back into them what was learnt.

spaCy's own loop sees 1,600 words a second, of one core, and no more of a graphics card; these same sums see 300,000 a
second of a card. So a student sees in five minutes what took half a day: 14,000 updates of 6,000 words brought the
names from F1 81.4 to 87.7 on what is held out of Universal NER's EWT. The sums are those of `language.fast`, to whose
docstrings these add only what is learnt.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.language import Language
from thinc.api import NumpyOps
from torch import Tensor, nn

from quotes_cli.language.fast.encoder import DEPTH, PIECES, WIDTH
from quotes_cli.language.fast.files import ordered
from quotes_cli.language.fast.names import BEGIN, IN, LAST, OUT, UNIT
from quotes_cli.language.fast.parser import LEFT, PLACES, RIGHT

from .corpora import Sentence
from .oracle import ANY, Oracle

SYNTAX = ("tok2vec", "tagger", "morphologizer", "parser")
NAME = 5  # words of a name that describe a state inside it, behind the next word
TAGS_COUNT = 0.7  # tags and parts of speech, for once of the moves
UNKNOWN = -100

Rows = NDArray[np.int32]  # thousands of batches wait in memory


class Batch(NamedTuple):
    """Texts, one behind the other: `rows` (words, 17) by `Student.rows`, `lengths` (texts) in words, and what is right
    of them, by the kind of student: `Syntax.answers`, `Names.answers`."""

    rows: Any
    lengths: Any
    answers: tuple[Any, ...]

    def to(self, device: torch.device) -> Batch:
        """The same as tensors."""
        rows, lengths, *answers = (torch.tensor(x).to(device).long() for x in (self.rows, self.lengths, *self.answers))
        return Batch(rows, lengths, tuple(answers))


class Student(nn.Module):
    """A tok2vec and the scores of a transition system. Subclasses say what is right of texts, and how they err."""

    def __init__(self, nlp: Language, components: Sequence[str], dropout: float) -> None:
        super().__init__()
        pipes: list[Any] = [nlp.get_pipe(name) for name in components]
        self.vocab = nlp.vocab
        self.nodes = [node for pipe in pipes for node in pipe.model.walk()]
        self.moves = ordered(pipes[-1].moves.labels)
        self.learnt: list[tuple[Any, nn.ParameterDict]] = []
        self.tables = self.layers("hashembed")
        self.hashes = [(node.attrs["seed"], node.get_dim("nV")) for node, _ in self.learnt]
        (self.static,) = self.layers("static_vectors")
        self.maxouts, self.norms = self.layers("maxout"), self.layers("layernorm")
        (self.lower,) = self.layers("precomputable_affine")
        self.upper, self.first = self.layers("linear")
        self.dropout = nn.Dropout(dropout)
        classes = torch.tensor(nlp.vocab.vectors.data)
        self.register_buffer("classes", torch.cat([classes, classes.new_zeros(1, classes.shape[1])]))
        self.known: dict[str, list[int]] = {}

    def layers(self, name: str) -> nn.ModuleList:
        """The weights of all layers of thinc's name, in the order in which thinc walks them."""
        found = nn.ModuleList()
        for node in self.nodes:
            if node.name == name and node.param_names:
                own = nn.ParameterDict({k: nn.Parameter(torch.tensor(node.get_param(k))) for k in node.param_names})
                self.learnt.append((node, own))
                found.append(own)
        return found

    def write_back(self) -> None:
        """Put the weights into the layers that they were taken from."""
        for node, own in self.learnt:
            for name, values in own.items():
                node.set_param(name, values.detach().cpu().numpy())

    def batch(self, passages: Sequence[Sequence[Sentence]]) -> Batch:
        """Passages as one batch, each of them a text."""
        rows = self.rows([word for passage in passages for s in passage for word in s.words])
        lengths = np.array([sum(len(s.words) for s in passage) for passage in passages])
        return Batch(rows, lengths, self.answers(passages, torch.tensor(rows).long(), torch.tensor(lengths)))

    def rows(self, words: Sequence[str]) -> Rows:
        """For each word four rows of each of the four tables, and one of the table of word classes."""
        unseen = [word for word in dict.fromkeys(words) if word not in self.known]
        if unseen:
            lexemes = [self.vocab[word] for word in unseen]
            keys = np.array([(x.norm, x.prefix, x.suffix, x.shape) for x in lexemes], np.uint64)
            ops = NumpyOps()
            hashes = [ops.hash(keys[:, i].copy(), seed) % size for i, (seed, size) in enumerate(self.hashes)]
            classes = [[self.vocab.vectors.key2row.get(x.orth, len(self.classes) - 1)] for x in lexemes]
            self.known.update(zip(unseen, np.hstack([*hashes, classes]).astype(int).tolist(), strict=True))
        return np.array([self.known[word] for word in words], np.int32)

    def vectors(self, rows: Tensor, lengths: Tensor) -> Tensor:
        """Each word in the light of those around it, (words, WIDTH)."""
        parts = [
            nn.functional.embedding(rows[:, 4 * i : 4 * i + 4], table["E"]).sum(1)
            for i, table in enumerate(self.tables)
        ]
        alone = self._maxout(0, torch.cat([*parts, self.classes[rows[:, -1]] @ self.static["W"].T], 1))
        text = torch.repeat_interleave(torch.arange(1, len(lengths) + 1, device=rows.device), lengths)
        real = torch.arange(len(rows), device=rows.device) + DEPTH * text
        found = alone.new_zeros(len(rows) + DEPTH * (len(lengths) + 1), WIDTH).index_copy(0, real, alone)
        none = alone.new_zeros(1, WIDTH)
        for layer in range(1, DEPTH + 1):
            before, behind = torch.cat([none, found[:-1]]), torch.cat([found[1:], none])
            found = found + self._maxout(layer, torch.cat([before, found, behind], 1))
        return found[real]

    def _maxout(self, layer: int, rows: Tensor) -> Tensor:
        linear, norm = self.maxouts[layer], self.norms[layer]
        most = (rows @ linear["W"].flatten(0, 1).T).view(-1, WIDTH, PIECES).add(linear["b"]).amax(2)
        most = most - most.mean(1, keepdim=True)
        most = most / torch.sqrt((most * most).mean(1, keepdim=True) + 1e-8)
        found: Tensor = self.dropout(most * norm["G"] + norm["b"])
        return found

    def parts(self, vectors: Tensor) -> Tensor:
        """The parts that each word, and behind the last none, has in a state in each place, (places, words + 1, 2
        hidden)."""
        inner = vectors @ self.first["W"].T + self.first["b"]
        weights = self.lower["W"].flatten(1, 2)
        missing = self.lower["pad"][0].flatten(1)[:, None]
        return torch.cat([torch.einsum("wi,phi->pwh", inner, weights), missing], 1)

    def scores(self, parts: Tensor, places: Tensor) -> Tensor:
        """The scores (states, moves) of states by their words (states, places)."""
        sums = self.lower["b"].flatten()[None]
        for place in range(len(parts)):
            sums = sums + parts[place].index_select(0, places[:, place])
        hidden = sums.unflatten(1, self.lower["b"].shape).amax(2)
        found: Tensor = hidden @ self.upper["W"].T + self.upper["b"]
        return found

    def answers(self, passages: Sequence[Sequence[Sentence]], rows: Tensor, lengths: Tensor) -> tuple[Rows, ...]:
        raise NotImplementedError  # each kind of student has its own

    def loss(self, batch: Batch) -> Tensor:
        raise NotImplementedError  # likewise


class Syntax(Student):
    """Tags, parts of speech, and the moves of the parser."""

    def __init__(self, nlp: Language) -> None:
        super().__init__(nlp, SYNTAX, dropout=0.1)
        tagger, morphologizer = (nlp.get_pipe(name) for name in SYNTAX[1:3])
        self.tags, self.pos = (
            {label.removeprefix("POS="): k for k, label in enumerate(pipe.labels)}  # type: ignore[attr-defined] # components have no common type
            for pipe in (tagger, morphologizer)
        )
        self.softmaxes = self.layers("softmax")
        self.register_buffer("actions", torch.tensor([action for action, _ in self.moves]))

    def answers(self, passages: Sequence[Sequence[Sentence]], rows: Tensor, lengths: Tensor) -> tuple[Rows, ...]:
        """Tags and parts of speech (words), and the states (states, 12) on the way through the present weights' own
        parses: words by place, the bits of what is allowed, `Oracle.wanted`."""
        sentences = list(chain.from_iterable(passages))
        tags = np.array([self.tags.get(tag, UNKNOWN) for s in sentences for tag in s.tags], np.int32)
        pos = np.array([self.pos.get(part, UNKNOWN) for s in sentences for part in s.pos], np.int32)
        with torch.inference_mode():
            return tags, pos, self.parse(self.vectors(rows, lengths), Oracle(sentences, self.moves), lengths.tolist())

    def parse(self, vectors: Tensor, oracle: Oracle, lengths: Sequence[int]) -> Rows:
        """Parse texts in step, as `language.fast` does; every state on the way, with what would have been right."""
        parts, found = self.parts(vectors), []
        ends = np.cumsum(lengths).tolist()
        states = [oracle.begin(end - size, end) for size, end in zip(lengths, ends, strict=True)]
        while states:
            seen = torch.tensor(oracle.looks(states)).reshape(-1, PLACES + 1)
            found += [
                (*look, *oracle.wanted(stack, buffer, look[PLACES]))
                for look, (stack, buffer, _) in zip(seen.tolist(), states, strict=True)
            ]
            scores = self.scores(parts, seen).masked_fill(~self._bits(seen[:, PLACES]), -torch.inf)
            states = oracle.move(states, scores.argmax(1).tolist())
        return np.array(found, np.int32)

    def _bits(self, actions: Tensor) -> Tensor:
        """The moves (states, moves) of actions that bits stand for."""
        return (actions[:, None] >> self.actions & 1).bool()

    def loss(self, batch: Batch) -> Tensor:
        tags, pos, states = batch.answers
        vectors = self.vectors(batch.rows, batch.lengths)
        allowed, wanted, left, right = states[:, PLACES:].unbind(1)
        move = torch.where(self.actions == LEFT, left[:, None], ANY)
        move = torch.where(self.actions == RIGHT, right[:, None], move)
        named = (move == ANY) | (move == torch.arange(len(self.moves), device=move.device))
        scores = self.scores(self.parts(vectors), states).masked_fill(~self._bits(allowed), -torch.inf)
        right_scores = scores.masked_fill(~(self._bits(wanted) & named), -torch.inf)
        moves = (scores.logsumexp(1) - right_scores.logsumexp(1)).sum() / len(vectors)
        for softmax, gold in zip(self.softmaxes, (tags, pos), strict=True):
            labels = vectors @ softmax["W"].T + softmax["b"]
            moves = moves + TAGS_COUNT * nn.functional.cross_entropy(labels, gold, ignore_index=UNKNOWN)
        return moves


class Names(Student):
    """The moves of the name finder."""

    def __init__(self, nlp: Language) -> None:
        super().__init__(nlp, ("ner",), dropout=0.15)
        self.number = {move: k for k, move in enumerate(self.moves)}
        self.kinds = sorted({kind for action, kind in self.moves if action == IN})
        inside = [[action in (IN, LAST) and kind == own for action, kind in self.moves] for own in self.kinds]
        free = [action == OUT or (action in (BEGIN, UNIT) and kind != "") for action, kind in self.moves]
        self.register_buffer("allowed", torch.tensor([*inside, free]))

    def answers(self, passages: Sequence[Sequence[Sentence]], rows: Tensor, lengths: Tensor) -> tuple[Rows, ...]:
        """The states (states, 8) on the way to the right names: words by place, the move, what is allowed."""
        found: list[tuple[int, ...]] = []
        first = 0
        for s in chain.from_iterable(passages):
            found += self._states(s.entities, first, len(rows))
            first += len(s.words)
        return (np.array(found, np.int32).reshape(-1, NAME + 3),)

    def _states(self, labels: Sequence[str], first: int, none: int) -> list[tuple[int, ...]]:
        """Those of a sentence whose words begin at `first`; what is not known is left out."""
        found: list[tuple[int, ...]] = []
        start = 0
        for i, label in enumerate(labels):
            if label == "-":
                continue
            prefix, _, kind = label.partition("-")
            goes_on = labels[i + 1 : i + 2] == [f"I-{kind}"]
            if prefix == "I":
                name = [first + k if k < i else none for k in range(start, start + NAME)]
                move, allowed = (IN if goes_on else LAST, kind), self.kinds.index(kind)
            else:
                start, name, allowed = i, [none] * NAME, len(self.kinds)
                move = (OUT, "") if prefix == "O" else (BEGIN if goes_on else UNIT, kind)
            found.append((first + i, *name, self.number[move], allowed))
        return found

    def loss(self, batch: Batch) -> Tensor:
        (states,) = batch.answers
        scores = self.scores(self.parts(self.vectors(batch.rows, batch.lengths)), states)
        scores = scores.masked_fill(~self.allowed[states[:, -1]], -torch.inf)
        return nn.functional.cross_entropy(scores, states[:, -2])
