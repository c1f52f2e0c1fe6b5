"""Articles in, the seconds that `quotes extract` takes over them with one process and with several."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path


def jobs_seconds(texts: Sequence[str], jobs: Sequence[int] = (1, 2)) -> dict[int, float]:
    """Wall time of the command for each number of jobs, start and model included, on files of these texts.

    Raises `RuntimeError` where the outputs differ, or a run fails.
    """
    took: dict[int, float] = {}
    outputs = set()
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            Path(folder, f"{number:07}.txt").write_text(text, encoding="utf-8", newline="")
        for count in jobs:
            command = [sys.executable, "-m", "quotes_cli", "extract", ".", "-f", "jsonl", "--jobs", str(count)]
            began = time.perf_counter()
            result = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, check=False)
            took[count] = time.perf_counter() - began
            if result.returncode:
                raise RuntimeError(f"quotes extract --jobs {count} ended with status {result.returncode}")
            outputs.add(result.stdout)
    if len(outputs) > 1:
        raise RuntimeError("the outputs of different numbers of jobs differ")
    return took
