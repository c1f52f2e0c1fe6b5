"""Cells that hold pages, entities left in text, text that was encoded twice: all are read as what they show."""

from __future__ import annotations

import json

import pytest
from growth import assert_linear
from test_reading_files import article, refusal
from test_reading_tables import bad, good, read, table

from quotes_cli.errors import UsageError
from quotes_cli.read import ReadOptions
from quotes_cli.read.twice import mended

SEEN = "“The dam holds,” said Ines Vega.\n\n“It always has,” she said."


def cell(value: str, **options: object) -> str:
    found = read(json.dumps({"text": value}), "a.jsonl", **options)
    assert not bad(found)
    return good(found)[0][1]


CELLS = {
    "paragraphs": "<p>“The dam holds,” said <b>Ines Vega</b>.</p><p>“It always has,” she said.</p>",
    "entities": "<p>&#8220;The dam holds,&rdquo; said Ines&nbsp;Vega.</p>\n<p>&ldquo;It always has,” she said.</p>",
    "escaped": "&lt;p&gt;&amp;ldquo;The dam holds,” said Ines Vega.&lt;/p&gt;&lt;p&gt;“It always has,” she said.",
    "entities of entities": "<p>&amp;#8220;The dam holds,” said Ines Vega.</p><p>“It always has,” she said.</p>",
    "with a script": "<div>“The dam holds,” said Ines Vega.<script>x()</script></div><b>“It always has,” she said.</b>",
    "elements that quote": "<p><q>The dam holds,</q> said Ines Vega.</p><p><q>It always has,</q> she said.</p>",
    "no HTML but entities": "&#8220;The dam holds,&#8221; said Ines Vega.\n\n&ldquo;It always has,&rdquo; she said.",
    "plain": SEEN,
}


@pytest.mark.parametrize("value", CELLS.values(), ids=CELLS.keys())
def test_cells_are_read_as_what_they_show(value: str) -> None:
    assert cell(value) == SEEN
    assert good(read(table(",", ["id", "text"], ["7", value]), "a.csv")) == [("a.csv#1", SEEN)]


@pytest.mark.parametrize(
    "value",
    [
        "a < b and c > d",
        "He said <expletive> and left.",
        "Use the <b> tag & nothing else; AT&T; R&D",
        "<3 you all",
        "“Yes,” she said.\n\n  Indented.",
    ],
)
def test_what_only_looks_like_a_page_stays(value: str) -> None:
    assert cell(value) == value


def test_the_user_says_what_cells_hold() -> None:
    value = "Write <b>dam</b> &amp; go"
    assert cell(value) == "Write dam & go"
    assert cell(value, text_format="text") == value
    assert cell("Write <dam> on", text_format="html") == "Write on"
    with pytest.raises(UsageError, match="--text-format: there is no format 'doc'; one of auto, text, html"):
        ReadOptions(text_format="doc").check()
    with pytest.raises(UsageError, match="are for tables, --input-format pdf is none"):
        ReadOptions(format="pdf", text_format="html").check()


def test_a_whole_page_in_a_cell_is_read_without_what_surrounds_it() -> None:
    long = "<p>The council of the valley met on Monday and spoke of the dam until the night.</p>" * 4
    body = f"<nav>“Home”</nav><article>{long}{CELLS['paragraphs']}</article>"
    found = cell(f"<html><head><title>Dam</title></head><body>{body}</body></html>")
    assert found.endswith(SEEN)
    assert "Home" not in found


def test_cells_without_text_are_passed_over_and_broken_ones_told() -> None:
    attributes = "".join(f"a{number}=b " for number in range(1001))
    rows = [{"text": "<p> </p>"}, {"text": f"<p {attributes}>a</p>"}, {"text": "<p>b</p>", "title": "Dam &amp; town"}]
    found = read("\n".join(map(json.dumps, rows)), "a.jsonl")
    assert bad(found) == ["a.jsonl#2: a tag of more than 1000 attributes, as no page has; save the text itself"]
    assert good(found) == [("a.jsonl#3", "b")]
    assert found[1].title == "Dam & town"  # type: ignore[union-attr]  # an article


