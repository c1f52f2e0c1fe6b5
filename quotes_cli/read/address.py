"""An address that the user named in, the bytes behind it out: http and https only, within 30 seconds and 20 MB."""

from __future__ import annotations

import re
import threading
import urllib.error
import urllib.request
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout  # Python's own since 3.11
from email.message import Message
from http.client import HTTPException
from typing import NoReturn

from quotes_cli import __version__
from quotes_cli.errors import InputError, reason

from .options import ReadOptions
from .raw import MORE, Raw, read_bounded

SECONDS = 30.0
MAX_BYTES = 20_000_000
_REFUSED = {
    401: "it wants a password; save the page from your browser and read the file",
    403: "it lets no programs in; save the page from your browser and read the file",
    404: "there is no such page; check the address",
    410: "the page is gone; look for a copy at web.archive.org",
    429: "it had too many requests; wait and run again",
}
_SAVE = "save it from your browser and read the file"
_NUMBER = re.compile(r"^\[Errno -?\d+\] ")
_MOVED = {  # what urllib says of a redirect that it does not follow
    "infinite loop": "it sends one round in a circle",
    "not allowed": "it leads to an address that is no web page",
    "": "it says that the page is elsewhere, and not where",
}


class _NoFtp(urllib.request.FTPHandler):
    """A redirect to `ftp:` finds no one to open it; urllib itself follows none to anything else but http and https."""

    def ftp_open(self, request: urllib.request.Request) -> NoReturn:
        raise urllib.error.URLError("it leads to an ftp address, which is not followed")


def fetch(name: str, address: str, options: ReadOptions, seconds: float = SECONDS) -> Raw:
    """What is there. Raises `InputError` naming the address and the remedy."""
    result: Future[tuple[bytes, Message]] = Future()

    def work() -> None:
        try:
            result.set_result(_get(name, address, min(options.max_size, MAX_BYTES), seconds))
        except Exception as error:
            result.set_exception(error)

    # In a thread, because the time that a socket is given counts anew for every byte, and looking up a name has none.
    threading.Thread(target=work, daemon=True).start()
    try:
        data, headers = result.result(seconds)
    except InputError:
        raise
    except (TimeoutError, FutureTimeout) as error:
        why = f"no answer within {seconds:g} seconds"
        raise InputError(f"{name}: {why}; try again, or save the page and read the file") from error
    except Exception as error:
        raise InputError(f"{name}: {_reason(error)}") from error
    return Raw(name, data, options, _charset(headers), headers.get_content_type())


def _get(name: str, address: str, max_size: int, seconds: float) -> tuple[bytes, Message]:
    asked = {"User-Agent": f"quotes/{__version__}", "Accept": "text/html,*/*;q=0.8", "Accept-Encoding": "gzip"}
    request = urllib.request.Request(address, headers=asked)
    with urllib.request.build_opener(_NoFtp).open(request, timeout=seconds) as answer:
        data = read_bounded(answer, name, max_size, _SAVE if max_size == MAX_BYTES else MORE)
        if getattr(answer, "length", None):  # what Content-Length promised and did not come
            raise InputError(f"{name}: the server sent only a part of it; try again")
        return data, answer.headers


def _charset(headers: Message) -> str | None:
    try:
        return headers.get_content_charset()
    except (ValueError, LookupError):  # written in an encoding whose name has a NUL
        return None


def _why(error: object) -> str:
    """What went wrong, without the number that the system has for it."""
    return reason(_NUMBER.sub("", str(error)) or type(error).__name__)


def _reason(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError) and error.code in range(300, 400):
        where = next(where for said, where in _MOVED.items() if said in str(error.reason))
        return f"{where}; {_SAVE}"
    if isinstance(error, urllib.error.HTTPError):
        remedy = _REFUSED.get(error.code, "try again later, or save the page and read the file")
        return f"the server answers {error.code}: {remedy}"
    if isinstance(error, urllib.error.URLError):
        return f"cannot be fetched ({_why(error.reason)}); check the address and the network"
    if isinstance(error, (OSError, HTTPException, ValueError)):
        return f"cannot be fetched ({_why(error)}); check the address and the network"
    return f"cannot be fetched ({type(error).__name__}: {reason(error)}); save the page and read the file"
