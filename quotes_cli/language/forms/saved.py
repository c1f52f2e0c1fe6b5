"""The shipped model's files in, tables out: what spaCy saved, read without it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from srsly import msgpack_loads

MODEL = Path(__file__).parents[2] / "model"
_WORDS = (1 << 64) - 1
_MIX = 0xC6A4A7935BD1E995

K = TypeVar("K")
V = TypeVar("V")


class Kept(dict[K, V]):
    """What was made of each key; where it would be more than `most`, all that is forgotten. Threads may share it."""

    def __init__(self, make: Callable[[K], V], most: int) -> None:
        super().__init__()
        self._make, self._most = make, most

    def __missing__(self, key: K) -> V:
        if len(self) >= self._most:
            self.clear()
        made = self[key] = self._make(key)
        return made


def read(name: str) -> Any:
    """What one of the model's files holds: MessagePack, and JSON where it is called `cfg`."""
    data = (MODEL / name).read_bytes()
    return json.loads(data) if name.endswith("cfg") else msgpack_loads(data)


def pairs(path: Path) -> dict[str, str]:
    """The lines of a file, two columns divided by a tab; those that begin with `# ` are passed over."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if not line.startswith("# "))


@cache
def symbols() -> dict[str, int]:
    """The strings whose number is no hash: spaCy's `symbols.IDS`."""
    return {name: int(number) for name, number in pairs(Path(__file__).with_name("symbols.txt")).items()}


@lru_cache(maxsize=8192)  # beginnings, endings and shapes of words come again
def number(text: str) -> int:
    """The number of a string in spaCy's `StringStore`: its symbol, or MurmurHash2, 64 bits, seed 1, of its UTF-8."""
    known = symbols().get(text)
    if known is not None:
        return known
    data = text.encode()
    size = len(data)
    found = 1 ^ (size * _MIX & _WORDS)
    for at in range(0, size - 7, 8):
        block = int.from_bytes(data[at : at + 8], "little") * _MIX & _WORDS
        found = (found ^ ((block ^ block >> 47) * _MIX & _WORDS)) * _MIX & _WORDS
    if size % 8:
        found = (found ^ int.from_bytes(data[size & ~7 :], "little")) * _MIX & _WORDS
    found = (found ^ found >> 47) * _MIX & _WORDS
    return found ^ found >> 47