def test_parquet_cells() -> None:
    pytest.importorskip("pyarrow")
    from test_reading_tables import parquet

    assert good(read(parquet({"text": [CELLS["entities"]]}), "a.parquet")) == [("a.parquet#1", SEEN)]


@pytest.mark.parametrize("unit", ["<p>", "<q>", "</q>", "<blockquote>", "&amp;", "&", "<br>", "<cite>a</cite>", "<"])
def test_time_grows_linearly_with_a_cell(unit: str) -> None:
    assert_linear(lambda size: lambda: read(json.dumps({"text": f"<p>a</p>{unit * size}"}), "a.jsonl"), 2000)


# Encoded twice

STORY = "“We’ll see – it’s in Málaga,” said Zoë Ødegård… ‘No’ — €5 or £6."


def again(text: str, codec: str = "cp1252") -> str:
    """As a program writes it that took the UTF-8 for something else; what `codec` lacks passes as in Latin-1."""
    parts = (bytes([code]) for code in text.encode())
    return "".join(part.decode(codec, "ignore") or chr(part[0]) for part in parts)


@pytest.mark.parametrize("times", [1, 2, 3, 4])
@pytest.mark.parametrize("codec", ["cp1252", "latin-1"])
def test_text_that_was_encoded_twice_is_mended(codec: str, times: int) -> None:
    text = STORY
    for _ in range(times):
        text = again(text, codec)
    assert mended(text) == STORY


@pytest.mark.parametrize("codec", ["cp1252", "latin-1", "mac_roman", "cp1250", "cp1251", "cp437", "cp850", "koi8_r"])
def test_letters_alone_show_it_inside_a_word(codec: str) -> None:
    text = "François Noël Dubois came by train."
    assert mended(again(text, codec)) == text


def test_marks_that_were_read_as_a_macintosh_s() -> None:
    assert mended(again("“It’s – été,” she said…", "mac_roman")) == "“It’s – été,” she said…"


@pytest.mark.parametrize(
    ("broken", "right"),
    [
        ("â€œYes,â€ she said.", "“Yes,” she said."),
        ("â€œYes,â€\ufffd she said.", "“Yes,” she said."),
        ("the realâ€world dam", "the real-world dam"),
        ("at JuÃ¡rez, “he” said", "at Juárez, “he” said"),
        ("said.Â He left", "said. He left"),
        ("said. Â He left.Â It was late", "said.  He left. It was late"),
    ],
)
def test_what_is_left_of_it_is_mended(broken: str, right: str) -> None:
    assert mended(broken) == right


@pytest.mark.parametrize(
    "text",
    [
        "“CAFÉ”, “fiancé”—she",
        "SÃO PAULO, “AMANHÔ",
        "‚Änderung‘ naïve Zoë Â",
        "Write Â and “Â like” that",
        "√2, ¬x",
        "the TNFα–β ratio, √π",
        "MĂRĂŞEŞTI, Măgura",
        "Ä”Å“",
        STORY,
    ],
)
def test_what_people_write_stays(text: str) -> None:
    assert mended(text) is text or mended(text) == text


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.eml", "a.csv", "a.jsonl"])
def test_every_format_is_mended(name: str) -> None:
    text = again("“We’ll see,” said Zoë Vega.")
    around = {
        "a.html": f"<html><body><p>{text}</p></body></html>",
        "a.eml": f"Subject: {text}\nContent-Type: text/plain; charset=utf-8\n\n{text}",
        "a.csv": f'text\n"{text}"',
        "a.jsonl": json.dumps({"text": text}),
    }
    assert article(around.get(name, text), name).text.strip() == "“We’ll see,” said Zoë Vega."


def test_half_characters_beside_it() -> None:
    assert article('{"text": "\\u00e2\\u20ac\\u0153a \\ud800"}', "a.jsonl").text == "“a \ufffd"
    assert "no text in this page" in refusal("<p></p>", "a.html")
