"""A PDF in, its text out in reading order, paragraph by paragraph, by PDFium (the browser's own reader)."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from quotes_cli.errors import InputError
from quotes_cli.records import Article

from .layout import HYPHEN, Page, Run, paragraphs
from .raw import Raw, check_swelling

MAX_PAGES = 5000
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_BROKEN_WORD = (0x02, 0xFFFE)  # what PDFium makes of a hyphen at a line's end
_PROGRAMS = ("microsoft word", "untitled", "layout", "document")  # titles that programs give, not people


def read(raw: Raw) -> Iterator[Article]:
    """One article. A PDF that is encrypted, broken or only pictures is reported as an `InputError` with the remedy."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(raw.data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD:
            raise InputError(f"{raw.name}: this PDF wants a password; save it without one") from error
        raise InputError(f"{raw.name}: broken PDF; fetch it again, or open it and print it to a new PDF") from error
    with closing(document):
        if len(document) > MAX_PAGES:
            raise InputError(f"{raw.name}: a PDF of {len(document)} pages; split it (at most {MAX_PAGES})")
        pages = list(_pages(raw, document))
        title = _title(document)
    yield raw.article(paragraphs(pages), "PDF, only pictures; run it through OCR (ocrmypdf) first", title=title)


def _title(document: Any) -> str | None:
    """Only what looks like a headline. Not the date: it is when the file was made, not when the article appeared."""
    title = " ".join(str(document.get_metadata_dict().get("Title") or "").split())
    return title if " " in title and not title.lower().startswith(_PROGRAMS) else None


def _pages(raw: Raw, document: Any) -> Iterator[Page]:
    """The pages in order. Raises `InputError` before it reads one that, with those before, has too many characters."""
    from pypdfium2 import PdfiumError

    size = 0
    for number in range(len(document)):
        try:
            page = document[number]
        except PdfiumError:  # one broken page of many: the others are read
            yield Page(0.0, ())
            continue
        with closing(page), closing(page.get_textpage()) as text:
            size += text.count_chars()
            check_swelling(raw.name, len(raw.data), size, raw.options.max_size)
            yield Page(page.get_height(), list(_runs(text)))


def _runs(text: Any) -> Iterator[Run]:
    """Characters that follow one another on one line without a wide gap, in the order in which they were drawn."""
    from pypdfium2 import raw as pdfium

    box = pdfium.FS_RECTF()
    pointer = ctypes.byref(box)
    characters: list[str] = []
    left = bottom = right = top = 0.0
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in (0x0A, 0x0D):
            if characters:
                yield Run("".join(characters), left, bottom, right, top)
                characters = []
            continue
        if code == 0 or 0xD800 <= code < 0xE000:
            continue
        character = HYPHEN if code in _BROKEN_WORD else _plain(chr(code))
        if character == " " or not pdfium.FPDFText_GetLooseCharBox(text, index, pointer):
            if characters:
                characters.append(character)
            continue
        if characters:
            size = max(top - bottom, 1.0)
            apart = abs(box.bottom - bottom) > 0.5 * size or not -size < box.left - right < 0.9 * size
            if apart:
                yield Run("".join(characters), left, bottom, right, top)
                characters = []
        if not characters:
            left, bottom, top = box.left, box.bottom, box.top
        characters.append(character)
        right = box.right
    if characters:
        yield Run("".join(characters), left, bottom, right, top)


def _plain(character: str) -> str:
    """Ligatures taken apart; a space of any width is a space; what is no character is none."""
    if "\ufb00" <= character <= "\ufb06":
        return unicodedata.normalize("NFKC", character)
    if character.isspace():
        return " "
    return "" if unicodedata.category(character) == "Cc" else character
