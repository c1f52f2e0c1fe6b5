"""How long modules are, what an import costs, what lies at the top level; `.importlinter` says who may know whom."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "quotes_cli"
SOURCES = sorted(PACKAGE.rglob("*.py"))


def test_modules_are_short_and_say_what_passes_through() -> None:
    texts = {str(path.relative_to(PACKAGE)): path.read_text("utf-8") for path in SOURCES}
    assert [name for name, text in texts.items() if text.count("\n") >= 350] == []
    assert [name for name, text in texts.items() if not text.startswith('"""')] == []


@pytest.mark.parametrize(
    "code",
    [
        "import quotes_cli; quotes_cli.__version__, quotes_cli.Quotation",
        "import quotes_cli.app.cli",
        "from quotes_cli.app.cli import app; app(['--help'], standalone_mode=False)",
        "from quotes_cli.app.cli import app; app(['extract', '--help'])",
        "from quotes_cli.app.cli import app; app(['--version'])",
        "from quotes_cli.app.cli import app; app(['docs'])",
        "from quotes_cli.app.cli import app; app(['docs', 'library'])",
        "import quotes_cli.screen.manual",
        "from quotes_cli.app.cli import app; app(['extract', '--format', 'xml', 'a.txt'])",
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
