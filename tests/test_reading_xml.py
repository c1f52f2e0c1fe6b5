"""Feeds (RSS, Atom) and agencies' XML (NITF, NewsML) in, articles or one clear line out; nothing is fetched."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest
from growth import assert_linear
from test_cli import run

from quotes_cli.errors import InputError
from quotes_cli.read import Input, ReadOptions, read_input
from quotes_cli.read.formats import NEWS, by_beginning, root_of
from quotes_cli.read.xml import KINDS
from quotes_cli.records import Article

SAID = "“We will rebuild,” Ana Ortiz said."
RSS = """<?xml version="1.0" encoding="UTF-8"?>
<!-- made by hand -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">
<channel><title>The Linden Gull</title><link>https://gull.example/</link>{}</channel></rss>"""
ITEM = """<item><title>Harbour &amp;amp; quay</title><link>https://gull.example/1</link>
<pubDate>Tue, 04 Mar 2025 10:00:00 +0100</pubDate><dc:creator>Lena Park</dc:creator>
<media:content url="a.jpg"><media:title>“A picture,” said nobody</media:title></media:content>
<itunes:summary>“A podcast,” said nobody</itunes:summary>
<description>&lt;p&gt;A teaser&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>“We will rebuild,” Ana&nbsp;Ortiz said.</p><p>“No,” said Bo Lee.</p>]]></content:encoded>
</item>"""
ATOM = """<?xml version='1.0'?><feed xmlns="http://www.w3.org/2005/Atom"><title type="text">Notes</title>
<author><name>Cy Hart</name><email>cy@example.org</email></author>
<entry><title type="html">Tea &amp;amp; bread</title><id>tag:1</id><link rel="self" href="https://b.example/self"/>
<link href="https://b.example/1"/><published>2025-03-04T10:00:00Z</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>“We <b>will</b> rebuild,” Ana Ortiz said.</p>
<blockquote>It is late.<footer>Bo Lee</footer></blockquote></div></content></entry></feed>"""
NITF = """<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "http://www.nitf.org/nitf-3-3.dtd"><nitf><head><title>Old</title>
<docdata><date.issue norm="20070304T000000"/></docdata>
<pubdata date.publication="20070304T000000" name="The Linden Times"/></head><body><body.head><hedline><hl1>Harbour</hl1>
</hedline><byline class="print_byline">By LENA PARK</byline></body.head><body.content>{}</body.content></body></nitf>"""
G2 = """<?xml version="1.0"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:1"><itemMeta>
<provider qcode="p:1"><name>Linden Press</name></provider>
<versionCreated>2025-03-04T10:00:00Z</versionCreated></itemMeta>
<contentMeta><headline>Harbour</headline><by>By Lena Park</by></contentMeta><contentSet>
<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.content>
<p>“We will rebuild,” Ana Ortiz said.</p></body.content></body></nitf></inlineXML></contentSet></newsItem>"""
NEWSML = """<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>linden.example</ProviderId>
<DateId>20250304</DateId><NewsItemId>77</NewsItemId></NewsIdentifier></Identification><NewsComponent><NewsLines>
<HeadLine>Harbour</HeadLine><ByLine>Lena Park</ByLine></NewsLines><NewsComponent><ContentItem>
<DataContent>“We will rebuild,” Ana Ortiz said.</DataContent></ContentItem>
<ContentItem><Encoding><DataContent>QUJD</DataContent></Encoding></ContentItem></NewsComponent></NewsComponent></NewsItem>
{}</NewsML>"""
REUTERS = """<?xml version="1.0" encoding="iso-8859-1" ?><newsitem itemid="2286" date="1996-08-20" xml:lang="en">
<title>Linden: Harbour.</title><headline>Harbour</headline><byline>Lena Park</byline><text>
<p>&quot;We will rebuild,&quot; Ana Ortiz said in Orl\xe9ans.</p></text></newsitem>"""

Found = list[Article | InputError]


def read(data: str | bytes, name: str = "a.xml", **options: Any) -> Found:
    raw = data.encode() if isinstance(data, str) else data
    return list(read_input(Input(name), ReadOptions(**options), io.BytesIO(raw)))


def only(data: str | bytes, name: str = "a.xml", **options: Any) -> Article:
    (found,) = read(data, name, **options)
    if isinstance(found, InputError):
        raise found
    return found


