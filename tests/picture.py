"""Draws the picture of the README, the table of the seed as a terminal shows it: `make picture`."""

from __future__ import annotations

import io
import os
import sys
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


if __name__ == "__main__":
    if sys.argv[1:] == ["--fake"]:  # to look at the layout without a model
        from fake_quotes import each, fake_extract

        request.load_extractor = lambda options: each(fake_extract)
    os.chdir(ROOT)
    PICTURE.write_text(draw(), "utf-8")
    print(f"{PICTURE.relative_to(ROOT)} drawn", file=sys.stderr)
