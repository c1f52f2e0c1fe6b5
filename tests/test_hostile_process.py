"""Whatever shell starts the command, and whatever ends it: an exit status of the contract, and one line at most."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from fake_quotes import STORY
from test_cli import TESTS

from quotes_cli.status import ExitStatus, Streams, guard

PROGRAM = [sys.executable, "-c", "from quotes_cli.__main__ import main; main()"]
FAKE = [sys.executable, str(TESTS / "fake_quotes.py")]
POSIX = pytest.mark.skipif(os.name == "nt", reason="signals and closed streams of POSIX")
FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
BAD = "quotes: standard output: cannot be written (Bad file descriptor); choose another place or make room\n"
UNTRACED = pytest.mark.skipif(
    sys.gettrace() is not None, reason="coverage starts and ends in programs with its own pace"
)
MOMENTS = [0.03, 0.07, 0.15, 0.3, 0.6, 1.1]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(STORY, "utf-8")
    return tmp_path


def shell(line: str, **environment: str) -> tuple[int, str, str]:
    """Status, stdout and stderr of a line of the shell, where `quotes` is the program with a pipeline of the tests."""
    quotes = f'quotes() {{ "{FAKE[0]}" "{FAKE[1]}" "$@"; }}; '
    done = subprocess.run(
        ["bash", "-c", quotes + line], capture_output=True, text=True, env=os.environ | environment, timeout=60
    )
    return done.returncode, done.stdout, done.stderr


# Signals


@POSIX
@UNTRACED
@pytest.mark.parametrize(
    ("number", "status", "line"),
    [
        (signal.SIGINT, 130, b"quotes: interrupted\n"),
        (signal.SIGTERM, 143, b""),
        (signal.SIGHUP, 129, b""),
    ],
)
def test_signals_at_any_moment(number: signal.Signals, status: int, line: bytes, folder: Path) -> None:
    """Nothing of Python's shows, but in the first milliseconds, before any line of the program has run."""
    os.mkfifo("never")
    told = []
    for moment in MOMENTS:
        process = subprocess.Popen([*PROGRAM, "extract", "never", "-o", "o.csv"], stderr=subprocess.PIPE)
        time.sleep(moment)
        process.send_signal(number)
        _, errors = process.communicate(timeout=30)
        if process.returncode == status:
            assert errors == line, moment
            told.append(moment)
        else:
            assert process.returncode in (-number, 1), (moment, errors)
            assert b"quotes_cli/c" not in errors, (moment, errors)
    assert told[-2:] == MOMENTS[-2:]  # a busy machine needs a while to the first line
    assert told == MOMENTS[-len(told) :]
    assert sorted(os.listdir(folder)) == ["a.txt", "never"]


@pytest.fixture
def halfway() -> Iterator[subprocess.Popen[bytes]]:
    """A run with --resume and two workers that has done an article and waits for the next."""
    os.mkdir("many")
    os.link("a.txt", "many/a.txt")
    os.mkfifo("never")
    command = [*FAKE, "extract", "many", "never", "--jobs", "2", "--resume", "-o", "o.jsonl"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)
    deadline = time.monotonic() + 30
    while not Path("o.jsonl.resume").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.5)
    yield process
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)  # a worker that waits for the pipe would keep stderr open
    process.communicate()


@POSIX
@UNTRACED
@pytest.mark.parametrize("numbers", [("SIGINT", "SIGTERM"), ("SIGINT",) * 3, ("SIGTERM", "SIGINT"), ("SIGHUP",)])
def test_a_signal_while_the_first_is_seen_to(numbers: tuple[str, ...], halfway: subprocess.Popen[bytes]) -> None:
    for name in numbers:
        os.killpg(halfway.pid, getattr(signal, name)) if name == "SIGHUP" else halfway.send_signal(
            getattr(signal, name)
        )
        time.sleep(0.005)
    _, errors = halfway.communicate(timeout=30)
    assert halfway.returncode == 128 + getattr(signal, numbers[0])
    assert errors.count(b"\n") == 1
    assert errors.endswith(b"1 article is done and kept; run again with --resume to go on\n")
    assert sorted(os.listdir()) == ["a.txt", "many", "never", "o.jsonl.resume"]


