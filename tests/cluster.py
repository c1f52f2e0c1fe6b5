"""Three machines of network namespaces, an object store, and what may happen to them: `make cluster-test`.

Each machine runs Ray with one core; the first is the head and starts the runs. One fault after the other is made, and
what `quotes extract --engine ray` does then is compared with the local engine. Needs Linux, root (or the right to make
network namespaces), iproute2, Ray and moto. Not part of CI: it takes a quarter of an hour.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from machines import NET, STORE, Cluster, environment, sh

ARTICLES = 60
Rows = list[dict[str, Any]]
#: Hides the package from the Python of one machine, as where nobody has installed it.
HIDING = """
import sys
class Hidden:
    def find_spec(self, name, *rest):
        if name.split(".")[0] == "quotes_cli":
            raise ModuleNotFoundError("No module named 'quotes_cli'", name="quotes_cli")
sys.meta_path.insert(0, Hidden())
"""


class WrongError(AssertionError):
    """What was expected and did not come."""


def expect(condition: object, why: str) -> None:
    if not condition:
        raise WrongError(why)


def finish(run: subprocess.Popen[str], seconds: float = 400) -> tuple[int, str, float]:
    """Status, stderr and seconds of a run; stdout has nothing."""
    began = time.monotonic()
    try:
        out, err = run.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        run.kill()
        raise WrongError(f"no end within {seconds:g} s: {run.communicate()[1]!r}") from None
    expect(out == "", f"stdout has {out[:200]!r}")
    return run.returncode, err, time.monotonic() - began


def rows(place: Path) -> Rows:
    import pyarrow.parquet as pq

    found: Rows = pq.read_table(place).to_pylist()
    return found


def read_bucket(cluster: Cluster, name: str) -> tuple[Rows, list[str]]:
    """The records of a folder of the store, and its files."""
    code = """
import json, sys
from pyarrow import fs, parquet
system, path = fs.FileSystem.from_uri(sys.argv[1])
names = [info.base_name for info in system.get_file_info(fs.FileSelector(path, allow_not_found=True))]
parts = sorted(name for name in names if name.endswith(".parquet"))
found = [row for part in parts for row in parquet.read_table(f"{path}/{part}", filesystem=system).to_pylist()]
print(json.dumps([found, names]))
"""
    done = subprocess.run([sys.executable, "-c", code, cluster.stored(name)], env=environment(), check=True,
                          capture_output=True, encoding="utf-8")  # fmt: skip
    found, names = json.loads(done.stdout)
    return found, names


def archive(folder: Path) -> Path:
    """Articles in some tables, long enough that a run takes half a minute."""
    made = folder / "archive"
    made.mkdir()
    names = ("Ana Ortiz", "Ben Cole", "Mara Lind", "Tom Reyes", "Ida Frost")
    for number in range(ARTICLES):
        name = names[number % len(names)]
        said = "".join(
            f"“Bridge {number} will open in {day} days,” {name}, the mayor, said on Tuesday. The council met late.\n\n"
            f"“No one asked us,” {name.split()[1]} added. It rained on the harbour all day long.\n\n"
            for day in range(40)
        )
        (made / f"{number:03}.txt").write_text(said, "utf-8")
    return made


def begun(folder: Path, run: subprocess.Popen[str], seconds: float = 120) -> None:
    """Wait until workers work: their Python processes use the processor."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and run.poll() is None:
        if len(sh("pgrep -f '[r]ay::.*[Ee]xtract'", check=False).stdout.split()) >= 2:
            time.sleep(6)
            return
        time.sleep(0.5)


