"""Three machines of network namespaces, an object store, and what may happen to them: `make cluster-test`.

Each machine runs Ray with one core; the first is the head and starts the runs. One fault after the other is made, and
what `quotes extract --engine ray` does then is compared with the local engine. Needs Linux, root (or the right to make
network namespaces), iproute2, Ray and moto. Not part of CI: it takes half an hour.
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
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
NET = "10.213.7"
PORT, STORE = 6379, 5555
TOKEN = "6b" * 32  # that the machines share, as Ray wants it since 2.59
BRIDGE = "quotes-br"
ARTICLES = 60
NO_CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}
#: Hides the package from the Python of one machine, as where nobody has installed it.
HIDING = """
import sys
class Hidden:
    def find_spec(self, name, *rest):
        if name.split(".")[0] == "quotes_cli":
            raise ModuleNotFoundError("No module named 'quotes_cli'", name="quotes_cli")
sys.meta_path.insert(0, Hidden())
"""


def sh(command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, shell=True, capture_output=True, encoding="utf-8", check=check)


class Machine:
    """A network namespace with a raylet in it; `mounts` are shell commands in a mount namespace of its own."""

    def __init__(self, number: int, folder: Path) -> None:
        self.number, self.folder = number, folder
        self.name, self.address = f"quotes-{number}", f"{NET}.{number}"
        self.raylet: subprocess.Popen[bytes] | None = None

    def make(self) -> None:
        sh(f"ip netns add {self.name}")
        sh(f"ip link add qv{self.number} type veth peer name qe{self.number}")
        sh(f"ip link set qe{self.number} netns {self.name} name eth0")
        sh(f"ip link set qv{self.number} master {BRIDGE} up")
        sh(f"ip netns exec {self.name} ip addr add {self.address}/24 dev eth0")
        sh(f"ip netns exec {self.name} ip link set eth0 up")
        sh(f"ip netns exec {self.name} ip link set lo up")

    def start(self, mounts: str = ":", env: dict[str, str] | None = None) -> None:
        head = f"--head --port={PORT} --include-dashboard=false"
        role = head if self.number == 1 else f"--address={NET}.1:{PORT}"
        ray = (
            f"{BIN}/ray start {role} --node-ip-address={self.address} --num-cpus=1 --block --disable-usage-stats"
            f" --object-store-memory=150000000 --temp-dir={self.folder}/ray"
        )
        command = ["ip", "netns", "exec", self.name, "unshare", "-m", "sh", "-c", f"{mounts}; exec {ray}"]
        log = (self.folder / f"{self.name}.log").open("ab")
        self.raylet = subprocess.Popen(command, env=environment() | (env or {}), stdout=log, stderr=log,
                                       start_new_session=True)  # fmt: skip

    def kill(self) -> None:
        """All of it at once, as where the power goes."""
        for pid in sh(f"ip netns pids {self.name}", check=False).stdout.split():
            with suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)
        if self.raylet is not None:
            self.raylet.wait()

    def cut(self, off: bool) -> None:
        sh(f"ip link set qv{self.number} {'down' if off else 'up'}")

    def remove(self) -> None:
        self.kill()
        sh(f"ip netns del {self.name}; ip link del qv{self.number}", check=False)


def environment() -> dict[str, str]:
    known = {name: value for name, value in os.environ.items() if not name.startswith("RAY_")}
    return known | NO_CREDENTIALS | {"PYTHONPATH": str(ROOT), "RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": TOKEN}


class Cluster:
    """The three machines and the store, made anew for each fault."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.machines = [Machine(number, folder) for number in (1, 2, 3)]
        self.bucket = f"s3://bucket?endpoint_override={NET}.254:{STORE}&scheme=http&allow_bucket_creation=true"
        self.moto: subprocess.Popen[bytes] | None = None

    def make(self) -> None:
        self.remove()
        sh(f"ip link add {BRIDGE} type bridge")
        sh(f"ip addr add {NET}.254/24 dev {BRIDGE}")
        sh(f"ip link set {BRIDGE} up")
        for machine in self.machines:
            machine.make()
        self.moto = subprocess.Popen([BIN / "moto_server", "-H", f"{NET}.254", "-p", str(STORE)],
                                     stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip

    def remove(self) -> None:
        for machine in self.machines:
            machine.remove()
        if self.moto is not None:
            self.moto.kill()
            self.moto.wait()
        sh(f"ip link del {BRIDGE}", check=False)

    @contextmanager
    def running(self, **starts: dict[str, object]) -> Iterator[None]:
        """Ray on all machines; `starts` are options of `Machine.start` by `m2` and `m3`."""
        shutil.rmtree(self.folder / "ray", ignore_errors=True)
        try:
            for count, machine in enumerate(self.machines, 1):
                for left in reversed(range(3)):  # Ray gives itself 30 seconds, which may be too few on a busy machine
                    machine.start(**starts.get(f"m{machine.number}", {}))  # type: ignore[arg-type]
                    if self.comes(count):
                        break
                    machine.kill()
                    if not left:
                        raise SystemExit(f"{machine.name} does not come up: see {self.folder}/{machine.name}.log")
            yield
        finally:
            for machine in reversed(self.machines):
                machine.kill()

    def comes(self, count: int, seconds: float = 60) -> bool:
        """Whether so many machines are in the cluster within that time."""
        code = f"""
import sys, time
from ray._raylet import GcsClient
end = time.monotonic() + {seconds}
while time.monotonic() < end:
    try:
        nodes = GcsClient(address="{NET}.1:{PORT}").get_all_node_info()
        if sum(node.state == 0 for node in nodes.values()) == {count}:
            sys.exit(0)
    except Exception:
        pass
    time.sleep(1)
sys.exit(1)
"""
        command = ["ip", "netns", "exec", "quotes-1", sys.executable, "-c", code]
        return subprocess.run(command, env=environment(), capture_output=True, check=False).returncode == 0

    def quotes(self, *arguments: object, address: str | None = None) -> subprocess.Popen[str]:
        where = address or f"{NET}.1:{PORT}"
        command = ["ip", "netns", "exec", "quotes-1", sys.executable, "-m", "quotes_cli", "extract",
                   "--engine", "ray", "--address", where, *map(str, arguments)]  # fmt: skip
        return subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                encoding="utf-8", cwd=self.folder)  # fmt: skip


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


