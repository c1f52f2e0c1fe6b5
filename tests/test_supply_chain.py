"""What is installed and built: the lock of CI fits the project, builds are the same bytes, no network is used."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version
from test_wheel import ROOT, SHIPPED

tomllib = pytest.importorskip("tomllib", reason="Python 3.10 has no reader of TOML")

LOCK = ROOT / ".ci" / "requirements.lock"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def wanted(extra: str | None = None) -> list[Requirement]:
    """What the project asks for, with what an extra of its own names in turn."""
    lines = PROJECT["dependencies"] if extra is None else PROJECT["optional-dependencies"][extra]
    found = []
    for requirement in map(Requirement, lines):
        if canonicalize_name(requirement.name) == "quotes-cli":
            found += [inner for name in sorted(requirement.extras) for inner in wanted(name)]
        else:
            found.append(requirement)
    return found


@pytest.mark.skipif(not LOCK.exists(), reason="only in a checkout")
def test_the_lock_of_ci_fits_the_project() -> None:
    """Where this fails: make lock."""
    text = LOCK.read_text("utf-8")
    pinned: dict[str, set[str]] = {}
    for line in re.findall(r"^([\w.-]+==\S+)", text, re.MULTILINE):
        name, _, version = line.partition("==")
        pinned.setdefault(canonicalize_name(name), set()).add(version)
    assert text.count("--hash=sha256:") >= sum(map(len, pinned.values()))
    for requirement in [*wanted(), *wanted("dev")]:
        versions = pinned.get(canonicalize_name(requirement.name), set())
        assert versions, f"{requirement.name} is not in the lock"
        enough = any if requirement.marker else all  # for some Pythons another version may be pinned
        assert enough(requirement.specifier.contains(version) for version in versions), requirement


def test_spacy_is_installed_only_where_the_shipped_model_fits() -> None:
    """Where this fails after `make model`: give pyproject.toml the range that the new model has."""
    meta = json.loads((ROOT / "quotes_cli" / "model" / "meta.json").read_text("utf-8"))
    [spacy] = [requirement for requirement in wanted() if requirement.name == "spacy"]
    allowed, fits = (
        {(bound.operator, Version(bound.version)) for bound in bounds}
        for bounds in (spacy.specifier, SpecifierSet(meta["spacy_version"]))
    )
    assert allowed == fits


def test_every_dependency_has_an_upper_bound() -> None:
    for extra in (None, *PROJECT["optional-dependencies"]):
        for requirement in wanted(extra):
            assert "<" in str(requirement.specifier), requirement


def test_builds_are_the_same_bytes(tmp_path: Path) -> None:
    """Two copies in two folders, with other times on their files."""
    digests = []
    for number in (1, 2):
        source, target = tmp_path / f"source-{number}" / ("x" * number), tmp_path / f"dist-{number}"
        source.mkdir(parents=True)
        target.mkdir()
        for name in SHIPPED:
            if (ROOT / name).is_dir():
                ignored = shutil.ignore_patterns("__pycache__")
                copy = shutil.copy if number == 1 else shutil.copy2
                shutil.copytree(ROOT / name, source / name, ignore=ignored, copy_function=copy)
            else:
                shutil.copy(ROOT / name, source / name)
        code = "import hatchling.build as b, sys; b.build_wheel(sys.argv[1]); b.build_sdist(sys.argv[1])"
        subprocess.run([sys.executable, "-c", code, str(target)], cwd=source, check=True, stdout=subprocess.DEVNULL)
        digests.append({path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in target.iterdir()})
    assert len(digests[0]) == 2
    assert digests[0] == digests[1]


def test_no_socket_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real pipeline, from files to every kind of output; only addresses that the user names are fetched."""
    from test_cli import run

    def forbidden(*args: object, **options: object) -> None:
        raise AssertionError("a socket")

    monkeypatch.setattr(socket.socket, "__init__", forbidden)  # not the class, which libraries inherit from
    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    seed = next((ROOT / "seeds").glob("*.txt"))
    page = tmp_path / "a.html"
    page.write_text(f"<html><body><img src='http://127.0.0.1/x.png'><p>{seed.read_text('utf-8')}</p>", "utf-8")
    for format in ("csv", "html", "db"):
        result = run("extract", seed, page, "-q", "-o", tmp_path / f"out.{format}")
        assert (result.exit_code, result.stderr) == (0, "")
