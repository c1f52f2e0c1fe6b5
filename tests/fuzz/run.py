"""Coverage-guided fuzzing of reading, segmenting and writing: `python tests/fuzz/run.py CORPUS [libFuzzer's options]`.

Needs `pip install atheris` beside quotes; see "Fuzzing" in the README. What it finds becomes a file in tests/data/fuzz.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["quotes_cli", "trafilatura", "htmldate", "justext", "markdown_it", "email"]):
    from target import READ_AS, WRITTEN_AS, one

    from quotes_cli.export.registry import BY_NAME
    from quotes_cli.read.formats import FORMATS

    for known in FORMATS.values():
        known.load("")  # each imports its reader when it is first used, which would be too late for the instruments
    for written in BY_NAME.values():
        written.load()
    import trafilatura  # noqa: F401

from samples import SAMPLES  # beside this file


def plant(corpus: Path) -> None:
    """Our own samples, each as every format of output: what the fuzzer begins with."""
    corpus.mkdir(parents=True, exist_ok=True)
    for number, (read_as, data) in enumerate(SAMPLES):
        for written_as in BY_NAME:
            choice = bytes([READ_AS.index(read_as), WRITTEN_AS.index(written_as)])
            (corpus / f"sample-{number:02}-{written_as}").write_bytes(choice + data)


if __name__ == "__main__":
    plant(Path(sys.argv[1]))
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