def rows(place: Path) -> list[dict[str, object]]:
    import pyarrow.parquet as pq

    return pq.read_table(place).to_pylist()  # type: ignore[no-any-return]


def read_bucket(cluster: Cluster, name: str) -> tuple[list[dict[str, object]], list[str]]:
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
    done = subprocess.run([sys.executable, "-c", code, at(cluster, name)], env=environment(), check=True,
                          capture_output=True, encoding="utf-8")  # fmt: skip
    found, names = json.loads(done.stdout)
    return found, names


def at(cluster: Cluster, name: str) -> str:
    base, _, options = cluster.bucket.partition("?")
    return f"{base}/{name}?{options}"


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
        if len(sh("pgrep -f 'ray::.*[Ee]xtract'", check=False).stdout.split()) >= 2:
            time.sleep(6)
            return
        time.sleep(0.5)


def test_no_fault(cluster: Cluster, folder: Path, expected: list[dict[str, object]]) -> str:
    with cluster.running():
        status, said, seconds = finish(cluster.quotes("archive", "-o", "out"))
        expect(status == 0, f"{status} {said!r}")
        expect(rows(folder / "out") == expected, "other records than the local engine's")
        again, said, _ = finish(cluster.quotes("archive", "-o", at(cluster, "out")))
        expect(again == 0, f"{again} {said!r}")
        found, names = read_bucket(cluster, "out")
        expect(found == expected, "other records in the store")
        expect("_SUCCESS" in names and not any("RUNNING" in name for name in names), f"{names}")
        status, said, _ = finish(cluster.quotes("archive/gone.txt", "-o", at(cluster, "none")))
        expect(status == 1 and "gone.txt: no such file" in said and "is not written" in said, said)
        expect(read_bucket(cluster, "none")[1] == [], "a folder over an empty table")
    return f"{len(expected)} records in {seconds:.0f} s, on disk and in the store"


def killed(which: str) -> Callable[[Cluster, Path, list[dict[str, object]]], str]:
    def test(cluster: Cluster, folder: Path, expected: list[dict[str, object]]) -> str:
        with cluster.running():
            run = cluster.quotes("archive", "-o", "out")
            begun(folder, run)
            if which.startswith("machine"):
                cluster.machines[int(which[-1]) - 1].kill()
            else:
                pids = sh(f"pgrep -f 'ray::.*{which}'", check=False).stdout.split()
                expect(pids, f"there is no process of {which}")
                os.kill(int(pids[0]), signal.SIGKILL)
            status, said, seconds = finish(run)
            expect(status == 0, f"{status} {said!r}")
            expect(rows(folder / "out") == expected, "records are lost or doubled")
        told = f"; told: {said.strip()!r}" if said else ""
        return f"all records, {seconds:.0f} s after it{told}"

    return test


