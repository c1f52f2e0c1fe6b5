"""Faker's locales pass through here: `words/given_names.txt` out, a name a line with each gender's weight.

    python -m quotes_cli.training.given_names quotes_cli/language/words/given_names.txt

Faker (https://github.com/joke2k/faker, MIT) lists given names by locale and gender, for some with a frequency. A name
of men in many locales and of women in one keeps both weights: they are evidence for a pronoun, not a verdict.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from quotes_cli.language.words.vocabulary import fold

from .features import _latin

MASS = {"en_US": 400_000, "en": 60_000, "en_GB": 100_000}  # weight shared among the names of a locale
OTHERS = 30_000
HEADER = """\
# Given names with the weight of men and of women among their bearers (relative, summed over Faker's locales).
# Made by quotes_cli/training/given_names.py from Faker (MIT licence, https://github.com/joke2k/faker).
# Names are folded: lower case, no accents.
# name TAB men TAB women
"""


def weights() -> dict[str, tuple[int, int]]:
    """Folded name of Latin script (lower case, no accents) to its weights (men, women)."""
    import faker.providers.person as person

    found: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for module in pkgutil.iter_modules(person.__path__):
        provider: Any = importlib.import_module(f"faker.providers.person.{module.name}").Provider
        for column, attribute in enumerate(("first_names_male", "first_names_female")):
            listed = getattr(provider, attribute, None) or ()
            shares = dict(listed) if isinstance(listed, dict) else dict.fromkeys(listed, 1.0)
            total = sum(shares.values())
            for name, share in shares.items():
                if _latin(name.strip()):
                    found[fold(name.strip())][column] += max(1.0, MASS.get(module.name, OTHERS) * share / total)
    return {name: (round(men), round(women)) for name, (men, women) in sorted(found.items())}


def write(path: Path) -> int:
    """Write the data file; the number of names."""
    table = weights()
    lines = [f"{name}\t{men}\t{women}\n" for name, (men, women) in table.items()]
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    return len(lines)


if __name__ == "__main__":
    print(write(Path(sys.argv[1])), "names")
