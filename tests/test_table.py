"""The table on a terminal: its colours, its width, and what stands in its cells."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from test_export import Terminal, load, render

from quotes_cli.screen.table import PALETTE, attribution, flowing


def test_colours_are_steady_and_only_on_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b" not in render("table", load("town"))
    shown = render("table", load("town"), Terminal())
    number = {name: re.findall(rf"38;5;(\d+)m{name}", shown) for name in ("Ana Ortiz", "Ben Adeyemi")}
    assert number["Ana Ortiz"] == [str(PALETTE[0])] * 4  # over both articles
    assert number["Ben Adeyemi"] == [str(PALETTE[1])]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in render("table", load("town"), Terminal())


def luminance(number: int) -> float:
    """Of a colour of the 6 × 6 × 6 cube (WCAG 2)."""
    levels = (0, 95, 135, 175, 215, 255)
    rgb = (levels[(number - 16) // 36], levels[(number - 16) // 6 % 6], levels[(number - 16) % 6])
    r, g, b = ((c / 3294.6) if c < 11 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def test_colours_read_on_dark_and_on_light() -> None:
    assert len(set(PALETTE)) == len(PALETTE) >= 8
    for number in PALETTE:
        assert (luminance(number) + 0.05) / 0.05 >= 4, number
        assert 1.05 / (luminance(number) + 0.05) >= 4, number


@pytest.mark.parametrize("width", [40, 60, 61, 80, 100, 120, 161, 200])
def test_tables_fit(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for name in ("town", "hostile"):
        lines = render("table", load(name)).splitlines()
        assert max(map(len, lines)) <= width
        words = " ".join(lines)
        for column in ("id", "speaker", "quote", "kind", "line"):
            assert column in words
    assert "mixed" in words


def test_tables_are_never_wider_than_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    assert max(map(len, render("table", load("hostile")).splitlines())) <= 200


def test_paragraphs_of_a_quotation() -> None:
    assert flowing("One\n  goes on.\r\n\r\n“Two\tgoes on") == "One goes on.\n“Two goes on"
    assert flowing("One.\n“Two") == "One.\n“Two"
    assert flowing("a\rb") == "a␍b"


def test_a_wide_table_has_roles_and_confidence(monkeypatch: pytest.MonkeyPatch) -> None:
    for width, names in ((100, []), (140, ["role", "confidence"])):
        monkeypatch.setenv("COLUMNS", str(width))
        header = render("table", load("town")[:1]).splitlines()[0].split()
        assert header == ["id", "speaker", *names[:1], "quote", "kind", *names[1:], "line"]
    shown = render("table", load("town"))
    assert "mayor" in shown
    assert " 0.9" in shown


@pytest.mark.parametrize(
    ("text", "cue", "mention", "shown"),
    [
        ("“We,” she said.", "said", "she", "she said"),
        ("“We,” said she.", "said", "she", "said she"),
        ("“We,” he said, stressing that.", "stressing", "he", "he … stressing"),
        ("Lee, for his part, reiterated “us”.", "reiterated", "Lee", "Lee … reiterated"),
        ("“We,” the mayor\u00a0\n said.", "said", "the mayor", "the mayor said"),
        ("“We,” the mayor — said.", "said", "the mayor", "the mayor — said"),
        ("In her statement: “We.”", "her statement", "her", "her statement"),
        ("“We,” Ana Ortiz said.", "said", "Ana Ortiz", "said"),
        ("“We,” the mayor.", None, "the mayor", "the mayor"),
        ("“We.”", None, None, ""),
    ],
)
def test_words_of_the_attribution_as_they_stand(text: str, cue: str | None, mention: str | None, shown: str) -> None:
    def place(words: str | None) -> tuple[int | None, int | None]:
        return (text.index(words), text.index(words) + len(words)) if words else (None, None)

    (cue_start, cue_end), (mention_start, mention_end) = place(cue), place(mention)
    one = replace(
        load("town")[0][1][0],
        speaker="Ana Ortiz",
        cue=cue,
        mention=mention,
        cue_start=cue_start,
        cue_end=cue_end,
        mention_start=mention_start,
        mention_end=mention_end,
    )
    assert attribution(text, one) == shown
    assert attribution("", one) in (shown, shown.replace(" …", "").replace(" —", ""))  # a database without the text
