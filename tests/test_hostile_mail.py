"""E-mail with headers and parts without end is read or told, in time, and no date is too absurd to read the rest."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from growth import assert_linear
from test_reading_files import SAID, article, refusal

BODY = f"\n\n{SAID}\n"
#: Of so many parts; each took 3 to 60 seconds, by the square of their number, before headers were bounded.
HEADERS: dict[str, Callable[[int], str]] = {
    "encoded_words_in_subject": lambda n: "Subject: " + "=?utf-8?q?a?= " * n,
    "words_in_sender": lambda n: "Subject: x\nFrom: " + "a " * n,
    "quotes_in_sender": lambda n: "Subject: x\nFrom: " + '"' * n,
    "comments_in_sender": lambda n: "Subject: x\nFrom: " + "(" * n,
    "dots_in_sender": lambda n: "Subject: x\nFrom: " + "." * n,
    "groups_in_sender": lambda n: "Subject: x\nFrom: " + "a: b;" * n,
    "parameters": lambda n: "Subject: x\nContent-Type: text/plain" + "; a=b" * n,
    "semicolons": lambda n: "Subject: x\nContent-Type: text/plain" + ";" * n,
    "quotes_in_type": lambda n: "Subject: x\nContent-Type: text/plain; charset=" + '"' * n,
    "comments_in_type": lambda n: "Subject: x\nContent-Type: text/plain " + "(" * n,
    "quotes_in_disposition": lambda n: "Subject: x\nContent-Disposition: inline" + ';a="' * n,
}


@pytest.mark.parametrize("kind", HEADERS)
def test_headers_without_end(kind: str) -> None:
    assert SAID in article(HEADERS[kind](20_000) + BODY, "a.eml").text
    assert_linear(lambda number: lambda: article(HEADERS[kind](number) + BODY, "a.eml"), 5_000)


def test_long_headers_of_real_mail_are_read_whole() -> None:
    subject = "The harbour, " * 30
    found = article(f"Subject: {subject}\nTo: {', '.join(f'a{n}@example.org' for n in range(5000))}{BODY}", "a.eml")
    assert found.title == subject.strip()


@pytest.mark.parametrize(
    "date",
    [
        "Mon, 1 Jan 99999999999999999999 00:00:00",
        "Mon, 1 Jan 2020 00:00:00 +99999999999999",
        "Mon, 99999999999 Jan 2020 00:00:00 +0000",
        "Mon, 1 Jan 2020 99:99:99",
        "(" * 5000,
        "",
    ],
)
def test_absurd_dates_are_unknown(date: str) -> None:
    found = article(f"Subject: x\nDate: {date}{BODY}", "a.eml")
    assert (found.text, found.title, found.published) == (f"{SAID}\n", "x", None)


def test_parts_without_end() -> None:
    head = "Subject: x\nContent-Type: multipart/mixed; boundary=x\n\n"

    def told(number: int) -> str:
        many = "--x\nContent-Type: text/plain\n\na\n" * number
        return refusal(f"{head}{many}--x--\n", "a.eml")

    assert "an e-mail of more than 300 parts; save the one" in told(1_000)
    assert_linear(lambda number: lambda: told(number), 5_000)
    nested = "".join(f"Content-Type: multipart/mixed; boundary=x{n}\n\n--x{n}\n" for n in range(200))
    assert article(f"Subject: x\n{nested}\n{SAID}", "a.eml").text == SAID
