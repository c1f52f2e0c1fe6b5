"""The wheel, installed in an empty environment outside the checkout, prints the seed's quotations."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHIPPED = ("quotes_cli", "seeds", "tests", "pyproject.toml", "README.md", "LICENSE", "Makefile")


def run(*command: object, cwd: Path) -> str:
    """What a command prints; nothing of this process's own environment reaches it."""
    env = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    result = subprocess.run([str(part) for part in command], capture_output=True, cwd=cwd, env=env, encoding="utf-8")
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist, built from a copy without git."""
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("dist")
    for name in SHIPPED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, source / name)
    code = "import hatchling.build as b, sys; b.build_wheel(sys.argv[1]); b.build_sdist(sys.argv[1])"
    run(sys.executable, "-c", code, target, cwd=source)
    return target


def files(folder: str) -> set[str]:
    """What of the package must be shipped, by path below the checkout."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_wheel_and_sdist_hold_the_package_with_data_and_model(built: Path) -> None:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
    not_shipped = files("quotes_cli/training") | files("quotes_cli/evaluation")
    assert names >= files("quotes_cli") - not_shipped
    assert not names & not_shipped
    assert any(name.startswith("quotes_cli/model/") for name in names)
    assert not any(name.startswith(("tests/", "seeds/")) for name in names)
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert files("quotes_cli") | files("tests") | files("seeds") | {"LICENSE", "Makefile", "README.md"} <= names


def test_the_wheel_works_in_an_empty_environment(built: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env")
    folder = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin")
    pip = [sys.executable, "-m", "pip", "--python", folder / "python"]
    run(*pip, "install", "--quiet", "--no-compile", next(built.glob("*.whl")), cwd=tmp_path)
    shutil.copytree(ROOT / "seeds", tmp_path / "articles")
    out = run(folder / "quotes", "extract", "articles", "--format", "csv", cwd=tmp_path)
    rows = list(csv.DictReader(io.StringIO(out, newline="")))
    assert len(rows) == 6
    assert all(row["speaker"] for row in rows)
    assert run(folder / "quotes", "--version", cwd=tmp_path).startswith("quotes ")
    code = "import quotes_cli; print(quotes_cli.extract('“We will,” Ana Ortiz said.')[0].speaker)"
    assert run(folder / "python", "-c", code, cwd=tmp_path) == "Ana Ortiz\n"
