"""The table of the page `faults` names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

from documentation import ROOT, section

TESTS = Path(__file__).parent


def test_every_fault_has_a_test_that_exists() -> None:
    rows = [
        line
        for line in section("faults", "What is promised").splitlines()
        if line.startswith("| ") and not line.startswith("| fault")
    ]
    assert len(rows) >= 25
    for row in rows:
        named = re.findall(r"`(test_\w+)\.(\w+)`", row)
        assert named, row
        for module, test in named:
            assert f"def {test}(" in (TESTS / f"{module}.py").read_text("utf-8"), (module, test)


def test_every_message_that_is_explained_is_one_of_the_program() -> None:
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "quotes_cli").rglob("*.py"))
    rows = [line for line in section("faults", "What the messages mean").splitlines() if line.startswith("| `")]
    assert len(rows) >= 12
    for row in rows:
        for message in re.findall(r"`([^`]+)`", row.split(" | ")[0]):
            for part in re.split(r" ?\(?\.\.\.\)? ?", message):
                assert part in sources, part
