"""The stages' one direction, what may know Typer and Rich, what an import costs, and what lies at the top level."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "quotes_cli"
STAGES = ("read", "segment", "parse", "attribute", "resolve", "export")
# These may know several stages: they put them together.
COMPOSERS = {
    "__main__",
    "pipeline",
    "relevance",
    "components",
    "explaining",
    "commands",
    "engine",
    "work",
    "options",
    "cli",
    "training",
}
SOURCES = sorted(PACKAGE.rglob("*.py"))


def first_part(path: Path) -> str:
    """The module or subpackage of `quotes_cli` that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Full names of all modules that a file imports, inside functions too; not what only the type checker reads."""
    here = ("quotes_cli", *path.relative_to(PACKAGE).parts[:-1])
    tree = ast.parse(path.read_text("utf-8"))
    unseen = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    for node in ast.walk(tree):
        if id(node) in unseen:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = here[: len(here) - node.level + 1] if node.level else ()
            module = ".".join((*base, node.module)) if node.module else ".".join(base)
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def own(path: Path) -> set[str]:
    """The parts of `quotes_cli` that a file imports."""
    names = (name.split(".") for name in imports(path))
    return {parts[1] for parts in names if parts[0] == "quotes_cli" and len(parts) > 1} - {first_part(path)}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_stage_knows_a_later_one(path: Path) -> None:
    part = first_part(path)
    if part in COMPOSERS:
        return
    later = STAGES[STAGES.index(part) + 1 :] if part in STAGES else STAGES
    assert not own(path) & {*later, *COMPOSERS}, f"{part} imports a later stage"


def test_the_check_sees_imports() -> None:
    assert {"work", "export", "pipeline", "records"} <= own(PACKAGE / "commands" / "explain.py")
    assert "spacy" not in imports(PACKAGE / "read" / "__init__.py")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_who_knows_typer_rich_and_click(path: Path) -> None:
    known = {name.split(".")[0] for name in imports(path)}
    place = str(path.relative_to(PACKAGE))
    assert "click" not in known, "today's Typer carries its own"
    assert "typer" not in known or place in {"cli.py", "options.py", "panelled.py"}
    exporting = ("bars.py", "explanation.py", "reader.py", "table.py")
    drawing = {
        "progress.py",
        os.path.join("training", "bench.py"),
        *(os.path.join("export", name) for name in exporting),
    }
    assert "rich" not in known or place in drawing


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_are_short_and_say_what_passes_through(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") < 350
    assert text.startswith('"""'), "the first line says what passes through"


@pytest.mark.parametrize(
    "code",
    [
        "import quotes_cli; quotes_cli.__version__, quotes_cli.Quotation",
        "import quotes_cli.cli",
        "from quotes_cli.cli import app; app(['--help'], standalone_mode=False)",
        "from quotes_cli.cli import app; app(['extract', '--help'])",
        "from quotes_cli.cli import app; app(['--version'])",
        "from quotes_cli.cli import app; app(['extract', '--format', 'xml', 'a.txt'])",
    ],
)
def test_what_needs_no_language_loads_no_spacy(code: str) -> None:
    script = f"import sys\ntry:\n {code}\nexcept SystemExit: pass\nsys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True).returncode == 0


def test_unknown_names_of_the_package() -> None:
    import quotes_cli

    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = quotes_cli.nonsense


def test_top_level() -> None:
    """What git carries: caches and virtual environments may lie beside it."""
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listing.returncode:
        pytest.skip("not a git checkout (a source archive)")
    top = {line.split("/")[0] for line in listing.stdout.splitlines()}
    wanted = {"pyproject.toml", "README.md", "quotes_cli", "seeds", "tests", "Makefile", "LICENSE"}
    assert {name for name in top if not name.startswith(".")} == wanted
