"""The options of reading on the command line, texts saved, and addresses fetched from a server of our own."""

from __future__ import annotations

import csv
import gzip
import io
import os
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from factory import read_article
from typer.testing import CliRunner, Result

from quotes_cli.app import cli
from quotes_cli.commands.texts import text_name
from quotes_cli.errors import InputError
from quotes_cli.read import Input, ReadOptions, address, find_inputs

STORY = "“We will,” Ana Ortiz said.\n"
PAGE = f"<!doctype html><html><body><p>{STORY}</p></body></html>"


def run(*arguments: object, input: str | bytes | None = None) -> Result:
    result = CliRunner().invoke(cli.app, ["extract", *map(str, arguments)], input=input)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def sources(result: Result) -> list[str]:
    return [row["source"] for row in csv.DictReader(io.StringIO(result.stdout_bytes.decode(), newline=""))]


pytestmark = pytest.mark.usefixtures("fake_pipeline")


def test_any_mix(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    (tmp_path / "b.csv").write_text(f'id,text\n7,"{STORY}"\n8,"{STORY}"\n', "utf-8")
    (tmp_path / "c.txt.gz").write_bytes(gzip.compress(STORY.encode()))
    (tmp_path / "d.docx").write_bytes(b"PK broken")
    result = run(tmp_path, tmp_path / "b.csv", "-", "--id-column", "id", input=PAGE)
    assert sources(result) == [
        f"{tmp_path}/a.html",
        f"{tmp_path}/c.txt.gz",
        f"{tmp_path}/b.csv#7",
        f"{tmp_path}/b.csv#8",
        "-",
    ]
    assert result.exit_code == 1
    assert result.stderr.startswith(f"quotes: {tmp_path}/d.docx: broken Word document")
    assert result.stderr.count("\n") == 1


def test_options(tmp_path: Path) -> None:
    arguments = ("--input-format", "jsonl", "--text-column", "x", "--raw-cells")
    assert sources(run(*arguments, input='{"x": "“Yes,” she said."}')) == ["-#1"]
    result = run("--max-size", "1k", input="a" * 1001)
    assert (result.exit_code, sources(result)) == (1, [])
    assert "larger than 1 KB; raise --max-size" in result.stderr
    for arguments, says in (
        (["--max-size", "lots"], "--max-size: 'lots' is no size"),
        (["--input-format", "doc"], "--input-format: there is no format 'doc'; one of auto, text"),
        (
            ["--input-format", "pdf", "--text-column", "x"],
            "--text-column, --id-column, --text-format and --keep are for tables",
        ),
        (["--save-text", __file__], "is no folder"),
    ):
        result = run(*arguments, "-", input=STORY)
        assert (result.exit_code, result.stdout) == (2, "")
        assert says in result.stderr


def test_save_text(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text(f'id,text\n../../x,"{STORY}"\n/etc/passwd,"two\r\nlines “x”"\n', "utf-8")
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    folder = tmp_path / "texts" / "deep"
    result = run(tmp_path / "a.html", tmp_path / "b.csv", "--id-column", "id", "--save-text", folder)
    assert (result.exit_code, result.stderr) == (0, "")
    rows = list(csv.DictReader(io.StringIO(result.stdout_bytes.decode(), newline="")))
    assert len(os.listdir(folder)) == 3
    for row in rows:
        text = (folder / text_name(row["source"])).read_bytes().decode("utf-8")
        assert text[int(row["start"]) : int(row["end"])] == row["quote"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "b.csv", "texts"]
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    run(tmp_path / "a.html", "--save-text", folder)
    assert set(before) == set(folder.iterdir())


def test_saving_follows_no_link(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("old")
    (tmp_path / text_name("-")).symlink_to(tmp_path / "precious")
    result = run("--save-text", tmp_path, input=STORY)
    assert result.exit_code == 1
    assert "is a link" in result.stderr
    assert (tmp_path / "precious").read_text() == "old"


@pytest.mark.parametrize(
    "source",
    ["-", "", "..", "../..", "/", "a/b/c.pdf", "C:\\x\\con", "con.txt", ".hidden", "a\nb\x1b[31m", "é" * 500, "𝕏" * 500,
     "https://example.org/a?b=../c", "a.csv#../../etc/passwd", "\udcff", "a. ", "nul\0"],
)  # fmt: skip
def test_names_of_texts_are_safe(source: str) -> None:
    name = text_name(source)
    assert not set(name) & set('/\\:*?"<>|\0\n\x1b# ')
    assert not name.startswith(".")
    assert name.partition(".")[0].lower() not in {"con", "nul"}
    assert len(name.encode()) <= 255
    assert name != text_name(source + "x")


# Addresses


class Server(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = self.path
        if path == "/moved":
            return self.answer(302, b"", Location="/page")
        if path == "/file":
            return self.answer(302, b"", Location="file:///etc/passwd")
        if path == "/loop":
            return self.answer(302, b"", Location="/loop")
        if path == "/cut":
            return self.answer(200, b"short", **{"Content-Length": "100"})
        if path == "/slow":
            self.answer(200, b"", **{"Content-Length": "100"})
            for _ in range(40):
                time.sleep(0.1)
                self.wfile.write(b"a")
            return None
        if path == "/page":
            return self.answer(200, PAGE.encode("cp1252"), **{"Content-Type": "text/html; charset=windows-1252"})
        if path == "/packed":
            headers = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
            return self.answer(200, gzip.compress(PAGE.encode()), **headers)
        if path == "/rows":
            return self.answer(200, b"text\nhello\n", **{"Content-Type": "text/csv"})
        return self.answer(404, b"no")

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def get(name: str, **options: object) -> str:
    [item] = find_inputs([name])
    assert isinstance(item, Input)
    return read_article(item, ReadOptions(**options)).text  # type: ignore[arg-type]


def test_addresses(site: str) -> None:
    for path in ("/page", "/moved", "/packed"):
        assert get(site + path) == STORY
    assert get(f"{site}/rows") == "hello"
    result = run(f"{site}/page", f"{site}/nothing")
    assert sources(result) == [f"{site}/page"]
    assert (
        result.stderr == f"quotes: {site}/nothing: the server answers 404: there is no such page; check the address\n"
    )


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/file", "it leads to an address that is no web page; save it"),
        ("/loop", "it sends one round in a circle; save it"),
        ("/cut", "sent only a part of it"),
    ],
)
def test_bad_servers(site: str, path: str, says: str) -> None:
    with pytest.raises(InputError, match=says) as caught:
        get(site + path)
    assert "\n" not in str(caught.value)


def test_limits_of_addresses(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="larger than 20 bytes"):
        get(f"{site}/page", max_size=20)
    monkeypatch.setattr(address, "MAX_BYTES", 30)
    with pytest.raises(InputError, match="larger than 30 bytes; save it from your browser and read the file"):
        get(f"{site}/page")
    with pytest.raises(InputError, match=r"no answer within 0\.5 seconds"):
        address.fetch("x", f"{site}/slow", ReadOptions(), 0.5)


@pytest.mark.parametrize("name", ["http://127.0.0.1:1/x", "http://", "https://[::1", "http://a b/", "http://\n/x"])
def test_addresses_that_lead_nowhere(name: str) -> None:
    with pytest.raises(InputError, match="cannot be fetched"):
        get(name)


def test_only_addresses_are_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address, "fetch", lambda *_: pytest.fail("fetched"))
    for name in ("ftp://example.org/x", "file:///etc/passwd", "example.org", "xhttp://a"):
        [item] = find_inputs([name])
        assert isinstance(item, Input)
        assert item.address is None
