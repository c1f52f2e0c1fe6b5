"""Web pages, Markdown, documents and e-mail in, articles or one clear line out; all made here, on the fly."""

from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from growth import TIMES, assert_linear

from quotes_cli.errors import InputError
from quotes_cli.read import Input, ReadOptions, read_input
from quotes_cli.read.html import MANY_TAGS
from quotes_cli.records import Article

SAID = "“We will rebuild the harbour,” Ana Ortiz said on Tuesday."
HOME = "“It is our home,” said Tom Reed, a fisherman of sixty."
LONG = (
    "The money for the quay had been found in last year’s budget, the council wrote, and the work was to begin in May. "
)


def article(data: bytes | str, name: str, **options: object) -> Article:
    """Read as if it were a file of that name."""
    raw = data.encode() if isinstance(data, str) else data
    found = list(read_input(Input(name), ReadOptions(**options), io.BytesIO(raw)))  # type: ignore[arg-type]
    assert len(found) == 1
    if isinstance(found[0], InputError):
        raise found[0]
    return found[0]


def refusal(data: bytes | str, name: str, **options: object) -> str:
    with pytest.raises(InputError) as caught:
        article(data, name, **options)
    assert str(caught.value).startswith(name)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def packed(files: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


# Web pages

PAGE = f"""<!doctype html><html><head><title>Harbour to be rebuilt | The Daily Gull</title>
<meta name="author" content="Lena Park">
<meta property="article:published_time" content="2025-03-04T10:00:00+01:00"></head>
<body><nav><a href="/">Home</a> <a href="/sport">“Sport”</a></nav>
<article><h1>Harbour to be rebuilt</h1>
<p>“We will rebuild the <b>harbour</b>,” <a href="/ortiz">Ana Ortiz</a>
said on Tuesday.</p><script>var quote = "“never”";</script>
{{more}}<blockquote><p>{HOME}</p></blockquote><p>One line<br>and the next.</p></article>
<footer>“Subscribe now,” it says. © The Daily Gull</footer></body></html>"""


@pytest.mark.parametrize("more", ["", f"<p>{LONG * 2}</p>" * 4], ids=["short", "long"])
def test_pages(more: str) -> None:
    found = article(PAGE.format(more=more), "a.html")
    assert f"{SAID}\n\n" in found.text
    assert f"\n\n{HOME}\n\n" in found.text
    assert "One line\nand the next." in found.text
    assert "Subscribe" not in found.text
    assert "Sport" not in found.text
    assert "never" not in found.text
    assert (found.title, found.published, found.author) == ("Harbour to be rebuilt", "2025-03-04", "Lena Park")


def test_pages_are_known_by_their_beginning() -> None:
    for start in ("", "\ufeff", "\n ", '<?xml version="1.0" encoding="utf-8"?>\n', "<!-- saved -->"):
        assert article(start + PAGE.format(more=""), "-").text.count("<") == 0
    assert article("a <html> tag", "-").text == "a <html> tag"
    assert article(PAGE, "-", format="text").text == PAGE


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("cp1252", '<meta charset="iso-8859-1">'),
        ("cp1251", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'),
        ("utf-8", '<meta charset="iso-8859-1">'),
        ("utf-16", ""),
    ],
)
def test_pages_say_their_encoding(encoding: str, declared: str) -> None:
    word = "Ольга" if encoding == "cp1251" else "naïve “café”"
    text = f"<html><head>{declared}</head><body><p>{word}, she said.</p></body></html>"
    assert article(text.encode(encoding), "a.html").text == f"{word}, she said.\n"


@pytest.mark.parametrize("page", ["", "<html></html>", "<p></p>", "<html><body><script>x</script></body></html>"])
def test_pages_without_text(page: str) -> None:
    assert "no text in this page" in refusal(page, "a.html")


def test_pages_nested_without_end_are_read_or_refused() -> None:
    page = "<html><body>" + "<div>" * 100_000 + f"<p>{SAID}</p>"
    [found] = read_input(Input("a.html"), None, io.BytesIO(page.encode()))
    assert SAID in found.text if isinstance(found, Article) else "no text in this page" in str(found)


