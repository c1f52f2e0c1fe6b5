"""The bench's helpers on tiny input; how fast anything is stands in `make bench`, never in a test."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from quotes_cli.evaluation.bench import read_articles, spread, words
from quotes_cli.evaluation.measure import Lap, cost, exponent, machine, one_core, peak, plot, race, wall


def test_articles_are_read_by_name_and_spread_evenly(tmp_path: Path):
    for name in "bac":
        (tmp_path / f"{name}.txt").write_text(f"article {name}", encoding="utf-8")
    (tmp_path / "notes.md").write_text("not one", encoding="utf-8")
    texts = read_articles(tmp_path)
    assert texts == ["article a", "article b", "article c"]
    assert words(texts) == 6
    assert spread(texts, 2) == ["article a", "article b"]
    assert spread(texts, 9) == texts


def test_each_run_of_a_race_gets_every_text_once_after_warming_up():
    seen: dict[str, list[str]] = {"one": [], "two": []}

    def run(name: str):
        return lambda batch: seen[name].extend(batch) or len(batch)

    texts = [str(i) for i in range(60)]
    laps = race({name: run(name) for name in seen}, texts)
    assert seen == {"one": texts[:3] + texts, "two": texts[:3] + texts}
    assert [lap.found for lap in laps.values()] == [60, 60]
    assert all(isinstance(lap, Lap) and lap.seconds >= 0 for lap in laps.values())


@pytest.mark.parametrize("power", [0.5, 1.0, 2.0])
def test_the_exponent_of_a_power_law_is_found(power: float):
    assert exponent([(x, 3 * x**power) for x in (10, 100, 5000)]) == pytest.approx(power)


def test_cost_runs_texts_of_the_lengths_asked_for():
    seen = []
    points = cost(seen.append, ["abc", "defg"], (2, 50))
    assert [length for length, _ in points] == [2, 50]
    assert {len(text) for text in seen} == {2, 50}


def test_the_plot_shows_every_point_between_labelled_axes():
    drawn = plot([(1000, 0.1), (10_000, 1.0), (100_000, 10.0)], width=40, height=8)
    assert drawn.count("●") == 3
    assert "10 s" in drawn
    assert "0.1 s" in drawn
    assert drawn.endswith("100,000 characters")
    assert max(map(len, drawn.split("\n"))) <= 40 + 11


def test_commands_are_timed_and_their_memory_taken():
    small, large = [sys.executable, "-c", ""], [sys.executable, "-c", "x = bytearray(80_000_000)"]
    assert wall({"nothing": small}, 1)["nothing"] > 0
    few, many = peak([small, large])
    assert many > few + 50


def test_a_failing_command_has_no_peak():
    with pytest.raises(RuntimeError, match="failed"):
        peak([[sys.executable, "-c", "raise SystemExit(3)"]])


def test_the_machine_is_told_with_its_versions():
    with one_core():
        assert "quotes-cli" in machine()
