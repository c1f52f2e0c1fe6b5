"""A page's tree in, what trafilatura may be given of it out: where its time grows as a square, it is given less.

Both limits are far from what pages of news have, and such pages are given to it as they are.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING

from .markup import BLOCKS

if TYPE_CHECKING:
    from lxml.etree import _Element

# Steps of trafilatura's patterns for author, title and the like: 40 million are a second, a page of news needs 100,000.
STEPS = 40_000_000
NAMES = 300  # authors, each of which is compared to all, again for each: 600 took 4.5 seconds
# Elements inside one paragraph: 6,000 took 3.7 seconds, squared for the double. A long interview has a thousand.
INSIDE = 3000
CELLS = 20_000  # of one page's tables that one cell may stand for by `colspan` and `rowspan`
SPAN = 100  # trafilatura's own _MAX_SPAN
_AUTHORS = re.compile("author|creator|byl", re.IGNORECASE)
_BETWEEN = re.compile(r"[/;,|&]|\b[ua]nd\b", re.IGNORECASE)
_NAMES = frozenset(("name", "givenName", "additionalName", "familyName"))
# What its patterns for JSON look for, each time to the end of the object.
_HOOKS = ('"author"', 'erson"', '"publisher"', '"@type"', '"names')


def too_many_parts(root: _Element) -> bool:
    """Whether a paragraph or the tables have so many parts that the page is to be read without trafilatura."""
    cells = 0
    homes: dict[_Element, _Element] = {}  # of all that is no block: the block that it stands in
    inside: Counter[_Element] = Counter()
    for element in root.iter():
        parent = element.getparent()
        if element.tag in ("td", "th"):
            across, down = (_span(element.get(name, "1")) for name in ("colspan", "rowspan"))
            cells += across * down - 1
        elif parent is not None and element.tag not in BLOCKS and element.tag != "br":
            home = homes[element] = homes.get(parent, parent)
            inside[home] += 1
            if inside[home] > INSIDE:
                return True
    return cells > CELLS


def too_much_metadata(root: _Element) -> bool:
    """Whether title, author and date, as the page gives them in `meta` and JSON, would take too long to read."""
    steps = names = 0
    for element in root.iter("meta", "script"):
        if element.tag == "meta":
            content = element.get("content", "")
            steps += _of_tags(content)
            if _AUTHORS.search(f"{element.get('name')} {element.get('property')} {element.get('itemprop')}"):
                steps += len(content) ** 2
                names += len(_BETWEEN.findall(content)) + 1
        elif "json" in element.get("type", "").lower() and element.text:
            more, others = _of_json(element.text)
            steps += more
            names += others
        if steps > STEPS or names > NAMES:
            return True
    return False


def without_metadata(root: _Element) -> None:
    """Take out of a page's tree what only says what the page is, and the JSON in which it says the same."""
    for element in root.iter("meta", "script"):
        element.text = None
        element.attrib.clear()


def _span(value: str) -> int:
    return min(int(value), SPAN) if value.isdecimal() else 1


def _of_tags(text: str) -> int:
    """Steps to find the end of each tag and comment, where they may have none."""
    return _squares(text, "<", ">") + _squares(text, "<!--", "-->")


def _squares(text: str, opening: str, closing: str) -> int:
    return sum(part.count(opening) * len(part) for part in text.split(closing))


def _of_json(text: str) -> tuple[int, int]:
    """Steps, and how many authors there are."""
    steps = _of_tags(text) + sum(_squares(text, hook, "}") for hook in _HOOKS) + _squares(text, '"@type"', "]")
    try:
        value = json.loads(text, strict=False)
    except RecursionError:
        return STEPS + 1, 0
    except ValueError:
        return steps + text.count('\\"') * len(text), sum(text.count(hook) for hook in _HOOKS[:2])
    names = 0
    waiting = [(value, False)]
    while waiting:
        value, author = waiting.pop()
        if isinstance(value, dict):
            author = author or "person" in str(value.get("@type")).lower()
            waiting += [(item, key == "author" or (author and key in _NAMES)) for key, item in value.items()]
        elif isinstance(value, list):
            waiting += [(item, author) for item in value]
        elif author and isinstance(value, str):
            steps += len(value) ** 2
            names += len(_BETWEEN.findall(value)) + 1
    return steps, names
