"""A command's arguments in, parsed: its help in panels, its mistakes with its name."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperCommand

from quotes_cli.errors import UsageError, writing

# Options and arguments whose value is the name of something.
NAMES = ("output", "save_text", "model", "cues", "people", "address", "database")


class Command(TyperCommand):
    """A command whose help groups its options under headings, in plain text, and whose mistakes name the command."""

    def make_context(self, *args: Any, **extra: Any) -> Any:
        """Parse the arguments behind the command's name; what `--help` prints is printed here."""
        with writing():
            context = super().make_context(*args, **extra)
        for name in NAMES:  # a shell makes "" of a variable that is not set, and it would be the current folder
            if context.params.get(name) == "":
                shown = "DB" if name == "database" else f"--{name.replace('_', '-')}"
                raise UsageError(f"{shown}: the name is empty; give one, or leave it out")
        return context

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Tell Typer's own parser, which forgets it, whose options it reads."""
        try:
            return super().parse_args(ctx, args)
        except typer.TyperException as error:
            if getattr(error, "ctx", ctx) is None:
                error.ctx = ctx  # type: ignore[attr-defined]  # those that can have one have the attribute
            raise

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write each panel in the order of its first option; what has none stands last."""
        panels: dict[str, list[tuple[str, str]]] = {}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None:
                if param.param_type_name == "argument":
                    record = (str(param.metavar), record[1])  # Typer adds `<list[str]>`
                panel = getattr(param, "rich_help_panel", None)
                panels.setdefault(panel or "Other options", []).append(record)
        panels["Other options"] = panels.pop("Other options", [])
        for title, records in panels.items():
            if records:
                with formatter.section(title):
                    formatter.write_dl(records)
