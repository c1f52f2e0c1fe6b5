"""E-mail with headers and parts without end is read or told, in time, and no date is too absurd to read the rest."""

from __future__ import annotations

import time

import pytest
from test_reading_files import SAID, article, refusal

SWIFT = 2.0  # seconds of the processor; each took 3 to 60 before headers were bounded
BODY = f"\n\n{SAID}\n"
HEADERS = {
    "encoded_words_in_subject": "Subject: " + "=?utf-8?q?a?= " * 14_000,
    "words_in_sender": "Subject: x\nFrom: " + "a " * 25_000,
    "quotes_in_sender": "Subject: x\nFrom: " + '"' * 20_000,
    "comments_in_sender": "Subject: x\nFrom: " + "(" * 20_000,
    "dots_in_sender": "Subject: x\nFrom: " + "." * 50_000,
    "groups_in_sender": "Subject: x\nFrom: " + "a: b;" * 10_000,
    "parameters": "Subject: x\nContent-Type: text/plain" + "; a=b" * 10_000,
    "semicolons": "Subject: x\nContent-Type: text/plain" + ";" * 20_000,
    "quotes_in_type": "Subject: x\nContent-Type: text/plain; charset=" + '"' * 20_000,
    "comments_in_type": "Subject: x\nContent-Type: text/plain " + "(" * 20_000,
    "quotes_in_disposition": "Subject: x\nContent-Disposition: inline" + ';a="' * 8_000,
}


@pytest.mark.parametrize("kind", HEADERS)
def test_headers_without_end(kind: str) -> None:
    began = time.process_time()
    assert SAID in article(HEADERS[kind] + BODY, "a.eml").text
    assert time.process_time() - began < SWIFT


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
    many = "--x\nContent-Type: text/plain\n\na\n" * 20_000
    began = time.process_time()
    assert "an e-mail of more than 300 parts; save the one" in refusal(f"{head}{many}--x--\n", "a.eml")
    assert time.process_time() - began < SWIFT
    nested = "".join(f"Content-Type: multipart/mixed; boundary=x{n}\n\n--x{n}\n" for n in range(200))
    assert article(f"Subject: x\n{nested}\n{SAID}", "a.eml").text == SAID
