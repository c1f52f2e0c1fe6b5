"""First lines and names of articles in, the day they were published out."""

from __future__ import annotations

from pathlib import Path

import pytest
from factory import read_article

from quotes_cli.read import Input, ReadOptions
from quotes_cli.read.dates import iso_date, published

STORY = "The harbour wall fell. “We will rebuild it,” Ana Ortiz said on 3 May 2024.\n"


@pytest.mark.parametrize(
    "line",
    [
        "12 March 2025",
        "12th March 2025",
        "March 12, 2025",
        "Mar. 12, 2025, 4:15 p.m. ET",
        "Wednesday, March 12, 2025",
        "Wed 12 Mar 2025 10.42 GMT",
        "2025-03-12",
        "2025-03-12T09:30:00Z",
        "2025/03/12",
        "12 of March 2025",
        "Published 12 March 2025",
        "Published on March 12, 2025 at 9:30",
        "First published: Wed 12 Mar 2025",
        "Date: 12 March 2025",
        "Posted March 12, 2025 by the desk",
        "Last updated 12 March 2025",
        "By Ana Ortiz | March 12, 2025",
        "LINDEN, 12 March 2025 — The wall fell.",
        "LINDEN (Reuters), March 12, 2025 - The wall fell.",
    ],
)
def test_lines_that_date_an_article(line: str) -> None:
    assert published(f"A wall falls\n\n{line}\n\n{STORY}") == "2025-03-12"


@pytest.mark.parametrize(
    "line",
    [
        "The wall fell on 12 March 2025.",
        "On March 12, 2025, the wall fell into the sea, and nobody was hurt — a wonder.",
        "4/5/2025",
        "31 April 2025",
        "Call 2025-031-2245 for tickets",
        "© 2025 Linden Echo",
        "Room 12, March Street 2025",
    ],
)
def test_lines_that_do_not(line: str) -> None:
    assert published(f"A wall falls\n\n{line}\n\n{STORY}") is None


def test_a_line_says_more_than_the_name_of_a_file() -> None:
    assert published(f"Published 12 March 2025\n{STORY}", "2024-01-02.txt") == "2025-03-12"
    assert published(f"Last updated 14 March 2025\nPublished 12 March 2025\n{STORY}") == "2025-03-12"


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("echo_2025-03-12_wall.txt", "2025-03-12"),
        ("20250312.txt", "2025-03-12"),
        ("https://example.org/2025/03/12/wall", "2025-03-12"),
        ("2025_03_12 wall.txt", "2025-03-12"),
        ("2025-13-12.txt", None),
        ("report-2025.txt", None),
        ("120250312.txt", None),
    ],
)
def test_names_of_files(name: str, day: str | None) -> None:
    assert published(STORY, name) == day


def test_days_and_months_as_numbers() -> None:
    assert [iso_date(text) for text in ("25/12/2025", "12/25/2025", "25.12.2025", "4/5/2025")] == [
        *["2025-12-25"] * 3,
        None,
    ]


def test_readers_give_the_day(tmp_path: Path) -> None:
    def day(name: str, text: str, **options: str) -> str | None:
        (tmp_path / name).write_text(text, "utf-8")
        return read_article(Input(name, tmp_path / name), ReadOptions(**options)).published

    assert day("a.txt", f"12 March 2025\n\n{STORY}") == "2025-03-12"
    assert day("2025-03-12.txt", STORY) == "2025-03-12"
    assert day("a.md", f"---\ndate: March 12, 2025\n---\n{STORY}") == "2025-03-12"
    assert day("a.md", f"---\ndate: spring\n---\n{STORY}") == "spring"
    assert day("2024-01-02.csv", f'text,date\n"{STORY}",12 March 2025\n') == "2025-03-12"
    assert day("2024-01-02.csv", f'text\n"{STORY}"\n') is None
    assert day("b.csv", f'text,date\n"{STORY}",2025-03-12T10:00\n') == "2025-03-12T10:00"
