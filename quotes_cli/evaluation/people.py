"""Names across annotated articles in, how well they are clustered out.

    python -m quotes_cli.evaluation.people --gold DIR --records RECORDS.jsonl [--outlet MARK]

DIR holds `*.jsonl` with a line for each name of an article: `doc`, `speaker` as the article has it, `person` who it is
across all of them. RECORDS is what `quotes extract` writes for these articles; what REGEX finds in an article's name is
its outlet. The measure is B-cubed (Bagga and Baldwin 1998): of each mention, the share of its cluster that is the same
person, and of its person that is in its cluster; means over all mentions. Exit code 1 below a floor of `--floor`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

from quotes_cli.across.census import Census
from quotes_cli.across.people import Directory
from quotes_cli.records import Quotation

Place = tuple[str, str]  # document and speaker

_FIELDS = {field.name for field in fields(Quotation)}


def clustered(records: Path, outlet: str | None = None) -> dict[Place, str]:
    """Who each speaker of each article is, by the program."""
    articles: dict[str, list[Quotation]] = defaultdict(list)
    for line in records.read_text("utf-8").splitlines():
        row = json.loads(line)
        articles[row["source"]].append(Quotation(**{name: row[name] for name in row if name in _FIELDS}))
    census = Census()
    for source, quotations in articles.items():
        before, mark, _ = Path(source).name.partition(outlet) if outlet else ("", "", "")
        census.add(quotations, before if mark else None)
    directory = Directory(census)
    return {
        (Path(source).stem, speaker): person
        for number, source in enumerate(articles)
        for speaker, person in directory.of_article(number).items()
    }


def b_cubed(gold: Mapping[Place, str], found: Mapping[Place, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 over the mentions that both have."""
    common = gold.keys() & found.keys()
    both = Counter((gold[place], found[place]) for place in common)
    persons, clusters = Counter(gold[place] for place in common), Counter(found[place] for place in common)
    precision = sum(n * n / clusters[cluster] for (_, cluster), n in both.items()) / (len(common) or 1)
    recall = sum(n * n / persons[person] for (person, _), n in both.items()) / (len(common) or 1)
    return precision, recall, 2 * precision * recall / ((precision + recall) or 1)


def errors(gold: Mapping[Place, str], found: Mapping[Place, str]) -> list[str]:
    """Clusters that hold several persons, and persons in several clusters, a line each."""
    common = sorted(gold.keys() & found.keys())
    lines = []
    for what, one, other in (("merged", found, gold), ("split", gold, found)):
        groups: dict[str, set[str]] = defaultdict(set)
        for place in common:
            groups[one[place]].add(other[place])
        lines += [f"{what}: {name}: {' | '.join(sorted(group))}" for name, group in groups.items() if len(group) > 1]
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description="Score the clustering of persons across articles by B-cubed.")
    parser.add_argument("--gold", type=Path, required=True, help="the folder of the labels")
    parser.add_argument("--records", type=Path, required=True, help="what quotes extract found, as JSON Lines")
    parser.add_argument("--outlet", help="what ends the outlet in an article's name, as _20 does in nyt_2016-01-02")
    parser.add_argument("--floor", type=float, default=97.0, help="the F1, in per cent, that is wanted")
    options = parser.parse_args()
    found = clustered(options.records, options.outlet)
    least = 100.0
    paths = sorted(options.gold.glob("*.jsonl"))
    if not paths:
        parser.error(f"{options.gold} has no .jsonl file; name the folder of the labels")
    for path in paths:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        gold = {(row["doc"], row["speaker"]): row["person"] for row in rows}
        precision, recall, f1 = (100 * value for value in b_cubed(gold, found))
        least = min(least, f1)
        common = len(gold.keys() & found.keys())
        print(f"{path.stem}: {common} of {len(gold)} mentions, {len(set(gold.values()))} persons and bodies")
        print(f"B-cubed precision {precision:.2f}, recall {recall:.2f}, F1 {f1:.2f}")
        print(*errors(gold, found), sep="\n")
    return 1 if least < options.floor else 0


if __name__ == "__main__":
    sys.exit(main())
