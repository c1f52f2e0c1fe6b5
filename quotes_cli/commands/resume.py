"""`--resume`: which formats have it, what a run must have in common with the one it goes on with, what stays beside."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from quotes_cli import __version__
from quotes_cli.errors import InputError, UsageError, writing
from quotes_cli.export.jsonl import json_line
from quotes_cli.export.record import CONTEXT, FIELDS
from quotes_cli.export.registry import Format
from quotes_cli.export.sink import replacing
from quotes_cli.export.tally import counted
from quotes_cli.status import Streams
from quotes_cli.visible import visible_line

if TYPE_CHECKING:
    from quotes_cli.work.ledger import Ledger

    from .request import ExtractOptions

FORMATS = {"jsonl": False, "parquet": False, "sqlite": True}  # and whether the format holds the articles' texts
_LONGEST = 255 - len(".resume-journal")  # bytes of a name, with what stands beside it
_SHIPPED = Path(__file__).parent.parent / "model"


def check_resumable(options: ExtractOptions, chosen: Format) -> None:
    """Raise `UsageError` where `--resume` is asked for and cannot be."""
    if not options.resume:
        return
    if chosen.name not in FORMATS:
        raise UsageError(f"--resume does nothing to {chosen.name}; choose a --format among {', '.join(FORMATS)}")
    output = options.output
    if output is None or (os.path.exists(output) and not os.path.isfile(output)):
        raise UsageError("--resume needs a file to go on with; name it with --output")
    if len(os.fsencode(os.path.basename(os.path.realpath(output)))) > _LONGEST:
        raise UsageError("--resume: the name of --output is too long for the files beside it; choose a shorter one")
    for path in beside(output):
        if os.path.exists(path) and not os.path.isfile(path):
            shown = visible_line(str(path))
            raise UsageError(f"--resume: {shown}: is no file and in the way; move it, or choose another --output")


def beside(output: str) -> tuple[Path, Path]:
    """The ledger of an output and the list of its failures."""
    path = os.path.realpath(output)
    return Path(f"{path}.resume"), Path(f"{path}.errors.jsonl")


@contextmanager
def resumed(options: ExtractOptions, chosen: Format, streams: Streams) -> Iterator[Ledger]:
    """The ledger of the output, for as long as the output is open and its lock held.

    However the run ends, what it found is on the disk then, and the failures are listed.
    """
    from quotes_cli.work.ledger import Ledger  # SQLite is not for `--help`

    assert options.output is not None  # `check_resumable`
    path, errors = beside(options.output)
    ledger = Ledger(path, _about(options, chosen), texts=FORMATS[chosen.name] or CONTEXT in options.columns)
    try:
        try:
            yield ledger
        finally:
            ledger.commit()
            _list_failures(errors, ledger.failures)
    except (KeyboardInterrupt, SystemExit) as stop:
        verb = "is" if ledger.kept == 1 else "are"
        state = f"{counted(ledger.kept, 'article')} {verb} done and kept; run again with --resume to go on"
        if isinstance(stop, KeyboardInterrupt):
            raise KeyboardInterrupt(f"interrupted; {state}") from stop
        streams.talk(state)
        raise
    finally:
        ledger.close()


def _list_failures(path: Path, failures: Sequence[tuple[str | None, InputError]]) -> None:
    """One line a failure: the input's name, where it has one, and the message. No failure, no file."""
    if not failures:
        with writing(str(path)):
            path.unlink(missing_ok=True)
        return
    with replacing(str(path), text=True) as sink:
        for name, error in failures:
            sink.stream.write(f"{json_line({'input': name, 'error': visible_line(str(error))})}\n")


def _about(options: ExtractOptions, chosen: Format) -> dict[str, str]:
    """What the results depend on beside the inputs, under the names that the user knows."""
    reading = options.reading
    return {
        "program version": f"{__version__} ({','.join(FIELDS)})",
        "spaCy": version("spacy"),
        "--model": f"{options.model or ''} {_model(options.model)}",
        "--format": chosen.name,
        "--nested": str(options.nested),
        "--block-quotes": str(options.block_quotes),
        "--indirect": str(options.wants_indirect),
        "--attitudes": str(options.attitudes),
        "--cues": _digest(options.cues),
        "--people": _digest(options.people),
        "--input-format": reading.format,
        "--encoding": reading.encoding or "",
        "--text-column": reading.text_column or "",
        "--id-column": reading.id_column or "",
        "--text-format": reading.text_format,
        "--keep": ",".join(reading.keep),
        "--save-text": options.save_text or "",
        **({"--columns": CONTEXT} if CONTEXT in options.columns else {}),  # whose texts are kept from the beginning
    }


def _model(name: str | None) -> str:
    """What distinguishes a pipeline from others of its name: what its folder says of it, or its package's version."""
    folder = _SHIPPED if name is None else Path(name)
    digest = _digest(str(folder / "meta.json"))
    try:
        return digest or version(name or "")
    except (PackageNotFoundError, ValueError):  # ValueError: no name at all
        return ""


def _digest(name: str | None) -> str:
    """The SHA-256 of a file; nothing where there is none, which those who need it will report."""
    try:
        return hashlib.sha256(Path(name).read_bytes()).hexdigest() if name is not None else ""
    except (OSError, ValueError):
        return ""
