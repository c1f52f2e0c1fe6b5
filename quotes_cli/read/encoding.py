"""Bytes in, text out: by byte order mark, UTF-8, what the document declares, statistics; or one line on why not.

Offsets of everything later count characters of the text as decoded here: newlines stay as they are, a byte order mark
is dropped.
"""

from __future__ import annotations

import codecs
import re

from quotes_cli.errors import InputError, UsageError

# UTF-32 first: its little-endian mark begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What people most often hand over by mistake, by first bytes, so that the message can say what it is and what to do.
_PLAIN, _UNPACK, _AWAY = "save it as plain text first", "unpack it first", "leave it out"
_SIGNATURES = tuple(
    (re.compile(signature, re.DOTALL), what, remedy)
    for signature, what, remedy in (
        (rb"%PDF-", "a PDF", _PLAIN),
        (rb"PK\x03\x04", "a ZIP archive or office document", f"unpack it, or {_PLAIN}"),
        (rb"\xd0\xcf\x11\xe0", "an old Office document", _PLAIN),
        (rb"\{\\rtf", "a document in rich text (RTF)", _PLAIN),
        (rb"%!PS", "PostScript", _PLAIN),
        (rb"\x1f\x8b", "a gzip archive", _UNPACK),
        (rb"BZh\d1AY|\xfd7zXZ\0|\x28\xb5\x2f\xfd|7z\xbc\xaf|Rar!\x1a|.{257}ustar", "an archive", _UNPACK),
        (rb"\x89PNG|\xff\xd8\xff|GIF8\da|II\*\0|MM\0\*|\0\0\x01\0|BM.{4}\0{4}|RIFF.{4}WEBP", "a picture", _AWAY),
        (rb"\0\0\0.ftyp|\x1aE\xdf\xa3|RIFF.{4}AVI", "a film", _AWAY),
        (rb"ID3[\x02-\x04]|\xff\xfb|OggS\0|fLaC\0|RIFF.{4}WAVE", "sound", _AWAY),
        (rb"\x7fELF|MZ\x90\0", "a program", _AWAY),
        (rb"SQLite format 3", "a database", _AWAY),
    )
)
_SHEETS = (".xls", ".xlsb", ".ods")
# Statistics cannot tell these from their neighbours on English with a few curly quotes (“ and ” are the same bytes in
# cp1252, cp1250 and cp1257, gb18030 reads as cp949); where they tie, what English articles come in wins, in this order.
LIKELY = ("cp1252", "mac_roman", "gb18030", "cp932")
# Never guessed: without a byte order mark they turn English into Chinese (`Don’t.` in cp1252 is 䑯溒琮 in UTF-16), and
# UTF-7 is ASCII that would have passed as UTF-8.
_NEVER_GUESSED = ["utf_16", "utf_16_be", "utf_16_le", "utf_32", "utf_32_be", "utf_32_le", "utf_7"]

_WIDE = frozenset(_NEVER_GUESSED) - {"utf_7"}

_OTHER = "if it is {name} without a byte order mark, pass --encoding {name}"
# Which of four bytes are zero in English.
_NULS = {"utf-16-le": (1, 3), "utf-16-be": (0, 2), "utf-32-le": (1, 2, 3), "utf-32-be": (0, 1, 2)}
NO_CHARACTERS = re.compile("[\x00\ud800-\udfff]")  # what no output could hold
# Python's own spellings of characters, in which no page is written, and which take the bytes of any for control codes.
_NO_ENCODINGS = ("unicode_escape", "raw_unicode_escape", "charmap")


def check_encoding(name: str) -> None:
    """Raise `UsageError` if Python knows no text encoding of that name."""
    try:
        b"x".decode(name)  # not b"", which passes for codecs that are no text encodings
    except UnicodeError:
        return  # half a character of UTF-16
    except (LookupError, ValueError) as error:  # ValueError: a NUL in the name
        raise UsageError(
            f"--encoding: no text encoding is called {name!r}; try utf-8, cp1252, latin-1 or utf-16"
        ) from error


def decode(data: bytes, name: str, encoding: str | None = None, declared: str | None = None) -> str:
    """Bytes to text: by `encoding` if given, else by byte order mark, UTF-8, what is `declared`, charset-normalizer."""
    check_signature(data, name)
    marked = marked_encoding(data)
    if encoding is not None:
        if _codec(encoding) in _WIDE and _is_narrow(data[:4096]):
            raise InputError(f"{name}: this is not {encoding}, whose bytes come in pairs; leave --encoding out")
        text = _decode_as(data, encoding, name, f"is it another encoding than --encoding {encoding}?")
    elif marked is not None:
        text = _decode_as(data, marked, name, "its byte order mark says so; force another with --encoding")
    else:
        text = _decode_unmarked(data, name, declared)
    if "\0" in text:
        raise no_text(name, data, f"character at offset {text.index(chr(0))}")
    return text.removeprefix("\ufeff")


