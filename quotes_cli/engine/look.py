"""Places in, what may be wrong with their texts out, before any work is done: for `--dry-run`."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from quotes_cli.commands.closing import Closing
from quotes_cli.errors import InputError
from quotes_cli.language.doubts import doubts_before
from quotes_cli.read import ReadOptions

from .places import Place, read_place

MOST = 1000  # inputs, and articles of one, that are looked at; of more a sample that is the same each time
SECONDS = 10.0  # at most, but for the one that is being read
_LARGEST = 5_000_000  # bytes


@dataclass(slots=True)
class Look:
    """What there was: the articles, in `end`, and the inputs that cannot be read."""

    end: Closing = field(default_factory=Closing)
    errors: list[InputError] = field(default_factory=list)


def look_at(places: Sequence[Place], reading: ReadOptions, seconds: float = SECONDS) -> Look:
    """Read and segment as many as the time allows; larger ones and web addresses are passed over."""
    look = Look()
    until = time.monotonic() + seconds
    near = [place for place in places if place.size is not None and place.size <= _LARGEST]
    if len(near) > MOST:
        near = [near[number] for number in sorted(random.Random(0).sample(range(len(near)), MOST))]
    for place in near:
        for found in islice(read_place(place, reading), MOST):
            if isinstance(found, InputError):
                look.errors.append(found)
            else:
                look.end.doubt(found.source, doubts_before(found.text))
            if time.monotonic() > until:
                return look
    return look
