"""Articles in, files of their text out: what `line`, `start` and `end` count in, for `--save-text`."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from ..errors import OutputError, UsageError
from ..export.sink import replacing
from ..records import Article
from ..visible import visible_line

_UNSAFE = re.compile(r"[^\w.-]+")
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)  # no file names on Windows
_LONGEST = 80  # characters, which with the rest fit 255 bytes in any script


def text_name(source: str) -> str:
    """The name of a source's text: its last part made safe, and eight digits of the whole's hash, so that none clash.

    Nothing of the source can leave the folder: no separator, no leading dot, no device.
    """
    last = re.split(r"[/\\]", source.rstrip("/\\"))[-1]
    safe = _UNSAFE.sub("_", last.encode("utf-8", "replace").decode()).strip("._-")[:_LONGEST].rstrip(".") or "text"
    if _DEVICES.match(safe):
        safe = f"_{safe}"
    digest = hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{safe if len(safe.encode()) <= 200 else safe[:40]}-{digest}.txt"


def check_folder(folder: str) -> None:
    """Make the folder where it is missing. Raises `UsageError` where that cannot be."""
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UsageError(f"--save-text: {visible_line(folder)} is no folder ({reason}); name another") from error


def save_text(article: Article, folder: str) -> None:
    """Write an article's text as UTF-8, newlines untouched. A link of that name is not followed."""
    path = Path(folder, text_name(article.source))
    if path.is_symlink():
        raise OutputError(f"{path}: is a link, and is not written through; remove it")
    with replacing(str(path), text=True) as sink:
        sink.stream.write(article.text)
