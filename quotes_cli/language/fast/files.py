"""The shipped model's files in, arrays and tables out: what spaCy and thinc saved, read without them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from srsly import msgpack_loads

Floats = NDArray[np.float32]

MODEL = Path(__file__).parents[2] / "model"
_WORDS = (1 << 64) - 1
_MIX = 0xC6A4A7935BD1E995


def read(name: str) -> Any:
    """What one of the model's files holds: MessagePack, and JSON where it is called `cfg`."""
    data = (MODEL / name).read_bytes()
    return json.loads(data) if name.endswith("cfg") else msgpack_loads(data)


class Layers:
    """The layers of one component's network, by thinc's names for them, in the order in which thinc walks them."""

    def __init__(self, component: str) -> None:
        saved = msgpack_loads((MODEL / component / "model").read_bytes())
        self._named = [(node["name"], params) for node, params in zip(saved["nodes"], saved["params"], strict=True)]

    def named(self, name: str) -> list[dict[str, Floats]]:
        """The parameters of all layers of the name."""
        return [params for found, params in self._named if found == name]


def moves(component: str) -> list[tuple[int, str]]:
    """The moves of a transition system as (action, label), in the order of its scores."""
    return ordered(json.loads(read(f"{component}/moves")["moves"]))


def ordered(counts: Mapping[Any, Mapping[str, int]]) -> list[tuple[int, str]]:
    """The moves of a transition system by the counts of its actions' labels: by action, frequent first."""
    return [
        (int(action), label)
        for action, own in sorted(counts.items())
        for _, label in sorted(((count, label) for label, count in own.items()), reverse=True)
    ]


def norms() -> dict[str, str]:
    """The spellings that spaCy takes for another: its `BASE_NORMS`."""
    return dict(_pairs("norms.txt"))


@cache
def _symbols() -> dict[str, int]:
    """The strings whose number is no hash: spaCy's `symbols.IDS`."""
    return {name: int(number) for name, number in _pairs("symbols.txt")}


def _pairs(name: str) -> Iterator[list[str]]:
    text = (Path(__file__).parent / name).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if not line.startswith("# "))


def number(text: str) -> int:
    """The number of a string in spaCy's `StringStore`: its symbol, or MurmurHash2, 64 bits, seed 1, of its UTF-8."""
    known = _symbols().get(text)
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