def refusal(data: str | bytes, name: str = "a.xml") -> str:
    with pytest.raises(InputError) as caught:
        only(data, name)
    said = str(caught.value)
    assert said.startswith(f"{name}: ")
    assert "\n" not in said
    return said


@pytest.mark.parametrize(
    ("data", "facts"),
    [
        (
            RSS.format(ITEM),
            (
                "a.xml#https://gull.example/1",
                "Harbour & quay",
                "2025-03-04T10:00:00+01:00",
                "Lena Park",
                "The Linden Gull",
            ),
        ),
        (ATOM, ("a.xml#https://b.example/1", "Tea & bread", "2025-03-04T10:00:00Z", "Cy Hart", "Notes")),
        (NITF.format(f"<p>{SAID}</p>"), ("a.xml", "Harbour", "2007-03-04", "LENA PARK", "The Linden Times")),
        (G2, ("a.xml", "Harbour", "2025-03-04T10:00:00Z", "Lena Park", "Linden Press")),
        (NEWSML.format(""), ("a.xml", "Harbour", "2025-03-04", "Lena Park", "linden.example")),
        (REUTERS.encode("latin-1"), ("a.xml", "Harbour", "1996-08-20", "Lena Park", None)),
    ],
    ids=["rss", "atom", "nitf", "newsml-g2", "newsml", "reuters"],
)
def test_each_kind_with_its_facts(data: str | bytes, facts: tuple[str | None, ...]) -> None:
    found = only(data)
    assert (found.source, found.title, found.published, found.author, found.outlet) == facts
    assert "We will rebuild," in found.text
    assert not any(sign in found.text for sign in ("<", "&", "nobody", "teaser", "QUJD"))


def test_the_text_of_each_kind() -> None:
    assert only(RSS.format(ITEM)).text == f"{SAID}\n\n“No,” said Bo Lee.\n"
    assert only(ATOM).text == f"{SAID}\n\n> It is late.\n> — Bo Lee\n"
    assert only(REUTERS.encode("latin-1")).text.endswith("said in Orléans.\n")


@pytest.mark.parametrize(
    ("item", "text"),
    [
        (f"<description>{SAID}</description>", SAID),
        (f"<description>&lt;p&gt;{SAID}&lt;/p&gt;&lt;p&gt;Rain.&lt;/p&gt;</description>", f"{SAID}\n\nRain."),
        (f'<description>&lt;img src="a.jpg"&gt;{SAID}</description>', SAID),
        ("<description>&amp;ldquo;No,&amp;rdquo; said Bo Lee.</description>", "“No,” said Bo Lee."),
        ("<description>Rain&mdash;and &ldquo;snow&rdquo;.</description>", "Rain—and “snow”."),
        ("<description>Fish & chips, said Bo Lee.</description>", "Fish & chips, said Bo Lee."),
        ("<description>Rain.\x0bSnow.</description>", "Rain.\ufffdSnow."),
        (f"<content:encoded/><description>{SAID}</description>", SAID),
        ("<description>One &lt; two.</description>", "One < two."),
        (f"<description><p>{SAID}</p><p>Rain.</p></description>", f"{SAID}\n\nRain."),
    ],
)
def test_how_feeds_write_their_text(item: str, text: str) -> None:
    """Escaped, in CDATA, as elements, with names that XML does not know, and with what XML forbids."""
    assert only(RSS.format(f"<item>{item}</item>")).text == f"{text}\n"


def test_items_are_called_by_their_address_and_those_without_text_passed_over() -> None:
    text = f"<description>{SAID}</description>"
    items = (
        f"<item><link>https://g.example/1</link>{text}</item><item><title>Only a title</title></item>"
        f"<item><guid>x-2</guid>{text}<author>bo@g.example (Bo Lee)</author><source url='u'>The Tide</source></item>"
        f"<item>{text}</item><item><link>https://g.example/1</link>{text}</item>"
    )
    found = [one for one in read(RSS.format(items)) if isinstance(one, Article)]
    names = ["https://g.example/1", "x-2", "4", "https://g.example/1#5"]
    assert [one.source for one in found] == [f"a.xml#{name}" for name in names]
    assert (found[1].author, found[1].outlet, found[0].outlet) == ("Bo Lee", "The Tide", "The Linden Gull")
    assert read(RSS.format("")) == []


def test_rss_1_has_its_items_beside_the_channel() -> None:
    data = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        f"<channel><title>The Tide</title></channel>"
        f"<item><link>l</link><description>{SAID}</description></item></rdf:RDF>"
    )
    assert (only(data, "a.rdf").source, only(data).outlet) == ("a.rdf#l", "The Tide")