def test_cut_off(cluster: Cluster, folder: Path, expected: list[dict[str, object]]) -> str:
    with cluster.running():
        run = cluster.quotes("archive", "-o", "out")
        begun(folder, run)
        began = time.monotonic()
        cluster.machines[2].cut(True)
        expect(run.stderr is not None, "")
        first = run.stderr.readline()  # type: ignore[union-attr]
        word = time.monotonic() - began
        try:
            expect("does not answer" in first and word < 30, f"after {word:.0f} s: {first!r}")
            status, said, _ = finish(run)
        finally:
            cluster.machines[2].cut(False)
        expect(status == 0, f"{status} {said!r}")
        expect(rows(folder / "out") == expected, "records are lost or doubled")
    return f"told after {word:.0f} s, all records {time.monotonic() - began:.0f} s after it"


def test_no_answer(cluster: Cluster, folder: Path, expected: list[dict[str, object]]) -> str:
    told = []
    for address in (f"{NET}.1:7777", f"{NET}.77:6379", f"{NET}.254:{STORE}"):  # refused, no machine, a web server
        status, said, seconds = finish(cluster.quotes("archive", "-o", "out", address=address))
        expect(status == 2 and seconds < 20, f"{status} after {seconds:.0f} s: {said!r}")
        expect("no Ray answers at" in said and said.count("\n") == 1, said)
        told.append(f"{seconds:.0f}")
    return f"told after {', '.join(told)} s"


def cause(says: str, **options: object) -> Callable[[Cluster, Path, list[dict[str, object]]], str]:
    """A machine that is not as it should be: `mounts`, `env` or `cues` of one."""

    def test(cluster: Cluster, folder: Path, expected: list[dict[str, object]]) -> str:
        more = ["--cues", "cues.txt"] if options.get("cues") else []
        start = {name: value for name, value in options.items() if name != "cues"}
        if "mounts" in start:
            start["mounts"] = str(start["mounts"]).format(folder=folder)
        (folder / "apart").mkdir(exist_ok=True)
        (folder / "hiding").mkdir(exist_ok=True)
        (folder / "hiding" / "sitecustomize.py").write_text(HIDING)
        if "env" in start:
            start["env"] = {name: str(value).format(folder=folder) for name, value in start["env"].items()}  # type: ignore[attr-defined]
        (folder / "cues.txt").write_text("burble\tspeech\n")
        with cluster.running(m2=start, m3=start):
            status, said, seconds = finish(cluster.quotes("archive", "-o", "apart/out", *more))
        line = said.strip().splitlines()[-1] if said.strip() else ""
        expect(status in (1, 2) and says in line, f"{status}: {said!r}")
        expect(not list((folder / "apart").glob("out*")), "something is left of the output")
        return f"{line!r} after {seconds:.0f} s"

    return test


def test_two_runs(cluster: Cluster, folder: Path, expected: list[dict[str, object]]) -> str:
    with cluster.running():
        for output in ("out", at(cluster, "two")):
            first = cluster.quotes("archive", "-o", output)
            begun(folder, first)
            status, said, seconds = finish(cluster.quotes("archive", "-o", output))
            expect(status in (1, 2) and "another run" in said and seconds < 30, f"{status} {seconds:.0f} s {said!r}")
            status, said, _ = finish(first)
            expect(status == 0, f"{status} {said!r}")
        expect(rows(folder / "out") == expected, "records are lost on disk")
        expect(read_bucket(cluster, "two")[0] == expected, "records are lost in the store")
    return "the second is refused, the first has all records"


def test_ended(cluster: Cluster, folder: Path, expected: list[dict[str, object]]) -> str:
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


TESTS: dict[str, Callable[[Cluster, Path, list[dict[str, object]]], str]] = {
    "no fault": test_no_fault,
    "machine 2 killed": killed("machine 2"),
    "machine 3 killed": killed("machine 3"),
    "the actor of attempts killed": killed("Attempts"),
    "an extractor killed": killed("[Ee]xtract"),
    "a machine cut off": test_cut_off,
    "no Ray there": test_no_answer,
    "a disk that is full": cause("make room", mounts="mount -t tmpfs -o size=4k none {folder}/apart"),
    "an output that is not shared": cause("share", mounts="mount -t tmpfs none {folder}/apart"),
    "no quotes-cli on a machine": cause("has no quotes-cli", env={"PYTHONPATH": "{folder}/hiding"}),
    "no cues on a machine": cause("cues.txt", cues=True, mounts="mount --bind /dev/null {folder}/cues.txt"),
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
