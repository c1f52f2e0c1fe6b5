"""Options that several commands share: filters, columns, what the pipeline is asked for, and the panels of the help."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_cli import rows, run

from quotes_cli.commands import extract, request


def test_filters(story: Path) -> None:
    def ids(*options: str) -> list[str]:
        return [row["id"] for row in rows(run("extract", story, *options))]

    assert (
        ids("--speaker", "ORTIZ")
        == ids("--speaker", "nobody", "--speaker", "ana o")
        == ids("--attributed")
        == ["1", "3"]
    )
    assert ids("--speaker", "nobody") == []
    assert ids("--unattributed") == ["2"]
    assert ids("--min-words", "2") == ["1"]
    assert ids("--min-words", "1", "--unattributed", "--all") == ["2", "3"]


def test_columns_and_byte_order_mark(story: Path) -> None:
    result = run("extract", story, "--columns", "speaker, quote", "--bom", "--unattributed")
    assert result.stdout_bytes.decode() == "\ufeffspeaker,quote\r\n,never\r\n"
    assert run("extract", story, "--columns", "quote", "-f", "tsv").stdout.splitlines()[0] == "quote"


def test_what_the_pipeline_is_asked_for(story: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[request.ExtractOptions] = []

    def load(options: request.ExtractOptions) -> extract.Extractor:
        asked.append(options)
        return lambda articles: [[] for _ in articles]

    monkeypatch.setattr(request, "load_extractor", load)
    run("extract", story)
    run("extract", story, "--nested", "--block-quotes", "--cues", "c.txt", "--people", "p.csv")
    assert [(options.nested, options.block_quotes, options.cues, options.people) for options in asked] == [
        (False, False, None, None),
        (True, True, "c.txt", "p.csv"),
    ]


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        ((), False),
        (("--all",), False),
        (("--kind", "mixed"), False),
        (("--indirect",), True),
        (("--attitudes",), True),
        (("--kind", "indirect"), True),
    ],
)
def test_what_stands_without_marks_is_looked_for_where_it_is_asked_for(
    options: tuple[str, ...], wanted: bool, story: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[request.ExtractOptions] = []

    def load(options: request.ExtractOptions) -> extract.Extractor:
        asked.append(options)
        return lambda articles: [[] for _ in articles]

    monkeypatch.setattr(request, "load_extractor", load)
    run("extract", story, *options)
    assert [options.wants_indirect for options in asked] == [wanted]


def test_own_cues_and_people_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("“We will,” Ana Ortiz said.", "utf-8")
    for option in ("--cues", "--people"):
        result = run("extract", tmp_path / "a.txt", option, tmp_path / "gone")
        assert result.exit_code == 2
        assert str(tmp_path / "gone") in result.stderr


def test_help_has_panels() -> None:
    text = run("extract", "--help").stdout
    headings = [line for line in text.splitlines() if line.endswith(":") and not line.startswith(" ")]
    assert headings == ["Input:", "Filters:", "Output:", "Language:", "Work:", "Other options:"]


def test_help_names_commands_in_panels() -> None:
    text = run("--help").stdout
    assert text.index("\nOptions:\n") < text.index("\nCommands:\n") < text.index("\nDatabases:\n")
    assert "..." not in text.replace("[ARGS]...", ""), "whole sentences"
