"""The table of the page `faults` names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

from documentation import PAGES

TESTS = Path(__file__).parent


def test_every_fault_has_a_test_that_exists() -> None:
    rows = [line for line in PAGES["faults"].splitlines() if line.startswith("| ") and not line.startswith("| fault")]
    assert len(rows) >= 25
    for row in rows:
        named = re.findall(r"`(test_\w+)\.(\w+)`", row)
        assert named, row
        for module, test in named:
            assert f"def {test}(" in (TESTS / f"{module}.py").read_text("utf-8"), (module, test)
