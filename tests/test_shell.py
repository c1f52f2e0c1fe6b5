"""The lines of the page `shell`, each run as it stands there; and the completion of three shells."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from documentation import ARTICLES, code_lines, environment, lay_out, section

LINES = code_lines(section("shell", "In the shell: pipes, other tools, completion").partition("\n## ")[0])
TOOLS = {"jq", "sqlite3", "awk", "xargs", "gunzip", "comm", "find", "bash", "csvgrep", "csvcut", "csvsort", "csvlook"}
WRITING = 4  # so many lines come first, which write the files that the others read
# What each line must print, in the page's order.
PRINTS = [
    "",
    "",
    "",
    "",
    "4 Ana Ortiz",
    "Ana Ortiz: We will rebuild the old harbour,",
    "articles/market.txt: Ana Ortiz, nobody",
    "articles/harbour.txt:1: We will rebuild the old harbour,",
    "1",
    "4 Ana Ortiz",
    "articles/market.txt:2: never again",
    "19 words quoted",
    "articles/harbour.txt\tAna Ortiz",
    "2 articles/harbour.txt",
    "",
    'articles/harbour.txt,1,"We will rebuild the old harbour,"',
    "| Ana Ortiz | We will rebuild the old harbour, |",
    "Ana Ortiz|4",
    'articles/harbour.txt,"Ana Ortiz","We will rebuild the old harbour,"',
    "Ana Ortiz\tWe will rebuild the old harbour,",
    'articles/harbour.txt,Ana Ortiz,"Nobody is leaving,"',
    '"source": "articles/market.txt"',
    "Ana Ortiz\tIt was a hard winter,",
    "articles/market.txt\t2\tnever again",
    "Ana Ortiz,unknown,,4,",
    "Ana Ortiz",
    "| Ana Ortiz | The market stays, |",
]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A folder with articles and what the first lines make of them."""
    folder = tmp_path_factory.mktemp("desk")
    lay_out(folder)
    env = environment(folder)
    for line in LINES[:WRITING]:
        subprocess.run(["sh", "-c", line], cwd=folder, env=env, check=True)
    return folder, env


def test_there_are_twenty_and_more() -> None:
    assert len(LINES) == len(PRINTS) >= 20


@pytest.mark.parametrize(
    ("line", "prints"), list(zip(LINES, PRINTS, strict=False))[WRITING:], ids=lambda text: text[:40]
)
def test_line(line: str, prints: str, desk: tuple[Path, dict[str, str]]) -> None:
    folder, env = desk
    shell = "bash" if "<(" in line else "sh"
    needed = {shell, *(tool for tool in TOOLS if re.search(rf"(?:^|[|(;] |&& ){tool}\b", line))}
    if missing := sorted(tool for tool in needed if shutil.which(tool) is None):
        pytest.skip(f"{missing[0]} is not installed")
    result = subprocess.run([shell, "-c", line], cwd=folder, env=env, capture_output=True, encoding="utf-8")
    assert (result.returncode, result.stderr) == (0, "")
    assert prints in result.stdout
    assert result.stdout or "out/" in line


def test_a_table_for_each_article(desk: tuple[Path, dict[str, str]]) -> None:
    folder, env = desk
    line = next(line for line in LINES if "out/" in line)
    if shutil.which("awk") is None:
        pytest.skip("awk is not installed")
    subprocess.run(["sh", "-c", line], cwd=folder, env=env, check=True)
    head, *rows = (folder / "quotes.tsv").read_text("utf-8").splitlines()
    made = {path.name: path.read_text("utf-8").splitlines() for path in (folder / "out").iterdir()}
    quoted = [f"articles/{name}" for name in (*ARTICLES, "old.txt.gz") if name != "quiet.txt"]
    assert made == {
        source.replace("/", "_") + ".tsv": [head, *(row for row in rows if row.startswith(f"{source}\t"))]
        for source in quoted
    }
    assert sum(map(len, made.values())) == len(rows) + len(quoted)


def test_no_line_starts_the_program_for_every_file() -> None:
    assert not [line for line in LINES if re.search(r"-I ?\{\}|-exec quotes .*\{\} \\;|\bfor \w+ in\b.*quotes ", line)]


# Completion

COMPLETION = section("shell", "Completion")


@pytest.mark.parametrize(
    ("shell", "variables"),
    [
        ("bash", {"COMP_WORDS": "quotes extract --ki", "COMP_CWORD": "2"}),
        ("zsh", {"_TYPER_COMPLETE_ARGS": "quotes extract --ki"}),
        ("fish", {"_TYPER_COMPLETE_ARGS": "quotes extract --ki", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}),
    ],
)
def test_completion(shell: str, variables: dict[str, str], tmp_path: Path) -> None:
    assert f"_QUOTES_COMPLETE=source_{shell} quotes" in COMPLETION
    env = environment(tmp_path)

    def complete(action: str) -> str:
        asked = env | variables | {"_QUOTES_COMPLETE": f"{action}_{shell}"}
        return subprocess.run(["quotes"], env=asked, capture_output=True, encoding="utf-8", check=True).stdout

    assert "--kind" in complete("complete")
    script = tmp_path / "script"
    script.write_text(complete("source"), "utf-8")
    assert "_QUOTES_COMPLETE" in script.read_text("utf-8")
    if shutil.which(shell) is not None:
        subprocess.run([shell, "-n", str(script)], check=True)
