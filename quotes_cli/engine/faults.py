"""What goes wrong in a cluster comes in, one line on it and its remedy goes out: no answer, machines that fall silent,
and what Ray says of an error, of which the cause is in the middle of a page of text.
"""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from quotes_cli import errors
from quotes_cli.errors import OutputError, QuotesError, UsageError, reason

from .places import EXTRA

SECONDS = 10.0  # in which a cluster must answer
EVERY = 5.0  # seconds between looks at the machines
# How a client of gRPC begins, with empty settings; any server of it answers with its own.
_PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes.fromhex("000000040000000000")
_SETTINGS = 4
_LOG = "Ray's own log is in /tmp/ray/session_latest/logs on each machine"
_NO_PACKAGE = re.compile(r"No module named '?quotes_cli")
_NO_MODULE = re.compile(r"No module named '?([\w.]+)")
_NO_ROOM = re.compile("No space left on device")
_NO_MEMORY = re.compile("OutOfMemory|out of memory")
_OTHERS = re.compile("Can't get attribute|unexpected keyword argument|has no attribute")
#: What Ray's text has where the cause is none of our errors, and what to say then.
_CAUSES = (
    (_NO_PACKAGE, f"a machine of the cluster has no quotes-cli; install this version on each: {EXTRA}"),
    (_NO_MODULE, "a machine of the cluster lacks {0}; install the same on each: " + EXTRA),
    (_NO_ROOM, "a disk of the cluster is full; make room, also in /tmp/ray, and run again"),
    (_NO_MEMORY, "a machine of the cluster has too little memory; run with fewer --jobs"),
    (_OTHERS, "the machines have different versions of quotes-cli or Ray; install the same on each"),
)
_RETRIES = re.compile(
    r"\nFailed to .{0,300} after \d+/\d+ attempts", re.S
)  # what Ray adds to a message, on three lines
_OURS = re.compile(r"quotes_cli\.errors\.(\w{1,30}Error): (.+)")


def check_address(address: str) -> None:
    """Raise `UsageError` where no Ray answers, which Ray itself takes many minutes to find out."""
    if address == "auto":
        with suppress(Exception):  # Ray's own way to look it up is not its public interface
            from ray._private.services import canonicalize_bootstrap_address

            address = canonicalize_bootstrap_address(address) or address
    host, _, port = address.rpartition("://")[2].rpartition(":")
    if address == "auto" or not host or not port.isdecimal():
        return  # for Ray to understand
    try:
        with socket.create_connection((host.strip("[]"), int(port)), SECONDS) as connection:
            connection.settimeout(SECONDS)
            connection.sendall(_PREFACE)
            answer = connection.recv(9)
            if len(answer) < 4 or answer[3] != _SETTINGS:
                raise OSError("what answers there is not Ray")
    except (OSError, OverflowError, ValueError) as error:  # ValueError: a name that is none, a port without end
        why = "no answer within 10 seconds" if isinstance(error, TimeoutError) else reason(error)
        raise UsageError(f"--address: no Ray answers at {address} ({why}); see: ray status") from error


@contextmanager
def silences_told(talk: Callable[[str], None]) -> Iterator[None]:
    """Tell of machines of the cluster that stop answering, and of those that Ray has given up, while it works."""
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(talk, done), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join(SECONDS)


def _watch(talk: Callable[[str], None], done: threading.Event) -> None:
    import ray

    silent: set[str] = set()
    alive: set[str] = set()
    while not done.wait(EVERY):
        with suppress(Exception):  # to watch is not the work, and Ray raises what it likes
            nodes = {node["NodeID"]: node for node in ray.nodes()}
            now = {name for name, node in nodes.items() if node["Alive"]}
            for name in alive - now:
                talk(f"{nodes[name]['NodeManagerAddress']}: this machine is lost; others do its work again")
            for name in sorted(now):
                place = (nodes[name]["NodeManagerAddress"], nodes[name]["NodeManagerPort"])
                answers = _answers(*place)
                if not answers and name not in silent and not done.is_set():
                    talk(f"{place[0]}: this machine does not answer; if it stays so, others do its work in a minute")
                silent = silent - {name} if answers else silent | {name}
            alive = now


def _answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), EVERY).close()
    except OSError:
        return False
    return True


def cause_of(error: BaseException, shown: str) -> QuotesError:
    """What to say of an error of Ray's: the reason that we gave ourselves, a known cause, or Ray's own last words."""
    texts: list[str] = []
    cause: BaseException | None = error
    while cause is not None and len(texts) < 20:
        if type(cause).__module__ == errors.__name__ and isinstance(cause, QuotesError):  # Ray's is of its class, too
            return type(cause)(_RETRIES.split(str(cause))[0])
        texts.append(str(cause))
        cause = getattr(cause, "cause", None) or cause.__cause__
    whole = "\n".join(texts)
    for kind, message in reversed(_OURS.findall(whole)):  # the error of a worker that could not start is only text
        if issubclass(found := getattr(errors, kind, OutputError), QuotesError):
            return found(f"{message.strip()} (on a machine of the cluster)")
    for pattern, said in _CAUSES:
        if match := pattern.search(whole):
            return OutputError(f"{shown}: nothing is written: {said.format(*match.groups())}")
    last = next((line for line in reversed(texts[-1].splitlines()) if line.strip()), type(error).__name__)
    return OutputError(f"{shown}: Ray gave up and nothing is written ({reason(last)}); run again. {_LOG}")
