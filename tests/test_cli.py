"""Arguments in; stdout, stderr and exit status out. The pipeline is a fake: the command knows nothing of language."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from fake_quotes import STORY
from typer.testing import CliRunner, Result

from quotes_cli import __version__
from quotes_cli.app import cli, versions
from quotes_cli.commands import extract, request
from quotes_cli.commands.extract import extract_command
from quotes_cli.commands.request import ExtractOptions
from quotes_cli.errors import ModelError, UsageError
from quotes_cli.export.record import COLUMNS
from quotes_cli.status import ExitStatus, Streams

TESTS = Path(__file__).parent
HEADER = ",".join(COLUMNS) + "\r\n"


def run(*arguments: object, input: str | bytes | None = None) -> Result:
    result = CliRunner().invoke(cli.app, [str(argument) for argument in arguments], input=input)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def rows(result: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(result.stdout_bytes.decode(), newline="")))


def test_csv_when_no_terminal_reads(story: Path) -> None:
    result = run("extract", story)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout_bytes.decode().startswith(HEADER)
    assert [(row["id"], row["quote"], row["kind"]) for row in rows(result)] == [
        ("1", "We will,", "direct"),
        ("2", "never", "mixed"),
        ("3", "'=Stay,", "direct"),
    ]
    assert {row["source"] for row in rows(result)} == {str(story)}


def test_stdin(story: Path) -> None:
    for arguments in (["extract"], ["extract", "-"]):
        result = run(*arguments, input=STORY)
        assert [row["source"] for row in rows(result)] == ["-"] * 3


def test_nothing_named_and_nothing_piped(story: Path) -> None:
    class Keyboard(io.StringIO):
        def isatty(self) -> bool:
            return True

    with pytest.raises(UsageError, match=r"no article named; try: quotes extract article\.txt"):
        extract_command(ExtractOptions(), Streams(Keyboard(), io.StringIO(), io.StringIO()))


@pytest.mark.parametrize("format", ["table", "csv", "tsv", "json", "jsonl", "markdown"])
def test_format(story: Path, format: str) -> None:
    result = run("extract", story, "--format", format)
    assert result.exit_code == 0
    assert "We will," in result.stdout
    assert "\x1b" not in result.stdout
    if format == "json":
        assert [record["kind"] for record in json.loads(result.stdout)] == ["direct", "mixed", "direct"]
    if format == "jsonl":
        assert json.loads(result.stdout.splitlines()[0])["cue_start"] == 21


def test_output(story: Path, tmp_path: Path) -> None:
    for suffix in ("csv", "json", "jsonl", "txt"):
        out = tmp_path / f"out.{suffix}"
        result = run("extract", story, "-o", out)
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr == f"quotes: 3 quotations, 1 without a speaker, in {out}\n"
        format = "table" if suffix == "txt" else suffix
        assert (tmp_path / f"out.{suffix}").read_bytes() == run("extract", story, "-f", format).stdout_bytes
    assert rows(run("extract", story, "--output", "-"))
    result = run("extract", story, "--output", tmp_path / "out.doc")
    assert result.exit_code == 2
    assert "no format here is called .doc" in result.stderr


def test_an_input_is_never_overwritten(story: Path, tmp_path: Path) -> None:
    (tmp_path / "alias.csv").symlink_to(story)
    for name in (story, tmp_path / "alias.csv"):
        result = run("extract", tmp_path, "--output", name)
        assert result.exit_code == 2
        assert "is an input and would be overwritten" in result.stderr
        assert story.read_text("utf-8") == STORY


def test_lists_of_the_user_are_never_overwritten(story: Path, tmp_path: Path) -> None:
    for option, name, text in (
        ("--people", "known.csv", "name\nAna Ortiz\n"),
        ("--cues", "cues.tsv", "hoot\tspeech\n"),
    ):
        (tmp_path / name).write_text(text, "utf-8")
        result = run("extract", story, option, tmp_path / name, "--output", tmp_path / name)
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"is the file of {option}; choose another name" in result.stderr
        assert (tmp_path / name).read_text("utf-8") == text


def test_the_shortest_time_limit_ends(story: Path) -> None:
    result = run("extract", story, "--timeout", "1e-9", "-f", "jsonl")
    assert result.exit_code in (0, 1)
    assert len(result.stderr.splitlines()) == result.exit_code


def test_kinds(story: Path) -> None:
    def kinds(*options: str) -> list[tuple[str, str]]:
        return [(row["id"], row["kind"]) for row in rows(run("extract", story, *options))]

    assert kinds("--kind", "direct") == [("1", "direct"), ("3", "direct")]
    assert kinds("--kind", "mixed", "--kind", "direct") == kinds()
    assert kinds("--all") == [("1", "direct"), ("2", "mixed"), ("3", "other"), ("4", "direct")]
    assert kinds("--kind", "other") == [("3", "other")]
    assert kinds("--min-confidence", "0.9") == [("1", "direct"), ("3", "direct")]
    assert kinds("--min-confidence", "0.91") == []


def test_raw_cells(story: Path) -> None:
    assert [row["quote"] for row in rows(run("extract", story, "--raw-cells"))][-1] == "=Stay,"


def test_encoding(story: Path) -> None:
    data = STORY.encode("utf-16-le")
    assert rows(run("extract", "--encoding", "utf-16-le", input=data))[0]["quote"] == "We will,"
    result = run("extract", input=data)
    assert (result.exit_code, rows(result)) == (1, [])
    assert result.stderr.startswith("quotes: -: this is not text")


def test_glob(story: Path, tmp_path: Path) -> None:
    (tmp_path / "b.news").write_text(STORY, "utf-8")
    assert {row["source"] for row in rows(run("extract", tmp_path, "--glob", "*.news"))} == {str(tmp_path / "b.news")}
    assert len(rows(run("extract", tmp_path, "--glob", "*.news", "--glob", "*.txt"))) == 6


def test_model(story: Path, fake_pipeline: list[str | None], monkeypatch: pytest.MonkeyPatch) -> None:
    run("extract", story, story.parent)
    run("extract", story, "--model", "en_core_web_trf")
    assert fake_pipeline == [None, "en_core_web_trf"]

    def load(options: request.ExtractOptions) -> extract.Extractor:
        raise ModelError(f"{options.model}: no such pipeline; install it or name its folder")

    monkeypatch.setattr(request, "load_extractor", load)
    result = run("extract", story, "--model", "nope")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "quotes: nope: no such pipeline; install it or name its folder\n"


def test_bad_inputs_are_told_and_the_others_done(story: Path) -> None:
    result = run("extract", "missing.txt", story, story.parent / "gone")
    assert result.exit_code == 1
    assert len(rows(result)) == 3
    assert result.stderr.splitlines() == [
        "quotes: missing.txt: no such file or folder; check the name",
        f"quotes: {story.parent / 'gone'}: no such file or folder; check the name",
    ]


def test_strict_stops_at_the_first(story: Path, tmp_path: Path) -> None:
    result = run("extract", "--strict", story, "missing.txt", "gone.txt", "-f", "json")
    assert result.exit_code == 1
    assert len(json.loads(result.stdout)) == 3  # what is finished stays usable
    assert result.stderr == "quotes: missing.txt: no such file or folder; check the name\n"
    run("extract", "--strict", story, "missing.txt", "-o", tmp_path / "out.csv")
    assert not (tmp_path / "out.csv").exists()


def test_no_quotation_is_no_failure(fake_pipeline: list[str | None]) -> None:
    result = run("extract", input="Nothing was said.")
    assert (result.exit_code, result.stdout_bytes.decode(), result.stderr) == (0, HEADER, "")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["extract", "--format", "xml", "a"], "--format: there is no format 'xml'; one of auto, table, csv"),
        (["extract", "--kind", "loud", "a"], "--kind: there is no kind 'loud'; one of direct, mixed"),
        (["extract", "--kind", "other", "--all", "a"], "--all and --kind contradict one another"),
        (["extract", "--min-confidence", "2", "a"], "--min-confidence: 2.0 is not between 0 and 1"),
        (["extract", "--min-confidence", "high", "a"], "--min-confidence"),
        (["extract", "--min-words", "-1", "a"], "--min-words: -1 is less than nothing"),
        (["extract", "--speaker", "x", "--unattributed", "a"], "--speaker and --unattributed contradict one another"),
        (["extract", "--columns", "who", "a"], "--columns: there is no column 'who'; some of source,id,quote,speaker,"),
        (["extract", "--columns", "", "a"], "--columns: there is no column ''"),
        (["extract", "--bom", "-f", "json", "a"], "--bom does nothing to json"),
        (["extract", "--encoding", "klingon", "a"], "--encoding: no text encoding is called 'klingon'"),
        (["extract", "--xyzzy", "a"], "No such option: --xyzzy; try: quotes extract --help"),
        (["extract", "--format"], "Option '--format' requires an argument; try: quotes extract --help"),
        (["extract", "a", "--save-text"], "Option '--save-text' requires an argument; try: quotes extract --help"),
        (["extract", "a", "-o", ""], "--output: the name is empty; give one, or leave it out"),
        (["speakers", "a", "-o", ""], "--output: the name is empty"),
        (["search", "a.db", "-o", ""], "--output: the name is empty"),
        (["search", ""], "DB: the name is empty"),
        (["extract", __file__, "-o", "rows.csv/"], "--output: rows.csv/ is a folder; name a file in it"),
        (["extract", "a", "--save-text", ""], "--save-text: the name is empty"),
        (["show", "a", "--model", ""], "--model: the name is empty"),
        (["sing"], "No such command 'sing'; try: quotes --help"),
        ([__file__], f"{__file__}: is no command; try: quotes extract {__file__}\n"),
        (["https://example.org/a b", "-f", "csv"], "is no command; try: quotes extract 'https://example.org/a b'\n"),
        ([], "Usage: quotes"),
    ],
)
def test_wrong_usage(arguments: list[str], says: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert says in result.stderr
    assert not arguments or result.stderr.count("\n") == 1


def test_an_input_without_a_name_is_told_and_the_others_done(
    tmp_path: Path, fake_pipeline: list[str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(STORY)
    result = run("extract", "", "a.txt", "-f", "jsonl")
    assert (result.exit_code, result.stderr) == (
        1,
        "quotes: '': the name of an input is empty; give one, or leave it out\n",
    )
    assert result.stdout


@pytest.mark.parametrize("arguments", [["extract", "\x1b]0;x\x07\nb.txt"], ["--\x1b[31m"], ["\x1b[31m"]])
def test_messages_act_on_no_terminal(arguments: list[str]) -> None:
    result = run(*arguments)
    assert "\x1b" not in result.stderr
    assert "␛" in result.stderr or "\\x1b" in result.stderr
    assert result.stderr.count("\n") == 1


def test_help_and_version(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for arguments in (["--help"], ["extract", "--help"], ["extract", "-h"]):
        result = run(*arguments)
        assert (result.exit_code, result.stderr) == (0, "")
        assert "Example: quotes extract" in result.stdout
    meta = tmp_path / "meta.json"
    meta.write_text('{"lang": "en", "name": "news", "version": "1.2.3"}')
    monkeypatch.setattr(versions, "MODEL_META", meta)
    lines = run("--version").stdout.splitlines()
    assert lines[0] == f"quotes {__version__}"
    assert lines[1].startswith("spaCy 3.8.")
    assert lines[2] == "model en_news 1.2.3"
    meta.write_text("{}")
    assert "model not found" in run("--version").stdout


def test_bugs_are_not_hidden(monkeypatch: pytest.MonkeyPatch, story: Path) -> None:
    monkeypatch.setattr(request, "load_extractor", lambda options: 1 / 0)
    assert isinstance(CliRunner().invoke(cli.app, ["extract", str(story)]).exception, ZeroDivisionError)


# In a process of its own


def test_status_values() -> None:
    assert [status.value for status in ExitStatus] == [0, 1, 2, 130]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("gone.txt", "check the name"),
        ("file:///tmp/a.txt", "name it by its path, without file://"),
        ("ftp://example.org/a.txt", "of addresses only http and https are fetched; download it first"),
        ("www.example.org/news", "write the address of a page as https://www.example.org/news"),
        ("example.org/news", "write the address of a page as https://example.org/news"),
        ("~/gone.txt", "a shell knows ~ only outside quotation marks"),
        ("*.gone", "nothing matches, or the pattern stands in quotation marks, where a shell leaves it as it is"),
        ("a.txt,b.txt", "name several with spaces between them, not commas"),
        ("a.txt, gone.txt", "check the name"),
    ],
)
def test_what_to_do_about_a_name_that_names_nothing(
    name: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for there in ("a.txt", "b.txt"):
        Path(there).write_text("Nothing.")
    assert run("extract", name).stderr == f"quotes: {name}: no such file or folder; {says}\n"


@pytest.mark.parametrize(
    ("option", "value", "says"),
    [
        ("--jobs", "two", "--jobs: give a whole number"),
        ("--min-words", "1.5", "--min-words: give a whole number"),
        ("--min-confidence", "95%", "--min-confidence: give a number"),
    ],
)
def test_what_is_no_number(option: str, value: str, says: str) -> None:
    result = run("extract", option, value, "-")
    assert (result.exit_code, result.stderr) == (2, f"quotes: {says}; try: quotes extract --help\n")
