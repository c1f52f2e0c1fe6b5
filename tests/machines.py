"""Machines of network namespaces, Ray on them, and an object store, for `cluster.py`."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
NET = "10.213.7"
PORT, STORE = 6379, 5555
TOKEN = "6b" * 32  # that the machines share, as Ray wants it since 2.59
BRIDGE = "quotes-br"
NO_CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}


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
        # Each with a folder of Ray's of its own: what joins a cluster finds its raylet by what lies in there.
        own = self.folder / f"ray-{self.number}"
        own.mkdir(exist_ok=True)
        mounts = mounts if self.number == 1 else f"mount --bind {own} {self.folder}/ray && {mounts}"
        command = ["ip", "netns", "exec", self.name, "unshare", "-m", "sh", "-c", f"{mounts} && exec {ray}"]
        log = (self.folder / f"{self.name}.log").open("ab")
        self.raylet = subprocess.Popen(command, env=environment() | (env or {}), stdout=log, stderr=log,
                                       cwd=self.folder, start_new_session=True)  # fmt: skip

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

    def stored(self, name: str) -> str:
        """The address of a folder in the store."""
        base, _, options = self.bucket.partition("?")
        return f"{base}/{name}?{options}"

    @contextmanager
    def running(self, **starts: dict[str, Any]) -> Iterator[None]:
        """Ray on all machines; `starts` are options of `Machine.start` by `m2` and `m3`."""
        for left in self.folder.glob("ray*"):
            shutil.rmtree(left, ignore_errors=True)
        (self.folder / "ray").mkdir()
        try:
            for count, machine in enumerate(self.machines, 1):
                for left in reversed(range(3)):  # Ray gives itself 30 seconds, which may be too few on a busy machine
                    machine.start(**starts.get(f"m{machine.number}", {}))
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
