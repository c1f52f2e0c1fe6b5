"""The networks of the shipped model in, arrays and moves out: what thinc saved, read without it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotes_cli.language.forms.saved import read

Floats = NDArray[np.float32]


class Layers:
    """The layers of one component's network, by thinc's names for them, in the order in which thinc walks them."""

    def __init__(self, component: str) -> None:
        saved = read(f"{component}/model")
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
