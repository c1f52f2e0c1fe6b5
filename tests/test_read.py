"""Bytes and names in, articles or clear lines out."""

from __future__ import annotations

import io
import os
import threading
from pathlib import Path

import pytest
from factory import read_article
from hypothesis import given
from hypothesis import strategies as st

from quotes_cli.errors import InputError, UsageError
from quotes_cli.read import Input, find_inputs, read_input
from quotes_cli.read.encoding import check_encoding, decode, guess_encoding

STORY = (
    "“We will rebuild the harbour,” Jesús Muñoz said on Tuesday.\r\n"
    "“It’s our home — nobody’s leaving.”\r\n\r\nThe mayor of Málaga, Søren Åberg, agreed; it costs £5.\r\n"
)


def names(found: list[Input | InputError]) -> list[str]:
    return [item.name if isinstance(item, Input) else f"! {item}" for item in found]


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-32-le", b"\xff\xfe\x00\x00"),
        ("utf-32-be", b"\x00\x00\xfe\xff"),
        ("cp1252", b""),
        ("mac_roman", b""),
    ],
)
@pytest.mark.parametrize("times", [1, 40])
def test_decodes_what_articles_come_in(encoding: str, mark: bytes, times: int) -> None:
    assert decode(mark + (STORY * times).encode(encoding), "a.txt") == STORY * times


@pytest.mark.parametrize(
    ("encoding", "story"),
    [
        ("gb18030", "“We will rebuild,” Wang Fang said on Tuesday. “It’s our home.” The minister, 王毅, agreed.\n"),
        (
            "shift_jis",
            "“We will rebuild,” Haruka Abe said on Tuesday. “It’s our home.” 東京の市長 agreed, 毎日新聞 said.\n",
        ),
        ("cp1251", "“We will rebuild,” Ольга Петрова сказала во вторник, and the mayor agreed: “Это наш дом”.\n"),
    ],
)
def test_guesses_by_statistics(encoding: str, story: str) -> None:
    assert decode(story.encode(encoding), "a.txt") == story


def test_ties_go_to_western_encodings() -> None:
    assert guess_encoding("“Yes,” said Renée. It’s fine — really.".encode("cp1252")) == "cp1252"


def test_encoding_forces() -> None:
    assert decode("“naïve”".encode("cp437", "replace"), "a.txt", "cp437") == "?naïve?"
    assert decode("\ufeffYes".encode("utf-16-le"), "a.txt", "utf-16-le") == "Yes"


def test_only_a_leading_mark_is_dropped() -> None:
    assert decode(b"\xef\xbb\xbf", "a.txt") == ""
    assert decode("\ufeff\ufeffa\ufeff".encode(), "a.txt") == "\ufeffa\ufeff"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_utf8_is_kept_to_the_character(text: str) -> None:
    data = text.encode()
    if text.startswith(("\ufeff", "%PDF", "PK", "SQLite")):
        return
    assert decode(data, "a.txt") == text


@given(st.binary(max_size=300))
def test_any_bytes_decode_or_are_refused_in_one_line(data: bytes) -> None:
    try:
        text, refusal = decode(data, "a.txt"), None
    except InputError as error:
        text, refusal = "", str(error)
    assert "\0" not in text
    assert refusal is None or (refusal.startswith("a.txt: ") and "\n" not in refusal)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"a\0b", "not text (NUL character at offset 1)"),
        (b"\xff\0b", "not text (NUL byte at 1)"),
        (STORY.encode("utf-16-le"), "pass --encoding utf-16-le"),
        (STORY.encode("utf-16-be"), "pass --encoding utf-16-be"),
        (STORY.encode("utf-32-le"), "pass --encoding utf-32-le"),
        (STORY.encode("utf-32-be"), "pass --encoding utf-32-be"),
        ("“We will.” She left.\0 It was late.".encode(), "take such characters out"),
        (b"%PDF-1.7 ...", "this is a PDF"),
        (b"PK\x03\x04...", "a ZIP archive or office document"),
        (b"\x1f\x8b\x08...", "a gzip archive"),
        (b"\xef\xbb\xbfab\xff", "not valid utf-8 at byte 5; its byte order mark says so"),
        (b"\xff\xfea", "not valid utf-16-le"),
    ],
)
def test_refuses_what_is_not_text(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=r"^a\.txt: ") as caught:
        decode(data, "a.txt")
    assert says in str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-16", "UTF-16LE", "utf_32_be"])
