"""Bytes in, one way through reading, segmenting and every writer; whatever breaks a promise raises.

The fuzzer and the tests share it. The first byte chooses what the rest is read as, the second what it is written as.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path

from lxml.html import document_fromstring

from quotes_cli.errors import InputError
from quotes_cli.export.output import open_output
from quotes_cli.export.registry import BY_NAME, Settings
from quotes_cli.language.segment import segment
from quotes_cli.read import ReadOptions, read_input
from quotes_cli.read.formats import FORMATS
from quotes_cli.read.inputs import Input
from quotes_cli.records import Article, MarkedSpan, Quotation
from quotes_cli.visible import ACTING, visible_line

NAME = "a.txt"
# What the first byte chooses: a format, or the inside of an archive, whose outside no mutation would leave whole.
INSIDES = {"word/document.xml": "docx", "chapter.xhtml": "epub"}
READ_AS = ("auto", *FORMATS, *INSIDES)
# The formats of bytes are slow, and stand there more seldom.
_TEXT = tuple(name for name, known in BY_NAME.items() if known.text)
WRITTEN_AS = (*_TEXT * 4, *(name for name in BY_NAME if name not in _TEXT))
_ACTING = re.compile(f"[\x00-\x08\x0b-\x1f{ACTING}]")
_CONTAINER = '<container><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>'
_PACKAGE = (
    '<package><manifest><item id="a" href="chapter.xhtml" media-type="text/html"/></manifest>'
    '<spine><itemref idref="a"/></spine></package>'
)


def packed(inside: str, data: bytes) -> bytes:
    """An archive with `data` in the one place."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        if inside == "chapter.xhtml":
            archive.writestr("META-INF/container.xml", _CONTAINER)
            archive.writestr("a.opf", _PACKAGE)
        archive.writestr(inside, data)
    return made.getvalue()


def record(article: Article, number: int, span: MarkedSpan) -> Quotation:
    """A record without a language model: speaker, cue and role are whatever stands behind the marks."""
    text = article.text
    cue = (span.outer_end, min(span.outer_end + 9, len(text)))
    mention = (cue[1], min(cue[1] + 30, len(text)))
    said = text[slice(*mention)].strip()
    return Quotation(
        source=article.source,
        id=number,
        quote=text[span.start : span.end],
        speaker=said or None,
        cue=text[slice(*cue)],
        mention=text[slice(*mention)],
        kind="direct" if span.closed else "other",
        rule=span.convention,
        confidence=0.5,
        line=text.count("\n", 0, span.start) + 1,
        start=span.start,
        end=span.end,
        cue_start=cue[0],
        cue_end=cue[1],
        mention_start=mention[0],
        mention_end=mention[1],
        role=text[:20],
    )


def one(data: bytes) -> None:
    """Read, segment, write. Raises whatever a user would see as a crash, and `AssertionError` on a broken promise."""
    if len(data) < 2:
        return
    chosen, written = READ_AS[data[0] % len(READ_AS)], WRITTEN_AS[data[1] % len(WRITTEN_AS)]
    body = packed(chosen, data[2:]) if chosen in INSIDES else data[2:]
    options = ReadOptions(INSIDES.get(chosen, chosen), max_size=2_000_000)
    done: list[tuple[Article, list[Quotation]]] = []
    for found in read_input(Input(NAME), options, io.BytesIO(body)):
        if isinstance(found, InputError):
            assert str(found).startswith(NAME), found
            assert "Traceback" not in str(found), found
            assert not _ACTING.search(visible_line(str(found)))
            continue
        found.text.encode()  # whole characters
        assert "\0" not in found.text
        spans = segment(found.text, block_quotes=True)
        for span in spans:
            assert 0 <= span.outer_start <= span.start < span.end <= span.outer_end <= len(found.text), span
        done.append((found, [record(found, number, span) for number, span in enumerate(spans, 1)]))
    check(written, written_as(written, done), done)


def built_of(page: bytes) -> set[tuple[str, ...]]:
    """The elements of a page with the names of their attributes."""
    elements = (element for element in document_fromstring(page).iter() if isinstance(element.tag, str))
    return {(element.tag, *sorted(element.keys())) for element in elements}


@cache
def usual() -> set[tuple[str, ...]]:
    """What pages are built of where nothing in the articles acts: of none, one and two, with and without a date."""
    text = "Ortiz said:\n\n> So.\n\n“We ‘will’,” Ana Ortiz said.\n“No.” Bo.\n\n“A.\n\n“B.” And C."
    found: set[tuple[str, ...]] = set()
    for about in ({}, {"title": "Flood", "published": "2026-01-02", "author": "Bo"}):
        article = Article(NAME, text, **about)
        done = [(article, [record(article, number, span) for number, span in enumerate(segment(text), 1)])]
        plain = [(article, [replace(quotation, speaker=None, role=None) for quotation in done[0][1]])]
        for articles in ([], done, plain, [(article, [])], done + plain, done * 5):
            found |= built_of(written_as("html", articles))
    return found


def written_as(format: str, done: list[tuple[Article, list[Quotation]]]) -> bytes:
    """What a writer makes of the articles."""
    stdout = io.StringIO(newline="")
    with tempfile.TemporaryDirectory(prefix="quotes-fuzz-") as folder:
        target = None if BY_NAME[format].text else str(Path(folder, "out"))
        with open_output(BY_NAME[format], target, Settings(several=True), stdout) as output:
            for article, quotations in done:
                output.write(article, quotations)
        if target is None:
            return stdout.getvalue().encode()
        if format == "sqlite":
            with closing(sqlite3.connect(target)) as database:
                assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return Path(target).read_bytes()


def check(format: str, out: bytes, done: list[tuple[Article, list[Quotation]]]) -> None:
    """The promises of each format."""
    quotations = [quotation for _, found in done for quotation in found]
    if not BY_NAME[format].text:
        assert out
        return
    text = out.decode("utf-8")
    if format in ("csv", "tsv"):
        csv.field_size_limit(10_000_000)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="," if format == "csv" else "\t"))
        assert len(rows) == len(quotations) + 1
        assert {len(row) for row in rows} == {len(rows[0])}
        assert not any(len(cell) > 1 and cell[0] in "=+-@\t\r\n＝＋－＠" for row in rows for cell in row)
        assert format == "csv" or text.count("\n") == len(rows)
    elif format == "json":
        assert [item["quote"] for item in json.loads(text)] == [quotation.quote for quotation in quotations]
    elif format == "jsonl":
        lines = text.split("\n")
        assert [json.loads(line)["quote"] for line in lines if line] == [quotation.quote for quotation in quotations]
    elif format == "markdown":
        assert text.count("\n") == len(quotations) + 2
        assert not re.search(r"<(?!br>|/?span>)", text)
    elif format == "html":
        assert document_fromstring(out).findall(".//script")[1:] == []
        assert built_of(out) <= usual()
    else:
        assert not _ACTING.search(text)
