"""Annotated articles pass through the resolver here with each of its sieves left out in turn: `python -m
quotes_cli.evaluation.ablation --gold DIR`.

Every article is parsed and attributed once. A sieve's row says what it decided, and what becomes of all speakers
without it: a sieve that only loses when it is there ought to go.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

from quotes_cli.language.attribute import attribute
from quotes_cli.language.parse import parse
from quotes_cli.language.pipeline import load_model, records
from quotes_cli.language.resolve import resolve
from quotes_cli.language.resolve.sieves import SIEVES
from quotes_cli.language.segment import segment
from quotes_cli.language.tokens import Tokens
from quotes_cli.records import Article, Attribution, MarkedSpan

from .accuracy import given, scorer


class Case(NamedTuple):
    """An article as far as the resolver."""

    name: str
    tokens: Tokens
    spans: list[MarkedSpan]
    attributions: list[Attribution]


def cases(gold: Path, name: str) -> list[Case]:
    """The parsed and attributed articles of a gold file of names."""
    nlp = load_model()
    found = []
    for line in (gold / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        document = json.loads(line)["doc"]
        text = (gold / "names-text" / f"{document}.txt").read_bytes().decode("utf-8")
        spans = segment(text)
        (tokens,) = parse(nlp, [text], [spans], fully=True)
        found.append(Case(document, tokens, spans, attribute(tokens, spans)))
    return found


def predictions(articles: list[Case], off: frozenset[str]) -> tuple[dict[str, list[dict[str, Any]]], Counter[str]]:
    """The quotations of each article without some sieves, and how many speakers each sieve decided."""
    rows: dict[str, list[dict[str, Any]]] = {}
    decided: Counter[str] = Counter()
    for case in articles:
        resolutions = resolve(case.tokens, case.spans, case.attributions, off=off)
        decided.update(r.sieve for r in resolutions if r.sieve)
        found = records(Article(case.name, case.tokens.text), case.spans, case.attributions, resolutions)
        rows[case.name] = [asdict(q) for q in found if q.kind != "other"]
    return rows, decided


def main() -> int:
    parser = argparse.ArgumentParser(description="Score the resolver without each of its sieves.")
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    options = parser.parse_args()
    score = scorer(options.gold)
    golds = score.read(options.gold / "names-dev.jsonl")
    articles = cases(options.gold, "names-dev")
    _, decided = predictions(articles, frozenset())
    print(f"{'without':16}{'decided':>9}{'exact':>8}{'loose':>8}{'given':>8}{'right':>8}")
    for name in ("", *(sieve.name for sieve in SIEVES)):
        rows, _ = predictions(articles, frozenset({name} - {""}))
        result, scored = score.score(golds, rows)
        names = given(scored, rows)
        figures = (result["attribution"]["mention"], result["attribution"]["lenient"], names["p"])
        exact, loose, right = (f"{100 * value:8.1f}" for value in figures)
        print(f"{name or '-':16}{decided[name] or '':>9}{exact}{loose}{names['n']:8.0f}{right}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
