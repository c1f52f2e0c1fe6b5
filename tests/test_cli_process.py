"""The command as a process of its own: pipes, signals, full disks and locales. The pipeline is a fake."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from fake_quotes import STORY

from quotes_cli import __version__
from quotes_cli.export.record import COLUMNS

TESTS = Path(__file__).parent
HEADER = ",".join(COLUMNS) + "\r\n"


def start(*arguments: str, **options: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(TESTS / "fake_quotes.py"), *arguments]
    return subprocess.Popen(command, stderr=subprocess.PIPE, **options)


@pytest.fixture
def long_story(tmp_path: Path) -> Path:
    path = tmp_path / "long.txt"
    path.write_text(STORY * 1000, "utf-8")
    return path


def test_closed_pipe_ends_quietly(long_story: Path) -> None:
    process = start("extract", str(long_story), str(long_story.parent), stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    assert process.wait() == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_full_disk_is_told(long_story: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        process = start("extract", str(long_story), stdout=full)
        _, errors = process.communicate()
    assert process.returncode == 1
    assert errors.startswith(b"quotes: standard output: cannot be written (No space left on device)")
    assert errors.count(b"\n") == 1


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_signals_leave_no_half_file(number: signal.Signals, status: int, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "slow")
    out = tmp_path / "out.csv"
    process = start("extract", str(tmp_path / "slow"), "-o", str(out))
    deadline = time.monotonic() + 30
    while not list(tmp_path.glob(".quotes-*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(number)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == status
    assert os.listdir(tmp_path) == ["slow"]
    assert errors == (b"quotes: interrupted\n" if number == signal.SIGINT else b"")


def test_same_bytes_in_every_locale(long_story: Path) -> None:
    outputs = set()
    for locale in ({"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "latin-1"}, {}):
        process = start("extract", str(long_story), stdout=subprocess.PIPE, env=os.environ | locale)
        outputs.add(process.communicate()[0])
    assert len(outputs) == 1
    assert outputs.pop().decode("utf-8").startswith(HEADER)


def test_the_installed_script() -> None:
    script = Path(sys.executable).parent / "quotes"
    command = [str(script)] if script.exists() else [sys.executable, "-m", "quotes_cli"]
    result = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True)
    assert result.stdout.startswith(f"quotes {__version__}\n")