def test_an_archive_that_has_the_lead_twice() -> None:
    lead = f'<block class="lead_paragraph"><p>{SAID}</p></block>'
    whole = (
        f'<block class="full_text"><p>{SAID}</p><p>Rain.</p></block><media><media-caption>Ana</media-caption></media>'
    )
    assert only(NITF.format(lead + whole)).text == f"{SAID}\n\nRain.\n"
    assert only(NITF.format(f"<p>{SAID}</p><media><media-caption>Ana</media-caption></media>")).text == f"{SAID}\n"


def test_several_items_of_an_agency() -> None:
    more = "<NewsItem><DataContent>“No,” said Bo Lee.</DataContent></NewsItem>"
    found = [one.source for one in read(NEWSML.format(more)) if isinstance(one, Article)]
    assert found == ["a.xml#77", "a.xml#2"]


def test_other_xml_by_its_paragraphs_or_not_at_all() -> None:
    tei = f"<TEI><title>Harbour</title><text><div><p>{SAID}</p><p>Rain <p>and snow.</p></p></div></text></TEI>"
    found = only(tei)
    assert (found.text, found.title) == (f"{SAID}\n\nRain\n\nand snow.\n", "Harbour")
    said = only("<book><title>T</title><para>Ortiz: <said>We will.</said> <q>No.</q> <q>“Yes.”</q></para></book>")
    assert said.text == "Ortiz: “We will.” “No.” “Yes.”\n"
    assert "no XML with articles that is known (RSS, Atom, NITF, NewsML)" in refusal("<a><b>c</b></a>")
    assert "there is no text in this NITF" in refusal(NITF.format(""))
    assert "broken XML (" in refusal(RSS.format("<item>"))
    assert only(f"<!doctype html><html><body><p>{SAID}</p></body></html>").text == f"{SAID}\n"
    assert only("<a><b>c</b></a>", format="text").text == "<a><b>c</b></a>"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings(encoding: str) -> None:
    text = RSS.replace("UTF-8", encoding).format("<item><description>café</description></item>")
    assert only(text.encode(encoding)).text == "café\n"
    assert only(text.encode("cp1252"), encoding="cp1252").text == "café\n"


@pytest.mark.parametrize("name", ["feed", "-", "a.rss", "a.xml.gz"])
def test_known_without_a_name_for_it(name: str) -> None:
    data = RSS.format(ITEM).encode()
    assert only(gzip.compress(data) if name.endswith("gz") else data, name).title == "Harbour & quay"


def test_what_is_called_text_and_is_none() -> None:
    """Saved from a browser or a server that calls all of it text."""
    assert only(RSS.format(ITEM), "a.txt").title == "Harbour & quay"
    assert only(f"<!doctype html><html><body><p>{SAID}</p></body></html>", "a.txt").text == f"{SAID}\n"
    assert only(json.dumps([{"id": 1, "Text": SAID}]), "a.txt").text == SAID
    for text in ("<p>“No,” he said.</p>", "<?xml version='1.0'?><a/>", '[{"quote": "a"}]', "<htmlish>", "<rssfeed>"):
        assert only(text, "a.txt").text == text
    assert only(RSS.format(""), "a.txt", format="text").text == RSS.format("")


def test_the_first_element() -> None:
    assert set(KINDS) == NEWS
    for head, root in {
        b"<rss>": "rss",
        b"\xef\xbb\xbf \n<?xml version='1.0'?>\n<?x?><!--<a>--><!DOCTYPE b [<!ELEMENT c (d)>]>\n<n:Feed a='b'>": "feed",
        "<feed a=''>".encode("utf-16"): "feed",
        b"Ana <rss>": "",
        b"<": "",
        b"": "",
    }.items():
        assert root_of(head) == root
    assert by_beginning(b"<feedback> is what we ask for", ()).name == "text"
    assert by_beginning(b"<?xml version='1.0'?><a/>", ()).name == "xml"


# What strangers write

SECRET = "the secret words"


