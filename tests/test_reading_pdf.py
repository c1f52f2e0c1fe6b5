"""PDFs drawn here in, their text in reading order out."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes_cli.errors import InputError
from quotes_cli.read import Input, ReadOptions, read_input
from quotes_cli.read.layout import HYPHEN, Page, Run, paragraphs
from quotes_cli.records import Article

canvas = pytest.importorskip("reportlab.pdfgen.canvas")
pytest.importorskip("pypdfium2")

LEFT = [
    "“We will rebuild the har-",
    "bour,” Ana Ortiz said on",
    "Tuesday. The well-known",
    "fish market stays, and the",
]
RIGHT = [
    "council agreed with her.",
    "    “It is our home,” said",
    "Tom Reed, a fisherman of",
    "sixty, who has well-",
    "known boats.",
]
READ = (
    "“We will rebuild the harbour,” Ana Ortiz said on Tuesday. The well-known fish market stays, and the council "
    "agreed with her."
)
ALSO = "“It is our home,” said Tom Reed, a fisherman of sixty, who has well-known boats."


def pdf(draw: Callable[[Any], None], **options: Any) -> bytes:
    stream = io.BytesIO()
    page = canvas.Canvas(stream, pagesize=(595, 842), **options)
    draw(page)
    page.save()
    return stream.getvalue()


def lines(page: Any, texts: Sequence[str], x: float, y: float, size: float = 10) -> None:
    page.setFont("Times-Roman", size)
    for number, text in enumerate(texts):
        page.drawString(x + (10 if text.startswith(" ") else 0), y - number * 1.2 * size, text.strip())


def read(data: bytes, **options: object) -> Article:
    [found] = read_input(Input("a.pdf"), ReadOptions(**options), io.BytesIO(data))  # type: ignore[arg-type]
    if isinstance(found, InputError):
        raise found
    return found


def test_one_column() -> None:
    found = read(pdf(lambda page: lines(page, [*LEFT, *RIGHT], 50, 700)))
    assert found.text == f"{READ}\n\n{ALSO}\n"


@pytest.mark.parametrize("across_first", [True, False])
def test_two_columns_below_a_headline(across_first: bool) -> None:
    def draw(page: Any) -> None:
        page.setTitle("Harbour to be rebuilt")
        if across_first:
            lines(page, ["The harbour is to be rebuilt by summer"], 50, 740, 24)
        for left, right in zip([*LEFT, ""], RIGHT, strict=True):  # row by row, as some programs draw
            row = RIGHT.index(right)
            lines(page, [left], 50, 700 - 12 * row)
            lines(page, [right], 300, 700 - 12 * row)
        if not across_first:
            lines(page, ["The harbour is to be rebuilt by summer"], 50, 740, 24)

    found = read(pdf(draw))
    assert found.text == f"The harbour is to be rebuilt by summer\n\n{READ}\n\n{ALSO}\n"
    assert found.title == "Harbour to be rebuilt"
    assert found.published is None


def test_three_columns() -> None:
    def draw(page: Any) -> None:
        for number, word in enumerate(("one", "two", "three")):
            lines(
                page,
                [f"{word} says here that", "the whole column is", f"read before {word}.", ""],
                50 + 170 * number,
                700,
            )

    assert read(pdf(draw)).text == (
        "one says here that the whole column is read before one.\n\n"
        "two says here that the whole column is read before two.\n\n"
        "three says here that the whole column is read before three.\n"
    )


def test_running_heads_and_page_numbers() -> None:
    def draw(page: Any) -> None:
        for number in range(1, 5):
            lines(page, ["The Daily Gull"], 50, 815, 8)
            lines(page, ["4 March 2025"], 480, 815, 8)
            lines(page, [f"Article {number} ends in the middle of", "a sentence that goes on"], 50, 700)
            lines(page, [f"Page {number} of 4" if number % 2 else str(number)], 290, 25, 8)
            page.showPage()

    found = read(pdf(draw)).text
    assert "Gull" not in found
    assert "March" not in found
    assert "Page" not in found
    assert found.startswith("Article 1 ends in the middle of a sentence that goes on Article 2 ends")


def test_broken_words() -> None:
    def text(*texts: str) -> str:
        page = Page(
            800, [Run(text, 50, 700 - 12 * n, 50 + 5 * len(text), 710 - 12 * n) for n, text in enumerate(texts)]
        )
        return "\n\n".join(paragraphs([page]))

    assert text(f"the har{HYPHEN}", "bour of the town") == "the harbour of the town"
    assert text("the har-", "bour of the town") == "the harbour of the town"
    assert text("a well-known man and well-", "known boats") == "a well-known man and well-known boats"
    assert text("the out-of-", "town visitors came") == "the out-of-town visitors came"
    assert text("a two-", "year-old roof") == "a two-year-old roof"
    assert text("a wall-", "to-wall carpet") == "a wall-to-wall carpet"
    assert text("a com-", "mittee-level talk") == "a committee-level talk"
    assert text("the Anglo-", "American agreement of") == "the Anglo-American agreement of"
    assert text("in the years 2019-", "2021 they said") == "in the years 2019-2021 they said"
    assert text("the price-", "setting board of") == "the price-setting board of"
    assert text(f"a storm{HYPHEN}", "battered pier and") == "a storm-battered pier and"
    assert text("a self\u2010", "governing port of") == "a self-governing port of"
    assert text("they under-", "stand each other") == "they understand each other"
    assert text("the broad-", "casting of it") == "the broadcasting of it"
    assert text("he did with-", "out any of it") == "he did without any of it"
    assert text("Mr Hutch-", "inson came in") == "Mr Hutchinson came in"
    assert text("in Kemi a Kemi-", "based firm; based there") == "in Kemi a Kemi-based firm; based there"
    assert text("THE WEEK-", "LY COURIER of") == "THE WEEKLY COURIER of"
    assert text("an anti-", "dam march of") == "an anti-dam march of"
    assert text("he paused - and then -", "went on to say") == "he paused - and then - went on to say"


def test_what_cannot_be_read() -> None:
    whole = pdf(lambda page: lines(page, LEFT, 50, 700))
    encrypt = pytest.importorskip("reportlab.lib.pdfencrypt").StandardEncryption("secret", canPrint=0)
    for data, says in (
        (b"%PDF-1.7 nonsense", "broken PDF; fetch it again"),
        (whole[:40], "broken PDF; fetch it again"),
        (pdf(lambda page: lines(page, LEFT, 50, 700), encrypt=encrypt), "wants a password; save it without one"),
        (pdf(lambda page: page.rect(50, 50, 100, 100)), "only pictures; run it through OCR"),
    ):
        with pytest.raises(InputError, match=r"^a\.pdf: ") as caught:
            read(data)
        assert says in str(caught.value)
    with pytest.raises(InputError, match="larger than 100 bytes"):
        read(whole, max_size=100)


def test_bombs() -> None:
    def draw(page: Any) -> None:
        page.setFont("Times-Roman", 10)
        text = page.beginText(50, 700)
        for _ in range(50_000):  # PDFium reads 32,767 characters of a string
            text.textOut("we will rebuild the harbour, and nobody is leaving, the mayor said on Tuesday ")
        page.drawText(text)

    whole = pdf(draw, pageCompression=1)
    with pytest.raises(InputError, match="unpacks to more than 200 times its size"):
        read(whole)


def test_damage_anywhere_is_told_in_one_line() -> None:
    whole = pdf(lambda page: lines(page, LEFT, 50, 700))
    for place in range(0, len(whole), 7):
        damaged = whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :]
        for found in read_input(Input("a.pdf"), None, io.BytesIO(damaged)):
            assert isinstance(found, Article) or (str(found).startswith("a.pdf: ") and "\n" not in str(found))


@given(
    st.lists(
        st.tuples(st.sampled_from("abcdefgh"), *[st.integers(0, 40)] * 2, st.integers(1, 30), st.integers(1, 4)),
        max_size=60,
    )
)
def test_no_word_is_lost_or_read_twice(places: list[tuple[str, int, int, int, int]]) -> None:
    runs = [Run(text, 10 * x, 15 * y, 10 * (x + wide), 15 * y + 5 * high) for text, x, y, wide, high in places]
    kept = "".join(paragraphs([Page(800, runs)]))
    # Letters that are Roman numbers stand for page numbers in the margin, and are dropped there.
    assert sorted(kept.replace(" ", "").replace("c", "").replace("d", "")) == sorted(
        run.text for run in runs if run.text not in "cd"
    )


def test_pages_with_very_many_runs() -> None:
    runs = [Run("word", 50 + 100 * (n % 5), 800 - n // 5, 80 + 100 * (n % 5), 801 - n // 5) for n in range(20_000)]
    assert paragraphs([Page(800, runs)])
