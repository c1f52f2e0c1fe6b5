"""What a page's elements say of quotations and their speakers; bylines under Markdown's block quotations."""

from __future__ import annotations

import pytest
from shipped import quotations

from quotes_cli.read.quoted import shown

# the page's body -> its paragraphs
SHOWN = {
    "q": ("<p><q>The dam holds,</q> said Ines Vega.</p>", ["“The dam holds,” said Ines Vega."]),
    "q with marks": ("<p><q>“The dam holds,”</q> said Ines Vega.</p>", ["“The dam holds,” said Ines Vega."]),
    "q in marks": ('<p>"<q>The dam holds,</q>" said Ines Vega.</p>', ['"The dam holds," said Ines Vega.']),
    "q in a q": (
        "<p><q>He said <q>no</q> twice,</q> said Ines Vega.</p>",
        ["“He said ‘no’ twice,” said Ines Vega."],
    ),
    "empty q": ("<p>A <q></q> gap.</p>", ["A gap."]),
    "blockquote with a footer": (
        "<blockquote><p>The dam holds.</p><footer>Ines Vega</footer></blockquote>",
        ["> The dam holds.\n> — Ines Vega"],
    ),
    "blockquote with a cite": (
        "<blockquote>The dam holds. <cite>Ines Vega, engineer</cite></blockquote>",
        ["> The dam holds.\n> — Ines Vega, engineer"],
    ),
    "figure": (
        "<figure><blockquote><p>The dam holds.</p></blockquote><figcaption>— Ines Vega</figcaption></figure>",
        ["> The dam holds.\n> — Ines Vega"],
    ),
    "class of the name": (
        '<blockquote><p>The dam holds.</p><p class="attribution">Ines Vega</p></blockquote>',
        ["> The dam holds.\n> — Ines Vega"],
    ),
    "blockquote with marks": (
        "<blockquote><p>“The dam holds,” said Ines Vega.</p></blockquote>",
        ["“The dam holds,” said Ines Vega."],
    ),
    "caption of a picture": (
        '<p>The dam.</p><figure><img src="a.png"><figcaption>Ines Vega at the dam</figcaption></figure>',
        ["The dam.", "Ines Vega at the dam"],
    ),
}


@pytest.mark.parametrize(("body", "paragraphs"), SHOWN.values(), ids=SHOWN.keys())
def test_a_page_as_its_reader_sees_it(body: str, paragraphs: list[str]) -> None:
    assert shown(f"<html><body>{body}</body></html>", "page") == paragraphs


# a text -> words and speaker of each quotation
BYLINES = {
    "dash": ("> The dam holds.\n> — Ines Vega\n\nThe town slept.", [("The dam holds.", "Ines Vega")]),
    "dash and office": ("> The dam holds.\n>\n> — Ines Vega, engineer\n", [("The dam holds.", "Ines Vega")]),
    "two hyphens": ("> The dam holds.\n> -- Ines Vega\n", [("The dam holds.", "Ines Vega")]),
    "behind the block": ("> The dam holds.\n\n— Ines Vega\n\nThe town slept.", [("The dam holds.", "Ines Vega")]),
    "two lines": ("> The dam holds,\n> we know it.\n> — Ines Vega\n", [("The dam holds,\n> we know it.", "Ines Vega")]),
    "no name": ("> The dam holds.\n\nThe town slept.", []),
    "an answered letter": ("> Is the dam safe?\n\nIt is, as far as we know.", []),
    "a list behind it": ("> The dam holds.\n\n- Item one\n- Item two", []),
}


@pytest.mark.parametrize(("text", "expected"), BYLINES.values(), ids=BYLINES.keys())
def test_a_byline_names_who_is_quoted(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(q.quote, q.speaker) for q in quotations(text) if q.kind != "other"] == expected
