"""The shell's arguments in, an exit status out. Declares options and nothing else: the work is in `commands`."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Callable
from inspect import Signature
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from quotes_cli.commands.articles import articles_command
from quotes_cli.commands.datasette import datasette_command
from quotes_cli.commands.docs import docs_command
from quotes_cli.commands.explain import explain_command
from quotes_cli.commands.extract import extract_command
from quotes_cli.commands.people import people_command
from quotes_cli.commands.request import ExtractOptions
from quotes_cli.commands.same import same_command
from quotes_cli.commands.search import SearchOptions, search_command
from quotes_cli.commands.show import show_command
from quotes_cli.commands.speakers import speakers_command
from quotes_cli.commands.verify import verify_command
from quotes_cli.errors import QuotesError, writing
from quotes_cli.process import ended, prepare
from quotes_cli.status import ExitStatus, Streams, guard, status_of

from .help import Command
from .options import PARAMETERS, Options
from .versions import versions

_NO_NUMBER = re.compile(r"Invalid value for '([^']+)': Input should be a valid (integer|number).*", re.DOTALL)
COMPLETION = "_QUOTES_COMPLETE"  # set by the shell that asks what a word may go on with


class _ForgottenError(typer.TyperException):
    """An article stands where a command should."""


def _plain(message: str) -> str:
    """Typer's words, but those for a number that is none."""
    number = _NO_NUMBER.fullmatch(message)
    if number is None:
        return message.rstrip(".")
    return f"{number[1]}: give a {'whole ' if number[2] == 'integer' else ''}number"


class Boundary(TyperGroup):
    """Where every exception becomes a line on stderr and an exit status, Typer's own included."""

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Parse and run. Never returns: what comes out is the exit status."""
        extra |= {"prog_name": "quotes", "standalone_mode": False}  # Typer's own way out prints unescaped, in a frame
        streams = Streams.standard()
        try:
            status = super().main(*args, **extra)
        except typer.TyperException as error:
            context = getattr(error, "ctx", None)  # the command whose arguments are wrong
            command = context.command_path if context is not None else "quotes"
            remedy = "" if isinstance(error, _ForgottenError) else f"; try: {command} --help"
            streams.talk(f"{_plain(error.format_message())}{remedy}")
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

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; who names an article first is told what is missing."""
        name = args[0]
        if self.get_command(ctx, name) is None and (os.path.lexists(name) or name.startswith(("http://", "https://"))):
            raise _ForgottenError(f"{name}: is no command; try: quotes extract {shlex.quote(name)}")
        return super().resolve_command(ctx, args)

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


def command(
    help: str, names: str, example: str, panel: str | None = None
) -> Callable[[Callable[[Options], ExitStatus]], Callable[[Options], ExitStatus]]:
    """Make a function the command of its name, with this help (Python may run without docstrings) and these fields of
    `Options`."""

    def register(run: Callable[[Options], ExitStatus]) -> Callable[[Options], ExitStatus]:
        def typed(**given: Any) -> NoReturn:
            raise typer.Exit(run(Options(**given)))

        signature = Signature([PARAMETERS[name] for name in names.split()])
        typed.__signature__ = signature  # type: ignore[attr-defined]  # Typer asks `inspect`, which looks for it
        app.command(run.__name__, cls=Command, help=help, epilog=f"Example: {example}", rich_help_panel=panel)(typed)
        return run

    return register


_INPUTS = "inputs glob input_format encoding text_column id_column text_format max_size"
_FILTERS = "speaker not_speaker kind all_kinds attributed min_words min_confidence"
_LANGUAGE = "nested block_quotes indirect attitudes cues people model no_fast"


@command(
    "Print the quotations of articles, one row each: who, what, where, and how sure.",
    f"{_INPUTS} keep save_text strict {_FILTERS} format output across columns bom raw_cells no_pager quiet {_LANGUAGE}"
    " jobs timeout resume engine address dry_run",
    "quotes extract articles/ --output quotes.csv",
)
def extract(given: Options) -> ExitStatus:
    asked = given.asked(ExtractOptions)
    if asked.for_engine:
        from quotes_cli.engine.run import run_command  # what few need is not loaded for all

        return run_command(asked, Streams.standard())
    return extract_command(asked, Streams.standard(), not given.no_pager)


