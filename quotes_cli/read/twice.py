"""Text that was encoded twice in, the same mended out: â€œ is “ whose UTF-8 was read as cp1252 and written again.

Only what no text has by chance tells that it was: the three characters of a mark or dash, Ã or Â before a sign. Where
that stands, letters that alone might be somebody's spelling (Ä‡) are mended too. Other characters stay as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

ROUNDS = 5  # times that a text may have been encoded anew: Ã¢â‚¬Å“ is “ after two
_LOST = ("\x9d", "\x90", "\ufffd")  # of ” and ‐ cp1252 has no last byte, which was dropped or replaced


@dataclass(frozen=True)
class _Misreading:
    """An encoding as which UTF-8 was read: `bytes_` by character, what surely shows it, and what it may be then.

    `letter` shows it inside a word, and begins with `lead`, for which one looks first: that is four times as fast.
    """

    bytes_: dict[str, int]
    sure: re.Pattern[str]
    any: re.Pattern[str]
    lead: str
    letter: re.Pattern[str]

    def mended(self, text: str) -> str:
        """The text with each sequence as the character that it was."""
        shown = self.sure.search(text) or (self.lead in text and self.letter.search(text))
        return self.any.sub(self._character, text) if shown else text

    def _character(self, match: re.Match[str]) -> str:
        try:
            return bytes(map(self.bytes_.__getitem__, match.group())).decode("utf-8")
        except UnicodeDecodeError:  # é, then something that only looks like the rest of it
            return match.group()


def _misreading(codec: str, sure: str, also: str, letter: str = "(?<=[A-Za-z])c3[80-bf]") -> _Misreading:
    """`sure`, `also` and `letter` are patterns of bytes, in hexadecimal: `c3[a0-bf]`."""
    bytes_ = {bytes([code]).decode(codec, "ignore") or chr(code): code for code in range(0x80, 0x100)}
    if codec == "cp1252":
        bytes_ |= {chr(code): code for code in range(0x80, 0xA0)}  # read as Latin-1
    by_code: dict[int, str] = {}
    for character, code in bytes_.items():
        by_code[code] = by_code.get(code, "") + re.escape(character)

    def one(match: re.Match[str]) -> str:
        first, last = int(match[1], 16), int(match[2] or match[1], 16)
        return f"[{''.join(by_code[code] for code in range(first, last + 1))}]"

    def pattern(of_bytes: str) -> str:
        return re.sub(r"\[?([0-9a-f]{2})(?:-([0-9a-f]{2})\])?", one, of_bytes)

    every = re.compile(f"{pattern(sure)}|{pattern(also)}")
    return _Misreading(bytes_, re.compile(pattern(sure)), every, by_code[0xC3][-1], re.compile(pattern(letter)))


_MARKS_AND_DASHES = "e280[93-94]|e280[98-9e]|e280a6"
_BEHIND_SMALL = "(?<=[a-z])c3[80-bf]"  # where others have √ or Г in a word, Ă must have a small letter before it
_MISREADINGS = (
    _misreading(
        "cp1252",
        "e280[80-bf]|e282[a0-bf]|e284[80-bf]|efbb[b0-bf]|f09f[80-bf][80-bf]|[c2-c3][a0-bf]",
        "[c2-c5][80-bf]|c692|cb86|cb9c|[ce-cf][80-bf]|[d0-d1][80-bf]|e1[ba-bb][80-bf]",
    ),
    _misreading("mac_roman", "e280[93-94]|e280[98-9e]|e280[a0-a6]", "[c2-c5][80-bf]|e282ac"),
    _misreading("cp1250", _MARKS_AND_DASHES, "c3[80-bf]", _BEHIND_SMALL),
    *(_misreading(codec, _MARKS_AND_DASHES, "c3[80-bf]") for codec in ("cp1251", "cp437", "cp850", "koi8_r")),
)
_HALF = re.compile(r"[^\s(\[\"'‘“„«]Â ")  # a no-break space of which half became a plain one
_BROKEN = re.compile(f"â€[{''.join(_LOST)}]?")


def mended(text: str) -> str:
    """The text as it was before it was encoded again, and again; the same object where nothing shows that it was."""
    if text.isascii():
        return text
    given = text
    for _ in range(ROUNDS):
        before = text
        for misreading in _MISREADINGS:
            text = misreading.mended(text)
        if text == before:
            break
    if text != given or _HALF.search(text):  # else it is the letter
        text = text.replace("Â ", " ")
    return _BROKEN.sub(_lost, text)


def _lost(match: re.Match[str]) -> str:
    """What a mark was of which the last byte is missing: a hyphen inside a word, else a closing mark."""
    text, start, end = match.string, match.start(), match.end()
    return "-" if text[start - 1 : start].isalpha() and text[end : end + 1].isalpha() else "”"
