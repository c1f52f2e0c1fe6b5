"""A format's name and a place in, the right writer and a whole file out."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest
from test_export import load, render

from quotes_cli.errors import OutputError, UsageError
from quotes_cli.export import registry
from quotes_cli.export.output import open_output
from quotes_cli.export.registry import BY_NAME, Settings, choose


def test_registry_is_sound() -> None:
    suffixes = [suffix for item in registry.FORMATS for suffix in item.suffixes]
    assert len(set(suffixes)) == len(suffixes)
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in suffixes)
    for item in registry.FORMATS:
        assert {"begin", "write", "end"} <= set(dir(item.load())), item.name


@pytest.mark.parametrize(
    ("name", "output", "terminal", "chosen"),
    [
        ("auto", None, True, "table"),
        ("auto", None, False, "csv"),
        ("auto", "a.json", True, "json"),
        ("auto", "a.NDJSON", False, "jsonl"),
        ("auto", "a.txt", False, "table"),
        ("auto", "plain", True, "csv"),
        ("json", "a.csv", True, "json"),
    ],
)
def test_choice(name: str, output: str | None, terminal: bool, chosen: str) -> None:
    assert choose(name, output, terminal).name == chosen


def test_no_such_choice() -> None:
    with pytest.raises(UsageError, match="there is no format 'xml'; one of auto, table, csv"):
        choose("xml", None, True)
    with pytest.raises(UsageError, match=r"no format here is called \.doc; end the name in one of \.txt, \.csv"):
        choose("auto", "a.doc", True)


def test_files_appear_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("old")
    target.chmod(0o640)

    def burn() -> None:
        with open_output(BY_NAME["csv"], str(target), Settings(), io.StringIO()) as output:
            output.write(*load("town")[0])
            raise RuntimeError("the machine burns")

    with pytest.raises(RuntimeError):
        burn()
    assert target.read_text() == "old"
    assert os.listdir(tmp_path) == ["out.csv"]
    render("csv", load("town"), target=str(target))
    assert target.read_bytes().decode() == render("csv", load("town"))
    assert os.listdir(tmp_path) == ["out.csv"]
    assert target.stat().st_mode & 0o777 == 0o640


def test_links_stay_links(tmp_path: Path) -> None:
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
    render("json", load("town"), target=str(tmp_path / "link.json"))
    assert (tmp_path / "link.json").is_symlink()
    assert json.loads((tmp_path / "real.json").read_text("utf-8"))


def test_devices_are_written_and_not_replaced() -> None:
    render("csv", load("town"), target="/dev/null")
    assert not Path("/dev/null").is_file()
    with pytest.raises(OutputError, match="/dev/full: cannot be written"):
        render("csv", load("town"), target="/dev/full")


def test_places_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        render("csv", load("town"), target=str(tmp_path / "no" / "out.csv"))
    with pytest.raises(UsageError, match="is a folder; name a file in it"):
        render("csv", load("town"), target=str(tmp_path))


def test_formats_of_bytes_need_a_file() -> None:
    format = registry.Format("bytes", (".bin",), "csv:CsvWriter", "", text=False)
    with (
        pytest.raises(UsageError, match="--format bytes writes a file; name it with --output"),
        open_output(format, None, Settings(), io.StringIO()),
    ):
        pass


def test_a_folder_that_is_not_there_is_to_be_made(tmp_path: Path) -> None:
    target = str(tmp_path / "gone" / "x.csv")
    told = r"written \(No such file or directory\); make its folder first, or choose another place$"
    with pytest.raises(OutputError, match=told), open_output(BY_NAME["csv"], target, Settings(), io.StringIO()):
        pass
