"""Options in, an exit status out: one plain function a command, callable without Typer."""
