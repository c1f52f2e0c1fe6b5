"""Corpora pass through here in lessons, batches with what is right of them; a student in torch learns from those.

Other processes make the lessons of the next round while the student learns from those of the last three. A lesson of
syntax has the states that the student itself, with the weights of its last round, comes to in parsing, and what would
have been right there (`oracle`).
"""

from __future__ import annotations

import os
import random
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import spacy
import torch
from torch import Tensor, nn

from .student import Batch, Names, Student, Syntax
from .teacher import device
from .train import SEED, Corpus, names_corpus, scores, syntax_corpus

WORDS = 6000  # a batch
SHARES = 100  # of a round, each a job of one process
KEPT = 3  # rounds that are learnt from at once: on a card, learning is faster than making lessons
PROCESSES = max(1, min(13, (os.cpu_count() or 2) - 1))
RATE = {"syntax": 1e-3, "names": 8e-4}
WARM_UP = 200  # updates in which the rate rises
AVERAGED = 0.999  # how much of the averaged weights an update leaves


_school: tuple[Student, Corpus]  # of a process that makes lessons


def _attend(student: Student, corpus: Corpus) -> None:
    global _school
    _school = student.eval(), corpus
    torch.set_num_threads(1)


def _lessons(number: int, share: int, weights: Path) -> list[Batch]:
    """A share of a round, in batches of about `WORDS` words; `weights` are the student's."""
    student, corpus = _school
    student.load_state_dict(torch.load(weights))
    annotated, taught = (
        random.Random(number).sample(every, len(every))[share::SHARES] for every in (corpus.annotated, corpus.taught)
    )
    passages = corpus.epoch(annotated, taught, random.Random(f"{number} {share}"))
    passages = [passage for passage in passages if any(s.words for s in passage)]
    count = max(1, round(sum(len(s.words) for passage in passages for s in passage) / WORDS))
    return [student.batch(own) for k in range(count) if (own := passages[k::count])]


def learn(kind: str, data: Path, work: Path, updates: int, log: Callable[[str], None] = print) -> None:
    """Go on with the pipeline `work/KIND-best` for `updates` updates, of `syntax` or `names`; `work/KIND-student`
    becomes the folder of the pipeline with the averaged weights. One that is cut off begins anew."""
    torch.set_num_threads(1)
    torch.set_float32_matmul_precision("high")
    torch.manual_seed(SEED)
    nlp, target = spacy.load(work / f"{kind}-best"), work / f"{kind}-student"
    student: Student
    if kind == "syntax":
        student, corpus = Syntax(nlp), syntax_corpus(data, work / "parsed.pickle")
    else:
        student, corpus = Names(nlp), names_corpus(data, work / "silver.pickle")
    # Forked before the card is used, the processes share the corpus.
    pool = ProcessPoolExecutor(PROCESSES, get_context("fork"), _attend, (student, corpus))
    with TemporaryDirectory(dir=work) as folder:
        try:
            average = _fit(kind, student, updates, pool, Path(folder), log)
        finally:
            pool.shutdown(cancel_futures=True)
    student.load_state_dict(average)
    student.write_back()
    log(f"student of {kind}: {scores(nlp, corpus.development)}")
    nlp.to_disk(target.with_suffix(".new"))
    target.with_suffix(".new").rename(target)


def _fit(
    kind: str, student: Student, updates: int, pool: ProcessPoolExecutor, folder: Path, log: Callable[[str], None]
) -> dict[str, Tensor]:
    """Train a student on rounds of lessons; returns its averaged weights."""

    def begin(number: int) -> list[Future[list[Batch]]]:
        weights = folder / f"{number}.pt"
        torch.save({key: value.cpu() for key, value in student.state_dict().items()}, weights)
        return [pool.submit(_lessons, number, share, weights) for share in range(SHARES)]

    began, step, number = time.time(), 0, 0
    coming, kept = begin(number), deque[list[Batch]](maxlen=KEPT)
    student.to(device()).train()
    parameters = list(student.parameters())
    optimizer = torch.optim.AdamW(parameters, weight_decay=0.01, betas=(0.9, 0.98), fused=device().type == "cuda")
    average = {key: value.detach().clone() for key, value in student.state_dict().items()}
    while step < updates:
        kept.append([batch for job in coming for batch in job.result()])
        number += 1
        coming = begin(number)
        batches = [batch for lessons in kept for batch in lessons]
        random.Random(SEED + number).shuffle(batches)
        for batch in batches[: updates - step]:
            for group in optimizer.param_groups:
                group["lr"] = RATE[kind] * min(1.0, (step + 1) / WARM_UP) * max(0.01, 1 - step / updates)
            loss = student.loss(batch.to(device()))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            step += 1
            stays = min(AVERAGED, step / (step + 9))
            for key, value in student.named_parameters():
                average[key].lerp_(value.detach(), 1 - stays)
        log(f"student of {kind}: step {step} of {updates} {time.time() - began:.0f}s loss {loss.item():.3f}")
    return average
