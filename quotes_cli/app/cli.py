"""The shell's arguments in, an exit status out. Declares options and nothing else: the work is in `commands`."""

from __future__ import annotations

import os
import sys
from dataclasses import fields
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from quotes_cli.commands.explain import ExplainOptions, explain_command
from quotes_cli.commands.extract import extract_command
from quotes_cli.commands.filters import Filters
from quotes_cli.commands.request import LOCAL, ExtractOptions
from quotes_cli.commands.search import SearchOptions, search_command
from quotes_cli.commands.show import ShowOptions, show_command
from quotes_cli.commands.speakers import speakers_command
from quotes_cli.errors import QuotesError, writing
from quotes_cli.export.registry import AUTO
from quotes_cli.process import ended, prepare
from quotes_cli.read import AUTO as ANY_FORMAT
from quotes_cli.read import MAX_SIZE, ReadOptions, parse_size
from quotes_cli.status import ExitStatus, Streams, guard, status_of

from . import options
from .help import Command
from .versions import versions

COMPLETION = "_QUOTES_COMPLETE"  # set by the shell that asks what a word may go on with
TIMEOUT = 60.0  # seconds; a thousand times what an article takes


class Boundary(TyperGroup):
    """Where every exception becomes a line on stderr and an exit status, Typer's own included."""

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Parse and run. Never returns: what comes out is the exit status."""
        extra |= {
            "prog_name": "quotes",
            "standalone_mode": False,
        }  # Typer's own way out prints in a frame, and unescaped
        streams = Streams.standard()
        try:
            status = super().main(*args, **extra)
        except typer.TyperException as error:
            context = getattr(error, "ctx", None)  # the command whose arguments are wrong
            command = context.command_path if context is not None else "quotes"
            streams.talk(f"{error.format_message().rstrip('.')}; try: {command} --help")
            status = ExitStatus.USAGE
        except (KeyError, ValueError) as error:
            if COMPLETION not in os.environ:
                raise
            streams.talk(f"{COMPLETION}: the shell does not say what to complete ({error}); unset it")
            status = ExitStatus.USAGE
        sys.exit(status)

    def make_context(self, *args: Any, **extra: Any) -> Any:
        """Parse the arguments before the command's name; what `--help` and `--version` print is printed here."""
        if os.environ.get("NO_COLOR") or os.environ.get("TERM") in ("dumb", "unknown"):
            extra["color"] = False  # Typer's own word on --install-completion
        try:
            with writing():
                return super().make_context(*args, **extra)
        except (OSError, QuotesError) as error:
            raise typer.Exit(status_of(error, Streams.standard())) from error

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands under their panels, each with its whole first sentence."""
        panels: dict[str, list[tuple[str, str]]] = {}
        for name in self.list_commands(ctx):
            command: Any = self.get_command(ctx, name)
            panel = getattr(command, "rich_help_panel", None)
            help = (command.help or "").split("\n\n")[0].replace("\n", " ")
            panels.setdefault(panel if isinstance(panel, str) else "Commands", []).append((name, help))
        for title, records in panels.items():
            with formatter.section(title):
                formatter.write_dl(records)

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
        Streams.standard().say(context.get_help())
        raise typer.Exit(ExitStatus.USAGE)


@app.command(cls=Command, epilog="Example: quotes extract articles/ --output quotes.csv")
def extract(
    inputs: options.Inputs = None,
    glob: options.Glob = None,
    input_format: options.InputFormat = ANY_FORMAT,
    encoding: options.Encoding = None,
    text_column: options.TextColumn = None,
    id_column: options.IdColumn = None,
    max_size: options.MaxSize = MAX_SIZE,
    save_text: options.SaveText = None,
    strict: options.Strict = False,
    speaker: options.Speaker = None,
    kind: options.Kind = None,
    all_kinds: options.AllKinds = False,
    attributed: options.Attributed = None,
    min_words: options.MinWords = 0,
    min_confidence: options.MinConfidence = 0.0,
    format: options.Format = AUTO,
    output: options.Output = None,
    columns: options.Columns = None,
    bom: options.Bom = False,
    raw_cells: options.RawCells = False,
    nested: options.Nested = False,
    block_quotes: options.BlockQuotes = False,
    cues: options.Cues = None,
    people: options.People = None,
    model: options.Model = None,
    jobs: options.Jobs = None,
    timeout: options.Timeout = TIMEOUT,
    resume: options.Resume = False,
    engine: options.Engine = LOCAL,
    address: options.Address = None,
    dry_run: options.DryRun = False,
) -> None:
    """Print the quotations of articles, one row each: who, what, where, and how sure."""
    asked = _asked(locals())
    if asked.for_engine:
        from quotes_cli.engine.run import run_command  # what few need is not loaded for all

        raise typer.Exit(run_command(asked, Streams.standard()))
    raise typer.Exit(extract_command(asked, Streams.standard()))


@app.command(cls=Command, epilog="Example: quotes speakers articles/")
def speakers(
    inputs: options.Inputs = None,
    glob: options.Glob = None,
    input_format: options.InputFormat = ANY_FORMAT,
    encoding: options.Encoding = None,
    text_column: options.TextColumn = None,
    id_column: options.IdColumn = None,
    max_size: options.MaxSize = MAX_SIZE,
    strict: options.Strict = False,
    speaker: options.Speaker = None,
    kind: options.Kind = None,
    all_kinds: options.AllKinds = False,
    attributed: options.Attributed = None,
    min_words: options.MinWords = 0,
    min_confidence: options.MinConfidence = 0.0,
    format: options.SpeakersFormat = AUTO,
    output: options.Output = None,
    bom: options.Bom = False,
    raw_cells: options.RawCells = False,
    nested: options.Nested = False,
    block_quotes: options.BlockQuotes = False,
    cues: options.Cues = None,
    people: options.People = None,
    model: options.Model = None,
    jobs: options.Jobs = None,
    timeout: options.Timeout = TIMEOUT,
) -> None:
    """Count who is quoted: how often, how many words, what share, as bars on a terminal."""
    raise typer.Exit(speakers_command(_asked(locals()), Streams.standard()))


@app.command(
    cls=Command,
    rich_help_panel="Databases",
    epilog='Example: quotes search news.db "interest rates" --since 2026-01',
)
def search(
    database: options.Database,
    words: options.Words = None,
    since: options.Since = None,
    speaker: options.Speaker = None,
    kind: options.Kind = None,
    attributed: options.Attributed = None,
    min_words: options.MinWords = 0,
    min_confidence: options.MinConfidence = 0.0,
    format: options.Format = AUTO,
    output: options.Output = None,
    columns: options.Columns = None,
    bom: options.Bom = False,
    raw_cells: options.RawCells = False,
) -> None:
    """Find quotations in a database that extract wrote: all of WORDS, newest articles first."""
    asked = SearchOptions(
        database=database,
        words=tuple(words or ()),
        since=since,
        filters=_filters(locals()),
        format=format,
        output=output,
        columns=options.picked(columns),
        bom=bom,
        raw_cells=raw_cells,
    )
    raise typer.Exit(search_command(asked, Streams.standard()))


# The fields of `ExtractOptions` that commands hand on as they were typed.
_AS_TYPED = {field.name for field in fields(ExtractOptions)} - {"inputs", "reading", "globs", "filters", "columns"}


def _filters(given: dict[str, Any]) -> Filters:
    return Filters(
        tuple(given["kind"] or ()),
        given.get("all_kinds", False),
        tuple(given["speaker"] or ()),
        given["attributed"],
        given["min_words"],
        given["min_confidence"],
    )


def _asked(given: dict[str, Any]) -> ExtractOptions:
    """What was typed, under the names of the commands' parameters; what a command has not keeps its default."""
    named = {name: given[name] for name in _AS_TYPED if name in given}
    if named.get("jobs", 1) is None:
        named["jobs"] = 1 if named.get("engine", LOCAL) == LOCAL else 0
    return ExtractOptions(
        inputs=tuple(given["inputs"] or ()),
        reading=ReadOptions(
            given["input_format"],
            given["encoding"],
            given.get("text_column"),
            given.get("id_column"),
            parse_size(given["max_size"]),
        ),
        globs=tuple(given.get("glob") or ()),
        filters=_filters(given),
        columns=options.picked(given.get("columns")),
        **named,
    )


