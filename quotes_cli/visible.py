"""Text from outside in, the same text with every control character spelt out: what may be sent to a terminal."""

from __future__ import annotations

import re

# What JSON passes as it is though it acts on a terminal or breaks lines: DEL and C1, bidi controls, U+2028/9,
# annotations, and the surrogates that stand for undecodable bytes of file names.
ACTING = "\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff"
# With C0, but for newline and tab; a carriage return passes only before a newline.
_ACTING = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f{ACTING}]|\r(?!\n)")
_BREAKS = str.maketrans({"\n": "␊", "\r": "␍", "\t": "␉"})


def _spelt_out(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)  # the control pictures: ESC is ␛
    if code == 0x7F:
        return "␡"
    if 0xDC80 <= code <= 0xDCFF:
        return f"⟨0x{code - 0xDC00:02X}⟩"  # a byte that is no character (PEP 383)
    return f"⟨U+{code:04X}⟩"


def visible(text: str) -> str:
    """Spell out what acts on a terminal: `␛` for the escape character, `⟨U+202E⟩` for a bidi override. Lines stay."""
    return _ACTING.sub(_spelt_out, text)


def visible_line(text: str) -> str:
    """The same on one line: newlines and tabs are spelt out too. For file names and messages."""
    return visible(text.translate(_BREAKS))
