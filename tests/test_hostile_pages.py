"""Pages made to cost time by the square of their length, in metadata, tables and paragraphs, are read all the same."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from growth import TIMES, assert_linear
from test_reading_files import HOME, LONG, SAID, article, refusal

from quotes_cli.read.layout import MANY, Page, Run, paragraphs

TEXT = f"<p>{SAID}</p>" + f"<p>{LONG}</p>" * 4 + f"<p>{HOME}</p>"


def page(head: str = "", body: str = "") -> str:
    return f"<html><head><title>Harbour</title>{head}</head><body><article>{TEXT}{body}</article></body></html>"


def meta(content: str, name: str = "author") -> str:
    return page(f'<meta name="{name}" content="{content}">')


def linked(data: object) -> str:
    text = data if isinstance(data, str) else json.dumps(data)
    return page(f'<script type="application/ld+json">{text}</script>')


def spell(number: int) -> str:
    return f"Ort{number:b}".replace("0", "a").replace("1", "i")


NEWS = {"@context": "https://schema.org", "@type": "NewsArticle"}
#: Of so many parts; each took 4 to 60 seconds, by the square of their number, before it was bounded.
PAGES: dict[str, tuple[Callable[[int], str], int]] = {
    "brackets_in_author": (lambda n: meta("(a" * n), 25_000),
    "square_brackets_in_author": (lambda n: meta("[" * n), 30_000),
    "comments_in_title": (lambda n: meta("<!--" * n, "title"), 12_000),
    "comments_in_description": (lambda n: meta("<!--" * n, "description"), 12_000),
    "authors": (lambda n: page("".join(f'<meta name="author" content="Ana {spell(i)}">' for i in range(n))), 1500),
    "authors_in_one": (lambda n: meta(", ".join(f"A {spell(i)}" for i in range(n))), 9000),
    "linked_author": (lambda n: linked({**NEWS, "author": "(a" * n}), 25_000),
    "linked_authors": (lambda n: linked({**NEWS, "author": [{"name": f"Ana {spell(i)}"} for i in range(n)]}), 1500),
    "linked_names": (lambda n: linked({**NEWS, "author": {"name": [f"Ana {spell(i)}" for i in range(n)]}}), 9000),
    "linked_people": (
        lambda n: linked(
            {"@context": NEWS["@context"], "@graph": [{"@type": "Person", "name": f"Ana {spell(i)}"} for i in range(n)]}
        ),
        1500,
    ),
    "linked_tags": (lambda n: linked({**NEWS, "articleBody": "a < b and " * n}), 25_000),
    "linked_comments": (lambda n: linked("<!--" * n), 12_000),
    "linked_quotes": (lambda n: linked('\\"' * n), 15_000),
    "linked_and_broken": (lambda n: linked("[" + '{"@type":"Organization",' * n), 8000),
    "linked_and_deep": (lambda n: linked("[" * n), 100_000),
    "linked_forum": (lambda n: linked('"@type":[' * n), 20_000),
    "spans_in_one_paragraph": (lambda n: page(body=f"<p>{'<span>We will</span> and ' * n}</p>"), 10_000),
    "letters_in_one_division": (lambda n: page(body=f"<div>{'<b>We will</b> and ' * n}</div>"), 10_000),
    "letters_deeper_down": (lambda n: page(body=f"<p><span>{'<b>We will</b> and ' * n}</span></p>"), 10_000),
    "cells_over_all": (lambda n: page(body=f"<table>{'<tr><td colspan=1000 rowspan=1000>a' * n}</table>"), 600),
}


@pytest.mark.parametrize("kind", PAGES)
def test_read_in_time(kind: str) -> None:
    article(page(), "a.html")  # what is loaded once
    make, number = PAGES[kind]
    found = article(make(number), "a.html")
    assert SAID in found.text
    assert HOME in found.text
    assert found.title == "Harbour"
    assert_linear(lambda number: lambda: article(make(number), "a.html"), number // TIMES)


@pytest.mark.parametrize("form", ["a{}=b ", 'a{}="1"', 'a{}="<" ', 'a{}=">" ', "a{}/"])
def test_a_tag_of_attributes_without_end_is_told(form: str) -> None:
    def told(number: int) -> str:
        attributes = "".join(map(form.format, range(number)))
        return refusal(page(body=f"<p {attributes}>a</p>"), "a.html")

    assert "a tag of more than 1000 attributes" in told(1001)
    assert_linear(lambda number: lambda: told(number), 10_000)


def test_what_only_looks_like_a_tag_of_attributes_is_read() -> None:
    words = " ".join(map(spell, range(2000)))
    for more in (
        f'<img alt="{words} > {words}">',
        f"<!-- a <b {words} -->",
        f'<script type="application/ld+json">{{"articleBody": "a <b {words}"}}</script>',
        f"<p>One <two {'and three ' * 2000}</p>",
    ):
        assert SAID in article(page(body=more), "a.html").text


def test_long_metadata_of_news_is_read() -> None:
    """Sixty authors, a summary that is an article, and all of the text once more for machines."""
    people = [{"@type": "Person", "name": f"Ana {spell(64 + i)}", "url": f"https://a.example/b/{i}"} for i in range(60)]
    body = {"articleBody": f"“Yes & no,” she said; 1 < 2. {LONG}" * 60, "datePublished": "2025-03-04"}
    head = f'<meta name="author" content="Ana Lee"><meta property="og:description" content="{LONG * 30}">'
    data = json.dumps({**NEWS, "headline": "Harbour", "author": people, **body})
    found = article(page(f'{head}<script type="application/ld+json">{data}</script>'), "a.html")
    assert found.published == "2025-03-04"
    assert (found.author or "").split("; ")[::60] == ["Ana Lee", f"Ana {spell(64 + 59)}"]


# Pages of a PDF


def grid(number: int, columns: int) -> Page:
    """So many words on a page, in so many columns, with space between."""
    rows = number // columns
    across, down = 600 / columns, 760 / rows
    places = [(column * across, 20 + row * down) for row in range(rows) for column in range(columns)]
    height = min(2.0, 0.7 * down)
    return Page(800, [Run("ab", left, bottom, left + 0.3 * across, bottom + height) for left, bottom in places])


@pytest.mark.parametrize("columns", [10, 30, 100, 200, 600, 1500])
def test_a_grid_of_words(columns: int) -> None:
    """A page of more than `MANY` is not looked through for columns, which takes time by more than its words."""
    assert "".join(paragraphs([grid(MANY, columns)])).count("ab") == MANY
    assert_linear(lambda number: lambda: paragraphs([grid(number, columns)]), MANY)
