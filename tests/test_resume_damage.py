"""`--resume` beside things in its way and on damaged ledgers: no traceback, and nothing that was found is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_cli import STORY
from test_jobs import write
from test_resume import calls, resume, slow

__all__ = ["slow"]  # the fixture
LEDGER = Path("out.jsonl.resume")


@pytest.mark.parametrize("beside", ["out.jsonl.errors.jsonl", "out.jsonl.resume"])
@pytest.mark.parametrize("inputs", [["a.txt"], ["gone.txt"]])
def test_a_folder_in_the_way_is_named(beside: str, inputs: list[str], slow: Path) -> None:
    write(a=STORY)
    Path(beside).mkdir()
    told = resume(*inputs, status=2)
    assert told.startswith("quotes: --resume: ")
    assert told.endswith(f"/{beside}: is no file and in the way; move it, or choose another --output\n")
    assert sorted(path.name for path in Path().iterdir()) == sorted(["a.txt", beside])
    assert calls(slow) == []