HOSTILE: dict[str, tuple[str, str]] = {  # what is declared, and where it is used
    "file": ('<!ENTITY x SYSTEM "{file}">', "&x;"),
    "address": ('<!ENTITY x SYSTEM "http://127.0.0.1:1/x">', "&x;"),
    "public": ('<!ENTITY x PUBLIC "-//A//B" "{file}">', "&x;"),
    "parameter": ('<!ENTITY % p SYSTEM "{file}"> %p;', ""),
    "parameter of a parameter": ("<!ENTITY % p \"<!ENTITY x SYSTEM '{file}'>\"> %p;", "&x;"),
    "laughs": ('<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x "&b;&b;&b;&b;">', "&x;"),
    "itself": ('<!ENTITY x "&x;">', "&x;"),
    "a name of HTML": ('<!ENTITY mdash SYSTEM "{file}">', "&mdash;"),
    "unparsed": ('<!NOTATION n SYSTEM "n"><!ENTITY x SYSTEM "{file}" NDATA n>', ""),
    "unknown": ("", "&nothing;"),
}


@pytest.mark.parametrize("attack", HOSTILE)
def test_no_entity_is_followed(attack: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(SECRET)
    entity, used = (part.replace("{file}", (tmp_path / "secret").as_uri()) for part in HOSTILE[attack])
    item = f"<item><title>{used}</title><description>before {used} after</description></item>"
    document = RSS.replace("<rss", f"<!DOCTYPE rss [{entity}]><rss", 1).format(item)
    for found in read(document):
        assert SECRET not in str(found)
        assert "aaaaaaaaaaaaaaaaaaaa" not in str(found)
        if isinstance(found, InputError):
            assert "declares entities" in str(found) or "broken XML" in str(found)
    if entity:
        assert any(isinstance(found, InputError) for found in read(document))


@pytest.mark.parametrize(
    "document",
    [
        '<rss xmlns:xi="http://www.w3.org/2001/XInclude"><channel><item><description>'
        '<xi:include href="{file}" parse="text"/></description></item></channel></rss>',
        '<?xml-stylesheet href="{file}"?><rss><channel><item><description>a</description></item></channel></rss>',
        '<!DOCTYPE rss SYSTEM "{file}"><rss><channel><item><description>a</description></item></channel></rss>',
        '<feed><entry><content src="{file}" type="text/plain"/></entry></feed>',
    ],
)
def test_nothing_is_included(document: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(SECRET)
    assert SECRET not in str(read(document.replace("{file}", (tmp_path / "secret").as_uri())))


def test_deep_and_long_feeds_take_their_time_and_no_more() -> None:
    assert "broken XML" in refusal("<rss>" + "<item>" * 5000 + "</item>" * 5000 + "</rss>")
    items = [f"<item><guid>same</guid><description>{SAID}</description></item>", "<item>" * 20 + "a" + "</item>" * 20]
    for item in items:
        assert_linear(lambda size, item=item: lambda: read(RSS.format(item * size)), 300)  # type: ignore[misc] # of a lambda's default


# The command


def test_a_folder_of_xml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake_pipeline: list[str | None]) -> None:
    """What has articles is read, the rest passed over in a line, unless it is asked for."""
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    for name, data in {
        "a.xml": RSS.format(ITEM),
        "b.nitf": NITF.format(f"<p>{SAID}</p>"),
        "c.xml": "<a><p>“Hm.”</p></a>",
    }.items():
        Path("in", name).write_text(data, "utf-8")
    Path("in/d.xml.gz").write_bytes(gzip.compress(b"<sitemap><url>a</url></sitemap>"))
    result = run("extract", "in", "-f", "jsonl")
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "quotes: in/c.xml, in/d.xml.gz: passed over; these 2 files of XML have no article that is known"
    ]
    sources = {json.loads(line)["source"] for line in result.stdout.splitlines()}
    assert sources == {"in/a.xml#https://gull.example/1", "in/b.nitf"}
    asked = run("extract", "in", "--glob", "c.*", "-f", "jsonl")
    assert (asked.exit_code, json.loads(asked.stdout)["source"]) == (0, "in/c.xml")


def test_a_dry_run_says_what_each_was_taken_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake_pipeline: list[str | None]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, data in {
        "a.xml": RSS.format(ITEM),
        "b.rss": RSS.format(ITEM),
        "c.xml": ATOM,
        "d.txt": SAID,
        "e.xml": "<a><p>b</p></a>",
    }.items():
        Path(name).write_text(data, "utf-8")
    said = run("extract", "a.xml", "b.rss", "c.xml", "d.txt", "e.xml", "http://127.0.0.1:1/x", "--dry-run").stdout
    assert "formats  2 xml (RSS), 1 xml (Atom), 1 text, 1 xml, 1 web address" in said
