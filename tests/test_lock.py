"""One run at a time on one output, whatever the format, and no lock that outlives its run."""

from __future__ import annotations

import errno
import io
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from filelock import FileLock
from test_export import load, render

from quotes_cli.errors import OutputError
from quotes_cli.export.lock import beside, locked
from quotes_cli.export.output import open_output
from quotes_cli.export.registry import BY_NAME, Settings


@pytest.mark.parametrize("format", ["csv", "xlsx", "parquet", "sqlite"])
def test_a_second_run_on_the_same_output_is_refused(format: str, tmp_path: Path) -> None:
    target = tmp_path / "out"
    with (
        open_output(BY_NAME[format], str(target), Settings(), io.StringIO()),
        pytest.raises(OutputError, match="out: another run is writing it; wait for it or choose another name"),
    ):
        render(format, load("town"), target=str(target))
    render(format, load("town"), target=str(target))
    assert os.listdir(tmp_path) == ["out"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only POSIX has named pipes")
@pytest.mark.parametrize("name", ["out.csv", "out.db"])
def test_two_processes_one_output(name: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "slow")
    (tmp_path / "b.txt").write_text("“We will,” Ana Ortiz said.", "utf-8")
    command = [sys.executable, str(Path(__file__).with_name("fake_quotes.py")), "extract", "-o", name]
    first = subprocess.Popen([*command, "slow"], cwd=tmp_path, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 30
    while not list(tmp_path.glob(".quotes-*.lock")) and time.monotonic() < deadline:
        time.sleep(0.02)
    second = subprocess.run([*command, "b.txt"], cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr == f"quotes: {name}: another run is writing it; wait for it or choose another name\n"
    (tmp_path / "slow").write_text("“Stay,” Ana Ortiz said.", "utf-8")
    assert first.wait(timeout=30) == 0
    assert sorted(os.listdir(tmp_path)) == ["b.txt", name, "slow"]


@pytest.mark.parametrize("held", [False, True])
def test_a_signal_while_the_lock_is_made_leaves_none_of_ours(
    held: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.csv"
    acquire = FileLock.acquire
    calls: list[object] = []

    def interrupted(lock: FileLock, *arguments: object, **named: object) -> object:
        calls.append(lock)
        if len(calls) == 1:
            beside(target).touch()
            raise KeyboardInterrupt
        return acquire(lock, *arguments, **named)  # type: ignore[arg-type]

    other = FileLock(beside(target), is_singleton=False)
    if held:
        other.acquire()
    monkeypatch.setattr(FileLock, "acquire", interrupted)
    with pytest.raises(KeyboardInterrupt), locked(target, "out.csv"):
        pass
    assert os.listdir(tmp_path) == ([beside(target).name] if held else [])  # what another run holds stays
    other.release()


def test_a_lock_left_behind_locks_nothing(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    code = f"""
import os, pathlib
from quotes_cli.export.lock import locked
with locked(pathlib.Path({str(target)!r}), 'out.csv'):
    os._exit(1)
"""
    subprocess.run([sys.executable, "-c", code])
    assert len(os.listdir(tmp_path)) == 1
    with locked(target, "out.csv"):
        pass
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("format", ["csv", "xlsx", "parquet", "sqlite"])
def test_what_a_killed_run_left_behind_goes_with_the_next(format: str, tmp_path: Path) -> None:
    """And nothing of a run that is at work on another output."""
    target = tmp_path / "out"
    code = f"""
import io, os
from quotes_cli.export.output import open_output
from quotes_cli.export.registry import BY_NAME, Settings
with open_output(BY_NAME[{format!r}], {str(target)!r}, Settings(), io.StringIO()):
    os._exit(1)
"""
    for _ in range(3):
        subprocess.run([sys.executable, "-c", code], check=False)
    left = os.listdir(tmp_path)
    assert 1 <= len(left) <= 3  # the lock, the file, and the journal of SQLite
    other = tmp_path / "other"
    with open_output(BY_NAME[format], str(other), Settings(), io.StringIO()):
        render(format, load("town"), target=str(target))
        assert len([name for name in os.listdir(tmp_path) if name.endswith(".tmp")]) == (format != "xlsx")  # at its end
    assert sorted(os.listdir(tmp_path)) == ["other", "out"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other locks")
@pytest.mark.parametrize("number", [errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP])
def test_a_file_system_without_locks(number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(descriptor: int, operation: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("fcntl.flock", refuse)
    render("csv", load("town"), target=str(tmp_path / "out.csv"))
    assert os.listdir(tmp_path) == ["out.csv"]


def test_a_lock_that_is_a_link_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "elsewhere"
    target.write_text("kept")
    beside(tmp_path / "out.csv").symlink_to(target)
    with pytest.raises(OutputError):
        render("csv", load("town"), target=str(tmp_path / "out.csv"))
    assert target.read_text() == "kept"


def test_names_as_long_as_names_can_be(tmp_path: Path) -> None:
    render("csv", load("town"), target=str(tmp_path / ("a" * 251 + ".csv")))
    assert len(os.listdir(tmp_path)) == 1