def test_half_characters_of_pages_and_json() -> None:
    assert article("<html><p>a &#xD800; b &#0; c</p></html>", "a.html").text.encode()
    assert article('{"text": "a \\ud800 b \\u0000"}', "a.jsonl").text == "a \ufffd b \ufffd"


def test_time_grows_linearly_with_the_elements_of_a_page() -> None:
    def read(number: int) -> Article:
        return article(PAGE.format(more="<p>“Yes,” she said.</p>" * number), "a.html")

    found = read(MANY_TAGS)
    assert found.text.count("“Yes,”") == MANY_TAGS
    assert found.title == "Harbour to be rebuilt | The Daily Gull"
    assert "Subscribe" not in found.text
    assert_linear(lambda number: lambda: read(number), MANY_TAGS // TIMES)


def test_dates_that_are_no_publication_dates() -> None:
    more = f"<p>{LONG * 2} It broke on 3 May 2012.</p>"
    page = PAGE.format(more=more).replace("2025-03-04T10:00:00+01:00", "soon").replace("©", "© 2019")
    assert article(page, "a.html").published is None


# Markdown


def test_markdown() -> None:
    found = article(
        '---\ntitle: "Harbour to be rebuilt"\ndate: 2025-03-04\n---\n# The *harbour*\n\n'
        "“We **will**,” [Ana Ortiz](https://example.org/a_b_c) said.\nShe left.\n\n"
        "> “It is our home,”\n> said _Tom Reed_.\n\n- one\n- `two`\n\n"
        "![a picture](x.png)\n\n<b>Yes</b>&nbsp;&amp; no\n",
        "a.md",
    )
    assert found.text == (
        "The harbour\n\n“We will,” Ana Ortiz said.\nShe left.\n\n> “It is our home,”\n> said Tom Reed.\n\n"
        "one\n\ntwo\n\nYes\u00a0& no\n"
    )
    assert (found.title, found.published) == ("Harbour to be rebuilt", "2025-03-04")
    assert article("# A *b*\n\ntext", "a.markdown").title == "A b"


@pytest.mark.parametrize("unit", ["![", "[", "*a ", "_a_b", "a\n", "<a ", "`", ">", "|a|b|\n|-|-|\n"])
def test_time_grows_linearly_with_a_paragraph_of_markdown(unit: str) -> None:
    assert_linear(lambda size: lambda: article(unit * (size // len(unit)), "a.md").text, 10_000)


def test_an_italic_line_under_a_block_quotation_of_markdown_is_its_byline() -> None:
    assert (
        article("> We heard.\n>\n> *Bo Marsh, union*\n\nText.", "a.md").text
        == "> We heard.\n>\n> — Bo Marsh, union\n\nText.\n"
    )
    for last in ("*We left.*", "*and we left*", "We *left*"):
        shown = last.replace("*", "")
        assert article(f"> We heard.\n>\n> {last}\n", "a.md").text == f"> We heard.\n>\n> {shown}\n"
    assert article("> *We heard*\n", "a.md").text == "> We heard\n"


def test_references_of_markdown() -> None:
    assert article("“Yes,” [she][1] said.\n\n[1]: https://example.org\n", "a.md").text == "“Yes,” she said.\n"


# Word, e-books


def test_word() -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.core_properties.title = "Harbour to be rebuilt"
    document.core_properties.author = "Lena Park"
    document.sections[0].header.paragraphs[0].text = "The Daily Gull"
    document.add_heading("Harbour", 1)
    paragraph = document.add_paragraph("“We will rebuild ")
    paragraph.add_run("the harbour").bold = True
    paragraph.add_run(",” Ana Ortiz said on Tuesday.")
    document.add_paragraph("One line\nand\tthe next.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "left", HOME
    stream = io.BytesIO()
    document.save(stream)
    found = article(stream.getvalue(), "a.docx")
    assert found.text == f"Harbour\n\n{SAID}\n\nOne line\nand\tthe next.\n\nleft\n\n{HOME}\n"
    assert (found.title, found.author) == ("Harbour to be rebuilt", "Lena Park")
    assert article(stream.getvalue(), "-").text == found.text  # known by its content


WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def word(body: str) -> bytes:
    return packed({"word/document.xml": WORD.format(body)})


def test_tracked_changes_of_word() -> None:
    body = (
        "<w:p><w:r><w:t>“We </w:t></w:r><w:del><w:r><w:delText>won’t</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>will</w:t></w:r></w:ins><w:hyperlink><w:r><w:t>,” she</w:t></w:r></w:hyperlink>"
        "<w:r><w:instrText>PAGE</w:instrText><w:t xml:space='preserve'> said.</w:t></w:r></w:p>"
    )
    assert article(word(body), "a.docx").text == "“We will,” she said.\n"


def test_entities_of_word_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret words")
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    for entity in (f'<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">', f'{lol}<!ENTITY x "&l9;">'):
        text = f"<!DOCTYPE x [{entity}]>" + WORD.format("<w:p><w:r><w:t>before &x; after</w:t></w:r></w:p>")
        [found] = read_input(Input("a.docx"), None, io.BytesIO(packed({"word/document.xml": text})))
        assert str(found).startswith(("a.docx: the XML inside declares entities", "a.docx: broken XML inside (Maximum"))


BOOK = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf"/></rootfiles></container>',
    "OPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<metadata><dc:title>The Harbour</dc:title><dc:creator>Lena Park</dc:creator>"
    "<dc:date>2025-03-04</dc:date></metadata>"
    '<manifest><item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
    '<item id="b" href="text/two%20b.xhtml" media-type="application/xhtml+xml"/>'
    '<item id="a" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>'
    '<spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/></spine></package>',
    "OPS/nav.xhtml": "<html><body>Contents</body></html>",
    "OPS/one.xhtml": f'<?xml version="1.0"?><html><head><title>x</title></head><body><p>{SAID}</p></body></html>',
    "OPS/text/two b.xhtml": f"<html><body><p>{HOME}</p></body></html>",
}


def test_e_books() -> None:
    found = article(packed(BOOK), "a.epub")
    assert found.text == f"{SAID}\n\n{HOME}\n"
    assert (found.title, found.published, found.author) == ("The Harbour", "2025-03-04", "Lena Park")
    assert article(packed(BOOK), "-").text == found.text


def test_references_to_footnotes_are_left_out() -> None:
    links = (
        '<a href="#n1" role="doc-noteref">1</a>',
        '<sup><a href="#n1"><span>[12]</span></a></sup>',
        '<a class="footnote-ref" href="n.xhtml#n1">*</a>',
    )
    for link in links:
        page = f"<html><body><p>“We will rebuild the harbour,” Ana Ortiz{link} said on Tuesday.</p></body></html>"
        for name in ("a.html", "a.epub"):
            data = packed(BOOK | {"OPS/one.xhtml": page, "OPS/text/two b.xhtml": ""}) if name == "a.epub" else page
            assert article(data, name).text == f"{SAID}\n"
    kept = (
        '<p>The <a href="#a">1</a> of May, m<sup>2</sup>, <sup><a href="#b">see it</a></sup>, <a href="/1">1</a>.</p>'
    )
    assert article(kept, "a.html").text == "The 1 of May, m2, see it, 1.\n"


def test_members_are_no_paths(tmp_path: Path) -> None:
    (tmp_path / "secret.xhtml").write_text("<p>secret</p>")
    book = BOOK | {"OPS/book.opf": BOOK["OPS/book.opf"].replace("one.xhtml", f"{tmp_path}/secret.xhtml")}
    assert "it has no " in refusal(packed(book), "a.epub")


@pytest.mark.parametrize("name", ["a.docx", "a.epub"])
def test_broken_archives(name: str) -> None:
    whole = packed(BOOK) if name == "a.epub" else word(f"<w:p><w:r><w:t>{SAID}</w:t></w:r></w:p>")
    assert "broken" in refusal(whole[: len(whole) // 2], name)
    assert "broken" in refusal(b"", name)
    assert "broken" in refusal(packed({"x": "y"}), name)


def test_archives_without_text() -> None:
    assert "no text in this Word document" in refusal(word("<w:p/>"), "a.docx")
    empty = {"OPS/one.xhtml": "", "OPS/text/two b.xhtml": "<html><body><img src='x'/></body></html>"}
    assert "no text in this e-book" in refusal(packed(BOOK | empty), "a.epub")


def test_damage_anywhere_is_told_in_one_line() -> None:
    whole = word(f"<w:p><w:r><w:t>{SAID}</w:t></w:r></w:p>")
    for place in range(0, len(whole), 3):
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        for found in read_input(Input("a.docx"), None, io.BytesIO(bytes(damaged))):
            assert isinstance(found, Article) or (str(found).startswith("a.docx: ") and "\n" not in str(found))


# E-mail


def mail(**headers: str) -> EmailMessage:
    message = EmailMessage()
    for name, value in {"Subject": "Harbour to be rebuilt", "From": "Lena Park <lena@example.org>", **headers}.items():
        message[name] = value
    return message


def test_e_mail() -> None:
    message = mail(Date="Tue, 04 Mar 2025 10:00:00 +0100")
    message.set_content(f"{SAID}\n\n{HOME}\n")
    message.add_alternative("<p>not this</p>", subtype="html")
    message.add_attachment(b"nor this", maintype="text", subtype="plain", filename="../../x.txt")
    found = article(message.as_bytes(), "a.eml")
    assert found.text == f"{SAID}\n\n{HOME}\n"
    assert (found.title, found.published) == ("Harbour to be rebuilt", "2025-03-04T10:00:00+01:00")
    assert found.author == "Lena Park <lena@example.org>"


def test_e_mail_that_is_a_page() -> None:
    message = mail(Date="yesterday")
    message.set_content(
        f"<html><body><table><tr><td>{SAID}</td></tr></table><p>{HOME}</p></body></html>", subtype="html"
    )
    found = article(message.as_bytes(), "a.eml")
    assert (found.text, found.published) == (f"{SAID}\n\n{HOME}\n", None)


def test_flowed_lines_of_e_mail() -> None:
    head = "Subject: x\nContent-Type: text/plain; charset=utf-8; format=flowed\n\n"
    assert article(f"{head}“We will \nrebuild,” she \nsaid.\n From here.\n-- \nAna\n", "a.eml").text == (
        "“We will rebuild,” she said.\nFrom here.\n-- \nAna\n"
    )


def test_no_e_mail() -> None:
    assert "no header lines" in refusal("\nhello", "a.eml")
    assert "no text in this e-mail" in refusal("Content-Type: image/png\n\nx", "a.eml")


def test_a_page_saved_in_one_file() -> None:
    """By what the browser shows, not as an e-mail, whose date would be that of the saving."""
    words = "<p>“We will rebuild the harbour,” said Zoë Vega.</p><p>She left.</p>"
    head = '<head><title>Dam opens</title><meta property="article:published_time" content="2025-03-04"></head>'
    message = EmailMessage()
    message["Subject"], message["Date"] = "Saved", "Mon, 01 Jun 2026 00:00:00 +0000"
    message["Snapshot-Content-Location"] = "https://example.org/dam"
    message.set_content(f"<html>{head}<body><nav>Home</nav><article>{words}</article></body></html>", "html")
    message.make_related()
    for number in range(400):
        message.add_related(b"\x89PNG", "image", "png", filename=f"{number}.png")
    for name in ("a.mhtml", "a.MHT"):
        found = article(message.as_bytes(), name)
        assert found.text == "“We will rebuild the harbour,” said Zoë Vega.\n\nShe left.\n"
        assert (found.title, found.published) == ("Dam opens", "2025-03-04")
    assert "there is no page in this saved page; save it again" in refusal("Subject: a\n\nb", "a.mhtml")
    assert "there is no text in this page" in refusal("Content-Type: text/html\n\n<p></p>", "a.mht")
