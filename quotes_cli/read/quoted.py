"""A page's tree in, the same out with what its elements say of quotations spelt in the text, as a browser shows it.

References to footnotes are taken out. A `q` gets its marks. A block quotation without marks gets the `>` of Markdown
before each line, and the name that a `footer`, `cite` or `figcaption` gives stands under a block quotation behind a
dash.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

from .markup import BLOCKS, paragraphs, parse_html, tag

if TYPE_CHECKING:
    from lxml.etree import _Element

_MARKS = (("“", "”"), ("‘", "’"))  # outside, and inside another
_OPENING, _CLOSING = frozenset("\"'“‘„«‹"), frozenset("\"'”’“»›")
_BYLINES = frozenset(("footer", "figcaption", "cite", "small", "address"))
#: What pages call the element of the name, where they make it of another, inside a block quotation and behind it.
_NAMED = re.compile(r"(?<![a-z])(?:attribution|author|byline|source|credit|speaker|cite|citation)(?![a-z])", re.I)
_NAMED_BEHIND = re.compile(r"(?<![a-z])(?:attribution|speaker|cite|citation)(?![a-z])", re.I)
_NOTE = re.compile(r"[\s\[(]{0,3}(?:note )?(?:\d{1,4}|[a-z]|[*†‡§]{1,3})[\])\s]{0,3}")  # a footnote's
_NOTES = re.compile(r"noteref|footnote", re.I)
_DASHES = " \n–—―~-"
_BEFORE_NAME = re.compile(r"[\s–—―~-]*(?:by|from|source:|said|says)?\s*[–—―~-]*\s*", re.IGNORECASE)
LONGEST = 120  # characters of a name and what its bearer is; more is a sentence
#: What a quotation does not hold, but a page that sets all of its text in by a `blockquote`.
_WHOLE = ("h1", "h2", "h3", "article", "section", "main", "table", "form", "nav")


def shown(text: str, name: str) -> list[str]:
    """The paragraphs of a page, or of a part of one, as its reader sees them. Raises `InputError` where it has none."""
    root = parse_html(text, name)
    spell_out(root)
    return paragraphs(root)


def spell_out(root: _Element) -> None:
    """Change the tree. Time is linear in it, however deep it nests."""
    for link in list(root.iter("a")):
        if _refers_to_note(link):
            _remove(link)
    _mark(root)
    inner: set[_Element] = set()
    for block in list(root.iter("blockquote")):
        if block not in inner:
            inner.update(block.iter("blockquote"))
            if next(block.iter(*_WHOLE), None) is None:
                _set_in(block)


def _refers_to_note(link: _Element) -> bool:
    """Is it a number or a sign at a word, which leads to a footnote: said Ana Ortiz,[1] mayor of Westmouth?"""
    above = link.getparent()
    if above is None or "#" not in (link.get("href") or "") or len(link) > 1:
        return False
    text = (link.text or "") + "".join(child.text or "" for child in link)
    called = f"{link.get('role')} {link.get('class')} {link.get('epub:type')}"
    return _NOTE.fullmatch(text) is not None and (_NOTES.search(called) is not None or tag(above) == "sup")


def _mark(root: _Element) -> None:
    """Give each `q` its marks, unless they stand in its text."""
    from lxml.etree import iterwalk

    open_: list[tuple[_Element, str]] = []  # each with the character before it
    first: list[str] = []  # the first character of each, once it came
    before = last = ""  # the last character, and the last that is no space
    for event, element in iterwalk(root, events=("start", "end")):
        if tag(element) == "q":
            if event == "start":
                open_.append((element, before))
            else:
                _, outside = open_.pop()
                begins = first.pop() if len(first) > len(open_) else ""
                if begins and outside not in _OPENING and not (begins in _OPENING and last in _CLOSING):
                    _put_marks(element, *_MARKS[len(open_) % 2])
                element.tag = "span"
        text = (element.text if event == "start" else element.tail) or ""
        before = text[-1:] or before
        if text := text.strip():
            first += text[0] * (len(open_) - len(first))
            last = text[-1]


def _put_marks(element: _Element, opening: str, closing: str) -> None:
    element.text = opening + (element.text or "").lstrip()
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip() + closing
    else:
        element.text = element.text.rstrip() + closing


def _set_in(block: _Element) -> None:
    """Spell out one block quotation: in one paragraph of lines behind `>`, unless it begins with a mark."""
    named, name = None, ""
    for find in (_caption, _last, _behind):
        named = find(block)
        name = _name(paragraphs(named)) if named is not None else ""
        if named is not None and name:
            _remove(named)
            break
    kept = paragraphs(block)
    if name and kept:
        kept[-1] = kept[-1].rstrip(_DASHES)
    kept = [paragraph for paragraph in kept if paragraph]
    if not kept:
        return
    tail = block.tail
    block.clear()
    block.tail = tail
    if kept[0][0] in _OPENING:
        for paragraph in [*kept, f"— {name}"] if name else kept:
            _add_paragraph(block, paragraph.split("\n"))
    else:
        lines = [f"> {line}".rstrip() for paragraph in kept for line in (*paragraph.split("\n"), "")]
        _add_paragraph(block, [*lines[:-1], f"> — {name}"] if name else lines[:-1])


def _add_paragraph(block: _Element, lines: list[str]) -> None:
    from lxml.etree import SubElement

    within = SubElement(block, "p")
    within.text = lines[0]
    for line in lines[1:]:
        SubElement(within, "br").tail = line


def _caption(block: _Element) -> _Element | None:
    """What stands under the figure that is made of a block quotation; the figure is no picture then."""
    for above in islice(block.iterancestors(), 3):
        if tag(above) == "figure":
            above.tag = "div"
            return next(above.iter("figcaption"), None)
    return None


def _behind(block: _Element) -> _Element | None:
    """The element right behind a block quotation if it is made to name who said it."""
    following = block.getnext()
    if following is None or (block.tail or "").strip():
        return None
    return following if tag(following) == "cite" or _calls_itself(following, _NAMED_BEHIND) else None


def _calls_itself(element: _Element, names: re.Pattern[str]) -> bool:
    return names.search(f"{element.get('class')} {element.get('itemprop')}") is not None


def _last(block: _Element) -> _Element | None:
    """The element with the last words of a block quotation if it is one of those that name who said it."""
    from lxml.etree import iterwalk

    holder = None
    for event, element in iterwalk(block, events=("start", "end")):
        if event == "start" and (element.text or "").strip():
            holder = element
        elif event == "end" and element is not block and (element.tail or "").strip():
            holder = element.getparent()
    found = None
    while holder is not None and holder is not block:
        if tag(holder) in _BYLINES or _calls_itself(holder, _NAMED):
            found = holder
        holder = holder.getparent()
    return None if found is not None and _goes_on(found) else found


def _goes_on(element: _Element) -> bool:
    """Does the element stand in a sentence: as we read in <cite>The Gull</cite>?"""
    above, sibling = element.getparent(), element.getprevious()
    if tag(element) in BLOCKS or above is None or (sibling is not None and tag(sibling) in BLOCKS | {"br"}):
        return False
    text = ((above.text if sibling is None else sibling.tail) or "").rstrip()
    return text[-1:].isalnum() or text.endswith(",")


def _name(lines: Iterable[str]) -> str:
    """The lines of a name as one, without what introduces it; nothing where they are more than a name."""
    parts = [" ".join(line.split()) for text in lines for line in text.split("\n")]
    name = ", ".join(part.rstrip(",") for part in parts)
    before = _BEFORE_NAME.match(name[:LONGEST])
    name = name[before.end() :] if before else name
    return name if 0 < len(name) <= LONGEST and any(map(str.isupper, name)) else ""


def _remove(element: _Element) -> None:
    """Take an element out of the tree, but not what follows it."""
    above, before = element.getparent(), element.getprevious()
    if above is None:
        return
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        above.text = (above.text or "") + element.tail
    above.remove(element)
