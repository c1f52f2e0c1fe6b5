"""A page's name in, its text out: the documentation behind the README, one Markdown file a page."""

from __future__ import annotations

from pathlib import Path

from quotes_cli.errors import UsageError

FOLDER = Path(__file__).parent


def names() -> list[str]:
    """The pages that `quotes docs NAME` shows, in the order of the alphabet."""
    return sorted(path.stem for path in FOLDER.glob("*.md"))


def text_of(name: str) -> str:
    """The Markdown of a page. Raises `UsageError` where there is none of that name."""
    if name not in names():
        raise UsageError(f"there is no page {name!r}; one of {', '.join(names())}")
    return (FOLDER / f"{name}.md").read_text("utf-8")


def contents() -> list[tuple[str, str]]:
    """Each page's name with its heading, which says what it is about."""
    return [(name, text_of(name).partition("\n")[0].removeprefix("# ")) for name in names()]
