"""A text gives the same records however its lines are wrapped, offsets apart."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import textwrap
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from spacy.language import Language

from quotes_cli.language.pipeline import extract_article
from quotes_cli.language.segment import paragraphs
from quotes_cli.read import ReadOptions, articles_in
from quotes_cli.read.raw import Raw
from quotes_cli.records import Article

ROOT = Path(__file__).parent.parent
GOLDEN = [
    article["text"]
    for path in sorted((Path(__file__).parent / "golden").glob("[dt]*.articles.json"))  # hostile ones have other breaks
    for article in json.loads(path.read_text("utf-8"))
]
SEED = next((ROOT / "seeds").glob("*.txt")).read_text("utf-8")
CAVE = """Divers find a second cave under the lake

The water was so clear that nobody spoke. “We looked at each other and we knew,” said Mira Lindqvist, who leads the team of the Northern Institute. “Nobody has ever been down here before us. It goes on and on.”

Her colleague, Dr. Tom Adeyemi Jr., called it “the find of a well-known but never well-understood region,” adding: “We need a map, and we need it by Dec. 4. After that the ice comes.”

“It is a long way down.

“And it is a longer way up,” Adeyemi told The Lake Courier on Monday. He said that the first chamber alone is “as large as a church.”

The mayor, Ana Ortiz, was less pleased. “Who pays for the rope?” she asked. “Not the town!”"""  # noqa: E501
Wrap = Callable[[list[str], int], str]


def _filled(first: str = "", others: str = "", between: str = "\n\n") -> Wrap:
    def wrap(parts: list[str], width: int) -> str:
        lines = (textwrap.fill(part, width, initial_indent=first, subsequent_indent=others) for part in parts)
        return between.join(lines)

    return wrap


def _fmt(parts: list[str], width: int) -> str:
    if not shutil.which("fmt"):
        pytest.skip("there is no fmt on this machine")
    text = "\n\n".join(parts)
    return subprocess.run(["fmt", f"-w{width}"], input=text, capture_output=True, text=True, check=True).stdout


#: How lines are wrapped, and what stands between the paragraphs of the unwrapped text.
WRAPS: dict[str, tuple[Wrap, str]] = {
    "blank lines": (_filled(), "\n\n"),
    "fmt": (_fmt, "\n\n"),
    "indented first lines": (_filled("    ", between="\n"), "\n"),
    "all indented": (_filled("   ", "   "), "\n\n"),
    "hanging": (_filled("", "    "), "\n\n"),
}


def _one_line(text: str | None) -> str | None:
    return text and " ".join(text.split()).replace("- ", "-")


def _records(nlp: Language, article: Article) -> list[tuple[object, ...]]:
    return [
        (*map(_one_line, (q.quote, q.speaker, q.cue, q.mention, q.role)), q.kind, q.rule, q.confidence, q.paragraph)
        for q in extract_article(article, nlp)
    ]


def _parts(text: str) -> list[str]:
    return [" ".join(text[start:end].split()) for start, end in paragraphs(text)]


@pytest.mark.parametrize("wrap", WRAPS)
@pytest.mark.parametrize("width", [50, random.Random(14).randrange(51, 78), 78])
@pytest.mark.parametrize("text", [SEED, CAVE, *GOLDEN], ids=lambda text: text[:12])
def test_wrapped_lines(nlp: Language, text: str, width: int, wrap: str) -> None:
    how, between = WRAPS[wrap]
    flat = between.join(_parts(text))
    assert _records(nlp, Article("-", how(_parts(text), width))) == _records(nlp, Article("-", flat))


def _mail(body: str) -> bytes:
    message = EmailMessage()
    message["Subject"] = "A story"
    message["From"] = "desk@example.org"
    message.set_content(body, cte="8bit")
    return message.as_bytes()


@pytest.mark.parametrize("wrap", ["blank lines", "fmt"])
@pytest.mark.parametrize(("name", "wrapped"), [("a.md", str.encode), ("a.eml", _mail), ("a.txt", str.encode)])
def test_wrapped_files(nlp: Language, name: str, wrapped: Callable[[str], bytes], wrap: str) -> None:
    def read(body: str) -> Article:
        (found,) = articles_in(Raw(name, wrapped(body), ReadOptions()))
        assert isinstance(found, Article)
        return found

    flat = _records(nlp, read("\n\n".join(_parts(CAVE)) + "\n"))
    assert len(flat) == 8
    for width in (50, 64, 78):
        assert _records(nlp, read(WRAPS[wrap][0](_parts(CAVE), width) + "\n")) == flat
