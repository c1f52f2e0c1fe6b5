"""Subtitles in, what is spoken out: sentences whole, a paragraph a speaker."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import output, rows, said
from growth import assert_linear
from test_reading_files import article, refusal

SRT = """1
00:00:01,000 --> 00:00:03,500
<i>ANA ORTIZ:</i> We will rebuild the old harbour
wall, stone by stone,

2
00:00:03,600 --> 00:00:06,000
before the winter {\\an8}storms come.

3
00:00:07,000 --> 00:00:09,000
BO LEE: And who will pay for it?

4
00:00:09,500 --> 00:00:12,000
ANA ORTIZ: The town & the port will pay. It always has.
"""
VTT = """WEBVTT - A talk at the harbour

STYLE
::cue { color: red }

NOTE made by hand,
in two lines

intro
00:01.000 --> 00:03.500 align:start
<v.loud Ana Ortiz>We will rebuild the old harbour
wall, stone by stone,

NOTE again

00:03.600 --> 00:06.000
<v Ana Ortiz>before <00:04.000><c.red>the winter</c> storms come.</v>

00:07.000 --> 00:09.000
<v Bo Lee>And who will pay for it?

last
00:09.500 --> 00:12.000
<v Ana Ortiz>The town &amp; the port will pay. It always has.
"""
TURNS = [
    "ANA ORTIZ: We will rebuild the old harbour wall, stone by stone, before the winter storms come.",
    "BO LEE: And who will pay for it?",
    "ANA ORTIZ: The town & the port will pay. It always has.",
]


def cues(*lines: str, gap: float = 0.5) -> str:
    """Subtitles of two seconds each, and as long a gap between them."""
    starts = [number * (2 + gap) for number in range(len(lines))]
    return "\n".join(
        f"{number}\n{_time(start)} --> {_time(start + 2)}\n{line}\n"
        for number, (start, line) in enumerate(zip(starts, lines, strict=True), 1)
    )


def _time(seconds: float) -> str:
    return f"{int(seconds) // 3600:02}:{int(seconds) // 60 % 60:02}:{int(seconds) % 60:02},{int(seconds % 1 * 1000):03}"


def paragraphs(data: str, name: str = "a.srt") -> list[str]:
    return article(data, name).text.strip().split("\n\n")


@pytest.mark.parametrize("name", ["a.srt", "a.txt", "-", "A.SRT"])
@pytest.mark.parametrize("change", ["\n", "\r\n", "no blank lines", "a mark"])
def test_srt(name: str, change: str) -> None:
    changed = {"\r\n": SRT.replace("\n", "\r\n"), "no blank lines": SRT.replace("\n\n", "\n"), "a mark": f"\ufeff{SRT}"}
    assert paragraphs(changed.get(change, SRT), name) == TURNS


@pytest.mark.parametrize("name", ["a.vtt", "a.txt", "-"])
def test_webvtt(name: str) -> None:
    assert [turn.upper() for turn in paragraphs(VTT, name)] == [turn.upper() for turn in TURNS]
    assert article(VTT, name).title == "A talk at the harbour"


def test_webvtt_without_blank_lines() -> None:
    vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\nWe tried.\n00:02.000 --> 00:03.000\nWe lost\nit.\n"
    assert paragraphs(f"{vtt}00:03.000 --> 00:04.000\n\nlast\n00:04.000 --> 00:05.000\nYes.\n", "a.vtt") == [
        "We tried. We lost it. Yes."
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("- We will.\n- Who pays?",), ["We will.", "Who pays?"]),
        ((">> ORTIZ: We will.", ">>Who pays?"), ["ORTIZ: We will.", "Who pays?"]),
        (("It costs", "-5 degrees", "or so."), ["It costs -5 degrees or so."]),
        (("Mayor Ana R. Ortiz: We", "will. Cy: No."), ["Mayor Ana R. Ortiz: We will. Cy: No."]),
        (("Who?", "Cy Dee (off): No."), ["Who?", "Cy Dee (off): No."]),
        (("This is the plan: we go.",), ["This is the plan: we go."]),
        (("No.", "No."), ["No. No."]),
        (("In", "2024\n", "they went."), ["In 2024 they went."]),
    ],
)  # fmt: skip
def test_who_speaks(lines: tuple[str, ...], expected: list[str]) -> None:
    assert paragraphs(cues(*lines)) == expected


def test_a_pause_ends_a_paragraph_only_behind_a_sentence() -> None:
    assert paragraphs(cues("We will.", "Nobody", "knows.", gap=3)) == ["We will.", "Nobody knows."]


def test_lines_that_roll_upwards_are_read_once() -> None:
    rolling = cues("we will rebuild", "we will rebuild\nthe harbour", "the harbour\nstone by stone", gap=0)
    assert paragraphs(rolling) == ["we will rebuild the harbour stone by stone"]


@pytest.mark.parametrize("data", ["", "We will rebuild.\n", "1\n00:00 -> 00:01\nWe will.\n"])
def test_no_subtitles(data: str) -> None:
    assert "these are no subtitles (no line has times)" in refusal(data, "a.srt")


def test_subtitles_without_words() -> None:
    assert "there is no text in this file of subtitles" in refusal("1\n00:00:01,000 --> 00:00:02,000\n\n", "a.srt")


def test_time_grows_linearly() -> None:
    for hostile in ("<v " * 9, "<v         .", "{\\a" * 9, "A a " * 9, "1:" * 9, ">>" * 9):
        assert_linear(lambda number, hostile=hostile: lambda: article(cues(*[hostile] * number), "a.srt"), 1_000)


def test_from_the_file_to_the_speakers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in (("a.srt", SRT), ("b.vtt", VTT)):
        Path(name).write_text(text, "utf-8")
    found = rows(output("extract", ".", "-f", "csv"))
    assert [row["speaker"].title() for row in found] == ["Ana Ortiz", "Bo Lee", "Ana Ortiz"] * 2
    Path("quotes.csv").write_text("quote\n“stone by stone, before the winter storms come”\n", "utf-8")
    [verified] = rows(output("verify", "quotes.csv", "--against", "a.srt", "-f", "csv"))
    assert verified["verdict"] == "exact"


def test_subtitles_that_name_nobody_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.srt").write_text(cues("We will rebuild.", "It is our home."), "utf-8")
    assert said("extract", "a.srt", "-o", "x.csv") == [
        "quotes: 0 quotations in x.csv",
        "quotes: a.srt: names nobody who speaks; put NAME: before what each says, "
        "or look quotations up in it with quotes verify",
    ]
