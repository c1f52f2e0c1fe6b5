"""The shell's arguments in, an exit status out. Declares options and nothing else: the work is in `commands`."""

from __future__ import annotations

import json
import signal
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from . import __version__
from .commands.extract import ExtractOptions, extract_command
from .export.registry import AUTO, FORMATS, names
from .read import TEXT_GLOBS
from .records import KINDS
from .status import ExitStatus, Streams, guard

MODEL_META = Path(__file__).parent / "model" / "meta.json"


class Boundary(TyperGroup):
    """Where every exception becomes a line on stderr and an exit status, Typer's own included."""

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Parse and run. Never returns: what comes out is the exit status."""
        extra |= {
            "prog_name": "quotes",
            "standalone_mode": False,
        }  # Typer's own way out prints in a frame, and unescaped
        try:
            status = super().main(*args, **extra)
        except typer.TyperException as error:
            context = getattr(error, "ctx", None)  # the command whose arguments are wrong
            command = context.command_path if context is not None else "quotes"
            Streams.standard().talk(f"{error.format_message().rstrip('.')}; try: {command} --help")
            status = ExitStatus.USAGE
        sys.exit(status)

    def invoke(self, ctx: Any) -> int:
        """Run the command that the arguments name."""
        run = super().invoke

        def action() -> object:
            try:
                return run(ctx)
            except typer.Exit as done:
                return ExitStatus(done.exit_code)

        return guard(action, Streams.standard())


app = typer.Typer(
    cls=Boundary,
    name="quotes",
    help="Who said what: quotations of news articles, word for word, with their speakers.",
    epilog="Example: quotes extract article.txt",
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,  # its frame shows variables, and with them the article's text unescaped
    rich_markup_mode=None,  # help in plain text: framed, its columns are too narrow at 80, and NO_COLOR leaves codes in
)


def versions() -> str:
    """Program, spaCy and model, one a line, without loading either."""
    try:
        spacy = version("spacy")
    except PackageNotFoundError:
        spacy = "not installed"
    try:
        meta = json.loads(MODEL_META.read_text("utf-8"))
        model = f"{meta['lang']}_{meta['name']} {meta['version']}"
    except (OSError, ValueError, KeyError):
        model = "not found; run: make model DATA=../shared/data"
    return f"quotes {__version__}\nspaCy {spacy}\nmodel {model}"


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(versions())
        raise typer.Exit


@app.callback(invoke_without_command=True)
def quotes(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Versions of program, spaCy and model."),
    ] = False,
) -> None:
    """Who said what: quotations of news articles, word for word, with their speakers."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(ExitStatus.USAGE)


def _format_help() -> str:
    return f"{AUTO}: a table on a terminal, CSV in a pipe, or by --output's suffix. " + " ".join(
        f"{item.name}: {item.summary}." for item in FORMATS
    )


@app.command(epilog="Example: quotes extract articles/ --output quotes.csv")
def extract(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="INPUTS", help="Files, folders, or - for stdin.", show_default=False),
    ] = None,
    format: Annotated[
        str, typer.Option("--format", "-f", metavar="|".join(names()), help=_format_help(), autocompletion=names)
    ] = AUTO,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write to FILE, whole or not at all.")
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            metavar="|".join(KINDS),
            help="Only quotations of this kind; may be repeated.",
            autocompletion=lambda: list(KINDS),
            show_default=False,
        ),
    ] = None,
    all_kinds: Annotated[
        bool,
        typer.Option("--all", help="Also what stands in marks but is no quotation: titles, nicknames, scare quotes."),
    ] = False,
    min_confidence: Annotated[
        float, typer.Option(metavar="0..1", help="Only quotations whose speaker is at least this sure.")
    ] = 0.0,
    glob: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATTERN",
            help=f"Which files of folders to read; may be repeated. [default: {' '.join(TEXT_GLOBS)}]",
            show_default=False,
        ),
    ] = None,
    encoding: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Encoding of all inputs, instead of finding out.", show_default=False),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(metavar="NAME|FOLDER", help="Another spaCy pipeline than the built-in one.", show_default=False),
    ] = None,
    raw_cells: Annotated[
        bool, typer.Option("--raw-cells", help="Leave CSV cells that a spreadsheet would run as formulas as they are.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Stop at the first input that cannot be read.")] = False,
) -> None:
    """Print the quotations of articles, one row each: who, what, where, and how sure."""
    options = ExtractOptions(
        inputs=tuple(inputs or ()),
        format=format,
        output=output,
        encoding=encoding,
        globs=tuple(glob or ()),
        model=model,
        kinds=tuple(kind or ()),
        all_kinds=all_kinds,
        min_confidence=min_confidence,
        raw_cells=raw_cells,
        strict=strict,
    )
    raise typer.Exit(extract_command(options, Streams.standard()))


def _terminated(number: int, frame: object) -> NoReturn:
    """SIGTERM unwinds like Ctrl-C does, so that no half-written file stays behind."""
    sys.exit(128 + number)


def main() -> NoReturn:
    """The command `quotes`."""
    signal.signal(signal.SIGTERM, _terminated)
    app()
    raise SystemExit  # not reached: the boundary exits
