"""A tree of HTML or the like in, its text out: paragraphs, with white space as a browser shows it."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import TYPE_CHECKING, Any

from quotes_cli.errors import InputError, reason

if TYPE_CHECKING:
    from lxml.etree import _Element

# A paragraph ends where one of these begins or ends; trafilatura's own names (head, item, quote, row, cell) among them.
BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "cell", "dd", "details", "dialog", "div"),
        *("dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head"),
        *("header", "hr", "item", "legend", "li", "list", "main", "nav", "ol", "option", "p", "pre", "quote", "row"),
        *("section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul"),
    )
)
UNSEEN = frozenset(
    (
        *("script", "style", "template", "noscript", "svg", "math", "iframe", "object", "head", "title"),
        *("select", "button", "textarea"),
    )
)
# What surrounds an article on its page, for pages too short to tell by their text.
AROUND = frozenset(("nav", "header", "footer", "aside", "form", "menu", "dialog"))
# Attributes of one tag, which the parser compares each to each: 100,000 took 10 seconds.
ATTRIBUTES = 1000
_LONG = re.compile(r"[^>]{2000,}")  # what may be a tag of so many, or
_CLOSING_VALUE = re.compile(r"""=\s*["'][^"'>]*>""")  # a value with the mark in it that ends a tag outside values
_TAG = re.compile(r"<(?:!--|/?([a-zA-Z][^\s/>]*))")
_ATTRIBUTE = re.compile(r"""[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(?:"[^"]*(?:"|$)|'[^']*(?:'|$)|[^\s>"'][^\s>]*)?)?""")
_RAW = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"))
_END = re.compile(rf"</({'|'.join(sorted(_RAW))})", re.IGNORECASE)
_FILE = re.compile(r" ?\(<string>, line \d+\)")  # how lxml's messages end
_SPACE = re.compile(r"[ \t\r\n\f\u00a0]+")  # not U+2028 and its kind, which browsers show too


def parse_html(text: str, name: str) -> _Element:
    """The tree of a page, however broken. Raises `InputError` where there is none (an empty page)."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    if _too_many_attributes(text):
        raise InputError(f"{name}: a tag of more than {ATTRIBUTES} attributes, as no page has; save the text itself")
    # Encoded here and not by lxml, which refuses characters after a declaration of an encoding.
    data = text.encode("utf-8", "replace")
    try:
        return document_fromstring(data, parser=HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True))
    except (etree.LxmlError, ValueError) as error:
        raise InputError(f"{name}: there is no text in this page; save the article with its text") from error


def _too_many_attributes(text: str) -> bool:
    """Whether a tag has more than `ATTRIBUTES`, counted as the standard has it: none in comments, scripts, values."""
    if not _LONG.search(text) and not _CLOSING_VALUE.search(text):
        return False
    at = 0
    while tag := _TAG.search(text, at):
        at = tag.end()
        name = tag[1]
        if name is None:  # a comment
            at = text.find("-->", at)
            if at < 0:
                return False
            continue
        names = set()
        while attribute := _ATTRIBUTE.match(text, at):
            at = attribute.end()
            names.add(attribute[1].lower())
            if len(names) > ATTRIBUTES:
                return True
        if name.lower() in _RAW and text[tag.start() + 1] != "/":
            closings = (end.start() for end in _END.finditer(text, at) if end[1].lower() == name.lower())
            at = next(closings, len(text))
    return False


def parse_xml(data: bytes, name: str, what: str = "XML inside") -> _Element:
    """The tree of XML from strangers: nothing is fetched, no entity is expanded. Raises `InputError`."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise InputError(f"{name}: broken {what} ({_FILE.sub('', reason(error))}); save or fetch it again") from error
    declared: Any = root.getroottree().docinfo.internalDTD  # its stubs lack the entities
    if declared is not None and any(True for _ in declared.iterentities()):
        raise InputError(f"{name}: the {what} declares entities, as attacks do; save it anew with another program")
    return root


def tag(element: _Element) -> str:
    """The name without its namespace; empty for comments and the like."""
    name = element.tag
    return name.rpartition("}")[2].lower() if isinstance(name, str) else ""


def dublin_core(root: _Element) -> dict[str, str | None]:
    """Title, date and author, as e-books and Word documents have them; of several the first."""
    values = {tag(item): item.text.strip() for item in reversed(list(root.iter())) if item.text}
    return {name: values.get(term) for name, term in (("title", "title"), ("published", "date"), ("author", "creator"))}


def paragraphs(root: _Element, dropped: Container[str] = UNSEEN) -> list[str]:
    """The paragraphs of what is below `root`, in order, without the elements of the names `dropped`.

    Goes through without recursion: a page may nest as deep as it likes.
    """
    from lxml.etree import iterwalk

    found: list[str] = []
    parts: list[str] = []

    def end() -> None:
        lines = (_SPACE.sub(" ", line).strip() for line in "".join(parts).split("\v"))
        text = "\n".join(line for line in lines if line)
        if text:
            found.append(text)
        parts.clear()

    walk = iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        name = tag(element)
        if event == "start" and element is not root and name in dropped:
            walk.skip_subtree()
            continue
        if name in BLOCKS:  # which comments are not
            end()
        elif event == "start" and name in ("br", "lb"):
            parts.append("\v")  # a line's end that is not collapsed
        if event == "start" or element is not root:
            parts.append(((element.text if event == "start" else element.tail) or "").replace("\v", " "))
    end()
    return found


def main_part(root: _Element) -> _Element:
    """The page's one `article` or `main` element, or all of its body."""
    for name in ("article", "main", "body"):
        below = list(root.iter(name))
        if len(below) == 1:
            return below[0]
    return root
