"""Rich text (RTF) in, its text out as one sees it: TextEdit, WordPad and archives of newspapers save articles so.

Read here and not by a library: striprtf, the best known, takes no account of what is hidden or was deleted.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from quotes_cli.errors import InputError
from quotes_cli.records import Article

from .raw import Raw

BEGINNING = b"{\\rtf"
# A byte in code, a control word with its number, a control sign, a brace, text; ends of lines mean nothing.
_TOKEN = re.compile(
    r"\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?[0-9]{1,9})? ?|\\(?P<sign>[^a-zA-Z])"
    r"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+|\\"
)
# Groups that are no text of the article.
_UNSEEN = frozenset(
    (
        *("fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "headerl", "headerr", "headerf"),
        *("footer", "footerl", "footerr", "footerf", "ftnsep", "ftnsepc", "aftnsep", "aftnsepc", "fldinst", "filetbl"),
        *("listtable", "listoverridetable", "revtbl", "rsidtbl", "annotation", "atnid", "atnauthor", "nonshppict"),
        *("themedata", "colorschememapping", "latentstyles", "datastore", "xmlnstbl", "generator", "tc", "xe"),
        *("bkmkstart", "bkmkend", "listtext", "pntext", "private", "template", "background", "mmathPr"),
    )
)
_ENDS = frozenset(("par", "sect", "page", "column", "cell", "nestcell", "row", "nestrow"))  # of a paragraph
_CHARACTERS = {
    "line": "\n",
    "tab": "\t",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "bullet": "•",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
}
_SIGNS = {"~": "\u00a0", "_": "\u2011", "\\": "\\", "{": "{", "}": "}"}
_CODES = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
DEEPEST = 10_000  # groups in one another, each of which is remembered
_NOTES = frozenset(("footnote", "endnote"))


@dataclass(slots=True)
class _Group:
    """What holds within two braces. `units` are how many characters stand behind a `\\u` for those who do not know
    it."""

    unseen: bool = False
    hidden: bool = False
    deleted: bool = False
    units: int = 1
    note: bool = False


@dataclass(slots=True)
class _Page:
    """Paragraphs as they come; `data` are bytes that are not decoded yet."""

    code: str = "cp1252"
    data: bytearray = field(default_factory=bytearray)
    parts: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)

    def put(self, text: str) -> None:
        """Add characters; those of UTF-16 that go together may come one by one."""
        self.decode()
        self.parts.append(text)

    def decode(self) -> None:
        if self.data:
            self.parts.append(self.data.decode(self.code, "replace"))
            self.data.clear()

    def end(self) -> None:
        """The end of a paragraph."""
        self.decode()
        text = "".join(self.parts).encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()
        self.parts.clear()
        if text:
            self.found.append(text)


def read(raw: Raw) -> Iterator[Article]:
    """One article: the text, and footnotes behind it. Raises `InputError`."""
    if not raw.data.lstrip().startswith(BEGINNING):
        raise InputError(f"{raw.name}: this is no rich text (RTF); read it as --input-format text")
    yield raw.article(_paragraphs(raw.name, raw.data.decode("latin-1")), "document; is it a picture of a text?")


def _paragraphs(name: str, source: str) -> list[str]:
    """The paragraphs in order, those of footnotes behind all others. Raises `InputError`."""
    body, notes = _Page(), _Page()
    groups = [_Group()]
    skipped = 0  # characters that stand for the one before them
    at = 0
    while token := _TOKEN.match(source, at):
        at = token.end()
        group = groups[-1]
        page = notes if group.note else body
        word, number = token["word"], token["number"]
        if token["brace"] == "{":
            groups.append(_inner(name, groups))
            skipped = 0
        elif token["brace"]:
            if len(groups) > 1:
                groups.pop()
            if group.note and not groups[-1].note:
                notes.end()
            skipped = 0
        elif word == "bin":
            at += max(0, int(number or 0))
        elif word is not None:
            if skipped and word not in _ENDS:
                skipped -= 1
            elif word in _NOTES:
                group.note, group.unseen = True, groups[-2].unseen if len(groups) > 1 else False
            elif not _changes(group, word, number) and not _seen_nothing(group):
                skipped = _word(page, body, group, word, number)
        elif token["sign"] == "*":
            group.unseen = True
        elif skipped and (token["byte"] or token["sign"]):
            skipped -= 1
        elif not _seen_nothing(group):
            _characters(page, token, skipped)
            skipped = max(0, skipped - len(token["text"] or ""))
        notes.code = body.code
    for page in (body, notes):
        page.end()
    return body.found + notes.found


def _inner(name: str, groups: list[_Group]) -> _Group:
    """A group within the last of these."""
    if len(groups) > DEEPEST:
        raise InputError(f"{name}: more than {DEEPEST:,} braces in one another, as attacks have; save it anew")
    return replace(groups[-1])


def _seen_nothing(group: _Group) -> bool:
    return group.unseen or group.hidden or group.deleted


def _changes(group: _Group, word: str, number: str | None) -> bool:
    """Does the word say what holds in this group? Then it does."""
    if word in _UNSEEN:
        group.unseen = True
    elif word in ("v", "deleted"):
        on = number != "0"
        group.hidden, group.deleted = (on, group.deleted) if word == "v" else (group.hidden, on)
    elif word == "plain":
        group.hidden = False
    elif word == "uc":
        group.units = max(0, int(number or 1))
    else:
        return False
    return True


def _word(page: _Page, body: _Page, group: _Group, word: str, number: str | None) -> int:
    """What a word puts on the page; how many characters behind it stand for the same."""
    if word in _ENDS:
        page.end()
    elif word == "u" and number is not None:
        page.put(chr(int(number) % 0x10000))
        return group.units
    elif word in _CHARACTERS:
        page.put(_CHARACTERS[word])
    elif word in _CODES:
        body.code = _CODES[word]
    elif word == "ansicpg" and number is not None:
        body.code = _code(f"cp{number}") or body.code
    return 0


def _code(name: str) -> str | None:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return None


def _characters(page: _Page, token: re.Match[str], skipped: int) -> None:
    """Characters as they stand, in code, or as a sign for them."""
    if token["byte"]:
        page.data.append(int(token["byte"], 16))
    elif token["text"]:
        page.data += token["text"][skipped:].encode("latin-1")
    elif token["sign"] in ("\n", "\r"):
        page.end()
    elif token["sign"] in _SIGNS:
        page.put(_SIGNS[token["sign"]])