@command(
    "Count who is quoted: how often, how many words, what share, as bars on a terminal.",
    f"{_INPUTS} strict {_FILTERS} speakers_format output bom raw_cells no_pager quiet {_LANGUAGE} jobs timeout",
    "quotes speakers articles/",
)
def speakers(given: Options) -> ExitStatus:
    asked = given.asked(ExtractOptions, format=given.speakers_format)
    return speakers_command(asked, Streams.standard(), not given.no_pager)


@command(
    "List the articles, one row each, also where nobody is quoted: title, date, words, quotations, speakers.",
    f"{_INPUTS} keep strict {_FILTERS} articles_format output bom raw_cells quiet {_LANGUAGE} jobs timeout",
    "quotes articles articles/ --output articles.csv",
)
def articles(given: Options) -> ExitStatus:
    return articles_command(given.asked(ExtractOptions, format=given.articles_format), Streams.standard())


@command(
    "List who is quoted across articles, each once: counts, other names, roles, what tells the gender.",
    f"{_INPUTS} strict {_FILTERS} people_format output bom raw_cells no_pager quiet {_LANGUAGE} jobs timeout",
    "quotes people articles/ --output people.csv",
)
def people(given: Options) -> ExitStatus:
    asked = given.asked(ExtractOptions, format=given.people_format)
    return people_command(asked, Streams.standard(), not given.no_pager)


@command(
    "List statements that stand more than once: their wordings, who is said to have said them, where.",
    f"{_INPUTS} strict {_FILTERS} same_format output bom raw_cells no_pager quiet {_LANGUAGE} jobs timeout engine"
    " address",
    "quotes same articles/",
)
def same(given: Options) -> ExitStatus:
    asked = given.asked(ExtractOptions, format=given.same_format)
    if asked.for_engine:
        from quotes_cli.engine.same import same_on_cluster  # what few need is not loaded for all

        return same_on_cluster(asked, Streams.standard(), not given.no_pager)
    return same_command(asked, Streams.standard(), not given.no_pager)


@command(
    "Look quotations up in transcripts: exact, minor, altered or not found, with the differences marked.",
    f"inputs against input_format encoding max_size strict {_FILTERS} verify_format output bom raw_cells no_pager"
    f" quiet {_LANGUAGE} jobs timeout",
    "quotes verify quotes.csv --against speech.txt",
)
def verify(given: Options) -> ExitStatus:
    asked = given.asked(ExtractOptions, format=given.verify_format)
    return verify_command(asked, tuple(given.against or ()), Streams.standard(), not given.no_pager)


@command(
    "Find quotations in a database that extract wrote: all of WORDS, newest articles first.",
    "database words since until searched speaker not_speaker kind attributed min_words min_confidence"
    " format output context columns bom raw_cells no_pager quiet",
    'quotes search news.db "interest rates" --since 2026-01',
    panel="Databases",
)
def search(given: Options) -> ExitStatus:
    return search_command(given.asked(SearchOptions), Streams.standard(), not given.no_pager)


@command(
    "Write what Datasette shows a database by: facets, titles, what each column means.",
    "database output",
    "quotes datasette news.db --output metadata.json",
    panel="Databases",
)
def datasette(given: Options) -> ExitStatus:
    return datasette_command(given.database, given.output, Streams.standard())


@command(
    "Show articles with their quotations coloured by speaker.",
    f"{_INPUTS} strict {_FILTERS} no_pager {_LANGUAGE} timeout",
    "quotes show article.txt",
)
def show(given: Options) -> ExitStatus:
    return show_command(given.asked(ExtractOptions), Streams.standard(), not given.no_pager)


@command(
    "Show how a quotation's speaker was found: mention, cue, the path between them, the rule.",
    f"file id input_format encoding max_size {_FILTERS} no_pager {_LANGUAGE} timeout",
    "quotes explain article.txt 3",
)
def explain(given: Options) -> ExitStatus:
    asked = given.asked(ExtractOptions, inputs=(given.file,))
    return explain_command(asked, Streams.standard(), given.id, not given.no_pager)


@command(
    "Show a page of the documentation; without a name, list the pages.",
    "page no_pager",
    "quotes docs library",
    panel="Documentation",
)
def docs(given: Options) -> ExitStatus:
    return docs_command(given.page, Streams.standard(), not given.no_pager)


def main() -> None:
    """The command `quotes`; the boundary exits with its status."""
    prepare()
    try:
        app()
    finally:
        ended()
