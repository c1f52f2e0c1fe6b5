"""A random sample of mutants of segment, attribute and resolve in, the share of them that the tests kill out.

Run by `make mutants`: mutmut writes the mutants (pyproject.toml, `[tool.mutmut]`, names stages and tests), and here
each runs in a fork of one process that has loaded everything and parsed all texts, the quickest of its tests first. A
mutant that no test reaches, or that none of its tests notices within `SECONDS`, is alive; one that hangs is killed.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
from collections import Counter, defaultdict
from math import sqrt
from pathlib import Path
from random import Random
from time import process_time

import pytest
from _pytest.runner import runtestprotocol
from mutmut.__main__ import collect_source_file_mutation_data, create_mutants
from mutmut.configuration import config
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state
from mutmut.utils.file_utils import copy_also_copy_files, copy_src_dir, setup_source_paths
from mutmut.utils.format_utils import mangled_name_from_mutant_name

SECONDS = 6  # of processor time for the tests of one mutant; four times as much and it hangs
STAGES = ("segment", "attribute", "resolve")


class Mutants:
    """Takes the place of pytest's own loop over the collected tests."""

    def __init__(self, sample: list[str]) -> None:
        self.sample = sample
        self.verdicts: dict[str, str] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        tests = _tests_by_function(session.items)
        for number, name in enumerate(self.sample, 1):
            function = mangled_name_from_mutant_name(name.replace("__init__.", ""))
            self.verdicts[name] = _verdict(name, tests[function]) if tests[function] else "no test"
            print(f"\r{number} of {len(self.sample)}", end="", file=sys.stderr, flush=True)
        return True


def _tests_by_function(items: list[pytest.Item]) -> dict[str, list[pytest.Item]]:
    """The tests that run each function, quickest first; a test that fails without a mutant is left out."""
    found: dict[str, list[pytest.Item]] = defaultdict(list)
    seconds: dict[pytest.Item, float] = {}
    set_mutant_under_test("stats")
    for item in items:
        state()._stats.clear()
        if _fails(item):
            print(f"{item.nodeid} fails without a mutant", file=sys.stderr)
            continue
        for function in state()._stats:
            found[function].append(item)
    set_mutant_under_test("")
    for item in items:  # again, now that every text is parsed
        began = process_time()
        _fails(item)
        seconds[item] = process_time() - began
    for own in found.values():
        own.sort(key=seconds.__getitem__)
    return found


def _fails(item: pytest.Item) -> bool:
    return any(report.failed for report in runtestprotocol(item, log=False, nextitem=None))


def _verdict(name: str, tests: list[pytest.Item]) -> str:
    pid = os.fork()
    if pid == 0:
        alive = 0
        try:
            quiet = os.open(os.devnull, os.O_WRONLY)
            os.dup2(quiet, 1)
            os.dup2(quiet, 2)
            resource.setrlimit(resource.RLIMIT_CPU, (4 * SECONDS, 4 * SECONDS + 1))
            set_mutant_under_test(name.replace("__init__.", ""))
            began = process_time()
            for test in tests:
                if _fails(test):
                    break
                if process_time() - began > SECONDS:
                    alive = 2
                    break
            else:
                alive = 1
        finally:  # whatever a mutant does to pytest itself, this process ends here
            os._exit(alive)
    status = os.waitpid(pid, 0)[1]
    if not os.WIFEXITED(status):
        return "killed: hangs"
    return ("killed", "alive", "alive: not all tests run")[os.WEXITSTATUS(status)]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sample", type=int, default=400, help="how many mutants; all of them take hours")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another sample")
    given = parser.parse_args()

    names = sorted(_write_mutants())
    mutants = Mutants(Random(given.seed).sample(names, min(given.sample, len(names))))
    os.environ |= {"OMP_NUM_THREADS": "1", "MUTMUT_DEPENDENCY_DEPTH": "-1"}
    os.chdir("mutants")
    options = ["-q", "--rootdir=.", "--tb=no", *config().pytest_add_cli_args]
    pytest.main([*options, *config().pytest_add_cli_args_test_selection], plugins=[mutants])

    alive = {name: verdict for name, verdict in mutants.verdicts.items() if not verdict.startswith("killed")}
    print("", *(f"{name}: {verdict}" for name, verdict in sorted(alive.items())), sep="\n")
    for stage in STAGES:
        _report(stage, [name not in alive for name in mutants.verdicts if name.split(".")[2] == stage])
    _report("all three", [name not in alive for name in mutants.verdicts])
    print(f"a sample of {len(names)} mutants, seed {given.seed}:", dict(Counter(mutants.verdicts.values())))


def _write_mutants() -> list[str]:
    """Write all mutants into the folder `mutants` (what is there and unchanged stays) and return their names."""
    set_mutant_under_test("mutant_generation")
    Path("mutants").mkdir(exist_ok=True)
    copy_src_dir()
    copy_also_copy_files()
    setup_source_paths()
    create_mutants(os.cpu_count() or 1)
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