def test_words_are_not_taken_for_chinese(encoding: str) -> None:
    """They would be, without an error, and without a quotation."""
    data = "“We will rebuild the café,” Ana Ortiz said.\n".encode()
    for words in (data, data + b" " * (-len(data) % 4), data * 200):
        with pytest.raises(InputError, match=r"a\.txt: this is not .*leave --encoding out"):
            decode(words, "a.txt", encoding)
    codec = encoding.lower()
    assert decode("“We will,” she said.".encode(codec), "a.txt", codec) == "“We will,” she said."


def test_wrong_encoding_names_the_place() -> None:
    with pytest.raises(InputError, match="not valid ascii at byte 0; is it another encoding than --encoding ascii"):
        decode(STORY.encode(), "a.txt", "ascii")


@pytest.mark.parametrize("name", ["klingon", "hex", "rot13", "", "a\0b"])
def test_unknown_encodings(name: str) -> None:
    with pytest.raises(UsageError, match="no text encoding is called"):
        check_encoding(name)


@pytest.mark.parametrize("name", ["utf-8", "UTF-16", "latin-1", "cp1252", "mac-roman"])
def test_known_encodings(name: str) -> None:
    check_encoding(name)


def test_folders_are_walked_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "b.txt",
        "a.md",
        "c.csv",
        "~$a.docx",
        ".hidden.txt",
        "sub/d.txt",
        "sub/deep/e.text",
        ".git/f.txt",
        "z/.x/y.txt",
    ):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text("x")
    os.mkfifo(tmp_path / "in" / "pipe.txt")
    (tmp_path / "in" / "sub" / "loop").symlink_to(tmp_path / "in")
    monkeypatch.chdir(tmp_path)
    assert names(find_inputs(["in"])) == ["in/a.md", "in/b.txt", "in/sub/d.txt", "in/sub/deep/e.text"]
    assert names(find_inputs(["./in"], ["*.csv"])) == ["./in/c.csv"]
    assert names(find_inputs(["in/"], ["sub/*.txt", "*.md"])) == ["in/a.md", "in/sub/d.txt"]
    assert names(find_inputs(["in/b.txt", "in", "-", "-", "no"]))[:2] == ["in/b.txt", "in/a.md"]
    assert names(find_inputs(["in/b.txt", "in", "-", "-", "no"]))[-2:] == ["-", "no"]


def test_folder_without_articles(tmp_path: Path) -> None:
    [error] = find_inputs([str(tmp_path)], ["*.html"])
    assert isinstance(error, InputError)
    assert str(error) == f"{tmp_path}: no article in this folder (*.html); choose others with --glob"


def test_one_bad_input_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_bytes(b"a\r\nb\rc\n")
    (tmp_path / "bad.txt").write_bytes(b"\0")
    inputs = find_inputs([str(tmp_path / "missing.txt"), str(tmp_path), "-", "nul\0.txt", "x" * 5000])
    bad, good = [], []
    for item in inputs:
        found = [item] if isinstance(item, InputError) else read_input(item, stdin=io.BytesIO(b"from stdin"))
        for one in found:
            (bad if isinstance(one, InputError) else good).append(one)
    assert [item.text for item in good] == ["a\r\nb\rc\n", "from stdin"]
    assert [item.source for item in good] == [str(tmp_path / "good.txt"), "-"]
    assert "missing.txt: no such file or folder; check the name" in str(bad[0])
    assert "bad.txt: this is not text" in str(bad[1])
    assert len(bad) == 4


def test_permissions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(self: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", closed)  # not chmod: root may read everything
    with pytest.raises(InputError, match="no permission to read it; change its rights"):
        read_article(Input("a.txt", tmp_path))


def test_folders_that_cannot_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def walk(folder, onerror):
        onerror(PermissionError(13, "Permission denied", f"{folder}/closed"))
        yield folder, [], []

    monkeypatch.setattr(os, "walk", walk)
    [error] = find_inputs([str(tmp_path)])
    assert str(error).startswith(f"{tmp_path}/closed: no permission")


def test_fifos_named_by_the_user_are_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(b"through a pipe",))
    writer.start()
    [item] = find_inputs([str(pipe)])
    assert isinstance(item, Input)
    assert read_article(item).text == "through a pipe"
    writer.join()


def test_no_stdin() -> None:
    with pytest.raises(InputError, match="no standard input"):
        read_article(Input("-", None))
