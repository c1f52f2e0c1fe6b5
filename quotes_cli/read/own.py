"""The first bytes of a file in, whether `quotes` wrote it itself out: a page or a table of quotations is no article.

The page names its generator, records of JSON begin with their first fields, and tables have their header.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from dataclasses import fields
from pathlib import Path

from quotes_cli.records import Quotation

from .tables import TEXT

HEAD = 4096  # bytes that are looked at
_PAGE = re.compile(
    rb'<!doctype html>\n<html lang="en">\n<head>\n.{0,3000}?<meta name="generator" content="quotes">', re.S
)
_RECORDS = re.compile(rb'(?:\[\n)?\{"source": "(?:[^"\\\n]|\\.){0,3000}", "id": \d{1,9}, "quote": ')
_CELLS = re.compile(rb"[,\t|]| {2,}")
_FIELDS = frozenset(field.name.encode() for field in fields(Quotation))
_TEXT = frozenset(map(str.encode, TEXT))
_ENOUGH = 3  # columns called as ours, one of them `quote`, where no other has a text


def is_own(head: bytes) -> bool:
    """Is it how an export of ours begins?"""
    if _PAGE.match(head) or _RECORDS.match(head):
        return True
    cells = {cell.strip() for cell in _CELLS.split(head.removeprefix(BOM_UTF8).partition(b"\n")[0])}
    return b"quote" in cells and len(cells & _FIELDS) >= _ENOUGH and not cells & _TEXT


def is_own_file(path: Path) -> bool:
    """The same of a file; no where it cannot be read, which is reported when it is read as a whole."""
    try:
        with path.open("rb") as stream:
            return is_own(stream.read(HEAD))
    except (OSError, ValueError):
        return False
