"""XML of news in, its articles out: items of feeds (RSS, Atom), what agencies send and archives keep (NITF, NewsML).

Names are compared without their namespace and in lower case: Reuters' `newsitem` and NewsML's `NewsItem` and `newsItem`
are much alike, and feeds mix what they like.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from html import escape
from html.entities import html5
from typing import TYPE_CHECKING

from quotes_cli.errors import InputError
from quotes_cli.records import OUTLET, Article

from .cells import text_of
from .formats import root_of
from .html import LONGEST_SITE, declared_encoding
from .html import read as read_page
from .markup import UNSEEN, paragraphs, parse_xml, tag
from .quoted import spell_out
from .raw import Raw

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(frozen=True, slots=True)
class Kind:
    """How the articles of one kind of document are found, and by what names each says what, the best first.

    `unit` is the element of an article; of `text` the first that has any is read. A name with `@` is an attribute, of
    the article's element where nothing stands before it. `flat`: an article's facts stand right below it. A `feed` has
    the outlet for its title.
    """

    name: str
    unit: str
    text: tuple[str, ...]
    title: tuple[str, ...]
    published: tuple[str, ...]
    author: tuple[str, ...]
    outlet: tuple[str, ...]
    id: tuple[str, ...]
    flat: bool = False
    feed: bool = False


_RSS = Kind(
    name="RSS",
    unit="item",
    text=("encoded", "content", "description", "summary"),
    title=("title",),
    published=("pubdate", "published", "date", "issued", "updated"),
    author=("creator", "author"),
    outlet=("source",),
    id=("link", "link@href", "guid", "id"),
    flat=True,
    feed=True,
)
_ATOM = Kind(
    name="Atom",
    unit="entry",
    text=("content", "summary"),
    title=("title",),
    published=("published", "issued", "created", "updated", "modified"),
    author=("author",),
    outlet=("source",),
    id=("link@href", "id"),
    flat=True,
    feed=True,
)
_NITF = Kind(
    name="NITF",
    unit="nitf",
    text=("body.content", "body"),
    title=("hl1", "hedline", "title"),
    published=("date.issue@norm", "story.date@norm", "pubdata@date.publication", "date.release@norm"),
    author=("byline", "byttl"),
    outlet=("pubdata@name",),
    id=("doc-id@id-string",),
)
_NEWSML = Kind(
    name="NewsML",
    unit="newsitem",
    text=("body.content", "inlinexml", "inlinedata", "datacontent", "text", "body"),
    title=("headline", "hl1", "hedline", "title"),
    published=("contentcreated", "versioncreated", "firstcreated", "thisrevisioncreated", "dateid", "@date"),
    author=("by", "byline", "creator"),
    outlet=("provider", "provider@literal", "infosource", "infosource@literal", "providerid"),
    id=("@guid", "newsitemid", "@itemid", "publicidentifier"),
)
#: By the name of the first element of a document.
KINDS = {
    **dict.fromkeys(("rss", "rdf", "channel"), _RSS),
    **dict.fromkeys(("feed", "entry"), _ATOM),
    "nitf": _NITF,
    **dict.fromkeys(("newsml", "newsitem", "newsmessage"), _NEWSML),
}
#: What is in an article and is not its text; what stands in the namespace of media is about those.
_BESIDE = UNSEEN | {"body.head", "media", "media-caption", "media-metadata", "caption", "figure", "figcaption"}
_MEDIA = re.compile(r"\{[^}]*(?:/mrss|itunes)")
_PARAGRAPHS = ("p", "para")
_WHOLE = "full_text"  # of the blocks of an archive the one that has the others
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,999}\?>")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_OWN = frozenset(("amp", "lt", "gt", "quot", "apos"))  # that XML knows itself
_AMPERSAND = re.compile(r"&(?!#?\w{1,30};)")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?)?")
_TAG = re.compile(r"<[a-zA-Z][^<>]{0,999}>")
_BY = re.compile(r"by[:\s]+", re.IGNORECASE)
_ADDRESS = re.compile(r"\S{1,200}@\S{1,200} \((.{1,200})\)")  # of RSS: ana@example.org (Ana Ortiz)


def read(raw: Raw) -> Iterator[Article | InputError]:
    """An article an item of a feed, called `FILE#ADDRESS`, or one of what is one; other XML by its paragraphs.

    Items without a text are passed over, as rows of a table are.
    """
    if root_of(raw.data) == "html":
        yield from read_page(raw)
        return
    root = _parsed(raw)
    kind = KINDS.get(tag(root))
    if kind is None:
        yield _any(raw, root)
        return
    units = [unit for unit in root.iter(kind.unit) if next(unit.iterancestors(kind.unit), None) is None]
    above = next(root.iter("channel"), root)
    seen: set[str] = set()
    count = 0
    for number, unit in enumerate(units, 1):
        facts = _facts(kind, unit, above)
        name = raw.name
        if kind.feed or len(units) > 1:
            known = facts["id"] or str(number)
            while known in seen:
                known = f"{known}#{number}"
            seen.add(known)
            name = f"{raw.name}#{known}"
        try:
            text = _text(kind, unit, name)
        except InputError as error:
            yield error
            continue
        if text:
            count += 1
            site = facts["outlet"]
            kept = json.dumps({OUTLET: site}, ensure_ascii=False) if site else None
            yield Article(name, text, facts["title"], facts["published"], facts["author"], kept)
    if not count and not kind.feed:
        raise InputError(f"{raw.name}: there is no text in this {kind.name}; is it of pictures?")


def _parsed(raw: Raw) -> _Element:
    """The tree, each element by its bare name. Raises `InputError`."""
    text = raw.decode(declared_encoding(raw.data))
    declaration = _DECLARATION.match(text)  # of an encoding that it no longer has
    text = text[declaration.end() :] if declaration else text
    # XML knows five names of characters, those of HTML are in the DTD, which nobody fetches.
    text = _ENTITY.sub(
        lambda name: name[0] if name[1] in _OWN else escape(html5.get(f"{name[1]};", "")) or name[0], text
    )
    try:
        root = parse_xml(text.encode("utf-8", "replace"), raw.name, "XML")
    except InputError as error:
        mended = _CONTROL.sub("\ufffd", _AMPERSAND.sub("&amp;", text))
        if mended == text:
            raise
        try:
            root = parse_xml(mended.encode("utf-8", "replace"), raw.name, "XML")
        except InputError:
            raise error from None
    for element in list(root.iter()):
        if isinstance(element.tag, str):
            if _MEDIA.match(element.tag) and element is not root:
                element.tag = "media"
            else:
                element.tag = tag(element)
    return root


def _any(raw: Raw, root: _Element) -> Article:
    """The paragraphs, which most kinds of XML call `p`, with marks around what TEI has as said. Raises `InputError`."""
    for said in list(root.iter("said")):
        said.tag = "q"
    spell_out(root)
    outer = (one for one in root.iter(*_PARAGRAPHS) if next(one.iterancestors(*_PARAGRAPHS), None) is None)
    found = [text for one in outer for text in paragraphs(one)]
    if not found:
        known = ", ".join(dict.fromkeys(kind.name for kind in KINDS.values()))
        what = f"no XML with articles that is known ({known}), and without paragraphs"
        raise InputError(f"{raw.name}: {what}; pass --input-format text to read it as it stands")
    title = next((words for name in ("title", "head") for one in root.iter(name) if (words := _words(one))), None)
    return raw.article(found, "XML", title=title)


def _facts(kind: Kind, unit: _Element, above: _Element) -> dict[str, str | None]:
    """What is said of an article, each on one line; `above` says it of all of them."""
    names = ("title", "published", "author", "outlet", "id")
    found = {name: _fact(unit, getattr(kind, name), kind.flat) for name in names}
    if kind.feed and above is not unit:
        found["outlet"] = found["outlet"] or _fact(above, ("title",), flat=True)
        found["author"] = found["author"] or _fact(above, ("author",), flat=True)
    if found["outlet"] and len(found["outlet"]) > LONGEST_SITE:
        found["outlet"] = None
    if found["author"]:
        address = _ADDRESS.fullmatch(found["author"])
        found["author"] = address[1] if address else _BY.sub("", found["author"], count=1)
    if found["published"]:
        found["published"] = _date(found["published"])
    return found


def _fact(unit: _Element, names: Sequence[str], flat: bool) -> str | None:
    """What the first element or attribute of these names says that says anything."""
    for name in names:
        element, _, attribute = name.partition("@")
        every = [unit] if not element else unit.findall(element) if flat else unit.iter(element)
        for one in every:
            if not attribute:
                words = next(filter(None, map(_words, one.iterchildren("name", "title"))), "") or _words(one)
            elif one.get("rel", "alternate") == "alternate":
                words = " ".join((one.get(attribute) or "").split())
            else:
                words = ""  # the address of something else
            if words:
                return words
    return None


def _words(element: _Element) -> str:
    """The text of an element on one line; HTML as what it shows."""
    if len(element):
        return " ".join(" ".join(paragraphs(element, frozenset())).split())
    try:
        return " ".join(_of_cell(element.text or "", "").split())
    except InputError:  # tags, and nothing in them
        return ""


def _text(kind: Kind, unit: _Element, name: str) -> str:
    """The text of an article. Raises `InputError`."""
    for wanted in kind.text:
        every = list(unit.findall(wanted) if kind.flat else unit.iter(wanted))
        every = [one for one in every if next(one.iterancestors("encoding"), None) is None]  # a picture in base64
        whole = [one for element in every for one in element.iter("block") if one.get("class") == _WHOLE]
        texts = [text for one in whole or every if (text := _shown(one, name))]
        if texts:
            return "\n\n".join(texts[:1] if kind.feed else texts) + "\n"
    return ""


def _shown(element: _Element, name: str) -> str:
    """What an element shows: its own elements, or the HTML or plain text in it."""
    if len(element):
        spell_out(element)
        return "\n\n".join(paragraphs(element, _BESIDE))
    return _of_cell(element.text or "", name).strip()


def _of_cell(value: str, name: str) -> str:
    """The text of HTML or plain text. Raises `InputError` where HTML cannot be read."""
    return text_of(value, name, "html" if _TAG.search(value) else "auto") if value.strip() else ""


def _date(value: str) -> str:
    """`Tue, 4 Mar 2025 10:00:00 GMT` and `20250304T100000Z` as ISO 8601 has them; others as they stand."""
    if compact := _COMPACT.match(value):
        year, month, day, *clock = compact.groups()
        time = f"T{':'.join(filter(None, clock))}" if any(part and int(part) for part in clock) else ""
        return f"{year}-{month}-{day}{time}"
    try:
        return parsedate_to_datetime(value).isoformat()
    except (TypeError, ValueError, IndexError, LookupError, OverflowError):
        return value
