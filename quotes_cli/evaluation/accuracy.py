"""Annotated articles pass through the whole pipeline here and are scored: `python -m quotes_cli.evaluation.accuracy
--gold DIR`.

The scorer is the gold folder's own (`score.py`); the floors stand in `floors.json` and only rise. Exit code 1 below
one.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

from quotes_cli.records import Article

FLOORS = Path(__file__).parent / "floors.json"
BINS = 5
SURE = 0.95

_nlp: Any = None


class Outcome(NamedTuple):
    """One attributed quotation, and whether quotation and speaker are both right."""

    rule: str
    kind: str
    confidence: float
    right: bool


def scorer(gold: Path, script: str = "score.py") -> Any:
    """A script of the gold folder as a module."""
    spec = importlib.util.spec_from_file_location(f"quotes_gold_{Path(script).stem}", gold / script)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(gold / script)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predict(gold: Path, name: str, jobs: int = 0) -> dict[str, list[dict[str, Any]]]:
    """Quotations of every article of a gold file by document name, as `quotes extract --format jsonl` writes them."""
    documents = [json.loads(line) for line in (gold / f"{name}.jsonl").read_text(encoding="utf-8").splitlines() if line]
    folder = gold / ("names-text" if name.startswith("names") else "polnear-text")
    paths = [folder / f"{d['doc']}.txt" for d in documents]
    workers = min(jobs or os.cpu_count() or 1, len(paths))
    with ProcessPoolExecutor(workers, initializer=_load) as pool:
        found = list(pool.map(_extract, paths, chunksize=4))
    return {path.stem: rows for path, rows in zip(paths, found, strict=True)}


def _load() -> None:
    from quotes_cli.language.pipeline import load_model

    global _nlp
    _nlp = load_model()


def _extract(path: Path) -> list[dict[str, Any]]:
    from quotes_cli.language.pipeline import extract_article

    text = path.read_bytes().decode("utf-8")
    rows = extract_article(Article(path.name, text), _nlp)
    return [asdict(q) for q in rows if q.kind != "other"]


def outcomes(
    score: Any, golds: list[dict[str, Any]], predictions: dict[str, list[dict[str, Any]]], measure: str = "loose"
) -> list[Outcome]:
    """What became of each quotation with a speaker, by the scorer's end-to-end measure (`loose`), or only the whole
    name right (`strict`).
    """
    _, rows = score.score(golds, predictions)
    right = {id(row["pred"]) for row in rows if row[measure] and row["pred"] is not None}
    found = []
    for gold in golds:
        for p in predictions.get(gold["doc"], []):
            length = p["end"] - p["start"]
            ignored = any(2 * score.overlap((p["start"], p["end"]), x) > length for x in gold.get("ignore", []))
            if not ignored and p["rule"] and score.has_speaker(p):
                found.append(Outcome(p["rule"], p["kind"], p["confidence"] or 0.0, id(p) in right))
    return found


def by_mention(score: Any, rows: list[dict[str, Any]]) -> dict[str, Counter[str]]:
    """What became of the found quotations by the kind of the words that name the speaker there.

    Kinds: name, pronoun, nominal, none (no words do). Counts: found, blank, exact, loose (see `score.py`).
    """
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row["pred"] is None:
            continue
        words = row["gold"].get("mention")
        kind = score.source_class({"sources": [{"text": words}]}) if words else "none"
        blank = not row["pred"]["speaker"]
        table[kind].update({"found": 1, "blank": blank, "exact": row["strict"], "loose": row["loose"]})
    return table


def given(rows: list[dict[str, Any]], predictions: dict[str, list[dict[str, Any]]]) -> dict[str, float]:
    """Names given: `p` of all of them right (loosely), `found` of those on quotations of the gold; both 0 to 1."""
    named = {id(row["pred"]): row["loose"] for row in rows if row["pred"] is not None and row["pred"]["speaker"]}
    every = sum(bool(p["speaker"]) for found in predictions.values() for p in found)
    right = sum(named.values())
    return {"p": right / (every or 1), "found": right / (len(named) or 1), "n": every}


def print_names(score: Any, rows: list[dict[str, Any]], names: dict[str, float]) -> None:
    print(
        f"names given {names['n']:.0f}: {100 * names['p']:.1f} % right; {100 * names['found']:.1f} % on what is speech"
    )
    print(f"\n{'mention':10}{'found':>7}{'blank':>7}{'exact':>7}{'loose':>7}")
    for kind, counts in sorted(by_mention(score, rows).items(), key=lambda item: -item[1]["found"]):
        print(f"{kind:10}" + "".join(f"{counts[key]:7}" for key in ("found", "blank", "exact", "loose")))


def reliability(found: list[Outcome]) -> tuple[list[tuple[float, float, int]], float]:
    """(mean confidence, share right, count) of each of `BINS` equally full bins, and the expected calibration error."""
    ordered = sorted(found, key=lambda o: o.confidence)
    table = []
    for k in range(BINS):
        part = ordered[k * len(ordered) // BINS : (k + 1) * len(ordered) // BINS]
        if part:
            table.append(
                (sum(o.confidence for o in part) / len(part), sum(o.right for o in part) / len(part), len(part))
            )
    total = sum(n for _, _, n in table) or 1
    return table, sum(n * abs(said - seen) for said, seen, n in table) / total


def print_reliability(found: list[Outcome]) -> None:
    """What `confidence` said, what share of the names was wholly right, and the same of the sure ones."""
    table, error = reliability(found)
    print("\nconfidence, share of names right, quotations")
    for said, seen, count in table:
        print(f"{said:10.3f}{seen:13.3f}{count:12}")
    sure = [o.right for o in found if o.confidence >= SURE]
    print(f"expected calibration error {error:.3f}; of {len(sure)} at {SURE} and more {sum(sure)} are right")


def by_rule(found: list[Outcome]) -> dict[str, Counter[bool]]:
    """Right and wrong attributions of each rule."""
    counts: dict[str, Counter[bool]] = defaultdict(Counter)
    for o in found:
        counts[o.rule][o.right] += 1
    return counts


def main() -> int:
    parser = argparse.ArgumentParser(description="Score the pipeline on annotated articles, against floors.")
    parser.add_argument("--gold", type=Path, default=Path("../shared/gold"))
    parser.add_argument("--jobs", type=int, default=0, help="processes; 0 for one a core")
    parser.add_argument("--name", help="score this file of the gold folder instead, without a floor")
    parser.add_argument("--predictions", type=Path, help="also write the predictions here, as jsonl")
    options = parser.parse_args()
    score = scorer(options.gold)
    floors = {options.name: {}} if options.name else json.loads(FLOORS.read_text(encoding="utf-8"))
    missed = []
    for name, wanted in floors.items():
        golds, predictions = score.read(options.gold / f"{name}.jsonl"), predict(options.gold, name, options.jobs)
        if options.predictions:
            with options.predictions.open("a", encoding="utf-8") as stream:
                for doc, rows in predictions.items():
                    stream.writelines(json.dumps({**row, "doc": doc}, ensure_ascii=False) + "\n" for row in rows)
        result, rows = score.score(golds, predictions)
        print(f"\n{name}\n{score.table(result, *(('exact', 'loose') if name.startswith('names') else ()))}")
        if name.startswith("names"):
            result["given"] = given(rows, predictions)
            print_names(score, rows, result["given"])
            print_reliability([o for o in outcomes(score, golds, predictions, "strict") if o.confidence])
        else:
            print(f"\n{'rule':20}{'right':>7}{'wrong':>7}")
            for rule, counts in sorted(
                by_rule(outcomes(score, golds, predictions)).items(), key=lambda item: -item[1].total()
            ):
                print(f"{rule:20}{counts[True]:7}{counts[False]:7}")
        for key, floor in wanted.items():
            value = 100 * _figure(result, key)
            if value < floor:
                missed.append(f"{name}: {key} is {value:.1f}, its floor is {floor}")
    for line in missed:
        print(line, file=sys.stderr)
    return 1 if missed else 0


def _figure(result: dict[str, Any], key: str) -> float:
    """A figure of the scorer's result by its path, as in `end_to_end.f1`."""
    value: Any = result
    for part in key.split("."):
        value = value[part]
    return float(value)


if __name__ == "__main__":
    sys.exit(main())
