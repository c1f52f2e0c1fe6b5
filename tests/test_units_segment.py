"""Small parts of the segment stage, a row per decision: readings of marks, what stands beside them, blocks, tables."""

from __future__ import annotations

import pytest

from quotes_cli.language.segment import paragraphs, segment
from quotes_cli.language.segment.blocks import _indent
from quotes_cli.language.segment.marks import (
    CLOSER,
    DASH,
    DIGIT,
    DOTS,
    EDGE,
    GAP,
    OPENER,
    OTHER,
    SAME,
    STOP,
    WORD,
    Mark,
    beside,
    classify,
    conventions,
    find_marks,
)
from quotes_cli.language.segment.pairing import pair
from quotes_cli.language.words.lists import column

#: Text -> of each of its marks what it is, the likeliest first: it opens, it closes, it is none; with "…", it would
#: rather stay open than be none.
READINGS = {
    "“a": "open… none close",
    "a”": "close none open",
    '"a" b': "open… none close | close none open",
    'a "b': "open… none close",
    '5" x': "close none open",
    "6' 2\" x": "close none open | close none open",
    'x 40" y': "close none open",
    "’90s": "none open close",
    "dogs’ x": "close none open",
    "dogs' x": "close none open",
    "goin' x": "close none open",
    "'tis x": "none open close",
    "'Yes,' x": "open… none close | close none open",
    "x. ' y": "none open close",
    "‘a": "open none close",
    "’a": "none open close",
    "´": "none close open",
    "``a": "open… none close",
    "''a": "open none close",
    "“a“": "open… none close | close none open",
    '""a""': "open none close | open none close | close none open | close none open",
    "(“a”)": "open… none close | close none open",
    "—“a”—": "open… none close | close none open",
    "“…a": "open… none close",
    "a…”": "close none open",
    "a,”": "close none open",
    "”.": "none open close",
    "“(a": "open… none close",
    "a)”": "close none open",
    "\u200b“\u200ba": "open… none close",
    "x '' y": "close open none",
    "a'b": "",
    "rock 'n' roll": "",
    "‘em x": "none open close",
    " ’em": "none open close",
    "x ' 5": "none open close",
    "z' x": "close none open",
    "x' y": "close none open",
    "S' x": "close none open",
    ".' y": "close none open",
    "…' y": "close none open",
    ")' y": "close none open",
    "`a x": "open none close",
    "5″ x": "close none open",
    "6'2\" x": "close none open",
    '6 2" x': "close none open",
    '2½" x': "close none open",
    "ab 6' 2.5\" x": "close none open | close none open",
    "'Go,' he said. \"Ok.\"": "open none close | close none open | open… none close | close none open",
    "'Go,' he said. 'Ok.' \"No.\"": " | ".join(["open… none close", "close none open"] * 3),
}


def _likeliest_first(mark: Mark) -> str:
    stays = "…" if mark.opening + mark.unclosed < mark.stray else ""
    costs = {f"open{stays}": mark.opening, "close": mark.closing, "none": mark.stray}
    return " ".join(sorted(costs, key=costs.__getitem__))


@pytest.mark.parametrize(("text", "readings"), READINGS.items(), ids=READINGS.keys())
def test_readings_of_a_mark(text: str, readings: str) -> None:
    found = find_marks(text)
    assert " | ".join(map(_likeliest_first, found)) == readings
    assert all(text[m.start : m.end] == m.glyph and m.family == conventions().family[m.glyph] for m in found)