@POSIX
def test_signals_that_the_shell_ignores_stay_ignored() -> None:
    os.mkfifo("never")
    for name in ("INT", "TERM", "HUP"):
        trapped = f"trap '' {name}; quotes extract a.txt never -f jsonl & sleep 1.2; kill -{name} $!; "
        status, out, errors = shell(trapped + "echo 'More.' > never; wait $!")
        assert (status, errors) == (0, ""), name
        assert out.count("\n") == 3


# Streams that are closed, full or gone


@POSIX
@pytest.mark.parametrize("command", ["extract a.txt", "speakers a.txt", "show a.txt", "--help", "extract --help"])
def test_closed_stdout(command: str) -> None:
    assert shell(f"quotes {command} >&-") == (1, "", BAD)
    assert shell(f"quotes {command} >&- 2>&-") == (1, "", "")


@POSIX
@pytest.mark.parametrize("command", ["extract a.txt", "speakers a.txt", "show a.txt", "--help", "--version"])
def test_closed_stderr_and_stdin(command: str) -> None:
    expected = shell(f"quotes {command}")
    assert expected[0] == 0
    for closed in ("2>&-", "2>&- <&-"):
        assert shell(f"quotes {command} {closed}") == expected


@POSIX
def test_nothing_closed_is_written_into_a_file() -> None:
    for closed in (">&-", "2>&-", "<&- >&- 2>&-"):
        assert shell(f"quotes extract a.txt missing.txt --jobs 2 -o o.csv {closed}")[:2] == (1, "")
        assert Path("o.csv").read_bytes().startswith(b"source,id,")
        assert b"missing" not in Path("o.csv").read_bytes()
    assert shell("quotes extract <&-")[0] == 2
    status, _, errors = shell("quotes extract - <&-")
    assert status == 1
    assert errors.startswith("quotes: -: ")
    assert errors.count("\n") == 1


@FULL
@pytest.mark.parametrize(
    "command", ["--help", "--version", "extract --help", "--show-completion bash", "extract a.txt"]
)
def test_full_stdout(command: str) -> None:
    status, out, errors = shell(f"quotes {command} > /dev/full")
    assert (status, out) == (1, "")
    assert errors == BAD.replace("Bad file descriptor", "No space left on device")
    assert shell(f"quotes {command} > /dev/full 2> /dev/full") == (1, "", "")
    assert shell(f"quotes {command} | head -0; exit ${{PIPESTATUS[0]}}") == (0, "", "")


@FULL
@pytest.mark.parametrize("format", ["csv", "parquet", "xlsx", "sqlite"])
def test_a_full_device_is_told_by_its_name(format: str) -> None:
    for arguments in (f"a.txt -o /dev/full -f {format}", f"missing.txt --strict -o /dev/full -f {format}"):
        status, out, errors = shell(f"quotes extract {arguments}")
        assert (status, out, errors.count("\n")) == (1, "", 1)
        assert errors.startswith(("quotes: /dev/full: ", "quotes: missing.txt: ")[: 1 + ("missing" in arguments)])


@POSIX
def test_output_to_a_pipe_that_has_a_name() -> None:
    expected = shell("quotes extract a.txt")
    assert expected[0] == 0
    for name in ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"):
        if os.path.exists(name):
            assert shell(f"quotes extract a.txt -f csv -o {name}") == expected
    status, _, errors = shell("quotes extract a.txt -f parquet -o /dev/stdout")
    assert (status, errors.count("\n")) == (1, 1)
    assert errors.startswith("quotes: /dev/stdout: cannot be written (")
    assert "None" not in errors


def test_no_memory_is_told_in_one_line() -> None:
    streams = Streams(io.StringIO(), io.StringIO(), io.StringIO())

    def greedy() -> None:
        raise MemoryError

    assert guard(greedy, streams) == ExitStatus.FAILED
    assert streams.stderr.getvalue().startswith("quotes: there is not enough memory; ")


@FULL
def test_nobody_hears_the_errors() -> None:
    for gone in ("2> /dev/full", "2>&1 > o.csv | head -0; exit ${PIPESTATUS[0]}"):
        assert shell(f"quotes extract missing.txt a.txt {gone}")[0] == 1
        assert shell(f"quotes extract --format {gone}")[0] == 2
        assert shell(f"quotes {gone}")[0] == 2
