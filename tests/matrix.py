"""Pythons and versions in, a line for each on what works out: `make matrix`.

For each Python, uv installs the extra `test` twice, with the lowest and with the newest direct dependencies that
pyproject.toml allows; then the seed goes through the command in each of the ten formats. All must find the same
records.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PYTHONS = ("3.10", "3.11", "3.12", "3.13", "3.14")
ENDS = {"lowest": "lowest-direct", "newest": "highest"}
SUFFIXES = ("txt", "csv", "tsv", "json", "jsonl", "md", "html", "xlsx", "parquet", "db")  # one of each format
UV = shutil.which("uv", path=str(Path(sys.executable).parent)) or "uv"
SHOWN = ("spacy", "typer", "rich", "pyarrow", "openpyxl", "pypdfium2")


class CallError(Exception):
    """One line on what did not work."""


def call(*command: str | Path, cwd: Path = ROOT) -> str:
    """Standard output of a command. Raises `CallError` with the last line of what it said."""
    done = subprocess.run([*map(str, command)], cwd=cwd, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip() or "nothing said").splitlines()
        raise CallError(f"{Path(command[0]).name} {command[1]}: status {done.returncode}: {said[-1].strip()}")
    return done.stdout


def find(python: str) -> str | None:
    """The interpreter of a version: one that is here, of pyenv's too, or one that uv fetches; None where it cannot."""
    pyenv = sorted(Path.home().glob(f".pyenv/versions/{python}.*/bin/python{python}"))
    if pyenv:
        return str(pyenv[-1])
    try:
        return call(UV, "python", "find", "--no-project", python).strip()
    except CallError:
        pass
    try:
        call(UV, "python", "install", python)
        return call(UV, "python", "find", "--no-project", python).strip()
    except CallError:
        return None


def works(python: str, resolution: str, tests: bool) -> tuple[str, str]:
    """The versions that were installed and the digest of the seed's records. Raises `CallError`."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        call(UV, "venv", "--quiet", "--python", python, here / "venv")
        interpreter = here / "venv" / "bin" / "python"
        installing = ("pip", "install", "--quiet", "--python", interpreter, "--resolution", resolution)
        call(UV, *installing, f"{ROOT}[test]")
        seed = here / "seeds"
        shutil.copytree(ROOT / "seeds", seed)
        for suffix in SUFFIXES:  # not from the checkout, whose package would be found first
            out = here / f"out.{suffix}"
            call(here / "venv" / "bin" / "quotes", "extract", seed, "-o", out, cwd=here)
            if not out.stat().st_size:
                raise CallError(f"out.{suffix} is empty")
        call(here / "venv" / "bin" / "quotes", "search", here / "out.db", cwd=here)
        if tests:
            call(interpreter, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests")
        records = (here / "out.jsonl").read_text("utf-8").replace(str(here), "")
        listed = call(UV, "pip", "freeze", "--python", interpreter).splitlines()
        versions = [line.replace("==", " ") for line in listed if line.partition("==")[0] in SHOWN]
        return ", ".join(versions), hashlib.sha256(records.encode()).hexdigest()[:8]


def main() -> int:
    """Print the table. Returns 1 where something did not work, or found other records than the first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pythons", nargs="*", default=PYTHONS)
    parser.add_argument("--tests", action="store_true", help="run the tests as well")
    asked = parser.parse_args()
    failed, missing, ran = 0, [], 0
    digests: set[str] = set()
    for python in asked.pythons:
        interpreter = find(python)
        if interpreter is None:
            missing.append(python)
            print(f"{python}  not run: not on this machine, and uv cannot fetch it", flush=True)
            continue
        for end, resolution in ENDS.items():
            ran += 1
            try:
                versions, digest = works(interpreter, resolution, asked.tests)
                digests.add(digest)
                print(f"{python}  {end}  records {digest}  {versions}", flush=True)
            except CallError as error:
                failed += 1
                print(f"{python}  {end}  FAILED: {error}", flush=True)
    print(f"{ran - failed} of {ran} work" + (f"; not run: Python {', '.join(missing)}" if missing else ""))
    if len(digests) > 1:
        print("not all found the same records")
    return 0 if ran and not failed and len(digests) == 1 else 1


if __name__ == "__main__":
    raise SystemExit(main())
