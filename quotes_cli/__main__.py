"""`python -m quotes_cli` does what the command `quotes` does."""

from .cli import main

main()