def test_no_fault(cluster: Cluster, folder: Path, expected: Rows) -> str:
    with cluster.running():
        status, said, seconds = finish(cluster.quotes("archive", "-o", "out"))
        expect(status == 0, f"{status} {said!r}")
        expect(rows(folder / "out") == expected, "other records than the local engine's")
        again, said, _ = finish(cluster.quotes("archive", "-o", cluster.stored("out")))
        expect(again == 0, f"{again} {said!r}")
        found, names = read_bucket(cluster, "out")
        expect(found == expected, "other records in the store")
        expect("_SUCCESS" in names and not any("RUNNING" in name for name in names), f"{names}")
        status, said, _ = finish(cluster.quotes("archive/gone.txt", "-o", cluster.stored("none")))
        expect(status == 1 and "gone.txt: no such file" in said and "is not written" in said, said)
        expect(read_bucket(cluster, "none")[1] == [], "a folder over an empty table")
    return f"{len(expected)} records in {seconds:.0f} s, on disk and in the store"


def killed(which: str) -> Callable[[Cluster, Path, Rows], str]:
    def test(cluster: Cluster, folder: Path, expected: Rows) -> str:
        with cluster.running():
            run = cluster.quotes("archive", "-o", "out")
            begun(folder, run)
            if which.startswith("machine"):
                cluster.machines[int(which[-1]) - 1].kill()
            else:
                pids = sh(f"pgrep -f '[r]ay::.*{which}'", check=False).stdout.split()
                expect(pids, f"there is no process of {which}")
                for pid in pids if which.startswith("(") else pids[:1]:
                    os.kill(int(pid), signal.SIGKILL)
            status, said, seconds = finish(run)
            expect(status == 0, f"{status} {said!r}")
            expect(rows(folder / "out") == expected, "records are lost or doubled")
        return f"all records, {seconds:.0f} s after it; {said.strip()!r}"

    return test


def test_cut_off(cluster: Cluster, folder: Path, expected: Rows) -> str:
    with cluster.running():
        run = cluster.quotes("archive", "-o", "out")
        begun(folder, run)
        began = time.monotonic()
        cluster.machines[2].cut(True)
        assert run.stderr is not None
        first = run.stderr.readline()
        word = time.monotonic() - began
        try:
            expect("does not answer" in first and word < 30, f"after {word:.0f} s: {first!r}")
            status, said, _ = finish(run)
        finally:
            cluster.machines[2].cut(False)
        expect(status == 0, f"{status} {said!r}")
        expect(rows(folder / "out") == expected, "records are lost or doubled")
    return f"told after {word:.0f} s, all records {time.monotonic() - began:.0f} s after it"


def test_no_answer(cluster: Cluster, folder: Path, expected: Rows) -> str:
    told = []
    for address in (f"{NET}.1:7777", f"{NET}.77:6379", f"{NET}.254:{STORE}"):  # refused, no machine, a web server
        status, said, seconds = finish(cluster.quotes("archive", "-o", "out", address=address))
        expect(status == 2 and seconds < 20, f"{status} after {seconds:.0f} s: {said!r}")
        expect("no Ray answers at" in said and said.count("\n") == 1, said)
        told.append(f"{seconds:.0f}")
    return f"told after {', '.join(told)} s"


def cause(says: str, mounts: str = ":", path: str = "", everywhere: str = "") -> Callable[[Cluster, Path, Rows], str]:
    """A cluster that is not as it should be: what each machine but the one of the run sees (`mounts`, in a namespace of
    its own; `path` before its Python), or all of them (`everywhere`)."""

    def test(cluster: Cluster, folder: Path, expected: Rows) -> str:
        for name in ("apart", "hiding", "lists"):
            (folder / name).mkdir(exist_ok=True)
        (folder / "hiding" / "sitecustomize.py").write_text(HIDING)
        (folder / "lists" / "cues.txt").write_text("burble\tsay\n")
        start: dict[str, Any] = {"mounts": mounts}
        if path:
            start["env"] = {"PYTHONPATH": str(folder / path)}
        try:
            sh(f"cd {folder} && {everywhere or ':'}")
            # The first has it, too, as nobody knows where a part is written. The run itself is in no such namespace.
            with cluster.running(m1=start if not path else {}, m2=start, m3=start):
                status, said, seconds = finish(cluster.quotes("archive", "-o", "apart/out", "--cues", "lists/cues.txt"))
            expect(status in (1, 2) and says in said and said.count("\n") == 1, f"{status}: {said!r}")
            expect(not list((folder / "apart").glob("out*")), "something is left of the output")
        finally:
            sh(f"umount {folder}/apart", check=False)
        return f"{said.strip()!r} after {seconds:.0f} s"

    return test


