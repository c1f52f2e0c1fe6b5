"""What a cluster does wrong, without Ray: no answer, causes in a page of text, two runs on one output, what is left."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quotes_cli.commands.request import ExtractOptions
from quotes_cli.engine import faults
from quotes_cli.engine.faults import cause_of, check_address
from quotes_cli.engine.parts import DONE, RUNNING, Folder, Part, block_schema, write_part
from quotes_cli.engine.worker import Attempts
from quotes_cli.errors import InputError, LexiconError, OutputError, UsageError
from quotes_cli.status import ExitStatus, Streams

# Addresses


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    server = socket.create_server(("127.0.0.1", 0))
    yield server
    server.close()


def answering(server: socket.socket, data: bytes) -> str:
    def serve() -> None:
        connection, _ = server.accept()
        with connection:
            connection.recv(1000)
            connection.sendall(data)
            with suppress(OSError):  # who asked may be gone
                connection.shutdown(socket.SHUT_WR)
                connection.recv(1)

    threading.Thread(target=serve, daemon=True).start()
    return f"127.0.0.1:{server.getsockname()[1]}"


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    began = time.monotonic()
    with pytest.raises(UsageError, match=rf"^--address: no Ray answers at 127.0.0.1:{port} \(.*refused\); see: ray st"):
        check_address(f"127.0.0.1:{port}")
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("data", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"SSH"])
def test_another_server_listens(data: bytes, listener: socket.socket) -> None:
    with pytest.raises(UsageError, match="what answers there is not Ray"):
        check_address(answering(listener, data))


def test_a_server_that_says_nothing(listener: socket.socket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "SECONDS", 0.3)
    with pytest.raises(UsageError, match="no answer within 10 seconds"):
        check_address(f"127.0.0.1:{listener.getsockname()[1]}")


def test_what_answers_as_ray_does(listener: socket.socket) -> None:
    settings = bytes.fromhex("000006040000000000000500004000")
    check_address(f"ray://{answering(listener, settings)}")
    check_address("what Ray may understand")


@pytest.mark.parametrize("address", [f"127.0.0.1:{'9' * 5000}", f"é.{'x' * 70}:5", "a..b:5"])
def test_addresses_that_are_none(address: str) -> None:
    with pytest.raises(UsageError, match=r"^--address: no Ray answers at "):
        check_address(address)


# Causes


def of_ray(text: str) -> RuntimeError:
    return RuntimeError(text)


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("ray::Extract.__init__()\n  File x\nquotes_cli.errors.LexiconError: cues.txt: no such file\n" + "x" * 900,
         LexiconError, "cues.txt: no such file (on a machine of the cluster)"),
        ("The actor died\nModuleNotFoundError: No module named 'quotes_cli'\n" + "to apply UDF transform " * 20,
         OutputError, "out: nothing is written: a machine of the cluster has no quotes-cli; install this"),
        ("ModuleNotFoundError: No module named 'lxml'", OutputError, "a machine of the cluster lacks lxml; install"),
        ("OSError: [Errno 28] No space left on device: '/tmp/ray/x'", OutputError, "a disk of the cluster is full"),
        ("ray.exceptions.OutOfMemoryError: Task was killed", OutputError, "too little memory; run with fewer --jobs"),
        ("Something else\n\nat the end", OutputError, "Ray gave up and nothing is written (at the end); run again."),
    ],
)  # fmt: skip
def test_a_cause_has_a_line_of_its_own(text: str, kind: type[Exception], said: str) -> None:
    outer = of_ray("to apply UDF transform after 1/1 attempts")
    outer.__cause__ = of_ray(text)
    found = cause_of(outer, "out")
    assert type(found) is kind
    assert said in str(found)
    assert "\n" not in str(found)


def test_our_own_error_is_the_cause() -> None:
    error = of_ray("UserCodeException")
    error.__cause__ = InputError("a.pdf: broken PDF")
    found = cause_of(error, "out")
    assert (type(found), str(found)) == (InputError, "a.pdf: broken PDF")


def test_what_ray_adds_to_our_error_is_left_out() -> None:
    added = (
        "Failed to apply UDF transform after 1/1 attempts (total backoff 0.0s).\nTo change retry attempts, configure"
    )
    found = cause_of(OutputError(f"out: cannot be written (it is full); make room\n{added}"), "out")
    assert (type(found), str(found)) == (OutputError, "out: cannot be written (it is full); make room")


def test_a_part_that_cannot_be_written_names_the_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    block = pa.Table.from_pylist([{"quote": "One"}], block_schema(["quote"]))
    with pytest.raises(
        OutputError, match=r"^shown: a machine of the cluster does not see this folder, or it is gone; n"
    ):
        write_part(str(tmp_path / "gone"), 0, [block], ["quote"], "shown")

    def full(*arguments: object, **options: object) -> None:
        raise OSError(errno.ENOSPC, "words of Arrow's")

    monkeypatch.setattr(pq, "write_table", full)
    with pytest.raises(
        OutputError, match=r"^shown: cannot be written \(No space left on device\); choose another place or make room"
    ):
        write_part(str(tmp_path), 0, [block], ["quote"], "shown")


def test_attempts_that_were_started_again() -> None:
    attempts = Attempts()
    attempts.end("of a batch that began before")
    assert attempts.begin("of a batch that began before") == (False, set())


# Two runs


def test_the_second_run_on_a_folder_is_refused_and_leftovers_go(tmp_path: Path) -> None:
    (tmp_path / "out.0123abcd.tmp").mkdir()
    (tmp_path / "out.0123abcd.tmp" / "part").write_text("of a run that was killed")
    (tmp_path / "out.old.tmp").mkdir()
    first = Folder(str(tmp_path / "out"))
    first.begin()
    assert not (tmp_path / "out.0123abcd.tmp").exists()
    assert (tmp_path / "out.old.tmp").exists()
    code = f"from quotes_cli.engine.parts import Folder; f = Folder({str(tmp_path / 'out')!r}); f.check(); f.begin()"
    second = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert "another run is writing it; wait for it or choose another name" in second.stderr
    first.finish([], ["quote"])
    assert sorted(os.listdir(tmp_path)) == ["out", "out.old.tmp"]


def test_the_second_run_on_a_store_is_refused(tmp_path: Path) -> None:
    store = (tmp_path / "out").as_uri()
    first = Folder(store)
    first.check()
    first.begin()
    with pytest.raises(UsageError, match="is being written by another run, or was by one that was killed"):
        Folder(store).check()
    second = Folder(store)
    with pytest.raises(OutputError, match="another run is writing it; wait for it or name another folder"):
        second.begin()
    assert [name[: len(RUNNING)] for name in os.listdir(tmp_path / "out")] == [RUNNING]
    first.finish([Part(None)], ["quote"])
    assert sorted(os.listdir(tmp_path / "out")) == [DONE, "part-000000.parquet"]
    third = Folder((tmp_path / "third").as_uri())
    third.begin()
    third.abandon()
    assert os.listdir(tmp_path / "third") == []


def test_no_table_where_no_input_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("ray")
    from quotes_cli.engine import run

    monkeypatch.setattr(run, "load_extractor", lambda options: None)
    options = ExtractOptions((str(tmp_path / "gone.txt"),), engine="ray", output=str(tmp_path / "out"))
    assert run.run_command(options, Streams.standard()) is ExitStatus.FAILED
    assert os.listdir(tmp_path) == ["out.errors.jsonl"]
