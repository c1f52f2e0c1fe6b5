"""The command line: everything that knows Typer."""
