"""No input crashes it: each fault gets one clear line or is read, and the inputs beside it are done."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.language import Language
from test_cli import run

from quotes_cli.errors import InputError
from quotes_cli.language.parse import line
from quotes_cli.language.pipeline import extract_article
from quotes_cli.language.segment import segment
from quotes_cli.read import Input, ReadOptions, read_input
from quotes_cli.read.raw import read_bounded
from quotes_cli.records import Article

STORY = "“We will rebuild,” Ana Ortiz said.\n"
PDF = b"%PDF-1.4\n"


def archive(name: str, data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, data)
    return made.getvalue()


def encrypted() -> bytes:
    """A PDF that wants a password."""
    encryption = pytest.importorskip("reportlab.lib.pdfencrypt").StandardEncryption("secret")
    made = io.BytesIO()
    canvas = pytest.importorskip("reportlab.pdfgen.canvas").Canvas(made, encrypt=encryption)
    canvas.drawString(50, 500, STORY)
    canvas.save()
    return made.getvalue()


def told(result: object) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout_bytes.decode().splitlines()]  # type: ignore[attr-defined]


# name of the file, its bytes, what is said of it
REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "binary": ("a.txt", lambda: b"\x80" + random.Random(1).randbytes(4000), "this is not text"),
    "nul": ("a.txt", lambda: b'"We will," he\0 said.', "NUL character at offset 13"),
    "invalid_utf8_in_the_middle": (
        "a.txt",
        lambda: ("“We will rebuild the café,” Ana Ortiz said. " * 5).encode() + b"\xff\xfe\xfa" + STORY.encode(),
        "not valid UTF-8 at byte 245",
    ),
    "lone_surrogates": ("a.txt", lambda: STORY.encode() * 3 + b"\xed\xa0\x80", "not valid UTF-8 at byte 117"),
    "utf16_without_a_mark": ("a.txt", lambda: STORY.encode("utf-16-le"), "pass --encoding utf-16-le"),
    "half_of_utf16": ("a.txt", lambda: STORY.encode("utf-16")[:-1], "not valid utf-16-le"),
    "half_of_utf32": ("a.txt", lambda: STORY.encode("utf-32")[:-2], "not valid utf-32-le"),
    "truncated_gzip": ("a.txt.gz", lambda: gzip.compress(STORY.encode() * 99)[:-20], "ends too early"),
    "bomb_of_gzip": ("a.txt.gz", lambda: gzip.compress(b"a" * 1_900_000), "more than 200 times its size"),
    "bomb_of_docx": (
        "a.docx",
        lambda: archive("word/document.xml", b"<a>" + b" " * 1_900_000 + b"</a>"),
        "more than 200 times its size",
    ),
    "bomb_of_epub": (
        "a.epub",
        lambda: archive("META-INF/container.xml", b"<a>" + b" " * 1_900_000 + b"</a>"),
        "more than 200 times its size",
    ),
    "bomb_of_entities": (
        "a.docx",
        lambda: archive(
            "word/document.xml",
            b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;</a>',
        ),
        "declares entities",
    ),
    "broken_docx": ("a.docx", lambda: b"PK\x03\x04rubbish", "broken Word document"),
    "broken_epub": ("a.epub", lambda: archive("META-INF/container.xml", b"<a/>")[:-9], "broken e-book"),
    "broken_pdf": ("a.pdf", lambda: PDF + b"rubbish", "broken PDF"),
    "encrypted_pdf": ("a.pdf", encrypted, "wants a password"),
    "no_json": ("a.jsonl", lambda: b"{" * 99, "no line of it is a JSON object"),
    "deep_json": ("a.jsonl", lambda: b"[" * 100_000, "nested too deep"),
    "deep_json_in_a_line": ("a.jsonl", lambda: b'{"text": "a"}\n' + b'{"text": ' * 100_000, "line 2 is not valid JSON"),
    "broken_parquet": ("a.parquet", lambda: b"PAR1rubbish", "broken Parquet"),
    "page_without_text": ("a.html", lambda: b"<html></html>", "no text in this page"),
    "too_large": ("a.txt", lambda: b"a" * 2_000_001, "larger than 2 MB"),
}


@pytest.mark.parametrize("fault", REFUSED)
def test_refused_in_one_line_and_the_others_done(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake_pipeline: list[str | None]
) -> None:
    name, make, says = REFUSED[fault]
    monkeypatch.chdir(tmp_path)
    for good in ("0.txt", "9.txt"):
        Path(good).write_text(STORY, "utf-8")
    Path(name).write_bytes(make())
    result = run("extract", "0.txt", name, "9.txt", "-f", "jsonl", "--max-size", "2MB")
    assert result.exit_code == 1
    assert [row["source"] for row in told(result)] == ["0.txt", "9.txt"]
    assert result.stderr.startswith(f"quotes: {name}: ")
    assert says in result.stderr
    assert ";" in result.stderr or "pass" in result.stderr or "is it" in result.stderr, "a remedy"
    assert result.stderr.count("\n") == 1
    strict = run("extract", "0.txt", name, "9.txt", "-f", "jsonl", "--max-size", "2MB", "--strict")
    assert strict.exit_code == 1
    assert strict.stderr == result.stderr
    assert [row["source"] for row in told(strict)] == ["0.txt"]


# What is an article all the same, and how many quotations it has by the real pipeline (None: whatever it finds).
READ: dict[str, tuple[bytes, int | None]] = {
    "empty": (b"", 0),
    "one_mark": (b'"', 0),
    "one_letter": (b"a", 0),
    "only_marks": ("“‘’”«»'\"„‚".encode() * 40, None),
    "only_newlines": (b"\n" * 20_000, 0),
    "only_carriage_returns": (b"\r" * 20_000, 0),
    "only_spaces": (b" " * 50_000, 0),
    "only_byte_order_mark": (b"\xef\xbb\xbf", 0),
    "utf16": (STORY.encode("utf-16"), 1),
    "utf32": (STORY.encode("utf-32"), 1),
    "bidi_controls": ("“We \u202ewill\u202c \u2066rebuild\u2069,” Ana Ortiz said.\u200f".encode(), 1),
    "zalgo": (f"“We will {'x' + chr(0x300) * 500} rebuild,” A{chr(0x308) * 500}na Ortiz said.".encode(), 1),
    "control_characters": (bytes(range(1, 32)) + STORY.encode(), 1),
    "noncharacters": ("\ufffe\uffff\U0010ffff".encode() + STORY.encode(), 1),
    "one_word": (b'"' + b"a" * 50_000 + b'," he said.', None),
    "nested_marks": ("“".encode() * 300 + b"a" + "”".encode() * 300, None),
    "marks_in_turn": (b"\"'" * 300, None),
}


@pytest.mark.parametrize("fault", READ)
def test_read_to_the_end(fault: str, nlp: Language) -> None:
    data, count = READ[fault]
    (article,) = read_input(Input("a.txt"), ReadOptions(), io.BytesIO(data))
    assert isinstance(article, Article), article
    found = extract_article(article, nlp, nested=True, block_quotes=True)
    assert count is None or len(found) == count
    assert all(article.text[quotation.start : quotation.end] == quotation.quote for quotation in found)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("“" * 10_000 + "a" + "”" * 10_000, 1),
        ("“‘" * 5_000 + "a" + "’”" * 5_000, None),
        ("“" * 20_000, 1),
        ("\"'" * 10_000, None),
        ("“We will.” " * 10_000, 10_000),
        ("“One of it.\n\n" * 5_000, 1),
        ("> " * 50_000 + "a", None),
    ],
    ids=["nested", "nested_in_turn", "only_opening", "in_turn", "10,000_quotations", "run_on", "block_quotes"],
)
def test_marks_without_end_are_paired(text: str, count: int | None) -> None:
    spans = segment(text, block_quotes=True)
    assert count is None or len(spans) == count


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "table><tr><td", "ul><li"])
def test_100000_nested_tags(tag: str) -> None:
    page = f"<html><body>{f'<{tag}>' * 100_000}<p>{STORY}</p>".encode()
    (found,) = read_input(Input("a.html"), ReadOptions(), io.BytesIO(page))
    text = str(found) if isinstance(found, InputError) else found.text
    assert text in (f"{STORY}", "a.html: there is no text in this page; save the article with its text")


def test_broken_bytes_of_pages_that_say_utf8_are_read_as_browsers_do() -> None:
    page = "<meta charset=utf-8><p>“We will rebuild the café,” said Zoë. “Yes.” </p>".encode() + b"<p>\xff</p>"
    (found,) = read_input(Input("a.html"), ReadOptions(), io.BytesIO(page))
    assert isinstance(found, Article)
    assert found.text == "“We will rebuild the café,” said Zoë. “Yes.”\n\n\ufffd\n"


def test_a_paragraph_longer_than_the_model_takes(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    """A book on one line, in miniature: it is read in windows and pieces, and its last words count as its first do."""
    monkeypatch.setattr(nlp, "max_length", 2_000)
    monkeypatch.setattr(line, "WINDOW", 1_000)
    filler = "The gulls sat on the wall and the boats lay in the mud. " * 200
    text = f"“We will rebuild,” Ana Ortiz said. {filler}“We never left,” Bo Lee said."
    found = extract_article(Article("a.txt", text), nlp)
    assert [(q.quote, q.speaker) for q in found] == [("We will rebuild,", "Ana Ortiz"), ("We never left,", "Bo Lee")]


# Files that are no plain files


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only POSIX has named pipes")
def test_odd_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake_pipeline: list[str | None]) -> None:
    monkeypatch.chdir(tmp_path)
    Path("articles/below").mkdir(parents=True)
    Path("articles/a.txt").write_text(STORY, "utf-8")
    Path("articles/below/up").symlink_to("..")  # a loop of folders
    Path("articles/loop.txt").symlink_to("loop.txt")
    Path("articles/nowhere.txt").symlink_to("missing")
    os.mkfifo("articles/pipe.txt")
    result = run("extract", "articles", "-f", "jsonl")
    assert (result.exit_code, result.stderr) == (0, "")  # what a folder holds beside files is passed over
    assert [row["source"] for row in told(result)] == ["articles/a.txt"]
    result = run("extract", "articles/loop.txt", "articles/nowhere.txt", "articles/a.txt", "-f", "jsonl")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "quotes: articles/loop.txt: cannot be read (Too many levels of symbolic links); check the name and the disk",
        "quotes: articles/nowhere.txt: no such file or folder; check the name",
    ]
    assert [row["source"] for row in told(result)] == ["articles/a.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only POSIX has named pipes")
def test_a_pipe_that_never_ends_is_cut_at_max_size(tmp_path: Path, fake_pipeline: list[str | None]) -> None:
    os.mkfifo(tmp_path / "endless")
    ended = threading.Event()

    def feed() -> None:
        try:
            with (tmp_path / "endless").open("wb") as pipe:
                while True:
                    pipe.write(b"a" * 65536)
        except BrokenPipeError:
            ended.set()

    threading.Thread(target=feed, daemon=True).start()
    result = run("extract", tmp_path / "endless", "--max-size", "1MB")
    assert (result.exit_code, result.stdout.count("\n")) == (1, 1)
    assert (
        result.stderr == f"quotes: {tmp_path / 'endless'}: larger than 1 MB; raise --max-size to read it, or split it\n"
    )
    assert ended.wait(30)


def test_a_file_that_grows_while_it_is_read() -> None:
    class Growing(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            return b"a" * size

    with pytest.raises(InputError, match="larger than 5 MB; raise --max-size"):
        read_bounded(Growing(), "a.txt", 5_000_000)


def test_a_file_that_disappears_or_fails_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake_pipeline: list[str | None]
) -> None:
    """Found in its folder, gone when it is opened; and a disk that fails under the second."""
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "b.txt", "c.txt"):
        Path(name).write_text(STORY, "utf-8")
    plain = Path.open

    def opened(self: Path, *args: object, **options: object) -> object:
        if self.name == "a.txt" and self.exists():
            self.unlink()
        if self.name == "b.txt":
            raise OSError(5, "Input/output error")
        return plain(self, *args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", opened)
    result = run("extract", ".", "-f", "jsonl")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "quotes: ./a.txt: no such file or folder; check the name",
        "quotes: ./b.txt: cannot be read (Input/output error); check the name and the disk",
    ]
    assert [row["source"] for row in told(result)] == ["./c.txt"]


# Root may read everything, unless it gives that up: CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH leave the bounding set.
AS_ANYBODY = """
import ctypes, os, sys
prctl = ctypes.CDLL(None, use_errno=True).prctl
if prctl(24, 1, 0, 0, 0) or prctl(24, 2, 0, 0, 0): sys.exit(77)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_no_permission(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(STORY, "utf-8")
    (tmp_path / "a.txt").chmod(0)
    (tmp_path / "closed").mkdir(mode=0)
    script = [str(Path(__file__).with_name("fake_quotes.py")), "extract"]
    before = ["-c", AS_ANYBODY] if os.geteuid() == 0 else []
    command = [sys.executable, *before, *script]
    result = subprocess.run([*command, "a.txt", "b.txt", "closed"], cwd=tmp_path, capture_output=True, encoding="utf-8")
    if result.returncode == 77:
        pytest.skip("root cannot give up here what lets it read everything")
    assert result.returncode == 1
    assert result.stderr.splitlines() == [
        "quotes: a.txt: no permission to read it; change its rights or run as its owner",
        "quotes: closed: no permission to read it; change its rights or run as its owner",
    ]
    assert [line.partition(",")[0] for line in result.stdout.splitlines()] == ["source", "b.txt"]
    result = subprocess.run(
        [*command, "b.txt", "-o", "closed/out.csv"], cwd=tmp_path, capture_output=True, encoding="utf-8"
    )
    assert (result.returncode, result.stdout) == (1, "")
    assert (
        result.stderr == "quotes: closed/out.csv: cannot be written (Permission denied); "
        "change the rights there, or choose another place\n"
    )


NAMES = [
    b"new\nline.txt",
    b"\x1b]0;title\x07.txt",
    b"tab\tand\rreturn.txt",
    b"\xff\xfe.txt",
    "\u202egnp.txt".encode(),
    b"[red]markup[-red].txt",
    b"=1+1.txt",
    b" .txt",
    b"a" * 251 + b".txt",
]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere file systems refuse such names")
def test_names_of_any_bytes(tmp_path: Path) -> None:
    """Each is read from its folder and by itself, and one that is missing is told on one line that acts on nothing."""
    folder = os.fsencode(tmp_path)
    for name in NAMES:
        with open(os.path.join(folder, name), "wb") as file:
            file.write(STORY.encode())
    command = [sys.executable, str(Path(__file__).with_name("fake_quotes.py")), "extract", "-f", "jsonl"]
    whole = subprocess.run([*command, "."], cwd=tmp_path, capture_output=True)
    each = subprocess.run([*command, "--", *NAMES], cwd=tmp_path, capture_output=True)
    assert (whole.returncode, whole.stderr, each.returncode, each.stderr) == (0, b"", 0, b"")
    for result, before in ((whole, b"./"), (each, b"")):
        sources = [json.loads(line)["source"] for line in result.stdout.decode().splitlines()]
        assert {source.encode("utf-8", "surrogateescape") for source in sources} == {before + name for name in NAMES}
    missing = [b"x" + name for name in NAMES if len(name) < 200] + [b"a" * 300]
    result = subprocess.run([*command, "--", *missing], cwd=tmp_path, capture_output=True)
    assert (result.returncode, result.stdout) == (1, b"")
    lines = result.stderr.decode("utf-8").split("\n")
    assert len(lines) == len(missing) + 1
    assert all(line.startswith("quotes: ") and line.isprintable() for line in lines[:-1])