#: Text -> what its marks hold where feet, inches, apostrophes and doubled marks compete; "…" behind what stays open.
HELD = {
    'A 40" belt and a 5" knife.': [],
    '"A 6" pipe broke," he said.': ['A 6" pipe broke,'],
    '"He was 6\' 2" tall," she said.': ["He was 6' 2\" tall,"],
    '"The 2½" pipe," he said.': ['The 2½" pipe,'],
    '"5 x 6\' 2.5" in all," he said.': ["5 x 6' 2.5\" in all,"],
    "A dogs' day, a cats' night.": [],
    "'The dogs' bowls are here,' he said.": ["The dogs' bowls are here,"],
    "'I was goin' home,' he said. 'All of it.'": ["I was goin' home,", "All of it."],
    "It was 'goin' and 'tis so.": ["goin"],
    "'Tis the 'Yes' of it.": ["Yes"],
    "'In the '90s we won,' he said.": ["In the '90s we won,"],
    "The ’90s were “good” years.": ["good"],
    "She said 'em all.": [],
    "The dogs’ owner said “no”.": ["no"],
    "“We lost the dogs’ bowls.": ["We lost the dogs’ bowls.…"],
    '""We won,"" she said.': ["We won,"],
    "“We won“ she said.": ["We won"],
    "“We won ”we did.": ["We won ”we did.…"],
    "The plan—“a big one”—failed.": ["a big one"],
    "“(We won)” she said.": ["(We won)"],
    "x '' y “z”": ["z"],
    "'Go,' he said. \"Ok.\" 'Come,' he said.": ["Go,", "Ok.", "Come,"],
}


@pytest.mark.parametrize(("text", "held"), HELD.items(), ids=HELD.keys())
def test_what_competing_marks_hold(text: str, held: list[str]) -> None:
    assert [text[span.start : span.end] + "…" * (not span.closed) for span in segment(text)] == held


CLASSES = {
    GAP: " \t\n\u00a0",
    WORD: "aZéß字\u0301\u0002",
    DIGIT: "19½¼¾°",
    STOP: ",.;:!?",
    OPENER: "([{<¿¡",
    CLOSER: ")]}>",
    DASH: "-–—―/",
    DOTS: "…",
    OTHER: "&@%$*",
}


@pytest.mark.parametrize(("char", "cls"), [(char, cls) for cls, chars in CLASSES.items() for char in chars])
def test_class_of_a_character(char: str, cls: int) -> None:
    assert classify.__wrapped__(char) == cls


@pytest.mark.parametrize(
    ("text", "at", "step", "expected"),
    [
        ("“a", 1, 1, (WORD, "a")),
        ("a“", 0, -1, (WORD, "a")),
        ("“", 1, 1, (EDGE, "")),
        ("“", -1, -1, (EDGE, "")),
        ("“”", 1, 1, (SAME, "”")),
        ("“‘a", 1, 1, (WORD, "a")),
        ("“\u200b\u200ba", 1, 1, (WORD, "a")),
        ("“\u200b\u200b\u200b\u200b\u200ba", 1, 1, (WORD, "a")),
        ("“\u200b\u200b\u200b\u200b\u200b\u200ba", 1, 1, (OTHER, "")),
    ],
)
def test_what_stands_beside_a_mark(text: str, at: int, step: int, expected: tuple[int, str]) -> None:
    assert beside(text, at, step, "double", conventions()) == expected


def test_tables_read_anew() -> None:
    table = conventions.__wrapped__()
    assert table.names["“", "”"] == "curly"
    assert table.family["«"] == "angle"
    assert [table.direction[mark] for mark in "“”\"‘’'„»"] == [
        "opening",
        "closing",
        "either",
        "opening",
        "closing",
        "either",
        "opening",
        "closing",
    ]
    assert [m.group() for m in table.pattern.finditer("a''' ''b '' ``c")] == ["'", "''", "''", "''", "``"]
    assert {"tis", "em"} <= column("elisions.txt")
    assert all(word.isalpha() for word in column("elisions.txt"))


def test_a_convention_by_its_marks() -> None:
    table = conventions()
    assert table.name("„", None) == "low-high"
    assert table.name("x", None) == "mixed"
    assert table.name("“", "x") == "mixed"


