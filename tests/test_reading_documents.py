"""OpenDocument, rich text, pages of Safari, mailboxes in, articles or one clear line out; all made here."""

from __future__ import annotations

import io
import plistlib
from collections.abc import Iterable

import pytest
from growth import assert_linear
from test_reading_files import HOME, SAID, article, packed, refusal

from quotes_cli.errors import InputError
from quotes_cli.read import Input, ReadOptions, read_input
from quotes_cli.records import Article

# OpenDocument

_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_SPACES = " ".join(f'xmlns:{name}="{space}"' for name, space in _NAMES.items())
_TYPE = "application/vnd.oasis.opendocument."


def odt(body: str, kind: str = "text", about: str = "") -> bytes:
    root = f"<office:document-content {_SPACES}><office:body><office:text>{body}</office:text></office:body>"
    files = {"mimetype": _TYPE + kind, "content.xml": f"{root}</office:document-content>"}
    if about:
        files["meta.xml"] = f"<office:document-meta {_SPACES}><office:meta>{about}</office:meta></office:document-meta>"
    return packed(dict(files))


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def test_open_document() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>“gone”</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes><text:h>Harbour</text:h>"
        + p("“We will <text:span>rebuild\n    the</text:span><text:change text:change-id='a'/> harbour,” Ana Ortiz"
            "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A <text:span>note</text:span>"
            ".</text:p></text:note-body></text:note> said<office:annotation><text:p>“no”</text:p></office:annotation>"
            " on Tuesday.")
        + p("One<text:s text:c='2'/>line<text:line-break/>and<text:tab/>the<text:s/>next.<svg:title>x</svg:title>")
        + f"<table:table><table:table-row><table:table-cell>{p('left')}</table:table-cell><table:table-cell>{p(HOME)}"
        "</table:table-cell></table:table-row></table:table>" + p(" ")
    )  # fmt: skip
    about = "<dc:title>Harbour to be rebuilt</dc:title><dc:creator>Lena Park</dc:creator><dc:date>2025-03-04</dc:date>"
    found = article(odt(body, about=about), "a.odt")
    assert found.text == f"Harbour\n\n{SAID}\n\nOne  line\nand\tthe next.\n\nleft\n\n{HOME}\n\nA note.\n"
    assert (found.title, found.author, found.published) == ("Harbour to be rebuilt", "Lena Park", None)
    for name in ("-", "a.zip", "a.docx"):  # known by its content
        assert article(odt(body), name).text == found.text
    assert article(odt(body, "text-template"), "a.ott").text == found.text


def test_open_documents_that_are_no_text() -> None:
    assert "this is a workbook" in refusal(odt(p("1"), "spreadsheet"), "a.ods")
    assert "no text in this document" in refusal(odt(p(" ")), "a.odt")
    assert "broken OpenDocument file" in refusal(b"PK\3\4", "a.odt")
    assert "it has no content.xml" in refusal(packed({"mimetype": f"{_TYPE}text"}), "a.odt")
    assert "declares entities" in refusal(
        packed({"content.xml": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'}), "a.odt"
    )


def test_spaces_of_open_documents_have_an_end() -> None:
    spaces = "".join(f"a<text:s text:c='{many}'/>" for many in ("999999999", "-3", "9" * 5_000))
    assert len(article(odt(p(f"{spaces}b")), "a.odt").text) < 300
    assert_linear(lambda number: lambda: article(odt(p("a <text:span>b</text:span> ") * number), "a.odt"), 2_000)


# Rich text

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times;}}{\colortbl;\red0\green0\blue0;}{\*\generator Word;}"
    r"{\info{\title no}}{\header never\par}\pard\f0\fs24 "
)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\'93We will,\'94 she said.\par One\line two.", "“We will,” she said.\n\nOne\ntwo."),
        ("“We will,” she said.".encode("cp1252").decode("latin-1"), "“We will,” she said."),
        (r"\ldblquote It\rquote s,\rdblquote  she said \emdash  so.", "“It’s,” she said — so."),
        (r"\u8220?It\u8217\'92s,\u8221? she.", "“It’s,” she."),
        (r"\uc0\u8220 It\u8217 s,\u8221  she.", "“It’s,” she."),
        (r"\uc2\u8220\'93\'93It{\uc1\u8217?s},\u8221 xx she.", "“It’s,” she."),
        (r"\u55357?\u56832? ok \u-4064?.", "😀 ok \uf020."),
        ("We\\\nwill.\nWhole\r\n line.", "We\n\nwill.Whole line."),
        (r"{\b W}{\i e} {\v hidden}{\deleted gone}\v so\v0 will\~go\_on, a\{b\}\\c.", "We will\xa0go‑on, a{b}\\c."),
        (r"{\field{\*\fldinst{HYPERLINK x}}{\fldrslt A link}}.{\pict\bin5 }}}}}abc}", "A link."),
        (r"She{\super\chftn}{\footnote\pard\chftn A {\b note}.} said.\par End.", "She said.\n\nEnd.\n\nA note."),
        (r"She{\*\footnote A note.} said.", "She said.\n\nA note."),
        (r"\trowd a\cell b\cell\row c", "a\n\nb\n\nc"),
        (r"{\*\unknown\foo bar}kept", "kept"),
        (r"\ansicpg932\'81\'67We\'81\'68", "“We”"),
        (r"\ansicpg99999\'93We\'94", "“We”"),
        (r"no end {\b of it", "no end of it"),
        (r"too many}}} ends}", "too many ends"),
        ("", None),
    ],
)
def test_rich_text(source: str, expected: str | None) -> None:
    data = f"{HEAD}{source}}}".encode("latin-1")  # as bytes stand there
    if expected is None:
        assert "there is no text in this document" in refusal(data, "a.rtf")
        return
    for name in ("a.rtf", "-", "a.doc"):  # known by its content
        assert article(data, name).text == f"{expected}\n"


