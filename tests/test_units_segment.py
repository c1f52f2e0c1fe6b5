"""Small parts of the segment stage, a row per decision: costs of marks, what stands beside them, blocks, tables."""

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

#: Text -> of each of its marks the cost to open, to close, to be no mark, and to stay open.
COSTS = {
    "“a": "0 8.5 3 2",
    "a”": "8.5 0 3 2",
    '"a" b': "0 7 3 2 | 4.5 0 3 2",
    'a "b': "0 4.5 3 2",
    '5" x': "4.5 0 0.9 2",
    "6' 2\" x": "4.5 0 0.3 5 | 4.5 0 0.1 2",
    'x 40" y': "4.5 0 0.9 2",
    "’90s": "2.5 5.5 0.2 5",
    "dogs’ x": "6 0 0.3 5",
    "dogs' x": "4.5 0 0.3 5",
    "goin' x": "4.5 0 0.6 5",
    "'tis x": "1 7 0.2 5",
    "'Yes,' x": "0 7 1.5 1 | 3 0 1.5 1",
    "x. ' y": "1.5 1.5 1 5",
    "‘a": "0 8.5 2.5 5",
    "’a": "1.5 7 1 5",
    "´": "5.5 4 1 5",
    "``a": "0 8.5 3 2",
    "''a": "1.5 7 3 2",
    "“a“": "0 8.5 3 2 | 7 1.5 3 2",
    '""a""': "0 4 0.3 2 | 0 3 0.4 2 | 3 0 0.4 2 | 4 0 0.3 2",
    "(“a”)": "0 7.5 3 2 | 7 0 3 2",
    "—“a”—": "0.3 4.7 3 2 | 4.8 0.2 3 2",
    "“…a": "0.2 5.8 3 2",
    "a…”": "6.1 0 3 2",
    "a,”": "7 0 3 2",
    "”.": "3.5 4 3 2",
    "“(a": "0 6.2 3 2",
    "a)”": "8 0 3 2",
    "\u200b“\u200ba": "0 8.5 3 2",
    "x '' y": "3 1.5 3 2",
    "a'b": "",
    "rock 'n' roll": "",
    "‘em x": "1 8.5 0.2 5",
    " ’em": "2.5 4.5 0.2 5",
    "x ' 5": "1.5 1.5 1 5",
    "z' x": "4.5 0 0.3 5",
    "x' y": "4.5 0 0.3 5",
    "S' x": "4.5 0 0.3 5",
    ".' y": "3 0 1.5 5",
    "…' y": "2.1 0 1.5 5",
    ")' y": "4 0 1.5 5",
    "`a x": "0 8.5 2.5 5",
    "5″ x": "4.5 0 0.9 2",
    "6'2\" x": "4.5 0 0.1 2",
    '6 2" x': "4.5 0 0.9 2",
    '2½" x': "4.5 0 0.9 2",
    "ab 6' 2.5\" x": "4.5 0 0.3 5 | 4.5 0 0.1 2",
    "'Go,' he said. \"Ok.\"": "0 7 1.5 5 | 3 0 1.5 5 | 0 4.5 3 2 | 5.5 0 3 2",
    "'Go,' he said. 'Ok.' \"No.\"": "0 7 1.5 1 | 3 0 1.5 1 | 0 4.5 1.5 1 | 3 0 1.5 1 | 0 4.5 3 2 | 5.5 0 3 2",
}


@pytest.mark.parametrize(("text", "costs"), COSTS.items(), ids=COSTS.keys())
def test_costs_of_a_mark(text: str, costs: str) -> None:
    found = find_marks(text)
    cells = [" ".join(f"{round(x, 2):g}" for x in (m.opening, m.closing, m.stray, m.unclosed)) for m in found]
    assert " | ".join(cells) == costs
    assert all(text[m.start : m.end] == m.glyph and m.family == conventions().family[m.glyph] for m in found)


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
    assert found == Mark(2, 4, "``", "double", 0.0, 6.0, 3.0, 2.0)