def check_signature(data: bytes, name: str) -> None:
    """Raise `InputError` where the first bytes are those of no text."""
    if name.lower().endswith(_SHEETS) and any(signature.match(data) for signature, *_ in _SIGNATURES):
        raise InputError(f"{name}: this is a workbook; save it as .xlsx or CSV, which are read")
    for signature, what, remedy in _SIGNATURES:
        if signature.match(data):
            raise InputError(f"{name}: this is {what}, not text; {remedy}")


def marked_encoding(data: bytes) -> str | None:
    """The encoding that a byte order mark names."""
    return next((marked for mark, marked in _MARKS if data.startswith(mark)), None)


def is_text_but_for_nuls(data: bytes) -> bool:
    """Is it UTF-8 with a few NUL bytes, as careless programs leave them in cells?"""
    return 20 * data.count(0) < len(data) and data.decode("utf-8", "replace").count("\ufffd") < 2


def no_text(name: str, data: bytes, where: str) -> InputError:
    """What to say of bytes with a NUL among them, and `where` that is."""
    remedy = next((_OTHER.format(name=codec) for codec, nuls in _NULS.items() if _stand(data[:4096], nuls)), _AWAY)
    if remedy == _AWAY and is_text_but_for_nuls(data):
        remedy = "take such characters out"
    return InputError(f"{name}: this is not text (NUL {where}); {remedy}")


def _is_narrow(data: bytes) -> bool:
    """Is it words in UTF-8, which are Chinese in UTF-16 and may be mistaken for it without an error?"""
    return b"\0" not in data and b" " in data and "\ufffd" not in data.decode("utf-8", "replace")[:-1]


def _stand(data: bytes, nuls: tuple[int, ...]) -> bool:
    """Are of each four bytes mostly these zero, and the others never?"""
    few = len(data) // 8
    return all((data[at::4].count(0) > few) if at in nuls else not data[at::4].count(0) for at in range(4))


def _decode_as(data: bytes, encoding: str, name: str, remedy: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not valid {encoding} at byte {error.start}; {remedy}") from error
    except UnicodeError as error:  # codecs such as punycode and utf-16 give no position
        raise InputError(f"{name}: not valid {encoding} ({' '.join(str(error).split())}); {remedy}") from error


def _decode_unmarked(data: bytes, name: str, declared: str | None) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = error.start
    if b"\0" in data:
        raise no_text(name, data, f"byte at {data.index(0)}")
    text = decode_declared(data, declared)
    if text is not None:
        return text
    replaced = data.decode("utf-8", "replace")
    if is_utf8_but_for_some(replaced):
        if _codec(declared) == "utf_8":  # as browsers do
            return replaced
        raise InputError(
            f"{name}: not valid UTF-8 at byte {place}, though the rest is; mend the place, or pass another --encoding"
        )
    encoding = guess_encoding(data)
    if encoding is None:
        raise InputError(f"{name}: not UTF-8 (byte {place}), and no other encoding fits; pass it with --encoding")
    return data.decode(encoding)


def is_utf8_but_for_some(replaced: str) -> bool:
    """Whether more characters outside ASCII were valid than not: a broken place, and no other encoding, whose letters
    make a valid pair by chance alone. Read as another, all curly quotes of the article would be lost."""
    broken = replaced.count("\ufffd")
    return len(replaced) - len(replaced.encode("ascii", "ignore")) > 2 * broken


def _codec(declared: str | None) -> str:
    """Python's own name of an encoding; empty where it knows none of that name."""
    try:
        return codecs.lookup(declared or "").name.replace("-", "_")
    except (LookupError, ValueError):
        return ""


def decode_declared(data: bytes, declared: str | None) -> str | None:
    """By what a page or a server says of itself, where that can be: not UTF-8 and no NUL is known by now."""
    codec = _codec(declared)
    if codec in ("", *_NEVER_GUESSED, *_NO_ENCODINGS):
        return None
    try:
        # Browsers read Latin-1 as cp1252 too: pages that declare the one are written in the other.
        return data.decode("cp1252" if codec == "iso8859_1" else codec)
    except (LookupError, ValueError):  # no text encoding, or not true
        return None


def guess_encoding(data: bytes) -> str | None:
    """The encoding of bytes that are not UTF-8, by charset-normalizer; its ties go to what English articles come in."""
    from charset_normalizer import from_bytes  # only when needed: it takes a tenth of the start-up of `--help`

    matches = from_bytes(data, cp_exclusion=_NEVER_GUESSED)
    best = matches.best()
    if best is None:
        return None
    tied = {name for match in matches if match.chaos <= best.chaos for name in match.could_be_from_charset}
    return next((name for name in LIKELY if name in tied), best.encoding)
