"""Cells of any text: a page of Markdown, a workbook and a CSV say what the article says, and nothing of it acts."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml.etree import fromstring
from test_export import load, render

from quotes_cli.export.csv import safe_cell
from quotes_cli.export.markdown import markdown_cell
from quotes_cli.export.record import COLUMNS, FIELDS, NUMBERS
from quotes_cli.export.registry import BY_NAME

# What GitHub makes links, mentions and pictures of, in one text of the page that it has made (its filters come last).
LINKS = re.compile(
    r"@[\w.-]|#\d|\bGH-\d|\w://|www\.|:[\w+-]+:|\b(?=[a-f\d]*\d)(?=[a-f\d]*[a-f])[a-f\d]{7,40}\b", re.IGNORECASE
)
TEXTS = [
    "see http://example.org/a_b?c=d&e or HTTPS://example.org, ftp://x.org",
    "www.example.org and WWW.example.org",
    "ana@example.org, mailto:ana@example.org, xmpp:a@b.org/c",
    "@ana thanks @news/team; a@b; a@-b.org; x@.b.c",
    "#1, news/site#23, GH-4, gh-5 and No. #",
    ":smile: :+1: :white_check_mark: :a:b: 12:30:45 : :",
    "fixed in 1f0c2b3, ana@1f0c2b3 and 5de1e3ab1f0c2b35de1e3ab1f0c2b35de1e3ab1f",
    "<http://example.org> [a](http://example.org) ![b](c) <b>d</b> &amp; &#64;ana",
    "*a* _b_ `c` ~d~ ~~e~~ $f$ ||g|| \\h \\@i \\\\",
    "# a - b + c 1. d > e",
    "defaced 1234567 and +49 30 1234567",
]


def page_of(text: str) -> Any:
    """The cell as a Markdown library makes a page of it, with GitHub's tables; for its links there is `LINKS`."""
    markdown_it = pytest.importorskip("markdown_it")
    reader = markdown_it.MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    from lxml.html import document_fromstring

    (cell,) = document_fromstring(reader.render(f"| a |\n| --- |\n| {markdown_cell(text)} |\n")).findall(".//td")
    return cell


@pytest.mark.parametrize("text", TEXTS)
def test_markdown_shows_the_text_and_links_nothing(text: str) -> None:
    cell = page_of(text)
    assert cell.text_content() == text
    assert {element.tag for element in cell.iter()} <= {"td", "span"}
    assert not any(LINKS.search(piece) for piece in cell.itertext())


PIECES = st.sampled_from(
    ["@", "#", ":", "//", "www.", "http", "a", "1", "f00ba47", "_", "*", "`", "|", "\\", "<", "&", "!"]
)


@given(st.lists(PIECES | st.sampled_from([" ", "[", "]", "(", ")", "~", "$", "-", "GH-", ".", "é"]), max_size=30))
@settings(max_examples=300, deadline=None)
def test_whatever_stands_together_markdown_shows_it(pieces: list[str]) -> None:
    text = " ".join("".join(pieces).split())
    cell = page_of(text)
    assert cell.text_content() == text
    assert not any(LINKS.search(piece) for piece in cell.itertext())


# Workbooks


def excel_reads(text: str) -> str:
    """What Excel shows of a cell's text (ECMA-376, 22.9.2.19, ST_Xstring)."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)


def cells_of(path: Path) -> list[str]:
    """The texts of a workbook as they stand in its file."""
    with ZipFile(path) as book:
        sheet = fromstring(book.read("xl/worksheets/sheet1.xml"))
    return [element.text or "" for element in sheet.iter("{*}t")]


@pytest.mark.parametrize(
    "text",
    ["_x0041_", "a_x000D_b", "_x0041_x0042_", "_x005F_x0041_", "__x0041__", "_x41_", "_X0041_", "_x004g_", "_" * 9,
     "_x000d__x000D_"],
)  # fmt: skip
def test_excel_shows_underscores_as_they_are(text: str, tmp_path: Path) -> None:
    article, (first, *_) = load("town")[0]
    for quote in (text, f"=1{text}", text * 9000):
        render("xlsx", [(article, [replace(first, quote=quote)])], target=str(tmp_path / "out.xlsx"))
        written = cells_of(tmp_path / "out.xlsx")[len(COLUMNS) + 1]
        assert len(written) <= 32_767
        assert excel_reads(written) == quote or (len(quote) > 4000 and quote.startswith(excel_reads(written)[:-1]))


# Stdin's own name


def test_the_own_names_of_rows_of_stdin_are_no_formulas() -> None:
    for name in ("-", "-#1", "-#10000"):
        assert safe_cell(name) == name
    for name in ("-#", "-#1+1", "-#1 ", "-1", "-#a", "=-#1", "-#1\n", "-#１"):
        assert safe_cell(name) == f"'{name}"


# All formats

ODD = "".join(
    map(chr, [*range(0x20), *range(0x7F, 0xA0), 0x61C, *range(0x200B, 0x2010), *range(0x2028, 0x202F), 0xD800, 0xDCFF,
              0xDFFF, *range(0x2060, 0x2070), 0xFEFF, 0xFFF9, 0xFFFE, 0xFFFF, 0x1FFFE, 0xE0041, 0x10FFFF])
)  # fmt: skip


@pytest.mark.parametrize("start", [*map(chr, range(0x20)), "＝", "＋", "－", "＠", "\r\n", "\t\t", "\0\0"])
def test_no_control_hides_a_formula(start: str) -> None:
    """Some programs pass over NUL and its like, and see what stands behind."""
    assert safe_cell(f"{start}=1+1") == f"'{start}=1+1"


@pytest.mark.parametrize("format", BY_NAME)
def test_every_format_takes_any_character_in_any_field(format: str, tmp_path: Path) -> None:
    article, (first, *_) = load("town")[0]
    for text in (ODD, ODD[::-1], "\ud83d\ude00", "</script>]]><!--", "𝕏" * 40_000, f"{ODD}\n" * 500):
        quotation = replace(first, **{field: text for field in FIELDS if field not in NUMBERS})
        about = replace(article, source=quotation.source, title=text, published=text, author=text, text=text)
        target = None if BY_NAME[format].text else str(tmp_path / "out")
        render(format, [(about, [quotation])], target=target).encode("utf-8", "backslashreplace")