def test_two_runs(cluster: Cluster, folder: Path, expected: Rows) -> str:
    with cluster.running():
        for output in ("out", cluster.stored("two")):
            first = cluster.quotes("archive", "-o", output)
            begun(folder, first)
            status, said, seconds = finish(cluster.quotes("archive", "-o", output))
            expect(status in (1, 2) and "another run" in said and seconds < 30, f"{status} {seconds:.0f} s {said!r}")
            status, said, _ = finish(first)
            expect(status == 0, f"{status} {said!r}")
        expect(rows(folder / "out") == expected, "records are lost on disk")
        expect(read_bucket(cluster, "two")[0] == expected, "records are lost in the store")
    return "the second is refused, the first has all records"


def test_ended(cluster: Cluster, folder: Path, expected: Rows) -> str:
    told = []
    with cluster.running():
        for number, wanted in ((signal.SIGTERM, 143), (signal.SIGINT, 130)):
            run = cluster.quotes("archive", "-o", "out")
            begun(folder, run)
            run.send_signal(number)
            status, said, seconds = finish(run)
            expect(status == wanted, f"{status} and not {wanted}: {said!r}")
            expect(not list(folder.glob("out*")), "something is left of the output")
            told.append(f"{status} after {seconds:.0f} s")
    return ", ".join(told)


TESTS: dict[str, Callable[[Cluster, Path, Rows], str]] = {
    "no fault": test_no_fault,
    "machine 2 killed": killed("machine 2"),
    "machine 3 killed": killed("machine 3"),
    "the actor of attempts killed": killed("Attempts"),
    "an extractor killed": killed("[Ee]xtract"),
    "actors of Ray's own killed": killed("(_StatsActor|ActorLocationTracker|_AutoscalingCoordinatorActor)"),
    "a machine cut off": test_cut_off,
    "no Ray there": test_no_answer,
    "a disk that is full": cause("make room", everywhere="mount -t tmpfs -o size=16k none apart"),
    "an output that is not shared": cause("share", mounts="mount -t tmpfs none apart"),
    "no quotes-cli on a machine": cause("has no quotes-cli", path="hiding"),
    "no cues on a machine": cause("cues.txt: cannot read the list of cues", mounts="mount -t tmpfs none lists"),
    "two runs on one output": test_two_runs,
    "SIGTERM and Ctrl-C": test_ended,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help=f"some of: {', '.join(TESTS)}")
    names = parser.parse_args().names or list(TESTS)
    if sh("ip netns add quotes-try && ip netns del quotes-try", check=False).returncode:
        print("this machine does not let us make network namespaces: run it as root, on Linux with iproute2")
        return 2
    failed = 0
    folder = Path(tempfile.mkdtemp(prefix="qc-", dir="/tmp"))  # short: Ray's sockets have long names
    archive(folder)
    local = [sys.executable, "-m", "quotes_cli", "extract", "archive", "-o", "local.parquet"]
    subprocess.run(local, cwd=folder, env=environment(), check=True)
    expected = rows(folder / "local.parquet")
    cluster = Cluster(folder)
    try:
        for name in names:
            for left in folder.glob("out*"):
                shutil.rmtree(left) if left.is_dir() else left.unlink()
            cluster.make()
            try:
                print(f"{name}: {TESTS[name](cluster, folder, expected)}", flush=True)
            except WrongError as error:
                failed += 1
                print(f"{name}: WRONG: {error}", flush=True)
    finally:
        cluster.remove()
        shutil.rmtree(folder, ignore_errors=True)
    print(f"{len(names) - failed} of {len(names)} as expected")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