def paired(text: str) -> str:
    pairs, stray = pair(find_marks(text), 0, len(text))
    shown = [f"{p.opening.start}-{p.closing.start if p.closing else 'open'}:{p.end}" for p in pairs]
    return " ".join([*shown, *(f"stray {m.start}" for m in stray)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no marks", ""),
        ("“a” b “c”", "0-2:2 6-8:8"),
        ("“a ‘b’ c”", "0-8:8 3-5:5"),
        ("“a “b” c” d", "0-8:8 3-5:5"),
        ("“a b", "0-open:4"),
        ("“a “b", "0-open:5 stray 3"),
        ("a “b” c” d", "2-4:4 stray 7"),
        ("dogs’ “b”", "6-8:8 stray 4"),
    ],
)
def test_pairs_of_a_paragraph(text: str, expected: str) -> None:
    assert paired(text) == expected


def test_more_marks_than_a_window() -> None:
    found = segment("“a” " * 1000)
    assert len(found) == 1000
    assert [span.start for span in found[:3]] == [1, 5, 9]
    assert all(span.closed for span in found)


@pytest.mark.parametrize(
    ("text", "start", "indent"),
    [("a", 0, ""), ("  a", 2, "  "), ("x\n \ta", 4, " \t"), (" " * 20 + "a", 20, " " * 16), ("x\n  b a", 6, " ")],
)
def test_indent_of_a_paragraph(text: str, start: int, indent: str) -> None:
    assert _indent(text, start) == indent


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("> One.\n> Two.\n>\n> Three.\n\nNo.", ["One.\n> Two.", "Three."]),
        ("   > One.\n", ["One."]),
        ("    > One.\n", []),
        (">> One.\n", ["One."]),
        ("Lee wrote:\n\n(a) One.\n\nNo.", []),
        ("Lee wrote:\n\n12. One.\n\nNo.", []),
        ("Lee wrote:\n\niv) One.\n\nNo.", []),
        ("Lee wrote:\n\nOne…\n\nNo.", ["One…"]),
        ("Lee wrote:\n\nOne?\n\nNo.", ["One?"]),
        ("Lee wrote:\n\nOne!\n\nNo.", ["One!"]),
        ("Lee wrote:\n\nOne\n\nNo.", []),
        ("Lee wrote\n\nOne.\n\nNo.", []),
        ("Lee wrote:\n\n\tOne.\n\n\tTwo\n\n  No.", ["One.", "Two"]),
        ("Lee wrote:\n\nOne “a.\n\nb” two.", []),
    ],
)
def test_pieces_of_a_block(text: str, pieces: list[str]) -> None:
    blocks = [span for span in segment(text, block_quotes=True) if span.convention in ("markdown", "block")]
    assert [text[start:end] for span in blocks for start, end in span.pieces] == pieces
    assert all((span.start, span.end) == (span.outer_start, span.outer_end) for span in blocks)


LINE = "The mayor of the small town on the river said on Monday that the"


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        ([LINE, LINE, LINE, "bridge."], 1),
        ([LINE, LINE, LINE, "> bridge."], 2),
        ([LINE, LINE, LINE[:-8] + ".", "    Nothing came of it."], 2),
        ([LINE, LINE, LINE[:-8] + ".", "\tNothing came of it."], 2),
        ([LINE, LINE, LINE[:-4] + ".", "Nothing came of it."], 1),
        ([LINE, LINE, LINE[:-4] + ".", "- Nothing came of it."], 2),
        ([LINE, LINE, LINE[:-4] + ".", "1. Nothing came of it."], 2),
        ([LINE[:30], LINE[:30], LINE[:30], "Bridge."], 4),
        ([LINE * 2, LINE * 2, LINE * 2, "Bridge."], 4),
    ],
)
def test_hard_wrapped_lines(lines: list[str], count: int) -> None:
    assert len(paragraphs("\n".join(lines))) == count


def test_a_mark_knows_its_place() -> None:
    [found] = find_marks("a ``b")
    assert (found.start, found.end, found.glyph, found.family) == (2, 4, "``", "double")
