"""Names as given on a command line in, what to read out: files, folders walked, addresses, `-` for stdin."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePath

from quotes_cli.errors import InputError

from .formats import GLOBS, PACKED, by_name
from .own import PassedOverError, why_passed_over

STDIN = "-"
_LOCK = "~$"  # how Word calls the file that it keeps beside an open document
_ADDRESS = re.compile("https?://", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]+)://?", re.IGNORECASE)
_SITE = re.compile(r"(?:www\.[\w-]+\.|[\w.-]+\.(?:com|org|net|co\.uk|gov|edu|ie|de|fr)/)", re.IGNORECASE)
_PATTERN = re.compile(r"[*?]|\[[!^]?\]?[^\[\]]+\]|\[\[\]|\{[^{},]+,[^{}]+\}")


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to read: a file, an address, or neither, which means stdin.

    `name` is what the user calls it and what `Article.source` will say.
    """

    name: str
    path: Path | None = None
    address: str | None = None

    @property
    def is_stdin(self) -> bool:
        """Whether it is standard input."""
        return self.path is None and self.address is None


def find_inputs(names: Iterable[str], globs: Sequence[str] = (), *, with_own: bool = False) -> list[Input | InputError]:
    """Expand names as given on a command line, in order, each once; what cannot be read is an `InputError` there.

    A folder yields the files below it whose name (for a pattern with `/`: path below it) matches one of `globs`;
    without any, the files whose suffix is that of an article, packed with gzip or not.
    Hidden files and folders are left out, and what Word keeps beside an open document; links to folders are not
    followed; databases there, and what an earlier run wrote, are `PassedOverError`s, but for `with_own`.
    """
    found: dict[str, Input | InputError] = {}
    for given in names:
        name = shown_name(given)
        if name in found:
            continue
        if not name:  # a shell makes "" of a variable that is not set
            found[name] = InputError("'': the name of an input is empty; give one, or leave it out")
        elif name == STDIN:
            found[name] = Input(name)
        elif _ADDRESS.match(name):
            found[name] = Input(name, address=name)
        elif not os.path.isdir(given):  # Path.is_dir raises where a parent is closed
            found[name] = Input(name, Path(given))
        else:
            below = list(_walk(given, globs, with_own))
            for item in below:
                found.setdefault(item.name if isinstance(item, Input) else str(item), item)
            if not below:
                wanted = ", ".join(globs or GLOBS)
                found[name] = InputError(f"{name}: no article in this folder ({wanted}); choose others with --glob")
    return list(found.values())


def shown_name(name: str) -> str:
    """A file's name as records have it: its bytes as UTF-8, so that it is the same where the locale is another.

    Bytes that are no UTF-8 stand as `\\udcff` (PEP 383).
    """
    try:
        return os.fsencode(name).decode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a character; it can name no file
        return name


def _walk(folder: str, globs: Sequence[str], with_own: bool) -> Iterator[Input | InputError]:
    """The matching files below a folder in the order of their names; folders that cannot be listed as `InputError`s."""
    closed: list[InputError] = []
    for here, folders, files in os.walk(folder, onerror=lambda error: closed.append(unreadable(error.filename, error))):
        folders[:] = sorted((name for name in folders if not name.startswith(".")), key=shown_name)
        for name in sorted(files, key=shown_name):
            path = Path(here, name)
            # is_file: a FIFO or a device in a folder would hang the run; named on the command line it is read.
            if is_wanted(path.relative_to(folder), globs) and os.path.isfile(path):
                shown = shown_name(os.path.join(here, name))  # not str(path), which turns "./a.txt" into "a.txt"
                why = None if with_own or not _may_be_own(name) else why_passed_over(path, wanted=bool(globs))
                yield Input(shown, path) if why is None else PassedOverError(shown, why)
    yield from closed


def _may_be_own(name: str) -> bool:
    """Whether an export of ours may be called so; others need not be opened."""
    known = by_name(name)
    return known is None or known.table or known.name in ("html", "markdown", "text", "xml")


def is_wanted(below: PurePath, globs: Sequence[str]) -> bool:
    """Whether a folder's file is to be read, by its path below: as `globs` say, or its suffix; no hidden one."""
    if any(part.startswith((".", _LOCK)) for part in below.parts):
        return False
    if globs:
        return any(fnmatchcase(below.as_posix() if "/" in glob else below.name, glob) for glob in globs)
    return any(fnmatchcase(below.name.lower().removesuffix(PACKED), glob) for glob in GLOBS)


def unreadable(name: str, error: Exception) -> InputError:
    """What to say of a file that the system does not hand out."""
    if isinstance(error, FileNotFoundError):
        return InputError(f"{name}: no such file or folder; {_check(name)}")
    if isinstance(error, PermissionError):
        return InputError(f"{name}: no permission to read it; change its rights or run as its owner")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return InputError(f"{name}: cannot be read ({reason}); check the name and the disk")


def _check(name: str) -> str:
    """What to do about a name that names nothing, by how it looks."""
    scheme = _SCHEME.match(name)
    if scheme is not None and scheme[1].lower() == "file":
        return "name it by its path, without file://"
    if scheme is not None:
        return "of addresses only http and https are fetched; download it first"
    if _SITE.match(name):
        return f"write the address of a page as https://{name}"
    if name.startswith("~"):
        return "a shell knows ~ only outside quotation marks"
    several = [part.strip() for part in name.split(",")]
    if len(several) > 1 and all(part and os.path.exists(part) for part in several):
        return "name several with spaces between them, not commas"
    if _PATTERN.search(name):
        return "nothing matches, or the pattern stands in quotation marks, where a shell leaves it as it is"
    return "check the name"
