"""A random sample of mutants of segment, attribute and resolve in, the share of them that the tests kill out.

Run by `make mutants`; the stages and the tests that it runs are named in pyproject.toml, `[tool.mutmut]`. A mutant
without a test counts as alive, one that runs out of time as killed.
"""

from __future__ import annotations

import argparse
from collections import Counter
from math import sqrt
from pathlib import Path
from random import Random

from mutmut.__main__ import _run, collect_source_file_mutation_data, create_mutants
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import copy_also_copy_files, copy_src_dir, setup_source_paths

KILLED = ("killed", "timeout", "segfault")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sample", type=int, default=400, help="how many mutants; all of them take hours")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another sample")
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()

    names = sorted(_mutants(given.jobs))
    sample = Random(given.seed).sample(names, min(given.sample, len(names)))
    _run(sample, given.jobs)

    status = {
        name: status_by_exit_code[code] for _, name, code in collect_source_file_mutation_data(mutant_names=sample)[0]
    }
    tried = {name: found for name, found in status.items() if found != "not checked"}
    alive = sorted(name for name, found in tried.items() if found not in KILLED)
    print(*alive, sep="\n")
    for stage in ("segment", "attribute", "resolve"):
        _report(stage, [found in KILLED for name, found in tried.items() if f".{stage}." in name])
    _report("all", [found in KILLED for found in tried.values()])
    print(f"of {len(names)} mutants; seed {given.seed};", dict(Counter(tried.values())))


def _mutants(jobs: int) -> list[str]:
    """Write all mutants into the folder `mutants` and return their names."""
    set_mutant_under_test("mutant_generation")
    Path("mutants").mkdir(exist_ok=True)
    copy_src_dir()
    copy_also_copy_files()
    setup_source_paths()
    create_mutants(jobs)
    return [name for _, name, _ in collect_source_file_mutation_data(mutant_names=())[0]]


def _report(what: str, killed: list[bool]) -> None:
    """Print the share with its 95 % interval (Wilson 1927)."""
    n = len(killed)
    if not n:
        return
    share, z = sum(killed) / n, 1.96
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    print(f"{what}: {sum(killed)} of {n} killed, {share:.1%} (95 %: {centre - half:.1%} to {centre + half:.1%})")


if __name__ == "__main__":
    main()
