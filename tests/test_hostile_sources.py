"""What lies about itself: servers with absurd headers, archives that name one file again and again, tables whose IDs
read like one another, and tables on stdin."""

from __future__ import annotations

import io
import json
import re
import socket
import threading
from collections.abc import Iterator

import pytest
from growth import assert_linear
from test_reading_files import BOOK, HOME, SAID, article, packed, refusal

from quotes_cli.errors import InputError
from quotes_cli.read import Input, ReadOptions, read_input
from quotes_cli.read.markdown import LONGEST
from quotes_cli.records import Article

# Addresses

GOOD = b"HTTP/1.1 200 OK\r\n"
TYPE = GOOD + b"Content-Type: text/plain; "
TEXT = b"\r\n\r\n" + SAID.encode()
OLD = b"\r\n\r\n" + (f"{SAID}\n" * 9).encode("cp1252")
MOVED = b"HTTP/1.1 302 Found\r\nLocation: "
# What a server answers, and what is said of it; None where it is read all the same.
ANSWERS: dict[str, tuple[bytes, str | None]] = {
    "charset_with_nul": (TYPE + b"charset*=a\0''x" + TEXT, None),
    "charset_of_halves": (TYPE + b"charset*=utf-16''x%D8" + TEXT, None),
    **{
        f"charset_{name}": (TYPE + b"charset=" + name.encode() + OLD, None)
        for name in ("unknown", "idna", "punycode", "hex", "rot13", "undefined", "unicode_escape", "charmap", "x" * 999)
    },
    "type_of_quotes": (GOOD + b"Content-Type: " + b'a="' * 20_000 + TEXT, None),
    "length_minus_one": (GOOD + b"Content-Length: -1" + TEXT, None),
    "length_no_number": (GOOD + b"Content-Length: abc" + TEXT, None),
    "length_huge": (GOOD + b"Content-Length: 9999999999999999999999" + TEXT, "sent only a part of it; try again"),
    "chunk_below_zero": (GOOD + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nab", "cannot be fetched (read length"),
    "chunk_no_number": (GOOD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nab", "cannot be fetched (IncompleteRead"),
    "packed_unknown": (GOOD + b"Content-Encoding: br" + TEXT, None),
    "packed_untrue": (GOOD + b"Content-Encoding: gzip" + TEXT, None),
    "no_status": (b"HTTP/1.1 abc OK\r\n\r\n", "cannot be fetched (HTTP/1.1 abc OK)"),
    "no_web_server": (b"SSH-2.0\r\n", "cannot be fetched (SSH-2.0)"),
    "nothing": (b"", "cannot be fetched (Remote end closed"),
    "headers_without_end": (GOOD + b"A: b\r\n" * 200 + TEXT, "got more than 100 headers"),
    "to_a_file": (MOVED + b"file:///etc/passwd\r\n\r\n", "it leads to an address that is no web page; save it from"),
    "to_a_server_of_files": (MOVED + b"ftp://127.0.0.1/a\r\n\r\n", "it leads to an ftp address, which is not followed"),
    "to_itself": (MOVED + b"/to_itself\r\n\r\n", "it sends one round in a circle; save it from your browser"),
    "to_nowhere": (b"HTTP/1.1 300 Choose\r\n\r\n", "it says that the page is elsewhere, and not where; save it"),
    "to_half_an_address": (MOVED + b"http://[::1/\r\n\r\n", "cannot be fetched (Invalid IPv6 URL)"),
    "to_no_port": (MOVED + b"http://a:b/\r\n\r\n", "cannot be fetched (nonnumeric port"),
    "to_a_long_name": (MOVED + b"http://" + b"a" * 300 + b"/\r\n\r\n", "cannot be fetched"),
}


def answer(connection: socket.socket) -> None:
    with connection:
        path = connection.recv(65536).split()[1].decode()
        connection.sendall(ANSWERS[path[1:]][0])
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(1)
        connection.recv(1)


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=[connection], daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}"
    server.close()


@pytest.mark.parametrize("kind", ANSWERS)
def test_absurd_servers(site: str, kind: str) -> None:
    name = f"{site}/{kind}"
    says = ANSWERS[kind][1]
    (found,) = read_input(Input(name, address=name))
    if says is None:
        assert isinstance(found, Article), found
        assert found.text.startswith(SAID)
    else:
        assert isinstance(found, InputError)
        assert str(found).startswith(f"{name}: ")
        assert says in str(found)
        assert "\n" not in str(found)


# Archives


def test_one_chapter_again_and_again() -> None:
    """A book of 8 KB whose contents name one chapter of 900 KB forty times: 36 MB."""
    chapter = f"<html><body>{f'<p>{SAID}</p>' * 12_000}</body></html>"
    again = '<itemref idref="a"/>' * 40
    listed = BOOK["OPS/book.opf"].replace('<itemref idref="a"/>', again)
    book = packed({**BOOK, "OPS/one.xhtml": chapter, "OPS/book.opf": listed})
    assert len(book) < 10_000
    assert "unpacks to more than 200 times its size" in refusal(book, "a.epub")


# Tables


@pytest.mark.parametrize(
    "ids", [["a#3", "a", "a"], ["a", "a", "a#2", "a#2#3"], ["a", "a#3", "a", "a#3#3", "a"], ["2", ""]]
)
def test_no_two_rows_have_one_name(ids: list[str]) -> None:
    rows = "\n".join(json.dumps({"id": name, "text": SAID}) for name in ids)
    found = list(read_input(Input("j.jsonl"), ReadOptions(id_column="id"), io.BytesIO(rows.encode())))
    names = [item.source for item in found if isinstance(item, Article)]
    assert len(set(names)) == len(names) == len(ids)
    assert names[0] == f"j.jsonl#{ids[0]}"


def test_halves_of_characters_are_replaced_wherever_they_are() -> None:
    row = b'{"id": "a\\ud800\\u0000", "text": "b\\udfff", "title": "c\\ud800", "author": ["d\\ud800"], '
    row += b'"date": "e\\u0000"}'
    (found,) = read_input(Input("j.jsonl"), ReadOptions(id_column="id"), io.BytesIO(row))
    assert found == Article("j.jsonl#a\ufffd\ufffd", "b\ufffd", "c\ufffd", "e\ufffd", "d\ufffd")
    assert article(f"Subject: x\nFrom: a\0b\n\n{SAID}", "a.eml").author == "a\ufffdb"


def test_no_error_of_a_codec_breaks_the_line() -> None:
    """Where a codec gives no place: until Python 3.13 that of punycode, and that of IDNA."""
    for text, encoding in (("a-\n\n", "punycode"), ("xn--\n\n", "idna")):
        assert re.fullmatch(
            rf"a.txt: not valid {encoding} (\(.+\)|at byte \d+); .+", refusal(text, "a.txt", encoding=encoding)
        )


# Markdown


@pytest.mark.parametrize("unit", ["![", "[x]["])
def test_paragraphs_of_brackets(unit: str) -> None:
    """What is longer than `LONGEST` is not looked through for links, which takes time by the square of its length."""

    def read(length: int) -> str:
        return article(f"{unit * (length // len(unit))}\n\n" * 3 + SAID, "a.md").text

    assert read(LONGEST).endswith(SAID + "\n")
    assert_linear(lambda length: lambda: read(length), LONGEST)
    links = "[a](http://example.org) " * 150
    assert "http" not in article(links, "a.md").text


# Tables on stdin


ROWS = f'{{"id": 7, "Text": "{SAID}"}}\n{{"id": 8, "Text": "{HOME}"}}\n'


@pytest.mark.parametrize("start", ["", "\ufeff", " \r\n"])
def test_json_lines_are_known_by_their_beginning(start: str) -> None:
    found = list(read_input(Input("-"), ReadOptions(), io.BytesIO((start + ROWS).encode())))
    assert [(item.source, item.text) for item in found if isinstance(item, Article)] == [
        (f"-#{1 + start.count(chr(10))}", SAID),  # the number of the line
        (f"-#{2 + start.count(chr(10))}", HOME),
    ]


def test_json_lines_are_known_by_the_column_that_is_named() -> None:
    options = ReadOptions(text_column="quote", id_column="id")
    rows = f'{{"id": 7, "quote": "{SAID}"}}\n'.encode()
    assert [item.source for item in read_input(Input("-"), options, io.BytesIO(rows)) if isinstance(item, Article)] == [
        "-#7"
    ]


@pytest.mark.parametrize(
    "text", ["{", '{"text": 1}', '{"name": "x"}', '{"text": "x"', "{" * 9999, '{"text":' * 9999, '["text", "x"]']
)
def test_what_may_be_anything_is_text(text: str) -> None:
    assert article(text, "-").text == text
    assert article(ROWS, "a.txt").text == ROWS
    assert article(ROWS, "-", format="text").text == ROWS
