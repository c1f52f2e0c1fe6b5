"""An address that the user named in, the bytes behind it out: http and https only, within 30 seconds and 20 MB."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from email.message import Message
from http.client import HTTPException

from quotes_cli import __version__
from quotes_cli.errors import InputError, reason

from .options import ReadOptions
from .raw import Raw, read_bounded

SECONDS = 30.0
MAX_BYTES = 20_000_000
_REFUSED = {
    401: "it wants a password; save the page from your browser and read the file",
    403: "it lets no programs in; save the page from your browser and read the file",
    404: "there is no such page; check the address",
    410: "the page is gone; look for a copy at web.archive.org",
    429: "it had too many requests; wait and run again",
}


def _opener() -> urllib.request.OpenerDirector:
    """Speaks http and https and nothing else: a redirect to `file:` or `ftp:` finds no one to open it."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


def fetch(name: str, address: str, options: ReadOptions, seconds: float = SECONDS) -> tuple[Raw, str | None]:
    """What is there, and what its server calls the format. Raises `InputError` naming the address and the remedy."""
    results: list[tuple[bytes, Message] | Exception] = []

    def work() -> None:
        try:
            results.append(_get(name, address, min(options.max_size, MAX_BYTES), seconds))
        except Exception as error:
            results.append(error)

    # In a thread, because the time that a socket is given counts anew for every byte, and looking up a name has none.
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
    if not results:
        raise InputError(f"{name}: no answer within {seconds:g} seconds; try again, or save the page and read the file")
    result = results[0]
    if isinstance(result, InputError):
        raise result
    if isinstance(result, Exception):
        raise InputError(f"{name}: {_reason(result)}") from result
    data, headers = result
    return Raw(name, data, options, _charset(headers)), headers.get_content_type()


def _get(name: str, address: str, max_size: int, seconds: float) -> tuple[bytes, Message]:
    asked = {"User-Agent": f"quotes/{__version__}", "Accept": "text/html,*/*;q=0.8", "Accept-Encoding": "gzip"}
    request = urllib.request.Request(address, headers=asked)
    with _opener().open(request, timeout=seconds) as answer:
        data = read_bounded(answer, name, max_size)
        if getattr(answer, "length", None):  # what Content-Length promised and did not come
            raise InputError(f"{name}: the server sent only a part of it; try again")
        return data, answer.headers


def _charset(headers: Message) -> str | None:
    try:
        return headers.get_content_charset()
    except (ValueError, LookupError):  # written in an encoding whose name has a NUL
        return None


def _reason(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        remedy = _REFUSED.get(error.code, "try again later, or save the page and read the file")
        return f"the server answers {error.code}: {remedy}"
    if isinstance(error, urllib.error.URLError):
        return f"cannot be fetched ({reason(error.reason)}); check the address and the network"
    if isinstance(error, TimeoutError):
        return "no answer in time; try again, or save the page and read the file"
    if isinstance(error, (OSError, HTTPException, ValueError)):
        return f"cannot be fetched ({reason(error)}); check the address and the network"
    return f"cannot be fetched ({type(error).__name__}: {reason(error)}); save the page and read the file"
