"""The name of a library that is missing in, the line that installs it out, from a checkout and from anywhere else."""

from __future__ import annotations

import re
from collections import Counter

DISTRIBUTION = "quotes-cli"


def remedy(*names: str) -> str:
    """`run: pip install "pyarrow<27,>=23"`, for what is missing, by the names under which indexes have it.

    The versions are those that this installation asks for. What is of an extra is also named as that, for a checkout;
    the program's own name is on no index that pip asks unless it is told to.
    """
    wanted, extra = [], None
    known = _requirements()
    for name in names:
        found = known.get(name)
        wanted.append(f'"{found[0]}"' if found else name)
        extra = extra or (found[1] if found else None)
    line = f"run: pip install {' '.join(wanted)}"
    return f'{line} (in a checkout: pip install ".[{extra}]")' if extra else line


def _requirements() -> dict[str, tuple[str, str | None]]:
    """What the installed program asks for: name to name with versions, and the smallest extra that has it."""
    from importlib.metadata import PackageNotFoundError, requires  # a tenth of a second that only this needs

    try:
        lines = requires(DISTRIBUTION) or []
    except PackageNotFoundError:  # run from its files
        return {}
    found: list[tuple[str, str, str | None]] = []
    for line in lines:
        requirement, _, marker = line.partition(";")
        extra = re.search(r"extra *== *['\"](\w+)['\"]", marker)
        name = re.split(r"[^\w.-]", requirement.strip())[0]
        found.append((name, requirement.replace(" ", ""), extra[1] if extra else None))
    sizes = Counter(extra for _, _, extra in found)
    sized = sorted(found, key=lambda one: one[2] is not None and sizes[one[2]], reverse=True)  # the smallest extra last
    return {name: (requirement, extra) for name, requirement, extra in sized}