def test_no_rich_text() -> None:
    assert "more than 10,000 braces in one another" in refusal(HEAD + "{" * 10_001, "a.rtf")
    assert "this is no rich text (RTF); read it as --input-format text" in refusal("hello", "a.rtf")


@pytest.mark.parametrize("unit", ["{}", "}", "\\", "\\'", "{\\*", "\\u8220 ", "\\'93", "{\\b a}", "a\\par ", "\\bin9 "])
def test_time_grows_linearly_with_rich_text(unit: str) -> None:
    def read(number: int) -> object:
        data = f"{HEAD} a {unit * number}".encode()
        return lambda: list(read_input(Input("a.rtf"), None, io.BytesIO(data)))

    assert_linear(read, 10_000)  # type: ignore[arg-type]


# Pages of Safari


def safari(page: object, **about: object) -> bytes:
    saved = {"WebMainResource": {"WebResourceData": page, "WebResourceMIMEType": "text/html", **about}}
    return plistlib.dumps(saved, fmt=plistlib.FMT_BINARY)


def test_pages_of_safari() -> None:
    body = f"<body><nav>Home</nav><article><p>{SAID}</p></article></body>"
    page = f"<html><head><title>Dam opens</title></head>{body}</html>"
    for encoding in ("utf-8", "windows-1252"):
        data = safari(page.encode(encoding), WebResourceTextEncodingName=encoding)
        for name in ("a.webarchive", "-", "saved"):
            found = article(data, name)
            assert (found.text, found.title) == (f"{SAID}\n", "Dam opens")
    for broken in (b"bplist00 WebMainResource", b"<plist", safari(page.encode())[:-40]):
        assert "broken page of Safari" in refusal(broken, "a.webarchive")
    for none in (safari("no bytes"), plistlib.dumps([]), plistlib.dumps({"WebMainResource": "x"})):
        assert "there is no page in this page of Safari; save it again, as HTML" in refusal(none, "a.webarchive")


# Mailboxes

MAILBOX = f"""From ana@example.org Tue Mar  4 10:00:00 2025
Subject: One
From: Ana Ortiz <ana@example.org>
Date: Tue, 4 Mar 2025 10:00:00 +0100

{SAID}
From here it is not far.

>From there neither.

From bo@example.org Wed Mar  5 10:00:00 2025
Content-Type: image/png

x

From MAILER-DAEMON Thu Mar  6 10:00:00 2025
Subject: Three
Content-Type: text/html; charset=utf-8

<p>{HOME}</p>
"""


def all_of(data: bytes | str, name: str = "in.mbox") -> list[Article | InputError]:
    raw = data.encode() if isinstance(data, str) else data
    return list(read_input(Input(name), ReadOptions(), io.BytesIO(raw)))


@pytest.mark.parametrize("name", ["in.mbox", "Inbox", "-"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_mailboxes(name: str, end: str) -> None:
    one, two, three = all_of(MAILBOX.replace("\n", end), name)
    assert isinstance(one, Article)
    assert isinstance(three, Article)
    assert (one.source, one.title, one.published) == (f"{name}#1", "One", "2025-03-04T10:00:00+01:00")
    assert one.text.strip() == f"{SAID}\nFrom here it is not far.\n\nFrom there neither."
    assert str(two).startswith(f"{name}#2: there is no text in this e-mail")
    assert (three.source, three.title, three.text) == (f"{name}#3", "Three", f"{HOME}\n")


def test_no_mailbox() -> None:
    said: Iterable[object] = all_of(f"Subject: x\n\n{SAID}\n")
    assert [str(one) for one in said] == [
        "in.mbox: this is no mailbox (no line `From ...` over headers); is it one --input-format eml?"
    ]
    [text] = all_of(f"From here it is not far.\n{SAID}\n", "a.txt")  # nor is a text that begins so
    assert isinstance(text, Article)


def test_time_grows_linearly_with_a_mailbox() -> None:
    assert_linear(lambda number: lambda: all_of(f"From a\nSubject: x\n\n{SAID}\n\n" * number), 500)
