"""Articles in, files of their text out: what `line`, `start` and `end` count in, for `--save-text`."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path

from quotes_cli.errors import InputError, OutputError, UsageError
from quotes_cli.export.sink import replacing
from quotes_cli.read import Input
from quotes_cli.records import Article
from quotes_cli.visible import visible_line

_UNSAFE = re.compile(r"[^\w.-]+")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)  # no file names on Windows
_LONGEST = 80  # characters, which with the rest fit 255 bytes in any script
_DIGEST = 32  # hexadecimal digits: with 8 of them, two names that clash are found in a second, with 16 in an hour
_SAVED = re.compile(rf"-[0-9a-f]{{{_DIGEST}}}\.txt", re.IGNORECASE)


def text_name(source: str) -> str:
    """The name of a source's text: its last part made safe, and half of the whole's hash, so that none clash.

    Nor where upper and lower case are one. Nothing of the source can leave the folder: no separator, no leading dot,
    no device. Its bytes are UTF-8 whatever the locale is.
    """
    last = re.split(r"[/\\]", source.rstrip("/\\"))[-1]
    safe = _UNSAFE.sub("_", last.encode("utf-8", "replace").decode()).strip("._-")[:_LONGEST].rstrip(".") or "text"
    if _DEVICES.match(safe):
        safe = f"_{safe}"
    digest = hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST]
    name = f"{safe if len(safe.encode()) <= 200 else safe[:40]}-{digest}.txt"
    return os.fsdecode(name.encode())


def check_folder(folder: str, inputs: Iterable[Input | InputError] = ()) -> None:
    """Make the folder where it is missing. Raises `UsageError` where that cannot be, or might cost an input.

    That is one in the folder which is called as a text: the first run saved it there, and the second reads it.
    """
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(f"--save-text: {visible_line(folder)} is no folder ({reason}); name another") from error
    for item in inputs:
        if isinstance(item, Input) and _is_text_in(folder, item.path):
            shown = visible_line(item.name)
            raise UsageError(f"--save-text: {shown} is an input and might be written over; name another folder")


def _is_text_in(folder: str, path: Path | None) -> bool:
    """Whether a file, or what it links to, lies in the folder and is called as a text that is saved there."""
    if path is None:
        return False
    parent, name = os.path.split(os.path.realpath(path))
    return bool(_SAVED.search(name)) and parent == os.path.realpath(folder)


def save_text(article: Article, folder: str) -> None:
    """Write an article's text as UTF-8, newlines untouched. A link of that name is not followed."""
    path = Path(folder, text_name(article.source))
    if os.path.islink(path):
        raise OutputError(f"{path}: is a link, and is not written through; remove it")
    if os.path.isdir(path):
        raise OutputError(f"{path}: is a folder, where a text should be saved; move it")
    with replacing(str(path), text=True) as sink:
        sink.stream.write(article.text)
