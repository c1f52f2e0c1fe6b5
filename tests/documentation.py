"""The README and the pages behind it as tests read them, and the folder in which their examples run."""

from __future__ import annotations

import gzip
import os
import re
import shlex
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
DOCS = ROOT / "quotes_cli" / "docs"
PATHS = [README, *sorted(DOCS.glob("*.md"))]
PAGES = {path.stem: path.read_text("utf-8") for path in PATHS}
EVERYTHING = "\n".join(PAGES.values())

ARTICLES = {
    "harbour.txt": "“We will rebuild the old harbour,” Ana Ortiz said.\n“Nobody is leaving,” she said.\n",
    "market.txt": '“The market stays,” Ana Ortiz said.\nThe sign reads "never again".\n',
    "quiet.txt": "Nothing was said.\n",
}
OLD = "“It was a hard winter,” Ana Ortiz said.\n"


def section(page: str, heading: str) -> str:
    """What stands below a heading of a page, with the sections inside it."""
    level = re.search(rf"^(#+) {re.escape(heading)}\n", PAGES[page], re.MULTILINE)
    assert level, (page, heading)
    return re.split(rf"^#{{1,{len(level[1])}}} ", PAGES[page][level.end() :], maxsplit=1, flags=re.MULTILINE)[0]


def code_lines(text: str) -> list[str]:
    """The lines of the indented blocks, as typed into a shell."""
    return [line.strip() for line in text.splitlines() if line.startswith("    ")]


def lay_out(folder: Path) -> None:
    """Write what the examples read: articles in a folder, one of them packed and old, and one beside it."""
    (folder / "articles").mkdir()
    (folder / "articles" / "old.txt.gz").write_bytes(gzip.compress(OLD.encode()))
    os.utime(folder / "articles" / "old.txt.gz", (10**9, 10**9))
    for name, text in ARTICLES.items():
        (folder / "articles" / name).write_text(text, "utf-8")
    (folder / "article.txt").write_text(ARTICLES["harbour.txt"], "utf-8")
    rows = "".join(f'https://example.org/{n},"{text}"\n' for n, text in enumerate((OLD.strip(), "No news.")))
    (folder / "corpus.csv").write_text(f"url,body\n{rows}", "utf-8")


def environment(folder: Path) -> dict[str, str]:
    """A `quotes` on the PATH that needs no model."""
    script = folder / "bin" / "quotes"
    script.parent.mkdir()
    fake = [sys.executable, str(Path(__file__).with_name("fake_quotes.py"))]
    script.write_text(f'#!/bin/sh\nexec {shlex.join(fake)} "$@"\n')
    script.chmod(0o755)
    return os.environ | {"PATH": f"{script.parent}{os.pathsep}{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