@app.command(cls=Command, epilog="Example: quotes show article.txt")
def show(
    inputs: options.Inputs = None,
    glob: options.Glob = None,
    input_format: options.InputFormat = ANY_FORMAT,
    encoding: options.Encoding = None,
    text_column: options.TextColumn = None,
    id_column: options.IdColumn = None,
    max_size: options.MaxSize = MAX_SIZE,
    strict: options.Strict = False,
    speaker: options.Speaker = None,
    kind: options.Kind = None,
    all_kinds: options.AllKinds = False,
    attributed: options.Attributed = None,
    min_words: options.MinWords = 0,
    min_confidence: options.MinConfidence = 0.0,
    no_pager: options.NoPager = False,
    nested: options.Nested = False,
    block_quotes: options.BlockQuotes = False,
    cues: options.Cues = None,
    people: options.People = None,
    model: options.Model = None,
    timeout: options.Timeout = TIMEOUT,
) -> None:
    """Show articles with their quotations coloured by speaker."""
    raise typer.Exit(show_command(ShowOptions(_asked(locals()), not no_pager), Streams.standard()))


@app.command(cls=Command, epilog="Example: quotes explain article.txt 3")
def explain(
    file: options.File,
    id: options.Id = None,
    input_format: options.InputFormat = ANY_FORMAT,
    encoding: options.Encoding = None,
    max_size: options.MaxSize = MAX_SIZE,
    speaker: options.Speaker = None,
    kind: options.Kind = None,
    all_kinds: options.AllKinds = False,
    attributed: options.Attributed = None,
    min_words: options.MinWords = 0,
    min_confidence: options.MinConfidence = 0.0,
    no_pager: options.NoPager = False,
    nested: options.Nested = False,
    block_quotes: options.BlockQuotes = False,
    cues: options.Cues = None,
    people: options.People = None,
    model: options.Model = None,
    timeout: options.Timeout = TIMEOUT,
) -> None:
    """Show how a quotation's speaker was found: mention, cue, the path between them, the rule."""
    asked = _asked(locals() | {"inputs": [file]})
    raise typer.Exit(explain_command(ExplainOptions(asked, id, not no_pager), Streams.standard()))


def main() -> NoReturn:
    """The command `quotes`."""
    prepare()
    try:
        app()
    finally:
        ended()
    raise SystemExit  # not reached: the boundary exits
