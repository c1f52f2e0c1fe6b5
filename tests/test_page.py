"""The page of `--format html`: its markup and its colours; test_page_browser.py opens it."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from page_articles import COUNCIL, FERRY, HOSTILE, NOTHING, article
from test_export import render

from quotes_cli.export import highlight, html
from quotes_cli.export.headline import headline, readable_date
from quotes_cli.export.spans import Initials, initials
from quotes_cli.export.tally import Spoken
from quotes_cli.records import Article

PAGE = Path(html.__file__).parent / "page"
CSS = (PAGE / "page.css").read_text("utf-8")
MARKS = re.compile(r"<mark[^>]*>")


class Elements(HTMLParser):
    """Start tags with their attributes, end tags checked, and the text outside scripts and styles."""

    VOID = frozenset({"meta", "link", "input", "rect"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: dict[str, str] = {}
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs)
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in set(self.open) - ({"body"} if "button" in self.open else set()):  # the labels between the words
            self.text[tag] = self.text.get(tag, "") + data


@pytest.mark.parametrize(
    "articles", [[COUNCIL], [COUNCIL, FERRY, NOTHING], [HOSTILE], [HOSTILE, COUNCIL], [NOTHING], []]
)
def test_the_page_is_sound(articles: list[Any]) -> None:
    elements = Elements(render("html", articles))
    names = [tag for tag, _ in elements.tags]
    assert (names.count("style"), names.count("img")) == (1, 0)
    assert [attributes.get("type") for tag, attributes in elements.tags if tag == "script"] == [
        "application/json",
        None,
    ]
    ids = [attributes["id"] for _, attributes in elements.tags if "id" in attributes]
    assert len(set(ids)) == len(ids)
    for tag, attributes in elements.tags:
        assert not any(name.startswith("on") or name == "style" for name in attributes), tag
        for name in ("href", "src"):
            assert (attributes.get(name) or "#").startswith(("#", "data:,")), tag
    anchors = {attributes["href"] for tag, attributes in elements.tags if tag == "a"}
    assert {a[1:] for a in anchors if a and a[1:]} <= set(ids)
    for told, _ in articles:
        for word in told.text.split():
            assert highlight.visible(word) in elements.text["body"]


def test_the_policy_allows_this_style_and_this_script_only() -> None:
    page = render("html", [COUNCIL])
    style, script = (re.search(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)[1] for tag in ("style", "script"))
    stated = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    assert stated == html.policy(style, script)
    assert stated.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in stated


def text_of(quotations_marked: str, **facts: str) -> str:
    page = render("html", [article("a.txt", quotations_marked, **facts)])
    return re.search(r'<div class="text">\n(.*?)</div>', page, re.DOTALL)[1]


def test_nested_and_overlapping_marks() -> None:
    found, quotations = article("a.txt", "“⟦One two three four⟧{Ana|||}” Ana said.")
    first = quotations[0]
    inner = type(first)(**{**as_fields(first), "id": 2, "quote": "two", "start": 5, "end": 8, "speaker": "Ben"})
    across = type(first)(**{**as_fields(first), "id": 3, "quote": "four” Ana", "start": 15, "end": 24, "speaker": None})
    page = render("html", [(found, [first, inner, across])])
    text = re.search(r"<p>(“.*?)</p>", page)[1]
    shape = re.sub(r"<button.*?</button>", "*", text)
    shape = re.sub(r'<mark( id="[^"]*")?[^>]*data-q="1-(\d)"[^>]*>', r"<\2\1>", shape)
    assert shape == (
        '“<1 id="q1-1">One <2 id="q1-2">two</mark>* three <3 id="q1-3">four</mark></mark><3>”* Ana</mark>* said.'
    )


def as_fields(quotation: Any) -> dict[str, Any]:
    return {name: getattr(quotation, name) for name in type(quotation).__slots__}


def test_a_quotation_over_paragraphs_is_one_with_several_elements() -> None:
    text = text_of("“⟦One.\n\n“Two.\n\n“Three⟧{Ana|said|Ana}” Ana said.\n")
    assert len(MARKS.findall(text)) == 3
    assert text.count('id="q1-1"') == 1
    assert text.count("<button") == 1
    assert re.search(r"“Three</mark>”<button", text)
    assert text.count("<p>") == text.count("</p>") == 3


def test_cues_and_mentions_of_two_quotations_are_marked_once() -> None:
    text = text_of("“⟦One,⟧{Ana|said|Ana}” Ana said, “⟦two⟧{Ana|said|Ana}”.\n")
    assert text.count('<span class="cue" data-q="1-1 1-2">said</span>') == 1
    assert text.count('<span class="mention" data-q="1-1 1-2">Ana</span>') == 1


def test_initials() -> None:
    names = ["Ana de la Ortiz", "Lula", "the port office", "The White House", "", "Axel Oster", "Émile"]
    assert [initials(name) for name in names] == ["AO", "LU", "PO", "WH", "?", "AO", "ÉM"]
    assert list(map(Initials().meet, names)) == ["AO", "LU", "PO", "WH", "?", "AO2", "ÉM"]


def spoken(name: str | None, kind: str = "person") -> Spoken:
    return Spoken(name, kind)


def test_labels_are_surnames_and_no_two_are_the_same() -> None:
    labels = highlight.Labels()
    people = ["Ana Ortiz", "Ben Ortiz", "Bo Ortiz", "Eva de la Cruz", "Lula", "Carl Lund Jr.", "Dr. No", ""]
    shown = [labels.meet(spoken(name)) for name in people]
    assert shown == ["Ortiz", "B. Ortiz", "Bo Ortiz", "de la Cruz", "Lula", "Lund", "No", "?"]
    assert labels.meet(spoken(None)) == "?"
    assert labels.meet(spoken("Ana Lee; Bo Kim; Cy Day")) == "Lee +2"
    bodies = ["the harbour office", "Ministry of Agriculture and Fisheries", "the harbour office"]
    assert [labels.meet(spoken(name, "organisation")) for name in bodies] == [
        "harbour office", "Ministry of Agric…", "the harbour office"]  # fmt: skip


def test_the_seven_most_quoted_have_colours() -> None:
    classes = [highlight.Speaker(spoken(f"S{number}"), number, "S").classes for number in range(9)]
    assert len(set(classes[:7])) == 7
    assert classes[7] == classes[8] == "sx u0"
    assert highlight.Speaker(spoken(None), 0, "?").classes == "sx u3"


def test_the_most_quoted_come_first_as_in_quotes_speakers() -> None:
    few, many = (
        article("a.txt", "“⟦No.⟧{Ana|said|Ana}” “⟦No.⟧{Ana|said|Ana}”"),
        article("b.txt", "“⟦One two three⟧{Bo|||}”"),
    )
    assert [speaker.shown for speaker in highlight.by_speaker([few, many]).values()] == ["Bo", "Ana"]


@pytest.mark.parametrize(
    ("text", "facts", "called"),
    [
        ("Ferry to run on Sundays\n\nIt was a long day.", {}, "Ferry to run on Sundays"),
        ("Ferry to run on Sundays\n\nIt was a long day.", {"title": "The ferry"}, "The ferry"),
        ("Ferry to run on Sundays", {}, "a.txt"),
        ("It runs. It ran on Sunday.\n\nIt was a long day.", {}, "a.txt"),
        (f"{'It runs and ' * 20}\n\nIt was a long day.", {}, "a.txt"),
        ("", {}, "a.txt"),
    ],
)  # fmt: skip
def test_headlines(text: str, facts: dict[str, str], called: str) -> None:
    assert headline(Article("a.txt", text, **facts))[0] == called


def test_a_headline_that_quotes_stays_in_the_text_too() -> None:
    page = render("html", [article("a.txt", "Mayor calls wall “⟦a danger⟧{Ana|calls|Mayor}”\n\nIt was a long day.")])
    assert "<h1>Mayor calls wall “a danger”</h1>" in page
    assert 'id="q1-1"' in page


def test_dates_are_spelt_out() -> None:
    assert [readable_date(date) for date in ("2026-03-03", "2026-03-03T10:00:00Z", "March 2026", "2026")] == [
        "3 March 2026", "3 March 2026", "March 2026", "2026"]  # fmt: skip


def test_the_outlet_stands_beside_the_date() -> None:
    found, quotations = article("a.txt", "“⟦One⟧{Ana|said|Ana}” said Ana.", published="2026-03-03")
    shown = replace(found, kept='{"section": "Town", "Outlet": "The <Westmouth> Echo"}')
    page = render("html", [(shown, quotations), COUNCIL])
    assert '<span class="meta">The &lt;Westmouth&gt; Echo · 3 March 2026 · 1 quotation' in page
    assert [row[-1] for row in records(page)["articles"]] == ["The <Westmouth> Echo", ""]


def test_speakers_that_differ_by_case_are_one() -> None:
    one = article("a.txt", "“⟦One⟧{People|said|People}” “⟦two⟧{people|said|people}” “⟦three⟧{|||}”")
    assert [row[0] for row in records(render("html", [one, COUNCIL]))["speakers"]].count("People") == 1


def test_a_page_of_one_article_says_where_it_was_read() -> None:
    page = render("html", [article("town/a.txt", "The pier\n\n“⟦One⟧{Ana|said|Ana}” said Ana.")])
    assert "1 quotation · 1 speaker · town/a.txt" in page
    page = render("html", [article("town/b.txt", "“⟦One⟧{Ana|said|Ana}” said Ana.")])
    assert "<h1>town/b.txt</h1>" in page
    assert "1 speaker</p>" in page


def records(page: str) -> Any:
    return json.loads(re.search(r'id="data">(.*?)</script>', page, re.DOTALL)[1])


def test_the_same_words_in_two_articles_are_one_statement() -> None:
    one = article("a.txt", "“⟦We have no money left.⟧{Ana|said|Ana}” said Ana. “⟦No.⟧{Ana|said|Ana}”")
    other = article("b.txt", "“⟦We have no money left⟧{Ana|said|Ana}”, Ana said. “⟦No.⟧{Ana|said|Ana}”")
    rows = records(render("html", [one, other]))["quotations"]
    assert [row[10:] for row in rows] == [[1, []], [], [1, []], []]


def test_nearly_the_same_words_are_one_statement_and_their_differences_are_told() -> None:
    one = article("a.txt", "“⟦We will rebuild the old [-wall-], stone by stone.⟧{Ana|said|Ana}” said Ana.")
    near = article("b.txt", "“⟦We would rebuild the old <b>wall, stone by⟧{Ana|said|Ana}”, Ana said.")
    whose = article("c.txt", "“⟦We will rebuild the old wall, stone by stone, my friends⟧{Bo|said|Bo}”, Bo said.")
    rows = records(render("html", [one, near, whose]))["quotations"]
    assert [row[10] for row in rows] == [1, 1, 1]
    assert [row[11] for row in rows] == [
        [],
        [["We", 0], ["will", 1], ["would", 2], ["rebuild the old", 0], ["b", 2], ["wall, stone by", 0], ["…", 0]],
        [],
    ]


def test_one_person_is_one_speaker_by_the_name_across_articles() -> None:
    found, quotations = article("a.txt", "“⟦One,⟧{Ana Ortiz|said|Ana}” “⟦two⟧{Ortiz|said|Ana}”")
    told = [type(one)(**{**as_fields(one), "person": "Ana Ortiz"}) for one in quotations]
    assert [row[0] for row in records(render("html", [(found, told)]))["speakers"]] == ["Ana Ortiz"]


def test_a_page_that_is_too_long_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "more than a page bears" not in render("html", [COUNCIL, FERRY])
    monkeypatch.setattr(html, "MOST_QUOTATIONS", 13)
    assert "2 articles and 14 quotations are more than a page bears" in render("html", [COUNCIL, FERRY])


def test_records_of_hostile_articles_end_no_script() -> None:
    page = render("html", [HOSTILE])
    assert page.lower().count("</script>") == 2
    assert records(page)["quotations"][0][3].startswith("<script>document.title='quote'")


def test_articles_without_paragraphs_and_with_crlf() -> None:
    assert text_of("") == ""
    assert "<p>" in text_of("One\r\n\r\n“⟦Two\r\nthree⟧{A|||}” four")
    empty = render("html", [(Article("a.txt", "Nothing."), [])])
    assert "nobody is quoted" in empty


# Colours


def palettes() -> dict[str, dict[str, str]]:
    blocks = re.findall(r"(:root[^{]*)\{([^}]*--page[^}]*)\}", CSS)
    assert len(blocks) == 3
    read = [dict(re.findall(r"--([\w-]+): ([^;]+);", body)) for _, body in blocks]
    assert read[1] == read[2], "the dark of the system and the dark of the button"
    return {"light": read[0], "dark": read[1]}


def rgb(colour: str) -> list[float]:
    return [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]


def linear(colour: list[float]) -> list[float]:
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]


def contrast(one: list[float], other: list[float]) -> float:
    light = [sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(x), strict=True)) for x in (one, other)]
    return (max(light) + 0.05) / (min(light) + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_contrast_is_aa(theme: str) -> None:
    colours = palettes()[theme]
    page, panel, text = (rgb(colours[name]) for name in ("page", "panel", "text"))
    share = int(colours["tint"].rstrip("%")) / 100
    for ink, paper in itertools.product(("text", "soft", "link"), (page, panel)):
        assert contrast(rgb(colours[ink]), paper) >= 4.5, ink
    assert contrast(rgb(colours["on-found"]), rgb(colours["found"])) >= 4.5
    assert contrast(rgb(colours["edge"]), page) >= 3
    for number in (*map(str, range(7)), "x"):
        fill, on = (
            rgb(colours[name]) for name in ((f"c{number}", f"o{number}") if number != "x" else ("none", "on-none"))
        )
        tint = [share * c + (1 - share) * p for c, p in zip(fill, page, strict=True)]
        assert contrast(on, fill) >= 4.5, f"letters on colour {number}"
        assert contrast(text, tint) >= 7, f"text on the tint of colour {number}"
        assert contrast(fill, page) >= 3, f"underline and bar of colour {number}"


# Machado, Oliveira and Fernandes 2009, full severity, on linear RGB.
SEEN_AS = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
CONES = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)


def times(matrix: Any, vector: list[float]) -> list[float]:
    return [sum(m * v for m, v in zip(row, vector, strict=True)) for row in matrix]


def nearest(colours: list[str], sight: str) -> float:
    """The smallest distance of two of the colours, as somebody with that sight sees them (OKLab)."""
    seen = [[min(max(c, 0), 1) for c in times(SEEN_AS[sight], linear(rgb(colour)))] for colour in colours]
    labs = [times(LAB, [c ** (1 / 3) for c in times(CONES, colour)]) for colour in seen]
    return min(sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5 for a, b in itertools.combinations(labs, 2))


@pytest.mark.parametrize("sight", SEEN_AS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_seven_speakers_are_told_apart_whatever_the_eyes(theme: str, sight: str) -> None:
    colours = [palettes()[theme][f"c{number}"] for number in range(7)]
    okabe_ito = ["#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7", "#000000"]
    assert nearest(colours, sight) >= 0.12 > min(nearest(okabe_ito, other) for other in SEEN_AS)
