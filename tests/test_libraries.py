"""What to type where a library is missing: it must work, in a checkout and beside a wheel."""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path

import pytest
from test_cli import run

from quotes_cli.libraries import remedy

PROJECT = (Path(__file__).parent.parent / "pyproject.toml").read_text("utf-8")
REQUIRED = [
    "rich<16,>=13.8",
    "pyarrow<27,>=23; extra == 'sheets'",
    'ray[data]>=2.60; python_version > "3" and extra == "ray"',
]


ALL = ["pyarrow<27,>=23; extra == 'all'", "rich<16; extra == 'all'", "pyarrow<27,>=23; extra == 'ray'"]


def test_what_is_missing_is_named_with_its_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "requires", lambda name: [*ALL, *REQUIRED])
    assert remedy("rich") == 'run: pip install "rich<16,>=13.8"'
    assert remedy("pyarrow") == 'run: pip install "pyarrow<27,>=23" (in a checkout: pip install ".[sheets]")'
    ray = 'run: pip install "ray[data]>=2.60" "pyarrow<27,>=23" (in a checkout: pip install ".[ray]")'
    assert remedy("ray", "pyarrow") == ray
    assert remedy("other") == "run: pip install other"


def test_without_an_installation(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(name: str) -> list[str]:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "requires", none)
    assert remedy("ray", "pyarrow") == "run: pip install ray pyarrow"


@pytest.mark.parametrize(
    ("format", "library", "module"),
    [("xlsx", "openpyxl", "openpyxl"), ("parquet", "pyarrow", "pyarrow"), ("db", "sqlite-utils", "sqlite_utils")],
)
def test_a_format_without_its_library(
    format: str, library: str, module: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in [
        name for name in sys.modules if name.partition(".")[0] == module or name.startswith("quotes_cli.export.")
    ]:
        if name.rpartition(".")[2] in ("xlsx", "parquet", "sqlite") or name.partition(".")[0] == module:
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, module, None)
    (tmp_path / "a.txt").write_text("x")
    result = run("extract", tmp_path / "a.txt", "-o", tmp_path / f"out.{format}")
    assert result.exit_code == 2
    assert re.search(rf'--format \w+ needs {module}; run: pip install "?{library}', result.stderr), result.stderr
    assert result.stderr.count("\n") == 1


def test_extras_that_are_named_exist() -> None:
    extras = PROJECT.partition("[project.optional-dependencies]")[2].partition("\n[")[0]
    assert {"sheets", "ray", "all"} <= set(re.findall(r"^(\w+) = \[", extras, re.MULTILINE))
    for name in ("openpyxl", "pypdfium2", "sqlite-utils"):
        assert f'"{name}>' not in extras, "part of the program"
