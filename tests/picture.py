"""Draws the pictures of the README: a table as a terminal shows it, a page as a browser does: `make picture`."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from quotes_cli.commands import request
from quotes_cli.commands.extract import extract_command
from quotes_cli.commands.request import ExtractOptions
from quotes_cli.status import Streams

ROOT = Path(__file__).parent.parent
PICTURE = Path(__file__).parent / "picture.svg"
PAGE = Path(__file__).parent / "page.png"
ARTICLE = Path(__file__).parent / "data" / "harbour.txt"
WIDTH = 100


class Terminal(io.StringIO):
    """Takes what a terminal with 256 colours would get."""

    def isatty(self) -> bool:
        return True


def draw(article: str = "seeds") -> str:
    """The SVG of `quotes extract ARTICLE`. The colours come out as the terminal gets them."""
    os.environ |= {"COLUMNS": str(WIDTH), "TERM": "xterm-256color"}
    os.environ.pop("NO_COLOR", None)
    shown = Terminal()
    extract_command(ExtractOptions(inputs=(article,)), Streams(sys.stdin, shown, sys.stderr))
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="256")
    console.print(Text.from_ansi(f"$ quotes extract {article}\n\n{shown.getvalue().rstrip()}"))
    return console.export_svg(title="quotes", theme=MONOKAI, unique_id="quotes")


def photograph(article: Path = ARTICLE, to: Path = PAGE) -> bool:
    """The page of an article as Chromium shows it; False where there is no Chromium."""
    browser = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chromium-browser"))), None)
    if browser is None:
        return False
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.html")
        options = ExtractOptions(inputs=(str(article),), output=str(page), quiet=True)
        extract_command(options, Streams(sys.stdin, sys.stdout, sys.stderr))
        size, looks = "--window-size=1000,820", "--hide-scrollbars --force-color-profile=srgb".split()
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", size, *looks, f"--screenshot={to}"]
        subprocess.run([*command, page.as_uri()], check=True, capture_output=True, timeout=60)
    return True


if __name__ == "__main__":
    if sys.argv[1:] == ["--fake"]:  # to look at the layout without a model
        from fake_quotes import each, fake_extract

        request.load_extractor = lambda options: each(fake_extract)
    os.chdir(ROOT)
    PICTURE.write_text(draw(), "utf-8")
    print(f"{PICTURE.relative_to(ROOT)} drawn", file=sys.stderr)
    done = "drawn" if photograph() else "not drawn: there is no Chromium"
    print(f"{PAGE.relative_to(ROOT)} {done}", file=sys.stderr)
